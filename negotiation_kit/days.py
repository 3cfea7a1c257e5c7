"""Business days: what a country's calendar says, several calendars at once, and steps of days and months.

Exception
  DayUnknown     a day outside the years a calendar covers; nothing is guessed about it
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal, Self, assert_never

Roll = Literal["following", "preceding", "modified following", "none"]
"""What happens to a date that is no business day."""

_ONE_DAY = timedelta(days=1)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_REQUIRED = frozenset({"code", "name", "source", "as_known_on", "known_from", "known_to", "weekend", "holidays"})
_OPTIONAL = frozenset({"moves_known_to", "moved", "working"})


class DayUnknown(ValueError):  # noqa: N818 - says what happened
    """A calendar was asked about a day it does not cover."""

    def __init__(self, day: date, calendar: "Calendar") -> None:
        """Name the day, the calendar and the days it covers."""
        self.day = day
        self.calendar = calendar.code
        self.known_from = calendar.known_from
        self.known_to = calendar.known_to
        super().__init__(
            f"{day} is outside calendar {self.calendar}, which covers {self.known_from} to {self.known_to}"
        )


@dataclass(frozen=True, slots=True)
class Caveat:
    """A calendar whose moved rest days are published up to a day only; what a paper must say about it."""

    calendar: str
    moves_known_to: date
    as_known_on: date


@dataclass(frozen=True, slots=True)
class Known:
    """Where a calendar comes from and how far it is known; what a plan says that was counted on it."""

    calendar: str
    source: str
    as_known_on: date
    known_to: date
    moves_known_to: date | None
    """Nothing where the law itself fixes every rest day."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Why a day is no business day."""

    calendar: str
    """Code of the calendar; empty where the case itself adds the day."""
    kind: Literal["weekend", "holiday", "moved", "added"]
    name: str
    """The holiday's English name, or the day that is worked instead."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The rest days and working days of one country, as known on a day from a named source."""

    code: str
    name: str
    weekend: frozenset[int]
    """Weekdays as `date.weekday()` counts them: Saturday is 5."""
    holidays: Mapping[date, str]
    moved: Mapping[date, date]
    """Rest days that stand in for another day, which is often a working Saturday."""
    working: frozenset[date]
    """Days of a weekend that are worked."""
    known_from: date
    known_to: date
    moves_known_to: date | None
    """Up to when moved days are published; nothing where the law itself fixes every rest day."""
    source: str
    as_known_on: date

    @classmethod
    def from_tree(cls, tree: Mapping[str, object]) -> Self:
        """The calendar that a file of our data says; ValueError where it does not add up."""
        _expect_keys(tree)
        calendar = cls(
            code=_text(tree["code"], "code"),
            name=_text(tree["name"], "name"),
            weekend=frozenset(_weekday(name) for name in _items(tree["weekend"], "weekend")),
            holidays={
                _day(day, "holidays"): _text(name, f"holidays.{day}")
                for day, name in _pairs(tree["holidays"], "holidays")
            },
            moved={
                _day(rest, "moved"): _day(instead, f"moved.{rest}")
                for rest, instead in _pairs(tree.get("moved", {}), "moved")
            },
            working=frozenset(_day(day, "working") for day in _items(tree.get("working", []), "working")),
            known_from=_day(tree["known_from"], "known_from"),
            known_to=_day(tree["known_to"], "known_to"),
            moves_known_to=_day(tree["moves_known_to"], "moves_known_to") if "moves_known_to" in tree else None,
            source=_text(tree["source"], "source"),
            as_known_on=_day(tree["as_known_on"], "as_known_on"),
        )
        calendar._expect_sense()
        return calendar

    def is_business_day(self, day: date) -> bool:
        """Whether people work and banks book on this day."""
        if not self.known_from <= day <= self.known_to:
            raise DayUnknown(day, self)
        if day in self.working:
            return True
        return day.weekday() not in self.weekend and day not in self.holidays and day not in self.moved

    def caveat(self, first: date, last: date) -> Caveat | None:
        """What to print about the days from first to last: moved rest days may not be known for all."""
        if self.moves_known_to is None or max(first, last) <= self.moves_known_to:
            return None
        return Caveat(self.code, self.moves_known_to, self.as_known_on)

    def _expect_sense(self) -> None:
        if self.known_from > self.known_to:
            raise ValueError(f"calendar {self.code}: known_from is after known_to")
        for day in (*self.holidays, *self.moved, *self.working):
            if not self.known_from <= day <= self.known_to:
                raise ValueError(f"calendar {self.code}: {day} is outside known_from and known_to")
        for day in sorted(self.working):
            if day.weekday() not in self.weekend:
                raise ValueError(f"calendar {self.code}: working day {day} is no day of a weekend")
            if day in self.holidays or day in self.moved:
                raise ValueError(f"calendar {self.code}: {day} is both a working and a rest day")


