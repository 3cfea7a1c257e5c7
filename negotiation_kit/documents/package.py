"""A Word file from rendered parts and the house file: the same input gives the same bytes."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from negotiation_kit.documents.container import zipped
from negotiation_kit.documents.counters import FIRST_LIST, SECOND_LISTS, SECOND_SECTIONS
from negotiation_kit.documents.footnotes import (
    EMPTY,
    FOOTNOTES,
    FOOTNOTES_LINK,
    FOOTNOTES_TYPE,
    footnotes_part,
    noted,
    refuse_notes,
)
from negotiation_kit.documents.house import DOCUMENT, NUMBERING, STYLE_SHEET, House, Relation
from negotiation_kit.documents.translate import marked_up
from negotiation_kit.documents.word import TEXT_WIDTH
from negotiation_kit.documents.word_chart import Drawn, drawn
from negotiation_kit.documents.word_fit import with_columns_fitted
from negotiation_kit.documents.word_keep import with_end_kept
from negotiation_kit.documents.word_timeline import with_timelines

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_OPEN = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RUNNING_HEADER, _FIRST_FOOTER, _RUNNING_FOOTER = "kit-header.xml", "kit-footer-first.xml", "kit-footer.xml"
_HEADERS_AND_FOOTERS = (
    ("header", "default", _RUNNING_HEADER),
    ("footer", "first", _FIRST_FOOTER),
    ("footer", "default", _RUNNING_FOOTER),
)
_CORE, _APP = "docProps/core.xml", "docProps/app.xml"
_DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
}
_TYPES = {
    DOCUMENT: f"{_WORD}.document.main+xml",
    FOOTNOTES: FOOTNOTES_TYPE,
    _CORE: "application/vnd.openxmlformats-package.core-properties+xml",
    _APP: "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    **{f"word/{file}": f"{_WORD}.{kind}+xml" for kind, _, file in _HEADERS_AND_FOOTERS},
}
_ALIKE = ("[Content_Types].xml", "_rels/.rels", f"{DOCUMENT.replace('word/', 'word/_rels/')}.rels", _APP)
"""Parts of ours that are the same in most papers."""
_LAST_LINE = '<w:p><w:pPr><w:pStyle w:val="TableEnd"/></w:pPr></w:p>'
_THIN_LAST_LINE = _LAST_LINE.replace(
    "</w:pPr>", '<w:spacing w:before="0" w:after="0" w:line="1" w:lineRule="exact"/></w:pPr>'
)
"""A paper must end with a paragraph, even after a table; as thin as can be, it does not begin an empty page."""
_LIST = re.compile(r'<w:numId w:val="(\d{4,})"/>')
_ANY_LIST = re.compile(r'<w:numId w:val="(\d+)"/>')
_STYLE = re.compile(r'(<w:(?:pStyle|rStyle|tblStyle) w:val=")(\w+)("/>)')
_WIDTH = re.compile(r'(<w:(?:gridCol|tcW|tblW)\b[^>]*? w:w="|<w:tab\b[^>]*? w:pos=")(\d+)(")')
_DEFAULT_LANGUAGE = re.compile(r'(<w:rPrDefault>.*?<w:lang\b[^>]*? w:val=")[^"]*', re.DOTALL)


def word_file(  # noqa: PLR0913 - the properties of a file are many and named
    house: House,
    *,
    body: str,
    title: str,
    language_tag: str,
    day: date,
    header: str = "",
    footer: str = "",
    subject: str = "",
    identifier: str = "",
    author: str = "",
) -> bytes:
    """A finished file from what `Wording.render` gave for the body, the running header and the footer."""
    for where, text in (("header", header), ("footer", footer)):
        refuse_notes(text, where)
    signed = noted(body)
    charts = drawn(signed.body, language_tag=language_tag, width=house.text_width)
    body = with_end_kept(with_columns_fitted(with_timelines(charts.body, width=house.text_width)))
    if body.rstrip().endswith(_LAST_LINE):
        body = body.rstrip().removesuffix(_LAST_LINE) + _THIN_LAST_LINE
    own = {
        f"word/{_RUNNING_HEADER}": _margin_text("hdr", header, "Header", house),
        f"word/{_FIRST_FOOTER}": _margin_text("ftr", footer, "Footer", house),
        f"word/{_RUNNING_FOOTER}": _margin_text("ftr", footer, "Footer", house),
    }
    texts = {
        "[Content_Types].xml": _content_types(house, charts.types),
        "_rels/.rels": _links(_of_the_file()),
        DOCUMENT: house.opening + _in_the_house(body, house) + _section(house) + "</w:body></w:document>",
        f"{DOCUMENT.replace('word/', 'word/_rels/')}.rels": _links(
            (*(one for one in house.relations if one.kind != FOOTNOTES_LINK), *_of_the_body(), *_to_charts(charts))
        ),
        FOOTNOTES: _in_the_house(footnotes_part(_footnotes_of(house), signed.notes), house),
        **own,
        STYLE_SHEET: _DEFAULT_LANGUAGE.sub(rf"\g<1>{language_tag}", house.parts[STYLE_SHEET].decode("utf-8-sig")),
        NUMBERING: _numbering(house, body),
        _CORE: _core(day, title=title, subject=subject, identifier=identifier, creator=author, language=language_tag),
        _APP: f'<Properties xmlns="{_OFFICE}/extended-properties"/>',
    }
    written = {name: _declared(text) for name, text in texts.items()} | dict(charts.parts)
    parts = written | {name: part for name, part in house.parts.items() if name not in written}
    return zipped(parts, same={*house.parts, *_ALIKE})


def _footnotes_of(house: House) -> str:
    """The house's part of the notes; an office program that found none wrote none."""
    return house.parts[FOOTNOTES].decode("utf-8-sig") if FOOTNOTES in house.parts else EMPTY


