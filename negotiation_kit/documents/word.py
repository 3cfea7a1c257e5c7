"""Blocks as WordprocessingML, in the named styles of the house file."""

import re
from collections.abc import Mapping
from itertools import groupby

from negotiation_kit.documents import counters, inline
from negotiation_kit.documents.blocks import Container, Fact, Item, Items, Paragraph, Row, Table
from negotiation_kit.documents.inline import Blank, Field, Piece, Tag, Text, Value, Words
from negotiation_kit.documents.translate import Frame, Within, left_alone, marked_up

STYLES: Mapping[str, str] = {
    "BodyText": "Body Text",
    "Title": "Title",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "SectionHeading": "Section Heading",
    "Clause": "Clause",
    "ListBullet": "List Bullet",
    "ListNumber": "List Number",
    "Checkbox": "Checkbox",
    "Box": "Box",
    "TableText": "Table Text",
    "TableHead": "Table Head",
    "TableAmount": "Table Amount",
    "TableTotal": "Table Total",
    "TableEnd": "Table End",
    "FactsLabel": "Facts Label",
    "FactsValue": "Facts Value",
    "Note": "Note",
    "Small": "Small",
    "SmallText": "Small Text",
    "Signature": "Signature",
    "SignatureLine": "Signature Line",
    "Header": "header",
    "Footer": "footer",
    "KitTable": "Kit Table",
    "KitPlain": "Kit Plain",
    "KitNote": "Kit Note",
}
"""The styles a house file must have: how the kit calls each, and its name in Word in every language."""

TEXT_WIDTH = 9072
"""The width between the margins that tables are made for, in twentieths of a point: A4 less twice 25 mm."""

_GAP = 400
_CELL_MARGIN = 100
_NOTE_MARGIN = 200
_FACTS = (30, 70)
_WRITING_ROW = 567
_WRITING_LINE = 480
_EMPTY_TABLE = re.compile(r"<w:tbl>[^\n]*</w:tblGrid>\s*</w:tbl>")
_EMPTY_CELL = re.compile(r"</w:tcPr>\s*</w:tc>")
_STYLES = {
    "title": "Title",
    "heading": "Heading1",
    "subheading": "Heading2",
    "section": "SectionHeading",
    "clause": "Clause",
    "bullet": "ListBullet",
    "number": "ListNumber",
    "box": "Checkbox",
    "ticked": "Checkbox",
}
_STYLES_INSIDE = {"note": "Note", "signatures": "Signature", "small": "Small"}
_BOXES = {"box": "\N{BALLOT BOX}", "ticked": "\N{BALLOT BOX WITH X}"}
_NUMBERED = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{{{{ {counters.NAME}.list() }}}}"/></w:numPr>'
_END = '<w:p><w:pPr><w:pStyle w:val="TableEnd"/></w:pPr></w:p>'
_KEPT_END = '<w:p><w:pPr><w:pStyle w:val="TableEnd"/><w:keepNext/></w:pPr></w:p>'
_FIELDS = {"page": "PAGE", "pages": "NUMPAGES"}


