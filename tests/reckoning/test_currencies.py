from datetime import date
from decimal import Decimal

import pytest
from making import a_calendar, a_case, a_debt, a_law, a_reckoning, an_invoice, day, the_kit

from negotiation_kit.money import Money
from negotiation_kit.reckoning.currencies import in_currency, other_currencies
from negotiation_kit.reckoning.ledger import other_debts

DAY = date(2025, 4, 10)
FORINT = an_invoice()
EURO = an_invoice(number="E-7", issued="2025-02-20", due="2025-03-21", amount="3200.00", currency="EUR")
MIXED = {
    "invoices": [FORINT, EURO],
    "credits": [{"number": "J-1", "invoice": "E-7", "day": "2025-03-01", "amount": "200.00"}],
    "payments": [
        {"day": "2025-03-28", "amount": "1000.00", "invoice": "E-7"},
        {"day": "2025-03-28", "amount": "500000"},
        {"day": "2025-04-01", "amount": "250.00", "currency": "EUR"},
    ],
    "costs": [
        {"day": "2025-04-02", "amount": "35.50", "what": "letter", "invoice": "E-7"},
        {"day": "2025-04-02", "amount": "15000", "what": "registered letter"},
    ],
}
AGREED = {
    "day": "2025-04-10",
    "acknowledged": {"kind": "whole"},
    "schedule": [{"due": "2025-04-14", "amount": "4350000"}],
    "interest": "runs",
    "actions": [{"what": "Confirms", "who": "Varga Éva", "side": "client", "by": "2025-04-11", "proof": "mail"}],
    "risks": [{"event": "A late payer"}],
    "consequence": "You call me.",
    "next_step": "hand the matter to its legal department",
    "next_contact": {"day": "2025-04-15", "form": "by phone", "persons": "Kiss Anna"},
}


def of_euro(case, on=DAY):
    (euro,) = other_debts(case, on, a_law(case.jurisdiction), a_calendar())
    return euro


def paper(case, code):
    files = the_kit().pack(case, as_of=DAY, languages=("en",), forms=("text",))
    return next(file.content.decode("utf-8") for file in files if file.paper.code == code)


def test_the_other_currencies_stand_in_the_order_of_the_file_each_once():
    case = a_case(
        invoices=[EURO, FORINT, EURO | {"number": "E-8"}, an_invoice(number="U-1", currency="USD")],
        payments=[{"day": "2025-03-20", "amount": "1.00", "currency": "GBP"}],
    )

    assert ("EUR", "USD", "GBP") == other_currencies(case)


def test_the_cases_own_currency_said_aloud_is_no_other():
    assert () == other_currencies(a_case(invoices=[an_invoice(currency="HUF")]))


def test_a_case_in_one_currency_stays_as_it_is():
    case = a_case()

    assert in_currency(case, "HUF") is case


def test_credits_payments_and_costs_follow_their_invoice():
    case = in_currency(a_case(**MIXED), "EUR")

    assert "EUR" == case.currency
    assert ["E-7"] == [invoice.number for invoice in case.invoices]
    assert ["J-1"] == [credit.number for credit in case.credits]
    assert [Decimal("1000.00"), Decimal("250.00")] == [payment.amount for payment in case.payments]
    assert ["letter"] == [cost.what for cost in case.costs]


def test_what_names_no_invoice_is_in_the_currency_of_the_case():
    case = in_currency(a_case(**MIXED), "HUF")

    assert ["SZ-211"] == [invoice.number for invoice in case.invoices]
    assert [Decimal(500000)] == [payment.amount for payment in case.payments]
    assert ["registered letter"] == [cost.what for cost in case.costs]


def test_every_entry_is_in_exactly_one_currency():
    case = a_case(**MIXED)
    parts = [in_currency(case, code) for code in ("HUF", "EUR")]

    for field in ("invoices", "credits", "payments", "costs"):
        assert len(getattr(case, field)) == sum(len(getattr(part, field)) for part in parts)


def test_sums_of_two_currencies_are_never_added():
    case = a_case(**MIXED)

    assert Money(Decimal(4350000), "HUF") == a_debt(case, DAY).total
    assert Money(Decimal("1750.00"), "EUR") == of_euro(case).total


