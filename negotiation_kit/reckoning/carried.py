"""Sums that management's decision carries: under the name of the one who decided, never under the seller's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from negotiation_kit.money import Money
from negotiation_kit.reckoning.reckon import Reckoning

EXECUTIVE = "EXECUTIVE"


@dataclass(frozen=True, slots=True)
class Carried:
    """A case held by somebody's decision, and what is overdue in it."""

    by: str | None
    """Who decided; nothing for a key client about whom nobody has."""
    kind: str
    """tolerance, decision, override, or undecided."""
    day: date | None
    case: str
    client: str
    overdue: tuple[Money, ...]
    """One sum a currency."""


def carried_of(reckoning: Reckoning) -> tuple[Carried, ...]:
    """Every decision of management that stands on the day, with what is overdue under it; nothing where nothing is."""
    debts = (reckoning.debt, *reckoning.other_debts)
    overdue = tuple(each.overdue for each in debts if not each.overdue.is_zero)
    if not overdue:
        return ()
    case = reckoning.case
    return tuple(Carried(by, kind, day, case.case, case.client.name, overdue) for by, kind, day in _decided(reckoning))


def _decided(reckoning: Reckoning) -> Iterator[tuple[str | None, str, date | None]]:
    case, as_of = reckoning.case, reckoning.as_of
    tolerance, override = case.tolerance, reckoning.assessment.override
    decisions = [each for each in case.decisions if each.day <= as_of]
    tolerance = tolerance if tolerance and tolerance.decided <= as_of else None
    if tolerance:
        yield _name(tolerance.approved_by), "tolerance", tolerance.decided
    for decision in sorted(decisions, key=lambda each: each.day):
        yield _name(decision.by), "decision", decision.day
    if override and override.day <= as_of:
        yield _name(override.by), "override", override.day
    if reckoning.assessment.track == EXECUTIVE and not tolerance and not decisions:
        yield None, "undecided", None


def _name(person: str) -> str:
    """The name alone: "Szabó Judit" of "Szabó Judit, managing director"."""
    return person.partition(",")[0].strip() or person
