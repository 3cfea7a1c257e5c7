from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import a_calendar, a_case, an_invoice, day

from negotiation_kit.reckoning.performance import plan_performance

TWO = [{"due": "2025-03-26", "amount": "1000000"}, {"due": "2025-04-09", "amount": "3850000"}]
AGREED = {"day": "2025-03-24", "signed": "2025-03-24", "schedule": TWO}


def performance(payments=(), as_of="2025-04-20", outcome=AGREED, **changes):
    paid = [{"day": when, "amount": sum_} for when, sum_ in payments]
    return plan_performance(a_case(outcome=outcome, payments=paid, **changes), day(as_of), a_calendar())


def states(payments, as_of="2025-04-20"):
    return [part.state for part in performance(payments, as_of).parts]


@pytest.mark.parametrize(
    ("paid", "as_of", "expected"),
    [
        ([], "2025-03-26", "open"),
        ([], "2025-03-27", "late"),
        ([], "2025-03-31", "late"),
        ([], "2025-04-01", "missed"),
        ([("2025-03-25", "1000000")], "2025-03-25", "early"),
        ([("2025-03-25", "1000000")], "2025-04-01", "early"),
        ([("2025-03-26", "1000000")], "2025-04-01", "paid"),
        ([("2025-03-26", "400000"), ("2025-03-31", "600000")], "2025-04-01", "cured"),
        ([("2025-04-01", "1000000")], "2025-04-02", "missed"),
    ],
)
def test_each_part_has_its_state(paid, as_of, expected):
    assert expected == states(paid, as_of)[0]


def test_money_of_the_meeting_day_is_in_the_agreed_balance_already():
    assert states([("2025-03-24", "1000000")], "2025-04-01") == ["missed", "open"]


def test_money_fills_the_parts_in_their_order():
    first, second = performance([("2025-03-26", "1500000"), ("2025-04-09", "3000000")]).parts

    assert ("HUF 1000000", "HUF 3500000") == (str(first.received), str(second.received))
    assert ("HUF 0", "HUF 350000") == (str(first.short), str(second.short))


def test_parts_stand_in_the_order_of_their_days():
    assert [1, 2] == [part.number for part in performance(outcome=AGREED | {"schedule": TWO[::-1]}).parts]
    assert day("2025-03-26") == performance(outcome=AGREED | {"schedule": TWO[::-1]}).parts[0].due


def test_what_comes_beyond_the_parts_is_not_lost():
    assert "HUF 150000" == str(performance([("2025-03-26", "5000000")]).beyond)


@pytest.mark.parametrize(
    ("paid", "as_of", "health", "over_on"),
    [
        ([], "2025-03-26", "running", None),
        ([("2025-03-26", "1000000")], "2025-04-09", "running", None),
        ([], "2025-03-27", "late", None),
        ([], "2025-04-01", "missed", "2025-04-01"),
        ([("2025-04-01", "1000000")], "2025-04-03", "missed", "2025-04-01"),
        ([("2025-03-26", "4850000")], "2025-04-03", "kept", "2025-03-27"),
    ],
)
def test_the_health_of_a_plan(paid, as_of, health, over_on):
    found = performance(paid, as_of)

    assert (health, day(over_on) if over_on else None) == (found.health, found.over_on)
    assert found.is_running is (over_on is None)


def test_the_next_part_is_the_first_that_is_not_full():
    assert 2 == performance([("2025-03-26", "1000000")], "2025-04-01").next.number
    assert performance([("2025-03-26", "4850000")], "2025-04-01").next is None


def test_a_part_paid_after_its_cure_days_stays_missed_and_is_no_longer_open():
    part = performance([("2025-04-02", "1000000")], "2025-04-03").parts[0]

    assert (part.is_missed, part.is_uncured) == (True, False)


def test_the_minutes_may_give_other_cure_days_than_the_policy():
    assert states_of(outcome=AGREED | {"cure_bd": "5"}) == ["late", "open"]
    assert states_of(policy={"cure_bd": "5"}) == ["late", "open"]


def states_of(**changes):
    return [part.state for part in performance(as_of="2025-04-02", **changes).parts]


@pytest.mark.parametrize("change", [{"signed": None}, {"signed": "2025-05-02"}, {"binding": "no"}, {"schedule": []}])
def test_only_a_signed_plan_that_binds_is_held_against_the_money(change):
    outcome = {key: value for key, value in (AGREED | change).items() if value is not None}

    assert performance(outcome=outcome) is None
    assert performance(outcome=None) is None


def test_money_of_another_currency_does_not_count():
    euros = an_invoice(number="E-1", amount="500", currency="EUR")
    case = a_case(
        invoices=[an_invoice(), euros],
        outcome=AGREED,
        payments=[{"day": "2025-03-26", "amount": "500", "currency": "EUR"}],
    )

    assert plan_performance(case, day("2025-04-01"), a_calendar()).received.is_zero


def test_the_calendar_is_asked_for_cure_days_of_past_parts_only():
    late = AGREED | {"schedule": [{"due": "2030-12-31", "amount": "4850000"}]}

    assert performance(outcome=late).parts[0].last_day is None


@given(st.lists(st.tuples(st.dates(day("2025-03-20"), day("2025-05-01")), st.integers(1, 3_000_000)), max_size=6))
def test_no_money_is_lost_or_counted_twice(payments):
    found = performance([(str(when), str(sum_)) for when, sum_ in payments], "2025-04-20")
    came = sum(sum_ for when, sum_ in payments if day("2025-03-24") < when <= day("2025-04-20"))

    assert Decimal(came) == found.received.amount + found.beyond.amount
    assert found.total.amount == found.received.amount + sum(part.short.amount for part in found.parts)
