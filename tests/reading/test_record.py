import time
from decimal import Decimal
from typing import Annotated, Literal

import pytest
from entrances import within_limits
from pydantic import AfterValidator, Field, model_validator

from negotiation_kit.case.fields import (
    Amount,
    Count,
    Day,
    Record,
    Text,
    YesNo,
    internal,
    restricted,
    shared,
)
from negotiation_kit.problems import Place, Problem, Refused
from negotiation_kit.reading.record import checked, read_record


def spoken(text):
    if "!" in text:
        raise ValueError("no shouting")
    return text


class Person(Record):
    """A person."""

    name: Text = shared("Name as it is printed", example="Tóth Béla")
    decides: YesNo | None = internal("Can decide", example=True, default=None)


class Client(Record):
    """A company."""

    name: Text = shared("Registered name, as in the company register", example="Példa Bútor Zrt.")
    segment: Literal["key", "core", "standard"] | None = internal("Our list", example="core", default=None)
    people: tuple[Person, ...] = shared("People at the client", example=[], default=(), max_length=2)
    tags: tuple[Text, ...] = shared("Marks", example=["late"], default=())


class Invoice(Record):
    """One invoice."""

    number: Text = shared("Invoice number", example="SZ-211")
    due: Day = shared("Due day", example="2025-03-14")
    amount: Amount = shared("Gross amount", example="4850000")
    parts: Count | None = shared("Parts.", example="2", default=None)


class Note(Record):
    """Something said; a rule over two fields and rules of pydantic's own."""

    short: str = shared("Short", example="ab", min_length=2, max_length=5, default="ab")
    said: Annotated[str, AfterValidator(spoken)] = shared("Words", example="hello", default="-")
    share: int = shared("Share", example="5", ge=1, lt=10, default=5)
    code: str | None = shared("Code", example="A1", pattern="^[A-Z][0-9]$", default=None)
    words: dict[str, Text] = shared("Words", example={"a": "b"}, default={})
    either: int | Text | None = shared("A number or a text", example="7", default=None)
    fixed: Literal["one"] = shared("Fixed", example="one", default="one")
    bare: Annotated[str | None, Field(max_length=3)] = None

    @model_validator(mode="after")
    def _short_is_not_said(self):
        if self.short == self.said:
            raise ValueError("short and said are the same")
        return self


class Case(Record):
    """A small case."""

    case: Text = shared("Number of the case", example="2025-017")
    client: Client = shared("The client", example={"name": "Példa Bútor Zrt."})
    invoices: tuple[Invoice, ...] = shared("Open invoices", example=[], min_length=1)
    note: Note = restricted("A note", example={"short": "ab", "said": "a, b"}, default=Note())
    days: dict[str, Invoice] = shared("By day", example={}, default={})
    languages: tuple[Text, ...] = shared("Languages", example=["hu", "en"], default=("en",))


GOOD = """\
case: 0123
client:
  name: Példa Bútor Zrt.
  segment: core
  people:
    - {name: Tóth Béla, decides: yes}
    - name: Nagy
invoices:
  - {number: no, due: 2025-03-14, amount: 1.10}
"""


def told(text):
    with pytest.raises(Refused) as refused:
        read_record(text, "case.yaml", Case)
    return str(refused.value)


def with_note(lines):
    return GOOD + "note:\n" + "".join(f"  {line}\n" for line in lines.split("\n"))


def test_a_good_text_becomes_a_record():
    case = read_record(GOOD, "case.yaml", Case)

    assert "0123" == case.case
    assert ("Tóth Béla", True) == (case.client.people[0].name, case.client.people[0].decides)
    assert ("no", Decimal("1.10")) == (case.invoices[0].number, case.invoices[0].amount)


def test_every_record_knows_where_its_fields_stood():
    case = read_record(GOOD + "days:\n  mon: {number: x, due: 2025-03-14, amount: 1}\n", "case.yaml", Case)

    assert Place("case.yaml", 9, 43, GOOD.splitlines()[8]) == case.invoices[0].place_of("amount")
    assert "case.yaml:9:5" == str(case.invoices[0].place_of())
    assert "case.yaml:7:13" == str(case.client.people[1].place_of("name"))
    assert "case.yaml:7:7" == str(case.client.people[1].place_of("decides"))
    assert "case.yaml:11:17" == str(case.days["mon"].place_of("number"))
    assert "case.yaml:1:1" == str(case.place_of("languages"))


