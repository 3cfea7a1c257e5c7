"""What can still be judged when some fields are wrong: the same case with stand-ins in their place.

A rule across fields should speak even while another field is misspelt, or a person would mend one mistake only to be
told the next. The stand-ins are harmless to the rules, and what a rule says about a record that holds one is not told.
"""

from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from negotiation_kit.case.fields import Record, is_amount
from negotiation_kit.reading.spots import bare, is_record, kind_of_entry, kinds_of

_TRIES = 3
_HARMLESS = {date: "1990-01-01", Decimal: "1", int: "1", bool: "no"}
_LARGE = "999999999"
Way = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A record that is right in itself, and the ways to the records in it that hold a stand-in."""

    record: Record
    spoiled: frozenset[Way]


def salvage(data: Any, error: ValidationError, model: type[Record]) -> Salvaged | None:  # noqa: ANN401 - a plain tree
    """The record with a stand-in for every wrong field; nothing when too much is wrong to say anything."""
    data = deepcopy(data)
    spoiled: set[Way] = set()
    for attempt in range(_TRIES):
        for finding in error.errors(include_url=False, include_input=False, include_context=False):
            way = _field_way(finding["loc"], model)
            if not way or not _mend(data, way, model, place=len(spoiled), by_example=attempt > 0):
                return None
            spoiled.add(way[:-1])
        try:
            return Salvaged(model.model_validate(data), frozenset(spoiled))
        except ValidationError as again:
            error = again
    return None


def _field_way(way: Way, model: type[Record]) -> Way:
    """The way to the field of a record that is wrong or has something wrong in it that is no record."""
    kind: object = model
    field_way: Way = ()
    for number, part in enumerate(way):
        if isinstance(part, int):
            kind = kind_of_entry(kind)
        elif is_record(kind):
            field_way = way[: number + 1]
            kind = kinds_of(kind).get(part, object)
        else:
            break
    return field_way


def _mend(data: Any, way: Way, model: type[Record], *, place: int, by_example: bool) -> bool:  # noqa: ANN401
    """Put a stand-in where the way leads, or take out what need not be there."""
    home: object = model
    for part in way[:-1]:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return False
        home = kind_of_entry(home) if isinstance(part, int) else kinds_of(home).get(part, object)  # type: ignore[arg-type]
    name = way[-1]
    if not is_record(home) or not isinstance(data, dict) or not isinstance(name, str):
        return False
    field = home.model_fields.get(name)
    if field is None or not field.is_required():
        data.pop(name, None)
    else:
        data[name] = _stand_in(field, place, by_example=by_example)
    return True


def _stand_in(field: FieldInfo, place: int, *, by_example: bool) -> object:
    kind = bare(field.annotation)
    example = (field.examples or [""])[0]
    if by_example or is_record(kind):
        return example
    if is_amount(field):
        return _LARGE
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    return _HARMLESS.get(kind, f"?{place}" if kind is str else example)  # type: ignore[call-overload]
