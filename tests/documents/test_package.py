import re
import shutil
import subprocess
from datetime import date
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from making import ROOT
from ooxml_integrity import check
from openxml_audit import OpenXmlValidator
from writing import DAY, HOSTILE, HOUSE, rendered, word

from negotiation_kit.documents.container import zipped
from negotiation_kit.documents.house import House
from negotiation_kit.documents.package import word_file

MINUTES = """# Jegyzőkönyv nyitott tartozás rendezéséről

::: facts
Iktatószám | {{ number }}
Kelt | {{ day }}
:::

##. Felek
::: columns
**Szállító**
Őrsi Szűrőtechnika Zrt.
---
**Vevő**
{{ client }}
:::
###. A felek képviseletére jogosultak aláírnak.

##. Fizetési ütemezés
| Ssz. | Esedékesség | Összeg |
|---:|--------|-----:|
{% for row in rows %}
| {{ row.no }} | {{ row.due | day }} | {{ row.sum }} |
{% endfor %}
|= | Összesen | 276 000,00 EUR |

#. költség
#. kamat

Két lista:
#. az első
- [ ] a teljes összeg
- [x] egy része: ____

::: write
| Teendő | Felelős |
|-----|----|
{% for n in range(3) %}
| | |
{% endfor %}
:::
::: note
**Fontos.** A Vevő _elviheti_.
- pont

| Belső | tábla |
|---|---|
| a | b |
:::
::: small
Apró betű.
:::

## Aláírások
Kelt {{ day }}, ____ példányban.
::: signatures
{{ client }}
____
név
---
Szállító
____
:::
"""
VALUES = {
    "number": "2026/0117",
    "day": DAY,
    "client": "Kovács & Társa <Építő> Kft.",
    "rows": [SimpleNamespace(no=n, due=date(2026, 1 + n % 12, 5), sum=f"{n} 500,00 EUR") for n in range(40)],
}
FOOTER = "{{ number }} · 2. változat [[right]] [[page]]. oldal, összesen [[pages]]"


BODY = rendered(MINUTES, "docx", **VALUES)


def minutes(house: House = HOUSE, **changes) -> bytes:
    settings = {
        "body": BODY,
        "header": rendered("Jegyzőkönyv [[right]] {{ number }}", "docx", **VALUES),
        "footer": rendered(FOOTER, "docx", **VALUES),
        "title": 'Jegyzőkönyv "A" & <B>',
        "language_tag": "hu-HU",
        "day": DAY,
    }
    return word_file(house, **(settings | changes))


def parts_of(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_the_same_input_gives_the_same_bytes():
    assert minutes() == minutes(House.read((ROOT / "templates" / "house.docx").read_bytes()))


def test_the_file_has_no_time_no_author_and_no_hidden_data():
    data = minutes()
    core = parts_of(data)["docProps/core.xml"].decode()

    with ZipFile(BytesIO(data)) as file:
        assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in file.infolist()}
        assert "[Content_Types].xml" == file.namelist()[0]
        assert not [name for name in file.namelist() if name.startswith("customXml")]
    assert ["2026-01-05T00:00:00Z"] * 2 == re.findall(r">([^<]*)</dcterms", core)
    assert "creator" not in core
    assert "lastModifiedBy" not in core


def test_properties_say_what_the_paper_is():
    data = minutes(subject="C04", identifier="2026/0117", author="Őrsi Zrt.")
    properties = docx.Document(BytesIO(data)).core_properties

    assert ('Jegyzőkönyv "A" & <B>', "hu-HU", "C04", "2026/0117", "Őrsi Zrt.") == (
        properties.title,
        properties.language,
        properties.subject,
        properties.identifier,
        properties.author,
    )


def test_the_language_of_the_paper_is_the_default_of_its_styles():
    styles = docx.Document(BytesIO(minutes())).styles.element

    assert "hu-HU" == styles.find(f".//{qn('w:lang')}").get(qn("w:val"))


def test_header_and_footer_stand_on_their_pages():
    section = docx.Document(BytesIO(minutes())).sections[0]

    assert section.different_first_page_header_footer
    assert "" == section.first_page_header.paragraphs[0].text
    assert "Jegyzőkönyv\t2026/0117" == section.header.paragraphs[0].text
    for footer in (section.footer, section.first_page_footer):
        assert "2026/0117 · 2. változat\t1. oldal, összesen 1" == footer.paragraphs[0].text
        assert "footer" == footer.paragraphs[0].style.name.lower()


def test_a_paper_without_header_and_footer_has_empty_ones():
    section = word("A").sections[0]

    assert ["", "", ""] == [
        part.paragraphs[0].text for part in (section.header, section.footer, section.first_page_footer)
    ]


def test_every_numbered_list_has_a_numbering_that_counts_from_one():
    numbering = parts_of(minutes())["word/numbering.xml"].decode()

    assert ["1", "2", "3", "1001", "1002"] == re.findall(r'<w:num w:numId="(\d+)"', numbering)
    assert 2 == numbering.count('<w:startOverride w:val="1"/>')


@pytest.mark.slow
def test_two_independent_judges_find_nothing(tmp_path):
    paper, house = tmp_path / "paper.docx", ROOT / "templates" / "house.docx"
    paper.write_bytes(minutes())

    assert [[], []] == [OpenXmlValidator().validate(str(file)).errors for file in (paper, house)]
    assert [[], []] == [list(check(str(file))) for file in (paper, house)]


