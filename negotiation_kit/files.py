"""The only place that opens files: reads whole texts, writes whole files, never over something a person edited."""

import errno
import hashlib
import json
import os
import re
import stat
import sys
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from negotiation_kit import __version__
from negotiation_kit.documents.own_files import unread_files
from negotiation_kit.pack import PackFile
from negotiation_kit.placing import place
from negotiation_kit.problems import Problem, Refused
from negotiation_kit.reading.characters import MOST_TEXT, decode
from negotiation_kit.reading.named import files_named, is_case
from negotiation_kit.reading.record import read_record
from negotiation_kit.shelf import Library
from negotiation_kit.store import replace_kept

if TYPE_CHECKING:
    from negotiation_kit.bank.entry import Entry
    from negotiation_kit.bank.forms import Headings
    from negotiation_kit.folder import Broken, CaseFile

_TEXTS = {".yaml", ".yml"}
_HERE = Path(__file__).parent
MANIFEST = ".negotiation-kit.json"
"""What the kit wrote into a folder, by name and hash, so that it knows its own files again."""
LOCK = ".negotiation-kit-batch.lock"
_BEGUN = re.compile(r"\.(?P<name>.+)\.[0-9a-f]{8}", re.DOTALL)
"""The name of a file that is being written, until it is moved to its place."""


def read_text(path: Path) -> str:
    """The text of a file a person wrote, or `Refused` with a way out."""
    return decode(_read_bytes(path), str(path))


def read_case(path: Path) -> tuple[str, dict[str, str]]:
    """The text of a case and of the files it names, those that are there; `Refused` where one cannot be read."""
    text = read_text(path)
    return text, _beside(path, text, {})


def yaml_below(folder: Path) -> tuple[Path, ...]:
    """The YAML files of a folder and of the folders in it, by name; hidden ones apart.

    Links to folders are not followed, and a file that is there twice by a link is named once.
    """
    if not folder.is_dir():
        raise _refusal(folder, "is not a folder", "name the folder the cases are in")
    found: dict[Path, Path] = {}
    for here, folders, files in os.walk(folder, onerror=_refuse_unread):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(here) / name
            if path.suffix in _TEXTS and not name.startswith(".") and path.is_file():
                found.setdefault(path.resolve(), path)
    return tuple(sorted(found.values()))


def _refuse_unread(error: OSError) -> None:
    """A folder nobody may look into might hold a case: it is told, not passed over."""
    raise _refusal(Path(error.filename), f"cannot be read: {error.strerror}", "check the rights on the folder")


def cases_of(paths: Sequence[Path]) -> "Iterator[CaseFile]":
    """The case files named, and those in the folders named, each once; what cannot be read is among them.

    `Refused` where there is none; what is no case is passed over in a folder alone.
    """
    known: dict[Path, str] = {}
    seen: set[Path] = set()
    for named in paths:
        inside = named.is_dir()
        for path in yaml_below(named) if inside else (named,):
            if path.resolve() not in seen and (file := _case_file(path, known, named=not inside)):
                seen.add(path.resolve())
                yield file
    if not seen:
        raise _refusal(Path(*paths[:1]), "holds no case", "a case is a .yaml or .yml file with a line case: ...")


def read_bank_file(path: Path, mapping: Path | None = None) -> "tuple[Entry, ...]":
    """The entries of a bank's statement, a CSV by the company's own form of it; `Refused` where it cannot be read."""
    from negotiation_kit.bank.forms import CsvForm, form_problems
    from negotiation_kit.bank.statement import MOST_BYTES, entries_of

    own = read_record(read_text(mapping), str(mapping), CsvForm, (form_problems,)) if mapping else None
    return entries_of(_read_bytes(path, MOST_BYTES), str(path), known_headings(), own)


def known_headings() -> "Headings":
    """How banks head the columns of a CSV."""
    from negotiation_kit.bank.forms import Headings

    file = _HERE / "data" / "bank" / "headings.yaml"
    return read_record(file.read_text("utf-8"), file.name, Headings)


def read_paper(path: Path) -> bytes:
    """The bytes of a Word file that came back; `Refused` where it cannot be read."""
    from negotiation_kit.bank.statement import MOST_BYTES

    return _read_bytes(path, MOST_BYTES)


def read_cases(paths: Iterable[Path]) -> "Iterator[CaseFile]":
    """The cases among the files, each with the files it names; what is no case is passed over, each file read once."""
    known: dict[Path, str] = {}
    for path in paths:
        if file := _case_file(path, known):
            yield file


