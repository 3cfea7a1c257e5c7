"""The chart of a plan on a page: to scale, in the language's numbers, told in words."""

import re
from decimal import Decimal

import pytest
from lxml import etree
from writing import rendered

from negotiation_kit.documents.word_chart import scale

CHART = """## The plan
::: chart
| Day | Part (EUR) | Left (EUR) |
|---|---:|---:|
{% for row in rows %}
| {{ row[0] }} | {{ row[1] }} | {{ row[2] }} |
{% endfor %}
:::
"""
SHORT = [("26 Mar", "1460000", "3390000"), ("9 Apr", "1130000", "2260000"), ("23 Apr", "2260000", "0")]
LONG = [(f"part {n}", "100.50", f"{100.50 * (24 - n):.2f}") for n in range(1, 25)]


def drawn(rows) -> etree._Element:
    page = rendered(CHART, "html", rows=rows)
    return etree.fromstring(re.findall(r"<svg.*?</svg>", page, re.DOTALL)[0])


def parts(root, tag) -> list[etree._Element]:
    return list(root.iter(f"{{*}}{tag}"))


def test_bars_are_as_high_as_their_figures():
    heights = [int(bar.get("height")) for bar in parts(drawn(SHORT), "rect")[:3]]

    assert heights[2] == pytest.approx(2 * heights[1], abs=2)
    assert heights[0] == pytest.approx(heights[2] * 1460 / 2260, abs=2)


def test_the_line_goes_down_to_nothing():
    (line,) = parts(drawn(SHORT), "polyline")
    downs = [int(point.split(",")[1]) for point in line.get("points").split()]

    assert sorted(downs) == downs
    assert 220 == downs[-1]
    assert min(downs) >= 10


def test_it_says_what_it_shows():
    root = drawn(SHORT)

    assert "The plan" == root.find("{*}title").text
    assert (
        "Day / Part (EUR) / Left (EUR): 26 Mar: 1460000, 3390000; 9 Apr: 1130000, 2260000; 23 Apr: 2260000, 0"
        == root.find("{*}desc").text
    )


def test_a_balance_much_larger_than_a_part_has_a_scale_of_its_own():
    sides = {text.get("text-anchor") for text in parts(drawn(LONG), "text")}

    assert {"start", "end", None} == sides


def test_many_days_stand_aslant():
    assert 24 == sum("rotate" in text.get("transform", "") for text in parts(drawn(LONG), "text"))
    assert 0 == sum("rotate" in text.get("transform", "") for text in parts(drawn(SHORT), "text"))


def test_two_drawings_of_a_page_have_names_of_their_own():
    page = rendered(CHART + CHART, "html", rows=SHORT)
    names = re.findall(r'id="([^"]*)"', page)

    assert len(names) == len(set(names)) == 4


def test_a_chart_without_rows_leaves_no_trace():
    assert "<svg" not in rendered(CHART, "html", rows=[])


@pytest.mark.parametrize("largest", ["0", "0.01", "1", "9.99", "10", "4850000", "4913579540", "99999999.99"])
def test_an_axis_has_round_steps_and_holds_the_largest_figure(largest):
    step, end = scale(Decimal(largest))

    assert end >= Decimal(largest)
    assert end % step == 0
    assert 1 <= end / step <= 5
    assert str(step.normalize().as_tuple().digits[0]) in "125"
