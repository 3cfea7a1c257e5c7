"""The question bank as a file says it, and what may be wrong with it."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Literal

from pydantic import ConfigDict

from negotiation_kit.case.fields import Count, Record, Text, internal
from negotiation_kit.problems import Problem
from negotiation_kit.reckoning.facts import VOCABULARY
from negotiation_kit.reckoning.lines import InLanguages, condition_problems, language_problems, twice

Stage = Literal["PRE", "CON", "SUB", "CAU", "IDE", "COO", "SCH", "RSK", "CSQ", "CLO", "SELF"]
Priority = Literal["must", "should", "could"]
Moment = Literal["before", "after"]

ALONE = "SELF"
"""The stage in which the manager asks himself."""
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


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
