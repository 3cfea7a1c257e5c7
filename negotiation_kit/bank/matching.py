"""Whose money it is: each entry of a statement held against what the cases expect, with a score and its reasons."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from negotiation_kit.bank.entry import Entry
from negotiation_kit.money import Money
from negotiation_kit.reckoning.reckon import Reckoning

Sign = Literal["reference", "invoice", "short invoice", "account", "payer", "instalment", "invoice sum", "whole sum"]
WEIGHTS: Mapping[Sign, int] = MappingProxyType(
    {
        "reference": 60,
        "invoice": 55,
        "account": 50,
        "payer": 40,
        "instalment": 30,
        "invoice sum": 25,
        "whole sum": 25,
        "short invoice": 15,
    }
)
"""What each sign counts; a sum alone never makes an entry certain, two signs of different kinds do."""
CERTAIN, DOUBTFUL, APART = 80, 25, 30
"""From so many points on an entry is booked, or shown to a person; the next best case lies so many below it."""
Verdict = Literal["certain", "doubtful", "nobody's", "known", "taken back", "pending", "out", "other currency"]
_LEGAL_FORMS = frozenset({
    "kft", "zrt", "nyrt", "bt", "kkt", "rt", "ev", "ltd", "limited", "plc", "llp", "gmbh", "ag", "kg", "ohg", "ug",
    "se", "sa", "srl", "spa", "sp", "zoo", "sro", "as", "doo", "company", "co",
})  # fmt: skip
_TELLING = 5
"""A number of fewer letters and digits may stand in a text by chance."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """What one case expects, in one currency."""

    file: str
    case: str
    client: str
    currency: str
    references: tuple[str, ...]
    """What the payer is asked to write, and the number of the case."""
    accounts: tuple[str, ...]
    invoices: Mapping[str, Money]
    """What is open of each invoice."""
    instalments: tuple[Money, ...]
    """What is still to come of the parts of a signed plan."""
    whole: Money


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case an entry may belong to."""

    awaited: Awaited
    signs: tuple[Sign, ...]
    named: tuple[str, ...]
    """Invoices whose numbers the payer wrote."""

    @property
    def score(self) -> int:
        """All signs together."""
        return sum(WEIGHTS[sign] for sign in self.signs)


@dataclass(frozen=True, slots=True)
class Judged:
    """One entry and whose it is."""

    entry: Entry
    verdict: Verdict
    candidates: tuple[Candidate, ...] = ()
    """The likeliest first."""

    @property
    def best(self) -> Candidate | None:
        """The likeliest case."""
        return self.candidates[0] if self.candidates else None


def awaited_by(reckoning: Reckoning, file: str) -> tuple[Awaited, ...]:
    """What a case expects on a day, one record a currency."""
    case = reckoning.case
    bank = case.supplier.bank
    found = []
    for debt in (reckoning.debt, *reckoning.other_debts):
        parts = reckoning.performance.parts if reckoning.performance and debt is reckoning.debt else ()
        found.append(
            Awaited(
                file=file,
                case=case.case,
                client=case.client.name,
                currency=debt.currency,
                references=tuple(dict.fromkeys(filter(None, (bank.reference if bank else None, case.case)))),
                accounts=case.client.pays_from,
                invoices={each.invoice.number: each.open for each in debt.open_invoices},
                instalments=tuple(part.short for part in parts if not part.short.is_zero),
                whole=debt.claimed,
            )
        )
    return tuple(found)


def judge(entries: Iterable[Entry], awaited: Sequence[Awaited], booked: frozenset[str]) -> tuple[Judged, ...]:
    """Each entry once, in the order of the file; those whose mark is booked already are known."""
    register = _Register(awaited)
    return tuple(_judged(entry, register, booked) for entry in entries)


