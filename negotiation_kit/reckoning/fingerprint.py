"""A short mark of what was agreed, printed in the footer: the same agreement has the same mark, another has another.

It is made of what both sides sign for: the parties, the balance acknowledged, the parts with their days and sums, and
every other shared field of the outcome. What only happens afterwards (a signature, an action done) does not change it.
The form to fill in by hand has agreed nothing yet: its mark is that of the printed balance, invoice by invoice.
"""

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any

from negotiation_kit.case.fields import Record, Spoken, Visibility, visibility_of
from negotiation_kit.money import Money
from negotiation_kit.reckoning.reckon import Reckoning

_AFTERWARDS = frozenset({"signed", "done"})
_LENGTH = 4


def fingerprint_of_agreement(reckoning: Reckoning) -> str:
    """The mark of what was agreed; nothing before that."""
    agreement, outcome = reckoning.agreement, reckoning.case.outcome
    if agreement is None or outcome is None:
        return ""
    parts = [(each.due, each.amount, each.interest) for each in agreement.schedule.instalments]
    return _mark([*_parties(reckoning), agreement.acknowledged, agreement.schedule.base, parts, outcome])


def fingerprint_of_balance(reckoning: Reckoning) -> str:
    """The mark of the open balance on the day of the paper, invoice by invoice."""
    debt = reckoning.debt
    open_ones = [(each.invoice.number, each.invoice.due, each.open) for each in debt.open_invoices]
    return _mark([*_parties(reckoning), debt.as_of, debt.total, debt.undisputed, open_ones])


def _parties(reckoning: Reckoning) -> list[object]:
    case = reckoning.case
    return [
        case.case,
        case.currency,
        case.supplier.name,
        case.supplier.registration,
        case.client.name,
        case.client.registration,
    ]


def _mark(said: object) -> str:
    told = json.dumps(_plain(said), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digits = hashlib.sha256(told.encode()).hexdigest().upper()
    return f"{digits[:_LENGTH]}-{digits[_LENGTH : 2 * _LENGTH]}"


def _plain(value: Any) -> Any:  # noqa: ANN401 - as many kinds as a case holds
    """The value in one form, however it was typed."""
    match value:
        case Money():
            told: Any = [_plain(value.amount), value.currency]
        case Decimal():
            told = f"{value.normalize():f}"
        case Spoken():
            told = dict(value.texts)
        case date():
            told = value.isoformat()
        case Record():
            told = {name: _plain(getattr(value, name)) for name in _signed_for(type(value))}
        case list() | tuple():
            told = [_plain(each) for each in value]
        case _:
            told = value
    return told


def _signed_for(kind: type[Record]) -> list[str]:
    return [
        name for name in kind.model_fields if name not in _AFTERWARDS and visibility_of(kind, name) is Visibility.SHARED
    ]
