"""The packs of a folder made: each case read, made and written by itself, in this process or by several beside it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from negotiation_kit.asked import Asked
from negotiation_kit.batch import (
    Folders,
    Outcome,
    Report,
    Stamp,
    mark_of,
    refused,
    stamp_in,
    way_of,
)
from negotiation_kit.crew import Crew, Lost
from negotiation_kit.days import DayUnknown
from negotiation_kit.files import (
    MANIFEST,
    Unwritable,
    are_there,
    program_mark,
    read_beside_pack,
    read_case,
    sweep,
    texts_named,
    write_beside_pack,
    write_pack,
)
from negotiation_kit.files import library as kits_library
from negotiation_kit.files import read_text as text_of
from negotiation_kit.folder import CaseFile, case_in, unknown_day
from negotiation_kit.pack import Kit, PackFile, folder_name
from negotiation_kit.printing import whole_pack
from negotiation_kit.problems import Place, Problem, Refused
from negotiation_kit.reading.named import is_case, number_of
from negotiation_kit.shelf import Library

STAMP = ".negotiation-kit-batch.json"
"""What a pack was made of, beside it."""
MOST_FULL = 10
"""After so many packs in a row that could not be written nothing more is tried."""
Tell = Callable[[Outcome | None], None]
"""Called once for each file that was looked at; nothing for one that is no case."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be made, of what, and where."""

    library: Library
    asked: Asked
    out: Path
    today: date
    way: str
    """The mark of all that is the same for every case."""
    again: bool = False
    """Unchanged cases are made once more."""

    @classmethod
    def of(cls, library: Library, asked: Asked, out: Path, today: date, *, again: bool = False) -> "Batch":
        """With its mark."""
        return cls(library, asked, out, today, way_of(library, asked, program_mark()), again)


@dataclass(frozen=True, slots=True)
class Job:
    """A case whose pack is to be made."""

    file: str
    number: str
    """Its number as it was read when the folder was looked through."""
    mark: str
    """The mark of its text at that moment."""


class Maker:
    """Makes the packs of a batch one after the other; its kit is prepared once."""

    def __init__(self, batch: Batch) -> None:
        """Nothing is made yet."""
        self._batch, self._kit = batch, Kit(batch.library)

    def __call__(self, job: Job) -> Outcome:
        """Read, make and write one pack; whatever is wrong with it is told, and is nobody else's trouble."""
        sound = False
        try:
            text, beside = read_case(Path(job.file))
            case = case_in(self._kit, CaseFile(job.file, text, beside))
            if case.case != job.number:
                message = f"the case number was {job.number!r} when the folder was looked through"
                raise Refused([Problem(case.place_of("case"), message, "run the command again")])  # noqa: TRY301
            sound = True
            asked, today = self._batch.asked, self._batch.today
            files = whole_pack(self._kit, case, asked, as_of=asked.day(case, today))
            stamp = Stamp(
                way=self._batch.way,
                text=mark_of(text),
                beside=_marks(beside, case.policy_file),
                today=None if asked.as_of or case.as_of else today.isoformat(),
                files=tuple(file.path for file in files),
            )
            written = self._written(self._batch.out / folder_name(case.case), files, stamp)
        except Exception as wrong:  # noqa: BLE001 - a mistake of ours stops one pack, not ten thousand
            problems, full = _told(wrong, job.file), isinstance(wrong, Unwritable)
            return refused(job.file, job.number, problems, sound=sound, full=full)
        looks = tuple(f"{file.path}: {warning}" for file in files for warning in file.warnings)
        return Outcome(job.file, case.case, "made", len(files), written, looks=looks)

    @staticmethod
    def _written(folder: Path, files: Sequence[PackFile], stamp: Stamp) -> int:
        """The pack, and its stamp last: whoever is killed on the way leaves a pack that is made again."""
        if folder.is_dir():
            sweep(folder, (*stamp.files, MANIFEST, STAMP))
            write_beside_pack(folder, STAMP, "")
        written = write_pack(folder, files)
        write_beside_pack(folder, STAMP, stamp.written())
        return sum(each.changed for each in written)


def _marks(beside: dict[str, str], named: str | None) -> dict[str, str | None]:
    missing: dict[str, str | None] = {named: None} if named and named not in beside else {}
    return missing | {name: mark_of(text) for name, text in beside.items()}


def _told(wrong: Exception, file: str) -> tuple[Problem, ...]:
    """What was wrong with a case, in words."""
    if isinstance(wrong, Refused):
        return wrong.problems
    if isinstance(wrong, DayUnknown):
        return (unknown_day(wrong, file),)
    return (_ours(file, f"{type(wrong).__name__}: {wrong}"),)


@dataclass(frozen=True, slots=True)
class Packed:
    """What became of the texts of one case: the bytes of each file by its name, or why there are none."""

    file: str
    papers: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()


