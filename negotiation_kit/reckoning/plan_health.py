"""An agreed plan held against the money that came: which parts are paid, which comes next, which were missed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from negotiation_kit.money import Money
from negotiation_kit.reckoning.reckon import Reckoning


@dataclass(frozen=True, slots=True)
class PlanPart:
    """One agreed part and what of it has not come yet."""

    due: date
    amount: Money
    left: Money
    kept: bool | None
    """It came by the end of its cure days, or did not; nothing while they run."""

    @property
    def is_paid(self) -> bool:
        """All of it has come, in time or not."""
        return self.left.is_zero

    @property
    def is_awaited(self) -> bool:
        """Something is still to come and its cure days are not over."""
        return self.kept is None


@dataclass(frozen=True, slots=True)
class PlanHealth:
    """The agreed plan of a case on a day."""

    signed: date | None
    """Day both sides signed; nothing while they have not."""
    in_force: bool
    """Signed, and a binding agreement: only then parts count as kept or missed."""
    parts: tuple[PlanPart, ...]

    @property
    def paid(self) -> int:
        """Parts that have come in full."""
        return sum(part.is_paid for part in self.parts)

    @property
    def next(self) -> PlanPart | None:
        """The first part still awaited."""
        return next((part for part in self.parts if part.is_awaited), None)

    @property
    def missed(self) -> int:
        """Parts that had not come by the end of their cure days, paid since or not."""
        return sum(part.kept is False for part in self.parts)

    @property
    def behind(self) -> tuple[PlanPart, ...]:
        """Parts past their cure days with something still to pay."""
        return tuple(part for part in self.parts if part.kept is False and not part.is_paid)

    @property
    def is_kept(self) -> bool:
        """In force, and nothing was missed: the plan decides what comes next."""
        return self.in_force and not self.missed


def plan_health(reckoning: Reckoning) -> PlanHealth | None:
    """The plan the last meeting agreed; nothing where none was agreed by the day, or nothing is open any more."""
    outcome = reckoning.case.outcome
    if outcome is None or not outcome.schedule or outcome.day > reckoning.as_of:
        return None
    signed = outcome.signed if outcome.signed and outcome.signed <= reckoning.as_of else None
    return PlanHealth(signed, outcome.binding and signed is not None, tuple(_parts(reckoning)))


def _parts(reckoning: Reckoning) -> Iterator[PlanPart]:
    """Money that came after the meeting pays the parts in the order of their days."""
    case, as_of = reckoning.case, reckoning.as_of
    outcome = case.outcome
    assert outcome is not None
    zero = Money.zero(case.currency)
    cure_bd = case.policy.cure_bd if outcome.cure_bd is None else outcome.cure_bd
    payments = [each for each in case.payments if outcome.day < each.day <= as_of]

    def came_by(day: date) -> Money:
        return sum((Money(each.amount, case.currency) for each in payments if each.day <= day), zero)

    came, needed = came_by(as_of), zero
    for part in sorted(outcome.schedule, key=lambda each: each.due):
        amount = Money(part.amount, case.currency)
        needed += amount
        left = min(amount, max(zero, needed - came))
        last = reckoning.calendars.add_business_days(part.due, cure_bd) if part.due < as_of else part.due
        kept = True if needed <= came_by(max(last, part.due)) else False if last < as_of else None
        yield PlanPart(part.due, amount, left, kept)
