"""Money expected by week: agreed parts and dated promises, weighted by how well the client keeps its word."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from negotiation_kit.money import Money
from negotiation_kit.reckoning.exact import rounded
from negotiation_kit.reckoning.keeping import Rate
from negotiation_kit.reckoning.reckon import Reckoning

WEEKS = 12
ENOUGH = 5
"""Words judged from which a client's own record speaks; below it the portfolio's does."""
PLAN, PROMISE = "plan", "promise"
_RUNNING = ("open", "late")
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Awaited:
    """Money a client is to pay on a day."""

    client: str
    kind: str
    """plan, for a part of a signed plan, or promise."""
    day: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Weighted:
    """What comes if every word is kept, and what the record lets us expect."""

    best: Money
    expected: Money | None
    """Nothing while no word of anybody has been judged yet."""


@dataclass(frozen=True, slots=True)
class Week:
    """One ISO week, or all that comes after the last of them."""

    year: int
    number: int
    monday: date
    plan: Weighted
    """Parts of signed plans."""
    promised: Weighted
    """Dated promises, apart: money promised may be the money of a plan."""


@dataclass(frozen=True, slots=True)
class ExpectedMoney:
    """The coming weeks in one currency."""

    currency: str
    weeks: tuple[Week, ...]
    later: Week
    """From the Monday after the last week on."""


def awaited_of(reckoning: Reckoning) -> tuple[Awaited, ...]:
    """What a client is to pay: parts of a signed plan whose cure days are not over, and promises still running.

    What its day has passed without being missed is awaited on the day itself. Nothing is awaited where nothing is open.
    """
    if reckoning.debt.total.is_zero:
        return ()
    client, as_of, plan = client_key(reckoning.case.client.name), reckoning.as_of, reckoning.performance
    parts = (part for part in plan.parts if part.state in _RUNNING) if plan else ()
    planned = (Awaited(client, PLAN, max(part.due, as_of), part.short) for part in parts)
    promised = (
        Awaited(client, PROMISE, max(each.agreed_day, as_of), each.promised - each.received)
        for each in reckoning.promises.promises
        if each.is_running and each.promised and each.agreed_day
    )
    return (*planned, *promised)


def client_key(name: str) -> str:
    """One client in several cases, however its name is spaced or capitalised."""
    return " ".join(name.split()).casefold()


def expected_money(awaited: Sequence[Awaited], records: Mapping[str, Rate], as_of: date) -> tuple[ExpectedMoney, ...]:
    """The coming weeks, one table a currency, by the records of the clients."""
    whole = sum(records.values(), Rate())
    currencies = sorted({each.amount.currency for each in awaited})
    monday = as_of - timedelta(as_of.weekday())
    found = []
    for currency in currencies:
        mine = [each for each in awaited if each.amount.currency == currency]
        weeks = [
            _week(monday + timedelta(_WEEK * place), mine, currency, records, whole, last=place == WEEKS)
            for place in range(WEEKS + 1)
        ]
        found.append(ExpectedMoney(currency, tuple(weeks[:WEEKS]), weeks[WEEKS]))
    return tuple(found)


def _week(
    monday: date, awaited: Iterable[Awaited], currency: str, records: Mapping[str, Rate], whole: Rate, *, last: bool
) -> Week:
    until = date.max if last else monday + timedelta(_WEEK)
    mine = [each for each in awaited if monday <= each.day < until]
    year, number, _ = monday.isocalendar()
    plan, promised = (
        _weighted([each for each in mine if each.kind == kind], Money.zero(currency), records, whole)
        for kind in (PLAN, PROMISE)
    )
    return Week(year, number, monday, plan, promised)


def _weighted(awaited: Sequence[Awaited], zero: Money, records: Mapping[str, Rate], whole: Rate) -> Weighted:
    """Each sum by the record of its client; rounded once, at the end."""
    best = sum((each.amount for each in awaited), zero)
    if not whole.of:
        return Weighted(best, None)
    exact = sum((Fraction(each.amount.amount) * _weight(records[each.client], whole) for each in awaited), Fraction())
    return Weighted(best, rounded(exact, zero))


def _weight(own: Rate, whole: Rate) -> Fraction:
    rate = own if own.of >= ENOUGH else whole
    return Fraction(rate.kept, rate.of)
