"""What must be done today, for one case or a folder: alerts, the day's entries, the papers whose time it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from negotiation_kit.case.case import Case
from negotiation_kit.case.fields import Visibility
from negotiation_kit.documents.catalogue import held_papers, papers_for
from negotiation_kit.documents.views import seen
from negotiation_kit.folder import Broken, CaseFile, sound
from negotiation_kit.money import Money
from negotiation_kit.pack import Kit
from negotiation_kit.problems import Refused
from negotiation_kit.reckoning.alerts import MISSING, Alert, alerts_of
from negotiation_kit.reckoning.monitoring import Watch, watched
from negotiation_kit.reckoning.performance import PlanPerformance
from negotiation_kit.reckoning.reckon import Reckoning

NAMES = ("cases", "as_of", "quiet")
"""What the template may use."""
TEMPLATE = "status.md"
_OF_A_DAY = frozenset({"C07", "C08", "C09", "C10", "C11", "C12", "C13", "D09", "D10", "D16", "D17"})
"""Papers that have one time; the others stand ready as long as their stage lasts."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A paper whose time it is, or that is held back."""

    code: str
    title: str
    held: str | None
    """Why it is not sent; nothing when it may go."""


@dataclass(frozen=True, slots=True)
class Today:
    """One case on a day."""

    case: str
    file: str
    client: str
    overdue: Money
    stage: str
    days_left: int | None
    track: str
    plan: PlanPerformance | None
    alerts: tuple[Alert, ...]
    due: tuple[Watch, ...]
    """What is to be done or looked at today."""
    papers: tuple[Ready, ...]
    next: Watch | None
    """What comes after today."""

    @property
    def is_quiet(self) -> bool:
        """Nothing has to be done today; papers missing alone can wait for the next talk."""
        return not (self.due or self.papers or any(alert.urgency != MISSING for alert in self.alerts))


def today_of(kit: Kit, reckoning: Reckoning, file: str, language: str) -> Today:
    """What a case asks for on the day of the reckoning."""
    clock, case = reckoning.clock, reckoning.case
    ahead = watched(reckoning)
    return Today(
        case=case.case,
        file=file,
        client=case.client.name,
        overdue=reckoning.debt.overdue,
        stage=clock.stage if clock else "done",
        days_left=clock.days_left if clock else None,
        track=reckoning.assessment.track,
        plan=reckoning.performance,
        alerts=alerts_of(reckoning),
        due=tuple(each for each in ahead if each.day == reckoning.as_of),
        papers=tuple(_papers(kit, reckoning, language)),
        next=next((each for each in ahead if each.day > reckoning.as_of), None),
    )


def _papers(kit: Kit, reckoning: Reckoning, language: str) -> Iterator[Ready]:
    words = kit.desk.language(language)
    for paper in papers_for(reckoning):
        if paper.code in _OF_A_DAY:
            yield Ready(paper.code, kit.desk.title(paper, language), None)
    for paper, reason in held_papers(reckoning):
        yield Ready(paper.code, kit.desk.title(paper, language), words.told(reason))


def days_work(
    kit: Kit, files: Iterable[CaseFile], as_of: date, language: str
) -> tuple[tuple[Today, ...], tuple[Broken, ...]]:
    """Every sound case on a day, those with something to do first; and the files that could not be read."""
    broken: list[Broken] = []

    def today(file: CaseFile, case: Case) -> Today:
        return today_of(kit, kit.reckon(case, as_of, with_offers=False), file.name, language)

    found = list(sound(kit, files, today, broken))
    found.sort(key=lambda each: (each.is_quiet, each.case))
    return tuple(found), tuple(broken)


def status_text(kit: Kit, cases: tuple[Today, ...], as_of: date, language: str) -> str:
    """The day's work as a text for a terminal."""
    if language not in kit.desk.language_codes:
        raise Refused([kit.desk.no_language(language, None)])
    wording = kit.desk.wording(language, "text", NAMES)
    named = {
        "cases": tuple(each for each in cases if not each.is_quiet),
        "quiet": tuple(each for each in cases if each.is_quiet),
        "as_of": as_of,
    }
    return wording.render(TEMPLATE, {name: seen(value, Visibility.INTERNAL) for name, value in named.items()})
