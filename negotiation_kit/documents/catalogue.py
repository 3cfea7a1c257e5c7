"""Which papers exist, for whom, and what calls for each; a new paper is one entry here and one template a language."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from negotiation_kit.documents.tone import Tone
from negotiation_kit.problems import Problem
from negotiation_kit.reckoning.claim_letter import claim_letter_held
from negotiation_kit.reckoning.letters import (
    held_back,
    letters_of,
    next_day,
    not_closed,
    not_invited,
    not_ours,
    unsigned,
)
from negotiation_kit.reckoning.next_round import is_next_round
from negotiation_kit.reckoning.reckon import Reckoning
from negotiation_kit.reckoning.results import is_closed
from negotiation_kit.reckoning.schedule import Instalment, Schedule

Audience = Literal["client", "internal", "restricted", "legal"]
FORMAL_STAGES = frozenset({"claim", "court"})
"""Stages in which legal takes the matter over."""
Choice = tuple[str, ...] | Literal["needed", "all"]
"""Which papers: those the case calls for, all that can be made of it, or those of these codes."""


def _always(_: Reckoning) -> bool:
    return True


def _not_held(_: Reckoning) -> str | None:
    return None


def _no_schedule(_: Reckoning) -> Schedule | None:
    return None


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the kit."""

    code: str
    slug: str
    """Its name in file names; the template is `<code>-<slug>.md` in each language's folder."""
    audience: Audience
    serves: tuple[str, ...]
    """Requirements of the method, S1 to S65."""
    needed: Callable[[Reckoning], bool]
    """Whether stage and track call for it."""
    possible: Callable[[Reckoning], bool] = _always
    """Whether the case holds what it is made of; else it cannot be had even when asked for."""
    lacking: str = ""
    """What to write into the case then."""
    time: str = ""
    """Its own days, where it is the day that decides whether it can be made."""
    held: Callable[[Reckoning], str | None] = _not_held
    """Why it is not sent although it is its time: a reason's key behind `held.`; nothing when it may go."""
    copies: int = 0
    """How many are printed to be taken to the meeting."""
    tone: Tone = "calm"
    """How hard the words of a client's paper may be."""
    signed: bool = False
    to_fill: bool = False
    """Filled in by hand at a meeting still to come."""
    schedule: Callable[[Reckoning], Schedule | None] = _no_schedule
    """The schedule it prints."""
    live: bool = False
    """Its schedule can be had as a live spreadsheet too."""
    sealed: bool = False
    """Kept back until the client's own idea has been heard (S43)."""

    @property
    def template(self) -> str:
        """The template's file name, the same in every language."""
        return f"{self.code}-{self.slug}.md"


def _before_agreement(reckoning: Reckoning) -> bool:
    """A meeting is to be prepared: nothing is agreed yet, or a further one is planned since."""
    planned = reckoning.agreement is None or is_next_round(reckoning.case, reckoning.as_of)
    return planned and not reckoning.debt.overdue.is_zero


def _is_a_call(reckoning: Reckoning) -> bool:
    """A friendly clarification on the phone: a short guide and a few questions, no papers of a meeting (S16)."""
    meeting = reckoning.case.meeting
    return reckoning.assessment.track == "CLARIFY" and (meeting is None or meeting.channel == "call")


def _to_meet(reckoning: Reckoning) -> bool:
    return _before_agreement(reckoning) and not _is_a_call(reckoning)


def _to_talk(reckoning: Reckoning) -> bool:
    """A meeting is planned, or a friendly call; where legal takes over nobody negotiates any more."""
    track = reckoning.assessment.track
    is_planned = reckoning.case.meeting is not None or track == "CLARIFY"
    return _before_agreement(reckoning) and is_planned and track not in {"LEGAL", "STOP"}


def _in_a_further_round(reckoning: Reckoning) -> bool:
    return is_next_round(reckoning.case, reckoning.as_of)


def _has_proposal(reckoning: Reckoning) -> bool:
    return reckoning.proposal is not None


def _with_proposal(reckoning: Reckoning) -> bool:
    return _to_meet(reckoning) and _has_proposal(reckoning)


def _has_offers(reckoning: Reckoning) -> bool:
    return reckoning.offers is not None


