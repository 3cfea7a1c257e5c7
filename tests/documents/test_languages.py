import re
from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal, localcontext
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from negotiation_kit.documents.languages import Language, short
from negotiation_kit.money import CURRENCIES, Money

FOLDER = Path(__file__).parent.parent.parent / "templates"
CODES = sorted(path.parent.name for path in FOLDER.glob("*/words.yaml"))


def tree_of(code: str) -> dict[str, object]:
    text = (FOLDER / code / "words.yaml").read_text(encoding="utf-8")
    tree = yaml.load(text, Loader=yaml.CBaseLoader)
    assert isinstance(tree, dict)
    return tree


TREES = {code: tree_of(code) for code in CODES}
LANGUAGES = {code: Language.from_words(code, tree) for code, tree in TREES.items()}
ENGLISH, HUNGARIAN = LANGUAGES["en"], LANGUAGES["hu"]
WEDNESDAY = date(2025, 3, 26)
every_language = pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)


def money(amount: str, currency: str) -> Money:
    return Money(Decimal(amount), currency)


def paths(tree: object, path: str = "") -> set[str]:
    if isinstance(tree, dict):
        return {path}.union(*(paths(value, f"{path}.{key}") for key, value in tree.items()))
    return {path}


def plain(text: str) -> str:
    """The text with ordinary blanks, for tests that are about something else."""
    return text.replace("\u00a0", " ")


def test_every_language_has_the_same_keys():
    assert paths(TREES["en"]) == paths(TREES["hu"])
    assert CODES == ["en", "hu"]


@every_language
def test_no_label_hides_behind_a_name_of_the_mapping_itself(language):
    methods = {name for name in dir(dict) if not name.startswith("_")}

    assert methods.isdisjoint(language.words)
    assert all(methods.isdisjoint(labels) for labels in language.words.values())


@every_language
def test_labels_of_one_choice_differ(language):
    for group, labels in language.words.items():
        if group != "channel":  # a call and a phone call are the same
            assert len(set(labels.values())) == len(labels), group


def test_a_language_says_who_it_is():
    assert (ENGLISH.code, ENGLISH.tag, ENGLISH.name) == ("en", "en-GB", "English")
    assert (HUNGARIAN.code, HUNGARIAN.tag, HUNGARIAN.name) == ("hu", "hu-HU", "magyar")


@pytest.mark.parametrize(
    ("form", "english", "hungarian"),
    [
        ("day", "26 March 2025", "2025. március 26."),
        ("weekday_day", "Wednesday, 26 March 2025", "2025. március 26., szerda"),
        ("short_day", "26\u00a0Mar\u00a02025", "2025.\u00a003.\u00a026."),
        ("month", "March 2025", "2025. március"),
    ],
)
def test_dates_are_written_the_way_of_the_language(form, english, hungarian):
    assert english == getattr(ENGLISH, form)(WEDNESDAY)
    assert hungarian == getattr(HUNGARIAN, form)(WEDNESDAY)


def test_the_first_days_of_a_year_are_right():
    assert ENGLISH.weekday_day(date(2026, 1, 1)) == "Thursday, 1 January 2026"
    assert HUNGARIAN.weekday_day(date(2026, 1, 1)) == "2026. január 1., csütörtök"
    assert plain(HUNGARIAN.short_day(date(2026, 1, 5))) == "2026. 01. 05."


@pytest.mark.parametrize(
    ("amount", "english", "hungarian"),
    [
        (money("4850000", "HUF"), "HUF 4,850,000", "4 850 000 Ft"),
        (money("1234.50", "EUR"), "EUR 1,234.50", "1 234,50 EUR"),
        (money("1234.50", "GBP"), "£1,234.50", "1 234,50 GBP"),
        (money("1234.5", "PLN"), "PLN 1,234.50", "1 234,50 PLN"),
        (money("0", "EUR"), "EUR 0.00", "0,00 EUR"),
        (money("999", "JPY"), "JPY 999", "999 JPY"),
        (money("0.005", "KWD"), "KWD 0.005", "0,005 KWD"),
        (money("-1234.50", "EUR"), "EUR −1,234.50", "−1 234,50 EUR"),
        (money("-0.50", "GBP"), "−£0.50", "−0,50 GBP"),
        (money("-0.00", "EUR"), "EUR 0.00", "0,00 EUR"),
    ],
)
def test_amounts_are_written_the_way_of_the_language(amount, english, hungarian):
    assert english == plain(ENGLISH.money(amount))
    assert hungarian == plain(HUNGARIAN.money(amount))


