"""The sums of a plan's parts by its shape: whole units, exact in sum, none of them empty."""

from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from types import MappingProxyType

from negotiation_kit.case.plan import Plan, Shape, Share
from negotiation_kit.money import Money
from negotiation_kit.reckoning.plans.ground import MOST_PARTS, Ground, PlanImpossible
from negotiation_kit.reckoning.plans.part_days import receipts_by_day

_PRECISE = Context(prec=60)


def part_amounts(plan: Plan, ground: Ground) -> Iterator[Money]:
    """The principal of each part; they add up to the base unless the plan names too little or too much."""
    return _AMOUNTS[plan.shape](plan, ground)


def _whole(_: Plan, ground: Ground) -> Iterator[Money]:
    yield ground.base


def _equal(plan: Plan, ground: Ground) -> Iterator[Money]:
    number = parts_of(plan)
    if plan.first is None:
        yield from _equally(ground.base, number, ground, plan)
        return
    first = sum_of(plan.first, ground.base, ground)
    if number == 1 or first >= ground.base:
        yield ground.base
        return
    later = list(_equally(ground.base - first, number - 1, ground, plan))
    if plan.remainder == "first":
        rest = sum(later, Money.zero(first.currency))
        first = ground.base - rest
    yield first
    yield from later


def _equally(sum_: Money, number: int, ground: Ground, plan: Plan) -> Iterator[Money]:
    """Equal parts in the unit; the last takes the remainder and is never the largest, or the first takes all of it."""
    if plan.remainder == "first":
        part = _to_unit(_ratio(sum_, number), ground.unit, ROUND_FLOOR, sum_)
        if part.is_zero:
            raise PlanImpossible("parts", f"{sum_} is too little for {number} parts", "fewer parts, or round_to: 1")
        if plan.first is None:
            yield sum_ - Money(part.amount * (number - 1), sum_.currency)
            yield from [part] * (number - 1)
        else:
            yield from [part] * number
        return
    part = _to_unit(_ratio(sum_, number), ground.unit, ROUND_CEILING, sum_)
    yield from _until_paid(sum_, part)


def _until_paid(sum_: Money, part: Money) -> Iterator[Money]:
    """The same sum each time; the last is the rest."""
    left = sum_
    while not left.is_zero:
        taken = min(part, left)
        yield taken
        left -= taken


def _shares(plan: Plan, ground: Ground) -> Iterator[Money]:
    """Percentages are rounded up to the unit; a last one gives back what the others took by that, and no more."""
    left, number = ground.base, len(plan.shares)
    for place, share in enumerate(plan.shares, start=1):
        amount = left if share.is_rest else sum_of(share, ground.base, ground)
        if place < number:
            amount = min(amount, left)
        elif share.percent is not None and left <= amount < left + Money(ground.unit * number, left.currency):
            amount = left
        yield amount
        left -= amount


def _rising(plan: Plan, ground: Ground) -> Iterator[Money]:
    yield from _sloping(plan, ground, falling=False)


def _falling(plan: Plan, ground: Ground) -> Iterator[Money]:
    yield from _sloping(plan, ground, falling=True)


def _sloping(plan: Plan, ground: Ground, *, falling: bool) -> Iterator[Money]:
    """Each part larger than the one before by the growth, or smaller; the last is the rest.

    A growth in percent is one of the first of them.
    """
    number, base = parts_of(plan), ground.base
    if plan.first:
        first = min(sum_of(plan.first, base, ground), base)
        yield first
        number, base = number - 1, base - first
        if base.is_zero:
            return
    weights = _weights(plan, base, number, falling=falling)
    rounding = ROUND_CEILING if falling else ROUND_FLOOR
    left, whole = base, sum(weights)
    for weight in weights[:-1]:
        amount = min(_to_unit(Fraction(base.amount) * weight / whole, ground.unit, rounding, base), left)
        if not amount.is_zero:
            yield amount
            left -= amount
    if not left.is_zero:
        yield left


def _weights(plan: Plan, base: Money, number: int, *, falling: bool) -> list[Fraction]:
    growth = plan.growth
    if number < 1:
        raise PlanImpossible("parts", "plan.parts leaves no part after the first", "at least 2 parts")
    if growth is None:
        first, rise = Fraction(number if falling else 1), Fraction(1)
    elif growth.percent is not None:
        first, rise = Fraction(1), Fraction(growth.percent) / 100
    else:
        rise = Fraction(growth.amount or Decimal(0))
        middle = Fraction(base.amount) / number
        first = middle + rise * (number - 1) / 2 if falling else middle - rise * (number - 1) / 2
    weights = [first - rise * place if falling else first + rise * place for place in range(number)]
    if min(weights) <= 0:
        raise PlanImpossible(
            "growth", f"plan.growth leaves nothing for the smallest of {number} parts", "a smaller growth"
        )
    return weights


