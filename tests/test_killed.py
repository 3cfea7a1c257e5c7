"""Commands killed at any step of their writing, and two at once: the old case or the new one, and nothing lost."""

import os
import signal
import subprocess
import sys

import pytest
from making import ROOT, day, the_kit
from statements import camt, detail, entry

from negotiation_kit.store import HISTORY

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="no SIGKILL here")]

RUN = """\
import os, signal, sys
sys.path.insert(0, {tests!r})
from test_store import Tripping
from negotiation_kit import store
from negotiation_kit.cli import main
def killed(name, real, args):
    if name == "write":
        real(args[0], args[1][: len(args[1]) // 2])
    os.kill(os.getpid(), signal.SIGKILL)
store.os = Tripping({number}, killed)
store._UNNAMED = -1
main({arguments!r})
"""
MANY = 10_000
"""So many steps no command takes: nothing kills it."""


def run(*arguments, number=MANY):
    script = RUN.format(tests=str(ROOT / "tests"), number=number, arguments=list(map(str, arguments)))
    return subprocess.run([sys.executable, "-c", script], check=False, cwd=ROOT, capture_output=True, encoding="utf-8")


def started(*arguments):
    script = RUN.format(tests=str(ROOT / "tests"), number=MANY, arguments=list(map(str, arguments)))
    return subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def read(path):
    """The case, whole and sound; a torn one would be refused."""
    return the_kit().check(path.read_text("utf-8"), path.name)


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_bytes((ROOT / "samples" / "after-meeting.yaml").read_bytes())
    return path


@pytest.fixture
def cases(tmp_path):
    """Three cases of three clients, each with its own number."""
    folder = tmp_path / "cases"
    folder.mkdir()
    text = (ROOT / "samples" / "after-meeting.yaml").read_text("utf-8")
    for number in (1, 2, 3):
        mine = text.replace("2025-017", f"2025-01{number}").replace("SZ-211", f"SZ-21{number}")
        (folder / f"{number}.yaml").write_text(mine.replace("Példa Bútor", f"Példa {number} Bútor"), "utf-8")
    return folder


def paid(number, reference):
    return entry(
        "1460000.00",
        detail(text=f"2025-01{number} SZ-21{number}", payer=f"Példa {number} Bútor Zrt."),
        reference=reference,
    )


ASKED = {
    "record": ("record", "CASE", "--signed", "2025-03-26"),
    "log": ("log", "CASE", "--on", "2025-03-27", "--note", "in the next payment run"),
    "redact": ("redact", "CASE"),
}


@pytest.mark.parametrize("number", range(0, 36, 5))
@pytest.mark.parametrize("command", ASKED)
def test_a_command_killed_while_it_writes_leaves_the_old_case_or_the_new_one(case, command, number):
    if command == "redact":
        case.write_bytes((ROOT / "samples" / "late-payer.yaml").read_bytes())  # it holds notes on persons
    arguments = [case if each == "CASE" else each for each in ASKED[command]]
    old = case.read_bytes()
    whole = case.parent / "whole" / "case.yaml"
    whole.parent.mkdir()
    whole.write_bytes(old)
    assert run(*[whole if each == case else each for each in arguments]).returncode == 0
    new = whole.read_bytes()
    assert new != old
    done = run(*arguments, number=number)

    assert done.returncode in {0, -signal.SIGKILL}, done.stderr
    assert case.read_bytes() in {old, new}
    read(case)
    # The next run goes on where the killed one stopped, and leaves nothing behind.
    assert run(*arguments).returncode in {0, 1}
    if command != "log":
        assert case.read_bytes() == new
    assert run("log", case, "--on", "2025-03-28").returncode == 0
    assert [path.name for path in case.parent.iterdir() if path.is_file()] == ["case.yaml"]


@pytest.mark.parametrize("number", range(0, 100, 14))
def test_money_booked_into_three_cases_and_killed_anywhere_is_booked_once_by_the_next_run(cases, tmp_path, number):
    statement = tmp_path / "statement.xml"
    statement.write_bytes(camt(*(paid(each, f"B-{each}") for each in (1, 2, 3))))
    before = {path.name: path.read_bytes() for path in cases.glob("*.yaml")}
    done = run("payments", cases, "--from", statement, number=number)

    assert done.returncode in {0, -signal.SIGKILL}, done.stderr
    booked = [len(read(path).payments) for path in sorted(cases.glob("*.yaml"))]
    assert set(booked) <= {0, 1}
    for path, count in zip(sorted(cases.glob("*.yaml")), booked, strict=True):
        assert count or path.read_bytes() == before[path.name]
    again = run("payments", cases, "--from", statement)
    assert again.returncode == 0, again.stderr
    assert f"{3 - sum(booked)} booked, {sum(booked)} booked before" in again.stdout
    assert [len(read(path).payments) for path in sorted(cases.glob("*.yaml"))] == [1, 1, 1]


def test_two_statements_at_once_on_the_same_cases_lose_nothing(cases, tmp_path):
    statements = []
    for name, shift in (("first", 0), ("second", 3)):
        statement = tmp_path / f"{name}.xml"
        statement.write_bytes(camt(*(paid(each, f"B-{each + shift}") for each in (1, 2, 3))))
        statements.append(statement)
    runs = [started("payments", cases, "--from", statement) for statement in statements]
    told = [each.communicate(timeout=120) for each in runs]

    for each, (_, error) in zip(runs, told, strict=True):
        assert each.returncode == 0 or b"was changed since it was read" in error or b"by another run" in error, error
    for statement in statements:
        assert run("payments", cases, "--from", statement).returncode == 0
    for path in cases.glob("*.yaml"):
        assert len({payment.bank_entry for payment in read(path).payments}) == 2
        assert {payment.day for payment in read(path).payments} == {day("2025-03-26")}


def test_two_notes_at_once_are_both_there_or_one_is_refused_and_said_so(case):
    notes = ("first", "second")
    runs = {note: started("log", case, "--on", "2025-03-27", "--note", note) for note in notes}
    for each in runs.values():
        each.communicate(timeout=120)
    written = {note for note, each in runs.items() if each.returncode == 0}

    assert written
    assert written == {contact.note for contact in read(case).contacts} & set(notes)
    assert len(list((case.parent / HISTORY).iterdir())) == len(written)
