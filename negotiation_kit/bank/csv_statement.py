"""A bank's CSV: found by its columns, or read by a form the company wrote down."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from io import StringIO
from itertools import islice
from typing import get_args

from negotiation_kit.bank.cells import day_in, is_out, says_out, sum_in
from negotiation_kit.bank.csv_found import Table, form_found, has_headings, plain
from negotiation_kit.bank.entry import Entry, EntryKind, numbered
from negotiation_kit.bank.figures import Unreadable
from negotiation_kit.bank.forms import CsvForm, Encoding, Headings
from negotiation_kit.problems import Place, Problem, Refused

_DELIMITERS = (";", "\t", ",", "|")
_MOST_COLUMNS = 200
_WAY_OUT = "write down its columns in a YAML file and name it with --mapping"
_HEADING_WITHIN = 20
"""Banks print some lines of their own above the headings."""


def entries_of_csv(data: bytes, file: str, known: Headings, own: CsvForm | None) -> tuple[Entry, ...]:
    """Every entry of the statement, by the company's own form, or else by its headings.

    `Refused` with each line that cannot be read, or where the columns of neither are found.
    """
    if own:
        for heads, rows in _tables(data, own.encoding, lambda row: _places(row, own) is not None):
            return _entries(rows, heads, own, file)
    for encoding in get_args(Encoding):
        for heads, rows in _tables(data, encoding, lambda row: has_headings(row, known)):
            below = _below(rows, file)
            form = form_found(Table(heads, [row for _, row in below], encoding), known, file)
            return _entries(iter(below), heads, form, file)
    raise Refused([Problem(None, f"{file} has columns, or is saved in a way, that is not known of any bank", _WAY_OUT)])


def _tables(
    data: bytes, encoding: Encoding, is_heading: Callable[[Sequence[str]], bool]
) -> Iterator[tuple[list[str], Iterator[tuple[int, list[str]]]]]:
    """The line that heads the columns, and the lines below it, parted by each sign that may part them."""
    text = _decoded(data, encoding)
    for delimiter in _DELIMITERS if text is not None else ():
        rows = _rows(text or "", delimiter)
        with suppress(_Unparted):
            for _, row in islice(rows, _HEADING_WITHIN):
                if len(row) <= _MOST_COLUMNS and is_heading(row):
                    yield row, rows


def _below(rows: Iterator[tuple[int, list[str]]], file: str) -> list[tuple[int, list[str]]]:
    try:
        return list(rows)
    except _Unparted as wrong:
        raise Refused([Problem(Place(file, wrong.line, 1), str(wrong), _WAY_OUT)]) from None


class _Unparted(Exception):  # noqa: N818 - says what is wrong
    """A line of which nobody can say where its columns end."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__("this line has no end that can be found; a quotation mark may be missing")


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line it ends on, read as far as it is asked for."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=False)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error:
        raise _Unparted(reader.line_num) from None


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except (UnicodeDecodeError, UnicodeError):
        return None
    return None if "\0" in text else text


def _places(row: Sequence[str], form: CsvForm) -> dict[str, int] | None:
    """Where each column of the form stands in the headings; nothing when one is not there."""
    heads = [plain(cell) for cell in row]
    wanted = {name: plain(head) for name, head in form.columns.model_dump().items() if head is not None}
    if any(heads.count(head) != 1 for head in wanted.values()):
        return None
    return {name: heads.index(head) for name, head in wanted.items()}


def _entries(
    rows: Iterator[tuple[int, list[str]]], heads: Sequence[str], form: CsvForm, file: str
) -> tuple[Entry, ...]:
    places = _places(heads, form)
    assert places is not None
    found: list[Entry] = []
    problems: list[Problem] = []
    way_out = f"it is read as a statement in the form {form.name!r}; another form is named with --mapping"
    try:
        for number, row in rows:
            if not any(cell.strip() for cell in row):
                continue
            try:
                entry = _entry(row, places, form, f"line {number}")
            except Unreadable as wrong:
                problems.append(Problem(Place(file, number, 1), str(wrong), way_out))
            else:
                found += [entry] if entry else []
    except _Unparted as wrong:
        problems.append(Problem(Place(file, wrong.line, 1), str(wrong), way_out))
    if problems:
        raise Refused(problems)
    return numbered(found)


def _entry(row: Sequence[str], places: Mapping[str, int], form: CsvForm, place: str) -> Entry | None:
    if len(row) <= max(places.values()):
        raise Unreadable(f"this line has {len(row)} columns, the headings have more; it may be cut off")
    cell = {name: row[at].strip() for name, at in places.items()}
    currency = cell.get("currency") or form.currency
    if not currency:
        raise Unreadable("no column says the currency")
    if "amount" in cell:
        signed, kind = cell["amount"], _direction(cell)
    elif cell["credit"]:
        signed, kind = cell["credit"], "credit"
    else:
        signed, kind = cell.get("debit", ""), "debit"
        if not signed:
            return None
    amount = sum_in(signed, currency, form.decimal)
    if amount.is_zero:
        return None
    return Entry(
        place=place,
        kind=kind,
        day=day_in(cell["day"], form.days),
        amount=amount,
        payer=_on_one_line(cell.get("payer", "")),
        payer_account=cell.get("payer_account", ""),
        text=_on_one_line(cell.get("text", "")),
        reference=_on_one_line(cell.get("reference", "")),
    )


def _on_one_line(text: str) -> str:
    """A cell may be broken over lines."""
    return " ".join(text.split())


def _direction(cell: Mapping[str, str]) -> EntryKind:
    """Whether the money came in: by the bank's own word, else by the sign of the sum."""
    if "direction" in cell:
        return "debit" if says_out(cell["direction"]) else "credit"
    return "debit" if is_out(cell["amount"]) else "credit"
