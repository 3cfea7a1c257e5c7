"""Sums of many cases: one line a currency, always; sums of two currencies are never added."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from negotiation_kit.case.fields import choices
from negotiation_kit.case.party import Segment
from negotiation_kit.money import Money
from negotiation_kit.reckoning.debt import BANDS, NOT_DUE, OLDEST, Debt
from negotiation_kit.reckoning.facts import VOCABULARY
from negotiation_kit.reckoning.worklist import WorkRow

AGES = (NOT_DUE, *(name for name, _ in BANDS), OLDEST)
_FIELDS = (("segment", choices(Segment)), ("stage", VOCABULARY["stage"]), ("track", VOCABULARY["track"]))


@dataclass(frozen=True, slots=True)
class Total:
    """The cases that have one thing in common, in one currency."""

    value: str | None
    """What they have in common; nothing where it is not known."""
    cases: int
    open: Money
    overdue: Money

    @property
    def currency(self) -> str:
        """The currency of both sums."""
        return self.open.currency


@dataclass(frozen=True, slots=True)
class Ageing:
    """What is open in one currency, by how long it has been due."""

    currency: str
    bands: tuple[tuple[str, Money], ...]
    """Every band named even when nothing is in it."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What is open, in sums; a case with two currencies is counted in the lines of both, a closed one in none."""

    whole: tuple[Total, ...]
    by_owner: tuple[Total, ...]
    by_segment: tuple[Total, ...]
    by_stage: tuple[Total, ...]
    by_track: tuple[Total, ...]
    ageing: tuple[Ageing, ...]


@dataclass(frozen=True, slots=True)
class Sums:
    """What a case owes in one currency."""

    open: Money
    overdue: Money
    ageing: tuple[tuple[str, Money], ...]

    @classmethod
    def of(cls, debt: Debt) -> Self:
        """The sums of a debt, without its invoices."""
        return cls(debt.total, debt.overdue, debt.ageing)

    @property
    def currency(self) -> str:
        """The currency of all of them."""
        return self.open.currency


@dataclass(frozen=True, slots=True)
class Standing:
    """What is open of a case beside its line: one a currency, none for a closed case."""

    row: WorkRow
    sums: tuple[Sums, ...]


def totals(standings: Sequence[Standing]) -> Totals:
    """All totals of the worklist."""
    segment, stage, track = (_totals(standings, _field(name), _in(order)) for name, order in _FIELDS)
    return Totals(
        whole=_totals(standings, lambda _: "", _by_name),
        by_owner=_totals(standings, _field("owner"), _by_name),
        by_segment=segment,
        by_stage=stage,
        by_track=track,
        ageing=_ageing(standings),
    )


def alphabetical(name: str | None) -> tuple[bool, str]:
    """The place of a name in a list, accents and capitals apart; the missing one comes last."""
    plain = unicodedata.normalize("NFKD", name or "")
    return name is None, "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


_by_name = alphabetical


def _field(name: str) -> Callable[[WorkRow], str | None]:
    return lambda row: getattr(row, name)


def _in(order: Sequence[object]) -> Callable[[str | None], tuple[bool, int]]:
    return lambda value: (value is None, order.index(value) if value is not None else 0)


def _totals(
    standings: Sequence[Standing],
    value_of: Callable[[WorkRow], str | None],
    place: Callable[[str | None], tuple[bool, str] | tuple[bool, int]],
) -> tuple[Total, ...]:
    groups: dict[tuple[str | None, str], list[Sums]] = {}
    for standing in standings:
        for each in standing.sums:
            groups.setdefault((value_of(standing.row), each.currency), []).append(each)
    lines = (
        Total(
            value,
            len(mine),
            sum((each.open for each in mine), Money.zero(currency)),
            sum((each.overdue for each in mine), Money.zero(currency)),
        )
        for (value, currency), mine in groups.items()
    )
    return tuple(sorted(lines, key=lambda line: (place(line.value), line.value or "", line.currency)))


def _ageing(standings: Iterable[Standing]) -> tuple[Ageing, ...]:
    found: dict[str, dict[str, Money]] = {}
    for standing in standings:
        for each in standing.sums:
            mine = found.setdefault(each.currency, dict.fromkeys(AGES, Money.zero(each.currency)))
            for band, amount in each.ageing:
                mine[band] += amount
    return tuple(Ageing(currency, tuple(found[currency].items())) for currency in sorted(found))
