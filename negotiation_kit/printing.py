"""An office program, where this machine has one: Word files become PDF, many in one start."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

from negotiation_kit.asked import Asked, papers_asked, with_index
from negotiation_kit.case.case import Case
from negotiation_kit.pack import Kit, PackFile
from negotiation_kit.problems import Problem, Refused

_NAMES = ("soffice", "libreoffice")
_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_SECONDS_TO_START = 60
_SECONDS_A_FILE = 20


def whole_pack(
    kit: Kit, case: Case, asked: Asked, *, as_of: date, shown: Callable[[Iterator[PackFile]], Iterator[PackFile]] = iter
) -> tuple[PackFile, ...]:
    """Every file of a pack as it was asked for, its index last; an office program is started only for PDFs."""
    files = list(shown(papers_asked(kit, case, asked, as_of=as_of)))
    files += printed(kit, case, files, as_of=as_of, each="pdf" in asked.forms, as_set=asked.print_set)
    return with_index(kit, case, files, asked, as_of=as_of)


def printed(
    kit: Kit, case: Case, files: Sequence[PackFile], *, as_of: date, each: bool, as_set: bool
) -> tuple[PackFile, ...]:
    """Of the Word files among these: each as a PDF, or what is taken to the meeting as one set a language, or both."""
    words = [file for file in files if file.form == "docx"]
    carried = [file for file in words if file.paper.copies] if as_set else []
    sets = [_of_language(carried, code) for code in dict.fromkeys(file.language for file in carried)]
    covers = [kit.cover(case, mine, as_of=as_of) for mine in sets]
    asked = words if each else carried
    made = as_pdf({file.path: file.content for file in (*asked, *covers)})
    found = [_as_pdf_file(file, made[file.path]) for file in asked] if each else []
    for cover, mine in zip(covers, sets, strict=True):
        ordered = [made[file.path] for file in mine for _ in range(file.paper.copies)]
        found.append(
            _as_pdf_file(cover, joined((made[cover.path], *ordered), kit.desk.title(cover.paper, cover.languages[0])))
        )
    return tuple(found)


def _of_language(files: Sequence[PackFile], code: str) -> list[PackFile]:
    """What is carried in a language; of a pair what is side by side, and the rest in the first of the two."""
    mine = [file for file in files if file.language == code]
    if not mine[0].side_by_side:
        return mine
    both = {file.paper.code: file for file in mine}
    first = [file for file in files if not file.side_by_side and file.language == mine[0].languages[0]]
    rest = [file for file in first if file.paper.code not in both]
    return [*mine, *rest]


def _as_pdf_file(file: PackFile, content: bytes) -> PackFile:
    return replace(file, path=f"{file.path.removesuffix('.docx')}.pdf", form="pdf", content=content)


def as_pdf(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Each Word file by its name as a PDF under the same name; `Refused` where there is no LibreOffice, or it fails."""
    if not files:
        return {}
    program = _program()
    with tempfile.TemporaryDirectory(prefix="negotiation-kit-") as folder:
        here = Path(folder)
        numbered = {here / f"{number}.docx": name for number, name in enumerate(files)}
        for path, name in numbered.items():
            path.write_bytes(files[name])
        _convert(program, here, list(numbered))
        made = {name: path.with_suffix(".pdf") for path, name in numbered.items()}
        lost = [name for name, path in made.items() if not path.is_file()]
        if lost:
            raise _refusal(
                f"LibreOffice made no PDF of {', '.join(lost)}", "open the Word file in it and export it there"
            )
        return {name: path.read_bytes() for name, path in made.items()}


def _program() -> str:
    found = next(filter(None, map(shutil.which, (*_NAMES, *_USUAL_PLACES))), None)
    if found is None:
        way_out = "install it (libreoffice.org), or make Word files and export them as PDF from your office program"
        raise _refusal("PDF needs LibreOffice, which is not on this machine", way_out)
    return found


def _convert(program: str, here: Path, paths: Sequence[Path]) -> None:
    """One start for all, with a profile of its own: an open window of the same program does not disturb it."""
    profile = (here / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(here)]
    try:
        subprocess.run(  # noqa: S603 - the program found above, on files of our own
            [*command, *map(str, paths)],
            check=True,
            capture_output=True,
            timeout=_SECONDS_TO_START + _SECONDS_A_FILE * len(paths),
            env={**os.environ, "SAL_USE_VCLPLUGIN": "svp"},
        )
    except subprocess.TimeoutExpired:
        raise _refusal("LibreOffice did not finish in time", "close its windows and try again") from None
    except (subprocess.CalledProcessError, OSError) as error:
        raise _refusal(f"LibreOffice failed: {error}", "start it once by hand, then try again") from None


def joined(parts: Sequence[bytes], title: str) -> bytes:
    """Several PDFs as one to be printed on both sides: each begins on a new sheet. Needs the extra `pdf`."""
    try:
        from pypdf import PdfReader, PdfWriter
    except ImportError:
        way_out = 'install it with: python -m pip install "negotiation-kit[pdf]"'
        raise _refusal("a print set needs the package pypdf, which is not installed", way_out) from None
    writer = PdfWriter()
    for part in parts:
        reader = PdfReader(BytesIO(part))
        for sheet in reader.pages:
            writer.add_page(sheet)
        if len(reader.pages) % 2:
            writer.add_blank_page()
    writer.add_metadata({"/Title": title})
    found = BytesIO()
    writer.write(found)
    return found.getvalue()


def _refusal(message: str, way_out: str) -> Refused:
    return Refused([Problem(None, message, way_out)])