def _with_offers(reckoning: Reckoning) -> bool:
    return _to_meet(reckoning) and _has_offers(reckoning)


def _after_agreement(reckoning: Reckoning) -> bool:
    return reckoning.agreement is not None


def _for_legal(reckoning: Reckoning) -> bool:
    return reckoning.assessment.track == "LEGAL" or (
        reckoning.clock is not None and reckoning.clock.stage in FORMAL_STAGES
    )


def _can_be_claimed(reckoning: Reckoning) -> bool:
    """Something past its day; neither a kept plan nor a letter that has gone stands in the way."""
    clock = reckoning.clock
    is_held = clock is not None and (clock.plan_active or clock.letter_went or clock.court_filed)
    return not reckoning.debt.overdue.is_zero and not is_held


def _to_claim(reckoning: Reckoning) -> bool:
    return _for_legal(reckoning) and _can_be_claimed(reckoning)


def _ended_open(reckoning: Reckoning) -> bool:
    outcome = reckoning.case.outcome
    return outcome is not None and outcome.is_open and bool(outcome.open_points) and outcome.next_contact is not None


def _to_sign(reckoning: Reckoning) -> bool:
    """Nothing is put before anybody for signature with a day in it that has passed without its money."""
    return reckoning.agreement is not None and reckoning.lapsed_part is None


def _by_phone(reckoning: Reckoning) -> bool:
    return _to_sign(reckoning) and reckoning.held_by in {"call", "video"}


def _minutes_at_hand(reckoning: Reckoning) -> bool:
    return _to_meet(reckoning) or _to_sign(reckoning)


def _to_tell_the_superior(reckoning: Reckoning) -> bool:
    """On the day something is missed, and as long as nobody has written down that it was told."""
    told = reckoning.case.superior_told
    return not reckoning.debt.overdue.is_zero and (told is None or told >= reckoning.as_of)


def _is_key(reckoning: Reckoning) -> bool:
    return reckoning.case.client.segment == "key"


def _of_a_key_client(reckoning: Reckoning) -> bool:
    return _is_key(reckoning) and not reckoning.debt.overdue.is_zero


def _to_invite(reckoning: Reckoning) -> bool:
    meeting = reckoning.case.meeting
    return _to_meet(reckoning) and meeting is not None and meeting.day > reckoning.as_of


def _has_meeting(reckoning: Reckoning) -> bool:
    return reckoning.case.meeting is not None


def _to_thank(reckoning: Reckoning) -> bool:
    """On the day of the meeting and the next business day."""
    outcome = reckoning.case.outcome
    if outcome is None:
        return False
    return outcome.day <= reckoning.as_of <= reckoning.calendars.add_business_days(outcome.day, 1)


def _has_outcome(reckoning: Reckoning) -> bool:
    return reckoning.case.outcome is not None


def _to_remind(reckoning: Reckoning) -> bool:
    letters = letters_of(reckoning)
    return letters.reminder is not None or letters.pulse


def _part_missing(reckoning: Reckoning) -> bool:
    return letters_of(reckoning).missed is not None


def _to_warn(reckoning: Reckoning) -> bool:
    return letters_of(reckoning).warning is not None


def _settled(reckoning: Reckoning) -> bool:
    return letters_of(reckoning).closing is not None


def _to_close(reckoning: Reckoning) -> bool:
    """Until the day on which the case is recorded as closed; the letter goes by then."""
    closing = reckoning.case.closing
    return _settled(reckoning) and (closing is None or reckoning.as_of <= closing.day)


def _has_ended(reckoning: Reckoning) -> bool:
    return _settled(reckoning) or is_closed(reckoning)


def _to_record_the_end(reckoning: Reckoning) -> bool:
    closing = reckoning.case.closing
    return _has_ended(reckoning) and (closing is None or reckoning.as_of <= closing.day)


def _gentle(reckoning: Reckoning) -> str | None:
    return held_back(reckoning, warns=False) or unsigned(reckoning)


def _asks_for_a_call(reckoning: Reckoning) -> str | None:
    return held_back(reckoning, warns=False) or unsigned(reckoning, reachable=True)


def _warning(reckoning: Reckoning) -> str | None:
    return held_back(reckoning, warns=True) or unsigned(reckoning, reachable=True)


