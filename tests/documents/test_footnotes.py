"""Notes to a place in a text, in every form."""

import re

import pytest
from lxml import etree
from making import ROOT, the_kit
from openxml_audit import OpenXmlValidator
from writing import DAY, HOSTILE, HOUSE, problems, rendered, told, word_bytes

from negotiation_kit.documents.bilingual import Side, woven
from negotiation_kit.documents.container import unzipped, zipped
from negotiation_kit.documents.house import House
from negotiation_kit.documents.package import word_file
from negotiation_kit.documents.redline import lines_in, redlined, settled
from negotiation_kit.documents.wording import Wording
from negotiation_kit.problems import Refused

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAPER = "Interest runs [^ Civil Code, **{{ law }}**].\n\n| A | B |\n|---|---|\n| a[^ in a cell] | b |\n"


def notes_in(data: bytes) -> dict[str, str]:
    """The notes of a file, by their numbers."""
    root = etree.fromstring(unzipped(data)["word/footnotes.xml"])
    return {
        note.get(f"{W}id"): "".join(text.text or "" for text in note.iter(f"{W}t")).strip()
        for note in root
        if note.get(f"{W}type") is None
    }


def signs_in(data: bytes) -> list[str]:
    """The numbers of the notes the body refers to, in its order."""
    root = etree.fromstring(unzipped(data)["word/document.xml"])
    return [sign.get(f"{W}id") for sign in root.iter(f"{W}footnoteReference")]


def test_in_word_a_note_is_a_real_footnote():
    data = word_bytes(PAPER, law="6:155")

    assert {"1": "Civil Code, 6:155", "2": "in a cell"} == notes_in(data)
    assert ["1", "2"] == signs_in(data)


def test_no_blank_stands_before_the_sign_of_a_note():
    said = re.sub(r"<w:footnoteReference>.*?</w:footnoteReference>", "¹", rendered(PAPER, "docx", law="6:155"))

    assert "Interest runs¹." in re.sub("<[^>]*>", "", said)


def test_a_page_has_its_notes_at_the_end_with_the_way_there_and_back():
    page = rendered(PAPER, "html", law="6:155")

    assert 'runs<sup><a id="note-1-from" href="#note-1"' in page
    assert '<li id="note-1">Civil Code, <strong>6:155</strong> <a href="#note-1-from"' in page
    assert page.index("</table>") < page.index('<li id="note-1">') < page.index('<li id="note-2">in a cell ')


def test_a_text_has_its_notes_in_brackets_below():
    assert "Interest runs [1].\n\nA      B\n-----  -\na [2]  b\n\n[1] Civil Code, 6:155\n[2] in a cell\n" == rendered(
        PAPER, law="6:155"
    )


@pytest.mark.parametrize("form", ["text", "html", "docx"])
def test_a_note_that_comes_out_empty_leaves_no_trace(form):
    source = "Runs[^ {% if law %}{{ law }}{% endif %}]."

    assert rendered("Runs.", form) == rendered(source, form, law="") or form == "docx"
    assert {} == notes_in(word_bytes(source, law=""))


def test_brackets_elsewhere_are_only_brackets():
    assert "a] [b] [^" == rendered(r"a] [b] \[^").strip()


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_in_a_note_stays_what_it_is(value):
    said = notes_in(word_bytes("A[^ {{ v }}]", v=value))

    assert value.replace("\n", "").replace("\t", "").strip() == said["1"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("A[^ b", "1: '[^' is opened and not closed on this line"),
        ("A[^ b[^ c]]", "1: '[^' stands inside another note or a tagged value"),
        ("[[place: a[^ b]]]", "1: '[^' stands inside another note or a tagged value"),
        ("A[^ [[place: b]]]", "1: '[[place:' stands inside a note"),
        ("A[^ {% if b %}c]{% endif %}", "1: ']' ends a note before the end of a tag"),
    ],
)
def test_a_note_that_cannot_be_placed_is_refused_with_its_line(source, message):
    assert [message] == told(source, b=1)


def test_the_way_out_is_told():
    assert ["close the note with ]"] == [problem.hint for problem in problems("A[^ b")]


@pytest.mark.parametrize("place", ["header", "footer"])
def test_a_header_or_footer_has_no_notes(place):
    with pytest.raises(Refused) as caught:
        word_file(HOUSE, body="", title="", language_tag="hu-HU", day=DAY, **{place: rendered("A[^ b]", "docx")})

    assert [f"a note stands in the {place}"] == [problem.message for problem in caught.value.problems]


def test_a_paper_without_notes_has_the_separators_alone():
    assert {} == notes_in(word_bytes("A"))
    assert 2 == unzipped(word_bytes("A"))["word/footnotes.xml"].count(b"<w:footnote ")


def house_with(**parts: bytes | None) -> House:
    """Our house file with parts of other bytes, or without them."""
    ours = dict(unzipped((ROOT / "templates" / "house.docx").read_bytes()))
    for name, content in parts.items():
        if content is None:
            del ours[f"word/{name}.xml"]
            links = ours["word/_rels/document.xml.rels"].decode()
            ours["word/_rels/document.xml.rels"] = re.sub(rf'<Relationship [^>]*{name}.xml"/>', "", links).encode()
        else:
            ours[f"word/{name}.xml"] = content
    return House.read(zipped(ours))


