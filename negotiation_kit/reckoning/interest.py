"""Simple late interest at the rate the case states, with its working."""

from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal, localcontext

from negotiation_kit.case.receivables import Interest
from negotiation_kit.money import Money
from negotiation_kit.reckoning.ledger import Debt, InvoiceBalance

DAYS_OF_YEAR = {"actual/365": 365, "actual/360": 360}


@dataclass(frozen=True, slots=True)
class Segment:
    """Days during which the same sum bore interest; the day of payment counts."""

    first: date
    last: date
    days: int
    principal: Money


@dataclass(frozen=True, slots=True)
class InvoiceInterest:
    """Interest of one invoice, rounded once to the smallest unit, half up."""

    number: str
    segments: tuple[Segment, ...]
    amount: Money


@dataclass(frozen=True, slots=True)
class LateInterest:
    """Interest of the whole debt: the sum of the rounded invoices, so that a printed table adds up."""

    percent: Decimal
    basis: str
    source: str
    claim: str
    until: date
    invoices: tuple[InvoiceInterest, ...]
    total: Money


def late_interest(debt: Debt, interest: Interest) -> LateInterest:
    """Simple interest on the undisputed part of each overdue invoice, from the day after its due day.

    Days are payment day less due day (Directive 2011/7/EU art. 3(3)(a): interest runs from the day after the date).
    """
    invoices = tuple(_of_invoice(balance, interest, debt.as_of) for balance in debt.overdue_invoices)
    total = sum((each.amount for each in invoices), Money.zero(debt.currency))
    return LateInterest(
        percent=interest.percent,
        basis=interest.basis,
        source=interest.source,
        claim=interest.claim,
        until=debt.as_of,
        invoices=invoices,
        total=total,
    )


def _of_invoice(balance: InvoiceBalance, interest: Interest, until: date) -> InvoiceInterest:
    segments = _segments(balance, until)
    with localcontext(Context(prec=60)):
        # one division at the end, so that nothing is rounded on the way
        bearing = sum((each.principal.amount * each.days for each in segments), Decimal(0))
        exact = bearing * interest.percent / (100 * DAYS_OF_YEAR[interest.basis])
    return InvoiceInterest(balance.invoice.number, segments, Money(exact, balance.open.currency).rounded())


def _segments(balance: InvoiceBalance, until: date) -> tuple[Segment, ...]:
    """The time after the due day, cut where a payment or credit lowered the sum."""
    due = balance.invoice.due
    principal = balance.amount - balance.disputed
    cuts: dict[date, Money] = {}
    for movement in balance.movements:
        if movement.day <= due:
            principal -= movement.amount
        else:
            cuts[movement.day] = cuts.get(movement.day, Money.zero(principal.currency)) + movement.amount
    segments = []
    since = due
    for day in (*sorted(cuts), until):
        if day > since and not principal.is_zero:
            segments.append(Segment(_day_after(since), day, (day - since).days, principal))
        since = max(since, day)
        principal -= cuts.get(day, Money.zero(principal.currency))
    return tuple(segments)


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
