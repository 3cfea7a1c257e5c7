"""A folder of cases as one worklist: texts in, the portfolio and what was wrong out, and the forms it is read in."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from negotiation_kit.case.case import Case
from negotiation_kit.days import DayUnknown
from negotiation_kit.documents import portfolio_page
from negotiation_kit.documents.portfolio_page import LeftOut
from negotiation_kit.documents.portfolio_sheet import portfolio_sheet
from negotiation_kit.documents.portfolio_table import as_csv
from negotiation_kit.documents.structured import plain_data
from negotiation_kit.pack import Kit
from negotiation_kit.problems import Place, Problem, Refused
from negotiation_kit.reckoning.portfolio import Entry, Portfolio, entry_of, portfolio_of

Found = TypeVar("Found")


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


def sound(
    kit: Kit, files: Iterable[CaseFile], look: Callable[[CaseFile, Case], Found], broken: list[Broken]
) -> Iterator[Found]:
    """What the look finds in each sound case, one case at a time; why the others are left out is added to the list."""
    for file in files:
        try:
            found = look(file, case_in(kit, file))
        except Refused as refused:
            broken.append(Broken(file.name, refused.problems))
        except DayUnknown as unknown:
            broken.append(Broken(file.name, (unknown_day(unknown, file.name),)))
        else:
            yield found


def case_in(kit: Kit, file: CaseFile) -> Case:
    """The case in a file; `Refused` with everything that is wrong with it."""
    if file.problems:
        raise Refused(file.problems)
    return kit.check(file.text, file.name, file.beside)


def unknown_day(unknown: DayUnknown, file: str) -> Problem:
    """A case that needs a day no calendar knows."""
    return Problem(Place(file, 1, 1), str(unknown), "choose another --as-of, or check the days of the case")


def read_folder(kit: Kit, files: Iterable[CaseFile], as_of: date) -> Folder:
    """The worklist of all sound cases on a day; each file is looked at once and its case let go again."""
    seen: dict[str, str] = {}
    broken: list[Broken] = []

    def entry(file: CaseFile, case: Case) -> Entry:
        if case.case in seen:
            raise Refused([twice(case, seen[case.case])])
        found = entry_of(kit.reckon(case, as_of, with_offers=False))
        seen[case.case] = file.name
        return found

    return Folder(portfolio_of(sound(kit, files, entry, broken), as_of), tuple(broken))


def twice(case: Case, first: str) -> Problem:
    """A case whose number another file of the folder has too."""
    way_out = "keep one of them in this folder; the first is in the list, and nothing is counted twice"
    return Problem(case.place_of("case"), f"case {case.case!r} stands in {first} too", way_out)


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
