"""A timeline as Word itself draws it: a group of lines, signs and words that scale and print as one."""

import re
from collections.abc import Iterator
from itertools import count

from negotiation_kit.documents.timeline import SIGN, SIZE, WIDTH, Drawing, Label, Sign, Stroke, timeline
from negotiation_kit.documents.word_chart import CELL, ROW

BEGIN, END = "\x12", "\x13"
"""Round the days of a timeline until the whole is written; no value can hold them."""
WAITING = re.compile(f"\\s*{BEGIN}([^{END}]*){END}", re.DOTALL)
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_WORD = "http://schemas.microsoft.com/office/word/2010"
_COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_FIRST_DRAWING = 210_001
"""Drawings of timelines are numbered from here, far from those of charts; each of their shapes too."""
_SHAPES = 1000
_EMU = 635
_INK = '<a:solidFill><a:srgbClr val="1F2A37"/></a:solidFill>'
_EIGHTH = 1588
"""An eighth of a point."""


def read(source: str) -> tuple[str, Drawing | None]:
    """The caption and the drawing of what was written between the marks."""
    caption, heads, *rows = source.split(ROW)
    return caption.strip(), timeline(
        [head.strip() for head in heads.split(CELL)], [row.split(CELL) for row in rows if row.strip()]
    )


def with_timelines(body: str, *, width: int) -> str:
    """The body with each timeline drawn in its place."""
    numbers = count(_FIRST_DRAWING, _SHAPES)

    def one(found: re.Match[str]) -> str:
        caption, drawing = read(found[1])
        return _drawn(caption, drawing, next(numbers), width) if drawing else ""

    return WAITING.sub(one, body) if BEGIN in body else body


def _drawn(caption: str, drawing: Drawing, number: int, width: int) -> str:
    shapes = "".join(_shapes(drawing, count(number + 1)))
    size = f'cx="{width * _EMU}" cy="{drawing.height * width // WIDTH * _EMU}"'
    inside = f'cx="{WIDTH * _EMU}" cy="{drawing.height * _EMU}"'
    return (
        '<w:p><w:pPr><w:pStyle w:val="BodyText"/><w:keepLines/></w:pPr><w:r>'
        f'<mc:AlternateContent xmlns:mc="{_COMPATIBLE}"><mc:Choice xmlns:wpg="{_WORD}/wordprocessingGroup"'
        f' xmlns:wps="{_WORD}/wordprocessingShape" Requires="wpg"><w:drawing>'
        f'<wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:docPr id="{number}" name="{caption or drawing.labels[0].day}" descr="{drawing.told}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_DRAWING}/main">'
        f'<a:graphicData uri="{_WORD}/wordprocessingGroup"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext {size}/><a:chOff x="0" y="0"/><a:chExt {inside}/></a:xfrm></wpg:grpSpPr>'
        f"{shapes}</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice></mc:AlternateContent>"
        "</w:r></w:p>"
    )


def _shapes(drawing: Drawing, numbers: Iterator[int]) -> Iterator[str]:
    for stroke in drawing.strokes:
        yield _stroke(stroke, next(numbers))
    for sign in drawing.signs:
        yield _sign(sign, next(numbers))
    for label in drawing.labels:
        yield _label(label, next(numbers))


def _shape(number: int, kind: str, place: str, look: str, *, text: str = "") -> str:
    kept = '<wps:cNvSpPr txBox="1"/>' if text else "<wps:cNvSpPr/>"
    return (
        f'<wps:wsp><wps:cNvPr id="{number}" name="{number}"/>{kept}<wps:spPr><a:xfrm>{place}</a:xfrm>'
        f'<a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom>{look}</wps:spPr>{text or "<wps:bodyPr/>"}</wps:wsp>'
    )


def _place(left: int, top: int, width: int, height: int) -> str:
    return f'<a:off x="{left * _EMU}" y="{top * _EMU}"/><a:ext cx="{width * _EMU}" cy="{height * _EMU}"/>'


def _stroke(stroke: Stroke, number: int) -> str:
    place = _place(stroke.left, stroke.top, stroke.right - stroke.left, stroke.bottom - stroke.top)
    dash = '<a:prstDash val="dash"/>' if stroke.dashed else ""
    return _shape(number, "line", place, f'<a:ln w="{stroke.weight * _EIGHTH}">{_INK}{dash}</a:ln>')


def _sign(sign: Sign, number: int) -> str:
    fill = _INK if sign.square else '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
    look = f'{fill}<a:ln w="{12 * _EIGHTH}">{_INK}</a:ln>'
    return _shape(number, "rect" if sign.square else "ellipse", _place(sign.left, sign.top, SIGN, SIGN), look)


def _label(label: Label, number: int) -> str:
    paragraphs = "".join(_line(line, label.day if not place else "") for place, line in enumerate(label.lines))
    text = (
        f"<wps:txbx><w:txbxContent>{paragraphs}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></wps:bodyPr>'
    )
    place = _place(label.left, label.top, label.width, label.height)
    return _shape(number, "rect", place, "<a:noFill/><a:ln><a:noFill/></a:ln>", text=text)


def _line(line: str, day: str) -> str:
    """A line of its own, so that every program parts the words alike."""
    bold = day if line.startswith(day) else ""
    runs = "".join(
        f'<w:r><w:rPr>{look}<w:sz w:val="{SIZE // 10}"/><w:szCs w:val="{SIZE // 10}"/></w:rPr>'
        f'<w:t xml:space="preserve">{text}</w:t></w:r>'
        for text, look in ((bold, "<w:b/><w:bCs/>"), (line.removeprefix(bold), ""))
        if text
    )
    exact = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="TableText"/>{exact}</w:pPr>{runs}</w:p>'
