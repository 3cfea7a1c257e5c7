import re

import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from writing import HOSTILE, ALanguage, rendered, word

from negotiation_kit.documents.word import TEXT_WIDTH
from negotiation_kit.documents.wording import Wording

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def body(source: str, **values) -> etree._Element:
    return etree.fromstring(f'<w:body xmlns:w="{NAMESPACE}">{rendered(source, "docx", **values)}</w:body>')


def found(source: str, path: str, **values) -> list:
    return body(source, **values).xpath(path, namespaces={"w": NAMESPACE})


def styles(source: str, **values) -> list[str]:
    return found(source, "//w:pStyle/@w:val", **values)


def test_every_line_has_its_style():
    source = "# A\n## B\n### C\n##. D\n###. E\nF\n- g\n#. h\n- [ ] i\n- [x] j"

    assert [
        "Title",
        "Heading1",
        "Heading2",
        "SectionHeading",
        "Clause",
        "BodyText",
        "ListBullet",
        "ListNumber",
        "Checkbox",
        "Checkbox",
    ] == styles(source)


def test_containers_change_the_style_of_plain_lines():
    source = "".join(
        f"::: {name}\nA\n:::\n" for name in ("note", "small", "columns", "signatures", "together", "write")
    )

    assert [
        "Note",
        "TableEnd",
        "Small",
        "ColumnText",
        "TableEnd",
        "Signature",
        "TableEnd",
        "BodyText",
        "BodyText",
    ] == styles(source)


def test_lists_count_anew_under_a_number_of_their_own():
    source = (
        "#. a\n#. b\n\n{% for n in range(2) %}\nx\n#. c\n{% endfor %}\n\n{% for n in range(2) %}\n#. d\n{% endfor %}"
    )

    assert ["1001", "1001", "1002", "1003", "1004", "1004"] == found(source, "//w:numId/@w:val")


def test_bold_and_italic_stand_in_runs_of_their_own():
    runs = found("a **b {{ c }}** _d_", "//w:r", c="C")

    assert ["a ", "b C", " ", "d"] == ["".join(run.itertext()) for run in runs]
    assert [[], ["b", "bCs"], [], ["i", "iCs"]] == [
        [etree.QName(mark).localname for mark in run.iterfind("w:rPr/*", {"w": NAMESPACE})] for run in runs
    ]


def test_words_round_a_condition_stand_in_runs_of_their_own():
    assert ["a ", "b", " c"] == ["".join(run.itertext()) for run in found("a {% if 1 %}b{% endif %} c", "//w:r")]
    assert ["a ", "c"] == ["".join(run.itertext()) for run in found("a {% if no %}b{% endif %}c", "//w:r", no="")]


def test_a_table_is_fixed_as_wide_as_the_text_and_repeats_its_head():
    source = (
        "## Plan\n| A | B | C |\n|---|:--:|-----:|\n{% for x in range(2) %}\n| 1 | 2 | 3 |\n{% endfor %}\n|= T | | 3 |"
    )

    assert [str(TEXT_WIDTH)] == found(source, "//w:tblW/@w:w")
    assert TEXT_WIDTH == sum(map(int, found(source, "//w:gridCol/@w:w")))
    assert ["fixed"] == found(source, "//w:tblLayout/@w:type")
    assert 1 == len(found(source, "//w:tr[1]/w:trPr/w:tblHeader"))
    assert 4 == len(found(source, "//w:tr/w:trPr/w:cantSplit"))
    assert ["Plan"] == found(source, "//w:tblCaption/@w:val")
    assert ["A, B, C"] == found(source, "//w:tblDescription/@w:val")


def test_amounts_stand_to_the_right_and_totals_under_a_rule():
    source = "| A | B |\n|---|---:|\n| 1 | 2 |\n|= T | 2 |"

    assert ["TableHead", "TableHead", "TableText", "TableAmount", "TableTotal", "TableTotal", "TableEnd"] == styles(
        source
    )
    assert ["right", "right"] == found(source, "//w:jc/@w:val")
    assert 2 == len(found(source, "//w:tr[3]//w:tcBorders/w:top"))


def test_a_table_without_rows_keeps_its_head():
    source = "| A |\n|--|\n{% for x in [] %}\n| 1 |\n{% endfor %}"

    assert 1 == len(found(source, "//w:tr"))


def test_facts_and_notes_without_content_leave_valid_xml():
    source = "::: facts\n{% if no %}\nA | b\n{% endif %}\n:::\n::: note\n{% if no %}\nc\n{% endif %}\n:::"

    assert 1 == len(found(source, "//w:tbl", no=""))
    assert 1 == len(found(source, "//w:tc/w:p", no=""))


