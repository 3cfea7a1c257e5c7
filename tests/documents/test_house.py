import re
import sys
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
import pytest
from making import ROOT
from writing import DAY, rendered

from negotiation_kit.documents.container import DamagedFile, unzipped, zipped
from negotiation_kit.documents.house import House
from negotiation_kit.documents.word import STYLES, TEXT_WIDTH
from negotiation_kit.problems import Refused

FILE = ROOT / "templates" / "house.docx"
CONTENT_TYPES = "[Content_Types].xml"


@pytest.fixture
def parts() -> dict[str, bytes]:
    return unzipped(FILE.read_bytes())


def refusal(parts: dict[str, bytes]) -> str:
    with pytest.raises(Refused) as refused:
        House.read(zipped(parts))
    (problem,) = refused.value.problems
    return problem.message


def changed(parts: dict[str, bytes], name: str, old: str, new: str) -> dict[str, bytes]:
    assert old in parts[name].decode()
    return parts | {name: parts[name].decode().replace(old, new).encode()}


def test_the_script_makes_the_very_file_that_is_shipped(parts, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    monkeypatch.delitem(sys.modules, "make_house", raising=False)

    from make_house import parts as made

    assert parts == made()


def test_an_office_library_opens_it():
    paper = docx.Document(str(FILE))

    assert {name.lower() for name in STYLES.values()} <= {style.name.lower() for style in paper.styles}
    assert (210, 297) == (round(paper.sections[0].page_width.mm), round(paper.sections[0].page_height.mm))
    assert "Body Text" in [paragraph.text for paragraph in paper.paragraphs]


def test_it_tells_what_papers_take_from_it():
    house = House.read(FILE.read_bytes())

    assert TEXT_WIDTH == house.text_width
    assert all(own == theirs for own, theirs in house.style_ids.items())
    assert "2" == house.item_numbering
    assert 'w:type="first"' in house.section
    assert "word/document.xml" not in house.parts


def test_private_parts_are_left_behind(parts):
    links = "word/_rels/document.xml.rels"
    comments = (
        '<Relationship Id="rId90" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"'
        ' Target="comments.xml"/></Relationships>'
    )
    parts = changed(parts, links, "</Relationships>", comments) | {
        "word/comments.xml": b"<secret/>",
        "customXml/item1.xml": b"<secret/>",
        "word/_rels/settings.xml.rels": b'<Relationships><Relationship Id="a" Target="C:\\Users\\me\\x.dotx"/></Relationships>',
    }
    parts = changed(
        parts,
        "word/settings.xml",
        "<w:zoom ",
        '<w:attachedTemplate r:id="a"/><w:evenAndOddHeaders/><w:rsids><w:rsid w:val="00A1"/></w:rsids><w:zoom ',
    )

    house = House.read(zipped(parts))

    assert not [name for name in house.parts if "omments" in name or "custom" in name or "settings.xml.rels" in name]
    assert not [
        word for word in (b"attachedTemplate", b"evenAndOdd", b"rsid") if word in house.parts["word/settings.xml"]
    ]


def test_a_letterhead_brings_its_pictures_but_nothing_from_outside(parts):
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}/image" Target="media/logo.png"/>'
        f'<Relationship Id="rId2" Type="{kind}/image" Target="/word/media/logo.png"/>'
        f'<Relationship Id="rId3" Type="{kind}/hyperlink" Target="https://example.com" TargetMode="External"/>'
        "</Relationships>"
    )
    parts = changed(parts, CONTENT_TYPES, "<Default ", '<Default Extension="png" ContentType="image/png"/><Default ')
    parts |= {"word/_rels/header1.xml.rels": links.encode(), "word/media/logo.png": b"\x89PNG"}

    house = House.read(zipped(parts))

    assert b"\x89PNG" == house.parts["word/media/logo.png"]
    assert "image/png" == house.types["word/media/logo.png"]
    assert "word/_rels/header1.xml.rels" in house.parts


def test_a_letterhead_that_shows_what_lies_elsewhere_is_refused(parts):
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}/image" Target="https://example.com/logo.png" TargetMode="External"/>'
        "</Relationships>"
    )

    told = "the house file cannot be used: it shows what lies elsewhere, https://example.com/logo.png; put that itself into the file"
    assert told == refusal(parts | {"word/_rels/header1.xml.rels": links.encode()})


