"""Every Word file of every sample held against two independent validators, and opened by an office program."""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from making import SAMPLES, day, the_kit
from ooxml_integrity import check
from openxml_audit import OpenXmlValidator
from writing import word_bytes

from negotiation_kit.files import write_pack

KIT = the_kit()
LANGUAGES = ("en", "hu")


@pytest.fixture(scope="module")
def papers(tmp_path_factory) -> list[Path]:
    """All Word files of all samples in both languages."""
    written = []
    for sample in SAMPLES:
        case = KIT.check(sample.read_text("utf-8"), sample.name)
        files = KIT.pack(case, as_of=case.as_of or day("2025-03-18"), languages=LANGUAGES)
        written += write_pack(tmp_path_factory.mktemp(sample.stem), files)
    return [each.path for each in written]


@pytest.mark.slow
def test_two_validators_find_nothing(papers):
    audit = OpenXmlValidator()
    findings = {}
    for path in papers:
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
            r'<wp:docPr [^>]*id="(\d+)"',
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


@pytest.mark.slow
@pytest.mark.office
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
def test_an_office_program_opens_every_paper(papers, tmp_path):
    assert all(path.stat().st_size > 5_000 for path in printed(papers, tmp_path))


@pytest.mark.slow
@pytest.mark.office
@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice or poppler is not on this machine"
)
def test_no_signature_stands_alone_and_no_page_is_empty(papers, tmp_path):
    minutes = [path for path in papers if re.search(r"-C0[456]-", path.name)]

    for path in printed(minutes, tmp_path):
        text = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True).stdout.decode()
        pages = text.split("\f")[:-1]
        assert all(len(page.split()) > 40 for page in pages), (path.name, [len(page.split()) for page in pages])
        heading = r"^\s*(?:18\.\s+)?(?:Signatures|Aláírások)\s*$"
        with_heading = [page for page in pages if re.search(heading, page, re.MULTILINE)]
        assert len(with_heading) == 1, path.name
        lines, guarantor = r"Place and date|Kelt:", r"(?:As guarantor|Kezesként)(?:.*\n)*?.*(?:Place and date|Kelt:)"
        beside = [page for page in pages if re.search(guarantor, page) and page != with_heading[0]]
        assert len(re.findall(guarantor, "".join(pages))) == len(re.findall(r"As guarantor|Kezesként", text)), path.name
        assert len(re.findall(lines, with_heading[0])) + len(beside) == len(re.findall(lines, text)), path.name


@pytest.mark.slow
@pytest.mark.office
@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice or poppler is not on this machine"
)
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
