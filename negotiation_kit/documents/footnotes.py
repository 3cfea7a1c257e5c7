"""Notes to a place in a text: real footnotes in Word, notes at the end of a page or a plain text."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from negotiation_kit.documents.translate import marked_up
from negotiation_kit.problems import Problem, Refused

BEGIN, END = "\x0e", "\x0f"
"""Round a note in a page or a text until the whole is written; no value can hold them."""
FOOTNOTES = "word/footnotes.xml"
FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
FOOTNOTES_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
OPENED = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference>'
CLOSED = "</w:footnoteReference></w:r>"
"""Round the runs of a note in the body of a Word file, until the file is made."""
_WAITING = re.compile(f"\\s*{BEGIN}([^{END}]*){END}")
_IN_WORD = re.compile(
    r'<w:r><w:rPr>(<w:rStyle w:val="FootnoteReference"/>(?:(?!</w:rPr>).)*)</w:rPr>'
    r"<w:footnoteReference>(.*?)</w:footnoteReference></w:r>",
    re.DOTALL,
)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>[^<]*[^<\s][^<]*</w:t>")
_TAG = re.compile(r"<[^>]*>")
_OWN = re.compile(r"<w:footnote\b(?=[^>]*w:type=).*?</w:footnote>", re.DOTALL)
_OPENING = re.compile(r"\A.*?<w:footnotes\b[^>]*>", re.DOTALL)
_BACK = "\N{LEFTWARDS ARROW WITH HOOK}"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LINE = '<w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r>{}</w:r></w:p>'
SEPARATORS: Mapping[str, str] = MappingProxyType(
    {
        "separator": f'<w:footnote w:type="separator" w:id="-1">{_LINE.format("<w:separator/>")}</w:footnote>',
        "continuationSeparator": '<w:footnote w:type="continuationSeparator" w:id="0">'
        f"{_LINE.format('<w:continuationSeparator/>')}</w:footnote>",
    }
)
"""The lines above the notes of a page, as every Word file has them."""
EMPTY = f'<w:footnotes xmlns:w="{_MAIN}">{"".join(SEPARATORS.values())}</w:footnotes>'
"""The part of a file without notes."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A body with the signs of its notes, and what each note says, as runs."""

    body: str
    notes: tuple[str, ...]


def noted(body: str) -> Noted:
    """The notes of a body of a Word file taken out of it; one that came out empty leaves no sign."""
    notes: list[str] = []

    def one(found: re.Match[str]) -> str:
        if not _TEXT.search(found[2]):
            return ""
        notes.append(found[2])
        return f'<w:r><w:rPr>{found[1]}</w:rPr><w:footnoteReference w:id="{len(notes)}"/></w:r>'

    return Noted(_IN_WORD.sub(one, body) if "<w:footnoteReference>" in body else body, tuple(notes))


def footnotes_part(house: str, notes: tuple[str, ...]) -> str:
    """The part with the notes of a paper, and with the separators of the house."""
    opening = _OPENING.match(house)
    assert opening, "the house file was read, or the part is our own"
    own = "".join(_OWN.findall(house)) or "".join(SEPARATORS.values())
    told = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
        '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> </w:t></w:r>{note}</w:p></w:footnote>'
        for number, note in enumerate(notes, start=1)
    )
    return f"{opening[0]}{own}{told}</w:footnotes>"


def refuse_notes(text: str, where: str) -> None:
    """A header or footer has no notes in any office program."""
    if "<w:footnoteReference>" in text:
        raise Refused([Problem(None, f"a note stands in the {where}", "write [^ ...] in the text of a paper only")])


def at_the_end(rendered: str, sign: Callable[[int], str], last: Callable[[list[str]], str]) -> str:
    """A page or text with signs in the places of its notes, and the notes after it."""
    if BEGIN not in rendered:
        return rendered
    notes: list[str] = []

    def one(found: re.Match[str]) -> str:
        if not _TAG.sub("", found[1]).strip():
            return ""
        notes.append(found[1].strip())
        return sign(len(notes))

    signed = _WAITING.sub(one, rendered)
    return signed + last(notes) if notes else signed


def endnotes(notes: list[str]) -> str:
    """The notes at the end of a page, each with the way back to its place."""
    told = "\n".join(
        f'<li id="note-{number}">{note} <a href="#note-{number}-from" aria-label="{number}">{_BACK}</a></li>'
        for number, note in enumerate(notes, start=1)
    )
    return f'\n<section class="notes" role="doc-endnotes">\n<ol>\n{told}\n</ol>\n</section>'


def endnote_sign(number: int) -> str:
    """What stands in the page for a note."""
    own = marked_up(str(number))
    return f'<sup><a id="note-{own}-from" href="#note-{own}" role="doc-noteref">{own}</a></sup>'
