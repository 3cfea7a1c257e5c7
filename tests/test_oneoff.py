"""Questions without a case file: the text made of them, and the answer printed to them."""

import json
from calendar import isleap
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from re import MULTILINE, escape, search

import pytest
import yaml
from making import ROOT, day, the_kit

from negotiation_kit.money import CURRENCIES
from negotiation_kit.oneoff import FILE, interest_case, plan_case
from negotiation_kit.problems import Refused

WORKED = yaml.safe_load((ROOT / "tests" / "reckoning" / "by_hand.yaml").read_text("utf-8"))
REAL_YEARS = {"RU", "UA"}
"""Jurisdictions that divide by the real length of the year."""


def a_question(**changes):
    plain = {
        "amount": "4850000",
        "currency": "HUF",
        "due": date(2025, 3, 14),
        "jurisdiction": "HU",
        "calendar": "HU",
        "payments": [],
        "terms": "claim: for information",
    }
    return the_kit().check(interest_case(**(plain | changes)), FILE)


def a_plan(shape, **changes):
    plain = {
        "amount": "4850000",
        "currency": "HUF",
        "start": date(2025, 3, 24),
        "jurisdiction": "HU",
        "calendars": [],
        "shape": shape,
    }
    return the_kit().check(plan_case(**(plain | changes)), FILE)


def answer(entry):
    """What is printed to an entry worked by hand, blanks joined."""
    case = a_question(
        amount=entry["amount"],
        currency=entry["currency"],
        due=day(entry["due"]),
        jurisdiction=entry["jurisdiction"],
        calendar=the_kit().calendar_of(entry["jurisdiction"]),
        terms=json.dumps(entry.get("interest", {"claim": "for information"}), default=str),
    )
    printed = the_kit().explain(case, "interest", as_of=day(entry["until"]))
    return "\n".join(" ".join(line.split()) for line in printed.splitlines())


