"""A Word paper edited as people do: typed over, filled in, struck out, tracked; by changing its XML as Word would."""

import re
from collections.abc import Callable

from negotiation_kit.documents.container import unzipped, zipped

_TEXT = "<w:t"


def edited(paper: bytes, *edits: Callable[[str], str]) -> bytes:
    """The paper with its body changed."""
    parts = unzipped(paper)
    body = parts["word/document.xml"].decode()
    for edit in edits:
        body = edit(body)
    return zipped(parts | {"word/document.xml": body.encode()})


def typed(tag: str, text: str, nth: int = 0) -> Callable[[str], str]:
    """A value typed over in its control; Word parts what is typed into runs as it likes."""

    def edit(body: str) -> str:
        found = _controls(body, tag)[nth]
        half = len(text) // 2
        runs = f'<w:r>{_t(text[:half])}</w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr>{_t(text[half:])}</w:r>'
        control = re.sub(r"<w:sdtContent>.*</w:sdtContent>", lambda _: f"<w:sdtContent>{runs}</w:sdtContent>", found[0])
        control = control.replace("<w:showingPlcHdr/>", "")
        control = re.sub(r' w:fullDate="[^"]*"', "", control)
        return body[: found.start()] + control + body[found.end() :]

    return edit


def picked(tag: str, day: str, nth: int = 0) -> Callable[[str], str]:
    """A day set in the calendar of a control without its text."""

    def edit(body: str) -> str:
        found = _controls(body, tag)[nth]
        control = re.sub(r'w:fullDate="[^"]*"', f'w:fullDate="{day}T00:00:00Z"', found[0])
        return body[: found.start()] + control + body[found.end() :]

    return edit


def ticked(tag: str) -> Callable[[str], str]:
    """A box ticked as Word does it."""

    def edit(body: str) -> str:
        (found,) = _controls(body, tag)
        control = found[0].replace('w14:checked w14:val="0"', 'w14:checked w14:val="1"').replace("☐", "☒")
        return body[: found.start()] + control + body[found.end() :]

    return edit


def said_otherwise(old: str, new: str) -> Callable[[str], str]:
    """Wording typed over."""

    def edit(body: str) -> str:
        assert old in body
        return body.replace(old, new, 1)

    return edit


def inserted(after: str, text: str) -> Callable[[str], str]:
    """Words typed with tracking switched on."""
    return said_otherwise(
        after,
        f'{after}</w:t></w:r><w:ins w:id="9001" w:author="x" w:date="2025-03-24T10:00:00Z"><w:r>{_t(text)}</w:r></w:ins>'
        '<w:r><w:t xml:space="preserve">',
    )


def deleted(tag: str, nth: int = 0) -> Callable[[str], str]:
    """The text of a control deleted with tracking switched on."""

    def edit(body: str) -> str:
        found = _controls(body, tag)[nth]
        control = found[0].replace("<w:sdtContent>", '<w:sdtContent><w:del w:id="9002" w:author="x">')
        control = control.replace("</w:sdtContent>", "</w:del></w:sdtContent>")
        control = re.sub(r"<w:t( [^>]*)?>([^<]*)</w:t>", r"<w:delText\1>\2</w:delText>", control)
        return body[: found.start()] + control + body[found.end() :]

    return edit


def row_added(tag: str, cells: list[str], nth: int = -1) -> Callable[[str], str]:
    """A row typed below another, without controls, as "insert row below" gives it."""

    def edit(body: str) -> str:
        start, end = _row(body, tag, nth)
        texts = iter(cells)
        row = re.sub(r"<w:bookmark(?:Start|End)[^>]*/>", "", body[start:end])
        row = re.sub(
            r"(<w:tc>.*?</w:pPr>).*?(</w:p></w:tc>)",
            lambda found: f"{found[1]}<w:r>{_t(next(texts))}</w:r>{found[2]}",
            row,
        )
        return body[:end] + row + body[end:]

    return edit


def row_copied(tag: str, nth: int = -1) -> Callable[[str], str]:
    """A row copied with its controls, as copy and paste gives it; Word gives the copies ids of their own."""

    def edit(body: str) -> str:
        start, end = _row(body, tag, nth)
        row = re.sub(r"<w:bookmark(?:Start|End)[^>]*/>", "", body[start:end])
        row = re.sub(r'<w:id w:val="(\d+)"/>', r'<w:id w:val="77\1"/>', row)
        return body[:end] + row + body[end:]

    return edit


def row_struck(tag: str, nth: int = -1) -> Callable[[str], str]:
    """A row crossed out."""

    def edit(body: str) -> str:
        start, end = _row(body, tag, nth)
        row = body[start:end].replace("<w:r><w:t", "<w:r><w:rPr><w:strike/></w:rPr><w:t")
        return body[:start] + row + body[end:]

    return edit


def row_taken_out(tag: str, nth: int = -1) -> Callable[[str], str]:
    """A row deleted."""

    def edit(body: str) -> str:
        start, end = _row(body, tag, nth)
        return body[:start] + body[end:]

    return edit


def _controls(body: str, tag: str) -> list[re.Match[str]]:
    found = list(re.finditer(rf'<w:sdt><w:sdtPr>(?:(?!</w:sdt>).)*?<w:tag w:val="{re.escape(tag)}"/>.*?</w:sdt>', body))
    assert found, tag
    return found


def _row(body: str, tag: str, nth: int) -> tuple[int, int]:
    at = _controls(body, tag)[nth].start()
    return body.rindex("<w:tr>", 0, at), body.index("</w:tr>", at) + len("</w:tr>")


def _t(text: str) -> str:
    return f'<w:t xml:space="preserve">{text}</w:t>'


def control_removed(tag: str, nth: int = 0, *, with_bookmark: bool = False) -> Callable[[str], str]:
    """A control taken away with "Remove Content Control", its words kept; other programs drop the bookmark too."""

    def edit(body: str) -> str:
        control = _controls(body, tag)[nth]
        words = re.search(r"<w:sdtContent>(.*)</w:sdtContent>", control[0])
        assert words
        before, after = body[: control.start()], body[control.end() :]
        if with_bookmark:
            before = re.sub(r"<w:bookmarkStart [^>]*/>\Z", "", before)
            after = re.sub(r"\A<w:bookmarkEnd [^>]*/>", "", after)
        return f"{before}{words[1]}{after}"

    return edit


def commented(paper: bytes, text: str) -> bytes:
    """The paper with a comment beside it, as Word keeps it in a part of its own."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    said = f'<w:comment w:id="0" w:author="B"><w:p><w:r>{_t(text)}</w:r></w:p></w:comment>'
    return zipped({**unzipped(paper), "word/comments.xml": f"<w:comments {space}>{said}</w:comments>".encode()})
