"""What is wrong, where, and what to do about it.

Exception
  Refused     carries every problem of a stage at once; the edge prints them and exits with 1
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

MOST_PROBLEMS = 100
"""Nobody mends more at a time; what follows is told as a number."""
_LONGEST = 1_000
"""Characters of a message; whoever quotes a text in it may have been handed a book."""
_MORE = " more problems from here on"
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
"""What would do something to a screen instead of being seen on it."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A character in a text a person wrote; lines and columns count from 1."""

    file: str
    line: int
    column: int
    text: str = ""
    """The line itself, without its line end."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that stops the work: where it is, what was expected, and a way out."""

    place: Place | None
    message: str
    hint: str = ""

    def __post_init__(self) -> None:
        """Keep the words fit for a screen, whatever text they quote."""
        object.__setattr__(self, "message", _shown(self.message))
        object.__setattr__(self, "hint", _shown(self.hint))

    @property
    def is_number_of_more(self) -> bool:
        """Whether it only says how many more there are."""
        return self.message.endswith(_MORE)

    def __str__(self) -> str:
        """The problem as an editor shows it: place, message, the line, a caret, a way out."""
        told = [f"{self.place}: {self.message}" if self.place else self.message]
        if self.place and self.place.text:
            shown, caret = _window(self.place.text, self.place.column)
            told += [f"{self.place.line:>5} | {shown}", f"{'':>5} | {'':>{caret}}^"]
        if self.hint:
            told.append(f"      = {self.hint}")
        return "\n".join(told)


class Refused(Exception):  # noqa: N818 - the word of the house: the input is refused, nothing broke
    """The input cannot be used; carries all its problems in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in reading order, those without a place first, and no more than a person mends."""
        found = sorted(problems, key=_reading_order)
        self.problems = tuple(first_of(found, len(found)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def first_of(problems: Iterable[Problem], count: int) -> list[Problem]:
    """So many of the problems as a person mends at a time, and how many of the `count` are left."""
    shown = list(islice(problems, MOST_PROBLEMS + 1))
    if len(shown) > MOST_PROBLEMS and not shown[-1].is_number_of_more:
        shown[-1] = more_problems(shown[-1].place, count - MOST_PROBLEMS)
    return shown


def more_problems(place: Place | None, count: int) -> Problem:
    """The last line of a long list of problems."""
    return Problem(place, f"{count}{_MORE}", "mend those above first")


def _shown(text: str) -> str:
    """The words without what cannot be seen, and without the middle of what is too long."""
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST * 3 // 4]} … {text[-_LONGEST // 5 :]}"
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)


def _reading_order(problem: Problem) -> tuple[str, int, int]:
    place = problem.place
    return (place.file, place.line, place.column) if place else ("", 0, 0)


def _window(line: str, column: int, width: int = 100) -> tuple[str, int]:
    """The part of a long line round the column, tabs shown as one blank, and where the caret stands in it."""
    start = max(0, column - 1 - width // 2) if len(line) > width else 0
    shown = "".join(character if character.isprintable() else " " for character in line[start : start + width])
    return shown, column - 1 - start