def test_what_is_made_without_a_text_has_no_place():
    assert read_record(GOOD, "case.yaml", Case).note.place_of("short") is None


def test_a_field_left_empty_is_as_if_it_were_not_there():
    case = read_record(GOOD.replace("segment: core", "segment:") + "note:\n", "case.yaml", Case)

    assert case.client.segment is None
    assert "case.yaml:4:11" == str(case.client.place_of("segment"))
    assert "ab" == case.note.short


def test_the_example_of_the_style_guide():
    assert (
        "case.yaml:9:43: invoices[1].amount is '1,5', expected an amount like 1234.50\n"
        "    9 |   - {number: no, due: 2025-03-14, amount: '1,5'}\n"
        "      |                                           ^\n"
        "      = write digits with a dot before the decimals, no blanks, no thousands marks, no currency"
    ) == told(GOOD.replace("1.10", "'1,5'"))


ALL_WRONG = """\
case:
clinet:
  name: Példa
client:
  segment: Core
  people:
    - Tóth Béla
    - {name: Nagy, decides: true}
    - {name: ""}
  tags: late
invoices:
  - number: SZ-211
    due: 2025-02-30
    amount: 1 500
    tags: x
languages: [hu, [en]]
"""


def test_a_dozen_mistakes_are_told_at_once_in_the_order_of_the_file():
    assert """\
case.yaml:1:6: case is empty
    1 | case:
      |      ^
      = case: Number of the case, for example 2025-017
case.yaml:2:1: unknown field 'clinet'
    2 | clinet:
      | ^
      = did you mean 'client'?
case.yaml:5:3: client.name is missing
    5 |   segment: Core
      |   ^
      = name: Registered name, as in the company register, for example Példa Bútor Zrt.
case.yaml:5:12: client.segment is 'Core', expected one of key, core, standard
    5 |   segment: Core
      |            ^
      = did you mean 'core'?
case.yaml:7:7: client.people[1] is 'Tóth Béla', expected fields, each as name: value
    7 |     - Tóth Béla
      |       ^
      = write its fields on the lines below it, indented: name, decides
case.yaml:8:29: client.people[2].decides is 'true', expected yes or no
    8 |     - {name: Nagy, decides: true}
      |                             ^
      = write one of the two words in small letters
case.yaml:9:14: client.people[3].name is empty
    9 |     - {name: ""}
      |              ^
      = name: Name as it is printed, for example Tóth Béla
case.yaml:10:9: client.tags is 'late', expected a list
   10 |   tags: late
      |         ^
      = write [late] if there is only one
case.yaml:13:10: invoices[1].due is '2025-02-30', expected a day that exists, like 2025-03-14
   13 |     due: 2025-02-30
      |          ^
      = that month has no such day
case.yaml:14:13: invoices[1].amount is '1 500', expected an amount like 1234.50
   14 |     amount: 1 500
      |             ^
      = write digits with a dot before the decimals, no blanks, no thousands marks, no currency
case.yaml:15:5: unknown field 'tags'
   15 |     tags: x
      |     ^
      = it belongs to client: check its name and indentation
case.yaml:16:17: languages[2] is a list, expected one value like hu
   16 | languages: [hu, [en]]
      |                 ^
      = languages: Languages, for example hu""" == told(ALL_WRONG)


