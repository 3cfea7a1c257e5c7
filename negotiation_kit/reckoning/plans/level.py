"""Level parts with the interest inside: each pays the interest of its time first, the rest lowers the principal."""

from collections.abc import Iterator

from negotiation_kit.case.plan import Plan, Shape
from negotiation_kit.money import Money
from negotiation_kit.reckoning.plans.balance import Balance
from negotiation_kit.reckoning.plans.ground import MOST_PARTS, Ground, PlanImpossible
from negotiation_kit.reckoning.plans.part_amounts import each_time, parts_of, sum_of
from negotiation_kit.reckoning.plans.part_days import PartDay

LEVEL_SHAPES: frozenset[Shape] = frozenset({"equal", "fixed", "carry"})
"""Shapes whose parts stay level when interest is inside them."""


def level_parts(plan: Plan, ground: Ground, days: Iterator[PartDay]) -> list[tuple[PartDay, Money]]:
    """The day and the principal of each part: a fixed sum until all is paid, or the smallest that is enough.

    Equal parts are found by halving, since a larger part never settles less; the unit is that of the plan. A first
    part that does not cover its interest is refused, since no sum of the later ones would mend it.
    """
    kept = _Kept(days)
    if plan.shape != "equal":
        return _paid_with(plan, ground, kept, each_time(plan, ground), MOST_PARTS)
    number = parts_of(plan)
    too_little, enough = 0, 1
    while not _is_enough(plan, ground, kept, enough, number):
        too_little, enough = enough, enough * 2
    while enough - too_little > 1:
        middle = (too_little + enough) // 2
        if _is_enough(plan, ground, kept, middle, number):
            enough = middle
        else:
            too_little = middle
    return _paid_with(plan, ground, kept, _units(enough, ground), number)


def _units(number: int, ground: Ground) -> Money:
    return Money(number * ground.unit, ground.base.currency)


def _is_enough(plan: Plan, ground: Ground, days: "_Kept", units: int, number: int) -> bool:
    try:
        _paid_with(plan, ground, days, _units(units, ground), number)
    except PlanImpossible as impossible:
        if impossible.field == "first":
            raise
        return False
    return True


def _paid_with(plan: Plan, ground: Ground, days: "_Kept", each: Money, most: int) -> list[tuple[PartDay, Money]]:
    """The parts when so much is paid each time; PlanImpossible when that is not enough."""
    balance = Balance(ground)
    parts = []
    for place in range(most):
        day = days[place]
        balance.reach(day.due)
        is_first = place == 0 and plan.first is not None and most > 1
        wished = sum_of(plan.first, ground.base, ground) if is_first and plan.first else each
        total = min(wished, balance.left + balance.interest)
        interest = balance.take_interest(total)
        if not balance.interest.is_zero:
            field, way_out = ("first", "a larger first part") if is_first else ("amount", "pay more each time")
            raise PlanImpossible(field, f"{total} does not cover the interest until {day.due}", way_out)
        balance.settle(total - interest)
        parts.append((day, total - interest))
        if balance.left.is_zero:
            return parts
    raise PlanImpossible("amount", f"{each} each time does not settle the sum in {most} parts", "pay more each time")


class _Kept:
    """Days that are asked for again and again, found once."""

    def __init__(self, days: Iterator[PartDay]) -> None:
        self._days = days
        self._found: list[PartDay] = []

    def __getitem__(self, place: int) -> PartDay:
        while len(self._found) <= place:
            self._found.append(next(self._days))
        return self._found[place]
