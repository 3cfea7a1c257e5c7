"""Two languages side by side: words in two columns, figures once, blocks that answer each other."""

import re
import zipfile
from io import BytesIO

import docx
import pytest
from making import EACH_SAMPLE, ROOT, day, the_kit
from writing import HOUSE

from negotiation_kit.documents.bilingual import Side, margin_text, woven
from negotiation_kit.documents.package import word_file
from negotiation_kit.documents.wording import Wording
from negotiation_kit.files import library
from negotiation_kit.pack import Kit
from negotiation_kit.problems import Refused

KIT = the_kit()
SAMPLE = ROOT / "samples" / "after-meeting.yaml"
PAIRED = ("C03", "C04", "C05", "C06")
EN, HU = (KIT.desk.language(code) for code in ("en", "hu"))


def a_side(template, language, beside="Which prevails.\n", **values):
    texts = {"paper.md": template, "beside.md": beside}
    wording = Wording(texts, language, "marked")
    return Side(wording.render("paper.md", values), wording.render("beside.md", values), language, "HUF")


def body_of(english, hungarian, **values):
    return woven(HOUSE.opening, a_side(english, EN, **values), a_side(hungarian, HU, **values))


def read(body):
    file = word_file(HOUSE, body=body, title="x", language_tag="en-GB", day=day("2026-01-05"))
    return docx.Document(BytesIO(file))


def rows_of(body):
    return [[cell.text for cell in row.cells] for table in read(body).tables for row in table.rows]


def refusal(english, hungarian, **values):
    with pytest.raises(Refused) as caught:
        body_of(english, hungarian, **values)
    return [problem.message for problem in caught.value.problems]


def paired(sample, codes, *, kit=KIT):
    case = kit.check(sample.read_text("utf-8"), sample.name)
    when = case.as_of or day("2025-03-18")
    made = kit.pack(case, as_of=when, chosen="all", side_by_side=codes)
    return [file for file in made if file.side_by_side]


def test_each_paragraph_stands_beside_its_own_in_the_other_language():
    rows = rows_of(body_of("# Minutes\n\nFirst.\n\nSecond.\n", "# Jegyzőkönyv\n\nElső.\n\nMásodik.\n"))

    assert [["Minutes", "Jegyzőkönyv"], ["Which prevails.", "Which prevails."], ["First.", "Első."], ["Second.", "Második."]] == rows  # fmt: skip


def test_a_heading_shares_the_row_of_what_follows():
    rows = rows_of(body_of("# T\n\n##. Subject\n\nText.\n", "# C\n\n##. Tárgy\n\nSzöveg.\n"))

    assert ["Subject\nText.", "Tárgy\nSzöveg."] == rows[-1]


def test_both_columns_count_the_same_numbers_by_lists_of_their_own():
    body = body_of("# T\n\n##. A\n\n###. B\n\n#. C\n", "# C\n\n##. D\n\n###. E\n\n#. F\n")
    file = word_file(HOUSE, body=body, title="x", language_tag="en-GB", day=day("2026-01-05"))
    with zipfile.ZipFile(BytesIO(file)) as archive:
        numbering = archive.read("word/numbering.xml").decode()
    behind = dict(re.findall(r'<w:num w:numId="(\d+)"><w:abstractNumId w:val="(\d+)"', numbering))

    assert 2 == body.count('<w:numId w:val="901"/>')
    assert behind["901"] != HOUSE.section_numbering
    assert behind["6001"] != behind["1001"] == HOUSE.item_numbering


def test_every_run_says_its_language():
    body = body_of("# Minutes\n\nFirst.\n", "# Jegyzőkönyv\n\nElső.\n")

    assert body.count("<w:r>") == body.count("<w:lang ")
    assert re.search(r'<w:lang w:val="hu-HU"/></w:rPr><w:t xml:space="preserve">Első', body)


