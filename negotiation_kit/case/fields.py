"""The words a case file is made of: exact amounts, calendar days, plain choices, and who may see them.

A field is declared with `shared`, `internal` or `restricted`, so its visibility, its one-line description
and its example stand beside its name. Scalars arrive as the text that was typed; the types here say what
they are.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Annotated, Any, Self, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, PrivateAttr, WithJsonSchema
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from negotiation_kit.problems import Place

_AMOUNT = re.compile(r"\d{1,15}(\.\d{1,4})?", re.ASCII)
_PERCENT = re.compile(r"-?\d{1,3}(\.\d{1,6})?", re.ASCII)
_COUNT = re.compile(r"\d{1,6}", re.ASCII)
_RATIO = re.compile(r"\d{1,6}(\.\d{1,8})?", re.ASCII)
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)
LONGEST_TEXT = 2_000
FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Outside these years a date is a slip of the finger, not a fact of a trade debt."""


class Visibility(IntEnum):
    """Who may see a value; a higher one may see all that a lower one may."""

    SHARED = 0
    INTERNAL = 1
    RESTRICTED = 2


def shown_to(visibility: Visibility | None) -> dict[str, Visibility | None]:
    """Metadata for a field of a computed record: who may see it in a paper; nobody: it serves the reckoning alone."""
    return {"visibility": visibility}


class Record(BaseModel):
    """A frozen part of the case that knows where in the file each of its fields stood."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=False,
        revalidate_instances="never",
        defer_build=True,  # most records are only ever part of another, which is built with all of its parts
    )

    _place: Place | None = PrivateAttr(default=None)
    _places: dict[str, Place] = PrivateAttr(default_factory=dict)

    def place_of(self, field: str = "") -> Place | None:
        """Where the field stood in the file, else where the record began, else nothing (made in code)."""
        return self._places.get(field, self._place)

    @property
    def all_places(self) -> frozenset[Place]:
        """Where the record and its own fields stood."""
        return frozenset({*self._places.values(), *([self._place] if self._place else [])})

    def overlaid(self, upper: Self) -> Self:
        """This record with every field the upper one sets, each with its place."""
        values = {name: getattr(upper, name) for name in upper.model_fields_set}
        laid = self.model_copy(update=values)
        place = upper.place_of() or self.place_of()
        return laid.placed(place, self._places | upper._places) if place else laid

    def placed(self, place: Place, places: dict[str, Place]) -> Self:
        """Remember where the record and its fields stood; called once, by the reader."""
        self._place = place
        self._places = places
        return self


def shared(description: str, *, example: Any, **rules: Any) -> Any:
    """A field both sides may see."""
    return _field(Visibility.SHARED, description, example, rules)


def internal(description: str, *, example: Any, **rules: Any) -> Any:
    """A field for our own people only."""
    return _field(Visibility.INTERNAL, description, example, rules)


def restricted(description: str, *, example: Any, **rules: Any) -> Any:
    """A field for the manager, the superior and the first person only."""
    return _field(Visibility.RESTRICTED, description, example, rules)


def visibility_of(record: type[BaseModel], field: str) -> Visibility:
    """Who may see a field of a record."""
    extra = record.model_fields[field].json_schema_extra
    return Visibility[str(extra["visibility"]).upper()]  # type: ignore[index]


def _field(visibility: Visibility, description: str, example: Any, rules: dict[str, Any]) -> Any:
    return Field(
        description=description,
        examples=[example],
        json_schema_extra={"visibility": visibility.name.lower()},
        **rules,
    )


def _refuse(expected: str, way_out: str = "") -> PydanticCustomError:
    return PydanticCustomError("kit", "expected {expected}", {"expected": expected, "hint": way_out})


def _amount(value: object) -> object:
    if not isinstance(value, str):
        return value
    if _AMOUNT.fullmatch(value):
        return Decimal(value)
    way_out = "write digits with a dot before the decimals, no blanks, no thousands marks, no currency"
    if value.startswith("-"):
        way_out = "an amount is never negative; a credit note goes under credits, a payment under payments"
    raise _refuse("an amount like 1234.50", way_out)


def _percent(value: object) -> object:
    if not isinstance(value, str):
        return value
    if _PERCENT.fullmatch(value):
        return Decimal(value)
    raise _refuse("a percentage like 14.5", "write the number alone, with a dot before the decimals")


def _ratio(value: object) -> object:
    if not isinstance(value, str):
        return value
    if _RATIO.fullmatch(value) and Decimal(value):
        return Decimal(value)
    raise _refuse("a number like 405.30", "write digits with a dot before the decimals")


def _month(value: object) -> object:
    if isinstance(value, str) and not _MONTH.fullmatch(value):
        raise _refuse("a month like 2025-10", "write year-month")
    return value


def _count(value: object) -> object:
    if not isinstance(value, str):
        return value
    if _COUNT.fullmatch(value):
        return int(value)
    raise _refuse("a whole number like 7", "write digits only")


def _day(value: object) -> object:
    if not isinstance(value, str):
        return value
    way_out = "write year-month-day, with two digits for month and day"
    if not _DAY.fullmatch(value):
        raise _refuse("a day like 2025-03-14", way_out)
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise _refuse("a day that exists, like 2025-03-14", "that month has no such day") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _refuse(f"a day between {FIRST_YEAR} and {LAST_YEAR}", "check the year")
    return day


def _yes_no(value: object) -> object:
    if not isinstance(value, str):
        return value
    if value in {"yes", "no"}:
        return value == "yes"
    raise _refuse("yes or no", "write one of the two words in small letters")


class Spoken(str):
    """Words that stand in a client's paper: as typed, or one text a language; itself it is the first of them."""

    __slots__ = ("texts",)
    texts: Mapping[str, str]

    def __new__(cls, texts: Mapping[str, str]) -> Self:
        """The first text is the one for every language that has none of its own."""
        spoken = super().__new__(cls, next(iter(texts.values())))
        spoken.texts = texts
        return spoken

    def in_language(self, code: str) -> str:
        """The text for a language."""
        return self.texts.get(code, str(self))


