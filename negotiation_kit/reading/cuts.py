"""A step becomes cuts in the text: the name, the note behind it and all other lines stay as they were."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from negotiation_kit.case.fields import Record
from negotiation_kit.reading.characters import lines_of
from negotiation_kit.reading.spans import (
    LITERAL_HEAD,
    Item,
    Scalar,
    Several,
    Span,
    line_end,
    line_ending,
    line_start,
    next_line,
    spans_of,
)
from negotiation_kit.reading.spots import is_record, kind_of_entry, kinds_of
from negotiation_kit.reading.steps import Give, Step, Take, Way
from negotiation_kit.reading.typed import entry_lines, field_in_braces, field_lines, in_braces, laid, one_line


class CannotCut(Exception):  # noqa: N818 - said of a place
    """The text is written in a way that no cut fits."""


def kind_at(kind: object, way: Way) -> object:
    """The type a record gives to what stands at the end of a way."""
    for part in way:
        if isinstance(part, int):
            kind = kind_of_entry(kind)
        else:
            kind = kinds_of(kind).get(part, object) if is_record(kind) else object
    return kind


@dataclass(frozen=True, slots=True)
class _Cut:
    """From here to there the text is replaced."""

    start: int
    end: int
    text: str = ""


def with_cuts(text: str, step: Step, model: type[Record]) -> str:
    """The text with a step done."""
    cuts = sorted(enumerate(_cuts(text, step, model)), key=lambda each: (each[1].start, each[1].end, each[0]))
    for _, cut in reversed(cuts):
        text = text[: cut.start] + cut.text + text[cut.end :]
    return text


def place_in(text: str, way: Way) -> int:
    """Where the way leads, or the last part of it that is there."""
    span, index = spans_of(text), 0
    for part in way:
        item = _item(span, part) if isinstance(span, Several) else None
        if item is None:
            break
        span, index = item.value, item.start
    return index


def _cuts(text: str, step: Step, model: type[Record]) -> list[_Cut]:
    """The cuts of a step."""
    home = _home(spans_of(text), step.way)
    holder = home.value
    if not isinstance(holder, Several):
        raise CannotCut
    item = _item(holder, step.way[-1])
    if isinstance(step, Take):
        if item is None:
            raise CannotCut
        if len(holder.items) == 1 and not holder.in_braces and len(step.way) > 1:
            return _replaced(text, home, [] if holder.is_list else {}, in_list=isinstance(step.way[-2], int))
        return _without(text, holder, item)
    if item and not (step.new and holder.is_list):
        return _replaced(text, item, step.value, in_list=holder.is_list, in_braces_there=holder.in_braces)
    return _with_more(text, holder, step, model)


def _home(root: Span, way: Way) -> Item:
    """The item that holds the last part of the way."""
    home = Item("", 0, 0, root)
    for part in way[:-1]:
        found = _item(home.value, part) if isinstance(home.value, Several) else None
        if found is None:
            raise CannotCut
        home = found
    return home


def _item(holder: Several, part: str | int) -> Item | None:
    if isinstance(part, int):
        return holder.entries[part - 1] if holder.is_list and part <= len(holder.entries) else None
    return next((item for item in holder.items if item.name == part and not holder.is_list), None)


def _column(text: str, index: int) -> int:
    return index - line_start(text, index)


def _joined(text: str, lines: Sequence[str], column: int) -> str:
    """The lines with their line ends between them, those after the first indented to a column."""
    ending = line_ending(text)
    return ending.join([*lines[:1], *(f"{'':{column}}{line}" if line else "" for line in lines[1:])])


def _replaced(
    text: str,
    item: Item,
    value: Any,  # noqa: ANN401 - a tree of texts
    *,
    in_list: bool = False,
    in_braces_there: bool = False,
) -> list[_Cut]:
    """Another value behind the same name or dash."""
    old = item.value
    like = old.style if isinstance(old, Scalar) and old.style in {"'", '"'} else ""
    if in_braces_there:
        typed = one_line(value, in_braces=True, like=like) if isinstance(value, str) else in_braces(value)
        return [_Cut(item.after, item.after, f" {typed}") if _is_blank(old) else _Cut(old.start, old.end, typed)]
    column = _column(text, item.start)
    told = laid(value, column=column, head=item.after - item.start, in_list=in_list)
    if isinstance(value, str) and like and not told.below:
        told = replace(told, inline=one_line(value, in_braces=False, like=like))
    below = _joined(text, ["", *told.below], column) if told.below else ""
    if isinstance(old, Several):
        return _instead_of_lines(text, item, told.inline, below, in_braces_there=old.in_braces)
    return _instead_of_text(text, item, old, told.inline, below)


def _instead_of_text(text: str, item: Item, old: Scalar, inline: str, below: str) -> list[_Cut]:
    if _is_blank(old):
        given = [_Cut(item.after, item.after, f" {inline}")] if inline else []
        return [*given, *_below(text, item.after, below)]
    if old.style in {"|", ">"}:
        head = LITERAL_HEAD.match(text, old.start)
        assert head is not None, "the parser saw the mark"
        here = line_end(text, old.start)
        return [_Cut(old.start, head.end(), inline), _Cut(here, max(here, old.end), below)]
    return _instead_of_inline(text, item, inline, below)


def _instead_of_lines(text: str, item: Item, inline: str, below: str, *, in_braces_there: bool) -> list[_Cut]:
    old = item.value
    if in_braces_there:
        return _instead_of_inline(text, item, inline, below)
    if line_start(text, old.start) <= item.after:
        return [_Cut(item.after, old.end, f" {inline}{below}")]
    start = line_start(text, old.start)
    given = [_Cut(item.after, item.after, f" {inline}")] if inline else []
    if below:
        return [*given, _Cut(start, old.end, below.removeprefix(line_ending(text)))]
    return [*given, _Cut(start, next_line(text, old.end))]


def _instead_of_inline(text: str, item: Item, inline: str, below: str) -> list[_Cut]:
    """The value stood behind its name, or on the next line; the blanks before it stay."""
    old = item.value
    on_next_line = line_start(text, old.start) > item.after
    if on_next_line and not inline:
        return [_Cut(line_start(text, old.start), old.end, below.removeprefix(line_ending(text)))]
    start = old.start if on_next_line or not below else item.after
    typed = inline if start == old.start else f" {inline}" if inline else ""
    return [_Cut(start, old.end, typed), *_below(text, old.end, below)]


def _is_blank(value: Span) -> bool:
    return isinstance(value, Scalar) and value.is_blank


def _below(text: str, index: int, below: str) -> list[_Cut]:
    here = line_end(text, index)
    return [_Cut(here, here, below)] if below else []


def _without(text: str, holder: Several, item: Item) -> list[_Cut]:
    """One of several goes."""
    place = holder.items.index(item)
    following = holder.items[place + 1] if place + 1 < len(holder.items) else None
    if holder.in_braces:
        return _without_in_braces(text, holder, place, item, following)
    start = line_start(text, item.start)
    if not text[start : item.start].strip(" "):
        return [_Cut(start, next_line(text, item.end))]
    here = line_end(text, item.end)
    if following and not text[here : following.start].strip():
        return [_Cut(item.start, following.start)]
    return [_Cut(item.start, here)]


def _without_in_braces(text: str, holder: Several, place: int, item: Item, following: Item | None) -> list[_Cut]:
    if following:
        gap = text[item.end : following.start]
        comma = item.end + gap.index(",") + 1
        return [_Cut(item.start, comma if "#" in gap else following.start)]
    before = holder.items[place - 1].end if place else item.start
    return [_Cut(item.start if "#" in text[before : item.start] else before, item.end)]


def _with_more(text: str, holder: Several, step: Give, model: type[Record]) -> list[_Cut]:
    """One more field, or more entries."""
    name = step.way[-1]
    if isinstance(name, int):
        entries = holder.entries
        before = entries[name - 2] if name > 1 else None
        following = entries[name - 1] if before is None and entries else None
    else:
        before = _field_before(holder, name, kind_at(model, step.way[:-1]))
        following = holder.items[0] if before is None and holder.items else None
    if holder.in_braces:
        typed = [*map(in_braces, step.value)] if isinstance(name, int) else [field_in_braces(name, step.value)]
        return _more_in_braces(text, holder, typed, before, following)
    near = before or following
    if near is None:
        raise CannotCut
    column = _column(text, near.start)
    lines = (
        [line for each in step.value for line in entry_lines(each, column=column)]
        if isinstance(name, int)
        else field_lines(name, step.value, column=column)
    )
    ending = line_ending(text)
    if before is None:
        return [_Cut(near.start, near.start, _joined(text, [*lines, ""], column) + " " * column)]
    here = _behind(text, before, column)
    airy = len(step.way) == 1 and len(lines) > 1 and not isinstance(name, int)
    above = ending if airy else ""
    rest = lines_of(text[here:])
    under = ending if airy and len(rest) > 1 and rest[1].strip() else ""
    return [_Cut(here, here, ending + above + " " * column + _joined(text, lines, column) + under)]


def _more_in_braces(
    text: str, holder: Several, typed: list[str], before: Item | None, following: Item | None
) -> list[_Cut]:
    if before:
        place = holder.items.index(before)
        gap = text[holder.items[place - 1].end : before.start] if place else ""
        comma = gap if re.fullmatch(r"\s*,\s*", gap) else ", "
        blank = " " if _is_blank(before.value) else ""
        return [_Cut(before.end, before.end, blank + "".join(f"{comma}{each}" for each in typed))]
    if following:
        return [_Cut(following.start, following.start, "".join(f"{each}, " for each in typed))]
    return [_Cut(holder.start + 1, holder.start + 1, ", ".join(typed))]


def _field_before(holder: Several, name: str, kind: object) -> Item | None:
    """Behind which field a new one goes: the nearest before it in the record's order; the last, if it has none."""
    order = list(kinds_of(kind)) if is_record(kind) else []
    if name in order:
        ranks = {each: rank for rank, each in enumerate(order)}
        known = [item for item in holder.items if item.name in ranks]
        earlier = [item for item in known if ranks[item.name] < ranks[name]]
        if earlier:
            return max(earlier, key=lambda item: ranks[item.name])
        if known:
            return None
    return holder.items[-1] if holder.items else None


def _behind(text: str, item: Item, column: int) -> int:
    """The end of the last line that belongs to an item: notes below it that stand deeper are its own."""
    here = line_end(text, item.end)
    while (start := next_line(text, here)) > here and (line := text[start : line_end(text, start)]).strip():
        if not line.lstrip(" ").startswith("#") or len(line) - len(line.lstrip(" ")) <= column:
            break
        here = start + len(line)
    return here
