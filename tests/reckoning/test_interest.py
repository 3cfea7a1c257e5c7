from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import a_case, a_debt, a_law, an_invoice, day

from negotiation_kit.case.receivables import Basis, Interest
from negotiation_kit.law.rates import RateUnknown
from negotiation_kit.money import Money
from negotiation_kit.reckoning.exact import to_decimal
from negotiation_kit.reckoning.interest import segments_of, total_of
from negotiation_kit.reckoning.terms import terms_for


def interest_of(case, as_of):
    return a_debt(case, day(as_of)).interest


def stated(percent, **more):
    return {"percent": percent, "source": "contract", **more}


def test_the_worked_example_of_the_british_government():
    """GOV.UK, "Late commercial payments": GBP 1 000 at 8 % plus 0.5 % is 85 a year, 23p a day, 11.50 for 50 days.

    GOV.UK rounds the daily amount first; rounded once at the end, as this kit does and says, it is 11.64.
    """
    case = a_case(
        currency="GBP",
        jurisdiction="GB-EAW",
        invoices=[an_invoice(issued="2025-01-01", due="2025-01-31", amount="1000.00")],
        interest=stated("8.5"),
    )

    assert interest_of(case, "2025-03-22").total.amount == Decimal("11.64")


def test_the_first_day_is_the_one_after_the_due_day():
    case = a_case(interest=stated("14.5"))

    assert interest_of(case, "2025-03-14").invoices == ()
    segment = interest_of(case, "2025-03-15").invoices[0].segments[0]
    assert (segment.first, segment.last, segment.days) == (day("2025-03-15"), day("2025-03-15"), 1)


def test_a_part_payment_cuts_the_time_and_its_day_still_counts_for_the_whole_sum():
    case = a_case(interest=stated("14.5"), payments=[{"day": "2025-03-24", "amount": "1850000"}])

    found = interest_of(case, "2025-04-03")

    days = [(each.days, str(each.principal.amount)) for each in found.invoices[0].segments]
    assert days == [(10, "4850000"), (10, "3000000")]
    # (4 850 000 * 10 + 3 000 000 * 10) * 14.5 / 36 500 = 31 184.93
    assert str(found.total.amount) == "31185"


def test_the_disputed_part_bears_no_interest_here():
    invoice = an_invoice(amount="1000000", disputed={"amount": "600000", "reason": "dented"})
    case = a_case(invoices=[invoice], interest=stated("36.5"))

    assert str(interest_of(case, "2025-03-24").total.amount) == "4000"


@pytest.mark.parametrize(("basis", "total"), [("actual/365", "96"), ("actual/360", "97")])
def test_the_divisor_is_the_one_the_case_states(basis, total):
    case = a_case(invoices=[an_invoice(amount="100000")], interest=stated("3.5", basis=basis))

    assert str(interest_of(case, "2025-03-24").total.amount) == total


def test_halves_go_up_once_an_invoice():
    invoices = [
        an_invoice(number=number, issued="2025-01-01", due="2025-01-31", amount="36.50") for number in ("A", "B")
    ]
    case = a_case(currency="EUR", invoices=invoices, interest=stated("5"))

    # 36.50 * 1 day * 5 % / 365 = 0.005 each: two rounded invoices, not one rounded sum
    assert str(interest_of(case, "2025-02-01").total.amount) == "0.02"


EUR_1000 = [an_invoice(issued="2025-01-01", due="2025-01-31", amount="1000.00")]


def euro_case(**changes):
    return a_case(**({"currency": "EUR", "jurisdiction": "DE", "invoices": EUR_1000} | changes))


@pytest.mark.parametrize(("rounding", "total"), [("invoice", "0.45"), ("segment", "0.46"), ("day", "0.48")])
def test_interest_is_rounded_half_up_where_the_case_says(rounding, total):
    """At 36.5 percent 105.00 bear 0.105 a day for 3 days, then 45.00 bear 0.045 a day for 3 days.

    Once: 0.315 + 0.135 = 0.450. Line by line: 0.32 + 0.14. By the day: 3 x 0.11 + 3 x 0.05.
    """
    case = euro_case(
        invoices=[an_invoice(issued="2025-01-01", due="2025-01-31", amount="105.00")],
        payments=[{"day": "2025-02-03", "amount": "60.00"}],
        interest=stated("36.5", rounding=rounding),
    )

    assert total == str(interest_of(case, "2025-02-06").total.amount)


