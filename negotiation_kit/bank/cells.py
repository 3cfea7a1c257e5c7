"""Days, sums and directions as the cells of a bank's table write them."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Literal

from negotiation_kit.bank.figures import Unreadable, known_day, plain_sum
from negotiation_kit.money import Money

DayFormat = Literal[
    "YYYY-MM-DD",
    "YYYY.MM.DD.",
    "YYYY.MM.DD",
    "YYYY/MM/DD",
    "DD.MM.YYYY",
    "DD.MM.YY",
    "DD-MM-YYYY",
    "DD/MM/YYYY",
    "MM/DD/YYYY",
    "YYYYMMDD",
]
Decimals = Literal[",", "."]
"""What stands before the decimals."""
_HOUR = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_DAYS: Mapping[DayFormat, str] = {
    "YYYY-MM-DD": r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})" + _HOUR,
    "YYYY.MM.DD.": r"(?P<y>\d{4})\. ?(?P<m>\d{2})\. ?(?P<d>\d{2})\.?",
    "YYYY.MM.DD": r"(?P<y>\d{4})\.(?P<m>\d{2})\.(?P<d>\d{2})",
    "YYYY/MM/DD": r"(?P<y>\d{4})/(?P<m>\d{2})/(?P<d>\d{2})",
    "DD.MM.YYYY": r"(?P<d>\d{2})\.(?P<m>\d{2})\.(?P<y>\d{4})",
    "DD.MM.YY": r"(?P<d>\d{2})\.(?P<m>\d{2})\.(?P<y>\d{2})",
    "DD-MM-YYYY": r"(?P<d>\d{2})-(?P<m>\d{2})-(?P<y>\d{4})",
    "DD/MM/YYYY": r"(?P<d>\d{2})/(?P<m>\d{2})/(?P<y>\d{4})",
    "MM/DD/YYYY": r"(?P<m>\d{2})/(?P<d>\d{2})/(?P<y>\d{4})",
    "YYYYMMDD": r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
}
_CENTURY = "20"
_SUMS: Mapping[Decimals, re.Pattern[str]] = {
    ",": re.compile(
        r"(?P<sign>[+\-\u2212]?)(?P<whole>\d{1,3}(?:[. \u00a0\u202f']\d{3})+|\d+)(?:,(?P<part>\d{1,3}))?", re.ASCII
    ),
    ".": re.compile(
        r"(?P<sign>[+\-\u2212]?)(?P<whole>\d{1,3}(?:[, \u00a0\u202f']\d{3})+|\d+)(?:\.(?P<part>\d{1,3}))?", re.ASCII
    ),
}
_OUT = ("-", "\u2212")
_SAYS_IN = frozenset(["c", "cr", "crdt", "credit", "in", "+", "h", "haben", "gutschrift", "j", "jóváírás", "uznanie"])
_SAYS_OUT = frozenset(
    ["d", "dr", "dbit", "debit", "out", "-", "s", "soll", "lastschrift", "t", "terhelés", "obciążenie"]
)


def day_in(text: str, days: DayFormat) -> date:
    """The day of a cell; `Unreadable` where it is written otherwise."""
    found = re.fullmatch(_DAYS[days], text.strip(), re.ASCII)
    if not found:
        raise Unreadable(f"{text!r} is no day like {days}")
    year = found["y"] if len(found["y"]) > len(_CENTURY) else _CENTURY + found["y"]
    return known_day(f"{year}-{found['m']}-{found['d']}")


def sum_in(text: str, currency: str, decimals: Decimals) -> Money:
    """The sum of a cell without its sign; `Unreadable` where it is written otherwise."""
    found = _SUMS[decimals].fullmatch(without_currency(text, currency))
    if not found:
        example = "1.460.000,00" if decimals == "," else "1,460,000.00"
        raise Unreadable(f"{text!r} is no sum like {example}")
    whole = re.sub(r"\D", "", found["whole"])
    return plain_sum(f"{whole}.{found['part']}" if found["part"] else whole, currency.upper())


def without_currency(text: str, currency: str) -> str:
    """A sum without the code that some banks print beside it."""
    bare = text.strip()
    return bare.removesuffix(currency).removeprefix(currency).strip() if currency else bare


def is_out(text: str) -> bool:
    """Whether a sum has a minus before it."""
    return text.strip().startswith(_OUT)


def says_out(text: str) -> bool:
    """Whether a bank's word for in or out says out; `Unreadable` where it says neither."""
    word = text.strip().casefold()
    if word not in _SAYS_IN | _SAYS_OUT:
        raise Unreadable(f"{text!r} says neither that money came in nor that it went out")
    return word in _SAYS_OUT
