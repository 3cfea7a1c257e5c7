"""Whether a text is a case, and which files it names, so that whoever may open files can bring them along."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import PurePosixPath, PureWindowsPath

from negotiation_kit.problems import Refused
from negotiation_kit.reading.tree import Group, Tree, Word, grow

_NAMING = ("policy_file",)
"""The fields of a case that name a file."""
_MARKS = ("case", "client", "invoices")
"""The fields that tell a case from a policy, a list of rates, or whatever else lies in a folder."""
_PLAIN = r"(?P<value>\w[\w./()+-]*(?: [\w./()+-]+)*)"
"""A value without quotes and without anything that would mean something else."""
_NO_MORE = r"(?!\s*\n[ \t]+[^\s#])"
"""The next line that says anything begins at the margin, so that the value does not go on in it."""
_MARKED = re.compile(rf"^[\"']?({'|'.join(_MARKS)})[\"']?\s*:", re.MULTILINE)


def files_named(text: str) -> tuple[str, ...]:
    """Names as they stand in the case, none where it cannot be read: that is told when it is checked.

    Only a name from the folder of the case counts: one of another machine would be asked for over a network.
    """
    named = (_word(text, name) for name in _NAMING)
    return tuple(name for name in named if name and _is_near(name))


def _is_near(name: str) -> bool:
    return not (PureWindowsPath(name).anchor or PurePosixPath(name).anchor or "\\" in name or ":" in name)


def number_of(text: str) -> str:
    """The number a case gives itself; empty where there is none, or where the text cannot be read."""
    return _word(text, "case")


def at_sight(text: str, field: str) -> str | None:
    """The value of a field that stands plainly in a line of its own; nothing where only a whole reading tells."""
    named = re.findall(rf"^[\"']?{field}[\"']?[ \t]*:", text, re.MULTILINE)
    plain = re.search(rf"^{field}:[ \t]+{_PLAIN}[ \t]*(?: #.*)?\r?${_NO_MORE}", text, re.MULTILINE)
    return plain["value"] if plain and len(named) == 1 else None


def _word(text: str, field: str) -> str:
    """A field's value, with as little reading as it needs."""
    if field not in text:
        return ""
    if (plain := at_sight(text, field)) is not None:
        return plain
    word = (_fields(text) or {}).get(field)
    return word.text if isinstance(word, Word) else ""


def is_case(text: str) -> bool:
    """Whether a text is meant as a case: it has a field only a case has, readable or not; so is an empty file.

    A misspelt `case` does not hide a client from a list: the other fields tell it.
    """
    if _MARKED.search(text) or not text.strip():
        return True
    fields = _fields(text)
    return fields is not None and any(mark in fields for mark in _MARKS)


@lru_cache(maxsize=1)
def _fields(text: str) -> Mapping[str, Tree] | None:
    """The fields of a text; nothing where it cannot be read."""
    try:
        tree, _ = grow(text, "")
    except Refused:
        return None
    return tree.fields if isinstance(tree, Group) else {}
