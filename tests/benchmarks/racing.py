"""Contenders run in turns, each in its own process, so that what else the machine does falls on all of them alike."""

import atexit
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
MINUTES, SCHEDULE, BEFORE, AFTER = "minutes", "schedule", "before", "after"
"""The races, each with a folder of its inputs."""
LONG = 2
"""So many cases of the long schedule."""
PEERS = ("docxtpl", "docxtpl-fields", "python-docx", "docxtemplater", "easy-template-x")
PLACE = HERE.parent.parent
TURN = 0.25
"""Seconds a turn takes, about: the number of documents a turn is chosen for it, at least one."""


@cache
def surroundings() -> Mapping[str, str]:
    """Byte code is kept, as an installed package has it beside it, whatever this session says about that."""
    kept = tempfile.mkdtemp(prefix="bench-")
    atexit.register(shutil.rmtree, kept, ignore_errors=True)
    others = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**others, "PYTHONPYCACHEPREFIX": kept}


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds a document of each turn, and the most memory of the process."""

    wall: tuple[float, ...]
    processor: tuple[float, ...]
    peak: int | None

    @property
    def each(self) -> float:
        """The median seconds of one core a document."""
        return statistics.median(self.processor)


def ratio(slow: Timed, quick: Timed) -> float:
    """How many times longer the first takes: the median over turns that ran one after the other."""
    return statistics.median(theirs / ours for theirs, ours in zip(slow.processor, quick.processor, strict=True))


def command(name: str, folder: Path) -> list[str] | None:
    """How a contender is started; nothing if it is not on this machine."""
    if name in {"docxtemplater", "easy-template-x"}:
        node = shutil.which("node")
        there = node and (HERE / "node" / "node_modules" / name).is_dir()
        return [str(node), str(HERE / "node" / "worker.js"), name, str(folder)] if there else None
    if name.startswith("docxtpl") and find_spec("docxtpl") is None:
        return None
    return [sys.executable, str(HERE / "worker.py"), name, str(folder)]


def contenders(folder: Path) -> tuple[dict[str, list[str]], list[str]]:
    """All that are on this machine and how each is started, and the names of those that are not."""
    names = ("ours", "ours-whole", *PEERS, "bare", "bare-plain")
    started = {name: command(name, folder) for name in names}
    return {name: one for name, one in started.items() if one}, [name for name, one in started.items() if not one]


class Running:
    """A contender waiting for its turn."""

    def __init__(self, started: Sequence[str]) -> None:
        """Start it and wait until it is ready."""
        self._process = subprocess.Popen(
            started, cwd=PLACE, env=surroundings(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        self._answer()

    def ask(self, line: str) -> dict[str, float]:
        """Send a line and wait for what comes back."""
        print(line, file=self._process.stdin, flush=True)
        return self._answer()

    def end(self) -> None:
        """Let it go."""
        self._process.communicate(timeout=60)

    def _answer(self) -> dict[str, float]:
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"{' '.join(self._process.args)} ended with code {self._process.wait()}")
        return json.loads(line)


def race(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, Timed]:
    """Every contender in turn, again and again; the first turn of each only warms up and sets the size of a turn."""
    running = {name: Running(started) for name, started in commands.items()}
    sizes = {}
    for name, one in running.items():
        one.ask("make 1")
        once = one.ask("make 2")["wall"] / 2
        sizes[name] = max(1, round(TURN / once))
        one.ask(f"make {sizes[name]}")
    wall: dict[str, list[float]] = {name: [] for name in running}
    processor: dict[str, list[float]] = {name: [] for name in running}
    for turn in range(rounds):
        names = [*running]
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            told = running[name].ask(f"make {sizes[name]}")
            wall[name].append(told["wall"] / sizes[name])
            processor[name].append(told["processor"] / sizes[name])
    peaks = {name: one.ask("peak")["peak"] for name, one in running.items()}
    for one in running.values():
        one.end()
    return {name: Timed(tuple(wall[name]), tuple(processor[name]), peaks[name]) for name in running}


def saved(started: Sequence[str], numbers: Sequence[int]) -> list[bytes]:
    """What a contender makes, as files."""
    one = Running(started)
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "made.docx"
        found = []
        for number in numbers:
            one.ask(f"save {number} {file}")
            found.append(file.read_bytes())
    one.end()
    return found


def cold(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, Timed]:
    """Whole processes in turn, from start to end."""
    wall: dict[str, list[float]] = {name: [] for name in commands}
    processor: dict[str, list[float]] = {name: [] for name in commands}
    peaks: dict[str, int | None] = dict.fromkeys(commands, None)
    for turn in range(rounds + 1):
        for name, started in commands.items():
            seconds, used, peak = _once(started)
            if turn:  # the first round only fills the caches of the system
                wall[name].append(seconds)
                processor[name].append(used)
                peaks[name] = max(peak, peaks[name] or 0) if peak else None
    return {name: Timed(tuple(wall[name]), tuple(processor[name]), peaks[name]) for name in commands}


_LAUNCH = """
import os, sys, time
began = time.perf_counter()
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, used = os.wait4(process, 0)
seconds = time.perf_counter() - began
print(os.waitstatus_to_exitcode(status), seconds, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""Starts a process from one that is as small as can be: a child's most memory is never less than its parent's."""


def _once(started: Sequence[str]) -> tuple[float, float, int | None]:
    """Wall seconds, processor seconds and KiB of a process; without the last two where the system does not tell."""
    started = [*started]
    if not hasattr(os, "wait4"):
        began = time.perf_counter()
        subprocess.run(started, check=True, cwd=PLACE, env=surroundings(), stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - began
        return seconds, seconds, None
    launched = [sys.executable, "-I", "-S", "-c", _LAUNCH, *started]
    told = subprocess.run(
        launched, check=True, cwd=PLACE, env=surroundings(), stdout=subprocess.PIPE, encoding="utf-8"
    ).stdout
    code, seconds, used, peak = told.split()
    if code != "0":
        raise SystemExit(f"{' '.join(started)} ended with code {code}")
    return float(seconds), float(used), int(peak) // (1024 if sys.platform == "darwin" else 1)
