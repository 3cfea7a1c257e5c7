"""A folder of generated cases made into packs: time, memory over time, a kill in the middle, and the same bytes.

    python tests/benchmarks/bench_batch.py [NUMBER] [--jobs N] [--folder DIR] [--options "--only C05 --language en"]

Three runs of the command over the same cases: by several processes, by several with SIGKILL in the middle and once
more to the end, and by this machine's one process alone. Then every file of the three is compared. Memory is read from
`/proc`, so on Linux. With a folder everything is left there, else it is deleted.
"""

import argparse
import hashlib
import os
import random
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent.parent), str(HERE)]

from bench_portfolio import AS_OF, POLICY, SEED, generated  # noqa: E402

NAMES = (
    "Ősz Üveg Kft.",
    "Árvíztűrő Tükörfúrógép Zrt.",
    "Société Générale d'Été SARL",
    "Łódź Żagle Sp. z o.o.",
    "Škoda Čaj s.r.o.",
    "Müller & Söhne GmbH",
    "Harvest & Sons <North> Ltd",
)
PEOPLE = ("Kőszegi Ödön", "Żaneta Wójcik", "Jiří Dvořák", "Anne-Zoë Weiß", "Tóth Béla")
POWERS = {
    "role": "managing director",
    "decides": "yes",
    "signs": "alone",
    "power": "register extract of 10 March 2026",
}
BROKEN = 1_000
"""One case in so many has a mistake in it."""


def varied(number: int, chance: random.Random) -> dict[str, object]:
    """A case of the worklist's benchmark with what papers need: languages, people, a place, names with accents."""
    case = generated(number, chance)
    law = case["jurisdiction"]
    client = case["client"]
    assert isinstance(client, dict)
    client |= {
        "name": f"{chance.choice(NAMES)} {number % 700:03}",
        "people": [{"name": chance.choice(PEOPLE), **POWERS}],
    }
    if number % BROKEN == BROKEN - 1:
        case["curency"] = case.pop("currency")
    case |= {"case": f"{2024 + number % 3}-{number:05}", "languages": ["hu", "en"] if law == "HU" else ["en"]}
    return case


def write(folder: Path, number: int) -> None:
    """So many case files, a thousand a folder, each thousand with its policy."""
    chance = random.Random(SEED)
    for place in range(number):
        here = folder / f"{place // 1000:02}"
        if place % 1000 == 0:
            here.mkdir(parents=True)
            (here / "policy.yaml").write_text(POLICY, "utf-8")
        text = yaml.safe_dump(varied(place, chance), allow_unicode=True, sort_keys=False)
        (here / f"case-{place:05}.yaml").write_text(text, "utf-8")


def memory(process: int) -> int:
    """Its resident memory in KiB; nothing where it has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text("ascii", "replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


def children(process: int) -> list[int]:
    """The worker processes of a run: its children that do the work."""
    try:
        found = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    except OSError:
        return []
    return [int(each) for each in found if memory(int(each)) > 40_000]


def run(cases: Path, out: Path, jobs: int, options: list[str], kill_at: float | None = None) -> tuple[float, int]:
    """One run of the command, its memory printed as it goes; seconds and exit code."""
    command = [sys.executable, "-m", "negotiation_kit", "batch", str(cases), "--out", str(out), "--jobs", str(jobs)]
    began = time.monotonic()
    told = out.with_suffix(".txt").open("w", encoding="utf-8")
    process = subprocess.Popen([*command, *options], cwd=HERE.parent.parent, stdout=told, stderr=told)
    print(f"{'seconds':>8} {'packs':>7} {'run MiB':>8}  workers MiB")
    shown = 0.0
    while process.poll() is None:
        time.sleep(0.5)
        seconds = time.monotonic() - began
        if seconds >= shown:
            shown = max(seconds * 1.25, seconds + 5)
            workers = " ".join(f"{memory(each) // 1024:>4}" for each in children(process.pid))
            print(f"{seconds:8.0f} {packs(out):>7,} {memory(process.pid) // 1024:>8}  {workers}", flush=True)
        if kill_at is not None and seconds >= kill_at:
            workers = children(process.pid)
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            while any(memory(each) for each in workers):
                time.sleep(0.1)
            break
    told.close()
    print(out.with_suffix(".txt").read_text("utf-8").splitlines()[-1:])
    return time.monotonic() - began, process.returncode


def packs(out: Path) -> int:
    """How many packs are finished."""
    return (
        sum(1 for each in os.scandir(out) if (Path(each) / ".negotiation-kit-batch.json").exists())
        if out.is_dir()
        else 0
    )


def hashes(out: Path) -> dict[str, str]:
    """Every file below a folder, the lock apart."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def measure(folder: Path, number: int, jobs: int, options: list[str]) -> None:
    """The three runs, and what differs between what they made."""
    cases = folder / "cases"
    if not cases.exists():
        write(cases, number)
    outs = {name: folder / name for name in ("side-by-side", "killed", "alone")}
    print(f"{number:,} cases, {jobs} jobs, {shlex.join(options)}, Python {sys.version.split()[0]}")
    seconds, code = run(cases, outs["side-by-side"], jobs, options)
    print(f"--- {jobs} jobs: {seconds:.0f} s, {number / seconds:.1f} cases a second, exit code {code}\n")
    again, code = run(cases, outs["side-by-side"], jobs, options)
    print(f"--- once more, nothing changed: {again:.1f} s, exit code {code}\n")
    _, code = run(cases, outs["killed"], jobs, options, kill_at=seconds / 2)
    done = packs(outs["killed"])
    print(f"--- killed after {seconds / 2:.0f} s: {done:,} packs finished, exit code {code}\n")
    resumed, code = run(cases, outs["killed"], jobs, options)
    print(f"--- taken up again: {resumed:.0f} s for the other {number - done:,}, exit code {code}\n")
    one, code = run(cases, outs["alone"], 1, options)
    print(f"--- 1 job: {one:.0f} s, {number / one:.1f} cases a second, exit code {code}; ratio {one / seconds:.2f}\n")
    found = {name: hashes(out) for name, out in outs.items()}
    first = found["alone"]
    for name, each in found.items():
        differing = sum(first.get(path) != each.get(path) for path in {*first, *each})
        print(f"{name}: {len(each):,} files, {differing} differ from those of one process")


def main() -> None:
    """Write, measure, and clean up unless a folder was named."""
    asked = argparse.ArgumentParser()
    asked.add_argument("number", type=int, nargs="?", default=200)
    asked.add_argument("--jobs", type=int, default=2)
    asked.add_argument("--folder", type=Path)
    asked.add_argument("--options", default="--only C05 --language en")
    given = asked.parse_args()
    options = [*shlex.split(given.options), "--as-of", AS_OF.isoformat()]
    folder = given.folder or Path(tempfile.mkdtemp(prefix="bench-batch-"))
    try:
        measure(folder, given.number, given.jobs, options)
    finally:
        if given.folder is None:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
