"""The folder for legal: complete and indexed, or refused with what is missing."""

import re
import shutil

import pytest
from click.testing import CliRunner
from making import ROOT, the_kit

from negotiation_kit.cli import main


@pytest.fixture
def case(tmp_path):
    text = (ROOT / "samples" / "chronic-promiser.yaml").read_text("utf-8")
    path = tmp_path / "case.yaml"
    text = text.replace("checks:", "checks:\n  limitation_ends: 2031-06-17", 1)
    path.write_text(text.replace("promises: found}", "promises: found, reminders: found}"), "utf-8")
    for beside in (ROOT / "samples").glob("*policy*.yaml"):
        shutil.copy(beside, tmp_path)
    return path


def run(case, out, *options):
    return CliRunner().invoke(main, ["hand-over", str(case), "--out", str(out), *options])


@pytest.mark.parametrize("language", ["en", "hu"])
def test_a_complete_file_lies_in_one_folder_in_order(case, tmp_path, language):
    done = run(case, tmp_path / "legal", "-l", language)

    assert done.exit_code == 0, done.output
    (folder,) = [path for path in (tmp_path / "legal").iterdir() if path.is_dir()]
    names = sorted(path.name for path in folder.iterdir())
    assert [re.match(r"\d-[^-]+-\d+-([A-Za-z0-9]+)", name)[1] for name in names if name != "index.html"] == [
        "D13",
        "D16",
        "C02",
        "interest",
    ]
    links = re.findall(r'href="([^"]+)"', (folder / "index.html").read_text("utf-8"))
    assert all((folder / link).is_file() for link in links)


def test_what_is_missing_is_told_at_once_and_nothing_is_written(tmp_path):
    done = run(ROOT / "samples" / "after-meeting.yaml", tmp_path / "legal")

    assert done.exit_code == 1
    assert "The minutes with the schedule are not signed" in done.output
    assert "time-barred" in done.output
    assert not (tmp_path / "legal").exists()


def test_nothing_of_the_restricted_circle_is_in_the_folder(case, tmp_path):
    run(case, tmp_path / "legal")
    read = the_kit().check((ROOT / "samples" / "chronic-promiser.yaml").read_text("utf-8"), "case.yaml")
    secrets = [read.authority.walk_away] if read.authority and read.authority.walk_away else []
    secrets += [person.values for person in read.client.people if person.values]
    everything = b"".join(path.read_bytes() for path in (tmp_path / "legal").rglob("*") if path.is_file())

    assert not [secret for secret in secrets if secret.encode("utf-8") in everything]


def test_once_the_letter_has_gone_its_draft_is_not_in_the_folder(case, tmp_path):
    case.write_text(f"{case.read_text('utf-8')}\nlegal: {{claim_letter: 2026-09-01}}\n", "utf-8")
    done = run(case, tmp_path / "legal", "--as-of", "2026-09-15")

    assert done.exit_code == 0, done.output
    assert not list((tmp_path / "legal").rglob("*D16*"))


def test_whether_interest_is_claimed_is_decided_before_the_file_goes(case, tmp_path):
    case.write_text(case.read_text("utf-8").replace("claim: claimed", "claim: for information"), "utf-8")
    done = run(case, tmp_path / "legal")

    assert done.exit_code == 1
    assert "Whether late-payment interest is claimed has not been decided" in done.output


def test_a_language_nobody_has_written_is_refused(case, tmp_path):
    assert "no papers in language 'xx'" in run(case, tmp_path / "legal", "-l", "xx").output
