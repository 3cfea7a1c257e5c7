"""The tone of a client's paper: words that harden the talk are found in the finished text, whoever wrote them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from negotiation_kit.case.fields import Record, Spoken, Visibility, visibility_of
from negotiation_kit.problems import Place

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

    @cached_property
    def _beginning(self) -> re.Pattern[str]:
        """How one of the words begins, wherever it stands; a line without it has none of them."""
        return re.compile("|".join(re.escape(word.split()[0]) for word in self.unwelcome), re.IGNORECASE)

    def suspects(self, lines: Sequence[str]) -> tuple[str, ...]:
        """The lines that are worth a closer look."""
        whole = "\n".join(lines)
        found = (whole.count("\n", 0, each.start()) for each in self._beginning.finditer(whole))
        return tuple(lines[place] for place in dict.fromkeys(found))

    def hits(self, text: str) -> tuple[str, ...]:
        """Each such word of a text, as it stands there."""
        return tuple(found[0] for found in self._pattern.finditer(text))


@dataclass(frozen=True, slots=True)
class Hit:
    """A word and the line it stands in."""

    word: str
    line: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a word of a finished paper comes from: a field of the case, or a line of a template."""

    name: str
    place: Place | None


_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_INCLUDED = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"']+)["']""")
_VALUES = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{#[^{}]*#\}")


def hits_in(text: str, hardness: Hardness, names: Iterable[str], beside: str = "") -> Iterator[Hit]:
    """Each hard word of a finished text, line by line.

    Names are what they are: a company may be called Default Ltd. In a warning the sentence that tells the next step may
    say it as it is, and no other.
    """
    known: Sequence[str] = sorted((_composed(name) for name in names if name), key=len, reverse=True)
    masked = re.compile("|".join(map(re.escape, known)) or "(?!)", re.IGNORECASE)
    for line in hardness.suspects(_composed(text).splitlines()):
        bound = [each for each in _sentences(line) if not beside or beside not in each]
        for word in hardness.hits(masked.sub(" ", " ".join(bound))):
            yield Hit(word, " ".join(line.split()))


def _sentences(line: str) -> list[str]:
    """The sentences of a line; a point before a small letter or a figure ends none: "2025. március 27., csütörtök"."""
    found: list[str] = []
    for piece in _SENTENCE_END.split(line):
        if found and not piece[:1].isupper():
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return found


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def source_in_case(hit: Hit, record: Record, language: str, path: str = "") -> Source | None:
    """The shared field whose words stand in the line of a hit."""
    for name in type(record).model_fields:
        if visibility_of(type(record), name) > Visibility.SHARED:
            continue
        value = getattr(record, name)
        for number, each in enumerate(value if isinstance(value, tuple) else (value,), start=1):
            where = f"{path}.{name}".lstrip(".") + (f"[{number}]" if isinstance(value, tuple) else "")
            if isinstance(each, Record):
                if found := source_in_case(hit, each, language, where):
                    return found
            elif isinstance(each, str | Spoken) and _says(each, hit, language):
                return Source(where, record.place_of(name))
    return None


def _says(value: str | Spoken, hit: Hit, language: str) -> bool:
    text = value.in_language(language) if isinstance(value, Spoken) else value
    lines = [" ".join(_composed(line).split()) for line in text.splitlines()]
    return any(hit.word.casefold() in line.casefold() and line.casefold() in hit.line.casefold() for line in lines)


def source_in_templates(
    hit: Hit, templates: Mapping[str, str], language: str, name: str, above: frozenset[str] = frozenset()
) -> Source | None:
    """The line of a template that says the word itself; what it includes is searched too."""
    file, seen = f"{language}/{name}", templates.get(f"{language}/{name}", "")
    for number, line in enumerate(seen.splitlines(), start=1):
        said = _VALUES.sub(lambda tag: " " * len(tag[0]), _composed(line))
        if hit.word in said:
            return Source(file, Place(file, number, said.index(hit.word) + 1, line))
    above |= {name}  # a template may include itself in a branch that is never taken
    others = (other for other in _INCLUDED.findall(seen) if other not in above)
    found = (source_in_templates(hit, templates, language, other, above) for other in others)
    return next((each for each in found if each), None)