def test_hostile_values_stay_text_in_header_and_footer():
    for value in HOSTILE:
        mark = rendered("{{ v }}", "docx", v=value)
        section = docx.Document(BytesIO(minutes(body="", header=mark, footer=mark))).sections[0]

        assert [value, value] == [section.header.paragraphs[0].text, section.footer.paragraphs[0].text]


# A house file that a company has edited


def edited(**texts: tuple[str, str]) -> House:
    """Our house file with pieces of its parts replaced."""
    parts = parts_of((ROOT / "templates" / "house.docx").read_bytes())
    for name, (old, new) in texts.items():
        part = f"word/{name}.xml"
        assert old in parts[part].decode()
        parts[part] = parts[part].decode().replace(old, new).encode()
    return House.read(zipped(parts))


def test_tables_take_the_width_of_the_houses_page():
    house = edited(document=('w:left="1417"', 'w:left="2917"'))
    table = docx.Document(BytesIO(minutes(house))).tables[2]

    assert 9072 - 1500 == int(table._tbl.find(qn("w:tblPr")).find(qn("w:tblW")).get(qn("w:w")))
    assert 9072 - 1500 - 3 <= sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid) <= 9072 - 1500


def test_styles_are_found_by_their_name_whatever_their_id():
    house = edited(styles=('w:styleId="BodyText"', 'w:styleId="Szvegtrzs"'))
    paper = docx.Document(
        BytesIO(word_file(house, body=rendered("A", "docx"), title="", language_tag="hu-HU", day=DAY))
    )

    assert "Szvegtrzs" == paper.paragraphs[0].style.style_id
    assert "Footer" == paper.sections[0].footer.paragraphs[0].style.style_id


def test_the_letterhead_survives():
    house = edited(header1=("</w:pPr></w:p>", "</w:pPr><w:r><w:t>Őrsi Zrt.</w:t></w:r></w:p>"))
    section = docx.Document(BytesIO(minutes(house))).sections[0]

    assert "Őrsi Zrt." == section.first_page_header.paragraphs[0].text
    assert "Jegyzőkönyv\t2026/0117" == section.header.paragraphs[0].text


def test_a_macintosh_mark_stays_last_in_the_numbering():
    house = edited(numbering=("</w:numbering>", '<w:numIdMacAtCleanup w:val="1"/></w:numbering>'))

    assert parts_of(minutes(house))["word/numbering.xml"].endswith(b'<w:numIdMacAtCleanup w:val="1"/></w:numbering>')


# In an office program


@pytest.fixture(scope="module")
def sheets(tmp_path_factory) -> list[str]:
    """The text of each page, as an office program prints it."""
    if not (shutil.which("soffice") and shutil.which("pdftotext")):
        pytest.skip("LibreOffice or poppler is not on this machine")
    folder = tmp_path_factory.mktemp("office")
    (folder / "paper.docx").write_bytes(minutes())
    convert = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
    subprocess.run([*convert, "--outdir", str(folder), str(folder / "paper.docx")], check=True, capture_output=True)
    text = subprocess.run(["pdftotext", "-layout", str(folder / "paper.pdf"), "-"], check=True, capture_output=True)
    return text.stdout.decode().split("\f")[:-1]


@pytest.mark.slow
@pytest.mark.office
def test_an_office_program_numbers_heads_and_pages(sheets):
    assert re.search(r"1\.\s+Felek", sheets[0])
    assert re.search(r"1\.1\s+A felek képviseletére", sheets[0])
    assert all(f"{page}. oldal, összesen {len(sheets)}" in sheet for page, sheet in enumerate(sheets, start=1))
    assert not re.search(r"Jegyzőkönyv\s+2026/0117", sheets[0])
    assert all(re.search(r"Jegyzőkönyv\s+2026/0117", sheet) for sheet in sheets[1:])


@pytest.mark.slow
@pytest.mark.office
def test_an_office_program_repeats_the_head_row_and_begins_lists_anew(sheets):
    pages_of_the_plan = [sheet for sheet in sheets if re.search(r"\b500,00 EUR", sheet)]

    assert len(pages_of_the_plan) > 1
    assert all(re.search(r"Ssz\.\s+Esedékesség", sheet) for sheet in pages_of_the_plan)
    assert re.search(r"1\.\s+az első", "".join(sheets))


@pytest.mark.slow
@pytest.mark.office
def test_an_office_program_ends_with_the_signatures_and_some_text(sheets):
    assert "Aláírások" in sheets[-1]
    assert "név" in sheets[-1]
    assert "Apró betű." in sheets[-1]


def test_the_last_lines_of_a_paper_stay_together():
    made = word("\n".join(f"Line {number}." for number in range(9)))
    kept = [paragraph.text for paragraph in made.paragraphs if paragraph.paragraph_format.keep_with_next]

    assert ["Line 4.", "Line 5.", "Line 6.", "Line 7."] == kept


def test_only_what_follows_the_last_table_is_kept_to_the_end():
    made = word("One.\n\n| A |\n|---|\n| a |\n\nTwo.\nThree.")
    kept = [paragraph.text for paragraph in made.paragraphs if paragraph.paragraph_format.keep_with_next]

    assert ["Two."] == kept