def test_a_half_goes_up_and_less_than_a_half_goes_down():
    case = euro_case(
        interest=stated("36.5"), invoices=[an_invoice(issued="2025-01-01", due="2025-01-31", amount="5.00")]
    )
    less = euro_case(
        interest=stated("36.5"), invoices=[an_invoice(issued="2025-01-01", due="2025-01-31", amount="4.99")]
    )

    assert ["0.01", "0.00"] == [str(interest_of(each, "2025-02-01").total.amount) for each in (case, less)]


def test_whole_forints_are_rounded_and_not_fillers():
    case = a_case(invoices=[an_invoice(amount="500")], interest=stated("36.5"))

    assert ["1", "1", "2"] == [str(interest_of(case, f"2025-03-{number}").total.amount) for number in (15, 16, 17)]


@pytest.mark.parametrize(("basis", "total"), [("actual/365", "3670.03"), ("actual/actual", "3660.00")])
def test_a_leap_year_is_a_year_only_over_its_real_length(basis, total):
    """36 600 at 10 percent for the 366 days of 2024: x 366 / 365, or the whole year's 3 660."""
    invoice = an_invoice(issued="2023-12-01", due="2023-12-31", amount="36600.00")
    case = euro_case(invoices=[invoice], interest=stated("10", basis=basis))

    assert total == str(interest_of(case, "2024-12-31").total.amount)


@pytest.mark.parametrize(("basis", "days"), [("30/360", 62), ("30E/360", 61), ("actual/360", 61)])
def test_a_line_shows_the_days_of_its_convention(basis, days):
    """29 January to 31 March 2025."""
    invoice = an_invoice(issued="2025-01-01", due="2025-01-29", amount="1000.00")
    case = euro_case(invoices=[invoice], interest=stated("36", basis=basis))

    found = interest_of(case, "2025-03-31").invoices[0]

    assert days == found.days == found.segments[0].days


def test_interest_named_to_begin_later_begins_later():
    invoice = an_invoice(issued="2025-01-01", due="2025-01-31", amount="1000.00", interest_from="2025-03-01")

    (found,) = interest_of(euro_case(invoices=[invoice], interest=stated("36.5")), "2025-03-10").invoices

    assert (day("2025-03-01"), 10, Decimal("10.00")) == (found.began, found.days, found.accrued.amount)


def test_an_invoice_may_be_left_out():
    invoices = [*EUR_1000, an_invoice(number="B", issued="2025-01-01", due="2025-01-31", amount="5.00", interest="no")]

    found = interest_of(euro_case(invoices=invoices, interest=stated("36.5")), "2025-03-10").invoices

    assert ["SZ-211"] == [each.number for each in found]


def test_an_invoice_paid_late_still_tells_its_interest():
    case = euro_case(interest=stated("36.5"), payments=[{"day": "2025-02-10", "amount": "1000.00"}])

    (found,) = interest_of(case, "2025-12-31").invoices

    assert (10, Decimal("10.00")) == (found.days, found.accrued.amount)


def test_a_line_tells_what_a_day_costs_and_its_own_share_unrounded():
    (line,) = interest_of(euro_case(interest=stated("7.3")), "2025-02-03").segments

    # 1 000 x 7.3 / 36 500 = 0.2 a day
    assert (Decimal("0.20"), Decimal("0.600000")) == (line.per_day.amount, line.interest)


def test_what_a_further_day_costs_is_that_of_the_last_line():
    case = euro_case(interest=stated("36.5"), payments=[{"day": "2025-02-10", "amount": "600.00"}])

    (found,) = interest_of(case, "2025-03-10").invoices

    assert Decimal("0.40") == found.per_day.amount


def test_the_reference_rates_used_are_told_once_each():
    invoices = [an_invoice(number=number, issued="2024-05-01", due="2024-06-20", amount="1000.00") for number in "AB"]

    interest = interest_of(euro_case(jurisdiction="EU", invoices=invoices, interest={}), "2024-07-20")

    assert [(day("2024-01-01"), "4.50"), (day("2024-07-01"), "4.25")] == [
        (each.reference_day, str(each.quote.percent)) for each in interest.references
    ]
    assert interest.single_percent is None


