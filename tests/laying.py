"""Plans laid on a small ground, for the tests of repayment plans."""

from datetime import date
from decimal import Decimal

import pytest
from making import a_calendar, a_law

from negotiation_kit.case.plan import Plan
from negotiation_kit.case.receivables import Interest
from negotiation_kit.money import Money
from negotiation_kit.reckoning.plans.ground import Ground, Lot, PlanImpossible
from negotiation_kit.reckoning.plans.lay import lay_plan
from negotiation_kit.reckoning.schedule import Schedule
from negotiation_kit.reckoning.terms import Terms, terms_for

START = date(2025, 3, 24)
"""A Monday."""


def a_ground(
    base: str = "4850000",
    *,
    currency: str = "HUF",
    start: date = START,
    codes: tuple[str, ...] = ("HU",),
    unit: str = "10000",
    **more: object,
) -> Ground:
    """The ground of the method: HUF 4 850 000 of one invoice, agreed on 24 March 2025."""
    plain = {
        "lots": (Lot("SZ-211", Money(Decimal(base), currency), date(2025, 3, 15)),),
        "start": start,
        "calendars": a_calendar(*codes),
        "unit": Decimal(unit),
        "first_bd": 2,
    }
    return Ground(**(plain | more))


def a_rate(percent: str, basis: str = "actual/365", code: str = "EU") -> Terms:
    """The rate of a contract."""
    return terms_for(Interest(percent=percent, basis=basis, source="contract"), a_law(code), "EUR")


def laid(ground: Ground | None = None, /, **plan: object) -> Schedule:
    """A plan on a ground, that of the method by default."""
    return lay_plan(Plan.model_validate(plan), ground or a_ground())


def parts(schedule: Schedule) -> list[tuple[str, str]]:
    """Day and sum of each part."""
    return [(part.due.isoformat(), str(part.amount.amount)) for part in schedule.instalments]


def sums(schedule: Schedule) -> list[str]:
    return [amount for _, amount in parts(schedule)]


def days(schedule: Schedule) -> list[str]:
    return [due for due, _ in parts(schedule)]


def refused(ground: Ground | None = None, /, **plan: object) -> PlanImpossible:
    """Why a plan is impossible."""
    with pytest.raises(PlanImpossible) as caught:
        laid(ground, **plan)
    return caught.value
