from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laying import START, a_ground, a_rate, laid, parts, refused, sums
from making import a_law

from negotiation_kit.case.receivables import Interest
from negotiation_kit.money import Money
from negotiation_kit.reckoning.exact import rounded
from negotiation_kit.reckoning.plans.ground import Lot
from negotiation_kit.reckoning.terms import terms_for


def eur(amount):
    return Money(Decimal(amount), "EUR")


def a_loan(base="1000.00", percent="12", basis="30/360", **more):
    """EUR agreed on the first of a month, in cents."""
    lots = (Lot("A", eur(base), date(2025, 1, 1)),)
    return a_ground(lots=lots, start=date(2025, 1, 1), unit="0.01", terms=a_rate(percent, basis), **more)


MONTHLY = {"every": "month", "grace": "month", "roll": "none", "interest": "inside"}


def test_level_parts_are_the_smallest_that_settle_the_sum():
    """1 000 at 1 % a month in 3 parts: 340.02 would leave a cent.

    340.03: 10.00 of interest, 669.97 left; 6.70, 336.64 left; 3.37, together 340.01.
    """
    schedule = laid(a_loan(), shape="equal", parts="3", **MONTHLY)

    assert [("2025-02-01", "340.03"), ("2025-03-01", "340.03"), ("2025-04-01", "340.01")] == parts(schedule)
    assert [eur("10.00"), eur("6.70"), eur("3.37")] == [part.interest for part in schedule.instalments]
    assert [eur("669.97"), eur("336.64"), eur("0.00")] == [part.left for part in schedule.instalments]


def test_a_fixed_sum_pays_the_interest_of_its_time_first():
    """10.00 of 500, then 5.10 of 500, then 0.15 on top of the last 15.10."""
    schedule = laid(a_loan(), shape="fixed", amount="500.00", **MONTHLY)

    assert ["500.00", "500.00", "15.25"] == sums(schedule)


def test_what_the_client_can_carry_includes_the_interest():
    schedule = laid(a_loan(), shape="carry", amount="600.00", **MONTHLY)

    # 1 000 + 10.00 - 600 = 410; + 4.10
    assert ["600.00", "414.10"] == sums(schedule)


def test_a_first_part_pays_its_interest_before_the_level_ones():
    """300.00 of which 10.00 are interest: 710.00 in two parts at 1 % a month; 360.33 would leave a cent."""
    schedule = laid(a_loan(), shape="equal", first="300.00", parts="3", **MONTHLY)

    assert [("300.00", "10.00"), ("360.34", "7.10"), ("360.33", "3.57")] == [
        (str(part.amount.amount), str(part.interest.amount)) for part in schedule.instalments
    ]


def test_one_part_pays_all_whatever_the_first_was_to_be():
    assert ["1010.00"] == sums(laid(a_loan(), shape="equal", first="30%", parts="1", **MONTHLY))


def test_parts_are_multiples_of_the_unit_but_for_the_last():
    """1 010 less 350 are 660, 666.60 less 350 are 316.60, and 3.17 of interest."""
    assert ["350.00", "350.00", "319.77"] == sums(laid(a_loan(), shape="equal", parts="3", round_to="50", **MONTHLY))


def test_interest_open_before_goes_into_the_parts_too():
    ground = a_loan(accrued=eur("30.00"), accrued_to=date(2025, 1, 1))

    schedule = laid(ground, shape="equal", parts="2", **MONTHLY)

    assert [eur("40.00"), True] == [schedule.first.interest, schedule.last.left.is_zero]


@pytest.mark.parametrize("shape", [{"shape": "equal", "parts": "4"}, {"shape": "fixed", "amount": "500.00"}])
def test_a_first_part_that_does_not_cover_its_interest_is_refused(shape):
    """Without this nothing would ever be enough."""
    ground = a_loan(accrued=eur("300.00"))

    why = refused(ground, first="10%", **shape, **MONTHLY)

    assert ("first", "EUR 100.00 does not cover the interest until 2025-02-01") == (why.field, str(why))


