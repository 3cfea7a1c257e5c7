"""What stands beside the signatures: stamps, and a row for each witness."""

from dataclasses import dataclass

from negotiation_kit.case.case import Case
from negotiation_kit.law.jurisdiction import Signing
from negotiation_kit.reckoning.participants import Participants


@dataclass(frozen=True, slots=True)
class BesideSignatures:
    """The stamps and witnesses of one paper; witnesses are numbered from one."""

    stamp_place: bool
    deed: bool
    """The paper is a deed: each signature is made in the presence of its witness."""
    supplier_witnesses: tuple[int, ...]
    client_witnesses: tuple[int, ...]
    guarantor_witnesses: tuple[int, ...]


def beside_signatures(case: Case, people: Participants, rules: Signing) -> BesideSignatures:
    """What the law of the case, its habits and the company's rule put beside the signatures."""
    stamp, outcome = case.policy.stamp_place, case.outcome
    guarantor = outcome.guarantor if outcome else None
    gives_up = outcome is not None and outcome.principal_cut is not None
    deed = gives_up and any(rule.deed for rule in rules.witnesses)

    def witnesses(kind: str, signatures: int) -> tuple[int, ...]:
        """Rows for witnesses: those of a deed attest one signature each, others may see all sign."""
        rule = next((each for each in rules.witnesses if kind in each.of and (deed or not each.deed)), None)
        number = rule.number * (max(signatures, 1) if rule.deed else 1) if rule else 0
        return tuple(range(1, number + 1))

    return BesideSignatures(
        stamp_place=rules.stamp_place if stamp is None else stamp,
        deed=deed,
        supplier_witnesses=witnesses("company", len(people.our_signatories)),
        client_witnesses=witnesses(case.client.kind, len(people.their_signatories)),
        guarantor_witnesses=witnesses(guarantor.kind, 1) if guarantor else (),
    )
