"""One paragraph of a Word file: its properties in the order the schema asks for, and its runs."""

import re
from itertools import groupby

from negotiation_kit.documents import counters, footnotes
from negotiation_kit.documents import word_controls as controls
from negotiation_kit.documents.blocks import Row
from negotiation_kit.documents.inline import (
    Anchored,
    Blank,
    Chosen,
    Closed,
    Field,
    Note,
    Opened,
    Piece,
    Reference,
    Tag,
    Text,
    Value,
    Words,
)
from negotiation_kit.documents.references import bookmark_name, switch, waiting
from negotiation_kit.documents.translate import is_bare, left_alone, marked_up
from negotiation_kit.documents.word_chart import CELL, ROW

_WRITING_LINE = 480
"""Room to write by hand: more than 8 mm from line to line."""
_CHOICE = re.compile(r"\{%\s*(?:if|elif|else|endif)\b")
_FIELDS = {"page": "PAGE", "pages": "NUMPAGES"}


def shown(text: str) -> str:
    """A text inside a run; line ends and tabs become what Word calls them."""
    if is_bare(text):
        return text
    return marked_up(text).replace("\n", _apart("<w:br/>")).replace("\t", _apart("<w:tab/>"))


def fixed(text: str) -> str:
    """Words of the template inside a run or an attribute."""
    return left_alone(shown(text))


def paragraph(
    style: str,
    text: Text,
    *,
    width: int,
    keep: bool = False,
    small: bool = False,
    numbering: str = "",
    alignment: str = "",
    around: tuple[str, str] = ("", ""),
) -> str:
    """A paragraph in a named style, in a place so wide."""
    properties = (
        f'<w:pStyle w:val="{style}"/>'
        + ("<w:keepNext/><w:keepLines/>" if keep else "")
        + numbering
        + _tabs(text, width)
        + ("" if style == "SignatureLine" else _room_to_write(text))
        + (f'<w:jc w:val="{alignment}"/>' if alignment else "")
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{around[0]}{_runs(text, small=small)}{around[1]}</w:p>"


def run(content: str, properties: str = "") -> str:
    """A piece of one look."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{look}{content}</w:r>"


def plotted(row: Row) -> str:
    """A row of a drawing: bare words and values, drawn when the whole is written."""
    cells = (
        "".join(
            fixed(piece.text) if isinstance(piece, Words) else piece.text
            for piece in cell
            if isinstance(piece, Words | Value | Tag)
        )
        for cell in row.cells
    )
    return CELL.join(cells) + ROW


def _apart(mark: str) -> str:
    return f'</w:t>{mark}<w:t xml:space="preserve">'


def _room_to_write(text: Text) -> str:
    """A taller line where something is filled in by hand; where a choice decides that, the same choice decides here."""
    room = f'<w:spacing w:line="{_WRITING_LINE}" w:lineRule="atLeast"/>'
    blanks = sum(isinstance(piece, Blank) for piece in text)
    tags = [piece.text for piece in text if isinstance(piece, Tag)]
    if blanks != 1 or any(_CHOICE.match(tag) is None for tag in tags):
        return room if blanks else ""
    return "".join(piece.text if isinstance(piece, Tag) else room for piece in text if isinstance(piece, Tag | Blank))


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
    words = "".join(
        fixed(piece.text) if isinstance(piece, Words) else piece.text
        for piece in pieces
        if isinstance(piece, Words | Value)
    )
    return run(f'<w:t xml:space="preserve">{words}</w:t>', style + look)


def _mark(piece: Piece, style: str) -> str:
    match piece:
        case Tag():
            return piece.text
        case Opened() | Closed() | Chosen() | Note() | Anchored():
            return _border(piece, style)
        case Blank(to_the_edge=False):
            return run(f"<w:t>{'_' * piece.length}</w:t>", style)
        case Field(name="page" | "pages"):
            return _field(_FIELDS[piece.name], style)
        case Reference():
            return _field(rf"REF {bookmark_name(piece.anchor)} {switch(piece)}\h", style, waiting(piece))
    return run("<w:tab/>", style)


def _border(piece: Opened | Closed | Chosen | Note | Anchored, style: str) -> str:
    """What begins and ends round words: a value that can be read back, a note, a bookmark; a box has its own."""
    match piece:
        case Anchored():
            own = f'w:id="{{{{ {counters.NAME}.anchored() }}}}"'
            start = f'<w:bookmarkStart {own} w:name="{bookmark_name(piece.anchor)}"/>'
            kept = f"{{{{ {counters.NAME}.kept('{piece.anchor}', {piece.text!r}) }}}}"
            return f"{kept}{start}{run(f'<w:t>{fixed(piece.text)}</w:t>', style)}<w:bookmarkEnd {own}/>"
        case Note():
            return footnotes.OPENED if piece.begins else footnotes.CLOSED
        case Opened():
            return controls.opened(piece.name)
        case Closed():
            return controls.CLOSED
    return ""


def _field(name: str, style: str, shown_now: str = "1") -> str:
    parts = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {name} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{shown_now}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(run(part, style) for part in parts)
