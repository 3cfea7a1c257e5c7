"""The pages of a spreadsheet: cells in a few looks, and the way it prints. Text is text, whatever it looks like."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from negotiation_kit.documents.languages import Language
from negotiation_kit.money import CURRENCIES

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

DAY_NOUGHT = date(1899, 12, 30)
"""The day a spreadsheet counts its days from."""
_A4 = 9
_ROW_HEIGHT, _HEAD_HEIGHT = 18, 34
_HEIGHTS = {"title": (22, 6), "note": (14, 8)}
"""The height of a line of a long text and the room around all of them; the rest as below."""
_PLAIN_HEIGHT = (15, 3)
_LINE = "#7F7F7F"
_BOXED: Mapping[str, object] = {"border": 1, "border_color": _LINE}
_LOOKS: Mapping[str, Mapping[str, object]] = {
    "title": {"bold": True, "font_size": 16, "text_wrap": True},
    "label": {"font_color": "#404040"},
    "plain": {"bold": True, "text_wrap": True, "align": "left", "indent": 1},
    "note": {"italic": True, "font_size": 10, "text_wrap": True},
    "head": {**_BOXED, "bold": True, "text_wrap": True, "bg_color": "#D9E1EA", "indent": 1},
    "cell": {**_BOXED, "align": "left", "indent": 1},
    "day": {**_BOXED, "align": "left", "indent": 1},
    "money": {**_BOXED, "align": "right", "indent": 1},
    "percent": {"align": "right", "indent": 1},
    "year": {"align": "right", "indent": 1},
    "remark": {**_BOXED, "align": "left", "indent": 1, "bold": True, "font_color": "#9C0006"},
    "input": {**_BOXED, "bg_color": "#FFE699"},
    "total": {"bold": True, "border": 0, "indent": 1, "top": 2, "bottom": 1, "border_color": _LINE},
    "verdict": {"bold": True, "border": 0, "indent": 1},
    "right": {"align": "right"},
}


class Book:
    """One file, its language and its currency; looks are made once."""

    def __init__(self, file: Workbook, language: Language, currency: str) -> None:
        """Begin an empty file."""
        self.file, self.language, self.currency = file, language, currency
        self._looks: dict[str, Format] = {}
        locale = self.word("locale")
        decimals = CURRENCIES[currency]
        self._formats = {
            "money": f"{locale}#,##0" + ("." + "0" * decimals if decimals else ""),
            "percent": f"{locale}0.00##",
            "day": locale + self.word("day_format"),
        }

    def word(self, key: str) -> str:
        """A word of the sheet, the currency filled in where it asks for it."""
        return self.language.word("sheet", key).replace("{currency}", self.currency)

    def page(self, key: str, widths: Mapping[str, int]) -> Page:
        """A new sheet with columns of these widths."""
        return Page(self, self.word(key), widths)

    def look(self, name: str) -> Format:
        """The look of a cell: words of our table, the later ones stronger."""
        if name not in self._looks:
            look: dict[str, object] = {"font_name": "Calibri", "font_size": 11, "valign": "vcenter"}
            for word in name.split():
                look |= _LOOKS[word]
                if word in self._formats:
                    look["num_format"] = self._formats[word]
            self._looks[name] = self.file.add_format(look)
        return self._looks[name]


class Page:
    """A sheet that is written from top to bottom; rows count from one, as people and formulas count them."""

    def __init__(self, book: Book, name: str, widths: Mapping[str, int]) -> None:
        """Set the columns and the paper."""
        sheet: Worksheet = book.file.add_worksheet(name)
        self.language, self.word, self.name = book.language, book.word, name
        self.row = 1
        """The next row to be written."""
        self._look, self._sheet, self._widths = book.look, sheet, widths
        for column, width in widths.items():
            sheet.set_column(_place(column), _place(column), width)
        sheet.set_default_row(_ROW_HEIGHT)
        sheet.set_paper(_A4)
        sheet.set_portrait()
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)

    def next_row(self) -> int:
        """The row to be written now; the one after it is next."""
        self.row += 1
        return self.row - 1

    def text(self, row: int, column: str, text: str, look: str) -> None:
        """A text, never a formula."""
        self._sheet.write_string(row - 1, _place(column), never_markup(text), self._look(look))

    def long_text(self, row: int, column: str, text: str, look: str) -> None:
        """A text across the columns from this one on, in as many lines as it needs."""
        last = max(self._widths)
        self._sheet.merge_range(row - 1, _place(column), row - 1, _place(last), "", self._look(look))
        self.text(row, column, text, look)
        width = sum(size for name, size in self._widths.items() if name >= column) * 11 // 10
        lines = sum(-(-max(len(line), 1) // width) for line in (text or " ").splitlines())
        height, around = _HEIGHTS.get(look, _PLAIN_HEIGHT)
        self._sheet.set_row(row - 1, lines * height + around)

    def number(self, row: int, column: str, number: Decimal | None, look: str) -> None:
        """A number, or an empty cell for one."""
        if number is None:
            self._sheet.write_blank(row - 1, _place(column), None, self._look(look))
        else:
            self._sheet.write_number(row - 1, _place(column), Fraction(number), self._look(look))

    def day(self, row: int, column: str, day: date | None, look: str) -> None:
        """A real date, or an empty cell for one."""
        self.number(row, column, None if day is None else Decimal((day - DAY_NOUGHT).days), look)

    def formula(self, row: int, column: str, formula: str, value: Decimal | int | str, look: str) -> None:
        """A formula with what it comes to."""
        self._sheet.write_formula(row - 1, _place(column), formula, self._look(look), value)

    def head_here(self, row: int) -> None:
        """Make this row the head: it stays in sight with all above it, and is printed on every page."""
        self._sheet.set_row(row - 1, _HEAD_HEIGHT)
        self._sheet.freeze_panes(row, 0)
        self._sheet.repeat_rows(row - 1)

    def print_margins(self, left: str, right: str, below: str) -> None:
        """What stands above and below each printed page; a sign that margins take for a command is printed wide."""
        left, right, below = (text.replace("&", "\uff06") for text in (left, right, below))
        page = self.word("page").replace("{page}", "&P").replace("{pages}", "&N")
        self._sheet.set_header(f"&L{left}&R{right}")
        self._sheet.set_footer(f"&L{below}&R{page}")


def never_markup(text: str) -> str:
    """The writer would take a text in <r> tags for markup, so that one ends in a blank."""
    return text + " " if text.startswith("<r>") and text.endswith("</r>") else text


def _place(column: str) -> int:
    return ord(column) - ord("A")
