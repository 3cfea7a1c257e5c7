"""What is said at the table, as a file says it: the course of a meeting and model words; and what may be wrong."""

import re
from collections.abc import Iterator
from typing import Literal

from pydantic import ConfigDict

from negotiation_kit.case.fields import Count, Record, Text, internal
from negotiation_kit.problems import Problem
from negotiation_kit.reckoning.facts import VOCABULARY
from negotiation_kit.reckoning.lines import condition_problems, language_problems, twice
from negotiation_kit.reckoning.question_bank import Placeholder

TableStage = Literal["CON", "SUB", "CAU", "IDE", "COO", "SCH", "RSK", "CSQ", "CLO"]
LineKind = Literal["opening", "closing", "breakfast", "objection", "reaction", "forbidden"]

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NEEDS: dict[str, tuple[str, ...]] = {
    "opening": (), "closing": (), "forbidden": (),
    "breakfast": ("answer",), "objection": ("answer",), "reaction": ("answer", "avoid"),
}  # fmt: skip
"""What a line of a kind says besides its first words; nothing else has a place in it."""


class StageWords(Record):
    """What a stage is for and when it is left, in one language."""

    aim: Text = internal("What the stage is for", example="their own idea first")
    done: Text = internal("When it may be left", example="sum, day and source are written down")


class TableStageLine(Record):
    """One stage of the talk; its words stand beside the other fields, keyed by the language's code."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, StageWords]

    id: TableStage = internal("Stage of the meeting", example="IDE")
    minutes: Count = internal("Minutes of a meeting of an hour", example="8")
    call: Count = internal("Minutes of a call of twenty; 0 where it falls away", example="4")

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages it speaks."""
        return tuple(self.__pydantic_extra__)

    def words(self, language: str) -> StageWords:
        """Its words in a language."""
        return self.__pydantic_extra__[language]


class LineWords(Record):
    """A line in one language."""

    says: Text = internal("What is said or done, by us or by them", example="There is no money.")
    answer: Text | None = internal("What we answer or do", example="Which part can leave this week?", default=None)
    avoid: Text | None = internal("What we do not do", example="fill the silence with offers", default=None)


class PlaybookLine(Record):
    """Words for one moment of the talk; they stand beside the other fields, keyed by the language's code."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, LineWords]

    id: Text = internal("Stable name", example="no_money", max_length=32)
    kind: LineKind = internal("What it is for", example="objection")
    when: Text = internal("Printed if this holds", example="segment == key", max_length=10_000)
    expected: Text | None = internal(
        "Likely to be heard if this holds; it then comes first", example="cause == chain", default=None
    )

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages it speaks."""
        return tuple(self.__pydantic_extra__)

    def words(self, language: str) -> LineWords:
        """Its words in a language."""
        return self.__pydantic_extra__[language]


class Playbook(Record):
    """The course of a meeting and everything that may be said at it, in the order in which it is printed."""

    placeholders: tuple[Placeholder, ...] = internal("Names in braces", example=[])
    stages: tuple[TableStageLine, ...] = internal("The stages in their order", example=[], min_length=1)
    lines: tuple[PlaybookLine, ...] = internal("The words", example=[], min_length=1)

    def blanks(self, language: str) -> dict[str, str]:
        """What is printed for each name in braces while its value is not known."""
        return {each.name: each.text(language) for each in self.placeholders}


def playbook_problems(playbook: Playbook) -> Iterator[Problem]:
    """Everything in a playbook that would fail, or be left out unseen, when it is used."""
    yield from twice(playbook.stages)
    yield from twice(playbook.lines)
    spoken = playbook.stages[0].languages
    for placeholder in playbook.placeholders:
        yield from language_problems(placeholder.name, placeholder, placeholder.languages, spoken)
    for stage in playbook.stages:
        yield from language_problems(stage.id, stage, stage.languages, spoken)
    if not any(stage.minutes for stage in playbook.stages) or not any(stage.call for stage in playbook.stages):
        yield Problem(playbook.place_of("stages"), "no stage has a minute", "give minutes and call to one at least")
    for line in playbook.lines:
        yield from language_problems(line.id, line, line.languages, spoken)
        yield from condition_problems(line.id, line.when, line, VOCABULARY)
        if line.expected is not None:
            yield from condition_problems(line.id, line.expected, line, VOCABULARY)
        yield from words_problems(line, {each.name for each in playbook.placeholders})


def words_problems(line: PlaybookLine, declared: set[str]) -> Iterator[Problem]:
    """A line says what its kind needs and nothing besides, and names in braces that are declared."""
    needed = _NEEDS[line.kind]
    for language in line.languages:
        words = line.words(language)
        for field in ("answer", "avoid"):
            is_there = getattr(words, field) is not None
            if is_there is not (field in needed):
                expected = "needs" if field in needed else "has no place for"
                yield Problem(words.place_of(field), f"{line.id}: a line of kind {line.kind} {expected} {field}")
        for name in _PLACEHOLDER.findall(f"{words.says} {words.answer or ''}"):
            if name not in declared:
                message = f"{line.id}: {{{name}}} is no placeholder"
                yield Problem(words.place_of("says"), message, "declare it under placeholders")
