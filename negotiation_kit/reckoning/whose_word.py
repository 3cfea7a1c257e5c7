"""Whose word the minutes still wait for: legal's consent, and the client's power to sign."""

from collections.abc import Iterator

from negotiation_kit.case.case import Case
from negotiation_kit.case.outcome import Outcome
from negotiation_kit.problems import Place, Problem
from negotiation_kit.reckoning.participants import participants


def word_problems(case: Case, outcome: Outcome) -> Iterator[Problem]:
    """Minutes that need a word nobody has given are not final."""
    yield from _signature_problems(case, outcome)
    if outcome.legal_consent is None:
        for place, what in consent_causes(case, outcome):
            yield Problem(
                place,
                f"{what}: outcome.legal_consent is missing",
                f"ask {_legal(case)} before anybody signs, and write who consented and when",
            )


def consent_causes(case: Case, outcome: Outcome) -> Iterator[tuple[Place | None, str]]:
    """Each thing in the minutes that legal must have consented to, with where it stands."""
    if outcome.principal_cut:
        yield outcome.place_of("principal_cut"), f"the minutes give up {outcome.principal_cut} of the principal"
    if outcome.guarantor:
        yield outcome.guarantor.place_of(), f"{outcome.guarantor.name} answers for the schedule"
    elif outcome.has_security:
        yield outcome.place_of("security"), "the minutes take a security"
    if outcome.paid_by:
        yield outcome.place_of("paid_by"), "somebody pays in the client's place"
    if case.checks.insolvency in {"signal", "open"}:
        yield case.checks.place_of("insolvency"), f"checks.insolvency is {case.checks.insolvency}"


def _signature_problems(case: Case, outcome: Outcome) -> Iterator[Problem]:
    """Without a known power to sign, the minutes only wait for confirmation; then somebody confirms until a day."""
    confirmation = outcome.confirmation
    if confirmation is None and not participants(case).signature_confirmed:
        yield Problem(
            outcome.place_of(),
            "nobody is known who may sign for the client: the minutes can only be subject to confirmation",
            "look into the register and write signs and power under client.people; "
            "or ask the client who confirms until when, and write by and until under outcome.confirmation",
        )
    if confirmation and confirmation.until < outcome.day:
        yield Problem(
            confirmation.place_of("until"),
            f"outcome.confirmation.until is {confirmation.until}, before the meeting on {outcome.day}",
            "ask the client until which day it is confirmed",
        )
    guarantor = outcome.guarantor
    if guarantor and guarantor.kind == "company" and guarantor.signatory is None:
        yield Problem(
            guarantor.place_of(),
            f"outcome.guarantor.signatory is missing: who signs for {guarantor.name}?",
            "ask the guarantor for a register extract and write who signs",
        )


def _legal(case: Case) -> str:
    return next((person.name for person in case.supplier.people if person.role == "legal"), "legal")
