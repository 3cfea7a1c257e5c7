"""The line markup: a template's text -> its blocks; what cannot be placed is refused with its line."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from negotiation_kit.documents import inline
from negotiation_kit.documents.blocks import (
    Arm,
    Choice,
    Container,
    Control,
    Fact,
    Item,
    ItemKind,
    Items,
    Node,
    Paragraph,
    Row,
    Table,
    kept_together,
)
from negotiation_kit.documents.inline import Reference, Text, Unplaceable
from negotiation_kit.documents.lines import HEADS, ITEMS, Line, columns, line, without_comments
from negotiation_kit.documents.nesting import Problems, ends_of

_DRAWN = {
    "chart": (3, "a label, a bar and a point of the line in each row"),
    "timeline": (4, "a day as | figure, the day as it is shown, and what happens on each lane in each row"),
}
"""How many columns the table of a drawing has, and what they hold."""
_IN_COLUMNS = ("signatures", "columns")
_ENDS = ("close", "between", "fence end", "rule")
_ANCHOR = re.compile(r"(?<!\\)\[#(?P<name>[\w-]+)\]\Z")
_MOST_COLUMNS = 30
"""Of a table; side by side stand two or three."""
_Belongs = Callable[[Line], bool]
_Part = Callable[[Line], Node]


def read(source: str, file: str) -> tuple[Node, ...]:
    """The blocks of a template; raises Refused with every mark that cannot be placed."""
    problems = Problems(file, source.split("\n"))
    problems.refuse_size()
    lines = []
    for number, text in enumerate(without_comments(source).split("\n"), start=1):
        try:
            found = line(number, text)
        except Unplaceable as wrong:
            problems.add(number, str(wrong), wrong.hint)
        else:
            lines += [found] if found else []
    ends = ends_of(lines, problems)
    problems.stop_here()
    blocks = _Reader(lines, ends, problems).all()
    problems.stop_here()
    return blocks


class _Reader:
    """Goes down the lines once; what it meets becomes a block or a problem."""

    def __init__(self, lines: Sequence[Line], ends: dict[int, int], problems: Problems) -> None:
        self.lines = lines
        self.ends = ends
        self.problems = problems
        self.at = 0
        self.heading = ""

    def all(self) -> tuple[Node, ...]:
        blocks = self.flow()
        while one := self.here():
            self.problems.add(one.number, "'---' parts the columns of ::: columns and ::: signatures only")
            self.at += 1
            self.flow()
        self.only_blocks_after_extends(blocks)
        return blocks

    def only_blocks_after_extends(self, blocks: Sequence[Node]) -> None:
        """A template that extends another changes its named pieces; other text would silently be lost."""
        if not any(one.mark == "extends" for one in self.lines):
            return
        for block in blocks:
            if not isinstance(block, Choice | Control):
                self.problems.add(
                    block.line, "this line is outside every block", "a template that extends has blocks only"
                )

    def here(self) -> Line | None:
        return self.lines[self.at] if self.at < len(self.lines) else None

    def text(self, one: Line, source: str, read: Callable[[str], Text] = inline.text) -> Text:
        try:
            found = read(source)
        except Unplaceable as wrong:
            self.problems.add(one.number, str(wrong), wrong.hint)
            return ()
        if found and isinstance(found[0], inline.Chosen) and one.mark not in {"- [ ]", "- [x]"}:
            self.problems.add(one.number, "a choice stands after a box only", "begin the line with - [ ] or - [x]")
        return tuple(
            replace(piece, file=self.problems.file, line=one.number) if isinstance(piece, Reference) else piece
            for piece in found
        )

    # Blocks

    def flow(self) -> tuple[Node, ...]:
        """The blocks up to the end of the template, container, column or branch."""
        blocks: list[Node] = []
        while (one := self.here()) and one.kind not in _ENDS:
            block = self.block(one)
            blocks += [block] if block else []
        return tuple(blocks)

    def block(self, one: Line) -> Node | None:
        match one.kind:
            case "row":
                return self.table(one)
            case "item":
                return self.items(one.list_kind)
            case "fence":
                return self.container(one)
            case "open":
                kind = self.kind_of_all_items_inside()
                return self.items(kind) if kind else self.choice(self.flow)
        return self.single(one)

    def single(self, one: Line) -> Node | None:
        """The block of a line that is one by itself."""
        self.at += 1
        match one.kind:
            case "leaf":
                return Control(one.number, one.rest)
            case "head":
                return self.head(one)
            case "text":
                return Paragraph(one.number, "text", self.text(one, one.rest, inline.sentence))
        return None

    def head(self, one: Line) -> Node:
        anchor = _ANCHOR.search(one.rest)
        if anchor and not one.mark.endswith("."):
            self.problems.add(
                one.number,
                f"'[#{anchor['name']}]' stands on a heading without a number",
                "an anchor belongs on '##. ' and '###. '",
            )
        rest = one.rest[: anchor.start()].rstrip() if anchor else one.rest
        words = self.text(one, rest, inline.sentence)
        if one.mark != "###.":
            self.heading = inline.fixed(words) or ""
        return Paragraph(one.number, HEADS[one.mark], words, anchor=anchor["name"] if anchor else "")

    def choice(self, parts: Callable[[], tuple[Node, ...]]) -> Choice:
        """A tag with its branches, each read by `parts`."""
        end = self.ends[self.at]
        arms: list[Arm] = []
        while self.at < end:
            tag = self.lines[self.at]
            if tag.kind == "rule":
                self.problems.add(tag.number, "'---' may not stand inside a tag", "part the columns outside it")
            self.at += 1
            arms.append(Arm(Control(tag.number, tag.rest), parts()))
        self.at = end + 1
        return Choice(tuple(arms), Control(self.lines[end].number, self.lines[end].rest))

    def container(self, opening: Line) -> Node:
        end = self.ends[self.at]
        parts = self.facts if opening.mark == "facts" else self.flow
        found: list[tuple[Node, ...]] = []
        while self.at < end:
            one = self.lines[self.at]
            if one.kind == "rule" and opening.mark not in _IN_COLUMNS:
                self.problems.add(one.number, "'---' parts the columns of ::: columns and ::: signatures only")
            self.at += 1
            found.append(parts())
        self.at = end + 1
        if len(found) > _MOST_COLUMNS:
            self.problems.add(opening.number, f"more than {_MOST_COLUMNS} columns", "no page is as wide")
        if opening.mark in _DRAWN:
            self.only_a_table(opening, found[0])
        if opening.mark == "together":
            found = [kept_together(found[0])]
        return Container(opening.number, self.lines[end].number, opening.mark, tuple(found))

    def only_a_table(self, opening: Line, inside: tuple[Node, ...]) -> None:
        """A chart or a timeline is drawn from one table."""
        columns, hint = _DRAWN[opening.mark]
        if len(inside) != 1 or not isinstance(inside[0], Table) or len(inside[0].columns) != columns:
            count = {3: "three", 4: "four"}[columns]
            self.problems.add(
                opening.number, f"::: {opening.mark} holds one table of {count} columns and nothing else", hint
            )

    def facts(self) -> tuple[Node, ...]:
        """The lines of `::: facts`: a label, a bar, a value."""
        parts: list[Node] = []
        while (one := self.here()) and one.kind not in _ENDS:
            if one.kind == "open":
                parts.append(self.choice(self.facts))
                continue
            self.at += 1
            if one.kind == "text":
                parts.append(self.fact(one))
            elif _is_set(one):
                parts.append(Control(one.number, one.rest))
            elif one.kind != "blank":
                self.problems.add(one.number, "::: facts holds lines 'label | value' only")
        return tuple(parts)

    def fact(self, one: Line) -> Fact:
        label, *values = inline.cells(one.rest)
        if len(values) != 1:
            self.problems.add(one.number, "expected 'label | value'", r"write one bar; a bar among the words is \|")
        return Fact(one.number, self.text(one, label), self.text(one, " ".join(values)))

    # Lists and tables

    def items(self, kind: ItemKind) -> Items:
        return Items(kind, self.run(_item_of(kind), self.item))

    def item(self, one: Line) -> Node:
        return Item(one.number, ITEMS[one.mark], self.text(one, one.rest, inline.sentence))

    def table(self, first: Line) -> Node | None:
        ruler = self.lines[self.at + 1 : self.at + 2]
        found = columns(ruler[0]) if ruler else ()
        if not found:
            self.problems.add(
                first.number,
                "a table begins with a head row and a line of dashes",
                "a blank line or another block ends the table above",
            )
            self.at += 1
            return None
        if len(found) > _MOST_COLUMNS:
            self.problems.add(first.number, f"more than {_MOST_COLUMNS} columns", "no page is as wide")
        self.at += 2
        parts = self.run(_is_row, lambda one: self.row(one, len(found)))
        return Table(self.row(first, len(found)), found, parts, self.heading)

    def row(self, one: Line, count: int) -> Row:
        cells = inline.cells(one.rest)[1:-1]
        if columns(one):
            self.problems.add(one.number, "a second line of dashes", "a blank line ends the table above")
        elif len(cells) != count:
            self.problems.add(
                one.number,
                f"{len(cells)} cells in this row, {count} columns in the line of dashes",
                r"a bar among the words of a cell is \|",
            )
        return Row(one.number, tuple(self.text(one, cell) for cell in cells), total=one.mark == "total")

    def run(self, belongs: _Belongs, part: _Part) -> tuple[Node, ...]:
        """The lines of one list or table; it stays open across tags whose whole body belongs to it."""
        parts: list[Node] = []
        while one := self.here():
            if one.kind == "open" and self.all_inside(belongs):
                parts.append(self.choice(lambda: self.body(belongs, part)))
            elif belongs(one) or _is_set(one):
                parts.append(self.part(one, belongs, part))
            else:
                break
        return tuple(parts)

    def body(self, belongs: _Belongs, part: _Part) -> tuple[Node, ...]:
        """A branch inside an open list or table; here a blank line parts nothing."""
        parts: list[Node] = []
        while (one := self.here()) and one.kind not in {"close", "between"}:
            if one.kind == "open":
                parts.append(self.choice(lambda: self.body(belongs, part)))
            elif one.kind == "blank":
                self.at += 1
            else:
                parts.append(self.part(one, belongs, part))
        return tuple(parts)

    def part(self, one: Line, belongs: _Belongs, part: _Part) -> Node:
        self.at += 1
        return part(one) if belongs(one) else Control(one.number, one.rest)

    def all_inside(self, belongs: _Belongs) -> bool:
        """Whether everything between the tag here and its end belongs to one list or table.

        A named block never does: another template may put something else in its place.
        """
        inside = self.lines[self.at : self.ends[self.at]]
        blocks = [one for one in inside if one.kind not in {"blank", "open", "between", "close"} or one.mark == "block"]
        return (
            any(belongs(one) for one in blocks)
            and all(belongs(one) or _is_set(one) for one in blocks)
            and not any(columns(one) for one in blocks)
        )

    def kind_of_all_items_inside(self) -> ItemKind | None:
        """The kind of the items that are all there is between the tag here and its end."""
        inside = self.lines[self.at : self.ends[self.at]]
        kinds = [one.list_kind for one in inside if one.kind == "item"]
        return kinds[0] if kinds and self.all_inside(_item_of(kinds[0])) else None


def _item_of(kind: ItemKind) -> _Belongs:
    return lambda one: one.kind == "item" and one.list_kind == kind


def _is_row(one: Line) -> bool:
    return one.kind == "row"


def _is_set(one: Line) -> bool:
    return one.kind == "leaf" and one.mark == "set"
