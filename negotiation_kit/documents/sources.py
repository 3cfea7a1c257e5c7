"""Which templates a paper is printed from, and where one of them no longer prints what ours does."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

NAMED = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"'{}]+)["']""")
"""Another template that a template brings in, or replaces parts of."""
_PRINTED = re.compile(r"\{\{-?\s*([A-Za-z_]\w*(?:\.\w+|\[\d+\])*)")
_RENAMED = re.compile(r"\{%-?\s*(?:for\s+(\w+)\s+in|set\s+(\w+)\s*=)\s*(.*?)\s*-?%\}")
_PLAIN = re.compile(
    r"([A-Za-z_]\w*(?:\.\w+)*)(?:\s+if\s.*|\s*\|\s*(?:sort|reject\w*|select\w*|list|reverse|unique)\b.*)?"
)
_MADE = "…"
"""What a template makes itself, so that nothing is known of its fields."""
_ANCHORED = re.compile(r"##\.[^#\[]*(?:\[#(?P<anchor>\w+)\])?")
_MOST_NAMES = 6


@dataclass(frozen=True, slots=True)
class Lost:
    """A line of ours whose values another text prints nowhere."""

    line: int
    """Line of the other text at which ours would stand."""
    our_line: int
    names: tuple[str, ...]


def printed_from(texts: Mapping[str, str], template: str) -> tuple[str, ...]:
    """The template and all that it includes or extends, through every step, by name; what is not there is left out."""
    found: list[str] = []
    waiting = [template]
    while waiting:
        name = waiting.pop(0)
        if name in texts and name not in found:
            found.append(name)
            waiting += NAMED.findall(texts[name])
    return tuple(found)


def lost_lines(ours: str, own: str) -> Iterator[Lost]:
    """Each line of ours that prints a value which the own text prints nowhere, and where it would stand there."""
    kept = {name for number, names in _names_printed(own) for name in names}
    lacking = [(number, tuple(name for name in names if name not in kept)) for number, names in _names_printed(ours)]
    lines, own_lines = ours.split("\n"), own.split("\n")
    steps = SequenceMatcher(None, lines, own_lines, autojunk=False).get_opcodes()
    for number, names in lacking:
        if names:
            at = next(own_from for _, _, ours_to, own_from, _ in steps if number <= ours_to)
            yield Lost(min(at + 1, len(own_lines)), number, names[:_MOST_NAMES])


def bringing_line(texts: Mapping[str, str], name: str, wanted: str) -> int | None:
    """The line of a template that brings another one in, be it through further ones; nothing when none does."""
    for number, line in enumerate(texts[name].split("\n"), start=1):
        if any(wanted in printed_from(texts, each) for each in NAMED.findall(line)):
            return number
    return None


def numbered_points(text: str) -> Iterator[tuple[int, int, str]]:
    """Line, number and name of each numbered heading of a template; the name is empty where it has none."""
    count = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if found := _ANCHORED.match(line.strip()):
            count += 1
            yield number, count, found["anchor"] or ""


def _names_printed(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each line with the values it prints and the templates it brings in.

    What a loop or a `set` renames is told by the name it had before.
    """
    for number, (line, renamed) in enumerate(zip(text.split("\n"), renamed_by_line(text), strict=True), start=1):
        printed = [whole_name(name, renamed) for name in _PRINTED.findall(line)]
        if names := tuple(dict.fromkeys((*printed, *NAMED.findall(line)))):
            yield number, names


def renamed_by_line(text: str) -> list[dict[str, str]]:
    """What the loops and `set` of a template call by another name, line by line."""
    renamed: dict[str, str] = {}
    found = []
    for line in text.split("\n"):
        here: dict[str, str] = {}
        for one, other, said in _RENAMED.findall(line):
            plain = _PLAIN.fullmatch(said)
            whole = whole_name(plain[1], {**renamed, **here}) if plain else _MADE
            here[one or other] = whole if here.get(one or other, whole) == whole else _MADE
        renamed = {**renamed, **here}
        found.append(renamed)
    return found


def whole_name(name: str, renamed: Mapping[str, str]) -> str:
    """`part.due` as `agreement.schedule.instalments.due`."""
    first, dot, rest = re.sub(r"\[\d+\]", "", name).partition(".")
    return f"{renamed.get(first, first)}{dot}{rest}"
