"""A case file is replaced whole: stopped at any step, by any trouble, the old text or the new one stands there."""

import os
import platform
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from making import ROOT
from tripping import Tripping, no_space

from negotiation_kit import store
from negotiation_kit.files import read_to_change, write_changed
from negotiation_kit.problems import Refused
from negotiation_kit.reading.amend import Put, amend
from negotiation_kit.store import HISTORY, bring_back, former_texts, replace_kept

OLD, NEW, NEWEST = b"case: T-1\r\n# \xc5\x91\r\n", b"case: T-1\r\n# \xc5\x91\r\nas_of: 2025-03-20\r\n", b"case: T-2\n"
STEPS = {"mkdir", "open", "write", "fsync", "close", "chmod", "replace", "unlink"}
NOBODY = 2**22 + 1
"""A process number no system gives out."""


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_bytes(OLD)
    return path


def left_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def said_by(call, *args):
    """What is refused, or nothing."""
    try:
        call(*args)
    except Refused as refused:
        return str(refused)
    return ""


def refusal(call, *args):
    with pytest.raises(Refused) as refused:
        call(*args)
    return str(refused.value)


def test_the_former_text_is_kept_beside_the_new_one(case):
    kept = replace_kept(case, OLD, NEW)

    assert NEW == case.read_bytes()
    assert OLD == kept.read_bytes()
    assert [".history/" + kept.name, "case.yaml"] == left_in(case.parent)
    assert kept.name.startswith("case.0001.")
    assert kept.name.endswith(".yaml")


def test_history_only_grows(case):
    replace_kept(case, OLD, NEW)
    replace_kept(case, NEW, NEWEST)
    bring_back(case)
    bring_back(case, 1)

    assert OLD == case.read_bytes()
    assert [(1, OLD), (2, NEW), (3, NEWEST), (4, NEW)] == [
        (former.number, former.path.read_bytes()) for former in former_texts(case)
    ]


def test_a_file_that_changed_since_it_was_read_is_left_alone(case):
    case.write_bytes(OLD + b"# by hand\n")

    assert f"{case} was changed since it was read\n      = nothing was written; run the command again" == refusal(
        replace_kept, case, OLD, NEW
    )
    assert OLD + b"# by hand\n" == case.read_bytes()
    assert ["case.yaml"] == left_in(case.parent)


@pytest.mark.parametrize("number", range(34))
def test_trouble_at_any_step_leaves_the_old_file_or_the_new_one(case, monkeypatch, number):
    system = Tripping(number, no_space)
    monkeypatch.setattr(store, "os", system)
    message = said_by(replace_kept, case, OLD, NEW)
    monkeypatch.undo()

    assert (OLD if message else NEW) == case.read_bytes()
    assert not message or "cannot be written: No space left on device" in message
    if system.tripped != "unlink":
        assert not [name for name in left_in(case.parent) if name.endswith((".new", ".lock"))]
    lock = case.parent / ".case.yaml.lock"
    lock.unlink(missing_ok=True)
    replace_kept(case, case.read_bytes(), NEWEST)
    assert NEWEST == case.read_bytes()
    assert ["case.yaml"] == [name for name in left_in(case.parent) if not name.startswith(HISTORY)]


def test_the_troubles_above_reach_every_step(case, monkeypatch):
    seen = []
    monkeypatch.setattr(store, "os", Tripping(10_000, no_space))
    monkeypatch.setattr(Tripping, "step", lambda self, name, real, args: (seen.append(name), real(*args))[1])
    replace_kept(case, OLD, NEW)

    assert STEPS == set(seen)
    assert len(seen) <= 34


KILLED = """\
import os, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_store import OLD, NEW
from tripping import Tripping
from negotiation_kit import store
def killed(name, real, args):
    if name == "write":
        real(args[0], args[1][: len(args[1]) // 2])
    os._exit(9)
store.os = Tripping({number}, killed)
store.replace_kept(Path({path!r}), OLD, NEW)
"""


