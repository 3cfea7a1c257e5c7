"""A schedule as a live spreadsheet: days and sums can be moved at the table, and everything else follows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

from negotiation_kit.days import JointCalendar
from negotiation_kit.documents.container import unzipped, zipped
from negotiation_kit.documents.languages import Language
from negotiation_kit.documents.spreadsheet_calendar import CALENDAR_WIDTHS, write_calendar
from negotiation_kit.documents.spreadsheet_formulas import CalendarCells, Formulas
from negotiation_kit.documents.spreadsheet_page import Book, Page
from negotiation_kit.money import CURRENCIES, Money
from negotiation_kit.reckoning.exact import rounded
from negotiation_kit.reckoning.schedule import Instalment, Schedule

SPARE_ROWS = 4
"""Empty rows above the last part, for parts that are agreed at the table."""
_MARGIN_TEXT = 64
_WIDTHS = {"A": 7, "B": 17, "C": 14, "D": 19, "E": 19}
_INTEREST_WIDTH, _REMARK_WIDTH = 17, 34


@dataclass(frozen=True, slots=True)
class PlanRate:
    """The one yearly rate at which the open principal bears interest during a plan."""

    percent: Decimal
    of: int
    """The days of the year: 365 or 360."""
    since: date
    """The last day whose interest is counted elsewhere."""

    def interest(self, open_: Money, since: date, until: date) -> Money:
        """The interest from the day after one day to another, rounded once."""
        days = max(0, (until - max(since, self.since)).days)
        owed = max(Decimal(0), open_.amount)
        return rounded(Fraction(owed) * days * Fraction(self.percent) / (100 * self.of), open_)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the table with what its formulas come to; without a part it is to be filled in."""

    part: Instalment | None = None
    number: int = 0
    interest: Money | None = None
    is_reckoned: bool = True
    """Whether the rate gives this interest; else it is written as it was agreed."""
    left: Money | None = None
    remark: str = ""


def spreadsheet(
    schedule: Schedule,
    *,
    language: Language,
    calendars: JointCalendar,
    title: str,
    parties: tuple[str, str],
    case_number: str,
    day: date,
    interest: PlanRate | None,
) -> bytes:
    """The file: a sheet to use at the table and the calendar that its check of business days asks.

    The last part is the rest of the sum, so that the plan adds up whatever is typed above it. A schedule that does
    not add up keeps its last sum, and the sheet says what is missing. Interest inside the parts is computed where the
    rate gives it, and else stands as agreed. Every formula carries its value, for readers that do not compute.
    """
    from xlsxwriter import Workbook

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(buffer, options) as file:
        file.set_properties({"title": title, "created": datetime.combine(day, time(), UTC)})
        book = Book(file, language, schedule.base.currency)
        extra = (_INTEREST_WIDTH, _REMARK_WIDTH) if interest or schedule.interest is not None else (_REMARK_WIDTH,)
        widths = _WIDTHS | dict(zip("FG", extra, strict=False))
        page, calendar = book.page("schedule", widths), book.page("calendar", CALENDAR_WIDTHS)
        cells = write_calendar(calendar, schedule, calendars)
        _write_head(page, title, parties, case_number)
        _write_schedule(page, schedule, calendars, interest, cells)
        for each in (page, calendar):
            each.print_margins(parties[0][:_MARGIN_TEXT], case_number[:_MARGIN_TEXT], language.day(day))
    return zipped(unzipped(buffer.getvalue()))


def _write_head(page: Page, title: str, parties: tuple[str, str], case_number: str) -> None:
    language = page.language
    page.long_text(page.next_row(), "A", title, "title")
    supplier, client = parties
    for label, text in (
        (language.word("side", "supplier"), supplier),
        (language.word("side", "client"), client),
        (page.word("case_number"), case_number),
    ):
        row = page.next_row()
        page.text(row, "A", label, "label")
        page.long_text(row, "C", text, "plain")


def _write_schedule(
    page: Page, schedule: Schedule, calendars: JointCalendar, rate: PlanRate | None, cells: CalendarCells
) -> None:
    inside = schedule.interest is not None
    adds_up = _difference(schedule).is_zero
    sum_row = page.next_row()
    page.text(sum_row, "A", page.word("sum"), "label")
    page.number(sum_row, "D", schedule.base.amount, "money input")
    rate_row = page.row
    if rate:
        _write_rate(page, rate)
    note = f"{page.word('note')} {page.word('note_rest')}" if adds_up else page.word("note")
    page.long_text(page.next_row(), "A", note, "note")
    lines = tuple(_lines(schedule, calendars, rate, cells))
    formulas = Formulas(
        page.language, CURRENCIES[schedule.base.currency], cells, header=page.row, sum_row=sum_row,
        rate_row=rate_row if rate else None, inside=inside, has_interest=inside or rate is not None,
    )  # fmt: skip
    _write_table_head(page, formulas)
    for line in lines[:-1]:
        _write_line(page, formulas, line)
    _write_line(page, formulas, lines[-1], is_rest=adds_up)
    _write_totals(page, formulas, schedule, lines)
    for caveat in calendars.caveat(schedule.first.due, schedule.last.due):
        text = page.word("moved").format(calendar=caveat.calendar, day=page.language.day(caveat.moves_known_to))
        page.long_text(page.next_row(), "A", text, "note")


