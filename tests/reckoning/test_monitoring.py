"""What is watched until the last instalment."""

import pytest
from making import ROOT, a_case, a_reckoning, day, the_kit

from negotiation_kit.case.receivables import Payment
from negotiation_kit.reckoning.monitoring import watched

AFTER = the_kit().check((ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"), "after-meeting.yaml")


def signed(**changes):
    outcome = AFTER.outcome.model_copy(update={"signed": day("2025-03-24")})
    return AFTER.model_copy(update={"outcome": outcome, **changes})


def of(case, on):
    return [(each.key, each.about, str(each.day)) for each in watched(a_reckoning(case, day(on)))]


def test_each_part_has_a_note_before_it_its_day_a_look_after_it_and_the_end_of_its_cure_days():
    found = [(key, on) for key, about, on in of(signed(), "2025-03-24") if about == "part 2"]

    assert found == [
        ("note", "2025-04-07"),
        ("part", "2025-04-09"),
        ("look", "2025-04-10"),
        ("cure_end", "2025-04-14"),
    ]


def test_a_part_that_is_paid_is_watched_no_more_and_of_a_short_one_only_the_rest():
    paid = (Payment(day=day("2025-03-26"), amount="1460000"), Payment(day=day("2025-04-09"), amount="1000000"))
    found = watched(a_reckoning(signed(payments=paid), day("2025-04-10")))

    assert not [each for each in found if each.about == "part 1"]
    (second,) = [dict(each.values)["amount"] for each in found if each.about == "part 2" and each.key == "look"]
    assert str(second.amount) == "130000"


def test_a_kept_plan_holds_the_steps_of_the_clock_and_an_unsigned_one_does_not():
    assert not [each for each in of(signed(), "2025-03-25") if each[0] == "step"]
    assert [each for each in of(AFTER, "2025-03-25") if each[0] == "step"]


def test_nothing_of_the_past_is_watched():
    assert all(on >= "2025-04-12" for _, _, on in of(signed(), "2025-04-12"))


def test_an_action_that_is_done_is_watched_no_more():
    done = AFTER.outcome.actions[0].model_copy(update={"done": day("2025-03-24")})
    outcome = AFTER.outcome.model_copy(update={"actions": (done, *AFTER.outcome.actions[1:])})

    about = {each[1] for each in of(AFTER.model_copy(update={"outcome": outcome}), "2025-03-24")}

    assert "action 1" not in about
    assert {"action 2", "action 3"} <= about


@pytest.mark.parametrize("amount", ["1000000", None])
def test_the_morning_after_a_promised_day_tells_whether_it_was_kept(amount):
    case = a_case(promises=[{"said": "2025-03-18", "amount": amount, "pay_by": "2025-03-21", "speaker": "X"}])
    found = [each for each in of(case, "2025-03-19") if each[0].startswith("promise")]

    assert found == ([("promise", "promise 1", "2025-03-24")] if amount else [])


def test_an_alarm_rings_on_a_business_day():
    case = signed()
    reckoning = a_reckoning(case, day("2025-03-24"))
    for each in watched(reckoning):
        assert reckoning.calendars.is_business_day(each.alarm_on), each
        assert each.alarm_on <= each.day
