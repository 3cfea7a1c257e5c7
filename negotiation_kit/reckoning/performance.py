"""How a signed plan is kept: what came for each instalment, what is late, put right or missed, and what comes next."""

from dataclasses import dataclass
from datetime import date, timedelta

from negotiation_kit.case.case import Case
from negotiation_kit.case.outcome import Shift
from negotiation_kit.days import JointCalendar
from negotiation_kit.money import Money
from negotiation_kit.reckoning.currencies import in_currency


@dataclass(frozen=True, slots=True)
class PartPerformance:
    """One instalment and the money that came for it."""

    number: int
    """As in the minutes, whatever its day is now."""
    due: date
    """The day agreed, or the one it was moved to."""
    agreed_due: date
    """The day of the minutes."""
    amount: Money
    received: Money
    """What has come for it by the day; earlier instalments are filled first."""
    last_day: date | None
    """The last day on which it can be put right: its own day and the cure days; nothing before its day is over."""
    full_on: date | None
    """The day the last of it came."""
    state: str
    """early, paid (on its day), cured (after it, in time), late (cure days run), missed (cure days over), open."""

    @property
    def is_moved(self) -> bool:
        """The client moved it, as the minutes allow once."""
        return self.due != self.agreed_due

    @property
    def short(self) -> Money:
        """What is still to come for it."""
        return self.amount - self.received

    @property
    def is_missed(self) -> bool:
        """Not full at the end of its cure days, whatever came later."""
        return self.state == "missed"

    @property
    def is_uncured(self) -> bool:
        """Missed, and the money is not there to this day."""
        return self.is_missed and self.full_on is None


@dataclass(frozen=True, slots=True)
class PlanPerformance:
    """A signed binding plan held against the money that came after the meeting."""

    agreed: date
    """Day of the meeting; money of that day is in the agreed balance already."""
    signed: date
    cure_bd: int
    parts: tuple[PartPerformance, ...]
    """In the order of their days."""
    beyond: Money
    """What came beyond all parts."""
    shift: Shift | None = None
    """The one move the minutes allow, once the client has told it."""

    @property
    def missed(self) -> int:
        """Parts not full at the end of their cure days."""
        return sum(part.is_missed for part in self.parts)

    @property
    def received(self) -> Money:
        """What came for the parts."""
        return sum((part.received for part in self.parts), self.beyond - self.beyond)

    @property
    def total(self) -> Money:
        """All parts together."""
        return sum((part.amount for part in self.parts), self.beyond - self.beyond)

    @property
    def next(self) -> PartPerformance | None:
        """The first part that is not full."""
        return next((part for part in self.parts if part.full_on is None), None)

    @property
    def health(self) -> str:
        """missed, kept (all is there), late (cure days of a part run), or running."""
        if self.missed:
            return "missed"
        if self.next is None:
            return "kept"
        return "late" if any(part.state == "late" for part in self.parts) else "running"

    @property
    def is_running(self) -> bool:
        """Nothing is missed, and something is still to come."""
        return self.health in {"running", "late"}

    @property
    def over_on(self) -> date | None:
        """The first day on which it is no longer a plan being kept: all is there, or a part is past its cure days."""
        if self.missed:
            return min(part.last_day for part in self.parts if part.is_missed and part.last_day) + timedelta(1)
        return max(part.full_on for part in self.parts if part.full_on) + timedelta(1) if self.next is None else None


def plan_performance(case: Case, as_of: date, calendars: JointCalendar) -> PlanPerformance | None:
    """The signed plan on a day; nothing without one that binds.

    Money that came after the meeting pays the parts in the order of their days. A part paid after its cure days stays
    missed. The one part the client moved is due on its new day from the day it was told on.
    """
    outcome = case.outcome
    if outcome is None or not outcome.binding or not outcome.schedule:
        return None
    if outcome.signed is None or outcome.signed > as_of:
        return None
    case = in_currency(case, case.currency)
    cure_bd = case.policy.cure_bd if outcome.cure_bd is None else outcome.cure_bd
    money = _Money(case, since=outcome.day, until=as_of)
    parts: list[PartPerformance] = []
    shift = outcome.shift if outcome.shift and outcome.shift.told <= as_of else None
    agreed = enumerate(sorted(outcome.schedule, key=lambda each: each.due), start=1)
    dated = [(shift.to if shift and shift.part == number else part.due, number, part) for number, part in agreed]
    for due, number, part in sorted(dated, key=lambda each: each[:2]):
        wanted = Money(part.amount, case.currency)
        received, full_on = money.take(wanted)
        last = calendars.add_business_days(due, cure_bd) if due < as_of else None
        state = _state(due, last, full_on, as_of)
        parts.append(PartPerformance(number, due, part.due, wanted, received, last, full_on, state))
    return PlanPerformance(outcome.day, outcome.signed, cure_bd, tuple(parts), money.left, shift)


class _Money:
    """The payments of a plan in the order of their days, each unit spent once."""

    def __init__(self, case: Case, *, since: date, until: date) -> None:
        known = sorted((each.day, each.amount) for each in case.payments if since < each.day and each.stands_on(until))
        self._payments = [(day, Money(amount, case.currency)) for day, amount in known]
        self._zero = Money.zero(case.currency)

    @property
    def left(self) -> Money:
        """What nothing has been spent of."""
        return sum((amount for _, amount in self._payments), self._zero)

    def take(self, wanted: Money) -> tuple[Money, date | None]:
        """As much of what is wanted as there is, and the day the last of it came if it is all."""
        taken, day = self._zero, None
        while taken < wanted and self._payments:
            day, amount = self._payments.pop(0)
            share = min(amount, wanted - taken)
            taken += share
            if share < amount:
                self._payments.insert(0, (day, amount - share))
        return taken, day if taken == wanted else None


def _state(due: date, last_day: date | None, full_on: date | None, as_of: date) -> str:
    """What became of a part; the last day is known once its own day is over."""
    by = as_of if full_on is None else full_on
    if last_day is None or by <= due:
        return "open" if full_on is None else "early" if full_on < due else "paid"
    if by > last_day:
        return "missed"
    return "late" if full_on is None else "cured"
