"""A bank's CSV: found by its columns, or read by a form the company wrote down."""

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import date

from negotiation_kit.bank.entry import Entry, EntryKind, numbered
from negotiation_kit.bank.figures import Unreadable, known_day, plain_sum
from negotiation_kit.bank.forms import CsvForm
from negotiation_kit.money import Money
from negotiation_kit.problems import Place, Problem, Refused

_DELIMITERS = (";", "\t", ",", "|")
_DAY_PATTERNS: Mapping[str, str] = {
    "YYYY-MM-DD": r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})",
    "YYYY.MM.DD.": r"(?P<y>\d{4})\. ?(?P<m>\d{2})\. ?(?P<d>\d{2})\.?",
    "YYYY.MM.DD": r"(?P<y>\d{4})\.(?P<m>\d{2})\.(?P<d>\d{2})",
    "DD.MM.YYYY": r"(?P<d>\d{2})\.(?P<m>\d{2})\.(?P<y>\d{4})",
    "DD/MM/YYYY": r"(?P<d>\d{2})/(?P<m>\d{2})/(?P<y>\d{4})",
    "MM/DD/YYYY": r"(?P<m>\d{2})/(?P<d>\d{2})/(?P<y>\d{4})",
    "YYYYMMDD": r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
}
_GROUPED = {
    ",": re.compile(
        r"(?P<sign>[+\-\u2212]?)(?P<whole>\d{1,3}(?:[. \u00a0\u202f]\d{3})+|\d+)(?:,(?P<part>\d{1,3}))?", re.ASCII
    ),
    ".": re.compile(
        r"(?P<sign>[+\-\u2212]?)(?P<whole>\d{1,3}(?:[, \u00a0\u202f]\d{3})+|\d+)(?:\.(?P<part>\d{1,3}))?", re.ASCII
    ),
}
_HEADING_WITHIN = 20
"""Banks print some lines of their own above the headings."""


def entries_of_csv(data: bytes, file: str, forms: Sequence[CsvForm]) -> tuple[Entry, ...]:
    """Every entry of the statement; `Refused` with each line that cannot be read, or where no form has its columns."""
    for form in forms:
        text = _decoded(data, form.encoding)
        if text is None:
            continue
        for delimiter in _DELIMITERS:
            rows = list(csv.reader(text.splitlines(), delimiter=delimiter, strict=False))
            for number, row in enumerate(rows[:_HEADING_WITHIN]):
                places = _places(row, form)
                if places is not None:
                    return _entries(rows, number, places, form, file)
    raise Refused([_no_form(file, forms)])


def _no_form(file: str, forms: Sequence[CsvForm]) -> Problem:
    known = "; ".join(form.name for form in forms)
    way_out = f"write down its columns in a YAML file and name it with --mapping; known forms are: {known}"
    return Problem(None, f"{file} has columns, or is saved in a way, that no known form of a bank's CSV has", way_out)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except (UnicodeDecodeError, UnicodeError):
        return None
    return None if "\0" in text else text


def _places(row: Sequence[str], form: CsvForm) -> dict[str, int] | None:
    """Where each column of the form stands in the headings; nothing when one is not there."""
    heads = [_plain(cell) for cell in row]
    wanted = {name: _plain(head) for name, head in form.columns.model_dump().items() if head is not None}
    if any(heads.count(head) != 1 for head in wanted.values()):
        return None
    return {name: heads.index(head) for name, head in wanted.items()}


def _plain(text: str) -> str:
    return re.sub(r"[\s\ufeff_]+", " ", text).strip().casefold()


def _entries(
    rows: Sequence[Sequence[str]], heading: int, places: Mapping[str, int], form: CsvForm, file: str
) -> tuple[Entry, ...]:
    found: list[Entry] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows[heading + 1 :], start=heading + 2):
        if not any(cell.strip() for cell in row):
            continue
        try:
            entry = _entry(row, places, form, f"line {number}")
        except Unreadable as wrong:
            way_out = f"it is read as a statement in the form {form.name!r}; another form is named with --mapping"
            problems.append(Problem(Place(file, number, 1), str(wrong), way_out))
        else:
            found += [entry] if entry else []
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
        signed, kind = cell["amount"], _direction(cell["amount"])
    elif cell["credit"]:
        signed, kind = cell["credit"], "credit"
    else:
        signed, kind = cell.get("debit", ""), "debit"
        if not signed:
            return None
    amount = _sum(signed, currency, form)
    if amount.is_zero:
        return None
    return Entry(
        place=place,
        kind=kind,
        day=_day(cell["day"], form),
        amount=amount,
        payer=cell.get("payer", ""),
        payer_account=cell.get("payer_account", ""),
        text=cell.get("text", ""),
        reference=cell.get("reference", ""),
    )


def _direction(text: str) -> EntryKind:
    return "debit" if text.strip().startswith(("-", "\u2212")) else "credit"


def _sum(text: str, currency: str, form: CsvForm) -> Money:
    found = _GROUPED[form.decimal].fullmatch(text.strip().removesuffix(currency).strip())
    if not found:
        example = "1.460.000,00" if form.decimal == "," else "1,460,000.00"
        raise Unreadable(f"{text!r} is no sum like {example}")
    whole = re.sub(r"\D", "", found["whole"])
    return plain_sum(f"{whole}.{found['part']}" if found["part"] else whole, currency.upper())


def _day(text: str, form: CsvForm) -> date:
    found = re.fullmatch(_DAY_PATTERNS[form.days], text.strip(), re.ASCII)
    if not found:
        raise Unreadable(f"{text!r} is no day like {form.days}")
    return known_day(f"{found['y']}-{found['m']}-{found['d']}")