def _case_file(path: Path, known: dict[Path, str], *, named: bool = False) -> "CaseFile | None":
    """A case with the files it names, or why it cannot be read; nothing for what is none, unless a person named it."""
    from negotiation_kit.folder import CaseFile

    try:
        text = read_text(path)
        return CaseFile(str(path), text, _beside(path, text, known)) if named or is_case(text) else None
    except Refused as refused:
        return CaseFile(str(path), "", problems=refused.problems)


@dataclass(frozen=True, slots=True)
class AsRead:
    """A file a person wrote as it was when it was read, so that it is known whether it is still the same."""

    path: Path
    content: bytes
    text: str


def read_to_change(path: Path) -> AsRead:
    """A case file that is to be changed; `Refused` where it cannot be read."""
    content = _read_bytes(path)
    return AsRead(path, content, decode(content, str(path)))


def write_changed(read: AsRead, text: str) -> Path | None:
    """The changed text in the place of the one that was read, whole or not at all; where the former one is kept.

    Nothing is written when nothing changed. `Refused` when the file is another by now, or another run changes it.
    """
    content = text.encode("utf-8")
    if read.content.startswith(BOM_UTF8):
        content = BOM_UTF8 + content
    return replace_kept(read.path, read.content, content) if content != read.content else None


def write_over(files: "Iterable[CaseFile]", texts: Mapping[str, str]) -> "tuple[Broken, ...]":
    """The new texts of these cases, each in the place of the one that was read; those that could not be, and why."""
    from negotiation_kit.folder import Broken

    broken: list[Broken] = []
    for file in files:
        if file.name in texts:
            try:
                read = read_to_change(Path(file.name))
                if read.text != file.text:
                    raise _refusal(read.path, "was changed since it was read", "run the command again")
                write_changed(read, texts[file.name])
            except Refused as refused:
                broken.append(Broken(file.name, refused.problems))
    return tuple(broken)


def _beside(path: Path, text: str, known: dict[Path, str]) -> dict[str, str]:
    """The texts of the files a case names; those of other cases are known already."""
    return texts_named(path, files_named(text), known)


def texts_named(path: Path, names: Iterable[str], known: dict[Path, str]) -> dict[str, str]:
    """The texts of these files, named from the folder of a case: those that are there."""
    found: dict[str, str] = {}
    for name in names:
        file = _spelt(path.parent / name)
        if file not in known and file.suffix in _TEXTS and file.is_file():
            known[file] = read_text(file)
        if file in known:
            found[name] = known[file]
    return found


def _spelt(path: Path) -> Path:
    """The file of this name however its accents are written: one system keeps a letter whole, another in two."""
    if path.name.isascii() or path.exists() or not path.parent.is_dir():
        return path
    meant = unicodedata.normalize("NFC", path.name)
    alike = (each for each in path.parent.iterdir() if unicodedata.normalize("NFC", each.name) == meant)
    return next(alike, path)


def _read_bytes(path: Path, most: int = MOST_TEXT) -> bytes:
    try:
        if path.is_dir():
            raise _refusal(path, "is a folder", "name the case file in it")
        if not path.is_file():
            raise _refusal(path, "is not there" if not path.exists() else "is no ordinary file", "check the name")
        if path.stat().st_size > most:
            raise _refusal(path, f"is larger than {most // 1024:,} KiB", "check that it is the file you mean")
        return path.read_bytes()
    except OSError as error:
        raise _refusal(path, f"cannot be read: {error.strerror}", "check the rights on the file") from None


def library(own_templates: Path | None = None, own_rates: Iterable[Path] = ()) -> Library:
    """Everything the kit brings along.

    A folder of the company's own wording is looked up first, file by file; its own files of newer reference rates are
    laid over ours.
    """
    home = shipped("templates")
    templates = _texts_below(home)
    house = home / "house.docx"
    if own_templates is not None:
        if not own_templates.is_dir():
            raise _refusal(own_templates, "is not a folder", "name the folder with your own templates")
        own = _texts_below(own_templates)
        if unread := [*unread_files(own, templates)]:
            raise Refused(unread)
        templates |= own
        if (own_templates / "house.docx").is_file():
            house = own_templates / "house.docx"
    return Library(
        templates=templates,
        calendars=_data("calendars"),
        jurisdictions=_data("jurisdictions"),
        rates=_data("rates"),
        house=house.read_bytes(),
        own_rates={str(path): read_text(path) for path in own_rates},
    )


