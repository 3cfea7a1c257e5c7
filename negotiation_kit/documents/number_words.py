"""Whole numbers in words, as a careful native writes them beside an amount; one function a language."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

LIMIT = 10**18
"""Numbers from here on have no words here; no trade debt comes near."""


def english(number: int, *, before_noun: bool = False) -> str:
    """British English: "one thousand two hundred and thirty-four"; the same before a noun and alone."""
    del before_noun
    return " ".join(_english_groups(_within_limit(number))) or "zero"


def hungarian(number: int, *, before_noun: bool = False) -> str:
    """Hungarian by rule 289 of the orthography (AkH. 12): one word up to 2000, above it hyphens between groups.

    Two decisions where usage varies. Two is "két" inside a compound and before a noun ("kétezer", "tizenkétezer",
    "két forint") and "kettő" alone. A hundred or a thousand drops its "egy" only at the very beginning ("százezer"),
    because a larger number goes before it everywhere else ("kétezer-egyszáz", "egymillió-egyezer").
    """
    words = _hungarian_groups(_within_limit(number), two="két" if before_noun else "kettő")
    return ("" if number <= 2000 else "-").join(words) or "nulla"  # noqa: PLR2004 - the rule's own number


def german(number: int, *, before_noun: bool = False) -> str:
    """German as the Duden writes it: one small word below a million, above it "Million" and so on as nouns.

    Three decisions where usage varies. A hundred and a thousand keep their "ein" ("einhundert", "eintausend"), because
    an amount in a document is written out in full. One is "eins" alone and "ein" before a noun, which is masculine or
    neuter, as the currencies Euro, Cent and Forint are ("einhundertein Euro"). A number of millions that ends in one
    takes the singular, as in "tausendundeine Nacht" ("einhunderteine Million").
    """
    words = " ".join(_german_words(_within_limit(number))) or "null"
    return f"{words}s" if number % 100 == 1 and not before_noun else words


NUMBER_WORDS: Mapping[str, Callable[..., str]] = MappingProxyType({"en": english, "hu": hungarian, "de": german})
"""The languages that can say a number: `(number, *, before_noun)` gives its words."""


def _within_limit(number: int) -> int:
    if not 0 <= number < LIMIT:
        raise ValueError(f"{number} has no words here: expected a whole number from 0 to below {LIMIT:,}")
    return number


def _groups(number: int) -> Iterator[tuple[int, int]]:
    """The non-empty groups of three digits with their place, the highest first; place 0 is the last group."""
    digits = f"{number:,}".split(",")
    for place, group in enumerate(digits):
        if int(group):
            yield int(group), len(digits) - 1 - place


_EN_UNITS = (
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_EN_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_EN_SCALES = ("", "thousand", "million", "billion", "trillion", "quadrillion")


def _english_groups(number: int) -> Iterator[str]:
    for group, place in _groups(number):
        hundreds, rest = divmod(group, 100)
        if hundreds:
            yield f"{_EN_UNITS[hundreds]} hundred"
        if rest:
            said_before = hundreds or (place == 0 and number > group)
            yield f"and {_below_hundred(rest)}" if said_before else _below_hundred(rest)
        if place:
            yield _EN_SCALES[place]


def _below_hundred(number: int) -> str:
    if number < len(_EN_UNITS):
        return _EN_UNITS[number]
    tens, unit = divmod(number, 10)
    return f"{_EN_TENS[tens]}-{_EN_UNITS[unit]}" if unit else _EN_TENS[tens]


_HU_UNITS = ("", "egy", "két", "három", "négy", "öt", "hat", "hét", "nyolc", "kilenc")
_HU_TENS = ("", "tíz", "húsz", "harminc", "negyven", "ötven", "hatvan", "hetven", "nyolcvan", "kilencven")
_HU_TENS_JOINED = ("", "tizen", "huszon", *_HU_TENS[3:])
_HU_SCALES = ("", "ezer", "millió", "milliárd", "billió", "billiárd")


def _hungarian_groups(number: int, *, two: str) -> Iterator[str]:
    """The words of each group; `two` is the last two of the number, which may stand alone."""
    first = True
    for group, place in _groups(number):
        hundreds, rest = divmod(group, 100)
        tens, unit = divmod(rest, 10)
        words = ""
        if hundreds:
            words += "száz" if first and hundreds == 1 else f"{_HU_UNITS[hundreds]}száz"
        words += (_HU_TENS_JOINED if unit else _HU_TENS)[tens]
        words += two if unit == 2 and place == 0 else _HU_UNITS[unit]  # noqa: PLR2004 - it is about two
        if first and (group, place) == (1, 1):
            words = ""  # ezer, not egyezer
        yield words + _HU_SCALES[place]
        first = False


_DE_UNITS = (
    "", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf",
    "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
)  # fmt: skip
_DE_TENS = ("", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
_DE_SCALES = (
    ("Million", "Millionen"),
    ("Milliarde", "Milliarden"),
    ("Billion", "Billionen"),
    ("Billiarde", "Billiarden"),
)


def _german_words(number: int) -> Iterator[str]:
    """The words between the blanks; a one at the end of the number is still "ein"."""
    millions, below_million = divmod(number, 10**6)
    for group, place in _groups(millions):
        singular, plural = _DE_SCALES[place]
        words = _german_below_thousand(group)
        yield f"{words}e {singular}" if group % 100 == 1 else f"{words} {plural}"
    thousands, rest = divmod(below_million, 1000)
    if below_million:
        yield (f"{_german_below_thousand(thousands)}tausend" if thousands else "") + _german_below_thousand(rest)


def _german_below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = f"{_DE_UNITS[hundreds]}hundert" if hundreds else ""
    if rest < len(_DE_UNITS):
        return words + _DE_UNITS[rest]
    tens, unit = divmod(rest, 10)
    return words + (f"{_DE_UNITS[unit]}und{_DE_TENS[tens]}" if unit else _DE_TENS[tens])
