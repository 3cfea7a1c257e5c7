"""Days and sums read as strictly as they are printed."""

from datetime import date
from decimal import Decimal

import pytest
from making import the_kit

from negotiation_kit.money import Money

LANGUAGES = {code: the_kit().desk.language(code) for code in ("en", "hu")}
A_DAY = date(2025, 3, 26)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("pattern", ["day", "weekday_day", "short_day"])
def test_every_day_of_a_year_is_read_as_it_is_printed(code, pattern):
    language = LANGUAGES[code]
    for ordinal in range(date(2024, 1, 1).toordinal(), date(2025, 1, 1).toordinal()):
        day = date.fromordinal(ordinal)
        found = language.day_in(getattr(language, pattern)(day))
        assert found
        assert day == found[0]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("currency", ["HUF", "EUR", "GBP", "CHF"])
def test_every_sum_is_read_as_it_is_printed_with_its_currency_and_without(code, currency):
    language = LANGUAGES[code]
    for amount in ("0", "7", "999", "1000", "1460000", "12345678901"):
        money = Money(Decimal(amount), currency)
        assert Decimal(amount) == language.amount_in(language.money(money), currency)
        assert Decimal(amount) == language.amount_in(language.amount(money), currency)
        assert Decimal(amount) == language.amount_in(amount, currency)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "3/4/2025"),
        ("en", "26. March 2025"),
        ("en", "Thursday, 26 March 2025"),
        ("en", "31 April 2025"),
        ("en", "26 March 25"),
        ("hu", "26.03.2025"),
        ("hu", "2025. március 26., csütörtök"),
        ("hu", "2025. 02. 30."),
        ("hu", "26 March 2025"),
        ("hu", "2025-02-30"),
    ],
)
def test_what_is_no_day_or_could_be_two_says_nothing(code, text):
    assert LANGUAGES[code].day_in(text) is None


def test_a_day_with_hyphens_and_one_without_its_last_full_stop_will_do():
    assert (A_DAY, "day") == LANGUAGES["en"].day_in("2025-03-26")
    assert (A_DAY, "day") == LANGUAGES["hu"].day_in("2025. március 26")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "1.460.000"),
        ("en", "1 460 000"),
        ("en", "1,46"),
        ("en", "12,34,567"),
        ("en", "EUR 1,460"),
        ("en", "-5"),
        ("hu", "1.460.000"),
        ("hu", "1,460,000"),
        ("hu", "12 34567"),
        ("hu", "1 460 EUR"),
        ("hu", "kb. 5"),
        ("hu", ""),
    ],
)
def test_what_is_no_sum_or_could_be_two_says_nothing(code, text):
    assert LANGUAGES[code].amount_in(text, "HUF") is None


def test_a_date_picker_writes_days_as_the_paper_does():
    assert "dddd, d MMMM yyyy" == LANGUAGES["en"].picker("weekday_day")
    assert "yyyy. MMMM d., dddd" == LANGUAGES["hu"].picker("weekday_day")
    assert "yyyy. MM. dd." == LANGUAGES["hu"].picker("short_day").replace("\u00a0", " ")
