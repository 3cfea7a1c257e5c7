from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation_kit.reckoning.conditions import (
    Always,
    Comparison,
    Condition,
    ConditionError,
    Every,
    Not,
    Some,
    Verdict,
    comparisons,
    holds,
    parse,
    true_parts,
)
from negotiation_kit.reckoning.facts import VOCABULARY

FACTS = {
    "conduct": "good",
    "days_overdue": 8,
    "disputed_share": Decimal("0.35"),
    "decision_maker": False,
    "capacity": None,
}
ONE, TWO, THREE = ((Decimal(number),) for number in (1, 2, 3))
WORDS = st.sampled_from(
    ["always", "and", "or", "not", "in", "(", ")", "[", "]", ",", "==", "!=", "<", ">=", "conduct", "yes", "5", "x"]
)


def is_true(text: str) -> bool:
    return holds(parse(text), FACTS).holds


@pytest.mark.parametrize(
    "text",
    [
        "always",
        "conduct == good",
        "conduct != poor",
        "conduct in [mixed, good]",
        "days_overdue >= 8",
        "days_overdue > 7 and days_overdue < 9 and days_overdue <= 8",
        "disputed_share >= 0.35",
        "disputed_share == 0.35",
        "decision_maker == no",
        "decision_maker != yes",
        "not conduct == poor",
        "not (conduct == poor or days_overdue > 30)",
        "conduct == poor and days_overdue > 30 or always",
        "(conduct == good)",
        "  conduct==good\n  and days_overdue>=-1  ",
    ],
)
def test_what_is_true_holds(text):
    assert is_true(text)


@pytest.mark.parametrize(
    "text",
    [
        "conduct == poor",
        "conduct != good",
        "conduct in [mixed, poor]",
        "days_overdue < 8",
        "conduct == good and days_overdue > 30",
        "not always",
        "decision_maker == yes",
        "decision_maker == 0",
        "days_overdue == yes",
        "conduct > 5",
        "decision_maker >= 0",
    ],
)
def test_what_is_not_true_does_not_hold(text):
    assert not is_true(text)


def test_and_binds_closer_than_or():
    text = "a == 1 or b == 2 and c == 3"

    assert parse(text) == parse("a == 1 or (b == 2 and c == 3)").__class__(
        (
            Comparison("a", "==", (Decimal(1),), 1),
            Every((Comparison("b", "==", (Decimal(2),), 11), Comparison("c", "==", (Decimal(3),), 22))),
        )
    )


def test_not_binds_closer_than_and():
    assert isinstance(parse("not a == 1 and b == 2"), Every)
    assert isinstance(parse("not (a == 1 and b == 2)"), Not)


@pytest.mark.parametrize("text", ["capacity == good", "capacity != good", "capacity in [good]", "gone == 1"])
def test_an_unknown_fact_makes_its_comparison_false_and_is_named(text):
    name = text.split()[0]

    assert Verdict(False, frozenset({name})) == holds(parse(text), FACTS)


def test_a_not_before_an_unknown_fact_holds_and_still_names_it():
    assert Verdict(True, frozenset({"capacity"})) == holds(parse("not capacity == good"), FACTS)


@pytest.mark.parametrize(
    "text",
    [
        "conduct == poor and capacity == good",
        "capacity == good and conduct == poor",
        "conduct == good or capacity == good",
        "capacity == good or conduct == good",
    ],
)
def test_an_unknown_fact_that_cannot_change_the_result_is_not_named(text):
    assert frozenset() == holds(parse(text), FACTS).unknown


@pytest.mark.parametrize("text", ["conduct == good and capacity == good", "conduct == poor or capacity == good"])
def test_an_unknown_fact_that_may_change_the_result_is_named(text):
    assert frozenset({"capacity"}) == holds(parse(text), FACTS).unknown


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("", 1, "expected the name of a fact, always, not or a bracket, the text ends"),
        ("conduct", 8, "expected == != < <= > >= or in, the text ends"),
        ("conduct = good", 9, "'=' means nothing here"),
        ("conduct == 'good'", 12, '"\'" means nothing here'),
        ("conduct == ", 11, "expected a value, the text ends"),
        ("conduct == and", 12, "expected a value, found 'and'"),
        ("conduct in good", 12, "expected [ and values, found 'good'"),
        ("conduct in [good", 17, "expected a comma or ], the text ends"),
        ("conduct in []", 13, "expected a value, found ']'"),
        ("conduct == good good", 17, "expected and, or, or the end, found 'good'"),
        ("(conduct == good", 17, "expected and, or, or the closing bracket, the text ends"),
        ("and conduct == good", 1, "expected the name of a fact, always, not or a bracket, found 'and'"),
        ("days_overdue > many", 16, "expected a number, found 'many'"),
        ("5 == 5", 1, "expected the name of a fact, always, not or a bracket, found '5'"),
        ("level >= 1.2.3", 10, "'1' means nothing here"),
        ("level [ 1", 7, "expected == != < <= > >= or in, found '['"),
        ("\u00a0level ~ 1", 8, "'~' means nothing here"),
    ],
)
def test_a_text_that_is_no_condition_is_told_with_its_column(text, column, message):
    with pytest.raises(ConditionError) as refused:
        parse(text)

    assert (column, message) == (refused.value.column, refused.value.message)