_NO_OFFERS = "a sum past its due day, and the meeting's day"
_CURE_DAYS = "it is for the business days in which a part of signed minutes that has not come can still be put right"
_NO_AGREEMENT = "an outcome with the agreed schedule"


def _tabled(reckoning: Reckoning) -> Schedule | None:
    return reckoning.proposal.schedule if reckoning.proposal else None


def _agreed(reckoning: Reckoning) -> Schedule | None:
    return reckoning.agreement.schedule if reckoning.agreement else None


PAPERS: tuple[Paper, ...] = (
    Paper(
        code="D01",
        slug="situation-sheet",
        audience="internal",
        serves=("S1", "S2", "S4", "S6", "S7", "S8", "S9", "S10", "S11", "S27", "S36", "S37"),
        needed=_always,
    ),
    Paper(
        code="D02",
        slug="notice-to-superior",
        audience="internal",
        serves=("S5", "S12", "S13", "S14", "S15"),
        needed=_to_tell_the_superior,
    ),
    Paper(
        code="C01",
        slug="invitation",
        audience="client",
        serves=("S28", "S41"),
        needed=_to_invite,
        possible=_has_meeting,
        lacking="the meeting, with its day",
        held=not_invited,
    ),
    Paper(
        code="C02",
        slug="statement-of-invoices",
        audience="client",
        serves=("S36",),
        needed=_to_meet,
        copies=2,
    ),
    Paper(
        code="D03",
        slug="preparation-checklist",
        audience="internal",
        serves=("S1", "S35", "S36", "S37", "S38", "S39"),
        needed=_to_meet,
    ),
    Paper(
        code="D04",
        slug="authority-sheet",
        audience="restricted",
        serves=("S21", "S22", "S23", "S24", "S25", "S35", "S38", "S64"),
        needed=_with_offers,
        possible=_has_offers,
        lacking=_NO_OFFERS,
        copies=1,
    ),
    Paper(
        code="D08",
        slug="executive-decision",
        audience="restricted",
        serves=("S20", "S21", "S22", "S23", "S24", "S25", "S26"),
        needed=_of_a_key_client,
        possible=_is_key,
        lacking="client.segment: key, as management names its key clients",
        copies=1,
    ),
    Paper(
        code="D05",
        slug="strategy-sheet",
        audience="restricted",
        serves=("S7", "S9", "S29", "S30", "S38"),
        needed=_with_offers,
        possible=_has_offers,
        lacking=_NO_OFFERS,
    ),
    Paper(
        code="D06",
        slug="question-sheet",
        audience="internal",
        serves=("S1", "S39", "S40", "S41", "S42", "S43", "S44", "S45", "S46", "S47", "S48", "S62"),
        needed=_before_agreement,
        copies=1,
    ),
    Paper(
        code="D07",
        slug="conversation-guide",
        audience="internal",
        serves=(
            "S16",
            "S28",
            "S32",
            "S33",
            "S40",
            "S41",
            "S42",
            "S43",
            "S44",
            "S45",
            "S46",
            "S47",
            "S48",
            "S49",
            "S50",
            "S51",
            "S52",
            "S53",
            "S62",
            "S63",
        ),
        needed=_to_talk,
        copies=1,
    ),
    Paper(
        code="D12",
        slug="debrief",
        audience="internal",
        serves=("S4", "S61", "S65"),
        needed=_to_meet,
        copies=1,
    ),
    Paper(
        code="C05",
        slug="minutes-to-fill",
        audience="client",
        tone="legal words",
        serves=("S41", "S44", "S46", "S47", "S48", "S49", "S51", "S52", "S53"),
        needed=_to_meet,
        copies=2,
        signed=True,
        to_fill=True,
    ),
    Paper(
        code="C03",
        slug="repayment-proposal",
        audience="client",
        serves=("S38", "S43", "S45"),
        needed=_with_proposal,
        possible=_has_proposal,
        lacking=_NO_OFFERS,
        held=not_ours,
        copies=2,
        schedule=_tabled,
        live=True,
        sealed=True,
    ),
    Paper(
        code="C04",
        slug="minutes",
        audience="client",
        tone="legal words",
        serves=("S41", "S44", "S46", "S47", "S48", "S49", "S50", "S51", "S52", "S53"),
        needed=_to_sign,
        possible=_to_sign,
        schedule=_agreed,
        lacking=_NO_AGREEMENT,
        copies=2,
        signed=True,
    ),
    Paper(
        code="C06",
        slug="payment-schedule",
        audience="client",
        tone="legal words",
        serves=("S45", "S51"),
        needed=_to_sign,
        possible=_to_sign,
        lacking=_NO_AGREEMENT,
        copies=2,
        schedule=_agreed,
        live=True,
        signed=True,
    ),
    Paper(
        code="C13",
        slug="confirmation-by-mail",
        audience="client",
        tone="legal words",
        serves=("S49", "S50", "S51", "S52"),
        needed=_by_phone,
        possible=_by_phone,
        lacking="an outcome with the agreed schedule and channel: call or video",
        schedule=_agreed,
        signed=True,
    ),
    Paper(
        code="D15",
        slug="notes-to-the-minutes",
        audience="internal",
        serves=("S49", "S50", "S51"),
        needed=_minutes_at_hand,
    ),
    Paper(
        code="C07",
        slug="note-on-the-meeting",
        audience="client",
        serves=("S49", "S52", "S57"),
        needed=_ended_open,
        possible=_ended_open,
        lacking="an outcome without a schedule, with open_points and next_contact",
    ),
    Paper(
        code="C08",
        slug="thank-you",
        audience="client",
        serves=("S52", "S53"),
        needed=_to_thank,
        possible=_has_outcome,
        lacking="the outcome of the meeting",
        held=unsigned,
    ),
    Paper(
        code="D14",
        slug="monitoring-calendar",
        audience="internal",
        serves=("S11", "S15", "S17", "S18", "S54", "S55", "S56"),
        needed=_after_agreement,
    ),
    Paper(
        code="C09",
        slug="reminder",
        audience="client",
        serves=("S18", "S24"),
        needed=_to_remind,
        possible=_to_remind,
        time="it goes out in the two business days before a part of signed minutes, or after the claim letter",
        held=_gentle,
    ),
    Paper(
        code="D10",
        slug="missed-instalment",
        audience="internal",
        serves=("S10", "S56"),
        needed=_part_missing,
        possible=_part_missing,
        time=_CURE_DAYS,
    ),
    Paper(
        code="C10",
        slug="missed-instalment-note",
        audience="client",
        serves=("S56",),
        needed=_part_missing,
        possible=_part_missing,
        time=_CURE_DAYS,
        held=_asks_for_a_call,
    ),
    Paper(
        code="C11",
        slug="final-warning",
        audience="client",
        tone="next step",
        serves=("S58",),
        needed=_to_warn,
        possible=_to_warn,
        time="it is for the days from the clock's warning until the stage ends, while no signed plan holds the clock",
        held=_warning,
    ),
    Paper(
        code="D09",
        slug="next-round",
        audience="restricted",
        serves=("S57",),
        needed=_in_a_further_round,
        possible=_in_a_further_round,
        lacking="a meeting later than the one in outcome, or with round: 2 and the visit before it under contacts",
        copies=1,
    ),
    Paper(
        code="D13",
        slug="hand-over-file",
        audience="legal",
        serves=("S3", "S17", "S19", "S31", "S34", "S59", "S60"),
        needed=_for_legal,
    ),
    Paper(
        code="D16",
        slug="claim-letter-draft",
        audience="legal",
        serves=("S17", "S60"),
        needed=_to_claim,
        possible=_can_be_claimed,
        lacking="a sum past its day, without a signed plan that is kept and without a claim letter that has gone",
        held=claim_letter_held,
    ),
    Paper(
        code="C12",
        slug="closing-letter",
        audience="client",
        serves=("S1", "S52", "S53"),
        needed=_to_close,
        possible=_settled,
        lacking="the payments that settle everything",
        held=not_closed,
    ),
    Paper(
        code="D17",
        slug="closing-record",
        audience="internal",
        serves=("S1", "S4", "S61", "S65"),
        needed=_to_record_the_end,
        possible=_has_ended,
        lacking="the payments that settle everything, or the closing: negotiation-kit close",
    ),
)
"""In the order in which they are used."""
OF_THE_HAND_OVER = ("D13", "D16", "C04", "C06", "C02")
"""What goes to legal in one folder, in this order."""
MINUTES = next(paper for paper in PAPERS if paper.code == "C04")
CLAIM_LETTER = next(paper for paper in PAPERS if paper.code == "D16")
MONITORING = next(paper for paper in PAPERS if paper.code == "D14")
CLIENTS_CALENDAR = Paper(code="P03", slug="calendar", audience="client", serves=(), needed=_after_agreement)
"""A calendar file with what both sides know."""
INDEX = Paper(code="P01", slug="index", audience="internal", serves=(), needed=_always)
"""The page that lies above all folders of a pack."""
PRINT_SET = Paper(code="P02", slug="print-set", audience="restricted", serves=(), needed=_always)
"""Everything to be taken to the meeting, as one file to print."""
SIDE_BY_SIDE = ("C03", "C04", "C05", "C06")
"""The papers that can be had in two languages side by side."""
CODES = tuple(paper.code for paper in PAPERS)


