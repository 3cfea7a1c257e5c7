"""A company's own file beside one of ours: lines it adds, switches off, or takes to another place."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

from negotiation_kit.case.fields import Count, Record, Text, internal
from negotiation_kit.problems import Problem
from negotiation_kit.reckoning.checklist import Checklist, Copy, KitItem, Task
from negotiation_kit.reckoning.conditions import Vocabulary
from negotiation_kit.reckoning.facts import CASE_VOCABULARY, VOCABULARY
from negotiation_kit.reckoning.lines import Line, condition_problems, strange_language_problems, twice
from negotiation_kit.reckoning.playbook_bank import (
    Playbook,
    PlaybookLine,
    TableStage,
    TableStageLine,
    words_problems,
)
from negotiation_kit.reckoning.question_bank import Question, QuestionBank, moment_problems, placeholder_problems

_L = TypeVar("_L", Question, Task, Copy, KitItem, PlaybookLine)
ALWAYS = "always"
_ALIKE = 60
"""Percent of likeness from which a name is taken for a slip of another one."""


class Move(Record):
    """One line taken to another place, before or after another one."""

    id: Text = internal("The line that is moved", example="Q-CAU-29", max_length=64)
    before: Text | None = internal("The line it stands before", example="Q-CAU-02", max_length=64, default=None)
    after: Text | None = internal("The line it stands after", example="Q-CAU-01", max_length=64, default=None)


class Own(Record):
    """What every file of a company's own lines may say of ours."""

    off: tuple[Text, ...] = internal("Lines of ours that are not used", example=["Q-CON-07"], default=())
    move: tuple[Move, ...] = internal("Lines taken to another place", example=[], default=())


class OwnQuestions(Own):
    """A company's own questions beside our bank."""

    questions: tuple[Question, ...] = internal(
        "Questions of its own, each with an id of its own", example=[], default=()
    )


class OwnChecklist(Own):
    """A company's own preparation beside our checklist."""

    tasks: tuple[Task, ...] = internal("Tasks of its own, with ids of its own", example=[], default=())
    meeting_kit: tuple[KitItem, ...] = internal("Further things to take along", example=[], default=())


class OwnStage(Record):
    """A stage of ours with other minutes; what it leaves out stays as it is."""

    id: TableStage = internal("Stage of the meeting", example="CAU")
    minutes: Count | None = internal("Minutes of a meeting of an hour", example="15", default=None)
    call: Count | None = internal("Minutes of a call of twenty", example="5", default=None)


class OwnPlaybook(Own):
    """A company's own words beside our playbook."""

    stages: tuple[OwnStage, ...] = internal("Stages with minutes of its own", example=[], default=())
    lines: tuple[PlaybookLine, ...] = internal("Words of its own, each with an id of its own", example=[], default=())


def with_own_questions(bank: QuestionBank, own: OwnQuestions) -> QuestionBank:
    """The bank with the company's questions at the end of their stage, or where it moves them."""
    return bank.model_copy(update={"questions": _laid((*bank.questions, *own.questions), own)})


def with_own_checklist(checklist: Checklist, own: OwnChecklist) -> Checklist:
    """The checklist with the company's tasks at the end of their day, its things at the end, or where it moves them."""
    tasks = sorted((*checklist.tasks, *own.tasks), key=lambda task: -task.before_bd) if own.tasks else checklist.tasks
    laid = {
        "tasks": _laid(tasks, own),
        "copies": _laid(checklist.copies, own),
        "meeting_kit": _laid((*checklist.meeting_kit, *own.meeting_kit), own),
    }
    return checklist.model_copy(update=laid)


def with_own_playbook(playbook: Playbook, own: OwnPlaybook) -> Playbook:
    """The playbook with the company's words at the end of their kind, or where it moves them, and its minutes."""
    minutes = {each.id: each for each in own.stages}
    stages = tuple(_retimed(stage, minutes[stage.id]) if stage.id in minutes else stage for stage in playbook.stages)
    return playbook.model_copy(update={"stages": stages, "lines": _laid((*playbook.lines, *own.lines), own)})


def _retimed(stage: TableStageLine, own: OwnStage) -> TableStageLine:
    asked = {"minutes": own.minutes, "call": own.call}
    return stage.model_copy(update={name: value for name, value in asked.items() if value is not None})


def own_question_problems(own: OwnQuestions, bank: QuestionBank) -> Iterator[Problem]:
    """Everything in a company's own questions that would fail, or be left out unseen, when they are used."""
    declared = [placeholder.name for placeholder in bank.placeholders]
    way_out = f"names in braces are {', '.join(declared)}"
    yield from twice((*bank.questions, *own.questions))
    for question in own.questions:
        yield from _own_line_problems(question, bank.languages)
        yield from _condition_problems(question, VOCABULARY)
        yield from moment_problems(question)
        yield from placeholder_problems(question, declared, way_out)
    stages = {each.id: f"stage {each.stage}" for each in (*bank.questions, *own.questions)}
    yield from _order_problems(own, _Kind("question", "a question is moved inside its stage"), stages)


def own_checklist_problems(own: OwnChecklist, checklist: Checklist) -> Iterator[Problem]:
    """Everything in a company's own checklist that would fail, or be left out unseen, when it is used."""
    parts: dict[str, Sequence[Task | Copy | KitItem]] = {
        "tasks": (*checklist.tasks, *own.tasks),
        "copies": checklist.copies,
        "meeting_kit": (*checklist.meeting_kit, *own.meeting_kit),
    }
    for lines in parts.values():
        yield from twice(lines)
    added: tuple[Task | KitItem, ...] = (*own.tasks, *own.meeting_kit)
    for line in added:
        yield from _own_line_problems(line, checklist.languages)
    for task in own.tasks:
        yield from _condition_problems(task, CASE_VOCABULARY)
    homes = {line.id: name for name, lines in parts.items() for line in lines}
    yield from _order_problems(own, _Kind("line of the checklist", "a line is moved inside its part"), homes)


