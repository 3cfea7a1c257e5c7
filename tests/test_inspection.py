"""The last look finds what must not leave, in whatever part of a finished file it hides."""

import pytest
from making import ROOT, day, the_kit

from negotiation_kit.documents.catalogue import PAPERS
from negotiation_kit.documents.container import unzipped, zipped
from negotiation_kit.documents.leak import secrets_of
from negotiation_kit.inspection import inspected
from negotiation_kit.problems import Refused

KIT = the_kit()
DAY = day("2025-03-25")
CASE = KIT.check((ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"), "after-meeting.yaml")
(MADE,) = KIT.pack(CASE, as_of=DAY, languages=("en",), chosen=("C04",))
SECRETS = secrets_of(CASE, KIT.reckon(CASE, DAY).offers)
HIDDEN = max((each.value for each in SECRETS if isinstance(each.value, str)), key=len)


def told(parts: dict[str, bytes]) -> list[str]:
    """What the last look says of the minutes with these parts."""
    paper = next(each for each in PAPERS if each.code == "C04")
    reckoning, language = KIT.reckon(CASE, DAY), KIT.desk.language("en")
    values = KIT.values(paper, reckoning, "en")
    content = zipped(parts)
    try:
        inspected(KIT.desk, paper, reckoning, content, "C04.docx", values=values, secrets=SECRETS, language=language)
    except Refused as refused:
        return [problem.message for problem in refused.problems]
    return []


def test_minutes_as_they_were_made_may_leave():
    assert [] == told(unzipped(MADE.content))


@pytest.mark.parametrize(
    "part",
    [
        "word/styles.xml",
        "word/settings.xml",
        "word/numbering.xml",
        "word/theme/theme1.xml",
        "word/header1.xml",
        "word/fontTable.xml",
        "docProps/core.xml",
        "word/kit-footer.xml",
        "word/_rels/document.xml.rels",
    ],
)
@pytest.mark.parametrize("form", ["<!-- {} -->", '<kit hidden="{}"/>', "<kit>{}</kit>"])
def test_a_secret_is_found_in_every_part_even_where_the_house_file_has_the_same_part(part, form):
    parts = unzipped(MADE.content)
    body, end, last = parts[part].rpartition(b"</")
    parts[part] = body + form.format(HIDDEN).encode() + end + last

    (message,) = [each for each in told(parts) if "is not for the client" in each]
    assert f"{part} in C04.docx" in message


def test_a_part_nobody_knows_is_searched_too():
    parts = unzipped(MADE.content) | {"customXml/item1.xml": f"<kit>{HIDDEN}</kit>".encode()}

    assert any("customXml/item1.xml" in each for each in told(parts))


def test_a_figure_that_is_gone_from_the_minutes_is_missed():
    parts = unzipped(MADE.content)
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"1,130,000", b"1,130,001")

    assert any("does not say the sum of part" in each for each in told(parts))
