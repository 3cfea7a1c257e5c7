"""What becomes of a schedule when money comes early or does not come: named ways, each exact to the last unit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import assert_never

from negotiation_kit.case.outcome import Missed, Prepayment
from negotiation_kit.days import JointCalendar, Roll
from negotiation_kit.money import Money
from negotiation_kit.periods import Period, step
from negotiation_kit.reckoning.schedule import Instalment, Schedule


def prepaid(schedule: Schedule, day: date, amount: Money, way: Prepayment) -> Schedule:
    """What is left of a schedule after money beyond it came on a day; ValueError for more than is left.

    next part: the coming parts are lowered one after the other. shorter: the last parts fall away first, so that the
    plan ends earlier. smaller: the days stay, and the rest is spread over them in equal shares.
    """
    ahead = [part for part in schedule.instalments if part.due > day]
    left = _sum([part.principal for part in ahead], amount)
    if amount > left:
        raise ValueError(f"{amount} is more than the {left} still ahead")
    match way:
        case "next part":
            kept = _lowered(ahead, amount)
        case "shorter":
            kept = _lowered(ahead[::-1], amount)[::-1]
        case "smaller":
            kept = _spread(ahead, left - amount)
        case _:
            assert_never(way)
    return _renumbered(kept, left - amount)


def missed(
    schedule: Schedule,
    number: int,
    way: Missed,
    *,
    settle_by: date,
    calendars: JointCalendar,
    every: Period,
    roll: Roll,
) -> Schedule:
    """The schedule from a missed part on.

    spread: the parts after it take its sum in equal shares. append: a further part at the end, one step after the
    last. accelerate: all that is left falls due on the day by which it could still have been put right.
    """
    lost = schedule.instalments[number - 1]
    after = list(schedule.instalments[number:])
    left = _sum([part.principal for part in after], lost.principal) + lost.principal
    if way == "accelerate" or (way == "spread" and not after):
        return _renumbered([replace(_with_sum(lost, left), due=settle_by, wished=None)], left)
    if way == "spread":
        shares = lost.principal.split(len(after))
        spread = [_with_sum(part, part.principal + share) for part, share in zip(after, shares, strict=True)]
        return _renumbered(spread, left)
    wished, due = _day_after(after[-1] if after else lost, every, calendars, roll)
    appended = replace(_with_sum(lost, lost.principal), due=due, wished=wished)
    return _renumbered([*(_with_sum(part, part.principal) for part in after), appended], left)


def _day_after(last: Instalment, every: Period, calendars: JointCalendar, roll: Roll) -> tuple[date, date]:
    """The day one step after a part, as wished and as moved off a rest day; a step more where it moved back to it."""
    wished = last.wished or last.due
    while True:
        business = every.unit == "business day"
        wished = calendars.add_business_days(wished, every.number) if business else step(wished, every, 1)
        due = calendars.roll(wished, roll)
        if due > last.due:
            return wished, due


def _lowered(parts: Sequence[Instalment], amount: Money) -> list[Instalment]:
    """The parts after a sum was taken from the first ones of them; what is empty falls away."""
    kept = []
    for part in parts:
        taken = min(amount, part.principal)
        amount -= taken
        if part.principal > taken:
            kept.append(_with_sum(part, part.principal - taken))
    return kept


def _spread(parts: Sequence[Instalment], sum_: Money) -> list[Instalment]:
    """The sum over the days of the parts, in whole units and as evenly as can be, the larger last."""
    if sum_.is_zero:
        return []
    shares = [share for share in sum_.split(len(parts)) if not share.is_zero]
    return [_with_sum(part, share) for part, share in zip(parts[-len(shares) :], shares, strict=True)]


def _with_sum(part: Instalment, amount: Money) -> Instalment:
    return replace(part, amount=amount, interest=None, covers=())


def _renumbered(parts: Sequence[Instalment], base: Money) -> Schedule:
    """The schedule of the parts; those that were interest alone fall away."""
    left = base
    numbered: list[Instalment] = []
    for number, part in enumerate((each for each in parts if not each.amount.is_zero), start=1):
        left -= part.amount
        numbered.append(replace(part, number=number, left=left))
    return Schedule(base, tuple(numbered))


def _sum(amounts: Sequence[Money], like: Money) -> Money:
    return sum(amounts, Money.zero(like.currency))
