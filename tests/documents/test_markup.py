import re
from contextlib import suppress

import pytest
from entrances import within_limits
from making import ROOT
from writing import ALanguage, problems, rendered, told

from negotiation_kit.documents.blocks import Choice, Container, Control, Items, Paragraph, Table
from negotiation_kit.documents.inline import FIELDS, Blank, Field, Tag, Value, Words, cells, text
from negotiation_kit.documents.lines import CONTAINERS, without_comments
from negotiation_kit.documents.markup import read
from negotiation_kit.documents.wording import Wording
from negotiation_kit.problems import Refused

TABLE = "| a | b |\n|---|---:|\n"


def kinds(source: str) -> list[str]:
    return [type(block).__name__ for block in read(source, "hu/paper.md")]


# Inside a line


def test_bold_and_italic_stand_round_words_and_values():
    expected = (
        Words("Pay "),
        Value("{{ sum }}", bold=True),
        Words(" in "),
        Words("full", italic=True),
        Words("."),
    )

    assert expected == text("Pay **{{ sum }}** in _full_.")


@pytest.mark.parametrize(
    "source",
    ["snake_case_name", "a _ b", "_open", "open_", "__init__", "a_{{ b }}_c", "{{ a }}_{{ b }}", "_ not italic _"],
)
def test_an_underscore_within_a_word_is_an_underscore(source):
    assert not any(getattr(piece, "italic", False) for piece in text(source))


def test_italics_may_hold_a_value_and_bold_words():
    assert (Value("{{ a }}", italic=True),) == text("_{{ a }}_")
    assert (Words("all", bold=True, italic=True), Words(" of it")) == text("_**all**_ of it")


def test_marks_inside_a_value_or_tag_are_not_marks():
    source = """{{ "**a** _b_ ____ }}" }}{% if x == "**|**" %}c{% endif %}"""

    assert [Value, Tag, Words, Tag] == [type(piece) for piece in text(source)]


def test_a_backslash_makes_a_mark_a_sign():
    assert (Words(r"**a** _b_ | [[page]] {{ c }} C:\temp"),) == text(r"\*\*a\*\* \_b\_ \| \[[page]] \{\{ c }} C:\temp")


def test_only_the_last_blank_of_a_line_goes_to_the_edge():
    assert (Words("on "), Blank(5), Words(" at "), Blank(4, to_the_edge=True)) == text("on _____ at ____")
    assert (Blank(4), Words(" euros")) == text("____ euros")


def test_a_blank_before_the_end_of_a_condition_goes_to_the_edge():
    assert Blank(4, to_the_edge=True) in text("{% if a %}____{% endif %}")


def test_what_goes_to_the_right_loses_the_blanks_round_it():
    assert (Words("a"), Field("right"), Words("b")) == text("a [[right]] b")


def test_a_comment_vanishes():
    assert "a  b\n" == rendered("a {# not shown #} b")
    assert "a\n\nb\n" == rendered("a\n{# one\n\ntwo #}\nb")


def test_cells_are_parted_by_bars_outside_values():
    assert ["", "{{ a | day }}", r"b \| c", "{% if a | b %}", ""] == cells(
        r"| {{ a | day }} | b \| c | {% if a | b %} |"
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("a ** b", "'**' is opened and not closed on this line"),
        ("{{ a", "'{{' is not closed on this line"),
        ("b {% if a", "'{%' is not closed on this line"),
        ("{# a", "'{#' is not closed on this line"),
        ("{{- a }}", "'{{- a }}' trims blanks"),
        ("{% if a -%}", "'{% if a -%}' trims blanks"),
        ("[[pge]]", "'[[pge]]' is no field"),
        ("a {% if b %} c", "'{% if %}' is opened inside the line and not closed on it"),
        ("a {% endif %}", "'{% endif %}' closes nothing on this line"),
        ("a {% if b %}c{% endfor %}", "'{% endfor %}' closes nothing on this line"),
        ("a {% else %}", "'{% else %}' has no condition on this line"),
        ('a {% include "b.md" %}', "'{% include \"b.md\" %}' cannot stand inside a line"),
        ("{% if a %}b{% endif %}", "the whole line hangs on a condition and may come out empty"),
        ("{% if a %}{% endif %}", "2 tags on one line"),
        ("{% macro a() %}", "'{% macro a() %}' is no tag of a template"),
        ("{% include name %}", "'{% include name %}' must name a template in quotes"),
        ("{% set a %}", "'{% set a %}' sets nothing"),
        ("#Title", "'#Title' begins no heading or item"),
        ("#### Deep", "'####' begins no heading or item"),
        ("| a", "a row of a table ends with a bar"),
        ("|", "a row of a table ends with a bar"),
    ],
)
def test_a_line_that_cannot_be_placed_is_refused(line, message):
    assert [f"2: {message}"] == told(f"before\n{line}", a=1, b=1)


