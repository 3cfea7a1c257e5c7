from decimal import Decimal

import pytest
from making import a_calendar, a_case, a_debt, a_law, an_invoice, day

from negotiation_kit.case.receivables import CompensationClaim
from negotiation_kit.money import Money
from negotiation_kit.reckoning.compensation import fixed_sum


def claim(what="claimed", **rates):
    """r2025_02_28="4.15" is the exchange rate of 28 February 2025."""
    entries = [
        {"day": name[1:].replace("_", "-"), "rate": rate, "source": "official rate"} for name, rate in rates.items()
    ]
    return CompensationClaim.model_validate({"claim": what, "rates": entries})


def fixed(code, amount, currency, *, due="2025-03-14", as_of="2025-04-30", said=None):
    return fixed_sum(
        a_law(code).jurisdiction.compensation,
        said,
        invoice="A",
        due=day(due),
        size=Money(Decimal(amount), currency),
        as_of=day(as_of),
        calendars=a_calendar("PL" if code == "PL" else "HU"),
    )


@pytest.mark.parametrize(
    ("size", "sum_"),
    [("0.01", 40), ("5000.00", 40), ("5000.01", 70), ("49999.99", 70), ("50000.00", 100), ("999999.99", 100)],
)
def test_the_polish_bands_are_to_the_grosz(size, sum_):
    """Act of 8 March 2013 art. 10: up to and including 5 000, below 50 000, from 50 000."""
    assert Money(Decimal(sum_), "EUR") == fixed("PL", size, "PLN").amount


@pytest.mark.parametrize(("size", "sum_"), [("999.99", 40), ("1000.00", 70), ("9999.99", 70), ("10000.00", 100)])
def test_the_english_bands_are_to_the_penny(size, sum_):
    assert Money(Decimal(sum_), "GBP") == fixed("GB-EAW", size, "GBP").payable


def test_the_polish_rate_is_that_of_the_last_business_day_before_the_due_month():
    """31 May 2025 was a Saturday; 1 May is a holiday, so April ends the wait for a due day in May."""
    assert day("2025-05-30") == fixed("PL", "100", "PLN", due="2025-06-15").rate_day
    assert day("2025-04-30") == fixed("PL", "100", "PLN", due="2025-05-31").rate_day
    assert day("2024-12-31") == fixed("PL", "100", "PLN", due="2025-01-01").rate_day


def test_the_hungarian_rate_is_that_of_the_first_day_of_delay():
    assert day("2025-03-15") == fixed("HU", "100", "HUF", due="2025-03-14").rate_day


def test_a_sum_in_the_currency_of_the_law_needs_no_rate():
    found = fixed("HU", "100.00", "EUR")

    assert (None, Money(Decimal(40), "EUR")) == (found.rate_day, found.payable)


def test_the_sum_is_converted_at_the_stated_rate_and_rounded_once():
    found = fixed("HU", "100", "HUF", said=claim(r2025_03_15="399.5125"))

    # 40 x 399.5125 = 15 980.5
    assert Money(Decimal(15981), "HUF") == found.payable


def test_on_a_day_without_a_rate_the_last_one_before_it_holds():
    """15 March 2025 was a Saturday."""
    found = fixed("HU", "100", "HUF", said=claim(r2025_03_13="398", r2025_03_14="399", r2025_03_17="401"))

    assert day("2025-03-14") == found.rate.day


def test_a_rate_older_than_a_week_is_not_taken():
    assert fixed("HU", "100", "HUF", said=claim(r2025_03_08="398")).payable is not None
    assert fixed("HU", "100", "HUF", said=claim(r2025_03_07="398")).payable is None


def test_a_claim_in_euro_under_polish_law_is_measured_in_zloty():
    """1 204.81 x 4.15 = 4 999.96; 1 204.82 x 4.15 = 5 000.003"""
    rate = claim(r2025_02_28="4.15")

    assert Money(Decimal(40), "EUR") == fixed("PL", "1204.81", "EUR", said=rate).payable
    assert Money(Decimal(70), "EUR") == fixed("PL", "1204.82", "EUR", said=rate).payable
    assert fixed("PL", "1204.82", "EUR", said=claim()).amount is None


