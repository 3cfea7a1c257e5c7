"""Where each name and each value of a text begins and ends, so that one can be changed and the rest be left alone.

The tree of `tree.py` knows where a value begins; whoever changes it must know where it ends, and whether it is
written in braces on a line or as lines of its own. Only a text the guarded reader has taken comes here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_GAP = r"(?:[ \t\r\n]|#[^\r\n]*)*"
_COLON = re.compile(_GAP + ":")
_DASH = re.compile(_GAP + "-")
LITERAL_HEAD = re.compile(r"[|>][-+0-9]*")
_LAST_LINE_END = re.compile(r"(\r\n|\r|\n)\Z")
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value without parts."""

    start: int
    end: int
    style: str
    """The mark it begins with: a quote, | or >; none when it is typed as it is."""
    text: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written there."""
        return not self.style and not self.text


@dataclass(frozen=True, slots=True)
class Item:
    """A field with its name, or an entry of a list."""

    name: str
    start: int
    """Where the name or the dash stands; in brackets, where the value begins."""
    after: int
    """Just behind the colon or the dash."""
    value: "Span"

    @property
    def end(self) -> int:
        """Where the last character of the value was."""
        return self.value.end if not (isinstance(self.value, Scalar) and self.value.is_blank) else self.after


@dataclass(frozen=True, slots=True)
class Several:
    """A group of fields or a list."""

    start: int
    end: int
    in_braces: bool
    is_list: bool
    items: tuple[Item, ...]

    @property
    def entries(self) -> tuple[Item, ...]:
        """The items that say something; an empty entry of a list does not count."""
        return tuple(
            item for item in self.items if not (self.is_list and isinstance(item.value, Scalar) and item.value.is_blank)
        )


Span = Scalar | Several


def spans_of(text: str) -> Span:
    """The spans of a whole text."""
    return _span(text, yaml.compose(text, Loader=_LOADER))


def line_start(text: str, index: int) -> int:
    """Where the line of a character begins."""
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def line_end(text: str, index: int) -> int:
    """Where the line of a character ends, before its line end."""
    found = _LINE_END.search(text, index)
    return found.start() if found else len(text)


def next_line(text: str, index: int) -> int:
    """Where the line after that of a character begins."""
    found = _LINE_END.search(text, index)
    return found.end() if found else len(text)


def line_ending(text: str) -> str:
    """How the lines of a text end."""
    found = _LINE_END.search(text)
    return found[0] if found else "\n"


def _span(text: str, node: Any) -> Span:  # noqa: ANN401 - a node of the parser
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode):
        style = node.style or ""
        return Scalar(start, _literal_end(text, start, end) if style in {"|", ">"} else end, style, node.value)
    is_list = isinstance(node, yaml.SequenceNode)
    braces = bool(node.flow_style)
    items = tuple(_entries(text, node, braces=braces) if is_list else _fields(text, node))
    return Several(start, end if braces or not items else items[-1].end, braces, is_list, items)


def _fields(text: str, node: Any) -> Iterator[Item]:  # noqa: ANN401
    for name, value in node.value:
        colon = _COLON.match(text, name.end_mark.index)
        after = colon.end() if colon else name.end_mark.index
        yield Item(name.value, name.start_mark.index, after, _span(text, value))


def _entries(text: str, node: Any, *, braces: bool) -> Iterator[Item]:  # noqa: ANN401
    behind = node.start_mark.index
    for value in node.value:
        span = _span(text, value)
        dash = None if braces else _DASH.match(text, behind)
        item = Item("", dash.end() - 1, dash.end(), span) if dash else Item("", span.start, span.start, span)
        behind = item.end
        yield item


def _literal_end(text: str, start: int, end: int) -> int:
    """The end of a text over several lines; the blank lines behind it belong to it only if its mark keeps them."""
    head = LITERAL_HEAD.match(text, start)
    assert head is not None, "the parser saw the mark"
    body = text[start:end]
    kept = _LAST_LINE_END.sub("", body) if "+" in head[0] else body.rstrip(" \t\r\n")
    return max(line_end(text, start), start + len(kept))
