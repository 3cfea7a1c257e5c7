"""About how wide a text runs, so that columns and drawings can be laid out before an office program sees them."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType

TABLE_SIZE = 220
"""The size of the text of a table, in twentieths of a point."""
_BOLD, _SPARE = 106, 103
"""Hundredths: how much wider bold is, and what is left for a font that runs a little wider."""
_THOUSAND = 1000
_OTHER = 550
_BLANKS = re.compile(r"[ \t\n]+")
_WIDTHS: Mapping[str, int] = MappingProxyType(
    dict.fromkeys("0123456789", 507)
    | dict(zip("abcdefghijklm", (479, 525, 423, 525, 498, 305, 471, 525, 229, 239, 455, 229, 799), strict=True))
    | dict(zip("nopqrstuvwxyz", (525, 527, 525, 525, 349, 391, 335, 525, 452, 715, 433, 453, 395), strict=True))
    | dict(zip("ABCDEFGHIJKLM", (579, 544, 533, 615, 488, 459, 631, 623, 252, 319, 520, 420, 855), strict=True))
    | dict(zip("NOPQRSTUVWXYZ", (646, 662, 517, 673, 543, 459, 487, 642, 567, 890, 519, 487, 468), strict=True))
    | {" ": 226, "\N{NO-BREAK SPACE}": 226, "\N{NARROW NO-BREAK SPACE}": 226, ",": 250, ".": 252, ":": 267, ";": 267}
    | {"-": 306, "/": 386, "(": 303, ")": 303, "_": 498, "%": 715, "\N{EN DASH}": 498, "'": 221}
)
"""Thousandths of the size: how wide the letters of the house's font run."""


class _Letters(dict[str, int]):
    """How wide a letter runs, each worked out when it is first met; marks above a letter take no room."""

    def __missing__(self, letter: str) -> int:
        plain = unicodedata.normalize("NFD", letter)
        self[letter] = sum(_WIDTHS.get(each, _OTHER) for each in plain if not unicodedata.combining(each))
        return self[letter]


_LETTERS = _Letters()


def width_of(text: str, *, bold: bool = False, size: int = TABLE_SIZE) -> int:
    """The width of a text on one line, in twentieths of a point."""
    thousandths = sum(map(_LETTERS.__getitem__, text))
    return -(-thousandths * size * (_BOLD if bold else 100) * _SPARE // (_THOUSAND * 100 * 100))


def wrapped(text: str, width: int, *, size: int) -> Iterator[str]:
    """The lines of a text in a place so wide, parted at blanks as an office program would."""
    line = ""
    for word in filter(None, _BLANKS.split(text)):
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, size=size) > width:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line
