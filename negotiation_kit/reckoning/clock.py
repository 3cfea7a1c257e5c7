"""The dated way from the friendly call to the court file, in two lanes that run side by side."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self

from negotiation_kit.case.case import Case
from negotiation_kit.case.legal import Legal
from negotiation_kit.days import JointCalendar, Roll
from negotiation_kit.money import Money
from negotiation_kit.periods import Period, deadline
from negotiation_kit.reckoning.debt import Debt, InvoiceBalance
from negotiation_kit.reckoning.decisions import allowed, needed_for
from negotiation_kit.reckoning.performance import PlanPerformance

_LEFT_BEHIND = frozenset({"first_call", "checkpoint", "meeting_by", "warning", "window_end"})
"""What is no more to be done once the claim letter has gone."""
PERSONAL, FORMAL, BOTH = "personal", "formal", "both"
DAY, BUSINESS_DAY = "day", "business_day"
TALK = frozenset({"courtesy_note", "due", "finance_notice", "superior_told", "first_call", "checkpoint", "meeting_by"})
"""What is done even where all that is overdue is questioned; the rest presses for payment."""


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
    held: int = 0
    """Days of a plan that held the clock, on top of what the rule counts."""
    needs: str | None = None
    """What the first person's recorded decision must allow before it: letter or court."""
    is_allowed: bool = True
    """Nothing is needed, or the decision is on record."""


@dataclass(frozen=True, slots=True)
class Suspension:
    """A signed plan holds the clock while it is kept; past that the clock goes on with the days that were left."""

    since: date
    """Day the plan was signed."""
    until: date | None
    """First day on which the clock runs again; nothing while the plan is kept."""
    stage: str
    """Where the clock stood."""
    days_left: int | None
    """Calendar days of that stage that were left."""

    @property
    def days(self) -> int | None:
        """How long the clock stood still."""
        return (self.until - self.since).days if self.until else None


@dataclass(frozen=True, slots=True)
class Clock:
    """Where the case stands on a day and what comes when."""

    as_of: date
    stage: str
    """prevent, negotiate, claim or court; done when nothing is open."""
    stage_ends: date | None
    """Nothing where the stage has no end: in court, while a plan holds the clock, where all is questioned, or where the
    letter that sets it going waits for a decision."""
    steps: tuple[Step, ...]
    noticed: bool
    """Finance has reported the miss; else the clock counts from the day it should have."""
    escalates: bool
    """Something nobody questions is at stake; else the formal lane does not run."""
    suspension: Suspension | None
    waiting: tuple[Step, ...]
    """Steps a kept plan holds back, on the days they had when it was signed."""

    @property
    def plan_active(self) -> bool:
        """A signed plan suspends the clock while it is kept."""
        return self.suspension is not None and self.suspension.until is None

    @property
    def days_left(self) -> int | None:
        """Calendar days until the stage ends; those that were left where a plan holds the clock."""
        if self.suspension and self.suspension.until is None:
            return self.suspension.days_left
        return (self.stage_ends - self.as_of).days if self.stage_ends else None

    @property
    def next_step(self) -> Step | None:
        """The first step that is not behind us."""
        return next(iter(self.ahead), None)

    @property
    def awaited(self) -> Step | None:
        """The first step whose day has come and which waits for the first person's recorded decision."""
        waits = (step for step in self.steps if step.done_on is None and not step.is_allowed)
        return next((step for step in waits if step.day <= self.as_of), None)

    @property
    def coming(self) -> tuple[Step, ...]:
        """What there is still to do."""
        return tuple(step for step in self.ahead if step.key != "due")

    @property
    def ahead(self) -> tuple[Step, ...]:
        """What is not behind us; of what follows a letter that waits for a decision only the friendly contacts.

        Once the claim letter has gone, nothing that comes before it is still to do; once the court was asked, nothing.
        """
        left = _LEFT_BEHIND if self.letter_went else frozenset[str]()
        ahead = (
            step
            for step in self.steps
            if step.day >= self.as_of and step.done_on is None and step.key not in left and not self.court_filed
        )
        return tuple(step for step in ahead if self.awaited is None or step.key in {*TALK, "pulse"})

    @property
    def letter_went(self) -> date | None:
        """The day the claim letter went, as the case records it."""
        return self._done("claim_letter")

    @property
    def court_filed(self) -> date | None:
        """The day the matter was filed with the court, as the case records it."""
        return self._done("court_file")

    @property
    def claim_letter_late(self) -> Step | None:
        """The claim letter that should have gone by now and is not on record, where nothing holds it back."""
        late = (step for step in self.steps if step.key == "claim_letter" and step.day < self.as_of)
        is_held = self.plan_active or self.awaited or self.letter_went or self.court_filed
        return None if is_held else next(late, None)

    def _done(self, key: str) -> date | None:
        return next((step.done_on for step in (*self.steps, *self.waiting) if step.key == key), None)

    @property
    def court_file_late(self) -> Step | None:
        """The file that should have gone to court by now, where neither a plan nor a decision holds it back."""
        late = (step for step in self.steps if step.key == "court_file" and step.day < self.as_of)
        return None if self.plan_active or self.awaited or self.court_filed else next(late, None)

    @property
    def day_of_first_call(self) -> date:
        """The day of the first friendly call."""
        return self.day_of("first_call")

    def day_of(self, key: str) -> date:
        """The day of a step; the first one where there are several."""
        return next(step.day for step in (*self.steps, *self.waiting) if step.key == key)


