"""Changing a case file in place: whatever is changed, all else stays byte for byte, and what is read again is meant."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from making import SAMPLES
from writing import HOSTILE

from negotiation_kit.case.case import Case
from negotiation_kit.case.outcome import Outcome
from negotiation_kit.problems import Refused
from negotiation_kit.reading.amend import Append, Put, Remove, amend, way_of
from negotiation_kit.reading.characters import lines_of
from negotiation_kit.reading.record import read_record
from negotiation_kit.reading.spans import spans_of
from negotiation_kit.reading.tree import plain, read_tree
from negotiation_kit.reading.typed import as_typed

TEXTS = {path.stem: path.read_text("utf-8") for path in SAMPLES}
ODD = """\
# above
--- # begins
a:   one    # note on a
b: 'it''s'
c:
  # note above the first
  - x # note on x

  -   y: 1   # note on y
      z: "2"
  # note between
  -
    y: 3
  - [p, # in brackets
     q]
d: # note on d
    e: {f: 1, # note on f
        g: [1, 2,], h: }
    i:
      a text
      over lines   # note on i
j: |  # note on j
  line

  # no note
k: >+
  kept


l:
- m
-  # note on a group
  n: o
p: [
  {q: 1},
  {q: 2}
]
r:
# ends
...
"""
TEXTS["odd"] = ODD
ENDINGS = ("\n", "\r\n", "\r")


def read(text):
    return plain(read_tree(text.removeprefix("\ufeff"), "case.yaml"))


def changed(text, *changes):
    return amend(text, "case.yaml", changes)


def told(text, *changes):
    with pytest.raises(Refused) as refused:
        changed(text, *changes)
    return str(refused.value)


def ways_in(tree, way=""):
    """Every way in a plain tree."""
    if isinstance(tree, dict):
        for name, each in tree.items():
            here = f"{way}.{name}" if way else name
            yield here
            yield from ways_in(each, here)
    elif isinstance(tree, list):
        for number, each in enumerate(tree, start=1):
            yield f"{way}[{number}]"
            yield from ways_in(each, f"{way}[{number}]")


def at(tree, way):
    for part in way_of(way):
        tree = tree[part - 1] if isinstance(part, int) else tree[part]
    return tree


TREES = {name: read(text) for name, text in TEXTS.items()}
WAYS = {name: tuple(ways_in(tree)) for name, tree in TREES.items()}


def ways_to(kind):
    return {name: tuple(way for way in ways if isinstance(at(TREES[name], way), kind)) for name, ways in WAYS.items()}


LISTS, GROUPS, SCALARS = ways_to(list), ways_to(dict), ways_to(str)
MARKS = ("#", " #", ": ", ":", "- ", "-", "? ", "'", '"', "{", "}", "[", "]", ",", "|", ">", "%", "@", "`", "&a", "*a",
         "!t", "\\", "\n", "\n\n", " ", "\t", "---", "...", "<<", "=", "~", "null", "yes", "No", "on", "0x1F", "012", "1_000",
         "12:30", "1e5", ".5", "2025-03-24", "é", "Ő", "🤝", "\u00a0", "a", "k", "\r\n")  # fmt: skip
texts = st.lists(st.sampled_from(MARKS), max_size=8).map("".join) | st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"], exclude_characters="\ufeff\ufffd"),
    max_size=30,
).filter(lambda text: not any(0x202A <= ord(each) <= 0x202E or 0x2066 <= ord(each) <= 0x2069 for each in text))
scalars = (
    texts
    | st.sampled_from(HOSTILE)
    | st.decimals(0, 10**9, places=2)
    | st.dates()
    | st.booleans()
    | st.integers(0, 999)
)
names = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)
values = st.recursive(
    scalars, lambda below: st.lists(below, max_size=3) | st.dictionaries(names, below, max_size=4), max_leaves=12
)
files = st.tuples(st.sampled_from(sorted(TEXTS)), st.sampled_from(ENDINGS), st.sampled_from(["", "\ufeff"]))


def text_of(file):
    name, ending, mark = file
    return mark + ending.join(lines_of(TEXTS[name]))


def as_read(value):
    """The value as the reader gives it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return {name: as_read(each) for name, each in value.items()}
    if isinstance(value, list):
        return [as_read(each) for each in value]
    return str(value)


