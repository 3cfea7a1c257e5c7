"""Clauses stand in the minutes because of a fact, and each says why."""

import pytest
from making import a_case, a_reckoning, day, the_kit

from negotiation_kit.case.case import Case
from negotiation_kit.problems import Refused
from negotiation_kit.reading.record import read_record
from negotiation_kit.reckoning.clauses import (
    ClauseBank,
    bank_of_clauses_problems,
    chosen_clauses,
    minutes_of,
    notes,
)

BANK = the_kit().desk.clauses
OUTCOME = {
    "day": "2025-03-24",
    "acknowledged": {"kind": "whole"},
    "schedule": [{"due": "2025-03-26", "amount": "4850000"}],
}
GUARANTOR = {"name": "Tóth Béla", "kind": "private person", "address": "Szombathely"}


def agreed(outcome=None, **changes) -> Case:
    return a_case(outcome=OUTCOME | (outcome or {}), **changes)


def chosen(case: Case, *, languages=1) -> list[str]:
    reckoning = a_reckoning(case, day("2025-03-24"))
    return [each.id for each in chosen_clauses(BANK, reckoning, minutes_of(reckoning), languages=languages)]


@pytest.mark.parametrize(
    ("clause", "with_it", "without_it"),
    [
        ("acknowledgement", {}, {"outcome": {"acknowledged": {"kind": "none"}}}),
        ("plain-words-hu", {}, {"jurisdiction": "AT"}),
        ("plain-words-gb", {"jurisdiction": "GB-EAW"}, {}),
        ("plain-words-cz", {"jurisdiction": "CZ"}, {}),
        ("plain-words-sk", {"jurisdiction": "SK"}, {}),
        ("plain-words", {"jurisdiction": "DE"}, {}),
        ("principal-given-up", {"outcome": {"principal_cut": "50000"}}, {}),
        ("paid-by-another", {"outcome": {"paid_by": "Minta Iskola"}}, {}),
        ("interest-runs", {"outcome": {"interest": "runs"}}, {"outcome": {"interest": "waived if kept"}}),
        ("interest-waived", {"outcome": {"interest": "waived if kept"}}, {}),
        ("interest-inside", {"outcome": {"interest": "inside"}, "interest": {"claim": "claimed"}}, {}),
        ("interest-not-claimed", {"outcome": {"interest": "not claimed"}}, {}),
        ("guarantor", {"outcome": {"guarantor": GUARANTOR}}, {}),
        (
            "guarantee-by-hand",
            {"outcome": {"guarantor": GUARANTOR}, "jurisdiction": "DE"},
            {"outcome": {"guarantor": GUARANTOR | {"kind": "company"}}, "jurisdiction": "DE"},
        ),
        ("acceleration", {}, {"outcome": {"missed": "spread"}}),
        ("missed-part-moves", {"outcome": {"missed": "append"}}, {}),
        ("promise-for-promise", {"jurisdiction": "GB-EAW"}, {}),
        (
            "as-a-deed",
            {"jurisdiction": "GB-EAW", "outcome": {"principal_cut": "50000"}},
            {"outcome": {"principal_cut": "50000"}},
        ),
        ("law-and-court-named", {"relationship": {"contract": {"law_and_court": "Hungarian law, Győr"}}}, {}),
        ("law-and-court", {}, {"relationship": {"contract": {"law_and_court": "Hungarian law, Győr"}}}),
        ("cross-border", {"calendars": ["HU", "AT"]}, {"calendars": ["HU"]}),
        ("confirmation", {"outcome": {"confirmation": {"by": "its director", "until": "2025-03-28"}}}, {}),
        ("signing-hu", {}, {"jurisdiction": "PL"}),
        ("signing-de", {"jurisdiction": "DE"}, {}),
        ("signing-eu", {"jurisdiction": "PL"}, {}),
        ("signing-gb", {"jurisdiction": "GB-EAW"}, {"jurisdiction": "GB-EAW", "outcome": {"principal_cut": "5"}}),
    ],
)
def test_a_fact_calls_for_a_clause(clause, with_it, without_it):
    assert clause in chosen(agreed(**with_it))
    assert clause not in chosen(agreed(**without_it))


def test_a_directive_names_no_country_whose_law_governs():
    told = chosen(agreed(jurisdiction="EU", calendars=["HU"]))

    assert "law-and-court-of-the-contract" in told
    assert "law-and-court" not in told


@pytest.mark.parametrize(
    ("prevailing", "languages", "expected"),
    [
        (None, 1, []),
        ("hu", 1, []),
        ("hu", 2, ["prevailing-language"]),
        (None, 2, ["prevailing-language-of-the-contract"]),
    ],
)
def test_a_language_prevails_only_over_another(prevailing, languages, expected):
    told = chosen(agreed(prevailing=prevailing), languages=languages)

    assert [each for each in told if each.startswith("prevailing")] == expected


