"""What is open of the debts of a plan while it is laid, and the interest between two of its days."""

from datetime import date, timedelta
from fractions import Fraction

from negotiation_kit.money import Money
from negotiation_kit.reckoning.exact import rounded
from negotiation_kit.reckoning.interest import segments_of
from negotiation_kit.reckoning.plans.ground import Ground
from negotiation_kit.reckoning.schedule import Covered

_ONE_DAY = timedelta(days=1)


class Balance:
    """The debts on their way through a plan; it changes, and never leaves the laying of one plan."""

    def __init__(self, ground: Ground) -> None:
        """Begin on the day the plan is agreed."""
        self._terms = ground.terms
        self._lots = [(lot, lot.open) for lot in ground.lots]
        self._day = ground.accrued_to or ground.start
        self.left = ground.base
        self.interest = ground.accrued or Money.zero(self.left.currency)

    def reach(self, day: date) -> None:
        """Add the interest of the days since the last one, rounded once for the time between two parts."""
        if self._terms is None or day <= self._day:
            return
        since = self._day + _ONE_DAY
        exact = Fraction(0)
        for lot, open_ in self._lots:
            if lot.bears_interest:
                lines = segments_of([(since, open_)], self._terms, lot.began, day)
                exact += sum((line.exact() for line in lines), Fraction(0))
        self.interest += rounded(exact, self.left)
        self._day = day

    def take_interest(self, most: Money) -> Money:
        """As much of the open interest as the sum pays."""
        taken = min(self.interest, most)
        self.interest -= taken
        return taken

    def settle(self, principal: Money) -> tuple[Covered, ...]:
        """Book principal on the debts in their order."""
        left, covered = principal, []
        for place, (lot, open_) in enumerate(self._lots):
            taken = min(left, open_)
            if not taken.is_zero:
                covered.append(Covered(lot.invoice, taken))
            self._lots[place] = lot, open_ - taken
            left -= taken
        self.left -= principal
        return tuple(covered)
