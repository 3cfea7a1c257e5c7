"""What a bank says came in: one record for every format of statement."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from negotiation_kit.money import Money

EntryKind = Literal["credit", "debit", "reversed credit", "pending"]
"""Money in, money out, a credit taken back, or something the bank has not booked yet."""
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement on our bank account, or one payment of a batch booked in one sum."""

    place: str
    """Where it stands in the file, for a person: `statement 2, entry 14, part 3`."""
    kind: EntryKind
    day: date
    """The day the bank booked it."""
    amount: Money
    """Always above zero; the kind says which way it went."""
    account: str = ""
    """Our account, as the bank writes it."""
    payer: str = ""
    payer_account: str = ""
    text: str = ""
    """What the payer wrote."""
    reference: str = ""
    """The payer's end-to-end reference, or the bank's own."""
    batch: int = 0
    """Of how many payments a sum consists that the bank did not break down; 0 when it is one."""
    copy: int = 1
    """The how-manieth of entries alike in everything."""

    @property
    def identity(self) -> str:
        """A short mark of this entry: the same in every statement that holds it again."""
        parts = (
            _plain(self.account),
            self.kind,
            self.day.isoformat(),
            f"{self.amount.amount:f} {self.amount.currency}",
            _plain(self.payer),
            _plain(self.payer_account),
            _plain(self.text),
            _plain(self.reference),
            str(self.copy),
        )
        return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:20]


def numbered(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries, those alike in everything told apart by their order: two equal payments are two."""
    seen: Counter[str] = Counter()
    found = []
    for entry in entries:
        alike = replace(entry, copy=1, place="").identity
        seen[alike] += 1
        found.append(replace(entry, copy=seen[alike]))
    return tuple(found)


def _plain(text: str) -> str:
    return _BLANKS.sub("", unicodedata.normalize("NFC", text)).casefold()