def papers_for(reckoning: Reckoning, chosen: Choice = "needed") -> tuple[Paper, ...]:
    """The papers this case calls for on its day, or all that can be made, or those of the codes that can be made."""
    codes = CODES if chosen in {"needed", "all"} else chosen
    asked = [
        paper for paper in PAPERS if paper.code in codes and paper.possible(reckoning) and not paper.held(reckoning)
    ]
    return tuple(paper for paper in asked if chosen != "needed" or paper.needed(reckoning))


def held_papers(reckoning: Reckoning) -> tuple[tuple[Paper, str], ...]:
    """The papers whose time it is and which are held back, each with the key of its reason."""
    found = ((paper, paper.held(reckoning)) for paper in PAPERS if paper.needed(reckoning))
    return tuple((paper, f"held.{reason}") for paper, reason in found if reason)


def choice_problems(reckoning: Reckoning, chosen: Choice) -> Iterator[Problem]:
    """One problem for each paper asked for by its code that is not there, or cannot be made of this case."""
    if chosen in {"needed", "all"}:
        return
    known = {paper.code: paper for paper in PAPERS}
    for code in chosen:
        paper = known.get(code)
        if paper is None:
            yield Problem(None, f"there is no paper {code!r}", f"known are {', '.join(known)}")
        elif not paper.possible(reckoning) and paper.signed and reckoning.lapsed_part:
            yield _lapsed(code, reckoning, reckoning.lapsed_part)
        elif not paper.possible(reckoning):
            yield _not_now(paper, reckoning) if paper.time else _lacks(paper, reckoning)


