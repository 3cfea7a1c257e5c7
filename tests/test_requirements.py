"""Each requirement of the method is served by something there is; nothing is orphaned, and no name is a leftover."""

from collections.abc import Callable, Collection, Mapping
from importlib import import_module

import pytest
import yaml
from making import ROOT

from negotiation_kit.case.case import Case
from negotiation_kit.case.policy import Policy
from negotiation_kit.cli import main
from negotiation_kit.documents.catalogue import PAPERS
from negotiation_kit.documents.explanations import EXPLANATIONS
from negotiation_kit.reading.checks import CHECKS
from negotiation_kit.reading.spots import is_record, kind_of_entry, kinds_of
from negotiation_kit.reckoning.assessment import FLAGS, TABLE

NUMBERS = [f"S{number}" for number in range(1, 66)]
ROWS = yaml.safe_load((ROOT / "tests" / "requirements.yaml").read_text("utf-8"))["requirements"]


def lines_of(file: str, part: str) -> dict[str, dict[str, object]]:
    tree = yaml.safe_load((ROOT / "templates" / file).read_text("utf-8"))
    return {line["id"]: line for line in tree[part]}


QUESTIONS, TASKS = lines_of("questions.yaml", "questions"), lines_of("checklist.yaml", "tasks")
SAID_TO_SERVE: Mapping[str, Mapping[str, Collection[str]]] = {
    "paper": {paper.code: paper.serves for paper in PAPERS},
    "question": {name: line["serves"] for name, line in QUESTIONS.items()},
    "task": {name: line["serves"] for name, line in TASKS.items()},
}
"""What papers, questions and tasks say themselves."""


def is_field(path: str) -> bool:
    """Whether a case has a field at the end of a path, through records and lists of records."""
    kind: object = Case
    for name in path.split("."):
        if not is_record(kind) or name not in kind.model_fields:
            return False
        kind = kinds_of(kind)[name]
        kind = kind if is_record(kind) else kind_of_entry(kind)
    return True


def is_option(told: str) -> bool:
    command, option = told.split(" ")
    return command in main.commands and any(option in each.opts for each in main.commands[command].params)


def is_guard(told: str) -> bool:
    module, function = told.split(".")
    return callable(getattr(import_module(f"negotiation_kit.documents.{module}"), function, None))


THERE_IS: Mapping[str, Callable[[str], bool]] = {
    "paper": lambda code: code in {paper.code for paper in PAPERS},
    "question": lambda name: name in QUESTIONS,
    "task": lambda name: name in TASKS,
    "rule": lambda name: name in {rule.id for rule in (*TABLE, *FLAGS)},
    "check": lambda name: name in {check.__name__ for check in CHECKS},
    "policy": lambda name: name in Policy.model_fields,
    "field": is_field,
    "command": lambda name: name in main.commands,
    "option": is_option,
    "explain": lambda what: what in {each.what for each in EXPLANATIONS},
    "guard": is_guard,
}


def resolves(told: str) -> bool:
    """Whether what a row names exists: `rule E4`, `field tolerance.days`."""
    kind, _, name = told.partition(" ")
    return kind in THERE_IS and THERE_IS[kind](name)


def test_every_requirement_stands_there_once_and_in_order():
    assert [row["id"] for row in ROWS] == NUMBERS


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_requirement_is_served_or_says_what_it_waits_for(row):
    assert row["says"]
    assert row["served_by"] or row["later"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_what_serves_a_requirement_exists(row):
    assert [] == [told for told in row["served_by"] if not resolves(told)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_paper_question_or_task_says_itself_what_it_serves(row):
    named = [told.split(" ", 1) for told in row["served_by"]]
    silent = [name for kind, name in named if row["id"] not in SAID_TO_SERVE.get(kind, {}).get(name, [row["id"]])]

    assert not silent


def test_what_a_paper_says_it_serves_stands_in_the_table():
    told = {(row["id"], name) for row in ROWS for name in row["served_by"]}
    unsaid = [
        (paper.code, served)
        for paper in PAPERS
        for served in paper.serves
        if (served, f"paper {paper.code}") not in told
    ]

    assert not unsaid


def test_what_a_question_or_task_says_it_serves_is_a_requirement():
    said = {served for lines in SAID_TO_SERVE.values() for each in lines.values() for served in each}

    assert said <= set(NUMBERS)


@pytest.mark.parametrize("row", [row for row in ROWS if "later" in row], ids=lambda row: row["id"])
def test_what_is_still_missing_names_a_paper_that_is_not_made_yet_and_what_it_will_bring(row):
    for told, brings in row["later"].items():
        assert told.startswith("paper ")
        assert brings
        assert not resolves(told), f"{told} exists now: move it to served_by"


@pytest.mark.parametrize(
    "told",
    [
        "paper X99", "question Q-CAU-77", "task dance", "rule Z9", "check nothing_at_all", "policy moon_days",
        "field tolerance.moon", "field invoices.moon", "field moon", "command dance", "option pack --dance",
        "option dance --out", "explain moon", "guard leak.moon", "moon C04",
    ],
)  # fmt: skip
def test_a_name_that_does_not_exist_is_noticed(told):
    assert not resolves(told)
