"""Word files as PDF, and what is taken to the meeting as one set; the office program itself is stood in for where it is slow."""

import shutil
from io import BytesIO

import pytest
from click.testing import CliRunner
from making import ROOT, the_kit
from pypdf import PdfReader, PdfWriter

from negotiation_kit import printing
from negotiation_kit.cli import main
from negotiation_kit.problems import Refused

SAMPLE = ROOT / "samples" / "late-payer.yaml"


def a_pdf(pages: int) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


def a_pack(*languages):
    kit = the_kit()
    case = kit.check(SAMPLE.read_text("utf-8"), SAMPLE.name)
    return kit, case, list(kit.pack(case, as_of=case.as_of, languages=languages))


def without_an_office(monkeypatch):
    monkeypatch.setattr(printing.shutil, "which", lambda _: None)


def test_without_an_office_program_the_way_out_is_told(monkeypatch):
    without_an_office(monkeypatch)

    with pytest.raises(Refused) as refused:
        printing.as_pdf({"a.docx": b""})

    assert str(refused.value.problems[0]) == (
        "PDF needs LibreOffice, which is not on this machine\n"
        "      = install it (libreoffice.org), or make Word files and export them as PDF from your office program"
    )


def test_without_an_office_program_nothing_is_written(monkeypatch, tmp_path):
    without_an_office(monkeypatch)

    done = CliRunner().invoke(
        main, ["pack", str(SAMPLE), "--out", str(tmp_path / "out"), "-l", "en", "--format", "pdf"]
    )

    assert done.exit_code == 1
    assert "PDF needs LibreOffice" in done.output
    assert not (tmp_path / "out").exists()


def test_nothing_to_convert_needs_no_office_program(monkeypatch):
    without_an_office(monkeypatch)

    assert printing.as_pdf({}) == {}


def test_each_part_of_a_joined_file_begins_on_a_new_sheet():
    whole = PdfReader(BytesIO(printing.joined((a_pdf(1), a_pdf(2), a_pdf(3)), "A set")))

    assert len(whole.pages) == 2 + 2 + 4
    assert whole.metadata.title == "A set"


def test_a_set_holds_the_cover_and_each_paper_as_often_as_it_is_carried(monkeypatch):
    kit, case, files = a_pack("en", "hu")
    asked = []
    monkeypatch.setattr(printing, "as_pdf", lambda words: asked.extend(words) or dict.fromkeys(words, a_pdf(2)))

    made = printing.printed(kit, case, files, as_of=case.as_of, each=False, as_set=True)

    assert [file.path for file in made] == [
        "restricted/2025-017-P02-print-set.en.pdf",
        "restricted/2025-017-P02-print-set.hu.pdf",
    ]
    copies = sum(file.paper.copies for file in files if file.language == "en")
    assert len(PdfReader(BytesIO(made[0].content)).pages) == 2 * (1 + copies)
    assert not any("D01" in path for path in asked)


def test_side_by_side_has_a_set_of_its_own_with_the_rest_in_the_first_language(monkeypatch):
    kit = the_kit()
    case = kit.check(SAMPLE.read_text("utf-8"), SAMPLE.name)
    files = list(kit.pack(case, as_of=case.as_of, languages=("en", "hu"), side_by_side=("hu", "en")))
    asked = []
    monkeypatch.setattr(printing, "as_pdf", lambda words: asked.extend(words) or dict.fromkeys(words, a_pdf(2)))

    made = printing.printed(kit, case, files, as_of=case.as_of, each=False, as_set=True)

    both = next(file for file in made if file.language == "hu-en")
    carried = {file.paper.code: file.paper.copies for file in files if file.paper.copies}
    assert "restricted/2025-017-P02-print-set.hu-en.pdf" == both.path
    assert len(PdfReader(BytesIO(both.content)).pages) == 2 * (1 + sum(carried.values()))
    assert ["hu-en", "en", "hu"] == sorted((file.language for file in made), key=["hu-en", "en", "hu"].index)


def test_each_word_file_has_a_pdf_of_its_name(monkeypatch):
    kit, case, files = a_pack("hu")
    monkeypatch.setattr(printing, "as_pdf", lambda words: dict.fromkeys(words, b"%PDF"))

    made = printing.printed(kit, case, files, as_of=case.as_of, each=True, as_set=False)

    assert [file.path for file in made] == [file.path.replace(".docx", ".pdf") for file in files]


@pytest.mark.office
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
def test_a_pack_is_had_as_pdf_and_as_one_print_set(tmp_path):
    arguments = ["pack", str(SAMPLE), "--out", str(tmp_path), "-l", "hu", "--format", "pdf", "--print-set"]
    done = CliRunner().invoke(main, arguments)

    assert done.exit_code == 0, done.output
    assert not list(tmp_path.rglob("*.docx"))
    whole = PdfReader(tmp_path / "restricted" / "2025-017-P02-print-set.hu.pdf")
    assert "Amit a megbeszélésre viszünk" in whole.pages[0].extract_text()
    assert CliRunner().invoke(main, arguments).exit_code == 0