def own_playbook_problems(own: OwnPlaybook, playbook: Playbook) -> Iterator[Problem]:
    """Everything in a company's own playbook that would fail, or be left out unseen, when it is used."""
    declared = {placeholder.name for placeholder in playbook.placeholders}
    yield from twice(own.stages)
    yield from twice((*playbook.lines, *own.lines))
    for line in own.lines:
        yield from _own_line_problems(line, playbook.stages[0].languages)
        for condition in (line.when, line.expected):
            yield from condition_problems(line.id, condition or ALWAYS, line, VOCABULARY)
        yield from words_problems(line, declared)
    kinds = {line.id: f"kind {line.kind}" for line in (*playbook.lines, *own.lines)}
    yield from _order_problems(own, _Kind("line of the playbook", "a line is moved inside its kind"), kinds)
    for kind in ("opening", "closing"):
        if all(name in own.off for name, home in kinds.items() if home == f"kind {kind}"):
            yield Problem(own.place_of("off"), f"no {kind} is left", "write one of your own under lines")
    laid = with_own_playbook(playbook, own)
    if not any(stage.minutes for stage in laid.stages) or not any(stage.call for stage in laid.stages):
        yield Problem(own.place_of("stages"), "no stage has a minute left", "give minutes and call to one at least")


def near_name(word: str, known: Iterable[str]) -> str:
    """The known name a misspelt one most likely means: `Q-CAU-1` is Q-CAU-01; nothing when none is near."""
    plain = _plain(word[:64])
    likeness = {name: _percent_alike(plain, _plain(name)) for name in known}
    best = max(likeness, key=lambda name: likeness[name], default="")
    return best if likeness.get(best, 0) >= _ALIKE else ""


def _plain(name: str) -> str:
    """A name without what fingers slip on: capitals, hyphens, blanks and leading zeros."""
    return re.sub(r"[\s_-]+", "", re.sub(r"\d+", lambda found: str(int(found[0])), name.casefold()))


def _percent_alike(word: str, other: str) -> int:
    return 100 if word == other else int(SequenceMatcher(None, word, other).ratio() * 99)


def _own_line_problems(line: Line, spoken: Sequence[str]) -> Iterator[Problem]:
    """An own line speaks at least one of our languages, and no other; a printed one it lacks is told when it is due."""
    yield from strange_language_problems(line.id, line, line.languages, spoken, "which ours do not")
    if not line.languages:
        yield Problem(line.place_of(), f"{line.id} has no text", f"write it under {' or '.join(spoken)}")


def _condition_problems(line: Question | Task, vocabulary: Vocabulary) -> Iterator[Problem]:
    return condition_problems(line.id, line.when, line, vocabulary)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a message calls a line, and how far it may be moved."""

    name: str
    inside: str


def _order_problems(own: Own, kind: _Kind, homes: Mapping[str, str]) -> Iterator[Problem]:
    """Each name under off and move is a line there is, and a line moves inside its own part only."""
    for number, name in enumerate(own.off, start=1):
        if name not in homes:
            yield Problem(own.place_of(f"off[{number}]"), *_stranger(f"off[{number}]", name, kind, homes))
    for number, move in enumerate(own.move, start=1):
        yield from _move_problems(move, f"move[{number}]", own, kind, homes)


def _move_problems(move: Move, path: str, own: Own, kind: _Kind, homes: Mapping[str, str]) -> Iterator[Problem]:
    strangers = [
        Problem(move.place_of(field), *_stranger(f"{path}.{field}", name, kind, homes))
        for field, name in (("id", move.id), ("before", move.before), ("after", move.after))
        if name is not None and name not in homes
    ]
    yield from strangers
    if (move.before is None) is (move.after is None):
        found = "neither before nor after" if move.before is None else "both before and after"
        yield Problem(move.place_of(), f"{path} says {found}", "write one of the two, with the id of another line")
        return
    other = move.before or move.after or ""
    field = "before" if move.before else "after"
    if move.id in own.off:
        yield Problem(move.place_of("id"), f"{path}: {move.id} is switched off", "take it out of off, or of move")
    if strangers:
        return
    if other == move.id:
        yield Problem(move.place_of(field), f"{path}: {move.id} cannot stand {field} itself", "name another line")
    elif homes[other] != homes[move.id]:
        message = f"{path}: {move.id} is of {homes[move.id]}, {other} of {homes[other]}"
        yield Problem(move.place_of(field), message, kind.inside)


def _stranger(path: str, name: str, kind: _Kind, homes: Mapping[str, str]) -> tuple[str, str]:
    near = near_name(name, homes)
    return f"{path} is {name!r}, there is no such {kind.name}", f"did you mean {near}?" if near else ""


def _laid(lines: Sequence[_L], own: Own) -> tuple[_L, ...]:
    """The lines in their new order, without those switched off."""
    ordered = list(lines)
    for move in own.move:
        if any(line.id == move.id for line in ordered):
            taken = ordered.pop(_index(ordered, move.id))
            ordered.insert(_index(ordered, move.before or move.after or "") + (move.after is not None), taken)
    return tuple(line for line in ordered if line.id not in own.off)


def _index(lines: Sequence[_L], name: str) -> int:
    return next(place for place, line in enumerate(lines) if line.id == name)
