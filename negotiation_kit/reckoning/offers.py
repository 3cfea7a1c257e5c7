"""What we may offer: opening, target and fallback of the track, with schedules held against the authority."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from negotiation_kit.case.authority import Authority
from negotiation_kit.case.case import Case
from negotiation_kit.case.policy import ROUND_UNITS, OfferTerms, Policy, TrackTerms
from negotiation_kit.days import JointCalendar
from negotiation_kit.money import Money
from negotiation_kit.reckoning.ledger import Debt
from negotiation_kit.reckoning.schedule import Schedule, lay_out

HIGHEST_LEVEL = 3
FIRST_PERCENT_STEP = 5
WAIVER_PERCENT = {3: Decimal(100), 2: Decimal(50), 1: Decimal(25), 0: Decimal(0)}
"""Share of the interest that may be waived, by concession level, in STAGED."""


@dataclass(frozen=True, slots=True)
class Excess:
    """Where an offer goes beyond the manager's authority."""

    key: str
    """first_part_percent, last_day_days or parts."""
    offered: Decimal
    allowed: Decimal
    approver: str | None


@dataclass(frozen=True, slots=True)
class Offer:
    """One plan we could agree to."""

    name: str
    terms: OfferTerms
    schedule: Schedule
    last_days: int
    """Days from the meeting to the last instalment."""
    needs_security: bool
    excesses: tuple[Excess, ...]

    @property
    def inside_authority(self) -> bool:
        """The manager may agree to it alone."""
        return not self.excesses


@dataclass(frozen=True, slots=True)
class Offers:
    """The ladder of one meeting."""

    track: str
    level: int
    base: Money
    meeting: date
    waiver_percent: Decimal
    opening: Offer
    target: Offer
    fallback: Offer

    @property
    def ladder(self) -> tuple[Offer, ...]:
        """From what we ask to the least we accept."""
        return self.opening, self.target, self.fallback


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the three offers of one meeting have in common."""

    case: Case
    debt: Debt
    track: str
    meeting: date
    heavy: bool
    calendars: JointCalendar


def build_offers(
    case: Case, debt: Debt, track: str, level: int, *, heavy: bool, calendars: JointCalendar
) -> Offers | None:
    """The three offers of a track, or nothing where the track knows none or nothing undisputed is overdue."""
    terms = _track_terms(case.policy, track)
    if terms is None or debt.undisputed.is_zero:
        return None
    ground = _Ground(case, debt, track, meeting_day(case, debt.as_of, calendars), heavy, calendars)
    opening, target, fallback = (
        _offer(name, each, ground)
        for name, each in (
            ("opening", terms.opening),
            ("target", terms.target),
            ("fallback", _effective_fallback(terms, level)),
        )
    )
    return Offers(
        track=track,
        level=level,
        base=debt.undisputed,
        meeting=ground.meeting,
        waiver_percent=_waiver(track, level),
        opening=opening,
        target=target,
        fallback=fallback,
    )


def meeting_day(case: Case, as_of: date, calendars: JointCalendar) -> date:
    """The day of the meeting; without one, the next business day."""
    planned = case.meeting.day if case.meeting else None
    return planned if planned and planned >= as_of else calendars.following(as_of)


def _track_terms(policy: Policy, track: str) -> TrackTerms | None:
    known = {
        "CLARIFY": policy.clarify,
        "RESOLVE": policy.clarify,
        "STAGED": policy.staged,
        "SECURED": policy.secured,
        "EXECUTIVE": policy.executive,
    }
    return known.get(track)


def _waiver(track: str, level: int) -> Decimal:
    if track in {"CLARIFY", "RESOLVE"}:
        return Decimal(100)
    return WAIVER_PERCENT[level] if track == "STAGED" else Decimal(0)


def _effective_fallback(terms: TrackTerms, level: int) -> OfferTerms:
    """As far from the target towards the fallback as the concession level goes, rounded in our favour."""

    def between(target: Decimal, fallback: Decimal) -> Decimal:
        return target + (fallback - target) * level / HIGHEST_LEVEL

    target, fallback = terms.target, terms.fallback
    first = between(target.first_percent, fallback.first_percent)
    in_steps = (first / FIRST_PERCENT_STEP).to_integral_value(ROUND_CEILING) * FIRST_PERCENT_STEP
    parts = between(Decimal(target.parts), Decimal(fallback.parts)).to_integral_value(ROUND_FLOOR)
    last = between(Decimal(target.last_days), Decimal(fallback.last_days)).to_integral_value(ROUND_FLOOR)
    step = between(Decimal(target.step_days), Decimal(fallback.step_days)).to_integral_value(ROUND_FLOOR)
    return OfferTerms(first_percent=in_steps, parts=int(parts), step_days=int(step), last_days=int(last))


def _offer(name: str, wanted: OfferTerms, ground: _Ground) -> Offer:
    terms = _capped(wanted, ground)
    case = ground.case
    schedule = staged(ground.debt.undisputed, terms, case.policy, ground.meeting, ground.calendars)
    last_days = (schedule.last.due - ground.meeting).days
    long_or_heavy = ground.heavy or last_days > case.policy.security_over_days
    return Offer(
        name=name,
        terms=terms,
        schedule=schedule,
        last_days=last_days,
        needs_security=ground.track == "SECURED" or (ground.track == "STAGED" and long_or_heavy),
        excesses=tuple(excesses(schedule, last_days, case.authority)),
    )


def _capped(terms: OfferTerms, ground: _Ground) -> OfferTerms:
    """The terms inside the policy's caps; for a key client also inside what management has granted."""
    policy = ground.case.policy
    last_days = min(terms.last_days, policy.plan_max_days)
    tolerance = ground.case.tolerance
    if ground.track == "EXECUTIVE" and tolerance:
        oldest = min(balance.invoice.due for balance in ground.debt.overdue_invoices)
        granted = (oldest + timedelta(tolerance.days) - ground.meeting).days
        last_days = min(last_days, max(granted, policy.clarify.opening.last_days))
    return terms.model_copy(update={"last_days": last_days, "parts": min(terms.parts, policy.parts_max)})