@dataclass(frozen=True, slots=True)
class _Start:
    """What the clock is counted from."""

    due: date
    escalates: bool = True
    held_by: PlanPerformance | None = None


def set_clock(case: Case, debt: Debt, plan: PlanPerformance | None, calendars: JointCalendar) -> Clock | None:
    """The clock of the oldest overdue invoice with something nobody questions; nothing when no invoice is open.

    Our own acts that would fall on a rest day move to the business day before, hand-overs to the one after. Promises
    do not move it. A signed plan suspends it while kept; missed past its cure days, it goes on with the days that were
    left when the plan was signed.
    """
    start = _start(debt, plan)
    if start is None:
        return None
    suspension = _suspension(case, start, calendars)
    steps = _in_order(case, start, suspension, calendars, debt.as_of)
    stage, stage_ends = _stage(steps, start, debt.as_of, case.legal)
    waiting: tuple[Step, ...] = ()
    if suspension and suspension.until is None:
        stage, stage_ends = suspension.stage, None
        waiting = tuple(step for step in steps if step.day >= suspension.since and step.done_on is None)
    notice = _reported(case, start.due)
    clock = Clock(
        as_of=debt.as_of,
        stage=stage,
        stage_ends=stage_ends,
        steps=tuple(_guarded(step, case, debt.as_of) for step in steps if step not in waiting),
        noticed=notice is not None and notice <= debt.as_of,
        escalates=start.escalates,
        suspension=suspension,
        waiting=tuple(_guarded(step, case, debt.as_of) for step in waiting),
    )
    return replace(clock, stage_ends=None) if clock.awaited else clock


def _start(debt: Debt, plan: PlanPerformance | None) -> _Start | None:
    """Overdue and unquestioned first; what a plan settles has the clock it had when the plan was signed."""
    late = [each for each in debt.overdue_invoices if not each.undisputed.is_zero]
    if plan:
        planned = [each for each in debt.invoices if each.invoice.due < plan.agreed]
        planned = planned or [each for each in debt.invoices if each.invoice.issued <= plan.agreed]
        beside = [each for each in late if each not in planned]
        held = [each for each in planned if not each.undisputed.is_zero]
        if beside and (plan.is_running or not held):
            return _Start(_oldest(beside))
        if held:
            return _Start(_oldest([each for each in planned if _was_claimed(each, plan.signed)] or held), held_by=plan)
    if late:
        return _Start(_oldest(late))
    if debt.overdue_invoices:
        return _Start(_oldest(debt.overdue_invoices), escalates=False)
    claimable = [each for each in debt.open_invoices if not each.undisputed.is_zero]
    if claimable:
        return _Start(_oldest(claimable))
    return _Start(_oldest(debt.open_invoices), escalates=False) if debt.open_invoices else None


def _oldest(balances: list[InvoiceBalance] | tuple[InvoiceBalance, ...]) -> date:
    return min(each.invoice.due for each in balances)