def test_a_claim_whose_size_cannot_be_measured_has_no_sum():
    found = fixed("GB-EAW", "5000.00", "EUR", said=claim(r2025_03_14="1.2"))

    assert (None, None) == (found.amount, found.payable)


def test_the_hungarian_sum_can_be_claimed_for_a_year_from_the_first_day_of_delay():
    """Act IX of 2016: due on 14 March 2025, late from the 15th, forfeited after 15 March 2026."""
    assert day("2026-03-15") == fixed("HU", "100", "HUF").last_day
    assert fixed("HU", "100", "HUF", as_of="2026-03-15").state == "not decided"
    assert fixed("HU", "100", "HUF", as_of="2026-03-16").state == "too late"


def test_where_the_law_sets_no_limit_it_is_never_too_late():
    assert (None, "not decided") == (
        fixed("DE", "100.00", "EUR").last_day,
        fixed("DE", "100.00", "EUR", as_of="2030-01-01").state,
    )


@pytest.mark.parametrize("what", ["claimed", "waived"])
def test_a_decision_stands_after_the_year_too(what):
    assert what == fixed("HU", "100", "HUF", as_of="2027-01-01", said=claim(what)).state


def sums_of(as_of="2025-04-30", **changes):
    case = a_case(jurisdiction="DE", currency="EUR", **changes)
    return a_debt(case, day(as_of))


def an_invoice_of(amount, due="2025-03-14", number="A"):
    return an_invoice(number=number, due=due, amount=amount)


def test_nobody_is_asked_for_a_fixed_sum_before_the_delay_begins():
    assert sums_of("2025-03-14", invoices=[an_invoice_of("100.00")]).fixed_sums.sums == ()
    assert len(sums_of("2025-03-15", invoices=[an_invoice_of("100.00")]).fixed_sums.sums) == 1


def test_an_invoice_paid_on_its_due_day_has_none():
    debt = sums_of(invoices=[an_invoice_of("100.00")], payments=[{"day": "2025-03-14", "amount": "100.00"}])

    assert debt.fixed_sums.sums == ()


def test_an_invoice_paid_late_keeps_it():
    debt = sums_of(invoices=[an_invoice_of("100.00")], payments=[{"day": "2025-03-15", "amount": "100.00"}])

    assert ["A"] == [each.invoice for each in debt.fixed_sums.undecided]


def test_the_size_is_what_was_open_when_the_delay_began():
    debt = a_debt(
        a_case(
            jurisdiction="GB-EAW",
            currency="GBP",
            invoices=[an_invoice_of("1200.00")],
            payments=[{"day": "2025-03-14", "amount": "200.01"}, {"day": "2025-03-15", "amount": "900.00"}],
        ),
        day("2025-04-30"),
    )

    (found,) = debt.fixed_sums.sums
    assert (Money(Decimal("999.99"), "GBP"), Decimal(40)) == (found.size, found.amount.amount)


def test_it_is_never_added_unasked():
    debt = sums_of(invoices=[an_invoice_of("100.00")])

    assert debt.costs.is_zero
    assert debt.fixed_sums.claimed.is_zero


def test_claimed_it_is_a_cost_of_each_late_invoice():
    invoices = [an_invoice_of("100.00"), an_invoice_of("200.00", number="B"), an_invoice_of("1.00", "2025-06-30", "C")]

    debt = sums_of(invoices=invoices, compensation={"claim": "claimed"})

    assert Decimal(80) == debt.costs.amount == debt.fixed_sums.claimed.amount
    assert ["A", "B"] == [item.invoice for item in debt.cost_items]


def test_waived_it_costs_nothing():
    debt = sums_of(invoices=[an_invoice_of("100.00")], compensation={"claim": "waived"})

    assert debt.costs.is_zero
    assert debt.fixed_sums.undecided == ()


def test_claimed_without_an_exchange_rate_its_day_is_asked_for():
    debt = a_debt(a_case(compensation={"claim": "claimed"}), day("2025-04-30"))

    assert (day("2025-03-15"),) == debt.fixed_sums.missing_rates


@pytest.mark.parametrize("code", ["RU", "UA"])
def test_some_laws_know_no_fixed_sum(code):
    assert a_debt(a_case(jurisdiction=code), day("2025-04-30")).fixed_sums is None
