from datetime import date
from decimal import Decimal

import pytest
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


RATE = {"percent": "0.1", "per": "day", "source": "contract, point 7", "claim": "claimed"}
"""One thousandth of the sum a day."""


def settled(debt):
    """What the last payment settled, in the order in which it reached it."""
    return [(part.invoice, part.kind, int(part.amount.amount)) for part in debt.settlements[-1].parts]


def paid(amount, when="2025-03-30", **more):
    return {"day": when, "amount": str(amount), **more}


def test_a_named_invoice_is_settled_with_its_interest_before_older_ones():
    """B is 10 days late at HUF 1 a day, A is 20 days late at HUF 2 a day."""
    case = a_case(invoices=two_invoices(), interest=RATE, payments=[paid(1050, invoice="B")])

    debt = a_debt(case, day("2025-03-30"))

    assert [("B", "interest", 10), ("B", "principal", 1000), ("A", "interest", 40)] == settled(debt)
    assert debt.settlements[0].by == "named"


def test_a_payment_that_names_principal_leaves_interest_and_costs_open():
    case = a_case(
        invoices=two_invoices(),
        interest=RATE,
        costs=[{"day": "2025-03-25", "amount": "15", "what": "letter"}],
        payments=[paid(2500, settles="principal")],
    )

    debt = a_debt(case, day("2025-03-30"))

    assert [("A", "principal", 2000), ("B", "principal", 500)] == settled(debt)
    assert (huf(50), huf(15)) == (debt.interest.total, debt.costs)


def test_a_payment_that_names_interest_settles_it_oldest_due_first_and_the_rest_by_the_order():
    case = a_case(
        invoices=two_invoices(),
        interest=RATE,
        allocation={"by": "principal first"},
        payments=[paid(60, settles="interest")],
    )

    debt = a_debt(case, day("2025-03-30"))

    assert [("A", "interest", 40), ("B", "interest", 10), ("A", "principal", 10)] == settled(debt)


@pytest.mark.parametrize("code", ["HU", "SK"])
def test_a_payment_that_names_costs_settles_those_of_no_invoice_too(code):
    case = a_case(
        jurisdiction=code,
        invoices=two_invoices(),
        costs=[
            {"day": "2025-03-25", "amount": "15", "what": "letter"},
            {"day": "2025-03-25", "amount": "20", "what": "visit", "invoice": "B"},
        ],
        payments=[paid(40, settles="costs")],
    )

    debt = a_debt(case, day("2025-03-30"))

    assert [(None, "costs", 15), ("B", "costs", 20), ("A", "principal", 5)] == settled(debt)


def test_a_payment_that_names_an_invoice_and_a_kind_settles_that_first():
    case = a_case(invoices=two_invoices(), interest=RATE, payments=[paid(30, invoice="B", settles="interest")])

    assert [("B", "interest", 10), ("A", "interest", 20)] == settled(a_debt(case, day("2025-03-30")))


def disputed_one(**changes):
    return an_invoice(
        number="A", due="2025-03-10", amount="2000", disputed={"amount": "1500", "reason": "dented"}, **changes
    )


@pytest.mark.parametrize("said", [{}, {"settles": "principal"}])
def test_questioned_parts_come_last(said):
    invoices = [disputed_one(), an_invoice(number="B", due="2025-03-20", amount="1000")]
    case = a_case(invoices=invoices, payments=[paid(1600, **said)])

    debt = a_debt(case, day("2025-03-30"))

    # 500 of A and 1 000 of B nobody questions, then 100 of what is questioned
    assert [("A", "principal", 600), ("B", "principal", 1000)] == settled(debt)
    assert huf(1400) == debt.disputed


def test_a_payer_who_names_an_invoice_settles_its_questioned_part_too():
    invoices = [disputed_one(), an_invoice(number="B", due="2025-03-20", amount="1000")]
    case = a_case(invoices=invoices, payments=[paid(1600, invoice="A")])

    assert [("A", "principal", 1600)] == settled(a_debt(case, day("2025-03-30")))


