"""The packs of a folder: each in its own folder, none twice, none torn, none in the way of another."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from making import ROOT

from negotiation_kit.asked import Asked
from negotiation_kit.batch import Folders, Outcome, Report, Stamp, mark_of, refused, stamp_in
from negotiation_kit.batch_work import packed
from negotiation_kit.cli import main
from negotiation_kit.files import LOCK, MANIFEST, read_cases, yaml_below
from negotiation_kit.folder import CaseFile
from negotiation_kit.problems import Problem

SMALLEST = (ROOT / "samples" / "smallest.yaml").read_text("utf-8")
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals as Linux and macOS have them")
STAMP = ".negotiation-kit-batch.json"
ONE_PAPER = ("--only", "C02", "--language", "en", "--format", "text")

ASKED = Asked(languages=("en",), chosen=("C02",), forms=("text",))
ONE_OR_TWO = pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.slow)])
"""In this process, or by two beside it."""


def a_case(number: str, **changes: str) -> str:
    text = SMALLEST.replace("case: 2025-018", f"case: {number}")
    for before, after in changes.items():
        text = text.replace(before, after)
    return text


@pytest.fixture
def cases(tmp_path):
    """Four cases in two folders, with accents, and a file that is none."""
    folder = tmp_path / "cases"
    (folder / "north").mkdir(parents=True)
    (folder / "a.yaml").write_text(a_case("A-1"), "utf-8")
    (folder / "b.yaml").write_text(a_case("B 2/2025", Csorba="Őszi Árvíz"), "utf-8")
    (folder / "north" / "ű.yaml").write_text(a_case("Ű-3"), "utf-8")
    (folder / "north" / "d.yaml").write_text(a_case("D-4"), "utf-8")
    (folder / "policy.yaml").write_text("version: 2026-01\nnegotiation_days: 10\n", "utf-8")
    return folder


def run(cases: Path, out: Path, *options: str, jobs: int = 1):
    return CliRunner().invoke(main, ["batch", str(cases), "--out", str(out), "--jobs", str(jobs), *ONE_PAPER, *options])


def report_of(done) -> dict[str, object]:
    return json.loads(done.stdout)


def hashes(out: Path) -> dict[str, str]:
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file() and path.name != LOCK
    }


def started(cases: Path, out: Path, *options: str, jobs: int = 2, **more) -> subprocess.Popen:
    command = [sys.executable, "-m", "negotiation_kit", "batch", str(cases), "--out", str(out), "--jobs", str(jobs)]
    return subprocess.Popen(
        [*command, *ONE_PAPER, *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        **more,
    )


def waited_for(out: Path, number: int) -> None:
    """Until so many packs are finished."""
    until = time.monotonic() + 60
    while len(list(out.glob(f"*/{STAMP}"))) < number:
        assert time.monotonic() < until, "no pack was made in a minute"
        time.sleep(0.01)


def nobody_left(group: int) -> None:
    """Until every process of the group has ended."""
    until = time.monotonic() + 30
    while left := alive_in(group):
        assert time.monotonic() < until, left
        time.sleep(0.05)


def alive_in(group: int) -> list[str]:
    told = subprocess.run(["ps", "-eo", "pgid=,stat=,args="], capture_output=True, encoding="utf-8", check=True).stdout
    lines = [line.split(maxsplit=2) for line in told.splitlines()]
    return [line[2] for line in lines if int(line[0]) == group and not line[1].startswith("Z")]


def killed_between_two_files(cases: Path, out: Path) -> None:
    """A run that is killed when the note of a pack and its first file have taken their places, and no other."""
    script = (
        "import os, signal\n"
        "replace, places = os.replace, []\n"
        "def one(beside, path):\n"
        "    replace(beside, path)\n"
        "    places.append(path)\n"
        "    if len(places) == 2: os.kill(os.getpid(), signal.SIGKILL)\n"
        "os.replace = one\n"
        "from negotiation_kit.cli import main\n"
        f"main(['batch', {str(cases)!r}, '--out', {str(out)!r}, '--jobs', '1', *{ONE_PAPER!r}])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    assert -signal.SIGKILL == done.returncode


def many(folder: Path, number: int) -> Path:
    folder.mkdir()
    for each in range(number):
        (folder / f"{each:03}.yaml").write_text(a_case(f"M-{each}"), "utf-8")
    return folder


# --- each in its own folder ------------------------------------------------------------------------------------------


def test_each_pack_lies_in_a_folder_of_its_case(cases, tmp_path):
    done = run(cases, tmp_path / "out")

    assert done.exit_code == 0, done.output
    assert ["A-1", "B-2-2025", "D-4", "Ű-3"] == sorted(
        path.name for path in (tmp_path / "out").iterdir() if path.is_dir()
    )
    paper = tmp_path / "out" / "B-2-2025" / "client" / "B-2-2025-C02-statement-of-invoices.en.txt"
    assert "Őszi Árvíz Játék Bt." in paper.read_text("utf-8")
    assert (tmp_path / "out" / "A-1" / "index.html").is_file()
    assert "4 cases: 4 made, 0 unchanged, 0 refused; 8 of 8 files written into" in done.output


def test_a_pack_is_what_pack_alone_would_make(cases, tmp_path):
    run(cases, tmp_path / "out")
    command = ["pack", str(cases / "a.yaml"), "--out", str(tmp_path / "one"), *ONE_PAPER]

    assert CliRunner().invoke(main, command).exit_code == 0
    many = hashes(tmp_path / "out" / "A-1")
    del many[STAMP]
    assert hashes(tmp_path / "one") == many


def test_two_processes_make_the_same_as_one(cases, tmp_path):
    one, two = run(cases, tmp_path / "one"), run(cases, tmp_path / "two", jobs=2)

    assert (0, 0) == (one.exit_code, two.exit_code), two.output
    assert hashes(tmp_path / "one") == hashes(tmp_path / "two")
    assert one.output.replace("one", "two") == two.output


def test_a_broken_case_stops_no_other_and_is_told_at_the_end(cases, tmp_path):
    (cases / "aa.yaml").write_text(a_case("X-9").replace("currency: HUF", "curency: HUF"), "utf-8")
    (cases / "ab.yaml").write_text("case: X-8\ninvoices: [\n", "utf-8")
    done = run(cases, tmp_path / "out", jobs=2)

    assert done.exit_code == 1
    assert "6 cases: 4 made, 0 unchanged, 2 refused" in done.output
    assert "aa.yaml:24:1: unknown field 'curency'" in done.output
    assert "ab.yaml:" in done.output
    assert not (tmp_path / "out" / "X-9").exists()


def test_the_report_as_data_names_each_case_without_a_pack_and_why(cases, tmp_path):
    (cases / "aa.yaml").write_text(a_case("X-9").replace("currency: HUF", "curency: HUF"), "utf-8")
    report = report_of(run(cases, tmp_path / "out", "--json"))

    assert (5, 4, 0, None) == tuple(report[name] for name in ("cases", "made", "unchanged", "stopped"))
    (told,) = report["refused"]
    assert (str(cases / "aa.yaml"), "X-9") == (told["file"], told["case"])
    assert {"file": str(cases / "aa.yaml"), "line": 24, "column": 1}.items() <= told["problems"][0].items()


def test_a_paper_no_case_knows_is_told_once_and_nothing_is_made(cases, tmp_path):
    done = run(cases, tmp_path / "out", "--only", "X99", "-l", "xx")

    assert done.exit_code == 1
    assert 1 == done.output.count("there is no paper 'X99'")
    assert 1 == done.output.count("there are no papers in language 'xx'")
    assert not (tmp_path / "out").exists()


def test_a_folder_without_a_case_is_refused(tmp_path):
    (tmp_path / "cases").mkdir()
    done = run(tmp_path / "cases", tmp_path / "out")

    assert done.exit_code == 1
    assert "cases holds no case" in done.output


def test_rates_that_cannot_be_used_are_told_once(cases, tmp_path):
    (tmp_path / "rates.yaml").write_text("rates: [{series: nobodys}]\n", "utf-8")
    command = ["--rates", str(tmp_path / "rates.yaml"), "batch", str(cases), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(main, command)

    assert done.exit_code == 1
    assert "rates.yaml:1:" in done.output
    assert not (tmp_path / "out").exists()


def test_what_is_wrong_with_all_cases_alike_is_told_once(cases, tmp_path):
    own = tmp_path / "own"
    CliRunner().invoke(main, ["templates", "copy", str(own), "--language", "en", "--paper", "C02"])
    (paper,) = own.rglob("*.md")
    paper.write_text(paper.read_text("utf-8") + "\n{{ nobodys }}\n", "utf-8")
    done = run(cases, tmp_path / "out", "--templates", str(own))

    assert done.exit_code == 1
    assert 1 == done.output.count("en/C02-statement-of-invoices.md:")
    assert f"The same in 3 more: {cases / 'b.yaml'}, " in done.output


def test_a_mistake_of_ours_stops_one_pack_and_is_told_as_ours(cases, tmp_path, monkeypatch):
    from negotiation_kit import batch_work

    make = batch_work.whole_pack

    def failing(kit, case, asked, **more):
        if case.case == "A-1":
            raise KeyError("oops")
        return make(kit, case, asked, **more)

    monkeypatch.setattr(batch_work, "whole_pack", failing)
    done = run(cases, tmp_path / "out")

    assert done.exit_code == 1
    assert "a.yaml:1:1: the kit failed: KeyError: 'oops'" in done.output
    assert "3 made, 0 unchanged, 1 refused" in done.output


# --- numbers and folders that meet -----------------------------------------------------------------------------------


@ONE_OR_TWO
def test_a_number_that_stands_in_two_files_is_told_and_the_first_is_made(cases, tmp_path, jobs):
    (cases / "copy.yaml").write_text(a_case("A-1", Csorba="Másik"), "utf-8")
    done = run(cases, tmp_path / "out", jobs=jobs)

    assert done.exit_code == 1
    assert f"{cases / 'copy.yaml'}: case 'A-1' stands in {cases / 'a.yaml'} too" in done.output
    paper = tmp_path / "out" / "A-1" / "client" / "A-1-C02-statement-of-invoices.en.txt"
    assert "Csorba Játék Bt." in paper.read_text("utf-8")


@pytest.mark.parametrize("other", ["A/1", "a-1", "A 1"])
def test_two_numbers_that_would_share_a_folder_are_told(cases, tmp_path, other):
    (cases / "other.yaml").write_text(a_case(other), "utf-8")
    done = run(cases, tmp_path / "out")

    assert done.exit_code == 1
    told = f"the pack of case {other!r} would lie in the folder of case 'A-1' ({cases / 'a.yaml'})"
    assert told in done.output


@ONE_OR_TWO
def test_a_broken_file_does_not_keep_its_number_from_a_sound_one(cases, tmp_path, jobs):
    (cases / "0-draft.yaml").write_text(a_case("A-1").replace("currency: HUF", "curency: HUF"), "utf-8")
    done = run(cases, tmp_path / "out", jobs=jobs)

    assert "5 cases: 4 made, 0 unchanged, 1 refused" in done.output
    assert (tmp_path / "out" / "A-1" / "index.html").is_file()


@POSIX
def test_a_link_back_into_the_folder_is_no_second_case(cases, tmp_path):
    (cases / "north" / "back").symlink_to(cases)
    (cases / "north" / "same.yaml").symlink_to(cases / "a.yaml")
    (cases / "north" / "itself.yaml").symlink_to("itself.yaml")
    done = run(cases, tmp_path / "out")

    assert done.exit_code == 0, done.output
    assert "4 cases: 4 made" in done.output


def test_a_number_that_needs_a_whole_reading_is_read_in_full(tmp_path):
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "q.yaml").write_text(a_case("'Q: 1'"), "utf-8")
    done = run(folder, tmp_path / "out")

    assert done.exit_code == 0, done.output
    assert (tmp_path / "out" / "Q-1" / "index.html").is_file()


def test_a_folder_that_is_let_go_is_free_for_another():
    folders = Folders()

    assert folders.taken("A-1", "a.yaml") is None
    assert folders.taken("A-1", "a.yaml") is None
    assert "stands in a.yaml too" in folders.taken("A-1", "b.yaml").message
    folders.let_go("A-1", "b.yaml")
    assert folders.taken("A-1", "b.yaml") is not None
    folders.let_go("A-1", "a.yaml")
    assert folders.taken("A-1", "b.yaml") is None


# --- what is unchanged -----------------------------------------------------------------------------------------------


def test_unchanged_cases_are_left_as_they_are(cases, tmp_path):
    run(cases, tmp_path / "out")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*") if path.is_file()}
    done = run(cases, tmp_path / "out")

    assert done.exit_code == 0
    assert "4 cases: 0 made, 4 unchanged, 0 refused; 0 of 8 files written" in done.output
    after = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert {path: at for path, at in before.items() if path.name != LOCK} == {
        path: at for path, at in after.items() if path.name != LOCK
    }


def test_a_changed_case_is_made_again_alone(cases, tmp_path):
    run(cases, tmp_path / "out")
    (cases / "a.yaml").write_text(a_case("A-1", Csorba="Másik"), "utf-8")

    assert "4 cases: 1 made, 3 unchanged" in run(cases, tmp_path / "out").output


def test_unchanged_cases_are_made_again_when_that_is_asked(cases, tmp_path):
    run(cases, tmp_path / "out")

    assert "4 made, 0 unchanged, 0 refused; 0 of 8 files written" in run(cases, tmp_path / "out", "--again").output


def test_a_changed_file_that_a_case_names_makes_it_new(cases, tmp_path):
    (cases / "a.yaml").write_text(a_case("A-1") + "policy_file: policy.yaml\n", "utf-8")
    run(cases, tmp_path / "out")
    (cases / "policy.yaml").write_text("version: 2026-02\nnegotiation_days: 9\n", "utf-8")

    assert "1 made, 3 unchanged" in run(cases, tmp_path / "out").output


def test_a_changed_template_makes_all_new(cases, tmp_path):
    own = tmp_path / "own"
    CliRunner().invoke(main, ["templates", "copy", str(own), "--language", "en", "--paper", "C02"])
    (paper,) = own.rglob("*.md")
    run(cases, tmp_path / "out", "--templates", str(own))

    assert "4 unchanged" in run(cases, tmp_path / "out", "--templates", str(own)).output
    paper.write_text(paper.read_text("utf-8") + "\nKind regards\n", "utf-8")
    assert "4 made, 0 unchanged" in run(cases, tmp_path / "out", "--templates", str(own)).output


def test_newer_rates_make_all_new(cases, tmp_path):
    run(cases, tmp_path / "out")
    rates = tmp_path / "rates.yaml"
    rates.write_text(
        "rates:\n  - series: ecb_mro\n    known_to: 2027-06-30\n    source: ecb.europa.eu, read on 4 January 2027\n"
        "    values:\n      - {since: 2026-12-31, percent: 2.15}\n",
        "utf-8",
    )
    command = ["--rates", str(rates), "batch", str(cases), "--out", str(tmp_path / "out"), "-j", "1", *ONE_PAPER]
    done = CliRunner().invoke(main, command)

    assert "4 made, 0 unchanged" in done.output


@pytest.mark.parametrize("options", [("--as-of", "2025-03-19"), ("--format", "html"), ("--only", "D01")])
def test_another_question_makes_all_new(cases, tmp_path, options):
    run(cases, tmp_path / "out")

    assert "4 made, 0 unchanged" in run(cases, tmp_path / "out", *options).output


def test_a_case_without_a_day_is_made_anew_on_another_day(cases, tmp_path, monkeypatch):
    batch = sys.modules["negotiation_kit.cli.batch"]
    (cases / "a.yaml").write_text(a_case("A-1").replace("as_of: 2025-03-18\n", ""), "utf-8")
    monkeypatch.setattr(batch, "today", lambda: date(2025, 3, 18))
    run(cases, tmp_path / "out")

    assert "4 unchanged" in run(cases, tmp_path / "out").output
    monkeypatch.setattr(batch, "today", lambda: date(2025, 3, 19))
    assert "1 made, 3 unchanged" in run(cases, tmp_path / "out").output


def test_a_file_that_is_gone_is_made_again(cases, tmp_path):
    run(cases, tmp_path / "out")
    (tmp_path / "out" / "A-1" / "index.html").unlink()

    assert "1 made, 3 unchanged, 0 refused; 1 of 8 files written" in run(cases, tmp_path / "out").output
    assert (tmp_path / "out" / "A-1" / "index.html").is_file()


def test_a_stamp_that_is_damaged_is_no_stamp(cases, tmp_path):
    run(cases, tmp_path / "out")
    (tmp_path / "out" / "A-1" / STAMP).write_text("[1, 2", "utf-8")
    (tmp_path / "out" / "D-4" / STAMP).write_text("null", "utf-8")

    assert "2 made, 2 unchanged" in run(cases, tmp_path / "out").output


def test_a_stamp_is_read_as_it_was_written():
    stamp = Stamp("way", "text", {"policy.yaml": None}, "2025-03-18", ("client/ű.docx", "index.html"))

    assert stamp == stamp_in(stamp.written())
    assert stamp_in("{}") is None
    assert stamp_in('{"way": 1, "text": 2, "beside": 3, "today": 4, "files": 5}') is None


def test_texts_parted_otherwise_have_another_mark():
    assert mark_of("ab", "c") != mark_of("a", "bc")
    assert mark_of("a", "") != mark_of("a")


# --- what a person edited --------------------------------------------------------------------------------------------


def test_a_paper_edited_by_hand_is_kept_and_told_when_its_case_changes(cases, tmp_path):
    run(cases, tmp_path / "out")
    paper = tmp_path / "out" / "A-1" / "client" / "A-1-C02-statement-of-invoices.en.txt"
    paper.write_text("mine", "utf-8")

    assert "4 unchanged" in run(cases, tmp_path / "out").output
    (cases / "a.yaml").write_text(a_case("A-1", Csorba="Másik"), "utf-8")
    for _ in range(2):
        done = run(cases, tmp_path / "out")
        assert done.exit_code == 1
        assert f"{paper} was edited since the kit wrote it" in done.output
        assert "0 made, 3 unchanged, 1 refused" in done.output
        assert "mine" == paper.read_text("utf-8")


# --- what stops a run ------------------------------------------------------------------------------------------------


@POSIX
def test_the_next_run_after_a_kill_makes_only_what_is_missing_and_nothing_is_torn(tmp_path):
    cases, out = many(tmp_path / "cases", 24), tmp_path / "out"
    process = started(cases, out, start_new_session=True)
    waited_for(out, 3)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    nobody_left(process.pid)  # the workers end with the pack they have
    finished = len(list(out.glob(f"*/{STAMP}")))
    report = report_of(run(cases, out, "--json"))

    assert 3 <= finished < 24
    assert (finished, 24 - finished) == (report["unchanged"], report["made"])
    run(cases, tmp_path / "whole")
    assert hashes(tmp_path / "whole") == hashes(out)


@POSIX
def test_files_a_killed_run_had_written_are_known_as_the_kits_own(cases, tmp_path):
    """Killed between a file and the end of its pack, and then the case is changed: nobody edited that file."""
    out = tmp_path / "out"
    killed_between_two_files(cases, out)
    assert not list(out.glob(f"*/{STAMP}"))
    (cases / "a.yaml").write_text(a_case("A-1", Csorba="Másik"), "utf-8")
    done = run(cases, out)

    assert done.exit_code == 0, done.output
    assert "4 made" in done.output


@POSIX
def test_a_changed_case_whose_run_was_killed_is_not_taken_for_the_one_before(cases, tmp_path):
    """Made, changed, killed in the middle, changed back: the pack is a mixture and must be made again."""
    out = tmp_path / "out"
    run(cases, out)
    before = hashes(out)
    (cases / "a.yaml").write_text(a_case("A-1", Csorba="Másik"), "utf-8")
    killed_between_two_files(cases, out)
    assert before != hashes(out)
    (cases / "a.yaml").write_text(a_case("A-1"), "utf-8")
    done = run(cases, out)

    assert "1 made, 3 unchanged" in done.output
    assert before == hashes(out)


def test_what_a_killed_run_had_begun_to_write_is_swept_away(cases, tmp_path):
    run(cases, tmp_path / "out")
    folder = tmp_path / "out" / "A-1"
    begun = folder / "client" / ".A-1-C02-statement-of-invoices.en.txt.a1b2c3d4"
    begun.write_text("half", "utf-8")
    mine = folder / "client" / ".notes.a1b2c3d4"
    mine.write_text("mine", "utf-8")
    (folder / STAMP).unlink()
    run(cases, tmp_path / "out")

    assert not begun.exists()
    assert mine.exists()


@POSIX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@ONE_OR_TWO
def test_asked_to_stop_it_ends_cleanly_with_a_report_and_nobody_left(tmp_path, number, jobs):
    cases, out = many(tmp_path / "cases", 60), tmp_path / "out"
    process = started(cases, out, "--json", jobs=jobs, start_new_session=True)
    waited_for(out, 2)
    os.killpg(process.pid, number)  # as a terminal does: everyone hears it
    said, told = process.communicate(timeout=60)

    assert 130 == process.returncode, told
    assert "Traceback" not in told
    report = json.loads(said)
    assert report["stopped"] == "stopped as you asked; what was begun is whole"
    assert report["made"] == len(list(out.glob(f"*/{STAMP}"))) < 60
    assert [] == [path for path in out.rglob(".*") if path.name not in {STAMP, MANIFEST, LOCK}]
    nobody_left(process.pid)


@POSIX
@pytest.mark.slow
def test_two_runs_do_not_fill_the_same_folder_at_the_same_time(cases, tmp_path):
    process = started(many(tmp_path / "many", 60), tmp_path / "out")
    try:
        waited_for(tmp_path / "out", 1)
        done = run(cases, tmp_path / "out")
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()

    assert done.exit_code == 1
    assert f"{tmp_path / 'out'} is being filled by another run" in done.output


def test_a_folder_that_cannot_be_written_is_told_once_before_any_work(cases, tmp_path):
    (tmp_path / "out").write_text("a file", "utf-8")
    done = run(cases, tmp_path / "out")

    assert done.exit_code == 1
    assert f"{tmp_path / 'out'} cannot be written: File exists" in done.output
    assert "check folder, rights and space" in done.output
    assert "1 problem; nothing was written." in done.output


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="rights do not bind everybody")
def test_a_folder_without_the_right_to_write_is_told_once(cases, tmp_path):
    out = tmp_path / "out"
    out.mkdir(mode=0o555)
    done = run(cases, out)

    assert done.exit_code == 1
    assert f"{out} cannot be written: Permission denied" in done.output


def test_one_pack_that_cannot_be_written_stops_no_other(cases, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "A-1").write_text("a file where a folder should be", "utf-8")
    done = run(cases, tmp_path / "out")

    assert done.exit_code == 1
    assert "cannot be written: a file stands where its folder would be" in done.output
    assert "3 made, 0 unchanged, 1 refused" in done.output


@ONE_OR_TWO
def test_when_nothing_can_be_written_any_more_it_stops(tmp_path, jobs):
    cases, out = many(tmp_path / "cases", 30), tmp_path / "out"
    out.mkdir()
    for each in range(30):
        (out / f"M-{each}").write_text("a file where a folder should be", "utf-8")
    done = run(cases, out, jobs=jobs)

    assert done.exit_code == 1
    assert "10 packs in a row could not be written; the others were not tried" in done.output.lower()
    assert report_of(run(cases, out, "--json"))["cases"] < 13


@POSIX
def test_on_a_terminal_a_bar_shows_how_far_it_is(cases, tmp_path):
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "negotiation_kit", "batch", str(cases), "--out", str(tmp_path / "out"), "-j", "1"]
    done = subprocess.run([*command, *ONE_PAPER], cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, check=True)
    os.close(theirs)
    shown = b""
    try:
        while more := os.read(ours, 65_536):
            shown += more
    except OSError:  # all is read, and the other side is closed
        pass
    os.close(ours)

    assert b"5 of 5, " in shown
    assert b" a second" in shown
    assert b"It took " in shown
    assert done.stdout.startswith(b"4 cases: 4 made")


# --- the report ------------------------------------------------------------------------------------------------------


def test_the_report_stays_small_however_much_is_wrong():
    report = Report()
    report.add(refused("b.yaml", "B", [Problem(None, str(each)) for each in range(50)], sound=False))
    report.add(refused("a.yaml", "A", [Problem(None, "x")], sound=False))

    first, second = report.in_order()
    assert ("a.yaml", "b.yaml") == (first.file, second.file)
    assert (10, 40) == (len(second.problems), second.more)


def test_what_should_be_looked_at_once_more_is_kept_by_name_up_to_a_thousand():
    report = Report()
    for each in range(3):
        report.add(Outcome(f"{each}.yaml", str(each), "made", 1, 1, looks=("x",) * 400))

    assert (1_000, 200) == (len(report.looks), report.more_looks)
    assert (3, 3, 3) == (report.cases, report.made, report.written)


# --- the pipeline as a function of texts -----------------------------------------------------------------------------


def test_packed_gives_the_bytes_that_the_command_writes(cases, tmp_path):
    run(cases, tmp_path / "out")
    files = {file.name: file for file in read_cases(yaml_below(cases))}
    found = packed(files[str(cases / "a.yaml")], ASKED, date(2026, 3, 18))

    assert () == found.problems
    written = hashes(tmp_path / "out" / "A-1")
    assert {name: hashlib.sha256(content).hexdigest() for name, content in found.papers.items()} == {
        name: mark for name, mark in written.items() if name not in {STAMP, MANIFEST}
    }


def test_packed_tells_what_is_wrong_instead_of_raising():
    found = packed(CaseFile("x.yaml", "case: 1\n"), ASKED, date(2026, 3, 18))

    assert {} == found.papers
    assert "x.yaml" == found.problems[0].place.file


@pytest.mark.slow
def test_dask_makes_the_same_over_processes(cases):
    bag = pytest.importorskip("dask.bag")
    files = [*read_cases(yaml_below(cases)), CaseFile("x.yaml", "case: 1\n")]
    today = date(2026, 3, 18)
    made = (
        bag.from_sequence(files, npartitions=2).map(packed, ASKED, today).compute(scheduler="processes", num_workers=2)
    )

    assert [packed(file, ASKED, today) for file in files] == made
