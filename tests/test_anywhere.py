"""The kit is alone and the same everywhere: no network, no program, no file but those asked for, the same bytes."""

import ast
import hashlib
import os
import re
import unicodedata
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from making import ROOT
from watched import COMMANDS, laid_out, run_apart

from negotiation_kit.cli import main

NETWORK = {
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "poplib", "requests",
    "selectors", "smtplib", "socket", "socketserver", "ssl", "telnetlib", "urllib.request", "urllib3", "webbrowser",
    "xmlrpc",
}  # fmt: skip
PROGRAMS = {"concurrent", "multiprocessing", "pty", "subprocess"}
STARTERS = {"printing.py": {"subprocess"}, "crew.py": {"multiprocessing", "subprocess", "concurrent"}}
"""An office program is started by the one, runs of the kit itself by the other; both when they are asked for."""
HERE = {"HOME": "/root", "TZ": "Europe/Budapest", "PYTHONHASHSEED": "1"}
FAR = {"HOME": "/proc/nowhere", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4711", "COLUMNS": "30"}
"""Another home that cannot be written to, another day, no locale, another order of sets, a narrow screen."""
DATED = {"new"}
"""What is made by the calendar on the wall."""


class Ran:
    def __init__(self, folder, variables):
        folder.mkdir()
        laid_out(folder, ROOT / "samples")
        self.laid = files_of(folder)
        self.seen = run_apart(folder, **variables)
        self.folder = folder
        self.files = files_of(folder)


def files_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    return Ran(tmp_path_factory.mktemp("here") / "cases", HERE)


@pytest.fixture(scope="module")
def ran_far(tmp_path_factory):
    return Ran(tmp_path_factory.mktemp("far") / "other place", FAR)


def test_every_command_is_among_those_that_are_watched():
    assert set(main.commands) == {arguments[0] for _, arguments in COMMANDS}


@pytest.mark.slow
def test_every_command_does_its_work_while_it_is_watched(ran):
    assert len(COMMANDS) == len(ran.seen["said"])
    for command, is_right, output in ran.seen["said"]:
        assert is_right, f"{command}:\n{output}"
    assert len(ran.files) > len(ran.laid) + 100


@pytest.mark.slow
def test_no_command_speaks_to_another_machine(ran):
    assert [] == ran.seen["talked"]


@pytest.mark.slow
def test_no_command_starts_a_program(ran):
    assert [] == ran.seen["started"]


@pytest.mark.slow
def test_nothing_is_written_but_below_the_folders_that_were_named(ran):
    assert [] == [place for place in ran.seen["wrote"] if not place.startswith("FOLDER/") and place != os.devnull]
    assert len(set(ran.seen["wrote"])) > 100


@pytest.mark.slow
def test_no_file_that_was_there_is_changed_but_by_the_commands_that_keep_a_case(ran):
    changed = {name for name, content in ran.laid.items() if ran.files[name] != content}

    assert {"after.yaml"} == changed


@pytest.mark.slow
def test_the_same_cases_give_the_same_bytes_on_another_machine(ran, ran_far):
    def marks(files):
        made = {name: content for name, content in files.items() if not name.startswith(tuple(DATED))}
        return {name: hashlib.sha256(content).hexdigest() for name, content in made.items()}

    assert marks(ran.files) == marks(ran_far.files)


@pytest.mark.slow
def test_the_same_questions_have_the_same_answers_on_another_machine(ran, ran_far):
    def answers(seen):
        return [each for each in seen["said"] if not each[0].startswith(tuple(DATED))]

    assert answers(ran.seen) == answers(ran_far.seen)


@pytest.mark.slow
def test_a_home_nobody_can_write_to_and_a_far_clock_are_no_trouble(ran_far):
    assert [] == [command for command, is_right, _ in ran_far.seen["said"] if not is_right]
    assert [] == [place for place in ran_far.seen["wrote"] if place.startswith("/proc")]


@pytest.mark.slow
def test_every_system_can_store_every_name(ran):
    made = sorted(ran.files.keys() - ran.laid.keys())
    devices = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])(\..*)?", re.IGNORECASE)

    assert len(made) == len({name.casefold() for name in made})
    for part in {part for name in made for part in name.split("/")}:
        assert not re.search(r"""[<>:"\\|?*\x00-\x1f]|[. ]\Z""", part), part
        assert not devices.fullmatch(part), part
        assert part == unicodedata.normalize("NFC", part)
        assert len(part.encode("utf-8")) <= 200
    assert max(map(len, made)) <= 160  # a folder of a hundred letters more, and old Windows still has room


@pytest.mark.slow
def test_no_paper_calls_anybody_when_it_is_opened(ran):
    for name, content in ran.files.items():
        if name.endswith((".html", ".md")):
            text = content.decode("utf-8")
            assert not re.search(
                r"""(?:src|action|data)\s*=|@import|url\(|<script|<link|<iframe|<base|http-equiv""", text
            ), name
            assert not re.search(r"""href\s*=\s*["']?(?!#)[a-z+.-]+:""", text, re.IGNORECASE), name
        for part, inside in parts_of(name, content):
            assert b'TargetMode="External"' not in inside, (name, part)
            assert b"attachedTemplate" not in inside, (name, part)
            assert not re.search(rb"INCLUDEPICTURE|INCLUDETEXT|DDEAUTO|WEBSERVICE|HYPERLINK\s", inside), (name, part)


def parts_of(name, content):
    if name.endswith((".docx", ".xlsx")):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for part in archive.namelist():
                yield part, archive.read(part)
                if part.endswith(".xlsx"):
                    yield from parts_of(part, archive.read(part))


@pytest.mark.parametrize(
    "path", sorted((ROOT / "negotiation_kit").rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_no_module_knows_a_network_and_two_alone_how_to_start_a_program(path):
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    known = {part for name in names for part in (name, name.split(".")[0])}

    assert not known & NETWORK
    assert known & PROGRAMS <= STARTERS.get(path.name, set())


def test_watching_sees_a_network_a_program_and_a_file(tmp_path, monkeypatch):
    """The watch itself is awake: a command that did what none may do would be seen."""
    script = tmp_path / "watched.py"
    text = Path(ROOT / "tests" / "watched.py").read_text("utf-8")
    bad = (
        "class main:\n    name = 'x'\n    @staticmethod\n    def main(*a, **k):\n"
        "        import socket, subprocess\n"
        "        for call in (lambda: socket.socket().connect(('127.0.0.1', 9)), lambda: subprocess.run(['true'])):\n"
        "            try: call()\n            except OSError: pass\n"
        f"        open({str(tmp_path / 'outside')!r}, 'w').close()\n        raise SystemExit(0)\n"
    )
    indented = "\n    ".join(bad.splitlines())
    script.write_text(text.replace("from negotiation_kit.cli import main\n", f"{indented}\n"), "utf-8")
    monkeypatch.setattr("watched.HERE", tmp_path)
    (tmp_path / "cases").mkdir()

    seen = run_apart(tmp_path / "cases")

    assert [each for each in seen["talked"] if each.startswith("socket.__new__")]
    assert [each for each in seen["started"] if each.startswith("subprocess.Popen")]
    assert str(tmp_path / "outside") in seen["wrote"]