def test_interest_stays_open_after_the_principal_is_paid_and_grows_no_more():
    case = a_case(invoices=two_invoices(), interest=RATE, payments=[paid(3000, settles="principal")])

    debt = a_debt(case, day("2025-12-31"))

    assert debt.total.is_zero
    assert huf(50) == debt.interest.total == debt.claimed


def test_a_later_payment_settles_interest_of_an_invoice_that_is_paid():
    case = a_case(
        invoices=two_invoices(), interest=RATE, payments=[paid(3000, settles="principal"), paid(45, when="2025-04-30")]
    )

    debt = a_debt(case, day("2025-04-30"))

    assert [("A", "interest", 40), ("B", "interest", 5)] == settled(debt)
    assert huf(5) == debt.interest.total


def test_interest_of_a_day_can_be_paid_on_that_day():
    case = a_case(invoices=two_invoices(), interest=RATE, payments=[paid(3050)])

    debt = a_debt(case, day("2025-03-30"))

    assert debt.claimed.is_zero
    assert debt.unallocated.is_zero


def test_an_overpayment_is_kept_after_costs_and_interest_too():
    case = a_case(
        invoices=two_invoices(),
        interest=RATE,
        costs=[{"day": "2025-03-25", "amount": "15", "what": "letter"}],
        payments=[paid(4000)],
    )

    debt = a_debt(case, day("2025-03-30"))

    assert huf(4000 - 3000 - 50 - 15) == debt.unallocated == debt.settlements[0].left


def test_fixed_sums_that_are_claimed_are_settled_as_costs_of_their_invoice():
    rates = [
        {"day": "2025-03-10", "rate": "400", "source": "MNB"},
        {"day": "2025-03-20", "rate": "410", "source": "MNB"},
    ]
    case = a_case(
        invoices=two_invoices(),
        compensation={"claim": "claimed", "rates": rates},
        allocation={"by": "law"},
        payments=[paid(20000)],
    )

    debt = a_debt(case, day("2025-03-30"))

    # 40 x 400 for A, due on the 10th; 40 x 410 for B, due on the 20th
    assert [("A", "costs", 16000), ("A", "principal", 2000), ("B", "costs", 2000)] == settled(debt)
    assert huf(14400) == debt.costs


def test_a_cost_that_arises_after_the_payment_is_not_settled_by_it():
    case = a_case(
        invoices=two_invoices(), costs=[{"day": "2025-03-31", "amount": "15", "what": "letter"}], payments=[paid(4000)]
    )

    debt = a_debt(case, day("2025-04-30"))

    assert (huf(15), huf(1000)) == (debt.costs, debt.unallocated)


def test_a_credit_of_a_day_comes_before_a_payment_of_it():
    credit = {"number": "J", "invoice": "A", "day": "2025-03-30", "amount": "400"}
    case = a_case(invoices=two_invoices(), credits=[credit], payments=[paid(2000)])

    assert [("A", "principal", 1600), ("B", "principal", 400)] == settled(a_debt(case, day("2025-03-30")))


def test_of_two_payments_of_a_day_the_one_that_names_its_invoice_comes_first():
    case = a_case(invoices=two_invoices(), payments=[paid(2500), paid(500, invoice="A")])

    debt = a_debt(case, day("2025-03-30"))

    assert [("A", "principal", 1500), ("B", "principal", 1000)] == settled(debt)


def test_each_payment_tells_by_whose_word_it_was_settled():
    case = a_case(invoices=two_invoices(), payments=[paid(10), paid(10, when="2025-03-31", invoice="B")])

    assert ["principal first", "named"] == [each.by for each in a_debt(case, day("2025-03-31")).settlements]


def entries():
    """Invoices, credits and payments of a debt, with whatever order in the file."""
    amounts = st.integers(1, 10**7).map(str)
    days = st.integers(1, 28).map(lambda number: f"2025-04-{number:02}")
    names = st.sampled_from(["N1", "N2", "N3"])
    payment = st.fixed_dictionaries(
        {"day": days, "amount": amounts},
        optional={"invoice": names, "settles": st.sampled_from(["costs", "interest", "principal"])},
    )
    credit = st.fixed_dictionaries({"day": days, "amount": amounts, "invoice": names})
    cost = st.fixed_dictionaries(
        {"day": days, "amount": amounts, "what": st.just("letter")}, optional={"invoice": names}
    )
    return st.tuples(
        st.lists(st.tuples(amounts, st.integers(1, 28), st.integers(0, 100)), min_size=3, max_size=3),
        st.lists(payment, max_size=4),
        st.lists(credit, max_size=2),
        st.lists(cost, max_size=2),
    )


