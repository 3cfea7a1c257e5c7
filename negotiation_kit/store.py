"""A file a person keeps is replaced whole: by one run at a time, its former text kept, never half written.

The way of a writing: take the lock; look whether the file is still the one that was read; put its text beside
it into the folder `.history`; write the new text beside the file and onto the disk; move it over the old. Whoever
is killed at any of these steps leaves the old file or the new one. History only grows: taking a writing back is
a writing too.

The name of a former text, such as `late-payer.0003.1f2e3d4c5b6a.yaml`, holds its number and the fingerprint of the
text that took its place. So a run that was killed before the new text stood there is known, and so is a file that
a person edited afterwards.
"""

import hashlib
import os
import platform
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from negotiation_kit.problems import Problem, Refused

HISTORY = ".history"
"""The folder of the former texts, beside the file."""
PATIENCE = 2
"""Seconds a run waits for another to end."""
_UNNAMED = 60
"""Seconds after which a lock that names no run belongs to none; a run writes its name at once."""
_PAUSE = 0.05
_FORMER = re.compile(r"\.(\d{4,})\.([0-9a-f]{12})\Z", re.ASCII)
_EXCLUSIVE = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Former:
    """A text that stood in the file once."""

    number: int
    path: Path
    followed_by: str
    """The fingerprint of the text that took its place."""


def replace_kept(path: Path, before: bytes, after: bytes) -> Path:
    """The file with other bytes, if it still holds those that were read; where the former ones are kept."""
    path = _real(path)
    with _trouble_told(path), _locked(path):
        mode = _mode_of(path)
        if _bytes_of(path) != before:
            raise _refusal(path, "was changed since it was read", "nothing was written; run the command again")
        kept = _keep(path, before, after, mode)
        _write(path.parent / f".{path.name}.new", path, after, mode)
        return kept


def former_texts(path: Path) -> tuple[Former, ...]:
    """The former texts of a file, the oldest first."""
    path = _real(path)
    found = []
    for each in (path.parent / HISTORY).glob("*"):
        name = _FORMER.search(each.stem)
        if name and each.suffix == path.suffix and each.stem[: name.start()] == path.stem:
            found.append(Former(int(name[1]), each, name[2]))
    return tuple(sorted(found, key=lambda former: former.number))


def bring_back(path: Path, number: int | None = None) -> tuple[Former, Path]:
    """The former text takes its place again, and where the text is kept that it takes the place of.

    Without a number it is the text before the last writing, and a file that was edited since is refused.
    """
    path = _real(path)
    with _trouble_told(path):
        now = _bytes_of(path)
        former = _chosen(path, former_texts(path), number, fingerprint(now))
        return former, replace_kept(path, now, _bytes_of(former.path))


def forget_former(path: Path) -> tuple[Path, ...]:
    """Every former text of a file is deleted: what was taken out on a person's request must not live on there."""
    path = _real(path)
    with _trouble_told(path), _locked(path):
        gone = tuple(each.path for each in former_texts(path))
        for each in gone:
            each.unlink()
        return gone


def fingerprint(content: bytes) -> str:
    """By what a text is known again in the name of the one before it."""
    return hashlib.sha256(content).hexdigest()[:12]


def _chosen(path: Path, formers: tuple[Former, ...], number: int | None, now: str) -> Former:
    if not formers:
        raise _refusal(path, "has no former text", "the kit has written nothing into it")
    if number is not None:
        for former in formers:
            if former.number == number:
                return former
        raise _refusal(
            path, f"has no former text {number}", f"they go from {formers[0].number} to {formers[-1].number}"
        )
    for former in reversed(formers):
        if former.followed_by == now:
            return former
    last = formers[-1].number
    hint = f"to bring that text back all the same, say --to {last}; what stands there now is kept too"
    raise _refusal(path, "was edited since the kit wrote it", hint)


def _keep(path: Path, before: bytes, after: bytes, mode: int) -> Path:
    folder = path.parent / HISTORY
    with suppress(FileExistsError):
        os.mkdir(folder)  # noqa: PTH102 - every step is one call of the system, and a test stops each of them
    number = max((former.number for former in former_texts(path)), default=0) + 1
    kept = folder / f"{path.stem}.{number:04}.{fingerprint(after)}{path.suffix}"
    _write(folder / f".{path.name}.new", kept, before, mode)
    return kept