@pytest.mark.slow
@pytest.mark.parametrize("number", range(34))
def test_a_run_killed_at_any_step_leaves_the_old_file_or_the_new_one_and_the_next_run_goes_on(
    case, number, monkeypatch
):
    script = KILLED.format(tests=str(ROOT / "tests"), number=number, path=str(case))
    done = subprocess.run([sys.executable, "-c", script], check=False, cwd=ROOT, capture_output=True)

    assert done.returncode in {0, 9}, done.stderr
    stands = case.read_bytes()
    assert stands in {OLD, NEW}
    formers = [former.path.read_bytes() for former in former_texts(case)]
    assert formers in ([], [OLD])
    assert not (stands == NEW and not formers)
    monkeypatch.setattr(store, "_UNNAMED", -1)  # a lock without a name is old at once
    replace_kept(case, stands, NEWEST)
    assert NEWEST == case.read_bytes()
    assert stands == bring_back(case)[0].path.read_bytes() == case.read_bytes()
    assert ["case.yaml"] == [name for name in left_in(case.parent) if not name.startswith(HISTORY)]


def test_a_second_run_waits_and_then_refuses(case, monkeypatch):
    lock = case.parent / ".case.yaml.lock"
    lock.write_text(f"{os.getpid()} {platform.node()}\n", "utf-8")
    monkeypatch.setattr(store, "PATIENCE", 0)

    message = refusal(replace_kept, case, OLD, NEW)

    hint = "wait for it to end; if no run is left, delete .case.yaml.lock beside the file"
    assert f"{case} is being changed by another run\n      = {hint}" == message
    assert OLD == case.read_bytes()
    assert lock.exists()


@pytest.mark.parametrize(
    ("told", "old"),
    [(f"{NOBODY} {platform.node()}\n", 0), ("", 61), (f"{NOBODY} {platform.node()}"[:3], 61)],
    ids=["its run is no more", "no name for a minute", "half a name for a minute"],
)
def test_a_lock_that_was_left_behind_is_taken_away(case, told, old):
    lock = case.parent / ".case.yaml.lock"
    lock.write_text(told, "utf-8")
    os.utime(lock, (time.time() - old,) * 2)

    replace_kept(case, OLD, NEW)

    assert NEW == case.read_bytes()
    assert not lock.exists()


@pytest.mark.parametrize(
    "told", [f"{NOBODY} another.example\n", "", "x y\n"], ids=["elsewhere", "just made", "strange"]
)
def test_a_lock_of_which_nobody_can_say_is_respected(case, told, monkeypatch):
    (case.parent / ".case.yaml.lock").write_text(told, "utf-8")
    monkeypatch.setattr(store, "PATIENCE", 0)

    assert "is being changed by another run" in refusal(replace_kept, case, OLD, NEW)


def test_of_two_runs_that_see_a_lock_left_behind_one_clears_it(case, monkeypatch):
    (case.parent / ".case.yaml.lock").write_text(f"{NOBODY} {platform.node()}\n", "utf-8")
    (case.parent / ".case.yaml.lock.clearing").write_text("", "utf-8")
    monkeypatch.setattr(store, "PATIENCE", 0)

    assert "is being changed by another run" in refusal(replace_kept, case, OLD, NEW)


def test_many_runs_at_once_lose_nothing(case, monkeypatch):
    monkeypatch.setattr(store, "PATIENCE", 30)
    case.write_bytes(b"")
    told = []

    def add(number):
        while True:
            before = case.read_bytes()
            message = said_by(replace_kept, case, before, before + b"%d\n" % number)
            if not message:
                return
            told.append(message)

    runs = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()

    assert all("was changed since it was read" in message for message in told)
    assert set(range(8)) == {int(line) for line in case.read_text("utf-8").split()}
    assert list(range(1, 9)) == [former.number for former in former_texts(case)]


@pytest.mark.skipif(os.name != "posix", reason="no modes here")
def test_the_rights_on_the_file_stay_and_its_history_has_them_too(case):
    case.chmod(0o640)

    kept = replace_kept(case, OLD, NEW)

    assert [0o640, 0o640] == [path.stat().st_mode & 0o777 for path in (case, kept)]


