"""Blocks -> a Jinja template of one form, line under line, before any value is known."""

import re
from collections.abc import Sequence
from typing import Protocol

from negotiation_kit.documents.blocks import (
    Choice,
    Container,
    Control,
    Fact,
    Item,
    Items,
    Node,
    Paragraph,
    Row,
    Table,
)
from negotiation_kit.documents.markup import read

Frame = tuple[str, str, str]
"""What opens a block that holds others, what stands between its columns, and what closes it."""
Within = tuple[Container, ...]
"""The containers a block stands in, the outermost first."""

MARK = "at"
"""Begins the mark before a block that says its template and line, for those who read the finished body."""

_INVALID = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = re.compile("[^\x20!#-%'-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Writer(Protocol):
    """Writes blocks in one form: Word, HTML or plain text."""

    def paragraph(self, block: Paragraph, within: Within) -> str: ...

    def item(self, item: Item, within: Within) -> str: ...

    def row(self, row: Row, table: Table, within: Within) -> str: ...

    def fact(self, fact: Fact, within: Within) -> str: ...

    def items(self, items: Items) -> Frame: ...

    def table(self, table: Table, within: Within) -> Frame: ...

    def container(self, container: Container, within: Within) -> Frame: ...

    def escaped(self, text: str) -> str:
        """A printed value, or fixed words, as they must stand in this form to be read as typed."""
        ...

    def finished(self, rendered: str) -> str:
        """The whole text after the values came."""
        ...


def inside_chart(within: Within) -> bool:
    """Whether a table is drawn as a chart; a form that draws nothing leaves it out, since the plan stands beside."""
    return any(container.name == "chart" for container in within)


def inside_timeline(within: Within) -> bool:
    """Whether a table is drawn as a timeline; a form that draws nothing prints it."""
    return any(container.name == "timeline" for container in within)


def printable(text: str) -> str:
    """The text with one kind of line end, and with a mark for every character no form can hold."""
    return _INVALID.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_bare(text: str) -> bool:
    """Whether a text stands in every form as it is: no sign of markup in it, no line end, nothing no form can hold."""
    return _SPECIAL.search(text) is None


def marked_up(text: str) -> str:
    """The text as XML and HTML write it."""
    if is_bare(text):
        return text
    safe = printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace('"', "&quot;")


def left_alone(text: str) -> str:
    """Fixed words that Jinja prints as they are, even `{{`."""
    return text.replace("{", '{{ "{" }}')


def translated(source: str, file: str, writer: Writer) -> str:
    """The template in the writer's form; each line of the source yields exactly one line."""
    sheet = _Sheet(writer, source.count("\n") + 1, file if getattr(writer, "marks", False) else "")
    sheet.all(read(source, file), ())
    return "\n".join(sheet.lines)


class _Sheet:
    """The lines of the translation, filled from top to bottom."""

    def __init__(self, writer: Writer, lines: int, marked: str) -> None:
        self.writer = writer
        self.marked = left_alone(printable(marked)).replace("?>", "")
        self.lines = [""] * lines
        self.at = 0

    def put(self, line: int, text: str) -> None:
        self.at = line - 1
        self.lines[self.at] += text

    def close(self, text: str) -> None:
        """A block that ends with its last part is closed on that line."""
        self.lines[self.at] += text

    def all(self, blocks: Sequence[Node], within: Within, table: Table | None = None) -> None:
        for block in blocks:
            self.one(block, within, table)

    def one(self, block: Node, within: Within, table: Table | None) -> None:
        if self.marked and not isinstance(block, Control | Choice | Items):
            self.put(block.line, f"<?{MARK} {self.marked}:{block.line}?>")
        match block:
            case Control():
                self.put(block.line, block.tag)
            case Paragraph():
                self.put(block.line, self.writer.paragraph(block, within))
            case Item():
                self.put(block.line, self.writer.item(block, within))
            case Fact():
                self.put(block.line, self.writer.fact(block, within))
            case Row():
                assert table, "a row is read as part of its table"
                self.put(block.line, self.writer.row(block, table, within))
            case Choice():
                self.choice(block, within, table)
            case Items():
                self.items(block, within)
            case Table():
                self.table(block, within)
            case _:
                self.container(block, within)

    def choice(self, choice: Choice, within: Within, table: Table | None) -> None:
        for arm in choice.arms:
            self.put(arm.tag.line, arm.tag.tag)
            self.all(arm.parts, within, table)
        self.put(choice.end.line, choice.end.tag)

    def items(self, items: Items, within: Within) -> None:
        opening, _, closing = self.writer.items(items)
        self.put(items.line, opening)
        self.all(items.parts, within)
        self.close(closing)

    def table(self, table: Table, within: Within) -> None:
        opening, _, closing = self.writer.table(table, within)
        self.put(table.line, opening)
        self.all(table.parts, within, table)
        self.close(closing)

    def container(self, container: Container, within: Within) -> None:
        opening, between, closing = self.writer.container(container, within)
        self.put(container.line, opening)
        for place, column in enumerate(container.columns):
            self.close(between if place else "")
            self.all(column, (*within, container))
        self.put(container.end, closing)
