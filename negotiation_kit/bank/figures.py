"""Days and sums as statements write them; what is not written so is refused, never guessed."""

import re
from datetime import date
from decimal import Decimal

from negotiation_kit.money import Money, known_currency

_ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T+Z-].*)?", re.ASCII)
_PLAIN_SUM = re.compile(r"\d{1,15}(?:\.\d{1,5})?", re.ASCII)


class Unreadable(ValueError):  # noqa: N818 - says what is wrong
    """A figure of a statement that is not what its format asks for."""


def iso_day(text: str) -> date:
    """A day like 2025-03-26, with or without an hour behind it."""
    found = _ISO_DAY.fullmatch(text.strip())
    if not found:
        raise Unreadable(f"{text!r} is no day like 2025-03-26")
    return known_day(found[1])


def known_day(iso: str) -> date:
    """The day of an ISO text that has the right shape."""
    try:
        return date.fromisoformat(iso)
    except ValueError:
        raise Unreadable(f"there is no day {iso}") from None


def plain_sum(text: str, currency: str) -> Money:
    """A sum with a dot before its decimals, above zero; a currency the kit knows."""
    found = text.strip()
    if not _PLAIN_SUM.fullmatch(found):
        raise Unreadable(f"{text!r} is no sum like 1460000.00")
    if not known_currency(currency):
        raise Unreadable(f"{currency!r} is no currency the kit knows")
    money = Money(Decimal(found), currency)
    if money.rounded().amount != money.amount:
        raise Unreadable(f"{text!r} has more decimals than {currency}")
    return money.rounded()
