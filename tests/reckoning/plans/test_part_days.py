from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laying import START, a_ground, days, laid, refused
from making import a_calendar

from negotiation_kit.case.plan import Plan
from negotiation_kit.reckoning.plans.part_days import part_days


def first_days(number=4, /, *, ground=None, **plan):
    ground = ground or a_ground()
    found = islice(part_days(Plan.model_validate({"shape": "equal", **plan}), ground), number)
    return [each.due.isoformat() for each in found]


def test_the_first_part_is_as_soon_after_the_meeting_as_the_policy_says():
    assert first_days(1, every="14 days") == ["2025-03-26"]
    assert first_days(1, every="14 days", ground=a_ground(first_bd=0)) == ["2025-03-24"]


def test_the_first_day_may_be_named():
    assert first_days(2, every="14 days", first_day="2025-04-01") == ["2025-04-01", "2025-04-15"]


@pytest.mark.parametrize(
    ("grace", "first"),
    [("30 days", "2025-04-23"), ("2 weeks", "2025-04-07"), ("month", "2025-04-24"), ("10 business days", "2025-04-07")],
)
def test_the_first_part_may_wait(grace, first):
    assert first_days(1, every="14 days", grace=grace) == [first]


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        ("14 days", ["2025-03-26", "2025-04-09", "2025-04-23", "2025-05-07"]),
        ("2 weeks", ["2025-03-26", "2025-04-09", "2025-04-23", "2025-05-07"]),
        ("10 business days", ["2025-03-26", "2025-04-09", "2025-04-25", "2025-05-13"]),
        ("month", ["2025-03-26", "2025-04-25", "2025-05-26", "2025-06-26"]),
        ("3 months", ["2025-03-26", "2025-06-26", "2025-09-26", "2025-12-23"]),
    ],
)
def test_steps_are_counted_from_the_first_day(every, expected):
    """In Hungary 18 and 21 April, 1 and 2 May rest, and so do 24 to 26 December; 26 April was a Saturday."""
    assert expected == first_days(4, every=every)


def test_a_moved_day_does_not_move_the_days_after_it():
    assert first_days(3, every="week", first_day="2025-04-11") == ["2025-04-11", "2025-04-17", "2025-04-25"]


def test_monthly_steps_find_the_wished_day_of_the_month():
    """15 June 2025 was a Sunday."""
    assert ["2025-04-15", "2025-05-15", "2025-06-13", "2025-07-15"] == first_days(4, every="month", on="15")


def test_the_last_day_of_a_month_is_the_last_of_every_month():
    assert ["2025-03-31", "2025-04-30", "2025-05-30", "2025-06-30"] == first_days(4, every="month", on="last")


def test_a_first_part_comes_at_once_and_the_wished_day_from_the_month_after():
    assert ["2025-03-26", "2025-04-15", "2025-05-15"] == first_days(3, every="month", on="15", first="30%")


def test_the_wished_day_may_be_today():
    assert ["2025-03-26"] == first_days(1, every="month", on="26")


@pytest.mark.parametrize(
    ("roll", "expected"),
    [
        ("preceding", "2025-05-30"),
        ("following", "2025-06-02"),
        ("modified following", "2025-05-30"),
        ("none", "2025-05-31"),
    ],
)
def test_a_rest_day_at_the_end_of_a_month_moves_as_the_plan_says(roll, expected):
    assert [expected] == first_days(1, every="month", first_day="2025-05-31", roll=roll)


@pytest.mark.parametrize(
    ("roll", "expected"),
    [
        ("preceding", "2025-06-13"),
        ("following", "2025-06-16"),
        ("modified following", "2025-06-16"),
        ("none", "2025-06-15"),
    ],
)
def test_a_rest_day_in_the_middle_of_a_month_moves_as_the_plan_says(roll, expected):
    assert [expected] == first_days(1, every="month", first_day="2025-06-15", roll=roll)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("HU",), ["2025-05-17", "2025-04-30"]),
        (("HU", "AT"), ["2025-05-16", "2025-04-30"]),
        (("AT",), ["2025-05-16", "2025-05-02"]),
    ],
)
def test_an_exchanged_saturday_is_worked_only_where_it_was_exchanged(codes, expected):
    """In Hungary 17 May 2025, a Saturday, was worked for Friday, 2 May."""
    ground = a_ground(codes=codes)

    found = [
        first_days(1, every="month", first_day=wished, ground=ground)[0] for wished in ("2025-05-17", "2025-05-02")
    ]

    assert expected == found


def test_a_day_is_never_moved_to_before_the_plan_is_agreed():
    """Agreed on Sunday, 23 March 2025: the business day before was Friday."""
    ground = a_ground(start=date(2025, 3, 23))

    assert ["2025-03-24"] == days(laid(ground, shape="whole", first_day="2025-03-23"))


