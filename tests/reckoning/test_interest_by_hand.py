"""Late interest worked by hand, and once more by a slow way that shares nothing with the kit: one day after the other."""

from calendar import isleap
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from making import ROOT, a_case, a_debt, a_law, day

from negotiation_kit.case.receivables import Interest
from negotiation_kit.money import Money
from negotiation_kit.reckoning.interest import segments_of
from negotiation_kit.reckoning.terms import terms_for

ONE_DAY = timedelta(days=1)
WORKED = yaml.safe_load((ROOT / "tests" / "reckoning" / "by_hand.yaml").read_text("utf-8"))
each = pytest.mark.parametrize("entry", WORKED, ids=lambda entry: entry["name"])

SERIES = {
    file.stem: [
        (value["since"], Fraction(str(value["percent"]))) for value in yaml.safe_load(file.read_text("utf-8"))["values"]
    ]
    for file in (ROOT / "negotiation_kit" / "data" / "rates").glob("*.yaml")
}
LAW = {
    ("HU", None): ("mnb_base_rate", "8", "half-year of the day"),
    ("EU", None): ("ecb_mro", "8", "half-year of the day"),
    ("GB-EAW", None): ("boe_bank_rate", "8", "last day of June or December before the start"),
    ("DE", None): ("de_basiszinssatz", "9", "half-year of the day"),
    ("AT", None): ("at_basiszinssatz", "9.2", "half-year of the day"),
    ("PL", None): ("nbp_reference_rate", "10", "half-year of the day"),
    ("CZ", None): ("cnb_repo_rate", "8", "half-year of the start"),
    ("SK", None): ("ecb_mro", "9", "start"),
    ("SK", "each half-year"): ("ecb_mro", "8", "half-year of the day"),
    ("RU", None): ("cbr_key_rate", "0", "day"),
}
CURRENCY = {"HU": "HUF", "GB-EAW": "GBP", "PL": "PLN", "CZ": "CZK", "RU": "RUB"}
REAL_YEARS = {"RU", "UA"}
"""Jurisdictions that divide by the real length of the year."""


def which_day(how, began, today):
    """The day whose reference rate counts today."""
    half_year = date(today.year, 1 if today.month < 7 else 7, 1)
    start_half_year = date(began.year, 1 if began.month < 7 else 7, 1)
    return {
        "half-year of the day": half_year,
        "half-year of the start": start_half_year,
        "last day of June or December before the start": start_half_year - ONE_DAY,
        "start": began,
        "day": today,
    }[how]


def rate_on(jurisdiction, method, began, today):
    """The rate per year of a single day, looked up in the data files as they are."""
    if jurisdiction == "UA":
        return Fraction(3)
    series, margin, how = LAW[jurisdiction, method]
    asked = which_day(how, began, today)
    return [percent for since, percent in SERIES[series] if since <= asked][-1] + Fraction(margin)


def slowly(jurisdiction, method, amount, due, until):
    """The interest of every single day, added up."""
    total, today = Fraction(0), due + ONE_DAY
    while today <= until:
        year = 366 if jurisdiction in REAL_YEARS and isleap(today.year) else 365
        total += Fraction(amount) * rate_on(jurisdiction, method, due + ONE_DAY, today) / 100 / year
        today += ONE_DAY
    return total


def case_of(entry):
    return a_case(
        jurisdiction=entry["jurisdiction"],
        currency=entry["currency"],
        invoices=[{"number": "A", "issued": "2020-01-01", "due": entry["due"], "amount": entry["amount"]}],
        interest=entry.get("interest", {}),
    )


@each
def test_the_sum_is_the_one_worked_by_hand(entry):
    interest = a_debt(case_of(entry), day(entry["until"])).interest

    assert Decimal(entry["expected"]) == interest.total.amount


@each
def test_each_line_has_the_days_and_the_rate_worked_by_hand(entry):
    interest = a_debt(case_of(entry), day(entry["until"])).interest

    assert [(days, Decimal(percent)) for days, percent in entry["lines"]] == [
        (line.days, line.percent) for line in interest.segments
    ]


@each
def test_day_after_day_comes_to_the_same_before_rounding(entry):
    interest = entry.get("interest", {})
    due, until, amount = day(entry["due"]), day(entry["until"]), entry["amount"]
    if "percent" in interest:
        yearly = {"year": Fraction(1, 365), "month": Fraction(12, 365), "day": Fraction(1)}[interest.get("per", "year")]
        slow = sum(Fraction(amount) * Fraction(interest["percent"]) / 100 * yearly for _ in range((until - due).days))
    elif "rates" in interest:
        yearly = Fraction(interest["rates"][0]["percent"]) + 8
        slow = sum(Fraction(amount) * yearly / 100 / 365 for _ in range((until - due).days))
    else:
        slow = slowly(entry["jurisdiction"], interest.get("method"), amount, due, until)

    lines = a_debt(case_of(entry), until).interest.segments

    assert slow == sum(line.exact() for line in lines)


@each
def test_the_inflation_of_the_delay_is_the_one_worked_by_hand(entry):
    interest = a_debt(case_of(entry), day(entry["until"])).interest

    added = sum(each.amount.amount for invoice in interest.invoices for each in invoice.inflation)

    assert Decimal(entry.get("inflation", "0")) == added


@given(
    law=st.sampled_from([*LAW, ("UA", None)]),
    amount=st.integers(1, 10**12),
    due=st.dates(date(2019, 6, 30), date(2026, 6, 28)),
    length=st.integers(1, 900),
)
def test_day_after_day_comes_to_the_same_for_any_delay(law, amount, due, length):
    jurisdiction, method = law
    until = min(due + timedelta(length), date(2026, 6, 29))
    currency = CURRENCY.get(jurisdiction, "EUR")
    terms = terms_for(Interest(method=method), a_law(jurisdiction), currency)
    money = Money(Decimal(amount) / 100 if currency != "HUF" else Decimal(amount), currency)

    lines = segments_of([(due + ONE_DAY, money)], terms, due + ONE_DAY, until)

    assert slowly(jurisdiction, method, money.amount, due, until) == sum(line.exact() for line in lines)
