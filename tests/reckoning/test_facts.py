from decimal import Decimal

import pytest

from negotiation_kit.reckoning.facts import CASE_VOCABULARY, VOCABULARY, Facts, given


def test_every_fact_of_a_case_may_be_named_and_what_is_left_out_is_unknown():
    facts = Facts.of(days_overdue=4)

    assert CASE_VOCABULARY.keys() == facts.values.keys()
    assert facts.value("days_overdue") == 4
    assert facts.value("cause") is None
    assert {"track", "level"} == VOCABULARY.keys() - CASE_VOCABULARY.keys()


def test_an_unknown_number_counts_as_none_of_it():
    assert Facts.of().number("broken_promises") == 0
    assert Facts.of(disputed_share=Decimal("0.2")).number("disputed_share") == Decimal("0.2")


def test_a_fact_nobody_knows_the_name_of_is_refused():
    with pytest.raises(ValueError, match="there is no fact mood"):
        Facts.of(mood="good")


def test_a_share_is_read_in_percent_and_a_number_as_it_is():
    share = given("disputed_share", Decimal("0.28580912"))

    assert ("share", Decimal("28.6")) == (share.kind, share.figure)
    assert ("number", 31) == (given("days_overdue", 31).kind, given("days_overdue", 31).figure)
    assert 35 == given("disputed_share", Decimal("0.35")).figure
