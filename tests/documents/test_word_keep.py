import re

import pytest

from negotiation_kit.documents.word_keep import with_end_kept


def paragraph(style, text):
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def kept(*styles):
    body = "".join(paragraph(style, str(number)) for number, style in enumerate(styles))
    found = re.findall(r'<w:pStyle w:val="\w+"/>(<w:keepNext/>)?', with_end_kept(body))
    return "".join("+" if each else "." for each in found)


@pytest.mark.parametrize(
    ("styles", "kept_with_next"),
    [
        (("BodyText",) * 7, "..++++."),
        (("BodyText",) * 2, "+."),
        (("BodyText", "Heading1", *("ListBullet",) * 4), "...++."),
        (("BodyText", "BodyText", "Heading1", *("ListBullet",) * 3), ".++++."),
    ],
)
def test_a_paper_ends_with_more_than_a_line_and_leaves_no_heading_behind(styles, kept_with_next):
    assert kept(*styles) == kept_with_next