class _Register:
    """What may be read from an entry, each sign with the cases it points to; so many cases can be held against many.

    It may name a case too many, never one too few: the signs themselves are looked for in each case it names.
    """

    def __init__(self, awaited: Sequence[Awaited]) -> None:
        self._awaited = awaited
        self._numbers: dict[str, set[int]] = {}
        self._accounts: dict[str, set[int]] = {}
        self._names: dict[frozenset[str], set[int]] = {}
        self._sums: dict[Money, set[int]] = {}
        for place, each in enumerate(awaited):
            for number in (*each.references, *each.invoices):
                self._numbers.setdefault(_letters(number), set()).add(place)
            for account in each.accounts:
                self._accounts.setdefault(_letters(account), set()).add(place)
            self._names.setdefault(_name(each.client), set()).add(place)
            for amount in (*each.instalments, *each.invoices.values(), each.whole):
                self._sums.setdefault(amount, set()).add(place)
        self._longest = max(map(len, self._numbers), default=0)

    def pointed_to(self, entry: Entry) -> tuple[Awaited, ...]:
        """The cases with a sign in the entry, in their order."""
        found = set(self._sums.get(entry.amount, ()))
        if entry.payer_account:
            found |= self._accounts.get(_letters(entry.payer_account), set())
        if entry.payer:
            found |= self._names.get(_name(entry.payer), set())
        for said in self._said(f"{entry.text} {entry.reference}"):
            found |= self._numbers.get(said, set())
        return tuple(self._awaited[place] for place in sorted(found))

    def _said(self, text: str) -> Iterator[str]:
        """Words that follow each other, drawn together: among them is every number that stands in the text."""
        words = re.findall(r"[^\W_]+", _folded(text))
        for first in range(len(words)):
            drawn = ""
            for word in words[first:]:
                drawn += word
                if len(drawn) > self._longest:
                    break
                yield drawn


def _judged(entry: Entry, register: _Register, booked: frozenset[str]) -> Judged:
    if entry.kind == "debit":
        return Judged(entry, "out")
    if entry.kind == "pending":
        return Judged(entry, "pending")
    if entry.identity in booked:
        return Judged(entry, "known")
    pointed = register.pointed_to(entry)
    ranked = _ranked(entry, (each for each in pointed if each.currency == entry.amount.currency))
    if entry.kind == "reversed credit":
        return Judged(entry, "taken back", ranked)
    if not ranked:
        elsewhere = _ranked(entry, (each for each in pointed if each.currency != entry.amount.currency))
        return Judged(entry, "other currency" if elsewhere else "nobody's", elsewhere)
    apart = len(ranked) == 1 or ranked[0].score - ranked[1].score >= APART
    certain = ranked[0].score >= CERTAIN and apart and not entry.batch
    return Judged(entry, "certain" if certain else "doubtful", ranked)


def _ranked(entry: Entry, awaited: Iterable[Awaited]) -> tuple[Candidate, ...]:
    """The cases an entry may belong to, the likeliest first."""
    found = (_candidate(entry, each) for each in awaited)
    return tuple(sorted((each for each in found if each.score >= DOUBTFUL), key=lambda each: -each.score))


def _candidate(entry: Entry, awaited: Awaited) -> Candidate:
    said = f"{entry.text} {entry.reference}"
    named = tuple(number for number in awaited.invoices if _stands_in(number, said))
    return Candidate(awaited, tuple(_signs(entry, awaited, said, named)), named)


def _signs(entry: Entry, awaited: Awaited, said: str, named: Sequence[str]) -> Iterator[Sign]:
    if any(_stands_in(reference, said) and len(_letters(reference)) >= _TELLING for reference in awaited.references):
        yield "reference"
    if any(len(_letters(number)) >= _TELLING for number in named):
        yield "invoice"
    elif named:
        yield "short invoice"
    if entry.payer_account and _letters(entry.payer_account) in map(_letters, awaited.accounts):
        yield "account"
    if entry.payer and _same_name(entry.payer, awaited.client):
        yield "payer"
    open_sums = [awaited.invoices[number] for number in named] or list(awaited.invoices.values())
    if entry.amount in awaited.instalments:
        yield "instalment"
    elif entry.amount in open_sums:
        yield "invoice sum"
    elif entry.amount == awaited.whole:
        yield "whole sum"


def _stands_in(number: str, said: str) -> bool:
    """The number stands in the text, whatever signs and blanks are between its letters and digits."""
    pieces = re.findall(r"[^\W\d_]+|\d+", _folded(number))
    if not pieces:
        return False
    pattern = r"[\W_]*".join(map(re.escape, pieces))
    return re.search(rf"(?<![^\W_]){pattern}(?![^\W_])", _folded(said)) is not None


def _same_name(one: str, other: str) -> bool:
    """The same company, its legal form, signs and accents left aside."""
    mine, theirs = _name(one), _name(other)
    return bool(mine) and mine == theirs


def _name(text: str) -> frozenset[str]:
    bare = "".join(each for each in unicodedata.normalize("NFD", _folded(text)) if not unicodedata.combining(each))
    words = re.findall(r"[^\W_]+", bare.replace(".", ""))
    return frozenset(word for word in words if word not in _LEGAL_FORMS)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", _folded(text))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
