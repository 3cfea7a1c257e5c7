"""A chart that shows another figure than the plan does not leave the house."""

from dataclasses import replace

import pytest
from making import ROOT, day

from negotiation_kit.documents.chart_proof import chart_problems, plans_of
from negotiation_kit.documents.container import unzipped, zipped
from negotiation_kit.files import library
from negotiation_kit.pack import Kit
from negotiation_kit.problems import Refused

SAMPLE = (ROOT / "samples" / "after-meeting.yaml").read_text("utf-8")
LOOP = "{% for instalment in plan.instalments %}"
WRONG = [
    ("instalment.amount | figure", "instalment.left | figure", "a chart says 3390000, the plan 1460000"),
    ("instalment.left | figure", "instalment.amount | figure", "a chart says 1460000, the plan 3390000"),
    ("instalment.due | short_day", "instalment.number", "a chart says 1, the plan 26\N{NO-BREAK SPACE}Mar"),
    (LOOP, "{% for instalment in plan.instalments if instalment.number < 4 %}", "a chart has 3 parts and is no plan"),
]


def made(code: str, form: str = "docx", planted: tuple[str, str] = ("", ""), language: str = "en", **more):
    """A paper of the sample, with a wrong figure planted into our template of the chart."""
    ours, name = library(), f"{language}/parts/plan-chart.md"
    assert planted[0] in ours.templates[name]
    kit = Kit(replace(ours, templates={**ours.templates, name: ours.templates[name].replace(*planted)}))
    case = kit.check(SAMPLE, "after-meeting.yaml")
    files = kit.pack(case, as_of=day("2025-03-24"), languages=(language,), forms=(form,), chosen=(code,), **more)
    return kit, kit.reckon(case, day("2025-03-24")), list(files)


@pytest.mark.parametrize("code", ["D01", "C03"])
@pytest.mark.parametrize("form", ["docx", "html"])
def test_our_own_charts_pass(code, form):
    assert 1 == len(made(code, form)[2])


@pytest.mark.parametrize(("right", "wrong", "message"), WRONG)
def test_a_chart_with_another_figure_than_the_plan_is_refused(right, wrong, message):
    with pytest.raises(Refused) as caught:
        made("D01", planted=(right, wrong))

    assert message in caught.value.problems[0].message
    assert caught.value.problems[0].hint.startswith("print day, amount and what is left of each part of one plan")


@pytest.mark.parametrize(("right", "wrong", "_"), WRONG)
def test_a_drawing_on_a_page_with_another_figure_is_refused(right, wrong, _):
    with pytest.raises(Refused) as caught:
        made("D01", "html", planted=(right, wrong))

    assert "draws other figures than the plan" in caught.value.problems[0].message


def test_two_languages_that_draw_two_plans_are_refused():
    with pytest.raises(Refused):
        made("C03", planted=WRONG[0][:2], side_by_side=("en", "hu"))


def test_side_by_side_the_chart_stands_once_and_is_named_twice():
    both = made("C03", side_by_side=("hu", "en"))[2][-1]
    charts = {name: part for name, part in unzipped(both.content).items() if name.startswith("word/charts/kit")}

    assert 1 == len(charts)
    assert "Részlet (HUF) / Part (HUF)" in charts["word/charts/kit-chart1.xml"].decode()


def test_a_wrong_figure_in_the_sheet_behind_the_chart_is_told():
    kit, reckoning, (file,) = made("D01")
    parts = dict(unzipped(file.content))
    book = dict(unzipped(parts["word/embeddings/kit-chart1.xlsx"]))
    sheet = book["xl/worksheets/sheet1.xml"]
    parts["word/embeddings/kit-chart1.xlsx"] = zipped(
        book | {"xl/worksheets/sheet1.xml": sheet.replace(b"1460000", b"1460001")}
    )

    found = list(chart_problems(parts, "D01", plans_of(reckoning), kit.desk.language("en")))

    assert ["D01: the sheet behind a chart says 1460001, the plan 1460000"] == [problem.message for problem in found]
