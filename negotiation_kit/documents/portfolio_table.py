"""The worklist as a table of plain cells: one row a case, for spreadsheet programs."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO

from negotiation_kit.documents.languages import Language
from negotiation_kit.documents.translate import printable
from negotiation_kit.money import Money
from negotiation_kit.reckoning.worklist import WorkRow

Cell = str | int | date | Money | None
_BEGINS_FORMULA = re.compile(r"(\A|[;\t\r\n])(?=[\t\r]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""A text is reckoned with where it begins like a formula: also behind a semicolon or a line end, where a program that
parts columns by semicolons, as in Hungary, begins a cell of its own."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the key of its head, and what stands in it."""

    key: str
    cell: Callable[[WorkRow, Language], Cell]
    width: int = 12


def _word(group: str, value: str | None, language: Language) -> str:
    return language.word(group, value) if value else ""


COLUMNS = (
    Column("case", lambda row, _: row.case, 14),
    Column("client", lambda row, _: row.client, 32),
    Column("segment", lambda row, words: _word("segment", row.segment, words), 16),
    Column("owner", lambda row, _: row.owner, 20),
    Column("currency", lambda row, _: row.currency, 9),
    Column("overdue", lambda row, _: row.overdue, 16),
    Column("disputed", lambda row, _: row.disputed, 16),
    Column("open", lambda row, _: row.open, 16),
    Column("elsewhere", lambda row, words: words.joined(words.money(each) for each in row.elsewhere), 20),
    Column("days_overdue", lambda row, _: row.days_overdue, 9),
    Column("stage", lambda row, words: words.word("stage", row.stage), 16),
    Column("days_left", lambda row, _: row.days_left, 9),
    Column("track", lambda row, words: words.word("track", row.track), 30),
    Column("rule", lambda row, _: row.rule, 8),
    Column("next_step", lambda row, words: _word("step", row.next_step.key if row.next_step else None, words), 30),
    Column("next_day", lambda row, _: row.next_step.day if row.next_step else None),
    Column("promises_made", lambda row, _: row.promises.made, 9),
    Column("promises_kept", lambda row, _: row.promises.kept, 9),
    Column("promises_broken", lambda row, _: row.promises.broken, 9),
    Column("plan_parts", lambda row, _: len(row.plan.parts) if row.plan else None, 9),
    Column("plan_paid", lambda row, _: row.parts_paid if row.plan else None, 9),
    Column("plan_missed", lambda row, _: row.plan.missed if row.plan else None, 9),
    Column("plan_next_day", lambda row, _: row.plan.next.due if row.plan and row.plan.next else None),
    Column("plan_next", lambda row, _: row.plan.next.short if row.plan and row.plan.next else None, 16),
    Column("late_actions", lambda row, _: len(row.late_actions), 9),
    Column("last_contact", lambda row, _: row.last_contact),
    Column("superior_told", lambda row, _: row.superior_told),
    Column("alerts", lambda row, words: " ".join(told_alerts(row, words)), 60),
    Column("file", lambda row, _: row.file, 30),
)


def told_alerts(row: WorkRow, language: Language) -> Iterator[str]:
    """What cannot wait in a case, one sentence each."""
    if row.owner is None:
        yield language.told("portfolio.no_owner")
    for alert in row.alerts:
        yield language.told(alert.sentence, alert.facts)


def as_csv(rows: Iterable[WorkRow], language: Language) -> bytes:
    """The rows with a head, in UTF-8 with the mark that Excel needs; no text of a case is taken for a formula."""
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(language.word("worklist", column.key) for column in COLUMNS)
    for row in rows:
        writer.writerow(_plain(column.cell(row, language)) for column in COLUMNS)
    return buffer.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Money():
            return f"{cell.rounded().amount:f}"
        case date():
            return cell.isoformat()
        case int():
            return str(cell)
    return _harmless(cell)


def _harmless(text: str) -> str:
    """A text as it was typed, behind an apostrophe where a spreadsheet would reckon with it."""
    return printable(_BEGINS_FORMULA.sub(r"\1'", text))