class WordWriter:
    """Writes what stands in the body of a Word file."""

    def paragraph(self, block: Paragraph, within: Within) -> str:
        style = _STYLES.get(block.kind) or _style_inside(within)
        if style == "Signature" and any(isinstance(piece, Blank) for piece in block.text):
            style = "SignatureLine"
        return _paragraph(style, block.text, within, keep=block.keep)

    def item(self, item: Item, within: Within) -> str:
        box = _BOXES.get(item.kind, "")
        return _paragraph(
            _STYLES[item.kind],
            item.text,
            within,
            keep=item.keep,
            numbering=_NUMBERED if item.kind == "number" else "",
            before=_run(f"<w:t>{box}</w:t>", '<w:rStyle w:val="Box"/>') + _run("<w:tab/>") if box else "",
        )

    def items(self, items: Items) -> Frame:
        return (f"{{{{ {counters.NAME}.begin_list() }}}}" if items.kind == "number" else ""), "", ""

    def table(self, table: Table, within: Within) -> Frame:
        heads = [inline.fixed(cell) or "" for cell in table.head.cells]
        opening = _table("KitTable", _widths(table, within), table.caption, ", ".join(filter(None, heads)))
        return opening + self._row(table.head, table, within, head=True), "", _table_end(keep=table.keep)

    def row(self, row: Row, table: Table, within: Within) -> str:
        return self._row(row, table, within)

    def _row(self, row: Row, table: Table, within: Within, *, head: bool = False) -> str:
        borders = (
            '<w:tcBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="auto"/></w:tcBorders>'
            if row.total
            else ""
        )
        cells = []
        for text, column, width in zip(row.cells, table.columns, _widths(table, within), strict=True):
            amount = column.alignment == "right"
            style = "TableHead" if head else "TableTotal" if row.total else "TableAmount" if amount else "TableText"
            alignment = "" if column.alignment == "left" or style == "TableAmount" else column.alignment
            paragraph = _paragraph(
                style, text, within, keep=row.keep, alignment=alignment, width=width - 2 * _CELL_MARGIN
            )
            cells.append(_cell(width, paragraph, borders))
        tall = not head and any(container.name == "write" for container in within)
        return _table_row(*cells, head=head, height=_WRITING_ROW if tall else 0)

    def fact(self, fact: Fact, within: Within) -> str:
        *outside, _ = within
        label, value = _parts(_width(tuple(outside)), _FACTS)
        return _table_row(
            _cell(label, _paragraph("FactsLabel", fact.label, within, keep=fact.keep, width=label - _GAP)),
            _cell(value, _paragraph("FactsValue", fact.value, within, keep=fact.keep, width=value)),
        )

    def container(self, container: Container, within: Within) -> Frame:
        width = _width(within)
        match container.name:
            case "facts":
                return _table("KitPlain", _parts(width, _FACTS)), "", _table_end()
            case "note":
                return _table("KitNote", [width]) + _ROW + _cell_start(width), "", _CELL_END + _ROW_END + _table_end()
            case "columns" | "signatures":
                each = _parts(width, [1] * _places(container))
                between = _CELL_END + _cell_start(each[0])
                missing = between * (len(each) - len(container.columns))
                opening = _table("KitPlain", each) + _ROW + _cell_start(each[0])
                return opening, between, missing + _CELL_END + _ROW_END + _table_end()
        return "", "", ""

    def escaped(self, text: str) -> str:
        return marked_up(text).replace("\n", _apart("<w:br/>")).replace("\t", _apart("<w:tab/>"))

    def finished(self, rendered: str) -> str:
        """The body; a table without rows is left out, since Word takes it for a damaged file."""
        return _EMPTY_CELL.sub("</w:tcPr><w:p/></w:tc>", _EMPTY_TABLE.sub("", rendered))


_ROW = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
_ROW_END = "</w:tr>"
_CELL_END = "</w:tc>"


def _apart(mark: str) -> str:
    return f'</w:t>{mark}<w:t xml:space="preserve">'


def _escaped(text: str) -> str:
    return left_alone(WordWriter().escaped(text))


def _places(container: Container) -> int:
    """Columns side by side; a lone signature takes half the page."""
    return max(len(container.columns), 2 if container.name == "signatures" else 1)


def _width(within: Within) -> int:
    """The room for text inside the containers."""
    width = TEXT_WIDTH
    for container in within:
        if container.name in {"columns", "signatures"}:
            width = width // _places(container) - _GAP
        elif container.name == "note":
            width -= 2 * _NOTE_MARGIN
    return width


def _widths(table: Table, within: Within) -> list[int]:
    return _parts(_width(within), [column.weight for column in table.columns])