FIELDS = {
    ("segment: core", "segment: x"): "4:12: client.segment is 'x', expected one of key, core, standard | "
    "segment: Our list, for example core",
    ("segment: core", "segment: [core]"): "4:12: client.segment is a list, expected one of key, core, standard | "
    "segment: Our list, for example core",
    ("segment: core", "case: x"): "4:3: unknown field 'case' | "
    "it belongs to the case itself: begin it at the left edge",
    ("segment: core", "amount: x"): "4:3: unknown field 'amount' | it belongs to invoices: check its name and "
    "indentation",
    ("segment: core", "zzz:"): "4:3: unknown field 'zzz' | known here: name, segment, people, tags",
    ("segment: core", "-tags: x"): "4:3: unknown field '-tags' | write a blank after the '-'",
    ("segment: core", "Segment: core"): "4:3: unknown field 'Segment' | did you mean 'segment'?",
    ("segment: core", "tags:\n    -late: x"): "5:5: client.tags is a group of fields, expected a list | "
    "write a blank after the '-'",
    ("segment: core", "tags: {a: b}"): "4:9: client.tags is a group of fields, expected a list | "
    "write the entries on the lines below it, each beginning with '- '",
    ("- {name: Tóth Béla, decides: yes}", "- Tóth Béla"): "6:7: client.people[1] is 'Tóth Béla', expected fields, "
    "each as name: value | write its fields on the lines below it, indented: name, decides",
    ("decides: yes", "decides: Yes"): "6:34: client.people[1].decides is 'Yes', expected yes or no | "
    "write one of the two words in small letters",
    ("decides: yes", "decides: [x]"): "6:34: client.people[1].decides is a list, expected one value like yes | "
    "decides: Can decide, for example yes",
    ("name: Nagy", "name:"): "7:12: client.people[2].name is empty | "
    "name: Name as it is printed, for example Tóth Béla",
    ("name: Nagy", "name: ''"): "7:13: client.people[2].name is empty | "
    "name: Name as it is printed, for example Tóth Béla",
    ("name: Nagy", f"name: {'x' * 2001}"): "7:13: client.people[2].name has 2001 characters, expected at most 2000 | "
    "say it shorter",
    ("name: Nagy", "name: {a: b}"): "7:13: client.people[2].name is a group of fields, expected one value like "
    "Tóth Béla | name: Name as it is printed, for example Tóth Béla",
    ("- name: Nagy", "- {name: Nagy}\n    - {name: Kiss}"): "6:5: client.people has 3 entries, "
    "expected at most 2 entries | people: People at the client",
    ("2025-03-14", "[x]"): "9:23: invoices[1].due is a list, expected one value like 2025-03-14 | "
    "due: Due day, for example 2025-03-14",
    ("amount: 1.10", "amount: 1.10, parts: two"): "9:56: invoices[1].parts is 'two', expected a whole number like 7 | "
    "write digits only",
    ("amount: 1.10", "amount: 1.10, parts: [2]"): "9:56: invoices[1].parts is a list, expected one value like 2 | "
    "parts: Parts, for example 2",
    ("amount: 1.10", "amount: 1,10"): "9:45: this has no value, expected name: value | "
    "a comma ends a value: write decimals after a dot, and put a text with a comma in quotes",
    ("\n  - {number: no, due: 2025-03-14, amount: 1.10}", " []"): "8:11: invoices is empty, expected at least "
    "1 entry | invoices: Open invoices",
    ("\n  - {number: no, due: 2025-03-14, amount: 1.10}", ""): "8:10: invoices is empty | invoices: Open invoices",
    ("invoices:\n  - {number", "invoices:\n    {number"): "9:5: invoices is a group of fields, expected a list | "
    "write the entries on the lines below it, each beginning with '- '",
}  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), FIELDS.items(), ids=lambda one: str(one)[:40])
def test_a_wrong_field_is_told_by_its_name_and_with_a_way_out(change, expected):
    lines = told(GOOD.replace(*change)).splitlines()

    message, hint = expected.split(" | ")
    assert [f"case.yaml:{message}", f"      = {hint}"] == [lines[0], lines[-1]]


NOTES = {
    "short: a": "note.short is 'a', expected at least 2 characters | short: Short, for example ab",
    "said: Go!": "note.said is 'Go!': no shouting | said: Words, for example hello",
    "share: 0": "note.share is '0', expected at least 1 | share: Share, for example 5",
    "share: 10": "note.share is '10', expected less than 10 | share: Share, for example 5",
    "share: many": "note.share is 'many', expected one value like 5 | share: Share, for example 5",
    "code: x": "note.code is 'x', expected one value like A1 | code: Code, for example A1",
    "words: x": "note.words is 'x', expected fields, each as name: value | words: Words, for example {a: b}",
    "words: {a: ''}": "note.words.a is empty | words: Words, for example {a: b}",
    "words: {a: }": "note.words.a is empty | words: Words, for example {a: b}",
    "fixed: two": "note.fixed is 'two', expected one | fixed: Fixed, for example one",
    "short: ab\nsaid: ab": "note is a group of fields: short and said are the same | "
    'note: A note, for example {short: ab, said: "a, b"}',
    "bare: abcd": "note.bare has 4 characters, expected at most 3 | say it shorter",
    "bare: [x]": "note.bare is a list, expected one value |     ^",
}


