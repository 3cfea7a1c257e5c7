"""A paper in two languages side by side: two rendered bodies in, one body out.

Paragraphs stand in two columns, row by row; tables span the page once, their figures once, their words twice.
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any, Protocol

from lxml import etree

from negotiation_kit.documents.counters import SECOND_LISTS, SECOND_SECTIONS
from negotiation_kit.documents.translate import marked_up
from negotiation_kit.documents.word import COLUMN_GAP, TEXT_WIDTH
from negotiation_kit.documents.word_chart import BEGIN, CELL, END, ROW, with_charts_as
from negotiation_kit.problems import Problem, Refused

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_MAIN}}}"
_VAL = f"{_W}val"
_CHART, _CHART_ROW = "KitChart", "row"
"""A chart that waits to be drawn, while its body is a tree."""
_NOTE = f"{_W}footnoteReference"
_FIRST_NOTE = 300_000
"""Bookmarks of notes are numbered from here, far from those of values and anchors."""
_HALF = (TEXT_WIDTH + COLUMN_GAP) // 2
_SPLITS_ABOVE = 1500
"""Characters above which a row may go over to the next page in its middle."""
_WHOLE_ROWS = 9
"""Rows up to which a table stays on one page with what announces it."""
_HEADS = ("Title", "Heading1", "Heading2", "SectionHeading")
_THIN = '<w:p><w:pPr><w:pStyle w:val="TableEnd"/><w:spacing w:after="0"/></w:pPr></w:p>'
_NUMBERED = {"SectionHeading": 0, "Clause": 1}
_BEFORE_NUMBERS = {f"{_W}{name}" for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl")}
_PLACE = re.compile(r"(?P<folder>[^/]*)/(?P<file>.*):(?P<line>\d+)")

_Element = Any
"""An element of lxml."""


class Speaks(Protocol):
    """A language of the paper."""

    @property
    def tag(self) -> str:
        """The language with its country."""
        ...

    def day_in(self, text: str) -> tuple[date, str] | None:
        """The day a text says."""
        ...

    def amount_in(self, text: str, currency: str) -> Decimal | None:
        """The sum a text says in this currency, with it or without."""
        ...


@dataclass(frozen=True, slots=True)
class Side:
    """One language's rendering of the paper, its blocks marked with their template lines."""

    body: str
    beside: str
    """Which text prevails, in this language."""
    language: Speaks
    currency: str
    """Of the sums without a currency of their own."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of the body, with where it was written and the thin paragraph after a table."""

    element: _Element
    place: str
    end: _Element | None = None

    @property
    def kind(self) -> str:
        """What must be alike in both languages."""
        return _kind(self.element)


def woven(opening: str, first: Side, second: Side) -> str:
    """The body in two columns; `Refused` where the two are not built alike, or say different figures."""
    return _Weaver(opening, first, second).woven()


def margin_text(opening: str, first: str, second: str) -> str:
    """A header or footer that says in both languages what differs, and the rest once."""
    trees = [_parsed(opening, text) for text in (first, second)]
    lines = [[each for each in tree if each.tag == f"{_W}p"] for tree in trees]
    said = [_text(each) for each in lines[0]]
    found = [*lines[0], *(each for each in lines[1] if _text(each) not in said)]
    return "".join(_written(each, trees[0]) for each in found)


