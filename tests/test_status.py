"""What must be done today: for one case, for a folder, in both languages."""

import re
import shutil

import pytest
from click.testing import CliRunner
from making import ROOT

from negotiation_kit.cli import main

PLAN = (
    (ROOT / "samples" / "after-meeting.yaml")
    .read_text("utf-8")
    .replace(
        "outcome:\n  day: 2025-03-24\n",
        "payments:\n  - {day: 2025-03-26, amount: 1460000}\n  - {day: 2025-04-09, amount: 500000}\n"
        "outcome:\n  day: 2025-03-24\n  signed: 2025-03-24\n",
    )
)


def run(*arguments):
    return CliRunner().invoke(main, ["status", *map(str, arguments)])


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, "utf-8")
    return path


def test_the_day_after_a_part_came_short_it_says_whom_to_call_with_what(plan):
    done = run(plan, "--as-of", "2025-04-10")

    assert done.exit_code == 0, done.output
    said = done.output.replace("\u00a0", " ")
    assert "To do on Thursday, 10 April 2025" in said
    assert "HUF 2,890,000 past its day" in said
    assert "Today: Has part 2 arrived (9 April 2025, HUF 630,000)? Thank, or call before noon" in said
    assert "paper: D10 Call script: a part has not arrived (negotiation-kit pack" in said
    assert "paper: C10 A part that has not arrived yet" in said
    assert "next: Monday, 14 April 2025: Last day to put part 2 right (HUF 630,000)" in said


def test_the_same_in_hungarian(plan):
    said = run(plan, "--as-of", "2025-04-10", "-l", "hu").output.replace("\u00a0", " ")

    assert "Teendők: 2025. április 10., csütörtök" in said
    assert "irat: D10 Vezérfonal a híváshoz: egy részlet nem érkezett meg" in said


def test_on_a_day_without_work_it_says_so_and_what_comes_next(plan):
    plan.write_text(re.sub(r"(      by: )(2025-03-\d\d)\n", r"\1\2\n      done: \2\n", PLAN), "utf-8")
    said = run(plan, "--as-of", "2025-04-04").output.replace("\u00a0", " ")

    assert "Nothing has to be done today." in said
    assert "2025-017 · Példa Bútor Zrt. · negotiation · Monday, 7 April 2025: Friendly note ahead of part 2" in said


def test_what_is_held_back_says_why(tmp_path):
    path = tmp_path / "key.yaml"
    text = (ROOT / "samples" / "late-payer.yaml").read_text("utf-8").replace("segment: standard", "segment: key")
    path.write_text(text, "utf-8")

    said = run(path, "--as-of", "2025-03-25").output
    assert "held back: C11 Our open balance. A key client gets this only on the first person's recorded word" in said


def test_a_folder_has_those_with_work_first_and_tells_what_it_could_not_read(tmp_path, plan):
    shutil.copy(ROOT / "samples" / "smallest.yaml", tmp_path / "a-smallest.yaml")
    (tmp_path / "broken.yaml").write_text("case: X\ncurency: HUF\n", "utf-8")
    done = run(tmp_path, "--as-of", "2025-04-10")

    assert done.exit_code == 1
    assert done.output.index("2025-017") < done.output.index("1 file is not in the list.")
    assert "broken.yaml" in done.output


def test_the_same_as_data(plan):
    assert '"code": "D10"' in run(plan, "--as-of", "2025-04-10", "--json").output


def test_a_folder_without_a_case_is_refused(tmp_path):
    done = run(tmp_path)

    assert done.exit_code == 1
    assert "there is no case" in done.output


def test_a_language_nobody_has_written_is_refused(plan):
    assert "no papers in language 'xx'" in run(plan, "-l", "xx").output