def test_a_first_day_before_the_plan_is_agreed_is_refused():
    why = refused(shape="whole", first_day="2025-03-23")

    assert ("first_day", "plan.first_day is 2025-03-23, before the plan is agreed on 2025-03-24") == (
        why.field,
        str(why),
    )


def test_steps_of_a_day_skip_what_moved_together():
    """29 and 30 March 2025 were a weekend: both move to Friday, which has its part already."""
    assert ["2025-03-27", "2025-03-28", "2025-03-31"] == first_days(3, every="day", first_day="2025-03-27")


def test_a_season_has_its_days_year_after_year():
    found = first_days(4, shape="seasonal", months=["may", "september"])

    assert ["2025-05-30", "2025-09-30", "2026-05-29", "2026-09-30"] == found


def test_a_season_may_wish_for_a_day_of_the_month():
    assert ["2025-05-15", "2025-06-13"] == first_days(2, shape="seasonal", months=["may", "june"], on="15")


def test_a_season_that_has_begun_starts_with_the_days_to_come():
    ground = a_ground(start=date(2025, 5, 19))

    assert ["2025-06-13"] == first_days(1, shape="seasonal", months=["may", "june"], on="15", ground=ground)


def test_a_first_part_goes_before_the_season():
    assert ["2025-03-26", "2025-03-31", "2025-06-30"] == first_days(
        3, shape="seasonal", months=["march", "june"], first="20%"
    )


def receipt(day, amount="1000000", source="the school"):
    return {"day": day, "amount": amount, "source": source}


def test_our_part_of_a_receipt_comes_some_business_days_after_it():
    """5 April 2025 was a Saturday; 20 April was Easter Sunday and the Monday after it rests."""
    receipts = [receipt("2025-04-20"), receipt("2025-04-05")]

    assert ["2025-04-08", "2025-04-23"] == first_days(shape="receipts", receipts=receipts)
    assert ["2025-04-07", "2025-04-22"] == first_days(shape="receipts", receipts=receipts, lag_bd="0")


def test_receipts_that_came_before_the_plan_are_no_longer_expected():
    assert ["2025-03-26"] == first_days(shape="receipts", receipts=[receipt("2025-03-23"), receipt("2025-03-24")])


def test_receipts_of_one_day_make_one_part():
    receipts = [receipt("2025-04-05", source="the school"), receipt("2025-04-06", source="the hotel")]

    (part,) = part_days(Plan(shape="receipts", receipts=receipts), a_ground())

    assert (date(2025, 4, 8), "the school; the hotel") == (part.due, part.source)


def test_a_first_part_after_the_first_receipt_is_refused():
    why = refused(shape="receipts", first="10%", first_day="2025-04-08", receipts=[receipt("2025-04-05", "9000000")])

    assert ("first_day", "the first part on 2025-04-08 is not before that of the first receipt on 2025-04-08") == (
        why.field,
        str(why),
    )


def listed(*wished):
    return {"shape": "list", "schedule": [{"due": due, "amount": "100"} for due in wished]}


@pytest.mark.parametrize(
    ("wished", "message"),
    [
        (["2025-03-20", "2025-04-09"], "plan.schedule[1].due is 2025-03-20, before the plan is agreed on 2025-03-24"),
        (
            ["2025-04-09", "2025-03-26"],
            "plan.schedule[2].due is 2025-03-26, not after the part before it on 2025-04-09",
        ),
        (
            ["2025-03-29", "2025-03-30"],
            "plan.schedule[2].due is 2025-03-30, not after the part before it on 2025-03-28",
        ),
    ],
)
def test_listed_days_are_never_left_out_silently(wished, message):
    why = refused(a_ground("200"), **listed(*wished))

    assert ("schedule", message) == (why.field, str(why))


CALENDARS = [("HU",), ("HU", "AT"), ("HU", "SK"), ("GB-EAW",), ("DE",), ("PL",), ("CZ",)]


@given(
    start=st.dates(date(2024, 1, 1), date(2026, 6, 30)),
    every=st.sampled_from(["day", "3 days", "14 days", "week", "month", "2 months", "5 business days"]),
    on=st.sampled_from([None, "1", "15", "30", "last"]),
    roll=st.sampled_from(["preceding", "following", "modified following"]),
    codes=st.sampled_from(CALENDARS),
    wait=st.integers(0, 60),
)
def test_days_are_business_days_of_all_sides_each_later_than_the_one_before(start, every, on, roll, codes, wait):
    plan = {"every": every, "on": on, "roll": roll, "first_day": (start + timedelta(wait)).isoformat()}

    found = first_days(12, ground=a_ground(start=start, codes=codes), **plan)

    assert sorted(set(found)) == found
    assert all(a_calendar(*codes).is_business_day(date.fromisoformat(due)) for due in found)
    assert found[0] >= start.isoformat()


def test_the_day_of_the_agreement_may_be_a_day_of_payment():
    assert START.isoformat() == first_days(1, first_day=START.isoformat())[0]
