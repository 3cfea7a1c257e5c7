"""A folder of cases as one worklist: texts in, the portfolio and what was wrong out, and the forms it is read in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from negotiation_kit.days import DayUnknown
from negotiation_kit.documents import portfolio_page
from negotiation_kit.documents.portfolio_page import LeftOut
from negotiation_kit.documents.portfolio_sheet import portfolio_sheet
from negotiation_kit.documents.portfolio_table import as_csv
from negotiation_kit.documents.structured import plain_data
from negotiation_kit.pack import Kit
from negotiation_kit.problems import Problem, Refused
from negotiation_kit.reckoning.portfolio import Entry, Portfolio, entry_of, portfolio_of


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One file of a folder that is meant as a case."""

    name: str
    text: str
    beside: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    """Why it could not be read; the text is empty then."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that is not in the worklist, and why."""

    file: str
    problems: tuple[Problem, ...]

    @property
    def first(self) -> Problem:
        """The first thing to mend."""
        return self.problems[0]


@dataclass(frozen=True, slots=True)
class Folder:
    """The worklist of a folder, and the files that are not in it."""

    portfolio: Portfolio
    broken: tuple[Broken, ...]

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """The files that are not in it, as the worklist tells them."""
        return tuple(LeftOut(each.file, each.first.message, len(each.problems) - 1) for each in self.broken)


def read_folder(kit: Kit, files: Iterable[CaseFile], as_of: date) -> Folder:
    """The worklist of all sound cases on a day; each file is looked at once and its case let go again."""
    broken: list[Broken] = []
    return Folder(portfolio_of(_entries(kit, files, as_of, broken), as_of), tuple(broken))


def _entries(kit: Kit, files: Iterable[CaseFile], as_of: date, broken: list[Broken]) -> Iterator[Entry]:
    """What the portfolio needs of each sound case; what is wrong with the others is added to the list."""
    seen: dict[str, str] = {}
    for file in files:
        try:
            yield _entry(kit, file, as_of, seen)
        except Refused as refused:
            broken.append(Broken(file.name, refused.problems))


def _entry(kit: Kit, file: CaseFile, as_of: date, seen: dict[str, str]) -> Entry:
    if file.problems:
        raise Refused(file.problems)
    case = kit.check(file.text, file.name, file.beside)
    if case.case in seen:
        way_out = "keep one of them in this folder; the first is in the list, and nothing is counted twice"
        message = f"case {case.case!r} stands in {seen[case.case]} too"
        raise Refused([Problem(case.place_of("case"), message, way_out)])
    try:
        entry = entry_of(kit.reckon(case, as_of, with_offers=False))
    except DayUnknown as unknown:
        way_out = "choose another --as-of, or check the days of the case"
        raise Refused([Problem(case.place_of("calendars"), str(unknown), way_out)]) from None
    seen[case.case] = file.name
    return entry


def worklist_text(kit: Kit, folder: Folder, language: str) -> str:
    """The worklist for a terminal."""
    wording = kit.desk.wording(language, "text", portfolio_page.NAMES)
    return portfolio_page.text(wording, folder.portfolio, folder.left_out)


def worklist_page(kit: Kit, folder: Folder, language: str) -> bytes:
    """The worklist as one page that needs nothing but itself."""
    wording = kit.desk.wording(language, "html", portfolio_page.NAMES)
    made = portfolio_page.page_of(wording, kit.desk.language(language), folder.portfolio, folder.left_out)
    return made.encode("utf-8")


def worklist_csv(kit: Kit, folder: Folder, language: str) -> bytes:
    """One line a case, for a spreadsheet program."""
    return as_csv(folder.portfolio.rows, kit.desk.language(language))


def worklist_xlsx(kit: Kit, folder: Folder, language: str) -> bytes:
    """The worklist, its totals and the expected weeks as a workbook."""
    return portfolio_sheet(folder.portfolio, kit.desk.language(language))


def worklist_data(folder: Folder) -> dict[str, object]:
    """All of it as plain data, for other programs."""
    data = plain_data(folder.portfolio)
    assert isinstance(data, dict)
    return {**data, "left_out": plain_data(folder.left_out)}
