"""How much of a key client's tolerance is used, what brings it back inside, and what was agreed to be done."""

from dataclasses import dataclass
from datetime import date, timedelta

from negotiation_kit.case.authority import Tolerance
from negotiation_kit.days import JointCalendar
from negotiation_kit.money import Money
from negotiation_kit.reckoning.debt import Debt


@dataclass(frozen=True, slots=True)
class AgreedStep:
    """One act of the agreed sequence on its day."""

    day: date
    role: str
    what: str


@dataclass(frozen=True, slots=True)
class ToleranceUse:
    """A key client held against what management has granted."""

    tolerance: Tolerance
    days_used: int
    """Days the oldest undisputed sum is overdue."""
    amount_used: Money
    """Undisputed sum overdue."""
    for_days: Money
    """What is older than the days granted; it must be paid to keep them."""
    for_amount: Money
    """What is overdue above the sum granted; nothing where no sum was granted."""
    sequence: tuple[AgreedStep, ...]
    """What was agreed with management for this delay, by day; nothing while nothing is late."""

    @property
    def smallest_payment(self) -> Money:
        """The least that brings the client back inside both limits, when the oldest due day is settled first."""
        return max(self.for_days, self.for_amount)

    @property
    def is_exceeded(self) -> bool:
        """One of the limits is passed."""
        return not self.smallest_payment.is_zero


def tolerance_use(debt: Debt, tolerance: Tolerance, calendars: JointCalendar) -> ToleranceUse:
    """What of the tolerance is used on the day of the debt; questioned parts do not count against the client.

    The agreed steps count from the oldest undisputed due day; as our own acts they move off a day of rest to the
    business day before.
    """
    zero = Money.zero(debt.currency)
    late = [balance for balance in debt.overdue_invoices if not balance.undisputed.is_zero]
    too_old = (balance.undisputed for balance in late if debt.as_of > balance.invoice.due + timedelta(tolerance.days))
    overdue = debt.undisputed
    above = zero
    if tolerance.amount is not None:
        above = max(zero, overdue - Money(tolerance.amount, debt.currency))
    return ToleranceUse(
        tolerance=tolerance,
        days_used=max((balance.days_overdue for balance in late), default=0),
        amount_used=overdue,
        for_days=sum(too_old, zero),
        for_amount=above,
        sequence=_sequence(tolerance, min((balance.invoice.due for balance in late), default=None), calendars),
    )


def _sequence(tolerance: Tolerance, due: date | None, calendars: JointCalendar) -> tuple[AgreedStep, ...]:
    if due is None:
        return ()
    steps = sorted(tolerance.sequence, key=lambda step: step.overdue_days)
    return tuple(
        AgreedStep(calendars.preceding(due + timedelta(step.overdue_days)), step.role, step.what) for step in steps
    )
