"""What goes to those who carry on: the claim with its evidence, and what is still missing of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from negotiation_kit.case.standing import Copies, Security, Signal
from negotiation_kit.reckoning.chronology import Happening, chronology
from negotiation_kit.reckoning.claim_letter import claim_letter_held
from negotiation_kit.reckoning.decisions import allowed, needed_for
from negotiation_kit.reckoning.reckon import Reckoning

_OF_OUR_CLAIM = ("contract", "orders", "delivery_notes", "invoices", "payments", "reminders")
"""Without these papers no claim is proved."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the file lacks."""

    key: str
    """Its sentence is `hand_over.<key>`."""
    values: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """The key of its sentence."""
        return f"hand_over.{self.key}"


@dataclass(frozen=True, slots=True)
class HandOver:
    """The file on its day."""

    happenings: tuple[Happening, ...]
    signals: tuple[Signal, ...]
    """Public economic facts with their source."""
    securities: tuple[Security, ...]
    """What we hold for the debt."""
    limitation_ends: date | None
    gaps: tuple[Gap, ...]

    @property
    def is_complete(self) -> bool:
        """Nothing is missing."""
        return not self.gaps


def hand_over(reckoning: Reckoning) -> HandOver:
    """The file for legal on the day of the reckoning."""
    case = reckoning.case
    return HandOver(
        happenings=chronology(reckoning),
        signals=tuple(signal for signal in case.signals if signal.day <= reckoning.as_of),
        securities=case.securities,
        limitation_ends=case.checks.limitation_ends,
        gaps=tuple(gap for look in _LOOKS for gap in look(reckoning)),
    )


def _parties(reckoning: Reckoning) -> Iterator[Gap]:
    """A claim names both sides as the register does."""
    for side, party in (("supplier", reckoning.case.supplier), ("client", reckoning.case.client)):
        for field in ("seat", "registration", "tax_number"):
            if getattr(party, field) is None:
                yield Gap("party", (("field", f"{side}.{field}"),))


def _claim(reckoning: Reckoning) -> Iterator[Gap]:
    if reckoning.case.interest is None:
        yield Gap("interest")
    elif claim_letter_held(reckoning) == "interest_undecided":
        yield Gap("interest_undecided")
    for balance in reckoning.debt.overdue_invoices:
        if balance.invoice.delivery is None:
            yield Gap("delivery", (("invoice", balance.invoice.number),))
        if balance.invoice.disputed and balance.invoice.disputed.our_view is None:
            yield Gap("our_view", (("invoice", balance.invoice.number),))


def _evidence(reckoning: Reckoning) -> Iterator[Gap]:
    copies = reckoning.case.checks.copies or Copies()
    for kind in _OF_OUR_CLAIM:
        if getattr(copies, kind) not in {"found", "not needed"}:
            yield Gap("copy", (("field", f"checks.copies.{kind}"),))


def _checks(reckoning: Reckoning) -> Iterator[Gap]:
    checks = reckoning.case.checks
    if checks.limitation_ends is None:
        yield Gap("limitation")
    if checks.insolvency is None or checks.insolvency_checked is None:
        yield Gap("insolvency")
    if not reckoning.participants.signature_confirmed:
        yield Gap("signatory")


def _agreement(reckoning: Reckoning) -> Iterator[Gap]:
    outcome = reckoning.case.outcome
    if outcome and outcome.schedule and outcome.signed is None:
        yield Gap("unsigned")


def _decision(reckoning: Reckoning) -> Iterator[Gap]:
    """A key client's file goes to legal only on the first person's recorded word (S20)."""
    needed = needed_for(reckoning.case, "claim_letter")
    if needed and needed not in allowed(reckoning.case, reckoning.as_of):
        yield Gap("decision")


_LOOKS: tuple[Callable[[Reckoning], Iterator[Gap]], ...] = (
    _parties,
    _claim,
    _evidence,
    _checks,
    _agreement,
    _decision,
)