@settings(deadline=None)
@given(files, st.data(), values)
def test_a_value_put_anywhere_is_read_back_and_all_else_says_what_it_said(file, data, value):
    text = text_of(file)
    way = data.draw(st.sampled_from(WAYS[file[0]]))

    after = changed(text, Put(way, value))

    assert as_read(value) == at(read(after), way)
    others = [each for each in WAYS[file[0]] if not each.startswith(way) and not way.startswith(each)]
    before, now = read(text), read(after)
    assert [at(before, each) for each in others] == [at(now, each) for each in others]


@settings(deadline=None)
@given(files, st.data(), scalars)
def test_a_text_put_in_the_place_of_a_text_leaves_every_other_character(file, data, value):
    text = text_of(file)
    way = data.draw(st.sampled_from(SCALARS[file[0]]))

    after = changed(text, Put(way, value))

    start, end = span_of(text, way)
    assert after.startswith(text[:start])
    assert [line for line in lines_of(text[end:])[1:] if line] == [line for line in lines_of(after) if line][
        -len([line for line in lines_of(text[end:])[1:] if line]) or len(lines_of(after)) :
    ]
    if "\n" not in str(value):
        assert after.endswith(text[end:])


def span_of(text, way):
    """From where to where the value stands."""
    span = spans_of(text.removeprefix("\ufeff"))
    for part in way_of(way):
        span = next(
            item.value
            for number, item in enumerate(span.entries, start=1)
            if (number == part if isinstance(part, int) else item.name == part)
        )
    mark = len(text) - len(text.removeprefix("\ufeff"))
    return span.start + mark, span.end + mark


def is_one_insertion(before, after):
    """Whether the longer text is the shorter one with something put in at one place."""
    same = next((index for index, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before))
    return any(after.endswith(before[index:]) and after[:index] == before[:index] for index in range(same + 1))


@settings(deadline=None)
@given(files, st.data(), values)
def test_an_entry_added_to_a_list_is_one_insertion(file, data, value):
    text = text_of(file)
    way = data.draw(st.sampled_from(LISTS[file[0]]))

    after = changed(text, Append(way, value))

    assert [*at(read(text), way), as_read(value)] == at(read(after), way)
    assert is_one_insertion(text, after)


@settings(deadline=None)
@given(files, st.data(), names.map(lambda name: f"new_{name}"), values)
def test_a_new_field_is_one_insertion_and_taking_it_out_gives_the_text_back(file, data, name, value):
    text = text_of(file)
    way = data.draw(st.sampled_from(["", *GROUPS[file[0]]]))
    way = f"{way}.{name}" if way else name

    after = changed(text, Put(way, value))

    assert as_read(value) == at(read(after), way)
    assert is_one_insertion(text, after)
    back = changed(after, Remove(way))
    assert [line for line in lines_of(text) if line] == [line for line in lines_of(back) if line]


@settings(deadline=None)
@given(files, st.data())
def test_what_is_removed_is_gone_and_all_else_stays(file, data):
    text = text_of(file)
    way = data.draw(st.sampled_from(WAYS[file[0]]))

    after = changed(text, Remove(way))

    assert is_one_insertion(after, text) or "{}" in after or "[]" in after
    assert len(list(ways_in(read(after)))) < len(WAYS[file[0]])