def test_each_table_is_followed_by_a_paragraph():
    source = "| A |\n|--|\n\n| B |\n|--|\n\n::: note\n| C |\n|--|\n:::"

    assert all(table.getnext().tag == qn("w:p") for table in found(source, "//w:tbl"))


def test_signatures_stay_whole():
    source = "::: signatures\nA\n____\n---\nB\n____ x\n:::"

    assert 4 == len(found(source, "//w:tc/w:p/w:pPr[w:keepNext and w:keepLines]"))
    assert ["Signature", "SignatureLine", "Signature", "SignatureLine", "TableEnd"] == styles(source)
    assert 1 == len(found(source, "//w:cantSplit"))


def kept(source: str, **values) -> list[str]:
    """What stays on the page of the signatures: the text of the paragraphs so marked, before them."""
    paragraphs = found(source, "//w:p[w:pPr/w:keepNext]", parts={"sign.md": SIGN}, **values)
    texts = ["".join(paragraph.itertext()) for paragraph in paragraphs]
    return texts[: texts.index("Signed")]


SIGN = "::: signatures\nSigned\n:::"
TABLE = "| a | b |\n|---|---|\n"


@pytest.mark.parametrize(
    ("before", "stays"),
    [
        ("One\n\nTwo", ["Two"]),
        ("One\n\nTwo\n## Signatures", ["Two", "Signatures"]),
        ("One\n\nTwo\n##. Signatures\nDone at\n- copies", ["Two", "Signatures", "Done at", "copies"]),
        ("One\n### A\n### B", ["One", "A", "B"]),
        ("One\n## Far\nTwo\nThree\nFour\nFive", ["Five"]),
        ("## Only", ["Only"]),
        ("", []),
        ("{% for n in range(3) %}\nText {{ n }}\n{% endfor %}", ["Text 2"]),
        (
            "One\n" + TABLE + "| 1 | 2 |\n| 3 | 4 |\n\n## Signatures",
            ["a", "b", "1", "2", "3", "4", "", "Signatures"],
        ),
        ("One\n::: note\nTwo\n\nThree\n:::", ["Two", "Three", ""]),
        ("One\n::: small\nTwo\n:::", ["Two"]),
    ],
)
def test_signatures_keep_their_section_and_the_text_before_it(before, stays):
    assert stays == kept(f"{before}\n{SIGN}")
    assert stays == kept(before + '\n{% include "sign.md" %}')


def test_what_is_kept_already_is_not_kept_twice():
    source = f"::: together\nOne\n## Signatures\n{SIGN}\n:::"

    assert [1, 1] == [len(properties.findall(qn("w:keepNext"))) for properties in found(source, "//w:body/w:p/w:pPr")][
        :2
    ]


def test_each_block_of_signatures_keeps_its_own_text():
    source = f"One\n\nTwo\n{SIGN}\nThree\n\nFour\n{SIGN}"

    paragraphs = found(source, "//w:body/w:p[w:pPr/w:keepNext]")

    assert ["Two", "Four"] == ["".join(paragraph.itertext()) for paragraph in paragraphs]


def test_a_lone_signature_takes_half_the_page():
    assert 2 == len(found("::: signatures\nA\n:::", "//w:tc"))


def test_columns_end_at_the_margin():
    widths = [int(width) for width in found("::: columns\nA ____\n---\nB ____\n:::", "//w:gridCol/@w:w")]
    (stop, _) = found("::: columns\nA ____\n---\nB ____\n:::", "//w:tab/@w:pos")

    assert TEXT_WIDTH == widths[0] + int(stop)


def test_rows_to_write_in_are_more_than_eight_millimetres_high():
    source = "::: write\n| A |\n|--|\n| |\n:::"

    assert ["482"] == found(source, "//w:trHeight/@w:val")
    assert ["atLeast"] == found(source, "//w:trHeight/@w:hRule")


def test_blanks_give_room_to_write():
    assert ["on ", "____", " at ", ""] == ["".join(run.itertext()) for run in found("on ____ at ____", "//w:r")]
    assert ["underscore"] == found("____", "//w:tab/@w:leader")
    assert int(found("____", "//w:spacing/@w:line")[0]) >= 8 / 25.4 * 1440


def test_small_print_is_small_in_items_and_tables_too():
    source = "::: small\nA\n- b\n:::"

    assert ["Small", "ListBullet"] == styles(source)
    assert ["SmallText"] == found(source, "//w:rStyle/@w:val")


