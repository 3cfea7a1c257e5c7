"""A hostile template cannot run code, read a file, or run and grow without end; it is refused with its line."""

import time

import pytest
from writing import problems, rendered, told

DOUBLED = 40
ENDLESS = "this template goes on without end: more than 500,000 steps in one paper"
LONG = "a text of more than 100,000 characters"
CALLS = "a template may not call anything"
COMPUTES = "a template may not compute"


def repeated(line: str, first: str) -> str:
    return "\n".join([first, *[line] * DOUBLED, "b"])


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "{{ name.__class__ }}",
            "not allowed in a template: access to attribute '__class__' of 'str' object is unsafe.",
        ),
        (
            "{{ name['__class__'] }}",
            "not allowed in a template: access to attribute '__class__' of 'str' object is unsafe.",
        ),
        (
            "{{ [name] | map(attribute='__class__') | list | join }}",
            "not allowed in a template: access to attribute '__class__' of 'str' object is unsafe.",
        ),
        (
            "{{ _count.control.__self__ }}",
            "not allowed in a template: access to attribute '__self__' of 'method' object is unsafe.",
        ),
        ("{{ '{0.__class__}'.format(name) }}", CALLS),
        ("{{ 'a'.zfill(1000000000) }}", CALLS),
        ("{{ self.a() }}", CALLS),
        ("{{ '%s' % name }}", COMPUTES),
        ("{{ 'a' * 1000000000 }}", COMPUTES),
        ("{{ range(10**9) }}", COMPUTES),
        ("{{ name | attr('__class__') }}", "No filter named 'attr'."),
        ("{{ name | format(name) }}", "No filter named 'format'."),
        ("{{ name | safe }}", "No filter named 'safe'."),
        ("{{ lipsum() }}", "unknown name 'lipsum'"),
        ("{{ cycler('a') }}", "unknown name 'cycler'"),
        ("{% import 'x.md' as x %}", "'{% import 'x.md' as x %}' is no tag of a template"),
        ("{% from 'x.md' import y %}", "'{% from 'x.md' import y %}' is no tag of a template"),
        ("{% macro a() %}", "'{% macro a() %}' is no tag of a template"),
        ("{% autoescape false %}", "'{% autoescape false %}' is no tag of a template"),
        ("{% include '../../etc/passwd' %}", "there is no template '../../etc/passwd'"),
        ("{% include '/etc/passwd' %}", "there is no template '/etc/passwd'"),
        ("{% include name %}", "'{% include name %}' must name a template in quotes"),
    ],
)
def test_what_could_run_code_or_read_a_file_is_refused_with_its_line(source, said):
    assert [f"2: {said}"] == told(f"one\n{source}", name="Ő")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "{% for n in range(1000000000) %}\nx\n{% endfor %}",
            "1: Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000).",
        ),
        ("{% for a in range(99999) %}\n{% for b in range(99999) %}\n{% endfor %}\n{% endfor %}", f"2: {ENDLESS}"),
        (
            "{% for a in range(99999) %}\n{% for b in range(99999) if b == 5 %}\nx\n{% endfor %}\n{% endfor %}",
            f"2: {ENDLESS}",
        ),
        ("{% for a in range(90000) %}\n{{ range(90000) | list | count }}\n{% endfor %}", f"2: {ENDLESS}"),
        (
            "{% for a in range(99999) %}\n" + "x" * 5000 + "\n{% endfor %}",
            "1: this paper grows without end: more than 30,000,000 characters",
        ),
        (repeated("{% set a = a ~ a %}", "{% set a = 'aaaaaaaaaa' %}"), f"16: {LONG}"),
        (repeated("{% set a = a | replace('a', 'aaaaaaaaaa') %}", "{% set a = 'a' %}"), f"7: {LONG}"),
        ("{{ range(90000) | join('aaaaaaaaaaaaa') }}", f"1: {LONG}"),
        (
            repeated("{% set a = [a, a] %}", "{% set a = [1] %}"),
            "2: a list cannot be put into a sentence or another list",
        ),
        (
            "{% for n in [1] recursive %}\n{{ loop(n) }}\n{% endfor %}",
            "1: a loop may not begin itself anew",
        ),
        ("{% include 'paper.md' %}", "1: this template includes itself"),
    ],
)
def test_what_would_run_or_grow_without_end_is_refused_at_once(source, said):
    begun = time.monotonic()

    assert said in told(source)
    assert time.monotonic() - begun < 10


def test_templates_that_include_each_other_twice_are_stopped():
    parts = {
        f"p{number}.md": f'{{% include "p{number + 1}.md" %}}\n{{% include "p{number + 1}.md" %}}'
        for number in range(DOUBLED)
    }

    (problem,) = problems('{% include "p0.md" %}', parts=parts | {f"p{DOUBLED}.md": "x"})

    assert ENDLESS == problem.message
    assert problem.place
    assert problem.place.file.startswith("hu/p")


def test_a_template_extends_no_file_outside_the_templates():
    assert ["1: there is no template '../case.yaml'"] == told("{% extends '../case.yaml' %}")


def test_each_paper_has_its_budget_anew():
    source = "{% for a in range(90000) %}\n{% endfor %}\nx"

    assert ["x", "x"] == [rendered(source).strip() for _ in range(2)]


@pytest.mark.parametrize("form", ["docx", "html"])
def test_structure_in_a_templates_words_stays_words(form):
    said = rendered("</w:t><w:p/> <script>x</script> {{ '<w:p/>' }}", form)

    assert "<script>" not in said
    assert "&lt;script&gt;" in said
    assert said.count("&lt;w:p/&gt;") == 2
