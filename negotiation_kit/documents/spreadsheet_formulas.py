"""The formulas of a schedule's spreadsheet; each copes with empty rows, text for a number, and parts in any order.

Only functions that every office program has had for decades are used, none that reads a format in the language of
the program.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from negotiation_kit.documents.languages import Language


@dataclass(frozen=True, slots=True)
class CalendarCells:
    """Where the calendar stands, and what it knows."""

    sheet: str
    first: date
    last: date
    weekend: frozenset[int]
    span_row: int
    """The row of the first day it covers; that of the last is below."""
    top: int
    """The first row of both lists."""
    rest: int
    worked: int

    def cell(self, column: str, row: int) -> str:
        """One cell, as another sheet names it."""
        return f"{self._name}!${column}${row}"

    def listed(self, column: str, number: int) -> str:
        """A list of so many days, at least one row high."""
        return f"{self._name}!${column}${self.top}:${column}${self.top + max(number, 1) - 1}"

    @property
    def _name(self) -> str:
        return "'" + self.sheet.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class Formulas:
    """The formulas of each row of the table, by where the table stands."""

    language: Language
    decimals: int
    calendar: CalendarCells
    header: int
    sum_row: int
    rate_row: int | None
    """The row of the yearly rate; the days of the year and the first day are below."""
    inside: bool
    """Whether the interest is inside the amounts."""
    has_interest: bool

    @property
    def remark_column(self) -> str:
        """The last column."""
        return "G" if self.has_interest else "F"

    @property
    def money_columns(self) -> str:
        """The columns of sums."""
        return "DEF" if self.has_interest else "DE"

    def number(self, row: int) -> str:
        """Parts are counted; an empty row is none."""
        return f'=IF(AND(B{row}="",D{row}=""),"",MAX({self._above("A", row)})+1)'

    def weekday(self, row: int) -> str:
        """The name of the weekday."""
        names = ",".join(quoted(name) for name in self.language.formats.weekdays)
        return f'=IF(N(B{row})>0,CHOOSE(WEEKDAY(B{row},2),{names}),"")'

    def rest(self, row: int) -> str:
        """What the other parts leave to the last one, the interest of its own time included where it is inside."""
        return f"={self._open(row - 1, row)}"

    def left(self, row: int) -> str:
        """The principal left after the part."""
        return f'=IF(A{row}="","",{self._open(row, row)})'

    def interest(self, row: int) -> str:
        """The interest of the time since the part before."""
        rate, year, since = (f"$D${(self.rate_row or 0) + place}" for place in range(3))
        days = f"MAX(0,B{row}-MAX({since},{self._above('B', row)}))"
        owed = f"MAX(0,{self._open(row - 1, row - 1)})*{days}*{rate}/(100*{year})"
        return f'=IF(N(B{row})>0,ROUND({owed},{self.decimals}),"")'

    def remark(self, row: int) -> str:
        """The first thing that is wrong with the part."""
        day, calendar = f"B{row}", self.calendar
        weekend = "".join(str(each + 1) for each in sorted(calendar.weekend))
        rests = (
            f'IF(ISNUMBER(FIND(WEEKDAY({day},2),"{weekend}")),COUNTIF({calendar.listed("E", calendar.worked)},{day})=0,'
            f"COUNTIF({calendar.listed('A', calendar.rest)},{day})>0)"
        )
        first, last = calendar.cell("C", calendar.span_row), calendar.cell("C", calendar.span_row + 1)
        tests: Mapping[str, str] = {
            "no_day": f"N({day})<=0",
            "no_amount": f"NOT(ISNUMBER(D{row}))",
            "not_above_zero": f"D{row}<=0",
            "not_after": f"{day}<=MAX({self._above('B', row)})",
            "unknown_day": f"OR({day}<{first},{day}>{last})",
            "no_business_day": rests,
        }
        chain = "".join(f"IF({test},{self._word(key)}," for key, test in tests.items())
        return f'=IF(A{row}="","",{chain}""{")" * (len(tests) + 1)}'

    def total(self, column: str, last: int) -> str:
        """The sum of a column of the table."""
        return f"=ROUND(SUM({column}{self.header + 1}:{column}{last}),{self.decimals})"

    def difference(self, total_row: int) -> str:
        """How far the plan is from adding up, without a sign; nothing when it does."""
        difference = self._difference(total_row)
        return f'=IF({difference}=0,"",ABS({difference}))'

    def verdict(self, row: int) -> str:
        """Whether the plan adds up; the row of totals is the one above."""
        difference = self._difference(row - 1)
        words = self._word("adds_up"), self._word("short_by"), self._word("over_by")
        return f"=IF({difference}=0,{words[0]},IF({difference}<0,{words[1]},{words[2]}))"

    def _difference(self, total_row: int) -> str:
        interest = f"-F{total_row}" if self.inside else ""
        return f"ROUND(D{total_row}{interest}-$D${self.sum_row},{self.decimals})"

    def _open(self, paid: int, interest: int) -> str:
        """The sum without the parts up to one row, with the interest inside them up to another."""
        inside = f"+SUM(F${self.header}:F{interest})" if self.inside else ""
        return f"ROUND($D${self.sum_row}-SUM(D${self.header}:D{paid}){inside},{self.decimals})"

    def _above(self, column: str, row: int) -> str:
        """The cells above a row; the head among them is text, which sums and maxima pass over."""
        return f"{column}${self.header}:{column}{row - 1}"

    def _word(self, key: str) -> str:
        return quoted(self.language.word("sheet", key))


def quoted(text: str) -> str:
    """A text inside a formula."""
    return '"' + text.replace('"', '""') + '"'