def test_a_condition_with_two_ways_may_be_a_whole_line():
    assert "no\n" == rendered("{% if a %}yes{% else %}no{% endif %}", a=0)


def test_an_unknown_container_hints_at_the_nearest():
    (problem,) = problems("::: signature\n:::")

    assert ("unknown container 'signature'", "did you mean 'signatures'?") == (problem.message, problem.hint)


# Blocks


def test_each_mark_begins_its_block():
    source = "# A\n## B\n### C\n##. D\n###. E\nF\n2024. január 5.\n-5 EUR\n1. not a list"

    blocks = read(source, "hu/paper.md")

    assert ["title", "heading", "subheading", "section", "clause", "text", "text", "text", "text"] == [
        block.kind for block in blocks if isinstance(block, Paragraph)
    ]


def test_a_backslash_at_the_start_makes_a_line_plain_text():
    assert "# not a title\n" == rendered(r"\# not a title")
    assert "- no item\n" == rendered(r"\- no item")
    assert "::: no container\n" == rendered(r"\::: no container")
    assert "| no row |\n" == rendered(r"\| no row |")


def test_lists_end_at_a_blank_line_or_another_kind():
    assert ["Items", "Items", "Items", "Items"] == kinds("- a\n- b\n\n- c\n- [ ] d\n- [x] e\n#. f")


def test_a_list_stays_open_across_a_choice_of_items():
    (items,) = read("#. a\n{% if x %}\n#. b\n\n{% else %}\n#. c\n{% endif %}\n{% set y = 1 %}\n#. d", "hu/paper.md")

    assert isinstance(items, Items)
    assert ["Item", "Choice", "Control", "Item"] == [type(part).__name__ for part in items.parts]


def test_a_list_begins_before_the_loop_that_holds_its_items_only():
    (items,) = read("{% for a in b %}\n{% if a %}\n- {{ a }}\n{% endif %}\n{% endfor %}", "hu/paper.md")

    assert isinstance(items, Items)


def test_a_list_begins_inside_a_loop_that_holds_more():
    (loop,) = read("{% for a in b %}\nName\n- {{ a }}\n{% endfor %}", "hu/paper.md")

    assert isinstance(loop, Choice)
    assert ["Paragraph", "Items"] == [type(part).__name__ for part in loop.arms[0].parts]


def test_items_of_two_kinds_in_one_loop_are_lists_of_their_own():
    (loop,) = read("{% for a in b %}\n- {{ a }}\n#. {{ a }}\n{% endfor %}", "hu/paper.md")

    assert isinstance(loop, Choice)
    assert ["Items", "Items"] == [type(part).__name__ for part in loop.arms[0].parts]


def test_a_table_stays_open_across_loops_and_choices_of_rows():
    source = (
        TABLE
        + "{% for x in y %}\n{% if x %}\n| 1 | 2 |\n{% else %}\n\n| 3 | 4 |\n{% endif %}\n{% endfor %}\n|= t | 5 |"
    )

    (table,) = read(source, "hu/paper.md")

    assert isinstance(table, Table)
    assert ["Choice", "Row"] == [type(part).__name__ for part in table.parts]
    assert [3, 3] == [column.weight for column in table.columns]
    assert ["left", "right"] == [column.alignment for column in table.columns]


