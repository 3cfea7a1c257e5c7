from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laying import a_ground, a_rate, days, laid, parts
from making import a_calendar

from negotiation_kit.money import Money
from negotiation_kit.periods import Period
from negotiation_kit.reckoning.plans.changes import missed, prepaid
from negotiation_kit.reckoning.schedule import Instalment, Schedule

CURE = date(2025, 4, 14)
"""The day by which the part of 9 April can still be put right."""


def huf(amount):
    return Money(Decimal(amount), "HUF")


def a_schedule(**more):
    """1 460 000 on 26 March, then 1 130 000 on 9 and 23 April and 7 May 2025."""
    return laid(a_ground(**more), shape="equal", first="30%", parts="4", every="14 days")


def after_prepayment(amount, way, *, on="2025-03-27"):
    return prepaid(a_schedule(), date.fromisoformat(on), huf(amount), way)


def after_missing(number, way, *, schedule=None, every="14 days", roll="preceding"):
    return missed(
        schedule or a_schedule(),
        number,
        way,
        settle_by=CURE,
        calendars=a_calendar(),
        every=Period.parse(every),
        roll=roll,
    )


def test_money_paid_early_may_lower_the_next_part():
    assert [("2025-04-09", "630000"), ("2025-04-23", "1130000"), ("2025-05-07", "1130000")] == parts(
        after_prepayment(500000, "next part")
    )


def test_more_than_the_next_part_goes_on_to_the_one_after_it():
    assert [("2025-04-23", "760000"), ("2025-05-07", "1130000")] == parts(after_prepayment(1500000, "next part"))


def test_money_paid_early_may_shorten_the_plan():
    assert [("2025-04-09", "1130000"), ("2025-04-23", "760000")] == parts(after_prepayment(1500000, "shorter"))


def test_money_paid_early_may_make_the_parts_smaller():
    """3 390 000 less 500 000 over the same three days: 963 333.33."""
    assert [("2025-04-09", "963333"), ("2025-04-23", "963333"), ("2025-05-07", "963334")] == parts(
        after_prepayment(500000, "smaller")
    )


@pytest.mark.parametrize("way", ["next part", "shorter", "smaller"])
def test_all_of_it_paid_early_leaves_nothing(way):
    assert after_prepayment(3390000, way).instalments == ()


@pytest.mark.parametrize("way", ["next part", "shorter", "smaller"])
def test_more_than_is_ahead_is_refused(way):
    with pytest.raises(ValueError, match="HUF 3390001 is more than the HUF 3390000 still ahead"):
        after_prepayment(3390001, way)


def test_a_part_of_the_day_itself_is_no_longer_ahead():
    assert ["2025-04-23", "2025-05-07"] == days(after_prepayment(1, "next part", on="2025-04-09"))


def test_parts_are_numbered_anew_and_tell_what_is_left():
    found = after_prepayment(500000, "next part")

    assert [(1, huf(2260000)), (2, huf(1130000)), (3, huf(0))] == [
        (each.number, each.left) for each in found.instalments
    ]
    assert huf(2890000) == found.base


def test_a_missed_part_may_be_spread_over_those_after_it():
    """1 130 000 over two parts."""
    assert [("2025-04-23", "1695000"), ("2025-05-07", "1695000")] == parts(after_missing(2, "spread"))


def test_a_missed_part_may_be_appended_one_step_after_the_last():
    assert [("2025-04-23", "1130000"), ("2025-05-07", "1130000"), ("2025-05-21", "1130000")] == parts(
        after_missing(2, "append")
    )


def test_a_missed_part_may_make_all_that_is_left_due():
    assert [("2025-04-14", "3390000")] == parts(after_missing(2, "accelerate"))


def test_a_missed_first_part_takes_everything_with_it():
    assert [("2025-04-14", "4850000")] == parts(after_missing(1, "accelerate"))


def test_a_missed_last_part_has_nothing_to_be_spread_over():
    assert [("2025-04-14", "1130000")] == parts(after_missing(4, "spread"))
    assert [("2025-05-21", "1130000")] == parts(after_missing(4, "append"))


