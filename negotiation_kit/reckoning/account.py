"""The account of one invoice while payments come in: what is open of principal, interest and costs on a day."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from negotiation_kit.case.receivables import Invoice, Kind
from negotiation_kit.money import Money
from negotiation_kit.reckoning.interest import InvoiceInterest, Level, invoice_interest
from negotiation_kit.reckoning.terms import Terms

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Movement:
    """Money or a credit that lowered one invoice on a day."""

    day: date
    amount: Money
    credit: bool
    kind: Kind = "principal"


@dataclass(slots=True, eq=False)
class Account:
    """One invoice on its way through the days; the only thing in the reckoning that changes, and it never leaves it."""

    invoice: Invoice
    terms: Terms | None
    open: Money
    costs: list[tuple[date, Money]] = field(default_factory=list)
    interest_paid: Money = field(init=False)
    costs_paid: Money = field(init=False)
    movements: list[Movement] = field(default_factory=list)
    size_at_delay: Money | None = None
    """What was open when the delay began; nothing while there is none."""
    _levels: list[Level] = field(init=False)

    def __post_init__(self) -> None:
        """Begin with nothing paid."""
        self.interest_paid = self.costs_paid = Money.zero(self.open.currency)
        self._levels = [(self.began, self._bearing())]

    @property
    def began(self) -> date:
        """The first day of interest."""
        return first_interest_day(self.invoice)

    @property
    def disputed(self) -> Money:
        """The part of the open sum the client questions; what is paid settles the rest first."""
        questioned = self.invoice.disputed.amount if self.invoice.disputed else self.open.amount * 0
        return min(Money(questioned, self.open.currency), self.open)

    def reach(self, day: date) -> bool:
        """Note the beginning of delay when the day lies after the due day; whether it was noted just now."""
        if self.size_at_delay is not None or day <= self.invoice.due or self.open.is_zero:
            return False
        self.size_at_delay = self.open
        return True

    def due_of(self, kind: Kind, day: date, *, disputed: bool = False) -> Money:
        """What a payment of the day can settle of a kind: principal nobody questions, or all of it."""
        match kind:
            case "principal":
                return self.open if disputed else self.open - self.disputed
            case "interest":
                return self.interest(day).open if self.bears_interest else Money.zero(self.open.currency)
            case "costs":
                arisen = (amount for since, amount in self.costs if since <= day)
                return sum(arisen, Money.zero(self.open.currency)) - self.costs_paid

    def settle(self, kind: Kind, amount: Money, day: date, *, credit: bool = False) -> None:
        """Book what a payment or credit settles."""
        match kind:
            case "principal":
                self.open -= amount
                self._note_level(day)
            case "interest":
                self.interest_paid += amount
            case "costs":
                self.costs_paid += amount
        self.movements.append(Movement(day, amount, credit, kind))

    @property
    def bears_interest(self) -> bool:
        """Late interest is reckoned on it."""
        return self.terms is not None and self.invoice.interest

    def interest(self, until: date) -> InvoiceInterest:
        """The interest up to a day, with its working."""
        assert self.terms
        return invoice_interest(
            self.invoice.number, self._levels, self.terms, self.began, until, paid=self.interest_paid
        )

    def _bearing(self) -> Money:
        """What bears interest: the open sum without its questioned part."""
        return self.open - self.disputed

    def _note_level(self, day: date) -> None:
        """The day of payment still counts for the sum before it."""
        since = max(day + _ONE_DAY, self.began)
        if self._levels[-1][0] == since:
            self._levels.pop()
        self._levels.append((since, self._bearing()))


def first_interest_day(invoice: Invoice) -> date:
    """The day after the due day, or a later one the case names."""
    after_due = invoice.due + _ONE_DAY
    return max(after_due, invoice.interest_from or after_due)
