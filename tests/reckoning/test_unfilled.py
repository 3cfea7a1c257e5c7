from dataclasses import replace
from decimal import Decimal

import pytest
from making import ROOT, a_reckoning, day, the_kit

from negotiation_kit.case.receivables import Dispute
from negotiation_kit.reckoning.unfilled import unfilled

TEXT = (ROOT / "samples" / "after-meeting.yaml").read_text("utf-8")
CASE = the_kit().check(TEXT, "after-meeting.yaml")
DECIDED = {
    "evidence": "photographs",
    "owner": "quality manager",
    "decide_by": day("2025-04-11"),
    "pay_by": day("2025-04-18"),
}


def left_empty(**changes):
    return list(unfilled(a_reckoning(CASE.model_copy(update=changes), day("2025-03-24"))))


def test_a_case_that_says_all_leaves_nothing_empty():
    assert left_empty() == []


def test_before_an_agreement_there_are_no_minutes_to_complete():
    bare = CASE.client.model_copy(update={"seat": None})

    assert left_empty(client=bare, outcome=None) == []


@pytest.mark.parametrize("side", ["supplier", "client"])
@pytest.mark.parametrize("name", ["seat", "registration", "notices"])
def test_what_point_1_says_of_both_parties_is_named(side, name):
    party = getattr(CASE, side).model_copy(update={name: None})

    assert left_empty(**{side: party}) == [f"{side}.{name}"]


@pytest.mark.parametrize("name", list(DECIDED))
def test_what_point_5_says_of_an_item_in_question_is_named(name):
    known = {key: value for key, value in DECIDED.items() if key != name}
    dispute = Dispute(amount="100000", reason="dented", **known)
    invoice = CASE.invoices[0].model_copy(update={"disputed": dispute})

    assert left_empty(invoices=(invoice,)) == [f"invoices[1].disputed.{name}"]


def test_an_item_that_is_paid_is_in_question_no_more():
    dispute = Dispute(amount="100000", reason="dented")
    paid = CASE.invoices[0].model_copy(update={"number": "SZ-1", "amount": Decimal(100000), "disputed": dispute})
    reckoning = a_reckoning(CASE.model_copy(update={"invoices": (paid, *CASE.invoices)}), day("2025-03-24"))
    settled = replace(reckoning.agreement, debt=replace(reckoning.agreement.debt, invoices=()))

    assert len(list(unfilled(reckoning))) == 4
    assert list(unfilled(replace(reckoning, agreement=settled))) == []