@dataclass(frozen=True, slots=True)
class JointCalendar:
    """Several calendars at once: a day is a business day only if it is one in all of them."""

    calendars: tuple[Calendar, ...]
    rest: frozenset[date] = frozenset()
    """Days the case adds: the house is closed, the bank does not book."""
    _weekend: frozenset[int] = field(init=False, repr=False, compare=False)
    _special: frozenset[date] = field(init=False, repr=False, compare=False)
    """The only days on which the weekday alone does not decide."""
    _known: tuple[date, date] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Prepare the sets that make the question for one day cheap."""
        if not self.calendars:
            raise ValueError("business days need at least one calendar")
        special = self.rest.union(*((*each.holidays, *each.moved, *each.working) for each in self.calendars))
        known = max(each.known_from for each in self.calendars), min(each.known_to for each in self.calendars)
        object.__setattr__(self, "_weekend", frozenset().union(*(each.weekend for each in self.calendars)))
        object.__setattr__(self, "_special", special)
        object.__setattr__(self, "_known", known)

    @property
    def codes(self) -> tuple[str, ...]:
        """The calendars' codes in the order they were named."""
        return tuple(each.code for each in self.calendars)

    @property
    def knowledge(self) -> tuple[Known, ...]:
        """Where each calendar comes from and how far it is known, in the order they were named."""
        return tuple(
            Known(each.code, each.source, each.as_known_on, each.known_to, each.moves_known_to)
            for each in self.calendars
        )

    def added(self, days: Iterable[date]) -> Self:
        """The same calendars with rest days of the case on top."""
        return replace(self, rest=self.rest.union(days))

    def caveat(self, first: date, last: date) -> tuple[Caveat, ...]:
        """What to print about the days from first to last, one entry for each calendar concerned."""
        caveats = (each.caveat(first, last) for each in self.calendars)
        return tuple(caveat for caveat in caveats if caveat)

    def is_business_day(self, day: date) -> bool:
        """Whether all sides work on this day; DayUnknown outside the years all calendars cover."""
        first, last = self._known
        if first <= day <= last and day not in self._special:
            return day.weekday() not in self._weekend
        return all(each.is_business_day(day) for each in self.calendars) and day not in self.rest

    def why_rest(self, day: date) -> tuple[Rest, ...]:
        """Why it is no business day, calendar by calendar; nothing where it is one."""
        reasons = tuple(rest for each in self.calendars if (rest := _why_rest(each, day)))
        return (*reasons, Rest("", "added", "")) if day in self.rest else reasons

    def following(self, day: date) -> date:
        """The day itself if it is a business day, else the next one."""
        while not self.is_business_day(day):
            day += _ONE_DAY
        return day

    def preceding(self, day: date) -> date:
        """The day itself if it is a business day, else the last one before."""
        while not self.is_business_day(day):
            day -= _ONE_DAY
        return day

    def modified_following(self, day: date) -> date:
        """The following business day, or the preceding one if that would leave the month."""
        following = self.following(day)
        return following if following.month == day.month else self.preceding(day)

    def roll(self, day: date, rule: Roll) -> date:
        """The day after the named rule has moved it off a rest day."""
        match rule:
            case "following":
                return self.following(day)
            case "preceding":
                return self.preceding(day)
            case "modified following":
                return self.modified_following(day)
            case "none":
                return day
            case _:
                assert_never(rule)

    def add_business_days(self, day: date, number: int) -> date:
        """The number-th business day after the day, before it if negative; the day itself for none."""
        step = _ONE_DAY if number > 0 else -_ONE_DAY
        left = abs(number)
        while left:
            day += step
            left -= self.is_business_day(day)
        return day

    def business_days_between(self, first: date, last: date) -> int:
        """How many business days it takes to get from first to last; negative if last is the earlier.

        The day one starts from does not count and the day one arrives at does, so that
        `add_business_days(first, n) == last` whenever last is a business day.
        """
        step = _ONE_DAY if last > first else -_ONE_DAY
        number = 0
        while first != last:
            first += step
            number += self.is_business_day(first)
        return number if step is _ONE_DAY else -number


def add_months(day: date, number: int, *, end_of_month: bool = False) -> date:
    """The same day of the month a number of months later, or the month's last day where it is shorter.

    With `end_of_month`, a step from the last day of a month ends on the last day of a month.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    last = monthrange(year, month + 1)[1]
    from_end = end_of_month and day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if from_end else min(day.day, last))


def _why_rest(calendar: Calendar, day: date) -> Rest | None:
    if calendar.is_business_day(day):
        return None
    if day in calendar.holidays:
        return Rest(calendar.code, "holiday", calendar.holidays[day])
    if day in calendar.moved:
        return Rest(calendar.code, "moved", str(calendar.moved[day]))
    return Rest(calendar.code, "weekend", "")


def _expect_keys(tree: Mapping[str, object]) -> None:
    if missing := sorted(_REQUIRED - tree.keys()):
        raise ValueError(f"a calendar has no {', '.join(missing)}")
    if unknown := sorted(tree.keys() - _REQUIRED - _OPTIONAL):
        raise ValueError(f"a calendar knows no {', '.join(unknown)}")


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"calendar: {name} is {value!r}, expected a text")
    return value


def _day(value: object, name: str) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError(f"calendar: {name} is {value!r}, expected a day like 2025-03-14")


def _weekday(value: object) -> int:
    if value not in _WEEKDAYS:
        raise ValueError(f"calendar: weekend is {value!r}, expected a weekday like saturday")
    return _WEEKDAYS.index(value)


def _items(value: object, name: str) -> list[object]:
    if not isinstance(value, list):
        raise ValueError(f"calendar: {name} is {value!r}, expected a list")  # noqa: TRY004 - wrong data, not a wrong call
    return value


def _pairs(value: object, name: str) -> Iterable[tuple[object, object]]:
    if not isinstance(value, Mapping):
        raise ValueError(f"calendar: {name} is {value!r}, expected days with a value each")  # noqa: TRY004
    return value.items()
