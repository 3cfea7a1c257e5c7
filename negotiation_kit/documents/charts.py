"""Bar charts as drawings inside a page: readable in black and white, told in words to those who cannot see them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from negotiation_kit.documents.translate import marked_up

_WIDTH, _ROW, _BAR = 520, 20, 12
_LABELS, _BARS, _GAP = 130, 190, 8
"""Room for the labels, for the longest bar, and between a bar and its value."""
_THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: dark as far as it is filled, an outline as far as it may reach."""

    label: str
    value: str
    filled: int
    """Thousandths of the longest bar."""
    outlined: int = 0


def bar_chart(name: str, caption: str, description: str, bars: Sequence[Bar]) -> str:
    """A figure with its caption; every text is shown as typed, and the name is unique on the page."""
    height = _ROW * len(bars) + 4
    drawn = "\n".join(line for place, bar in enumerate(bars) for line in _bar(bar, place * _ROW + 2))
    return (
        f"<figure>\n<figcaption>{marked_up(caption)}</figcaption>\n"
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="{name}-title {name}-desc" '
        f'xmlns="http://www.w3.org/2000/svg" font-size="11" fill="#000">\n'
        f'<title id="{name}-title">{marked_up(caption)}</title>\n'
        f'<desc id="{name}-desc">{marked_up(description)}</desc>\n{drawn}\n</svg>\n</figure>'
    )


def _bar(bar: Bar, top: int) -> Iterator[str]:
    text, middle = top + _BAR - 1, top + 1
    yield f'<text x="{_LABELS - _GAP}" y="{text}" text-anchor="end">{marked_up(bar.label)}</text>'
    yield f'<line x1="{_LABELS}" y1="{top - 2}" x2="{_LABELS}" y2="{top - 2 + _ROW}" stroke="#000"/>'
    if bar.outlined:
        yield _box(middle, bar.outlined, 'fill="#fff" stroke="#000"')
    if bar.filled:
        yield _box(middle, bar.filled, 'fill="#444" stroke="#000"')
    start = _LABELS + _BARS + _GAP if bar.outlined else _LABELS + _length(bar.filled) + _GAP
    yield f'<text x="{start}" y="{text}">{marked_up(bar.value)}</text>'


def _box(top: int, share: int, look: str) -> str:
    return f'<rect x="{_LABELS}" y="{top}" width="{_length(share)}" height="{_BAR}" {look}/>'


def _length(share: int) -> int:
    """At least a hair, so that a small sum beside a large one is still seen."""
    return max(_BARS * share // _THOUSAND, 1)
