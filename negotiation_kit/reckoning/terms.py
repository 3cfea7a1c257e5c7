"""What a day of delay costs: the law's or the contract's rate, and the rate of each period of a delay."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, assert_never

from negotiation_kit.case.fields import shown_to
from negotiation_kit.case.receivables import Basis, Interest, Per, PriceIndex, Rounding
from negotiation_kit.law.jurisdiction import Cap, Law, RateRule
from negotiation_kit.law.rates import Quote, Rates, RateUnknown, end_of_half_year, half_year

_ONE_DAY = timedelta(days=1)
_JUNE, _DECEMBER = 6, 12
MONTHS_OF_YEAR = 12


@dataclass(frozen=True, slots=True)
class RatePeriod:
    """Days of a delay that share one rate."""

    first: date
    last: date
    percent: Decimal
    """Rate per year, the margin included; per day where a contract says so."""
    quote: Quote | None
    """The reference rate behind it; nothing where the rate is fixed."""
    reference_day: date | None
    """The day whose reference rate counts."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything that decides what a day of delay costs on a debt of one currency."""

    kind: Literal["statute", "contract"]
    law: str
    """Act and section, or the clause of the contract; may hold one text a language."""
    rule: RateRule | None
    fixed: Decimal | None
    """A rate that no series moves, as it is stated."""
    per: Per
    basis: Basis
    rounding: Rounding
    inflation: tuple[PriceIndex, ...] | None = None
    """The price indices on file where the law adds inflation; nothing where it does not."""
    caps: tuple[Cap, ...] = ()
    rates: Rates | None = field(default=None, metadata=shown_to(None))
    series: Law | None = field(default=None, repr=False, compare=False, metadata=shown_to(None))
    """Where the reference of a cap is looked up."""

    @property
    def margin(self) -> Decimal:
        """Points on top of the reference rate."""
        return self.rule.margin if self.rule and self.fixed is None else Decimal(0)

    @property
    def rate_for(self) -> Per:
        """What the printed rates are for: a year, or a day where the contract says so."""
        return "day" if self.per == "day" and self.fixed is not None else "year"

    @property
    def yearly(self) -> Decimal | None:
        """The fixed rate per year: a monthly rate twelve times; nothing where a series or a day rules."""
        if self.fixed is None or self.per == "day":
            return None
        return self.fixed * MONTHS_OF_YEAR if self.per == "month" else self.fixed

    def periods(self, began: date, first: date, last: date) -> Iterator[RatePeriod]:
        """The time from first to last of a delay whose first day was `began`, cut where the rate changes.

        RateUnknown where a reference rate is not on file.
        """
        if self.fixed is not None:
            percent = self.fixed if self.per == "day" else self.yearly
            assert percent is not None
            yield RatePeriod(first, last, percent, None, None)
            return
        assert self.rule
        assert self.rates
        match self.rule.reference:
            case "each half-year":
                yield from self._each_half_year(first, last)
            case "half-year of the start":
                yield self._frozen(first, last, half_year(began))
            case "first day":
                yield self._frozen(first, last, began)
            case "30 June or 31 December before":
                yield self._frozen(first, last, last_june_or_december(began))
            case "every day":
                yield from self._every_day(first, last)
            case "fixed":
                yield RatePeriod(first, last, self.rule.margin, None, None)
            case _:
                assert_never(self.rule.reference)

    def _frozen(self, first: date, last: date, reference_day: date) -> RatePeriod:
        assert self.rates
        quote = self.rates.on(reference_day)
        return RatePeriod(first, last, quote.percent + self.margin, quote, reference_day)

    def _each_half_year(self, first: date, last: date) -> Iterator[RatePeriod]:
        while first <= last:
            end = min(last, end_of_half_year(first))
            yield self._frozen(first, end, half_year(first))
            first = end + _ONE_DAY

    def _every_day(self, first: date, last: date) -> Iterator[RatePeriod]:
        assert self.rates
        while first <= last:
            quote, end = self.rates.run(first, last)
            yield RatePeriod(first, end, quote.percent + self.margin, quote, first)
            first = end + _ONE_DAY


def last_june_or_december(began: date) -> date:
    """The 30 June or 31 December immediately before the first day of interest (SI 2002/1675 art. 4)."""
    return date(began.year, _JUNE, 30) if began.month > _JUNE else date(began.year - 1, _DECEMBER, 31)


def terms_for(interest: Interest, law: Law, currency: str) -> Terms:
    """The terms a case claims late interest at: its contract's rate, else its jurisdiction's."""
    if interest.percent is not None:
        return Terms(
            kind="contract",
            law=interest.source or "",
            rule=None,
            fixed=interest.percent,
            per=interest.per,
            basis=interest.basis or law.jurisdiction.interest[0].basis,
            rounding=interest.rounding,
            inflation=interest.inflation or None,
            caps=law.jurisdiction.caps,
            series=law,
        )
    rule = law.jurisdiction.rule(interest.method)
    if rule is None:
        raise ValueError(f"{law.jurisdiction.jurisdiction} knows no method {interest.method!r}")
    return Terms(
        kind="statute",
        law=rule.law,
        rule=rule,
        fixed=None,
        per="year",
        basis=interest.basis or rule.basis,
        rounding=interest.rounding,
        inflation=interest.inflation if currency in rule.inflation else None,
        caps=tuple(cap for cap in law.jurisdiction.caps if cap.applies == "any rate"),
        rates=law.rates_for(rule, currency).with_stated(
            rate for rate in interest.rates if rate.currency in {None, currency}
        ),
        series=law,
    )


@dataclass(frozen=True, slots=True)
class CapWarning:
    """A rate above a limit of the law: told, not cut."""

    cap: Cap
    limit: Decimal
    percent: Decimal
    first: date
    last: date


def cap_warnings(terms: Terms, periods: Iterator[RatePeriod]) -> Iterator[CapWarning]:
    """One warning for each time of the delay in which its rate lies above a limit then in force."""
    days_of_year = 365
    for period in periods:
        yearly = period.percent * days_of_year if terms.per == "day" else period.percent
        for cap in terms.caps:
            for first, last in _in_force(cap, period):
                limit = _limit(cap, terms, first)
                if limit is not None and yearly > limit:
                    yield CapWarning(cap, limit, yearly, first, last)


def _in_force(cap: Cap, period: RatePeriod) -> Iterator[tuple[date, date]]:
    """The days of a period on which a limit holds, half-year by half-year where it follows a series."""
    first, last = max(period.first, cap.since or period.first), min(period.last, cap.until or period.last)
    while first <= last:
        end = min(last, end_of_half_year(first)) if cap.series else last
        yield first, end
        first = end + _ONE_DAY


def _limit(cap: Cap, terms: Terms, day: date) -> Decimal | None:
    """The limit of a day; nothing where its series is not known."""
    if cap.percent is not None:
        return cap.percent
    assert terms.series
    assert cap.series
    try:
        reference = terms.series.series[cap.series].on(half_year(day)).percent
    except RateUnknown:
        return None
    return (reference + (cap.plus or Decimal(0))) * cap.times
