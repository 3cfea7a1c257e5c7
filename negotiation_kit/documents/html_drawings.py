"""Charts and timelines as drawings inside a page: no script, no colour, told in words to those who cannot see them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from negotiation_kit.documents import word_chart, word_timeline
from negotiation_kit.documents.timeline import LINE, SIGN, SIZE, WIDTH, Drawing, Label, Stroke
from negotiation_kit.documents.word_chart import Chart, chart_of, has_two_scales, scale

Number = Callable[[Decimal], str]
"""How the language of the page writes a number."""
_WIDE, _HIGH = 640, 210
_LEFT, _RIGHT, _TOP = 80, 80, 10
_PLOT = _WIDE - _LEFT - _RIGHT
_LABELS = 24
_ASLANT = 74
_LEGEND = 24
_SVG = 'xmlns="http://www.w3.org/2000/svg" role="img" fill="#000"'


def with_drawings(page: str, number: Number) -> str:
    """The page with its charts and timelines drawn."""
    names = count(1)
    page = word_chart.WAITING.sub(lambda found: _chart(found[1], f"drawing-{next(names)}", number), page)
    return word_timeline.WAITING.sub(lambda found: _timeline(found[1], f"drawing-{next(names)}"), page)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is round the lines of a drawing."""

    name: str
    """Unique on the page."""
    width: int
    height: int
    size: int
    """Of the words, in the drawing's own units."""


def _figure(frame: _Frame, title: str, told: str, drawn: Sequence[str]) -> str:
    inside, name = "\n".join(drawn), frame.name
    return (
        f'<figure>\n<svg viewBox="0 0 {frame.width} {frame.height}" {_SVG} font-size="{frame.size}"'
        f' aria-labelledby="{name}-title {name}-desc">\n<title id="{name}-title">{title}</title>\n'
        f'<desc id="{name}-desc">{told}</desc>\n{inside}\n</svg>\n</figure>'
    )


# The chart of a plan: bars for its parts, a line for what is left


def _chart(source: str, name: str, number: Number) -> str:
    chart = chart_of(source)
    if not chart.rows:
        return ""
    bars, left = ([Decimal(row[place]) for row in chart.rows] for place in (1, 2))
    two = has_two_scales(chart)
    step, top = scale(max(bars) if two else max(*bars, *left))
    step_left, top_left = scale(max(left)) if two else (step, top)
    room = _PLOT // len(chart.rows)
    aslant = room < _ASLANT
    bottom = _TOP + _HIGH + (_ASLANT if aslant else _LABELS)
    drawn = [*_lines(step, top), *_ticks(step, top, number)]
    drawn += _ticks(step_left, top_left, number, right=True) if two else []
    points = []
    for place, (row, bar, rest) in enumerate(zip(chart.rows, bars, left, strict=True)):
        middle = _LEFT + room * place + room // 2
        drawn += [_bar(middle, room, bar, top), _below(middle, row[0], aslant=aslant)]
        points.append((middle, _height(rest, top_left)))
    way = " ".join(f"{across},{down}" for across, down in points)
    drawn.append(f'<polyline fill="none" stroke="#222" stroke-width="2" points="{way}"/>')
    drawn += [_ring(*point) for point in points]
    drawn += _legend(chart, bottom)
    values = zip(chart.rows, bars, left, strict=True)
    told = "; ".join(f"{row[0]}: {number(bar)}, {number(rest)}" for row, bar, rest in values)
    title = chart.caption or " / ".join(chart.heads[1:])
    frame = _Frame(name, _WIDE, bottom + _LEGEND, 12)
    return _figure(frame, title, f"{' / '.join(chart.heads)}: {told}", drawn)


def _height(value: Decimal, top: Decimal) -> int:
    return _TOP + _HIGH - int(_HIGH * value / top)


def _lines(step: Decimal, top: Decimal) -> Iterator[str]:
    for place in range(int(top / step) + 1):
        at, colour = _height(step * place, top), "#999" if place else "#222"
        edges = f'x1="{_LEFT}" y1="{at}" x2="{_WIDE - _RIGHT}" y2="{at}"'
        yield f'<line {edges} stroke="{colour}" stroke-width=".6"/>'


