"""A chart of a payment plan as Word itself draws it: bars and a line, with the figures in a sheet inside the file."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from types import MappingProxyType

from negotiation_kit.documents.container import zipped
from negotiation_kit.problems import Problem, Refused

BEGIN, CELL, ROW, END = "\x14", "\x15", "\x16", "\x17"
"""Round the figures of a chart until the file is made; no value can hold them."""

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WAITING = re.compile(f"\\s*{BEGIN}([^{END}]*){END}", re.DOTALL)
_FIGURE = re.compile(r"-?\d+(?:\.\d+)?")
_TAG = re.compile(r"<[^>]*>")
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FIRST_DRAWING = 200_001
"""Drawings are numbered from here, far from the numbers a letterhead may use."""
_EMU = 635
"""To a twentieth of a point."""
_HEIGHT, _TALL = 2300, 4200
_FEW_LABELS = 6
"""More of them stand aslant under the chart, which then needs the height."""
_STEPS = (1, 2, 5, 10, 20, 50)
"""Tenths of the power of ten below the largest figure."""
_MOST_LINES = 5
"""Lines across a chart at most, so that their figures never touch."""
_BEFORE_ROWS = 2
"""The caption and the heads come before the rows of a chart."""
_ONE_SCALE = 4
"""How many times the largest part the balance may be, before the line has a scale of its own."""
_LCID: Mapping[str, str] = MappingProxyType(
    {"hu-HU": "40E", "en-GB": "809", "en-US": "409", "de-DE": "407", "de-AT": "C07", "pl-PL": "415", "ro-RO": "418"}
)
"""How Office numbers a language, so that figures keep its separators wherever the file is opened."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Its name, what its columns are called, and a row for each part: a label, a bar, a point of the line."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The body with its drawings, and the parts of the file that hold the charts."""

    body: str
    parts: Mapping[str, bytes]
    types: Mapping[str, str]
    links: tuple[tuple[str, str], ...]
    """The own name and the target of each link from the body."""


def drawn(body: str, *, language_tag: str, width: int) -> Drawn:
    """The charts of a body, each in parts of its own."""
    parts: dict[str, bytes] = {}
    types: dict[str, str] = {}
    links: list[tuple[str, str]] = []

    def one(found: re.Match[str]) -> str:
        chart = chart_of(found[1])
        if not chart.rows:
            return ""
        number = len(links) + 1
        name, book = f"word/charts/kit-chart{number}.xml", f"kit-chart{number}.xlsx"
        parts[name] = (_DECLARATION + _chart_part(chart, _format(chart, language_tag), language_tag)).encode()
        parts[f"word/charts/_rels/kit-chart{number}.xml.rels"] = _link_to_book(book)
        parts[f"word/embeddings/{book}"] = _book(chart)
        types[name] = CHART_TYPE
        types[f"word/embeddings/{book}"] = SHEET_TYPE
        links.append((f"kit-chart{number}", name.removeprefix("word/")))
        return _drawing(chart, number, width)

    return Drawn(WAITING.sub(one, body) if BEGIN in body else body, parts, types, tuple(links))


def with_charts_as(shown: Callable[[Sequence[Sequence[str]]], str], body: str) -> str:
    """The body with each chart shown by its rows: its caption, its heads, and a row for each part."""

    def one(found: re.Match[str]) -> str:
        rows = [[_TAG.sub("", cell).strip() for cell in row.split(CELL)] for row in found[1].split(ROW)[:-1]]
        return shown(rows) if len(rows) > _BEFORE_ROWS else ""

    return WAITING.sub(one, body)


def chart_of(source: str) -> Chart:
    """What was written between the marks."""
    caption, heads, *rows = (_TAG.sub("", row).strip() for row in source.split(ROW))
    told = [tuple(cell.strip() for cell in row.split(CELL)) for row in (heads, *rows) if row]
    strange = [cell for row in told[1:] for cell in row[1:] if not _FIGURE.fullmatch(cell)]
    if strange:
        raise Refused([Problem(None, f"a chart has '{strange[0]}' where a figure belongs", "print it with | figure")])
    return Chart(caption, told[0], tuple(told[1:]))


def _format(chart: Chart, language_tag: str) -> str:
    """As many decimals as the figures have, with the separators of the language."""
    decimals = max(len(figure.partition(".")[2]) for row in chart.rows for figure in row[1:])
    language = f"[$-{_LCID[language_tag]}]" if language_tag in _LCID else ""
    return f"{language}#,##0{'.' * bool(decimals)}{'0' * decimals}"


def _drawing(chart: Chart, number: int, width: int) -> str:
    told = "; ".join(f"{label}: {bar}, {left}" for label, bar, left in chart.rows)
    described = f"{' / '.join(chart.heads)}: {told}"
    size = f'cx="{width * _EMU}" cy="{(_HEIGHT if len(chart.rows) <= _FEW_LABELS else _TALL) * _EMU}"'
    return (
        '<w:p><w:pPr><w:pStyle w:val="BodyText"/><w:keepLines/></w:pPr><w:r><w:drawing>'
        f'<wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:docPr id="{_FIRST_DRAWING - 1 + number}" name="{chart.caption or chart.heads[-1]}"'
        f' descr="{described}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/chart">'
        f'<c:chart xmlns:c="{_DRAWING}/chart" xmlns:r="{_OFFICE}" r:id="kit-chart{number}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def _chart_part(chart: Chart, pattern: str, language_tag: str) -> str:
    labels = _labels(chart)
    apart = has_two_scales(chart)
    line_axes = ("1003", "1004") if apart else ("1001", "1002")
    parts, balance = (max(Decimal(row[place]) for row in chart.rows) for place in (1, 2))
    bars_scale, line_scale = scale(parts if apart else max(parts, balance)), scale(balance)
    left, right = (_axis_title(head) if apart else "" for head in chart.heads[1:])
    bars, line = (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:strRef><c:f>Sheet1!${letter}$1</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{chart.heads[place + 1]}</c:v></c:pt></c:strCache>'
        f"</c:strRef></c:tx>{look}<c:cat>{labels}</c:cat>"
        f"<c:val>{_figures(chart, place + 1, letter, pattern)}</c:val>{after}</c:ser>"
        for place, (letter, look, after) in enumerate((("B", _BARS, ""), ("C", _LINE, '<c:smooth val="0"/>')))
    )
    return (
        f'<c:chartSpace xmlns:c="{_DRAWING}/chart" xmlns:a="{_DRAWING}/main" xmlns:r="{_OFFICE}">'
        f'<c:date1904 val="0"/><c:lang val="{language_tag}"/><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>{bars}'
        '<c:gapWidth val="60"/><c:axId val="1001"/><c:axId val="1002"/></c:barChart>'
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{line}<c:marker val="1"/>'
        f'<c:axId val="{line_axes[0]}"/><c:axId val="{line_axes[1]}"/></c:lineChart>'
        '<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{_edge("595959")}<c:crossAx val="1002"/>'
        '<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
        '<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{bars_scale[1]:f}"/><c:min val="0"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="l"/><c:majorGridlines>{_edge("D9D9D9")}</c:majorGridlines>{left}'
        f'<c:numFmt formatCode="{pattern}" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>'
        '<c:crossAx val="1001"/><c:crosses val="autoZero"/><c:crossBetween val="between"/>'
        f'<c:majorUnit val="{bars_scale[0]:f}"/></c:valAx>'
        f"{_second_scale(right, pattern, *line_scale) if apart else ''}"
        '</c:plotArea><c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/>'
        '<c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900"/></a:pPr><a:endParaRPr lang="en-GB"/></a:p>'
        '</c:txPr><c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def has_two_scales(chart: Chart) -> bool:
    """Whether the balance is so much larger than a part that the bars could not be seen beside it."""
    largest, balance = (max(Decimal(row[place]) for row in chart.rows) for place in (1, 2))
    return balance > _ONE_SCALE * largest


def scale(largest: Decimal) -> tuple[Decimal, Decimal]:
    """The step between two lines of an axis and its end: round figures, the largest value within."""
    tenth = Decimal(1).scaleb(max(largest, Decimal(1)).adjusted() - 1)
    step = next(tenth * each for each in _STEPS if tenth * each * _MOST_LINES >= largest)
    return step, step * max((largest / step).to_integral_value(ROUND_CEILING), Decimal(1))


def _axis_title(head: str) -> str:
    return (
        '<c:title><c:tx><c:rich><a:bodyPr rot="-5400000" vert="horz"/><a:lstStyle/><a:p><a:pPr>'
        '<a:defRPr sz="900" b="0"/></a:pPr><a:r><a:rPr sz="900" b="0"/>'
        f'<a:t>{head}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
    )


def _second_scale(title: str, pattern: str, step: Decimal, end: Decimal) -> str:
    """The scale of the line, at the right."""
    return (
        '<c:valAx><c:axId val="1004"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{end:f}"/><c:min val="0"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="r"/>{title}<c:numFmt formatCode="{pattern}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        '<c:spPr><a:ln><a:noFill/></a:ln></c:spPr><c:crossAx val="1003"/><c:crosses val="max"/>'
        f'<c:crossBetween val="between"/><c:majorUnit val="{step:f}"/></c:valAx>'
        '<c:catAx><c:axId val="1003"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="1"/>'
        '<c:axPos val="b"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        '<c:crossAx val="1004"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _edge(colour: str) -> str:
    return f'<c:spPr><a:ln w="6350">{_solid(colour)}</a:ln></c:spPr>'


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


_BARS = f'<c:spPr>{_solid("BFBFBF")}<a:ln w="9525">{_solid("1F2A37")}</a:ln></c:spPr><c:invertIfNegative val="0"/>'
_LINE = (
    f'<c:spPr><a:ln w="22225">{_solid("1F2A37")}</a:ln></c:spPr><c:marker><c:symbol val="circle"/><c:size val="6"/>'
    f'<c:spPr>{_solid("FFFFFF")}<a:ln w="15875">{_solid("1F2A37")}</a:ln></c:spPr></c:marker>'
)
"""Grey bars and a dark line with ringed points: told apart without any colour."""


def _labels(chart: Chart) -> str:
    told = "".join(f'<c:pt idx="{place}"><c:v>{row[0]}</c:v></c:pt>' for place, row in enumerate(chart.rows))
    last = len(chart.rows) + 1
    return (
        f'<c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache><c:ptCount val="{len(chart.rows)}"/>{told}'
        "</c:strCache></c:strRef>"
    )


def _figures(chart: Chart, place: int, letter: str, pattern: str) -> str:
    told = "".join(f'<c:pt idx="{at}"><c:v>{row[place]}</c:v></c:pt>' for at, row in enumerate(chart.rows))
    return (
        f"<c:numRef><c:f>Sheet1!${letter}$2:${letter}${len(chart.rows) + 1}</c:f><c:numCache>"
        f'<c:formatCode>{pattern}</c:formatCode><c:ptCount val="{len(chart.rows)}"/>{told}</c:numCache></c:numRef>'
    )


def _link_to_book(book: str) -> bytes:
    return (
        f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_OFFICE}/package" Target="../embeddings/{book}"/></Relationships>'
    ).encode()


def _book(chart: Chart) -> bytes:
    """The figures as the smallest workbook there is, so that a double click on the chart opens them."""
    rows = [_row(1, "".join(_text(letter, 1, head) for letter, head in zip("ABC", chart.heads, strict=True)))]
    for number, (label, *figures) in enumerate(chart.rows, start=2):
        cells = "".join(
            f'<c r="{letter}{number}"><v>{figure}</v></c>' for letter, figure in zip("BC", figures, strict=True)
        )
        rows.append(_row(number, _text("A", number, label) + cells))
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{main}.worksheet+xml"/></Types>',
        "_rels/.rels": _links(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _links(("worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}"><sheetData>{"".join(rows)}</sheetData></worksheet>',
    }
    return zipped({name: (_DECLARATION + text).encode() for name, text in texts.items()})


def _links(*targets: Sequence[str]) -> str:
    told = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _row(number: int, cells: str) -> str:
    return f'<row r="{number}">{cells}</row>'


def _text(letter: str, number: int, text: str) -> str:
    return f'<c r="{letter}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
