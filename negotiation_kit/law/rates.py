"""A series of reference rates: which rate held on a day, from which source, and how far that is known.

Exception
  RateUnknown    a day for which no rate is on file; nothing is guessed about it
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, Self

from negotiation_kit.case.fields import Day, Percent, Record, Text, Words, shared
from negotiation_kit.case.receivables import StatedRate
from negotiation_kit.problems import Problem

Confidence = Literal["high", "medium", "low"]
Shape = Literal["changes", "half-years"]

_ONE_DAY = timedelta(days=1)


class RateUnknown(ValueError):  # noqa: N818 - says what happened
    """A reference rate was asked for on a day it is not known for."""

    def __init__(self, day: date, rates: "Rates") -> None:
        """Name the series, the day, and the last day known."""
        self.day = day
        self.series = rates.code
        self.known_to = rates.known_to
        known = f"it is known up to {rates.known_to}" if rates.known_to else "the kit has no figures of it"
        super().__init__(f"the {rates.name} on {day} is not known: {known}")

    @property
    def way_out(self) -> str:
        """Where the missing rate is entered."""
        in_case = f"write it under interest.rates: {{since: {self.day}, percent: ..., source: ...}}"
        return f"{in_case}, or give a file of newer rates with --rates" if self.series else in_case


class RateValue(Record):
    """One value of a series and the day from which it held."""

    since: Day = shared("First day the rate held", example="2026-06-17")
    percent: Percent = shared("Rate per year", example="2.40")


class RateFile(Record):
    """A series of reference rates as a data file says it."""

    series: Text = shared("Name of the series", example="ecb_mro")
    name: Words = shared("What papers call it", example={"en": "main refinancing rate of the European Central Bank"})
    shape: Shape = shared(
        "changes: each value holds until the next; half-years: one value on 1 January and 1 July", example="changes"
    )
    known_to: Day = shared("Last day for which the last value is known to hold", example="2026-10-02")
    confidence: Confidence = shared("How sure the figures are", example="high")
    sources: tuple[Text, ...] = shared("Where they were read", example=["ecb.europa.eu"], min_length=1)
    notes: tuple[Text, ...] = shared("What to know about them", example=["days of effect"], default=())
    values: tuple[RateValue, ...] = shared("The values, oldest first", example=[], min_length=1)


class RateUpdate(Record):
    """Newer values of a series the kit knows, as a company's own file says them."""

    series: Text = shared("Name of the series", example="ecb_mro")
    known_to: Day = shared("Last day for which the last value is known to hold", example="2027-01-04")
    source: Text = shared("Where they were read, and when", example="ecb.europa.eu, read on 4 January 2027")
    values: tuple[RateValue, ...] = shared("The values, oldest first", example=[], min_length=1)


class RateUpdates(Record):
    """A company's own file of newer reference rates; it is laid over the kit's, day by day."""

    rates: tuple[RateUpdate, ...] = shared("One entry a series", example=[], min_length=1)


def rate_file_problems(file: RateFile | RateUpdate) -> Iterator[Problem]:
    """The values stand in the order of their days and end before the last day known."""
    before = None
    for number, value in enumerate(file.values, start=1):
        name = f"values[{number}].since is {value.since}"
        if before and value.since <= before:
            yield Problem(value.place_of("since"), f"{name}, not after {before}", "put the oldest value first")
        if value.since > file.known_to:
            yield Problem(value.place_of("since"), f"{name}, after known_to ({file.known_to})", "correct known_to")
        if isinstance(file, RateFile) and file.shape == "half-years" and value.since != half_year(value.since):
            yield Problem(value.place_of("since"), f"{name}, no 1 January or 1 July", "write the half-year's first day")
        before = value.since


def rate_update_problems(updates: RateUpdates) -> Iterator[Problem]:
    """Each entry of a company's file adds up."""
    for update in updates.rates:
        yield from rate_file_problems(update)


