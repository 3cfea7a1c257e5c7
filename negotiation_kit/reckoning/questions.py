"""Which questions to ask: those of the bank that fit the case, in the order of the talk."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from negotiation_kit.case.answers import Answer
from negotiation_kit.case.case import Case
from negotiation_kit.problems import Refused
from negotiation_kit.reckoning.conditions import comparisons, holds, parse
from negotiation_kit.reckoning.facts import Facts, unknown_facts
from negotiation_kit.reckoning.lines import silent_in
from negotiation_kit.reckoning.question_bank import ALONE, Question, QuestionBank, Stage, fill

Form = Literal["full", "call"]

FIRST_CALL = "PRE"
MEETING_STAGES = ("CON", "SUB", "CAU", "IDE", "COO", "SCH", "RSK", "CSQ", "CLO")
PRIORITIES = ("must", "should", "could")
ASKED_AGAIN = ("RSK", "CSQ")
"""Stages whose questions are asked in every round, answered or not."""
PAST_FACTS = frozenset({"broken_promises", "plan_missed"})
LAST_TIME = "Q-SUB-09"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is printed, in one language."""

    id: str
    stage: str
    prio: str
    ask: str
    why: str
    hear: str
    next: str


@dataclass(frozen=True, slots=True)
class StageQuestions:
    """The questions of one stage in their printed order."""

    stage: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class OpenFact:
    """A fact that is not known: who can tell, and the question that brings it to light."""

    fact: str
    ask: str
    question: Asked | None
    printed: bool
    """The question stands on the sheet or in its reserve."""


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """What was answered before this meeting."""

    id: str
    ask: str | None
    """The question; nothing when the bank does not hold it."""
    day: date
    answer: str
    again: bool
    """It is asked once more: risks, the consequence, and what was promised are asked in every round."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The questions for one meeting or call."""

    form: str
    """full or call."""
    stages: tuple[StageQuestions, ...]
    """In the order of the talk; a stage without a question is left out."""
    reserve: tuple[Asked, ...]
    """What fits the case but not on the page."""
    unknown: tuple[OpenFact, ...]
    known: tuple[KnownAnswer, ...]
    """What was answered before, in the order of the bank."""
    before: tuple[Asked, ...]
    """For the manager alone, before the meeting."""
    after: tuple[Asked, ...]

    @property
    def count(self) -> int:
        """How many questions are printed to be asked."""
        return sum(len(stage.questions) for stage in self.stages)


def form_for(facts: Facts) -> Form:
    """A clarification without a meeting, or with one by phone, takes the short form."""
    by_phone = facts.value("channel") in {None, "call"}
    return "call" if facts.value("track") == "CLARIFY" and by_phone else "full"


def select(
    bank: QuestionBank,
    facts: Facts,
    form: Form,
    language: str,
    *,
    values: Mapping[str, str] | None = None,
    answers: Sequence[Answer] = (),
) -> Selection:
    """The questions that fit the facts, which hold track and level too, in one language.

    A stage prints its musts, then as many others as its cap allows; the rest is the reserve. A question that would
    bring an unknown fact to light fits too, whatever its condition makes of the unknown. Questions answered in an
    earlier round fall away, except risks, the consequence and what was promised.
    """
    if silent := list(silent_in(language, bank, bank.questions, "the question bank")):
        raise Refused(silent)
    words = {**bank.blanks(language), **(values or {})}

    def asked(questions: Sequence[Question]) -> tuple[Asked, ...]:
        return tuple(_asked(each, language, words) for each in questions)

    answered = {each.question for each in answers}
    pointed = {each.question for each in unknown_facts(facts) if each.ask == "client"}
    fitting = [
        each for each in bank.questions if (each.id in pointed or _fits(each, facts)) and not _is_done(each, answered)
    ]
    chosen = _for_call(bank, fitting) if form == "call" else _for_meeting(bank, fitting)
    printed = {each.id for _, questions in chosen for each in questions}
    left = [each for each in fitting if each.stage in MEETING_STAGES and each.id not in printed]
    reserve = left if form == "full" else []
    printed |= {each.id for each in reserve}
    alone = [each for each in fitting if each.stage == ALONE]
    return Selection(
        form=form,
        stages=tuple(StageQuestions(stage, asked(questions)) for stage, questions in chosen if questions),
        reserve=asked(reserve),
        unknown=tuple(_open_facts(bank, facts, printed, language, words)),
        known=tuple(_known(bank, answers, {each.id for each in fitting}, language, words)),
        before=asked([each for each in alone if each.moment != "after"]),
        after=asked([each for each in alone if each.moment == "after"]),
    )