def test_costs_are_claimed_in_the_currency_of_their_invoice():
    case = a_case(**MIXED)

    assert Money(Decimal(15000), "HUF") == a_debt(case, DAY).costs
    assert Money(Decimal("35.50"), "EUR") == of_euro(case).costs


def test_a_payment_beyond_all_invoices_of_its_currency_does_not_flow_into_another():
    case = a_case(**(MIXED | {"payments": [{"day": "2025-03-28", "amount": "9000.00", "invoice": "E-7"}]}))

    assert Money(Decimal("6000.00"), "EUR") == of_euro(case).unallocated
    assert Money(Decimal(4850000), "HUF") == a_debt(case, DAY).total


def test_a_payment_in_a_currency_without_invoices_is_kept_as_unallocated():
    case = a_case(payments=[{"day": "2025-03-28", "amount": "70.00", "currency": "USD"}])
    (dollars,) = other_debts(case, DAY, a_law(), a_calendar())

    assert Money(Decimal("70.00"), "USD") == dollars.unallocated


@pytest.mark.parametrize(
    ("code", "percents"),
    [("HU", (["14.50"], ["11.15"])), ("DE", (["11.27"], ["11.27"]))],
    ids=["HU: the bank of each currency", "DE: one base rate for all"],
)
def test_interest_follows_the_currency_as_the_law_says(code, percents):
    case = a_case(jurisdiction=code, calendars=["HU"], interest={}, invoices=[FORINT, EURO])
    debts = a_debt(case, DAY), of_euro(case)

    assert percents == tuple([str(line.percent) for line in debt.interest.segments] for debt in debts)


def test_a_stated_rate_rules_the_debts_of_its_currency_only():
    rates = [{"since": "2025-01-01", "percent": "3", "source": "ecb.europa.eu", "currency": "EUR"}]
    case = a_case(interest={"rates": rates}, invoices=[FORINT, EURO])

    assert Decimal("14.50") == a_debt(case, DAY).interest.single_percent
    assert Decimal(11) == of_euro(case).interest.single_percent


def test_each_currency_can_have_its_own_stated_rate_of_one_day():
    stated = {"since": "2025-01-01", "source": "read today"}
    rates = [stated | {"percent": "3", "currency": "EUR"}, stated | {"percent": "7", "currency": "HUF"}]
    case = a_case(interest={"rates": rates}, invoices=[FORINT, EURO])

    assert [15, 11] == [debt.interest.single_percent for debt in (a_debt(case, DAY), of_euro(case))]


def test_the_plan_settles_the_cases_own_currency_only():
    plan = {"shape": "equal", "parts": "2", "every": "14 days"}
    reckoning = a_reckoning(a_case(**MIXED, plan=plan, meeting={"day": "2025-04-14"}), DAY)

    assert Money(Decimal(4350000), "HUF") == reckoning.offers.plan.schedule.base
    assert all("HUF" == offer.schedule.base.currency for offer in reckoning.offers.all)


def test_the_statement_shows_the_other_currency_apart():
    said = paper(a_case(**MIXED), "C02")

    own, _, apart = said.partition("Open in EUR, apart from the balance above")
    assert "4,350,000" in own
    assert "1,750.00" not in own
    assert "1,750.00" in apart
    assert "It is not added to the balance above" in apart


def test_the_statement_shows_what_payments_and_costs_of_the_other_currency_were():
    _, _, apart = paper(a_case(**MIXED, interest={"claim": "claimed"}), "C02").partition("Open in EUR")

    assert "1,000.00  interest of E-7 6.42; principal of E-7 993.58" in apart
    assert "letter, E-7         35.50" in apart


def test_the_minutes_show_the_other_currency_apart_and_settle_none_of_it():
    case = a_case(**MIXED, outcome=AGREED)
    said = paper(case, "C04")

    before, _, apart = said.partition("Open in EUR, apart from the balance above")
    assert "1,750.00" in apart
    assert "EUR" not in before
    assert [Money(Decimal(4350000), "HUF")] == [
        part.amount for part in a_reckoning(case, DAY).agreement.schedule.instalments
    ]


def test_the_other_currency_is_that_of_the_day_of_the_agreement():
    case = a_case(**MIXED, outcome=AGREED)

    assert (day("2025-04-10"),) == tuple(debt.as_of for debt in a_reckoning(case, day("2025-05-05")).agreement.others)
