"""Days on two lanes, to scale: where each line, sign and label of the drawing stands, whatever draws it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from negotiation_kit.documents.text_width import width_of, wrapped
from negotiation_kit.problems import Problem, Refused

WIDTH = 9072
"""Between the margins, in twentieths of a point, as every length here."""
SIZE = 200
"""Of the words."""
LINE = 250
_LABEL = 3000
_WIDEST = 3700
"""How wide the label of a day is, and how wide it may be if that spares a line."""
_FIRST = 110
_BETWEEN = 420
"""From lane to lane."""
_NEAREST = 190
"""From sign to sign on a lane."""
_STEM, _GAP = 130, 50
_TAG = re.compile(r"<[^>]*>")
SIGN = 130


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    left: int
    top: int
    right: int
    bottom: int
    weight: int
    """In eighths of a point."""
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """A day on a lane: a ring on the first, a filled square on the second, told apart without any colour."""

    left: int
    top: int
    square: bool


@dataclass(frozen=True, slots=True)
class Label:
    """Words beside a sign: its day in bold, and what happens; or the name of a lane."""

    left: int
    top: int
    width: int
    day: str
    lines: tuple[str, ...]
    """What stands on each line, the day on the first of them."""

    @property
    def height(self) -> int:
        return LINE * len(self.lines)


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of it."""

    height: int
    strokes: tuple[Stroke, ...]
    signs: tuple[Sign, ...]
    labels: tuple[Label, ...]
    told: str
    """The same in words, for those who cannot see it."""


@dataclass(frozen=True, slots=True)
class _Step:
    day: str
    place: int
    says: str


def timeline(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Drawing | None:
    """The drawing of rows of an ISO day, the day as it is shown, and what happens on each lane; nothing without rows.

    A day on which nothing happens on either lane is marked across both.
    """
    cells = [[_TAG.sub("", cell).strip() for cell in row] for row in rows]
    if not cells:
        return None
    places = _places([_day(row[0]) for row in cells])
    lanes = [[_Step(row[1], places[_day(row[0])], row[lane]) for row in cells if row[lane]] for lane in (2, 3)]
    upper, lower = (list(_levels(lane)) for lane in lanes)
    above, below = (_heights(levels) for levels in (upper, lower))
    first = max(sum(above), LINE // 2) + _STEM
    second = first + _BETWEEN
    end = second + _STEM + max(sum(below), LINE // 2)
    today = [(row[1], places[_day(row[0])]) for row in cells if not (row[2] or row[3])]
    strokes = [Stroke(0, first, WIDTH - _LABEL, first, 12), Stroke(0, second, WIDTH - _LABEL, second, 12, dashed=True)]
    signs, labels = [], [_name(head, line) for head, line in zip(heads[2:], (first, second), strict=True)]
    for day, place in today:
        strokes.append(Stroke(place, first - _STEM, place, second + _STEM, 4, dashed=True))
        labels.append(Label(place + _GAP, first + (_BETWEEN - LINE) // 2, _LABEL, day, (day,)))
    for level, label in upper:
        top = first - _STEM - sum(above[: level + 1])
        strokes.append(Stroke(label.left, top, label.left, first, 4))
        labels.append(_moved(label, top))
    for level, label in lower:
        top = second + _STEM + sum(below[:level]) + _GAP
        strokes.append(Stroke(label.left, second, label.left, top + label.height, 4))
        labels.append(_moved(label, top))
    for lane, line in zip(lanes, (first, second), strict=True):
        signs += [Sign(step.place - SIGN // 2, line - SIGN // 2, square=line == second) for step in lane]
    return Drawing(end, tuple(strokes), tuple(signs), tuple(labels), _told(heads, cells))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"a timeline has {text!r} where a day belongs"
        raise Refused([Problem(None, message, "print it with | figure")]) from None


def _places(days: Sequence[date]) -> dict[date, int]:
    """Where each day stands on the lanes: to scale, but never so near to the one before that signs would touch."""
    first, last = min(days), max(days)
    room = WIDTH - _LABEL - 2 * _FIRST
    span = max((last - first).days, 1)
    found: dict[date, int] = {}
    at = -_NEAREST
    for day in sorted(set(days)):
        at = max(_FIRST + room * (day - first).days // span, at + _NEAREST)
        found[day] = at
    limit = WIDTH - _LABEL - _FIRST
    for day in reversed(found):
        found[day] = limit = min(found[day], limit)
        limit -= _NEAREST
    return found


def _levels(lane: Sequence[_Step]) -> Iterator[tuple[int, Label]]:
    """The label of each step with its level, the nearest to the lane first: no stem ever crosses a label."""
    placed: list[tuple[int, int]] = []
    for step in reversed(lane):
        label = _label(step)
        beside = [level for place, level in placed if step.place <= place < step.place + label.width + _GAP]
        level = max(beside, default=-1) + 1
        placed.append((step.place, level))
        yield level, label


def _label(step: _Step) -> Label:
    """The words of a step on as few lines as there is room for, and no wider than they are."""
    text = f"{step.day}: {step.says}"
    widest = min(_WIDEST, WIDTH - step.place) - _GAP
    lines = min((tuple(wrapped(text, width, size=SIZE)) for width in (_LABEL - _GAP, widest)), key=len)
    width = max(width_of(line, bold=not place, size=SIZE) for place, line in enumerate(lines))
    return Label(step.place, 0, width + _GAP, step.day, lines)


def _heights(levels: Sequence[tuple[int, Label]]) -> list[int]:
    """How high each level is."""
    count = max((level for level, _ in levels), default=-1) + 1
    return [max(label.height for level, label in levels if level == each) + _GAP for each in range(count)]


def _moved(label: Label, top: int) -> Label:
    return Label(label.left + _GAP, top, label.width - _GAP, label.day, label.lines)


def _name(head: str, line: int) -> Label:
    """What a lane is called, at its end."""
    return Label(WIDTH - _LABEL + _GAP, line - LINE // 2, _LABEL, head, (head,))


def _told(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    told = []
    for _, day, *lanes in rows:
        happens = [f"{head}: {says}" for head, says in zip(heads[2:], lanes, strict=True) if says]
        told.append(f"{day} \N{EN DASH} {'; '.join(happens)}" if happens else day)
    return ". ".join(told)
