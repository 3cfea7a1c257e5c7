"""The commonest slips of the pen in YAML, told in words of a person who never heard of it.

The parser says where it stopped, in terms of its own. Each rule below looks at that place and at the
line, and either knows the slip or leaves it to the next rule; the last one knows them all.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

import yaml

from negotiation_kit.problems import Place, Problem

Spot = tuple[int, int]
"""Line and column as the parser counts them, from 0."""

_IN_QUOTES = "put the whole text in quotes"
_NO_START = "@`%*&!|>]},?"
_PAIR = re.compile(r"""[^'"]*?[^\s:]\s*:\s+\S""")
_GLUED = re.compile(r"\s*(- )?[^\s:#'\"]+:[^\s:]")


class Slip(NamedTuple):
    """Where and why the parser stopped; `begun` is where the thing it was reading began."""

    lines: list[str]
    file: str
    begun: Spot | None
    stopped: Spot
    context: str
    reason: str
    last_word: tuple[Spot, Spot] | None
    """From where to where the last text went, if the parser stopped just behind it."""

    def place(self, spot: Spot) -> Place:
        """The spot as a place people count from 1."""
        line, column = spot
        return Place(self.file, line + 1, column + 1, self.line(line))

    def line(self, number: int) -> str:
        """A line by its number, nothing beyond the end."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def before(self) -> str:
        """The line of the stop up to the stop."""
        return self.line(self.stopped[0])[: self.stopped[1]]

    def neighbour(self) -> int:
        """The nearest line above that says something; -1 when there is none."""
        above = range(self.stopped[0] - 1, -1, -1)
        return next((n for n in above if self.line(n).strip() and self.line(n).lstrip()[0] != "#"), -1)

    def says(self, *phrases: str) -> bool:
        """Whether the parser's reason holds one of the phrases."""
        return any(phrase in self.reason for phrase in phrases)


def slip_of(error: yaml.MarkedYAMLError, lines: list[str], file: str, last_word: tuple[Spot, Spot] | None) -> Problem:
    """The parser's error as a problem with a way out."""
    slip = Slip(
        lines=lines,
        file=file,
        begun=_spot(error.context_mark),
        stopped=_spot(error.problem_mark) or (0, 0),
        context=error.context or "",
        reason=error.problem or "",
        last_word=last_word,
    )
    return next(problem for rule in _RULES if (problem := rule(slip)))


def _spot(mark: object) -> Spot | None:
    return (mark.line, mark.column) if mark is not None else None  # type: ignore[attr-defined]


def _tab_in_the_indentation(slip: Slip) -> Problem | None:
    line, _ = slip.stopped
    text = slip.line(line)
    tab = text.find("\t")
    if tab < 0 or text[:tab].strip(" -"):
        return None
    way_out = "use blanks instead of the tab key, two for each level"
    return Problem(slip.place((line, tab)), "a tab stands in the indentation", way_out)


def _quote_left_open(slip: Slip) -> Problem | None:
    start = None
    if "quoted scalar" in slip.context and slip.says("end of stream", "document"):
        start = slip.begun
    elif slip.last_word and slip.last_word[0][0] < slip.last_word[1][0] == slip.stopped[0]:
        start = slip.last_word[0]
    mark = slip.line(start[0])[start[1] : start[1] + 1] if start else ""
    if start is None or mark not in {"'", '"'}:
        return None
    return Problem(slip.place(start), "this quote is never closed", f"close it with {mark} on the same line")


def _bracket_left_open(slip: Slip) -> Problem | None:
    if slip.begun is None or "while parsing a flow" not in slip.context:
        return None
    closing = "]" if "sequence" in slip.context else "}"
    if slip.begun[0] != slip.stopped[0]:
        message = f"this bracket is not closed with {closing}, or a comma is missing in it"
        return Problem(slip.place(slip.begun), message, "separate the entries with commas")
    way_out = "separate the entries with commas; put a text in quotes if it contains ': '"
    return Problem(slip.place(slip.stopped), f"a comma or {closing} is missing before this", way_out)


def _glued_colon(slip: Slip) -> Problem | None:
    """Without a blank after the colon `case:2025` is one word, which runs on into the next line."""
    if slip.says("could not find expected ':'") and slip.begun:
        line = slip.begun[0]
    elif slip.says("mapping values are not allowed"):
        line = slip.neighbour()
    else:
        return None
    if not (glued := _GLUED.match(slip.line(line))):
        return None
    place = slip.place((line, glued.end() - 1))
    return Problem(place, "a blank is missing after the colon", "write it as name: value")


def _second_colon(slip: Slip) -> Problem | None:
    if not slip.says("mapping values are not allowed") or not _PAIR.match(slip.before()):
        return None
    way_out = "put the text in quotes: it contains ': '"
    return Problem(slip.place(slip.stopped), "a second ':' stands in this line", way_out)


def _too_deep(slip: Slip) -> Problem | None:
    if not slip.says("mapping values are not allowed") or slip.neighbour() < 0:
        return None
    line = slip.line(slip.stopped[0])
    place = slip.place((slip.stopped[0], len(line) - len(line.lstrip())))
    way_out = "begin it below the first letter of its neighbours"
    return Problem(place, "this line is indented deeper than the one it follows", way_out)


def _no_colon(slip: Slip) -> Problem | None:
    if slip.begun is None or not slip.says("could not find expected ':'"):
        return None
    way_out = "write it as name: value, with a blank after the colon"
    return Problem(slip.place(slip.begun), "this line has no name and value", way_out)


def _backslash(slip: Slip) -> Problem | None:
    if "quoted scalar" not in slip.context:
        return None
    message = "a backslash between double quotes begins a special character"
    return Problem(slip.place(slip.stopped), message, "use single quotes: '…'")


def _text_after_quote(slip: Slip) -> Problem | None:
    if not slip.before().rstrip().endswith(("'", '"')):
        return None
    way_out = "put the whole text in one pair of quotes, and write a quote inside it twice"
    return Problem(slip.place(slip.stopped), "text follows the closing quote", way_out)


def _forbidden_start(slip: Slip) -> Problem | None:
    for spot in (slip.begun, slip.stopped):
        mark = slip.line(spot[0])[spot[1] : spot[1] + 1] if spot else ""
        if spot and mark and mark in _NO_START:
            return Problem(slip.place(spot), f"a text may not begin with {mark}", _IN_QUOTES)
    return None


def _list_among_fields(slip: Slip) -> Problem | None:
    starts_line = not slip.before().strip() and slip.line(slip.stopped[0]).lstrip().startswith("-")
    if not starts_line and not slip.says("sequence entries are not allowed"):
        return None
    way_out = "begin a list on the line below its name; put a text in quotes if it begins with '-'"
    return Problem(slip.place(slip.stopped), "a list entry cannot stand here", way_out)


def _field_among_entries(slip: Slip) -> Problem | None:
    if not slip.begun or slip.before().strip() or "block collection" not in slip.context:
        return None
    way_out = "begin a new entry with '- ', and its further fields below the first letter of its first field"
    return Problem(slip.place(slip.stopped), "this line belongs to no entry of the list above", way_out)


def _nameless(slip: Slip) -> Problem | None:
    if slip.before().strip() or not slip.line(slip.stopped[0]).lstrip().startswith(":"):
        return None
    return Problem(slip.place(slip.stopped), "the name before ':' is missing", "write it as name: value")


def _level_of_nothing(slip: Slip) -> Problem | None:
    if slip.before().strip() or not slip.line(slip.stopped[0]).strip():
        return None
    way_out = "begin it exactly below the first letter of the fields it belongs to"
    return Problem(slip.place(slip.stopped), "the indentation of this line fits no line above", way_out)


def _any_other(slip: Slip) -> Problem:
    way_out = "write it as name: value; put the value in quotes if it holds marks like : # [ ] { }"
    return Problem(slip.place(slip.stopped), "this cannot be read", way_out)


_RULES: tuple[Callable[[Slip], Problem | None], ...] = (
    _tab_in_the_indentation,
    _quote_left_open,
    _bracket_left_open,
    _second_colon,
    _glued_colon,
    _too_deep,
    _no_colon,
    _backslash,
    _text_after_quote,
    _forbidden_start,
    _list_among_fields,
    _field_among_entries,
    _nameless,
    _level_of_nothing,
    _any_other,
)
