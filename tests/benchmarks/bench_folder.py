"""A whole folder of cases: every paper of each, written; time, rate, and memory while it goes on."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from racing import HERE, PLACE, surroundings

HELD = 0.25
"""Seconds between two looks at the memory."""


def folder_table(folder: Path, number: int, jobs: int) -> Iterator[str]:
    """Make every pack of a folder of unlike cases, on one core and on several."""
    yield f"### A folder of {number:,} cases, every paper of each"
    if not there():
        yield "Left out: this version has no command `batch`."
        return
    cases = folder / "cases"
    subprocess.run([sys.executable, str(HERE / "preparing.py"), "cases", str(cases), str(number)], check=True)
    lines = [
        "| Processes | Seconds | Packs a second | Most memory, all processes, at a quarter, half, end |",
        "|--:|--:|--:|--:|",
    ]
    for each in dict.fromkeys((1, jobs)):
        out = folder / f"batch-{each}"
        kit = [sys.executable, "-m", "negotiation_kit", "batch", str(cases), "--out", str(out)]
        seconds, memory = watched([*kit, "--jobs", str(each), "--language", "en"])
        at = [max(memory[: max(1, len(memory) * part // 4)]) / 1024 for part in (1, 2, 4)]
        told = ", ".join(f"{one:,.0f}" for one in at)
        lines.append(f"| {each} | {seconds:,.1f} | {number / seconds:,.1f} | {told} MiB |")
    yield "\n".join(lines)


def there() -> bool:
    """The version at hand can make a folder of cases at once."""
    asked = [sys.executable, "-m", "negotiation_kit", "batch", "--help"]
    return subprocess.run(asked, cwd=PLACE, env=surroundings(), capture_output=True, check=False).returncode == 0


def watched(started: Sequence[str]) -> tuple[float, list[int]]:
    """Seconds of the clock until a process ends, and KiB that it and its children hold, looked at again and again."""
    began = time.perf_counter()
    process = subprocess.Popen(started, cwd=PLACE, env=surroundings(), stdout=subprocess.DEVNULL)
    memory = [0]
    done = threading.Event()

    def look() -> None:
        while not done.wait(HELD):
            memory.append(held(process.pid))

    looking = threading.Thread(target=look)
    looking.start()
    code = process.wait()
    done.set()
    looking.join()
    if code:
        raise SystemExit(f"{' '.join(started)} ended with code {code}")
    return time.perf_counter() - began, memory


def held(pid: int) -> int:
    """KiB that a process and all its children hold for themselves and share, where the system tells."""
    about = Path(f"/proc/{pid}")
    try:
        status = (about / "smaps_rollup").read_text("utf-8")
        own = int(next(line for line in status.splitlines() if line.startswith("Pss:")).split()[1])
        children = [own for each in about.glob("task/*/children") for own in each.read_text("utf-8").split()]
    except (OSError, StopIteration):
        return 0
    return own + sum(held(int(child)) for child in children)
