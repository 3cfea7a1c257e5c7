from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from laying import a_ground

from negotiation_kit.money import Money
from negotiation_kit.periods import Period
from negotiation_kit.reckoning.plans.what_if import FIRSTS, PARTS, what_if

TWO_WEEKS = Period(14, "day")


def later(table):
    return [[int(cell.later.amount) for cell in row.cells] for row in table.rows]


def test_the_table_of_the_method():
    """HUF 4 850 000: what each later part is after 20, 30, 40 and 50 percent, in 2 to 6 parts.

    First parts 970 000, 1 460 000, 1 940 000 and 2 430 000; the rest divided and rounded up to 10 000.
    """
    table = what_if(a_ground(), TWO_WEEKS)

    assert [970000, 1460000, 1940000, 2430000] == [int(row.first.amount) for row in table.rows]
    assert [
        [3880000, 1940000, 1300000, 970000, 780000],
        [3390000, 1700000, 1130000, 850000, 680000],
        [2910000, 1460000, 970000, 730000, 590000],
        [2420000, 1210000, 810000, 610000, 490000],
    ] == later(table)


def test_each_column_ends_two_weeks_after_the_one_before():
    table = what_if(a_ground(), TWO_WEEKS)

    assert ("2025-04-09", "2025-04-23", "2025-05-07", "2025-05-21", "2025-06-04") == tuple(map(str, table.last_days))


def test_a_column_ends_with_the_longest_of_its_plans():
    """HUF 100 000: after 50 % six parts are 50 000 and five of 10 000; after 20 % only four later ones are left."""
    table = what_if(a_ground("100000"), TWO_WEEKS, firsts=[Decimal(20), Decimal(50)], parts=[6])

    assert [date(2025, 5, 21), date(2025, 6, 4)] == [row.cells[0].last_day for row in table.rows]
    assert (date(2025, 6, 4),) == table.last_days


def test_a_sum_below_the_unit_has_no_later_part():
    table = what_if(a_ground("5000"), TWO_WEEKS, firsts=[Decimal(20)], parts=[2])

    assert Money(Decimal(0), "HUF") == table.rows[0].cells[0].later


@given(base=st.integers(1, 10**10), unit=st.sampled_from(["1", "50", "10000"]))
def test_every_plan_of_the_table_is_exact_and_a_larger_first_part_makes_the_later_ones_no_larger(base, unit):
    table = what_if(a_ground(str(base), unit=unit), TWO_WEEKS)

    assert len(table.rows) == len(FIRSTS)
    for row in table.rows:
        assert len(row.cells) == len(PARTS)
        assert {base} == {int(cell.schedule.total.amount) for cell in row.cells}
    columns = zip(*(row.cells for row in table.rows), strict=True)
    for column in columns:
        amounts = [cell.later.amount for cell in column]
        assert sorted(amounts, reverse=True) == amounts
