"""What can still be judged when some fields are wrong: the same case with stand-ins in their place.

A rule across fields should speak even while another field is wrong, or a person would mend one mistake only to be
told the next. So the case is salvaged twice, with stand-ins as unlike each other as can be: what a rule says of both
does not come from a stand-in. A wrong field that need not be there is taken out, and of its record nothing is told.
"""

from collections.abc import Mapping
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
_STAND_INS = (
    {date: "1990-01-01", Decimal: "999999999", int: "1", bool: "no", str: "?{}"},
    {date: "2100-12-31", Decimal: "1", int: "2", bool: "yes", str: "!{}"},
)
_PERCENT = "1"
_TAKEN_OUT, _STOOD_IN = "taken out", "stood in"
Way = tuple[int | str, ...]
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Salvaged(Generic[R]):
    """A record that is right in itself, and the ways to the records in it from which something was taken out."""

    record: R
    unsure: frozenset[Way]

    @property
    def unsure_places(self) -> frozenset[Place]:
        """Where a rule has nothing sure to say; the records must know their places by now."""
        return frozenset(place for way in self.unsure for place in self._places_at(way))

    def _places_at(self, way: Way) -> frozenset[Place]:
        """The places of the record at the end of a way; none when a later mistake took that record out."""
        value: Any = self.record
        try:
            for part in way:
                value = value[part] if isinstance(part, int) else getattr(value, part)
        except (IndexError, TypeError, AttributeError):
            return frozenset()
        return value.all_places if isinstance(value, Record) else frozenset()


def salvage(data: Any, error: ValidationError, model: type[R], kind: int) -> Salvaged[R] | None:  # noqa: ANN401
    """The plain tree's record with a stand-in of one of the two kinds, 0 or 1, for every wrong field.

    Nothing when too much is wrong to say anything.
    """
    data = deepcopy(data)
    unsure: set[Way] = set()
    for attempt in range(_TRIES):
        for number, finding in enumerate(error.errors(include_url=False, include_input=False, include_context=False)):
            way = _field_way(finding["loc"], model)
            if finding["type"] == "too_short":
                continue  # the validator did not count the entries with mistakes of their own
            stand_ins = _STAND_INS[kind] if attempt == 0 else {}
            mended = _mend(data, way, model, stand_ins, number) if way else None
            if mended is None:
                return None
            if mended == _TAKEN_OUT and finding["type"] != "extra_forbidden":
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


def _mend(
    data: Any,  # noqa: ANN401 - a plain tree
    way: Way,
    model: type[Record],
    stand_ins: Mapping[type, str],
    number: int,
) -> str | None:
    """Put a stand-in where the way leads, or take out what need not be there; nothing when the way leads nowhere."""
    home: object = model
    for part in way[:-1]:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
        home = kind_of_entry(home) if isinstance(part, int) else kinds_of(home).get(part, object)
    name = way[-1]
    if not is_record(home) or not isinstance(data, dict) or not isinstance(name, str):
        return None
    field = home.model_fields.get(name)
    if field is None or not field.is_required():
        data.pop(name, None)
        return _TAKEN_OUT
    data[name] = _stand_in(field, stand_ins, number)
    return _STOOD_IN


def _stand_in(field: FieldInfo, stand_ins: Mapping[type, str], number: int) -> object:
    """A value for a field that must be there; without stand-ins its example."""
    kind = bare(field.annotation)
    if stand_ins and get_origin(kind) is Literal:
        return get_args(kind)[0 if stand_ins is _STAND_INS[0] else -1]
    if stand_ins and kind is Decimal and not is_amount(field):
        return _PERCENT
    if isinstance(kind, type) and kind in stand_ins:
        return stand_ins[kind].format(number)
    return (field.examples or [""])[0]
