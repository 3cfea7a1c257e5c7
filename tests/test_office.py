"""Every Word file of every sample held against two independent validators, and opened by an office program."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from growing import (
    after_the_meeting,
    before_a_further_round,
    before_the_meeting,
    ended_open,
    signed,
    the_longest,
    the_longest_before,
)
from making import SAMPLES, day, the_kit
from ooxml_integrity import check
from openxml_audit import OpenXmlValidator
from writing import word_bytes

from negotiation_kit.documents.catalogue import CODES, SIDE_BY_SIDE
from negotiation_kit.files import write_pack
from negotiation_kit.pack import PackFile

KIT = the_kit()
LANGUAGES = ("en", "hu")


PAID = (("2025-03-26", "1460000"), ("2025-04-09", "1130000"), ("2025-04-23", "1130000"), ("2025-05-07", "1130000"))
CASES = {path.stem: path.read_text("utf-8") for path in SAMPLES}
CASES |= {
    "longest": the_longest(),
    "longest-before": the_longest_before(),
    "reminded": signed(PAID[0], as_of="2025-04-07"),
    "settled": signed(*PAID, as_of="2025-05-08"),
    "next-round": before_a_further_round(),
}
"""Every sample, the shortest among them; the longest case, of forty invoices and twenty-four parts; and what comes later."""
PAIR = ("hu", "en")


def made(text: str, name: str, *, codes: tuple[str, ...] = (), both: bool = True) -> list[PackFile]:
    """All papers that can be made of a case, in both languages and side by side."""
    case = KIT.check(text, f"{name}.yaml")
    shared = {"as_of": case.as_of or day("2025-03-18"), "chosen": codes or "all"}
    files = list(KIT.pack(case, languages=LANGUAGES, **shared))
    if both and any(file.paper.code in SIDE_BY_SIDE for file in files):
        files += [file for file in KIT.pack(case, languages=PAIR[:1], side_by_side=PAIR, **shared) if file.side_by_side]
    return files


@pytest.fixture(scope="module")
def papers(tmp_path_factory) -> list[Path]:
    """All Word files of all cases, in both languages and side by side."""
    written = []
    for name, text in CASES.items():
        written += write_pack(tmp_path_factory.mktemp(name), made(text, name))
    return [each.path for each in written]


@pytest.mark.slow
def test_every_paper_of_the_kit_is_among_them(papers):
    codes = {
        (found[1], found[2]) for path in papers if (found := re.search(r"-([CD]\d\d)-[^.]*\.([\w-]+)\.docx", path.name))
    }

    assert set(CODES) == {code for code, _ in codes}
    for code in CODES:
        assert {"en", "hu", *(["hu-en"] if code in SIDE_BY_SIDE else [])} == {
            each for own, each in codes if own == code
        }


@pytest.mark.slow
def test_two_validators_find_nothing(papers):
    findings = {}
    for path in papers:
        audit = OpenXmlValidator()  # a fresh one each time: it remembers the footnotes of the file before
        found = [str(error) for error in audit.validate(str(path)).errors]
        found += [str(finding) for finding in check(str(path))]
        if found:
            findings[path.name] = found

    assert not findings


@pytest.mark.slow
def test_what_must_be_one_of_a_kind_is(papers):
    for path in papers:
        with zipfile.ZipFile(path) as archive:
            assert len(archive.namelist()) == len(set(archive.namelist()))
            body = archive.read("word/document.xml").decode("utf-8")
        for pattern in (
            r'<w:bookmarkStart [^>]*w:id="(\d+)"',
            r'<w:bookmarkStart [^>]*w:name="([^"]+)"',
            r'<(?:wp:docPr|wps:cNvPr) [^>]*?\bid="(\d+)"',
            r'<w:footnoteReference [^>]*w:id="(\d+)"',
            r'<w:sdt>.*?<w:id w:val="(-?\d+)"',
        ):
            found = re.findall(pattern, body, re.DOTALL)
            assert len(found) == len(set(found)), (path.name, pattern)


@pytest.mark.slow
def test_no_person_and_no_machine_is_in_the_properties(papers):
    for path in papers:
        with zipfile.ZipFile(path) as archive:
            core = archive.read("docProps/core.xml").decode("utf-8")
            assert "docProps/custom.xml" not in archive.namelist()
        assert "lastModifiedBy" not in core
        assert "<dc:creator>" not in core
        assert f"<dc:language>{'en-GB' if '.en.' in path.name else 'hu-HU'}</dc:language>" in core
        assert "<dc:title>" in core


_AT_ONCE = 100
"""Files of one call: LibreOffice drops those beyond some 240 without a word."""


def printed(papers: list[Path], folder: Path) -> list[Path]:
    """The papers as LibreOffice prints them, as PDF files."""
    copies = [folder / f"{number:03}-{path.name}" for number, path in enumerate(papers)]
    for path, copy in zip(papers, copies, strict=True):
        shutil.copy(path, copy)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for batch in (copies[place : place + _AT_ONCE] for place in range(0, len(copies), _AT_ONCE)):
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *batch],
            check=True,
            capture_output=True,
            timeout=540,
        )
    return [copy.with_suffix(".pdf") for copy in copies]


NEEDS_OFFICE = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice or poppler is not on this machine"
)


@pytest.fixture(scope="module")
def sheets(papers, tmp_path_factory) -> list[Path]:
    """All of them as an office program prints them."""
    return printed(papers, tmp_path_factory.mktemp("printed"))


@pytest.mark.slow
@pytest.mark.office
@NEEDS_OFFICE
def test_an_office_program_opens_every_paper(sheets):
    assert all(path.stat().st_size > 5_000 for path in sheets)


@pytest.mark.slow
@pytest.mark.office
@NEEDS_OFFICE
def test_no_signature_stands_alone_and_no_page_is_empty(sheets):
    assert [] == [wrong for path in sheets for wrong in ends_badly(path)]


_HEADING = re.compile(r"^\s*(?:18\.\s+)?(?:Signatures|Aláírások)(?:\s+(?:18\.\s+)?Signatures)?\s*$", re.MULTILINE)
_PLACE = re.compile(r"Place and date|Kelt:|Kelt /")
_GUARANTOR = re.compile(r"As guarantor|Kezesként")
_LEAST_LINES = 3


def ends_badly(path: Path) -> Iterator[str]:
    """What is wrong with the pages of a paper: one that is nearly empty, or signatures parted from each other."""
    text = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True).stdout.decode()
    pages = text.split("\f")[:-1]
    for number, page in enumerate(pages, start=1):
        if len(own_lines(page)) < _LEAST_LINES:
            yield f"{path.name}: page {number} has {len(own_lines(page))} lines"
    with_heading = [page for page in pages if _HEADING.search(page)]
    if re.search(r"C0[456]\b", path.name) and not with_heading:
        yield f"{path.name}: no page heads the signatures"
    if len(with_heading) > 1:
        yield f"{path.name}: {len(with_heading)} pages head the signatures"
    if with_heading:
        beside = [
            page for page in pages if page not in with_heading and _PLACE.search(page) and _GUARANTOR.search(page)
        ]
        signed = sum(len(_PLACE.findall(page)) for page in (*with_heading, *beside))
        if signed != len(_PLACE.findall("".join(pages[pages.index(with_heading[0]) :]))):
            yield f"{path.name}: the signatures are parted"
        if not _PLACE.search(with_heading[0]) and "-C13-" not in path.name:  # a mail says where the signatures follow
            yield f"{path.name}: the heading of the signatures stands without them"


def own_lines(page: str) -> list[str]:
    """The lines of a page without its running head and foot."""
    lines = [line for line in page.splitlines() if line.strip()]
    foot = next(
        (
            place
            for place, line in enumerate(lines)
            if re.search(r"Page \d+ of|\d+/\d+\. oldal|\(initials\)|\(kézjegyek\)", line)
        ),
        len(lines),
    )
    return lines[1:foot] if len(lines) > 1 else []


GROWING = {
    "C04": (after_the_meeting, ("C04", "C06")),
    "C05": (before_the_meeting, ("C05", "C03")),
    "C07": (ended_open, ("C07",)),
}


@pytest.mark.slow
@pytest.mark.office
@NEEDS_OFFICE
@pytest.mark.parametrize("kind", GROWING)
def test_papers_of_growing_length_end_well(kind, tmp_path):
    """Real papers, alone and side by side, each a line or two longer than the one before."""
    grown, codes = GROWING[kind]
    paths = []
    for more in range(12):
        for file in made(grown(more), f"grown-{more}", codes=codes):
            paths.append(tmp_path / f"{more:02}-{file.paper.code}.{file.language}.docx")
            paths[-1].write_bytes(file.content)

    assert len(paths) >= 24
    assert [] == [wrong for path in printed(paths, tmp_path) for wrong in ends_badly(path)]


@pytest.mark.slow
@pytest.mark.office
@NEEDS_OFFICE
def test_sixty_papers_of_growing_length_end_well(tmp_path):
    """No block of signatures is split, no page ends the paper with fewer than three lines, none is empty."""
    sides = "For the {}\n**Signing block**\n____\nName of {}\nPlace and date: ____"
    signed = f"##. Signatures\nRead.\n\n::: signatures\n{sides.format('A', 'A')}\n---\n{sides.format('B', 'B')}\n:::"
    made = []
    for count in range(60):
        words = "\n".join(f"Paragraph {number} of a paper that grows." for number in range(20 + count))
        made.append(tmp_path / f"grown-{count:02}.docx")
        made[-1].write_bytes(word_bytes(f"# Paper\n##. Text\n{words}\n" + (signed if count % 2 else "")))

    for path in printed(made, tmp_path):
        text = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True).stdout.decode()
        pages = text.split("\f")[:-1]
        assert len([line for line in pages[-1].splitlines() if line.strip()]) >= 3, path.name
        ends = [sum(mark in page for mark in ("Signing block", "Name of", "Place and date")) for page in pages]
        assert {*ends} <= {0, 3}, path.name
        assert ("Signing block" in text) == (int(path.stem[-2:]) % 2 == 1), path.name
