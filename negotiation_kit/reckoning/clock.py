"""The dated way from the friendly call to the court file, in two lanes that run side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from negotiation_kit.case.case import Case
from negotiation_kit.case.policy import Policy
from negotiation_kit.days import JointCalendar
from negotiation_kit.reckoning.ledger import Debt

PERSONAL, FORMAL, BOTH = "personal", "formal", "both"


@dataclass(frozen=True, slots=True)
class Step:
    """One dated act of the clock."""

    key: str
    day: date
    lane: str
    owner: str
    """A role of ours."""
    days: int
    """The policy's number behind the day."""
    unit: str
    """day, business_day, or nothing for a day taken from the file."""
    since: str
    """The step it is counted from; negative numbers count back."""
    done_on: date | None = None


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
    policy: Policy = case.policy
    step = calendars.add_business_days
    notice = case.finance_notice or step(due, policy.finance_notice_bd)
    window_end = notice + timedelta(policy.negotiation_days)
    letter = step(window_end, policy.claim_letter_bd)
    claim_end = letter + timedelta(policy.claim_days)

    def ours(day: date) -> date:
        return calendars.preceding(day)

    yield Step(
        "courtesy_note",
        step(due, -policy.pre_due_bd),
        PERSONAL,
        "account manager",
        -policy.pre_due_bd,
        "business_day",
        "due",
    )
    yield Step("due", due, BOTH, "finance", 0, "", "")
    yield Step(
        "finance_notice",
        notice,
        FORMAL,
        "finance",
        policy.finance_notice_bd,
        "business_day",
        "due",
        case.finance_notice,
    )
    yield Step("superior_told", notice, FORMAL, "account manager", 0, "day", "finance_notice", case.superior_told)
    yield Step(
        "first_call", step(notice, policy.first_call_bd), PERSONAL, "account manager", policy.first_call_bd, "business_day",
        "finance_notice", _first_call(case, notice),
    )  # fmt: skip
    yield Step(
        "checkpoint", ours(notice + timedelta(policy.checkpoint_days)), FORMAL, "superior", policy.checkpoint_days,
        "day", "finance_notice",
    )  # fmt: skip
    yield Step(
        "meeting_by", ours(notice + timedelta(policy.meeting_by_days)), PERSONAL, "account manager",
        policy.meeting_by_days, "day", "finance_notice",
    )  # fmt: skip
    yield Step(
        "warning",
        step(window_end, -policy.warning_bd),
        PERSONAL,
        "account manager",
        -policy.warning_bd,
        "business_day",
        "window_end",
    )
    yield Step("window_end", window_end, BOTH, "account manager", policy.negotiation_days, "day", "finance_notice")
    yield Step("claim_letter", letter, FORMAL, "legal", policy.claim_letter_bd, "business_day", "window_end")
    for days in policy.pulse_days:
        yield Step("pulse", ours(letter + timedelta(days)), PERSONAL, "account manager", days, "day", "claim_letter")
    yield Step(
        "second_warning", step(claim_end, -policy.claim_warning_bd), PERSONAL, "account manager",
        -policy.claim_warning_bd, "business_day", "claim_end",
    )  # fmt: skip
    yield Step("claim_end", claim_end, FORMAL, "legal", policy.claim_days, "day", "claim_letter")
    yield Step("court_file", step(claim_end, 1), FORMAL, "legal", 1, "business_day", "claim_end")


def _first_call(case: Case, notice: date) -> date | None:
    """The first time we reached out after the miss."""
    return next(
        (
            each.day
            for each in sorted(case.contacts, key=lambda each: each.day)
            if each.direction == "out" and each.day >= notice
        ),
        None,
    )


def _plan_active(case: Case, as_of: date) -> bool:
    outcome = case.outcome
    return bool(outcome and outcome.binding and outcome.schedule and outcome.signed and outcome.signed <= as_of)
