"""Money in: a bank's statement held against cases; what is certain goes into their texts, the rest to a person."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from negotiation_kit.bank.entry import Entry
from negotiation_kit.bank.matching import Awaited, Candidate, Judged, awaited_by, judge
from negotiation_kit.bank.reversals import Paid, Reversal, folded, own_number, paid_in, reversals
from negotiation_kit.case.case import Case
from negotiation_kit.folder import Broken, CaseFile, case_in, sound
from negotiation_kit.pack import Kit
from negotiation_kit.problems import Problem, Refused
from negotiation_kit.reading.amend import Append, Change, Put, amend

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
class Returned:
    """An entry that takes a booked payment back; the payment stays in the case, with the day and this entry."""

    judged: Judged
    paid: Paid
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Receipts:
    """What becomes of a statement."""

    booked: tuple[Booked, ...]
    returned: tuple[Returned, ...]
    """Payments the bank took back."""
    proposed: Mapping[str, tuple[Paid, ...]]
    """By the mark of an entry that takes back something: the booked payments it may be about."""
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
    number: str
    """The number of the case."""
    payments: int
    """How many there are."""
    paid: tuple[Paid, ...]
    """Those the bank has not taken back."""


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
        marks = frozenset(mark for each in case.payments for mark in (each.bank_entry, each.taken_back_entry) if mark)
        paid = tuple(paid_in(case, file.name))
        return _Waiting(file, awaited_by(reckoning, file.name), marks, case.case, len(case.payments), paid)

    cases = {each.source.name: each for each in sound(kit, files, waiting, broken)}
    awaited = [each for case in cases.values() for each in case.awaited]
    judged = judge(entries, awaited, frozenset[str]().union(*(case.marks for case in cases.values())))
    by_hand = dict(_chosen(judged, chosen or {}))
    booked = [*_certain(judged), *_by_hand(judged, by_hand)]
    backwards = reversals(
        [each for each in judged if each.verdict == "taken back"],
        [*(paid for case in cases.values() for paid in case.paid), *_about_to_be_paid(booked, cases)],
    )
    returned = list(_returned(backwards, by_hand))
    texts: dict[str, str] = {}
    files_changed = [*(each.candidate.awaited.file for each in booked), *(each.paid.file for each in returned)]
    for file in dict.fromkeys(files_changed):
        mine = [each for each in booked if each.candidate.awaited.file == file]
        back = [each for each in returned if each.paid.file == file]
        try:
            texts[file] = _with_money(kit, cases[file], mine, back)
        except Refused as refused:
            broken.append(Broken(file, refused.problems))
            booked = [each for each in booked if each not in mine]
            returned = [each for each in returned if each not in back]
    settled = [*(each.judged for each in booked), *(each.judged for each in returned)]
    taken = {each.entry.identity for each in settled}
    left = tuple(each for each in judged if each.entry.identity not in taken)
    proposed = {each.judged.entry.identity: each.paid for each in backwards}
    return Receipts(tuple(booked), tuple(returned), proposed, left, texts, tuple(broken))


def without(found: Receipts, broken: Sequence[Broken]) -> Receipts:
    """The same when some cases could not be written: what was to go into them is left to a person."""
    files = {each.file for each in broken}
    booked = [each for each in found.booked if each.candidate.awaited.file in files]
    returned = [each for each in found.returned if each.paid.file in files]
    return replace(
        found,
        booked=tuple(each for each in found.booked if each not in booked),
        returned=tuple(each for each in found.returned if each not in returned),
        left=(*found.left, *(each.judged for each in booked), *(each.judged for each in returned)),
        texts={file: text for file, text in found.texts.items() if file not in files},
        broken=(*found.broken, *broken),
    )


def _with_money(kit: Kit, waiting: _Waiting, booked: Sequence[Booked], returned: Sequence[Returned]) -> str:
    """The text of a case with what came in, and with what the bank took back marked where it stands."""
    source = waiting.source
    case = case_in(kit, source)
    told = [_payment(each, case) for each in booked]
    changes: list[Change] = []
    for each in returned:
        entry = each.judged.entry
        back: dict[str, date | str] = {"taken_back": entry.day, "taken_back_entry": entry.identity}
        if each.paid.number > waiting.payments:
            told[each.paid.number - waiting.payments - 1] |= back
        else:
            changes += [Put(f"payments[{each.paid.number}].{field}", value) for field, value in back.items()]
    changed = amend(source.text, source.name, [*changes, *(Append("payments", payment) for payment in told)])
    kit.check(changed, source.name, source.beside)
    return changed


def _about_to_be_paid(booked: Sequence[Booked], cases: Mapping[str, _Waiting]) -> Iterator[Paid]:
    """What this statement books, so that what it takes back again is known too."""
    places = {file: case.payments for file, case in cases.items()}
    for each in booked:
        entry, file = each.judged.entry, each.candidate.awaited.file
        places[file] += 1
        yield Paid(file, cases[file].number, places[file], entry.day, entry.amount, folded(entry.reference))


def _returned(found: Iterable[Reversal], by_hand: Mapping[str, str]) -> Iterator[Returned]:
    """What is certain, and what a person said; `Refused` where that case holds no payment it could be."""
    for each in found:
        mark = each.judged.entry.identity
        if mark in by_hand:
            mine = [paid for paid in each.paid if paid.case == by_hand[mark]]
            if len(mine) != 1:
                what = "several payments it could be" if mine else "no payment it could be"
                message = f"entry {mark[:8]} takes a payment back, and {by_hand[mark]!r} holds {what}"
                way_out = "write taken_back under the payment in the case file: the day the bank took it back"
                raise Refused([Problem(None, message, way_out)])
            yield Returned(each.judged, mine[0], by_hand=True)
        elif each.is_certain:
            yield Returned(each.judged, each.paid[0], by_hand=False)


def _certain(judged: Iterable[Judged]) -> Iterator[Booked]:
    for each in judged:
        if each.verdict == "certain" and each.best:
            yield Booked(each, each.best, by_hand=False)


def _chosen(judged: Sequence[Judged], chosen: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The whole marks of the entries a person named, each with its case."""
    for mark, case in chosen.items():
        found = [each for each in judged if each.entry.identity.startswith(mark.lower()) and len(mark) >= SHORTEST_MARK]
        if len(found) != 1:
            what = "names no entry" if not found else "names several entries"
            raise Refused([Problem(None, f"{mark!r} {what}", "take the mark from the list, eight signs of it or more")])
        yield found[0].entry.identity, case


def _by_hand(judged: Sequence[Judged], chosen: Mapping[str, str]) -> Iterator[Booked]:
    """What a person decided; `Refused` where the case is not among what was left open."""
    for entry in judged:
        case = chosen.get(entry.entry.identity)
        if case is None or entry.verdict == "taken back":
            continue
        mark = entry.entry.identity[:8]
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
    if number := own_number(entry.reference, entry.text):
        told["bank_reference"] = number
    return {**told, "bank_entry": entry.identity}