def staged(base: Money, terms: OfferTerms, policy: Policy, meeting: date, calendars: JointCalendar) -> Schedule:
    """First part at once, then equal parts, the last one the rest and never the largest.

    The first part is rounded up to the round unit, so are the later ones; a part that would be empty falls away. Days
    count from the first part and move to the business day before.
    """
    unit = policy.round_unit or ROUND_UNITS.get(base.currency, ROUND_UNITS["EUR"])
    first_day = calendars.add_business_days(meeting, policy.first_part_bd)
    days = _days(first_day, terms, meeting, calendars)
    amounts = _amounts(base, terms.first_percent, len(days), unit)
    return lay_out(base, [(day, amount, "") for day, amount in zip(days, amounts, strict=False)])


def _days(first_day: date, terms: OfferTerms, meeting: date, calendars: JointCalendar) -> list[date]:
    """As many payment days as there are parts and room before the last day."""
    last_day = meeting + timedelta(terms.last_days)
    wanted = (first_day + timedelta(terms.step_days * place) for place in range(max(1, terms.parts)))
    days = {calendars.preceding(day) for day in wanted}
    return [first_day, *sorted(day for day in days if first_day < day <= last_day)]


def _amounts(base: Money, first_percent: Decimal, parts: int, unit: Decimal) -> list[Money]:
    first = base if parts == 1 else min(base, base.percent(first_percent).rounded_up_to(unit))
    amounts = [first]
    rest = base - first
    if rest.is_zero:
        return amounts
    equal = rest.split(parts - 1)[-1].rounded_up_to(unit)
    while not rest.is_zero:
        amounts.append(min(equal, rest))
        rest -= amounts[-1]
    return amounts


def excesses(schedule: Schedule, last_days: int, authority: Authority | None) -> Iterator[Excess]:
    """Where a plan goes beyond what the manager may agree to alone; nothing when no authority is written down."""
    if authority is None:
        return
    first = schedule.first.amount
    if authority.first_part_percent is not None and first < schedule.base.percent(authority.first_part_percent):
        share = (first.amount * 100 / schedule.base.amount).quantize(Decimal("0.1"))
        yield Excess("first_part_percent", share, authority.first_part_percent, authority.approver)
    if authority.last_day_days is not None and last_days > authority.last_day_days:
        yield Excess("last_day_days", Decimal(last_days), Decimal(authority.last_day_days), authority.approver)
    count = len(schedule.instalments)
    if authority.parts is not None and count > authority.parts:
        yield Excess("parts", Decimal(count), Decimal(authority.parts), authority.approver)
