"""Blocks as HTML, and a whole page around them that prints like the Word paper."""

# ruff: noqa: ARG002 - every writer is told the containers around a block; here the style sheet knows them

from itertools import groupby

from negotiation_kit.documents import counters, footnotes, inline, word_chart, word_timeline
from negotiation_kit.documents.blocks import Container, Fact, Item, Items, Paragraph, Row, Table
from negotiation_kit.documents.inline import Anchored, Blank, Field, Note, Piece, Reference, Tag, Text, Value, Words
from negotiation_kit.documents.references import waiting
from negotiation_kit.documents.translate import Frame, Within, inside_chart, inside_timeline, left_alone, marked_up
from negotiation_kit.documents.word_text import plotted

_TAGS = {"title": "h1", "heading": "h2", "subheading": "h3", "section": "h2", "clause": "p", "text": "p"}
_NUMBERED = {"section": ".", "clause": ""}
_BOXES = {"box": "\N{BALLOT BOX}", "ticked": "\N{BALLOT BOX WITH X}"}
_LISTS = {"bullet": ("<ul>", "</ul>"), "number": ("<ol>", "</ol>"), "box": ('<ul class="boxes">', "</ul>")}
_STYLE = """
@page { size: A4; margin: 25mm 25mm 20mm }
body { max-width: 160mm; margin: 12mm auto; padding: 0 5mm; color: #000;
  font: 11pt/1.4 Calibri, Carlito, "Segoe UI", "Helvetica Neue", Arial, sans-serif }
h1, h2, h3, p, li, th, td { white-space: pre-wrap; overflow-wrap: anywhere }
h1 { font-size: 19pt; line-height: 1.2; margin: 0 0 14pt; padding-bottom: 7pt; border-bottom: 1pt solid #222 }
h2 { font-size: 12.5pt; margin: 18pt 0 5pt } h3 { font-size: 11pt; margin: 12pt 0 4pt }
h1, h2, h3 { break-after: avoid; color: #1f2a37 }
p { margin: 0 0 7pt; orphans: 2; widows: 2 }
.section, .clause, .boxes li { position: relative; padding-left: 10mm }
.section .number, .clause .number, .box { position: absolute; left: 0 }
ul, ol { margin: 0 0 7pt; padding-left: 6.5mm } li { margin: 0 0 3pt }
ul.boxes { list-style: none; padding: 0 } .boxes li { padding-left: 7.5mm }
table { width: 100%; border-collapse: collapse; table-layout: fixed; margin: 4pt 0 12pt }
thead { display: table-header-group } tr { break-inside: avoid }
th, td { text-align: left; vertical-align: top; padding: 2.5pt 5pt; border-bottom: .5pt solid #bbb }
thead th { border-bottom: 1pt solid #222; background: #f1f2f4; vertical-align: bottom }
.right { text-align: right; font-variant-numeric: tabular-nums lining-nums } .center { text-align: center }
.total td { font-weight: bold; border-top: 1pt solid #222; border-bottom: 1pt solid #222 }
.facts th, .facts td { border: 0; padding: 1.5pt 8mm 1.5pt 0 }
.facts th { width: 30%; font-weight: normal; color: #555 } .facts td { padding-right: 0 }
.write td { height: 10mm }
figure { margin: 8pt 0 12pt; break-inside: avoid } figure svg { width: 100%; height: auto }
.note { background: #f4f5f6; border-left: 2.5pt solid #666; padding: 6pt 9pt .1pt; margin: 0 0 12pt }
.note, .together, .signatures { break-inside: avoid } .signatures { break-before: avoid }
.sheet { break-before: page; border-top: .5pt dashed #999; padding-top: 4mm; margin-top: 10mm }
.small { color: #555 }
.columns, .signatures { display: flex; gap: 10mm; margin: 8pt 0 12pt }
.columns > div, .signatures > div { flex: 1 } .signatures > div:only-child { max-width: 75mm }
.blank { display: inline-block; border-bottom: .6pt solid #000; height: 8mm } .edge { min-width: 45mm }
.signatures .edge { display: block; min-width: 0; height: 14mm }
sup { line-height: 0 } sup a, .notes a { color: inherit; text-decoration: none }
.notes { margin-top: 10mm; padding-top: 4pt; border-top: .5pt solid #222; font-size: 10pt }
.notes li { margin: 0 0 2pt }
footer { break-before: avoid; break-inside: avoid }
footer { margin-top: 14mm; padding-top: 4pt; border-top: .5pt solid #bbb; font-size: 9pt; color: #555 }
"""


