"""Writes templates/house.docx from scratch: the page, the styles and the numbering of every Word paper.

Run it after changing something here. A company changes its own copy in Word instead.
"""

from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from negotiation_kit.documents.container import zipped
from negotiation_kit.documents.footnotes import EMPTY
from negotiation_kit.documents.word import TEXT_WIDTH

TARGET = Path(__file__).parent.parent / "templates" / "house.docx"

INK = "1F2A37"
GREY = "595959"
HAIRLINE = "BFBFBF"
SHADE = "F1F2F4"
FONT = "Calibri"

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}"'
NEWER = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"'
)
RELATED = {
    "styles": "styles.xml",
    "numbering": "numbering.xml",
    "settings": "settings.xml",
    "fontTable": "fontTable.xml",
    "theme": "theme/theme1.xml",
    "header": "header1.xml",
    "footnotes": "footnotes.xml",
}
CONTENT_TYPES = {
    "word/document.xml": f"{WORD}.document.main+xml",
    "word/styles.xml": f"{WORD}.styles+xml",
    "word/numbering.xml": f"{WORD}.numbering+xml",
    "word/settings.xml": f"{WORD}.settings+xml",
    "word/fontTable.xml": f"{WORD}.fontTable+xml",
    "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    "word/header1.xml": f"{WORD}.header+xml",
    "word/footnotes.xml": f"{WORD}.footnotes+xml",
}


def main() -> None:
    TARGET.write_bytes(zipped(parts()))
    print(f"wrote {TARGET.name}")


def parts() -> dict[str, bytes]:
    """The parts of the file in their order."""
    texts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": document(),
        "word/_rels/document.xml.rels": relations(RELATED),
        "word/styles.xml": styles(),
        "word/numbering.xml": numbering(),
        "word/settings.xml": settings(),
        "word/fontTable.xml": font_table(),
        "word/theme/theme1.xml": theme(),
        "word/footnotes.xml": EMPTY,
        "word/header1.xml": f"<w:hdr {NAMESPACES}>{paragraph('Header', '')}</w:hdr>",
    }
    return {name: (DECLARATION + text).encode() for name, text in texts.items()}


def content_types() -> str:
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in CONTENT_TYPES.items())
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def relations(targets: dict[str, str]) -> str:
    found = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{found}</Relationships>'


def document() -> str:
    """One paragraph in each style, so that whoever edits the look sees it; the kit leaves it out."""
    shown = "".join(paragraph(style.own, style.name) for style in TEXTS)
    header = f"rId{[*RELATED].index('header') + 1}"
    return (
        f"<w:document {NAMESPACES}><w:body>{shown}<w:sectPr>"
        f'<w:headerReference w:type="first" r:id="{header}"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1474" w:right="1417" w:bottom="1361" w:left="1417" w:header="709" w:footer="624"'
        ' w:gutter="0"/><w:cols w:space="708"/><w:titlePg/></w:sectPr></w:body></w:document>'
    )


def paragraph(style: str, text: str) -> str:
    run = f"<w:r><w:t>{escape(text)}</w:t></w:r>" if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


# Styles


@dataclass(frozen=True)
class Style:
    own: str
    name: str
    base: str = ""
    paragraph: str = ""
    run: str = ""
    kind: str = "paragraph"
    built_in: bool = False

    def __str__(self) -> str:
        default = ' w:default="1"' if self.built_in and not self.base else ""
        custom = "" if self.built_in else ' w:customStyle="1"'
        return (
            f'<w:style w:type="{self.kind}"{default}{custom} w:styleId="{self.own}"><w:name w:val="{self.name}"/>'
            + (f'<w:basedOn w:val="{self.base}"/>' if self.base else "")
            + ("<w:qFormat/>" if self.kind == "paragraph" else "")
            + (f"<w:pPr>{self.paragraph}</w:pPr>" if self.paragraph else "")
            + (f"<w:rPr>{self.run}</w:rPr>" if self.run else "")
            + "</w:style>"
        )


def spacing(before: float = 0, after: float = 0, line: float = 1.08) -> str:
    """Space above and below in points, and the line as a multiple of the font's own."""
    return (
        f'<w:spacing w:before="{before * 20:.0f}" w:after="{after * 20:.0f}" w:line="{line * 240:.0f}"'
        ' w:lineRule="auto"/>'
    )


def hanging(width: int) -> str:
    return f'<w:ind w:left="{width}" w:hanging="{width}"/>'


def size(points: float) -> str:
    return f'<w:sz w:val="{points * 2:.0f}"/><w:szCs w:val="{points * 2:.0f}"/>'


def colour(value: str) -> str:
    return f'<w:color w:val="{value}"/>'


