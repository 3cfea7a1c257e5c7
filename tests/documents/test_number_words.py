from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation_kit.documents.number_words import LIMIT, NUMBER_WORDS, english, german, hungarian


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


# Examples of AkH. 12 as told by bukarestiradio.ro (2019), of the JGYPK pages, of the dictionary of the AkH. as told by
# Magyar Nyelvőr 123/1, of hector.hu, and of anyanyelvcsavar.blog.hu ("kétszáz", not "kettőszáz").
@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (5, "öt"),
        (200, "kétszáz"),
        (536, "ötszázharminchat"),
        (5_000, "ötezer"),
        (10_000_000, "tízmillió"),
        (12_345, "tizenkétezer-háromszáznegyvenöt"),
        (15_000_000, "tizenötmillió"),
        (74_000_000, "hetvennégymillió"),
        (5_000_000_000, "ötmilliárd"),
        (95_000_000_000, "kilencvenötmilliárd"),
    ],
)
def test_hungarian_numbers_are_said_as_published(number, expected):
    assert expected == hungarian(number)


def test_hungarian_agrees_with_an_independent_writer():
    oracle = pytest.importorskip("num2words")
    random = Random(289)
    # It says "százkét" and drops "egy" inside a number, so ones and twos are left to the tables above.
    numbers = [int("".join(random.choices("03456789", k=random.randint(1, 18)))) for _ in range(2_000)]

    assert [number for number in numbers if hungarian(number) != oracle.num2words(number, lang="hu")] == []


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


# Published: 742, 1965 and 2 120 419 in "Schreibung von großen Zahlen" on duden.de; 100, 101 and 1 300 000 under "hundert"
# in Die deutsche Rechtschreibung (2014); 312 723 and 1 234 678 901 on rhetos.de; 4 950 300 on zahlen-ausschreiben.de.
@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "null"),
        (1, "eins"),
        (2, "zwei"),
        (11, "elf"),
        (12, "zwölf"),
        (16, "sechzehn"),
        (17, "siebzehn"),
        (21, "einundzwanzig"),
        (30, "dreißig"),
        (66, "sechsundsechzig"),
        (77, "siebenundsiebzig"),
        (100, "einhundert"),
        (101, "einhunderteins"),
        (111, "einhundertelf"),
        (742, "siebenhundertzweiundvierzig"),
        (1_000, "eintausend"),
        (1_001, "eintausendeins"),
        (1_100, "eintausendeinhundert"),
        (1_234, "eintausendzweihundertvierunddreißig"),
        (1_965, "eintausendneunhundertfünfundsechzig"),
        (21_000, "einundzwanzigtausend"),
        (100_000, "einhunderttausend"),
        (101_000, "einhunderteintausend"),
        (312_723, "dreihundertzwölftausendsiebenhundertdreiundzwanzig"),
        (999_999, "neunhundertneunundneunzigtausendneunhundertneunundneunzig"),
        (1_000_000, "eine Million"),
        (1_000_001, "eine Million eins"),
        (1_001_000, "eine Million eintausend"),
        (1_300_000, "eine Million dreihunderttausend"),
        (2_000_000, "zwei Millionen"),
        (2_120_419, "zwei Millionen einhundertzwanzigtausendvierhundertneunzehn"),
        (4_950_300, "vier Millionen neunhundertfünfzigtausenddreihundert"),
        (21_000_000, "einundzwanzig Millionen"),
        (101_000_000, "einhunderteine Million"),
        (1_000_000_000, "eine Milliarde"),
        (
            1_234_678_901,
            "eine Milliarde zweihundertvierunddreißig Millionen sechshundertachtundsiebzigtausendneunhunderteins",
        ),
        (3_000_000_000_000, "drei Billionen"),
        (1_002_000_000_000_000, "eine Billiarde zwei Billionen"),
    ],
)
def test_german_numbers_are_said_as_the_duden_writes_them(number, expected):
    assert expected == german(number)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "null"),
        (1, "ein"),
        (2, "zwei"),
        (11, "elf"),
        (21, "einundzwanzig"),
        (101, "einhundertein"),
        (1_001, "eintausendein"),
        (101_101, "einhunderteintausendeinhundertein"),
        (1_000_000, "eine Million"),
        (1_000_001, "eine Million ein"),
        (101_000_000, "einhunderteine Million"),
    ],
)
def test_one_is_short_before_a_german_noun(number, expected):
    assert expected == german(number, before_noun=True)


def test_german_agrees_with_an_independent_writer():
    oracle = pytest.importorskip("num2words")
    random = Random(289)
    numbers = [*range(2_100), *(random.randrange(10 ** random.randint(4, 18)) for _ in range(2_000))]
    # It says "einhunderteinstausend" and "einhunderteins Millionen"; the tables above say what is right.
    right = [number for number in numbers if not any(group.endswith("01") for group in f"{number:,}".split(",")[:-1])]

    assert [number for number in right if german(number) != oracle.num2words(number, lang="de")] == []


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
    assert german(one) != german(other)
    assert german(one, before_noun=True) != german(other, before_noun=True)


def test_no_two_numbers_up_to_twenty_thousand_sound_alike():
    for say in NUMBER_WORDS.values():
        assert len({say(number, before_noun=True) for number in range(20_000)}) == 20_000
