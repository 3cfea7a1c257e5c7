"""MT940, the older account statement of SWIFT: fields between colons, structured and free descriptions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from negotiation_kit.bank.entry import Entry, EntryKind, numbered
from negotiation_kit.bank.figures import Unreadable, known_day, plain_sum
from negotiation_kit.problems import Problem, Refused

_FIELD = re.compile(r"^:(\d{2}[A-Z]?):", re.MULTILINE)
_LINE = re.compile(
    r"(?P<value>\d{6})(?P<booked>\d{4})?(?P<mark>R?[CD])(?P<fund>[A-Z])?(?P<amount>\d{1,12},\d{0,3})"
    r"(?P<type>[A-Z][A-Z0-9]{3})(?P<ours>[^\n/]{0,16})(?://(?P<bank>[^\n]{0,16}))?(?:\n(?P<more>[^\n]*))?",
    re.ASCII,
)
_BALANCE = re.compile(r"[CD]\d{6}(?P<currency>[A-Z]{3})[\d,]+", re.ASCII)
_PART = re.compile(r"[?>](\d{2})")
_KINDS: dict[str, EntryKind] = {"C": "credit", "D": "debit", "RC": "reversed credit", "RD": "debit"}
_PURPOSE = {*(f"{number}" for number in range(20, 30)), "60", "61", "62", "63"}
_NO_REFERENCE = {"", "NONREF", "NOREF"}
_CENTURY = 2000
_DECEMBER, _JANUARY = 12, 1
_LONGEST_LINE = 12


@dataclass(frozen=True, slots=True)
class _Statement:
    """What the fields before the entries say."""

    number: int
    account: str = ""
    currency: str = ""


def entries_of_mt940(text: str, file: str) -> tuple[Entry, ...]:
    """Every entry of every statement in the file; `Refused` with each that cannot be read."""
    fields = list(_fields(text))
    if not any(tag in {"60F", "60M"} for tag, _ in fields) or not any(tag in {"62F", "62M"} for tag, _ in fields):
        way_out = "it may be cut off; export the account statement in the format MT940 again"
        raise Refused([Problem(None, f"{file} is no whole MT940 statement", way_out)])
    found: list[Entry] = []
    problems: list[Problem] = []
    statement, count = _Statement(0), 0
    for tag, content in fields:
        try:
            if tag == "20":
                statement, count = _Statement(statement.number + 1), 0
            elif tag == "25":
                statement = replace(statement, account=content.strip())
            elif tag in {"60F", "60M"}:
                statement = replace(statement, currency=_currency(content))
            elif tag == "61":
                count += 1
                found.append(_entry(content, statement, f"statement {statement.number}, entry {count}"))
            elif tag == "86" and count and found:
                found[-1] = _described(found[-1], content)
        except Unreadable as wrong:
            place = f"statement {statement.number}, entry {count}" if count else f"statement {statement.number}"
            problems.append(Problem(None, f"{file}: {place}: {wrong}", "ask the bank for the statement again"))
    if problems:
        raise Refused(problems)
    return numbered(found)


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """Each field with what stands in it up to the next."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    marks = list(_FIELD.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=False):
        yield mark[1], text[mark.end() : end].rstrip("\n-} ")


def _currency(content: str) -> str:
    found = _BALANCE.match(content)
    if not found:
        raise Unreadable(f"its opening balance is {content!r}")
    return found["currency"]


def _entry(content: str, statement: _Statement, place: str) -> Entry:
    found = _LINE.match(content)
    if not found:
        raise Unreadable(f"{content.splitlines()[0] if content else ''!r} is no statement line")
    value = _day(found["value"])
    reference = found["ours"].strip()
    return Entry(
        place=place,
        kind=_KINDS[found["mark"]],
        day=_booked(found["booked"], value) if found["booked"] else value,
        amount=plain_sum(found["amount"].replace(",", ".").rstrip("."), statement.currency),
        account=statement.account,
        text=(found["more"] or "").strip(),
        reference=reference if reference not in _NO_REFERENCE else (found["bank"] or "").strip(),
    )


def _day(text: str) -> date:
    return known_day(f"{_CENTURY + int(text[:2])}-{text[2:4]}-{text[4:]}")


def _booked(text: str, value: date) -> date:
    """The booking day has no year: it is the one of the value day, or the one beside it at the turn of a year."""
    month = int(text[:2])
    turn = {(_DECEMBER, _JANUARY): 1, (_JANUARY, _DECEMBER): -1}
    return known_day(f"{value.year + turn.get((value.month, month), 0)}-{text[:2]}-{text[2:]}")


def _described(entry: Entry, content: str) -> Entry:
    """The entry with its description: in numbered parts as most banks write it, else as free text."""
    marks = list(_PART.finditer(content))
    if not marks:
        free = " ".join(content.split())
        return replace(entry, text=" ".join(filter(None, (entry.text, free))))
    ends = [*(mark.start() for mark in marks[1:]), len(content)]
    parts = [(mark[1], content[mark.end() : end].replace("\n", "")) for mark, end in zip(marks, ends, strict=True)]
    purpose = _joined([part for number, part in parts if number in _PURPOSE])
    account = next((part for number, part in parts if number == "31"), "")
    return replace(
        entry,
        text=purpose or entry.text,
        payer=_joined([part for number, part in parts if number in {"32", "33"}]),
        payer_account=account.strip(),
    )


def _joined(parts: list[str]) -> str:
    """Lines the bank cut at a fixed width, as one text."""
    return (
        " ".join("".join(parts).split())
        if all(len(part) > _LONGEST_LINE for part in parts[:-1])
        else " ".join(" ".join(parts).split())
    )