@dataclass(frozen=True, slots=True)
class Quote:
    """The rate of one day."""

    percent: Decimal
    since: date
    """The first day this value held, as far as the data goes."""
    series: str
    """What papers call the series; may hold one text a language."""
    source: str
    confidence: Confidence | Literal["stated"]
    """How sure the figure is; stated: the case or the company's own file says it."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What the values of one file have in common."""

    series: str
    source: str
    confidence: Confidence | Literal["stated"]


@dataclass(frozen=True, slots=True)
class _Span:
    first: date
    last: date
    quote: Quote


@dataclass(frozen=True, slots=True)
class Rates:
    """A series of reference rates, ready to be asked."""

    code: str
    name: str
    """What papers call it; may hold one text a language."""
    spans: tuple[_Span, ...] = ()

    @classmethod
    def from_file(cls, file: RateFile) -> Self:
        """The series of one of the kit's own data files."""
        told = _Told(file.name, file.sources[0], file.confidence)
        return cls(file.series, file.name, tuple(_spans(file.values, file.known_to, told)))

    @property
    def known_to(self) -> date | None:
        """The last day any value is known for."""
        return self.spans[-1].last if self.spans else None

    def on(self, day: date) -> Quote:
        """The rate in force on a day; RateUnknown where no value covers it."""
        place = bisect_right(self.spans, day, key=lambda span: span.first) - 1
        if place < 0 or day > self.spans[place].last:
            raise RateUnknown(day, self)
        return self.spans[place].quote

    def run(self, first: date, last: date) -> tuple[Quote, date]:
        """The rate in force on the first day, and the last day up to `last` on which it still held."""
        place = bisect_right(self.spans, first, key=lambda span: span.first) - 1
        return self.on(first), min(last, self.spans[place].last)

    def updated(self, update: RateUpdate) -> Self:
        """The same series with a company's newer values laid over it."""
        told = _Told(self.name, update.source, "stated")
        return self._under(_spans(update.values, update.known_to, told))

    def with_stated(self, rates: Iterable[StatedRate]) -> Self:
        """The same series with what a case states laid over it.

        A stated rate speaks up to the next one, up to its own last day, or to the end of its half-year.
        """
        ordered = sorted(rates, key=lambda rate: rate.since)
        spans = []
        for place, rate in enumerate(ordered):
            last = rate.until or end_of_half_year(rate.since)
            if place + 1 < len(ordered):
                last = min(last, ordered[place + 1].since - _ONE_DAY)
            spans.append(_Span(rate.since, last, Quote(rate.percent, rate.since, self.name, rate.source, "stated")))
        return self._under(spans)

    def _under(self, upper: Iterable[_Span]) -> Self:
        spans = list(self.spans)
        for new in upper:
            spans = [piece for old in spans for piece in _outside(old, new)]
            spans.append(new)
        return type(self)(self.code, self.name, tuple(sorted(spans, key=lambda span: span.first)))


def half_year(day: date) -> date:
    """The first day of the half-year a day lies in."""
    return day.replace(month=1 if day.month <= 6 else 7, day=1)  # noqa: PLR2004 - June


def end_of_half_year(day: date) -> date:
    """The last day of the half-year a day lies in."""
    return day.replace(month=6, day=30) if day.month <= 6 else day.replace(month=12, day=31)  # noqa: PLR2004


def _spans(values: Iterable[RateValue], known_to: date, told: _Told) -> Iterator[_Span]:
    ordered = list(values)
    for place, value in enumerate(ordered):
        last = ordered[place + 1].since - _ONE_DAY if place + 1 < len(ordered) else known_to
        yield _Span(value.since, last, Quote(value.percent, value.since, told.series, told.source, told.confidence))


def _outside(old: _Span, new: _Span) -> Iterator[_Span]:
    """What is left of an old span when a new one lies over it."""
    if old.first < new.first:
        yield _Span(old.first, min(old.last, new.first - _ONE_DAY), old.quote)
    if old.last > new.last:
        yield _Span(max(old.first, new.last + _ONE_DAY), old.last, old.quote)