def english(number, decimals):
    """A number as English writes it, halves up."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,f}"


def days_in_words(first, last):
    return f"{first.day} {first:%b} {first.year} – {last.day} {last:%b} {last.year}"


def lines_by_hand(entry):
    """Each line of the working as it should be printed, by plain multiplication."""
    first, per_day = day(entry["due"]) + timedelta(1), entry.get("interest", {}).get("per") == "day"
    decimals = CURRENCIES[entry["currency"]]
    for days, percent in entry["lines"]:
        last = first + timedelta(days - 1)
        year = 366 if entry["jurisdiction"] in REAL_YEARS and isleap(first.year) else 365
        exact = Fraction(entry["amount"]) * Fraction(percent) * days / (100 if per_day else 100 * year)
        yield (
            f"1 {days_in_words(first, last)} {days}{'' if per_day else f' / {year}'} "
            f"{english(Fraction(entry['amount']), decimals)} {english_percent(percent)} {english(exact, decimals + 2)}"
        )
        first = last + timedelta(1)


def english_percent(percent):
    return f"{Decimal(percent).normalize():f}%"


each = pytest.mark.parametrize("entry", WORKED, ids=lambda entry: entry["name"])


@each
def test_the_printed_explanation_was_checked_by_hand_and_by_a_second_method(entry):
    printed = answer(entry)

    for line in lines_by_hand(entry):
        assert line in printed
    assert search(
        rf"^1 {escape(english(Fraction(entry['expected']), CURRENCIES[entry['currency']]))}$", printed, MULTILINE
    )


@each
def test_the_printed_lines_are_all_the_lines_there_are(entry):
    printed = answer(entry)

    assert len(entry["lines"]) == sum(" – " in line and line.startswith("1 ") for line in printed.splitlines())


def test_the_inflation_of_a_debt_in_hryvnia_is_printed_with_its_indices():
    (entry,) = (entry for entry in WORKED if "inflation" in entry)

    assert "1 price index, 2025-09 to 2025-11: 100.3 × 100.9 × 100.4 100,000.00 × 1.016075108 1,607.51" in answer(entry)


def test_a_question_is_a_case_of_one_invoice_and_the_payments_on_it():
    case = a_question(payments=[(date(2025, 3, 24), "1850000"), (date(2025, 4, 1), "5")])

    assert ["4850000"] == [str(invoice.amount) for invoice in case.invoices]
    assert [("1", "1850000"), ("1", "5")] == [(payment.invoice, str(payment.amount)) for payment in case.payments]


def test_a_payment_may_have_come_before_the_due_day():
    case = a_question(payments=[(date(2025, 2, 1), "850000")])

    assert "4,000,000" in the_kit().explain(case, "interest", as_of=date(2025, 4, 14))


def test_a_sum_not_yet_due_bears_no_interest():
    assert "No invoice bears interest on this day." in the_kit().explain(
        a_question(), "interest", as_of=date(2025, 3, 14)
    )


@pytest.mark.parametrize(
    "terms",
    [
        "percent: 2, per: month, source: contract",
        "{percent: 2, per: month, source: contract}",
        " { percent: 2 , per: month , source: contract } ",
        "per: month, percent: 2, source: {en: contract, hu: szerződés}",
    ],
)
def test_terms_are_typed_with_braces_or_without(terms):
    interest = a_question(terms=terms).interest

    assert (Decimal(2), "month", "contract") == (interest.percent, interest.per, interest.source)


def test_no_terms_are_the_laws():
    assert a_question(terms="").interest.percent is None


@pytest.mark.parametrize(
    "value",
    ['4850000"}]', "4850000'", "1\npolicy: {}", "{a: b}", "[1]", "#", "\\", "", "1 000", "é\u2028", "!!python/none"],
)
def test_whatever_is_typed_stays_one_value(value):
    for field in ("amount", "currency", "jurisdiction", "calendar"):
        with pytest.raises(Refused) as refused:
            a_question(**{field: value})
        assert all(problem.place.file == FILE for problem in refused.value.problems)


@pytest.mark.parametrize("terms", ["percent: 2}, policy: {claim_days: 1", "percent: 2\npolicy: {}", "[", "'", "}"])
def test_terms_reach_no_other_part_of_the_question(terms):
    with pytest.raises(Refused):
        a_question(terms=terms)


@pytest.mark.parametrize(
    "shape",
    [
        "equal, parts: 3, every: month",
        "shape: equal, parts: 3, every: month",
        "parts: 3, shape: equal, every: month",
        "{shape: equal, parts: 3, every: month}",
    ],
)
def test_the_name_of_the_shape_may_be_left_out_where_it_stands_first(shape):
    plan = a_plan(shape).plan

    assert ("equal", 3) == (plan.shape, plan.parts)


def test_a_plan_is_on_the_table_on_the_day_it_is_agreed():
    case = a_plan("whole")

    assert (date(2025, 3, 24), "plan") == (case.meeting.day, case.meeting.table)


def test_a_plan_follows_the_calendar_of_its_law_unless_others_are_named():
    assert () == a_plan("whole").calendars
    assert ("HU", "AT") == a_plan("whole", calendars=["HU", "AT"]).calendars


def test_a_question_says_nothing_that_only_a_case_has():
    said = the_kit().explain(a_plan("whole"), "schedule", as_of=date(2025, 3, 24))

    for word in ("one-off", "Client", "Supplier", "the proposal on the table", "What the parts settle"):
        assert word not in said


@pytest.mark.parametrize(("parts", "told"), [(10, False), (20, True)])
def test_fewer_parts_than_were_asked_for_are_told(parts, told):
    case = a_plan(f"equal, parts: {parts}, every: month", amount="100000", start=day("2025-12-20"))
    text = the_kit().explain(case, "schedule", as_of=day("2025-12-20"), language="en")

    assert told == ("20 asked for; in multiples of HUF\N{NO-BREAK SPACE}10,000 the sum is paid after 10" in text)
    assert told == (" asked for" in text)
