"""Which names and fields a paper may use, each with what it means and who may see it, as the records themselves say."""

import inspect
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from jinja2 import Environment, nodes
from pydantic import BaseModel

from negotiation_kit.case.fields import Visibility, visibility_of
from negotiation_kit.documents.alike import chain_of
from negotiation_kit.documents.sources import renamed_by_line, whole_name
from negotiation_kit.documents.views import View, kind_of, names_behind
from negotiation_kit.money import Money

_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A name as a template writes it."""

    path: str
    """`client.people[].name`: the brackets stand where a template loops."""
    visibility: Visibility
    meaning: str


def named_in(values: Mapping[str, object], visibility: Visibility, clients: Collection[str]) -> Iterator[Named]:
    """Every name a paper may use, given what it was filled with; `clients` are the names of the client's papers."""
    for name, value in sorted(values.items()):
        kinds, many = _kinds_of_value(value)
        yield Named(name, Visibility.SHARED if name in clients else visibility, "")
        for kind in kinds:
            yield from _fields(kind, f"{name}[]" if many else name, visibility, (kind,))


def _fields(kind: type, path: str, visibility: Visibility, above: tuple[type, ...]) -> Iterator[Named]:
    try:
        hints = get_type_hints(kind)
    except NameError:
        hints = {}
    for name in names_behind(kind, visibility):
        here, found = f"{path}.{name}", vars(kind).get(name)
        yield Named(here, _needed(kind, name), _meaning(kind, name))
        hint = _returned(found) if isinstance(found, property) else hints.get(name)
        below, many = _kinds_of_hint(hint)
        for each in below:
            if len(above) < _DEEPEST and each not in above:
                yield from _fields(each, f"{here}[]" if many else here, visibility, (*above, each))


def strange_fields(text: str, known: Collection[str]) -> Iterator[tuple[int, str, str]]:
    """Line, whole name and last known part of each field a template asks for that is not among the known names.

    The known names come without brackets. Nothing is said of what stands behind a value whose fields nobody lists.
    """
    parents = {path.rpartition(".")[0] for path in known}
    renamed = renamed_by_line(text)
    tree = Environment(autoescape=True).parse(text)
    inner = {id(chain.node) for chain in tree.find_all(nodes.Getattr)}
    for node in tree.find_all(nodes.Getattr):
        asked = whole_name(chain_of(node), renamed[node.lineno - 1])
        if id(node) in inner:
            continue
        steps = asked.split(".")
        for count in range(2, len(steps) + 1):
            before, here = ".".join(steps[: count - 1]), ".".join(steps[:count])
            if here not in known and before in known and before in parents:
                yield node.lineno, here, before
                break


def _needed(kind: type, name: str) -> Visibility:
    if issubclass(kind, BaseModel):
        return visibility_of(kind, name) if name in kind.model_fields else Visibility.SHARED
    marked = (
        [each.metadata.get("visibility") for each in fields(kind) if each.name == name] if is_dataclass(kind) else []
    )
    return next((Visibility(mark) for mark in marked if mark), Visibility.SHARED)


def _meaning(kind: type, name: str) -> str:
    if issubclass(kind, BaseModel) and name in kind.model_fields:
        return kind.model_fields[name].description or ""
    found = vars(kind).get(name)
    return (inspect.getdoc(found.fget) or "").split("\n")[0] if isinstance(found, property) else ""


def _returned(found: property) -> object:
    try:
        return get_type_hints(found.fget).get("return") if found.fget else None
    except NameError:
        return None


def _kinds_of_value(value: object) -> tuple[tuple[type, ...], bool]:
    if isinstance(value, View):
        return (kind_of(value),), False
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(kind_of(each) for each in value if isinstance(each, View))), True
    return (), False


def _kinds_of_hint(hint: Any) -> tuple[tuple[type, ...], bool]:  # noqa: ANN401 - any annotation of Python
    """The records an annotation speaks of, and whether there are many of them."""
    if isinstance(hint, type) and (hasattr(hint, "__dataclass_fields__") or issubclass(hint, BaseModel)):
        return (hint,) if hint is not Money else (), False
    if get_origin(hint) in {tuple, list}:
        found = [kind for part in get_args(hint) for kind in _kinds_of_hint(part)[0]]
        return tuple(dict.fromkeys(found)), True
    if get_origin(hint) in {Union, UnionType} or hasattr(hint, "__metadata__"):
        parts = [_kinds_of_hint(part) for part in get_args(hint) if part is not type(None)]
        kinds = tuple(dict.fromkeys(kind for found, _ in parts for kind in found))
        return kinds, any(many for _, many in parts)
    return (), False
