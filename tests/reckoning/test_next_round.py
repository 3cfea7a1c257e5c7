"""The way to a further meeting: what changed since the last one, what is carried over, what has to be different."""

import pytest
from making import ROOT, a_case, a_reckoning, day, the_kit

from negotiation_kit.case.receivables import Payment
from negotiation_kit.reckoning.next_round import is_next_round, last_meeting, next_round

TEXT = (ROOT / "samples" / "after-meeting.yaml").read_text("utf-8")


def second_meeting(**changes):
    case = the_kit().check(TEXT, "after-meeting.yaml")
    outcome = case.outcome.model_copy(update={"signed": day("2025-03-24")})
    meeting = case.meeting.model_copy(update={"day": day("2025-04-24"), "round": 2, **changes})
    paid = (Payment(day=day("2025-03-26"), amount="1460000"),)
    return case.model_copy(update={"outcome": outcome, "meeting": meeting, "payments": paid})


def test_the_meeting_that_brought_the_outcome_is_no_further_one():
    case = the_kit().check(TEXT, "after-meeting.yaml")

    assert not is_next_round(case, day("2025-03-25"))
    assert next_round(a_reckoning(case, day("2025-03-25"))) is None


def test_track_and_level_of_the_last_meeting_stand_beside_those_of_today():
    found = next_round(a_reckoning(second_meeting(), day("2025-04-22")))

    assert (found.before.day, found.before.track, found.before.rule) == (day("2025-03-24"), "STAGED", "C2")
    assert (found.now.track, found.now.rule) == ("SECURED", "E4")
    assert found.now.level < found.before.level
    assert "plan_missed" in {change.name for change in found.changes}


def test_facts_that_only_grow_older_are_no_change():
    found = next_round(a_reckoning(second_meeting(), day("2025-04-22")))

    assert not {"days_overdue", "days_left", "round"} & {change.name for change in found.changes}


def test_actions_keep_the_numbers_of_the_minutes_and_ours_come_first():
    found = next_round(a_reckoning(second_meeting(), day("2025-04-22")))

    assert [(each.number, each.action.side, each.state) for each in found.actions] == [
        (1, "supplier", "overdue"),
        (2, "supplier", "overdue"),
        (3, "client", "overdue"),
    ]
    assert found.overdue_of_ours == 2


def test_money_and_promises_since_the_last_meeting_count_and_earlier_ones_do_not():
    case = a_case(
        contacts=[{"day": "2025-03-24", "channel": "visit"}],
        meeting={"day": "2025-04-10", "round": 2},
        payments=[{"day": "2025-03-24", "amount": "100"}, {"day": "2025-03-25", "amount": "250"}],
        promises=[
            {"said": "2025-03-20", "amount": "100", "pay_by": "2025-03-24"},
            {"said": "2025-03-26", "amount": "300", "pay_by": "2025-03-28"},
        ],
    )
    found = next_round(a_reckoning(case, day("2025-04-01")))

    assert f"{found.received.amount}" == "250"
    assert [each.promise.said for each in found.promises] == [day("2025-03-26")]


def test_the_last_meeting_is_a_visit_or_a_video_call_somebody_came_to():
    case = a_case(
        contacts=[
            {"day": "2025-03-20", "channel": "video"},
            {"day": "2025-03-24", "channel": "visit", "answered": False},
            {"day": "2025-03-26", "channel": "phone"},
        ]
    )

    assert last_meeting(case, day("2025-04-01")) == day("2025-03-20")


@pytest.mark.parametrize(("number", "approval"), [(2, False), (3, True), (4, True)])
def test_from_the_third_meeting_on_the_superior_agrees_first(number, approval):
    found = next_round(a_reckoning(second_meeting(round=number), day("2025-04-22")))

    assert approval is found.needs_approval


@pytest.mark.parametrize("language", ["en", "hu"])
def test_the_pack_of_a_further_round_prepares_it_and_holds_the_paper(language):
    case = second_meeting(round=3)
    files = {
        file.paper.code: file
        for file in the_kit().pack(case, as_of=day("2025-04-22"), languages=(language,), forms=("text",))
    }

    assert {"D01", "D03", "D04", "D06", "D09", "D13", "C02", "C03", "C05"} <= files.keys()
    shown = files["D09"].content.decode("utf-8")
    assert ("the superior agrees" in shown) or ("jóváhagyása kell" in shown)
    balance = files["C05"].content.decode("utf-8")
    assert "22 April 2025" in balance or "2025. április 22." in balance
