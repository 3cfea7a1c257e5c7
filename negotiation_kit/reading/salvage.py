"""What can still be judged when some fields are wrong: the same case with stand-ins in their place.

A rule across fields should speak even while another field is misspelt, or a person would mend one mistake only to be
told the next. The stand-ins are harmless to the rules, and what a rule says about a record that holds one is not told.
"""

from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from negotiation_kit.case.fields import Record, is_amount
from negotiation_kit.problems import Place
from negotiation_kit.reading.spots import bare, is_record, kind_of_entry, kinds_of

_TRIES = 3
_HARMLESS = {date: "1990-01-01", Decimal: "1", int: "1", bool: "no"}
_LARGE = "999999999"
Way = tuple[int | str, ...]
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Salvaged(Generic[R]):
    """A record that is right in itself, and the ways to the records in it that a stand-in makes unsure."""

    record: R
    unsure: frozenset[Way]

    @property
    def unsure_places(self) -> frozenset[Place]:
        """Where a rule has nothing sure to say; the records must know their places by now."""
        places: set[Place] = set()
        for way in self.unsure:
            value: Any = self.record
            for part in way:
                value = value[part] if isinstance(part, int) else getattr(value, part)
            places |= value.all_places
        return frozenset(places)


def salvage(data: Any, error: ValidationError, model: type[R]) -> Salvaged[R] | None:  # noqa: ANN401 - a plain tree
    """The record with a stand-in for every wrong field; nothing when too much is wrong to say anything."""
    data = deepcopy(data)
    unsure: set[Way] = set()
    for attempt in range(_TRIES):
        for finding in error.errors(include_url=False, include_input=False, include_context=False):
            way = _field_way(finding["loc"], model)
            if finding["type"] == "too_short":
                continue  # the validator did not count the entries with mistakes of their own
            if not way or not _mend(data, way, model, number=len(unsure), by_example=attempt > 0):
                return None
            if finding["type"] != "extra_forbidden":
                unsure |= _records_on(way)
        try:
            return Salvaged(model.model_validate(data), frozenset(unsure))
        except ValidationError as again:
            error = again
    return None


def _records_on(way: Way) -> set[Way]:
    """The ways to the record that holds a field, and to those round it except the outermost."""
    return {way[:end] for end in range(1, len(way)) if not isinstance(way[end], int)} or {()}


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


def _mend(data: Any, way: Way, model: type[Record], *, number: int, by_example: bool) -> bool:  # noqa: ANN401
    """Put a stand-in where the way leads, or take out what need not be there."""
    home: object = model
    for part in way[:-1]:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return False
        home = kind_of_entry(home) if isinstance(part, int) else kinds_of(home).get(part, object)
    name = way[-1]
    if not is_record(home) or not isinstance(data, dict) or not isinstance(name, str):
        return False
    field = home.model_fields.get(name)
    if field is None or not field.is_required():
        data.pop(name, None)
    else:
        data[name] = _stand_in(field, number, by_example=by_example)
    return True


def _stand_in(field: FieldInfo, number: int, *, by_example: bool) -> object:
    kind = bare(field.annotation)
    example = (field.examples or [""])[0]
    if by_example or is_record(kind):
        return example
    if is_amount(field):
        return _LARGE
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    return _HARMLESS.get(kind, f"?{number}" if kind is str else example)  # type: ignore[call-overload]
