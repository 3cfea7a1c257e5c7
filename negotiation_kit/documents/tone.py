"""The tone of a client's paper: words that harden the talk are found in the finished text, whoever wrote them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Tone = Literal["calm", "legal words", "next step"]
"""calm: none of the words; legal words: told, since a signed paper may need them; next step: only beside that step."""


@dataclass(frozen=True)
class Hardness:
    """The words of a language that have no place in a calm paper."""

    unwelcome: tuple[str, ...]
    welcome: tuple[str, ...] = ()
    """Words that begin like one of them and are fine."""

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = "|".join(r"\s+".join(map(re.escape, word.split())) for word in self.unwelcome)
        fine = "|".join(map(re.escape, self.welcome)) or "(?!)"
        return re.compile(rf"(?<![^\W_])(?!{fine})(?:{words})[^\W_]*", re.IGNORECASE)

    def hits(self, text: str) -> tuple[str, ...]:
        """Each such word of a text, as it stands there."""
        return tuple(found[0] for found in self._pattern.finditer(text))


@dataclass(frozen=True, slots=True)
class Hit:
    """A word and the sentence it stands in."""

    word: str
    line: str


def hits_in(text: str, hardness: Hardness, names: Iterable[str], beside: str = "") -> Iterator[Hit]:
    """Each hard word of a finished text, line by line.

    Names are what they are: a company may be called Default Ltd. In a warning the line that tells the next step may
    say it as it is.
    """
    known: Sequence[str] = sorted((name for name in names if name), key=len, reverse=True)
    masked = re.compile("|".join(map(re.escape, known)) or "(?!)", re.IGNORECASE)
    for line in text.splitlines():
        if beside and beside in line:
            continue
        for word in hardness.hits(masked.sub(" ", line)):
            yield Hit(word, " ".join(line.split()))
