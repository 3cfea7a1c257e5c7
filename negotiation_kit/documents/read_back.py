"""Days and sums read from a text as strictly as they are printed: what could be meant in two ways says nothing."""

import re
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from negotiation_kit.case.fields import FIRST_YEAR, LAST_YEAR

_FIELD = re.compile(r"\{(\w+)(?::(02))?\}")
_PATTERNS = ("day", "weekday_day", "short_day")
_PICKER = {
    "day": "d",
    "month": "MMMM",
    "short_month": "MMM",
    "month_number": "M",
    "year": "yyyy",
    "weekday": "dddd",
}
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MOST_DIGITS = 15
"""As many as an amount of a case may have."""
_LETTERS = re.compile(r"[^\W\d_]+")


class Signs(Hashable, Protocol):
    """How a language writes days and numbers."""

    @property
    def months(self) -> Sequence[str]: ...

    @property
    def short_months(self) -> Sequence[str]: ...

    @property
    def weekdays(self) -> Sequence[str]: ...

    @property
    def decimal(self) -> str: ...

    @property
    def group(self) -> str: ...


def picker(pattern: str) -> str:
    """A pattern of days in the letters a date picker knows; words of the pattern itself stand in quotes."""
    parts = _FIELD.split(pattern)
    told = [_LETTERS.sub(r"'\g<0>'", part) for part in parts[::3]]
    fields = [_PICKER[name] * (2 if padded else 1) for name, padded in zip(parts[1::3], parts[2::3], strict=True)]
    return "".join(before + field for before, field in zip(told, [*fields, ""], strict=True))


def day_in(text: str, patterns: Mapping[str, str], signs: Signs) -> tuple[date, str] | None:
    """The day of a text in one of the patterns, whose weekday must be that day's; years first with hyphens will do."""
    said = " ".join(text.split())
    if iso := _ISO.fullmatch(said):
        found = _a_day(int(iso[1]), int(iso[2]), int(iso[3]))
        return (found, "day") if found else None
    for name in _PATTERNS:
        match = _shape(patterns[name], signs).fullmatch(said)
        if match and (found := _day_of(match, signs)):
            return found, name
    return None


@lru_cache(maxsize=100)
def _shape(pattern: str, signs: Signs) -> re.Pattern[str]:
    """The pattern as a shape a text may have; a full stop at its end may be missing."""
    shapes = {
        "day": r"(?P<day>\d{1,2})",
        "year": r"(?P<year>\d{4})",
        "month_number": r"(?P<month_number>\d{1,2})",
        "month": _one_of("month", signs.months),
        "short_month": _one_of("short_month", signs.short_months),
        "weekday": _one_of("weekday", signs.weekdays),
    }
    parts = _FIELD.split(" ".join(pattern.split()))
    told = [re.escape(part) for part in parts[::3]]
    if told[-1].endswith(r"\."):
        told[-1] += "?"
    fields = [*(shapes[name] for name in parts[1::3]), ""]
    shape = "".join(before + field for before, field in zip(told, fields, strict=True))
    return re.compile(shape, re.IGNORECASE)


def _one_of(name: str, words: Sequence[str]) -> str:
    return f"(?P<{name}>{'|'.join(map(re.escape, words))})"


def _day_of(match: re.Match[str], signs: Signs) -> date | None:
    said = match.groupdict()
    if "month_number" in said:
        month = int(said["month_number"])
    elif "month" in said:
        month = _place(said["month"], signs.months)
    else:
        month = _place(said["short_month"], signs.short_months)
    found = _a_day(int(said["year"]), month, int(said["day"]))
    wrong = found and "weekday" in said and _place(said["weekday"], signs.weekdays) != found.isoweekday()
    return None if wrong else found


def _place(word: str, words: Sequence[str]) -> int:
    return [each.casefold() for each in words].index(word.casefold()) + 1


def _a_day(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def amount_in(text: str, signs: Signs, money: Mapping[str, str], currency: str) -> Decimal | None:
    """The sum of a text: digits in threes as the language groups them or not at all, with its currency or without."""
    said = " ".join(text.split())
    group = re.escape(signs.group.strip() or " ")
    number = rf"(?P<whole>\d{{1,3}}(?:{group}\d{{3}})+|\d+)(?:{re.escape(signs.decimal)}(?P<part>\d{{1,2}}))?"
    for pattern in ("{amount}", money["default"], money.get(currency, "{amount}")):
        parts = " ".join(pattern.replace("{sign}", "").split())
        shape = re.escape(parts).replace(r"\ ", " ?").replace(r"\{currency\}", currency)
        if found := re.fullmatch(shape.replace(r"\{amount\}", number), said, re.ASCII):
            whole = re.sub(r"\D", "", found["whole"])
            if len(whole) > _MOST_DIGITS:
                return None
            return Decimal(f"{whole}.{found['part']}" if found["part"] else whole)
    return None
