"""The blocks a template is made of, and the lines they come from; no form and no value is known here yet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from negotiation_kit.documents.inline import Text

ParagraphKind = Literal["text", "title", "heading", "subheading", "section", "clause"]
ItemKind = Literal["bullet", "box", "ticked", "number"]
Alignment = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Control:
    """A tag on a line of its own."""

    line: int
    tag: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    line: int
    kind: ParagraphKind
    text: Text
    keep: bool = False
    """Stay on the page of what follows."""
    anchor: str = ""
    """The name by which `[@name]` gives the number of this heading or clause."""


@dataclass(frozen=True, slots=True)
class Item:
    line: int
    kind: ItemKind
    text: Text
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    cells: tuple[Text, ...]
    total: bool = False
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what it stands for."""

    line: int
    label: Text
    value: Text
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    alignment: Alignment
    weight: int


@dataclass(frozen=True, slots=True)
class Arm:
    """One way of a choice, or the body of a repetition, after its tag."""

    tag: Control
    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice, a repetition or a named piece: what stands between a tag and its end."""

    arms: tuple[Arm, ...]
    end: Control

    @property
    def line(self) -> int:
        return self.arms[0].tag.line


@dataclass(frozen=True, slots=True)
class Items:
    """A list: items of one kind."""

    kind: ItemKind
    parts: "tuple[Node, ...]"

    @property
    def line(self) -> int:
        return self.parts[0].line


@dataclass(frozen=True, slots=True)
class Table:
    head: Row
    columns: tuple[Column, ...]
    parts: "tuple[Node, ...]"
    caption: str
    keep: bool = False

    @property
    def line(self) -> int:
        return self.head.line


@dataclass(frozen=True, slots=True)
class Container:
    """What stands between `::: name` and `:::`, in one or more columns."""

    line: int
    end: int
    name: str
    columns: "tuple[tuple[Node, ...], ...]"
    keep: bool = False


Node = Control | Paragraph | Item | Row | Fact | Choice | Items | Table | Container


def wholly_kept(node: Node) -> Node:
    """The same block, every piece of it staying on the page of what follows it."""
    match node:
        case Choice():
            return replace(node, arms=tuple(replace(arm, parts=_all_kept(arm.parts)) for arm in node.arms))
        case Items():
            return replace(node, parts=_all_kept(node.parts))
        case Table():
            head = replace(node.head, keep=True)
            return replace(node, head=head, parts=_all_kept(node.parts), keep=True)
        case Container():
            return replace(node, columns=tuple(_all_kept(column) for column in node.columns), keep=True)
        case Control():
            return node
        case _:
            return replace(node, keep=True)


def kept_together(parts: Sequence[Node]) -> tuple[Node, ...]:
    """Blocks that stay on one page; the last is free to part from what comes after."""
    if not parts:
        return ()
    *before, last = parts
    if isinstance(last, Items):
        last = replace(last, parts=kept_together(last.parts))
    elif isinstance(last, Table):
        last = replace(last, head=replace(last.head, keep=True), parts=_all_kept(last.parts))
    elif isinstance(last, Container):
        last = replace(last, columns=tuple(_all_kept(column) for column in last.columns))
    elif isinstance(last, Choice):
        last = wholly_kept(last)
    return (*_all_kept(before), last)


def _all_kept(parts: Sequence[Node]) -> tuple[Node, ...]:
    return tuple(wholly_kept(part) for part in parts)
