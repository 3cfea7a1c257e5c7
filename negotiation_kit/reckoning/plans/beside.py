"""The interest that runs beside a schedule whose parts are principal alone."""

from negotiation_kit.law.rates import RateUnknown
from negotiation_kit.money import Money
from negotiation_kit.reckoning.plans.balance import Balance
from negotiation_kit.reckoning.plans.ground import Ground
from negotiation_kit.reckoning.schedule import Schedule


def interest_beside(schedule: Schedule, ground: Ground) -> Money | None:
    """All interest by the last day if every part comes on its own: what is waived, or owed again when it is not kept.

    Nothing where no interest is reckoned, where it is inside the parts, or where a rate of that time is not known yet.
    """
    if ground.terms is None or schedule.interest is not None:
        return None
    balance = Balance(ground)
    try:
        for part in schedule.instalments:
            balance.reach(part.due)
            balance.settle(part.principal)
    except RateUnknown:
        return None
    return balance.interest
