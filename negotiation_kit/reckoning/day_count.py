"""How days of delay become parts of a year, by the convention a law or a contract names."""

from calendar import isleap
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import assert_never

from negotiation_kit.case.receivables import Basis

YEAR, LEAP_YEAR, BANKING_YEAR = 365, 366, 360
_MONTH = 30


@dataclass(frozen=True, slots=True)
class Counted:
    """Days over the days of the year: what a yearly rate is multiplied by."""

    days: int
    of: int

    @property
    def part(self) -> Fraction:
        """The exact part of a year."""
        return Fraction(self.days, self.of)


def count_days(basis: Basis, due: date, first: date, last: date) -> Counted:
    """The interest days from first to last, both included, of a delay that began after the due day.

    Between a due day and a day of payment these are payment day less due day. Under actual/actual (ISDA 2006 4.16(b):
    each day over the length of its own year) the two days must lie in years of one length; `year_cuts` says where to
    part them. Under 30/360 (ISDA 2006 4.16(f), bond basis) and 30E/360 (4.16(g), Eurobond basis) days are counted from
    the due day to either end and subtracted, so that the parts of a delay always add up to the whole.
    """
    before = date.fromordinal(first.toordinal() - 1)
    match basis:
        case "actual/365":
            return Counted((last - before).days, YEAR)
        case "actual/360":
            return Counted((last - before).days, BANKING_YEAR)
        case "actual/actual":
            if isleap(first.year) != isleap(last.year):
                raise ValueError(f"{first} and {last} lie in years of unlike length: part the time between them")
            return Counted((last - before).days, LEAP_YEAR if isleap(last.year) else YEAR)
        case "30/360":
            return Counted(bond_days(due, last) - bond_days(due, before), BANKING_YEAR)
        case "30E/360":
            return Counted(eurobond_days(due, last) - eurobond_days(due, before), BANKING_YEAR)
        case _:
            assert_never(basis)


def year_cuts(basis: Basis, first: date, last: date) -> list[date]:
    """The first days of years within the time at which the divisor changes."""
    if basis != "actual/actual":
        return []
    starts = (date(year, 1, 1) for year in range(first.year + 1, last.year + 1))
    return [start for start in starts if isleap(start.year) != isleap(start.year - 1)]


def bond_days(start: date, end: date) -> int:
    """Days between two dates where every month has 30 days: ISDA 2006 section 4.16(f), 30/360, bond basis."""
    first = min(start.day, _MONTH)
    last = _MONTH if end.day > _MONTH and first == _MONTH else end.day
    return _thirty(start, end, first, last)


def eurobond_days(start: date, end: date) -> int:
    """Days between two dates where every month has 30 days: ISDA 2006 section 4.16(g), 30E/360, Eurobond basis."""
    return _thirty(start, end, min(start.day, _MONTH), min(end.day, _MONTH))


def _thirty(start: date, end: date, first: int, last: int) -> int:
    return BANKING_YEAR * (end.year - start.year) + _MONTH * (end.month - start.month) + last - first
