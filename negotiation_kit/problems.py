"""What is wrong, where, and what to do about it.

Exception
  Refused     carries every problem of a stage at once; the edge prints them and exits with 1
"""

from collections.abc import Iterable
from dataclasses import dataclass


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
        """Keep the problems in reading order, those without a place first."""
        self.problems = tuple(sorted(problems, key=_reading_order))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def _reading_order(problem: Problem) -> tuple[str, int, int]:
    place = problem.place
    return (place.file, place.line, place.column) if place else ("", 0, 0)


def _window(line: str, column: int, width: int = 100) -> tuple[str, int]:
    """The part of a long line round the column, tabs shown as one blank, and where the caret stands in it."""
    start = max(0, column - 1 - width // 2) if len(line) > width else 0
    shown = "".join(character if character.isprintable() else " " for character in line[start : start + width])
    return shown, column - 1 - start
