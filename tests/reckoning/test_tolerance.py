from decimal import Decimal

import pytest
from making import a_calendar, a_case, a_debt, an_invoice, day

from negotiation_kit.money import Money
from negotiation_kit.reckoning.tolerance import tolerance_use


def huf(amount):
    return Money(Decimal(amount), "HUF")


INVOICES = [
    an_invoice(number="A", due="2025-03-01", amount="1000"),
    an_invoice(number="B", due="2025-03-11", amount="2000"),
    an_invoice(number="C", due="2025-04-30", amount="4000"),
]


def use(*, days="30", amount=None, sequence=(), as_of="2025-03-31", **changes):
    tolerance = {
        "days": days,
        "amount": amount,
        "approved_by": "Szabó Judit",
        "decided": "2025-01-08",
        "within": "nudge",
        "sequence": list(sequence),
    }
    case = a_case(
        tolerance={key: value for key, value in tolerance.items() if value}, **({"invoices": INVOICES} | changes)
    )
    return tolerance_use(a_debt(case, day(as_of)), case.tolerance, a_calendar())


def test_what_is_used_is_the_age_of_the_oldest_and_the_overdue_sum():
    found = use()

    assert (30, huf(3000)) == (found.days_used, found.amount_used)


def test_on_the_last_day_granted_nothing_is_exceeded_and_on_the_next_it_is():
    assert not use(as_of="2025-03-31").is_exceeded
    assert use(as_of="2025-04-01").is_exceeded


def test_to_keep_the_days_what_is_older_is_paid():
    assert huf(1000) == use(as_of="2025-04-01").smallest_payment
    assert huf(3000) == use(as_of="2025-04-11").smallest_payment


def test_to_keep_the_sum_what_is_above_it_is_paid():
    assert huf(800) == use(amount="2200").smallest_payment
    assert not use(amount="3000").is_exceeded


def test_the_larger_of_both_brings_the_client_back_inside():
    found = use(amount="2200", as_of="2025-04-01")

    assert (huf(1000), huf(800), huf(1000)) == (found.for_days, found.for_amount, found.smallest_payment)


def test_a_questioned_part_does_not_count_against_the_client():
    disputed = [
        an_invoice(number="A", due="2025-03-01", amount="1000", disputed={"amount": "1000", "reason": "dented"})
    ]

    found = use(invoices=[*disputed, *INVOICES[1:]], as_of="2025-04-01")

    assert (21, huf(2000), False) == (found.days_used, found.amount_used, found.is_exceeded)


@pytest.mark.parametrize("as_of", ["2025-03-01", "2025-02-20"])
def test_before_anything_is_overdue_nothing_is_used(as_of):
    found = use(as_of=as_of)

    assert (0, huf(0), False) == (found.days_used, found.amount_used, found.is_exceeded)


def test_paying_the_smallest_payment_is_enough():
    payment = use(amount="2200", as_of="2025-04-01").smallest_payment

    after = use(amount="2200", as_of="2025-04-01", payments=[{"day": "2025-04-01", "amount": str(payment.amount)}])

    assert not after.is_exceeded


def test_the_agreed_sequence_counts_from_the_oldest_due_day_and_stays_off_days_of_rest():
    steps = [
        {"overdue_days": "31", "role": "first person", "what": "Decides on the letter"},
        {"overdue_days": "21", "role": "superior", "what": "Calls the finance director"},
    ]
    found = use(sequence=steps).sequence

    assert [(day("2025-03-21"), "superior"), (day("2025-04-01"), "first person")] == [
        (step.day, step.role) for step in found
    ]
    assert "Calls the finance director" == found[0].what


def test_no_day_of_the_sequence_is_known_while_nothing_is_late():
    step = {"overdue_days": "21", "role": "superior", "what": "Calls the finance director"}

    assert () == use(sequence=[step], as_of="2025-02-28").sequence
