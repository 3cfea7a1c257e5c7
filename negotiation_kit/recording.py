"""What a meeting brought goes into the case: judged like a final paper, appended, and never over an earlier meeting."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from negotiation_kit.case.case import Case
from negotiation_kit.folder import CaseFile
from negotiation_kit.pack import Kit
from negotiation_kit.problems import Problem, Refused
from negotiation_kit.reading.amend import Append, Change, Put, amend


def with_outcome(kit: Kit, file: CaseFile, outcome: Mapping[str, object]) -> str:
    """The text of the case with this outcome; that of an earlier meeting moves among the earlier ones.

    `Refused` with everything that keeps the minutes from being final; nothing has changed then.
    """
    case = kit.check(file.text, file.name, file.beside)
    changes: list[Change] = []
    if case.outcome:
        if case.outcome.day == outcome.get("day"):
            way_out = "change it in the case file, or bring the former text back: negotiation-kit undo"
            message = f"the outcome of the meeting of {case.outcome.day} is recorded already"
            raise Refused([Problem(case.outcome.place_of(), message, way_out)])
        changes.append(Append("earlier_outcomes", case.outcome))
    return _checked(kit, file, [*changes, Put("outcome", dict(outcome))])


def signed_on(kit: Kit, file: CaseFile, day: date) -> str:
    """The text of the case with the day both sides signed the minutes."""
    case = _with_an_outcome(kit, file, "signed")
    if case.outcome and case.outcome.signed and case.outcome.signed != day:
        message = f"the minutes were signed on {case.outcome.signed} already"
        raise Refused([Problem(case.outcome.place_of("signed"), message, "change it in the case file if it is wrong")])
    return _checked(kit, file, [Put("outcome.signed", day)])


def action_done(kit: Kit, file: CaseFile, number: int, day: date) -> str:
    """The text of the case with an action done on a day; its number is the one in the minutes, ours first."""
    case = _with_an_outcome(kit, file, "done")
    actions = list(enumerate(case.outcome.actions, start=1)) if case.outcome else []
    actions.sort(key=lambda each: each[1].side, reverse=True)
    if not 1 <= number <= len(actions):
        raise Refused([Problem(None, f"there is no action {number}", f"the minutes have {len(actions)}")])
    return _checked(kit, file, [Put(f"outcome.actions[{actions[number - 1][0]}].done", day)])


def part_moved(kit: Kit, file: CaseFile, number: int, to: date, told: date) -> str:
    """The text of the case with the one part the client moved, as point 12 of signed minutes allows once."""
    case = _with_an_outcome(kit, file, "changed")
    now = {"part": number, "to": to, "told": told}
    shift = case.outcome.shift if case.outcome else None
    if shift and (shift.part, shift.to, shift.told) != (number, to, told):
        message = f"part {shift.part} was moved to {shift.to} already, and a part may be moved once"
        way_out = "agree a new version of the minutes with the client; a wrong entry is changed in the case file"
        raise Refused([Problem(shift.place_of(), message, way_out)])
    return _checked(kit, file, [] if shift else [Put("outcome.shift", now)])


def told_on(kit: Kit, file: CaseFile, field: str, day: date) -> str:
    """The text of the case with the day finance reported the miss, or the superior was told."""
    case = kit.check(file.text, file.name, file.beside)
    known = getattr(case, field)
    if known and known != day:
        message = f"{field} is recorded as {known} already"
        raise Refused([Problem(case.place_of(field), message, "change it in the case file if it is wrong")])
    return _checked(kit, file, [Put(field, day)])


def contact_logged(
    kit: Kit, file: CaseFile, contact: Mapping[str, object], promised: tuple[Decimal, date] | None
) -> str:
    """The text of the case with one more contact, and with what was promised then."""
    changes: list[Change] = [Append("contacts", dict(contact))]
    if promised:
        speaker = {"speaker": contact["person"]} if "person" in contact else {}
        promise = {"said": contact["day"], **speaker, "amount": promised[0], "pay_by": promised[1]}
        changes.append(Append("promises", promise))
    return _checked(kit, file, changes)


def legal_did(kit: Kit, file: CaseFile, days: Mapping[str, date]) -> str:
    """The text of the case with days on which legal moved; a day that is recorded already is never written over."""
    legal = kit.check(file.text, file.name, file.beside).legal
    for field, day in days.items():
        known = getattr(legal, field)
        if known and known != day:
            message = f"legal.{field} is recorded as {known} already"
            raise Refused([Problem(legal.place_of(field), message, "change it in the case file if it is wrong")])
    return _checked(kit, file, [Put(f"legal.{field}", day) for field, day in days.items()])


def closed_with(kit: Kit, file: CaseFile, closing: Mapping[str, object]) -> str:
    """The text of the case with how it ended; a closing is recorded once."""
    not_closed_yet(kit, file)
    return _checked(kit, file, [Put("closing", dict(closing))])


def not_closed_yet(kit: Kit, file: CaseFile) -> Case:
    """The case, if nobody has closed it."""
    case = kit.check(file.text, file.name, file.beside)
    if case.closing:
        message = f"the case was closed on {case.closing.day} already"
        raise Refused([Problem(case.closing.place_of(), message, "change it in the case file if it is wrong")])
    return case


def retained_on(kit: Kit, file: CaseFile, day: date, *, retained: bool) -> str:
    """The text of the case with whether the client still buys, some months after it was closed."""
    case = kit.check(file.text, file.name, file.beside)
    if case.closing is None:
        way_out = "record how it ended first: negotiation-kit close"
        raise Refused([Problem(None, f"{file.name} is not closed", way_out)])
    return _checked(kit, file, [Put("closing.retained", retained), Put("closing.retained_on", day)])


def _with_an_outcome(kit: Kit, file: CaseFile, what: str) -> Case:
    case = kit.check(file.text, file.name, file.beside)
    if case.outcome is None:
        way_out = "record the meeting first: negotiation-kit record"
        raise Refused([Problem(None, f"{file.name} has no outcome that could be {what}", way_out)])
    return case


def _checked(kit: Kit, file: CaseFile, changes: list[Change]) -> str:
    text = amend(file.text, file.name, changes)
    kit.check(text, file.name, file.beside)
    return text