def test_a_figure_stands_once_and_words_twice():
    english = "# T\n\n| Item | Amount |\n|---|---:|\n| Total | 4,850,000 |\n| Kft. | 0 |\n"
    hungarian = "# C\n\n| Tétel | Összeg |\n|---|---:|\n| Összesen | 4 850 000 |\n| Kft. | 0 |\n"
    rows = rows_of(body_of(english, hungarian))

    assert [["Item\nTétel", "Amount\nÖsszeg"], ["Total\nÖsszesen", "4,850,000"], ["Kft.", "0"]] == rows[-3:]


def test_two_sums_in_one_cell_are_refused():
    english = "# T\n\n| Item | Amount |\n|---|---:|\n| Total | 4,850,000 |\n"
    hungarian = "# C\n\n| Tétel | Összeg |\n|---|---:|\n| Összesen | 4 850 001 |\n"

    assert ["en/paper.md:5 says '4,850,000', hu/paper.md:5 says '4 850 001'"] == refusal(english, hungarian)


def test_two_days_in_one_cell_are_refused():
    english = "# T\n\n::: facts\nDay | 5 January 2026\n:::\n"
    hungarian = "# C\n\n::: facts\nNap | 2026. január 6.\n:::\n"

    assert ["en/paper.md:4 says '5 January 2026', hu/paper.md:4 says '2026. január 6.'"] == refusal(english, hungarian)


def test_a_paragraph_more_in_one_language_is_refused_with_both_lines():
    english = "# T\n\nOne.\n\nTwo.\n\n- Item.\n"
    hungarian = "# C\n\nEgy.\n\nTöbb.\n\nKettő.\n\n- Tétel.\n"

    assert ["the two languages part ways at en/paper.md:7 and hu/paper.md:7"] == refusal(english, hungarian)


def test_a_row_more_in_one_language_is_refused_with_both_lines():
    english = "# T\n\n| A | B |\n|---|---|\n| a | b |\n"
    hungarian = "# C\n\n| A | B |\n|---|---|\n| a | b |\n| c | d |\n"

    assert ["the two languages part ways at en/paper.md:5 and hu/paper.md:6"] == refusal(english, hungarian)


def test_a_long_clause_may_go_over_the_page_and_a_short_one_stays_whole():
    short, long = body_of("# T\n\nA.\n", "# C\n\nB.\n"), body_of(f"# T\n\n{'word ' * 400}\n", "# C\n\nB.\n")

    assert short.count("<w:tr>") == short.count("<w:cantSplit/>")
    assert long.count("<w:tr>") - 1 == long.count("<w:cantSplit/>")


def test_a_line_to_sign_on_stands_once_with_both_labels():
    english = "# T\n\n::: signatures\nFor the Supplier\nPlace and date: ____\n:::\n"
    hungarian = "# C\n\n::: signatures\nA Szállító részéről\nKelt: ____\n:::\n"
    cell = read(body_of(english, hungarian)).tables[-1].cell(0, 0).text

    assert ["For the Supplier", "A Szállító részéről", "Place and date / Kelt:"] == [
        line.strip() for line in cell.splitlines()
    ]


def test_signatures_stand_whole_with_their_heading_and_the_text_before_it():
    english = "# T\n\nOne.\n\nThanks.\n\n##. Signatures\n\n::: signatures\nSupplier\n____\n---\nClient\n____\n:::\n"
    hungarian = "# C\n\nEgy.\n\nKöszönet.\n\n##. Aláírások\n\n::: signatures\nSzállító\n____\n---\nVevő\n____\n:::\n"
    body = body_of(english, hungarian)
    whole = body[body.rindex("<w:tblCellMar>") :]
    said = [text for text in re.findall(r"<w:t [^>]*>([^<]+)</w:t>", whole) if text != "_"]

    assert ["Thanks.", "Köszönet.", "Signatures", "Aláírások", "Supplier", "Szállító", "Client", "Vevő"] == said
    assert "Egy." in body


