"""What is open on a day: invoices less credits and payments, how long overdue, how much of it questioned."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from negotiation_kit.case.case import Case
from negotiation_kit.case.receivables import Invoice
from negotiation_kit.money import Money

BANDS = (("0-30", 30), ("31-60", 60), ("61-90", 90))
NOT_DUE, OLDEST = "not_due", "90+"


@dataclass(frozen=True, slots=True)
class Movement:
    """Money or a credit that lowered one invoice on a day."""

    day: date
    amount: Money
    credit: bool


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
    days_overdue: int
    """Days after the due day; 0 when it is settled or not yet past its day."""
    band: str

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
        return None if self.is_open or not self.movements else self.movements[-1].day


@dataclass(frozen=True, slots=True)
class Debt:
    """What the client owes on a day, invoice by invoice; principal only."""

    as_of: date
    currency: str
    invoices: tuple[InvoiceBalance, ...]
    """Every invoice issued by that day, oldest due first."""
    unallocated: Money
    """Money received beyond all invoices: a credit balance to be explained, never lost."""

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


def open_debt(case: Case, as_of: date) -> Debt:
    """The debt at the end of a day.

    A credit lowers the invoice it names. A payment settles the invoice the payer named; what is left of it, and any
    payment that names none, settles the oldest due invoice first. Later entries do not exist yet.
    """
    invoices = sorted(
        (invoice for invoice in case.invoices if invoice.issued <= as_of),
        key=lambda invoice: (invoice.due, invoice.issued, invoice.number),
    )
    open_sums = {invoice.number: Money(invoice.amount, case.currency) for invoice in invoices}
    movements: dict[str, list[Movement]] = {invoice.number: [] for invoice in invoices}
    unallocated = Money.zero(case.currency)
    for day, named, amount, credit in _entries(case, as_of):
        left = amount
        for number in _settling_order(named, invoices, credit=credit):
            taken = min(left, open_sums[number])
            if not taken.is_zero:
                open_sums[number] -= taken
                left -= taken
                movements[number].append(Movement(day, taken, credit))
        unallocated += left
    balances = tuple(
        _balance(invoice, Money(invoice.amount, case.currency), tuple(movements[invoice.number]), as_of)
        for invoice in invoices
    )
    return Debt(as_of, case.currency, balances, unallocated)


def _entries(case: Case, as_of: date) -> Sequence[tuple[date, str | None, Money, bool]]:
    """Credits and payments in the order of their days; on one day credits come first."""
    credits_ = [(each.day, each.invoice, Money(each.amount, case.currency), True) for each in case.credits]
    payments = [(each.day, each.invoice, Money(each.amount, case.currency), False) for each in case.payments]
    known = [entry for entry in credits_ + payments if entry[0] <= as_of]
    return sorted(known, key=lambda entry: (entry[0], not entry[3]))


def _settling_order(named: str | None, invoices: Sequence[Invoice], *, credit: bool) -> list[str]:
    oldest_first = [invoice.number for invoice in invoices]
    if named not in oldest_first:
        return oldest_first
    return [named] if credit else [named, *(number for number in oldest_first if number != named)]


def _balance(invoice: Invoice, amount: Money, movements: tuple[Movement, ...], as_of: date) -> InvoiceBalance:
    zero = Money.zero(amount.currency)
    credited = sum((each.amount for each in movements if each.credit), zero)
    paid = sum((each.amount for each in movements if not each.credit), zero)
    open_ = amount - credited - paid
    questioned = Money(invoice.disputed.amount, amount.currency) if invoice.disputed else zero
    disputed = min(questioned, open_)
    days = 0 if open_.is_zero else max(0, (as_of - invoice.due).days)
    return InvoiceBalance(
        invoice=invoice,
        amount=amount,
        movements=movements,
        credited=credited,
        paid=paid,
        open=open_,
        disputed=disputed,
        undisputed=open_ - disputed,
        days_overdue=days,
        band=_band(days),
    )


def _band(days_overdue: int) -> str:
    if days_overdue == 0:
        return NOT_DUE
    return next((name for name, last in BANDS if days_overdue <= last), OLDEST)
