"""One line of the worklist for each case: where it stands, what comes next, and what cannot wait."""

from dataclasses import dataclass
from datetime import date

from negotiation_kit.case.outcome import Action
from negotiation_kit.money import Money
from negotiation_kit.reckoning.alerts import MISSING, URGENCY, Alert, alerts_of, own_actions_late
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
    """Calendar days until the stage ends; those that were left while a plan suspends it."""
    suspended: bool
    """A signed plan holds the clock while it is kept."""
    track: str
    rule: str
    overruled: bool
    """A superior put another track in the place of the computed one."""
    next_step: NextStep | None
    promises: PromisesGiven
    plan: PlanPerformance | None
    """How the signed plan is kept; nothing where none is signed."""
    late_actions: tuple[Action, ...]
    """Our own, whose day has passed."""
    last_contact: date | None
    superior_told: date | None
    alerts: tuple[Alert, ...]
    """What cannot wait, the most urgent first."""

    @property
    def currency(self) -> str:
        """The case's own currency."""
        return self.overdue.currency

    @property
    def parts_paid(self) -> int:
        """Parts of the signed plan that have come in full, in time or not."""
        return sum(part.full_on is not None for part in self.plan.parts) if self.plan else 0

    @property
    def is_exception(self) -> bool:
        """Something in it cannot wait: it has no owner, or an alert that is more than a paper not found."""
        return self.stage != DONE and (self.owner is None or any(each.urgency != MISSING for each in self.alerts))

    @property
    def lacks_papers(self) -> bool:
        """Papers are missing, and that is all that is wrong with it."""
        return bool(self.alerts) and not self.is_exception


def work_row(reckoning: Reckoning) -> WorkRow:
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
        days_left=clock.days_left if clock else None,
        suspended=clock is not None and clock.plan_active,
        track=reckoning.assessment.track,
        rule=reckoning.assessment.rule,
        overruled=reckoning.assessment.override is not None,
        next_step=_next_step(reckoning),
        promises=PromisesGiven(promises.made, promises.count("kept"), promises.broken),
        plan=reckoning.performance,
        late_actions=own_actions_late(reckoning),
        last_contact=max((each.day for each in case.contacts if each.day <= as_of), default=None),
        superior_told=told if told and told <= as_of else None,
        alerts=alerts_of(reckoning),
    )


def urgency(row: WorkRow) -> tuple[int, int, date, int, str]:
    """What cannot wait first, then the nearest step, closed cases last.

    Among what cannot wait a case without an owner is first; then urgency decides, then the age of the debt.
    """
    next_day = row.next_step.day if row.next_step else date.max
    if not row.is_exception:
        return (2 if row.stage == DONE else 1), 0, next_day, -row.days_overdue, row.case
    rank = -1 if row.owner is None else URGENCY.index(row.alerts[0].urgency)
    return 0, rank, date.min, -row.days_overdue, row.case


def _next_step(reckoning: Reckoning) -> NextStep | None:
    clock, plan = reckoning.clock, reckoning.performance
    if clock and clock.plan_active and plan and plan.next:
        return NextStep(PLAN_PART, plan.next.due)
    step = clock.next_step or clock.court_file_late if clock else None
    return NextStep(step.key, step.day) if step else None
