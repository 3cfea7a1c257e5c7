"""Values that can be typed over and read back: what a mark becomes in each form, and what is refused."""

import re

import pytest
from writing import problems, rendered

from negotiation_kit.documents.tags import TAGS, bookmark_of, tag_of


def told(source: str, /, **values) -> tuple[str, str]:
    (problem,) = problems(source, "docx", **values)
    return problem.message, problem.hint


def test_a_tagged_value_is_only_its_content_on_a_page_and_in_a_text():
    assert "At Győr, today\n" == rendered("At [[place: {{ place }}]], today", place="Győr")
    assert "<p>At Győr</p>" == rendered("At [[place: {{ place }}]]", "html", place="Győr")


def test_in_word_it_is_a_control_inside_a_bookmark_of_the_same_number():
    body = rendered("[[place: {{ place }}]] and [[place: {{ place }}]]", "docx", place="Győr")

    assert ["1", "2"] == re.findall(r'<w:bookmarkStart w:id="(\d+)" w:name="place_\1"/><w:sdt>', body)
    assert ["1", "2"] == re.findall(r'</w:sdtContent></w:sdt><w:bookmarkEnd w:id="(\d+)"/>', body)
    assert ["1", "2"] == re.findall(
        r'<w:alias w:val="control place"/><w:tag w:val="place"/><w:id w:val="(\d+)"/>', body
    )


def test_a_day_can_be_picked_in_a_calendar_and_a_blank_waits():
    body = rendered("[[schedule.due: {{ day }}]] [[schedule.due: ____]]", "docx", day="2025-03-26")

    assert ["2025-03-26T00:00:00Z"] == re.findall(r'<w:date w:fullDate="([^"]*)">', body)
    assert 1 == body.count('<w:showingPlcHdr/><w:date><w:dateFormat w:val="yyyy-MM-dd"/><w:lid w:val="hu-HU"/>')


def test_a_blank_at_the_end_of_a_tagged_value_still_runs_to_the_edge():
    assert 'w:leader="underscore"' in rendered("Place: [[place: ____]]", "docx")


def test_an_empty_tagged_value_gets_room_to_click_into():
    body = rendered("[[place: ]]", "docx")

    assert "<w:showingPlcHdr/>" in body
    assert "\N{NO-BREAK SPACE}" * 6 in body


def test_a_box_whose_tick_means_something_can_be_ticked():
    source = "- [ ] [[interest = waived if kept]] **Waived.**\n- [x] [[interest = runs]] Runs."
    body = rendered(source, "docx")

    assert ["interest=waived if kept", "interest=runs"] == re.findall(r'<w:tag w:val="([^"]*)"/>', body)
    assert ["0", "1"] == re.findall(r'<w14:checked w14:val="(\d)"/>', body)
    assert "[ ] Waived.\n[x] Runs.\n" == rendered(source)


def test_a_mark_may_hold_a_condition_and_a_bar():
    source = "| a |\n|---|\n| [[place: {% if x %}{{ x | upper }}{% else %}____{% endif %}]] |"

    assert "GYŐR" in rendered(source, x="Győr")


def test_two_closing_brackets_alone_are_words():
    assert "a]] b]\n" == rendered("a]] b]")


@pytest.mark.parametrize(
    ("source", "message", "hint"),
    [
        (
            "[[schedule.amuont: 5]]",
            "'[[schedule.amuont: ]]' names no value of a case's outcome",
            "did you mean 'schedule.amount'?",
        ),
        ("[[place: 5", "'[[' is opened and not closed on this line", "close the tagged value with ]]"),
        (
            "[[place: [[day: 5]]]]",
            "'[[day:' stands inside another tagged value",
            "close that one with ]] first",
        ),
        (
            "[[place: {% if x %}5]]{% endif %}",
            "']]' stands before the end of a tag",
            "close the tag inside the tagged value first",
        ),
        (
            "- [ ] [[interest = free]] Free",
            "'free' is no choice of interest",
            "there are runs, inside, waived if kept, not claimed",
        ),
        (
            "- [ ] [[place = Wien]] Wien",
            "'Wien' is no choice of place",
            "it is no choice; write [[name: ...]] round the value",
        ),
        (
            "- [ ] Yes [[binding = yes]]",
            "'[[binding = yes]]' stands inside a line",
            "write it right after the box: - [ ] [[...]]",
        ),
        ("[[binding = yes]] Yes", "a choice stands after a box only", "begin the line with - [ ] or - [x]"),
    ],
)
def test_what_cannot_be_read_back_is_refused(source, message, hint):
    assert (message, hint) == told(source, x="")


def test_every_tag_is_found_again_by_its_bookmark_which_word_can_take():
    for name, kind in TAGS.items():
        for tag in (name, *(f"{name}={choice}" for choice in kind.choices)):
            bookmark = bookmark_of(tag, 9999)
            assert re.fullmatch(r"[a-z]\w{0,39}", bookmark, re.ASCII)
            assert tag == tag_of(bookmark)


def test_a_strange_bookmark_is_none_of_ours():
    assert tag_of("_Toc123") is None
