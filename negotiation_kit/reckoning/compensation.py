"""The fixed sum for recovery costs: offered with its last day, claimed or waived by decision, never added silently."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from negotiation_kit.case.receivables import CompensationClaim, ExchangeRate
from negotiation_kit.days import JointCalendar, add_months
from negotiation_kit.law.jurisdiction import Band, Compensation
from negotiation_kit.money import Money

State = Literal["claimed", "waived", "not decided", "too late"]
OLDEST_RATE = timedelta(days=7)
"""An exchange rate of a day without one is the last published before it, and not older than this."""


@dataclass(frozen=True, slots=True)
class FixedSum:
    """The fixed sum of one invoice that was paid late or not at all."""

    invoice: str
    began: date
    """First day of the delay."""
    size: Money
    """What was open then; the size of the claim decides the band."""
    amount: Money | None
    """In the currency of the law; nothing while the size cannot be measured."""
    payable: Money | None
    """In the currency of the case; nothing while the exchange rate is not known."""
    rate_day: date | None
    """The day whose exchange rate is needed."""
    rate: ExchangeRate | None
    last_day: date | None
    """The last day on which it can be claimed; nothing where the law sets none."""
    state: State


@dataclass(frozen=True, slots=True)
class FixedSums:
    """The fixed sums of a case."""

    rule: Compensation
    sums: tuple[FixedSum, ...]
    currency: str

    @property
    def claimed(self) -> Money:
        """What is claimed, in the currency of the case."""
        return self._sum("claimed")

    @property
    def undecided(self) -> tuple[FixedSum, ...]:
        """Those nobody has decided about and that can still be claimed."""
        return tuple(each for each in self.sums if each.state == "not decided")

    @property
    def missing_rates(self) -> tuple[date, ...]:
        """Days whose exchange rate is needed for what is claimed."""
        days = {each.rate_day for each in self.sums if each.state == "claimed" and each.payable is None}
        return tuple(sorted(day for day in days if day))

    def _sum(self, state: State) -> Money:
        payable = (each.payable for each in self.sums if each.state == state and each.payable)
        return sum(payable, Money.zero(self.currency))


def fixed_sum(
    rule: Compensation,
    claim: CompensationClaim | None,
    *,
    invoice: str,
    due: date,
    size: Money,
    as_of: date,
    calendars: JointCalendar,
) -> FixedSum:
    """The fixed sum for a claim of a size whose delay began the day after it was due."""
    began = due + timedelta(days=1)
    rate_day = _rate_day(rule, due, calendars) if _needs_rate(rule, size.currency) else None
    rate = _rate_on(claim.rates if claim else (), rate_day)
    amount = _amount(rule, size, rate)
    last_day = add_months(began, rule.within_months) if rule.within_months is not None else None
    return FixedSum(
        invoice=invoice,
        began=began,
        size=size,
        amount=amount,
        payable=_payable(amount, size.currency, rate),
        rate_day=rate_day,
        rate=rate,
        last_day=last_day,
        state=_state(claim, last_day, as_of),
    )


def _state(claim: CompensationClaim | None, last_day: date | None, as_of: date) -> State:
    if claim is not None:
        return claim.claim
    return "too late" if last_day is not None and as_of > last_day else "not decided"


def _needs_rate(rule: Compensation, currency: str) -> bool:
    measured = rule.measured_in or rule.currency
    return currency != rule.currency or (len(rule.bands) > 1 and currency != measured)


def _amount(rule: Compensation, size: Money, rate: ExchangeRate | None) -> Money | None:
    """The sum of the band the claim lies in; the size is measured in the law's currency."""
    if len(rule.bands) == 1:
        return Money(rule.bands[0].amount, rule.currency)
    measured = size.amount
    if size.currency != (rule.measured_in or rule.currency):
        if size.currency != rule.currency or rate is None:
            return None
        measured = size.amount * rate.rate
    band = next(band for band in rule.bands if _within(band, measured))
    return Money(band.amount, rule.currency)


def _within(band: Band, size: Decimal) -> bool:
    if band.up_to is not None:
        return size <= band.up_to
    return band.below is None or size < band.below


def _payable(amount: Money | None, currency: str, rate: ExchangeRate | None) -> Money | None:
    if amount is None or amount.currency == currency:
        return amount
    return Money(amount.amount * rate.rate, currency).rounded() if rate else None


def _rate_day(rule: Compensation, due: date, calendars: JointCalendar) -> date:
    if rule.converted_on == "last business day of the month before the due month":
        return calendars.preceding(due.replace(day=1) - timedelta(days=1))
    return due + timedelta(days=1)


def _rate_on(rates: Iterable[ExchangeRate], day: date | None) -> ExchangeRate | None:
    if day is None:
        return None
    fitting = (rate for rate in rates if day - OLDEST_RATE <= rate.day <= day)
    return max(fitting, key=lambda rate: rate.day, default=None)