def _write_rate(page: Page, rate: PlanRate) -> None:
    for key in ("percent", "year", "since"):
        row = page.next_row()
        page.text(row, "A", page.word(key), "label")
        if key == "since":
            page.day(row, "D", rate.since, "day input right")
        else:
            page.number(row, "D", rate.percent if key == "percent" else Decimal(rate.of), f"{key} input")


def _lines(
    schedule: Schedule, calendars: JointCalendar, rate: PlanRate | None, cells: CalendarCells
) -> Iterator[_Line]:
    """The rows of the table: the parts, with the spare rows above the last of them."""
    before, latest, inside = schedule.base, date.min, schedule.interest is not None
    for number, part in enumerate(schedule.instalments, start=1):
        reckoned = rate.interest(before, latest, part.due) if rate else None
        interest = (part.interest or Money.zero(before.currency)) if inside else reckoned
        left = before - part.amount + interest if inside and interest else before - part.amount
        if part is schedule.last:
            yield from [_Line()] * SPARE_ROWS
        remark = _remark(part, latest, calendars, cells)
        yield _Line(part, number, interest, interest == reckoned, left, remark)
        before, latest = left, max(latest, part.due)


def _remark(part: Instalment, latest: date, calendars: JointCalendar, cells: CalendarCells) -> str:
    """What the check says of a part, as the key of its word; nothing when all is well."""
    if not part.amount.amount > 0:
        return "not_above_zero"
    if part.due <= latest:
        return "not_after"
    if not cells.first <= part.due <= cells.last:
        return "unknown_day"
    return "" if calendars.is_business_day(part.due) else "no_business_day"


def _write_table_head(page: Page, formulas: Formulas) -> None:
    row = page.next_row()
    heads = {"A": "number", "B": "due", "C": "weekday", "D": "amount", "E": "left", formulas.remark_column: "remark"}
    if formulas.has_interest:
        heads["F"] = "interest_inside" if formulas.inside else "interest"
    for column, key in heads.items():
        page.text(row, column, page.word(key), "head right" if column in formulas.money_columns else "head")
    page.head_here(row)


def _write_line(page: Page, formulas: Formulas, line: _Line, *, is_rest: bool = False) -> None:
    row, part = page.next_row(), line.part
    weekday = page.language.formats.weekdays[part.due.weekday()] if part else ""
    page.formula(row, "A", formulas.number(row), line.number or "", "cell")
    page.day(row, "B", part.due if part else None, "day input")
    page.formula(row, "C", formulas.weekday(row), weekday, "cell")
    if is_rest and part:
        page.formula(row, "D", formulas.rest(row), part.amount.amount, "money")
    else:
        page.number(row, "D", part.amount.amount if part else None, "money input")
    page.formula(row, "E", formulas.left(row), line.left.amount if line.left else "", "money")
    if formulas.rate_row and line.is_reckoned:
        page.formula(row, "F", formulas.interest(row), line.interest.amount if line.interest else "", "money")
    elif formulas.has_interest:
        page.number(row, "F", line.interest.amount if line.interest else None, "money input")
    remark = page.word(line.remark) if line.remark else ""
    page.formula(row, formulas.remark_column, formulas.remark(row), remark, "remark")


def _write_totals(page: Page, formulas: Formulas, schedule: Schedule, lines: tuple[_Line, ...]) -> None:
    last, row = page.row - 1, page.next_row()
    for column in "ABCE" + formulas.remark_column:
        page.text(row, column, page.word("total") if column == "A" else "", "total")
    page.formula(row, "D", formulas.total("D", last), schedule.total.amount, "money total")
    if formulas.has_interest:
        owed = sum((line.interest.amount for line in lines if line.interest), Decimal(0))
        page.formula(row, "F", formulas.total("F", last), owed, "money total")
    row, difference = page.next_row(), _difference(schedule)
    verdict = "adds_up" if difference.is_zero else "short_by" if difference.amount < 0 else "over_by"
    gap = "" if difference.is_zero else difference.amount.copy_abs()
    page.text(row, "A", page.word("remark"), "label")
    page.formula(row, "C", formulas.verdict(row), page.word(verdict), "verdict")
    page.formula(row, "D", formulas.difference(last + 1), gap, "money verdict")


def _difference(schedule: Schedule) -> Money:
    """What the parts pay beyond the sum to settle and the interest inside them."""
    principal = schedule.total - (schedule.interest or Money.zero(schedule.base.currency))
    return principal - schedule.base
