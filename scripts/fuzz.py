"""Feed one of the entrances with what a coverage-guided fuzzer makes up, and keep what may not happen.

    python -m pip install -e '.[test,fuzz]'
    python scripts/fuzz.py case --minutes 12

The entrances are those of `tests/entrances.py`: case, condition, template, returned, bank. The fuzzer begins with
`tests/corpora/<entrance>` and the samples, and remembers in the work folder what led to new code, so that each night
goes on where the last one ended. A finding does not stop it: the input is kept in the work folder under the name of
what happened, each kind once. Exit code 1 says there is one.
"""

import argparse
import hashlib
import random
import re
import subprocess
import sys
import time
import traceback
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
for folder in (ROOT / "tests", ROOT):
    sys.path.insert(0, str(folder))

ENTRANCES = ("case", "condition", "template", "returned", "bank")
_SLOWER = 4
"""Watched code runs so much slower; what took long is tried again unwatched before it counts."""
_MOST_INPUT = 131_072
_LONGEST_PIECE = 1_000
_XML_NAMES = ("p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtPr", "sdtContent", "ins", "del", "bookmarkStart")


def main() -> int:
    """Read the options, run the fuzzer in a process of its own, tell what came of it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("entrance", choices=ENTRANCES)
    options.add_argument("--minutes", type=int, default=12)
    options.add_argument(
        "--work", type=Path, default=ROOT / ".fuzz", help="where findings and the grown corpus are kept"
    )
    options.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = options.parse_args()
    work = asked.work.resolve() / asked.entrance
    for name in ("corpus", "findings"):
        (work / name).mkdir(parents=True, exist_ok=True)
    if asked.inside:
        return _fuzz(asked.entrance, asked.minutes, work)
    before = {path.name for path in (work / "findings").iterdir()}
    command = [sys.executable, __file__, asked.entrance, "--minutes", str(asked.minutes), "--work", str(asked.work)]
    until, lines = time.monotonic() + asked.minutes * 60, []
    while (left := round((until - time.monotonic()) / 60)) >= 1:
        command[4] = str(left)
        with subprocess.Popen(
            [*command, "--inside"], stderr=subprocess.PIPE, encoding="utf-8", errors="replace"
        ) as running:
            for line in running.stderr or ():
                sys.stderr.write(line)
                lines.append(line)
        if running.returncode in {0, 2}:
            break  # the time is over, or the fuzzer is not there
    return _told(asked.entrance, lines, sorted({path.name for path in (work / "findings").iterdir()} - before))


def _told(entrance: str, lines: list[str], new: list[str]) -> int:
    found = [(int(runs), int(cov)) for runs, cov in re.findall(r"^#(\d+)\t.*?cov: (\d+)", "".join(lines), re.MULTILINE)]
    if found:
        print(f"{entrance}: {found[-1][0]:,} inputs, coverage {found[0][1]} -> {found[-1][1]}, {len(new)} findings")
    for name in new:
        print(f"  {name}")
    return 1 if new or not found else 0


# --- inside ----------------------------------------------------------------------------------------------------------


def _fuzz(entrance: str, minutes: int, work: Path) -> int:
    try:
        import atheris
    except ImportError:
        sys.stderr.write("the fuzzer is missing: python -m pip install atheris (Linux and macOS)\n")
        return 2
    with atheris.instrument_imports(include=["negotiation_kit"], enable_loader_override=False):
        import entrances
    seeds = [*entrances.seeds(entrance)]
    for seed in seeds:
        (work / "corpus" / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)

    def one(data: bytes) -> None:
        try:
            with entrances.within_limits(entrances.SECONDS * _SLOWER):
                entrances.enter(entrance, data)
        except KeyboardInterrupt:
            raise
        except BaseException as wrong:  # noqa: BLE001 - everything else is what is looked for
            _keep(work / "findings", wrong, data)

    chance = _Mutator(entrance, seeds)
    arguments = [
        sys.argv[0],
        f"-max_total_time={minutes * 60}",
        f"-max_len={_MOST_INPUT}",
        "-timeout=60",
        "-report_slow_units=1000",
        "-rss_limit_mb=3000",
        f"-artifact_prefix={work / 'findings'}/",
        str(work / "corpus"),
    ]
    atheris.Setup(arguments, one, custom_mutator=lambda data, most, seed: chance(atheris, data, most, seed))
    atheris.Fuzz()
    return 0


def _keep(folder: Path, wrong: BaseException, data: bytes) -> None:
    """The input under the name of what happened and where, the shortest of its kind."""
    frames = [each for each in traceback.extract_tb(wrong.__traceback__) if "negotiation_kit" in each.filename]
    where = f"{Path(frames[-1].filename).stem}-{frames[-1].name}" if frames else "outside"
    said = re.sub(r"\W+", "-", str(wrong)[:40]).strip("-") if type(wrong).__name__ == "Finding" else ""
    path = folder / re.sub(r"[^\w.-]+", "_", f"{type(wrong).__name__}-{where}-{said}"[:120])
    if not path.exists() or len(data) < path.stat().st_size:
        path.write_bytes(data)


class _Mutator:
    """Changes an input the way its form is built: lines, words, elements; or blindly, as the fuzzer does by itself."""

    def __init__(self, entrance: str, seeds: list[bytes]) -> None:
        from hostile import WORDS

        self.pieces = rb"(\s+|\w+|[^\w\s])" if entrance == "condition" else rb"(\n)"
        self.known = [
            piece for seed in seeds for piece in re.split(self.pieces, seed) if 0 < len(piece) < _LONGEST_PIECE
        ]
        self.hostile = [word.encode("utf-8", "surrogatepass") for word in WORDS]
        self.elements = entrance == "returned"

    def __call__(self, atheris: Any, data: bytes, most: int, seed: int) -> bytes:  # noqa: ANN401 - a module
        """One change or a few."""
        chance = random.Random(seed)  # noqa: S311 - repeatable, no secret
        if chance.random() < 0.3:  # noqa: PLR2004
            return bytes(atheris.Mutate(data, most))
        if (self.elements or data.lstrip().startswith(b"<")) and not data.startswith(b"PK"):
            return self._elements(data, chance)[:most]
        for _ in range(chance.choice((1, 1, 2, 4))):
            data = self._words(data, chance) if chance.random() < 0.5 else self._pieces(data, chance)  # noqa: PLR2004
        return data[:most]

    def _pieces(self, data: bytes, chance: random.Random) -> bytes:
        """A line or word taken out, moved, doubled, or brought in from another input."""
        pieces = re.split(self.pieces, data)
        here, there = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        match chance.randrange(5):
            case 0:
                del pieces[min(here, there) : min(here, there) + chance.randrange(1, 4)]
            case 1:
                pieces[here], pieces[there] = pieces[there], pieces[here]
            case 2:
                pieces[here:here] = pieces[there : there + chance.randrange(1, 6)] * chance.choice((1, 1, 2, 30))
            case 3:
                pieces[here:here] = [chance.choice(self.known or self.hostile), b"\n"]
            case _:
                pieces[here] = chance.choice(self.known or self.hostile)
        return b"".join(pieces)

    def _words(self, data: bytes, chance: random.Random) -> bytes:
        """A word, or what stands between two signs, replaced by something hostile or by another word of the input."""
        found = [*re.finditer(rb"[\w.-]+|[^\w\s]+", data)]
        if not found:
            return chance.choice(self.hostile)
        place = chance.choice(found)
        other = chance.choice(found)[0] if chance.random() < 0.3 else chance.choice(self.hostile)  # noqa: PLR2004
        return data[: place.start()] + other + data[place.end() :]

    def _elements(self, data: bytes, chance: random.Random) -> bytes:
        """An element taken out, doubled, moved, renamed, wrapped, or given another text or attribute."""
        from lxml import etree

        try:
            root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=False))
        except (etree.XMLSyntaxError, ValueError):
            return self._words(data, chance)
        for _ in range(chance.choice((1, 1, 2, 4))):
            every = [each for each in root.iter() if isinstance(each.tag, str)]
            one, other = chance.choice(every), chance.choice(every)
            parent = one.getparent()
            word = chance.choice(self.hostile).decode("utf-8", "replace")
            word = re.sub("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", word)
            match chance.randrange(7):
                case 0 if parent is not None:
                    parent.remove(one)
                case 1 if parent is not None:
                    copied = etree.fromstring(etree.tostring(one, with_tail=False))
                    parent.insert(chance.randrange(len(parent) + 1), copied)
                case 2 if parent is not None and one not in other.iterancestors() and one is not other:
                    other.append(one)
                case 3:
                    one.text = word
                case 4 if one.attrib:
                    one.set(chance.choice(list(one.attrib)), word)
                case 5:
                    space = etree.QName(one).namespace or ""
                    name = chance.choice(_XML_NAMES) if self.elements else etree.QName(other).localname
                    one.tag = f"{{{space}}}{name}" if space else name
                case _ if parent is not None:
                    wrapper = etree.Element(other.tag)
                    parent.replace(one, wrapper)
                    wrapper.append(one)
        return bytes(etree.tostring(root))


if __name__ == "__main__":
    sys.exit(main())
