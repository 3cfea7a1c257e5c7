from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import a_calendar, a_law, day

from negotiation_kit.case.plan import Plan
from negotiation_kit.law.rates import RateUnknown
from negotiation_kit.money import MixedCurrencies, Money
from negotiation_kit.reckoning import contract_terms, interest_on, plan_for, statutory_terms
from negotiation_kit.reckoning.plans.ground import PlanImpossible

DUE, UNTIL = date(2025, 3, 14), date(2025, 7, 31)


def huf(amount):
    return Money(Decimal(amount), "HUF")


def lines(found):
    return [(str(line.first), str(line.last), str(line.principal.amount)) for line in found.segments]


TWELVE = contract_terms(Decimal(12))


def test_the_laws_rate_is_that_of_the_currency():
    assert "Civil Code (Act V of 2013) 6:155 (1)" == str(statutory_terms(a_law("HU"), "HUF").law)
    assert "ecb_mro" == statutory_terms(a_law("HU"), "EUR").rates.code


def test_a_way_of_the_law_is_chosen_by_its_name():
    terms = statutory_terms(a_law("SK"), "EUR", method="each half-year")

    assert Decimal(8) == terms.margin


def test_a_way_the_law_does_not_have_is_an_error():
    with pytest.raises(ValueError, match="HU knows no method 'by feeling'"):
        statutory_terms(a_law("HU"), "HUF", method="by feeling")


def test_interest_runs_from_the_day_after_the_due_day_through_the_day_asked():
    found = interest_on(huf("1000000"), TWELVE, due=DUE, until=UNTIL)

    assert [("2025-03-15", "2025-07-31", "1000000")] == lines(found)
    assert huf("45699") == found.accrued  # 1 000 000 x 12 x 139 / 36 500 = 45 698.63


def test_on_the_due_day_nothing_has_accrued():
    found = interest_on(huf("1000000"), TWELVE, due=DUE, until=DUE)

    assert huf(0) == found.accrued
    assert () == found.segments


def test_a_payment_lowers_the_sum_from_the_day_after_it():
    found = interest_on(huf("1000000"), TWELVE, due=DUE, until=UNTIL, payments=[(date(2025, 5, 5), huf("400000"))])

    assert [("2025-03-15", "2025-05-05", "1000000"), ("2025-05-06", "2025-07-31", "600000")] == lines(found)


def test_the_order_in_which_payments_are_named_does_not_matter():
    payments = [(date(2025, 6, 1), huf("100000")), (date(2025, 4, 1), huf("200000"))]
    ways = [
        interest_on(huf("1000000"), TWELVE, due=DUE, until=UNTIL, payments=way) for way in (payments, payments[::-1])
    ]

    assert ways[0] == ways[1]


def test_two_payments_of_one_day_make_one_line():
    paid = (date(2025, 5, 5), huf("100000"))
    found = interest_on(huf("1000000"), TWELVE, due=DUE, until=UNTIL, payments=[paid, paid])

    assert ["1000000", "800000"] == [principal for _, _, principal in lines(found)]


def test_money_paid_by_the_due_day_never_bears_interest():
    found = interest_on(huf("1000000"), TWELVE, due=DUE, until=UNTIL, payments=[(date(2025, 3, 1), huf("400000"))])

    assert [("2025-03-15", "2025-07-31", "600000")] == lines(found)


def test_a_sum_paid_in_full_stops_bearing_interest():
    found = interest_on(huf("1000000"), TWELVE, due=DUE, until=UNTIL, payments=[(date(2025, 3, 24), huf("1000000"))])

    assert [("2025-03-15", "2025-03-24", "1000000")] == lines(found)


def test_a_payment_of_another_currency_is_an_error():
    paid = [(date(2025, 5, 5), Money(Decimal(1), "EUR"))]

    with pytest.raises(MixedCurrencies):
        interest_on(huf("1000000"), TWELVE, due=DUE, until=UNTIL, payments=paid)


def test_a_rate_that_is_not_known_is_an_error():
    with pytest.raises(RateUnknown, match="base rate of the Magyar Nemzeti Bank on 2027-01-01"):
        interest_on(huf(1000), statutory_terms(a_law(), "HUF"), due=DUE, until=date(2027, 1, 1))


@pytest.mark.parametrize(
    ("basis", "until", "days", "of"),
    [
        ("actual/365", "2025-04-30", 31, 365),
        ("actual/360", "2025-04-30", 31, 360),
        ("actual/actual", "2025-04-30", 31, 365),
        ("30/360", "2025-04-30", 30, 360),
        ("30E/360", "2025-04-30", 30, 360),
    ],
)
def test_the_days_and_the_year_of_a_contract_are_those_it_names(basis, until, days, of):
    (line,) = interest_on(
        huf(1000000), contract_terms(Decimal(12), basis=basis), due=day("2025-03-30"), until=day(until)
    ).segments

    assert (days, of) == (line.days, line.of)


@given(
    amount=st.integers(1, 10**10),
    cut=st.integers(1, 100),
    percent=st.decimals("0.01", "99", places=2),
)
def test_parts_of_a_delay_add_up_to_the_whole_before_rounding(amount, cut, percent):
    terms = contract_terms(percent)
    middle = date.fromordinal(DUE.toordinal() + cut)
    whole = interest_on(huf(amount), terms, due=DUE, until=UNTIL)
    parts = (
        interest_on(huf(amount), terms, due=DUE, until=middle),
        interest_on(huf(amount), terms, due=middle, until=UNTIL),
    )

    assert sum(line.exact() for line in whole.segments) == sum(line.exact() for part in parts for line in part.segments)


def test_a_plan_begins_on_the_day_it_is_agreed():
    plan = Plan.model_validate({"shape": "equal", "parts": "3", "every": "month"})
    schedule = plan_for(huf(1000), plan, start=day("2025-03-24"), calendars=a_calendar())

    assert [("2025-03-24", "334"), ("2025-04-24", "334"), ("2025-05-23", "332")] == [
        (str(part.due), str(part.amount.amount)) for part in schedule.instalments
    ]


def test_interest_inside_a_plan_runs_at_the_terms_from_the_start_day():
    plan = Plan.model_validate({"shape": "whole", "interest": "inside", "first_day": "2025-04-23"})
    schedule = plan_for(huf(1000000), plan, start=day("2025-03-24"), calendars=a_calendar(), terms=TWELVE)

    assert huf(9863) == schedule.interest  # 1 000 000 x 12 x 30 / 36 500 = 9 863.01


def test_the_plans_own_rate_goes_before_the_terms():
    plan = Plan.model_validate({"shape": "whole", "interest": "inside", "percent": "6", "first_day": "2025-04-23"})
    schedule = plan_for(huf(1000000), plan, start=day("2025-03-24"), calendars=a_calendar(), terms=TWELVE)

    assert huf(4932) == schedule.interest  # 1 000 000 x 6 x 30 / 36 500 = 4 931.51


def test_interest_inside_without_a_rate_is_impossible():
    plan = Plan.model_validate({"shape": "whole", "interest": "inside"})

    with pytest.raises(PlanImpossible, match="there is no rate"):
        plan_for(huf(1000), plan, start=day("2025-03-24"), calendars=a_calendar())