def test_no_word_of_either_language_is_lost():
    case = KIT.check(SAMPLE.read_text("utf-8"), SAMPLE.name)
    files = list(KIT.pack(case, as_of=day("2025-03-24"), chosen=("C04",), side_by_side=("en", "hu")))
    bodies = [zipfile.ZipFile(BytesIO(file.content)).read("word/document.xml").decode() for file in files]
    said = [set(re.findall(r"[^\W\d_]+", " ".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)", body)))) for body in bodies]

    assert ["en", "hu", "en-hu"] == [file.language for file in files]
    assert set() == (said[0] | said[1]) - said[2]


def test_values_can_be_no_structure():
    hostile = '</w:t><?at x:1?>&<b> ]]> "x" {{ 7*7 }}'
    rows = rows_of(body_of("# T\n\n{{ said }}\n", "# C\n\n{{ said }}\n", said=hostile))

    assert [hostile, hostile] == rows[-1]


def test_controls_stand_in_the_first_column_alone():
    body = body_of("# T\n\nAt [[place: Győr]].\n", "# C\n\nHely: [[place: Győr]].\n")

    assert 1 == body.count("<w:sdt>") == body.count("<w:bookmarkStart ") == body.count("<w:bookmarkEnd ")
    assert ["At Győr.", "Hely: Győr."] == ["".join(re.findall(r"<w:t[ >][^<]*?>?([^<>]*)</w:t>", cell)) for cell in body.split("<w:tc>")[-2:]]  # fmt: skip


def test_a_footer_says_once_what_is_alike():
    opening, line = HOUSE.opening, "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    said = margin_text(opening, line.format("T-1") + line.format("Page"), line.format("T-1") + line.format("oldal"))

    assert line.format("T-1") + line.format("Page") + line.format("oldal") == said


@EACH_SAMPLE
@pytest.mark.parametrize("codes", [("en", "hu"), ("hu", "en")], ids="-".join)
def test_every_sample_gives_its_papers_side_by_side(sample, codes):
    made = paired(sample, codes)

    assert made
    for file in made:
        assert file.paper.code in PAIRED
        assert file.path.endswith(f".{'-'.join(codes)}.docx")
        body = zipfile.ZipFile(BytesIO(file.content)).read("word/document.xml").decode()
        assert "<?at" not in body
        for pattern in (r'<w:bookmarkStart [^>]*w:id="(\d+)"', r'<w:sdt>.*?<w:id w:val="(-?\d+)"'):
            found = re.findall(pattern, body, re.DOTALL)
            assert len(found) == len(set(found))


def test_a_company_template_with_a_paragraph_more_is_refused_with_its_line(tmp_path):
    ours = library()
    source = ours.templates["hu/C06-payment-schedule.md"]
    told = source.replace('{% include "parts/account.md" %}', 'Egy mondat.\n\n{% include "parts/account.md" %}')
    override = tmp_path / "hu" / "C06-payment-schedule.md"
    override.parent.mkdir()
    override.write_text(told, encoding="utf-8")
    line = told.split("\n").index("Egy mondat.") + 1

    with pytest.raises(Refused) as caught:
        paired(SAMPLE, ("en", "hu"), kit=Kit(library(tmp_path)))

    assert [f"hu/C06-payment-schedule.md:{line}"] == re.findall(r"hu/\S+", caught.value.problems[0].message)


def test_the_first_language_prevails_where_the_case_names_none():
    file = next(file for file in paired(SAMPLE, ("hu", "en")) if file.paper.code == "C04")
    text = "".join(cell.text for table in docx.Document(BytesIO(file.content)).tables for cell in table._cells)

    assert "this text prevails: Hungarian" in text
    assert "this text prevails: English" not in text


def test_one_language_twice_is_refused():
    with pytest.raises(Refused) as caught:
        paired(SAMPLE, ("en", "en"))

    assert ["side by side needs two languages, not 'en' twice"] == [each.message for each in caught.value.problems]


def test_papers_that_are_not_made_side_by_side_are_told():
    case = KIT.check(SAMPLE.read_text("utf-8"), SAMPLE.name)
    with pytest.raises(Refused) as caught:
        list(KIT.pack(case, as_of=day("2025-03-24"), chosen=("D01",), side_by_side=("en", "hu")))

    assert ["none of these papers is made side by side"] == [each.message for each in caught.value.problems]
