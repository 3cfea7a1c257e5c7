"""What the README says is what happens."""

import re
import shlex

import pytest
from click.testing import CliRunner
from making import ROOT, the_kit

from negotiation_kit.cli import main

README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.slow
def test_the_listing_is_some_of_what_the_first_command_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["pack", str(ROOT / "samples" / "late-payer.yaml"), "--out", "pack"])

    assert done.exit_code == 0, done.output
    listing = re.search(r"```text\n(.*?)```", README, re.DOTALL)[1]
    said = done.output
    for part in listing.split("...\n"):
        assert part in said
        said = said[said.index(part) + len(part) :]


def test_the_smallest_case_is_the_sample():
    shown = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)[1]
    sample = (ROOT / "samples" / "smallest.yaml").read_text("utf-8")

    assert shown.strip() in sample


def test_every_command_named_exists():
    named = set(re.findall(r"negotiation-kit ([a-z][a-z-]*)", README))

    assert named <= set(main.commands)


def test_every_command_is_named():
    named = set(re.findall(r"negotiation-kit ([a-z][a-z-]*)", README))

    assert set(main.commands) <= named


def test_every_file_named_exists():
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_every_plan_shown_can_be_laid():
    sample = (ROOT / "samples" / "late-payer.yaml").read_text("utf-8")
    plans = re.findall(r"^plan: .*$", README, re.MULTILINE)

    assert len(plans) == 12
    for line in plans:
        case = the_kit().check(f"{sample}\n{line}\n", "case.yaml")
        offers = the_kit().reckon(case, case.as_of).offers
        assert offers.plan.schedule.last.left.is_zero, line


@pytest.mark.parametrize(
    "command", [line for line in README.splitlines() if re.match(r"negotiation-kit (explain|interest|plan) ", line)]
)
def test_every_question_shown_is_answered(command, monkeypatch, tmp_path):
    pytest.importorskip("xlsxwriter")
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)

    done = CliRunner().invoke(main, shlex.split(command)[1:])

    assert done.exit_code == 0, done.output
    assert ("--xlsx" in command) is (tmp_path / "plan.xlsx").exists()