def test_the_form_to_fill_leaves_out_what_the_meeting_decides():
    told = chosen(a_case(meeting={"day": "2025-03-24"}))

    assert {"acknowledgement", "plain-words-hu", "acceleration", "no-novation", "signing-hu"} <= {*told}
    assert not {each for each in told if each.startswith(("interest-", "guarant", "principal", "confirmation"))}


@pytest.mark.parametrize("law", ["HU", "EU", "GB-EAW", "DE", "AT", "PL", "CZ", "SK", "RO", "UA", "RU"])
def test_under_every_law_there_is_one_of_each_choice(law):
    """No jurisdiction is left without plain words on point 4, and none gets two."""
    told = chosen(agreed(jurisdiction=law, calendars=["HU"]))

    assert 1 == sum(each.startswith("plain-words") for each in told)
    assert 1 == sum(each.startswith("law-and-court") for each in told)
    assert 1 == sum(each.startswith("interest-") for each in told)
    assert sum(each.startswith("signing-") for each in told) == (0 if law in {"UA", "RU"} else 1)


def test_points_come_in_the_order_of_the_minutes():
    points = [clause.point for clause in BANK.clauses]

    assert sorted(points) == points


@pytest.mark.parametrize("language", ["en", "hu"])
def test_each_clause_is_told_with_its_reason_and_the_law_of_the_case(language):
    found = notes(BANK, a_reckoning(agreed(), day("2025-03-24")), "final", language, languages=1)
    row = next(each for each in found.clauses if each.id == "acknowledgement")

    assert row.why == next(each for each in BANK.clauses if each.id == row.id).wording(language).why
    assert [law.source for law in row.laws] == [
        {"en": "Civil Code 6:25 (1), 6:26", "hu": "Ptk. 6:25. § (1), 6:26. §"}[language]
    ]
    assert [law.confidence for law in row.laws] == ["medium"]


@pytest.mark.parametrize(
    ("remark", "with_it", "without_it"),
    [
        ("lawyer", {}, None),
        ("hu-witnesses", {"client": {"name": "Csorba Gergő e. v.", "kind": "sole trader"}}, {}),
        ("hu-witnesses", {"outcome": {"guarantor": GUARANTOR}}, {}),
        ("insolvency", {"checks": {"insolvency": "signal"}}, {}),
        ("record-only", {"outcome": {"binding": "no"}}, {}),
        ("gb-deed-witness", {"jurisdiction": "GB-EAW", "outcome": {"principal_cut": "5"}}, {"jurisdiction": "GB-EAW"}),
        ("public-body", {"client": {"name": "Minta Iskola", "kind": "public body"}}, {}),
    ],
)
def test_what_must_be_known_before_anybody_signs_is_told(remark, with_it, without_it):
    def told(changes):
        return [
            each.id
            for each in notes(
                BANK, a_reckoning(agreed(**changes), day("2025-03-24")), "final", "en", languages=1
            ).remarks
        ]

    assert remark in told(with_it)
    assert without_it is None or remark not in told(without_it)


def test_no_clause_is_chosen_by_a_fact_the_client_may_not_know():
    """A clause that appears with a suspicion would tell it."""
    calm = chosen(agreed())

    assert calm == chosen(agreed(checks={"insolvency": "open"}, judgement={"cause": "strategic"}))
    assert calm == chosen(agreed(client={"name": "Példa Bútor Zrt.", "segment": "key"}))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "- {id: a, point: 19, when: always, en: {name: A, why: B}}",
            "a: point is 19, the minutes have points 1 to 18",
        ),
        ("- {id: a, point: 1, when: moon == yes, en: {name: A, why: B}}", "there is no fact 'moon'"),
        ("- {id: a, point: 1, when: insolvency == yes, en: {name: A, why: B}}", "there is no fact 'insolvency'"),
        (
            (
                "- {id: a, point: 1, when: always, en: {name: A, why: B}}\n"
                "  - {id: a, point: 1, when: always, en: {name: A, why: B}}"
            ),
            "a stands here a second time",
        ),
        (
            (
                "- {id: a, point: 1, when: always, en: {name: A, why: B}, hu: {name: A, why: B}}\n"
                "  - {id: b, point: 1, when: always, en: {name: A, why: B}}"
            ),
            "b does not speak hu",
        ),
    ],
)
def test_a_mistake_in_the_list_of_clauses_is_told(text, message):
    with pytest.raises(Refused) as refused:
        read_record(f"clauses:\n  {text}\nremarks: []\n", "clauses.yaml", ClauseBank, (bank_of_clauses_problems,))

    assert message in str(refused.value)


def test_a_remark_without_source_claims_no_certainty():
    text = (
        "clauses:\n  - {id: a, point: 1, when: always, en: {name: A, why: B}}\n"
        "remarks:\n  - {id: r, when: always, confidence: high, en: R}\n"
    )
    with pytest.raises(Refused) as refused:
        read_record(text, "clauses.yaml", ClauseBank, (bank_of_clauses_problems,))

    assert "r: source and confidence go together" in str(refused.value)
