from datetime import date, timedelta
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import day

from negotiation_kit.case.receivables import Basis
from negotiation_kit.reckoning.day_count import bond_days, count_days, eurobond_days, year_cuts

ONE_DAY = timedelta(days=1)
BASES = get_args(Basis)
DAYS = st.dates(date(2019, 1, 1), date(2030, 12, 31))


def part(basis, due, first, last):
    """The part of a year from first to last, cut where the divisor changes."""
    starts = [first, *year_cuts(basis, first, last)]
    ends = [*(start - ONE_DAY for start in starts[1:]), last]
    return sum(
        (count_days(basis, due, start, end).part for start, end in zip(starts, ends, strict=True)), start=Fraction(0)
    )


@pytest.mark.parametrize(
    ("basis", "due", "last", "days", "of"),
    [
        ("actual/365", "2025-01-31", "2025-03-17", 45, 365),
        ("actual/360", "2025-01-31", "2025-03-17", 45, 360),
        ("actual/actual", "2025-01-31", "2025-03-17", 45, 365),
        ("actual/actual", "2024-01-31", "2024-03-17", 46, 366),
        ("30/360", "2025-01-31", "2025-03-17", 47, 360),
        ("30E/360", "2025-01-31", "2025-03-17", 47, 360),
    ],
)
def test_the_days_of_a_delay_by_each_convention(basis, due, last, days, of):
    counted = count_days(basis, day(due), day(due) + ONE_DAY, day(last))

    assert (days, of) == (counted.days, counted.of)


@pytest.mark.parametrize("basis", ["actual/365", "actual/360", "actual/actual"])
def test_the_day_of_payment_counts_and_the_due_day_does_not(basis):
    assert count_days(basis, day("2025-03-14"), day("2025-03-15"), day("2025-03-15")).days == 1


@pytest.mark.parametrize("basis", BASES)
def test_a_delay_of_no_day_has_none(basis):
    assert count_days(basis, day("2025-03-14"), day("2025-03-15"), day("2025-03-14")).days == 0


def test_a_whole_leap_year_is_one_year_only_over_its_real_length():
    due, last = day("2023-12-31"), day("2024-12-31")

    assert Fraction(1) == part("actual/actual", due, due + ONE_DAY, last)
    assert Fraction(366, 365) == part("actual/365", due, due + ONE_DAY, last)


def test_each_day_counts_over_the_length_of_its_own_year():
    due = day("2023-12-21")

    assert Fraction(10, 365) + Fraction(10, 366) == part("actual/actual", due, due + ONE_DAY, day("2024-01-10"))


def test_years_of_unlike_length_are_not_counted_together():
    with pytest.raises(ValueError, match="2023-12-31 and 2024-01-01 lie in years of unlike length"):
        count_days("actual/actual", day("2023-12-30"), day("2023-12-31"), day("2024-01-01"))


@pytest.mark.parametrize(
    ("first", "last", "cuts"),
    [
        ("2021-03-01", "2023-12-31", []),
        ("2023-03-01", "2025-02-01", ["2024-01-01", "2025-01-01"]),
        ("2024-01-01", "2024-12-31", []),
        ("2024-12-31", "2025-01-01", ["2025-01-01"]),
    ],
)
def test_only_a_year_of_another_length_cuts_the_time(first, last, cuts):
    assert [day(cut) for cut in cuts] == year_cuts("actual/actual", day(first), day(last))


@pytest.mark.parametrize("basis", [basis for basis in BASES if basis != "actual/actual"])
def test_other_conventions_know_no_cuts(basis):
    assert year_cuts(basis, day("2023-03-01"), day("2025-02-01")) == []


@pytest.mark.parametrize(
    ("start", "end", "bond", "eurobond"),
    [
        ("2025-01-31", "2025-02-28", 28, 28),
        ("2025-02-28", "2025-03-31", 33, 32),
        ("2025-01-30", "2025-03-31", 60, 60),
        ("2025-01-29", "2025-03-31", 62, 61),
        ("2024-02-29", "2025-02-28", 359, 359),
    ],
)
def test_months_of_thirty_days_differ_on_the_thirty_first(start, end, bond, eurobond):
    assert (bond, eurobond) == (bond_days(day(start), day(end)), eurobond_days(day(start), day(end)))


@given(basis=st.sampled_from(BASES), three=st.tuples(DAYS, DAYS, DAYS))
def test_the_parts_of_a_delay_add_up_to_the_whole(basis, three):
    due, middle, last = sorted(three)
    whole = part(basis, due, due + ONE_DAY, last) if last > due else Fraction(0)
    before = part(basis, due, due + ONE_DAY, middle) if middle > due else Fraction(0)
    after = part(basis, due, middle + ONE_DAY, last) if last > middle else Fraction(0)

    assert whole == before + after


@given(basis=st.sampled_from(BASES), due=DAYS, days=st.integers(1, 800))
def test_a_further_day_never_lowers_the_count(basis, due, days):
    last = due + timedelta(days)

    assert part(basis, due, due + ONE_DAY, last) <= part(basis, due, due + ONE_DAY, last + ONE_DAY)
