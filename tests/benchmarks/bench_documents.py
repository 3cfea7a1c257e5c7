"""Signable minutes by us and by our peers, warm and cold, a long schedule, whole packs, and a folder of cases.

    python tests/benchmarks/bench_documents.py [--quick] [--write]

Prints tables; with --write they also take the place of the former ones in docs/benchmarks.md. Before any time is taken,
every contender's documents are read and must say the same. Peers that are not on the machine are left out, and named.
"""

import argparse
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from itertools import count
from pathlib import Path

from bench_folder import folder_table
from racing import AFTER, BEFORE, HERE, MINUTES, PEERS, SCHEDULE, Timed, cold, command, contenders, race, ratio

ROOT = HERE.parent.parent
REPORT = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- measured: from here -->", "<!-- measured: up to here -->"
NUMBER = 12
"""So many unlike cases are made in turn, so that nothing is gained by remembering the last one."""
CALLED = {
    "ours": "**negotiation_kit**, ready values to bytes",
    "ours-whole": "**negotiation_kit**, text of the case to bytes, every check on the way",
    "docxtpl": "docxtpl, plain template",
    "docxtpl-fields": "docxtpl, our very file as its template",
    "python-docx": "python-docx by hand",
    "docxtemplater": "docxtemplater with PizZip, on Node",
    "easy-template-x": "easy-template-x, on Node",
    "bare": "bare limit, our very file",
    "bare-plain": "bare limit, the peers' plain file",
}
Tables = list[str]
Targets = list[tuple[str, str, bool]]