def _balloon(plan: Plan, ground: Ground) -> Iterator[Money]:
    """Interest alone until the last part, which is the whole principal; a first part may lower it before."""
    left = ground.base
    for place in range(parts_of(plan) - 1):
        amount = Money.zero(left.currency)
        if place == 0 and plan.first:
            amount = min(sum_of(plan.first, ground.base, ground), left)
        yield amount
        left -= amount
    yield left


def _seasonal(plan: Plan, ground: Ground) -> Iterator[Money]:
    if plan.shares:
        yield from _shares(plan, ground)
        return
    number = plan.parts or len(plan.months) + (plan.first is not None)
    yield from _equal(plan.model_copy(update={"parts": number}), ground)


def _receipts(plan: Plan, ground: Ground) -> Iterator[Money]:
    left = ground.base
    if plan.first:
        first = min(sum_of(plan.first, ground.base, ground), left)
        yield first
        left -= first
    for _, receipts in receipts_by_day(plan, ground):
        if not left.is_zero:
            ours = sum(Fraction(each.amount) for each in receipts) * Fraction(plan.share_percent) / 100
            amount = min(_to_unit(ours, ground.unit, ROUND_FLOOR, left), left)
            if amount.is_zero:
                raise PlanImpossible(
                    "share_percent", f"nothing is left for us of {receipts[0].source}", "a larger share"
                )
            yield amount
            left -= amount


def _fixed(plan: Plan, ground: Ground) -> Iterator[Money]:
    left = ground.base
    if plan.first:
        first = min(sum_of(plan.first, ground.base, ground), left)
        yield first
        left -= first
    yield from _until_paid(left, each_time(plan, ground))


def _carry(plan: Plan, ground: Ground) -> Iterator[Money]:
    """As many parts as what the client can carry asks for, made level: ⌈(base - first) / carry⌉ after the first."""
    left, carry = ground.base, each_time(plan, ground)
    if plan.first:
        first = min(sum_of(plan.first, ground.base, ground), left)
        yield first
        left -= first
    if left.is_zero:
        return
    number = int((left.amount / carry.amount).to_integral_value(ROUND_CEILING))
    part = min(_to_unit(_ratio(left, number), ground.unit, ROUND_CEILING, left), carry)
    yield from _until_paid(left, part)


def _list(plan: Plan, ground: Ground) -> Iterator[Money]:
    yield from (Money(part.amount, ground.base.currency) for part in plan.schedule)


_AMOUNTS: Mapping[Shape, Callable[[Plan, Ground], Iterator[Money]]] = MappingProxyType(
    {
        "whole": _whole,
        "equal": _equal,
        "shares": _shares,
        "rising": _rising,
        "falling": _falling,
        "balloon": _balloon,
        "seasonal": _seasonal,
        "receipts": _receipts,
        "fixed": _fixed,
        "carry": _carry,
        "list": _list,
    }
)


def parts_of(plan: Plan) -> int:
    number = plan.parts or 0
    if not 1 <= number <= MOST_PARTS:
        raise PlanImpossible("parts", f"plan.parts is {number}, expected 1 to {MOST_PARTS}", "write how many parts")
    return number


def each_time(plan: Plan, ground: Ground) -> Money:
    amount = Money(plan.amount or Decimal(0), ground.base.currency)
    if amount.is_zero:
        raise PlanImpossible("amount", "plan.amount is 0", "write what is paid each time")
    return amount


def sum_of(share: Share, base: Money, ground: Ground) -> Money:
    """A percentage rounded up to the unit, a sum as it is, or all of it."""
    if share.amount is not None:
        return Money(share.amount, base.currency)
    return base.percent(share.percent).rounded_up_to(ground.unit).rounded() if share.percent is not None else base


def _ratio(sum_: Money, number: int) -> Fraction:
    return Fraction(sum_.amount) / number


def _to_unit(exact: Fraction, unit: Decimal, rounding: str, like: Money) -> Money:
    """An exact sum as a multiple of the unit; of the smallest one that can be paid where it is below one unit."""
    units = exact / Fraction(unit)
    whole, rest = divmod(units.numerator, units.denominator)
    if rounding == ROUND_CEILING:
        whole += rest > 0
    return Money(_PRECISE.multiply(Decimal(whole), unit), like.currency)
