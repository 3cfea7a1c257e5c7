from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation_kit.documents.number_words import LIMIT, NUMBER_WORDS, english, hungarian


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "zero"),
        (1, "one"),
        (21, "twenty-one"),
        (100, "one hundred"),
        (1_001, "one thousand and one"),
        (1_234, "one thousand two hundred and thirty-four"),
        (4_850_000, "four million eight hundred and fifty thousand"),
        (1_000_019, "one million and nineteen"),
        (2_000_000_000, "two billion"),
    ],
)
def test_english_numbers_are_said_the_british_way(number, expected):
    assert expected == english(number)


def test_english_agrees_with_an_independent_writer():
    oracle = pytest.importorskip("num2words")
    random = Random(289)
    numbers = [*range(2_100), *(random.randrange(10 ** random.randint(4, 18)) for _ in range(2_000))]

    assert [number for number in numbers if english(number) != oracle.num2words(number).replace(",", "")] == []


# The orthography's own examples, as told by Magyar Nyelvőr 123/1, the JGYPK pages and nyest.hu, and plain ones.
@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "nulla"),
        (2, "kettő"),
        (10, "tíz"),
        (11, "tizenegy"),
        (20, "húsz"),
        (22, "huszonkettő"),
        (30, "harminc"),
        (31, "harmincegy"),
        (100, "száz"),
        (102, "százkettő"),
        (200, "kétszáz"),
        (1_000, "ezer"),
        (1_001, "ezeregy"),
        (1_234, "ezerkétszázharmincnégy"),
        (1_848, "ezernyolcszáznegyvennyolc"),
        (1_999, "ezerkilencszázkilencvenkilenc"),
        (2_000, "kétezer"),
        (2_001, "kétezer-egy"),
        (2_010, "kétezer-tíz"),
        (3_837, "háromezer-nyolcszázharminchét"),
        (12_345, "tizenkétezer-háromszáznegyvenöt"),
        (20_512, "húszezer-ötszáztizenkettő"),
        (64_000, "hatvannégyezer"),
        (100_000, "százezer"),
        (1_000_000, "egymillió"),
        (1_000_001, "egymillió-egy"),
        (1_234_567, "egymillió-kétszázharmincnégyezer-ötszázhatvanhét"),
        (5_837_952, "ötmillió-nyolcszázharminchétezer-kilencszázötvenkettő"),
        (6_000_000_000, "hatmilliárd"),
    ],
)
def test_hungarian_numbers_follow_rule_289(number, expected):
    assert expected == hungarian(number)


@pytest.mark.parametrize(
    ("number", "expected"),
    [(2, "két"), (12, "tizenkét"), (102, "százkét"), (2_002, "kétezer-két"), (1_000_000, "egymillió")],
)
def test_two_is_short_before_a_noun(number, expected):
    assert expected == hungarian(number, before_noun=True)
    assert english(number) == english(number, before_noun=True)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1_100, "ezeregyszáz"),
        (2_100, "kétezer-egyszáz"),
        (101_000, "százegyezer"),
        (1_001_000, "egymillió-egyezer"),
        (1_100_000, "egymillió-egyszázezer"),
    ],
)
def test_one_is_dropped_only_where_a_number_begins(number, expected):
    assert expected == hungarian(number)


@pytest.mark.parametrize("say", NUMBER_WORDS.values())
@pytest.mark.parametrize("number", [-1, LIMIT])
def test_numbers_without_words_are_refused(say, number):
    with pytest.raises(ValueError, match="has no words here"):
        say(number)


@given(st.sets(st.integers(0, LIMIT - 1), min_size=2, max_size=2))
def test_two_numbers_never_sound_alike(numbers):
    one, other = numbers

    assert english(one) != english(other)
    assert hungarian(one) != hungarian(other)


def test_no_two_numbers_up_to_twenty_thousand_sound_alike():
    for say in NUMBER_WORDS.values():
        assert len({say(number, before_noun=True) for number in range(20_000)}) == 20_000