@settings(deadline=None)
@given(files, st.lists(st.tuples(st.integers(0, 10**6), values), max_size=6))
def test_change_upon_change_every_note_is_kept(file, changes):
    text = text_of(file)
    notes = [line for line in lines_of(text) if line.lstrip().startswith("#") and line != "  # no note"]
    for number, value in changes:
        tree = read(text)
        scalar_ways = [way for way in ways_in(tree) if isinstance(at(tree, way), str)]
        if scalar_ways:
            way = scalar_ways[number % len(scalar_ways)]
            text = changed(text, Put(way, value))
            assert as_read(value) == at(read(text), way)

    assert not set(notes) - set(lines_of(text))


@settings(deadline=None)
@given(files, st.data())
def test_putting_the_same_value_changes_nothing(file, data):
    text = text_of(file)
    way = data.draw(st.sampled_from(WAYS[file[0]]))

    assert text == changed(text, Put(way, at(read(text), way)))


@settings(deadline=None)
@given(texts)
@example("12:30")
@example("k")
@example("#\n ")
def test_any_text_survives_in_a_line_and_in_braces(text):
    after = changed("a: 1\nb: {c: 1}\nd: [1]\n", Put("a", text), Put("b.c", text), Put("d[1]", text), Put("b.e", text))

    assert {"a": text, "b": {"c": text, "e": text}, "d": [text]} == read(after)


@pytest.mark.parametrize(
    "sample", [path for path in SAMPLES if "outcome:" in path.read_text("utf-8")], ids=lambda path: path.stem
)
def test_an_outcome_written_into_another_file_is_the_same_outcome(sample):
    outcome = read_record(sample.read_text("utf-8"), "case.yaml", Case).outcome
    text = TEXTS["late-payer"]

    after = changed(text, Put("outcome", outcome))

    assert as_typed(outcome) == as_typed(read_record(after, "case.yaml", Case).outcome)
    assert after.startswith(text)
    assert max(map(len, lines_of(after))) <= max(map(len, lines_of(sample.read_text("utf-8") + text)))


def test_an_outcome_is_laid_out_as_people_write_it():
    outcome = Outcome.model_validate(
        {
            "day": "2025-03-24",
            "at": "10:00",
            "acknowledged": {"kind": "part", "amount": "4000000"},
            "schedule": [
                {"due": "2025-03-26", "amount": "1460000", "source": {"en": "first payment of the school, in cash", "hu": "az iskola első kifizetése, készpénzben"}},
                {"due": "2025-04-09", "amount": "1130000.50"},
            ],
            "security": "none: # nothing",
            "notes": "One\nTwo",
            "binding": "no",
        }
    )  # fmt: skip

    assert """\
case: T-1

outcome:
  day: 2025-03-24
  at: "10:00"
  acknowledged: {kind: part, amount: 4000000}
  schedule:
    - due: 2025-03-26
      amount: 1460000
      source: {en: "first payment of the school, in cash", hu: "az iskola első kifizetése, készpénzben"}
    - {due: 2025-04-09, amount: 1130000.50}
  security: "none: # nothing"
  binding: no
  notes: |-
    One
    Two
""" == changed("case: T-1\n", Put("outcome", outcome))


