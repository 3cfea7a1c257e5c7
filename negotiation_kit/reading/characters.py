"""Which characters a text may hold, how bytes become such a text, and how a piece of it is quoted."""

import re
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import NamedTuple

from negotiation_kit.problems import Place, Problem, Refused

MOST_TEXT = 1_048_576
"""Bytes of a file and characters of a text; a case of 300 lines has 12 000."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_UNWELCOME = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffd-\uffff]"
)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_AS_UTF8 = "save it as UTF-8: in the editor, Save as, then Encoding"


class _Kind(NamedTuple):
    """A span of characters that no paper may carry, in words for a person."""

    first: str
    last: str
    words: str


_KINDS = (
    _Kind("\u2028", "\u2029", "a line end of another kind"),
    _Kind("\u202a", "\u2069", "a mark that turns the direction of writing"),
    _Kind("\ud800", "\udfff", "half a character"),
    _Kind("\ufeff", "\ufeff", "an unseen mark"),
    _Kind("\ufffd", "\ufffd", "a character that was lost when the text was saved"),
    _Kind("\ufffe", "\uffff", "a code that is no character"),
    _Kind("\x00", "\x9f", "a control character"),
)


def decode(data: bytes, file: str) -> str:
    """The text of a file, which must be UTF-8; a byte order mark at its start is dropped."""
    if len(data) > MOST_TEXT:
        raise Refused([too_long(file)])
    if data.startswith(_WIDE_MARKS):
        raise Refused([Problem(Place(file, 1, 1), "this file is saved as UTF-16", _AS_UTF8)])
    if b"\0" in data:
        way_out = "name the case file; a Word or Excel file cannot be read here"
        raise Refused([Problem(Place(file, 1, 1), "this is not a text file", way_out)])
    data = data.removeprefix(BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused([_not_utf8(data, error.start, file)]) from None


def too_long(file: str) -> Problem:
    """A text beyond the limit, most likely not a case at all."""
    way_out = "keep one case in one file, and attachments out of it"
    return Problem(Place(file, 1, 1), "this file is larger than 1 MiB", way_out)


def lines_of(text: str) -> list[str]:
    """The lines of a text, whatever system ended them."""
    return _LINE_END.split(text)


def unwelcome(text: str) -> str:
    """What is wrong with the first character that no paper may carry, or nothing."""
    found = _UNWELCOME.search(text)
    return _told(found[0]) if found else ""


def unwelcome_count(text: str) -> int:
    """How many characters no paper may carry."""
    return sum(1 for _ in _UNWELCOME.finditer(text))


def unwelcome_places(lines: list[str], file: str) -> Iterator[Problem]:
    """Every character of the lines that no paper may carry."""
    for number, line in enumerate(lines, start=1):
        for found in _UNWELCOME.finditer(line):
            yield unwelcome_problem(Place(file, number, found.start() + 1, line), _told(found[0]))


def unwelcome_problem(place: Place, what: str) -> Problem:
    """The same words for a character seen in the text and for one written as an escape."""
    return Problem(place, f"there is {what} in the text", "delete it and type the text anew")


def quoted(text: str, most: int = 60) -> str:
    """A piece of text as a message shows it: one line, not too long, unseen characters by their number."""
    first, broken, _ = text.strip("\n").partition("\n")
    cut = first[:most].rstrip()
    left_out = "…" if broken or len(first) > most else ""
    return f"'{''.join(map(_seen, cut))}{left_out}'"


def _seen(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character if character.isprintable() else " "
    return " " if character == "\t" else f"<{_number(character)}>"


def _told(character: str) -> str:
    words = next(kind.words for kind in _KINDS if kind.first <= character <= kind.last)
    return f"{words} ({_number(character)})"


def _number(character: str) -> str:
    return f"U+{ord(character):04X}"


def _not_utf8(data: bytes, start: int, file: str) -> Problem:
    before = lines_of(data[:start].decode("utf-8"))
    readable = data.decode("utf-8", errors="replace")
    place = Place(file, len(before), len(before[-1]) + 1, lines_of(readable)[len(before) - 1])
    return Problem(place, "this character is not UTF-8", _AS_UTF8)