def test_a_table_ends_before_a_choice_of_something_else():
    assert ["Table", "Choice"] == kinds(TABLE + "{% if x %}\nText\n{% endif %}")
    assert ["Table", "Choice"] == kinds(TABLE + "{% if x %}\n" + TABLE + "{% endif %}")
    assert ["Table", "Control"] == kinds(TABLE + '{% include "x.md" %}')


def test_a_table_is_called_as_the_fixed_heading_before_it():
    source = "## Plan\n" + TABLE + "### Of {{ name }}\n" + TABLE

    assert ["Plan", ""] == [block.caption for block in read(source, "hu/paper.md") if isinstance(block, Table)]


def test_alignment_and_width_come_from_the_line_of_dashes():
    (table,) = read("|a|b|c|\n|:--|:----:|------:|", "hu/paper.md")

    assert isinstance(table, Table)
    assert [("left", 2), ("center", 4), ("right", 6)] == [(column.alignment, column.weight) for column in table.columns]


def test_containers_nest():
    (outer,) = read("::: together\n::: note\nA\n:::\n:::", "hu/paper.md")

    assert isinstance(outer, Container)
    assert isinstance(outer.columns[0][0], Container)


def test_columns_are_parted_by_a_rule():
    (columns,) = read("::: columns\nA\n---\nB\n---\nC\n:::", "hu/paper.md")

    assert isinstance(columns, Container)
    assert 3 == len(columns.columns)


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        ("{% if a %}", ["1: '{% if a %}' is not closed"]),
        ("a\n::: note\nb", ["2: '::: note' is not closed"]),
        (":::", ["1: ':::' closes nothing"]),
        ("{% endfor %}", ["1: '{% endfor %}' closes nothing"]),
        ("{% else %}", ["1: '{% else %}' closes nothing"]),
        (
            "{% block a %}\n{% else %}\n{% endblock %}",
            ["2: '{% else %}' comes before the end of '{% block a %}' in line 1"],
        ),
        ("{% if a %}\n::: note\n{% endif %}\n:::", ["3: '{% endif %}' comes before the end of '::: note' in line 2"]),
        ("::: note\n{% if a %}\n:::\n{% endif %}", ["3: ':::' comes before the end of '{% if a %}' in line 2"]),
        ("::: note\n{% else %}\n:::", ["2: '{% else %}' comes before the end of '::: note' in line 1"]),
        ("{% if a %}\n{% endfor %}", ["2: '{% endfor %}' comes before the end of '{% if a %}' in line 1"]),
        ("---", ["1: '---' parts the columns of ::: columns and ::: signatures only"]),
        ("::: note\na\n---\nb\n:::", ["3: '---' parts the columns of ::: columns and ::: signatures only"]),
        ("::: columns\n{% if a %}\n---\n{% endif %}\n:::", ["3: '---' may not stand inside a tag"]),
        ("| a |\nb", ["1: a table begins with a head row and a line of dashes"]),
        ("| a |", ["1: a table begins with a head row and a line of dashes"]),
        (
            "{% if x %}\n" + TABLE + "{% endif %}\n| 1 | 2 |",
            ["5: a table begins with a head row and a line of dashes"],
        ),
        (TABLE + "| 1 |", ["3: 1 cells in this row, 2 columns in the line of dashes"]),
        ("| a |\n|---|---|", ["1: 1 cells in this row, 2 columns in the line of dashes"]),
        (TABLE + "|---|---|", ["3: a second line of dashes"]),
        (
            TABLE + "| ** | {{ |",
            ["3: '{{' is not closed on this line", "3: '**' is opened and not closed on this line"],
        ),
        ("::: facts\nno bar\n:::", ["2: expected 'label | value'"]),
        ("::: facts\na | b | c\n:::", ["2: expected 'label | value'"]),
        ("::: facts\n- a\n:::", ["2: ::: facts holds lines 'label | value' only"]),
        ('{% extends "a.md" %}\ntext\n{% block b %}\n{% endblock %}', ["2: this line is outside every block"]),
    ],
)
def test_what_crosses_or_cannot_be_placed_is_refused_with_its_line(source, messages):
    assert sorted(messages) == sorted(told(source, a=1, x=1))