def _spoken(value: object) -> object:
    texts = {"": value} if isinstance(value, str) else value
    way_out = "write one text, or one a language: {en: Managing director, hu: Ügyvezető}"
    if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
        raise _refuse("a text", way_out)
    if strange := [code for code in texts if code and not _LANGUAGE.fullmatch(code)]:
        raise _refuse(f"languages like en or hu, not {strange[0]!r}", way_out)
    if not texts or not all(0 < len(text) <= LONGEST_TEXT for text in texts.values()):
        raise _refuse(f"a text of 1 to {LONGEST_TEXT} characters", way_out)
    return value if isinstance(value, str) else Spoken(texts)


def _currency(value: object) -> object:
    if isinstance(value, str) and not _CURRENCY.fullmatch(value):
        raise _refuse("a currency code like EUR", "write the three capital letters of ISO 4217")
    return value


Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
"""One thing in a few words; printed as typed."""
Words = Annotated[
    str,
    PlainValidator(_spoken),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": LONGEST_TEXT},
                {
                    "type": "object",
                    "patternProperties": {f"^{_LANGUAGE.pattern}$": {"type": "string", "minLength": 1}},
                    "additionalProperties": False,
                    "minProperties": 1,
                },
            ]
        }
    ),
]
"""Text for a client's paper: one, or one a language."""
CaseNumber = Annotated[str, Field(min_length=1, max_length=64)]
Amount = Annotated[
    Decimal,
    BeforeValidator(_amount),
    WithJsonSchema({"type": ["string", "number"], "pattern": f"^{_AMOUNT.pattern}$"}),
]
"""Money in the case's currency, never negative."""
Percent = Annotated[
    Decimal,
    BeforeValidator(_percent),
    WithJsonSchema({"type": ["string", "number"], "pattern": f"^{_PERCENT.pattern}$"}),
]
Ratio = Annotated[
    Decimal,
    BeforeValidator(_ratio),
    WithJsonSchema({"type": ["string", "number"], "pattern": f"^{_RATIO.pattern}$"}),
]
"""How much of one thing goes on another, such as an exchange rate or a price index; never zero."""
Month = Annotated[str, BeforeValidator(_month), WithJsonSchema({"type": "string", "pattern": f"^{_MONTH.pattern}$"})]
Count = Annotated[
    int, BeforeValidator(_count), WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{_COUNT.pattern}$"})
]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
YesNo = Annotated[bool, BeforeValidator(_yes_no), WithJsonSchema({"enum": ["yes", "no"]})]
Currency = Annotated[str, BeforeValidator(_currency), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"})]


def is_amount(field: FieldInfo) -> bool:
    """Whether a field holds money in the case's currency."""
    told = [*field.metadata, *(each for part in get_args(field.annotation) for each in get_args(part)[1:])]
    return any(isinstance(each, BeforeValidator) and each.func is _amount for each in told)


def choices(literal: Any) -> tuple[str, ...]:
    """The words a choice allows, in the order they were declared."""
    return tuple(get_args(literal))
