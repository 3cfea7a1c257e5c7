"""What many documents of one kind have in common, and what is each one's own.

The peers of the document benchmarks must make the very documents that we make. So their templates are not written by
hand, where they would fall behind our wording, but found: papers of the same shape made from unlike cases are laid side
by side; what stands in all of them is the template, what differs is a value, and alike rows of a table are a loop.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORD = re.compile(r"\S+|\s+")
_ROW = re.compile(r"<w:tr>.*?</w:tr>\n*", re.DOTALL)
_NODE = re.compile(r"<[^>]*>|[^<]+")
_QUOTED = re.compile('"|[^"]+')
_SHORT = 4
"""Shorter text between two values belongs to them: a date or a name is one value, as a person would have it."""
LEAST_ROWS = 8
"""So many alike rows at least are a loop; the few lines of the parties are not."""

Piece = str | int
"""Text that all have, or the number of a value."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph by its style and what it says."""

    style: str
    text: str


Cell = tuple[Paragraph, ...]
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table by its style, the widths of its columns and its rows."""

    style: str
    widths: tuple[int, ...]
    rows: tuple[Row, ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """What a reader sees in a Word file."""

    header: tuple[Block, ...]
    body: tuple[Block, ...]
    footer: tuple[Block, ...]

    def said(self) -> list[str]:
        """Every text in its order, blanks evened out, empty ones left out."""
        blocks = (*self.header, *self.body, *self.footer)
        texts = [" ".join(paragraph.text.split()) for block in blocks for paragraph in paragraphs_in(block)]
        return [text for text in texts if text]


def paragraphs_in(block: Block) -> Iterator[Paragraph]:
    """The paragraphs of a block, those of a table row by row."""
    if isinstance(block, Paragraph):
        yield block
    else:
        yield from (paragraph for row in block.rows for cell in row for paragraph in cell)


def read_paper(content: bytes) -> Paper:
    """A Word file as blocks: the body, and the running header and footer of its section."""
    with ZipFile(BytesIO(content)) as file:
        body = etree.fromstring(file.read("word/document.xml"))[0]
        links = etree.fromstring(file.read("word/_rels/document.xml.rels"))
        targets = {link.get("Id"): link.get("Target") for link in links}
        margins = {}
        for kind in ("header", "footer"):
            found = body.find(f"{_MAIN}sectPr/{_MAIN}{kind}Reference[@{_MAIN}type='default']")
            own = next(value for name, value in found.attrib.items() if name.endswith("}id"))
            margins[kind] = tuple(_blocks(etree.fromstring(file.read(f"word/{targets[own]}"))))
    return Paper(margins["header"], tuple(_blocks(body)), margins["footer"])


def _blocks(parent: etree._Element) -> Iterator[Block]:
    for child in parent:
        if child.tag == f"{_MAIN}p":
            yield _paragraph(child)
        elif child.tag == f"{_MAIN}tbl":
            widths = tuple(int(column.get(f"{_MAIN}w")) for column in child.iter(f"{_MAIN}gridCol"))
            rows = tuple(
                tuple(tuple(map(_paragraph, cell.iter(f"{_MAIN}p"))) for cell in row.iter(f"{_MAIN}tc"))
                for row in child.iter(f"{_MAIN}tr")
            )
            yield Table(_style(child.find(f"{_MAIN}tblPr/{_MAIN}tblStyle")), widths, rows)


def _paragraph(element: etree._Element) -> Paragraph:
    signs = {f"{_MAIN}t": None, f"{_MAIN}tab": "\t", f"{_MAIN}br": "\n"}
    said = [
        (each.text or "") if signs[each.tag] is None else signs[each.tag]
        for run in element.iter(f"{_MAIN}r")
        for each in run
        if each.tag in signs
    ]
    return Paragraph(_style(element.find(f"{_MAIN}pPr/{_MAIN}pStyle")), "".join(map(str, said)))


def _style(element: etree._Element | None) -> str:
    return "" if element is None else element.get(f"{_MAIN}val")


def common(texts: Sequence[str]) -> tuple[tuple[Piece, ...], list[tuple[str, ...]]]:
    """What the texts have in common with numbered gaps, and what fills the gaps of each."""
    if len(set(texts)) == 1:
        return (texts[0],), [()] * len(texts)
    return _merged([_WORD.findall(text) for text in texts], shortest=_SHORT)


def common_xml(texts: Sequence[str]) -> tuple[tuple[Piece, ...], list[tuple[str, ...]]]:
    """The same for XML of the same marks: no gap reaches over a mark or beyond the quotes of an attribute."""
    nodes = [_NODE.findall(text) for text in texts]
    pieces: list[Piece] = []
    values: list[tuple[str, ...]] = [()] * len(texts)
    for column in zip(*nodes, strict=True):
        if column[0].startswith("<"):
            found = _merged([_QUOTED.findall(each) for each in column], shortest=0)
        else:
            found = common(column)
        pieces += [piece if isinstance(piece, str) else piece + len(values[0]) for piece in found[0]]
        values = [own + more for own, more in zip(values, found[1], strict=True)]
    return tuple(pieces), values


def _merged(tokens: list[list[str]], shortest: int) -> tuple[tuple[Piece, ...], list[tuple[str, ...]]]:
    if len({len(each) for each in tokens}) > 1:
        tokens = _with_one_gap(tokens)
    columns = [*zip(*tokens, strict=True)]
    unlike = [len(set(column)) > 1 for column in columns]
    gaps = [place for place, differs in enumerate(unlike) if differs]
    for start, end in itertools.pairwise(gaps):
        if len("".join(column[0] for column in columns[start + 1 : end])) < shortest:
            unlike[start:end] = [True] * (end - start)
    pieces: list[Piece] = []
    values: list[tuple[str, ...]] = [()] * len(tokens)
    for differs, group in itertools.groupby(zip(unlike, columns, strict=True), key=lambda each: each[0]):
        said = ["".join(column) for column in zip(*(column for _, column in group), strict=True)]
        if differs:
            pieces.append(len(values[0]))
            values = [(*own, more) for own, more in zip(values, said, strict=True)]
        else:
            pieces.append(said[0])
    return tuple(pieces), values


def _with_one_gap(tokens: list[list[str]]) -> list[list[str]]:
    """Texts of unlike length: what all begin with and end with stands, what is between is one value."""
    least = min(map(len, tokens))
    begin = next((place for place in range(least) if len({each[place] for each in tokens}) > 1), least)
    rest = least - begin
    end = next((place for place in range(rest) if len({each[-1 - place] for each in tokens}) > 1), rest)
    return [[*each[:begin], "".join(each[begin : len(each) - end]), *each[len(each) - end :]] for each in tokens]


@dataclass(frozen=True, slots=True)
class Loop:
    """Rows of a table that are alike: written once, filled as often as there are rows."""

    cells: tuple[tuple[tuple[str, tuple[Piece, ...]], ...], ...]
    """For each cell its paragraphs, each a style and pieces."""
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    """For each document the values of its rows."""


def alike(tables: Sequence[Table]) -> Iterator[tuple[int, int]]:
    """Where, in tables of the same shape, rows begin and end that differ in their words alone."""
    shapes = [_shape(row) for row in tables[0].rows]
    start = 0
    for end in range(1, len(shapes) + 1):
        if end == len(shapes) or shapes[end] != shapes[start]:
            if end - start >= LEAST_ROWS:
                yield start, end
            start = end


def _shape(row: Row) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(paragraph.style for paragraph in cell) for cell in row)


def same_shape(papers: Sequence[Paper]) -> bool:
    """The papers differ in their words alone, and in how wide a column is for them."""
    shapes = [
        [
            block.style
            if isinstance(block, Paragraph)
            else (block.style, len(block.widths), [*map(_shape, block.rows)])
            for block in (*paper.header, *paper.body, *paper.footer)
        ]
        for paper in papers
    ]
    return all(shape == shapes[0] for shape in shapes)


def loop_over(tables: Sequence[Table], start: int, end: int) -> Loop:
    """The alike rows of many documents as one loop."""
    rows = [row for table in tables for row in table.rows[start:end]]
    cells, filled = [], [[] for _ in rows]
    count = 0
    for column, cell in enumerate(rows[0]):
        own = []
        for place, paragraph in enumerate(cell):
            pieces, values = common([row[column][place].text for row in rows])
            own.append((paragraph.style, tuple(p if isinstance(p, str) else p + count for p in pieces)))
            count += len(values[0])
            for into, value in zip(filled, values, strict=True):
                into.extend(value)
        cells.append(tuple(own))
    size = end - start
    parted = tuple(tuple(map(tuple, filled[place : place + size])) for place in range(0, len(rows), size))
    return Loop(tuple(cells), parted)


def xml_template(bodies: Sequence[str], prefix: str = "") -> tuple[str, list[dict[str, object]]]:
    """Finished XML of many documents as one Jinja template that gives each of them again, and the values of each.

    This is the least that any way by Jinja can do: no look-ups, no formats, no filters but the escape of XML.
    """
    parted = [_parted(body) for body in bodies]
    assert len({tuple(alike for alike, _ in parts) for parts in parted}) == 1, "the bodies are of one shape"
    source: list[str] = []
    values: list[dict[str, object]] = [{} for _ in bodies]
    for place, (is_loop, first) in enumerate(parted[0]):
        pieces, found = common_xml([text for parts in parted for text in parts[place][1]])
        size = len(first)
        groups = [found[start : start + size] for start in range(0, len(found), size)]
        if is_loop:
            source.append(f"{{% for r in {prefix}rows{place} %}}{_as_jinja(pieces, 'r[{}]')}{{% endfor %}}")
        else:
            source.append(_as_jinja(pieces, f"{prefix}v{place}[{{}}]"))
        for own, rows in zip(values, groups, strict=True):
            plain = [[*map(unescape, row)] for row in rows]
            own.update({f"{prefix}rows{place}": plain} if is_loop else {f"{prefix}v{place}": plain[0]})
    return "".join(source), values


def _parted(body: str) -> list[tuple[bool, list[str]]]:
    """A body as runs of alike rows, and what stands between them."""
    found: list[tuple[bool, list[str]]] = []
    end = 0
    runs: list[tuple[str, list[str], int, int]] = []
    for match in _ROW.finditer(body):
        shape = _unlike_values(match[0])
        if runs and runs[-1][0] == shape and runs[-1][3] == match.start():
            runs[-1] = (shape, [*runs[-1][1], match[0]], runs[-1][2], match.end())
        else:
            runs.append((shape, [match[0]], match.start(), match.end()))
    for _, rows, start, stop in runs:
        if len(rows) >= LEAST_ROWS:
            found += [(False, [body[end:start]]), (True, rows)]
            end = stop
    return [*found, (False, [body[end:]])]


def _unlike_values(row: str) -> str:
    """The marks of a row, the values in them left out."""
    return re.sub(r'"[^"]*"', '""', "".join(node for node in _NODE.findall(row) if node.startswith("<")))


def _as_jinja(pieces: Sequence[Piece], name: str) -> str:
    return "".join(piece if isinstance(piece, str) else "{{ " + name.format(piece) + " }}" for piece in pieces)