@pytest.mark.parametrize(
    ("every", "due"), [("month", "2025-06-06"), ("10 business days", "2025-05-20"), ("3 weeks", "2025-05-28")]
)
def test_an_appended_part_keeps_the_step_of_the_plan(every, due):
    """Ten business days after 7 May: 17 May 2025, a Saturday, was worked. 7 June was a Saturday."""
    assert due == days(after_missing(2, "append", every=every))[-1]


def test_an_appended_part_is_counted_from_the_wished_day_of_the_last():
    """26 April 2025 was a Saturday, so the part came on Friday; a month after it is 26 May."""
    schedule = laid(shape="equal", parts="2", every="month")

    assert ["2025-03-26", "2025-04-25"] == days(schedule)
    assert ["2025-05-26"] == days(after_missing(2, "append", schedule=schedule, every="month"))


def test_an_appended_part_never_falls_on_the_day_of_the_last():
    """A day after Friday, 28 March 2025, is Saturday, which moves back to Friday; so does Sunday."""
    schedule = laid(shape="equal", parts="2", every="day", first_day="2025-03-27")

    assert ["2025-03-31"] == days(after_missing(2, "append", schedule=schedule, every="day"))


def test_what_is_changed_is_principal_alone():
    """Whose interest inside was laid for other days."""
    ground = a_ground("1000000", terms=a_rate("36.5"))
    schedule = laid(ground, shape="equal", parts="3", every="14 days", interest="inside")

    changed = [
        prepaid(schedule, date(2025, 3, 25), huf(1000), "next part"),
        *(after_missing(1, way, schedule=schedule) for way in ("spread", "append", "accelerate")),
    ]

    assert {None} == {each.interest for each in changed}
    assert [999000, 1000000, 1000000, 1000000] == [int(each.total.amount) for each in changed]


def test_what_a_changed_part_covers_is_not_claimed_from_the_old_plan():
    changed = [after_missing(2, way) for way in ("spread", "append", "accelerate")]

    assert {()} == {part.covers for each in changed for part in each.instalments}


@pytest.mark.parametrize("way", ["spread", "append", "accelerate"])
def test_the_interest_parts_of_a_balloon_fall_away_with_the_interest(way):
    ground = a_ground("1000000", terms=a_rate("12"))
    schedule = laid(ground, shape="balloon", parts="3", every="month", interest="inside")

    assert [huf(1000000)] == [part.amount for part in after_missing(1, way, schedule=schedule).instalments]


SUMS = st.lists(st.integers(1, 10**9), min_size=1, max_size=8)


def made_of(sums):
    """Parts a week apart."""
    left, instalments = sum(sums), []
    for number, sum_ in enumerate(sums, start=1):
        left -= sum_
        due = date(2025, 3, 19) + timedelta(7 * number)
        instalments.append(Instalment(number, due, huf(sum_), huf(left), wished=due))
    return Schedule(huf(sum(sums)), tuple(instalments))


@given(
    sums=SUMS,
    paid=st.integers(0, 10**9),
    way=st.sampled_from(["next part", "shorter", "smaller"]),
    gone=st.integers(0, 8),
)
def test_whatever_is_paid_early_the_rest_is_exact(sums, paid, way, gone):
    schedule = made_of(sums)
    ahead = sum(sums[gone:])
    paid = min(paid, ahead)

    found = prepaid(schedule, date(2025, 3, 19) + timedelta(7 * gone), huf(paid), way)

    assert ahead - paid == found.total.amount == found.base.amount
    assert all(part.amount.amount > 0 for part in found.instalments)
    assert {part.due for part in found.instalments} <= {part.due for part in schedule.instalments[gone:]}
    if found.instalments:
        assert found.last.left.is_zero


@given(
    sums=SUMS,
    number=st.integers(1, 8),
    way=st.sampled_from(["spread", "append", "accelerate"]),
    every=st.sampled_from(["day", "week", "month", "5 business days"]),
    roll=st.sampled_from(["preceding", "following", "modified following"]),
)
def test_whatever_is_missed_the_rest_is_exact_and_in_order(sums, number, way, every, roll):
    number = min(number, len(sums))

    found = after_missing(number, way, schedule=made_of(sums), every=every, roll=roll)

    dues = [part.due for part in found.instalments]
    assert sum(sums[number - 1 :]) == found.total.amount == found.base.amount
    assert all(part.amount.amount > 0 for part in found.instalments)
    assert sorted(set(dues)) == dues
    assert found.last.left.is_zero
