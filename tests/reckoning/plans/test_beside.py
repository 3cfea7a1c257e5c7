from datetime import date
from decimal import Decimal

import pytest
from laying import START, a_ground, a_rate, laid
from making import a_law

from negotiation_kit.money import Money
from negotiation_kit.reckoning import statutory_terms
from negotiation_kit.reckoning.plans.beside import interest_beside
from negotiation_kit.reckoning.plans.ground import Lot

PARTS = [{"due": "2025-04-23", "amount": "600000"}, {"due": "2025-05-23", "amount": "400000"}]


def huf(amount):
    return Money(Decimal(amount), "HUF")


def beside(*, interest="apart", schedule=PARTS, **ground):
    stands_on = a_ground("1000000", **({"terms": a_rate("12")} | ground))
    return interest_beside(laid(stands_on, shape="list", schedule=schedule, interest=interest), stands_on)


def test_it_runs_on_what_is_left_from_the_start_to_the_last_part():
    assert huf(13808) == beside()  # 1 000 000 x 12 x 30 / 36 500 + 400 000 x 12 x 30 / 36 500 = 9 863 + 3 945


def test_what_had_accrued_before_is_part_of_it():
    assert huf(13808 + 4000) == beside(accrued=huf(4000), accrued_to=START)


def test_the_days_between_the_reckoning_and_the_start_are_part_of_it():
    assert huf(13808 + 3288) == beside(accrued=huf(0), accrued_to=date(2025, 3, 14))  # 10 days more: 3 287.67


@pytest.mark.parametrize("claim", ["apart", "waived if kept"])
def test_it_is_the_same_whether_it_is_waived_or_owed_at_the_end(claim):
    assert huf(13808) == beside(interest=claim)


def test_there_is_none_where_no_interest_is_reckoned():
    assert beside(terms=None) is None


def test_there_is_none_where_the_parts_hold_it():
    ground = a_ground("1000000", terms=a_rate("12"))
    inside = laid(ground, shape="equal", parts="2", every="month", interest="inside")

    assert interest_beside(inside, ground) is None


def test_there_is_none_where_a_rate_of_that_time_is_not_known():
    late = [{"due": "2026-12-30", "amount": "600000"}, {"due": "2027-01-04", "amount": "400000"}]

    assert beside(schedule=late, terms=statutory_terms(a_law(), "HUF")) is None


def test_a_rate_that_changes_on_the_way_is_reckoned_for_its_own_days():
    # 14.50 through 30 June 2026, 14.00 from 1 July: 1 000 000 x (14.5 x 6 + 14 x 6) / 36 500 = 4 684.93
    whole = [{"due": "2026-07-06", "amount": "1000000"}]
    terms = statutory_terms(a_law(), "HUF")

    assert huf(4685) == beside(schedule=whole, terms=terms, start=date(2026, 6, 24))


def test_a_debt_without_interest_adds_nothing():
    lots = (
        Lot("A", huf(600000), date(2025, 3, 15), bears_interest=False),
        Lot("B", huf(400000), date(2025, 3, 15)),
    )

    assert huf(3945 + 3945) == beside(lots=lots)
