"""A plan becomes a schedule: days and sums brought together, interest inside or apart, invoices in their order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from negotiation_kit.case.plan import Plan
from negotiation_kit.money import Money
from negotiation_kit.reckoning.plans.balance import Balance
from negotiation_kit.reckoning.plans.ground import MOST_PARTS, Ground, PlanImpossible
from negotiation_kit.reckoning.plans.level import LEVEL_SHAPES, level_parts
from negotiation_kit.reckoning.plans.part_amounts import part_amounts
from negotiation_kit.reckoning.plans.part_days import PartDay, part_days
from negotiation_kit.reckoning.schedule import Instalment, Schedule
from negotiation_kit.reckoning.terms import Terms

_BY_HAND = {"whole", "list"}
"""Shapes in which nothing is rounded."""
_ADDING_UP = {"receipts": "receipts", "list": "schedule", "shares": "shares"}
"""The field that names the sums, where a shape does not find them itself."""


def lay_plan(plan: Plan, ground: Ground) -> Schedule:
    """The schedule of a plan, or `PlanImpossible`.

    Each day is counted from the start and moved off a rest day once, never from a day already moved. Percentages and
    equal parts are rounded to the unit; one part takes the remainder, so that the sum is exact and no part is empty.
    """
    inside = plan.interest == "inside"
    if plan.round_to:
        ground = replace(ground, unit=plan.round_to)
    ground = _with_rate(plan, ground) if inside else replace(ground, terms=None, accrued=None)
    days = part_days(plan, ground)
    level = inside and plan.shape in LEVEL_SHAPES
    parts = level_parts(plan, ground, days) if level else _parts(plan, ground, days)
    laid = _laid(ground, parts, inside=inside)
    if plan.shape in _BY_HAND or (inside and not level):
        return laid
    return replace(laid, unit=Money(ground.unit, ground.base.currency), remainder=plan.remainder)


def lay_dated(parts: Sequence[tuple[PartDay, Money]], ground: Ground, *, inside: bool) -> Schedule:
    """The schedule of sums and days as they were agreed, right or wrong; what is left shows whether they add up.

    With interest inside, each sum pays the interest of its time first; what a part falls short of it is carried on.
    """
    balance = Balance(ground if inside else replace(ground, terms=None, accrued=None))
    instalments = []
    for number, (day, amount) in enumerate(parts, start=1):
        balance.reach(day.due)
        interest = balance.take_interest(amount) if inside else None
        principal = amount - interest if interest else amount
        covers = balance.settle(principal)
        instalments.append(Instalment(number, day.due, amount, balance.left, day.source, None, interest, covers))
    return Schedule(ground.base, tuple(instalments))


def _with_rate(plan: Plan, ground: Ground) -> Ground:
    """The ground with the rate the plan names, or with that of the case."""
    if plan.percent is not None:
        basis = ground.terms.basis if ground.terms else "actual/365"
        rate = Terms("contract", "", None, fixed=plan.percent, per="year", basis=basis, rounding="segment")
        return replace(ground, terms=rate)
    if ground.terms is None:
        raise PlanImpossible(
            "interest",
            "plan.interest is 'inside', but there is no rate",
            "write plan.percent, or interest: {claim: claimed} for the rate of the law",
        )
    return ground


def _parts(plan: Plan, ground: Ground, days: Iterator[PartDay]) -> list[tuple[PartDay, Money]]:
    """The day and the principal of each part; in a balloon only the last part may be without principal before it."""
    parts: list[tuple[PartDay, Money]] = []
    left = ground.base
    amounts = list(islice(part_amounts(plan, ground), MOST_PARTS + 1))
    if len(amounts) > MOST_PARTS:
        raise PlanImpossible("shape", f"the plan needs more than {MOST_PARTS} parts", "pay more each time")
    for amount, day in zip(amounts, days, strict=False):
        if amount.amount < 0 or (amount.is_zero and plan.shape != "balloon"):
            raise PlanImpossible("shape", f"part {len(parts) + 1} would be {amount}", "fewer parts, or other sums")
        parts.append((day, amount))
        left -= amount
    if not left.is_zero:
        raise _does_not_add_up(plan, left)
    return parts


def _does_not_add_up(plan: Plan, left: Money) -> PlanImpossible:
    field = _ADDING_UP.get(plan.shape, "parts")
    more = "too much" if left.amount < 0 else "missing"
    return PlanImpossible(
        field,
        f"plan.{field} does not add up to the sum to settle: {Money(abs(left.amount), left.currency)} {more}",
        "name more receipts, or a larger share of them" if plan.shape == "receipts" else "make the last part the rest",
    )


def _laid(ground: Ground, parts: Sequence[tuple[PartDay, Money]], *, inside: bool) -> Schedule:
    """The schedule of the parts, each with what is left, the interest inside it, and the invoices it settles."""
    balance = Balance(ground)
    instalments = []
    for number, (day, principal) in enumerate(parts, start=1):
        balance.reach(day.due)
        interest = balance.take_interest(balance.interest) if inside else None
        covers = balance.settle(principal)
        amount = principal + interest if interest else principal
        instalments.append(Instalment(number, day.due, amount, balance.left, day.source, day.wished, interest, covers))
    return Schedule(ground.base, tuple(instalments))
