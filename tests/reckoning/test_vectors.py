"""Every test vector of the method, as data beside this file, through the functions that papers are made with."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from making import a_case, a_reckoning, an_invoice

from negotiation_kit.case.policy import Policy
from negotiation_kit.reckoning.assessment import BASE_LEVEL, FLAGS, TABLE, Assessment, assess
from negotiation_kit.reckoning.facts import Facts
from negotiation_kit.reckoning.offers import Offers
from negotiation_kit.reckoning.reckon import Reckoning

FOLDER = Path(__file__).parent / "vectors"
FILES = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}
TRACKS, LEVELS, CLOCK, OFFERS = (FILES[name] for name in ("tracks", "levels", "clock", "offers"))
EVERY_TRACK = [*TRACKS["vectors"], *TRACKS["further"]]


def assessed(facts: dict[str, object]) -> Assessment:
    """What the table says of the plain client with these facts."""
    known = TRACKS["plain"] | facts
    return assess(Facts.of(**known | {"disputed_share": Decimal(known["disputed_share"])}), Policy())


def table() -> list[dict[str, object]]:
    return [
        {"conduct": row["conduct"], "prospects": outlook, "level": row[outlook]}
        for row in LEVELS["base"]
        for outlook in ("high", "medium", "low")
    ]


def the_clock() -> Reckoning:
    case = a_case(
        calendars=CLOCK["calendars"],
        invoices=[an_invoice(due=str(CLOCK["due"]))],
        finance_notice=str(CLOCK["finance_notice"]),
    )
    return a_reckoning(case, CLOCK["as_of"])


def the_offers() -> Offers:
    """The ladder of the vector's track and level, set by a superior."""
    override = {"track": OFFERS["track"], "level": str(OFFERS["level"]), "by": "A", "day": "2025-03-20", "reason": "r"}
    case = a_case(
        invoices=[an_invoice(amount=str(OFFERS["base"]))],
        meeting={"day": str(OFFERS["meeting"])},
        override=override,
    )
    return a_reckoning(case, OFFERS["as_of"]).offers


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_every_file_of_vectors_names_where_it_comes_from(file):
    assert file["source"].startswith("method, section ")


@pytest.mark.parametrize("vector", EVERY_TRACK, ids=lambda vector: vector["case"])
def test_the_table_decides_as_the_method_says(vector):
    found, expected = assessed(vector["facts"]), vector["expected"]
    advice = f"{found.advice.track} {found.advice.rule}" if found.advice else None

    assert (expected["track"], expected["rule"], expected.get("advice")) == (found.track, found.rule, advice)
    assert expected.get("level", found.level) == found.level
    assert set(expected.get("flags", ())) <= set(found.flag_names)


def test_a_flag_is_raised_only_in_the_vector_that_names_it():
    """The dispute raised late is the one case of the method whose point is a flag."""
    named = [vector for vector in TRACKS["vectors"] if "flags" in vector["expected"]]
    split = [vector for vector in TRACKS["vectors"] if "SPLIT" in assessed(vector["facts"]).flag_names]

    assert named == split


def test_every_rule_of_the_table_has_a_vector_and_every_vector_a_rule():
    decided = {vector["expected"]["rule"] for vector in EVERY_TRACK}
    advised = {vector["expected"].get("advice", "").split(" ")[-1] for vector in EVERY_TRACK} - {""}

    assert {rule.id for rule in TABLE} == decided
    assert advised <= decided
    assert {name for vector in EVERY_TRACK for name in vector["expected"].get("flags", ())} <= {f.id for f in FLAGS}


def test_no_vector_of_the_method_is_missing():
    assert (len(TRACKS["vectors"]), len(LEVELS["base"]), len(CLOCK["steps"]), len(OFFERS["offers"])) == (22, 4, 15, 3)


@pytest.mark.parametrize("row", table(), ids=lambda row: f"{row['conduct']}, {row['prospects']}")
def test_the_base_level_follows_conduct_and_prospects(row):
    assert row["level"] == assessed({name: row[name] for name in ("conduct", "prospects")}).level


def test_the_base_level_knows_every_conduct():
    assert list(BASE_LEVEL) == [row["conduct"] for row in LEVELS["base"]]


@pytest.mark.parametrize("vector", LEVELS["changes"], ids=lambda vector: vector["case"])
def test_the_level_changes_as_the_method_says(vector):
    assert vector["level"] == assessed(vector["facts"]).level


def test_the_clock_runs_as_the_method_says():
    steps = [(step.key, step.day) for step in the_clock().clock.steps]

    assert [(each["step"], each["day"]) for each in (*CLOCK["before"], *CLOCK["steps"])] == steps


@pytest.mark.parametrize("vector", OFFERS["offers"], ids=lambda vector: vector["offer"])
def test_the_ladder_stands_as_the_method_says(vector):
    offer = the_offers().named(vector["offer"])
    terms = {name: int(getattr(offer.terms, name)) for name in vector.get("terms", {})}

    assert vector.get("terms", {}) == terms
    assert [(each["day"], each["sum"]) for each in vector["parts"]] == [
        (part.due, int(part.amount.amount)) for part in offer.schedule.instalments
    ]


@pytest.mark.parametrize("row", OFFERS["tracks"], ids=lambda row: row["track"])
def test_the_terms_of_a_track_are_those_of_the_method(row):
    terms = getattr(Policy(), row["track"])
    found = {
        name: [int(getattr(each, name)) for each in (terms.opening, terms.target, terms.fallback)]
        for name in ("first_percent", "parts", "step_days", "last_days")
    }

    assert {"track": row["track"], **found} == row


@pytest.mark.parametrize("row", OFFERS["waivers"], ids=lambda row: f"level {row['level']}")
def test_interest_is_waived_by_level_as_the_method_says(row):
    override = {"track": "STAGED", "level": str(row["level"]), "by": "A", "day": "2025-03-20", "reason": "r"}
    case = a_case(interest={"claim": "waived if kept"}, override=override)

    assert row["percent"] == a_reckoning(case, OFFERS["as_of"]).offers.waiver_percent