def main() -> None:
    """Prepare, check, measure, print."""
    options = _options()
    rounds = 5 if options.quick else options.rounds
    rows = 200 if options.quick else options.rows
    began = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    load = f", {os.getloadavg()[0]:.1f} processes at work when it began" if hasattr(os, "getloadavg") else ""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "races"
        prepared = [sys.executable, str(HERE / "preparing.py"), "races", str(folder), str(NUMBER), str(rows)]
        subprocess.run(prepared, check=True)
        absent = contenders(folder / MINUTES)[1]
        targets: Targets = []
        tables = [f"{began}; {_machine()}{load}; {rounds} turns of each contender. {_left_out(absent)}"]
        tables += _minutes(folder, rounds, targets)
        tables += _packs(folder, rounds, targets)
        tables += _cold(folder, max(3, rounds // 2), absent, targets)
        tables += _schedule(folder, max(3, rounds // 3), rows)
        tables += folder_table(folder, 40 if options.quick else options.cases, options.jobs)
        tables += _against(targets)
    told = "\n\n".join(tables)
    print(told)
    if options.write:
        _write(told)


def _options() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--quick", action="store_true", help="few turns, a short schedule, a small folder")
    asked.add_argument("--rounds", type=int, default=15, help="turns of each contender (15)")
    asked.add_argument("--rows", type=int, default=2_000, help="rows of the long schedule (2000)")
    asked.add_argument("--cases", type=int, default=400, help="cases of the folder (400)")
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes for the folder")
    asked.add_argument("--write", action="store_true", help=f"put the tables into {REPORT.name}")
    return asked.parse_args()


def _machine() -> str:
    """The kind of machine, not which one."""
    model = platform.machine()
    about = Path("/proc/cpuinfo")
    if about.is_file() and (found := re.search(r"model name\s*:\s*(.+)", about.read_text("utf-8"))):
        model = found[1]
    told = [model, f"{os.cpu_count()} cores", platform.system(), f"Python {platform.python_version()}"]
    if node := _said(["node", "--version"]):
        told.append(f"Node {node.removeprefix('v')}")
    for name in ("Jinja2", "lxml", "pydantic", "python-docx", "docxtpl"):
        try:
            told.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    for name in ("docxtemplater", "easy-template-x"):
        package = HERE / "node" / "node_modules" / name / "package.json"
        if package.is_file() and (found := re.search(r'"version": "([^"]+)"', package.read_text("utf-8"))):
            told.append(f"{name} {found[1]}")
    return ", ".join(told)


def _said(asked: Sequence[str]) -> str:
    try:
        return subprocess.run(asked, capture_output=True, encoding="utf-8", check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def _left_out(absent: Sequence[str]) -> str:
    return f"Not on this machine and left out: {', '.join(absent)}." if absent else "All peers took part."


def _minutes(folder: Path, rounds: int, targets: Targets) -> Iterator[str]:
    timed = race(contenders(folder / MINUTES)[0], rounds)
    yield "### Minutes, warm"
    yield _warm_table(timed)
    peers = {name: ratio(timed[name], timed["ours"]) for name in PEERS if name in timed}
    if "docxtpl" in peers:
        targets.append(_at_least("minutes from ready values, times as fast as docxtpl", peers["docxtpl"], 25))
    if best := min(peers, key=peers.__getitem__, default=""):
        targets.append(_at_least(f"the same, times as fast as the best peer ({best})", peers[best], 5))
    share = ratio(timed["bare"], timed["ours"])
    targets.append(_at_least("the same, share of the bare limit", share, 0.5))
    targets.append(_at_least("minutes a second of one core, text to bytes", 1 / timed["ours-whole"].each, 100))


def _warm_table(timed: Mapping[str, Timed]) -> str:
    lines = [
        "| | A second, one core | Milliseconds each | By the clock | Time of ours | Most memory |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name, one in timed.items():
        clock = statistics.median(one.wall) * 1000
        lines.append(
            f"| {CALLED[name]} | {1 / one.each:,.{_places(1 / one.each)}f} | {one.each * 1000:,.2f} | {clock:,.2f}"
            f" | × {ratio(one, timed['ours']):,.2f} | {_memory(one.peak)} |"
        )
    return "\n".join(lines)


def _packs(folder: Path, rounds: int, targets: Targets) -> Iterator[str]:
    told = {
        BEFORE: "before the meeting: what prepares the talk, with the minutes to fill in",
        AFTER: "after the meeting: minutes, schedule, statement and what follows",
    }
    commands = {name: command("ours-pack", folder / name) for name in told}
    timed = race({name: started for name, started in commands.items() if started}, rounds)
    lines = [
        "| Every paper the case calls for, one language | Packs a second, one core | Milliseconds each |",
        "|---|--:|--:|",
    ]
    lines += [f"| {told[name]} | {1 / one.each:,.1f} | {one.each * 1000:,.1f} |" for name, one in timed.items()]
    targets += [
        _at_least(f"packs a second of one core, {name} the meeting", 1 / one.each, 15) for name, one in timed.items()
    ]
    yield "### Whole packs, warm, text to bytes"
    yield "\n".join(lines)


def _cold(folder: Path, rounds: int, absent: Sequence[str], targets: Targets) -> Iterator[str]:
    fresh = (str(folder / f"out-{number}") for number in count())
    kit = [sys.executable, "-m", "negotiation_kit"]
    case, before = str(folder / MINUTES / "case.yaml"), str(folder / BEFORE / "case.yaml")
    made = str(folder / "cold.docx")
    minutes = ["pack", case, "--only", "C04", "--language", "en", "--out"]
    commands: dict[str, Sequence[str]] = {
        "bare Python's start": [sys.executable, "-c", "pass"],
        "negotiation-kit --version": [*kit, "--version"],
        "negotiation-kit --help": [*kit, "--help"],
        "negotiation-kit check": [*kit, "check", case],
        "negotiation-kit pack, the minutes": _Fresh([*kit, *minutes], fresh),
        "negotiation-kit pack, whole, before the meeting": _Fresh([*kit, "pack", before, "--out"], fresh),
        "negotiation-kit pack, whole, after the meeting": _Fresh([*kit, "pack", case, "--out"], fresh),
    }
    for name in (*PEERS, "bare"):
        if name not in absent and name != "docxtpl-fields":
            commands[f"{CALLED[name]}, the minutes"] = [*command(name, folder / MINUTES), "once", made]
    timed = cold(commands, rounds)
    python = timed["bare Python's start"]
    lines = ["| Whole process, one case, one language | Milliseconds | By the clock | Python's start | Most memory |"]
    lines.append("|---|--:|--:|--:|--:|")
    for name, one in timed.items():
        clock = statistics.median(one.wall) * 1000
        lines.append(
            f"| {name} | {one.each * 1000:,.0f} | {clock:,.0f} | × {ratio(one, python):,.1f} | {_memory(one.peak)} |"
        )
    for name in ("negotiation-kit --version", "negotiation-kit --help"):
        targets.append(_at_most(f"{name}, times Python's start", ratio(timed[name], python), 5))
    for name in timed:
        if name.startswith("negotiation-kit pack"):
            targets.append(_at_most(f"{name}, times Python's start", ratio(timed[name], python), 20))
    yield "### Cold, whole processes"
    yield "\n".join(lines)


class _Fresh(Sequence[str]):
    """A command whose last word is a new folder each time it is started."""

    def __init__(self, begun: Sequence[str], folders: Iterator[str]) -> None:
        self._begun, self._folders = begun, folders

    def __len__(self) -> int:
        return len(self._begun) + 1

    def __getitem__(self, place: int) -> str:  # type: ignore[override]
        return next(self._folders) if place == len(self._begun) else self._begun[place]


def _schedule(folder: Path, rounds: int, rows: int) -> Iterator[str]:
    timed = race(contenders(folder / SCHEDULE)[0], rounds)
    yield f"### A payment schedule of {rows:,} rows, warm"
    yield _warm_table(timed)


def _at_least(what: str, figure: float, least: float) -> tuple[str, str, bool]:
    return what, f"{figure:,.{_places(figure)}f} (at least {least:g})", figure >= least


def _at_most(what: str, figure: float, most: float) -> tuple[str, str, bool]:
    return what, f"{figure:,.1f} (under {most:g})", figure < most


def _places(figure: float) -> int:
    return 2 if figure < 1 else 1 if figure < 100 else 0


def _against(targets: Targets) -> Iterator[str]:
    lines = ["| What we aim at | Figure | |", "|---|--:|---|"]
    lines += [f"| {what} | {figure} | {'met' if met else '**missed**'} |" for what, figure, met in targets]
    yield "### Against the aims"
    yield "\n".join(lines)


def _memory(peak: int | None) -> str:
    return f"{peak / 1024:,.0f} MiB" if peak else "–"


def _write(told: str) -> None:
    text = REPORT.read_text("utf-8")
    begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    REPORT.write_text(f"{text[:begin]}\n\n{told}\n\n{text[end:]}", "utf-8")


if __name__ == "__main__":
    main()