def numbered(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def rule(side: str, eighths: int, value: str, space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{value}"/>'


BOLD, ITALIC = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>"
TABULAR = '<w14:numForm w14:val="lining"/><w14:numSpacing w14:val="tabular"/>'
"""Figures of one width, so that amounts stand one below the other whatever font the company takes."""
TO_THE_RIGHT = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
HEAD = "<w:keepNext/><w:keepLines/>"
TITLE_RULE = f"<w:pBdr>{rule('bottom', 8, INK, 7)}</w:pBdr>"
FOOT_RULE = f"<w:pBdr>{rule('top', 4, HAIRLINE, 6)}</w:pBdr>"
SYMBOLS = " ".join(f'w:{script}="Segoe UI Symbol"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))


def built_in(own: str, name: str, base: str = "", paragraph: str = "", run: str = "") -> Style:
    """A style every office program knows by its name, whatever language it speaks."""
    return Style(own, name, base, paragraph, run, built_in=True)


def outline(level: int) -> str:
    return f'<w:outlineLvl w:val="{level}"/>'


TEXTS = (
    built_in("Normal", "Normal"),
    built_in("BodyText", "Body Text", "Normal", spacing(after=5)),
    built_in(
        "Title",
        "Title",
        "Normal",
        HEAD + TITLE_RULE + spacing(after=14, line=1.05),
        BOLD + colour(INK) + size(19),
    ),
    built_in(
        "Heading1",
        "heading 1",
        "Normal",
        HEAD + spacing(11, 3, 1.05) + outline(0),
        BOLD + colour(INK) + size(13),
    ),
    built_in(
        "Heading2",
        "heading 2",
        "Normal",
        HEAD + spacing(12, 4, 1.05) + outline(1),
        BOLD + colour(INK) + size(11),
    ),
    built_in(
        "Heading3",
        "heading 3",
        "Normal",
        HEAD + spacing(10, 3, 1.05) + outline(2),
        ITALIC + colour(INK) + size(11),
    ),
    Style("SectionHeading", "Section Heading", "Heading1", numbered(1) + spacing(12, 3, 1.05) + hanging(567)),
    Style("Clause", "Clause", "BodyText", numbered(1, 1) + hanging(567)),
    built_in("ListBullet", "List Bullet", "BodyText", numbered(2) + spacing(after=3) + hanging(425)),
    built_in("ListNumber", "List Number", "BodyText", numbered(3) + spacing(after=3) + hanging(425)),
    Style("Checkbox", "Checkbox", "BodyText", spacing(after=3) + hanging(425)),
    Style("TableText", "Table Text", "Normal", spacing(2, 2, 1)),
    Style("TableHead", "Table Head", "TableText", "<w:keepNext/>", BOLD + colour(INK)),
    Style("TableAmount", "Table Amount", "TableText", '<w:jc w:val="right"/>', TABULAR),
    Style("TableTotal", "Table Total", "TableText", "", BOLD + TABULAR),
    Style(
        "TableEnd",
        "Table End",
        "Normal",
        '<w:spacing w:before="0" w:after="140" w:line="20" w:lineRule="exact"/>',
        size(1),
    ),
    Style("FactsLabel", "Facts Label", "Normal", spacing(1, 1, 1.05), colour(GREY)),
    Style("FactsValue", "Facts Value", "Normal", spacing(1, 1, 1.05)),
    Style("Note", "Note", "BodyText", spacing(3, 3)),
    Style("Small", "Small", "BodyText", spacing(after=3, line=1), colour(GREY)),
    Style("ColumnText", "Column Text", "Normal", spacing(1, 1.5)),
    built_in("Signature", "Signature", "Normal", spacing(after=1)),
    Style("SignatureLine", "Signature Line", "Signature", spacing(24, 3)),
    built_in("FootnoteText", "footnote text", "Normal", spacing(after=2, line=1), size(10)),
    built_in("Header", "header", "Normal", TO_THE_RIGHT + spacing(line=1), colour(GREY) + size(9)),
    built_in("Footer", "footer", "Normal", FOOT_RULE + TO_THE_RIGHT + spacing(line=1), colour(GREY) + size(9)),
)
CHARACTERS = (
    Style("DefaultParagraphFont", "Default Paragraph Font", kind="character", built_in=True),
    Style("Box", "Box", "DefaultParagraphFont", run=f"<w:rFonts {SYMBOLS}/>", kind="character"),
    Style(
        "FootnoteReference",
        "footnote reference",
        "DefaultParagraphFont",
        run='<w:vertAlign w:val="superscript"/>',
        kind="character",
        built_in=True,
    ),
    Style("SmallText", "Small Text", "DefaultParagraphFont", run=colour(GREY), kind="character"),
)


def styles() -> str:
    return (
        f"<w:styles {NAMESPACES} {NEWER}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
        f'{size(11)}<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr><w:widowControl/>{spacing()}</w:pPr></w:pPrDefault></w:docDefaults>"
        f"{''.join(map(str, TEXTS + CHARACTERS))}{table_styles()}</w:styles>"
    )


def table_styles() -> str:
    lines = f"{rule('top', 8, INK)}{rule('bottom', 8, INK)}{rule('insideH', 4, HAIRLINE)}"
    head = (
        '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
        f'{rule("bottom", 8, INK)}</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>'
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    )
    note = f"<w:tblBorders>{rule('left', 18, '7F7F7F')}</w:tblBorders>"
    shade = f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr>'
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        f"<w:tblPr>{indent(0)}{margins(108, 108)}</w:tblPr></w:style>"
        + table_style("KitTable", "Kit Table", f"<w:tblBorders>{lines}</w:tblBorders>{margins(100, 100)}", head)
        + table_style("KitPlain", "Kit Plain", margins(0, 400))
        + table_style("KitNote", "Kit Note", note + margins(200, 200, 60), shade)
    )


def table_style(own: str, name: str, properties: str, cells: str = "") -> str:
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{own}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr>{indent(0)}{properties}</w:tblPr>{cells}</w:style>'
    )


def indent(width: int) -> str:
    return f'<w:tblInd w:w="{width}" w:type="dxa"/>'


def margins(left: int, right: int, upright: int = 0) -> str:
    sides = {"top": upright, "left": left, "bottom": upright, "right": right}
    told = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides.items())
    return f"<w:tblCellMar>{told}</w:tblCellMar>"


