"""Blocks as WordprocessingML, in the named styles of the house file."""

import re
from collections.abc import Mapping

from negotiation_kit.documents import counters, inline, word_timeline
from negotiation_kit.documents.blocks import Container, Fact, Item, Items, Paragraph, Row, Table
from negotiation_kit.documents.inline import Blank, Text
from negotiation_kit.documents.references import bookmark_name
from negotiation_kit.documents.translate import Frame, Within, inside_chart, inside_timeline
from negotiation_kit.documents.word_chart import BEGIN, END, ROW
from negotiation_kit.documents.word_controls import CLOSED, opened
from negotiation_kit.documents.word_keep import (
    SIGNATURES,
    with_colons_at_what_follows,
    with_long_tables_parted,
    with_text_at_signatures,
)
from negotiation_kit.documents.word_text import fixed, paragraph, plotted, run, shown

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
    "ColumnText": "Column Text",
    "Signature": "Signature",
    "SignatureLine": "Signature Line",
    "FootnoteText": "footnote text",
    "FootnoteReference": "footnote reference",
    "Header": "header",
    "Footer": "footer",
    "KitTable": "Kit Table",
    "KitPlain": "Kit Plain",
    "KitNote": "Kit Note",
}
"""The styles a house file must have: how the kit calls each, and its name in Word in every language."""

TEXT_WIDTH = 9072
"""The width between the margins that tables are made for, in twentieths of a point: A4 less twice 25 mm."""

COLUMN_GAP = 400
"""Between columns side by side. It follows each of them, the last one too, where it hangs over the margin unseen."""
_CELL_MARGIN = 100
_NOTE_MARGIN = 200
_FACTS = (30, 70)
_WRITING_ROW = 482
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
_CELLS = {"right": "TableAmount"}
_STYLES_INSIDE = {"note": "Note", "signatures": "Signature", "small": "Small", "columns": "ColumnText"}
_BOXES = {"box": "\N{BALLOT BOX}", "ticked": "\N{BALLOT BOX WITH X}"}
_NUMBERED = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{{{{ {counters.NAME}.list() }}}}"/></w:numPr>'
_TOTAL_RULE = '<w:tcBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="auto"/></w:tcBorders>'
_ROW, _ROW_END, _CELL_END = "<w:tr><w:trPr><w:cantSplit/></w:trPr>", "</w:tr>", "</w:tc>"
_END = '<w:p><w:pPr><w:pStyle w:val="TableEnd"/></w:pPr></w:p>'
_NEW_PAGE = '<w:p><w:pPr><w:pStyle w:val="TableEnd"/><w:keepNext/><w:pageBreakBefore/></w:pPr></w:p>'
_KEPT_END = '<w:p><w:pPr><w:pStyle w:val="TableEnd"/><w:keepNext/></w:pPr></w:p>'


