"""What differs between two texts, word by word, as a person would mark it with a pen.

A sum, a number with its decimals and a word are one piece each: nobody strikes out two digits of an amount. What is
alike between two changes but says nothing, a blank or a comma, is struck out with them.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

_PIECE = re.compile(
    r"\d+(?:[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE} .,]\d{3}(?!\d))*(?:[.,]\d+)?|[^\W\d]\w*|\w|\s+|[^\w\s]"
)
WHOLE = 1000
"""How alike two equal texts are."""
_LEAST = 250
"""Two texts less alike are struck out and written anew as a whole, which reads better than a few words kept."""
_MOST_PAIRS = 1_000_000
"""So many words of one text times those of the other are compared one by one; a case's longest text has 400."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Change:
    """So many pieces of the old text become so many of the new; or all of them stay."""

    old: slice
    new: slice
    same: bool = False


def pieces(text: str) -> list[str]:
    """The words, sums, marks and blanks of a text; together they are the text."""
    return _PIECE.findall(text)


def says_something(piece: str) -> bool:
    """Whether a piece is more than a blank or a mark."""
    return any(character.isalnum() for character in piece)


def likeness(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """How alike two sequences are, from nothing in common to `WHOLE`."""
    if not old and not new:
        return WHOLE
    if len(old) * len(new) > _MOST_PAIRS:
        alike = (Counter(old) & Counter(new)).total()
    else:
        alike = sum(block.size for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks())
    return 2 * WHOLE * alike // (len(old) + len(new))


def changes(old: Sequence[T], new: Sequence[T], word: Callable[[T], str]) -> list[Change]:
    """What stays and what changes, in the order of the text; `word` is the text of a piece."""
    words = [[piece for piece in side if says_something(word(piece))] for side in (old, new)]
    if len(old) * len(new) > _MOST_PAIRS or likeness(*words) < _LEAST:
        return [Change(slice(0, len(old)), slice(0, len(new)))]
    found = [
        Change(slice(old_from, old_to), slice(new_from, new_to), same=kind == "equal")
        for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    ]
    return list(_joined(found, lambda change: any(says_something(word(piece)) for piece in old[change.old])))


def pairs(old: Sequence[T], new: Sequence[T], alike: Callable[[T, T], int]) -> list[tuple[int, int]]:
    """Which of the old belong to which of the new, in order, so that as much as possible is alike.

    `alike` says how much two are; nothing means that they never belong together.
    """
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    worth = [[alike(before, after) for after in new] for before in old]
    for row in reversed(range(len(old))):
        for column in reversed(range(len(new))):
            together = worth[row][column] and worth[row][column] + best[row + 1][column + 1]
            best[row][column] = max(together, best[row + 1][column], best[row][column + 1])
    found, row, column = [], 0, 0
    while row < len(old) and column < len(new):
        if worth[row][column] and best[row][column] == worth[row][column] + best[row + 1][column + 1]:
            found.append((row, column))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return found


def equal_pairs(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Which of the old are which of the new, in order, where only what is equal belongs together."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [(block.a + place, block.b + place) for block in blocks for place in range(block.size)]


def _joined(found: list[Change], weighty: Callable[[Change], bool]) -> Iterator[Change]:
    """Changes with nothing but a blank or a mark between them are one change."""
    waiting: Change | None = None
    for place, change in enumerate(found):
        last = place == len(found) - 1
        if change.same and (waiting is None or last or weighty(change)):
            if waiting:
                yield waiting
            waiting = None
            yield change
        elif waiting:
            waiting = Change(slice(waiting.old.start, change.old.stop), slice(waiting.new.start, change.new.stop))
        else:
            waiting = change
    if waiting:
        yield waiting