def packed(file: CaseFile, asked: Asked, today: date, templates: Path | None = None) -> Packed:
    """Texts in, named bytes out, and nothing else: to be mapped over cases by whatever engine there is.

    The kit is prepared once a process.
    """
    try:
        kit = _kit_of_this_process(templates)
        case = case_in(kit, file)
        files = whole_pack(kit, case, asked, as_of=asked.day(case, today))
    except Exception as wrong:  # noqa: BLE001 - one case never stops the others
        return Packed(file.name, {}, _told(wrong, file.name))
    return Packed(file.name, {each.path: each.content for each in files})


@cache
def _kit_of_this_process(templates: Path | None) -> Kit:
    return Kit(kits_library(templates))


def _ours(file: str, what: str) -> Problem:
    return Problem(Place(file, 1, 1), f"the kit failed: {what}", "this is a mistake of ours; please report it")


def run(
    batch: Batch, paths: Sequence[Path], workers: int, tell: Tell, stopped: Callable[[], bool] = lambda: False
) -> Report:
    """The pack of every case among the files.

    Whoever asks to stop is heard between two packs: those under way are still written.
    """
    return _Run(batch, workers, tell, stopped).over(paths)


class _Run:
    def __init__(self, batch: Batch, workers: int, tell: Tell, stopped: Callable[[], bool]) -> None:
        self._batch, self._workers, self._tell, self._stopped = batch, workers, tell, stopped
        self._report, self._folders = Report(), Folders()
        self._late: list[Job] = []
        self._full = 0

    def over(self, paths: Sequence[Path]) -> Report:
        """All of them; first those that nothing speaks against, then those whose folder was another's."""
        for jobs in (self._first(paths), self._second()):
            for outcome in self._results(jobs):
                self._settle(outcome)
        if self._full >= MOST_FULL:
            self._report.stopped = f"{MOST_FULL} packs in a row could not be written; the others were not tried"
        elif self._stopped():
            self._report.stopped = "stopped as you asked; what was begun is whole"
        return self._report

    def _is_over(self) -> bool:
        return self._stopped() or self._full >= MOST_FULL

    def _settle(self, outcome: Outcome) -> None:
        self._full = self._full + 1 if outcome.full else 0
        if not outcome.sound:
            self._folders.let_go(outcome.case, outcome.file)
        self._report.add(outcome)
        self._tell(outcome)

    def _first(self, paths: Sequence[Path]) -> Iterator[Job]:
        for path in paths:
            if self._is_over():
                return
            try:
                job = _looked_at(path)
            except Refused as wrong:
                self._settle(refused(str(path), "", wrong.problems, sound=False))
                continue
            if job is None:
                self._tell(None)
            elif job.number and self._folders.taken(job.number, job.file):
                self._late.append(job)
            else:
                yield from self._unless_good(job)

    def _second(self) -> Iterator[Job]:
        for job in self._late:
            if self._is_over():
                return
            if problem := self._folders.taken(job.number, job.file):
                self._settle(refused(job.file, job.number, [problem], sound=True))
            else:
                yield from self._unless_good(job)

    def _unless_good(self, job: Job) -> Iterator[Job]:
        """The job, unless the pack that lies there is still what it would make."""
        files = None if self._batch.again or not job.number else _files_still_good(self._batch, job)
        if files is None:
            yield job
        else:
            self._settle(Outcome(job.file, job.number, "unchanged", files))

    def _results(self, jobs: Iterator[Job]) -> Iterator[Outcome]:
        if self._workers == 1:
            yield from map(Maker(self._batch), jobs)
            return
        crew: Crew[Job, Outcome]
        with Crew(self._workers, Maker, self._batch) as crew:
            for job, told in crew.results(jobs):
                if self._is_over():
                    crew.stop()
                if isinstance(told, Lost):
                    yield refused(job.file, job.number, [_ours(job.file, str(told))], sound=True)
                else:
                    yield told


def _looked_at(path: Path) -> Job | None:
    """The case in a file with its number, which only its maker reads in full; nothing where it is none."""
    text = text_of(path)
    number = number_of(text)
    return Job(str(path), number, mark_of(text)) if number or is_case(text) else None


def _files_still_good(batch: Batch, job: Job) -> int | None:
    """How many files the pack of a case has, where it is all there and would be the same; else nothing."""
    folder = batch.out / folder_name(job.number)
    stamp = stamp_in(read_beside_pack(folder, STAMP))
    if stamp is None or stamp.way != batch.way or stamp.text != job.mark:
        return None
    if stamp.today not in {None, batch.today.isoformat()}:
        return None
    try:
        beside = texts_named(Path(job.file), stamp.beside, {})
    except Refused:
        return None
    same = {name: mark_of(beside[name]) if name in beside else None for name in stamp.beside} == stamp.beside
    return len(stamp.files) if same and are_there(folder, (*stamp.files, MANIFEST)) else None
