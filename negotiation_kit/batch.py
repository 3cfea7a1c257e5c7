"""The packs of a folder of cases: which folder each pack has, which are still good, and what came of them all."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Literal

from negotiation_kit.asked import Asked
from negotiation_kit.pack import folder_name
from negotiation_kit.problems import Problem
from negotiation_kit.shelf import Library

Fate = Literal["made", "unchanged", "refused"]
MOST_TOLD = 10
"""So many problems of a case are kept for the report; `check` tells them all."""
MOST_LOOKS = 1_000
"""So many papers to be looked at once more are kept by name."""


# --- what a pack was made of -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a pack was made of; it lies beside the pack, and while it still holds nothing has to be made again."""

    way: str
    """The kit, its wording and data, the company's own over them, and what was asked."""
    text: str
    """The text of the case."""
    beside: Mapping[str, str | None]
    """The files the case names; nothing where one was not there."""
    today: str | None
    """The day it was made, where the papers speak for that day because nobody named one."""
    files: tuple[str, ...]
    """The files of the pack."""

    def written(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def stamp_in(text: str) -> Stamp | None:
    """The stamp in a text; nothing where it is none."""
    try:
        told = json.loads(text)
        if set(told) != {each.name for each in fields(Stamp)}:
            return None
        return Stamp(**{**told, "beside": dict(told["beside"]), "files": tuple(map(str, told["files"]))})
    except (ValueError, TypeError):
        return None


def mark_of(*parts: str | bytes) -> str:
    """By what texts are known again: unlike texts have unlike marks, however they are parted."""
    found = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(b"%d:" % len(content))
        found.update(content)
    return found.hexdigest()


def way_of(library: Library, asked: Asked, kit: str) -> str:
    """The mark of everything but the case that decides what a pack looks like; `kit` names the program itself."""
    texts = (library.templates, library.calendars, library.jurisdictions, library.rates)
    parts = [part for each in texts for name in sorted(each) for part in (name, each[name])]
    own = [part for name, text in library.own_rates.items() for part in (name, text)]
    sizes = [str(len(each)) for each in (*texts, library.own_rates)]
    return mark_of(kit, repr(asked), library.house, *sizes, *parts, *own)


# --- which folder a pack has -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Folders:
    """Whose folder is whose: each belongs to the first file that asks for it."""

    _holders: dict[str, tuple[str, str]] = field(default_factory=dict)

    def taken(self, number: str, file: str) -> Problem | None:
        """Take the folder of a case for a file; why that cannot be, where another has it."""
        holder, number_there = self._holders.setdefault(_key(number), (file, number))
        if holder == file:
            return None
        if number_there == number:
            way_out = "keep one of them in this folder; the pack is made of the first"
            return Problem(None, f"{file}: case {number!r} stands in {holder} too", way_out)
        message = f"{file}: the pack of case {number!r} would lie in the folder of case {number_there!r} ({holder})"
        return Problem(None, message, "give one of them a number that differs in letters or digits")

    def let_go(self, number: str, file: str) -> None:
        """The file turned out to be no sound case: its folder is free for another."""
        if self._holders.get(_key(number), ("", ""))[0] == file:
            del self._holders[_key(number)]


def _key(number: str) -> str:
    """What a file system that is blind to case and accents' forms takes for the same folder."""
    return unicodedata.normalize("NFC", folder_name(number)).casefold()


# --- what came of it -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    file: str
    case: str
    fate: Fate
    files: int = 0
    """How many files the pack has."""
    written: int = 0
    """How many of them are new or other than before."""
    problems: tuple[Problem, ...] = ()
    more: int = 0
    """Problems beyond those that are kept."""
    looks: tuple[str, ...] = ()
    """What a person should look at once more."""
    sound: bool = True
    """The case itself is in order; what kept the pack from being made is something else."""
    full: bool = False
    """Nothing could be written: no space, or no right."""


def refused(file: str, case: str, problems: Sequence[Problem], *, sound: bool, full: bool = False) -> Outcome:
    """A case without a pack, and why."""
    kept = tuple(problems[:MOST_TOLD])
    return Outcome(file, case, "refused", problems=kept, more=len(problems) - len(kept), sound=sound, full=full)


@dataclass(slots=True)
class Report:
    """What came of all: numbers, and each case without a pack; small, however many there were."""

    made: int = 0
    unchanged: int = 0
    files: int = 0
    written: int = 0
    refused: list[Outcome] = field(default_factory=list)
    looks: list[tuple[str, str]] = field(default_factory=list)
    """The file of the case, and what to look at."""
    more_looks: int = 0
    stopped: str = ""
    """Why the work ended before its end."""

    @property
    def cases(self) -> int:
        """How many cases were dealt with."""
        return self.made + self.unchanged + len(self.refused)

    def add(self, outcome: Outcome) -> None:
        """One more."""
        if outcome.fate == "refused":
            self.refused.append(outcome)
            return
        self.made += outcome.fate == "made"
        self.unchanged += outcome.fate == "unchanged"
        self.files += outcome.files
        self.written += outcome.written
        for look in outcome.looks:
            if len(self.looks) < MOST_LOOKS:
                self.looks.append((outcome.file, look))
            else:
                self.more_looks += 1

    def in_order(self) -> tuple[Outcome, ...]:
        """The cases without a pack by the name of their file, whichever was done first."""
        return tuple(sorted(self.refused, key=lambda each: each.file))
