"""Worker processes side by side: each prepares itself once; what ends one of them ends neither its fellows nor us.

A worker holds one job at a time, so no more is under way than there are workers. Workers are started afresh on every
system, never as a copy of this process, so they hold nothing of it: when it is killed their pipes close, each
finishes the job it has, and ends.
"""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from negotiation_kit.problems import Problem, Refused

Job = TypeVar("Job")
Found = TypeVar("Found")

_PATIENCE = 10
"""Seconds an idle worker has to end."""
_TRIES = 2
"""So often a job is given out when the process that holds it ends; what ends it twice is the job itself."""
_STILLBORN = 3
"""So many workers in a row may end before they are ready."""


class Lost(Exception):  # noqa: N818 - it is handed on as a value
    """What came of a job that has no result: why."""


@dataclass(slots=True)
class _Worker(Generic[Job]):
    process: BaseProcess
    pipe: Connection
    job: Job | None = None
    ready: bool = False
    ending: str = ""
    """How the process ended."""


class Crew(Generic[Job, Found]):
    """So many workers, each made by calling `make` with what is given, and asked job after job."""

    def __init__(self, number: int, make: Callable[..., Callable[[Job], Found]], *given: object) -> None:
        """Start nobody yet."""
        self._number, self._make, self._given = number, make, given
        self._context = get_context("spawn")
        self._workers: list[_Worker[Job]] = []
        self._stillborn = 0
        self._ahead: deque[Job] = deque()
        self._tries: dict[int, int] = {}
        self._stopped = False

    def __enter__(self) -> Self:
        """Workers are started when there is work for them."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None, way: TracebackType | None
    ) -> None:
        """Nobody is left behind."""
        self.end()

    @property
    def processes(self) -> tuple[int, ...]:
        """The workers by their numbers on this machine."""
        return tuple(each.process.pid for each in self._workers if each.process.pid)

    def results(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Found | Lost]]:
        """Each job with what came of it, in the order in which they are done; jobs are drawn as workers come free."""
        coming = iter(jobs)
        while self._hand_out(coming):
            for worker, told in self._told():
                job, worker.job = worker.job, None
                if job is None:
                    continue
                came = told if told is not None else self._once_more(job, worker)
                if came is not None:
                    self._tries.pop(id(job), None)
                    yield job, came

    def _hand_out(self, coming: Iterator[Job]) -> bool:
        """A job for every free worker, and as many drawn for those that come free; false when all is done."""
        while not self._stopped and len(self._ahead) < self._number and (job := next(coming, None)) is not None:
            self._ahead.append(job)
        if self._stopped:
            self._ahead.clear()
        busy = sum(each.job is not None for each in self._workers)
        while len(self._workers) < min(self._number, busy + len(self._ahead)):
            self._workers.append(self._started())
        for worker in self._workers:
            if worker.ready and worker.job is None and self._ahead:
                worker.job = self._ahead.popleft()
                with suppress(OSError):  # it has just ended; that is seen when it is listened to
                    worker.pipe.send(worker.job)
        return bool(self._ahead) or any(each.job is not None for each in self._workers)

    def _once_more(self, job: Job, worker: _Worker[Job]) -> Lost | None:
        """A job whose worker has ended goes to another one first; when that ends too, why it is lost."""
        self._tries[id(job)] = self._tries.get(id(job), 0) + 1
        if self._tries[id(job)] >= _TRIES:
            return Lost(worker.ending)
        self._ahead.appendleft(job)
        return None

    def stop(self) -> None:
        """Give out nothing more; what is under way is still waited for. May be called at any moment."""
        self._stopped = True

    def end(self) -> None:
        """Every worker ends: by itself when it is idle, killed when it still holds a job."""
        for worker in self._workers:
            worker.pipe.close()
        for worker in self._workers:
            worker.process.join(_PATIENCE if worker.job is None else 0)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            worker.process.close()
        self._workers.clear()

    def _told(self) -> Iterator[tuple[_Worker[Job], "Found | Lost | None"]]:
        """What the workers say; nothing from one that has ended, in whose place another stands already."""
        by_pipe = {each.pipe: each for each in self._workers}
        for pipe in wait(list(by_pipe)):
            worker = by_pipe[pipe]  # type: ignore[index]
            told = _received(worker.pipe)
            if told is None:
                self._replace(worker)
                yield worker, None
            elif worker.ready:
                self._stillborn = 0
                yield worker, told
            else:
                worker.ready = True

    def _replace(self, worker: _Worker[Job]) -> None:
        worker.process.join()
        worker.pipe.close()
        worker.ending = _how_it_ended(worker.process)
        self._stillborn = 0 if worker.ready else self._stillborn + 1
        if self._stillborn >= _STILLBORN:
            message = f"worker processes cannot be started: {worker.ending}"
            raise Refused([Problem(None, message, "do the work in this process, with --jobs 1")])
        self._workers[self._workers.index(worker)] = self._started()

    def _started(self) -> _Worker[Job]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._make, self._given), daemon=True)
        with _nobody_interrupted():
            process.start()
        theirs.close()
        return _Worker(process, ours)


def _received(pipe: Connection) -> Any:  # noqa: ANN401 - whatever the work brings
    """What a worker says; nothing when it has ended."""
    try:
        return pipe.recv()
    except (EOFError, OSError):
        return None


def _how_it_ended(process: BaseProcess) -> str:
    code = process.exitcode or 0
    if code >= 0:
        return f"the process ended with code {code}"
    names = {each.value: each.name for each in signal.Signals}
    return f"the process was ended by the system ({names.get(-code, -code)})"


@contextmanager
def _nobody_interrupted() -> Iterator[None]:
    """What starts now never hears an interruption from the keyboard: we do, and send it home."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, make: Callable[..., Callable[[Job], Found]], given: tuple[object, ...]) -> None:
    """The life of a worker: ready, then job after job until nobody asks any more. A result is never nothing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    work = make(*given)
    with suppress(EOFError, OSError, KeyboardInterrupt):
        pipe.send(True)
        while True:
            job: Job = pipe.recv()
            told: Found | Lost
            try:
                told = work(job)
            except Exception as wrong:  # noqa: BLE001 - one job never ends the others
                told = Lost(f"{type(wrong).__name__}: {wrong}")
            pipe.send(told)
