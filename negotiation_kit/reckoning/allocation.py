"""What a payment settles: which debt first, and inside it costs, interest or principal; as law or agreement says."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal, Protocol, assert_never

from negotiation_kit.case.case import Case
from negotiation_kit.case.receivables import Invoice, Kind
from negotiation_kit.law.jurisdiction import AllocationRule, DebtOrder
from negotiation_kit.money import Money

By = Literal["law", "agreement", "principal first"]
PRINCIPAL_FIRST: tuple[Kind, ...] = ("principal", "interest", "costs")


class Owed(Protocol):
    """One debt as the order of settlement sees it."""

    @property
    def invoice(self) -> Invoice:
        """The invoice behind it."""
        ...

    @property
    def open(self) -> Money:
        """Principal that is open."""
        ...


@dataclass(frozen=True, slots=True)
class Order:
    """Whose order of settlement holds, and what it is."""

    by: By
    law: str
    """Act and section, or where the agreement stands."""
    kinds: tuple[Kind, ...]
    across: Literal["invoice by invoice", "kind by kind"]
    between: tuple[DebtOrder, ...]
    invoices: Literal["by law", "earliest due", "latest due", "smallest", "largest", "pro rata"]
    pro_rata: bool
    """Debts alike in every respect share a payment."""
    interest: bool
    """Payments may settle interest: it is claimed, or law or agreement were named on purpose."""


def order_of(case: Case, rule: AllocationRule) -> Order:
    """The order of a case: what it says itself; else the law's if interest is claimed, and principal first if not.

    The law gives a creditor interest before principal so that interest which is owed does not go unpaid; where a case
    does not claim interest, nobody asks for that.
    """
    said, claim = case.allocation, case.interest.claim if case.interest else "not claimed"
    by: By = said.by if said else "law" if claim == "claimed" else "principal first"
    kinds = {"law": rule.inside, "agreement": said.order if said else (), "principal first": PRINCIPAL_FIRST}[by]
    named = said is not None and said.by != "principal first"
    return Order(
        by=by,
        law=(said.basis if said else None) or rule.law,
        kinds=(*kinds, *(kind for kind in rule.inside if kind not in kinds)),
        across=said.across if said and by == "agreement" else "kind by kind" if by != "law" else "invoice by invoice",
        between=rule.between,
        invoices=said.invoices if said else "by law",
        pro_rata=rule.pro_rata,
        interest=claim == "claimed" or (named and claim != "not claimed"),
    )


def groups(debts: Sequence[Owed], order: Order, day: date) -> Iterator[tuple[Owed, ...]]:
    """The debts in the order in which a payment of the day reaches them; debts of one group share it."""
    rank = _rank(order, day)
    ordered = sorted(debts, key=lambda debt: (rank(debt), debt.invoice.issued, debt.invoice.number))
    if order.invoices == "pro rata":
        yield tuple(ordered)
    elif order.pro_rata and order.invoices == "by law":
        for _, alike in groupby(ordered, key=rank):
            yield tuple(alike)
    else:
        yield from ((debt,) for debt in ordered)


def _rank(order: Order, day: date) -> Callable[[Owed], tuple[object, ...]]:
    match order.invoices:
        case "by law" | "pro rata":
            return lambda debt: tuple(_by_law(key, debt.invoice, day) for key in order.between)
        case "earliest due":
            return lambda debt: (debt.invoice.due,)
        case "latest due":
            return lambda debt: (-debt.invoice.due.toordinal(),)
        case "smallest":
            return lambda debt: (debt.open.amount,)
        case "largest":
            return lambda debt: (-debt.open.amount,)
        case _:
            assert_never(order.invoices)


def _by_law(key: DebtOrder, invoice: Invoice, day: date) -> object:
    """Where an invoice stands by one criterion of the law; the smaller comes first."""
    match key:
        case "due":
            return invoice.due >= day
        case "earliest due":
            return invoice.due
        case "least secured":
            return invoice.secured
        case "reminded":
            return not (invoice.reminded and invoice.reminded <= day)
        case "earliest issued":
            return invoice.issued
        case _:
            assert_never(key)


def shares(left: Money, wanted: Sequence[Money]) -> list[Money]:
    """How a sum is shared in proportion to what is wanted, to the last unit; nobody gets more than is wanted.

    Units that do not divide go one each to the largest remainders, the first of equals.
    """
    total = sum(wanted, Money.zero(left.currency))
    if total <= left:
        return list(wanted)
    unit = left.unit
    units = [int(each.amount / unit) for each in wanted]
    give, whole = int(left.amount / unit), int(total.amount / unit)
    parts = [divmod(each * give, whole) for each in units]
    given = [part for part, _ in parts]
    for place in sorted(range(len(parts)), key=lambda place: -parts[place][1])[: give - sum(given)]:
        given[place] += 1
    return [Money(each * unit, left.currency) for each in given]
