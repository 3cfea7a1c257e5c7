"""The dated way from the friendly call to the court file, in two lanes that run side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from negotiation_kit.case.case import Case
from negotiation_kit.days import JointCalendar
from negotiation_kit.periods import Period, deadline
from negotiation_kit.reckoning.debt import Debt

PERSONAL, FORMAL, BOTH = "personal", "formal", "both"
DAY, BUSINESS_DAY = "day", "business_day"


@dataclass(frozen=True, slots=True)
class Distance:
    """The rule behind a day: so many days or business days after a step, before it if negative."""

    number: int
    unit: str
    """day, business_day or month."""
    since: str

    @property
    def length(self) -> int:
        """How many, in either direction."""
        return abs(self.number)


@dataclass(frozen=True, slots=True)
class _Dated:
    """A day, the rule behind it, and the day it moved from."""

    day: date
    rule: Distance
    counted: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One dated act of the clock."""

    key: str
    day: date
    lane: str
    owner: str
    """A role of ours."""
    rule: Distance | None
    """Nothing for the day everything is counted from."""
    done_on: date | None = None
    counted: date | None = None
    """The day the rule counts to, where it is a day of rest and the step moved off it."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Where the case stands on a day and what comes when."""

    as_of: date
    stage: str
    """prevent, negotiate, claim or court; done when nothing is open."""
    stage_ends: date | None
    steps: tuple[Step, ...]
    noticed: bool
    """Finance has reported the miss; else the clock counts from the day it should have."""
    plan_active: bool
    """A signed plan suspends the clock while it is kept."""

    @property
    def days_left(self) -> int | None:
        """Calendar days until the stage ends."""
        return (self.stage_ends - self.as_of).days if self.stage_ends else None

    @property
    def next_step(self) -> Step | None:
        """The first step that is not behind us."""
        return next((step for step in self.steps if step.day >= self.as_of and step.done_on is None), None)

    def day_of(self, key: str) -> date:
        """The day of a step; the first one where there are several."""
        return next(step.day for step in self.steps if step.key == key)


def set_clock(case: Case, debt: Debt, calendars: JointCalendar) -> Clock | None:
    """The clock of the oldest overdue invoice; nothing when no invoice is open.

    Our own acts that would fall on a rest day move to the business day before, hand-overs to the one after. Promises
    do not move it.
    """
    open_ = debt.open_invoices
    if not open_:
        return None
    due = min(balance.invoice.due for balance in open_)
    steps = tuple(sorted(_steps(case, due, calendars), key=lambda step: step.day))
    days = {step.key: step.day for step in steps}
    ends = (("prevent", due), ("negotiate", days["window_end"]), ("claim", days["claim_end"]))
    stage, stage_ends = next(((name, end) for name, end in ends if debt.as_of <= end), ("court", None))
    return Clock(
        as_of=debt.as_of,
        stage=stage,
        stage_ends=stage_ends,
        steps=steps,
        noticed=case.finance_notice is not None and case.finance_notice <= debt.as_of,
        plan_active=_plan_active(case, debt.as_of),
    )


def _steps(case: Case, due: date, calendars: JointCalendar) -> Iterator[Step]:
    policy = case.policy
    business_days = calendars.add_business_days
    notice = case.finance_notice or business_days(due, policy.finance_notice_bd)
    window_end = notice + timedelta(policy.negotiation_days)
    letter = business_days(window_end, policy.claim_letter_bd)
    period = Period(1, "month") if policy.claim_unit == "month" else Period(policy.claim_days, "day")
    claim_end = deadline(letter, period, calendars)

    def own_act(since: date, days: int, key: str) -> _Dated:
        """One of our own acts: on a rest day it is done the business day before."""
        counted = since + timedelta(days)
        day = calendars.preceding(counted)
        return _Dated(day, Distance(days, DAY, key), counted if counted != day else None)

    def from_step(day: date, number: int, since: str) -> _Dated:
        return _Dated(business_days(day, number), Distance(number, BUSINESS_DAY, since))

    yield _talk("courtesy_note", from_step(due, -policy.pre_due_bd, "due"))
    yield Step("due", due, BOTH, "finance", None)
    noticed = Distance(policy.finance_notice_bd, BUSINESS_DAY, "due")
    yield Step("finance_notice", notice, FORMAL, "finance", noticed, case.finance_notice)
    told = Distance(0, DAY, "finance_notice")
    yield Step("superior_told", notice, FORMAL, "account manager", told, case.superior_told)
    called = _first_call(case, notice)
    yield _talk("first_call", from_step(notice, policy.first_call_bd, "finance_notice"), done_on=called)
    yield _formal("checkpoint", own_act(notice, policy.checkpoint_days, "finance_notice"), "superior")
    yield _talk("meeting_by", own_act(notice, policy.meeting_by_days, "finance_notice"))
    yield _talk("warning", from_step(window_end, -policy.warning_bd, "window_end"))
    window = Distance(policy.negotiation_days, DAY, "finance_notice")
    yield Step("window_end", window_end, BOTH, "account manager", window)
    yield _formal("claim_letter", from_step(window_end, policy.claim_letter_bd, "window_end"), "legal")
    for days in policy.pulse_days:
        yield _talk("pulse", own_act(letter, days, "claim_letter"))
    yield _talk("second_warning", from_step(claim_end, -policy.claim_warning_bd, "claim_end"))
    yield Step("claim_end", claim_end, FORMAL, "legal", Distance(period.number, period.unit, "claim_letter"))
    yield _formal("court_file", from_step(claim_end, 1, "claim_end"), "legal")


def _talk(key: str, dated: _Dated, done_on: date | None = None) -> Step:
    """A step of the personal lane, which is the manager's."""
    return Step(key, dated.day, PERSONAL, "account manager", dated.rule, done_on, dated.counted)


def _formal(key: str, dated: _Dated, owner: str) -> Step:
    return Step(key, dated.day, FORMAL, owner, dated.rule, None, dated.counted)


def _first_call(case: Case, notice: date) -> date | None:
    """The first time we reached out after the miss."""
    return min((each.day for each in case.contacts if each.direction == "out" and each.day >= notice), default=None)


def _plan_active(case: Case, as_of: date) -> bool:
    outcome = case.outcome
    return bool(outcome and outcome.binding and outcome.schedule and outcome.signed and outcome.signed <= as_of)
