"""A repayment schedule: instalments on business days that add up to the sum they settle."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from negotiation_kit.money import Money


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment of a schedule and what is left after it."""

    number: int
    due: date
    amount: Money
    left: Money
    source: str = ""
    """From which receipt of the client it comes."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Instalments in the order of their days; their sum is the base, to the last unit."""

    base: Money
    instalments: tuple[Instalment, ...]

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
        """The sum of the instalments."""
        return sum((each.amount for each in self.instalments), Money.zero(self.base.currency))


def lay_out(base: Money, parts: Sequence[tuple[date, Money, str]]) -> Schedule:
    """The schedule of dated sums, with what is left of the base after each."""
    left = base
    instalments = []
    for number, (due, amount, source) in enumerate(parts, start=1):
        left -= amount
        instalments.append(Instalment(number, due, amount.rounded(), left.rounded(), source))
    return Schedule(base.rounded(), tuple(instalments))
