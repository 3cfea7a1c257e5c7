from decimal import Decimal
from io import BytesIO

import pytest
from lxml import etree
from ooxml_integrity import check
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator
from writing import DAY, HOSTILE, HOUSE, problems, rendered

from negotiation_kit.documents.container import unzipped
from negotiation_kit.documents.languages import figure
from negotiation_kit.documents.package import word_file
from negotiation_kit.money import Money
from negotiation_kit.problems import Refused

PLAN = (("1 April", "1000.00", "500.50"), ("8 April", "500.50", "0.00"))
CHART = (
    "## Our plan\n::: chart\n| Day | Part ({{ currency }}) | Left |\n|---|---:|---:|\n"
    "{% for row in plan %}\n| {{ row[0] }} | {{ row[1] }} | {{ row[2] }} |\n{% endfor %}\n:::\nAfter."
)
NAMES = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
}


def file(source: str = CHART, *, tag: str = "hu-HU", plan=PLAN, currency: str = "EUR") -> bytes:
    body = rendered(source, "docx", plan=plan, currency=currency)
    return word_file(HOUSE, body=body, title="T", language_tag=tag, day=DAY)


def found(path: str, part: str = "word/charts/kit-chart1.xml", **changed) -> list:
    return etree.fromstring(unzipped(file(**changed))[part]).xpath(path, namespaces=NAMES)


def test_a_chart_has_a_bar_for_each_part_and_a_line_of_what_is_left():
    assert ["1000.00", "500.50"] == found("//c:barChart//c:val//c:v/text()")
    assert ["500.50", "0.00"] == found("//c:lineChart//c:val//c:v/text()")
    assert ["1 April", "8 April"] == found("//c:barChart//c:cat//c:v/text()")
    assert ["Part (EUR)", "Left"] == found("//c:ser/c:tx//c:v/text()")


def test_the_workbook_inside_holds_the_same_figures():
    book = load_workbook(BytesIO(unzipped(file())["word/embeddings/kit-chart1.xlsx"]))

    assert [
        ("Day", "Part (EUR)", "Left"),
        ("1 April", 1000, 500.5),
        ("8 April", 500.5, 0),
    ] == list(book["Sheet1"].values)


@pytest.mark.parametrize(
    ("tag", "plan", "pattern"),
    [
        ("hu-HU", (("a", "10", "0"),), "[$-40E]#,##0"),
        ("en-GB", PLAN, "[$-809]#,##0.00"),
        ("xx-XX", PLAN, "#,##0.00"),
    ],
)
def test_figures_are_written_as_the_language_of_the_paper_does(tag, plan, pattern):
    assert {pattern} == {*found("//c:formatCode/text() | //c:valAx/c:numFmt/@formatCode", tag=tag, plan=plan)}


def test_a_chart_is_told_to_those_who_cannot_see_it():
    (drawing,) = found("//wp:docPr", "word/document.xml")

    assert "Our plan" == drawing.get("name")
    assert "Day / Part (EUR) / Left: 1 April: 1000.00, 500.50; 8 April: 500.50, 0.00" == drawing.get("descr")


def test_two_charts_have_drawings_and_parts_of_their_own(tmp_path):
    twice = file(f"{CHART}\n{CHART}")
    (tmp_path / "paper.docx").write_bytes(twice)

    parts = unzipped(twice)
    ids = etree.fromstring(parts["word/document.xml"]).xpath("//wp:docPr/@id", namespaces=NAMES)
    assert ["200001", "200002"] == ids
    assert {"word/charts/kit-chart1.xml", "word/charts/kit-chart2.xml"} <= {*parts}
    assert [] == OpenXmlValidator().validate(str(tmp_path / "paper.docx")).errors
    assert [] == list(check(str(tmp_path / "paper.docx")))


def test_a_plan_without_parts_draws_nothing():
    parts = unzipped(file(plan=()))

    assert b"drawing" not in parts["word/document.xml"]
    assert not [name for name in parts if "chart" in name]


def test_the_same_plan_gives_the_same_bytes():
    assert file() == file()


@pytest.mark.parametrize("value", HOSTILE)
def test_a_label_stays_text_whatever_it_holds(value):
    labels = found("//c:barChart//c:cat//c:v/text()", plan=((value, "1", "0"),))

    assert ["".join(value.split())] == ["".join("".join(labels).split())]


def test_a_text_leaves_the_chart_out():
    said = rendered(CHART, "text", plan=PLAN, currency="EUR")

    assert "500.50" not in said
    assert "After." in said


@pytest.mark.parametrize(
    "inside", ["Words.", "| A | B |\n|---|---|\n| a | b |", "| A | B | C |\n|---|---|---|\n| a | b | c |\n\nWords."]
)
def test_a_chart_holds_one_table_of_three_columns(inside):
    (problem,) = problems(f"::: chart\n{inside}\n:::")

    assert "::: chart holds one table of three columns and nothing else" == problem.message
    assert "a label, a bar and a point of the line in each row" == problem.hint
    assert 1 == problem.place.line


def test_a_figure_has_a_point_and_the_decimals_of_its_currency():
    assert ["1234.50", "1234"] == [figure(Money(Decimal(a), c)) for a, c in (("1234.5", "EUR"), ("1234", "HUF"))]


def test_a_balance_far_above_the_parts_has_a_scale_of_its_own(tmp_path):
    long = tuple((f"day {number}", "1000", str(1000 * (23 - number))) for number in range(24))
    (tmp_path / "paper.docx").write_bytes(file(plan=long))

    assert 2 == len(found("//c:valAx", plan=long))
    assert ["Part (EUR)", "Left"] == ["".join(title.itertext()) for title in found("//c:valAx/c:title", plan=long)]
    assert [] == OpenXmlValidator().validate(str(tmp_path / "paper.docx")).errors
    assert [] == list(check(str(tmp_path / "paper.docx")))


def test_a_short_plan_has_one_scale_for_bars_and_line():
    assert 1 == len(found("//c:valAx"))
    assert [] == found("//c:valAx/c:title")


def test_a_figure_written_for_readers_is_refused():
    with pytest.raises(Refused) as refused:
        file(plan=(("1 April", "1,000.00", "0"),))

    (problem,) = refused.value.problems
    assert "a chart has '1,000.00' where a figure belongs" == problem.message
    assert "print it with | figure" == problem.hint