def test_all_problems_of_a_template_are_told_at_once():
    assert [2, 3, 4] == [int(line.split(":")[0]) for line in told("a\n#b\n| d\n::: c\n:::")]


def test_facts_may_hang_on_choices():
    (facts,) = read("::: facts\n{% set a = 1 %}\n{% if a %}\n\nA | b\n{% endif %}\n:::", "hu/paper.md")

    assert isinstance(facts, Container)
    assert [Control, Choice] == [type(part) for part in facts.columns[0]]


def test_a_named_block_is_no_part_of_the_list_or_table_around_it():
    assert ["Items", "Choice", "Items"] == kinds("- a\n{% block more %}\n- b\n{% endblock %}\n- c")


# What stays on one page


def test_a_container_at_the_end_of_what_is_together_lets_go_of_the_rest():
    (box,) = read("::: together\n::: note\nA\n:::\n:::", "hu/paper.md")

    assert isinstance(box, Container)
    note = box.columns[0][0]
    assert isinstance(note, Container)
    assert (False, True) == (note.keep, getattr(note.columns[0][0], "keep", None))


def test_a_choice_at_the_end_of_what_is_together_stays_with_it():
    (box,) = read("::: together\n{% if a %}\nA\n\nB\n{% endif %}\n:::", "hu/paper.md")

    assert isinstance(box, Container)
    choice = box.columns[0][0]
    assert isinstance(choice, Choice)
    assert [True, True] == [getattr(block, "keep", None) for block in choice.arms[0].parts]


def test_what_is_together_stays_together_and_lets_go_of_the_rest():
    source = "::: together\nA\n{% if x %}\nB\n{% endif %}\n{% set c = 1 %}\n::: note\nN\n:::\n#. n\n- c\n- d\n:::"

    (box,) = read(source, "hu/paper.md")

    assert isinstance(box, Container)
    first, choice, _, note, numbered, items = box.columns[0]
    assert isinstance(choice, Choice)
    assert isinstance(note, Container)
    assert isinstance(numbered, Items)
    assert isinstance(items, Items)
    keeps = [first, *choice.arms[0].parts, *note.columns[0], *numbered.parts, *items.parts]
    assert [True, True, True, True, True, False] == [getattr(block, "keep", None) for block in keeps]


def test_a_table_at_the_end_of_what_is_together_keeps_its_rows():
    (box,) = read("::: together\nA\n" + TABLE + "| 1 | 2 |\n:::", "hu/paper.md")

    assert isinstance(box, Container)
    table = box.columns[0][-1]
    assert isinstance(table, Table)
    assert (True, False) == (table.head.keep, table.keep)


def test_a_table_inside_what_is_together_keeps_what_follows():
    (box,) = read("::: together\n" + TABLE + "\n{% if a %}\nB\n{% endif %}\n:::", "hu/paper.md")

    assert isinstance(box, Container)
    table, choice = box.columns[0]
    assert isinstance(table, Table)
    assert isinstance(choice, Choice)
    assert table.keep


def test_an_empty_container_is_no_problem():
    assert "" == rendered("::: together\n:::")


# The page about templates


FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
EXAMPLES = [text for kind, text in FENCED.findall((ROOT / "docs" / "templates.md").read_text("utf-8")) if not kind]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_of_the_page_about_templates_is_understood(example):
    assert read(example, "docs/templates.md")


def test_the_page_about_templates_names_every_container_and_field():
    page = (ROOT / "docs" / "templates.md").read_text("utf-8")

    assert [] == [name for name in CONTAINERS if f"| `{name}` |" not in page]
    assert [] == [name for name in FIELDS if f"| `[[{name}]]` |" not in page]


# --- templates made to do harm ---------------------------------------------------------------------------------------

