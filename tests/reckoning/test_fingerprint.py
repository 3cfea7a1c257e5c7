"""The mark of an agreement: the same for the same, another for anything both sides sign for."""

import pytest
from making import ROOT, day, the_kit

from negotiation_kit.reading.amend import Append, Put, amend
from negotiation_kit.reckoning.fingerprint import fingerprint_of_agreement, fingerprint_of_balance

KIT = the_kit()
BEFORE = (ROOT / "samples" / "late-payer.yaml").read_text("utf-8")
TEXT = (ROOT / "samples" / "after-meeting.yaml").read_text("utf-8")


def mark(*changes, as_of: str = "2025-03-25") -> str:
    case = KIT.check(amend(TEXT, "case.yaml", changes), "case.yaml")
    return fingerprint_of_agreement(KIT.reckon(case, day(as_of)))


def balance(*changes) -> str:
    case = KIT.check(amend(BEFORE, "case.yaml", changes), "case.yaml")
    return fingerprint_of_balance(KIT.reckon(case, day("2025-03-20")))


def test_the_mark_does_not_hang_on_the_day_it_is_asked_for():
    assert mark() == mark(as_of="2025-04-30")


@pytest.mark.parametrize(
    "change",
    [
        Put("outcome.place", "Sopron"),
        Put("outcome.next_step", "hand the matter to a lawyer"),
        Put("outcome.actions[1].by", day("2025-03-27")),
        Put("outcome.originals", 3),
        Put("client.name", "Another Ltd"),
        Put("supplier.registration", "08-09-999999"),
    ],
    ids=lambda change: change.way,
)
def test_whatever_both_sides_sign_for_changes_it(change):
    assert mark() != mark(change)


@pytest.mark.parametrize(
    "change",
    [
        Put("outcome.signed", day("2025-03-24")),
        Put("outcome.actions[1].done", day("2025-03-25")),
        Put("outcome.notes", "our own note"),
    ],
    ids=lambda change: change.way,
)
def test_what_happens_afterwards_and_what_is_ours_alone_does_not(change):
    assert mark() == mark(change)


def test_the_mark_of_a_balance_is_that_of_its_invoices():
    paid = Append("payments", {"day": day("2025-03-19"), "amount": 1000, "reference": "in part"})

    assert balance() == balance(Put("meeting.place", "Sopron"))
    assert balance() != balance(paid)
    assert "" == fingerprint_of_agreement(KIT.reckon(KIT.check(BEFORE, "case.yaml"), day("2025-03-20")))
