"""References to numbered headings, clauses and annexes: the number is known only when the whole paper is written."""

import re

from negotiation_kit.documents.inline import Reference
from negotiation_kit.documents.lines import near

_EDGE, _BETWEEN = "\x18", "\x19"
"""Round a reference until the paper is whole; no value can hold them."""
_WAITING = re.compile(f"{_EDGE}([^{_EDGE}{_BETWEEN}]*){_BETWEEN}(\\d+){_BETWEEN}([^{_EDGE}]*){_EDGE}")
_SWITCH = "\x11"
_FIRST_BOOKMARK = 100_001
"""Bookmarks of anchors are numbered from here, far from those of values."""


class UnknownAnchor(Exception):  # noqa: N818 - says what is wrong
    """A reference to what does not stand in this paper."""

    def __init__(self, anchor: str, there_are: tuple[str, ...], *, file: str, line: int) -> None:
        super().__init__(f"no heading or clause of this paper has the anchor '{anchor}'")
        self.file = file
        self.line = line
        self.hint = near(anchor, there_are) if there_are else "give one its anchor: ##. Heading [#name]"


def waiting(reference: Reference) -> str:
    """What stands in the place of a number until the paper is whole."""
    return f"{_EDGE}{reference.file}{_BETWEEN}{reference.line}{_BETWEEN}{reference.anchor}{_EDGE}"


def switch(reference: Reference) -> str:
    """What stands in the place of the switch that makes a field show a number, until the paper is whole."""
    return f"{_EDGE}{_SWITCH}{_BETWEEN}{reference.line}{_BETWEEN}{reference.anchor}{_EDGE}"


def bookmark_name(anchor: str) -> str:
    """What Word calls the anchor; the underscore keeps it out of the list a reader sees."""
    return f"_Ref_{anchor.replace('-', '_')}"[:40]


class Anchors:
    """The anchors of one paper and their numbers."""

    def __init__(self) -> None:
        self._numbers: dict[str, str] = {}
        self._worded: set[str] = set()

    @property
    def bookmark(self) -> str:
        """The number of the bookmark of the anchor placed last."""
        return str(_FIRST_BOOKMARK - 1 + len(self._numbers))

    def placed(self, anchor: str, number: str, *, numbered: bool = True) -> str:
        """The number, or the words of an anchor in a text, kept for the references to it."""
        if anchor in self._numbers:
            raise ValueError(f"the anchor '{anchor}' stands in this paper twice")
        if anchor:
            self._numbers[anchor] = number
        if not numbered:
            self._worded.add(anchor)
        return number

    def referred(self, rendered: str) -> str:
        """The paper with the number in every reference; raises UnknownAnchor."""
        return _WAITING.sub(self._number, rendered)

    def _number(self, found: re.Match[str]) -> str:
        file, line, anchor = found.groups()
        if file == _SWITCH:
            return "" if anchor in self._worded else r"\r "
        if anchor not in self._numbers:
            raise UnknownAnchor(anchor, tuple(self._numbers), file=file, line=int(line))
        return self._numbers[anchor]
