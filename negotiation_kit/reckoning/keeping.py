"""How well words are kept: promises and parts of plans, by number and by money."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Self

from negotiation_kit.money import Money
from negotiation_kit.reckoning.exact import to_decimal
from negotiation_kit.reckoning.performance import PlanPerformance
from negotiation_kit.reckoning.promises import JUDGED, PromiseLedger

_IN_TIME = ("early", "paid", "cured")
"""A part put right within its cure days is kept."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of the words given were kept, of those that can be judged."""

    kept: int = 0
    of: int = 0

    def __add__(self, other: Self) -> Self:
        return type(self)(self.kept + other.kept, self.of + other.of)

    @property
    def percent(self) -> Decimal | None:
        """The same in percent, to one decimal; nothing where nothing can be judged."""
        return _percent(Fraction(self.kept), Fraction(self.of))


@dataclass(frozen=True, slots=True)
class MoneyRate:
    """How much of the money named came in time; one a currency."""

    kept: Money
    of: Money

    @property
    def currency(self) -> str:
        """The currency of both sums."""
        return self.of.currency

    @property
    def percent(self) -> Decimal | None:
        """The same in percent, to one decimal."""
        return _percent(Fraction(self.kept.amount), Fraction(self.of.amount))


@dataclass(frozen=True, slots=True)
class Word:
    """One word that was given and can be judged: a promise, or a part of a signed plan."""

    kind: str
    """promise or part."""
    kept: bool
    named: Money
    came: Money
    """What of it came in time."""


def words_of(promises: PromiseLedger, plan: PlanPerformance | None) -> Iterator[Word]:
    """Every word of a client that can be judged on the day."""
    for each in promises.promises:
        if each.promised and each.state in JUDGED:
            yield Word("promise", each.state == "kept", each.promised, each.received)
    for part in plan.parts if plan else ():
        kept = part.state in _IN_TIME
        if kept or part.is_missed:
            yield Word("part", kept, part.amount, part.amount if kept else Money.zero(part.amount.currency))


def rate(words: Iterable[Word]) -> Rate:
    """How many were kept."""
    told = [word.kept for word in words]
    return Rate(sum(told), len(told))


def money_rates(words: Iterable[Word]) -> tuple[MoneyRate, ...]:
    """How much came in time, one line a currency."""
    sums: dict[str, tuple[Money, Money]] = {}
    for word in words:
        zero = Money.zero(word.named.currency)
        kept, of = sums.get(zero.currency, (zero, zero))
        sums[zero.currency] = kept + word.came, of + word.named
    return tuple(MoneyRate(*sums[code]) for code in sorted(sums))


def _percent(kept: Fraction, of: Fraction) -> Decimal | None:
    return to_decimal(100 * kept / of, 1) if of else None
