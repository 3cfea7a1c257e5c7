"""What a plan stands on: the debts it settles, the day it is agreed, calendars and rate.

Exception
  PlanImpossible    the shape cannot settle the sum; says which field of the plan is to be changed
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from negotiation_kit.days import JointCalendar
from negotiation_kit.money import Money
from negotiation_kit.reckoning.terms import Terms

MOST_PARTS = 240
"""A plan of more parts than this is a slip, not a plan."""


class PlanImpossible(ValueError):  # noqa: N818 - says what happened
    """The plan cannot settle the sum."""

    def __init__(self, field: str, message: str, way_out: str) -> None:
        """Name the field of the plan, what is wrong, and what to do."""
        self.field = field
        self.way_out = way_out
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Lot:
    """A debt the plan settles."""

    invoice: str
    open: Money
    began: date
    """First day of interest on it; by some laws it decides the rate."""
    bears_interest: bool = True
    """Interest inside the parts is reckoned on it."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a plan stands on."""

    lots: tuple[Lot, ...]
    """In the order in which parts settle them."""
    start: date
    """The day the plan is agreed: periods are counted and interest inside it runs from here."""
    calendars: JointCalendar
    unit: Decimal
    """Parts are multiples of this, the one with the remainder excepted."""
    first_bd: int
    """Business days until the first part, where the plan names no day."""
    terms: Terms | None = None
    """The rate of interest inside the parts."""
    accrued: Money | None = None
    """Interest open on the day it was reckoned; paid with the first parts where interest is inside."""
    accrued_to: date | None = None
    """The day that interest was reckoned for; nothing when it is the day of the agreement."""

    @property
    def base(self) -> Money:
        """The principal to be settled."""
        return sum((lot.open for lot in self.lots), Money.zero(self.lots[0].open.currency))