def earlier_answers(case: Case, as_of: date) -> tuple[Answer, ...]:
    """What was answered before the meeting that is prepared on a day; without one to come, all that is known."""
    coming = case.meeting.day if case.meeting and case.meeting.day >= as_of else None
    known = [each for each in case.answers if each.day <= as_of and (coming is None or each.day < coming)]
    return tuple(sorted(known, key=lambda each: each.day))


def _fits(question: Question, facts: Facts) -> bool:
    return holds(parse(question.when), facts.values).holds


def _is_done(question: Question, answered: Collection[str]) -> bool:
    """Answered before, and not one of those that are asked in every round."""
    if question.id not in answered or question.stage in ASKED_AGAIN or question.id == LAST_TIME:
        return False
    return PAST_FACTS.isdisjoint(each.fact for each in comparisons(parse(question.when)))


def _for_meeting(bank: QuestionBank, fitting: Sequence[Question]) -> list[tuple[str, list[Question]]]:
    return [(stage, _capped(fitting, stage, bank.caps)) for stage in MEETING_STAGES]


def _capped(fitting: Sequence[Question], stage: str, caps: Mapping[Stage, int]) -> list[Question]:
    """The musts, and others up to the cap, the more important first; printed in the order of the file."""
    here = [each for each in fitting if each.stage == stage]
    ranked = sorted(here, key=lambda each: PRIORITIES.index(each.prio))
    musts = sum(each.prio == "must" for each in here)
    cap = next((number for name, number in caps.items() if name == stage), len(here))
    kept = {each.id for each in ranked[: max(cap, musts)]}
    return [each for each in here if each.id in kept]


def _for_call(bank: QuestionBank, fitting: Sequence[Question]) -> list[tuple[str, list[Question]]]:
    """The first block, then the short form's questions in its order."""
    named = {each.id: each for each in fitting}
    short = [named[name] for name in bank.call_form if name in named]
    first = [each for each in fitting if each.stage == FIRST_CALL]
    stages = dict.fromkeys(each.stage for each in short if each.stage != FIRST_CALL)
    return [(FIRST_CALL, first), *((stage, [each for each in short if each.stage == stage]) for stage in stages)]


def _asked(question: Question, language: str, words: Mapping[str, str]) -> Asked:
    wording = question.wording(language)
    return Asked(
        id=question.id,
        stage=question.stage,
        prio=question.prio,
        ask=fill(wording.ask, words),
        why=wording.why,
        hear=wording.hear,
        next=wording.next,
    )


def _known(
    bank: QuestionBank, answers: Sequence[Answer], fitting: Collection[str], language: str, words: Mapping[str, str]
) -> Iterator[KnownAnswer]:
    """Each answer with its question, in the order of the bank; what the bank does not hold comes last."""
    named = {question.id: question for question in bank.questions}
    places = list(named)
    for answer in sorted(answers, key=lambda each: (_place(each.question, places), each.day)):
        question = named.get(answer.question)
        ask = fill(question.wording(language).ask, words) if question else None
        yield KnownAnswer(answer.question, ask, answer.day, answer.answer, again=answer.question in fitting)


def _place(name: str, places: Sequence[str]) -> int:
    return places.index(name) if name in places else len(places)


def _open_facts(
    bank: QuestionBank, facts: Facts, printed: Collection[str], language: str, words: Mapping[str, str]
) -> Iterator[OpenFact]:
    named = {question.id: question for question in bank.questions}
    for unknown in unknown_facts(facts):
        question = named.get(unknown.question or "")
        asked = _asked(question, language, words) if question else None
        yield OpenFact(unknown.fact, unknown.ask, asked, printed=asked is not None and asked.id in printed)
