"""Blocks as plain text, for a mail, a terminal, or a comparison of two versions."""

# ruff: noqa: ARG002 - every writer is told the containers around a block; in text most leave no trace

import re
from collections.abc import Iterable, Iterator

from negotiation_kit.documents import counters, footnotes, inline
from negotiation_kit.documents.blocks import Container, Fact, Item, Items, Paragraph, Row, Table
from negotiation_kit.documents.inline import Anchored, Blank, Field, Note, Piece, Reference, Tag, Text, Value, Words
from negotiation_kit.documents.references import waiting
from negotiation_kit.documents.translate import Frame, Within, inside_chart, inside_timeline, left_alone, printable

_END = "\x1e"
"""The end of a line of the paper; the line ends of the template itself mean nothing."""
_GAP = "\x1d"
"""An empty line between blocks, one however many blocks end here."""
_LEFT, _RIGHT, _RULE = "\x1a", "\x1b", "\x1c"
"""Before each cell of a table: where its text stands, or that a line is drawn; no value can hold them."""
_CELL = re.compile(f"([{_LEFT}{_RIGHT}{_RULE}])([^{_LEFT}{_RIGHT}{_RULE}]*)")
_ROW = "\x1f"
"""The end of a row."""
_A_ROW = re.compile(f"[{_LEFT}{_RIGHT}{_RULE}][^{_ROW}]*{_ROW}")
_TIGHT = ("columns", "signatures")
_NUMBERED = {"section": ". ", "clause": " "}
_MARKS = {
    "bullet": "- ",
    "number": f"{{{{ {counters.NAME}.item() }}}}. ",
    "box": "[ ] ",
    "ticked": "[x] ",
}


class PlainWriter:
    """Writes lines of text."""

    def paragraph(self, block: Paragraph, within: Within) -> str:
        inside = _inside(inline.without_pages(block.text))
        after = _NUMBERED.get(block.kind)
        told = "" if after is None else f"{counters.counting(block.kind, block.anchor)}{after}"
        gap = "" if within and within[-1].name in _TIGHT else _GAP
        return f"{gap}{told}{inside}{_END}" if inside else ""

    def item(self, item: Item, within: Within) -> str:
        return _MARKS[item.kind] + _inside(item.text) + _END

    def items(self, items: Items) -> Frame:
        begun = f"{{{{ {counters.NAME}.begin_list() }}}}" if items.kind == "number" else ""
        return _GAP + begun, "", _GAP

    def table(self, table: Table, within: Within) -> Frame:
        if inside_chart(within):
            return "", "", ""
        columns = len(table.columns) - inside_timeline(within)
        return _GAP + self.row(table.head, table, within) + _RULE * columns + _ROW, "", _GAP

    def row(self, row: Row, table: Table, within: Within) -> str:
        if inside_chart(within):
            return ""
        first = int(inside_timeline(within))
        sides = (_RIGHT if column.alignment == "right" else _LEFT for column in table.columns[first:])
        return "".join(side + _inside(cell) for side, cell in zip(sides, row.cells[first:], strict=True)) + _ROW

    def fact(self, fact: Fact, within: Within) -> str:
        return f"{_inside(fact.label)}: {_inside(fact.value)}{_END}"

    def container(self, container: Container, within: Within) -> Frame:
        return _GAP, _GAP, _GAP

    def escaped(self, text: str) -> str:
        return printable(text).replace("\n", _END)

    def finished(self, rendered: str) -> str:
        """The text, one line a block, with one empty line where blocks are parted."""
        noted = footnotes.at_the_end(rendered.replace("\n", "").strip(_GAP), " [{}]".format, _notes)
        lines = _A_ROW.sub(_on_one_line, noted)
        parts = re.sub(f"{_GAP}+", "\n", lines).split(_END)
        return "".join(_aligned(lines) for lines in _tables_apart(parts[:-1])) + parts[-1]


def _notes(notes: list[str]) -> str:
    """The notes below the text."""
    told = (f"[{number}] {note.replace(_END, ' ')}{_END}" for number, note in enumerate(notes, start=1))
    return _GAP + "".join(told)


def _tables_apart(lines: Iterable[str]) -> Iterator[list[str]]:
    """The lines in groups: those of each table by themselves, a table beginning after every empty line."""
    group: list[str] = []
    for line in lines:
        if group and (_is_row(line) != _is_row(group[0]) or line.startswith("\n")):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _on_one_line(row: re.Match[str]) -> str:
    """A row of a table; a value of two lines is one line here."""
    return row[0].replace(_END, " ").replace(_ROW, _END)


def _is_row(line: str) -> bool:
    return line.lstrip("\n")[:1] in {_LEFT, _RIGHT, _RULE}


def _aligned(lines: list[str]) -> str:
    """The lines of a group, those of a table with their columns one below the other."""
    if not _is_row(lines[0]):
        return "".join(f"{line}\n" for line in lines)
    rows = [_CELL.findall(line) for line in lines]
    widths = [max(len(text) for _, text in column) for column in zip(*rows, strict=True)]
    told = []
    for line, row in zip(lines, rows, strict=True):
        cells = (_fitted(side, text, width) for (side, text), width in zip(row, widths, strict=True))
        told.append("\n" * (len(line) - len(line.lstrip("\n"))) + "  ".join(cells).rstrip() + "\n")
    return "".join(told)


def _fitted(side: str, text: str, width: int) -> str:
    if side == _RULE:
        return "-" * width
    return text.rjust(width) if side == _RIGHT else text.ljust(width)


def _inside(text: Text) -> str:
    return "".join(_piece(piece) for piece in text)


def _piece(piece: Piece) -> str:
    match piece:
        case Words():
            return left_alone(PlainWriter().escaped(piece.text))
        case Value() | Tag():
            return piece.text
        case Reference() | Note() | Anchored():
            return _later(piece)
        case Blank():
            return "_" * piece.length
        case Field(name="right"):
            return "  "
    return ""


def _later(piece: Reference | Note | Anchored) -> str:
    """What is known, or kept for, when the whole paper is written: a number, words referred to, what a note says."""
    if isinstance(piece, Anchored):
        return counters.naming(piece.anchor, piece.text)
    if isinstance(piece, Reference):
        return waiting(piece)
    return footnotes.BEGIN if piece.begins else footnotes.END
