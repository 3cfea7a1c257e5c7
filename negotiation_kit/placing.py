"""Several files take their places together: each is written whole beside its place, and moved when all are there.

A reader sees the old file or the new one, never half of one; a disk that is full halfway leaves everything as it was.
A new file has the rights the person's own files have, one that is replaced keeps its rights.
"""

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)


def place(contents: Mapping[Path, bytes]) -> None:
    """These bytes in these places, all or none; raises OSError with the name of the place there was trouble with."""
    folders: list[Path] = []
    begun: dict[Path, Path] = {}
    former: dict[Path, bytes | None] = {}
    try:
        for path, content in contents.items():
            with _told_of(path):
                _make_folder(path.parent, folders)
                begun[path] = _beside(path)
                _write(begun[path], content, _rights_of(path))
        for path, beside in begun.items():
            with _told_of(path):
                before = path.read_bytes() if path.is_file() else None
                os.replace(beside, path)  # noqa: PTH105 - every step is one call of the system, and a test stops each
                former[path] = before
    except BaseException:
        _undo(former)
        _clear(begun, folders)
        raise


def _make_folder(folder: Path, made: list[Path]) -> None:
    """The folder and those above it; those that were not there are noted."""
    missing = []
    while not folder.exists():
        if folder.is_symlink():
            raise FileNotFoundError(errno.ENOENT, "a link that leads nowhere stands where its folder would be")
        missing.append(folder)
        folder = folder.parent
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "a file stands where its folder would be")
    for each in reversed(missing):
        with suppress(FileExistsError):
            os.mkdir(each)  # noqa: PTH102
            made.append(each)


def _write(beside: Path, content: bytes, rights: int | None) -> None:
    handle = os.open(beside, _NEW, 0o666 if rights is None else 0o600)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(handle, view) :]
    finally:
        os.close(handle)
    if rights is not None:
        os.chmod(beside, rights)  # noqa: PTH101


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}")


def _rights_of(path: Path) -> int | None:
    return stat.S_IMODE(path.stat().st_mode) if path.is_file() else None


def _undo(former: Mapping[Path, bytes | None]) -> None:
    """What took its place already gives it back."""
    for path, content in former.items():
        with suppress(OSError):
            if content is None:
                os.unlink(path)  # noqa: PTH108
            else:
                beside = _beside(path)
                _write(beside, content, _rights_of(path))
                os.replace(beside, path)  # noqa: PTH105


def _clear(begun: Mapping[Path, Path], folders: list[Path]) -> None:
    for beside in begun.values():
        with suppress(OSError):
            os.unlink(beside)  # noqa: PTH108
    for folder in reversed(folders):
        with suppress(OSError):
            os.rmdir(folder)  # noqa: PTH106


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """Trouble with a place is told with its name, not with that of the file beside it."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
