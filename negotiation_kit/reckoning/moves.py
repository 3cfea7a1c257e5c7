"""Why a printed day is not the day that was counted: it fell on a day of rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from negotiation_kit.days import JointCalendar, Rest
from negotiation_kit.reckoning.clock import Clock
from negotiation_kit.reckoning.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Move:
    """A day that moved off a day of rest."""

    counted: date
    day: date
    why: tuple[Rest, ...]


def moves_of(schedule: Schedule | None, clock: Clock | None, calendars: JointCalendar) -> tuple[Move, ...]:
    """Every move behind the days of a schedule and a clock, each once, in the order of the days."""
    dated: list[tuple[date | None, date]] = []
    if schedule:
        dated += [(part.wished, part.due) for part in schedule.instalments]
    if clock:
        dated += [(step.counted, step.day) for step in clock.steps]
    return tuple(_moves(dated, calendars))


def _moves(dated: Iterable[tuple[date | None, date]], calendars: JointCalendar) -> Iterable[Move]:
    for counted, day in sorted({(counted, day) for counted, day in dated if counted and counted != day}):
        yield Move(counted, day, calendars.why_rest(counted))
