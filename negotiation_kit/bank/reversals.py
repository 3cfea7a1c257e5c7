"""What the bank takes back: which booked payment it is, certain only by the transfer's own number and the same sum."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from negotiation_kit.bank.matching import Judged
from negotiation_kit.case.case import Case
from negotiation_kit.money import Money
from negotiation_kit.reckoning.currencies import currency_of

_TELLING = 5
"""A reference of fewer letters and digits may stand in two transfers by chance."""


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment as it stands in a case, or is about to."""

    file: str
    case: str
    number: int
    """Its place among the payments of the case, counted from one."""
    day: date
    amount: Money
    reference: str
    """The transfer's own number; empty where it is not known."""


@dataclass(frozen=True, slots=True)
class Reversal:
    """An entry that takes a credit back, and the payments it may be about."""

    judged: Judged
    paid: tuple[Paid, ...]
    is_certain: bool
    """One payment of the same sum and the same number of the transfer, and no other."""


def paid_in(case: Case, file: str) -> Iterator[Paid]:
    """The payments of a case that the bank has not taken back."""
    for number, each in enumerate(case.payments, start=1):
        if each.taken_back is None:
            amount = Money(each.amount, currency_of(case, each))
            yield Paid(file, case.case, number, each.day, amount, folded(each.bank_reference or ""))


def reversals(taken: Iterable[Judged], paid: Sequence[Paid]) -> tuple[Reversal, ...]:
    """Each entry with what it may take back; no payment is taken back twice.

    Without a number that says it, a payment of the same sum is proposed where the client is likely the same.
    """
    left, found = list(paid), []
    for each in taken:
        entry = each.entry
        same = [one for one in left if one.amount == entry.amount and one.day <= entry.day]
        reference = folded(entry.reference)
        named = [one for one in same if len(reference) >= _TELLING and one.reference == reference]
        if len(named) == 1:
            left.remove(named[0])
            found.append(Reversal(each, tuple(named), is_certain=True))
            continue
        likely = {candidate.awaited.file for candidate in each.candidates}
        proposed = named or [one for one in same if one.file in likely]
        found.append(Reversal(each, tuple(proposed), is_certain=False))
    return tuple(found)


def own_number(reference: str, text: str) -> str | None:
    """The number of a transfer that is kept with its payment; nothing where it says nothing."""
    plain = " ".join(reference.split())
    return plain if len(folded(plain)) >= _TELLING and plain != " ".join(text.split()) else None


def folded(text: str) -> str:
    """Letters and digits alone, as two banks write the same number differently."""
    return re.sub(r"[\W_]+", "", text.casefold())