@every_language
@pytest.mark.parametrize("amount", [money("4850000", "HUF"), money("1234567.50", "EUR")])
def test_no_line_end_tears_an_amount_apart(language, amount):
    assert " " not in language.money(amount)
    assert language.amount(amount) in language.money(amount)


def test_a_column_shows_amounts_without_their_currency():
    assert ENGLISH.amount(money("1234.50", "EUR")) == "1,234.50"
    assert plain(HUNGARIAN.amount(money("-1234.50", "EUR"))) == "−1 234,50"


@every_language
@pytest.mark.parametrize("form", ["money", "amount", "in_words"])
def test_formatting_never_rounds(language, form):
    with pytest.raises(ValueError, match=r"EUR 0\.125 is finer than 0\.01 EUR: round it"):
        getattr(language, form)(money("0.125", "EUR"))


@given(st.decimals(-(10**15), 10**15, places=2))
def test_the_digits_of_an_amount_survive(amount):
    with localcontext() as context:
        context.prec = 3
        shown = HUNGARIAN.amount(Money(amount, "EUR"))

    assert amount == Decimal(plain(shown).replace(" ", "").replace(",", ".").replace("−", "-"))


@pytest.mark.parametrize(
    ("number", "english", "hungarian"),
    [
        (7, "7", "7"),
        (1234, "1,234", "1 234"),
        (-1234, "−1,234", "−1 234"),
        (0, "0", "0"),
        (Decimal("14.50"), "14.5", "14,5"),
        (Decimal("100.00"), "100", "100"),
        (Decimal("1E+3"), "1,000", "1 000"),
        (Decimal("-0.125"), "−0.125", "−0,125"),
        (Decimal("-0"), "0", "0"),
    ],
)
def test_numbers_have_no_idle_zeros(number, english, hungarian):
    assert english == ENGLISH.number(number)
    assert hungarian == plain(HUNGARIAN.number(number))


@pytest.mark.parametrize("number", [True, 1.5, "7", None])
def test_only_exact_numbers_are_printed(number):
    with pytest.raises(TypeError, match="expected a whole number or a Decimal"):
        ENGLISH.number(number)


def test_percentages_are_written_without_a_blank():
    assert ENGLISH.percent(Decimal("14.50")) == "14.5%"
    assert HUNGARIAN.percent(Decimal("14.50")) == "14,5%"


def test_things_are_counted_in_the_right_number():
    assert [ENGLISH.count(number, "day") for number in (0, 1, 3)] == ["0 days", "1 day", "3 days"]
    assert [HUNGARIAN.count(number, "day") for number in (1, 3)] == ["1 nap", "3 nap"]
    assert ENGLISH.count(1000, "business_day") == "1,000 business days"


def test_a_noun_that_is_not_counted_is_told():
    with pytest.raises(LookupError, match="plurals has no 'parsec'; there is "):
        ENGLISH.count(3, "parsec")


@pytest.mark.parametrize(
    ("items", "english", "hungarian"),
    [
        ([], "", ""),
        (["A"], "A", "A"),
        (["A", "B"], "A and B", "A és B"),
        (["A", "B", "C"], "A, B and C", "A, B és C"),
    ],
)
def test_lists_are_joined_as_in_a_sentence(items, english, hungarian):
    assert english == ENGLISH.joined(items)
    assert hungarian == HUNGARIAN.joined(iter(items))


def test_choices_have_labels():
    assert ENGLISH.word("segment", "key") == "key client"
    assert HUNGARIAN.word("segment", "key") == "kulcsügyfél"
    assert ENGLISH.words["track"]["STAGED"] == ENGLISH.word("track", "STAGED")


