"""Which values of a paper can be read back: their names, what kind each is, and how a bookmark is called after it.

A name is the way of a value in the case's outcome, without numbers: `schedule.amount` is the sum of every part. What
a paper asks for that the outcome has no field for stands in `BESIDE`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType, UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from negotiation_kit.case.fields import Spoken, Visibility, visibility_of
from negotiation_kit.case.outcome import Outcome

Kind = Literal["text", "day", "amount", "count", "choice"]
WORDED: Mapping[str, str] = MappingProxyType(
    {"channel": "channel", "actions.side": "side", "acknowledged.kind": "acknowledged", "interest": "agreed_interest"}
)
"""Choices that are printed by their label, and the group of words it stands in."""
_LONGEST_BOOKMARK = 40
_NUMBER = re.compile(r"_\d+\Z")
_IS = "__is__"


@dataclass(frozen=True, slots=True)
class TagKind:
    """What can stand under a name."""

    kind: Kind
    choices: tuple[str, ...] = ()
    listed: bool = False
    """There may be many of it: one an entry of a list."""
    spoken: bool = False
    """A text the case may hold in several languages."""


BESIDE: Mapping[str, TagKind] = MappingProxyType(
    {
        "base": TagKind("amount"),
        "total": TagKind("amount"),
        "schedule.left": TagKind("amount", listed=True),
        "next_contact": TagKind("text"),
        "credited.amount": TagKind("amount"),
        "credited.day": TagKind("day"),
        "credited.left": TagKind("amount"),
        "balance_checked": TagKind("choice", ("agrees", "except point 5", "to check")),
        "balance_check": TagKind("text"),
        "questioned": TagKind("text", listed=True),
        "sums_checked": TagKind("choice", ("yes",)),
        "security_given": TagKind("choice", ("none", "yes")),
        "signatories.supplier.name": TagKind("text", listed=True),
        "signatories.supplier.position": TagKind("text", listed=True),
        "signatories.client.name": TagKind("text", listed=True),
        "signatories.client.position": TagKind("text", listed=True),
    }
)
"""Values of a paper that the outcome of a case does not hold; they are read and told, not written into the case."""


def _of_record(record: type[BaseModel], way: str = "", *, listed: bool = False) -> Iterator[tuple[str, TagKind]]:
    for name, field in record.model_fields.items():
        if visibility_of(record, name) is not Visibility.SHARED:
            continue
        yield from _of_type(field.annotation, f"{way}{name}", listed=listed)


def _of_type(annotation: object, way: str, *, listed: bool) -> Iterator[tuple[str, TagKind]]:
    origin = get_origin(annotation)
    if origin is Literal:
        yield way, TagKind("choice", get_args(annotation), listed)
    elif origin in {Union, UnionType}:
        parts = [part for part in get_args(annotation) if part is not type(None)]
        spoken = Spoken in parts
        found = dict(kind for part in parts for kind in _of_type(part, way, listed=listed) if part is not Spoken)
        for name, kind in found.items():
            yield name, TagKind(kind.kind, kind.choices, kind.listed, spoken or kind.spoken)
    elif origin is Annotated:
        yield from _of_type(get_args(annotation)[0], way, listed=listed)
    elif origin is tuple:
        yield from _of_type(get_args(annotation)[0], way, listed=True)
    elif isinstance(annotation, type) and annotation is not Spoken and issubclass(annotation, BaseModel):
        yield from _of_record(annotation, f"{way}.", listed=listed)
    elif annotation in _PLAIN:
        plain = _PLAIN[annotation]
        yield way, TagKind(plain, ("yes", "no") if plain == "choice" else (), listed)


_PLAIN: Mapping[object, Kind] = {str: "text", date: "day", Decimal: "amount", int: "count", bool: "choice"}

TAGS: Mapping[str, TagKind] = MappingProxyType(dict(_of_record(Outcome)) | dict(BESIDE))
"""Every name a template may tag a value with."""


def bookmark_of(tag: str, number: int) -> str:
    """The bookmark round a tagged value, which keeps its name where an office program drops the tag."""
    name = f"{_root(tag)}_{number}"
    assert len(name) <= _LONGEST_BOOKMARK, name
    return name


def tag_of(bookmark: str) -> str | None:
    """The tag a bookmark was called after, or nothing if it is none of ours."""
    return _TAG_OF.get(_NUMBER.sub("", bookmark))


def _root(tag: str) -> str:
    name, _, value = tag.partition("=")
    told = name.replace(".", "__")
    return f"{told}{_IS}{value.replace(' ', '_')}" if value else told


_TAG_OF: Mapping[str, str] = {
    _root(tag): tag for name, kind in TAGS.items() for tag in (name, *(f"{name}={choice}" for choice in kind.choices))
}
