import json
import time
from contextlib import suppress
from itertools import pairwise

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation_kit.problems import Place, Refused
from negotiation_kit.reading import tree
from negotiation_kit.reading.tree import Blank, Listing, plain, read_tree


def told(text):
    with pytest.raises(Refused) as refused:
        read_tree(text, "case.yaml")
    return str(refused.value)


def first_line(text):
    return told(text).partition("\n")[0]


@pytest.mark.parametrize(
    "typed", ["no", "0123", "12:30", "1.10", "1_000", "~", "null", "2025-02-30", "+36 1 555 0101", "0x1F", "yes"]
)
def test_a_scalar_stays_the_text_that_was_typed(typed):
    assert {"field": typed} == plain(read_tree(f"field: {typed}\n", "case.yaml"))


def test_quotes_keep_what_they_hold():
    assert ["", " a: b #", "it's", "Ő\n"] == plain(read_tree("""['', ' a: b #', 'it''s', "Ő\\n"]""", "x"))


def test_each_branch_knows_its_place():
    grown = read_tree("client:\n  people: [Anna, {name: Béla}]\n", "case.yaml")

    people = grown.fields["client"].fields["people"]
    assert Place("case.yaml", 1, 1, "client:") == grown.names["client"]
    assert [(2, 3), (2, 11), (2, 12), (2, 18), (2, 25)] == [
        (place.line, place.column)
        for place in (
            grown.fields["client"].place,
            people.place,
            people.entries[0].place,
            people.entries[1].place,
            people.entries[1].fields["name"].place,
        )
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_system(end):
    grown = read_tree(end.join(["# note", "a: x", "b:", "  - y", ""]), "case.yaml")

    assert {"a": "x", "b": ["y"]} == plain(grown)
    assert Place("case.yaml", 4, 5, "  - y") == grown.fields["b"].entries[0].place


def test_a_name_with_nothing_behind_it_keeps_its_place():
    grown = read_tree("since:\nlimit: # not known\n", "case.yaml")

    assert Blank(Place("case.yaml", 1, 7, "since:")) == grown.fields["since"]
    assert isinstance(grown.fields["limit"], Blank)


def test_what_is_left_empty_is_left_out():
    assert {"a": {}} == plain(read_tree("a:\n  b:\nc:\n", "case.yaml"))
    assert "" == plain(Blank(Place("case.yaml", 1, 1)))


def test_an_empty_entry_of_a_list_is_none():
    assert ["x", "y"] == plain(read_tree("- x\n-\n- y\n", "case.yaml"))


def test_one_document_may_have_its_marks():
    assert {"a": "b"} == plain(read_tree("--- # one\na: b\n...\n", "case.yaml"))


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n"])
def test_an_empty_file_is_refused(text):
    assert "this file says nothing yet" in first_line(text)


def test_a_second_document_is_refused_at_its_line():
    assert (
        "case.yaml:2:1: a second document begins here\n"
        "    2 | ---\n"
        "      | ^\n"
        "      = keep one case in one file; delete the line ---"
    ) == told("a: b\n---\nc: d\n")


SLIPS = {
    "name: Kovács: és Társa": ":1:13: a second ':' stands in this line",
    "a:\n\tname: x": ":2:1: a tab stands in the indentation",
    "a:\n  b: x\n\tc: y": ":3:1: a tab stands in the indentation",
    "a:\n  -\tb: x": ":2:4: a tab stands in the indentation",
    'a: "Kovács\nb: x': ":1:4: this quote is never closed",
    'a: "Kovács\nb: "Győr"': ":1:4: this quote is never closed",
    "a: 'Kovács\n---\nb: x": ":1:4: this quote is never closed",
    'a: "Kovács" Kft.': ":1:13: text follows the closing quote",
    "a: 'it's'": ":1:8: text follows the closing quote",
    'a: "x\n  y"\n   b: z': ":3:4: the indentation of this line fits no line above",
    "a: x\n  b: y": ":2:3: this line is indented deeper than the one it follows",
    "# note\n\na: x\n\n  b: y": ":5:3: this line is indented deeper than the one it follows",
    "a:\n    b: x\n  c: y": ":3:3: the indentation of this line fits no line above",
    "a: x\nb y\nc: z": ":2:1: this line has no name and value",
    "case:2025\nb: x": ":1:6: a blank is missing after the colon",
    "a: x\nname:Kovács": ":2:6: a blank is missing after the colon",
    "a: @x": ":1:4: a text may not begin with @",
    "a: %x": ":1:4: a text may not begin with %",
    "a: `x`": ":1:4: a text may not begin with `",
    "a: * x": ":1:4: a text may not begin with *",
    "a: *x y": ":1:4: a text may not begin with *",
    "a: *x": ":1:4: a text may not begin with *",
    "a: & Co": ":1:4: a text may not begin with &",
    "a: &x Co": ":1:4: a text may not begin with &",
    "a: !x Co": ":1:4: a text may not begin with !",
    "a: ! x": ":1:4: a text may not begin with !",
    "a: !h!x y": ":1:4: a text may not begin with !",
    "a: !!python/object/apply:os.system [ls]": ":1:4: a text may not begin with !",
    "a: !!map {b: c}": ":1:4: a text may not begin with !",
    "a: ]": ":1:4: a text may not begin with ]",
    "a: | x": ":1:4: a text may not begin with |",
    "a: >x": ":1:4: a text may not begin with >",
    "%YAML 3.0\n---\na: b": ":1:1: a text may not begin with %",
    "a: - x": ":1:4: a list entry cannot stand here",
    "a: x\n- y": ":2:1: a list entry cannot stand here",
    "- x\na: y": ":2:1: this line belongs to no entry of the list above",
    "a:\n  - b: x\n   c: y": ":3:4: this line belongs to no entry of the list above",
    ": x": ":1:1: the name before ':' is missing",
    "a: [x, y\nb: z": ":1:4: this bracket is not closed with ], or a comma is missing in it",
    "a: {b: x": ":1:4: this bracket is not closed with }, or a comma is missing in it",
    "a: {b: x c: y}": ":1:11: a comma or } is missing before this",
    r'a: "C:\q"': ":1:7: a backslash between double quotes begins a special character",
    "? [x]\n: y": ":1:3: a field has one word for its name",
    "a: {b: 1,500, c: x}": ":1:10: this has no value, expected name: value",
    "<<: {a: b}": ":1:1: '<<' would merge other fields, which is not read",
    "a:\n\u00a0\u00a0b: c": ":2:1: this line begins with a blank of another kind, which only looks like one",
    "a: x\nb: y\na: z": ":3:1: 'a' stands twice, first on line 1",
    f"{'x' * 1100}: y": ":1:1101: this cannot be read",
}


@pytest.mark.parametrize(("text", "expected"), SLIPS.items())
def test_a_slip_is_told_in_plain_words(text, expected):
    assert f"case.yaml{expected}" == first_line(text + "\n")


@pytest.mark.parametrize("text", SLIPS)
def test_the_slower_parser_refuses_the_same(text, monkeypatch):
    monkeypatch.setattr(tree, "_LOADER", yaml.SafeLoader)

    assert "case.yaml:" in first_line(text + "\n")


def test_a_problem_shows_line_caret_and_way_out():
    assert (
        "case.yaml:2:15: a second ':' stands in this line\n"
        "    2 |   name: Kovács: és Társa\n"
        "      |               ^\n"
        "      = put the text in quotes: it contains ': '"
    ) == told("client:\n  name: Kovács: és Társa\n")


def test_mistakes_that_leave_a_tree_are_told_together():
    assert [1, 2, 4] == [
        int(line.split(":")[1])
        for line in told("a: &x b\nb: !y c\nc: d\na: e\n").splitlines()
        if line.startswith("case")
    ]


def test_what_was_seen_before_a_slip_is_told_with_it():
    message = told("a: *x\nb: {c: d\n")

    assert message.index("begin with *") < message.index("not closed with }")


UNWELCOME = {
    "\x00": "a control character (U+0000)",
    "\x0b": "a control character (U+000B)",
    "\x7f": "a control character (U+007F)",
    "\x85": "a control character (U+0085)",
    "\u2028": "a line end of another kind (U+2028)",
    "\u202e": "a mark that turns the direction of writing (U+202E)",
    "\u2066": "a mark that turns the direction of writing (U+2066)",
    chr(0xD800): "half a character (U+D800)",
    "\ufeff": "an unseen mark (U+FEFF)",
    "\ufffd": "a character that was lost when the text was saved (U+FFFD)",
    "\ufffe": "a code that is no character (U+FFFE)",
}


@pytest.mark.parametrize(("character", "words"), UNWELCOME.items(), ids=ascii)
def test_a_character_no_paper_can_carry_is_refused_where_it_stands(character, words):
    assert f"case.yaml:2:5: there is {words} in the text" == first_line(f"a: b\nc: x{character}y\n")
    assert f"case.yaml:1:3: there is {words} in the text" == first_line(f"# {character}\na: b\n")


@pytest.mark.parametrize("escape", [r"\x0b", r"\0", r"\e", r"\N", r"\L", r"\u202e", r"\uFFFE", r"\x07"])
def test_an_escape_brings_in_no_such_character(escape):
    assert first_line(f'a: "x{escape}y"\n').startswith("case.yaml:1:4: there is ")
    assert first_line(f'"x{escape}": y\n').startswith("case.yaml:1:1: there is ")


def test_half_a_character_as_an_escape_is_refused():
    assert first_line(r'a: "\ud800"' + "\n").startswith("case.yaml:1:7: a backslash")


def nested_names():
    return "".join(f"{' ' * level}a:\n" for level in range(200))


HOSTILE = {
    "brackets": "[" * 50_000,
    "braces": "{" * 50_000,
    "fields in braces": "{a: " * 50_000,
    "dashes": "- " * 50_000,
    "question marks": "? " * 50_000,
    "levels": nested_names(),
    "closed brackets": "[" * 33 + "]" * 33,
    "aliases": "a: &a [x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in pairwise("abcdefghijklm")),
    "merges": "a: &a {k: v}\n" + "".join(f"{b}: &{b} {{<<: *{a}}}\n" for a, b in pairwise("abcdefgh")),
    "same names": "a: x\n" * 24_000,
    "too many names": "".join(f"a{number}: x\n" for number in range(30_000)),
    "too many entries": f"a: [{'x, ' * 60_000}]",
    "control characters": "\x07" * 1_000_000,
    "escaped control characters": 'a: "' + r"\x07" * 200_000 + '"',
    "blank lines": "\n" * 1_000_000,
    "one long line": "a: " + " " * 1_000_000 + "b: c",
    "one long name": "x" * 1_000_000 + ": y",
    "too long": "a: " + "x" * 1_100_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_refused_at_once_and_in_few_words(text):
    begun = time.process_time()
    message = told(text)

    assert time.process_time() - begun < 2
    assert len(message) < 60_000
    assert max(map(len, message.splitlines())) < 200


def test_32_levels_are_no_problem():
    assert isinstance(read_tree("[" * 32 + "]" * 32, "case.yaml"), Listing)


def test_a_long_line_is_shown_round_the_mistake():
    lines = told(f"a: {'x' * 500}: y\n").splitlines()

    assert max(map(len, lines)) < 120
    assert ":" == lines[1][lines[2].index("^")]


@settings(max_examples=200, deadline=2000)
@given(st.text(alphabet=st.characters(), max_size=200) | st.text("ab:-?[]{}&*!|>'\"%@`,# \n\t\\<~", max_size=80))
def test_any_text_is_read_or_refused(text):
    with suppress(Refused):
        read_tree(text, "case.yaml")


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Cn"], exclude_characters="\ufffd"))
NAMES = WORDS.filter(lambda name: name != "<<" and not name[:1].isspace())


@settings(max_examples=100, deadline=2000)
@given(
    st.recursive(WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4)),
    st.sampled_from([None, 1]),
)
def test_any_data_of_words_comes_back_as_it_was(data, indent):
    written = json.dumps(data, ensure_ascii=False, indent=indent).replace("\x7f", "")

    assert data == plain(read_tree(written, "case.yaml"))