def test_a_choice_of_several_words_may_have_blanks():
    assert ENGLISH.word("role", "first_person") == ENGLISH.word("role", "first person")


def test_a_choice_without_a_label_is_told():
    with pytest.raises(LookupError, match=r"words.segment has no 'VIP'; there is key, core, standard, occasional"):
        ENGLISH.word("segment", "VIP")
    with pytest.raises(LookupError, match="words has no 'colour'"):
        ENGLISH.word("colour", "red")


def test_what_is_not_known_is_to_be_asked():
    assert [ENGLISH.answer(each) for each in (True, False, None)] == ["yes", "no", "not known – ask"]
    assert HUNGARIAN.answer(None) == "nem ismert – megkérdezendő"


@pytest.mark.parametrize(
    ("amount", "english", "hungarian"),
    [
        (
            money("4850000", "HUF"),
            "four million eight hundred and fifty thousand forints",
            "négymillió-nyolcszázötvenezer forint",
        ),
        (
            money("1234.50", "EUR"),
            "one thousand two hundred and thirty-four euros and fifty cents",
            "ezerkétszázharmincnégy euró és ötven cent",
        ),
        (money("1.01", "GBP"), "one pound and one penny", "egy angol font és egy penny"),
        (money("2", "EUR"), "two euros", "két euró"),
        (money("0.02", "EUR"), "zero euros and two cents", "nulla euró és két cent"),
        (money("12.00", "TND"), "twelve TND", "tizenkét TND"),
        (money("12.005", "TND"), "twelve and 5/1000 TND", "tizenkét és 5/1000 TND"),
        (money("1", "HUF"), "one forint", "egy forint"),
    ],
)
def test_amounts_are_said_in_words(amount, english, hungarian):
    assert english == ENGLISH.in_words(amount)
    assert hungarian == HUNGARIAN.in_words(amount)


def test_a_bare_number_stands_alone_in_words():
    assert (ENGLISH.in_words(2), HUNGARIAN.in_words(2)) == ("two", "kettő")


def test_what_is_not_owed_has_no_words():
    with pytest.raises(ValueError, match=r"an amount in words is owed, not EUR -1\.00"):
        ENGLISH.in_words(money("-1.00", "EUR"))


@every_language
@pytest.mark.parametrize("currency", CURRENCIES)
def test_every_currency_can_be_written_and_said(language, currency):
    amount = Money(Decimal(1234), currency)

    assert plain(language.amount(amount)) in plain(language.money(amount))
    assert language.in_words(amount)


def test_a_template_may_print_texts_numbers_days_and_money():
    assert ENGLISH.show("Kovács & Társa *Kft.*") == "Kovács & Társa *Kft.*"
    assert ENGLISH.show(1234) == "1,234"
    assert ENGLISH.show(WEDNESDAY) == "26 March 2025"
    assert plain(ENGLISH.show(money("2", "EUR"))) == "EUR 2.00"


@pytest.mark.parametrize("value", [True, None, Decimal("1.5"), 1.5, ("a",), datetime(2025, 3, 26, tzinfo=UTC)])
def test_a_value_with_more_than_one_reading_is_refused(value):
    with pytest.raises(TypeError, match="no plain way to print"):
        ENGLISH.show(value)


@pytest.mark.parametrize(
    ("text", "told"),
    [("Alfa Kft.", "Alfa Kft."), ("Alfabéta Kft.", "Alfabéta…"), ("A\n  B", "A B"), ("Alfabeta Kft", "Alfabeta…")],
)
def test_a_long_text_is_cut_with_a_sign_of_it(text, told):
    assert told == short(text, 9)


def test_filters_take_the_value_first():
    filters = ENGLISH.filters

    assert filters["word"]("key", "segment") == "key client"
    assert filters["count"](3, "day") == "3 days"
    assert filters["joined"](["A", "B"]) == "A and B"
    assert {
        "amount", "answer", "count", "day", "exact", "figure", "in_words", "joined", "money", "month", "number", "percent",
        "short", "short_day", "told", "weekday_day", "word",
    } == set(filters)  # fmt: skip


