"""Two versions of a Word paper as one, its changes tracked as Word tracks them: accepted the new, rejected the old.

Both bodies are taken apart into paragraphs and tables. What is alike finds its like; inside a paragraph the changed
words are marked, inside a table the changed rows and cells. Content controls, bookmarks and pictures are left out and
fields stand as the text they show: what is compared is what the two sides read.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count, groupby
from typing import Any, Literal, TypeVar

from lxml import etree

from negotiation_kit.documents.translate import marked_up
from negotiation_kit.documents.word_diff import WHOLE, changes, equal_pairs, likeness, pairs, pieces, says_something

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DECLARED = re.compile(r' xmlns(?::\w+)?="[^"]*"')
_END = "</w:body></w:document>"
_PLACES = re.compile(r"\x12[^\x13]*\x13|\x14[^\x17]*\x17|[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Where a chart or timeline is drawn once the file is packed, with its figures; whatever else only packing reads."""
_MARKS = ("tab", "br", "cr", "noBreakHyphen", "softHyphen", "sym", "ptab")
"""What stands in a run besides text and is read like a character."""
_WRAPPERS = ("sdt", "sdtContent", "hyperlink", "smartTag", "customXml", "fldSimple", "ins", "moveTo")
"""What is only a cover: its content is read, it is left out itself."""
_LEAST = {"paragraph": 400, "table": 250, "row": 400}
"""How alike two must be to belong together."""
_MOST_PAIRS = 20_000
"""So many blocks or rows of one version times those of the other are held against each other."""
Fate = Literal["stays", "new", "gone"]
B = TypeVar("B", bound="Paragraph | Table | Row | Cell")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a sum, a blank or a mark, and how it looks."""

    text: str
    look: str = ""
    """The properties of its run, as XML."""
    mark: str = ""
    """The XML of a tab or a line end, which have no text; or of a note."""
    note: str = ""
    """What a note says."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph taken apart."""

    properties: tuple[str, ...]
    style: str
    look: str
    """How the mark at its end looks."""
    pieces: tuple[Piece, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """What it says."""
        return tuple(piece.text for piece in self.pieces if says_something(piece.text))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    width: int
    properties: tuple[str, ...]
    blocks: tuple["Block", ...]

    @property
    def words(self) -> tuple[str, ...]:
        """What it says."""
        return tuple(word for block in self.blocks for word in block.words)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    properties: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """What it says."""
        return tuple(word for cell in self.cells for word in cell.words)


@dataclass(frozen=True, slots=True)
class Table:
    """A table, and the thin paragraph that parts it from what follows."""

    properties: str
    grid: tuple[int, ...]
    rows: tuple[Row, ...]
    end: Paragraph | None

    @property
    def words(self) -> tuple[str, ...]:
        """What it says."""
        return tuple(word for row in self.rows for word in row.words)


Block = Paragraph | Table


def redlined(opening: str, old: str, new: str, *, author: str, day: date) -> str:
    """The body with the changes from the old to the new one; `opening` is the main part up to its body."""
    marker = _Marker(author, day)
    return marker.blocks(_blocks(_body(opening, old)), _blocks(_body(opening, new)))


def lines_in(opening: str, body: str) -> list[str]:
    """What each paragraph of a body says, in order; a body without tracked changes."""
    return list(_lines(_blocks(_body(opening, body))))


def settled(opening: str, body: str, *, accepted: bool) -> list[str]:
    """What each paragraph says once all tracked changes are accepted, or all are rejected."""
    tree = _body(opening, body)
    gone = f"{_W}del" if accepted else f"{_W}ins"
    for mark in [mark for name in ("ins", "del") for mark in tree.iter(f"{_W}{name}")]:
        held = _held_by(mark)
        if mark.tag == gone and held.getparent() is not None:
            held.getparent().remove(held)
        mark.tag = f"{_W}ins"
    for text in tree.iter(f"{_W}delText"):
        text.tag = f"{_W}t"
    for table in [table for table in tree.iter(f"{_W}tbl") if table.find(f"{_W}tr") is None]:
        table.getparent().remove(table)
    return list(_lines(_blocks(tree)))


def _held_by(mark: Any) -> Any:  # noqa: ANN401 - an element of lxml
    """What comes or goes with a mark: the paragraph whose end it marks, the row, or the runs in it."""
    holder = mark.getparent()
    if holder.tag == f"{_W}trPr":
        return holder.getparent()
    return holder.getparent().getparent() if holder.tag == f"{_W}rPr" else mark


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield "".join(piece.text or piece.note or _said(piece.mark) for piece in block.pieces)
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from _lines(cell.blocks)
            if block.end:
                yield from _lines([block.end])


def _said(mark: str) -> str:
    return "\t" if "tab" in mark.lower() else "\n"


# --- taking apart ----------------------------------------------------------------------------------------------------


def _body(opening: str, body: str) -> Any:  # noqa: ANN401
    text = opening + _PLACES.sub("", body) + _END
    tree = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    return tree.find(f"{_W}body")


def _blocks(holder: Any) -> tuple[Block, ...]:  # noqa: ANN401
    found: list[Block] = []
    for element in _uncovered(holder):
        if element.tag == f"{_W}p":
            paragraph = _paragraph(element)
            before = found[-1] if found else None
            if isinstance(before, Table) and before.end is None and not paragraph.pieces:
                found[-1] = Table(before.properties, before.grid, before.rows, paragraph)
            else:
                found.append(paragraph)
        elif element.tag == f"{_W}tbl":
            found.append(_table(element))
    return tuple(found)


def _uncovered(holder: Any) -> Iterator[Any]:  # noqa: ANN401
    """The elements in a holder, those under a cover too."""
    for element in holder:
        if isinstance(element.tag, str) and element.tag.removeprefix(_W) in _WRAPPERS:
            yield from _uncovered(element)
        else:
            yield element


def _xml(element: Any) -> str:  # noqa: ANN401
    return _DECLARED.sub("", etree.tostring(element, encoding="unicode", with_tail=False))


def _value(element: Any, name: str, attribute: str = "val") -> str:  # noqa: ANN401
    found = element.find(f"{_W}{name}") if element is not None else None
    return found.get(f"{_W}{attribute}", "") if found is not None else ""


def _paragraph(element: Any) -> Paragraph:  # noqa: ANN401
    properties = element.find(f"{_W}pPr")
    own = [] if properties is None else list(properties)
    apart = {f"{_W}rPr", f"{_W}sectPr", f"{_W}pPrChange"}
    look = "".join(
        _xml(each)
        for part in own
        if part.tag == f"{_W}rPr"
        for each in part
        if each.tag[len(_W) :] not in {"ins", "del"}
    )
    told = tuple(_xml(part) for part in own if part.tag not in apart)
    return Paragraph(told, _value(properties, "pStyle"), look, tuple(_pieces(element)))


def _pieces(paragraph: Any) -> Iterator[Piece]:  # noqa: ANN401
    """The pieces of a paragraph; of a field those that it shows."""
    depth_of_codes: list[bool] = []
    text, look = "", ""
    for run in _uncovered(paragraph):
        if run.tag != f"{_W}r":
            continue
        own = run.find(f"{_W}rPr")
        own_look = "" if own is None else "".join(map(_xml, own))
        if own_look != look:
            yield from (Piece(piece, look) for piece in pieces(text))
            text, look = "", own_look
        for part in run:
            name = part.tag.removeprefix(_W) if isinstance(part.tag, str) else ""
            if name == "fldChar":
                _follow(part.get(f"{_W}fldCharType"), depth_of_codes)
            elif any(depth_of_codes):
                continue
            elif name == "t":
                text += part.text or ""
            elif name in _MARKS:
                yield from (Piece(piece, look) for piece in pieces(text))
                text = ""
                yield Piece("", look, _xml(part))
            elif name == "footnoteReference":
                yield from (Piece(piece, look) for piece in pieces(text))
                text = ""
                yield Piece("", look, _xml(part), f"[{''.join(each.text or '' for each in part.iter(f'{_W}t'))}]")
    yield from (Piece(piece, look) for piece in pieces(text))


def _follow(kind: str | None, codes: list[bool]) -> None:
    """Whether the code of a field is being read, field in field."""
    if kind == "begin":
        codes.append(True)
    elif kind == "separate" and codes:
        codes[-1] = False
    elif kind == "end" and codes:
        codes.pop()


def _table(element: Any) -> Table:  # noqa: ANN401
    grid = tuple(int(column.get(f"{_W}w", "0")) for column in element.iter(f"{_W}gridCol"))
    rows = tuple(_row(row) for row in _uncovered(element) if row.tag == f"{_W}tr")
    return Table(_xml(element.find(f"{_W}tblPr")), grid, rows, None)


def _row(element: Any) -> Row:  # noqa: ANN401
    properties = element.find(f"{_W}trPr")
    tracked = {f"{_W}ins", f"{_W}del"}
    told = () if properties is None else tuple(_xml(part) for part in properties if part.tag not in tracked)
    cells = tuple(_cell(cell) for cell in _uncovered(element) if cell.tag == f"{_W}tc")
    return Row(told, cells)


def _cell(element: Any) -> Cell:  # noqa: ANN401
    properties = element.find(f"{_W}tcPr")
    told = () if properties is None else tuple(_xml(part) for part in properties)
    return Cell(int(_value(properties, "tcW", "w") or 0), told, _blocks(element))


# --- putting together ------------------------------------------------------------------------------------------------


class _Marker:
    """Writes what stays, what is new and what is gone, each mark with a number of its own."""

    def __init__(self, author: str, day: date) -> None:
        self._by = f'w:author="{marked_up(author)}" w:date="{day.isoformat()}T00:00:00Z"'
        self._numbers = count(1)

    def blocks(self, old: Sequence[Block], new: Sequence[Block]) -> str:
        """The blocks of a body or a cell.

        The last paragraphs of both belong together: no other could take the place of the last one's end.
        """
        if not (old and new):
            return self._blocks(old, new)
        before, after = old[-1], new[-1]
        told = self._blocks(old[:-1], new[:-1])
        if isinstance(before, Table) and isinstance(after, Paragraph) and before.end:
            return told + self._whole(replace(before, end=None), "gone") + self._changed(before.end, after)
        if isinstance(before, Paragraph) and isinstance(after, Table) and after.end:
            return told + self._whole(replace(after, end=None), "new") + self._changed(before, after.end)
        return told + self._changed(before, after)

    def _blocks(self, old: Sequence[Block], new: Sequence[Block]) -> str:
        told = []
        for before, after in _side_by_side(old, new, _alike):
            if before and after:
                told.append(self._changed(before, after))
            elif before:
                told.append(self._whole(before, "gone"))
            elif after:
                told.append(self._whole(after, "new"))
        return "".join(told)

    def _whole(self, block: Block, fate: Fate) -> str:
        if isinstance(block, Paragraph):
            return self._paragraph(block, [(fate, block.pieces)], fate)
        rows = "".join(self._row(row, fate, block.grid) for row in block.rows)
        end = self._whole(block.end, fate) if block.end else ""
        return _table_xml(block.properties, block.grid, rows) + end

    def _changed(self, old: Block, new: Block) -> str:
        if isinstance(old, Paragraph) and isinstance(new, Paragraph):
            return self._changed_paragraph(old, new)
        assert isinstance(old, Table), "alike are blocks of one kind"
        assert isinstance(new, Table), "alike are blocks of one kind"
        return self._changed_table(old, new)

    def _changed_paragraph(self, old: Paragraph, new: Paragraph) -> str:
        told: list[tuple[Fate, Sequence[Piece]]] = []
        for change in changes(old.pieces, new.pieces, lambda piece: piece.text or piece.note):
            if change.same:
                told.append(("stays", new.pieces[change.new]))
            else:
                told += [("gone", old.pieces[change.old]), ("new", new.pieces[change.new])]
        return self._paragraph(new, told, "stays", before=old if old.style != new.style else None)

    def _paragraph(
        self,
        block: Paragraph,
        told: Iterable[tuple[Fate, Sequence[Piece]]],
        fate: Fate,
        *,
        before: Paragraph | None = None,
    ) -> str:
        look = self._mark(fate) + block.look
        properties = "".join(block.properties) + (f"<w:rPr>{look}</w:rPr>" if look else "")
        if before:
            was = "".join(before.properties)
            properties += f'<w:pPrChange w:id="{next(self._numbers)}" {self._by}><w:pPr>{was}</w:pPr></w:pPrChange>'
        runs = "".join(self._runs(pieces, fate) for fate, pieces in told)
        return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"

    def _runs(self, pieces: Sequence[Piece], fate: Fate) -> str:
        text = "delText" if fate == "gone" else "t"
        runs = ""
        for look, same_look in groupby(pieces, lambda piece: piece.look):
            content = ""
            for mark, same_kind in groupby(same_look, lambda piece: piece.mark):
                alike = list(same_kind)
                if mark:
                    content += mark * len(alike)
                else:
                    words = marked_up("".join(piece.text for piece in alike))
                    content += f'<w:{text} xml:space="preserve">{words}</w:{text}>'
            runs += f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{content}</w:r>"
        if fate == "stays" or not runs:
            return runs
        name = "ins" if fate == "new" else "del"
        return f'<w:{name} w:id="{next(self._numbers)}" {self._by}>{runs}</w:{name}>'

    def _mark(self, fate: Fate) -> str:
        if fate == "stays":
            return ""
        return f'<w:{"ins" if fate == "new" else "del"} w:id="{next(self._numbers)}" {self._by}/>'

    def _changed_table(self, old: Table, new: Table) -> str:
        grid = _common(old.grid, new.grid)
        rows = ""
        for before, after in _side_by_side(old.rows, new.rows, _rows_alike):
            if before and after:
                cells = zip(before.cells, after.cells, strict=True)
                rows += _row_xml(after, "", [self.blocks(was.blocks, now.blocks) for was, now in cells], grid)
            elif before:
                rows += self._row(before, "gone", grid)
            elif after:
                rows += self._row(after, "new", grid)
        end = self.blocks([old.end] if old.end else [], [new.end] if new.end else [])
        return _table_xml(new.properties, grid, rows) + end

    def _row(self, row: Row, fate: Fate, grid: tuple[int, ...]) -> str:
        contents = ["".join(self._whole(block, fate) for block in cell.blocks) for cell in row.cells]
        return _row_xml(row, self._mark(fate), contents, grid)


def _side_by_side(
    old: Sequence[B], new: Sequence[B], alike: Callable[[B, B], int]
) -> Iterator[tuple[B | None, B | None]]:
    """Each with its like, in order; of what has none, first what is gone, then what is new."""
    start = _alike_from_the_start(old, new)
    end = _alike_from_the_start(old[start:][::-1], new[start:][::-1])
    yield from zip(old[:start], new[:start], strict=True)
    yield from _paired(old[start : len(old) - end], new[start : len(new) - end], alike)
    yield from zip(old[len(old) - end :], new[len(new) - end :], strict=True)


def _alike_from_the_start(old: Sequence[B], new: Sequence[B]) -> int:
    return next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def _paired(old: Sequence[B], new: Sequence[B], alike: Callable[[B, B], int]) -> Iterator[tuple[B | None, B | None]]:
    row = column = 0
    many = len(old) * len(new) > _MOST_PAIRS  # to look at every two of them would take longer than anybody waits
    found = equal_pairs(old, new) if many else pairs(old, new, alike)
    for before, after in [*found, (len(old), len(new))]:
        yield from ((each, None) for each in old[row:before])
        yield from ((None, each) for each in new[column:after])
        if before < len(old):
            yield old[before], new[after]
        row, column = before + 1, after + 1


def _alike(old: Block, new: Block) -> int:
    """How much two blocks are alike; nothing when they are too unlike to belong together."""
    if old == new:
        return WHOLE + 1
    if isinstance(old, Paragraph) and isinstance(new, Paragraph):
        return _enough(old.words, new.words, "paragraph") if old.style == new.style else 0
    if isinstance(old, Table) and isinstance(new, Table):
        return _enough(old.words, new.words, "table")
    return 0


def _rows_alike(old: Row, new: Row) -> int:
    if len(old.cells) != len(new.cells) or [cell.width for cell in old.cells] != [cell.width for cell in new.cells]:
        return 0
    return WHOLE + 1 if old == new else _enough(old.words, new.words, "row")


def _enough(old: tuple[str, ...], new: tuple[str, ...], kind: str) -> int:
    found = likeness(old, new)
    return found if found >= _LEAST[kind] else 0


def _common(old: tuple[int, ...], new: tuple[int, ...]) -> tuple[int, ...]:
    """A grid on which the cells of both tables have their place."""
    edges = sorted({sum(grid[: place + 1]) for grid in (old, new) for place in range(len(grid))})
    return tuple(end - start for start, end in zip([0, *edges], edges, strict=False))


def _table_xml(properties: str, grid: tuple[int, ...], rows: str) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    return f"<w:tbl>{properties}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _row_xml(row: Row, mark: str, contents: Iterable[str], grid: tuple[int, ...]) -> str:
    properties = "".join(row.properties) + mark
    told, start = "", 0
    for cell, content in zip(row.cells, contents, strict=True):
        told += _cell_xml(cell, content, _columns(start, start + cell.width, grid))
        start += cell.width
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{told}</w:tr>"


def _cell_xml(cell: Cell, content: str, columns: int) -> str:
    own = [each for each in cell.properties if not each.startswith("<w:gridSpan")]
    if columns > 1:
        place = next((place for place, each in enumerate(own, start=1) if each.startswith("<w:tcW")), 0)
        own.insert(place, f'<w:gridSpan w:val="{columns}"/>')
    told = f"<w:tcPr>{''.join(own)}</w:tcPr>" if own else ""
    return f"<w:tc>{told}{content}</w:tc>"


def _columns(start: int, end: int, grid: tuple[int, ...]) -> int:
    """Over how many columns of the grid a cell from here to there goes."""
    edges = [sum(grid[: place + 1]) for place in range(len(grid))]
    return sum(1 for edge in edges if start < edge <= end)
