"""Every command run one after the other in a process of its own, each touch of network, program and disk noted.

Run as `python tests/watched.py FOLDER`: FOLDER holds what `laid_out` put there; what was seen stands in `seen.json`.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TALKS = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "poplib.", "imaplib.", "telnetlib.", "webbrowser.")
"""Events of the interpreter by which a program would speak to another machine."""
STARTS = ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "pty.", "os.startfile")
CHANGES = (
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.truncate",
    "os.chmod",
    "os.link",
    "os.symlink",
    "shutil.",
)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
FORMS = [option for form in ("docx", "html", "text", "xlsx") for option in ("--format", form)]
COMMANDS: list[tuple[int, list[str]]] = [
    (0, ["new", "new/first.yaml"]),
    (0, ["check", "late.yaml", "after.yaml"]),
    (1, ["check", "none.yaml"]),
    (0, ["pack", "late.yaml", "--out", "late", "--all", "--side-by-side", "hu,en", *FORMS]),
    (0, ["pack", "after.yaml", "--out", "after", "-l", "en"]),
    (0, ["pack", "key.yaml", "--out", "key", "-l", "hu", "--format", "html"]),
    (0, ["papers", "-l", "hu"]),
    (0, ["calendar", "after.yaml", "--out", "calendar"]),
    (0, ["hand-over", "legal.yaml", "--out", "legal"]),
    (0, ["assess", "late.yaml", "-l", "hu"]),
    (0, ["explain", "late.yaml", "--what", "offers", "--json"]),
    (0, ["interest", "4850000", "HUF", "--due", "2026-06-10", "--as-of", "2026-07-20"]),
    (0, ["plan", "4850000", "HUF", "equal, parts: 4, every: 14 days", "--start", "2025-03-24", "--xlsx", "plan.xlsx"]),
    (0, ["status", "after.yaml", "--as-of", "2025-04-10", "-l", "hu"]),
    (0, ["portfolio", "cases", "--as-of", "2025-04-10", "--html", "p.html", "--csv", "p.csv", "--xlsx", "p.xlsx"]),
    (0, ["batch", "cases", "--out", "packs", "--as-of", "2025-04-10", "--jobs", "1"]),
    (0, ["payments", "after.yaml", "--from", "statement.xml"]),
    (
        0,
        ["log", "after.yaml", "--on", "2025-03-25", "--note", "the form is on its way", "--promise", "5", "2025-03-26"],
    ),
    (0, ["record", "after.yaml", "--signed", "2025-03-26"]),
    (1, ["close", "after.yaml", "--retained", "yes"]),
    (0, ["undo", "after.yaml"]),
    (0, ["read", "late/client/2025-017-C05-minutes-to-fill.en.docx", "--case", "late.yaml"]),
    (0, ["verify", "after/client/2025-017-C04-minutes.en.docx", "--case", "before.yaml"]),
    (0, ["redline", "before.yaml", "other.yaml", "--out", "changes.docx"]),
    (0, ["redact", "after.yaml"]),
    (0, ["templates", "list", "--paper", "C04"]),
    (0, ["templates", "copy", "own", "--paper", "C01"]),
    (0, ["templates", "check", "own"]),
    (0, ["wording", "--language", "hu", "--out", "wording.docx"]),
    (0, ["schema"]),
]
"""Each with the code it ends with; every command is among them."""


def laid_out(folder: Path, samples: Path) -> None:
    """The files the commands above work on."""
    from statements import camt, detail, entry

    def sample(name: str) -> str:
        return (samples / f"{name}.yaml").read_text("utf-8")

    legal = sample("chronic-promiser").replace("checks:", "checks:\n  limitation_ends: 2031-06-17", 1)
    texts = {
        "late.yaml": sample("late-payer"),
        "after.yaml": sample("after-meeting"),
        "before.yaml": sample("after-meeting"),
        "other.yaml": sample("after-meeting").replace("amount: 1130000", "amount: 1130001", 1).replace(
            "amount: 1460000", "amount: 1459999", 1
        ),
        "key.yaml": sample("key-client"),
        "legal.yaml": legal.replace("promises: found}", "promises: found, reminders: found}"),
        "cases/late.yaml": sample("late-payer").replace("2025-017", "2025-117"),
        "cases/after.yaml": sample("after-meeting"),
    }  # fmt: skip
    for policy in samples.glob("*policy*.yaml"):
        shutil.copy(policy, folder)
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    paid = entry("1460000.00", detail(text="2025-017 Példa Bútor"), reference="B-1")
    (folder / "statement.xml").write_bytes(camt(paid))


def run_all(folder: Path) -> None:
    os.chdir(folder)
    seen: dict[str, list[str]] = {"talked": [], "started": [], "wrote": [], "loaded": []}
    said: list[list[object]] = []
    watching = True

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if not watching:
            return
        told = f"{event} {arguments!r}"[:300]
        if event.startswith(TALKS):
            seen["talked"].append(told)
            raise ConnectionRefusedError(111, f"no network here: {told}")
        if event.startswith(STARTS):
            seen["started"].append(told)
            raise PermissionError(13, f"no programs here: {told}")
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING:
            seen["wrote"].append(place_of(arguments[0]))
        elif event.startswith(CHANGES):
            seen["wrote"] += [place_of(each) for each in arguments if isinstance(each, str | bytes | os.PathLike)]

    def place_of(path: object) -> str:
        return os.path.realpath(os.fsdecode(path)) if isinstance(path, str | bytes | os.PathLike) else "a handle"

    from click.testing import CliRunner

    from negotiation_kit.cli import main

    sys.addaudithook(note)
    for code, arguments in COMMANDS:
        done = CliRunner().invoke(main, arguments)
        said.append([" ".join(arguments), done.exit_code == code, done.output])
    watching = False
    Path("seen.json").write_text(json.dumps({**seen, "said": said}), "utf-8")


def run_apart(folder: Path, **variables: str) -> dict[str, object]:
    """What was seen when all commands ran in a process with these variables alone."""
    command = [sys.executable, "-B", str(HERE / "watched.py"), str(folder)]
    keep = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "PYTHONPATH") if name in os.environ}
    subprocess.run(command, check=True, env=keep | variables, capture_output=True, encoding="utf-8", cwd="/")
    found = (folder / "seen.json").read_text("utf-8")
    (folder / "seen.json").unlink()
    told: dict[str, object] = json.loads(found.replace(json.dumps(str(folder))[1:-1], "FOLDER"))
    return told


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    run_all(Path(sys.argv[1]))
