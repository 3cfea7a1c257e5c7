"""The form of a bank's CSV, found by its headings and by how all its lines write days and sums."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar, get_args

from negotiation_kit.bank.cells import DayFormat, Decimals, day_in, sum_in
from negotiation_kit.bank.figures import Unreadable
from negotiation_kit.bank.forms import Columns, CsvForm, Encoding, Headings
from negotiation_kit.money import known_currency
from negotiation_kit.problems import Problem, Refused

_Way = TypeVar("_Way")
_Cell = TypeVar("_Cell")
_DAYS: tuple[DayFormat, ...] = get_args(DayFormat)
_DECIMALS: tuple[Decimals, ...] = get_args(Decimals)
_NAME = "found by its headings"
_CODE = re.compile(r"(?P<name>.+?) ?[(\[](?P<code>[A-Za-z]{3})[)\]]")
_BESIDE_A_SUM = re.compile(r"(?:^|[\d\s])([A-Z]{3})(?:$|[\s\d+\-\u2212])", re.ASCII)
_OF_THE_PAYER = frozenset({"payer", "text", "reference"})
_OPTIONAL = ("direction", "currency", "payer", "payer_account", "text", "reference")


@dataclass(frozen=True, slots=True)
class Table:
    """What a file says below the line that heads its columns."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    encoding: Encoding


def plain(text: str) -> str:
    """A heading without what does not count: capitals, the kind and number of blanks."""
    return re.sub(r"[\s\ufeff_]+", " ", text).strip().casefold()


def has_headings(row: Sequence[str], known: Headings) -> bool:
    """Whether a line heads the columns of a statement: a day, a sum, and something about the payer."""
    return _columns(row, known) is not None


def form_found(table: Table, known: Headings, file: str) -> CsvForm:
    """The form that most lines fit; `Refused` where it says no currency, or two forms would give other days or sums."""
    columns = _columns(table.heads, known)
    assert columns is not None
    places = {name: table.heads.index(head) for name, head in columns.items()}
    told = [row for row in table.rows if len(row) > max(places.values()) and row[places["day"]].strip()]
    currency = None if "currency" in columns else _currency(table.heads, told, places)
    if "currency" not in columns and currency is None:
        raise _refusal(file, "does not say its currency", "name a file with currency: ... by --mapping")
    return CsvForm(
        name=_NAME,
        days=_days(told, places, file),
        decimal=_decimals(told, places, currency, file),
        encoding=table.encoding,
        currency=currency,
        columns=Columns.model_validate(columns),
    )


def _columns(row: Sequence[str], known: Headings) -> dict[str, str] | None:
    """The heading of each column we know, as the file writes it; nothing where it heads no statement."""
    heads: dict[str, list[str]] = {}
    for cell in row:
        heads.setdefault(_bare(cell), []).append(cell)
    taken: dict[str, str] = {}

    def take(name: str) -> bool:
        for word in getattr(known, name):
            found = heads.get(plain(word), [])
            if len(found) == 1 and found[0] not in taken.values():
                taken[name] = found[0]
                return True
        return False

    if not take("day"):
        return None
    if not take("amount"):
        if not take("credit"):
            return None
        take("debit")
    for name in _OPTIONAL:
        take(name)
    return taken if taken.keys() & _OF_THE_PAYER else None


def _bare(cell: str) -> str:
    """A heading without the currency some banks put behind it."""
    found = _CODE.fullmatch(cell.strip())
    return plain(found["name"] if found and known_currency(found["code"].upper()) else cell)


def _currency(heads: Sequence[str], rows: Sequence[Sequence[str]], places: Mapping[str, int]) -> str | None:
    """The one currency of the sums, where the heading or every sum says it."""
    of_sums = [places[name] for name in ("amount", "credit", "debit") if name in places]
    named = [_CODE.fullmatch(heads[at].strip()) for at in of_sums]
    said = {found["code"].upper() for found in named if found}
    said |= {code for row in rows for at in of_sums for code in _BESIDE_A_SUM.findall(row[at].strip())}
    return said.pop() if len(said) == 1 and all(map(known_currency, said)) else None


def _days(rows: Sequence[Sequence[str]], places: Mapping[str, int], file: str) -> DayFormat:
    cells = tuple(row[places["day"]] for row in rows)
    fitting = _most_fitting(_DAYS, cells, day_in)
    if len(fitting) > 1:
        way_out = f"say which with --mapping: days: {' or days: '.join(fitting)}"
        raise _refusal(file, f"has days that can be read in two ways, such as {cells[0]!r}", way_out)
    return fitting[0]


def _decimals(rows: Sequence[Sequence[str]], places: Mapping[str, int], currency: str | None, file: str) -> Decimals:
    cells = tuple(
        (row[places[name]], currency or row[places["currency"]].strip())
        for row in rows
        for name in ("amount", "credit", "debit")
        if name in places and _says_something(row[places[name]])
    )
    fitting = _most_fitting(_DECIMALS, cells, lambda cell, sign: sum_in(*cell, sign))
    if len(fitting) > 1:
        raise _refusal(file, "has sums that can be read in two ways", "say which with --mapping: decimal: , or .")
    return fitting[0]


def _most_fitting(
    ways: Sequence[_Way], cells: Sequence[_Cell], read: Callable[[_Cell, _Way], object]
) -> Sequence[_Way]:
    """The way of writing that most cells fit; several only where they would say different things."""
    said = {way: [_or_nothing(read, cell, way) for cell in cells] for way in ways}
    most = max(len(cells) - values.count(None) for values in said.values())
    best = [way for way, values in said.items() if len(cells) - values.count(None) == most]
    return best if most and any(said[way] != said[best[0]] for way in best) else best[:1]


def _or_nothing(read: Callable[[_Cell, _Way], object], cell: _Cell, way: _Way) -> object:
    with suppress(Unreadable):
        return read(cell, way)
    return None


def _says_something(text: str) -> bool:
    """A sum of zero, which some banks print in the column that does not apply, says nothing."""
    return bool(re.search(r"[1-9]", text))


def _refusal(file: str, message: str, way_out: str) -> Refused:
    return Refused([Problem(None, f"{file} {message}", way_out)])
