"""Two readings of a paper held against each other: the one the kit would print now, and the file that came back.

Nothing is guessed: a value that cannot be read in the paper's language is told with its place.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Literal

from negotiation_kit.documents.languages import Language
from negotiation_kit.documents.returned import Line, Returned, Row, Tagged, tagged_entries
from negotiation_kit.documents.tags import TAGS, WORDED
from negotiation_kit.money import Money

GROUPS = ("schedule", "actions", "risks", "open_points")
"""Lists whose entries are rows or lines of a paper."""
DERIVED = frozenset({"schedule.left", "total", "base"})
"""Values that follow from others."""
Read = str | Decimal | date | int | bool
Entry = Mapping[str, str]
What = Literal["value", "row added", "row struck", "wording", "tracked", "comment", "unread"]
_NOTHING_SAID = re.compile(r"[\s\d.,;:\u2013\-\[\]()|]*")
_BETWEEN = " \N{EN DASH} "
_SUMS = ("acknowledged.amount", "base")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as printed."""

    what: What
    tag: str
    before: str
    after: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class ListRead:
    """A list as it stands now: for each entry, which printed one it was, if any, and its texts."""

    entries: tuple[tuple[int | None, Entry], ...]
    changed: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """Everything that differs, and what the paper says now."""

    differences: tuple[Difference, ...]
    values: Mapping[str, Read]
    """Single values that were filled in or changed."""
    lists: Mapping[str, ListRead]

    def of(self, *what: What) -> tuple[Difference, ...]:
        """The differences of these kinds."""
        return tuple(each for each in self.differences if each.what in what)


class CannotRead(ValueError):  # noqa: N818 - says what is wrong
    """A text that is no value of its kind in this language."""


def read_value(tag: str, text: str, language: Language, currency: str) -> Read:
    """What a text says under its name; raises CannotRead."""
    kind = TAGS[tag].kind
    if tag in WORDED:
        for choice in TAGS[tag].choices:
            if language.word(WORDED[tag], choice).casefold() == text.casefold():
                return choice
        raise CannotRead(f"{text!r} is none of the choices")
    if kind == "day":
        found = language.day_in(text)
        if found is None:
            raise CannotRead(f"{text!r} is no day like {language.day(date(2025, 3, 26))}")
        return found[0]
    if kind == "amount":
        amount = language.amount_in(text, currency)
        if amount is None:
            raise CannotRead(f"{text!r} is no sum like {language.money(Money(Decimal(1460000), currency))}")
        return amount
    if kind == "count":
        if not re.fullmatch(r"\d{1,6}", text, re.ASCII):
            raise CannotRead(f"{text!r} is no whole number")
        return int(text)
    return text


def compared(printed: Returned, found: Returned, language: Language, currency: str) -> Compared:
    """What the file says otherwise than the kit would print it now."""
    comparison = _Comparison(printed, found, language, currency)
    return comparison.all()


