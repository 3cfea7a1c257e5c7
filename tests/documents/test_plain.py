import pytest
from writing import HOSTILE, rendered


def test_every_block_has_its_plain_form():
    source = """# Title
## Head
### Sub
##. Section
###. Clause
Text **bold** _it_ ____
- a
- [ ] b
- [x] c
#. d
#. e

| A | Long head |
|---|--:|
{% for n in range(2) %}
| {{ n }} | x |
{% endfor %}
|= T | y |
"""
    expected = """Title

Head

Sub

1. Section

1.1 Clause

Text bold it ____

- a

[ ] b
[x] c

1. d
2. e

A  Long head
-  ---------
0          x
1          x
T          y
"""

    assert expected == rendered(source)


def test_containers_leave_their_text():
    source = "::: facts\nName | {{ n }}\n:::\n::: note\nN\n:::\n::: columns\na\nb\n---\nc\n:::\n::: small\nS\n:::"

    assert "Name: X\n\nN\n\na\nb\n\nc\n\nS\n" == rendered(source, n="X")


def test_numbered_lists_count_anew():
    assert "1. a\n\n1. b\n" == rendered("#. a\n\n#. b")
    assert "x\n\n1. 0\n\nx\n\n1. 0\n" == rendered("{% for i in range(2) %}\nx\n#. 0\n{% endfor %}")


def test_a_table_without_rows_keeps_its_head():
    assert "a  b\n-  -\n\nend\n" == rendered("| a | b |\n|--|--|\n{% for x in [] %}\n| 1 | 2 |\n{% endfor %}\n\nend")


def test_what_tells_the_page_is_left_out():
    assert "C04\n" == rendered("C04 [[right]] page [[page]] of [[pages]]")
    assert "C04  2026\n" == rendered("C04 [[right]] 2026")
    assert "" == rendered("page [[page]]")
    assert "- page \n" == rendered("- page [[page]]")


@pytest.mark.parametrize("value", HOSTILE)
def test_values_are_printed_as_typed(value):
    assert f"a {value} b\n" == rendered("a {{ v }} b", v=value)


def test_lines_of_a_value_stay_lines():
    assert "a\n\n\nb\n\nc\n" == rendered("{{ v }}\nc", v="a\r\n\r\rb")


def test_fixed_words_may_look_like_jinja():
    assert "{{ a }} {% b %}\n" == rendered(r"\{{ a }} \{% b %}")
