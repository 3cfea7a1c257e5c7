"""Which line closes which: what is opened inside a tag or container must be closed inside it."""

import re
from collections.abc import Sequence

from negotiation_kit.documents.lines import CONTAINERS, Line, near
from negotiation_kit.problems import Place, Problem, Refused

DEEPEST = 10
"""Tags and containers within each other; our own go down to 5. With those on a line, Python could not do 20."""


MOST_CHARACTERS, MOST_LINES, LONGEST_LINE = 200_000, 1_000, 5_000
"""The longest of ours has 14 000 characters, 212 lines."""
MOST_WORDS = 10_000
"""In tags and fields, each of which Jinja works through several times; the longest of ours has 3 000."""
_TAG, _FIELD = re.compile(r"\{[{%]"), re.compile(r"\[[\[@#]|\*\*")
_TAG_ENDS, _WORD = re.compile(r"[}%]\}"), re.compile(r"\w+|[^\w\s]")
_A_TAG = 4


class Problems:
    """What was refused so far."""

    def __init__(self, file: str, source: Sequence[str]) -> None:
        self.file = file
        self.source = source
        self.found: list[Problem] = []

    def add(self, number: int, message: str, hint: str = "") -> None:
        self.found.append(Problem(Place(self.file, number, 1, self.source[number - 1]), message, hint))

    def refuse_size(self) -> None:
        """No text of a paper is as long as that; what is would take its time to be worked through."""
        if sum(map(len, self.source)) > MOST_CHARACTERS or len(self.source) > MOST_LINES:
            told = f"this template has more than {MOST_LINES:,} lines or {MOST_CHARACTERS:,} characters"
            self.add(1, told, "part it into templates it includes")
        elif sum(map(_words_in_tags, self.source)) > MOST_WORDS:
            told = f"this template has more than {MOST_WORDS:,} words and signs in tags and fields"
            self.add(1, told, "part it into templates it includes")
        for number, line in enumerate(self.source, start=1):
            if len(line) > LONGEST_LINE:
                self.add(number, f"this line has more than {LONGEST_LINE:,} characters", "part it into several")
        self.stop_here()

    def stop_here(self) -> None:
        if self.found:
            raise Refused(self.found)


def _words_in_tags(line: str) -> int:
    """The words and signs of a line that are worked with, each tag and field counting for a few more."""
    tags = [_TAG_ENDS.split(after, maxsplit=1)[0] for after in _TAG.split(line)[1:]]
    return sum(len(_WORD.findall(tag)) + _A_TAG for tag in tags) + _A_TAG * len(_FIELD.findall(line))


def ends_of(lines: Sequence[Line], problems: Problems) -> dict[int, int]:
    """Where each tag and container ends; what is opened inside another must be closed inside it."""
    opened: list[int] = []
    ends: dict[int, int] = {}
    for place, one in enumerate(lines):
        last = lines[opened[-1]] if opened else None
        if one.kind in {"open", "fence"}:
            opened.append(place)
            if len(opened) > DEEPEST:
                problems.add(one.number, f"more than {DEEPEST} tags and containers inside each other", "part the text")
                return ends
            if one.kind == "fence" and one.mark not in CONTAINERS:
                problems.add(one.number, f"unknown container '{one.mark}'", near(one.mark, CONTAINERS))
        elif one.kind in {"close", "between", "fence end"}:
            if not last or not _is_partner(last, one):
                problems.add(one.number, *_crossing(one, last))
                return ends
            if one.kind != "between":
                ends[opened.pop()] = place
    for place in opened:
        end = ":::" if lines[place].kind == "fence" else f"{{% end{lines[place].mark} %}}"
        problems.add(lines[place].number, f"'{lines[place].shown}' is not closed", f"close it with a line {end}")
    return ends


def _is_partner(opening: Line, one: Line) -> bool:
    if one.kind == "fence end":
        return opening.kind == "fence"
    if one.kind == "between":
        return opening.kind == "open" and opening.mark != "block"
    return opening.kind == "open" and opening.mark == one.mark


def _crossing(one: Line, last: Line | None) -> tuple[str, str]:
    if not last:
        return f"'{one.shown}' closes nothing", "nothing is open here"
    message = f"'{one.shown}' comes before the end of '{last.shown}' in line {last.number}"
    return message, "what is opened inside is closed inside"
