"""One fact of a case file is changed and everything else stays byte for byte: comments, order, quotes, line ends.

Whoever keeps a case file has put notes into it. So a change is a cut in the text at the place of the value, not a
file written anew. Afterwards the text is read again and must say exactly what it said before with the change in it;
else nothing changes and the place is told.

A way is written as in messages, entries counted from one: `outcome.schedule[2].amount`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import yaml

from negotiation_kit.case.case import Case
from negotiation_kit.case.fields import Record
from negotiation_kit.problems import Place, Problem, Refused
from negotiation_kit.reading.characters import lines_of, quoted
from negotiation_kit.reading.cuts import CannotCut, kind_at, place_in, with_cuts
from negotiation_kit.reading.steps import (
    NOTHING,
    Give,
    Step,
    Take,
    Way,
    said,
    steps_between,
    value_at,
    with_step,
    written,
)
from negotiation_kit.reading.tree import plain, read_tree
from negotiation_kit.reading.typed import Value, as_typed

_MARK = "\ufeff"
_STEP = re.compile(r"([^.\[\]]+)((?:\[[1-9]\d{0,5}\])*)(?:\.|\Z)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Put:
    """A value where there was another, or none: of a group or a list only what differs is touched."""

    way: str
    value: Value


@dataclass(frozen=True, slots=True)
class Append:
    """One more entry at the end of a list, which begins with it if there was none."""

    way: str
    value: Value


@dataclass(frozen=True, slots=True)
class Remove:
    """A field or an entry goes, with the note on its own line."""

    way: str


Change = Put | Append | Remove


def amend(text: str, file: str, changes: Iterable[Change], model: type[Record] = Case) -> str:
    """The text with the changes made one after the other, all of them or `Refused`.

    A field that was not there goes where the record's order puts it. A byte order mark stays.
    """
    mark = _MARK if text.startswith(_MARK) else ""
    amended = text.removeprefix(_MARK)
    for change in _together(changes):
        amended = _amended(amended, file, change, model)
    return mark + amended


def way_of(path: str) -> Way:
    """The steps of a way: names, and numbers of entries counted from one."""
    steps: list[str | int] = []
    index = 0
    while index < len(path) or not steps:
        found = _STEP.match(path, index)
        if not found or (found.end() == len(path) and path.endswith(".")):
            raise Refused([Problem(None, f"{quoted(path)} names no field", "write it like outcome.schedule[2].amount")])
        steps += [found[1], *map(int, re.findall(r"\d+", found[2]))]
        index = found.end()
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class _Extend:
    """Entries at the end of a list, all at once: a bank's month has hundreds."""

    way: str
    value: tuple[Value, ...]


def _together(changes: Iterable[Change]) -> Iterator[Put | Remove | _Extend]:
    for way, alike in groupby(changes, lambda change: change.way if isinstance(change, Append) else None):
        if way is None:
            yield from (change for change in alike if not isinstance(change, Append))
        else:
            yield _Extend(way, tuple(change.value for change in alike if isinstance(change, Append)))


def _amended(text: str, file: str, change: Put | Remove | _Extend, model: type[Record]) -> str:
    before = written(read_tree(text, file))
    way = way_of(change.way)
    there = value_at(before, way)
    if isinstance(change, _Extend) and there is not NOTHING and not isinstance(there, list):
        raise _refused_at(text, file, way, f"{quoted(change.way)} is no list", "name a list, such as payments")
    if isinstance(change, Remove):
        steps: list[Step] = [Take(way)]
        _known(before, way, text, file)
    elif isinstance(change, _Extend) and there is not NOTHING and there:
        steps = [Give((*way, len(there) + 1), as_typed(change.value, kind_at(model, way)), new=True)]
    else:
        way, value = _reached(before, way, as_typed(change.value, kind_at(model, way)), text, file)
        steps = list(steps_between(value_at(before, way), value, way))
    after = before
    amended = text
    try:
        for step in steps:
            after = with_step(after, step)
            amended = with_cuts(amended, step, model)
        same = plain(read_tree(amended, file)) == said(after)
    except (Refused, CannotCut, yaml.YAMLError):
        same = False
    if not same:
        raise _refused_at(text, file, way, f"{quoted(change.way)} is written in a way the kit cannot change", _BY_HAND)
    return amended


_BY_HAND = "change it by hand; nothing was changed"


def _reached(before: object, way: Way, value: Any, text: str, file: str) -> tuple[Way, Any]:  # noqa: ANN401
    """The way as far as the text goes, and the value that holds the rest of it."""
    for number in range(len(way)):
        here, part = value_at(before, way[:number]), way[number]
        if isinstance(part, int) and isinstance(here, list) and part > len(here) + 1:
            raise _refused_at(text, file, way, f"there are only {len(here)} entries before {_said(way)}", "append it")
        fits = isinstance(here, list if isinstance(part, int) else dict)
        if not fits or not here:
            if number == 0 or not (fits or here is NOTHING):
                raise _refused_at(text, file, way, f"{_said(way[:number])} holds no {_parts(part)}", "check the name")
            return way[:number], _nested(way[number:], value, way, text, file)
    return way, value


def _nested(rest: Way, value: Any, way: Way, text: str, file: str) -> Any:  # noqa: ANN401
    for part in reversed(rest):
        if isinstance(part, int) and part > 1:
            raise _refused_at(text, file, way, f"there are no entries before {_said(way)}", "append it")
        value = [value] if isinstance(part, int) else {part: value}
    return value


def _known(before: object, way: Way, text: str, file: str) -> None:
    if value_at(before, way) is NOTHING:
        raise _refused_at(text, file, way, f"{_said(way)} is not there", "check the name; nothing was changed")


def _parts(part: str | int) -> str:
    return "entries" if isinstance(part, int) else "fields"


def _said(way: Way) -> str:
    """The way as a person writes it."""
    told = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in way)
    return quoted(told.removeprefix(".")) if told else "the file"


def _refused_at(text: str, file: str, way: Way, message: str, hint: str) -> Refused:
    """A refusal at the place of the way, or of the last part of it that is there."""
    index = place_in(text, way)
    before = lines_of(text[:index])
    place = Place(file, len(before), len(before[-1]) + 1, lines_of(text)[len(before) - 1])
    return Refused([Problem(place, message, hint)])
