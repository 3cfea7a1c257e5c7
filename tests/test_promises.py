"""What is promised is proved: every test that the page of promises names is there, runs, and is not skipped for good."""

import ast
import os
import re
import subprocess
import sys
from functools import cache

import pytest
from making import ROOT

PAGE = (ROOT / "docs" / "promises.md").read_text("utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
PROMISES = [part for part in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:] if not part.startswith("What is not")]


@cache
def functions_in(file):
    """The tests that stand at the top of a file, where they are collected."""
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("file", "name"), NAMED, ids=lambda each: each.rpartition("/")[2])
def test_a_test_that_proves_a_promise_is_there_and_asserts_something(file, name):
    assert (ROOT / file).is_file()
    assert name in functions_in(file)
    told = ast.unparse(functions_in(file)[name])
    assert re.search(r"\bassert\b|pytest\.raises|refus|said\(", told)
    assert "mark.xfail" not in told
    assert not re.search(r"mark\.skip\(", told)


@pytest.mark.parametrize("promise", PROMISES, ids=lambda part: part.partition("\n")[0])
def test_every_promise_names_its_proof(promise):
    assert len(re.findall(r"^- `tests/[\w/]+\.py::test_\w+`$", promise, re.MULTILINE)) >= 4


def test_no_test_is_named_twice_and_none_in_other_words():
    assert len(NAMED) == len(set(NAMED))
    assert len(NAMED) == len(re.findall(r"^- ", PAGE.partition("## What is not promised")[0], re.MULTILINE))


@pytest.mark.parametrize(
    "subject",
    ["exact", "client", "network", "overwritten", "half written", "history", "same bytes", "hostile", "where you are"],
)
def test_each_subject_has_its_promise(subject):
    assert [part for part in PROMISES if subject in part.partition("\n")[0].lower()]


@pytest.mark.slow
def test_every_test_that_proves_a_promise_is_collected():
    files = sorted({file for file, _ in NAMED})
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *files],
        check=False,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTEST_ADDOPTS": "", "PYTHONIOENCODING": "utf-8"},
    )
    collected = {line.partition("[")[0] for line in done.stdout.splitlines()}

    assert done.returncode == 0, done.stdout[-2000:]
    assert [] == [f"{file}::{name}" for file, name in NAMED if f"{file}::{name}" not in collected]


@pytest.mark.parametrize("page", ["SECURITY.md", "docs/promises.md", "CONTRIBUTING.md"])
def test_every_file_a_page_leads_to_is_there(page):
    home = (ROOT / page).parent
    for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text("utf-8")):
        assert (home / target).exists(), target
    for script in re.findall(r"`(scripts/[\w./-]+)", (ROOT / page).read_text("utf-8")):
        assert (ROOT / script).exists(), script


def test_readme_leads_to_promises_and_security():
    readme = (ROOT / "README.md").read_text("utf-8")

    assert {"SECURITY.md", "docs/promises.md"} <= set(re.findall(r"\]\(([^)]+)\)", readme))
