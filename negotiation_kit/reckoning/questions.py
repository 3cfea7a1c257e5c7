"""Which questions to ask: the bank as data, and the selection that fits the case."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import ConfigDict

from negotiation_kit.case.answers import Answer
from negotiation_kit.case.case import Case
from negotiation_kit.case.fields import Count, Record, Text, internal
from negotiation_kit.problems import Problem, Refused
from negotiation_kit.reckoning.conditions import ConditionError, Vocabulary, comparisons, holds, parse
from negotiation_kit.reckoning.facts import VOCABULARY, Facts, unknown_facts

Stage = Literal["PRE", "CON", "SUB", "CAU", "IDE", "COO", "SCH", "RSK", "CSQ", "CLO", "SELF"]
Priority = Literal["must", "should", "could"]
Moment = Literal["before", "after"]
Form = Literal["full", "call"]

FIRST_CALL, ALONE = "PRE", "SELF"
MEETING_STAGES = ("CON", "SUB", "CAU", "IDE", "COO", "SCH", "RSK", "CSQ", "CLO")
PRIORITIES = ("must", "should", "could")
ASKED_AGAIN = ("RSK", "CSQ")
"""Stages whose questions are asked in every round, answered or not."""
PAST_FACTS = frozenset({"broken_promises", "plan_missed"})
LAST_TIME = "Q-SUB-09"

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


class InLanguages(Record):
    """A line of a data file with its text in each language, keyed by the language's code beside the other fields.

    A new language is a new key in the file, not a new field here.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Text]

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages it speaks."""
        return tuple(self.__pydantic_extra__)

    def text(self, language: str) -> str:
        """The text in a language."""
        return self.__pydantic_extra__[language]


class Wording(Record):
    """A question in one language; only `ask` is said aloud, and all of it stays with us."""

    ask: Text = internal("What the manager says", example="What led to this invoice remaining open?")
    why: Text = internal("Why it is asked", example="the client's story without our framing")
    hear: Text = internal("What to listen for", example="event or excuse; who decided; what is left out")
    next: Text = internal("What to do then", example="silence, then ask for the first concrete event")


class Question(Record):
    """One question; its wordings stand beside the other fields, keyed by the language's code."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Wording]

    id: Text = internal("Stable name", example="Q-CAU-01", max_length=32)
    stage: Stage = internal("Stage of the meeting", example="CAU")
    prio: Priority = internal("must, should or could", example="must")
    when: Text = internal("Asked if this holds", example="cause in [cash_gap, seasonal]", max_length=10_000)
    serves: tuple[Text, ...] = internal("Requirements it serves", example=["S42"], default=())
    moment: Moment | None = internal("For the manager alone: before or after", example="before", default=None)

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages it speaks."""
        return tuple(self.__pydantic_extra__)

    def wording(self, language: str) -> Wording:
        """The question in a language."""
        return self.__pydantic_extra__[language]


class Placeholder(InLanguages):
    """A name in braces, and what is printed while its value is not known."""

    name: Text = internal("Name as it stands in the braces", example="amount", max_length=64)


class QuestionBank(Record):
    """All questions there are, in the order in which they are printed."""

    caps: dict[Stage, Count] = internal("Most questions of a stage", example={"CON": "2"})
    call_form: tuple[Text, ...] = internal("Asked on the phone after the first block", example=["Q-SUB-01"])
    placeholders: tuple[Placeholder, ...] = internal("Names in braces", example=[])
    questions: tuple[Question, ...] = internal("The questions", example=[], min_length=1)

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages the bank speaks."""
        return self.questions[0].languages

    def blanks(self, language: str) -> dict[str, str]:
        """What is printed for each name in braces while its value is not known."""
        return {each.name: each.text(language) for each in self.placeholders}


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
        each
        for each in bank.questions
        if (each.id in pointed or _fits(each, facts)) and not _is_done(each, answered)
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


def silent_in(
    language: str, whole: Record, lines: Sequence["Question | InLanguages"], name: str
) -> Iterator[Problem]:
    """The lines of a bank or checklist that have no text in a language; one problem where none of them has."""
    silent = [each for each in lines if language not in each.languages]
    if len(silent) == len(lines):
        yield Problem(whole.place_of(), f"{name} does not speak {language!r}")
        return
    for each in silent:
        way_out = f"add its text in {language}, or print no papers in it"
        yield Problem(each.place_of(), f"{getattr(each, 'id', '')} does not speak {language}", way_out)


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its names in braces replaced, each once; braces inside a value stay as they are."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def bank_problems(bank: QuestionBank) -> Iterator[Problem]:
    """Everything in a question bank that would fail, or be left out unseen, when it is used."""
    yield from twice(bank.questions)
    known = {question.id for question in bank.questions}
    for name in bank.call_form:
        if name not in known:
            yield Problem(bank.place_of("call_form"), f"call_form names {name}, which is no question of the bank")
    declared = {placeholder.name for placeholder in bank.placeholders}
    for question in bank.questions:
        yield from condition_problems(question.id, question.when, question, VOCABULARY)
        yield from language_problems(question.id, question, question.languages, bank.languages)
        yield from moment_problems(question)
        yield from placeholder_problems(question, declared, "declare it under placeholders")
    for placeholder in bank.placeholders:
        yield from language_problems(placeholder.name, placeholder, placeholder.languages, bank.languages)


def twice(records: Sequence[Record]) -> Iterator[Problem]:
    """A name stands for one line only."""
    seen = Counter[str]()
    for record in records:
        name = str(getattr(record, "id", ""))
        seen[name] += 1
        if seen[name] > 1:
            yield Problem(record.place_of("id"), f"{name} stands here a second time", "give it a name of its own")


def condition_problems(name: str, when: str, record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """A condition can be read, and names facts and values there are."""
    try:
        parse(when, vocabulary)
    except ConditionError as error:
        message = f"{name}: when is {when[:80]!r}; at its column {error.column}: {error.message}"
        yield Problem(record.place_of("when"), message, error.hint)


def language_problems(name: str, record: Record, spoken: Collection[str], wanted: Collection[str]) -> Iterator[Problem]:
    """All lines speak the same languages; anything else beside the fields is a slip of the pen."""
    for code in spoken:
        if not _LANGUAGE.fullmatch(code):
            yield Problem(
                record.place_of(code), f"{name}: {code!r} is neither a field nor a language", "see its spelling"
            )
    if missing := [code for code in wanted if code not in spoken]:
        yield Problem(record.place_of(), f"{name} does not speak {', '.join(missing)}", "add the missing text")
    if extra := [code for code in spoken if code not in wanted and _LANGUAGE.fullmatch(code)]:
        yield Problem(record.place_of(extra[0]), f"{name} speaks {', '.join(extra)}, which the first line does not")


def moment_problems(question: Question) -> Iterator[Problem]:
    """A question for the manager alone says whether it is asked before or after the meeting; no other one does."""
    if (question.stage == ALONE) is (question.moment is None):
        expected = (
            "needs a moment, before or after" if question.moment is None else "has a moment, which is for SELF only"
        )
        yield Problem(question.place_of("moment"), f"{question.id} {expected}")


def placeholder_problems(question: Question, declared: Collection[str], way_out: str) -> Iterator[Problem]:
    """Each name in braces is one the bank declares."""
    for language in question.languages:
        for name in _PLACEHOLDER.findall(question.wording(language).ask):
            if name not in declared:
                place = question.wording(language).place_of("ask")
                yield Problem(place, f"{question.id}: {{{name}}} is no placeholder", way_out)


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
