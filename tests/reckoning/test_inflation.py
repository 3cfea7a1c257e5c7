from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import a_case, a_debt, an_invoice, day

from negotiation_kit.case.receivables import PriceIndex
from negotiation_kit.days import add_months
from negotiation_kit.money import Money
from negotiation_kit.reckoning.inflation import IndexUnknown, inflation_of


def uah(amount):
    return Money(Decimal(amount), "UAH")


def indices(**months):
    """m2025_09="100.3" is the index of September 2025."""
    return [
        PriceIndex(month=name[1:].replace("_", "-"), percent=percent, source="State Statistics Service")
        for name, percent in months.items()
    ]


AUTUMN = indices(m2025_09="100.3", m2025_10="100.9", m2025_11="100.4")


def months_of(began, until):
    levels = [(day(began), uah("1000.00"))]
    return [(each.first_month, each.last_month) for each in inflation_of(levels, AUTUMN, day(began), day(until))]


@pytest.mark.parametrize(
    ("began", "until", "months"),
    [
        ("2025-09-15", "2025-11-16", [("2025-09", "2025-11")]),
        ("2025-09-16", "2025-11-16", [("2025-10", "2025-11")]),
        ("2025-09-15", "2025-11-15", [("2025-09", "2025-10")]),
        ("2025-09-16", "2025-11-15", [("2025-10", "2025-10")]),
        ("2025-09-01", "2025-09-30", [("2025-09", "2025-09")]),
        ("2025-09-01", "2025-09-15", []),
        ("2025-09-16", "2025-10-15", []),
    ],
)
def test_a_month_counts_from_its_first_half_and_for_a_payment_in_its_second(began, until, months):
    """Supreme Court of Ukraine, letter 62-97r of 3 April 1997."""
    assert months == months_of(began, until)


def test_the_indices_of_all_months_are_multiplied():
    levels = [(day("2025-09-11"), uah("100000.00"))]

    (found,) = inflation_of(levels, AUTUMN, day("2025-09-11"), day("2025-11-20"))

    # 1.003 x 1.009 x 1.004 = 1.016075108
    assert (Decimal("1.016075108"), uah("1607.51")) == (found.factor, found.amount)


def test_a_falling_index_is_multiplied_like_any_other():
    """Commercial Cassation Court, 24 September 2020, case 915/2095/19."""
    levels = [(day("2025-07-01"), uah("100000.00"))]
    known = indices(m2025_07="99.8", m2025_08="100.5")

    (found,) = inflation_of(levels, known, day("2025-07-01"), day("2025-08-31"))

    # 0.998 x 1.005 = 1.00299
    assert uah("299.00") == found.amount


def test_where_prices_fell_over_the_whole_time_nothing_is_taken_off():
    levels = [(day("2025-07-01"), uah("100000.00"))]

    (found,) = inflation_of(levels, indices(m2025_07="99.8"), day("2025-07-01"), day("2025-07-31"))

    assert (Decimal("0.998000"), uah("0.00")) == (found.factor, found.amount)


def test_each_part_of_the_debt_is_revalued_up_to_its_own_payment():
    began = day("2025-09-11")
    levels = [(began, uah("100000.00")), (day("2025-10-21"), uah("60000.00"))]

    found = inflation_of(levels, AUTUMN, began, day("2025-11-20"))

    # 40 000 paid on 20 October: 1.003 x 1.009 = 1.012027; 60 000 to November: 1.016075108
    assert [
        (uah("40000.00"), "2025-10", uah("481.08")),
        (uah("60000.00"), "2025-11", uah("964.51")),
    ] == [(each.principal, each.last_month, each.amount) for each in found]


def test_what_was_paid_before_the_delay_began_is_not_revalued():
    case = a_case(
        jurisdiction="UA",
        currency="UAH",
        invoices=[an_invoice(issued="2025-08-01", due="2025-09-10", amount="100000.00")],
        payments=[{"day": "2025-09-10", "amount": "40000.00"}],
        interest={"inflation": [each.model_dump() for each in AUTUMN]},
    )

    (invoice,) = a_debt(case, day("2025-11-20")).interest.invoices

    assert [uah("60000.00")] == [each.principal for each in invoice.inflation]