def _ticks(step: Decimal, top: Decimal, number: Number, *, right: bool = False) -> Iterator[str]:
    edge, anchor = (_WIDE - _RIGHT + 6, "start") if right else (_LEFT - 6, "end")
    yield '<g class="scale">'
    for place in range(int(top / step) + 1):
        at = _height(step * place, top) + 4
        yield f'<text x="{edge}" y="{at}" text-anchor="{anchor}">{number(_whole(step * place))}</text>'
    yield "</g>"


def _whole(value: Decimal) -> Decimal:
    """A round figure without an exponent."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _ring(across: int, down: int) -> str:
    return f'<circle cx="{across}" cy="{down}" r="3.5" fill="#fff" stroke="#222" stroke-width="1.5"/>'


def _bar(middle: int, room: int, value: Decimal, top: Decimal) -> str:
    at, wide = _height(value, top), max(room * 3 // 5, 2)
    return (
        f'<rect x="{middle - wide // 2}" y="{at}" width="{wide}" height="{max(_TOP + _HIGH - at, 1)}"'
        ' fill="#bfbfbf" stroke="#222" stroke-width=".8"/>'
    )


def _below(middle: int, label: str, *, aslant: bool) -> str:
    at = _TOP + _HIGH + 16
    if aslant:
        return f'<text x="{middle}" y="{at}" text-anchor="end" transform="rotate(-45 {middle} {at})">{label}</text>'
    return f'<text x="{middle}" y="{at}" text-anchor="middle">{label}</text>'


def _legend(chart: Chart, top: int) -> Iterator[str]:
    at, half = top + 16, _WIDE // 2
    yield f'<rect x="{_LEFT}" y="{at - 9}" width="14" height="9" fill="#bfbfbf" stroke="#222" stroke-width=".8"/>'
    yield f'<text x="{_LEFT + 20}" y="{at}">{chart.heads[1]}</text>'
    yield f'<line x1="{half}" y1="{at - 4}" x2="{half + 24}" y2="{at - 4}" stroke="#222" stroke-width="2"/>'
    yield _ring(half + 12, at - 4)
    yield f'<text x="{half + 30}" y="{at}">{chart.heads[2]}</text>'


# The two lanes of the clock


def _timeline(source: str, name: str) -> str:
    caption, drawing = word_timeline.read(source)
    if drawing is None:
        return ""
    drawn = [*map(_stroke, drawing.strokes), *_signs(drawing), *map(_label, drawing.labels)]
    frame = _Frame(name, WIDTH, drawing.height, SIZE)
    return _figure(frame, caption or drawing.labels[0].day, drawing.told, drawn)


def _stroke(stroke: Stroke) -> str:
    dash = ' stroke-dasharray="90 60"' if stroke.dashed else ""
    weight = stroke.weight * 5 // 2
    return (
        f'<line x1="{stroke.left}" y1="{stroke.top}" x2="{stroke.right}" y2="{stroke.bottom}" stroke="#222"'
        f' stroke-width="{weight}"{dash}/>'
    )


def _signs(drawing: Drawing) -> Iterator[str]:
    look, half = f'width="{SIGN}" height="{SIGN}" stroke="#222" stroke-width="30"', SIGN // 2
    for sign in drawing.signs:
        rounded = "" if sign.square else f' rx="{half}"'
        fill = "#222" if sign.square else "#fff"
        yield f'<rect x="{sign.left}" y="{sign.top}" {look} fill="{fill}"{rounded}/>'


def _label(label: Label) -> str:
    lines = []
    for place, line in enumerate(label.lines):
        bold = label.day if not place else ""
        start = f'<tspan font-weight="bold">{bold}</tspan>' if bold else ""
        at = label.top + LINE * place + SIZE
        lines.append(f'<tspan x="{label.left}" y="{at}">{start}{line.removeprefix(bold)}</tspan>')
    return f"<text>{''.join(lines)}</text>"