def test_the_separators_of_the_house_stay_and_its_sample_notes_go(tmp_path):
    own = unzipped((ROOT / "templates" / "house.docx").read_bytes())["word/footnotes.xml"].decode()
    own = own.replace('w:line="240"', 'w:line="300"').replace(
        "</w:footnotes>", '<w:footnote w:id="7"><w:p><w:r><w:t>sample</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    data = word_file(
        house_with(footnotes=own.encode()), body=rendered("A[^ b]", "docx"), title="t", language_tag="hu-HU", day=DAY
    )

    assert {"1": "b"} == notes_in(data)
    assert b'w:line="300"' in unzipped(data)["word/footnotes.xml"]


@pytest.mark.slow
def test_a_house_that_never_had_notes_gets_the_part(tmp_path):
    house, path = house_with(footnotes=None), tmp_path / "paper.docx"
    path.write_bytes(word_file(house, body=rendered("A[^ b]", "docx"), title="t", language_tag="hu-HU", day=DAY))

    assert {"1": "b"} == notes_in(path.read_bytes())
    assert [] == OpenXmlValidator().validate(str(path)).errors


# Side by side


def a_side(template: str, code: str) -> Side:
    language = the_kit().desk.language(code)
    wording = Wording({"paper.md": template, "beside.md": "Which prevails.\n"}, language, "marked")
    return Side(wording.render("paper.md", {}), wording.render("beside.md", {}), language, "HUF")


def side_by_side(english: str, hungarian: str) -> bytes:
    sides: list[Side] = [a_side(english, "en"), a_side(hungarian, "hu")]
    return word_file(HOUSE, body=woven(HOUSE.opening, *sides), title="t", language_tag="en-GB", day=DAY)


def test_side_by_side_a_note_stands_once_in_both_languages():
    data = side_by_side("# P\n\nRuns[^ By law].\n", "# P\n\nFut[^ Törvény szerint].\n")
    body = unzipped(data)["word/document.xml"].decode()

    assert {"1": "By law / Törvény szerint"} == notes_in(data)
    assert ["1"] == signs_in(data)
    assert r"NOTEREF _Note_1 \h" in body
    assert re.search(r'<w:bookmarkStart w:id="\d+" w:name="_Note_1"/>', body)


def test_side_by_side_each_language_of_a_note_is_told_to_spelling():
    part = unzipped(side_by_side("# P\n\nRuns[^ By law].\n", "# P\n\nFut[^ Törvény].\n"))["word/footnotes.xml"].decode()

    assert re.search(r'<w:lang w:val="en-GB"/></w:rPr><w:t[^>]*>By law<', part)
    assert re.search(r'<w:lang w:val="hu-HU"/></w:rPr><w:t[^>]*>Törvény<', part)


def test_side_by_side_a_note_that_says_the_same_is_said_once():
    assert {"1": "6:155"} == notes_in(side_by_side("# P\n\nRuns[^ 6:155].\n", "# P\n\nFut[^ 6:155].\n"))


def test_side_by_side_a_note_of_one_language_only_is_refused():
    with pytest.raises(Refused) as caught:
        side_by_side("# P\n\nRuns[^ By law].\n", "# P\n\nFut.\n")

    assert ["one language has 1 notes, the other 0"] == [problem.message for problem in caught.value.problems]


def test_side_by_side_a_note_empty_in_the_first_language_is_refused():
    with pytest.raises(Refused) as caught:
        side_by_side("# P\n\nRuns[^ {% if 0 %}a{% endif %}].\n", "# P\n\nFut[^ Törvény].\n")

    assert ["the note 'Törvény' is empty in the other language"] == [p.message for p in caught.value.problems]


# Changes tracked


def test_a_changed_note_is_one_note_gone_and_one_come():
    old, new = (rendered("Interest runs[^ at {{ rate }}] from today.", "docx", rate=rate) for rate in ("14.5%", "15%"))
    body = redlined(HOUSE.opening, old, new, author="A", day=DAY)
    data = word_file(HOUSE, body=body, title="t", language_tag="en-GB", day=DAY)

    assert lines_in(HOUSE.opening, old) == settled(HOUSE.opening, body, accepted=False)
    assert lines_in(HOUSE.opening, new) == settled(HOUSE.opening, body, accepted=True)
    assert ["Interest runs[at 15%] from today."] == lines_in(HOUSE.opening, new)
    assert {"1": "at 14.5%", "2": "at 15%"} == notes_in(data)


def test_a_note_that_stays_is_not_marked():
    old = rendered("Interest runs[^ at 15%] from today.", "docx")
    new = rendered("Interest runs[^ at 15%] from tomorrow.", "docx")
    body = redlined(HOUSE.opening, old, new, author="A", day=DAY)

    assert 1 == body.count("<w:footnoteReference>")
