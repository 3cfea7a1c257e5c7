"""Both results of a closed case, and of all of them: the money, how long it took, and whether the client stayed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from negotiation_kit.case.closing import MoneyResult
from negotiation_kit.money import Money
from negotiation_kit.periods import Period, step
from negotiation_kit.problems import Problem
from negotiation_kit.reckoning.exact import to_decimal
from negotiation_kit.reckoning.keeping import Rate
from negotiation_kit.reckoning.letters import letters_of, revived_interest
from negotiation_kit.reckoning.reckon import Reckoning

RETAINED_AFTER = Period(6, "month")
"""When it is looked at whether the client still buys (method, section 8)."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a case brought, whether it is recorded as closed or not."""

    since: date
    """The day the oldest of the money should have come."""
    last: date | None
    """The day the last of it came."""
    collected: Money
    """What came after that day."""
    late_interest: Money
    """What of it settled late interest."""
    meetings: int
    signed: int
    """Meetings whose minutes were signed."""

    @property
    def days(self) -> int | None:
        """From the day it should have come to the last of it."""
        return (self.last - self.since).days if self.last else None


def result_of(reckoning: Reckoning) -> Result | None:
    """The result of a case on its day; nothing where nothing was ever late."""
    debt, as_of = reckoning.debt, reckoning.as_of
    late = [
        each.invoice.due
        for each in debt.invoices
        if each.is_overdue or (each.settled_on is not None and each.settled_on > each.invoice.due)
    ]
    if not late:
        return None
    came = [each for each in debt.settlements if each.payment.day > min(late)]
    zero = Money.zero(debt.currency)
    interest = (part.amount for each in came for part in each.parts if part.kind == "interest")
    met = [each for each in (reckoning.case.outcome, *reckoning.case.earlier_outcomes) if each and each.day <= as_of]
    return Result(
        since=min(late),
        last=max((each.payment.day for each in came), default=None),
        collected=sum((each.amount for each in came), zero),
        late_interest=sum(interest, zero),
        meetings=len(met),
        signed=sum(each.signed is not None and each.signed <= as_of for each in met),
    )


def is_closed(reckoning: Reckoning) -> bool:
    """The case is recorded as closed by the day of the reckoning."""
    closing = reckoning.case.closing
    return closing is not None and closing.day <= reckoning.as_of


def money_result(reckoning: Reckoning) -> MoneyResult:
    """What the books say of the money on the day."""
    closing = letters_of(reckoning).closing
    if closing:
        return "paid in full" if reckoning.debt.total.is_zero else "paid as agreed"
    return "handed over" if reckoning.case.legal.is_with_legal(reckoning.as_of) else "written off"


def retained_day(closed: date) -> date:
    """The day on which it is looked at whether the client still buys."""
    return step(closed, RETAINED_AFTER, 1)


def closing_problems(reckoning: Reckoning) -> Iterator[Problem]:
    """Why a closing is not what the books and the papers say, on its own day."""
    closing = reckoning.case.closing
    if closing is None:
        return
    debt, letters = reckoning.debt, letters_of(reckoning)
    place, said = closing.place_of("money"), f"closing.money is {closing.money!r}"
    given_up = letters.closing is not None and not debt.total.is_zero
    if closing.money in {"paid in full", "paid as agreed"} and letters.closing is None:
        left = debt.total + debt.costs
        message = f"{said}, but on {closing.day} there is still {left} open, or nothing was ever late"
        way_out = "book what came in (negotiation-kit payments), or say what became of it: written off, handed over"
        yield Problem(place, message, way_out)
    elif closing.money in {"paid in full", "paid as agreed"} and (owed := revived_interest(reckoning)):
        way_out = "ask the superior whether it is claimed or waived, and write it under interest"
        yield Problem(place, f"{said}, but by the minutes late interest is owed: {owed}", way_out)
    elif closing.money == "paid in full" and given_up:
        yield Problem(place, f"{said}, but {debt.total} of it was given up", "write paid as agreed")
    elif closing.money == "paid as agreed" and not given_up:
        yield Problem(place, f"{said}, but nothing of it was given up", "write paid in full")
    if closing.money == "written off" and closing.decided_by is None:
        hint = "write closing.decided_by: who decided it, and when; the account manager gives up nothing alone"
        yield Problem(place, f"{said}, and nobody is named who decided it", hint)
    if closing.money == "handed over" and not reckoning.case.legal.is_with_legal(closing.day):
        hint = "write legal.taken_over: negotiation-kit record --taken-over DAY"
        yield Problem(place, f"{said}, but legal has not confirmed by {closing.day} that it has the file", hint)
    if (closing.retained is None) != (closing.retained_on is None):
        hint = "write closing.retained and closing.retained_on together"
        yield Problem(closing.place_of(), "of closing.retained and closing.retained_on one is missing", hint)
    elif closing.retained_on and closing.retained_on <= closing.day:
        message = f"closing.retained_on is {closing.retained_on}, not after the closing on {closing.day}"
        yield Problem(closing.place_of("retained_on"), message, "it is looked at six months later")


@dataclass(frozen=True, slots=True)
class Closed:
    """One case as the figures of all count it."""

    result: Result | None
    is_closed: bool
    stayed: bool
    """The relationship was not lost."""
    retained: bool | None
    """Still buys six months later; nothing while nobody has looked."""


def closed_of(reckoning: Reckoning) -> Closed:
    """What the figures of all cases need of one."""
    closing = reckoning.case.closing if is_closed(reckoning) else None
    looked = closing is not None and closing.retained_on is not None and closing.retained_on <= reckoning.as_of
    return Closed(
        result=result_of(reckoning),
        is_closed=closing is not None,
        stayed=closing is not None and closing.relationship != "lost",
        retained=closing.retained if closing and looked else None,
    )


@dataclass(frozen=True, slots=True)
class Collected:
    """What the closed cases of one currency brought."""

    cases: int
    amount: Money
    interest: Money
    """What of it was late interest."""


@dataclass(frozen=True, slots=True)
class Results:
    """The figures of the cases that are closed, and of the meetings of all."""

    closed: int
    collected: tuple[Collected, ...]
    """One line a currency."""
    average_days: Decimal | None
    """From the day the money should have come to the last of it, to one decimal."""
    stayed: Rate
    """Closed cases in which the relationship was not lost."""
    retained: Rate
    """Clients that still bought six months later, of those looked at."""
    signed: Rate
    """Meetings whose minutes were signed, of all that were held."""


def results_of(cases: Sequence[Closed]) -> Results:
    """The figures of many cases."""
    closed = [each for each in cases if each.is_closed]
    days = [each.result.days for each in closed if each.result and each.result.days is not None]
    looked = [each.retained for each in closed if each.retained is not None]
    results = [each.result for each in cases if each.result]
    return Results(
        closed=len(closed),
        collected=tuple(_collected(each.result for each in closed if each.result)),
        average_days=to_decimal(Fraction(sum(days), len(days)), 1) if days else None,
        stayed=Rate(sum(each.stayed for each in closed), len(closed)),
        retained=Rate(sum(looked), len(looked)),
        signed=Rate(sum(each.signed for each in results), sum(each.meetings for each in results)),
    )


def _collected(results: Iterable[Result]) -> Iterator[Collected]:
    found: dict[str, list[Result]] = {}
    for each in results:
        found.setdefault(each.collected.currency, []).append(each)
    for currency in sorted(found):
        mine, zero = found[currency], Money.zero(currency)
        amount, interest = (sum(each, zero) for each in ((r.collected for r in mine), (r.late_interest for r in mine)))
        yield Collected(len(mine), amount, interest)
