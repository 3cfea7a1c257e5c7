"""What is open on a day, invoice by invoice, and what each payment settled."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from negotiation_kit.case.fields import Visibility, shown_to
from negotiation_kit.case.receivables import Invoice, Kind, Payment
from negotiation_kit.money import Money
from negotiation_kit.reckoning.account import Movement
from negotiation_kit.reckoning.allocation import Order
from negotiation_kit.reckoning.compensation import FixedSum, FixedSums
from negotiation_kit.reckoning.interest import InvoiceInterest, LateInterest

BANDS = (("0-30", 30), ("31-60", 60), ("61-90", 90))
NOT_DUE, OLDEST = "not_due", "90+"


@dataclass(frozen=True, slots=True)
class Settled:
    """A part of a payment and what it settled."""

    kind: Kind
    invoice: str | None
    """Nothing for costs that belong to no invoice."""
    amount: Money


@dataclass(frozen=True, slots=True)
class Settlement:
    """One payment and what became of it."""

    payment: Payment
    amount: Money
    by: str
    """Whose word decided: named (the payer's), law, agreement, or principal first."""
    parts: tuple[Settled, ...]
    left: Money
    """What was left when nothing was owed any more."""


@dataclass(frozen=True, slots=True)
class CostItem:
    """A cost of recovery that is claimed."""

    day: date
    amount: Money
    what: str
    """What it was for; nothing for the fixed sum of the law."""
    invoice: str | None
    fixed: FixedSum | None


@dataclass(frozen=True, slots=True)
class InvoiceBalance:
    """One invoice on the day of the reckoning."""

    invoice: Invoice
    amount: Money
    movements: tuple[Movement, ...]
    credited: Money
    paid: Money
    open: Money
    disputed: Money
    """The part of the open sum the client questions."""
    undisputed: Money
    interest: InvoiceInterest | None
    """Late interest up to the day; nothing where the case reckons none."""
    days_overdue: int
    """Days after the due day; 0 when it is settled or not yet past its day."""
    band: str

    @property
    def lowered(self) -> Money:
        """Paid and credited."""
        return self.paid + self.credited

    @property
    def is_open(self) -> bool:
        """Something is still to be paid."""
        return not self.open.is_zero

    @property
    def is_overdue(self) -> bool:
        """Its day has passed and something is still to be paid."""
        return self.days_overdue > 0

    @property
    def settled_on(self) -> date | None:
        """The day the last of it was paid or credited."""
        days = [each.day for each in self.movements if each.kind == "principal"]
        return days[-1] if days and not self.is_open else None


@dataclass(frozen=True, slots=True)
class Debt:
    """What the client owes on a day, invoice by invoice; sums are principal unless they say otherwise."""

    as_of: date
    currency: str
    invoices: tuple[InvoiceBalance, ...]
    """Every invoice issued by that day, oldest due first."""
    unallocated: Money
    """Money received beyond all that is owed: a credit balance to be explained, never lost."""
    order: Order
    """In which order payments were settled."""
    settlements: tuple[Settlement, ...]
    """Every payment in the order of the days."""
    cost_items: tuple[CostItem, ...]
    """Costs and fixed sums claimed, in the order of the days."""
    costs: Money
    """What is still to be paid of them."""
    interest: LateInterest | None
    fixed_sums: FixedSums | None = field(metadata=shown_to(Visibility.INTERNAL))
    """The fixed sums of the law, decided or not; what is claimed of them is among the cost items."""

    @property
    def open_invoices(self) -> tuple[InvoiceBalance, ...]:
        """Invoices with something to pay."""
        return tuple(balance for balance in self.invoices if balance.is_open)

    @property
    def overdue_invoices(self) -> tuple[InvoiceBalance, ...]:
        """Invoices past their day with something to pay."""
        return tuple(balance for balance in self.invoices if balance.is_overdue)

    @property
    def total(self) -> Money:
        """All that is open, due or not."""
        return self._sum(balance.open for balance in self.invoices)

    @property
    def overdue(self) -> Money:
        """All that is past its day."""
        return self._sum(balance.open for balance in self.overdue_invoices)

    @property
    def not_due(self) -> Money:
        """Open, and its day has not passed."""
        return self.total - self.overdue

    @property
    def disputed(self) -> Money:
        """The questioned part of what is overdue."""
        return self._sum(balance.disputed for balance in self.overdue_invoices)

    @property
    def undisputed(self) -> Money:
        """The overdue part nobody questions: the base of every offer."""
        return self._sum(balance.undisputed for balance in self.overdue_invoices)

    @property
    def is_settled(self) -> bool:
        """Nothing is open, neither principal nor claimed interest nor costs, and no money waits for its use."""
        interest = self.interest.total if self.interest and self.interest.claim == "claimed" else None
        sums = (self.total, self.costs, self.unallocated, *([interest] if interest else []))
        return all(each.is_zero for each in sums)

    @property
    def shows_settlements(self) -> bool:
        """What a payment settled needs telling: something other than principal, or nothing at all."""
        plain = all(part.kind == "principal" for each in self.settlements for part in each.parts)
        return bool(self.settlements) and (not plain or not self.unallocated.is_zero)

    @property
    def claimed(self) -> Money:
        """All that is claimed on the day: what is past its day and not in question, claimed interest, and costs."""
        interest = self.interest
        sums = [self.undisputed, self.costs, *([interest.total] if interest and interest.claim == "claimed" else [])]
        return self._sum(iter(sums))

    @property
    def days_overdue(self) -> int:
        """Days since the oldest open invoice should have been paid."""
        return max((balance.days_overdue for balance in self.invoices), default=0)

    @property
    def ageing(self) -> tuple[tuple[str, Money], ...]:
        """What is open by age band, every band named even when nothing is in it."""
        names = (NOT_DUE, *(name for name, _ in BANDS), OLDEST)
        return tuple((name, self._sum(each.open for each in self.invoices if each.band == name)) for name in names)

    def _sum(self, amounts: Iterator[Money]) -> Money:
        return sum(amounts, Money.zero(self.currency))


def band_of(days_overdue: int) -> str:
    """The age band of an invoice."""
    if days_overdue == 0:
        return NOT_DUE
    return next((name for name, last in BANDS if days_overdue <= last), OLDEST)
