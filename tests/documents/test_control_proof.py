"""Before bytes leave: what can be typed over says what the record says, ids are one of a kind, languages are right."""

import re

import pytest
from editing import edited, said_otherwise, typed
from making import ROOT, day, the_kit

from negotiation_kit.documents.catalogue import PAPERS
from negotiation_kit.documents.container import unzipped, zipped
from negotiation_kit.documents.control_proof import control_problems, file_problems, said_in_controls
from negotiation_kit.documents.returned import values_in

KIT = the_kit()
AFTER = KIT.check((ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"), "after-meeting.yaml")
ENGLISH = KIT.desk.language("en")
(MADE,) = KIT.pack(AFTER, as_of=day("2025-03-25"), languages=("en",), chosen=("C04",))
RECKONING = KIT.reckon(AFTER, day("2025-03-25"))
MINUTES = next(paper for paper in PAPERS if paper.code == "C04")


def in_controls(content: bytes) -> list[str]:
    return [each.message for each in control_problems(unzipped(content), "C04.docx", MINUTES, RECKONING, ENGLISH)]


def in_file(content: bytes) -> list[str]:
    return [each.message for each in file_problems(unzipped(content), "C04.docx", ENGLISH)]


def test_a_paper_the_kit_made_has_nothing_wrong():
    assert [] == in_controls(MADE.content)
    assert [] == in_file(MADE.content)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("schedule.amount", "1,130,001"),
        ("schedule.due", "Thursday, 27 March 2025"),
        ("total", "4,850,001"),
        ("base", "about five million"),
        ("acknowledged.amount", "HUF 4,850"),
        ("day", "Tuesday, 25 March 2025"),
        ("actions.by", "1 Apr 2025"),
        ("signatories.client.name", "Somebody Else"),
    ],
)
def test_a_value_that_is_not_the_records_is_told(tag, text):
    (told,) = in_controls(edited(MADE.content, typed(tag, text)))

    assert f" in its fields {tag}, the record says otherwise" in told
    assert text in told


def test_ids_that_are_there_twice_are_told():
    def doubled(body: str) -> str:
        body = re.sub(r'(<w:tag w:val="place"/>)<w:id w:val="\d+"/>', r'\1<w:id w:val="1"/>', body)
        return re.sub(r'w:id="\d+" w:name="place_\d+"', 'w:id="1" w:name="day_1"', body)

    assert [
        "C04.docx has the control id 1 more than once",
        "C04.docx has the bookmark id 1 more than once",
        "C04.docx has the bookmark name day_1 more than once",
    ] == in_file(edited(MADE.content, doubled))


def test_another_language_in_the_file_is_told():
    parts = unzipped(MADE.content)
    core = parts["docProps/core.xml"].replace(b"en-GB", b"hu-HU")
    content = edited(
        zipped(parts | {"docProps/core.xml": core}), said_otherwise('w:lid w:val="en-GB"', 'w:lid w:val="de-DE"')
    )

    assert [
        "C04.docx is in en-GB, but its properties say hu-HU",
        "C04.docx is in en-GB, but its calendars say de-DE",
    ] == in_file(content)


@pytest.mark.parametrize("language", ["en", "hu"])
def test_what_stands_in_controls_is_told_as_a_paper_that_comes_back_is_read(language):
    read = 0
    for sample in ("after-meeting", "late-payer", "after-a-call"):
        case = KIT.check((ROOT / "samples" / f"{sample}.yaml").read_text("utf-8"), sample)
        papers = KIT.pack(case, as_of=case.as_of or day("2025-03-25"), languages=(language,), chosen="all")
        for document in (unzipped(file.content)["word/document.xml"] for file in papers):
            values = [(each.tag, each.text) for each in values_in(document) if not each.choice]
            assert values == said_in_controls(document)
            read += len(values)
    assert read


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<w:sdtContent>", "<w:sdtContent><w:sdt><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt>"),
        ("<w:sdtContent><w:r>", "<w:sdtContent><w:r><w:rPr><w:strike/></w:rPr>"),
        ('w:name="schedule__amount_', 'w:name="schedule__due_'),
        ("</w:body>", '<w:p><w:bookmarkStart w:id="9999" w:name="day_9999"/><w:r><w:t>x</w:t></w:r></w:p></w:body>'),
        ("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>"),
    ],
)
def test_a_body_the_kit_did_not_write_so_is_read_with_all_care(old, new):
    document = unzipped(MADE.content)["word/document.xml"].replace(old.encode(), new.encode())
    assert document != unzipped(MADE.content)["word/document.xml"]

    told = said_in_controls(document)

    assert [(each.tag, each.text) for each in values_in(document)] == told
    assert told != said_in_controls(unzipped(MADE.content)["word/document.xml"])