MUCH = {
    "values begun": "{{" * 2_400,
    "values begun on every line": ("{{" * 100 + "\n") * 900,
    "tags begun": "{%" * 2_400,
    "comments begun": "{#" * 2_400,
    "quotes begun": '{{ "' * 1_200,
    "blanks": "x" + " " * 4_900 + "y",
    "blanks before nothing": ("x" + " " * 190 + "[[right\n") * 900,
    "blanks before an anchor": "## x" + " " * 4_900 + "[#",
    "italics begun": " _a" * 1_600,
    "italics": " _a_" * 1_200,
    "stars": "**" * 2_400,
    "bars": "|" * 5_000,
    "bars and values begun": "|{{" * 1_600,
    "underscores": "_ " * 2_400,
    "fields begun": "[[a" * 1_600,
    "a choice begun": "[[a" + " " * 4_900 + "=",
    "a name set": "{% set a" + " " * 4_900 + "%}",
    "backslashes": "\\" * 5_000,
    "one word": "x" * 5_000,
}


@pytest.mark.parametrize("source", MUCH.values(), ids=MUCH)
@pytest.mark.parametrize("times", [1, 20])
def test_a_line_made_to_be_looked_at_again_and_again_is_looked_at_once(source, times):
    with within_limits(), suppress(Refused):
        read("\n\n".join([source] * times), "hu/x.md")


TOO_MUCH = {
    "x" * 5_001: "1: this line has more than 5,000 characters",
    "x\n" * 1_000: "1: this template has more than 1,000 lines or 200,000 characters",
    ("x" * 4_000 + "\n") * 51: "1: this template has more than 1,000 lines or 200,000 characters",
    "{{ a | b | c | d | e }}\n" * 900: "1: this template has more than 10,000 words and signs in tags and fields",
    "{% if a %}\n" * 11 + "x\n" + "{% endif %}\n" * 11: "11: more than 10 tags and containers inside each other",
    "::: note\n" * 11 + "x\n" + ":::\n" * 11: "11: more than 10 tags and containers inside each other",
    f"x {'{% if a %}' * 9}x{'{% endif %}' * 9}": "1: more than 8 tags stand inside each other on this line",
    f"{{{{ {'(' * 11}a{')' * 11} }}}}": "1: '{{ (((((((((((a))))))))))) }}' is too long or too deep",
    f"{{{{ a{'.a' * 200} }}}}": "1: '{{ a.a.a.a.a.a.a.a.a.a.a.a.a.a …' is too long or too deep",
    f"{{% if {'not ' * 100}a %}}\nx\n{{% endif %}}": "1: '{% if not not not not not not  …' is too long or too deep",
    f"|{' a |' * 31}\n|{'--|' * 31}\n": "1: more than 30 columns",
    "::: columns\n" + "---\n" * 30 + ":::": "1: more than 30 columns",
}


@pytest.mark.parametrize(("source", "expected"), TOO_MUCH.items(), ids=[*TOO_MUCH.values()])
def test_a_template_larger_or_deeper_than_any_paper_is_refused_with_a_way_out(source, expected):
    with within_limits(), pytest.raises(Refused) as refused:
        read(source, "hu/x.md")

    problem = refused.value.problems[0]
    assert expected == f"{problem.place.line}: {problem.message}"
    assert problem.hint


@pytest.mark.parametrize("form", ["docx", "html", "text"])
def test_what_may_be_nested_can_be_worked_with(form):
    loops = "{% for a in rows %}\n" * 10 + f"{'{% for a in rows %}' * 8}x{'{% endfor %}' * 8}\n" + "{% endfor %}\n" * 10

    assert "x" in Wording({"paper.md": loops}, ALanguage(), form).render("paper.md", {"rows": (1,)})


def test_a_comment_in_a_value_or_a_value_in_a_comment_is_what_it_was():
    assert "a {{ '{# x #}' }} b\n\0\n\0\nc" == without_comments("a {{ '{# x #}' }} b\n{# {{\n #}\nc")
    assert "{# never closed {{ x }}" == without_comments("{# never closed {{ x }}")
    assert "\0 x \0 {# y" == without_comments("{# a #} x {# b #} {# y")
