"""What a line of a template is: a tag, a head, an item, a row, a container's border, or plain text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from negotiation_kit.documents import inline
from negotiation_kit.documents.blocks import Alignment, Column, ItemKind, ParagraphKind
from negotiation_kit.documents.inline import Unplaceable

CONTAINERS = ("signatures", "facts", "write", "note", "small", "together", "sheet", "columns", "chart", "timeline")
HEADS: dict[str, ParagraphKind] = {
    "#": "title",
    "##": "heading",
    "###": "subheading",
    "##.": "section",
    "###.": "clause",
}
ITEMS: dict[str, ItemKind] = {"- [ ]": "box", "- [x]": "ticked", "-": "bullet", "#.": "number"}

_TOLD = 12
_MARKED = re.compile(r"(?P<mark>#+\.?|- \[[ x]\]|-)\s+(?P<rest>\S.*)")
_RULE = re.compile(r"-{3,}")
_DASHES = re.compile(r"(:?)(-{2,})(:?)")
_CLOSING = {"endfor": "for", "endif": "if", "endblock": "block"}
_KINDS = {
    **dict.fromkeys(("for", "if", "block"), "open"),
    **dict.fromkeys(("elif", "else"), "between"),
    **dict.fromkeys(_CLOSING, "close"),
    **dict.fromkeys(("set", "include", "extends"), "leaf"),
}
_INCLUDE = re.compile(r"""\{%\s*(?:include|extends)\s+(?:"[^"{}]+"|'[^'{}]+')\s*%\}""")
_SET = re.compile(r"\{%\s*set\s[^=]*=")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source and what it is: its kind, its mark or tag word, and what comes after the mark."""

    number: int
    kind: str
    rest: str = ""
    mark: str = ""

    @property
    def list_kind(self) -> ItemKind:
        """The list an item belongs in; ticked and empty boxes share one."""
        kind = ITEMS[self.mark]
        return "box" if kind == "ticked" else kind

    @property
    def shown(self) -> str:
        """The line as a message names it."""
        return f"::: {self.mark}".strip() if self.kind.startswith("fence") else self.rest


def without_comments(source: str) -> str:
    """The same lines without what is written between `{#` and `#}`; where a comment was, a NUL is left."""

    def silent(found: re.Match[str]) -> str:
        return "\0" + "\n\0" * found[0].count("\n") if found.lastgroup == "comment" else found[0]

    return inline.tags_told(source.replace("\0", "\N{REPLACEMENT CHARACTER}"), silent)


def line(number: int, source: str) -> Line | None:
    """What the line is; nothing if it holds a comment only. Raises Unplaceable."""
    text = source.replace("\0", "").strip()
    if not text:
        return None if "\0" in source else Line(number, "blank")
    if text.startswith("{%") and (tags := _tags_alone(text)):
        return _control(number, tags)
    if text.startswith(":::"):
        return _fence(number, text[3:].strip())
    if text.startswith("|"):
        return _row(number, text)
    if _RULE.fullmatch(text):
        return Line(number, "rule", text)
    return _marked(number, text)


def columns(row: Line) -> tuple[Column, ...]:
    """Alignment and width of each column, if the row is a line of dashes."""
    matches = [_DASHES.fullmatch(cell) for cell in inline.cells(row.rest)[1:-1]] if row.kind == "row" else []
    found = [match for match in matches if match]
    if len(found) < len(matches):
        return ()
    return tuple(Column(_alignment(match[1], match[3]), len(match[2])) for match in found)


def near(name: str, names: Sequence[str]) -> str:
    """A hint naming what may have been meant, or everything there is if that is not much."""
    close = get_close_matches(name, names, n=1)
    if close:
        return f"did you mean '{close[0]}'?"
    return "there are " + ", ".join(names) if len(names) <= _TOLD else ""


def _alignment(left: str, right: str) -> Alignment:
    return ("center" if left else "right") if right else "left"


def _tags_alone(text: str) -> list[str]:
    """The tags of a line that holds nothing else."""
    found: list[str] = []
    while text:
        match = inline.JINJA.match(text)
        if not match or match.lastgroup != "tag":
            return []
        found.append(match[0])
        text = text[match.end() :].lstrip()
    return found


def _control(number: int, tags: list[str]) -> Line:
    if len(tags) > 1:
        raise Unplaceable(f"{len(tags)} tags on one line", "give every tag a line of its own")
    tag = tags[0]
    inline.refuse_trimming(tag)
    inline.refuse_length(tag)
    word = inline.keyword(tag)
    if word not in _KINDS:
        raise Unplaceable(f"'{tag}' is no tag of a template", near(word, tuple(_KINDS)))
    if word in {"include", "extends"} and not _INCLUDE.fullmatch(tag):
        raise Unplaceable(f"'{tag}' must name a template in quotes", f'write {{% {word} "name.md" %}}')
    if word == "set" and not _SET.match(tag):
        raise Unplaceable(f"'{tag}' sets nothing", "write {% set name = value %}")
    return Line(number, _KINDS[word], tag, _CLOSING.get(word, word))


def _fence(number: int, name: str) -> Line:
    return Line(number, "fence", mark=name) if name else Line(number, "fence end")


def _row(number: int, text: str) -> Line:
    if len(text) == 1 or inline.cells(text)[-1]:
        raise Unplaceable("a row of a table ends with a bar", r"a bar that begins a sentence is written \|")
    if text.startswith("|="):
        return Line(number, "row", "|" + text[2:], "total")
    return Line(number, "row", text)


def _marked(number: int, text: str) -> Line:
    found = _MARKED.fullmatch(text)
    mark = found["mark"] if found else ""
    if found and mark in HEADS:
        return Line(number, "head", found["rest"], mark)
    if found and mark in ITEMS:
        return Line(number, "item", found["rest"], mark)
    if text.startswith("#"):
        raise Unplaceable(
            f"'{text.split(maxsplit=1)[0]}' begins no heading or item",
            r"there are '# ', '## ', '### ', '##. ', '###. ' and '#. '; a number sign itself is \#",
        )
    return Line(number, "text", text)