class HtmlWriter:
    """Writes what stands in the body of a page."""

    def paragraph(self, block: Paragraph, within: Within) -> str:
        inside = _inside(inline.without_pages(block.text))
        if not inside:
            return ""
        tag, after = _TAGS[block.kind], _NUMBERED.get(block.kind)
        if after is None:
            return f"<{tag}>{inside}</{tag}>"
        number = f"{counters.counting(block.kind, block.anchor)}{after}"
        return f'<{tag} class="{block.kind}"><span class="number">{number}</span> {inside}</{tag}>'

    def item(self, item: Item, within: Within) -> str:
        box = _BOXES.get(item.kind)
        told = f'<span class="box">{box}</span> ' if box else ""
        return f"<li>{told}{_inside(item.text)}</li>"

    def items(self, items: Items) -> Frame:
        opening, closing = _LISTS[items.kind]
        return opening, "", closing

    def table(self, table: Table, within: Within) -> Frame:
        if drawing := _drawing(within):
            begin, end = drawing
            return f"{begin}{left_alone(marked_up(table.caption))}{word_chart.ROW}{plotted(table.head)}", "", end
        whole = sum(column.weight for column in table.columns)
        widths = "".join(f'<col style="width:{100 * column.weight // whole}%">' for column in table.columns)
        head = _row(table.head, table, 'th scope="col"')
        return f"<table><colgroup>{widths}</colgroup><thead>{head}</thead><tbody>", "", "</tbody></table>"

    def row(self, row: Row, table: Table, within: Within) -> str:
        if _drawing(within):
            return plotted(row)
        return _row(row, table, "td")

    def fact(self, fact: Fact, within: Within) -> str:
        return f'<tr><th scope="row">{_inside(fact.label)}</th><td>{_inside(fact.value)}</td></tr>'

    def container(self, container: Container, within: Within) -> Frame:
        if container.name in {"chart", "timeline"}:
            return "", "", ""
        if container.name == "facts":
            return '<table class="facts"><tbody>', "", "</tbody></table>"
        if container.name in {"columns", "signatures"}:
            return f'<div class="{container.name}"><div>', "</div><div>", "</div></div>"
        return f'<div class="{container.name}">', "", "</div>"

    def escaped(self, text: str) -> str:
        return marked_up(text).replace("\n", "<br>")

    def finished(self, rendered: str) -> str:
        return footnotes.at_the_end(rendered, footnotes.endnote_sign, footnotes.endnotes)


def page(body: str, *, title: str, language_tag: str, footer: str = "", style: str = "") -> str:
    """A page that needs nothing but itself, looks calm on screen and prints on A4; a style of its own goes last."""
    foot = f"<footer>{footer}</footer>\n" if footer else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{marked_up(language_tag)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{marked_up(title)}</title>\n<style>{_STYLE}{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n{foot}</body>\n</html>\n"
    )


def _drawing(within: Within) -> tuple[str, str] | None:
    """What stands before and after the figures of a drawing; nothing round a table that is printed."""
    if inside_chart(within):
        return word_chart.BEGIN, word_chart.END
    return (word_timeline.BEGIN, word_timeline.END) if inside_timeline(within) else None


def _row(row: Row, table: Table, tag: str) -> str:
    cells = []
    for text, column in zip(row.cells, table.columns, strict=True):
        name = "" if column.alignment == "left" else f' class="{column.alignment}"'
        cells.append(f"<{tag}{name}>{_inside(text)}</{tag[:2]}>")
    name = ' class="total"' if row.total else ""
    return f"<tr{name}>{''.join(cells)}</tr>"


def _inside(text: Text) -> str:
    return "".join(_looking(look, list(pieces)) for look, pieces in groupby(text, _look))


def _look(piece: Piece) -> tuple[bool, bool]:
    return (piece.bold, piece.italic) if isinstance(piece, Words | Value) else (False, False)


def _looking(look: tuple[bool, bool], pieces: list[Piece]) -> str:
    bold, italic = look
    shown = "".join(_piece(piece) for piece in pieces)
    shown = f"<em>{shown}</em>" if italic else shown
    return f"<strong>{shown}</strong>" if bold else shown


def _piece(piece: Piece) -> str:
    match piece:
        case Words():
            return left_alone(HtmlWriter().escaped(piece.text))
        case Value() | Tag():
            return piece.text
        case Reference() | Note() | Anchored():
            return _later(piece)
        case Blank():
            look = ' edge"' if piece.to_the_edge else f'" style="width:{piece.length}ch"'
            return f'<span class="blank{look}></span>'
        case Field(name="right"):
            return " \N{MIDDLE DOT} "
    return ""


def _later(piece: Reference | Note | Anchored) -> str:
    """What is known, or kept for, when the whole paper is written: a number, words referred to, what a note says."""
    if isinstance(piece, Anchored):
        return counters.naming(piece.anchor, piece.text)
    if isinstance(piece, Reference):
        return waiting(piece)
    return footnotes.BEGIN if piece.begins else footnotes.END