class _Weaver:
    """Both bodies at work."""

    def __init__(self, opening: str, first: Side, second: Side) -> None:
        self.first, self.second = first, second
        self.roots = [_parsed(opening, side.body) for side in (first, second)]
        self.beside = [_parsed(opening, side.beside) for side in (first, second)]
        self.places: dict[_Element, str] = {}
        for root in (*self.roots, *self.beside):
            self._take_places(root)
        for root, side in zip(self.roots + self.beside, (first, second) * 2, strict=True):
            _told_language(root, side.language.tag)
        for root in (self.roots[1], self.beside[1]):
            _plain(root)
        _notes_once(*self.roots)
        self.written: list[str] = []
        self.rows: list[str] = []
        self.held = ""

    def _take_places(self, root: _Element) -> None:
        place = ""
        for each in root.iter():
            if each.tag is etree.ProcessingInstruction:
                place = each.text
            else:
                self.places[each] = place
        etree.strip_tags(root, etree.ProcessingInstruction)

    def woven(self) -> str:
        """The whole body."""
        pairs = list(self._pairs(self._blocks(self.roots[0]), self._blocks(self.roots[1])))
        beside = list(self._pairs(self._blocks(self.beside[0]), self._blocks(self.beside[1])))
        waiting: list[tuple[_Block, _Block]] = []
        for pair in [*pairs[:1], *beside, *pairs[1:]]:
            if (
                pair[0].element.tag == f"{_W}p"
                and not _has_drawing(pair[0].element)
                and not _begins_page(pair[0].element)
                and pair[0].kind != _CHART
            ):
                waiting.append(pair)
                if pair[0].kind not in _HEADS or pair[0].kind == "Title":
                    self._row(waiting)
                    waiting = []
            else:
                if waiting:
                    self._close(kept=False)
                    self._row(waiting)
                    self._close(kept=True)
                    waiting = []
                self._close(kept=False)
                self._across(*pair)
        if waiting:
            self._row(waiting)
        self._close(kept=False)
        return "".join(self.written) + self.held

    def _blocks(self, root: _Element) -> list[_Block]:
        found: list[_Block] = []
        for each in root:
            if each.tag == f"{_W}p" and _style(each) == "TableEnd" and found and not _begins_page(each):
                found[-1] = _Block(found[-1].element, found[-1].place, each)
            elif each.tag in {f"{_W}p", f"{_W}tbl"}:
                found.append(_Block(each, self.places.get(each, "")))
        return found

    def _pairs(self, first: Sequence[_Block], second: Sequence[_Block]) -> Iterator[tuple[_Block, _Block]]:
        kinds = [each.kind for each in first], [each.kind for each in second]
        if kinds[0] == kinds[1]:
            yield from zip(first, second, strict=True)
            return
        changes = SequenceMatcher(None, *kinds, autojunk=False).get_opcodes()
        _, one, _, other, _ = next(each for each in changes if each[0] != "equal")
        while one and other and _line(first[one - 1].place) != _line(second[other - 1].place):
            one, other = one - 1, other - 1
        raise Refused([_unlike(_at(first, one), _at(second, other))])

    def _row(self, pairs: Sequence[tuple[_Block, _Block]]) -> None:
        cells = ["", ""]
        length = 0
        for pair in pairs:
            for column, block in enumerate(pair):
                _narrowed(block.element)
                if column:
                    _counted_apart(block.element)
                if pair is not pairs[-1]:
                    _let_go(block.element)
                length = max(length, len(_text(block.element)))
                cells[column] += self._as_text(block.element)
        whole = "<w:trPr><w:cantSplit/></w:trPr>" if length <= _SPLITS_ABOVE else ""
        told = "".join(f'<w:tc><w:tcPr><w:tcW w:w="{_HALF}" w:type="dxa"/></w:tcPr>{cell}</w:tc>' for cell in cells)
        self.rows.append(f"<w:tr>{whole}{told}</w:tr>")

    def _close(self, *, kept: bool) -> None:
        """The end of a run of rows, kept with what comes next where the rows are."""
        if not self.rows:
            return
        if len(self.rows) > 1 and (kept or "<w:keepNext/>" in self.rows[-1]):
            last = self.rows.pop()
            self._close(kept=False)
            self.rows = [last]
        kept = kept or "<w:keepNext/>" in self.rows[-1]
        rows = "".join(self.rows)
        if kept:
            rows = rows.replace('<w:keepNext w:val="0"/>', "")
            rows = re.sub(r"(<w:pStyle w:val=\"\w+\"/>)(?!<w:keepNext/>)", r"\1<w:keepNext/>", rows)
        grid = f'<w:gridCol w:w="{_HALF}"/>' * 2
        keep = "<w:keepNext/>" if kept else ""
        told = (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="KitPlain"/><w:tblW w:w="{2 * _HALF}" w:type="dxa"/>'
            '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0600" w:firstRow="0" w:lastRow="0" w:firstColumn="0"'
            f' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
            f'<w:p><w:pPr><w:pStyle w:val="TableEnd"/>{keep}<w:spacing w:after="0"/></w:pPr></w:p>'
        )
        self.rows = []
        if kept:
            self.held += told
        else:
            self.written.append(told)

    def _across(self, first: _Block, second: _Block) -> None:
        """What spans the page: a table once, a picture once, a box in two columns."""
        if first.kind == _CHART:
            self.written.append(self.held + self._chart_once(first, second))
            self.held = ""
            return
        if first.element.tag == f"{_W}tbl":
            if first.kind.startswith("KitNote"):
                _boxes(first.element, second.element)
            else:
                self._merge_table(first.element, second.element)
        told, end = self._as_text(first.element), self._as_text(first.end) if first.end is not None else ""
        if self.held and end and told.count("<w:tr>") <= _WHOLE_ROWS:
            self.written.append(_together(self.held + told + _THIN) + end)
        else:
            self.written.append(self.held + told + end)
        self.held = ""

    def _chart_once(self, first: _Block, second: _Block) -> str:
        """The chart across the page, named in both languages; `Refused` where the two draw other figures."""
        rows, also = (
            [[cell.text or "" for cell in row] for row in block.element.iter(f"{_W}{_CHART_ROW}")]
            for block in (first, second)
        )
        if [row[1:] for row in rows[2:]] != [row[1:] for row in also[2:]]:
            message = f"the charts at {first.place} and {second.place} draw other figures"
            raise Refused([Problem(None, message, "let both draw the same plan; no file was written")])
        for row, beside in zip(rows[:2], also[:2], strict=True):
            row[:] = [one if _same(one, other) else f"{one} / {other}" for one, other in zip(row, beside, strict=True)]
        caption, *others = (CELL.join(map(marked_up, row)) + ROW for row in rows)
        return f"{BEGIN}{caption}{''.join(others)}{END}"

    def _merge_table(self, first: _Element, second: _Element) -> None:
        rows = first.findall(f"{_W}tr"), second.findall(f"{_W}tr")
        lengths = [[len(row.findall(f"{_W}tc")) for row in side] for side in rows]
        if lengths[0] != lengths[1]:
            raise Refused([_unlike(_last(self, rows[0], first), _last(self, rows[1], second))])
        for one, other in zip(*rows, strict=True):
            for cell, beside in zip(one.findall(f"{_W}tc"), other.findall(f"{_W}tc"), strict=True):
                self._merge_cell(cell, beside)
        told = first.find(f"{_W}tblPr/{_W}tblDescription")
        also = second.find(f"{_W}tblPr/{_W}tblDescription")
        if told is not None and also is not None and told.get(_VAL) != also.get(_VAL):
            told.set(_VAL, f"{told.get(_VAL)} / {also.get(_VAL)}")

    def _merge_cell(self, cell: _Element, beside: _Element) -> None:
        for one, other in self._pairs(self._blocks(cell), self._blocks(beside)):
            if one.element.tag == f"{_W}tbl":
                self._merge_table(one.element, other.element)
            else:
                self._merge_paragraph(one, other)

    def _merge_paragraph(self, first: _Block, second: _Block) -> None:
        said, also = _text(first.element), _text(second.element)
        if _same(said, also) or self._figures_agree(first, second, said, also):
            return
        if _style(first.element) == "SignatureLine" and _labelled(first.element, second.element):
            return
        first.element.addnext(second.element)

    def _figures_agree(self, first: _Block, second: _Block, said: str, also: str) -> bool:
        """Whether a figure can stand once; `Refused` where the two texts say two sums or two days."""
        amounts = (
            self.first.language.amount_in(said, self.first.currency),
            self.second.language.amount_in(also, self.second.currency),
        )
        days = self.first.language.day_in(said), self.second.language.day_in(also)
        right = _style(first.element) == "TableAmount"
        unlike = (
            (None not in amounts and amounts[0] != amounts[1])
            or (days[0] is not None and days[1] is not None and days[0][0] != days[1][0])
            or (right and None in amounts and _digits(said) != _digits(also))
        )
        if unlike:
            message = f"{first.place} says {said!r}, {second.place} says {also!r}"
            raise Refused([Problem(None, message, "let both print the same value; no file was written")])
        return None not in amounts or (right and bool(_digits(said)) and not re.search(r"[^\W\d_]", said + also))

    def _as_text(self, element: _Element) -> str:
        return _written(element, self.roots[0])


