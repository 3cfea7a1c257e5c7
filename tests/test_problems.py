import pytest

from negotiation_kit.problems import Place, Problem, Refused


def test_the_middle_of_a_long_message_is_left_out():
    told = Problem(None, f"begins {'x' * 1_000_000} ends", "y" * 5_000)

    assert len(told.message) < 1_000
    assert told.message.startswith("begins x")
    assert told.message.endswith("x ends")
    assert len(told.hint) < 1_000


@pytest.mark.parametrize("character", ["\x1b", "\x00", "\x9b", "\r", "\u202e", "\u2066", "\ufeff", "\ud800"], ids=ascii)
def test_a_message_does_nothing_to_the_screen_it_is_told_on(character):
    told = Problem(
        Place("case.yaml", 1, 1, f"a: {character}[31m"), f"'{character}[31mred' is wrong", f"not {character}"
    )

    assert "'\N{REPLACEMENT CHARACTER}[31mred' is wrong" == told.message
    assert character not in str(told)


def test_a_message_keeps_its_lines_and_its_accents():
    told = Problem(None, "„Győr”\n\tűrhető, 4\N{NO-BREAK SPACE}850\N{NO-BREAK SPACE}000 Ft")

    assert "„Győr”\n\tűrhető, 4\N{NO-BREAK SPACE}850\N{NO-BREAK SPACE}000 Ft" == told.message


def test_after_a_hundred_problems_the_rest_is_a_number():
    refused = Refused(Problem(Place("case.yaml", line, 1), "wrong", "mend it") for line in range(1, 251))

    assert 101 == len(refused.problems)
    assert "case.yaml:101:1: 150 more problems from here on" in str(refused)


def test_what_is_a_number_already_is_not_counted_again():
    first = Refused(Problem(Place("case.yaml", line, 1), "wrong", "mend it") for line in range(1, 251))

    assert first.problems == Refused(first.problems).problems
