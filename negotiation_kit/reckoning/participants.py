"""Who sits at the table for each side, and who of them may sign."""

from dataclasses import dataclass

from negotiation_kit.case.case import Case
from negotiation_kit.case.party import OurPerson, TheirPerson


@dataclass(frozen=True, slots=True)
class Participants:
    """The people of a meeting; somebody present without power to sign is named apart."""

    our_signatories: tuple[OurPerson, ...]
    our_others: tuple[OurPerson, ...]
    their_signatories: tuple[TheirPerson, ...]
    their_others: tuple[TheirPerson, ...]
    manager: OurPerson | None
    """The account manager: the one owner of the case."""

    @property
    def signature_confirmed(self) -> bool:
        """Somebody at the client may sign, and we know from where the power comes."""
        return bool(self.their_signatories) and all(each.power for each in self.their_signatories)


def participants(case: Case) -> Participants:
    """Our people and theirs, less those who stay away."""
    ours = [person for person in case.supplier.people if person.attends is not False]
    theirs = [person for person in case.client.people if person.attends is not False]
    at_table = [person for person in ours if person.attends or person.role == "account manager"]
    return Participants(
        our_signatories=tuple(person for person in ours if person.signs != "no"),
        our_others=tuple(person for person in at_table if person.signs == "no"),
        their_signatories=tuple(person for person in theirs if person.signs in {"alone", "jointly"}),
        their_others=tuple(person for person in theirs if person.signs not in {"alone", "jointly"}),
        manager=next((person for person in case.supplier.people if person.role == "account manager"), None),
    )
