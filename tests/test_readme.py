"""What the README says is what happens."""

import re

import pytest
from click.testing import CliRunner
from making import ROOT

from negotiation_kit.cli import main

README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.slow
def test_the_listing_is_what_the_first_command_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["pack", str(ROOT / "samples" / "late-payer.yaml"), "--out", "pack"])

    assert done.exit_code == 0, done.output
    listing = re.search(r"```text\n(.*?)```", README, re.DOTALL)[1]
    assert listing.strip() == done.output.strip()


def test_the_smallest_case_is_the_sample():
    shown = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)[1]
    sample = (ROOT / "samples" / "smallest.yaml").read_text("utf-8")

    assert shown.strip() in sample


def test_every_command_named_exists():
    named = set(re.findall(r"negotiation-kit ([a-z]+)", README))

    assert named == set(main.commands)


def test_every_file_named_exists():
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
