"""Money in: a bank's statement held against cases; what is certain goes into their texts, the rest to a person."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from negotiation_kit.bank.entry import Entry
from negotiation_kit.bank.matching import Awaited, Candidate, Judged, awaited_by, judge
from negotiation_kit.case.case import Case
from negotiation_kit.folder import Broken, CaseFile, case_in, sound
from negotiation_kit.pack import Kit
from negotiation_kit.problems import Problem, Refused
from negotiation_kit.reading.amend import Append, amend

SHORTEST_MARK = 6
"""So many signs of an entry's mark are enough to name it."""
_LONGEST_REFERENCE = 140
"""What a payer can write in a transfer."""


@dataclass(frozen=True, slots=True)
class Booked:
    """An entry that goes into a case."""

    judged: Judged
    candidate: Candidate
    by_hand: bool
    """A person said whose it is."""


@dataclass(frozen=True, slots=True)
class Receipts:
    """What becomes of a statement."""

    booked: tuple[Booked, ...]
    left: tuple[Judged, ...]
    """Everything else, in the order of the file: none is lost."""
    texts: Mapping[str, str]
    """The new text of each case that changes, by its file."""
    broken: tuple[Broken, ...]
    """Cases that could not be read, or could not take what is theirs."""

    def of(self, *verdicts: str) -> tuple[Judged, ...]:
        """The entries left with one of these verdicts."""
        return tuple(each for each in self.left if each.verdict in verdicts)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What is kept of a case while the entries are held against it: little, since there may be many."""

    source: CaseFile
    awaited: tuple[Awaited, ...]
    marks: frozenset[str]
    """The marks of the entries that are booked in it."""


def received(
    kit: Kit, files: Iterable[CaseFile], entries: Sequence[Entry], chosen: Mapping[str, str] | None = None
) -> Receipts:
    """The certain entries booked into the texts of their cases; those chosen by a person go where it was said.

    Each case is reckoned on the last day of the statement. A case that cannot take an entry stays as it is.
    """
    as_of = max((entry.day for entry in entries), default=date.min)
    broken: list[Broken] = []

    def waiting(file: CaseFile, case: Case) -> _Waiting:
        reckoning = kit.reckon(case, as_of, with_offers=False)
        marks = frozenset(each.bank_entry for each in case.payments if each.bank_entry)
        return _Waiting(file, awaited_by(reckoning, file.name), marks)

    cases = {each.source.name: each for each in sound(kit, files, waiting, broken)}
    awaited = [each for case in cases.values() for each in case.awaited]
    judged = judge(entries, awaited, frozenset[str]().union(*(case.marks for case in cases.values())))
    booked = [*_certain(judged), *_by_hand(judged, chosen or {})]
    texts: dict[str, str] = {}
    for file in dict.fromkeys(each.candidate.awaited.file for each in booked):
        mine = [each for each in booked if each.candidate.awaited.file == file]
        source = cases[file].source
        try:
            case = case_in(kit, source)
            changed = amend(source.text, file, [Append("payments", _payment(each, case)) for each in mine])
            kit.check(changed, file, source.beside)
        except Refused as refused:
            broken.append(Broken(file, refused.problems))
            booked = [each for each in booked if each not in mine]
        else:
            texts[file] = changed
    taken = {each.judged.entry.identity for each in booked}
    left = tuple(each for each in judged if each.entry.identity not in taken)
    return Receipts(tuple(booked), left, texts, tuple(broken))


def _certain(judged: Iterable[Judged]) -> Iterator[Booked]:
    for each in judged:
        if each.verdict == "certain" and each.best:
            yield Booked(each, each.best, by_hand=False)


def _by_hand(judged: Sequence[Judged], chosen: Mapping[str, str]) -> Iterator[Booked]:
    """What a person decided; `Refused` where the mark or the case is not among what was left open."""
    for mark, case in chosen.items():
        found = [each for each in judged if each.entry.identity.startswith(mark.lower()) and len(mark) >= SHORTEST_MARK]
        if len(found) != 1:
            what = "names no entry" if not found else "names several entries"
            raise Refused([Problem(None, f"{mark!r} {what}", "take the mark from the list, eight signs of it or more")])
        (entry,) = found
        mine = [each for each in entry.candidates if each.awaited.case == case]
        if entry.verdict != "doubtful" or len(mine) != 1:
            known = ", ".join(dict.fromkeys(each.awaited.case for each in entry.candidates)) or "none"
            message = f"entry {mark} cannot be booked into {case!r}"
            raise Refused([Problem(None, message, f"it is {entry.verdict}; cases it may belong to: {known}")])
        yield Booked(entry, mine[0], by_hand=True)


def _payment(booked: Booked, case: Case) -> dict[str, object]:
    """The payment as it stands in a case; an invoice is named only where the payer named that one alone."""
    entry = booked.judged.entry
    named = booked.candidate.named
    told: dict[str, object] = {"day": entry.day, "amount": entry.amount.amount}
    if entry.amount.currency != case.currency:
        told["currency"] = entry.amount.currency
    if len(named) == 1:
        told["invoice"] = named[0]
    reference = " ".join((entry.text or entry.reference).split())[:_LONGEST_REFERENCE]
    if reference:
        told["reference"] = reference
    return {**told, "bank_entry": entry.identity}
