"""Lines of our data files that have a text in each language, and what may be wrong with one."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from pydantic import ConfigDict

from negotiation_kit.case.fields import Record, Text
from negotiation_kit.problems import Place, Problem
from negotiation_kit.reckoning.conditions import ConditionError, Vocabulary, parse

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


class Line(Protocol):
    """One line of a data file, by its name."""

    @property
    def id(self) -> str:
        """Its stable name."""
        ...

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages it speaks."""
        ...

    def place_of(self, field: str = "") -> Place | None:
        """Where it stood."""
        ...


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


def silent_in(language: str, whole: Record, lines: Sequence[Line], name: str) -> Iterator[Problem]:
    """The lines of a bank or checklist that have no text in a language; one problem where none of them has."""
    silent = [each for each in lines if language not in each.languages]
    if silent and len(silent) == len(lines):
        yield Problem(whole.place_of(), f"{name} does not speak {language!r}")
        return
    for each in silent:
        way_out = f"add its text in {language}, or print no papers in it"
        yield Problem(each.place_of(), f"{each.id} does not speak {language}", way_out)


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
    if missing := [code for code in wanted if code not in spoken]:
        yield Problem(record.place_of(), f"{name} does not speak {', '.join(missing)}", "add the missing text")
    yield from strange_language_problems(name, record, spoken, wanted, "which the first line does not")


def strange_language_problems(
    name: str, line: Record | Line, spoken: Collection[str], wanted: Collection[str], others: str
) -> Iterator[Problem]:
    """A key beside the fields that is no language, or one that no paper is printed in."""
    for code in spoken:
        if not _LANGUAGE.fullmatch(code):
            yield Problem(
                line.place_of(code), f"{name}: {code!r} is neither a field nor a language", "see its spelling"
            )
    if extra := [code for code in spoken if code not in wanted and _LANGUAGE.fullmatch(code)]:
        yield Problem(line.place_of(extra[0]), f"{name} speaks {', '.join(extra)}, {others}")