@pytest.mark.parametrize(
    ("text", "column", "told"),
    [
        ("always and condct == good", 12, "there is no fact 'condct'; did you mean conduct"),
        ("conduct == god", 1, "conduct is never 'god'; did you mean good"),
        ("conduct in [good, x]", 1, "conduct is never 'x'; it may be unproven, good, mixed, poor"),
        ("conduct == 5", 1, "conduct is never '5'"),
        ("conduct > 5", 1, "conduct has words as values, which have no order"),
        ("days_overdue == good", 1, "days_overdue is a number, not 'good'"),
        ("days_overdue == yes", 1, "days_overdue is a number, not 'yes'"),
        ("decision_maker == maybe", 1, "decision_maker is never 'maybe'"),
    ],
)
def test_strangers_are_told_with_a_near_name(text, column, told):
    with pytest.raises(ConditionError) as refused:
        parse(text, VOCABULARY)

    assert column == refused.value.column
    assert str(refused.value).startswith(f"column {column}: {told}")


@pytest.mark.parametrize("text", ["(" * 100_000, "not " * 100_000, "x" * 10_001, "(" * 3_000, "not " * 2_000])
def test_a_hostile_text_is_refused_before_it_goes_deep(text):
    with pytest.raises(ConditionError):
        parse(text)


def test_fifty_levels_are_read():
    assert isinstance(parse("(" * 49 + "always" + ")" * 49), Always)
    with pytest.raises(ConditionError):
        parse("(" * 50 + "always" + ")" * 50)


def test_a_long_row_of_ors_is_no_depth():
    condition = parse(" or ".join(["days_overdue == 8"] * 450))

    assert isinstance(condition, Some)
    assert holds(condition, FACTS).holds


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("conduct == good or capacity == good", ["conduct"]),
        ("not days_overdue < 3 and conduct in [good, mixed]", ["days_overdue", "conduct"]),
        ("not (conduct == poor or conduct == mixed)", ["conduct", "conduct"]),
        ("not (conduct == poor and days_overdue == 8)", ["conduct"]),
        ("always", []),
    ],
)
def test_the_true_parts_are_those_that_decide(text, facts):
    parts = list(true_parts(parse(text), FACTS))

    assert facts == [part.fact for part in parts]


def test_a_part_under_a_not_is_turned_to_its_opposite():
    (part,) = true_parts(parse("not days_overdue < 3"), FACTS)

    assert ("days_overdue", ">=", (Decimal(3),)) == (part.fact, part.operator, part.values)
    assert part == part.opposite.opposite


@given(st.text())
def test_any_text_is_a_condition_or_refused(text):
    _reads_or_refuses(text)


@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_any_row_of_words_is_a_condition_or_refused(text):
    _reads_or_refuses(text)


def _reads_or_refuses(text: str) -> None:
    told = _read(text)

    if isinstance(told, ConditionError):
        assert 1 <= told.column <= len(text) + 1
    else:
        assert {each.fact for each in comparisons(told)} >= holds(told, FACTS).unknown


def _read(text: str) -> Condition | ConditionError:
    try:
        return parse(text)
    except ConditionError as error:
        return error


def test_always_compares_nothing():
    assert list(comparisons(parse("not always"))) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a" * 9_000, "expected == != < <= > >= or in, the text ends"),
        ("a " + "b" * 9_000, f"expected == != < <= > >= or in, found '{'b' * 60}…'"),
        (f"conduct == {'b' * 9_000}", f"conduct is never '{'b' * 60}…'"),
        (f"{'b' * 9_000} == yes", f"there is no fact '{'b' * 60}…'"),
        (f"days_overdue == {'b' * 9_000}", f"days_overdue is a number, not '{'b' * 60}…'"),
    ],
)
def test_a_long_word_is_told_by_its_beginning(text, message):
    with pytest.raises(ConditionError) as wrong:
        parse(text, VOCABULARY)

    assert message == wrong.value.message
    assert len(str(wrong.value)) < 300