def _declared(text: str) -> bytes:
    return (text if text.startswith("<?xml") else _DECLARATION + text).encode()


def _in_the_house(body: str, house: House) -> str:
    """The body with the house's own style ids, its tables as wide as the house's page."""
    if any(own != theirs for own, theirs in house.style_ids.items()):
        body = _STYLE.sub(lambda found: found[1] + house.style_ids[found[2]] + found[3], body)
    if house.text_width != TEXT_WIDTH:
        body = _WIDTH.sub(lambda found: f"{found[1]}{int(found[2]) * house.text_width // TEXT_WIDTH}{found[3]}", body)
    return body


def _margin_text(tag: str, content: str, style: str, house: House) -> str:
    """A header or footer; its plain lines take the style of their place."""
    content = content.replace('<w:pStyle w:val="BodyText"/>', f'<w:pStyle w:val="{style}"/>')
    shown = content or f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>'
    return f'<w:{tag} xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}/relationships">{_in_the_house(shown, house)}</w:{tag}>'


def _section(house: House) -> str:
    end = house.section.index(">") + 1
    references = "".join(
        f'<w:{kind}Reference w:type="{place}" r:id="{_own(file)}"/>' for kind, place, file in _HEADERS_AND_FOOTERS
    )
    return house.section[:end] + references + house.section[end:]


def _own(file: str) -> str:
    return file.removesuffix(".xml")


def _of_the_body() -> Iterable[Relation]:
    yield from (Relation(_own(file), f"{_OFFICE}/relationships/{kind}", file) for kind, _, file in _HEADERS_AND_FOOTERS)
    yield Relation("kit-footnotes", FOOTNOTES_LINK, FOOTNOTES.removeprefix("word/"))


def _to_charts(charts: Drawn) -> Iterable[Relation]:
    return (Relation(own, f"{_OFFICE}/relationships/chart", target) for own, target in charts.links)


def _of_the_file() -> Iterable[Relation]:
    return (
        Relation("document", f"{_OFFICE}/relationships/officeDocument", DOCUMENT),
        Relation("core", f"{_OPEN}/relationships/metadata/core-properties", _CORE),
        Relation("app", f"{_OFFICE}/relationships/extended-properties", _APP),
    )


def _links(relations: Iterable[Relation]) -> str:
    told = "".join(
        f'<Relationship Id="{one.own}" Type="{one.kind}" Target="{marked_up(one.target)}"/>' for one in relations
    )
    return f'<Relationships xmlns="{_OPEN}/relationships">{told}</Relationships>'


def _content_types(house: House, charts: Mapping[str, str]) -> str:
    named = {name: kind for name, kind in house.types.items() if not name.endswith(".rels")} | _TYPES | dict(charts)
    told = "".join(f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in _DEFAULTS.items())
    told += "".join(
        f'<Override PartName="/{marked_up(name)}" ContentType="{kind}"/>' for name, kind in sorted(named.items())
    )
    return f'<Types xmlns="{_OPEN}/content-types">{told}</Types>'


def _numbering(house: House, body: str) -> str:
    """The house's numbering, and one more for each numbered list of the body, counting from one."""
    lists = sorted({int(found) for found in _LIST.findall(body) if int(found) >= FIRST_LIST})
    numbering, items, sections = _with_second(house, body)
    own = house.item_numbering
    anew = sections + "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{(own, items)[number > SECOND_LISTS]}"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for number in lists
    )
    end = re.search(r"<w:numIdMacAtCleanup\b[^>]*/>\s*</w:numbering>|</w:numbering>", numbering)
    assert end, "the house file was read"
    return numbering[: end.start()] + anew + numbering[end.start() :]


def _with_second(house: House, body: str) -> tuple[str, str, str]:
    """The house's numbering; for a paper in two columns a copy of what it counts with, so that each counts by itself.

    With it the number of the copy for lists, and the numbering of the second column's sections.
    """
    numbering = house.parts[NUMBERING].decode("utf-8-sig")
    used = {int(found) for found in _ANY_LIST.findall(body)}
    if SECOND_SECTIONS not in used and max(used, default=0) <= SECOND_LISTS:
        return numbering, house.item_numbering, ""
    free = 1 + max(int(found) for found in re.findall(r'w:abstractNumId="(\d+)"', numbering))
    copies = (
        _copied(numbering, house.section_numbering, free),
        _copied(numbering, house.item_numbering, free + 1),
    )
    start = numbering.index("<w:num ")
    told = f'<w:num w:numId="{SECOND_SECTIONS}"><w:abstractNumId w:val="{free}"/></w:num>'
    return numbering[:start] + "".join(copies) + numbering[start:], str(free + 1), told


def _copied(numbering: str, own: str, free: int) -> str:
    """A numbering once more, without the styles that are bound to the first."""
    found = re.search(rf'<w:abstractNum\b[^>]*w:abstractNumId="{own}".*?</w:abstractNum>', numbering, re.DOTALL)
    assert found, "the house file was read"
    alone = re.sub(r"<w:(?:pStyle|nsid|tmpl|name|styleLink|numStyleLink)\b[^>]*/>", "", found[0])
    return re.sub(r'w:abstractNumId="\d+"', f'w:abstractNumId="{free}"', alone, count=1)


def _core(day: date, **properties: str) -> str:
    told = "".join(f"<dc:{name}>{marked_up(value)}</dc:{name}>" for name, value in properties.items() if value)
    moment = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day.isoformat()}T00:00:00Z</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'<cp:coreProperties xmlns:cp="{_OPEN}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{told}{moment}</cp:coreProperties>'
    )
