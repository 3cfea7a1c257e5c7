"""Writes the calendars of business days from the `holidays` package, so that a signed schedule can be redone.

    python scripts/make_calendars.py 2026-11-23

The day is the one the data speaks for. Afterwards read the differences and run the tests of `days`.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from textwrap import wrap

import holidays

FOLDER = Path(__file__).parent.parent / "negotiation_kit" / "data" / "calendars"
LAST_YEAR = 2030
_MOVED = re.compile(r"substituted from (\d\d/\d\d/\d{4})")
_WEEKEND = {5: "saturday", 6: "sunday"}


@dataclass(frozen=True)
class Country:
    """One calendar to write: where the package keeps it, and what a reader of the file must know."""

    code: str
    name: str
    remark: str
    subdivision: str | None = None
    language: str = "en_US"
    first_year: int = 2019
    moves_known_to: str = ""

    def rest_days(self) -> holidays.HolidayBase:
        """What the package says about the years written."""
        return holidays.country_holidays(
            self.code[:2],
            subdiv=self.subdivision,
            years=range(self.first_year, LAST_YEAR + 1),
            language=self.language,
        )


COUNTRIES = (
    Country("AT", "Austria", "Good Friday, 24 and 31 December are working days by law."),
    Country("CZ", "Czechia", "The law fixes every rest day; none are moved."),
    Country("DE", "Germany", "Holidays of the whole federation only: those of the Land are added by the case."),
    Country(
        "GB-EAW",
        "England and Wales",
        "Substitute days are in; a special bank holiday may still be proclaimed.",
        subdivision="ENG",
        language="en_GB",
    ),
    Country(
        "HU",
        "Hungary",
        "24 December is a holiday from 2026 on (Act LXXII of 2026, as the package cites it). The decree on "
        "moved days of 2026 had named 12 December 2026 a working Saturday in its place; the package drops "
        "that, and so do we. Confirm it with the law before a date depends on it.",
        moves_known_to="2026-12-31",
    ),
    Country("PL", "Poland", "24 December is a holiday from 2025 on. The law fixes every rest day; none are moved."),
    Country("RO", "Romania", "Days off that the government grants to public servants only are not in."),
    Country(
        "RU",
        "Russia",
        "Begins with 2022, because the non-working days decreed in 2020 and 2021 are not in the package.",
        first_year=2022,
        moves_known_to="2027-12-31",
    ),
    Country("SK", "Slovakia", "Holidays that are worked (1 September, 17 November) are not in."),
)


def lines_of(country: Country, as_known_on: str) -> Iterator[str]:
    """The lines of one calendar file."""
    rest = country.rest_days()
    yield "# Made by scripts/make_calendars.py; change the script or add days in the case, not here."
    yield from wrap(country.remark, 110, initial_indent="# ", subsequent_indent="# ")
    yield f"code: {country.code}"
    yield f"name: {country.name}"
    yield f"source: Python package holidays {version('holidays')}, {_place(country)}, public holidays"
    yield f"as_known_on: {as_known_on}"
    yield f"known_from: {country.first_year}-01-01"
    yield f"known_to: {LAST_YEAR}-12-31"
    if country.moves_known_to:
        yield f"moves_known_to: {country.moves_known_to}"
    yield f"weekend: [{', '.join(_WEEKEND[weekday] for weekday in sorted(rest.weekend))}]"
    yield "holidays:"
    yield from (f"  {day}: {_english(name)}" for day, name in sorted(rest.items()) if not _MOVED.search(name))
    moved = [f"  {day}: {_day_moved(name)}" for day, name in sorted(rest.items()) if _MOVED.search(name)]
    if moved:
        yield "moved:"
        yield from moved
    working = sorted(day for day in rest.weekend_workdays if country.first_year <= day.year <= LAST_YEAR)
    if working:
        yield "working:"
        yield from (f"  - {day}" for day in working)


def _place(country: Country) -> str:
    return f"country {country.code[:2]}" + (f" {country.subdivision}" if country.subdivision else "")


def _english(name: str) -> str:
    """The name as Britons spell it; refused where YAML would read more than a text."""
    if ": " in name or " #" in name:
        raise ValueError(f"{name!r} needs quoting")
    return name.replace("Labor", "Labour")


def _day_moved(name: str) -> date:
    match = _MOVED.search(name)
    assert match
    return datetime.strptime(match[1], "%m/%d/%Y").date()  # noqa: DTZ007 - a calendar day, no instant


if __name__ == "__main__":
    _, as_known_on = sys.argv
    for country in COUNTRIES:
        text = "\n".join(lines_of(country, str(date.fromisoformat(as_known_on)))) + "\n"
        (FOLDER / f"{country.code}.yaml").write_text(text, encoding="utf-8")
        print(country.code)