class _Comparison:
    def __init__(self, printed: Returned, found: Returned, language: Language, currency: str) -> None:
        self.printed, self.found, self.language, self.currency = printed, found, language, currency
        self.differences: list[Difference] = []
        self.values: dict[str, Read] = {}
        self.lists: dict[str, ListRead] = {}
        self.new_rows: set[tuple[int, int]] = set()

    def all(self) -> Compared:
        for change in self.found.tracked:
            self.differences.append(Difference("tracked", change.kind, "", change.text))
        self.differences += [Difference("comment", "", "", comment) for comment in self.found.comments]
        self.singles()
        for group in GROUPS:
            self.group(group)
        self.beside_lists()
        self.sums()
        self.calendars()
        self.wording()
        return Compared(tuple(self.differences), self.values, self.lists)

    def unread(self, tag: str, before: str, message: str, where: str) -> None:
        self.differences.append(Difference("unread", tag, before, message, where))

    def value_of(self, tag: str, text: str, where: str) -> Read | None:
        try:
            return read_value(tag, text, self.language, self.currency)
        except CannotRead as wrong:
            self.unread(tag, "", str(wrong), where)
            return None

    def amount_in(self, text: str) -> Decimal | None:
        return self.language.amount_in(text, self.currency)

    # Single values

    def singles(self) -> None:
        for tag in dict.fromkeys(each.tag for each in self.printed.values):
            if tag.split(".")[0] in GROUPS or TAGS[tag].listed:
                continue
            before = [each for each in self.printed.values if each.tag == tag]
            after = [each for each in self.found.values if each.tag == tag]
            if any(each.choice for each in before):
                self.box(tag, before, after)
            elif len(after) < len(before):
                self.unread(tag, _joined(before), "the field is no longer in the file", before[0].where)
            else:
                self.single(tag, before, after)

    def box(self, tag: str, before: Sequence[Tagged], after: Sequence[Tagged]) -> None:
        ticked = list(dict.fromkeys(each.choice for each in after if each.ticked))
        was = ", ".join(each.choice for each in before if each.ticked)
        where = next((each.where for each in after if each.ticked), before[0].where)
        if len(after) < len(before):
            self.unread(tag, was, "a box is no longer in the file", before[0].where)
        elif torn := next((each for each in after if each.torn), None):
            self.unread(tag, was, f"the sign of the box {torn.choice} and what Word holds of it differ", torn.where)
        elif len(ticked) > 1:
            self.unread(tag, was, f"more than one box is ticked: {', '.join(ticked)}", where)
        elif ", ".join(ticked) != was:
            self.differences.append(Difference("value", tag, was, ", ".join(ticked), where))
            self.values |= {tag: ticked[0]} if ticked else {}

    def single(self, tag: str, before: Sequence[Tagged], after: Sequence[Tagged]) -> None:
        was, texts = _joined(before), list(dict.fromkeys(each.text for each in after if each.text))
        repeated = len(before) > 1 and not all(each.is_empty for each in before)
        if repeated and len(texts) > 1:
            others = [text for text in texts if text not in {each.text for each in before}]
            if len(others) != 1 or len(texts) > 1:
                self.unread(
                    tag, was, f"it stands in the paper more than once and differs: {'; '.join(texts)}", after[0].where
                )
                return
        now = _joined(after)
        if now == was:
            return
        self.differences.append(Difference("value", tag, was, now, after[0].where))
        if now and (value := self.value_of(tag, now, after[0].where)) is not None:
            self.values[tag] = value

    # Lists

    def group(self, group: str) -> None:
        before = _filled(tagged_entries(self.printed.values, group))
        all_before = tagged_entries(self.printed.values, group)
        if not all_before:
            return
        after_tagged = tagged_entries(self.found.values, group)
        after = [entry for entry in _filled(after_tagged) if not _is_struck(entry)]
        texts_before = [_texts(entry) for entry in before]
        texts_after: list[tuple[tuple[int, int], Entry]] = [(_at(entry), _texts(entry)) for entry in after]
        texts_after += [(row.place, _from_cells(row, columns)) for row, columns in self.added(after_tagged)]
        texts_after.sort(key=lambda each: each[0])
        entries: list[tuple[int | None, Entry]] = []
        changed = False
        pairs = _paired(texts_before, [texts for _, texts in texts_after])
        for old, new in pairs:
            was = texts_before[old] if old is not None else {}
            now = texts_after[new][1] if new is not None else {}
            changed |= self.entry(group, was, now, old, new)
            if new is not None:
                entries.append((old, now))
        self.lists[group] = ListRead(tuple(entries), changed)

    def entry(self, group: str, was: Entry, now: Entry, old: int | None, new: int | None) -> bool:
        if new is None:
            self.differences.append(Difference("row struck", group, _told(was), ""))
            return True
        if old is None:
            self.differences.append(Difference("row added", group, "", _told(now)))
        changed = old is None
        for tag in dict.fromkeys([*was, *now]):
            before, after = was.get(tag, ""), now.get(tag, "")
            if before == after:
                continue
            if old is not None:
                self.differences.append(Difference("value", tag, before, after, f"row {new + 1}: {_told(now)}"))
                changed = changed or tag not in DERIVED
            if after:
                self.value_of(tag, after, f"row {new + 1}: {_told(now)}")
        return changed

    def added(self, tagged: Sequence[Mapping[str, Tagged]]) -> Iterator[tuple[Row, Mapping[int, str]]]:
        """Rows typed in by hand in the table of a list, without fields, and which name each column has."""
        places = {each.row for entry in tagged for each in entry.values() if each.row}
        tables = {row[0] for row in places}
        printed = {row.cells for row in self.printed.rows}
        for row in self.found.rows:
            if row.place[0] not in tables or row.place in places or row.tagged or row.struck:
                continue
            columns = _columns(tagged, row.place[0])
            if row.cells not in printed and any(_said(row.cells, column) for column in columns):
                self.new_rows.add(row.place)
                yield row, columns

    def beside_lists(self) -> None:
        """Listed values that are no rows: who signs, what was questioned."""
        for tag in dict.fromkeys(each.tag for each in self.printed.values):
            if not TAGS[tag].listed or tag.split(".")[0] in GROUPS:
                continue
            before = [each for each in self.printed.values if each.tag == tag]
            after = [each for each in self.found.values if each.tag == tag]
            if len(after) < len(before):
                self.unread(tag, _joined(before), "a field of this name is no longer in the file", before[0].where)
                continue
            for was, now in zip(before, after, strict=False):
                if was.text != now.text:
                    self.differences.append(Difference("value", tag, was.text, now.text, now.where))

    # What must agree

    def sums(self) -> None:
        """The total under the parts, and a sum's words, after a sum was changed."""
        parts = [entry for _, entry in self.lists["schedule"].entries] if "schedule" in self.lists else []
        amounts = [self.amount_in(entry.get("schedule.amount", "")) for entry in parts]
        known = [amount for amount in amounts if amount is not None]
        total = next((each for each in self.found.values if each.tag == "total" and each.text), None)
        said = self.amount_in(total.text) if total else None
        if total and said is not None and len(known) == len(amounts) and sum(known) != said:
            added = self.language.amount(Money(sum(known, Decimal(0)), self.currency))
            self.unread("total", "", f"the parts add up to {added}, the total says {total.text}", total.where)
        for tag in _SUMS:
            before = next((each for each in self.printed.values if each.tag == tag and each.text), None)
            after = next((each for each in self.found.values if each.tag == tag and each.text), None)
            if not before or not after or before.text == after.text:
                continue
            was = self.amount_in(before.text)
            if was is not None and self.language.in_words(Money(was, self.currency)) in after.where:
                self.unread(
                    tag, before.text, f"the figures say {after.text}, the words are still the old ones", after.where
                )

    def calendars(self) -> None:
        """A day whose calendar holds another day than its text says."""
        for each in self.found.values:
            if each.picked is None or not each.text:
                continue
            said = self.language.day_in(each.text)
            if said and said[0] != each.picked:
                told = f"the text says {each.text}, the calendar of the field {self.language.day(each.picked)}"
                self.unread(each.tag, "", told, each.where)

    def wording(self) -> None:
        before = [line for line in self.printed.paragraphs if line.text]
        after = [line for line in self.found.paragraphs if line.text and line.row not in self.new_rows]
        matcher = SequenceMatcher(None, [line.text for line in before], [line.text for line in after], autojunk=False)
        for kind, start, end, first, last in matcher.get_opcodes():
            if kind == "equal":
                continue
            old, new = before[start:end], after[first:last]
            for place in range(max(len(old), len(new))):
                was = old[place] if place < len(old) else None
                now = new[place] if place < len(new) else None
                if not _is_only_figures(was) or not _is_only_figures(now):
                    self.differences.append(Difference("wording", "", was.text if was else "", now.text if now else ""))


