"""A repayment schedule: instalments on business days that add up to the sum they settle."""

from dataclasses import dataclass
from datetime import date

from negotiation_kit.money import Money


@dataclass(frozen=True, slots=True)
class Covered:
    """A part of an invoice that an instalment settles."""

    invoice: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment of a schedule and what is left after it."""

    number: int
    due: date
    amount: Money
    """What is paid, interest inside it included."""
    left: Money
    """Principal left after it."""
    source: str = ""
    """From which receipt of the client it comes."""
    wished: date | None = None
    """The day the plan asks for, before it moved off a rest day; nothing where the day was given by hand."""
    interest: Money | None = None
    """The interest inside the amount; nothing where parts are principal alone."""
    covers: tuple[Covered, ...] = ()
    """Which invoices its principal settles."""

    @property
    def principal(self) -> Money:
        """The amount without the interest inside it."""
        return self.amount - self.interest if self.interest else self.amount


@dataclass(frozen=True, slots=True)
class Schedule:
    """Instalments in the order of their days; their principal is the base, to the last unit."""

    base: Money
    """The principal that is settled."""
    instalments: tuple[Instalment, ...]
    unit: Money | None = None
    """What parts were rounded to; nothing where every sum was given by hand."""
    remainder: str | None = None
    """The part that takes the remainder, first or last."""

    @property
    def first(self) -> Instalment:
        """The proof of will."""
        return self.instalments[0]

    @property
    def last(self) -> Instalment:
        """The one that settles the rest."""
        return self.instalments[-1]

    @property
    def total(self) -> Money:
        """The sum of the instalments, interest inside them included."""
        return sum((each.amount for each in self.instalments), Money.zero(self.base.currency))

    @property
    def interest(self) -> Money | None:
        """The interest inside the instalments; nothing where they are principal alone."""
        inside = [each.interest for each in self.instalments if each.interest is not None]
        return sum(inside, Money.zero(self.base.currency)) if inside else None
