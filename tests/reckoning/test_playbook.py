"""The playbook: the minutes of a talk, which words fit, and what is refused in its file."""

import pytest
from making import ROOT

from negotiation_kit.case.meeting import Meeting
from negotiation_kit.problems import Refused
from negotiation_kit.reading.record import read_record
from negotiation_kit.reckoning.facts import Facts
from negotiation_kit.reckoning.playbook import guide_for, shares
from negotiation_kit.reckoning.playbook_bank import Playbook, playbook_problems

TEXT = (ROOT / "templates" / "playbook.yaml").read_text("utf-8")


def read(text=TEXT):
    return read_record(text, "playbook.yaml", Playbook, (playbook_problems,))


def guide(form="full", language="en", meeting=None, **facts):
    record = Meeting.model_validate({"day": "2025-03-24", **meeting}) if meeting is not None else None
    return guide_for(read(), Facts.of(**facts), form, language, meeting=record, values={"amount": "HUF 1"})


def test_an_hour_is_divided_as_the_method_says():
    stages = guide(meeting={"at": "10:00", "until": "11:00"}).stages

    assert [each.minutes for each in stages] == [5, 5, 12, 8, 7, 10, 4, 3, 6]
    assert [each.begins for each in stages] == [
        "10:00", "10:05", "10:10", "10:22", "10:30", "10:37", "10:47", "10:51", "10:54",
    ]  # fmt: skip


def test_a_call_has_six_stages_in_twenty_minutes():
    found = guide("call")

    assert [(each.stage, each.minutes, each.begins) for each in found.stages] == [
        ("SUB", 2, None), ("CAU", 6, None), ("IDE", 4, None), ("SCH", 4, None), ("CSQ", 1, None), ("CLO", 3, None),
    ]  # fmt: skip
    assert found.minutes == 20


@pytest.mark.parametrize("whole", [1, 7, 45, 60, 90, 121])
def test_the_minutes_of_the_stages_are_those_of_the_meeting(whole):
    parts = [5, 5, 12, 8, 7, 10, 4, 3, 6]

    assert sum(shares(parts, whole)) == whole


def test_a_meeting_past_midnight_goes_on_the_next_day():
    found = guide(meeting={"at": "23:30", "until": "0:30"})

    assert found.minutes == 60
    assert found.stages[-1].begins == "0:24"


def test_what_the_cause_makes_likely_comes_first():
    found = guide(cause="oversight")

    assert [each.id for each in found.objections[:2]] == ["no_invoice", "forgot"]
    assert [each.id for each in found.expected] == ["no_invoice", "forgot"]


def test_only_a_key_client_says_that_we_have_always_waited():
    assert "always_waited" in [each.id for each in guide(segment="key").objections]
    assert "always_waited" not in [each.id for each in guide(segment="core").objections]


def test_the_second_miss_is_answered_from_the_second_broken_promise_on():
    assert "second_miss" in [each.id for each in guide(broken_promises=2).breakfasts]
    assert "second_miss" not in [each.id for each in guide(broken_promises=1).breakfasts]


def test_known_values_are_filled_and_others_keep_a_blank():
    found = guide()

    assert "(HUF 1)" in found.openings[0].says
    assert "after ____ we" in found.closings[0].says


def test_both_languages_print_the_same_lines():
    for kind in ("openings", "closings", "breakfasts", "objections", "reactions", "forbidden"):
        english, hungarian = (getattr(guide(language=code, cause="chain"), kind) for code in ("en", "hu"))
        assert [each.id for each in english] == [each.id for each in hungarian]


def test_a_language_the_playbook_does_not_speak_is_refused():
    with pytest.raises(Refused, match="the playbook does not speak 'de'"):
        guide(language="de")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: no_money", "id: no_invoice", "no_invoice stands here a second time"),
        ("segment == key", "segment == big", "always_waited: when is 'segment == big'"),
        (", avoid: take the big figure", "", "over_promising: a line of kind reaction needs avoid"),
        ("({amount}), and one thing", "({sum}), and one thing", "open: {sum} is no placeholder"),
        ("    hu: {aim: az ütemezés, done: első összeg és napja megvan}\n", "", "SCH does not speak hu"),
    ],
)
def test_a_slip_in_the_file_is_told(old, new, message):
    assert old in TEXT
    text = TEXT.replace(old, new, 1)

    with pytest.raises(Refused) as refused:
        read(text)

    assert message in str(refused.value)
