"""Numbers given while a paper is written, so that a clause left out leaves no gap."""

from collections.abc import Callable

from negotiation_kit.documents.references import Anchors
from negotiation_kit.documents.tags import bookmark_of

NAME = "_count"
"""The name under which the numbers stand in every template."""
FIRST_LIST = 1001
"""Numbered lists of a Word paper count from here, far from the lists of the house file."""
SECOND_SECTIONS = 901
"""The numbering of sections and clauses in the second column of a paper in two languages."""
SECOND_LISTS = 5000
"""Numbered lists of the second column count from here."""


def counting(kind: str, anchor: str) -> str:
    """What prints the next number of this kind and keeps it for the references to the anchor."""
    return f"{{{{ {NAME}.{kind}('{anchor}') }}}}"


def naming(anchor: str, text: str) -> str:
    """What prints fixed words and keeps them for the references to the anchor."""
    return f"{{{{ {NAME}.named('{anchor}', {text!r}) }}}}"


class Counters:
    """The running numbers of one paper."""

    def __init__(self) -> None:
        self._section = self._clause = self._item = 0
        self._list = FIRST_LIST - 1
        self._control = 0
        self.anchors = Anchors()

    def section(self, anchor: str = "") -> str:
        """The number of the next numbered heading."""
        self._section, self._clause = self._section + 1, 0
        return self.anchors.placed(anchor, str(self._section))

    def clause(self, anchor: str = "") -> str:
        """The number of the next clause under it."""
        if not self._section:
            raise ValueError("a numbered clause comes before the first numbered heading")
        self._clause += 1
        return self.anchors.placed(anchor, f"{self._section}.{self._clause}")

    def counted(self, kind: str, anchor: str = "") -> str:
        """Nothing to print: the office program shows the number, and references need it too."""
        count: Callable[[str], str] = self.section if kind == "section" else self.clause
        count(anchor)
        return ""

    def named(self, anchor: str, text: str) -> str:
        """Words that references repeat."""
        return self.anchors.placed(anchor, text, numbered=False)

    def kept(self, anchor: str, text: str) -> str:
        """Nothing to print: the words stand in a run of their own."""
        self.named(anchor, text)
        return ""

    def anchored(self) -> str:
        """The number of the bookmark round the heading, clause or words placed last."""
        return self.anchors.bookmark

    def control(self) -> str:
        """The number of the next value that can be read back, one of a kind in its paper."""
        self._control += 1
        return str(self._control)

    def here(self) -> str:
        """The same number again."""
        return str(self._control)

    def bookmark(self, tag: str) -> str:
        """What the bookmark round that value is called."""
        return bookmark_of(tag, self._control)

    def begin_list(self) -> str:
        """Nothing to print; the items of a new list count from one."""
        self._list, self._item = self._list + 1, 0
        return ""

    def list(self) -> str:
        """Which list is open."""
        return str(self._list)

    def item(self) -> str:
        """The number of the next item of the open list."""
        self._item += 1
        return str(self._item)