@pytest.mark.parametrize(("lines", "expected"), NOTES.items())
def test_rules_of_other_kinds_speak_the_same_language(lines, expected):
    shown = told(with_note(lines)).splitlines()

    message, hint = expected.split(" | ")
    assert message == shown[0].split(": ", 1)[1]
    assert shown[-1].endswith(hint)


def test_a_list_for_one_record_is_told():
    shown = told(GOOD + "note:\n  - short: ab\n")

    assert "note is a list, expected fields, each as name: value" in shown
    assert "leave out the '-': there is only one" in shown


@pytest.mark.parametrize(
    ("text", "what"), [("- a: b\n", "a list"), ("case 2025\n", "'case 2025'")], ids=["list", "word"]
)
def test_a_file_of_another_kind_is_told(text, what):
    assert told(text).startswith(f"case.yaml:1:1: this file is {what}, expected fields, each as name: value")


def test_a_choice_between_two_types_speaks_no_jargon():
    shown = told(with_note("either: [x]"))

    assert "note.either is a list, expected one value like 7" in shown
    assert "function" not in shown
    assert "pydantic" not in shown


def test_mistakes_of_the_yaml_and_of_the_fields_are_told_together():
    shown = told(GOOD.replace("core", "*core").replace("1.10", "x") + "case: y\n")

    assert ["4:12", "9:43", "10:1"] == [
        line.split(": ")[0].removeprefix("case.yaml:") for line in shown.splitlines() if line.startswith("case.y")
    ]


def test_a_mistake_of_the_yaml_alone_is_enough_to_refuse():
    assert "'case' stands twice, first on line 1" in told(GOOD + "case: y\n")


def test_after_a_hundred_problems_the_rest_is_a_number():
    begun = time.process_time()
    shown = told(GOOD + "".join(f"field{number}: x\n" for number in range(10_000)))

    assert time.process_time() - begun < 2
    assert "9900 more problems from here on" in shown
    assert 101 == shown.count("case.yaml:")


def test_a_check_that_is_content_returns_the_record():
    case = read_record(GOOD, "case.yaml", Case)

    assert case is checked(case, [lambda _: iter(())])


def test_a_text_is_read_and_checked_in_one_step():
    def never(case):
        yield Problem(case.place_of("case"), f"{case.case} is no number of ours")

    with pytest.raises(Refused, match=r"case.yaml:1:7: 0123 is no number of ours"):
        read_record(GOOD, "case.yaml", Case, [never])


def test_all_checks_speak_in_the_order_of_the_file():
    def about_amount(case):
        yield Problem(case.invoices[0].place_of("amount"), "too little")

    def about_name(case):
        yield Problem(case.client.place_of("name"), "too long")

    case = read_record(GOOD, "case.yaml", Case)
    with pytest.raises(Refused) as refused:
        checked(case, [about_amount, about_name])

    assert ["too long", "too little"] == [problem.message for problem in refused.value.problems]


def test_a_case_of_300_lines_is_read_in_a_blink():
    rows = "".join(f"  - number: A{row}\n    due: 2025-03-14\n    amount: {row}.50\n" for row in range(97))
    text = GOOD + rows
    durations = []
    for _ in range(10):
        begun = time.process_time()
        read_record(text, "case.yaml", Case)
        durations.append(time.process_time() - begun)

    assert text.count("\n") == 300
    assert min(durations) < 0.1


def test_a_word_of_a_list_knows_its_own_place():
    client = read_record("name: A\ntags: [late,\n  loud]\n", "client.yaml", Client)
    place = client.place_of("tags[2]")

    assert (place.line, place.column) == (3, 3)


def test_thousands_of_mistakes_are_told_at_once():
    text = GOOD + "".join(f"  - {{numbr{number}: S, isued: 2025-02-12}}\n" for number in range(8_000))

    with within_limits():
        assert "more problems from here on" in told(text)
