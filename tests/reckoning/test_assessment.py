import re
from decimal import Decimal
from string import Formatter

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from making import ROOT

from negotiation_kit.case.authority import Override
from negotiation_kit.case.policy import Policy
from negotiation_kit.reckoning.assessment import (
    FLAGS,
    TABLE,
    Assessment,
    assess,
    with_assessment,
)
from negotiation_kit.reckoning.conditions import FactValue, comparisons, parse
from negotiation_kit.reckoning.facts import CASE_VOCABULARY, VOCABULARY, Facts, unknown_facts

LANGUAGES = ("en", "hu")
REASONS = {
    language: yaml.load((ROOT / "templates" / language / "reasons.yaml").read_text("utf-8"), yaml.CBaseLoader)
    for language in LANGUAGES
}
POLICY = Policy()
VECTORS = ROOT / "tests" / "reckoning" / "vectors" / "tracks.yaml"
PLAIN: dict[str, FactValue] = yaml.safe_load(VECTORS.read_text("utf-8"))["plain"]
"""The client of the test vectors in section 4 of the method."""
DISPUTE: dict[str, FactValue] = {"disputed_share": Decimal("0.35"), "dispute_before_due": True}


def assessed(**changes: FactValue) -> Assessment:
    return assess(Facts.of(**(PLAIN | changes)), POLICY)


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        (DISPUTE | {"dispute_before_due": False}, "SPLIT"),
        ({"balance_confirmed": False}, "ACK"),
        ({"limitation_days": 90}, "LIMIT"),
        ({"insolvency_signal": True}, "INSOLV"),
        ({"will": "hostile"}, "FACE"),
        ({"supply_wanted": True, "capacity": "distressed"}, "HOLD"),
        ({"broken_promises": 3}, "HOLD"),
        ({"lapses_12m": 2}, "REPEAT"),
        ({"signatory_confirmed": False}, "NOSIGN"),
    ],
)
def test_each_flag_is_raised_by_its_fact(changes, flag):
    assert (flag,) == assessed(**changes).flag_names


def test_a_case_without_anything_special_has_no_flag():
    assert assessed().flags == ()


def test_a_dispute_that_is_being_resolved_needs_no_split():
    assert "SPLIT" not in assessed(**DISPUTE).flag_names


def test_supply_against_prepayment_names_the_percentage_of_the_track():
    staged, secured = (assessed(supply_wanted=True, capacity=word).flags[0] for word in ("strained", "distressed"))

    assert [flag.says.values["percent"] for flag in (staged, secured)] == [10, 20]


def test_unknown_facts_do_not_turn_a_first_call_into_a_plan():
    found = assessed(conduct=None, capacity="unknown", debt_weight=None, prospects=None, segment=None)

    assert (found.track, found.rule) == ("CLARIFY", "C1")
    assert {"reason.conduct.unknown", "reason.debt_weight.unknown", "reason.capacity.unknown"} <= {
        reason.key for reason in found.reasons
    }


def test_attempts_over_too_few_channels_or_days_are_not_yet_no_contact():
    tried = {"contact": "none", "contact_attempts_failed": 6, "contact_channels": 3, "contact_span_bd": 5}

    assert assessed(**tried).rule == "E1"
    assert assessed(**tried | {"contact_channels": 2}).rule != "E1"
    assert assessed(**tried | {"contact_span_bd": 4}).rule != "E1"


def test_reasons_are_the_true_parts_of_the_rule_with_their_figures():
    told = {reason.key: dict(reason.values) for reason in assessed(**DISPUTE).reasons}

    assert told == {
        "reason.dispute_before_due.yes": {},
        "reason.disputed_share.at_least": {"value": 35, "limit": 20},
    }


def test_a_staged_plan_says_what_spoke_against_a_call():
    found = assessed(days_overdue=45, capacity="strained")

    assert [(reason.key, dict(reason.values)) for reason in found.reasons] == [
        ("reason.days_overdue.over", {"value": 45, "limit": 30}),
        ("reason.capacity.strained", {}),
    ]


def test_the_policy_moves_the_limits():
    strict = Policy.model_validate({"promise_secured": "1", "promise_legal": "2", "clarify_max_days": "5"})
    found = [assess(Facts.of(**PLAIN | changes), strict) for changes in ({}, {"broken_promises": 1})]

    assert [each.track for each in found] == ["STAGED", "SECURED"]


def test_a_share_of_the_policy_is_exact():
    policy = Policy.model_validate({"dispute_share_percent": "12.5"})
    facts = Facts.of(**PLAIN | DISPUTE | {"disputed_share": Decimal("0.125")})

    assert [reason.key for reason in assess(facts, policy).reasons] == [
        "reason.dispute_before_due.yes",
        "reason.disputed_share.at_least",
    ]
    assert {"value": Decimal("12.5"), "limit": Decimal("12.5")} == assess(facts, policy).reasons[1].values


def test_the_working_of_the_level_adds_up():
    found = assessed(relationship="established", debt_weight="heavy", broken_promises=2, plan_missed=1)

    assert [(step.says.key, step.points) for step in found.level_steps] == [
        ("level.base", 2),
        ("level.established", 1),
        ("level.heavy", -1),
        ("level.broken_promises", -2),
        ("level.plan_missed", -1),
        ("level.kept_within", 1),
    ]
    assert found.level == 0


def test_an_unknown_conduct_is_said_in_the_working():
    assert (
        (step := assessed(conduct=None).level_steps[0]).says.key,
        step.points,
    ) == ("level.base_assumed", 1)


