"""Tracked changes in the body of a Word paper: accepted it is the new text, rejected the old one, by our own reading."""

from datetime import date
from io import BytesIO

import docx
import pytest
from entrances import within_limits
from hypothesis import given, settings
from hypothesis import strategies as st
from tracking import W, decided, said, struck, tree_of
from writing import HOSTILE, HOUSE, rendered

from negotiation_kit.documents.package import word_file
from negotiation_kit.documents.redline import lines_in, redlined, settled

DAY = date(2026, 1, 5)
COVERED = (
    '<w:sdt><w:sdtPr><w:tag w:val="day"/></w:sdtPr><w:sdtContent><w:p><w:bookmarkStart w:id="7" w:name="day"/>'
    "<w:r><w:t>On </w:t></w:r><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>Mon</w:t></w:r><w:r><w:t>day</w:t></w:r>"
    '</w:sdtContent></w:sdt><w:bookmarkEnd w:id="7"/>{more}</w:p></w:sdtContent></w:sdt>'
)
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF day </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t> point 3</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def body_of(old, new):
    return redlined(HOUSE.opening, old, new, author='Borostyán "Festék" & Co. Kft.', day=DAY)


def tracked(old, new, **values):
    """The changes between two templates."""
    return body_of(rendered(old, "docx", **values), rendered(new, "docx", **values))


