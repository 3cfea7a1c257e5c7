import re
from xml.etree import ElementTree as ET

from negotiation_kit.documents.charts import Bar, bar_chart


def widths(*bars: Bar) -> list[int]:
    return [int(width) for width in re.findall(r'<rect [^>]*width="(\d+)"', bar_chart("c", "Sums", "All sums", bars))]


def test_bars_are_as_long_as_their_shares():
    assert [190, 95] == widths(Bar("a", "2", 1000), Bar("b", "1", 500))


def test_what_is_nothing_has_no_bar_and_what_is_little_is_still_seen():
    assert [1] == widths(Bar("a", "0", 0), Bar("b", "1", 1))


def test_the_outline_lies_under_what_is_filled():
    assert [190, 57] == widths(Bar("a", "3 / 10", 300, 1000))


def test_texts_are_shown_as_typed():
    drawn = bar_chart("c", "<b>&", '"x"', [Bar("</text><script>", "<1>", 1)])

    figure = ET.fromstring(drawn)
    assert "<b>&" == figure.find("figcaption").text
    assert "</text><script>" in [each.text for each in figure.iter() if each.tag.endswith("text")]


def test_the_drawing_names_its_title_and_description():
    drawn = bar_chart("chart-1", "Sums", "All sums", [])

    assert 'aria-labelledby="chart-1-title chart-1-desc"' in drawn
    assert 'id="chart-1-title"' in drawn
    assert 'id="chart-1-desc"' in drawn
