"""One line of the worklist for each case: where it stands, what comes next, and what cannot wait."""

from dataclasses import dataclass
from datetime import date

from negotiation_kit.money import Money
from negotiation_kit.reckoning.exceptions import CaseException, LateAction, exceptions_of, gravity, late_actions
from negotiation_kit.reckoning.performance import PlanPerformance
from negotiation_kit.reckoning.reckon import Reckoning

DONE = "done"
"""The stage of a case in which nothing is open."""
PLAN_PART = "plan_part"
"""The next step of a case whose plan is kept: its next part."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next and when."""

    key: str
    """A step of the clock, or the next part of a plan that is kept."""
    day: date


@dataclass(frozen=True, slots=True)
class PromisesGiven:
    """The promises of a case by number."""

    made: int
    kept: int
    broken: int
    """Kept in part counts as broken."""


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One case of the worklist."""

    case: str
    file: str
    """Where the case stands; empty for one that was made in code."""
    client: str
    segment: str | None
    owner: str | None
    """Our account manager; nothing where nobody owns the case."""
    overdue: Money
    disputed: Money
    """The questioned part of what is overdue."""
    open: Money
    """All that is open, due or not."""
    elsewhere: tuple[Money, ...]
    """What is overdue in other currencies, one sum each."""
    days_overdue: int
    stage: str
    days_left: int | None
    """Calendar days until the stage ends; nothing while a plan that is kept suspends it."""
    track: str
    rule: str
    overruled: bool
    """A superior put another track in the place of the computed one."""
    next_step: NextStep | None
    promises: PromisesGiven
    plan: PlanPerformance | None
    """How the signed plan is kept; nothing where none is signed."""
    late_actions: tuple[LateAction, ...]
    """Our own, whose day has passed."""
    last_contact: date | None
    superior_told: date | None
    exceptions: tuple[CaseException, ...]

    @property
    def currency(self) -> str:
        """The case's own currency."""
        return self.overdue.currency

    @property
    def is_exception(self) -> bool:
        """Something in it cannot wait."""
        return bool(self.exceptions)


def work_row(reckoning: Reckoning, plan: PlanPerformance | None) -> WorkRow:
    """The line of a case."""
    case, debt, as_of = reckoning.case, reckoning.debt, reckoning.as_of
    clock, promises, place = reckoning.clock, reckoning.promises, case.place_of("case")
    manager = reckoning.participants.manager
    told = case.superior_told
    return WorkRow(
        case=case.case,
        file=place.file if place else "",
        client=case.client.name,
        segment=case.client.segment,
        owner=manager.name if manager else None,
        overdue=debt.overdue,
        disputed=debt.disputed,
        open=debt.total,
        elsewhere=tuple(each.overdue for each in reckoning.other_debts if not each.overdue.is_zero),
        days_overdue=max(each.days_overdue for each in (debt, *reckoning.other_debts)),
        stage=clock.stage if clock else DONE,
        days_left=clock.days_left if clock and not (plan and plan.is_running) else None,
        track=reckoning.assessment.track,
        rule=reckoning.assessment.rule,
        overruled=reckoning.assessment.override is not None,
        next_step=_next_step(reckoning, plan),
        promises=PromisesGiven(len(promises.promises), promises.count("kept"), promises.broken),
        plan=plan,
        late_actions=late_actions(reckoning),
        last_contact=max((each.day for each in case.contacts if each.day <= as_of), default=None),
        superior_told=told if told and told <= as_of else None,
        exceptions=exceptions_of(reckoning, plan),
    )


def urgency(row: WorkRow) -> tuple[int, int, date, int, str]:
    """What comes first: the gravest exception, then the nearest step; closed cases come last."""
    gravest = min((gravity(each) for each in row.exceptions), default=None)
    place = 2 if row.stage == DONE else 1 if gravest is None else 0
    return place, gravest or 0, row.next_step.day if row.next_step else date.max, -row.days_overdue, row.case


def _next_step(reckoning: Reckoning, plan: PlanPerformance | None) -> NextStep | None:
    if plan and plan.is_running and plan.next:
        return NextStep(PLAN_PART, plan.next.due)
    step = reckoning.clock.next_step if reckoning.clock else None
    return NextStep(step.key, step.day) if step else None