@cache
def program_mark() -> str:
    """By what this very program is known again: its version, and its own code where that lies there as text."""
    found = hashlib.sha256(__version__.encode())
    for path in sorted(_HERE.rglob("*.py")):
        found.update(path.relative_to(_HERE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def own_texts(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The texts of a company's own wording, and ours."""
    if not folder.is_dir():
        raise _refusal(folder, "is not a folder", "name the folder with your own templates")
    return _texts_below(folder), _texts_below(shipped("templates"))


def copy_templates(folder: Path, language: str | None, template: str | None) -> tuple[Path, ...]:
    """Our templates as files to be edited; `Refused` before anything is written where one of them is there already."""
    chosen = {
        folder / path: text
        for path, text in _texts_below(shipped("templates")).items()
        if (not language or path.startswith(f"{language}/")) and (not template or path.endswith(f"/{template}"))
    }
    if there := [path for path in chosen if path.exists() or path.is_symlink()]:
        raise Refused(
            [Problem(None, f"{path} is there already", "name another folder, or move the file away") for path in there]
        )
    with _trouble_told(folder):
        place({path: text.encode("utf-8") for path, text in chosen.items()})
    return tuple(chosen)


def samples() -> tuple[dict[str, str], dict[str, str]]:
    """The sample cases by name, and the files that stand beside them."""
    paths = sorted(shipped("samples").glob("*.yaml"))
    beside: dict[str, str] = {}
    for path in paths:
        beside |= read_case(path)[1]
    return {path.name: read_text(path) for path in paths}, beside


def _data(folder: str) -> dict[str, str]:
    """The kit's own data files of one kind, by name."""
    return {path.stem: path.read_text("utf-8") for path in sorted((_HERE / "data" / folder).glob("*.yaml"))}


def shipped(folder: str) -> Path:
    """A folder that travels with the kit: inside the installed package, or beside it in a checkout."""
    inside = _HERE / folder
    return inside if inside.is_dir() else _HERE.parent / folder


def _texts_below(folder: Path) -> dict[str, str]:
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix in {".md", ".yaml"} and path.is_file()]
    for path in paths:
        if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
            raise _refusal(path, "is a link out of the folder", "put the text itself there")
    return {path.relative_to(folder).as_posix(): read_text(path) for path in paths}


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one file."""

    path: Path
    file: PackFile
    changed: bool
    """False when the same bytes stood there already."""


class Unwritable(Refused):
    """Nothing is wrong with what was to be written: there is no space for it, or no right to write it."""


def write_pack(out: Path, files: Iterable[PackFile]) -> tuple[Written, ...]:
    """The files below the folder, all of them or none; `Refused` before the first if a person edited one.

    What is going to be written is remembered before and after: the files of a run that was killed on the way are
    known as the kit's own.
    """
    wanted = {out / file.path: file for file in files}
    with _trouble_told(out):
        known = _read_manifest(out)
        problems = [
            Problem(None, f"{path} was edited since the kit wrote it", "rename it, or choose another folder with --out")
            for path, file in wanted.items()
            if _edited(path, file.content, known.get(file.path))
        ]
        if problems:
            raise Refused(problems)
        _refuse_links_out(out, wanted)
        written = tuple(Written(path, file, _differs(path, file.content)) for path, file in wanted.items())
        names = {file.path: _fingerprint(file.content) for file in wanted.values()}
        before = known | {name: _either(known.get(name), new) for name, new in names.items()}
        changed = {each.path: each.file.content for each in written if each.changed}
        place(_remembered(out, before, known) | changed)
        _forget_former(out, known | names, before)
    return written


def read_beside_pack(folder: Path, name: str) -> str:
    """A note the kit laid beside a pack; nothing where there is none."""
    try:
        return (folder / name).read_text("utf-8")
    except (OSError, ValueError):
        return ""


def write_beside_pack(folder: Path, name: str, text: str) -> None:
    """A note of the kit's own beside a pack; without a text it is taken away."""
    with _trouble_told(folder / name):
        if text:
            place({folder / name: text.encode("utf-8")})
        else:
            (folder / name).unlink(missing_ok=True)


def are_there(folder: Path, names: Iterable[str]) -> bool:
    """Whether each of these files lies in the folder."""
    try:
        return all((folder / name).is_file() for name in names)
    except (OSError, ValueError):
        return False


def sweep(folder: Path, names: Iterable[str]) -> None:
    """Take away what a killed run had begun to write in the folder of a pack: its files, and those of these names."""
    mine = {folder / name for name in (*_read_manifest(folder), *names)}
    with suppress(OSError):
        for parent in {path.parent for path in mine}:
            for path in parent.glob(".*"):
                begun = _BEGUN.fullmatch(path.name)
                if begun and path.with_name(begun["name"]) in mine:
                    path.unlink()


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """The folder for one run at a time; the system lets go of it when the run ends, however it ends.

    `Refused` where another run works in it, or where nothing can be written.
    """
    with _trouble_told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR, 0o644)
    try:
        if not _locked(handle):
            raise _refusal(folder, "is being filled by another run", "wait for it to end, or name another folder")
        yield
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    """Whether the lock is ours now; where a system has none, nobody is kept out."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
    return True


def write_new(path: Path, text: str) -> None:
    """A new text of a person's; `Refused` when something stands there."""
    write_new_bytes(path, text.encode("utf-8"))


def write_new_bytes(path: Path, content: bytes) -> None:
    """A new file of a person's; `Refused` when something stands there."""
    with _trouble_told(path):
        if path.exists() or path.is_symlink():
            raise _refusal(path, "is there already", "choose another name; nothing was overwritten")
        place({path: content})


def write_again(path: Path, content: bytes) -> None:
    """A file the kit makes anew each time it is asked; `Refused` when what stands there is not the kit's own."""
    with _trouble_told(path):
        known = _read_manifest(path.parent)
        if _edited(path, content, known.get(path.name)):
            raise _refusal(path, "was not written by the kit, or edited since", "rename it, or choose another name")
        before = known | {path.name: _either(known.get(path.name), _fingerprint(content))}
        place(_remembered(path.parent, before, known) | {path: content})
        _forget_former(path.parent, known | {path.name: _fingerprint(content)}, before)


def _remembered(folder: Path, names: dict[str, str], known: dict[str, str]) -> dict[Path, bytes]:
    """The note of what the kit wrote, to be placed before it, if it says anything new."""
    if names == known:
        return {}
    return {folder / MANIFEST: (json.dumps(names, indent=1, sort_keys=True) + "\n").encode()}


def _forget_former(folder: Path, names: dict[str, str], known: dict[str, str]) -> None:
    """The note without what the files held before; where it cannot be written, the longer one does as well."""
    with suppress(OSError):
        place(_remembered(folder, names, known))


def _refuse_links_out(out: Path, paths: Iterable[Path]) -> None:
    home = out.resolve()
    links = [path for path in paths if path.is_symlink()]
    for path in (*dict.fromkeys(path.parent for path in paths), *links):
        if not path.resolve().is_relative_to(home):
            raise _refusal(path, "would be outside the folder", "a link leads out of it; choose another --out")


def _differs(path: Path, content: bytes) -> bool:
    return not path.is_file() or path.read_bytes() != content


@contextmanager
def _trouble_told(path: Path) -> Iterator[None]:
    """What the system does not let us write, as a problem with a way out."""
    try:
        yield
    except PermissionError as error:
        way_out = "check the rights, and close the program that has it open"
        raise Unwritable([_unwritten(Path(error.filename or path), error, way_out)]) from None
    except OSError as error:
        way_out = "check folder, rights and space"
        raise Unwritable([_unwritten(Path(error.filename or path), error, way_out)]) from None
    except UnicodeError:
        raise  # told by the edge, which knows what to do about it
    except (RuntimeError, ValueError) as error:  # links in a circle, before Python 3.13; a name that is none here
        raise _refusal(path, f"cannot be written: {error}", "choose another place") from None


def _edited(path: Path, content: bytes, known: str | None) -> bool:
    if not path.exists():
        return path.is_symlink()
    if not path.is_file():
        return True
    there = path.read_bytes()
    return there != content and (_is_protected(path) or _fingerprint(there) not in (known or "").split())


def _is_protected(path: Path) -> bool:
    """Whether a person has taken the right to write from a file."""
    return not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)


def _either(known: str | None, new: str) -> str:
    """Both of what a file may hold while it is being replaced."""
    return new if known is None or new in known.split() else f"{known} {new}"


def _fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read_manifest(out: Path) -> dict[str, str]:
    try:
        told = json.loads((out / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return {str(name): str(value) for name, value in told.items()} if isinstance(told, dict) else {}


def _unwritten(path: Path, error: OSError, way_out: str) -> Problem:
    return Problem(None, f"{path} cannot be written: {error.strerror or error}", way_out)


def _refusal(path: Path, message: str, hint: str) -> Refused:
    return Refused([Problem(None, f"{path} {message}", hint)])