def _was_claimed(balance: InvoiceBalance, day: date) -> bool:
    """Something nobody questions was open at the end of a day."""
    zero = balance.amount - balance.amount
    lowered = sum((each.amount for each in balance.movements if each.kind == "principal" and each.day <= day), zero)
    disputed = balance.invoice.disputed
    questioned = Money(disputed.amount, zero.currency) if disputed else zero
    return balance.amount - lowered > questioned


def _suspension(case: Case, start: _Start, calendars: JointCalendar) -> Suspension | None:
    """How the plan holds the clock: from its signing, with the days the stage then had left."""
    plan = start.held_by
    if plan is None:
        return None
    steps = _in_order(case, start, None, calendars, plan.signed)
    stage, ends = _stage(steps, start, plan.signed, case.legal)
    until = max(plan.over_on, plan.signed) if plan.over_on else None
    return Suspension(plan.signed, until, stage, (ends - plan.signed).days if ends else None)


def _stage(steps: tuple[Step, ...], start: _Start, as_of: date, legal: Legal) -> tuple[str, date | None]:
    """By the days of the clock, unless legal moved before them: a letter that went, a court that was asked."""
    if not start.escalates:
        return ("prevent", start.due) if as_of <= start.due else ("negotiate", None)
    if legal.court_filed and start.due < legal.court_filed <= as_of:
        return "court", None
    days = {step.key: step.day for step in steps}
    if _letter_of(legal, start.due, as_of) and as_of <= days["claim_end"]:
        return "claim", days["claim_end"]
    ends = (("prevent", start.due), ("negotiate", days["window_end"]), ("claim", days["claim_end"]))
    return next(((name, end) for name, end in ends if as_of <= end), ("court", None))


def _letter_of(legal: Legal, due: date, as_of: date) -> date | None:
    """The day the claim letter of this miss went; one from before its due day was about an older one."""
    went = legal.letter_by(as_of)
    return went if went and went > due else None


def _reported(case: Case, due: date) -> date | None:
    """The day finance reported this miss; a report from before the due day was of an older one."""
    return case.finance_notice if case.finance_notice and case.finance_notice >= due else None


def _in_order(
    case: Case, start: _Start, suspension: Suspension | None, calendars: JointCalendar, as_of: date
) -> tuple[Step, ...]:
    way = _Way(calendars, suspension if suspension and suspension.until else None)
    steps = _steps(case, start.due, way, as_of)
    return tuple(sorted((each for each in steps if start.escalates or each.key in TALK), key=lambda step: step.day))


def _guarded(step: Step, case: Case, as_of: date) -> Step:
    """The step with what a key client's case needs before it."""
    needs = needed_for(case, step.key)
    if needs is None:
        return step
    return replace(step, needs=needs, is_allowed=needs in allowed(case, as_of))


@dataclass(frozen=True, slots=True)
class _Dated:
    """A day, the rule behind it, and where it would be if no plan had held the clock."""

    day: date
    unheld: date
    rule: Distance
    counted: date | None = None
    held: int = 0


@dataclass(frozen=True, slots=True)
class _Way:
    """Counts the days of the clock, those from the signing of a missed plan on later by the time it held."""

    calendars: JointCalendar
    suspension: Suspension | None

    def days(self, since: _Dated, number: int, name: str, roll: Roll = "none") -> _Dated:
        """So many days after a step."""
        return self._count(since, Distance(number, DAY, name), lambda day: day + timedelta(number), roll)

    def after(self, day: date) -> Self:
        """The way from something that really happened on a day: a plan that began before it holds nothing after it."""
        return self if self.suspension is None or day < self.suspension.since else replace(self, suspension=None)

    def own_act(self, since: _Dated, number: int, name: str) -> _Dated:
        """One of our own acts: on a rest day it is done the business day before."""
        return self.days(since, number, name, "preceding")

    def business_days(self, since: _Dated, number: int, name: str) -> _Dated:
        """So many business days after a step, before it if negative."""
        return self._count(
            since,
            Distance(number, BUSINESS_DAY, name),
            lambda day: self.calendars.add_business_days(day, number),
            "following",
        )

    def period(self, since: _Dated, period: Period, name: str) -> _Dated:
        """The last day of a period that a step sets going."""
        rule = Distance(period.number, period.unit, name)
        return self._count(since, rule, lambda day: deadline(day, period, self.calendars), "following")

    def _count(self, since: _Dated, rule: Distance, count: Callable[[date], date], roll: Roll) -> _Dated:
        """The day by its rule, from where its step moved to; a day of its own that the plan held moves as long."""
        counted, held, pause = count(since.unheld), 0, self.suspension
        unheld = day = self.calendars.roll(counted, roll)
        if pause and pause.until and pause.days and unheld >= pause.since:
            moved_with = since.day != since.unheld
            counted = count(since.day) if moved_with else counted + timedelta(pause.days)
            held = 0 if moved_with else pause.days
            day = self.calendars.roll(counted, roll)
            if day < pause.until:
                day = self.calendars.following(pause.until)
        return _Dated(day, unheld, rule, counted if counted != day else None, held)