def changed(path: str, value: object) -> dict[str, object]:
    """The English words with one value put or, if there is none, taken away."""
    tree = deepcopy(TREES["en"])
    *groups, key = path.split("/")
    place = tree
    for group in groups:
        place = place[group]
    if value is None:
        del place[key]
    else:
        place[key] = value
    return tree


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("name", None, "words of en has no name"),
        ("title", "x", "words of en knows no title"),
        ("tag", "", "tag is '', expected a text"),
        ("words", [], "words is [], expected keys with a value each"),
        ("words/segment", "x", "words.segment is 'x', expected keys"),
        ("words/segment/key", ["x"], "words.segment.key is ['x'], expected a text"),
        ("formats/day", None, "formats has no day"),
        ("formats/day", "{date}", "formats.day knows no {date}, only day, month"),
        ("formats/day", "{day.real}", "formats.day knows no {day.real}"),
        ("formats/day", "{day", "formats.day is '{day'"),
        ("formats/group_from", "four", "formats.group_from is 'four', expected a number of digits"),
        ("formats/months", ["Jan"], "formats.months is ['Jan'], expected a list of 12 names"),
        ("formats/money/default", None, "formats.money has no default"),
        ("formats/money/GBP", "£{price}", "formats.money.GBP knows no {price}"),
        ("currencies/EURO", {}, "currencies.EURO is no currency that is paid in"),
        ("currencies/EUR/part", None, "currencies.EUR has no part"),
        ("currencies/EUR/part/other", None, "currencies.EUR.part has no other"),
        ("currencies/HUF/part", {"one": "x", "other": "x"}, "currencies.HUF knows no part"),
        ("plurals/day/few", "x", "plurals.day knows no few"),
    ],
)
def test_words_that_do_not_fit_are_refused(path, value, message):
    with pytest.raises(ValueError) as told:  # noqa: PT011 - compared below
        Language.from_words("en", changed(path, value))

    assert message in str(told.value)


def test_a_language_needs_words_of_numbers():
    with pytest.raises(ValueError, match="language fr has no words of numbers yet"):
        Language.from_words("fr", TREES["en"])


def test_a_language_with_more_plurals_needs_no_code():
    tree = changed("formats/plural", {"one": "(.*[^1])?1", "few": "(.*[^1])?[234]"})
    tree["plurals"] = {"day": {"one": "день", "few": "дня", "other": "дней"}}
    tree["currencies"] = {}
    russian = Language.from_words("en", tree)

    assert [russian.count(number, "day") for number in (1, 2, 5, 11, 12, 21, 104)] == [
        "1 день",
        "2 дня",
        "5 дней",
        "11 дней",
        "12 дней",
        "21 день",
        "104 дня",
    ]


def test_a_reason_is_told_with_its_figures_as_the_language_writes_them():
    language = Language.from_words("en", TREES["en"], {"days": "Overdue by {value} days, {sum}."})

    assert language.told("days", {"value": 1200, "sum": money("2", "EUR")}) == "Overdue by 1,200 days, EUR\u00a02.00."
    assert language.told("days", [("value", Decimal("1.50")), ("sum", "a lot")]) == "Overdue by 1.5 days, a lot."
    with pytest.raises(LookupError, match="reasons has no 'nights'"):
        language.told("nights")


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("(", "missing )"),
        (r"(\d+)+x", "it repeats too much"),
        (r"\d*\d*\d*\d*\d*x", "it repeats too much"),
        ("1" * 101, "it repeats too much"),
    ],
)
def test_a_rule_for_plurals_that_is_none_or_would_take_for_ever_is_refused(rule, message):
    words = tree_of("en")
    words["formats"]["plural"] = {"one": rule}

    with pytest.raises(ValueError, match=re.escape(message)):
        Language.from_words("en", words)


@pytest.mark.parametrize("pattern", ["{amount:>999999999} EUR", "{amount!r}", "{amount.__class__}", "{amount[0]}"])
def test_a_pattern_shows_its_fields_and_does_nothing_else(pattern):
    words = tree_of("en")
    words["formats"]["money"]["EUR"] = pattern

    with pytest.raises(ValueError, match="formats.money.EUR"):
        Language.from_words("en", words)
