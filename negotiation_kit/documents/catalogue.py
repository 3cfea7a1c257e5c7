"""Which papers exist, for whom, and when each is made; a new paper is one entry here and one template a language."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from negotiation_kit.reckoning.reckon import Reckoning
from negotiation_kit.reckoning.schedule import Schedule

Audience = Literal["internal", "restricted", "client", "legal"]


def _no_schedule(_: Reckoning) -> Schedule | None:
    return None


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the kit."""

    code: str
    slug: str
    """Its name in file names; the template is `<code>-<slug>.md` in each language's folder."""
    audience: Audience
    when: str
    serves: tuple[str, ...]
    """Requirements of the method, S1 to S65."""
    needed: Callable[[Reckoning], bool]
    signed: bool = False
    schedule: Callable[[Reckoning], Schedule | None] = _no_schedule
    """The schedule it holds, which can be had as a live spreadsheet too."""
    sealed: bool = False
    """Kept back until the client's own idea has been heard (S43)."""

    @property
    def template(self) -> str:
        """The template's file name, the same in every language."""
        return f"{self.code}-{self.slug}.md"


def _always(_: Reckoning) -> bool:
    return True


def _before_agreement(reckoning: Reckoning) -> bool:
    return reckoning.agreement is None and not reckoning.debt.overdue.is_zero


def _with_proposal(reckoning: Reckoning) -> bool:
    return _before_agreement(reckoning) and reckoning.proposal is not None


def _with_offers(reckoning: Reckoning) -> bool:
    return _before_agreement(reckoning) and reckoning.offers is not None


def _after_agreement(reckoning: Reckoning) -> bool:
    return reckoning.agreement is not None


def _tabled(reckoning: Reckoning) -> Schedule | None:
    return reckoning.proposal.schedule if reckoning.proposal else None


def _agreed(reckoning: Reckoning) -> Schedule | None:
    return reckoning.agreement.schedule if reckoning.agreement else None


PAPERS: tuple[Paper, ...] = (
    Paper(
        code="D01",
        slug="situation-sheet",
        audience="internal",
        when="when the case is opened, and again before each round",
        serves=("S1", "S2", "S4", "S6", "S7", "S8", "S9", "S10", "S11", "S27", "S36", "S37"),
        needed=_always,
    ),
    Paper(
        code="D03",
        slug="preparation-checklist",
        audience="internal",
        when="as soon as a meeting is planned",
        serves=("S1", "S35", "S36", "S37", "S38", "S39"),
        needed=_before_agreement,
    ),
    Paper(
        code="D04",
        slug="authority-sheet",
        audience="restricted",
        when="as soon as a meeting is planned; stays in the bag",
        serves=("S21", "S22", "S23", "S24", "S25", "S35", "S38", "S64"),
        needed=_with_offers,
    ),
    Paper(
        code="D06",
        slug="question-sheet",
        audience="internal",
        when="the day before the meeting",
        serves=("S1", "S39", "S40", "S41", "S42", "S43", "S44", "S45", "S46", "S47", "S48", "S62"),
        needed=_before_agreement,
    ),
    Paper(
        code="C02",
        slug="statement-of-invoices",
        audience="client",
        when="with the invitation, to be held against the client's books",
        serves=("S36",),
        needed=_before_agreement,
    ),
    Paper(
        code="C03",
        slug="repayment-proposal",
        audience="client",
        when="shown only after the client's own idea has been heard",
        serves=("S38", "S43", "S45"),
        needed=_with_proposal,
        schedule=_tabled,
        sealed=True,
    ),
    Paper(
        code="C04",
        slug="minutes",
        audience="client",
        when="after the agreement, to be signed",
        serves=("S41", "S44", "S46", "S47", "S48", "S49", "S50", "S51", "S52", "S53"),
        needed=_after_agreement,
        signed=True,
    ),
    Paper(
        code="C05",
        slug="minutes-to-fill",
        audience="client",
        when="printed before the meeting, filled in and signed there",
        serves=("S41", "S44", "S46", "S47", "S48", "S49", "S51", "S52", "S53"),
        needed=_before_agreement,
        signed=True,
    ),
    Paper(
        code="C06",
        slug="payment-schedule",
        audience="client",
        when="on wish, and for the files of the legal department",
        serves=("S45", "S51"),
        needed=_after_agreement,
        schedule=_agreed,
        signed=True,
    ),
)


def papers_for(reckoning: Reckoning) -> tuple[Paper, ...]:
    """The papers this case calls for on its day."""
    return tuple(paper for paper in PAPERS if paper.needed(reckoning))