def _write(beside: Path, path: Path, content: bytes, mode: int) -> None:
    """Beside the place and onto the disk first, then moved: a reader sees the old or the new, never half of one."""
    with suppress(FileNotFoundError):
        os.unlink(beside)  # noqa: PTH108 - what a killed run left
    handle = os.open(beside, _EXCLUSIVE, 0o600)
    try:
        try:
            view = memoryview(content)
            while view:
                view = view[os.write(handle, view) :]
            os.fsync(handle)
        finally:
            os.close(handle)
        os.chmod(beside, mode)  # noqa: PTH101
        os.replace(beside, path)  # noqa: PTH105
    except OSError:
        with suppress(OSError):
            os.unlink(beside)  # noqa: PTH108
        raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Let the disk remember the move; not every system can, and the file is whole either way."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _mode_of(path: Path) -> int:
    mode = stat.S_IMODE(path.stat().st_mode)
    if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(path, os.W_OK):
        raise _refusal(path, "may not be written to", "take the write protection off it")
    return mode


def _bytes_of(path: Path) -> bytes:
    return path.read_bytes()


def _real(path: Path) -> Path:
    """The file itself where a link leads to it, so that the link stays one."""
    try:
        return path.resolve(strict=True)
    except OSError as error:
        raise _refusal(path, f"cannot be read: {error.strerror}", "check the name") from None


# --- one run at a time -----------------------------------------------------------------------------------------------


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    lock = path.parent / f".{path.name}.lock"
    _take(path, lock)
    try:
        yield
    finally:
        with suppress(OSError):
            os.unlink(lock)  # noqa: PTH108


def _take(path: Path, lock: Path) -> None:
    """Make the lock, once nobody holds it; the lock of a run that is no more is taken away."""
    until = time.monotonic() + PATIENCE
    while True:
        with suppress(FileExistsError):
            _make(lock)
            return
        if _is_left_behind(lock) and _clear(lock):
            continue
        if time.monotonic() >= until:
            hint = f"wait for it to end; if no run is left, delete {lock.name} beside the file"
            raise _refusal(path, "is being changed by another run", hint)
        time.sleep(_PAUSE)


def _make(lock: Path) -> None:
    handle = os.open(lock, _EXCLUSIVE, 0o644)
    try:
        try:
            os.write(handle, f"{os.getpid()} {platform.node()}\n".encode())
        finally:
            os.close(handle)
    except OSError:
        with suppress(OSError):
            os.unlink(lock)  # noqa: PTH108
        raise


def _is_left_behind(lock: Path) -> bool:
    """Whether the run that made the lock is surely no more; of another machine's run nobody here can say."""
    try:
        told = lock.read_text("utf-8", errors="replace")
        age = time.time() - lock.stat().st_mtime
    except OSError:
        return False
    number, _, node = told.strip().partition(" ")
    if not told.endswith("\n"):
        return age > _UNNAMED
    return node == platform.node() and number.isdecimal() and not _lives(int(number))


def _lives(process: int) -> bool:
    if os.name != "posix":  # elsewhere asking would end the process
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _clear(lock: Path) -> bool:
    """Take a lock away that was left behind; of two runs that see it only one may, or it would take the other's."""
    turn = lock.with_name(f"{lock.name}.clearing")
    try:
        os.close(os.open(turn, _EXCLUSIVE, 0o644))
    except FileExistsError:
        return False
    try:
        if _is_left_behind(lock):
            os.unlink(lock)  # noqa: PTH108
            return True
        return False
    finally:
        with suppress(OSError):
            os.unlink(turn)  # noqa: PTH108


@contextmanager
def _trouble_told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}"
        raise _refusal(path, message, "nothing was changed; check rights and space") from None


def _refusal(path: Path, message: str, hint: str) -> Refused:
    return Refused([Problem(None, f"{path} {message}", hint)])
