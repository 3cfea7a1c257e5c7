"""Simple late interest with its working: one line for each time in which sum and rate stayed the same."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from negotiation_kit.money import CURRENCIES, Money
from negotiation_kit.reckoning.day_count import count_days, year_cuts
from negotiation_kit.reckoning.exact import rounded, to_decimal
from negotiation_kit.reckoning.inflation import Inflation, inflation_of
from negotiation_kit.reckoning.terms import RatePeriod, Terms

_ONE_DAY = timedelta(days=1)
SHOWN_DECIMALS = 2
"""So many decimals beyond the smallest unit are shown of a line's interest; the sum is made of the exact lines."""

Level = tuple[date, Money]
"""The first interest day on which so much bore interest."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Days on which the same sum bore interest at the same rate; the day of payment counts."""

    first: date
    last: date
    days: int
    of: int
    """Days of the year the rate is divided by; 1 where the rate is for a day."""
    principal: Money
    rate: RatePeriod

    @property
    def percent(self) -> Decimal:
        """The rate, the margin included."""
        return self.rate.percent

    def exact(self) -> Fraction:
        """Principal x rate x days over a hundred times the days of the year, unrounded."""
        return Fraction(self.principal.amount) * Fraction(self.percent) * self.days / (100 * self.of)

    @property
    def interest(self) -> Decimal:
        """The exact interest, cut for print at two decimals beyond the smallest unit."""
        return to_decimal(self.exact(), CURRENCIES[self.principal.currency] + SHOWN_DECIMALS)

    @property
    def per_day(self) -> Money:
        """What a single day costs, rounded half up to the smallest unit."""
        return rounded(Fraction(self.principal.amount) * Fraction(self.percent) / (100 * self.of), self.principal)


@dataclass(frozen=True, slots=True)
class InvoiceInterest:
    """Late interest of one invoice up to a day."""

    number: str
    due: date
    began: date
    """First day of interest."""
    segments: tuple[Segment, ...]
    inflation: tuple[Inflation, ...]
    """What the official index adds, where the law says so."""
    accrued: Money
    """All of it, rounded as the terms say."""
    paid: Money
    """What payments have settled of it."""

    @property
    def open(self) -> Money:
        """What is still to be paid of it."""
        return self.accrued - self.paid

    @property
    def days(self) -> int:
        """Days that bore interest."""
        return sum(segment.days for segment in self.segments)

    @property
    def per_day(self) -> Money:
        """What a further day costs at the last sum and rate."""
        return self.segments[-1].per_day if self.segments else Money.zero(self.accrued.currency)


@dataclass(frozen=True, slots=True)
class LateInterest:
    """Interest of the whole debt: the sum of the rounded invoices, so that a printed table adds up."""

    terms: Terms
    claim: str
    until: date
    invoices: tuple[InvoiceInterest, ...]
    """Invoices that bore interest, oldest due first, those whose principal is paid included."""
    currency: str

    @property
    def accrued(self) -> Money:
        """All that has accrued."""
        return sum((each.accrued for each in self.invoices), Money.zero(self.currency))

    @property
    def paid(self) -> Money:
        """What payments have settled of it."""
        return sum((each.paid for each in self.invoices), Money.zero(self.currency))

    @property
    def total(self) -> Money:
        """What is still open of it."""
        return self.accrued - self.paid

    @property
    def per_day(self) -> Money:
        """What a further day costs."""
        running = (each.per_day for each in self.invoices if each.segments[-1].last == self.until)
        return sum(running, Money.zero(self.currency))

    @property
    def per_week(self) -> Money:
        """What seven further days cost at today's rate."""
        return sum((self.per_day for _ in range(6)), self.per_day)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Every line of the working."""
        return tuple(segment for each in self.invoices for segment in each.segments)

    @property
    def single_percent(self) -> Decimal | None:
        """The rate, where there is only one."""
        percents = {segment.percent for segment in self.segments}
        return percents.pop() if len(percents) == 1 else None

    @property
    def references(self) -> tuple[RatePeriod, ...]:
        """The reference rates used, one entry a rate and day, in the order of the days."""
        used = {
            (segment.rate.reference_day, segment.percent): segment.rate
            for segment in self.segments
            if segment.rate.quote
        }
        return tuple(used[key] for key in sorted(used, key=lambda key: (str(key[0]), key[1])))


def segments_of(levels: Sequence[Level], terms: Terms, began: date, until: date) -> tuple[Segment, ...]:
    """The working of one invoice whose first interest day was `began`, through the last day.

    Interest runs from the day after the due day and the day of payment counts, so that the days are payment day less
    due day (Directive 2011/7/EU art. 3(3)(a): entitled to interest from the day following the date).
    """
    due = began - _ONE_DAY
    segments = []
    for first, last, principal in _spells(levels, began, until):
        for period in terms.periods(began, first, last):
            for start, end in _parted(period, year_cuts(terms.basis, period.first, period.last)):
                if terms.per == "day":
                    days, of = (end - start).days + 1, 1
                else:
                    counted = count_days(terms.basis, due, start, end)
                    days, of = counted.days, counted.of
                segments.append(Segment(start, end, days, of, principal, period))
    return tuple(segments)


def invoice_interest(
    number: str, levels: Sequence[Level], terms: Terms, began: date, until: date, *, paid: Money
) -> InvoiceInterest:
    """The interest of one invoice up to a day with its working, rounded as the terms say.

    What a payment has settled was owed on its day; prices that fall later do not take it back.
    """
    segments = segments_of(levels, terms, began, until)
    inflation = inflation_of(levels, terms.inflation, began, until) if terms.inflation is not None else ()
    accrued = total_of(segments, terms, paid) + sum((each.amount for each in inflation), Money.zero(paid.currency))
    return InvoiceInterest(number, began - _ONE_DAY, began, segments, inflation, max(accrued, paid), paid)


def total_of(segments: Iterable[Segment], terms: Terms, like: Money) -> Money:
    """The interest of the lines: rounded once at the end, line by line, or by the day, as the terms say."""
    match terms.rounding:
        case "invoice":
            return rounded(sum((segment.exact() for segment in segments), Fraction(0)), like)
        case "segment":
            return sum((rounded(segment.exact(), like) for segment in segments), Money.zero(like.currency))
        case "day":
            daily = (Fraction(segment.per_day.amount) * segment.days for segment in segments)
            return rounded(sum(daily, Fraction(0)), like)
        case _:
            assert_never(terms.rounding)


def _spells(levels: Sequence[Level], began: date, until: date) -> Iterator[tuple[date, date, Money]]:
    """The times in which the same sum bore interest; none where nothing did."""
    for place, (since, principal) in enumerate(levels):
        first = max(since, began)
        last = until if place + 1 == len(levels) else min(until, levels[place + 1][0] - _ONE_DAY)
        if first <= last and principal.amount > 0:
            yield first, last, principal


def _parted(period: RatePeriod, cuts: Sequence[date]) -> Iterator[tuple[date, date]]:
    starts = [period.first, *cuts]
    for place, start in enumerate(starts):
        yield start, (starts[place + 1] - _ONE_DAY if place + 1 < len(starts) else period.last)