def _steps(case: Case, due: date, way: _Way, as_of: date) -> Iterator[Step]:
    policy, reported, legal = case.policy, _reported(case, due), case.legal
    start = _Dated(due, due, Distance(0, DAY, "due"))
    by_rule = Distance(policy.finance_notice_bd, BUSINESS_DAY, "due")
    noticed = reported or way.calendars.add_business_days(due, policy.finance_notice_bd)
    notice = _Dated(noticed, noticed, by_rule)
    window_end = way.days(notice, policy.negotiation_days, "finance_notice")
    letter = way.business_days(window_end, policy.claim_letter_bd, "window_end")
    period = Period(1, "month") if policy.claim_unit == "month" else Period(policy.claim_days, "day")
    went = _letter_of(legal, due, as_of)
    filed = legal.court_filed if legal.court_filed and due < legal.court_filed <= as_of else None
    sent = _Dated(went, went, letter.rule) if went else letter
    since_letter = way.after(went) if went else way
    claim_end = since_letter.period(sent, period, "claim_letter")
    if went and legal.claim_until:
        claim_end = _Dated(legal.claim_until, legal.claim_until, claim_end.rule)
    met = case.outcome.day if case.outcome and case.outcome.day >= noticed else None

    yield _talk("courtesy_note", way.business_days(start, -policy.pre_due_bd, "due"))
    yield Step("due", due, BOTH, "finance", None)
    yield Step("finance_notice", noticed, FORMAL, "finance", by_rule, reported)
    told = Distance(0, DAY, "finance_notice")
    yield Step("superior_told", noticed, FORMAL, "account manager", told, case.superior_told)
    called = _first_call(case, noticed)
    yield _talk("first_call", way.business_days(notice, policy.first_call_bd, "finance_notice"), done_on=called)
    yield _formal("checkpoint", way.own_act(notice, policy.checkpoint_days, "finance_notice"), "superior")
    yield _talk("meeting_by", way.own_act(notice, policy.meeting_by_days, "finance_notice"), done_on=met)
    yield _talk("warning", way.business_days(window_end, -policy.warning_bd, "window_end"))
    yield _step("window_end", window_end, BOTH, "account manager")
    yield _formal("claim_letter", letter, "legal", went)
    for days in policy.pulse_days:
        yield _talk("pulse", since_letter.own_act(sent, days, "claim_letter"))
    yield _talk("second_warning", since_letter.business_days(claim_end, -policy.claim_warning_bd, "claim_end"))
    yield _formal("claim_end", claim_end, "legal")
    yield _formal("court_file", since_letter.business_days(claim_end, 1, "claim_end"), "legal", filed)


def _step(key: str, dated: _Dated, lane: str, owner: str, done_on: date | None = None) -> Step:
    """A step on its day; what was done before the clock was held stays where it was."""
    if done_on:
        return Step(key, dated.unheld, lane, owner, dated.rule, done_on)
    return Step(key, dated.day, lane, owner, dated.rule, None, dated.counted, dated.held)


def _talk(key: str, dated: _Dated, done_on: date | None = None) -> Step:
    """A step of the personal lane, which is the manager's."""
    return _step(key, dated, PERSONAL, "account manager", done_on)


def _formal(key: str, dated: _Dated, owner: str, done_on: date | None = None) -> Step:
    return _step(key, dated, FORMAL, owner, done_on)


def _first_call(case: Case, notice: date) -> date | None:
    """The first time we reached out after the miss."""
    return min((each.day for each in case.contacts if each.direction == "out" and each.day >= notice), default=None)
