"""What to do before the meeting: dated tasks with their people, the papers to copy, what goes into the bag."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from negotiation_kit.case.case import Case
from negotiation_kit.case.fields import Count, Record, Text, internal
from negotiation_kit.case.party import OurRole
from negotiation_kit.case.standing import Copies
from negotiation_kit.days import JointCalendar
from negotiation_kit.problems import Problem, Refused
from negotiation_kit.reckoning.conditions import holds, parse
from negotiation_kit.reckoning.facts import CASE_VOCABULARY, Facts
from negotiation_kit.reckoning.lines import (
    InLanguages,
    condition_problems,
    language_problems,
    silent_in,
    twice,
)

KitPlace = Literal["table", "folder", "bag"]


class Task(InLanguages):
    """One thing to be done before the meeting."""

    id: Text = internal("Stable name", example="reconcile_balance", max_length=64)
    before_bd: Count = internal("Business days before the meeting by which it is done", example="4")
    who: tuple[OurRole, ...] = internal("Who does it, the first one leads", example=["finance"], min_length=1)
    when: Text = internal("Needed if this holds", example="segment == key", max_length=10_000)
    serves: tuple[Text, ...] = internal("Requirements it serves", example=["S36"], default=())


class Copy(InLanguages):
    """One kind of paper to have in copy; its name is the key in the case file."""

    id: Text = internal("Key in the case file", example="contract", max_length=64)
    when: Text = internal("Needed if this holds", example="always", max_length=10_000)


class KitItem(InLanguages):
    """One thing to take along, and who may see it."""

    id: Text = internal("Stable name", example="minutes_draft", max_length=64)
    place: KitPlace = internal("table, folder (for our eyes) or bag (stays closed)", example="table")


class Checklist(Record):
    """The preparation of every meeting, as a company does it."""

    tasks: tuple[Task, ...] = internal("What is done by when", example=[], min_length=1)
    copies: tuple[Copy, ...] = internal("Papers to have in copy", example=[])
    meeting_kit: tuple[KitItem, ...] = internal("What is taken along", example=[])

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages the checklist speaks."""
        return self.tasks[0].languages

    @property
    def lines(self) -> tuple[Task | Copy | KitItem, ...]:
        """Every line that has a text."""
        return (*self.tasks, *self.copies, *self.meeting_kit)


@dataclass(frozen=True, slots=True)
class Doer:
    """A role and our people who have it in this case."""

    role: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task with its day."""

    id: str
    text: str
    who: tuple[Doer, ...]
    before_bd: int
    planned: date | None
    """The day counted back from the meeting; nothing without a meeting."""
    due: date | None
    """The same, but not in the past and not after the meeting."""
    late: bool
    """The planned day has passed: it no longer fits, and is shown, not dropped."""


@dataclass(frozen=True, slots=True)
class CopyRow:
    """One kind of paper and whether we have it."""

    id: str
    text: str
    status: str | None
    """found, missing or not needed; nothing when nobody has looked yet."""


@dataclass(frozen=True, slots=True)
class KitRow:
    """One thing to take along."""

    id: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Preparation:
    """The checklist of one meeting, in one language."""

    meeting: date | None
    tasks: tuple[TaskRow, ...]
    copies: tuple[CopyRow, ...]
    meeting_kit: tuple[KitRow, ...]

    @property
    def late(self) -> int:
        """How many tasks no longer fit."""
        return sum(row.late for row in self.tasks)

    @property
    def missing(self) -> tuple[CopyRow, ...]:
        """Papers that are missing or that nobody has looked for."""
        return tuple(row for row in self.copies if row.status in {None, "missing"})


def prepare(
    checklist: Checklist, facts: Facts, case: Case, *, as_of: date, calendars: JointCalendar, language: str
) -> Preparation:
    """The tasks the case calls for with their days and people, the papers with their status, and the bag."""
    if silent := list(silent_in(language, checklist, checklist.lines, "the checklist")):
        raise Refused(silent)
    meeting = case.meeting.day if case.meeting else None
    copies = case.checks.copies or Copies()
    return Preparation(
        meeting=meeting,
        tasks=tuple(
            _task(task, case, meeting, as_of=as_of, calendars=calendars, language=language)
            for task in checklist.tasks
            if _needed(task.when, facts)
        ),
        copies=tuple(
            CopyRow(copy.id, copy.text(language), getattr(copies, copy.id, None))
            for copy in checklist.copies
            if _needed(copy.when, facts) or getattr(copies, copy.id, None)
        ),
        meeting_kit=tuple(KitRow(each.id, each.text(language), each.place) for each in checklist.meeting_kit),
    )


def checklist_problems(checklist: Checklist) -> Iterator[Problem]:
    """Everything in a checklist that would fail, or be left out unseen, when it is used."""
    for part in (checklist.tasks, checklist.copies, checklist.meeting_kit):
        yield from twice(part)
    conditional: tuple[Task | Copy, ...] = (*checklist.tasks, *checklist.copies)
    for each in conditional:
        yield from condition_problems(each.id, each.when, each, CASE_VOCABULARY)
    for line in checklist.lines:
        yield from language_problems(line.id, line, line.languages, checklist.languages)
    for copy in checklist.copies:
        if copy.id not in Copies.model_fields:
            known = ", ".join(Copies.model_fields)
            yield Problem(copy.place_of("id"), f"{copy.id} is no paper a case file names", f"it may be {known}")


def _needed(when: str, facts: Facts) -> bool:
    return holds(parse(when), facts.values).holds


def _task(
    task: Task, case: Case, meeting: date | None, *, as_of: date, calendars: JointCalendar, language: str
) -> TaskRow:
    planned = calendars.add_business_days(meeting, -task.before_bd) if meeting else None
    late = planned is not None and planned < as_of
    return TaskRow(
        id=task.id,
        text=task.text(language),
        who=tuple(Doer(role, _names(case, role)) for role in task.who),
        before_bd=task.before_bd,
        planned=planned,
        due=_earliest(meeting, as_of, calendars) if meeting and late else planned,
        late=late,
    )


def _earliest(meeting: date, as_of: date, calendars: JointCalendar) -> date:
    """Today or the next business day, but not after the meeting unless that is over."""
    return max(as_of, min(calendars.following(as_of), meeting))


def _names(case: Case, role: str) -> tuple[str, ...]:
    return tuple(person.name for person in case.supplier.people if person.role == role)
