"""The kit's own data as it came from its files, each text read once and only when it is first asked for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from negotiation_kit.case.case import Case
from negotiation_kit.days import Calendar, JointCalendar
from negotiation_kit.law.jurisdiction import Jurisdiction, Law
from negotiation_kit.law.rates import (
    RateFile,
    Rates,
    RateUpdate,
    RateUpdates,
    rate_file_problems,
    rate_update_problems,
)
from negotiation_kit.problems import Problem
from negotiation_kit.reading.record import read_record
from negotiation_kit.reading.tree import plain, read_tree


@dataclass(frozen=True, slots=True)
class Library:
    """The texts the kit works with, as they were read: wording, data, and the house file."""

    templates: Mapping[str, str]
    """By path below the templates folder: `en/C04-minutes.md`, `questions.yaml`."""
    calendars: Mapping[str, str]
    """By code: `HU`."""
    jurisdictions: Mapping[str, str]
    """By code: `HU`."""
    rates: Mapping[str, str]
    """By series: `ecb_mro`."""
    house: bytes
    own_rates: Mapping[str, str] = field(default_factory=dict)
    """A company's own files of newer reference rates, by name, laid over ours in this order."""


class Shelf:
    """Calendars, laws and reference rates, with a company's newer rates laid over ours."""

    def __init__(self, library: Library) -> None:
        """Read nothing yet."""
        self._library = library
        self._calendars: dict[str, Calendar] = {}
        self._laws: dict[str, Law] = {}
        self._rates: dict[str, Rates] = {}

    @property
    def calendar_codes(self) -> tuple[str, ...]:
        """The calendars there are."""
        return tuple(self._library.calendars)

    def _calendar(self, code: str) -> Calendar:
        if code not in self._calendars:
            tree = plain(read_tree(self._library.calendars[code], f"calendars/{code}.yaml"))
            assert isinstance(tree, dict)
            self._calendars[code] = Calendar.from_tree(tree)
        return self._calendars[code]

    def law(self, code: str) -> Law:
        """The rules of a jurisdiction with the series of rates they refer to; each file is read once."""
        if code not in self._laws:
            file = f"jurisdictions/{code}.yaml"
            jurisdiction = read_record(self._library.jurisdictions[code], file, Jurisdiction)
            named = {series for rule in jurisdiction.interest for series in rule.series.values()}
            named |= {cap.series for cap in jurisdiction.caps if cap.series}
            self._laws[code] = Law(jurisdiction, {series: self._series(series) for series in sorted(named)})
        return self._laws[code]

    def _series(self, code: str) -> Rates:
        if code not in self._rates:
            file = read_record(self._library.rates[code], f"rates/{code}.yaml", RateFile, (rate_file_problems,))
            rates = Rates.from_file(file)
            for update in self._updates:
                rates = rates.updated(update) if update.series == code else rates
            self._rates[code] = rates
        return self._rates[code]

    @cached_property
    def _updates(self) -> tuple[RateUpdate, ...]:
        """The newer rates of the company's own files, each of a series the kit knows."""
        found: list[RateUpdate] = []
        for name, text in self._library.own_rates.items():
            updates = read_record(text, name, RateUpdates, (rate_update_problems, self._series_exist))
            found += updates.rates
        return tuple(found)

    def _series_exist(self, updates: RateUpdates) -> Iterator[Problem]:
        for update in updates.rates:
            if update.series not in self._library.rates:
                known = ", ".join(self._library.rates)
                yield Problem(update.place_of("series"), f"there is no series {update.series!r}", f"known are {known}")

    def calendar_of(self, jurisdiction: str) -> str:
        """The calendar of a jurisdiction, or any where it has none: for answers in which no day moves."""
        return jurisdiction if jurisdiction in self._library.calendars else next(iter(self._library.calendars))

    def calendars(self, codes: Iterable[str]) -> JointCalendar:
        """The working days of several calendars at once."""
        return JointCalendar(tuple(self._calendar(code) for code in dict.fromkeys(codes)))

    def calendars_of(self, case: Case) -> JointCalendar:
        """The working days of a case: its calendars, or its jurisdiction's, and the days that case and policy add."""
        calendars = self.calendars(case.calendars or (case.jurisdiction,))
        return calendars.added((*case.rest_days, *case.policy.rest_days))
