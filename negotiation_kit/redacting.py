"""Care for personal data: notes on persons, or all about one of them, are taken out of a case and told."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from negotiation_kit.case.case import Case
from negotiation_kit.case.fields import Record
from negotiation_kit.folder import CaseFile
from negotiation_kit.pack import Kit
from negotiation_kit.problems import Problem, Refused
from negotiation_kit.reading.amend import Remove, amend


@dataclass(frozen=True, slots=True)
class Redacted:
    """A case without what was taken out."""

    text: str
    removed: tuple[str, ...]
    """Each field that went, by its way in the case."""
    left: tuple[str, ...]
    """Where the person's name still stands: in signed words and free texts, which a person has to look at."""


def without_notes(kit: Kit, file: CaseFile) -> Redacted:
    """The case without notes on persons: what they value, what they can win or lose, the tone of a talk."""
    case = kit.check(file.text, file.name, file.beside)
    return _without(kit, file, [way for way, _ in _notes(case)], ())


def holds_notes(kit: Kit, file: CaseFile) -> bool:
    """Whether a text holds notes on persons; one that is no sound case any more is taken to hold them."""
    try:
        return bool(without_notes(kit, file).removed)
    except Refused:
        return True


def without_person(kit: Kit, file: CaseFile, name: str) -> Redacted:
    """The case without a person of the client: the entry among the people, and the name in contacts and promises."""
    name = _whole(name)
    case = kit.check(file.text, file.name, file.beside)
    ways = [
        f"client.people[{number}]"
        for number, each in enumerate(case.client.people, start=1)
        if _whole(each.name) == name
    ]
    if not ways:
        known = ", ".join(each.name for each in case.client.people) or "nobody"
        raise Refused([Problem(None, f"there is no {name!r} among the client's people", f"there are: {known}")])
    for number, contact in enumerate(case.contacts, start=1):
        if name in _whole(contact.person):
            ways.append(f"contacts[{number}].person")
        if contact.tone and name in _whole(contact.person):
            ways.append(f"contacts[{number}].tone")
    ways += [
        f"promises[{number}].speaker"
        for number, each in enumerate(case.promises, start=1)
        if _whole(each.speaker) == name
    ]
    try:
        return _without(kit, file, ways, (name,))
    except Refused as refused:
        raise Refused([_still_needed(name, problem) for problem in refused.problems]) from None


def _still_needed(name: str, problem: Problem) -> Problem:
    """What the case would lack without the person; not a mistake in the case as it is."""
    message = f"{name} cannot be taken out, the case would not stand: {problem.message}"
    way_out = "write down who takes that place first; notes on persons alone go with negotiation-kit redact CASE"
    return Problem(None, message, way_out)


def _without(kit: Kit, file: CaseFile, ways: list[str], names: tuple[str, ...]) -> Redacted:
    """The ways go from the last entry of a list to the first, so that the numbers before stay what they were."""
    text = amend(file.text, file.name, [Remove(way) for way in reversed(ways)])
    case = kit.check(text, file.name, file.beside)
    left = tuple(way for way, value in _texts(case) if any(name in _whole(value) for name in names))
    return Redacted(text, tuple(ways), left)


def _notes(case: Case) -> Iterator[tuple[str, str]]:
    for number, person in enumerate(case.client.people, start=1):
        for field in ("values", "interests"):
            if value := getattr(person, field):
                yield f"client.people[{number}].{field}", value
    if case.client.interests:
        yield "client.interests", case.client.interests
    for number, contact in enumerate(case.contacts, start=1):
        if contact.tone:
            yield f"contacts[{number}].tone", contact.tone
    if case.outcome and case.outcome.notes:
        yield "outcome.notes", case.outcome.notes
    for number, outcome in enumerate(case.earlier_outcomes, start=1):
        if outcome.notes:
            yield f"earlier_outcomes[{number}].notes", outcome.notes


def _whole(text: str | None) -> str:
    """Each letter with its accent as one character, also where a system wrote the accent apart."""
    return unicodedata.normalize("NFC", text or "")


def _texts(record: Record, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a record with its way."""
    for name in type(record).model_fields:
        value = getattr(record, name)
        way = f"{path}.{name}" if path else name
        entries = (
            [(f"{way}[{number}]", each) for number, each in enumerate(value, start=1)]
            if isinstance(value, tuple)
            else [(way, value)]
        )
        for where, each in entries:
            if isinstance(each, Record):
                yield from _texts(each, where)
            elif isinstance(each, str):
                yield where, each