def _parsed(opening: str, body: str) -> _Element:
    """The body of a paper as a tree; its declarations are our own."""
    start = opening[opening.index("<w:document") :]
    text = f"{start}{with_charts_as(_chart_in_a_tree, body)}</w:body></w:document>"
    tree = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False))
    return tree.find(f"{_W}body")


def _chart_in_a_tree(rows: Sequence[Sequence[str]]) -> str:
    """A chart that waits to be drawn, in a form a tree can hold."""
    told = "".join(
        f"<w:{_CHART_ROW}>{''.join(f'<w:cell>{cell}</w:cell>' for cell in row)}</w:{_CHART_ROW}>" for row in rows
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{_CHART}"/></w:pPr>{told}</w:p>'


def _written(element: _Element, root: _Element) -> str:
    text = str(etree.tostring(element, encoding="unicode", with_tail=False))
    for prefix, address in root.nsmap.items():
        text = text.replace(f' xmlns:{prefix}="{address}"', "")
    return text


def _together(content: str) -> str:
    """What stays on one page in every program: a heading with its table, signatures with what is signed."""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="KitPlain"/><w:tblW w:w="{2 * _HALF}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:val="0600" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        f' w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid><w:gridCol w:w="{2 * _HALF}"/></w:tblGrid>'
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{2 * _HALF}" w:type="dxa"/></w:tcPr>'
        f"{content}</w:tc></w:tr></w:tbl>"
    )


