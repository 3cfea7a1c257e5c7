"""Signatures never alone on a sheet: some text that is signed stays on their page.

Which text that is can only be seen in the finished body, since it may come from another template.
"""

import re
from collections.abc import Sequence

SIGNATURES = "\x1c"
"""Stands before each block of signatures until the body is finished; no value can hold it."""

_PARAGRAPH = re.compile(r'<w:p><w:pPr><w:pStyle w:val="(?P<style>\w+)"/>(?P<rest>.*?)</w:p>', re.DOTALL)
_BODY_TEXT = re.compile(r'<w:p><w:pPr><w:pStyle w:val="BodyText"/>(?P<rest>.*?)</w:p>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_CELL_ENDS = re.compile(r"\s*</w:tc>")
_HEADS = ("Title", "Heading1", "Heading2", "SectionHeading")
_NEAR = 4
"""How many paragraphs before the signatures their heading is looked for."""
_AT_THE_END = 5
"""How many paragraphs end a paper together."""
_FEWEST_AT_AN_END = 3
"""Paragraphs that are enough to end a paper with."""
_REACH = 20_000
"""How much of the body may matter, in characters."""


_TOTAL = '<w:pStyle w:val="TableTotal"/>'
_NOT_KEPT = re.compile(r'<w:pStyle w:val="Table\w+"/>(?!<w:keepNext/>)')
_FEW_ROWS, _FEW_LETTERS = 6, 600
"""A table of so few rows, its head among them, with so little in them, is not parted."""
_KEPT_ROWS = 12
"""A table of more rows than that may go over to the next page in its middle."""
_AT_AN_END = 3
"""Rows that stay with the head, and with the total."""


def with_long_tables_parted(body: str) -> str:
    """The body with each table parted where it may be.

    One that was to stay whole and is too long for it may part in its middle, so that no half page stays empty; a total
    never stands alone on the next page.
    """
    before, *tables = body.split("<w:tbl>")
    return "<w:tbl>".join([before, *map(_parted, tables)])


def with_colons_at_what_follows(body: str) -> str:
    """The body with each paragraph that ends in a colon kept on the page of what it announces."""
    return _BODY_TEXT.sub(_announcing, body)


def with_end_kept(body: str) -> str:
    """The body with its last paragraphs on one page, so that no page holds a line or two alone."""
    after_tables = body.rpartition("</w:tbl>")[2]
    paragraphs = list(_PARAGRAPH.finditer(after_tables))
    text = [each for each in paragraphs if each["style"] != "TableEnd"][-_AT_THE_END:]
    heads = [place for place, each in enumerate(text) if each["style"] in _HEADS]
    if heads and len(text) - heads[-1] - 2 >= _FEWEST_AT_AN_END:
        # LibreOffice leaves a heading alone on the page before where all below it is kept together
        text = text[heads[-1] + 2 :]
    for found in reversed(text[:-1]):
        if not found["rest"].startswith("<w:keepNext/>"):
            at = found.start("rest")
            kept = "<w:keepNext/>" + "<w:keepLines/>" * (not found["rest"].startswith("<w:keepLines/>"))
            after_tables = f"{after_tables[:at]}{kept}{after_tables[at:]}"
    return body[: len(body) - len(body.rpartition("</w:tbl>")[2])] + after_tables


def _announcing(found: re.Match[str]) -> str:
    rest = found["rest"]
    if rest.startswith("<w:keepNext/>") or not _TAG.sub("", rest).endswith(":"):
        return found[0]
    start = found.start("rest") - found.start()
    return f"{found[0][:start]}<w:keepNext/>{found[0][start:]}"


def _parted(table: str) -> str:
    whole, end, after = table.partition("</w:tbl>")
    first, *rows = whole.split("<w:tr>")
    if not end:
        return table
    if len(rows) <= _FEW_ROWS and _is_short(whole):
        rows[:-1] = [_NOT_KEPT.sub(r"\g<0><w:keepNext/>", row) for row in rows[:-1]]
    if len(rows) > _KEPT_ROWS:
        rows[_AT_AN_END:-_AT_AN_END] = [row.replace("<w:keepNext/>", "") for row in rows[_AT_AN_END:-_AT_AN_END]]
    if len(rows) >= _AT_AN_END and _TOTAL in rows[-1]:
        rows[-_AT_AN_END:-1] = [_NOT_KEPT.sub(r"\g<0><w:keepNext/>", row) for row in rows[-_AT_AN_END:-1]]
    return "<w:tr>".join([first, *rows]) + end + after


def _is_short(table: str) -> bool:
    """Whether a table is short enough to stay whole without leaving half a page empty."""
    if '<w:tblStyle w:val="KitTable"/>' not in table or "<w:trHeight" in table:
        return False
    return len(_TAG.sub("", table)) <= _FEW_LETTERS


def with_text_at_signatures(body: str) -> str:
    """The body with the section of the signatures, and the text before it, kept on their page."""
    first, *others = body.split(SIGNATURES)
    for other in others:
        first = f"{first[:-_REACH]}{_end_kept(first[-_REACH:])}{other}"
    return first


def _end_kept(text: str) -> str:
    paragraphs = list(_PARAGRAPH.finditer(text))
    for place in reversed(range(_start(paragraphs, text), len(paragraphs))):
        found = paragraphs[place]
        if not found["rest"].startswith("<w:keepNext/>"):
            text = f"{text[: found.start('rest')]}<w:keepNext/><w:keepLines/>{text[found.start('rest') :]}"
    return text


def _start(paragraphs: Sequence[re.Match[str]], text: str) -> int:
    """The first paragraph to keep: the one before the nearest heading, else the last; of a table the last row."""
    heads = [paragraph["style"] in _HEADS for paragraph in paragraphs]
    near = range(max(0, len(heads) - _NEAR), len(heads))
    start = next((place for place in reversed(near) if heads[place]), len(heads)) - 1
    while start > 0 and (heads[start] or paragraphs[start]["style"] == "TableEnd"):
        start -= 1
    if start > 0 and _CELL_ENDS.match(text, paragraphs[start].end()):
        row = text.rfind("<w:tr>", 0, paragraphs[start].start())
        return next(place for place, paragraph in enumerate(paragraphs) if paragraph.start() > row)
    return max(start, 0)
