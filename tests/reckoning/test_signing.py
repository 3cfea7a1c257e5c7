import pytest
from making import a_case, a_law

from negotiation_kit.reckoning.participants import participants
from negotiation_kit.reckoning.signing import beside_signatures

CUT = {"outcome": {"day": "2025-03-24", "principal_cut": "50000"}}
GUARANTOR = {"name": "Tóth Béla", "kind": "private person", "address": "Szombathely"}


def beside(law="HU", **changes):
    case = a_case(jurisdiction=law, **changes)
    return beside_signatures(case, participants(case), a_law(law).jurisdiction.signing)


@pytest.mark.parametrize(
    ("law", "kind", "witnesses"),
    [("HU", "sole trader", 2), ("HU", "company", 0), ("HU", "public body", 0), ("AT", "sole trader", 0)],
)
def test_witnesses_go_by_the_kind_of_signer_and_the_law(law, kind, witnesses):
    assert len(beside(law, client={"name": "Csorba Gergő e. v.", "kind": kind}).client_witnesses) == witnesses


def test_a_private_guarantor_in_hungary_signs_before_two_witnesses():
    outcome = {"day": "2025-03-24", "guarantor": GUARANTOR}

    assert beside(outcome=outcome).guarantor_witnesses == (1, 2)
    assert beside(outcome=outcome).client_witnesses == ()
    assert beside(outcome=outcome | {"guarantor": GUARANTOR | {"kind": "company"}}).guarantor_witnesses == ()


def test_each_signature_of_an_english_deed_has_its_witness():
    people = [{"name": "Ann Lee", "signs": "jointly"}, {"name": "Bob Ray", "signs": "jointly"}]
    client = {"name": "Example Ltd", "people": people}

    assert beside("GB-EAW", client=client, **CUT).client_witnesses == (1, 2)
    assert beside("GB-EAW", client=client, **CUT).supplier_witnesses == (1,)
    assert beside("GB-EAW", client=client).client_witnesses == ()
    assert beside("HU", client=client, **CUT).client_witnesses == ()


def test_only_a_cut_of_the_principal_makes_a_deed_and_only_where_the_law_knows_one():
    assert beside("GB-EAW", **CUT).deed
    assert not beside("GB-EAW").deed
    assert not beside("HU", **CUT).deed


@pytest.mark.parametrize(
    ("law", "policy", "stamp"),
    [("HU", {}, True), ("HU", {"stamp_place": "no"}, False), ("AT", {}, False), ("AT", {"stamp_place": "yes"}, True)],
)
def test_the_place_of_the_stamp_is_a_habit_the_policy_may_change(law, policy, stamp):
    assert beside(law, policy=policy).stamp_place is stamp