def test_a_payment_cuts_interest_and_inflation_alike():
    case = a_case(
        jurisdiction="UA",
        currency="UAH",
        invoices=[an_invoice(issued="2025-08-01", due="2025-09-10", amount="100000.00")],
        payments=[{"day": "2025-10-20", "amount": "40000.00"}],
        interest={"inflation": [each.model_dump() for each in AUTUMN]},
    )

    (invoice,) = a_debt(case, day("2025-11-20")).interest.invoices

    # 3 a year: (100 000 x 40 + 60 000 x 31) x 3 / 36 500 = 481.64; inflation 481.08 + 964.51
    assert [(40, uah("100000.00")), (31, uah("60000.00"))] == [(each.days, each.principal) for each in invoice.segments]
    assert uah("1927.23") == invoice.accrued


def test_a_month_without_an_index_is_asked_for_by_its_name():
    with pytest.raises(IndexUnknown, match="the price index of 2025-12 is not known") as caught:
        months_of("2025-09-11", "2026-01-16")

    assert "interest.inflation: {month: 2025-12, percent: ..., source: ...}" in caught.value.way_out


def test_the_index_of_the_last_days_own_month_may_not_be_published_yet():
    assert months_of("2025-09-11", "2025-12-16") == [("2025-09", "2025-11")]


def test_a_month_that_does_not_count_is_not_asked_for():
    assert months_of("2025-09-11", "2025-12-15") == [("2025-09", "2025-11")]


def test_a_debt_in_another_currency_has_no_index():
    case = a_case(jurisdiction="UA", currency="EUR", interest={})

    (invoice,) = a_debt(case, day("2025-11-20")).interest.invoices

    assert invoice.inflation == ()


def test_prices_that_fall_after_a_payment_do_not_take_back_what_it_settled():
    """On 20 September the index has added 1000; by the end of October 0.9 % less."""
    case = a_case(
        jurisdiction="UA",
        currency="UAH",
        invoices=[an_invoice(issued="2025-08-01", due="2025-08-31", amount="100000.00")],
        payments=[{"day": "2025-09-20", "amount": "1164.38", "settles": "interest"}],
        interest={
            "claim": "claimed",
            "inflation": [
                {"month": "2025-09", "percent": "101", "source": "x"},
                {"month": "2025-10", "percent": "99.1", "source": "x"},
            ],
        },
    )

    (invoice,) = a_debt(case, day("2025-10-31")).interest.invoices

    assert uah("1164.38") == invoice.paid
    assert invoice.open.is_zero


@given(
    owed=st.integers(1, 10**9),
    began=st.dates(date(2025, 1, 1), date(2025, 12, 31)),
    length=st.integers(0, 400),
    percents=st.lists(st.integers(9900, 10200), min_size=26, max_size=26),
)
def test_without_payments_the_loss_is_the_product_of_the_indices(owed, began, length, percents):
    months = [add_months(date(2025, 1, 1), number) for number in range(26)]
    known = [
        PriceIndex(month=f"{month:%Y-%m}", percent=str(Decimal(percent) / 100), source="x")
        for month, percent in zip(months, percents, strict=True)
    ]
    until = began + timedelta(length)

    found = inflation_of([(began, uah(owed))], known, began, until)

    factor = Fraction(1)
    for month, percent in zip(months, percents, strict=True):
        starts = began <= month.replace(day=15)
        ends = until >= month.replace(day=16)
        factor *= Fraction(percent, 10000) if starts and ends else 1
    loss = max(Fraction(0), owed * (factor - 1))
    assert abs(Fraction(sum(each.amount.amount for each in found)) - loss) <= Fraction(1, 200)