def test_a_missing_group_goes_where_a_case_has_it():
    text = "case: T-1\ncurrency: HUF\n\ninvoices:\n  - {number: SZ-1}   # ours\n\n# of the year\nmeeting: {day: 2025-03-24}\n"
    payment = {"day": date(2025, 3, 26), "amount": Decimal("1460000.00"), "reference": "2025-017"}

    assert """\
case: T-1
currency: HUF

invoices:
  - {number: SZ-1}   # ours

payments:
  - {day: 2025-03-26, amount: 1460000.00, reference: 2025-017}

# of the year
meeting: {day: 2025-03-24, at: "10:00"}
""" == changed(text, Append("payments", payment), Put("meeting.at", "10:00"))


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ("a: # why\nb: 1\n", Put("a", "x"), "a: x # why\nb: 1\n"),
        ("a: # why\nb: 1\n", Put("a.c", "x"), "a: {c: x} # why\nb: 1\n"),
        ("a: old # why\n", Put("a", "one\ntwo"), "a: |- # why\n  one\n  two\n"),
        ("a: |- # why\n  one\n  two\n", Put("a", "x"), "a: x # why\n"),
        ("a: 'x' # why\n", Put("a", "it's"), "a: 'it''s' # why\n"),
        ('a: "1"\n', Put("a", Decimal(2)), 'a: "2"\n'),
        ("a: []\n", Append("a", {"b": {"c": ["1", {"d": "2"}]}}), 'a:\n  - b:\n      c:\n        - "1"\n        - {d: "2"}\n'),
        ("a: {b: }\n", Put("a.c", "x"), "a: {b: , c: x }\n"),
        ("a:\n  # the day\n  b:   # still open\n  c: # too\nd: 1\n", Put("a", {"b": "x", "e": "y"}), "a:\n  # the day\n  b: x   # still open\n  c: # too\n  e: y\nd: 1\n"),
        ("a: [x] # why\n", Append("a", "y"), "a: [x, y] # why\n"),
        ("a:\n- x # why\n", Append("a", "y"), "a:\n- x # why\n- y\n"),
        ("a: [\n  {b: 1}, # why\n  {b: 2}\n]\n", Remove("a[1]"), "a: [\n   # why\n  {b: 2}\n]\n"),
        ("a: [\n  {b: 1},\n  {b: 2}\n]\n", Append("a", {"b": Decimal(3)}), "a: [\n  {b: 1},\n  {b: 2},\n  {b: 3}\n]\n"),
        ("a: {b: 1}\n", Remove("a.b"), "a: {}\n"),
        ("a: {}\n", Put("a.b", Decimal(1)), "a: {b: 1}\n"),
        ("a:\n  - b: 1 # why\n    c: 2\n", Remove("a[1].b"), "a:\n  - c: 2\n"),
        ("a:\n  - b: 1\n    # what c is\n    c: 2\n", Remove("a[1].b"), "a:\n  - \n    # what c is\n    c: 2\n"),
        ("a: 1\nb: 2", Remove("b"), "a: 1\n"),
        ("a: 1", Put("b", Decimal(2)), "a: 1\nb: 2"),
        ("a: 1\r\nc:\r\n  d: 1", Put("c.e", "x\ny"), "a: 1\r\nc:\r\n  d: 1\r\n  e: |-\r\n    x\r\n    y"),
        ("a:\n  b: 1\n  # of b\n\nc: 1\n", Put("a.d", Decimal(1)), "a:\n  b: 1\n  d: 1\n  # of b\n\nc: 1\n"),
        ("a:\n  b: 1\n    # of b\nc: 1\n", Put("a.d", Decimal(1)), "a:\n  b: 1\n    # of b\n  d: 1\nc: 1\n"),
    ],
)  # fmt: skip
def test_each_way_of_writing_is_kept(before, change, after):
    assert after == changed(before, change)