def a_case_of(code, claim, made, order=lambda entries: entries):
    invoices, payments, notes, costs = made
    currency = {"HU": "HUF", "PL": "PLN", "CZ": "CZK", "RU": "RUB", "GB-EAW": "GBP"}.get(code, "EUR")
    return a_case(
        jurisdiction=code,
        currency=currency,
        invoices=order(
            [
                an_invoice(
                    number=f"N{place}",
                    issued="2025-03-01",
                    due=f"2025-03-{due:02}",
                    amount=amount,
                    disputed={"amount": str(int(amount) * share // 100), "reason": "dented"} if share else None,
                )
                for place, (amount, due, share) in enumerate(invoices, start=1)
            ]
        ),
        payments=order(payments),
        credits=order([{"number": f"C{place}", **credit} for place, credit in enumerate(notes)]),
        costs=order(costs),
        interest={"claim": claim},
    )


CODES = st.sampled_from(["HU", "EU", "GB-EAW", "DE", "AT", "PL", "CZ", "SK", "RU", "UA"])
CLAIMS = st.sampled_from(["claimed", "for information", "not claimed"])


@given(code=CODES, claim=CLAIMS, made=entries(), random=st.randoms(use_true_random=False))
def test_the_order_of_entries_in_the_file_does_not_matter(code, claim, made, random):
    def shuffled(entries):
        return random.sample(entries, len(entries))

    plain, mixed = a_case_of(code, claim, made), a_case_of(code, claim, made, shuffled)

    assert a_debt(plain, day("2025-04-30")) == a_debt(mixed, day("2025-04-30"))


@given(code=CODES, claim=CLAIMS, made=entries())
def test_what_came_in_is_what_was_settled_and_what_was_left(code, claim, made):
    debt = a_debt(a_case_of(code, claim, made), day("2025-04-30"))

    invoices, payments, notes, costs = made
    came = sum(int(payment["amount"]) for payment in payments)
    given_back = sum(int(credit["amount"]) for credit in notes)
    used = sum(part.amount.amount for each in debt.settlements for part in each.parts)
    credited = sum(each.credited.amount for each in debt.invoices)
    assert came + given_back == used + credited + debt.unallocated.amount

    on_principal = sum(each.paid.amount for each in debt.invoices)
    assert sum(int(amount) for amount, _, _ in invoices) == debt.total.amount + on_principal + credited

    on_costs = sum(part.amount.amount for each in debt.settlements for part in each.parts if part.kind == "costs")
    assert sum(int(cost["amount"]) for cost in costs) == debt.costs.amount + on_costs
    assert used == on_principal + on_costs + debt.interest.paid.amount


@given(code=CODES, claim=CLAIMS, made=entries(), rounding=st.sampled_from(["invoice", "segment", "day"]))
def test_nothing_open_is_ever_negative(code, claim, made, rounding):
    case = a_case_of(code, claim, made)
    case = case.model_copy(update={"interest": case.interest.model_copy(update={"rounding": rounding})})

    for number in range(1, 31, 3):
        debt = a_debt(case, day(f"2025-04-{number:02}"))
        assert all(each.open.amount >= 0 for each in debt.invoices)
        assert all(each.open.amount >= 0 for each in debt.interest.invoices)
        assert debt.costs.amount >= 0
        assert debt.unallocated.amount >= 0


@given(code=CODES, made=entries())
def test_a_day_later_no_less_has_come_and_what_was_settled_stays_settled(code, made):
    case = a_case_of(code, "claimed", made)

    before, after = a_debt(case, day("2025-04-14")), a_debt(case, day("2025-04-15"))

    assert before.settlements == after.settlements[: len(before.settlements)]
