from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from making import a_case, a_debt, an_invoice, day

from negotiation_kit.money import Money


def huf(amount):
    return Money(Decimal(amount), "HUF")


def two_invoices():
    return [
        an_invoice(number="B", due="2025-03-20", amount="1000"),
        an_invoice(number="A", due="2025-03-10", amount="2000"),
    ]


def test_an_unpaid_invoice_is_open_in_full_and_ages_from_its_due_day():
    debt = a_debt(a_case(), day("2025-03-18"))

    assert debt.overdue == huf(4850000)
    assert debt.days_overdue == 4
    assert [(band, str(sum_.amount)) for band, sum_ in debt.ageing if not sum_.is_zero] == [("0-30", "4850000")]


def test_on_its_due_day_an_invoice_is_not_overdue():
    debt = a_debt(a_case(), day("2025-03-14"))

    assert debt.overdue.is_zero
    assert debt.not_due == huf(4850000)


def test_a_payment_without_a_name_settles_the_oldest_due_invoice_first():
    case = a_case(invoices=two_invoices(), payments=[{"day": "2025-03-21", "amount": "2500"}])

    debt = a_debt(case, day("2025-03-31"))

    assert {each.invoice.number: each.open for each in debt.invoices} == {"A": huf(0), "B": huf(500)}


def test_a_payment_settles_the_invoice_it_names_and_what_is_left_goes_to_the_oldest():
    case = a_case(invoices=two_invoices(), payments=[{"day": "2025-03-21", "amount": "1500", "invoice": "B"}])

    debt = a_debt(case, day("2025-03-31"))

    assert {each.invoice.number: each.open for each in debt.invoices} == {"A": huf(1500), "B": huf(0)}


def test_money_beyond_all_invoices_is_kept_in_sight():
    case = a_case(payments=[{"day": "2025-03-20", "amount": "5000000"}])

    debt = a_debt(case, day("2025-03-31"))

    assert debt.total.is_zero
    assert debt.unallocated == huf(150000)
    assert debt.invoices[0].settled_on == date(2025, 3, 20)


def test_what_happens_after_the_day_does_not_exist_yet():
    case = a_case(payments=[{"day": "2025-03-25", "amount": "850000"}])

    assert a_debt(case, day("2025-03-24")).overdue == huf(4850000)
    assert a_debt(case, day("2025-03-25")).overdue == huf(4000000)
    assert a_debt(case, day("2025-02-11")).total.is_zero


def test_a_credit_lowers_only_its_invoice():
    credit = {"number": "J", "invoice": "B", "day": "2025-03-15", "amount": "400"}
    case = a_case(invoices=two_invoices(), credits=[credit])

    debt = a_debt(case, day("2025-03-31"))

    assert {each.invoice.number: each.open for each in debt.invoices} == {"A": huf(2000), "B": huf(600)}


def test_the_disputed_part_never_exceeds_what_is_open():
    invoice = an_invoice(amount="1000", disputed={"amount": "700", "reason": "dented"})
    case = a_case(invoices=[invoice], payments=[{"day": "2025-03-20", "amount": "600"}])

    debt = a_debt(case, day("2025-03-31"))

    assert debt.disputed == huf(400)
    assert debt.undisputed.is_zero


@given(
    invoices=st.lists(st.integers(1, 10**9), min_size=1, max_size=6),
    payments=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 10**9)), max_size=6),
    as_of=st.integers(0, 120),
)
def test_nothing_is_lost_and_nothing_is_paid_twice(invoices, payments, as_of):
    start = date(2025, 1, 1)
    case = a_case(
        invoices=[
            an_invoice(number=f"N{place}", issued="2025-01-01", due=f"2025-02-{place + 1:02}", amount=str(amount))
            for place, amount in enumerate(invoices)
        ],
        payments=[
            {"day": date.fromordinal(start.toordinal() + days).isoformat(), "amount": str(amount)}
            for days, amount in payments
        ],
    )
    until = date.fromordinal(start.toordinal() + as_of)

    debt = a_debt(case, until)

    received = sum(amount for days, amount in payments if days <= as_of)
    assert debt.total.amount == max(0, sum(invoices) - received)
    assert debt.unallocated.amount == max(0, received - sum(invoices))
    assert all(each.open.amount >= 0 for each in debt.invoices)
    assert sum(sum_.amount for _, sum_ in debt.ageing) == debt.total.amount
