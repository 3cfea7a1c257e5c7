"""The calendar a spreadsheet carries: the days on which the weekday alone does not decide, and where they come from."""

from datetime import date, timedelta

from negotiation_kit.days import JointCalendar
from negotiation_kit.documents.spreadsheet_formulas import CalendarCells
from negotiation_kit.documents.spreadsheet_page import Page
from negotiation_kit.reckoning.schedule import Schedule

CALENDAR_WIDTHS = {"A": 19, "B": 15, "C": 20, "D": 3, "E": 19, "F": 15}
_YEARS_AFTER = 2


def write_calendar(page: Page, schedule: Schedule, calendars: JointCalendar) -> CalendarCells:
    """The second sheet, and where its lists stand."""
    first, last = _span(schedule, calendars)
    rest, worked, weekend = _days_apart(calendars, first, last)
    page.long_text(page.next_row(), "A", f"{page.word('calendar')}: {', '.join(calendars.codes)}", "title")
    for known in calendars.knowledge:
        told = {"calendar": known.calendar, "source": known.source, "day": page.language.day(known.as_known_on)}
        page.long_text(page.next_row(), "A", page.word("source").format(**told), "note")
        if known.moves_known_to:
            told["day"] = page.language.day(known.moves_known_to)
            page.long_text(page.next_row(), "A", page.word("moved").format(**told), "note")
    span_row = page.row
    for key, edge in (("first", first), ("last", last)):
        page.text(page.row, "A", page.word(key), "label")
        page.day(page.next_row(), "C", edge, "day")
    page.next_row()
    head = page.next_row()
    for column, key in {"A": "rest_days", "B": "weekday", "C": "calendar", "E": "worked_days", "F": "weekday"}.items():
        page.text(head, column, page.word(key), "head")
    page.head_here(head)
    for place, each in enumerate(rest, start=head + 1):
        page.day(place, "A", each, "day")
        page.text(place, "B", page.language.formats.weekdays[each.weekday()], "cell")
        codes = (rest.calendar or page.word("added") for rest in calendars.why_rest(each))
        page.text(place, "C", ", ".join(codes), "cell")
    for place, each in enumerate(worked, start=head + 1):
        page.day(place, "E", each, "day")
        page.text(place, "F", page.language.formats.weekdays[each.weekday()], "cell")
    return CalendarCells(
        page.name, first, last, weekend, span_row=span_row, top=head + 1, rest=len(rest), worked=len(worked)
    )


def _span(schedule: Schedule, calendars: JointCalendar) -> tuple[date, date]:
    """The days the check can judge: the years of the plan and two more, as far as all calendars are known."""
    days = [part.due for part in schedule.instalments]
    known_from = max(each.known_from for each in calendars.calendars)
    known_to = min(each.known_to for each in calendars.calendars)
    return max(date(min(days).year, 1, 1), known_from), min(date(max(days).year + _YEARS_AFTER, 12, 31), known_to)


def _days_apart(calendars: JointCalendar, first: date, last: date) -> tuple[list[date], list[date], frozenset[int]]:
    """The rest days outside weekends, the worked days of weekends, and what a weekend is."""
    weekend: frozenset[int] = frozenset().union(*(each.weekend for each in calendars.calendars))
    days = [first + timedelta(number) for number in range((last - first).days + 1)]
    apart = [day for day in days if calendars.is_business_day(day) == (day.weekday() in weekend)]
    rest = [day for day in apart if day.weekday() not in weekend]
    return rest, [day for day in apart if day.weekday() in weekend], weekend
