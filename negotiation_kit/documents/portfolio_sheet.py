"""The worklist as a workbook: real numbers, real days, and no text that is reckoned with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING

from negotiation_kit.documents.container import unzipped, zipped
from negotiation_kit.documents.languages import Language
from negotiation_kit.documents.live_schedule import writer_missing
from negotiation_kit.documents.portfolio_table import COLUMNS, Cell
from negotiation_kit.documents.spreadsheet_page import DAY_NOUGHT, never_markup
from negotiation_kit.money import CURRENCIES, Money
from negotiation_kit.reckoning.portfolio import Portfolio

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_A4 = 9
_BOXED = {"border": 1, "border_color": "#7F7F7F", "valign": "top"}
_HEAD = {**_BOXED, "bold": True, "text_wrap": True, "bg_color": "#D9E1EA"}
_GROUPS = ("owner", "segment", "stage", "track")
_TOTALS = ("group", "value", "currency", "cases", "overdue", "open")
_WEEKS = ("week", "monday", "currency", "plan_expected", "plan_best", "promised_expected", "promised_best")
_Rows = Iterator[tuple[Cell, ...]]


def portfolio_sheet(portfolio: Portfolio, language: Language) -> bytes:
    """Three sheets: the worklist, the totals, the weeks; `Refused` where the program that writes them is missing."""
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise writer_missing("a workbook") from None
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(buffer, options) as file:
        file.set_properties({"created": datetime.combine(portfolio.as_of, time(), UTC)})
        book = _Book(file, language)
        rows = (tuple(column.cell(row, language) for column in COLUMNS) for row in portfolio.rows)
        widths = tuple(column.width for column in COLUMNS)
        book.sheet("list", tuple(column.key for column in COLUMNS), widths, rows)
        book.sheet("totals", _TOTALS, (16, 34, 9, 9, 18, 18), _totals(portfolio, language))
        book.sheet("weeks", _WEEKS, (9, 12, 9, 18, 18, 18, 18), _weeks(portfolio, language))
    return zipped(unzipped(buffer.getvalue()))


def _totals(portfolio: Portfolio, language: Language) -> _Rows:
    totals = portfolio.totals
    for line in totals.whole:
        yield language.word("worklist", "whole"), "", line.currency, line.cases, line.overdue, line.open
    for group in _GROUPS:
        for line in getattr(totals, f"by_{group}"):
            value = line.value if group == "owner" or line.value is None else language.word(group, line.value)
            shown = language.word("worklist", "nobody" if group == "owner" else "not_known") if value is None else value
            yield language.word("worklist", group), shown, line.currency, line.cases, line.overdue, line.open
    for ageing in totals.ageing:
        for band, amount in ageing.bands:
            yield (
                language.word("worklist", "ageing"),
                language.word("ageing", band),
                ageing.currency,
                None,
                None,
                amount,
            )


def _weeks(portfolio: Portfolio, language: Language) -> _Rows:
    for money in portfolio.expected:
        for week in (*money.weeks, money.later):
            name = f"{week.year}-W{week.number:02}" if week is not money.later else language.word("worklist", "later")
            plan, promised = week.plan, week.promised
            yield name, week.monday, money.currency, plan.expected, plan.best, promised.expected, promised.best


class _Book:
    """A workbook in a language; each look is made once."""

    def __init__(self, file: Workbook, language: Language) -> None:
        """Begin an empty one."""
        self._file, self._language = file, language
        self._looks: dict[str, Format] = {}

    def sheet(self, key: str, heads: tuple[str, ...], widths: tuple[int, ...], rows: _Rows) -> None:
        """A sheet with its head in sight, to be sorted and filtered, printed on wide paper."""
        sheet: Worksheet = self._file.add_worksheet(self._word(f"sheet_{key}"))
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, self._word(head), self._look("head"))
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                self._write(sheet, last, column, cell)
        sheet.autofilter(0, 0, max(last, 1), len(heads) - 1)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{self._word('internal')}&R&P/&N")

    def _write(self, sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
        match cell:
            case None:
                sheet.write_blank(row, column, None, self._look("text"))
            case Money():
                sheet.write_number(row, column, Fraction(cell.rounded().amount), self._look(cell.currency))
            case date():
                number = Decimal((cell - DAY_NOUGHT).days)
                sheet.write_number(row, column, Fraction(number), self._look("day"))
            case int():
                sheet.write_number(row, column, cell, self._look("number"))
            case _:
                sheet.write_string(row, column, never_markup(cell), self._look("text"))

    def _word(self, key: str) -> str:
        return self._language.word("worklist", key)

    def _look(self, name: str) -> Format:
        if name not in self._looks:
            self._looks[name] = self._file.add_format(_HEAD if name == "head" else _BOXED | self._format(name))
        return self._looks[name]

    def _format(self, name: str) -> dict[str, object]:
        locale = self._language.word("sheet", "locale")
        if name == "text":
            return {"num_format": "@"}
        if name == "day":
            return {"num_format": locale + self._language.word("sheet", "day_format"), "align": "left"}
        decimals = CURRENCIES.get(name, 0)
        return {"num_format": f"{locale}#,##0" + ("." + "0" * decimals if decimals else ""), "align": "right"}
