"""Blocks as plain text, for a mail, a terminal, or a comparison of two versions."""

# ruff: noqa: ARG002 - every writer is told the containers around a block; in text most leave no trace

import re

from negotiation_kit.documents import counters, inline
from negotiation_kit.documents.blocks import Container, Fact, Item, Items, Paragraph, Row, Table
from negotiation_kit.documents.inline import Blank, Field, Piece, Tag, Text, Value, Words
from negotiation_kit.documents.translate import Frame, Within, left_alone, printable

_END = "\x1e"
"""The end of a line of the paper; the line ends of the template itself mean nothing."""
_GAP = "\x1d"
"""An empty line between blocks, one however many blocks end here."""
_TIGHT = ("columns", "signatures")
_NUMBERS = {"section": "section() }}. ", "clause": "clause() }} "}
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
        number = _NUMBERS.get(block.kind)
        told = f"{{{{ {counters.NAME}.{number}" if number else ""
        gap = "" if within and within[-1].name in _TIGHT else _GAP
        return f"{gap}{told}{inside}{_END}" if inside else ""

    def item(self, item: Item, within: Within) -> str:
        return _MARKS[item.kind] + _inside(item.text) + _END

    def items(self, items: Items) -> Frame:
        begun = f"{{{{ {counters.NAME}.begin_list() }}}}" if items.kind == "number" else ""
        return _GAP + begun, "", _GAP

    def table(self, table: Table, within: Within) -> Frame:
        rules = ["-" * max(3, len(inline.fixed(cell) or "")) for cell in table.head.cells]
        return _GAP + self.row(table.head, table, within) + " | ".join(rules) + _END, "", _GAP

    def row(self, row: Row, table: Table, within: Within) -> str:
        return " | ".join(_inside(cell) for cell in row.cells) + _END

    def fact(self, fact: Fact, within: Within) -> str:
        return f"{_inside(fact.label)}: {_inside(fact.value)}{_END}"

    def container(self, container: Container, within: Within) -> Frame:
        return _GAP, _GAP, _GAP

    def escaped(self, text: str) -> str:
        return printable(text).replace("\n", _END)

    def finished(self, rendered: str) -> str:
        """The text, one line a block, with one empty line where blocks are parted."""
        lines = rendered.replace("\n", "").strip(_GAP)
        return re.sub(f"{_GAP}+", "\n", lines).replace(_END, "\n")


def _inside(text: Text) -> str:
    return "".join(_piece(piece) for piece in text)


def _piece(piece: Piece) -> str:
    match piece:
        case Words():
            return left_alone(PlainWriter().escaped(piece.text))
        case Value() | Tag():
            return piece.text
        case Blank():
            return "_" * piece.length
        case Field(name="right"):
            return "  "
    return ""