class WordWriter:
    """Writes what stands in the body of a Word file."""

    marks = False

    def paragraph(self, block: Paragraph, within: Within) -> str:
        style = _STYLES.get(block.kind) or _style_inside(within)
        if style == "Signature" and any(isinstance(piece, Blank) for piece in block.text):
            style = "SignatureLine"
        return _paragraph(style, block.text, within, keep=block.keep, around=_anchored(block))

    def item(self, item: Item, within: Within) -> str:
        box = _boxed(item)
        return _paragraph(
            _STYLES[item.kind],
            item.text,
            within,
            keep=item.keep,
            numbering=_NUMBERED if item.kind == "number" else "",
            around=(box + run("<w:tab/>") if box else "", ""),
        )

    def items(self, items: Items) -> Frame:
        return (f"{{{{ {counters.NAME}.begin_list() }}}}" if items.kind == "number" else ""), "", ""

    def table(self, table: Table, within: Within) -> Frame:
        heads = [inline.fixed(cell) or "" for cell in table.head.cells]
        if inside_chart(within):
            return f"{BEGIN}{fixed(table.caption)}{ROW}{plotted(table.head)}", "", END
        if inside_timeline(within):
            return f"{word_timeline.BEGIN}{fixed(table.caption)}{ROW}{plotted(table.head)}", "", word_timeline.END
        opening = _table("KitTable", _widths(table, within), table.caption, ", ".join(filter(None, heads)))
        return opening + self._row(table.head, table, within, head=True), "", _table_end(keep=table.keep)

    def row(self, row: Row, table: Table, within: Within) -> str:
        drawn = inside_chart(within) or inside_timeline(within)
        return plotted(row) if drawn else self._row(row, table, within)

    def _row(self, row: Row, table: Table, within: Within, *, head: bool = False) -> str:
        borders = _TOTAL_RULE if row.total else ""
        cells = []
        for text, column, width in zip(row.cells, table.columns, _widths(table, within), strict=True):
            style = "TableHead" if head else "TableTotal" if row.total else _CELLS.get(column.alignment, "TableText")
            alignment = "" if column.alignment == "left" or style == "TableAmount" else column.alignment
            room = width - 2 * _CELL_MARGIN
            content = _paragraph(style, text, within, keep=row.keep, alignment=alignment, width=room)
            cells.append(_cell(width, content, borders))
        tall = not head and any(container.name == "write" for container in within)
        return _table_row(*cells, head=head, height=_WRITING_ROW if tall else 0)

    def fact(self, fact: Fact, within: Within) -> str:
        *outside, _ = within
        label, value = _parts(_width(tuple(outside)) + COLUMN_GAP, _FACTS)
        return _table_row(
            _cell(label, _paragraph("FactsLabel", fact.label, within, keep=fact.keep, width=label - COLUMN_GAP)),
            _cell(value, _paragraph("FactsValue", fact.value, within, keep=fact.keep, width=value - COLUMN_GAP)),
        )

    def container(self, container: Container, within: Within) -> Frame:
        width, end = _width(within), _table_end(keep=container.keep)
        match container.name:
            case "facts":
                return _table("KitPlain", _parts(width + COLUMN_GAP, _FACTS)), "", end
            case "sheet":
                return _NEW_PAGE, "", ""
            case "note":
                return _table("KitNote", [width]) + _ROW + _cell_start(width), "", _CELL_END + _ROW_END + end
            case "columns" | "signatures":
                each = [(width + COLUMN_GAP) // _places(container)] * _places(container)
                between = _CELL_END + _cell_start(each[0])
                missing = between * (len(each) - len(container.columns))
                sign = SIGNATURES if container.name == "signatures" else ""
                opening = sign + _table("KitPlain", each) + _ROW + _cell_start(each[0])
                return opening, between, missing + _CELL_END + _ROW_END + end
        return "", "", ""

    def escaped(self, text: str) -> str:
        return shown(text)

    def finished(self, rendered: str) -> str:
        """The body; a table without rows is left out, since Word takes it for a damaged file."""
        body = _EMPTY_CELL.sub("</w:tcPr><w:p/></w:tc>", _EMPTY_TABLE.sub("", rendered))
        return with_text_at_signatures(with_colons_at_what_follows(with_long_tables_parted(body)))


class MarkedWordWriter(WordWriter):
    """The same, and each block says the line of the template it comes from."""

    marks = True


def _boxed(item: Item) -> str:
    """The box before an item; one whose tick means something can be ticked in Word."""
    if item.kind not in _BOXES:
        return ""
    box = run(f"<w:t>{_BOXES[item.kind]}</w:t>", '<w:rStyle w:val="Box"/>')
    tag = next((piece.tag for piece in item.text if isinstance(piece, inline.Chosen)), "")
    return opened(tag) + box + CLOSED if tag else box


def _places(container: Container) -> int:
    """Columns side by side; a lone signature takes half the page."""
    return max(len(container.columns), 2 if container.name == "signatures" else 1)


def _width(within: Within) -> int:
    """The room for text inside the containers."""
    width = TEXT_WIDTH
    for container in within:
        if container.name in {"columns", "signatures"}:
            width = (width + COLUMN_GAP) // _places(container) - COLUMN_GAP
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
    width: int = 0,
    numbering: str = "",
    alignment: str = "",
    around: tuple[str, str] = ("", ""),
) -> str:
    """A paragraph that obeys the containers around it."""
    names = {container.name for container in within}
    return paragraph(
        style,
        text,
        width=width or _width(within),
        keep=keep or "signatures" in names,
        small="small" in names and style != "Small",
        numbering=numbering,
        alignment=alignment,
        around=around,
    )


def _anchored(block: Paragraph) -> tuple[str, str]:
    """What stands before and after the words of a numbered heading: it is counted, and has a bookmark if named."""
    if block.kind not in {"section", "clause"}:
        return "", ""
    counted = f"{{{{ {counters.NAME}.counted('{block.kind}', '{block.anchor}') }}}}"
    if not block.anchor:
        return counted, ""
    own = f'w:id="{{{{ {counters.NAME}.anchored() }}}}"'
    start = f'{counted}<w:bookmarkStart {own} w:name="{bookmark_name(block.anchor)}"/>'
    return start, f"<w:bookmarkEnd {own}/>"


def _table(style: str, widths: list[int], caption: str = "", description: str = "") -> str:
    first_row = int(style == "KitTable")
    told = "".join(
        f'<w:{name} w:val="{fixed(text)}"/>'
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
