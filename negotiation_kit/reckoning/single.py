"""The reckoning for one sum at a time, as another program asks for it."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from negotiation_kit.case.plan import Plan
from negotiation_kit.case.receivables import Basis, Interest, Rounding
from negotiation_kit.days import JointCalendar
from negotiation_kit.law.jurisdiction import Law
from negotiation_kit.money import Money
from negotiation_kit.reckoning.interest import InvoiceInterest, Level, invoice_interest
from negotiation_kit.reckoning.plans.ground import Ground, Lot
from negotiation_kit.reckoning.plans.lay import lay_plan
from negotiation_kit.reckoning.schedule import Schedule
from negotiation_kit.reckoning.terms import Terms, terms_for

_ONE_DAY = timedelta(days=1)


def statutory_terms(law: Law, currency: str, *, method: str | None = None) -> Terms:
    """The law's rate for a debt of a currency; ValueError for a method the jurisdiction does not have."""
    return terms_for(Interest(method=method), law, currency)


def contract_terms(percent: Decimal, *, basis: Basis = "actual/365", rounding: Rounding = "invoice") -> Terms:
    """A fixed yearly rate, simple."""
    return Terms("contract", "", None, percent, per="year", basis=basis, rounding=rounding)


def interest_on(
    amount: Money, terms: Terms, *, due: date, until: date, payments: Iterable[tuple[date, Money]] = ()
) -> InvoiceInterest:
    """Simple late interest on a sum from the day after it was due through a day, with its working.

    Each payment lowers the principal from the day after it was credited. RateUnknown where a reference rate is not on
    file; MixedCurrencies where a payment is of another currency.
    """
    began = due + _ONE_DAY
    levels: list[Level] = [(began, amount)]
    left = amount
    for day, paid in sorted(payments, key=lambda payment: payment[0]):
        left -= paid
        since = max(began, day + _ONE_DAY)
        if levels[-1][0] == since:
            levels.pop()
        levels.append((since, left))
    return invoice_interest("", levels, terms, began, until, paid=Money.zero(amount.currency))


def plan_for(
    amount: Money,
    plan: Plan,
    *,
    start: date,
    calendars: JointCalendar,
    unit: Decimal = Decimal(1),
    terms: Terms | None = None,
) -> Schedule:
    """The schedule of a plan agreed on a day; parts are multiples of the unit, one takes the remainder.

    With interest inside the plan it runs at the plan's own rate or else at the terms, from the start day.
    PlanImpossible where the shape cannot settle the sum; DayUnknown outside the calendars.
    """
    ground = Ground((Lot("", amount, start),), start, calendars, unit, first_bd=0, terms=terms)
    return lay_plan(plan, ground)
