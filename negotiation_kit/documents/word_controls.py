"""Values of a Word paper that can be typed over and read back: a content control and a bookmark round each.

Word keeps the control with its tag; an office program that drops tags keeps the bookmark.
"""

import re
from datetime import date
from typing import Protocol

from negotiation_kit.documents import counters
from negotiation_kit.documents.tags import TAGS, WORDED
from negotiation_kit.documents.translate import marked_up

CLOSED = '</w:sdtContent></w:sdt><w:bookmarkEnd w:id="\x1d"/>'
"""The end of a control; the number of its bookmark comes when the paper is finished."""
_CONTROL = re.compile(
    r'<w:sdt><w:sdtPr><w:tag w:val="(?P<tag>[^"]*)"/><w:id w:val="(?P<id>\d+)"/></w:sdtPr><w:sdtContent>'
    r'(?P<content>.*?)</w:sdtContent></w:sdt><w:bookmarkEnd w:id="\x1d"/>',
    re.DOTALL,
)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_TO_WRITE = re.compile(r"[_\s]*")
_ROOM = '<w:r><w:t xml:space="preserve">' + "\N{NO-BREAK SPACE}" * 6 + "</w:t></w:r>"
_TICKED = "\N{BALLOT BOX WITH X}"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


class Speaks(Protocol):
    """The language a paper is in."""

    @property
    def tag(self) -> str:
        """The language with its country."""
        ...

    def word(self, group: str, key: str) -> str:
        """The label of a value."""
        ...

    def day_in(self, text: str) -> tuple[date, str] | None:
        """The day a text says, and in which pattern."""
        ...

    def picker(self, pattern: str) -> str:
        """The pattern as a date picker writes it."""
        ...


def opened(tag: str) -> str:
    """Where a value begins that can be read back."""
    number, name = f"{{{{ {counters.NAME}.control() }}}}", f'{{{{ {counters.NAME}.bookmark("{tag}") }}}}'
    again = f"{{{{ {counters.NAME}.here() }}}}"
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/><w:id w:val="{again}"/></w:sdtPr><w:sdtContent>'
    )


def with_controls(body: str, language: Speaks) -> str:
    """The body with every control told what it holds: its name for a person, its kind, and whether it waits."""
    return _CONTROL.sub(lambda found: _control(found["tag"], found["id"], found["content"], language), body)


def _control(tag: str, number: str, content: str, language: Speaks) -> str:
    name, _, choice = tag.partition("=")
    text = "".join(_TEXT.findall(content))
    waits = not choice and _TO_WRITE.fullmatch(text) is not None
    alias = language.word("control", name.replace(".", "_"))
    kind = _box(ticked=_TICKED in text) if choice else _kind(name, text, language)
    said = content if "<w:r>" in content else _ROOM
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{marked_up(alias)}"/><w:tag w:val="{tag}"/><w:id w:val="{number}"/>'
        f"{'<w:showingPlcHdr/>' if waits else ''}{kind}</w:sdtPr>"
        f'<w:sdtContent>{said}</w:sdtContent></w:sdt><w:bookmarkEnd w:id="{number}"/>'
    )


def _box(*, ticked: bool) -> str:
    return (
        f'<w14:checkbox xmlns:w14="{_W14}"><w14:checked w14:val="{int(ticked)}"/>'
        '<w14:checkedState w14:val="2612" w14:font="Segoe UI Symbol"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="Segoe UI Symbol"/></w14:checkbox>'
    )


def _kind(name: str, text: str, language: Speaks) -> str:
    if name in WORDED:
        group = WORDED[name]
        items = "".join(
            f'<w:listItem w:displayText="{marked_up(language.word(group, choice))}" w:value="{choice}"/>'
            for choice in TAGS[name].choices
        )
        return f"<w:dropDownList>{items}</w:dropDownList>"
    if TAGS[name].kind != "day":
        return ""  # a control that keeps bold: a plain-text one loses it in some office programs
    found = language.day_in(text)
    full = f' w:fullDate="{found[0].isoformat()}T00:00:00Z"' if found else ""
    picker = marked_up(language.picker(found[1] if found else "day"))
    return (
        f'<w:date{full}><w:dateFormat w:val="{picker}"/><w:lid w:val="{language.tag}"/>'
        '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
    )
