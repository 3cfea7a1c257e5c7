"""How a value is typed in a case file: a short record on one line, a longer one on lines of its own.

Quotes stand only where YAML would read something else: `"10:00"` is an hour and no number, `"no"` a word.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from negotiation_kit.case.fields import Record, Spoken
from negotiation_kit.problems import Problem, Refused
from negotiation_kit.reading.characters import quoted, unwelcome
from negotiation_kit.reading.spots import is_record, kind_of_entry, kinds_of
from negotiation_kit.reading.tree import grow, plain

WIDEST = 110
"""Columns of a record on one line; a longer one stands on several."""

_JUDGE: Any = yaml.SafeLoader("")
"""What any other program would take a plain text for."""

Value = str | Decimal | date | bool | int | Record | Mapping[str, Any] | Sequence[Any]
"""What may be written: a text, an amount, a day, yes or no, a count, a record, or fields and entries of these."""


class Bare(str):
    """A number, a day, yes or no: never in quotes."""

    __slots__ = ()


def as_typed(value: Any, kind: object = object) -> Any:  # noqa: ANN401 - a tree of texts
    """The value as texts; what a record leaves open is left out."""
    if isinstance(value, Spoken):
        return {language: _text(text) for language, text in value.texts.items()}
    if isinstance(value, str):
        return Bare(_text(value)) if kind in {Decimal, date, int, bool} else _text(value)
    if isinstance(value, Decimal | date | int):
        return _bare(value)
    if isinstance(value, Record):
        value = {name: getattr(value, name) for name in type(value).model_fields if name in value.model_fields_set}
    if isinstance(value, Mapping):
        kinds = kinds_of(kind) if is_record(kind) else {}
        told = {_text(name): (each, kinds.get(name, object)) for name, each in value.items() if each is not None}
        return {name: as_typed(each, below) for name, (each, below) in told.items()}
    if isinstance(value, Sequence):
        return [as_typed(each, kind_of_entry(kind)) for each in value]
    raise TypeError(f"a case file holds no {type(value).__name__}")


def _bare(value: Decimal | date | int) -> Bare:
    if isinstance(value, bool):
        return Bare("yes" if value else "no")
    return Bare(format(value, "f") if isinstance(value, Decimal) else str(value))


@dataclass(frozen=True, slots=True)
class Laid:
    """A value as it follows its name or its dash."""

    inline: str
    """What stands on the same line."""
    below: tuple[str, ...] = ()
    """The lines below, indented from the column of the name or the dash."""


def laid(value: Any, *, column: int, head: int, in_list: bool = False) -> Laid:  # noqa: ANN401
    """A value behind a name or a dash that stands at a column and takes so many more."""
    if isinstance(value, str):
        return _laid_text(value)
    if not value or (_is_short(value) and column + head + 1 + len(in_braces(value)) <= WIDEST):
        return Laid(in_braces(value))
    if isinstance(value, dict):
        lines = [line for name, each in value.items() for line in field_lines(name, each, column=column + 2)]
        return Laid(lines[0], _moved(lines[1:])) if in_list else Laid("", _moved(lines))
    if in_list:
        return Laid(in_braces(value))
    return Laid("", _moved([line for each in value for line in entry_lines(each, column=column + 2)]))


def field_lines(name: str, value: Any, *, column: int) -> list[str]:  # noqa: ANN401
    """The lines of a field whose name stands at a column, indented from there."""
    head = f"{_name(name)}:"
    told = laid(value, column=column, head=len(head))
    return [f"{head} {told.inline}" if told.inline else head, *told.below]


def entry_lines(value: Any, *, column: int) -> list[str]:  # noqa: ANN401
    """The lines of an entry whose dash stands at a column, indented from there."""
    told = laid(value, column=column, head=1, in_list=True)
    return [f"- {told.inline}", *told.below]


def in_braces(value: Any) -> str:  # noqa: ANN401
    """The value on one line, wherever it stands."""
    if isinstance(value, dict):
        return "{" + ", ".join(field_in_braces(name, each) for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(in_braces, value)) + "]"
    return one_line(value, in_braces=True)


def field_in_braces(name: str, value: Any) -> str:  # noqa: ANN401
    """A field inside braces."""
    return f"{_name(name)}: {in_braces(value)}"


def one_line(text: str, *, in_braces: bool, like: str = "") -> str:
    """A text on one line: as it is, or in quotes; in quotes like those it replaces if they can hold it."""
    if not like and _may_stand_bare(text, in_braces=in_braces):
        return text
    simple = not re.search(r"[\n\r\t]", text)
    if simple and (like == "'" or (not like and '"' in text and "'" not in text)):
        return "'" + text.replace("'", "''") + "'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


def _name(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z]\w*", name, re.ASCII) else one_line(name, in_braces=True, like='"')


def _laid_text(text: str) -> Laid:
    lines = text.removesuffix("\n").split("\n")
    mark = "|" if text.endswith("\n") else "|-"
    body = tuple(f"  {line}" if line else "" for line in lines)
    seen = all(line == line.rstrip() for line in lines) and lines[-1]  # blanks at an end are seen only in quotes
    if len(lines) > 1 and seen and _reads_as(f"k: {mark}\n" + "\n".join(body) + "\nl: x\n", {"k": text, "l": "x"}):
        return Laid(mark, body)
    return Laid(one_line(text, in_braces=False))


def _moved(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"  {line}" if line else "" for line in lines)


def _is_short(value: Any) -> bool:  # noqa: ANN401
    """Whether a person would write it on one line: texts, and in a record also one text in several languages."""
    if isinstance(value, list):
        return all(isinstance(each, str) and "\n" not in each for each in value)
    texts = [each for part in value.values() for each in (part.values() if isinstance(part, dict) else [part])]
    return all(isinstance(each, str) and "\n" not in each for each in texts)


def _may_stand_bare(text: str, *, in_braces: bool) -> bool:
    if not text or re.search(r"[\n\r\t]", text) or text != text.strip():
        return False
    if not isinstance(text, Bare) and _misread(text):
        return False
    if in_braces:
        return _reads_as(f"{{k: {text}, l: [{text}, x]}}", {"k": text, "l": [text, "x"]})
    return _reads_as(f"k: {text} # c\nl: # c\n  - {text}\n  - x\n", {"k": text, "l": [text, "x"]})


def _misread(text: str) -> bool:
    """Whether YAML takes the text for a number, a day, an hour, yes or no, or nothing."""
    found: str = _JUDGE.resolve(yaml.ScalarNode, text, (True, False))
    return found != "tag:yaml.org,2002:str"


def _reads_as(text: str, meant: object) -> bool:
    try:
        tree, problems = grow(text, "")
    except Refused:
        return False
    return not problems and plain(tree) == meant


def _text(text: str) -> str:
    if wrong := unwelcome(text):
        raise Refused([Problem(None, f"{quoted(text)} cannot be written: there is {wrong} in it", "type it anew")])
    return str(text)