@pytest.mark.parametrize("shape", ["fixed", "carry"])
def test_a_sum_that_does_not_cover_the_interest_is_refused(shape):
    why = refused(a_loan(), shape=shape, amount="9.99", **MONTHLY)

    assert ("amount", "EUR 9.99 does not cover the interest until 2025-02-01") == (why.field, str(why))


def test_a_sum_that_settles_nothing_within_reason_is_refused():
    why = refused(a_loan(percent="1"), shape="fixed", amount="1.00", **{**MONTHLY, "every": "day", "grace": "1 day"})

    assert ("amount", "EUR 1.00 each time does not settle the sum in 240 parts") == (why.field, str(why))


@pytest.mark.parametrize("code", ["CZ", "GB-EAW", "HU"])
def test_the_law_of_the_debt_goes_on_inside_the_parts(code):
    """A frozen rate stays that of the delay: Czech 14.75 and English 13.25 of early 2024; the Hungarian one moved."""
    percent = {"CZ": "14.75", "GB-EAW": "13.25", "HU": "14.50"}[code]
    currency = {"CZ": "CZK", "GB-EAW": "GBP", "HU": "HUF"}[code]
    base = Money(Decimal(36500), currency)
    terms = terms_for(Interest(), a_law(code), currency)
    ground = a_ground(lots=(Lot("A", base, date(2024, 3, 15)),), terms=terms, unit="1")

    schedule = laid(ground, shape="whole", first_day="2025-04-03", interest="inside")

    # 10 days of 36 500 are ten times the percentage
    assert Decimal(percent) * 10 == schedule.interest.amount


@given(
    shape=st.sampled_from(["equal", "fixed", "carry"]),
    base=st.integers(10**5, 10**9),
    number=st.integers(1, 12),
    percent=st.sampled_from(["0.5", "4.25", "14.5", "36.5"]),
    unit=st.sampled_from(["0.01", "1", "50"]),
    first=st.sampled_from([None, "20%", "50%"]),
    every=st.sampled_from(["7 days", "14 days", "month"]),
    accrued=st.integers(0, 10**4),
)
def test_replayed_day_by_day_a_level_plan_ends_at_zero(shape, base, number, percent, unit, first, every, accrued):
    open_, interest = Decimal(base).scaleb(-2), Decimal(accrued).scaleb(-2)
    ground = a_ground(lots=(Lot("A", eur(open_), START),), unit=unit, terms=a_rate(percent), accrued=eur(interest))
    sum_ = (
        {"parts": str(number)}
        if shape == "equal"
        else {"amount": str((open_ / number).quantize(Decimal("0.01")) + 100)}
    )

    schedule = laid(ground, shape=shape, first=first, every=every, interest="inside", **sum_)

    today = START
    for part in schedule.instalments:
        grown = Fraction(0)
        while today < part.due:
            today += timedelta(days=1)
            grown += Fraction(open_) * Fraction(percent) / 36500
        interest += rounded(grown, eur("0")).amount
        assert interest == part.interest.amount
        open_, interest = open_ - (part.amount.amount - interest), Decimal(0)
        assert open_ == part.left.amount
    assert open_ == 0


@given(
    base=st.integers(10**5, 10**9),
    number=st.integers(2, 12),
    percent=st.sampled_from(["0.5", "14.5", "36.5"]),
    unit=st.sampled_from(["0.01", "1", "50"]),
    every=st.sampled_from(["7 days", "14 days", "month"]),
)
def test_one_unit_less_each_time_would_not_settle_a_level_plan(base, number, percent, unit, every):
    sum_ = eur(Decimal(base).scaleb(-2))
    ground = a_ground(lots=(Lot("A", sum_, START),), unit=unit, terms=a_rate(percent))
    schedule = laid(ground, shape="equal", parts=str(number), every=every, interest="inside")

    less = schedule.first.amount - eur(unit)

    assert len(schedule.instalments) <= number
    if less.amount > 0 and len(schedule.instalments) > 1:
        left, today = sum_.amount, START
        for due in [each.due for each in laid(ground, shape="equal", parts=str(number), every=every).instalments]:
            grown = rounded(Fraction(left) * Fraction(percent) * (due - today).days / 36500, sum_).amount
            left, today = left + grown - less.amount, due
        assert left > 0
