"""Many cases as one worklist: exceptions first, totals a currency, money expected, and what management decided."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from negotiation_kit.money import Money
from negotiation_kit.reckoning.carried import Carried, carried_of
from negotiation_kit.reckoning.exact import to_decimal
from negotiation_kit.reckoning.expected import Awaited, ExpectedMoney, awaited_of, client_key, expected_money
from negotiation_kit.reckoning.keeping import MoneyRate, Rate, Word, money_rates, rate, words_of
from negotiation_kit.reckoning.reckon import Reckoning
from negotiation_kit.reckoning.results import Closed, Results, closed_of, results_of
from negotiation_kit.reckoning.totals import Standing, Sums, Totals, alphabetical, totals
from negotiation_kit.reckoning.worklist import WorkRow, urgency, work_row


@dataclass(frozen=True, slots=True)
class FirstCalls:
    """How soon we call after a missed date."""

    cases: int
    """Cases overdue in which somebody has called."""
    not_yet: int
    """Cases overdue in which nobody has."""
    average_days: Decimal | None
    """Calendar days from the due day to the first call, to one decimal."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How well clients keep their word."""

    promises: Rate
    promise_money: tuple[MoneyRate, ...]
    parts: Rate
    """Parts of signed plans."""
    part_money: tuple[MoneyRate, ...]

    @property
    def words(self) -> Rate:
        """Promises and parts together: what a client without a record of its own is held to."""
        return self.promises + self.parts


@dataclass(frozen=True, slots=True)
class CarriedTotal:
    """All that stands under one name in one currency; a case counts once, however often was decided about it."""

    by: str | None
    cases: int
    overdue: Money


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All cases on a day."""

    as_of: date
    rows: tuple[WorkRow, ...]
    """What cannot wait first, the gravest on top; then by the day of the next step; closed cases last."""
    totals: Totals
    keeping: Keeping
    first_calls: FirstCalls
    results: Results
    expected: tuple[ExpectedMoney, ...]
    carried: tuple[Carried, ...]
    """Decisions of management, by name."""
    carried_totals: tuple[CarriedTotal, ...]
    """One line a name and currency; a case two people decided about stands under both."""

    @property
    def exceptions(self) -> tuple[WorkRow, ...]:
        """The cases with something that cannot wait."""
        return tuple(row for row in self.rows if row.is_exception)

    @property
    def papers_missing(self) -> tuple[WorkRow, ...]:
        """The others in which papers are not all in copy."""
        return tuple(row for row in self.rows if row.lacks_papers)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the portfolio needs of one case, so that the whole reckoning of it can be let go."""

    standing: Standing
    words: tuple[Word, ...]
    awaited: tuple[Awaited, ...]
    carried: tuple[Carried, ...]
    first_call: int | None
    """Days from the due day to our first call."""
    closed: Closed


def entry_of(reckoning: Reckoning) -> Entry:
    """A case as the portfolio sees it."""
    debts = [each for each in (reckoning.debt, *reckoning.other_debts) if not each.total.is_zero]
    return Entry(
        standing=Standing(work_row(reckoning), tuple(Sums.of(each) for each in debts)),
        words=tuple(words_of(reckoning.promises, reckoning.performance)),
        awaited=awaited_of(reckoning),
        carried=carried_of(reckoning),
        first_call=_first_call(reckoning),
        closed=closed_of(reckoning),
    )


def portfolio_of(entries: Iterable[Entry], as_of: date) -> Portfolio:
    """The worklist of cases that were reckoned for one day."""
    known = tuple(entries)
    rows = sorted((each.standing.row for each in known), key=urgency)
    words = [word for each in known for word in each.words]
    promises, parts = ([word for word in words if word.kind == kind] for kind in ("promise", "part"))
    carried = sorted((each for entry in known for each in entry.carried), key=_by_name)
    return Portfolio(
        as_of=as_of,
        rows=tuple(rows),
        totals=totals([each.standing for each in known]),
        keeping=Keeping(rate(promises), money_rates(promises), rate(parts), money_rates(parts)),
        first_calls=_first_calls(known),
        results=results_of([each.closed for each in known]),
        expected=expected_money([each for entry in known for each in entry.awaited], _records(known), as_of),
        carried=tuple(carried),
        carried_totals=_carried_totals(carried),
    )


def portfolio(reckonings: Iterable[Reckoning], as_of: date) -> Portfolio:
    """The worklist of reckonings of one day, each looked at once."""
    return portfolio_of((entry_of(each) for each in reckonings), as_of)


def _first_call(reckoning: Reckoning) -> int | None:
    clock, as_of = reckoning.clock, reckoning.as_of
    if clock is None:
        return None
    due = clock.day_of("due")
    calls = [each.day for each in reckoning.case.contacts if each.direction == "out" and due < each.day <= as_of]
    return (min(calls) - due).days if calls else None


def _first_calls(entries: Sequence[Entry]) -> FirstCalls:
    overdue = [each.first_call for each in entries if each.standing.row.days_overdue]
    days = [each for each in overdue if each is not None]
    average = to_decimal(Fraction(sum(days), len(days)), 1) if days else None
    return FirstCalls(len(days), len(overdue) - len(days), average)


def _records(entries: Sequence[Entry]) -> dict[str, Rate]:
    """How each client keeps its word, over all its cases."""
    records: dict[str, Rate] = {}
    for each in entries:
        client = client_key(each.standing.row.client)
        records[client] = records.get(client, Rate()) + rate(each.words)
    return records


def _by_name(carried: Carried) -> tuple[tuple[bool, str], str, date]:
    return alphabetical(carried.by), carried.case, carried.day or date.max


def _carried_totals(carried: Iterable[Carried]) -> tuple[CarriedTotal, ...]:
    sums: dict[tuple[str | None, str], dict[str, Money]] = {}
    for each in carried:
        for amount in each.overdue:
            sums.setdefault((each.by, amount.currency), {})[each.case] = amount
    lines = (
        CarriedTotal(by, len(cases), sum(cases.values(), Money.zero(currency)))
        for (by, currency), cases in sums.items()
    )
    return tuple(sorted(lines, key=lambda line: (alphabetical(line.by), line.overdue.currency)))