# Numbering: sections with their clauses, bullets, numbered items


def numbering() -> str:
    deeper = "".join(
        level(place, "decimal", ".".join(f"%{one}" for one in range(1, place + 2)), 567 + 284 * (place - 1))
        for place in range(2, 9)
    )
    sections = level(0, "decimal", "%1.", 567, "SectionHeading") + level(1, "decimal", "%1.%2", 567, "Clause") + deeper
    bullets = level(0, "bullet", "\N{BULLET}", 425, "ListBullet")
    items = level(0, "decimal", "%1.", 425, "ListNumber")
    lists = (("multilevel", sections), ("singleLevel", bullets), ("singleLevel", items))
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="{kind}"/>{levels}</w:abstractNum>'
        for number, (kind, levels) in enumerate(lists)
    )
    used = "".join(
        f'<w:num w:numId="{number + 1}"><w:abstractNumId w:val="{number}"/></w:num>' for number in range(len(lists))
    )
    return f"<w:numbering {NAMESPACES}>{abstract}{used}</w:numbering>"


def level(place: int, kind: str, text: str, width: int, style: str = "") -> str:
    bound = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{bound}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>{hanging(width)}</w:pPr></w:lvl>'
    )


# The rest of what an office program expects to find


def settings() -> str:
    compatible = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:footnotePr><w:footnote w:id="-1"/>'
        f'<w:footnote w:id="0"/></w:footnotePr><w:compat>{compatible}</w:compat>'
        '<w:themeFontLang w:val="en-GB"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def font_table() -> str:
    fonts = (
        (FONT, "020F0502020204030204", "swiss", "Carlito"),
        ("Segoe UI Symbol", "020B0502040204020203", "swiss", "DejaVu Sans"),
    )
    told = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:panose1 w:val="{panose}"/>'
        f'<w:charset w:val="00"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, panose, family, other in fonts
    )
    return f"<w:fonts {NAMESPACES}>{told}</w:fonts>"


def theme() -> str:
    colours = {
        "dk1": "000000", "lt1": "FFFFFF", "dk2": INK, "lt2": SHADE, "accent1": INK, "accent2": GREY,
        "accent3": "7F7F7F", "accent4": HAIRLINE, "accent5": "44546A", "accent6": "8497B0",
        "hlink": INK, "folHlink": GREY,
    }  # fmt: skip
    scheme = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours.items())
    face = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350" cap="flat" cmpd="sng" algn="ctr">{fill}<a:prstDash val="solid"/></a:ln>'
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Kit"><a:themeElements>'
        f'<a:clrScheme name="Kit">{scheme}</a:clrScheme><a:fontScheme name="Kit"><a:majorFont>{face}'
        f"</a:majorFont><a:minorFont>{face}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Kit"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}'
        f"</a:lnStyleLst><a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}"
        f"</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


if __name__ == "__main__":
    main()
