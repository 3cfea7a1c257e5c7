"""Columns of tables as wide as what stands in them needs: a sum is never broken in its middle."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from negotiation_kit.documents.text_width import width_of

_MARGINS = 200
"""Left and right of the text of a cell."""
_SHORT = 26
"""Characters up to which a text of several words is kept on one line where there is room: a day, a sum."""
_BREAKS = re.compile(r"(?<=[-\N{EN DASH}])|[ \t\n]+")
_CELL_WIDTH = re.compile(r'(<w:tcW w:w=")(\d+)(")')
_GRID = re.compile(r'(<w:gridCol w:w=")(\d+)(")')
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|(<w:(?:br|tab)/>|</w:p>)")
_SAY_BOLD = ('w:val="TableHead"', 'w:val="TableTotal"', "<w:b/>")
_STOP = re.compile(r'(<w:tab\b[^>]*? w:pos=")(\d+)(")')


@dataclass(frozen=True, slots=True)
class Need:
    """What a column asks for: its longest word, its short texts each on one line, and every text on one line."""

    least: int = _MARGINS
    wanted: int = _MARGINS
    natural: int = 0
    """Nothing where nobody has written anything: that room is for a hand."""

    def wanted_of(self, width: int) -> int:
        """What it keeps of its width while others only ask for comfort: four fifths of it, if it needs them."""
        kept = width * 4 // 5
        return max(self.wanted, min(self.natural, kept) if self.natural else kept)


def with_columns_fitted(body: str) -> str:
    """The body, the columns of its tables as wide as what stands in them needs.

    Columns too narrow for a word or a sum take room from the others; those whose texts break take what others leave.
    """
    first, *others = body.split("<w:tbl>")
    return "<w:tbl>".join([first, *map(_fitted, others)])


def _fitted(table: str) -> str:
    """The table up to its end; one that holds another, or cells that span columns, stays as it is."""
    inside, end, after = table.partition("</w:tbl>")
    if not end or '<w:tblStyle w:val="KitTable"/>' not in inside or "<w:gridSpan" in inside:
        return table
    first, *rows = inside.split("<w:tr>")
    given = [int(width) for _, width, _ in _GRID.findall(first)]
    cells = [row.split("<w:tc>")[1:] for row in rows]
    if any(len(row) != len(given) for row in cells):
        return table
    widths = fitting(given, [_need(column) for column in zip(*cells, strict=True)])
    if widths == given:
        return table
    changed = [_with_widths(_GRID, first, widths)]
    for row, texts in zip(rows, cells, strict=True):
        each = [_cell(text, width, wide) for text, width, wide in zip(texts, given, widths, strict=True)]
        changed.append("<w:tc>".join([row.split("<w:tc>")[0], *each]))
    return "<w:tr>".join(changed) + end + after


def fitting(given: Sequence[int], needs: Sequence[Need]) -> list[int]:
    """The widths nearest to those given that hold the longest words and, where there is room, break no short text."""
    whole, least = sum(given), [need.wanted_of(width) for need, width in zip(needs, given, strict=True)]
    if sum(least) > whole:
        least = [need.wanted for need in needs]
    if sum(least) > whole:
        least = [need.least for need in needs]
    if sum(least) > whole:
        return _shared(whole, least)
    spare = [max(width - low, 0) for width, low in zip(given, least, strict=True)]
    short = [max(low - width, 0) for width, low in zip(given, least, strict=True)]
    widths = _moved(given, spare, short)
    enough = [max(need.natural, low) if need.natural else whole for need, low in zip(needs, least, strict=True)]
    spare = [max(width - full, 0) for width, full in zip(widths, enough, strict=True)]
    short = [max(need.natural - width, 0) for width, need in zip(widths, needs, strict=True)]
    return _moved(widths, spare, short)


def _moved(widths: Sequence[int], spare: Sequence[int], short: Sequence[int]) -> list[int]:
    """The widths after what is short was taken from what is to spare, each by its share."""
    room = min(sum(spare), sum(short))
    if not room:
        return list(widths)
    return [
        width - less + more
        for width, less, more in zip(widths, _shared(room, spare), _shared(room, short), strict=True)
    ]


def _shared(room: int, shares: Sequence[int]) -> list[int]:
    """The room by share, without losing a twentieth of a point."""
    ends = [room * sum(shares[: place + 1]) // sum(shares) for place in range(len(shares))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _need(column: Sequence[str]) -> Need:
    """What the cells of a column ask for, its head the first of them."""
    needs = [_need_of(cell) for cell in column]
    return Need(
        max(need.least for need in needs),
        max([needs[0].least, *(need.wanted for need in needs[1:])]),
        max([0, *(need.natural for need in needs[1:])]),
    )


def _need_of(cell: str) -> Need:
    text = "".join(words or "\n" * bool(mark) for words, mark in _TEXT.findall(cell))
    text = html.unescape(text) if "&" in text else text
    if not text.strip():
        return Need()
    bold = any(sign in cell for sign in _SAY_BOLD)
    lines = [(line, width_of(line, bold=bold)) for line in map(str.strip, text.split("\n"))]
    least = max(width_of(word, bold=bold) for word in _BREAKS.split(text))
    wanted = max([least, *(width for line, width in lines if len(line) <= _SHORT)])
    return Need(least + _MARGINS, wanted + _MARGINS, max(width for _, width in lines) + _MARGINS)


def _with_widths(pattern: re.Pattern[str], text: str, widths: Sequence[int]) -> str:
    left = iter(widths)
    return pattern.sub(lambda found: f"{found[1]}{next(left)}{found[3]}", text)


def _cell(cell: str, before: int, now: int) -> str:
    """A cell of its new width, with a line to write on up to its new edge."""
    cell = _CELL_WIDTH.sub(rf"\g<1>{now}\g<3>", cell, count=1)
    return _STOP.sub(lambda found: f"{found[1]}{max(int(found[2]) + now - before, 1)}{found[3]}", cell)
