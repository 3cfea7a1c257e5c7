import re

import pytest
from lxml import etree
from writing import problems, rendered, word_bytes

from negotiation_kit.documents.container import unzipped

PAPER = (
    "See point [@later].\n##. First\n###. As point [@first-thing] says.\n##. Later [#later]\n###. Words [#first-thing]"
)


@pytest.mark.parametrize("form", ["text", "html", "docx"])
def test_a_reference_gives_the_number_of_what_it_names_wherever_that_stands(form):
    said = re.sub(r"<w:instrText.*?</w:instrText>|<[^>]*>", "", rendered(PAPER, form))

    assert "See point 2." in said
    assert "As point 2.1 says." in said


@pytest.mark.parametrize("form", ["text", "html", "docx"])
@pytest.mark.parametrize(("kept", "number"), [(True, "2"), (False, "1")])
def test_a_section_left_out_moves_the_numbers_of_references(form, kept, number):
    source = "{% if kept %}\n##. First\n{% endif %}\n##. Second [#second]\nAs in point [@second]."

    said = re.sub(r"<w:instrText.*?</w:instrText>|<[^>]*>", "", rendered(source, form, kept=kept))

    assert f"As in point {number}." in said


def test_a_reference_reaches_into_included_parts():
    source = '{% include "part.md" %}\n##. End [#end]\nBack to point [@part].'

    said = rendered(source, parts={"part.md": "##. Part [#part]\nOn to point [@end]."})

    assert "On to point 2." in said
    assert "Back to point 1." in said


def test_an_anchor_leaves_no_trace_in_the_heading():
    assert "1. Items in question\n" == rendered("##. Items in question [#questioned]")


def test_in_word_a_reference_is_a_field_to_a_bookmark_round_the_heading():
    body = etree.fromstring(unzipped(word_bytes(PAPER))["word/document.xml"])
    names = body.xpath("//w:bookmarkStart/@w:name", namespaces=body.nsmap)
    fields = [field.strip() for field in body.xpath("//w:instrText/text()", namespaces=body.nsmap)]

    assert ["_Ref_later", "_Ref_first_thing"] == names
    assert [r"REF _Ref_later \r \h", r"REF _Ref_first_thing \r \h"] == fields
    assert ["Later"] == body.xpath(
        "//w:r[preceding-sibling::w:bookmarkStart[@w:name='_Ref_later']]/w:t/text()", namespaces=body.nsmap
    )


def test_bookmarks_of_anchors_and_of_values_have_numbers_of_their_own():
    source = "##. One [#one]\n[[schedule.amount: 12]]\n##. Two [#two]\n[[schedule.amount: 13]] [@one]"
    body = etree.fromstring(unzipped(word_bytes(source))["word/document.xml"])

    begun = body.xpath("//w:bookmarkStart/@w:id", namespaces=body.nsmap)
    ended = body.xpath("//w:bookmarkEnd/@w:id", namespaces=body.nsmap)

    assert 4 == len({*begun})
    assert begun == ended


def test_the_sign_itself_is_written_after_a_backslash():
    assert r"[@one] and a heading [#one]" in rendered("\\[@one] and a heading [#one]")
    assert "1. A [#one]\n" == rendered("##. A \\[#one]")


@pytest.mark.parametrize("form", ["text", "html", "docx"])
def test_an_unknown_anchor_is_refused_with_its_line(form):
    (problem,) = problems("##. One [#one]\nwords\nAs in point [@on].", form)

    assert "no heading or clause of this paper has the anchor 'on'" == problem.message
    assert "did you mean 'one'?" == problem.hint
    assert 3 == problem.place.line


def test_a_paper_without_anchors_says_how_to_write_one():
    (problem,) = problems("As in point [@one].")

    assert "give one its anchor: ##. Heading [#name]" == problem.hint


def test_an_anchor_of_a_section_left_out_is_unknown():
    (problem,) = problems("{% if kept %}\n##. One [#one]\n{% endif %}\n[@one]", kept=False)

    assert "no heading or clause of this paper has the anchor 'one'" == problem.message


def test_an_anchor_twice_in_a_paper_is_refused():
    (problem,) = problems("##. One [#one]\n##. Two [#one]")

    assert "the anchor 'one' stands in this paper twice" == problem.message
    assert 2 == problem.place.line


def test_an_anchor_on_a_heading_without_a_number_is_refused():
    (problem,) = problems("## One [#one]")

    assert "'[#one]' stands on a heading without a number" == problem.message
    assert "an anchor belongs on '##. ' and '###. '" == problem.hint


ANNEX = "See annex [@list].\n## Annex [#list: 1]: the list\n##. Later [#later]\nAs in [@later]."


@pytest.mark.parametrize("form", ["text", "html", "docx"])
def test_a_reference_repeats_words_that_carry_an_anchor(form):
    said = re.sub(r"<w:instrText.*?</w:instrText>|<[^>]*>", "", rendered(ANNEX, form))

    assert "See annex 1." in said
    assert "Annex 1: the list" in said


def test_in_word_words_with_an_anchor_are_bookmarked_and_repeated_as_they_stand():
    body = etree.fromstring(unzipped(word_bytes(ANNEX))["word/document.xml"])
    fields = [field.strip() for field in body.xpath("//w:instrText/text()", namespaces=body.nsmap)]

    assert [r"REF _Ref_list \h", r"REF _Ref_later \r \h"] == fields
    assert ["1"] == body.xpath(
        "//w:bookmarkStart[@w:name='_Ref_list']/following-sibling::w:r[1]/w:t/text()", namespaces=body.nsmap
    )


def test_an_anchor_round_nothing_is_refused():
    assert ["'[#list: ]' holds no words"] == [problem.message for problem in problems("## Annex [#list: ]")]
