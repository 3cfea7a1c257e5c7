"""What management has allowed for a key client, and which steps wait for it."""

from datetime import date

from negotiation_kit.case.case import Case

STEPS = {"claim_letter": "letter", "court_file": "court"}
"""Steps that need the first person's recorded decision, and what it must allow."""


def needed_for(case: Case, step: str) -> str | None:
    """What a decision must allow before the step is taken; nothing where none is needed."""
    guarded = case.client.segment == "key" and case.policy.first_person_signs_court
    return STEPS.get(step) if guarded else None


def allowed(case: Case, as_of: date) -> frozenset[str]:
    """What the recorded decisions of the first person allow on a day.

    They add up in the order of their days, court takes in the letter that comes before it, and `none` takes back what
    was allowed until then. Where our people name a first person, only a decision in that name counts.
    """
    found: set[str] = set()
    known = [each for each in case.decisions if each.day <= as_of and each.allows and _by_first_person(case, each.by)]
    for decision in sorted(known, key=lambda each: each.day):
        match decision.allows:
            case "none":
                found.clear()
            case "court":
                found |= {"letter", "court"}
            case other:
                assert other
                found.add(other)
    return frozenset(found)


def may_remind(case: Case, as_of: date, *, inside_tolerance: bool) -> bool:
    """Whether the client may be reminded in writing.

    A key client only where management decided it: to nudge inside the tolerance, or a plan, a letter or court.
    """
    if case.client.segment != "key" or allowed(case, as_of) & {"plan", "letter", "court"}:
        return True
    tolerance = case.tolerance
    return inside_tolerance and tolerance is not None and tolerance.within == "nudge" and tolerance.decided <= as_of


def _by_first_person(case: Case, name: str) -> bool:
    names = [person.name for person in case.supplier.people if person.role == "first person"]
    return not names or any(each.casefold() in name.casefold() for each in names)
