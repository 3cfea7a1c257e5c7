"""A computed record as plain data for other programs: texts, numbers, lists and tables, amounts as exact text."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from types import NoneType

from negotiation_kit.case.fields import Record, Spoken
from negotiation_kit.money import Money
from negotiation_kit.periods import Period


def plain_data(value: object) -> object:
    """Money as {"amount": "1.50", "currency": "EUR"}, days as 2025-03-14, decimals as text, records as tables.

    Properties of a computed record stand beside its fields, so that a reader need not add anything up; what serves the
    reckoning alone is left out, and so is what a case did not say.
    """
    for kind, form in _FORMS:
        if isinstance(value, kind):
            return form(value)
    if is_dataclass(value) and not isinstance(value, type):
        return _computed(value)
    raise TypeError(f"a {type(value).__name__} has no plain form")


def _money(money: Money) -> dict[str, str]:
    payable = money.rounded()
    return {"amount": f"{(payable if payable == money else money).amount:f}", "currency": money.currency}


def _typed(record: Record) -> dict[str, object]:
    """What a person wrote; fields left out stay out."""
    said = {name: getattr(record, name) for name in type(record).model_fields}
    return {name: plain_data(value) for name, value in said.items() if value is not None and value != ()}


def _computed(record: object) -> dict[str, object]:
    shown = [each.name for each in fields(record) if each.metadata.get("visibility", 0) is not None]  # type: ignore[arg-type]
    derived = [name for name, value in vars(type(record)).items() if isinstance(value, property | cached_property)]
    named = dict.fromkeys(name for name in (*shown, *derived) if not name.startswith("_"))
    return {name: plain_data(getattr(record, name)) for name in named}


_FORMS: tuple[tuple[type | tuple[type, ...], Callable[..., object]], ...] = (
    ((bool, int, NoneType), lambda value: value),
    (Spoken, lambda spoken: dict(spoken.texts)),
    (str, lambda text: text),
    (Decimal, lambda number: f"{number:f}"),
    (date, lambda day: day.isoformat()),
    (Money, _money),
    (Period, str),
    (Mapping, lambda table: {str(key): plain_data(value) for key, value in table.items()}),
    ((tuple, list), lambda items: [plain_data(item) for item in items]),
    (Record, _typed),
)
"""The first kind that fits decides."""
