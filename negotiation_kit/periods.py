"""Periods of time: the dates they step to from a day, and the deadline they end in."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Self, cast, get_args

from negotiation_kit.days import JointCalendar, Roll, add_months

Unit = Literal["day", "business day", "week", "month"]
"""What a period is counted in."""

LONGEST = 999
"""No period of a trade debt has more units than this."""

_UNITS = get_args(Unit)
_UNIT = "|".join(_UNITS)
_PERIOD = re.compile(rf"(?P<number>[1-9]\d{{0,2}}) (?P<units>{_UNIT})s?|(?P<unit>{_UNIT})", re.ASCII)
_LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time as a contract says it: 14 days, 2 weeks, 1 month, 3 business days."""

    number: int
    unit: Unit

    def __post_init__(self) -> None:
        """Refuse what is no length of time, so that every date counted with it makes sense."""
        if self.unit not in _UNITS:
            raise ValueError(f"{self.unit!r} is no unit of a period, expected {', '.join(_UNITS)}")
        if not 1 <= self.number <= LONGEST:
            raise ValueError(f"a period has 1 to {LONGEST} {self.unit}s, not {self.number}")

    def __str__(self) -> str:
        return f"{self.number} {self.unit}" if self.number == 1 else f"{self.number} {self.unit}s"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The period that a text says: "14 days", "1 month"; a unit alone is one of it."""
        found = _PERIOD.fullmatch(text)
        if not found:
            raise ValueError(
                f"{text!r} is no period, expected 1 to {LONGEST} days, business days, weeks or months, like 14 days"
            )
        return cls(int(found["number"] or 1), cast("Unit", found["units"] or found["unit"]))


def step(start: date, period: Period, times: int, *, on: int | None = None, end_of_month: bool = False) -> date:
    """The date so many periods after the start, before it if negative; it may be a rest day.

    It is counted from the start in one go: a month after 31 January is 28 February, and two months are 31 March.
    Steps of months may wish for a day of the month, `on`, where 31 is the last day of every month; or they keep to the
    end of the month when they start there, as `add_months` does. A wished day decides where both are given.
    """
    _expect_sense(period, on=on, end_of_month=end_of_month)
    number = period.number * times
    match period.unit:
        case "day":
            return start + timedelta(days=number)
        case "week":
            return start + timedelta(weeks=number)
        case "month" if on is not None:
            return _on(add_months(start.replace(day=1), number), on)
        case "month":
            return add_months(start, number, end_of_month=end_of_month)
        case "business day":
            raise ValueError("business days are counted in a calendar: ask for a series or a deadline")


def series(
    start: date,
    period: Period,
    count: int,
    calendars: JointCalendar,
    rule: Roll = "preceding",
    *,
    on: int | None = None,
    end_of_month: bool = False,
    first: int = 0,
) -> tuple[date, ...]:
    """So many dates in regular steps from the start, each moved off a rest day for itself; number 0 is the start.

    A move never carries over: the next date is counted from the start, not from a day that was moved.
    """
    _expect_sense(period, on=on, end_of_month=end_of_month)

    def unmoved(times: int) -> date:
        if period.unit == "business day":
            return calendars.add_business_days(start, period.number * times)
        return step(start, period, times, on=on, end_of_month=end_of_month)

    return tuple(calendars.roll(unmoved(times), rule) for times in range(first, first + count))


def deadline(start: date, period: Period, calendars: JointCalendar, rule: Roll = "following") -> date:
    """The last day of a period that an event on the start day sets going; the start day itself does not count.

    So say Regulation (EEC, Euratom) 1182/71, article 3 (1), (2) and (4), the German BGB, sections 187 (1), 188 and 193,
    and the Hungarian Ptk., section 8:3: weeks end on the weekday and months on the date that the start day had, or on
    the last day of a shorter month; rest days count on the way, and one at the end moves it once. Article 3 (5) of the
    Regulation, at least two working days in every period, is for acts of the Union and is not applied.
    Business days are counted as such and end on one.
    """
    if period.unit == "business day":
        return calendars.add_business_days(start, period.number)
    return calendars.roll(step(start, period, 1), rule)


def _on(month: date, on: int) -> date:
    """The wished day of a month, or its last one."""
    return month.replace(day=min(on, monthrange(month.year, month.month)[1]))


def _expect_sense(period: Period, *, on: int | None, end_of_month: bool) -> None:
    """A wish about the day of the month that could not come true is told, not dropped."""
    if on is not None and not 1 <= on <= _LONGEST_MONTH:
        raise ValueError(f"a month has days 1 to {_LONGEST_MONTH}, not {on}")
    if period.unit != "month" and (on is not None or end_of_month):
        raise ValueError(f"only steps of months keep to a day of the month, not steps of {period}")
