"""A spot of the case: one field seen from both sides, what the records say of it and what the file says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, TypeGuard, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from negotiation_kit.case.fields import Record
from negotiation_kit.problems import Place
from negotiation_kit.reading.tree import Group, Listing, Tree


@dataclass(frozen=True, slots=True)
class Spot:
    """One field, reached by a way of names and numbers from the top of the file."""

    top: type[Record]
    """The record the whole file makes."""
    kind: object
    """The type the value should have: a record, a tuple, a choice, a plain value."""
    tree: Tree | None
    """What stands in the file; nothing when the field is not written."""
    near: Place
    """Where the value stands, where an unknown name stands, or where the record begins."""
    name: str = ""
    """The way as a person would say it, entries counted from one: `invoices[1].amount`."""
    own_name: str = ""
    field: FieldInfo | None = None
    home: type[Record] | None = None
    """The record the field belongs to."""

    def within(self, way: tuple[int | str, ...]) -> "Spot":
        """The spot at the end of a way; what is no part of the file is passed over."""
        spot = self
        for part in way:
            spot = spot._entry(part) if isinstance(part, int) else spot._named(part)
        return spot

    def about(self) -> str:
        """The field as its record describes it, with an example."""
        if self.field is None or not self.field.description:
            return ""
        told = f"{self.own_name}: {self.field.description.rstrip('.')}"
        example = self.example()
        return f"{told}, for example {example}" if example else told

    def example(self) -> str:
        """The example of the field as one would type it; of a list's entry, the first one."""
        examples = (self.field and self.field.examples) or [""]
        example = examples[0]
        if isinstance(example, list) and self.name.endswith("]"):
            example = example[0] if example else ""
        return _typed(example)

    def _entry(self, number: int) -> "Spot":
        entries = self.tree.entries if isinstance(self.tree, Listing) else ()
        tree = entries[number] if number < len(entries) else None
        kind = kind_of_entry(self.kind)
        near = tree.place if tree else self.near
        return replace(self, tree=tree, kind=kind, near=near, name=f"{self.name}[{number + 1}]")

    def _named(self, part: str) -> "Spot":
        tree = self.tree.fields.get(part) if isinstance(self.tree, Group) else None
        near = tree.place if tree else self.near
        name = f"{self.name}.{part}" if self.name else part
        if is_record(self.kind):
            field = self.kind.model_fields.get(part)
            if field is None and isinstance(self.tree, Group):
                near = self.tree.names.get(part, near)
            kind = kinds_of(self.kind).get(part, object)
            return Spot(self.top, kind, tree, near, name, part, field, self.kind)
        if get_origin(self.kind) is dict and tree:
            return replace(self, kind=bare(get_args(self.kind)[1]), tree=tree, near=near, name=name)
        return self


def is_record(kind: object) -> TypeGuard[type[Record]]:
    """Whether a type is one of the case's records."""
    return isinstance(kind, type) and issubclass(kind, Record)


@cache
def homes_of(top: type[Record]) -> Mapping[str, Sequence[str]]:
    """For each field name below the top, the ways to the records that have it."""
    homes: dict[str, list[str]] = {}
    _gather(top, "", homes, ())
    return homes


@cache
def kinds_of(record: type[Record]) -> Mapping[str, object]:
    """The types of a record's fields."""
    return {name: bare(field.annotation) for name, field in record.model_fields.items()}


@cache
def kind_of_entry(kind: object) -> object:
    """The type of the entries of a list."""
    return bare(next(iter(get_args(kind)), object))


def bare(annotation: object) -> object:
    """A type without the notes on it and without 'or nothing'."""
    if get_origin(annotation) is Annotated:
        return bare(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        members = [member for member in get_args(annotation) if member is not NoneType]
        return bare(members[0]) if len(members) == 1 else object
    return annotation


def _gather(record: type[Record], way: str, homes: dict[str, list[str]], above: tuple[type[Record], ...]) -> None:
    for name, kind in kinds_of(record).items():
        homes.setdefault(name, []).append(way)
        below = kind_of_entry(kind) if get_args(kind) else kind
        if is_record(below) and below not in above:
            _gather(below, f"{way}.{name}" if way else name, homes, (*above, record))


def _typed(value: Any, *, inside: bool = False) -> str:  # noqa: ANN401 - an example may be anything
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{name}: {_typed(entry, inside=True)}" for name, entry in value.items())
        return f"{{{pairs}}}" if pairs else ""
    if isinstance(value, list | tuple):
        entries = ", ".join(_typed(entry, inside=True) for entry in value)
        return f"[{entries}]" if entries else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return f'"{text}"' if inside and set(text) & set(",:[]{}#") else text
