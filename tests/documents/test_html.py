from html.parser import HTMLParser

import pytest
from writing import HOSTILE, rendered

from negotiation_kit.documents.html import page

VOID = {"br", "col", "meta"}


class Tree(HTMLParser):
    """The text of a page, and a failure if its tags do not nest."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(source)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "br":
            self.text += "\n"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def html(source: str, **values) -> str:
    return rendered(source, "html", **values).strip()


def test_every_line_has_its_tag():
    assert "<h1>A</h1>\n<h2>B</h2>\n<h3>C</h3>\n<p>D</p>" == html("# A\n## B\n### C\nD")
    assert '<h2 class="section"><span class="number">1.</span> A</h2>' == html("##. A")
    assert "<p>a <strong>b</strong> <em>c</em></p>" == html("a **b** _c_")
    assert "<p><strong><em>both</em></strong></p>" == html("**_both_**")


def test_bold_never_crosses_a_condition():
    assert "<p><strong>a</strong><strong>b</strong></p>" == html("**{% if 1 %}a{% endif %}b**")


def test_lists_open_round_their_loops():
    source = "{% for n in range(2) %}\n- {{ n }}\n{% endfor %}\n\n#. a\n\n- [ ] b\n- [x] c"

    assert (
        "<ul><li>0</li><li>1</li></ul><ol><li>a</li></ol>"
        '<ul class="boxes"><li><span class="box">☐</span> b</li><li><span class="box">☒</span> c</li></ul>'
    ) == html(source).replace("\n", "")


def test_a_table_has_widths_head_amounts_and_total():
    source = "| A | B | C |\n|--|--:|:----:|\n{% for x in [] %}\n| 1 | 2 | 3 |\n{% endfor %}\n|= T | {{ 5 }} | |"

    assert (
        '<table><colgroup><col style="width:25%"><col style="width:25%"><col style="width:50%"></colgroup>'
        '<thead><tr><th scope="col">A</th><th scope="col" class="right">B</th><th scope="col" class="center">C</th></tr>'
        '</thead><tbody><tr class="total"><td>T</td><td class="right">5</td><td class="center"></td></tr></tbody></table>'
    ) == html(source).replace("\n", "")


def test_containers_carry_their_name():
    source = "::: note\nN\n:::\n::: facts\nA | {{ 1 }}\n:::\n::: signatures\nB\n____\n---\nC\n:::"

    assert (
        '<div class="note"><p>N</p></div><table class="facts"><tbody><tr><th scope="row">A</th><td>1</td></tr></tbody></table>'
        '<div class="signatures"><div><p>B</p><p><span class="blank edge"></span></p></div><div><p>C</p></div></div>'
    ) == html(source).replace("\n", "")


def test_a_blank_inside_a_line_is_as_long_as_typed():
    assert '<p><span class="blank" style="width:6ch"></span> EUR</p>' == html("______ EUR")


def test_what_tells_the_page_is_left_out():
    assert "<p>C04</p>" == html("C04 [[right]] [[page]]/[[pages]]")
    assert "<p>C04 · 2026</p>" == html("C04 [[right]] 2026")
    assert "" == html("page [[page]]")
    assert "<ul><li>page </li></ul>" == html("- page [[page]]")


@pytest.mark.parametrize("value", HOSTILE)
def test_values_are_printed_as_typed(value):
    source = "# {{ v }}\n- **{{ v }}**\n| {{ v }} |\n|--|\n| {{ v }} |\n\n::: facts\n{{ v }} | {{ v }}\n:::"

    assert 6 == Tree(html(source, v=value)).text.count(value)


def test_characters_that_no_page_can_hold_are_replaced():
    assert "<p>a\ufffdb\ufffdc\ufffd</p>" == html("{{ v }}", v="a\x00b\x1bc\ud800")


def test_a_page_needs_nothing_but_itself():
    source = page(html("# A <b>\n##. C"), title="A & <b>", language_tag="hu-HU", footer="<p>foot</p>")
    tree = Tree(source.removeprefix("<!DOCTYPE html>\n"))

    assert ("html", {"lang": "hu-HU"}) == tree.tags[0]
    assert "A & <b>" in tree.text
    assert not {"link", "script", "img", "iframe"} & {tag for tag, _ in tree.tags}
    assert "url(" not in source
    assert "<footer><p>foot</p></footer>" in source
    assert "<footer>" not in page("", title="", language_tag="en-GB")