def _lacks(paper: Paper, reckoning: Reckoning) -> Problem:
    way_out, coming = f"write into the case: {paper.lacking}", next_day(paper.code, reckoning)
    if coming:
        way_out += f"; as the case stands, its next day is {coming}"
    return Problem(None, f"{paper.code} cannot be made of this case yet", way_out)


def _not_now(paper: Paper, reckoning: Reckoning) -> Problem:
    """It is not the paper's day; what comes instead is said where that is known."""
    coming, plan = next_day(paper.code, reckoning), reckoning.performance
    way_out = f"{paper.time}; as the case stands, its next day is {coming}" if coming else paper.time
    missed = next((part for part in plan.parts if part.is_uncured), None) if plan else None
    if paper.time == _CURE_DAYS and missed:
        warning = next_day("C11", reckoning)
        over = f"part {missed.number} could be put right until {missed.last_day}"
        way_out = f"{over}: now the superior is told and you call"
        way_out += f"; the warning C11 follows on {warning}" if warning else ""
    return Problem(None, f"{paper.code} is not made on {reckoning.as_of}", way_out)


def _lapsed(code: str, reckoning: Reckoning, part: Instalment) -> Problem:
    outcome = reckoning.case.outcome
    assert outcome is not None
    return Problem(
        outcome.schedule[part.number - 1].place_of("due"),
        f"{code}: outcome.schedule[{part.number}].due is {part.due}, past on {reckoning.as_of}, and nobody has signed",
        "write the day of the signatures under outcome.signed; or agree a day to come with the client, "
        "and make it outcome.version + 1 with its changes",
    )
