from dataclasses import dataclass
from datetime import date

import pytest
from markupsafe import Markup
from writing import ALanguage, problems, rendered, told

from negotiation_kit.documents.wording import Wording
from negotiation_kit.problems import Refused

FORMS = pytest.mark.parametrize("form", ["docx", "html", "text"])


@dataclass(frozen=True)
class ClientView:
    name: str = "Példa Kft."
    due: date | None = None

    @property
    def hidden_fields(self):
        return frozenset({"values"})


@FORMS
def test_a_template_mistake_is_told_with_file_line_and_the_line_itself(form):
    (problem,) = problems("# Title\n\n{{ name | }}\n", form, name="x")

    assert problem.place
    assert ("hu/paper.md", 3, 1, "{{ name | }}") == (
        problem.place.file,
        problem.place.line,
        problem.place.column,
        problem.place.text,
    )


@FORMS
def test_an_unknown_name_is_told_in_the_included_template(form):
    parts = {"part.md": "one\n\n- {{ nmae }}"}

    (problem,) = problems('a\n{% include "part.md" %}', form, parts=parts, name="x")

    assert "hu/part.md:3:1" == str(problem.place)
    assert ("unknown name 'nmae'", "did you mean 'name'?") == (problem.message, problem.hint)


@FORMS
def test_lines_are_right_behind_comments_loops_and_tables(form):
    source = "{# a\nb #}\n| a |\n|---|\n{% for a in [1] %}\n\n| {{ a }} |\n{% endfor %}\n\n::: note\n{{ oh }}\n:::"

    assert ["11: unknown name 'oh'"] == told(source, form)


def test_an_unknown_field_names_its_owner_and_the_nearest_field():
    (problem,) = problems("{{ client.nmae }}", client=ClientView())

    assert "unknown field 'nmae' of client view" == problem.message
    assert "did you mean 'name'?" == problem.hint


def test_an_unknown_field_without_a_near_one_lists_what_there_is():
    (problem,) = problems("{{ client.xyz }}", client={"seat": 1, "name": 2})

    assert "there are seat, name" == problem.hint


def test_a_long_list_of_names_is_no_hint():
    (problem,) = problems("{{ client.xyz }}", client={f"field{number}": 1 for number in range(13)})

    assert "" == problem.hint


def test_a_hidden_field_is_refused_as_internal():
    (problem,) = problems("{{ client.values }}", client=ClientView())

    assert "client.values is internal and may not be shown in this paper" == problem.message


def test_a_hidden_field_is_refused_however_it_is_reached():
    assert ["1: values is internal and may not be shown in this paper"] == told(
        "{{ client['values'] }}", client=ClientView()
    )


@pytest.mark.parametrize(
    "source",
    [
        "{% if nmae %}\na\n{% endif %}",
        "{% for a in nmae %}\n{{ a }}\n{% endfor %}",
        "{% if nmae is none %}\na\n{% endif %}",
        "{% if nmae == 1 %}\na\n{% endif %}",
        "{% if not nmae %}\na\n{% endif %}",
        "{{ nmae | day }}",
        "{{ nmae | upper }}",
        "{{ [nmae] | join }}",
        "{{ 'a' ~ nmae }}",
        "{{ nmae.name }}",
        "{{ nmae() }}",
    ],
)
def test_an_unknown_name_is_never_taken_for_nothing(source):
    assert ["1: unknown name 'nmae'"] == told(source)


@pytest.mark.parametrize("source", ["{{ nmae | default('') }}", "{% if nmae is defined %}\na\n{% endif %}"])
def test_a_template_cannot_ask_whether_a_name_exists(source):
    assert 1 == len(told(source))


def test_known_names_are_checked_in_branches_not_taken():
    source = (
        "a\n{% if no %}\n{{ nmae }}\n{% endif %}\n{% for one in range(2) %}\n{{ one }} {{ loop.index }}\n{% endfor %}"
    )
    wording = Wording({"paper.md": source}, ALanguage(), "text", frozenset({"no", "name"}))

    with pytest.raises(Refused) as refused:
        wording.render("paper.md", {"no": 0})

    assert ["unknown name 'nmae'"] == [problem.message for problem in refused.value.problems]
    assert "hu/paper.md:3:1" == str(refused.value.problems[0].place)


def test_an_included_template_knows_what_its_includer_set():
    texts = {"paper.md": '{% set side = name %}\n{% include "side.md" %}', "side.md": "{{ side }}"}

    assert "Ő\n" == Wording(texts, ALanguage(), "text", frozenset({"name"})).render("paper.md", {"name": "Ő"})


def test_a_missing_value_is_refused_with_its_name():
    assert ["2: client.due has no value"] == told("a\n{{ client.due }} {{ client.name }}", client=ClientView())
    assert ["1: a value has no value"] == told("{{ [none][0] }}")


