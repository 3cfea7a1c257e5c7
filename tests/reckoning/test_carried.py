import pytest
from making import a_reckoning, day
from portfolios import AS_OF, alfa, gamma

from negotiation_kit.reckoning.carried import carried_of


def told(case):
    return [(each.by, each.kind, each.day) for each in carried_of(a_reckoning(case, AS_OF))]


def test_a_tolerance_stands_under_the_name_alone_of_the_one_who_granted_it():
    (found,) = carried_of(a_reckoning(gamma(), AS_OF))

    assert ("Szabó Judit", "tolerance", day("2025-01-08")) == (found.by, found.kind, found.day)
    assert ["EUR 10000"] == [str(each) for each in found.overdue]


def test_decisions_stand_in_the_order_of_their_days_and_later_ones_do_not_count_yet():
    decisions = [
        {"day": day_, "by": by, "what": "Wait"}
        for day_, by in (("2025-03-20", "Nagy Péter"), ("2025-03-10", "Szabó Judit"), ("2025-03-25", "Kiss Anna"))
    ]

    assert [("Szabó Judit", "decision", day("2025-03-10")), ("Nagy Péter", "decision", day("2025-03-20"))] == told(
        alfa(decisions=decisions)
    )


def test_a_key_client_nobody_decided_about_is_told():
    assert [(None, "undecided", None)] == told(gamma(tolerance=None))


@pytest.mark.parametrize(("when", "kinds"), [("2025-03-20", ["override"]), ("2025-03-25", [])])
def test_an_override_stands_under_the_name_of_the_superior(when, kinds):
    override = {"track": "STAGED", "by": "Nagy Péter", "day": when, "reason": "He gave his word"}

    assert kinds == [kind for _, kind, _ in told(alfa(override=override))]


def test_a_name_that_is_all_comma_is_kept():
    assert [", head of sales"] == [
        by for by, _, _ in told(alfa(decisions=[{"day": "2025-03-10", "by": ", head of sales", "what": "Wait"}]))
    ]


def test_nothing_is_carried_where_nothing_is_overdue():
    assert [] == told(gamma(payments=[{"day": "2025-03-20", "amount": "10000"}]))
