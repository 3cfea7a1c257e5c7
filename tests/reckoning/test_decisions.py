import pytest
from making import a_case, day

from negotiation_kit.reckoning.decisions import allowed, needed_for

KEY = {"name": "Példa Bútor Zrt.", "segment": "key"}
HEAD = {"name": "Borostyán Festék Kft.", "people": [{"name": "Szabó Judit", "role": "first person"}]}


def decided(when, allows, by="Szabó Judit, managing director"):
    return {"day": when, "by": by, "what": "so be it"} | ({"allows": allows} if allows else {})


def allowed_on(as_of, *decisions, **changes):
    return allowed(a_case(client=KEY, decisions=list(decisions), **changes), day(as_of))


@pytest.mark.parametrize(
    ("allows", "expected"),
    [("letter", {"letter"}), ("court", {"letter", "court"}), ("plan", {"plan"}), ("none", set()), (None, set())],
)
def test_a_decision_allows_what_it_says(allows, expected):
    assert allowed_on("2025-04-01", decided("2025-03-28", allows)) == expected


def test_a_decision_of_tomorrow_allows_nothing_today():
    assert allowed_on("2025-03-27", decided("2025-03-28", "court")) == frozenset()


def test_decisions_add_up_until_one_takes_them_back():
    first, second, third = decided("2025-03-20", "letter"), decided("2025-03-22", "plan"), decided("2025-03-24", "none")

    assert allowed_on("2025-03-23", third, second, first) == {"letter", "plan"}
    assert allowed_on("2025-03-24", third, second, first) == frozenset()


def test_where_the_first_person_is_named_only_that_decision_counts():
    other = decided("2025-03-28", "court", by="Nagy Péter, head of sales")

    assert allowed_on("2025-04-01", other, supplier=HEAD) == frozenset()
    assert allowed_on("2025-04-01", other) == {"letter", "court"}
    assert allowed_on("2025-04-01", decided("2025-03-28", "letter", by="szabó judit"), supplier=HEAD) == {"letter"}


def test_only_letter_and_court_of_a_key_client_need_a_decision():
    key, standard = a_case(client=KEY), a_case()

    assert ["letter", "court", None] == [needed_for(key, step) for step in ("claim_letter", "court_file", "warning")]
    assert needed_for(standard, "court_file") is None
    assert needed_for(a_case(client=KEY, policy={"first_person_signs_court": "no"}), "court_file") is None