def test_page_numbers_are_fields():
    assert [" PAGE ", " NUMPAGES "] == found("[[page]] of [[pages]] [[right]] x", "//w:instrText/text()")
    assert [str(TEXT_WIDTH)] == found("[[page]] [[right]] x", "//w:tabs/w:tab/@w:pos")


def test_attributes_take_fixed_words_as_they_are():
    source = '## A "b" & <c> \\{{ d }}\n| e |\n|--|'

    assert ['A "b" & <c> {{ d }}'] == found(source, "//w:tblCaption/@w:val")


def test_paragraph_properties_stand_in_the_order_of_the_schema():
    order = ["pStyle", "keepNext", "keepLines", "numPr", "tabs", "spacing", "jc"]
    source = "::: signatures\n#. a ____\n| A |\n|---:|\n| ____ |\n:::\n"

    for properties in found(source, "//w:pPr"):
        names = [etree.QName(child).localname for child in properties]
        assert sorted(names, key=order.index) == names


# Values


@pytest.mark.parametrize("value", HOSTILE)
def test_values_are_printed_as_typed(value):
    source = "# {{ v }}\n{{ v }}\n- **{{ v }}**\n- [ ] {{ v }}\n##. _{{ v }}_\n| {{ v }} |\n|--|\n| {{ v }} |\n"
    paper = word(source, v=value)

    assert [value, value, value, f"☐\t{value}", value] == [
        paragraph.text for paragraph in paper.paragraphs if paragraph.text
    ]
    assert [value, value] == [cell.text for row in paper.tables[0].rows for cell in row.cells]
    assert 1 == len(paper.tables)


PRINTABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))
WORDING = Wording({"paper.md": "a{{ v }}b\n\n| x |\n|--|\n| **{{ v }}** |\n"}, ALanguage(), "docx")


@given(PRINTABLE)
@settings(deadline=None)
def test_any_printable_value_survives(value):
    shown = etree.fromstring(f'<w:body xmlns:w="{NAMESPACE}">{WORDING.render("paper.md", {"v": value})}</w:body>')

    paragraphs = ["".join(paragraph.itertext(qn("w:t"))) for paragraph in shown.iter(qn("w:p"))]

    assert [f"a{value}b", "x", value, ""] == paragraphs


def test_characters_that_no_file_can_hold_are_replaced():
    assert "a\ufffdb\ufffd\ufffd" == "".join(body("{{ v }}", v="a\x0bb\ud800\uffff").itertext())


def test_every_source_line_stays_on_its_line():
    source = "# A\n\n| a |\n|--|\n| {{ v }} |\n\n::: note\nb\n:::\nend"

    lines = rendered(source, "docx", v="x").split("\n")

    assert 10 == len(lines)
    assert [1, 3, 5, 8, 10] == [number for number, line in enumerate(lines, 1) if re.search("<w:t[ >]", line)]


def test_a_paragraph_that_announces_something_stays_with_it():
    source = "The Client named these:\n- a flood\n\nThis is all.\n\nWhat {{ a }} says:\n\nand more"

    assert ["The Client named these:", "What it: says:"] == [
        "".join(paragraph.itertext()) for paragraph in found(source, "//w:body/w:p[w:pPr/w:keepNext]", a="it:")
    ]


@pytest.mark.parametrize(("rows", "kept"), [(11, 12), (30, 6)])
def test_a_table_too_long_to_stay_whole_keeps_its_head_and_its_end(rows, kept):
    source = "::: together\n| No. |\n|---|\n{% for n in range(rows) %}\n| {{ n }} |\n{% endfor %}\n:::"

    assert kept == len(found(source, "//w:tr[.//w:keepNext]", rows=rows))


def test_a_total_never_stands_alone_on_the_next_page():
    source = "| No. |\n|---|\n| 1 |\n| 2 |\n| 3 |\n| 4 |\n| 5 |\n|= all |"

    kept = found(source, "//w:tr[.//w:keepNext]")

    assert ["4", "5"] == ["".join(row.itertext()).strip() for row in kept][-2:]
    assert "1" not in ["".join(row.itertext()).strip() for row in kept]


def test_a_table_of_a_few_rows_is_never_parted():
    source = "| No. |\n|---|\n{% for n in range(rows) %}\n| {{ n }} |\n{% endfor %}"

    def rows_kept(rows: int) -> int:
        return len(found(source, "//w:tr[.//w:keepNext]", rows=rows))

    assert [5, 0] == [rows_kept(5), rows_kept(6)]