def read(body):
    """What python-docx reads of a body without changes, paragraph by paragraph, those of tables too."""
    made = docx.Document(BytesIO(word_file(HOUSE, body=body, title="x", language_tag="en-GB", day=DAY)))
    return [
        "".join(each.text or "" if each.tag == f"{W}t" else "\t" if each.tag == f"{W}tab" else "\n" for each in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br") if each.getparent().tag == f"{W}r")
        for paragraph in made.element.body.iter(f"{W}p")
    ]  # fmt: skip


def test_changed_words_are_marked_one_by_one():
    body = tracked("The Client pays **HUF 1,000** on Monday.\n", "The Client pays **HUF 1,500** on Monday at noon.\n")

    assert ["The Client pays HUF [1,000]{1,500} on Monday{ at noon}."] == struck(body)


def test_a_paragraph_that_is_new_or_gone_is_marked_with_its_end():
    old = "# Title\n\nFirst of all.\n\nGone for good.\n\nLast of all.\n"
    new = "# Title\n\nFirst of all.\n\nLast of all.\n\nQuite another thing.\n\nThe very end.\n"

    assert ["Title", "First of all.", "[Gone for good.][¶]", "{Quite another thing.}{¶}"] == [
        line for line in struck(tracked(old, new)) if line[:5] in {"Title", "First", "[Gone", "{Quit"}
    ]


def test_the_last_paragraph_keeps_its_end():
    assert ["[One] {two} three"] != struck(tracked("Same.\n\nEnd here.\n", "Same.\n"))
    body = tracked("Same.\n\nQuite another end.\n", "Same.\n")

    assert [["Same."], ["Same.", "Quite another end."]] == [
        said(decided(body, accept=True)), said(decided(body, accept=False))
    ]  # fmt: skip


TABLE = "| No. | Day | Sum |\n|---|---|--:|\n{rows}\n\nAfter the table.\n"


def table_of(*rows):
    return TABLE.format(rows="\n".join(f"| {row} |" for row in rows))


def test_rows_that_are_new_or_gone_are_marked_as_rows_and_changed_cells_word_by_word():
    old = table_of("1 | 9 April 2025 | 1,130,000", "2 | 23 April 2025 | 1,130,000", "3 | 7 May 2025 | 500")
    new = table_of("1 | 9 April 2025 | 1,000,000", "3 | 7 May 2025 | 500", "4 | 21 May 2025 | 130,000")

    body = tracked(old, new)

    rows = [[each.tag.removeprefix(W) for each in row.find(f"{W}trPr") if each.tag in {f"{W}ins", f"{W}del"}] for row in tree_of(body).iter(f"{W}tr")]  # fmt: skip
    assert [[], [], ["del"], [], ["ins"]] == rows
    assert "[1,130,000]{1,000,000}" in struck(body)
    assert ["[2][¶]", "[23 April 2025][¶]", "[1,130,000][¶]"] == [
        line for line in struck(body) if line.startswith("[2")
    ] + ["[1,130,000][¶]"]


def test_a_table_with_other_columns_is_one_table_on_a_common_grid():
    old = "| a | b |\n|---|---|\n| 1 | 2 |\n\n"
    new = "| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n\n"

    body = tracked(old, new)

    tree = tree_of(body)
    grids = [[int(each.get(f"{W}w")) for each in table.iter(f"{W}gridCol")] for table in tree.iter(f"{W}tbl")]
    assert [[3024, 1512, 1512, 3024]] == grids
    spans = [[int(each.get(f"{W}val")) for each in row.iter(f"{W}gridSpan")] for row in tree.iter(f"{W}tr")]
    assert all(
        sum(row) + len(list(each)) - 1 - len(row) == 4 for row, each in zip(spans, tree.iter(f"{W}tr"), strict=True)
    )
    assert ["a", "b", "1", "2"] == said(decided(body, accept=False))
    assert ["a", "b", "c", "1", "2", "3"] == said(decided(body, accept=True))


def test_controls_and_bookmarks_are_left_out_and_fields_stand_as_they_read():
    old, new = COVERED.format(more=""), COVERED.format(more=FIELD)

    body = body_of(old, new)

    assert ["On Monday{ point 3}"] == struck(body)
    assert not {"sdt", "bookmarkStart", "fldChar", "instrText"} & {
        each.tag.removeprefix(W) for each in tree_of(body).iter()
    }


def test_the_place_of_a_chart_is_left_out():
    old, new = rendered("One two.\n", "docx"), rendered("One three.\n", "docx")

    assert body_of(old, new) == body_of(f"\x14bars\x151\x16\x17\n{old}", f"{new}\n\x14bars\x152\x16\x17")


def test_fields_in_fields_show_the_result_of_the_outer_one():
    inner = FIELD.replace("<w:r><w:t> point 3</w:t></w:r>", "<w:r><w:t>hidden</w:t></w:r>")
    outer = FIELD.replace(
        "<w:r><w:instrText> REF day </w:instrText></w:r>", f"<w:r><w:instrText> IF </w:instrText></w:r>{inner}"
    )

    assert ["On Monday point 3"] == lines_in(HOUSE.opening, COVERED.format(more=outer))


def test_every_mark_has_its_author_its_day_and_a_number_of_its_own():
    body = tracked(
        "One two.\n\n" + table_of("1 | a | 2"), "One three.\n\nNew here.\n\n" + table_of("1 | b | 2", "2 | c | 3")
    )

    marks = list(tree_of(body).iter(f"{W}ins", f"{W}del", f"{W}pPrChange"))
    numbers = [int(each.get(f"{W}id")) for each in marks]
    assert sorted(numbers) == list(range(1, len(marks) + 1))
    assert {'Borostyán "Festék" & Co. Kft.'} == {each.get(f"{W}author") for each in marks}
    assert {"2026-01-05T00:00:00Z"} == {each.get(f"{W}date") for each in marks}


def test_the_same_text_twice_has_no_marks_and_the_same_input_the_same_bytes():
    body = tracked(table_of("1 | a | 2"), table_of("1 | a | 2"))

    assert not [*tree_of(body).iter(f"{W}ins", f"{W}del")]
    assert tracked("One two.\n", "One three.\n") == tracked("One two.\n", "One three.\n")


sentences = st.lists(st.sampled_from(["The Client", "pays", "HUF 1,000", "HUF 2,500", "on", "9 April 2025", "**at once**", "{{ a }}", "\\#"]), min_size=1, max_size=7).map(" ".join)  # fmt: skip
blocks = st.one_of(
    sentences,
    sentences.map("## {}".format),
    st.lists(sentences, min_size=1, max_size=3).map(lambda lines: "\n".join(f"- {line}" for line in lines)),
    st.lists(sentences, min_size=1, max_size=3).map(lambda lines: "\n".join(f"#. {line}" for line in lines)),
    st.lists(st.tuples(sentences, sentences), max_size=4).map(
        lambda rows: "\n".join(["| x | y |", "|---|--:|", *(f"| {a} | {b} |" for a, b in rows)])
    ),
    st.lists(sentences, min_size=1, max_size=2).map(lambda lines: "::: note\n" + "\n\n".join(lines) + "\n:::"),
)
papers = st.lists(blocks, min_size=1, max_size=6).map(lambda parts: "\n\n".join(parts) + "\n")


@settings(deadline=None)
@given(papers, papers, st.sampled_from(HOSTILE))
def test_accepted_it_is_the_new_paper_and_rejected_the_old_one(old, new, value):
    before, after = rendered(old, "docx", a=value), rendered(new, "docx", a=value)

    body = body_of(before, after)

    assert said(read(after)) == said(decided(body, accept=True))
    assert said(read(before)) == said(decided(body, accept=False))
    assert lines_in(HOUSE.opening, after) == settled(HOUSE.opening, body, accepted=True)
    assert lines_in(HOUSE.opening, before) == settled(HOUSE.opening, body, accepted=False)


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_text_in_a_change_stays_text(value):
    before, after = rendered("Agreed: {{ a }}\n", "docx", a="old"), rendered("Agreed: {{ a }}\n", "docx", a=value)

    body = body_of(before, after)

    assert said(read(after)) == said(decided(body, accept=True))


def test_long_tables_and_long_paragraphs_are_compared_in_time():
    def a_table(begins: str) -> str:
        rows = "".join(f"| {begins}{number} | the same words in each |\n" for number in range(900))
        return f"| a | b |\n|---|---|\n{rows}"

    words = " ".join(f"w{number}" for number in range(800)), " ".join(f"w{number}" for number in reversed(range(800)))
    bodies = [rendered(f"{a_table(begins)}\n{text}\n", "docx") for begins, text in zip("xy", words, strict=True)]

    with within_limits():
        marked = redlined(HOUSE.opening, *bodies, author="x", day=DAY)
    assert lines_in(HOUSE.opening, bodies[1]) == settled(HOUSE.opening, marked, accepted=True)
    assert lines_in(HOUSE.opening, bodies[0]) == settled(HOUSE.opening, marked, accepted=False)
