"""How figures and days were found, in words; each explanation is an entry here and a template a language."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from negotiation_kit.documents.catalogue import Audience
from negotiation_kit.reckoning.alerts import alerts_of
from negotiation_kit.reckoning.assessment import LEVEL_FACTS
from negotiation_kit.reckoning.facts import unknown_facts
from negotiation_kit.reckoning.moves import Move, moves_of
from negotiation_kit.reckoning.reckon import Reckoning
from negotiation_kit.reckoning.schedule import Schedule

What = Literal["assessment", "interest", "allocation", "schedule", "clock", "promises", "offers"]

ONE_OFF = "one-off"
"""The case number of a question that has no case file."""
EXPLAINED = ("assumed", "one_off", "schedule", "moves", "what_if", "rests_on", "unknown")
"""The names `explained_values` gives."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One subject that can be explained; it is for our own people, and never a file."""

    what: What
    audience: Audience
    about: Callable[[Reckoning], dict[str, object]]
    """The records behind it, for other programs."""
    signed: bool = False
    to_fill: bool = False

    @property
    def code(self) -> str:
        """What templates see as the paper's code."""
        return self.what

    @property
    def template(self) -> str:
        """The template, the same in every language."""
        return f"explain/{self.what}.md"


def schedule_of(reckoning: Reckoning) -> Schedule | None:
    """The schedule that stands: the agreed one, else the one on the table."""
    if reckoning.agreement:
        return reckoning.agreement.schedule
    return reckoning.proposal.schedule if reckoning.proposal else None


def explained_values(what: What, reckoning: Reckoning, *, assumed: bool) -> dict[str, object]:
    """What the template of an explanation needs beyond what all our own papers may use."""
    one_off = reckoning.case.case == ONE_OFF
    return {
        "assumed": assumed,
        "one_off": one_off,
        "schedule": schedule_of(reckoning),
        "moves": moves_in(what, reckoning),
        "rests_on": reckoning.facts.named(_rests_on(reckoning)),
        "unknown": unknown_facts(reckoning.facts),
        "what_if": reckoning.offers.what_if if reckoning.offers and (one_off or what == "offers") else None,
    }


def _rests_on(reckoning: Reckoning) -> tuple[str, ...]:
    """The facts that decided track and level: those of the rule, and those the level is made of."""
    advice = reckoning.assessment.advice
    return (*reckoning.assessment.computed.rests_on, *(advice.rests_on if advice else ()), *LEVEL_FACTS)


def moves_in(what: What, reckoning: Reckoning) -> tuple[Move, ...]:
    """The days that moved off a day of rest, for the subject that prints them."""
    clock = reckoning.clock if what == "clock" else None
    schedules = [schedule_of(reckoning)] if what == "schedule" else []
    if what == "offers" and reckoning.offers:
        schedules = [offer.schedule for offer in reckoning.offers.all]
    moves = {move for each in (*schedules, None) for move in moves_of(each, clock, reckoning.calendars)}
    return tuple(sorted(moves, key=lambda move: (move.counted, move.day)))


EXPLANATIONS: tuple[Explanation, ...] = (
    Explanation(
        "assessment",
        "internal",
        lambda reckoning: {
            "assessment": reckoning.assessment,
            "facts": reckoning.facts.facts,
            "next_step": reckoning.clock.next_step if reckoning.clock else None,
            "proposal": reckoning.proposal,
        },
    ),
    Explanation(
        "interest",
        "internal",
        lambda reckoning: {
            "interest": reckoning.interest,
            "fixed_sums": reckoning.debt.fixed_sums,
            "cap_warnings": reckoning.cap_warnings,
            "other_currencies": [debt.interest for debt in reckoning.other_debts if debt.interest],
        },
    ),
    Explanation(
        "allocation",
        "internal",
        lambda reckoning: {
            "order": reckoning.debt.order,
            "settlements": reckoning.debt.settlements,
            "unallocated": reckoning.debt.unallocated,
            "invoices": reckoning.debt.invoices,
            "other_currencies": reckoning.other_debts,
        },
    ),
    Explanation("schedule", "internal", lambda reckoning: {"schedule": schedule_of(reckoning)}),
    Explanation(
        "clock",
        "internal",
        lambda reckoning: {
            "clock": reckoning.clock,
            "plan": reckoning.performance,
            "no_contact": reckoning.no_contact,
            "alerts": alerts_of(reckoning),
        },
    ),
    Explanation("promises", "internal", lambda reckoning: {"promises": reckoning.promises}),
    Explanation(
        "offers", "restricted", lambda reckoning: {"offers": reckoning.offers, "tolerance": reckoning.tolerance}
    ),
)
