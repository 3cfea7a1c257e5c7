"""What is watched as a calendar file: a second import moves the entries it holds already instead of doubling them."""

import hashlib
import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from datetime import time as hour

from icalendar import Alarm, Calendar, Event

from negotiation_kit.documents.languages import Language
from negotiation_kit.reckoning.monitoring import Watch

_FIRST_YEAR = 2020
_MORNING = timedelta(hours=9)
"""Alarms of all-day entries ring then, in the calendar's own time."""


def calendar_file(
    watched: Iterable[Watch], *, case: str, as_of: date, language: Language, other_side: str, for_client: bool
) -> bytes:
    """The entries as iCalendar (RFC 5545): stable identifiers, all in the reader's own time.

    The client's holds what both sides know, named by the supplier; ours holds everything, named by the client.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//negotiation_kit//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", language.told("calendar.title", {"case": case, "name": other_side}))
    for each in watched:
        if each.for_client or not for_client:
            calendar.add_component(_event(each, case, as_of, language, other_side, for_client=for_client))
    return bytes(calendar.to_ical())


def _event(each: Watch, case: str, as_of: date, language: Language, other_side: str, *, for_client: bool) -> Event:
    if each.step:
        what = language.word("step", each.step)
    else:
        what = language.told(f"watch_client.{each.key}" if for_client else each.sentence, each.values)
    told = language.told("calendar.entry", {"name": other_side, "what": what})
    event = Event()
    event.add("uid", f"{_mark(case, each, for_client=for_client)}@negotiation-kit.invalid")
    event.add("dtstamp", datetime.combine(as_of, hour()))
    event.add("sequence", (as_of - date(_FIRST_YEAR, 1, 1)).days)
    event.add("summary", told)
    event.add("description", language.told("calendar.case", {"case": case}))
    if each.at:
        start = datetime.combine(each.day, hour.fromisoformat(each.at.zfill(5)))
        event.add("dtstart", start)
        event.add("dtend", datetime.combine(each.day, hour.fromisoformat((each.until or each.at).zfill(5))))
    else:
        event.add("dtstart", each.day)
        event.add("dtend", each.day + timedelta(1))
        event.add("transp", "TRANSPARENT")
    event.add_component(_alarm(each, told))
    return event


def _alarm(each: Watch, told: str) -> Alarm:
    """On the morning of a business day, however many days before the entry that is."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", told)
    before = timedelta((each.day - each.alarm_on).days)
    alarm.add("trigger", -timedelta(hours=1) - before if each.at else _MORNING - before)
    return alarm


def _mark(case: str, each: Watch, *, for_client: bool) -> str:
    """The same for the same thing, whatever its day is now."""
    told = "\x1f".join((case, "client" if for_client else "ours", each.key, each.about))
    return hashlib.sha256(told.encode("utf-8")).hexdigest()[:24]


def unfolded(content: bytes) -> str:
    """The text of a calendar file without the line ends and slashes its format puts into long or special texts."""
    text = re.sub(r"\r?\n[ \t]", "", content.decode("utf-8"))
    return re.sub(r"\\([,;\\])", r"\1", text).replace("\\n", "\n")