def test_a_single_rate_is_told_as_such():
    assert Decimal("36.5") == interest_of(euro_case(interest=stated("36.5")), "2025-02-10").single_percent


@pytest.mark.parametrize(
    ("exact", "decimals", "shown"),
    [
        (Fraction(1, 3), 4, "0.3333"),
        (Fraction(2, 3), 4, "0.6667"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(10**40, 3), 2, "3" * 40 + ".33"),
    ],
)
def test_an_exact_number_is_shown_half_up_however_large(exact, decimals, shown):
    assert shown == str(to_decimal(exact, decimals))


LAWS = [("HU", "HUF"), ("HU", "EUR"), ("EU", "EUR"), ("GB-EAW", "GBP"), ("DE", "EUR"), ("AT", "EUR"), ("PL", "PLN")]
LAWS += [("CZ", "CZK"), ("SK", "EUR"), ("RU", "RUB"), ("UA", "EUR"), ("RO", "RON")]
STATED = [{"since": "2020-01-01", "until": "2026-12-31", "percent": "6.5", "source": "stated for RON"}]


@given(
    law=st.sampled_from(LAWS),
    basis=st.sampled_from([None, *get_args(Basis)]),
    percent=st.sampled_from([None, "9.75", "1.5"]),
    per=st.sampled_from(["year", "month", "day"]),
    days=st.tuples(*[st.dates(date(2020, 1, 1), date(2026, 6, 29))] * 3),
    amount=st.integers(1, 10**9),
)
def test_the_interest_of_two_times_one_after_the_other_is_that_of_both(law, basis, percent, per, days, amount):
    code, currency = law
    due, middle, last = sorted(days)
    said = {"basis": basis, "rates": STATED if code == "RO" else ()}
    said |= {"percent": percent, "per": per, "source": "contract"} if percent else {}
    terms, sum_ = terms_for(Interest.model_validate(said), a_law(code), currency), Money(Decimal(amount), currency)
    began = due + timedelta(days=1)

    def exact(first, last):
        return sum((line.exact() for line in segments_of([(first, sum_)], terms, began, last)), Fraction(0))

    assert exact(began, last) == exact(began, middle) + exact(middle + timedelta(days=1), last)


@given(
    law=st.sampled_from(LAWS[:-1]),
    rounding=st.sampled_from(["invoice", "segment", "day"]),
    due=st.dates(date(2020, 1, 1), date(2025, 12, 31)),
    length=st.integers(0, 170),
    amount=st.integers(1, 10**9),
)
def test_a_further_day_never_lowers_the_interest_however_it_is_rounded(law, rounding, due, length, amount):
    code, currency = law
    terms, sum_ = terms_for(Interest(rounding=rounding), a_law(code), currency), Money(Decimal(amount), currency)
    began = due + timedelta(days=1)

    def total(until):
        return total_of(segments_of([(began, sum_)], terms, began, until), terms, sum_)

    assert total(due + timedelta(length)) <= total(due + timedelta(length + 1))


def test_a_case_that_needs_a_rate_nobody_knows_yet_stops_and_goes_on_once_it_states_it():
    invoices = [an_invoice(issued="2026-11-01", due="2026-12-12", amount="36500")]
    rates = [{"since": "2027-01-01", "percent": "5", "source": "mnb.hu, read on 4 January 2027"}]

    with pytest.raises(RateUnknown, match="on 2027-01-01 is not known: it is known up to 2026-09-04"):
        a_debt(a_case(invoices=invoices, interest={}), day("2027-01-01"))

    # 19 days of 2026 at 14.00 and 10 of 2027 at 13
    found = a_debt(a_case(invoices=invoices, interest={"rates": rates}), day("2027-01-10")).interest
    assert str(found.total.amount) == "396"
    with pytest.raises(RateUnknown, match="on 2027-07-01 is not known: it is known up to 2027-06-30"):
        a_debt(a_case(invoices=invoices, interest={"rates": rates}), day("2027-07-01"))


def test_an_invoice_that_bears_no_interest_needs_no_rate():
    invoices = [an_invoice(issued="2026-11-01", due="2026-12-12", interest="no")]

    assert a_debt(a_case(invoices=invoices, interest={}), day("2027-12-31")).interest.invoices == ()