def _is_only_figures(line: Line | None) -> bool:
    """A number of a row, or nothing."""
    return line is None or (line.row is not None and _NOTHING_SAID.fullmatch(line.text) is not None)


def _joined(values: Sequence[Tagged]) -> str:
    return " ".join(dict.fromkeys(each.text for each in values if each.text))


def _from_cells(row: Row, columns: Mapping[int, str]) -> Entry:
    found = {tag: _said(row.cells, column) for column, tag in columns.items()}
    due = found.get("schedule.due", "")
    if _BETWEEN in due:
        found["schedule.due"], found["schedule.source"] = due.split(_BETWEEN, 1)
    return {tag: text for tag, text in found.items() if text}


def _texts(entry: Mapping[str, Tagged]) -> dict[str, str]:
    return {each.tag: each.text for each in entry.values() if each.text}


def _at(entry: Mapping[str, Tagged]) -> tuple[int, int]:
    first = next(iter(entry.values()))
    return first.row or (0, first.paragraph)


def _filled(entries: Sequence[Mapping[str, Tagged]]) -> list[Mapping[str, Tagged]]:
    return [entry for entry in entries if any(each.text or each.struck for each in entry.values())]


def _is_struck(entry: Mapping[str, Tagged]) -> bool:
    return any(each.struck for each in entry.values()) and not any(each.text for each in entry.values())


def _told(entry: Entry) -> str:
    return ", ".join(text for text in entry.values() if text)


def _columns(tagged: Sequence[Mapping[str, Tagged]], table: int) -> dict[int, str]:
    found: dict[int, str] = {}
    for entry in tagged:
        for each in entry.values():
            if each.row and each.row[0] == table:
                found.setdefault(each.column, each.tag)
    return found


def _said(cells: Sequence[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _paired(before: Sequence[Entry], after: Sequence[Entry]) -> list[tuple[int | None, int | None]]:
    """Which entry was which: those alike first, the others in their order as far as something of them is alike."""
    keys_before, keys_after = ([tuple(sorted(each.items())) for each in side] for side in (before, after))
    pairs: list[tuple[int | None, int | None]] = []
    for kind, start, end, first, last in SequenceMatcher(None, keys_before, keys_after, autojunk=False).get_opcodes():
        if kind == "equal" or end - start == last - first:
            pairs += zip(range(start, end), range(first, last), strict=True)
            continue
        left = list(range(start, end))
        for new in range(first, last):
            alike = [(sum(before[old].get(tag) == text for tag, text in after[new].items()), -old) for old in left]
            best, old = max(alike, default=(0, 0))
            if best:
                left.remove(-old)
            pairs.append((-old if best else None, new))
        pairs += [(old, None) for old in left]
    return pairs