def test_yes_and_no_have_no_words_of_their_own():
    assert ["1: ok is yes or no, and has no words of its own"] == told("{{ ok }}", ok=True)


def test_what_the_language_cannot_show_is_refused():
    assert ["1: float has no words"] == told("{{ x }}", x=1.5)


def test_a_filter_that_fails_is_told_with_its_line():
    assert ["2: 'str' object has no attribute 'year'"] == told("a\n{{ x | day }}", x="soon")


def test_a_failure_without_words_is_named():
    class Silent:
        def __getitem__(self, key):
            raise ArithmeticError

    assert ["1: ArithmeticError"] == told("{{ x['a'] }}", x=Silent())


def test_nothing_chosen_prints_nothing():
    assert "a, b\n" == rendered("""{% for x in ["a", "b"] %}{{ x }}{{ ", " if not loop.last }}{% endfor %}""")
    assert "a \n" == rendered("a {{ 'b' if none_of_it }}", none_of_it="")


@pytest.mark.parametrize("sum_", ["1 + 1", "a - 1", "2 * 3", "'a' * 1000000000", "4 / 2", "4 // 2", "4 % 2", "2 ** 9"])
def test_a_template_may_not_compute(sum_):
    assert ["2: a template may not compute"] == told(f"a\n{{{{ {sum_} }}}}", a=1)


def test_templates_that_are_not_there_are_refused_with_a_near_one():
    (problem,) = problems('\n{% include "prat.md" %}', parts={"part.md": ""})

    assert ("hu/paper.md:2:1", "did you mean 'part.md'?") == (str(problem.place), problem.hint)
    with pytest.raises(Refused, match="there is no template 'papre.md'"):
        Wording({"paper.md": ""}, ALanguage(), "text").render("papre.md", {})


def test_a_template_that_includes_itself_is_refused():
    assert ["1: this template includes itself"] == told('{% include "paper.md" %}')


@pytest.mark.parametrize("source", ["{{ ''.__class__ }}", "{{ x.append(1) }}", "{{ range(1000000) | list }}"])
def test_templates_cannot_reach_behind_the_values(source):
    assert 1 == len(told(source, x=[]))


@pytest.mark.parametrize("name", ["cycler", "lipsum", "namespace", "dict", "joiner"])
def test_templates_have_no_tools_but_range(name):
    assert [f"1: unknown name '{name}'"] == told(f"{{{{ {name} }}}}")


def test_a_company_extends_the_blocks_of_a_paper():
    base = "# Title\n{% block body %}\nold\n{% endblock %}\nend"
    own = '{% extends "base.md" %}\n{% set x = "new" %}\n{% block body %}\n- {{ x }}\n{% endblock %}'

    assert "Title\n\n- new\n\nend\n" == rendered(own, parts={"base.md": base})


@FORMS
def test_markup_in_a_value_is_text_even_if_it_claims_to_be_safe(form):
    assert "<b>" not in rendered("{{ x }}", form, x=Markup("<b>&lt;")).replace("<b>&lt;", "") or form == "text"
    assert ("<b>" in rendered("{{ x }}", form, x=Markup("<b>"))) == (form == "text")


@FORMS
def test_numbers_leave_no_gap_when_a_clause_is_left_out(form):
    source = "##. A\n###. a\n{% if no %}\n##. B\n###. b\n{% endif %}\n##. C\n###. c\n###. d"

    shown = rendered(source, form, no="")

    if form == "text":
        assert "1. A\n\n1.1 a\n\n2. C\n\n2.1 c\n\n2.2 d\n" == shown
    if form == "html":
        assert ["1.</span> A", "1.1</span> a", "2.</span> C", "2.1</span> c", "2.2</span> d"] == [
            line.split(">", 2)[2].split("</p")[0].split("</h")[0] for line in shown.splitlines() if line
        ]


@pytest.mark.parametrize("form", ["html", "text"])
def test_a_clause_before_its_heading_is_refused(form):
    assert ["1: a numbered clause comes before the first numbered heading"] == told("###. a", form)


@FORMS
def test_a_paper_renders_the_same_twice(form):
    wording = Wording({"paper.md": "##. A\n#. b\n#. {{ c }}"}, ALanguage(), form)

    assert wording.render("paper.md", {"c": 1}) == wording.render("paper.md", {"c": 1})


@pytest.mark.parametrize(
    "source", ["{{ loop.index }}", "{% for each in loop.previous %}\nx\n{% endfor %}", "{% if loop %}\nx\n{% endif %}"]
)
def test_a_loop_is_known_inside_itself_alone(source):
    assert ["1: unknown name 'loop'"] == told(source)