def _parts(whole: int, weights: list[int] | tuple[int, ...]) -> list[int]:
    """The whole shared out by weight, without losing a twentieth of a point."""
    ends = [whole * sum(weights[: place + 1]) // sum(weights) for place in range(len(weights))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _style_inside(within: Within) -> str:
    inside = (_STYLES_INSIDE.get(container.name) for container in reversed(within))
    return next(filter(None, inside), "BodyText")


def _paragraph(
    style: str,
    text: Text,
    within: Within,
    *,
    keep: bool = False,
    numbering: str = "",
    alignment: str = "",
    width: int = 0,
    before: str = "",
) -> str:
    keep = keep or any(container.name == "signatures" for container in within)
    small = style != "Small" and any(container.name == "small" for container in within)
    by_hand = any(isinstance(piece, Blank) for piece in text) and style != "SignatureLine"
    properties = (
        f'<w:pStyle w:val="{style}"/>'
        + ("<w:keepNext/><w:keepLines/>" if keep else "")
        + numbering
        + _tabs(text, width or _width(within))
        + (f'<w:spacing w:line="{_WRITING_LINE}" w:lineRule="atLeast"/>' if by_hand else "")
        + (f'<w:jc w:val="{alignment}"/>' if alignment else "")
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{before}{_runs(text, small=small)}</w:p>"


def _tabs(text: Text, width: int) -> str:
    """A stop at the right edge, for a line to write on or for words that go to the margin."""
    if any(isinstance(piece, Blank) and piece.to_the_edge for piece in text):
        return f'<w:tabs><w:tab w:val="right" w:leader="underscore" w:pos="{width}"/></w:tabs>'
    if Field("right") in text:
        return f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
    return ""


def _runs(text: Text, *, small: bool) -> str:
    style = '<w:rStyle w:val="SmallText"/>' if small else ""
    return "".join(
        _words(list(pieces), style) if look else "".join(_mark(piece, style) for piece in pieces)
        for look, pieces in groupby(text, _look)
    )


def _look(piece: Piece) -> tuple[bool, bool] | None:
    """What parts words into runs: bold and italic."""
    return (piece.bold, piece.italic) if isinstance(piece, Words | Value) else None


def _words(pieces: list[Piece], style: str) -> str:
    first = pieces[0]
    assert isinstance(first, Words | Value), "only words and values have a look"
    look = "<w:b/><w:bCs/>" * first.bold + "<w:i/><w:iCs/>" * first.italic
    shown = "".join(
        _escaped(piece.text) if isinstance(piece, Words) else piece.text
        for piece in pieces
        if isinstance(piece, Words | Value)
    )
    return _run(f'<w:t xml:space="preserve">{shown}</w:t>', style + look)


def _mark(piece: Piece, style: str) -> str:
    match piece:
        case Tag():
            return piece.text
        case Blank(to_the_edge=False):
            shown = "\N{NO-BREAK SPACE}" * (2 * piece.length)
            return _run(f"<w:t>{shown}</w:t>", style + '<w:u w:val="single"/>')
        case Field(name="page" | "pages"):
            return _field(_FIELDS[piece.name], style)
    return _run("<w:tab/>", style)


def _field(name: str, style: str) -> str:
    parts = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {name} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(_run(part, style) for part in parts)


def _run(content: str, properties: str = "") -> str:
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{look}{content}</w:r>"


def _table(style: str, widths: list[int], caption: str = "", description: str = "") -> str:
    first_row = int(style == "KitTable")
    told = "".join(
        f'<w:{name} w:val="{_escaped(text)}"/>'
        for name, text in (("tblCaption", caption), ("tblDescription", description))
        if text
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{0x0600 + 0x20 * first_row:04X}"'
        f' w:firstRow="{first_row}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1"'
        f' w:noVBand="1"/>{told}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def _table_end(*, keep: bool = False) -> str:
    """The end of a table, and the thin paragraph that parts it from another and from the end of the page."""
    return "</w:tbl>" + (_KEPT_END if keep else _END)


def _table_row(*cells: str, head: bool = False, height: int = 0) -> str:
    properties = (
        "<w:cantSplit/>"
        + (f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else "")
        + ("<w:tblHeader/>" if head else "")
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(width: int, content: str, borders: str = "") -> str:
    return f"{_cell_start(width, borders)}{content}{_CELL_END}"


def _cell_start(width: int, borders: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{borders}</w:tcPr>'