def test_of_a_group_put_anew_only_what_differs_is_touched():
    text = TEXTS["after-meeting"].replace("amount: 1130000}\n", "amount: 1130000}   # agreed\n", 1)
    schedule = at(read(text), "outcome.schedule")
    new = [
        *schedule[:2],
        schedule[2] | {"amount": Decimal(1000000)},
        schedule[3],
        {"due": date(2025, 5, 21), "amount": Decimal(130000)},
    ]

    after = changed(text, Put("outcome.schedule", new))

    before_lines, after_lines = text.splitlines(), after.splitlines()
    assert ["    - {due: 2025-04-23, amount: 1000000}", "    - {due: 2025-05-21, amount: 130000}"] == [
        line for line in after_lines if line not in before_lines
    ]
    assert "    - {due: 2025-04-09, amount: 1130000}   # agreed" in after_lines


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (Put("", "x"), "'' names no field"),
        (Put("a..b", "x"), "'a..b' names no field"),
        (Put("a.", "x"), "'a.' names no field"),
        (Put("a[0]", "x"), "'a[0]' names no field"),
        (Put("[1]", "x"), "'[1]' names no field"),
        (Put("a.b.c", "x"), "case.yaml:2:3: 'a.b' holds no fields"),
        (Put("a[1]", "x"), "case.yaml:1:1: 'a' holds no entries"),
        (Put("c[4]", "x"), "case.yaml:3:1: there are only 2 entries before 'c[4]'"),
        (Put("d[2]", "x"), "case.yaml:1:1: there are no entries before 'd[2]'"),
        (Append("a", "x"), "case.yaml:1:1: 'a' is no list"),
        (Append("a.b", "x"), "case.yaml:2:3: 'a.b' is no list"),
        (Remove("c[3]"), "case.yaml:3:1: 'c[3]' is not there"),
        (Remove("z"), "case.yaml:1:1: 'z' is not there"),
        (Put("a.b", "a\x00b"), "'a<U+0000>b' cannot be written: there is a control character (U+0000) in it"),
        (Put("a.b", "a\u202eb"), "'a<U+202E>b' cannot be written: there is a mark that turns the direction of writing (U+202E) in it"),
        (Put("e[1].g", "x"), "case.yaml:4:5: 'e[1].g' is written in a way the kit cannot change"),
    ],
)  # fmt: skip
def test_what_cannot_be_changed_is_told_with_its_place(change, message):
    assert message == told("a:\n  b: 1\nc: [1, 2]\ne: [f: 1]\n", change).partition("\n")[0]


def test_a_file_that_cannot_be_read_is_not_changed():
    assert told("a: &x 1\nb: *x\n", Put("a", "2")).startswith("case.yaml:1:4: a text may not begin with &")


def test_a_change_that_does_not_fit_leaves_none_of_the_others():
    text = "a: 1\n"

    with pytest.raises(Refused):
        changed(text, Put("a", "2"), Remove("z"))

    assert "a: 1\n" == text


def test_a_thing_a_case_cannot_hold_is_a_mistake_of_the_caller():
    with pytest.raises(TypeError, match="a case file holds no float"):
        changed("a: 1\n", Put("a", 1.5))


def test_steps_of_a_way_are_names_and_numbers_from_one():
    assert ("outcome", "schedule", 2, "amount") == way_of("outcome.schedule[2].amount")
    assert ("a", 1, 2) == way_of("a[1][2]")


@settings(deadline=None)
@given(files, st.data(), st.lists(values, max_size=4))
def test_many_entries_at_once_are_the_same_as_one_after_the_other(file, data, entries):
    text = text_of(file)
    way = data.draw(st.sampled_from(LISTS[file[0]]))

    one_by_one = text
    for entry in entries:
        one_by_one = changed(one_by_one, Append(way, entry))

    assert one_by_one == changed(text, *(Append(way, entry) for entry in entries))


def test_a_month_of_payments_is_written_at_once():
    entries = [{"day": date(2025, 1, 1), "amount": Decimal(number)} for number in range(1, 2001)]

    after = changed(TEXTS["late-payer"], *(Append("payments", entry) for entry in entries))

    assert as_read(entries) == read(after)["payments"]
    assert (
        as_read([*entries, *entries])
        == read(changed(after, *(Append("payments", entry) for entry in entries)))["payments"]
    )


def test_a_list_is_never_written_twice_when_many_are_added():
    text = "case: T-1\ncurrency: HUF\n"
    for number in range(1, 51):
        text = changed(text, Append("payments", {"day": date(2025, 1, 1), "amount": Decimal(number)}))

    assert [str(number) for number in range(1, 51)] == [each["amount"] for each in read(text)["payments"]]
    assert all(len(a) <= len(b) for a, b in pairwise(text.splitlines()[3:]))