def _style(paragraph: _Element) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else str(style.get(_VAL))


def _kind(element: _Element) -> str:
    if element.tag == f"{_W}p":
        return _style(element).replace("SignatureLine", "Signature")
    style = element.find(f"{_W}tblPr/{_W}tblStyle").get(_VAL)
    return f"{style} of {len(element.findall(f'{_W}tblGrid/{_W}gridCol'))} columns"


def _text(element: _Element) -> str:
    """What a reader sees of a paragraph itself; a place to write in is no text."""
    return "".join(each.text or "" for each in element.iter(f"{_W}t") if not _is_noted(each))


def _same(said: str, also: str) -> bool:
    return " ".join(said.split()) == " ".join(also.split())


def _digits(text: str) -> str:
    return "".join(each for each in text if each.isdigit())


def _has_drawing(paragraph: _Element) -> bool:
    return next(paragraph.iter(f"{_W}drawing"), None) is not None


def _begins_page(paragraph: _Element) -> bool:
    return paragraph.find(f"{_W}pPr/{_W}pageBreakBefore") is not None


def _line(place: str) -> tuple[str, str]:
    """A place without its language, so that both languages can be compared."""
    found = _PLACE.fullmatch(place)
    return (found["file"], found["line"]) if found else ("", place)


def _at(blocks: Sequence[_Block], number: int) -> str:
    """The place of a block; past the end that of the last."""
    return blocks[min(number, len(blocks) - 1)].place if blocks else "an empty place"


def _last(weaver: _Weaver, rows: Sequence[_Element], table: _Element) -> str:
    return weaver.places.get(rows[-1] if rows else table, "")


def _unlike(first: str, second: str) -> Problem:
    return Problem(
        None,
        f"the two languages part ways at {first} and {second}",
        "give both templates the same blocks in the same order; no file was written",
    )


def _told_language(root: _Element, tag: str) -> None:
    """Each run in its language, so that spelling and hyphens follow it."""
    for each in root.iter(f"{_W}r"):
        look = each.find(f"{_W}rPr")
        if look is None:
            look = etree.Element(f"{_W}rPr")
            each.insert(0, look)
        etree.SubElement(look, f"{_W}lang").set(_VAL, tag)


def _plain(root: _Element) -> None:
    """Values are read back from the first language alone: in the second their text stays, without controls."""
    for name in ("sdtPr", "sdtEndPr", "bookmarkStart", "bookmarkEnd"):
        for each in list(root.iter(f"{_W}{name}")):
            each.getparent().remove(each)
    etree.strip_tags(root, f"{_W}sdt", f"{_W}sdtContent")


def _is_noted(text: _Element) -> bool:
    """Whether a text is that of a note, or its number."""
    run = text.getparent()
    look = run.find(f"{_W}rPr/{_W}rStyle")
    return run.getparent().tag == _NOTE or (look is not None and look.get(_VAL) == "FootnoteReference")


