"""The one shift: signed minutes let the client move one part once, told in time, and the last day stays."""

from collections.abc import Iterator
from datetime import date

from negotiation_kit.case.case import Case
from negotiation_kit.case.outcome import AgreedPart, Shift
from negotiation_kit.days import JointCalendar
from negotiation_kit.problems import Problem

_STAYS = "the part stays due on its day; leave the shift out, or agree a new version of the minutes with the client"


def last_day_to_tell(case: Case, part: AgreedPart, calendars: JointCalendar) -> date:
    """The last day on which the client may tell that it moves a part."""
    return calendars.add_business_days(part.due, -case.policy.notice_bd)


def last_day_to_move_to(case: Case, part: AgreedPart, calendars: JointCalendar) -> date:
    """The latest new day of a part; the last day of the schedule stays."""
    latest = calendars.add_business_days(part.due, case.policy.one_shift_bd)
    return min(latest, max(each.due for each in _parts(case)))


def shift_problems(case: Case, calendars: JointCalendar) -> Iterator[Problem]:
    """Why a move is not the one point 12 of the minutes allows."""
    outcome = case.outcome
    shift = outcome.shift if outcome else None
    if outcome is None or shift is None:
        return
    parts = _parts(case)
    if outcome.signed is None or not outcome.binding or not parts:
        way_out = "write outcome.signed too; what is not signed is agreed anew, not moved"
        yield Problem(shift.place_of(), "outcome.shift stands there, but no minutes that bind are signed", way_out)
    elif not 1 <= shift.part <= len(parts):
        message = f"outcome.shift.part is {shift.part}, the schedule has parts 1 to {len(parts)}"
        yield Problem(shift.place_of("part"), message, "take the number from the minutes")
    else:
        yield from _against_the_clause(case, shift, parts[shift.part - 1], calendars)


def _against_the_clause(case: Case, shift: Shift, part: AgreedPart, calendars: JointCalendar) -> Iterator[Problem]:
    assert case.outcome is not None
    assert case.outcome.signed is not None
    told_by, latest = last_day_to_tell(case, part, calendars), last_day_to_move_to(case, part, calendars)
    place, name = shift.place_of("to"), f"outcome.shift.to is {shift.to}"
    if part is _parts(case)[-1]:
        message = f"outcome.shift.part is {shift.part}, the last part, and the last day stays"
        yield Problem(shift.place_of("part"), message, _STAYS)
    elif shift.to <= part.due:
        yield Problem(place, f"{name}, not after {part.due}, the day agreed", "money that comes early needs no shift")
    elif shift.to > latest:
        yield Problem(place, f"{name}; part {shift.part} may be moved to {latest} at the latest", _STAYS)
    elif not calendars.is_business_day(shift.to):
        way_out = f"the business day before is {calendars.preceding(shift.to)}; ask the client"
        yield Problem(place, f"{name}, no business day", way_out)
    if shift.told > told_by:
        message = f"outcome.shift.told is {shift.told}; part {shift.part} could be moved until {told_by}"
        yield Problem(shift.place_of("told"), message, _STAYS)
    elif shift.told < case.outcome.day:
        message = f"outcome.shift.told is {shift.told}, before the meeting on {case.outcome.day}"
        yield Problem(shift.place_of("told"), message, "check the day; what was said before is part of the agreement")


def _parts(case: Case) -> list[AgreedPart]:
    """The agreed parts in the order of their days, as the minutes number them."""
    return sorted(case.outcome.schedule, key=lambda each: each.due) if case.outcome else []
