"""The days of a plan's parts: counted from the start, each moved off a rest day once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, groupby
from types import MappingProxyType

from negotiation_kit.case.plan import LAST_DAY, MonthName, Plan, Receipt
from negotiation_kit.days import add_months
from negotiation_kit.periods import Period, step
from negotiation_kit.reckoning.plans.ground import Ground, PlanImpossible

MONTHLY = Period(1, "month")
_ONE_DAY = timedelta(days=1)
_MONTHS: Mapping[MonthName, int] = MappingProxyType(
    {
        "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7,
        "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartDay:
    """The day of one part."""

    wished: date
    """As the plan counts it."""
    due: date
    """After it moved off a rest day."""
    source: str = ""


def part_days(plan: Plan, ground: Ground) -> Iterator[PartDay]:
    """The days of the parts as long as anybody asks, each later than the one before, none before the plan is agreed.

    A regular step that moved onto the day before it is left out; days that were named one by one are not.
    """
    match plan.shape:
        case "receipts":
            yield from _receipt_days(plan, ground)
        case "list":
            yield from _listed_days(plan, ground)
        case _:
            before = ground.start - _ONE_DAY
            for day in _wished_days(plan, ground):
                due = _rolled(day, plan, ground)
                if due > before:
                    yield PartDay(day, due)
                    before = due


def _rolled(day: date, plan: Plan, ground: Ground) -> date:
    """A day moved off a rest day, but not to before the plan is agreed."""
    due = ground.calendars.roll(day, plan.roll)
    return due if due >= ground.start else ground.calendars.following(ground.start)


def _listed_days(plan: Plan, ground: Ground) -> Iterator[PartDay]:
    before = None
    for number, part in enumerate(plan.schedule, start=1):
        name, due = f"plan.schedule[{number}].due is {part.due}", _rolled(part.due, plan, ground)
        if part.due < ground.start:
            raise PlanImpossible(
                "schedule", f"{name}, before the plan is agreed on {ground.start}", "choose a later day"
            )
        if before and due <= before:
            raise PlanImpossible(
                "schedule", f"{name}, not after the part before it on {before}", "one part a day, in order"
            )
        yield PartDay(part.due, due, part.source or "")
        before = due


def _wished_days(plan: Plan, ground: Ground) -> Iterator[date]:
    first = _first_day(plan, ground)
    if plan.shape == "seasonal":
        if plan.first:
            yield first
            first += _ONE_DAY
        yield from _season(plan, first)
        return
    every = plan.every or MONTHLY
    if plan.on is not None and plan.first is None and every.unit == "month":
        first = _next_on(first, plan.on)
    yield first
    for times in count(1):
        if every.unit == "business day":
            yield ground.calendars.add_business_days(first, every.number * times)
        else:
            yield step(first, every, times, on=plan.on if every.unit == "month" else None)


def _first_day(plan: Plan, ground: Ground) -> date:
    if plan.first_day:
        if plan.first_day < ground.start:
            raise PlanImpossible(
                "first_day",
                f"plan.first_day is {plan.first_day}, before the plan is agreed on {ground.start}",
                "choose a later day",
            )
        return plan.first_day
    if plan.grace is None:
        return ground.calendars.add_business_days(ground.start, ground.first_bd)
    if plan.grace.unit == "business day":
        return ground.calendars.add_business_days(ground.start, plan.grace.number)
    return step(ground.start, plan.grace, 1)


def _next_on(first: date, on: int) -> date:
    """The first wished day of the month on or after a day."""
    same_month = step(first, MONTHLY, 0, on=on)
    return same_month if same_month >= first else step(first, MONTHLY, 1, on=on)


def _season(plan: Plan, first: date) -> Iterator[date]:
    """The wished day in each named month, year after year."""
    months = {_MONTHS[name] for name in plan.months}
    for number in count():
        month = add_months(first.replace(day=1), number)
        day = step(month, MONTHLY, 0, on=plan.on or LAST_DAY)
        if month.month in months and day >= first:
            yield day


def receipts_by_day(plan: Plan, ground: Ground) -> list[tuple[date, list[Receipt]]]:
    """The receipts still to come by the day on which our part of them is paid, those of one day together."""
    coming = sorted((each for each in plan.receipts if each.day >= ground.start), key=lambda each: each.day)

    def ours(receipt: Receipt) -> date:
        return ground.calendars.following(ground.calendars.add_business_days(receipt.day, plan.lag_bd))

    return [(day, list(together)) for day, together in groupby(coming, key=ours)]


def _receipt_days(plan: Plan, ground: Ground) -> Iterator[PartDay]:
    receipts = receipts_by_day(plan, ground)
    if plan.first:
        day = _first_day(plan, ground)
        due = _rolled(day, plan, ground)
        if receipts and due >= receipts[0][0]:
            raise PlanImpossible(
                "first_day",
                f"the first part on {due} is not before that of the first receipt on {receipts[0][0]}",
                "an earlier first_day, or no first part",
            )
        yield PartDay(day, due)
    yield from (PartDay(due, due, "; ".join(each.source for each in together)) for due, together in receipts)