def _notes_once(first: _Element, second: _Element) -> None:
    """Each note once, in both languages; the second column names the number of the first."""
    notes = [list(root.iter(_NOTE)) for root in (first, second)]
    if len(notes[0]) != len(notes[1]):
        message = f"one language has {len(notes[0])} notes, the other {len(notes[1])}"
        raise Refused([Problem(None, message, "write [^ ...] at the same places in both; no file was written")])
    for number, (one, other) in enumerate(zip(*notes, strict=True), start=1):
        said, also = ("".join(each.text or "" for each in note.iter(f"{_W}t")) for note in (one, other))
        if also.strip() and not said.strip():
            raise Refused([Problem(None, f"the note {also.strip()!r} is empty in the other language", "fill both")])
        if not said.strip():
            continue
        if not _same(said, also):
            one.extend([_run(" / "), *other])
        run = one.getparent()
        run.addprevious(_mark("bookmarkStart", id=str(_FIRST_NOTE + number), name=f"_Note_{number}"))
        run.addnext(_mark("bookmarkEnd", id=str(_FIRST_NOTE + number)))
        _refers(other.getparent(), number)


def _refers(run: _Element, number: int) -> None:
    """The number of a note that stands in the first column, as a field that follows it."""
    parts = (
        _mark("fldChar", fldCharType="begin"),
        _mark("instrText", rf" NOTEREF _Note_{number} \h "),
        _mark("fldChar", fldCharType="separate"),
        _mark("t", str(number)),
        _mark("fldChar", fldCharType="end"),
    )
    for part in parts:
        each = etree.Element(f"{_W}r")
        each.append(deepcopy(run.find(f"{_W}rPr")))
        each.append(part)
        run.addprevious(each)
    run.getparent().remove(run)


def _run(text: str) -> _Element:
    run = etree.Element(f"{_W}r")
    run.append(_mark("t", text))
    return run


def _mark(tag: str, text: str = "", **attributes: str) -> _Element:
    found = etree.Element(f"{_W}{tag}", {f"{_W}{name}": value for name, value in attributes.items()})
    if text:
        found.text = text
        found.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return found


def _narrowed(paragraph: _Element) -> None:
    """A stop at the right edge of the page becomes one at the edge of the column."""
    for tab in paragraph.iter(f"{_W}tab"):
        if tab.get(f"{_W}pos"):
            tab.set(f"{_W}pos", str(_HALF - COLUMN_GAP))


def _let_go(paragraph: _Element) -> None:
    """A heading stands in one row with what follows, and need not hold the row after it."""
    look = paragraph.find(f"{_W}pPr")
    for each in look.findall(f"{_W}keepNext"):
        look.remove(each)
    alone = etree.Element(f"{_W}keepNext")
    alone.set(_VAL, "0")
    look.insert(1, alone)


def _counted_apart(paragraph: _Element) -> None:
    """The second column counts by itself, so that each number stands once a column."""
    look = paragraph.find(f"{_W}pPr")
    for number in look.iter(f"{_W}numId"):
        number.set(_VAL, str(int(number.get(_VAL)) + SECOND_LISTS))
    level = _NUMBERED.get(_style(paragraph))
    if level is not None:
        numbering = etree.Element(f"{_W}numPr")
        etree.SubElement(numbering, f"{_W}ilvl").set(_VAL, str(level))
        etree.SubElement(numbering, f"{_W}numId").set(_VAL, str(SECOND_SECTIONS))
        look.insert(sum(each.tag in _BEFORE_NUMBERS for each in look), numbering)


def _labelled(first: _Element, second: _Element) -> bool:
    """A line to write on gets both labels before it, so that nobody signs twice; False where it has no label."""
    labels = [
        next((each for each in side.iter(f"{_W}t") if (each.text or "").strip(" _")), None) for side in (first, second)
    ]
    if labels[0] is None or labels[1] is None:
        return False
    one, other = labels[0].text.rstrip(), labels[1].text
    labels[0].text = f"{one.removesuffix(':')} / {other}" if one.endswith(":") else f"{one} / {other}"
    return True


def _boxes(first: _Element, second: _Element) -> None:
    """A box across the page with a column for each language."""
    grid = first.find(f"{_W}tblGrid")
    whole = sum(int(each.get(f"{_W}w")) for each in grid)
    for each in list(grid):
        grid.remove(each)
    for width in (whole // 2, whole - whole // 2):
        etree.SubElement(grid, f"{_W}gridCol").set(f"{_W}w", str(width))
    for one, other in zip(first.findall(f"{_W}tr"), second.findall(f"{_W}tr"), strict=True):
        one.append(deepcopy(other.find(f"{_W}tc")))
        for cell, column in zip(one.findall(f"{_W}tc"), grid, strict=True):
            cell.find(f"{_W}tcPr/{_W}tcW").set(f"{_W}w", column.get(f"{_W}w"))