def test_a_paper_with_a_logo_is_a_good_file(parts, tmp_path):
    from ooxml_integrity import check

    from negotiation_kit.documents.package import word_file

    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}/image" Target="media/logo.png"/></Relationships>'
    )
    parts = changed(parts, CONTENT_TYPES, "<Default ", '<Default Extension="png" ContentType="image/png"/><Default ')
    parts |= {"word/_rels/header1.xml.rels": links.encode(), "word/media/logo.png": b"\x89PNG"}
    paper = tmp_path / "paper.docx"

    paper.write_bytes(
        word_file(House.read(zipped(parts)), body=rendered("A", "docx"), title="", language_tag="en-GB", day=DAY)
    )

    assert not [finding for finding in check(str(paper)) if finding.severity.name != "INFO"]
    assert "word/media/logo.png" in unzipped(paper.read_bytes())


def test_a_house_file_without_a_letterhead_is_no_problem(parts):
    parts = changed(parts, "word/document.xml", '<w:headerReference w:type="first" r:id="rId6"/>', "")

    house = House.read(zipped(parts))

    assert "Reference" not in house.section
    assert "word/header1.xml" not in house.parts


def test_headers_and_footers_the_kit_writes_itself_are_left_out(parts):
    mine = '<w:headerReference w:type="default" r:id="rId6"/><w:footerReference w:type="default" r:id="rId6"/>'
    parts = changed(parts, "word/document.xml", "<w:headerReference", mine + "<w:headerReference")

    assert 1 == House.read(zipped(parts)).section.count("Reference")


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("word/styles.xml", 'w:val="Clause"', 'w:val="Klausel"', "it lacks the styles Clause"),
        (CONTENT_TYPES, "document.main+xml", "document.macroEnabled.main+xml", "it is no plain Word document"),
        ("word/document.xml", "<w:body>", "<!DOCTYPE x><w:body>", "word/document.xml declares its own entities"),
        ("word/document.xml", "w:sectPr", "w:other", "it is incomplete"),
        ("word/styles.xml", "</w:styles>", "", "the part word/styles.xml is damaged"),
        ("word/numbering.xml", "<w:num ", "<w:no ", "the part word/numbering.xml is damaged"),
    ],
)
def test_a_house_file_that_no_paper_can_be_made_with_is_refused(parts, name, old, new, message):
    told = refusal(changed(parts, name, old, new))

    assert told.startswith("the house file cannot be used: ")
    assert message in told


def test_a_part_in_another_encoding_is_refused(parts):
    assert "is not UTF-8 text" in refusal(parts | {"word/styles.xml": "<a/>".encode("utf-16")})


def test_a_missing_part_is_told(parts):
    del parts["word/styles.xml"]

    assert "word/styles.xml" in refusal(parts)


def test_what_is_no_word_file_is_refused():
    with pytest.raises(Refused, match="this is no Word file"):
        House.read(b"PK\x03\x04 not at all")


def test_too_many_or_too_large_parts_are_refused_before_reading(monkeypatch):
    monkeypatch.setattr("negotiation_kit.documents.container._MOST_BYTES", 1_000)
    with pytest.raises(DamagedFile, match="501 parts"):
        unzipped(zipped({f"{number}": b"" for number in range(501)}))
    with pytest.raises(DamagedFile, match="larger than"):
        unzipped(zipped({"big.bin": bytes(1_001)}))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused():
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        file.writestr(ZipInfo("a.xml"), "<a/>")
        file.writestr(ZipInfo("a.xml"), "<b/>")

    with pytest.raises(DamagedFile, match="the same name"):
        unzipped(buffer.getvalue())


def test_folders_in_the_file_are_no_parts():
    assert {"a": b"b"} == unzipped(zipped({"word/": b"", "a": b"b"}))


def test_amounts_stand_in_figures_of_one_width():
    styles = unzipped((ROOT / "templates" / "house.docx").read_bytes())["word/styles.xml"].decode()

    for own in ("TableAmount", "TableTotal"):
        (style,) = re.findall(rf'<w:style [^>]*w:styleId="{own}">.*?</w:style>', styles)
        assert '<w14:numSpacing w14:val="tabular"/>' in style
