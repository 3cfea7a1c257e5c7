"""The one offer the manager puts on the table: from here on its figures may be shown to the client."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from negotiation_kit.case.case import Case
from negotiation_kit.case.fields import Visibility, shown_to
from negotiation_kit.days import JointCalendar
from negotiation_kit.money import Money
from negotiation_kit.reckoning.interest import LateInterest
from negotiation_kit.reckoning.offers import Offer, Offers
from negotiation_kit.reckoning.schedule import Schedule

VALID_BD = 5
"""Business days a proposal stands unless the case says otherwise."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A released offer without a trace of the others."""

    day: date
    offer: str = field(metadata=shown_to(Visibility.INTERNAL))
    """Which of the offers it is."""
    schedule: Schedule
    beside: Money | None
    """Interest by the last part if it runs beside the plan."""
    valid_until: date
    waiver_percent: Decimal
    """Share of the interest that falls away if every part arrives on its day."""
    waived: Money | None
    """That share so far; nothing where none is reckoned or waived."""
    interest_left: Money | None
    """Interest so far that is owed beside the parts even then; nothing where none is claimed."""
    secured: bool
    topup_percent: Decimal | None
    """On top of prepaid new orders, towards the open balance."""


def release(
    case: Case, offers: Offers | None, interest: LateInterest | None, calendars: JointCalendar
) -> Proposal | None:
    """The offer named by meeting.table; without a name the manager's own plan, or else the opening."""
    if offers is None:
        return None
    meeting = case.meeting
    offer = offers.named(meeting.table if meeting else None)
    wish = meeting.proposal_valid_until if meeting else None
    first_due = offer.schedule.first.due
    waived = _waived(interest, offer.waiver_percent)
    return Proposal(
        day=offers.meeting,
        offer=offer.name,
        schedule=offer.schedule,
        beside=offer.beside,
        valid_until=wish or min(first_due, calendars.add_business_days(offers.meeting, VALID_BD)),
        waiver_percent=offer.waiver_percent,
        waived=waived,
        interest_left=_left(interest, offer, waived),
        secured=offer.needs_security,
        topup_percent=_topup(case, offers.track),
    )


def _waived(interest: LateInterest | None, percent: Decimal) -> Money | None:
    if interest is None:
        return None
    waived = interest.total.percent(percent).rounded()
    return None if waived.is_zero else waived


def _left(interest: LateInterest | None, offer: Offer, waived: Money | None) -> Money | None:
    """What the supplier said it claims, less what falls away; nothing where the parts hold it."""
    if interest is None or interest.claim not in {"claimed", "waived if kept"}:
        return None
    if offer.schedule.interest and not offer.schedule.interest.is_zero:
        return None
    left = interest.total - waived if waived else interest.total
    return None if left.is_zero else left


def _topup(case: Case, track: str) -> Decimal | None:
    known = {"STAGED": case.policy.topup_staged_percent, "SECURED": case.policy.topup_secured_percent}
    return known.get(track)