@pytest.mark.skipif(os.name != "posix", reason="no modes here")
def test_a_file_under_write_protection_is_left_alone(case):
    case.chmod(0o440)

    assert f"{case} may not be written to\n      = take the write protection off it" == refusal(
        replace_kept, case, OLD, NEW
    )
    assert OLD == case.read_bytes()


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no symbolic links here")
def test_a_link_stays_a_link_and_the_file_it_leads_to_is_changed(case, tmp_path):
    (tmp_path / "desk").mkdir()
    link = tmp_path / "desk" / "link.yaml"
    link.symlink_to(case)

    kept = replace_kept(link, OLD, NEW)

    assert link.is_symlink()
    assert NEW == case.read_bytes()
    assert case.parent / HISTORY == kept.parent
    assert ["link.yaml"] == left_in(tmp_path / "desk")
    bring_back(link)
    assert OLD == case.read_bytes()


def test_a_link_into_nowhere_is_told(tmp_path):
    (tmp_path / "case.yaml").symlink_to(tmp_path / "gone.yaml")

    assert "cannot be read: No such file or directory" in refusal(bring_back, tmp_path / "case.yaml")


def test_what_a_writing_did_can_be_taken_back_and_that_too(case):
    replace_kept(case, OLD, NEW)

    bring_back(case)
    assert OLD == case.read_bytes()
    bring_back(case)
    assert NEW == case.read_bytes()


def test_a_file_edited_since_is_not_taken_back_unless_its_number_is_said(case):
    replace_kept(case, OLD, NEW)
    case.write_bytes(NEWEST)

    hint = "to bring that text back all the same, say --to 1; what stands there now is kept too"
    assert f"{case} was edited since the kit wrote it\n      = {hint}" == refusal(bring_back, case)
    assert NEWEST == case.read_bytes()
    _, kept = bring_back(case, 1)
    assert OLD == case.read_bytes()
    assert NEWEST == kept.read_bytes()


def test_a_text_kept_by_a_run_that_was_killed_afterwards_is_passed_over(case):
    replace_kept(case, OLD, NEW)
    (case.parent / HISTORY / "case.0002.000000000000.yaml").write_bytes(NEW)

    bring_back(case)

    assert OLD == case.read_bytes()


@pytest.mark.parametrize(
    ("number", "message"), [(None, "has no former text\n"), (1, "has no former text\n"), (7, "has no former text\n")]
)
def test_nothing_to_take_back_is_told(case, number, message):
    assert message in refusal(bring_back, case, number)


def test_a_number_that_is_not_kept_is_told(case):
    replace_kept(case, OLD, NEW)

    assert f"{case} has no former text 7\n      = they go from 1 to 1" == refusal(bring_back, case, 7)


def test_former_texts_of_other_files_are_not_this_ones(case):
    for name in (
        "case.0001.000000000000.yml",
        "other.0001.000000000000.yaml",
        "case.2.0001.000000000000.yaml",
        "note.txt",
    ):
        (case.parent / HISTORY).mkdir(exist_ok=True)
        (case.parent / HISTORY / name).write_bytes(b"")

    assert () == former_texts(case)


def test_an_amended_case_keeps_its_mark_and_its_line_ends(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_bytes(b"\xef\xbb\xbfcase: T-1 # \xc5\x91\r\nas_of: 2025-03-20\r\n")
    read = read_to_change(path)

    kept = write_changed(read, amend(read.text, str(path), [Put("as_of", "2025-03-21")]))

    assert b"\xef\xbb\xbfcase: T-1 # \xc5\x91\r\nas_of: 2025-03-21\r\n" == path.read_bytes()
    assert read.content == kept.read_bytes()


def test_a_text_that_is_the_same_is_not_written(case):
    read = read_to_change(case)

    assert write_changed(read, read.text) is None
    assert ["case.yaml"] == left_in(case.parent)


def test_a_history_that_cannot_be_made_is_told_and_nothing_changes(case):
    Path(case.parent / HISTORY).write_text("mine", "utf-8")

    assert "cannot be written" in refusal(replace_kept, case, OLD, NEW)
    assert OLD == case.read_bytes()
