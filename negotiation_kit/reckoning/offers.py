"""What we may offer: opening, target and fallback of the track, with schedules held against the authority."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cached_property
from itertools import islice

from negotiation_kit.case.case import Case
from negotiation_kit.case.fields import shown_to
from negotiation_kit.case.plan import Plan, Share
from negotiation_kit.case.policy import OfferTerms, Policy, TrackTerms
from negotiation_kit.days import JointCalendar
from negotiation_kit.money import Money
from negotiation_kit.periods import Period
from negotiation_kit.reckoning.debt import Debt
from negotiation_kit.reckoning.limits import Excess, excesses
from negotiation_kit.reckoning.plans.beside import interest_beside
from negotiation_kit.reckoning.plans.ground import Ground
from negotiation_kit.reckoning.plans.lay import lay_plan
from negotiation_kit.reckoning.plans.part_days import part_days
from negotiation_kit.reckoning.plans.standing import ground_of
from negotiation_kit.reckoning.plans.what_if import WhatIf, what_if
from negotiation_kit.reckoning.schedule import Schedule

HIGHEST_LEVEL = 3
FIRST_PERCENT_STEP = 5
WAIVER_PERCENT = {3: Decimal(100), 2: Decimal(50), 1: Decimal(25), 0: Decimal(0)}
"""Share of the interest that may be waived, by concession level, in STAGED."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One plan we could agree to."""

    name: str
    terms: OfferTerms | None
    """What the track allows; nothing for the manager's own plan."""
    schedule: Schedule
    last_days: int
    """Days from the meeting to the last instalment."""
    waiver_percent: Decimal
    """Share of the interest that falls away if every part comes on its day."""
    beside: Money | None
    """Interest by the last part if it runs beside the plan; nothing where there is none or it is not known."""
    needs_security: bool
    excesses: tuple[Excess, ...]

    @property
    def inside_authority(self) -> bool:
        """The manager may agree to it alone."""
        return not self.excesses


@dataclass(frozen=True)
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
    plan: Offer | None
    """The manager's own plan."""
    ground: Ground = field(metadata=shown_to(None))
    """What the schedules stand on."""
    every: Period = field(metadata=shown_to(None))
    """The step of the own plan or the target."""

    @cached_property
    def what_if(self) -> WhatIf:
        """Other first parts and numbers of parts, in that step; worked out when a paper shows it."""
        return what_if(self.ground, self.every)

    @property
    def ladder(self) -> tuple[Offer, ...]:
        """From what we ask to the least we accept."""
        return self.opening, self.target, self.fallback

    @property
    def all(self) -> tuple[Offer, ...]:
        """The ladder, and the manager's own plan after it."""
        return (*self.ladder, self.plan) if self.plan else self.ladder

    def named(self, name: str | None) -> Offer:
        """The offer of a name; without one the manager's own plan, or else the opening."""
        return next((offer for offer in self.all if offer.name == name), self.plan or self.opening)


@dataclass(frozen=True, slots=True)
class _Talk:
    """What the offers of one meeting have in common."""

    case: Case
    debt: Debt
    track: str
    ground: Ground
    heavy: bool
    waiver_percent: Decimal
    """What the track waives, where the case waives interest at all."""


def build_offers(
    case: Case, debt: Debt, track: str, level: int, *, heavy: bool, calendars: JointCalendar
) -> Offers | None:
    """The offers of a track, or nothing where the track knows none or nothing undisputed is overdue."""
    terms = _track_terms(case.policy, track)
    if terms is None or debt.undisputed.is_zero:
        return None
    meeting = meeting_day(case, debt.as_of, calendars)
    talk = _Talk(
        case, debt, track, ground_of(debt, case.policy, meeting, calendars), heavy, _waiver(case, track, level)
    )
    opening, target, fallback = (
        _offer(name, each, talk)
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
        meeting=meeting,
        waiver_percent=talk.waiver_percent,
        opening=opening,
        target=target,
        fallback=fallback,
        plan=_own_plan(case.plan, talk, calendars) if case.plan else None,
        ground=talk.ground,
        every=_step(case.plan, terms),
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


def _waiver(case: Case, track: str, level: int) -> Decimal:
    """The share of the interest a track gives for a plan that is kept; nothing unless the case says so."""
    if case.interest is None or case.interest.claim != "waived if kept":
        return Decimal(0)
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


def _offer(name: str, wanted: OfferTerms, talk: _Talk) -> Offer:
    terms = _capped(wanted, talk)
    return _held_against_limits(name, terms, staged(terms, talk.ground), talk, talk.waiver_percent)


def _own_plan(plan: Plan, talk: _Talk, calendars: JointCalendar) -> Offer:
    """The manager's own plan, judged by the same limits."""
    ground = ground_of(talk.debt, talk.case.policy, talk.ground.start, calendars, pay_first=plan.pay_first)
    waiver = Decimal(100) if plan.interest == "waived if kept" else Decimal(0)
    return _held_against_limits("plan", None, lay_plan(plan, ground), talk, waiver)


def _step(plan: Plan | None, terms: TrackTerms) -> Period:
    """The step between parts: that of the manager's plan, or of the target."""
    return plan.every if plan and plan.every else Period(terms.target.step_days, "day")


def _held_against_limits(
    name: str, terms: OfferTerms | None, schedule: Schedule, talk: _Talk, waiver_percent: Decimal
) -> Offer:
    start = talk.ground.start
    last_days = (schedule.last.due - start).days
    long_or_heavy = talk.heavy or last_days > talk.case.policy.security_over_days
    return Offer(
        name=name,
        terms=terms,
        schedule=schedule,
        last_days=last_days,
        waiver_percent=waiver_percent,
        beside=interest_beside(schedule, talk.ground),
        needs_security=talk.track == "SECURED" or (talk.track == "STAGED" and long_or_heavy),
        excesses=tuple(excesses(talk.case, talk.debt, schedule, start, waiver_percent=waiver_percent)),
    )


def _capped(terms: OfferTerms, talk: _Talk) -> OfferTerms:
    """The terms inside the policy's caps; for a key client also inside what management has granted."""
    policy = talk.case.policy
    last_days = min(terms.last_days, policy.plan_max_days)
    tolerance = talk.case.tolerance
    if talk.track == "EXECUTIVE" and tolerance:
        oldest = min(balance.invoice.due for balance in talk.debt.overdue_invoices)
        granted = (oldest + timedelta(tolerance.days) - talk.ground.start).days
        last_days = min(last_days, max(granted, policy.clarify.opening.last_days))
    return terms.model_copy(update={"last_days": last_days, "parts": min(terms.parts, policy.parts_max)})


def staged(terms: OfferTerms, ground: Ground) -> Schedule:
    """First part at once, then equal parts, the last one the rest and never the largest, by the last day at the latest.

    The first part is rounded up to the round unit, so are the later ones; a part that would be empty falls away. Days
    count from the first part and move to the business day before.
    """
    plan = Plan(
        shape="equal",
        first=Share(percent=terms.first_percent),
        parts=max(1, terms.parts),
        every=Period(terms.step_days, "day"),
    )
    last_day = ground.start + timedelta(terms.last_days)
    wanted = islice(part_days(plan, ground), plan.parts)
    in_time = sum(day.due <= last_day for day in wanted)
    return lay_plan(plan.model_copy(update={"parts": max(1, in_time)}), ground)