def test_near_misses_name_the_change_and_the_track_it_leads_to():
    found = assessed(broken_promises=1, days_overdue=25)

    assert {
        ("broken_promises", "SECURED", "E4"),
        ("plan_missed", "SECURED", "E4"),
        ("capacity", "SECURED", "E5"),
        ("will", "SECURED", "E3"),
        ("cause", "RESOLVE", "D1"),
    } == {(miss.fact, miss.track, miss.rule) for miss in found.near_misses}


def test_days_that_run_out_are_a_near_miss():
    (miss,) = (each for each in assessed(days_overdue=25).near_misses if each.fact == "days_overdue")

    assert (miss.track, miss.rule, miss.says.values) == ("STAGED", "C2", {"days": 6, "limit": 30})


def test_days_far_from_running_out_are_none():
    assert "days_overdue" not in {each.fact for each in assessed(days_overdue=8).near_misses}


def test_doubts_that_may_be_confirmed_are_a_near_miss():
    assert ("superior_confirmed", "LEGAL") in {
        (each.fact, each.track) for each in assessed(cause="integrity").near_misses
    }


@pytest.mark.parametrize("changes", [{"broken_promises": 3}, {"debtor_is_consumer": True}, {"days_overdue": 0}])
def test_where_the_way_is_set_there_are_no_near_misses(changes):
    assert assessed(**changes).near_misses == ()


def test_near_misses_of_a_key_client_are_those_of_the_advice():
    found = assessed(segment="key", broken_promises=2)

    assert ("broken_promises", "LEGAL") in {(each.fact, each.track) for each in found.near_misses}


def test_questions_see_track_and_level_among_the_facts():
    facts = Facts.of(**PLAIN)
    seen = with_assessment(facts, assess(facts, POLICY))

    assert (seen.value("track"), seen.value("level")) == ("CLARIFY", 2)


ALWAYS_KNOWN = {name for name, value in PLAIN.items() if value is not None} - {
    "segment",
    "relationship",
    "conduct",
    "prospects",
    "debt_weight",
}


def any_value(name: str) -> st.SearchStrategy[FactValue]:
    words = CASE_VOCABULARY[name]
    if name == "disputed_share":
        return st.decimals(0, 1, places=2)
    numbers = st.integers(0, 6) | st.integers(0, 400)
    known = st.sampled_from([True, False] if words == ("yes", "no") else words) if words else numbers
    return known if name in ALWAYS_KNOWN else st.none() | known


ANY_FACTS = st.fixed_dictionaries({name: any_value(name) for name in CASE_VOCABULARY})


@given(ANY_FACTS)
def test_every_case_gets_one_track_a_level_and_sentences_that_exist(values):
    found = assess(Facts.of(**values), POLICY)

    assert 0 <= found.level <= 3
    for says in every_sentence(found):
        for language in LANGUAGES:
            assert placeholders(REASONS[language][says.key]) <= set(says.values)


def every_sentence(found: Assessment):
    yield from (found.sentence, *found.reasons)
    if found.advice:
        yield from (found.advice.sentence, *found.advice.reasons)
    for flag in found.flags:
        yield from (flag.says, *flag.reasons)
    yield from (step.says for step in found.level_steps)
    yield from (miss.says for miss in found.near_misses)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_keys_and_placeholders():
    english, hungarian = ({key: placeholders(text) for key, text in REASONS[each].items()} for each in LANGUAGES)

    assert english == hungarian
    assert list(english) == list(hungarian)


def test_the_table_names_facts_and_values_that_exist():
    for rule in (*TABLE, *FLAGS):
        condition = parse(rule.when.format(**dict.fromkeys(Policy.model_fields, "1")), VOCABULARY)

        assert len(list(comparisons(condition))) == len(list(comparisons(rule.under(POLICY)[1])))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_fact_and_person_to_ask_has_a_name(language):
    asked = {unknown.ask for unknown in unknown_facts(Facts.of())}
    named = {f"rule.{rule.id}" for rule in TABLE} | {f"fact.{name}" for name in VOCABULARY}

    assert set() == (named | {f"ask.{name}" for name in asked}) - REASONS[language].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_says_something(language):
    assert all(text.strip() == text and text for text in REASONS[language].values())


def test_a_hungarian_placeholder_takes_no_suffix_and_no_article():
    wrong = [
        text
        for text in REASONS["hu"].values()
        if re.search(r"\}[^\W\d_-]|\}-\w", text) or re.search(r"\baz?\s+\{", text, re.IGNORECASE)
    ]

    assert wrong == []


def an_override(**changes):
    return Override.model_validate(
        {"track": "STAGED", "by": "Nagy Péter", "day": "2025-03-19", "reason": "The owner gave his word"} | changes
    )


def test_a_superior_overrules_the_track_and_the_computed_one_stays_in_sight():
    found = assess(Facts.of(days_overdue=8, broken_promises=2), Policy(), an_override())

    assert ("STAGED", "SECURED", "E4") == (found.track, found.computed.track, found.rule)
    assert "Nagy Péter" == found.override.by


def test_a_superior_may_set_the_concession_level_and_the_working_still_adds_up():
    found = assess(Facts.of(days_overdue=8, conduct="poor"), Policy(), an_override(level="2"))

    assert 2 == found.level == sum(step.points for step in found.level_steps)
    assert "level.overruled" == found.level_steps[-1].says.key


@pytest.mark.parametrize("law", [{"insolvency_open": True}, {"debtor_is_consumer": True}])
def test_nobody_overrules_the_law(law):
    found = assess(Facts.of(days_overdue=8, **law), Policy(), an_override())

    assert found.override is None
    assert found.track == found.computed.track
    assert "BY_LAW" in found.flag_names


def test_a_finding_names_the_facts_it_rests_on():
    assert ("broken_promises",) == assess(Facts.of(days_overdue=8, broken_promises=2), Policy()).computed.rests_on
