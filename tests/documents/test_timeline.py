"""Days on two lanes: where things stand, and how Word, a page and a text show them."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from making import the_kit
from ooxml_integrity import check
from openxml_audit import OpenXmlValidator
from writing import problems, rendered, word_bytes

from negotiation_kit.documents.container import unzipped
from negotiation_kit.documents.text_width import width_of
from negotiation_kit.documents.timeline import LINE, SIZE, WIDTH, timeline
from negotiation_kit.problems import Refused

HEADS = ("", "Day", "We talk", "It runs on")
ROWS = [
    ("2025-03-24", "today, 24 Mar 2025", "", ""),
    ("2025-03-27", "27 Mar 2025", "end of the talks", "end of the window (account manager)"),
    ("2025-03-31", "31 Mar 2025", "", "claim letter sent (legal)"),
    ("2025-05-05", "5 May 2025", "", "file handed over for court (legal)"),
]
SOURCE = """::: timeline
| | Day | We talk | It runs on |
|--|--|--|--|
{% for row in rows %}
| {{ row[0] }} | {{ row[1] }} | {{ row[2] }} | {{ row[3] }} |
{% endfor %}
:::
After.
"""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def boxes(drawing):
    return [(label.left, label.top, label.left + label.width, label.top + label.height) for label in drawing.labels]


def test_days_stand_to_scale_on_their_lanes():
    drawing = timeline(HEADS, ROWS)
    rings = [sign.left for sign in drawing.signs if not sign.square]
    squares = [sign.left for sign in drawing.signs if sign.square]

    assert 1 == len(rings)
    assert 3 == len(squares)
    assert rings[0] == squares[0]
    assert 8 * (squares[1] - squares[0]) < squares[2] - squares[1] < 10 * (squares[1] - squares[0])


def test_a_day_without_either_is_marked_across_both_lanes():
    today = [stroke for stroke in timeline(HEADS, ROWS).strokes if stroke.left == stroke.right and stroke.dashed]

    assert 1 == len(today)


def test_lanes_are_told_apart_without_colour():
    lanes = [stroke for stroke in timeline(HEADS, ROWS).strokes if stroke.top == stroke.bottom]

    assert [False, True] == [lane.dashed for lane in lanes]


def test_everything_is_told_in_words():
    assert (
        "today, 24 Mar 2025. 27 Mar 2025 – We talk: end of the talks; It runs on: end of the window (account manager)."
        " 31 Mar 2025 – It runs on: claim letter sent (legal). 5 May 2025 – It runs on: file handed over for court (legal)"
    ) == timeline(HEADS, ROWS).told


@given(
    st.lists(
        st.tuples(st.dates(), st.sampled_from(["", "a", "a longer act of ours on that day, with its owner (legal)"])),
        min_size=1,
        max_size=12,
    )
)
def test_no_label_stands_on_another_and_none_leaves_the_drawing(days):
    rows = [(day.isoformat(), day.isoformat(), says, "" if says == "a" else says) for day, says in sorted(days)]
    drawing = timeline(HEADS, rows)
    todays = sum(not (row[2] or row[3]) for row in rows)
    placed = boxes(drawing)[2 + todays :]

    for place, (left, top, right, bottom) in enumerate(placed):
        assert left >= 0
        assert top >= 0
        assert bottom <= drawing.height
        assert right <= WIDTH + LINE
        for other in placed[place + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
    stems = [each for each in drawing.strokes if each.left == each.right and not each.dashed]
    for stem in stems:
        for left, top, right, bottom in placed:
            assert not (left < stem.left < right and stem.top < bottom and top < stem.bottom)


def test_signs_of_neighbouring_days_do_not_touch():
    rows = [(f"2025-03-{day:02}", "d", "x", "") for day in range(10, 20)] + [("2027-03-01", "d", "x", "")]
    lefts = sorted(sign.left for sign in timeline(HEADS, rows).signs)

    assert all(later - earlier >= 190 for earlier, later in pairwise(lefts))


def test_a_date_is_never_broken_from_line_to_line():
    day = "27\N{NO-BREAK SPACE}March\N{NO-BREAK SPACE}2025"
    (label,) = [each for each in timeline(HEADS, [("2025-03-27", day, "a " * 60, "")]).labels if each.day == day]

    assert label.lines[0].startswith(day)
    assert all(width_of(line, size=SIZE) <= label.width for line in label.lines)


def test_what_is_no_day_is_refused():
    with pytest.raises(Refused) as caught:
        timeline(HEADS, [("soon", "soon", "a", "")])

    assert ["a timeline has 'soon' where a day belongs"] == [problem.message for problem in caught.value.problems]


def test_a_timeline_holds_one_table_of_four_columns():
    (problem,) = problems("::: timeline\nWords.\n:::")

    assert "::: timeline holds one table of four columns and nothing else" == problem.message


# In the forms


def test_word_draws_it_as_one_group_with_its_words_as_alternative_text():
    body = etree.fromstring(unzipped(word_bytes(SOURCE, rows=ROWS))["word/document.xml"])
    (drawing,) = body.iter(f"{W}drawing")
    (told,) = [each for each in drawing.iter() if etree.QName(each).localname == "docPr"]
    texts = ["".join(text.text for text in each.iter(f"{W}t")) for each in drawing.iter(f"{W}p")]

    assert timeline(HEADS, ROWS).told == told.get("descr")
    assert "31 Mar 2025: claim letter sent (legal)" in " ".join(texts)
    assert "We talk" in texts


def test_every_shape_has_a_number_of_its_own():
    body = unzipped(word_bytes(SOURCE + SOURCE, rows=ROWS))["word/document.xml"].decode()
    numbers = re.findall(r'<(?:wp:docPr|wps:cNvPr) id="(\d+)"', body)

    assert len(numbers) == len(set(numbers)) > 20


@pytest.mark.slow
def test_two_validators_find_nothing(tmp_path):
    path = tmp_path / "paper.docx"
    path.write_bytes(word_bytes(SOURCE, rows=ROWS))

    assert [[], []] == [OpenXmlValidator().validate(str(path)).errors, list(check(str(path)))]


def test_a_page_draws_it_without_scripts():
    page = rendered(SOURCE, "html", rows=ROWS)
    (drawn,) = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    root = etree.fromstring(drawn)

    assert "script" not in page
    assert timeline(HEADS, ROWS).told == root.find("{*}desc").text
    assert 'role="img"' in drawn
    assert "claim letter sent (legal)" in "".join(root.itertext())


def test_a_text_has_it_as_a_table():
    assert [
        "Day                 We talk           It runs on",
        "------------------  ----------------  -----------------------------------",
        "today, 24 Mar 2025",
    ] == rendered(SOURCE, rows=ROWS).split("\n")[:3]


@pytest.mark.parametrize("form", ["docx", "html"])
def test_a_timeline_without_rows_leaves_no_trace(form):
    said = rendered(SOURCE, form, rows=[])

    assert "<svg" not in said
    assert b"w:drawing" not in unzipped(word_bytes(SOURCE, rows=[]))["word/document.xml"]


@pytest.mark.parametrize("value", ["**B** | <Kft.> & ]]>", "\"quoted\" & 'so'", "two\nlines"])
def test_values_stay_words(value):
    rows = [("2025-03-27", "27 Mar", value, "")]
    body = etree.fromstring(unzipped(word_bytes(SOURCE, rows=rows))["word/document.xml"])
    page = rendered(SOURCE, "html", rows=rows)

    assert value.split("\n")[0] in "".join(text.text for text in body.iter(f"{W}t"))
    assert value.split("\n")[0] in "".join(
        etree.fromstring(re.findall(r"<svg.*?</svg>", page, re.DOTALL)[0]).itertext()
    )


def test_a_day_is_a_figure_in_every_language_alike():
    from datetime import date

    assert ["2025-03-27"] * 2 == [
        the_kit().desk.language(code).filters["figure"](date(2025, 3, 27)) for code in ("en", "hu")
    ]
