from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import a_law, day

from negotiation_kit.case.receivables import StatedRate
from negotiation_kit.law.rates import (
    RateFile,
    Rates,
    RateUnknown,
    RateUpdate,
    RateUpdates,
    end_of_half_year,
    half_year,
    rate_file_problems,
    rate_update_problems,
)


def a_file(**changes):
    plain = {
        "series": "x",
        "name": "rate of X",
        "shape": "changes",
        "known_to": "2025-12-31",
        "confidence": "high",
        "sources": ["x.example, read on 1 January 2026"],
        "values": [{"since": "2025-01-01", "percent": "5"}, {"since": "2025-06-11", "percent": "4.5"}],
    }
    return RateFile.model_validate(plain | changes)


def an_update(*values, known_to="2026-12-31"):
    return RateUpdate(
        series="x",
        known_to=known_to,
        source="our own file",
        values=[{"since": since, "percent": percent} for since, percent in values],
    )


def stated(since, percent, until=None):
    return StatedRate(since=since, percent=percent, source="x.example, read today", until=until)


RATES = Rates.from_file(a_file())


@pytest.mark.parametrize(
    ("when", "percent"),
    [("2025-01-01", "5"), ("2025-06-10", "5"), ("2025-06-11", "4.5"), ("2025-12-31", "4.5")],
)
def test_a_value_holds_from_its_day_until_the_next(when, percent):
    assert Decimal(percent) == RATES.on(day(when)).percent


@pytest.mark.parametrize("when", ["2024-12-31", "2026-01-01"])
def test_outside_the_known_days_nothing_is_guessed(when):
    with pytest.raises(RateUnknown, match=f"the rate of X on {when} is not known: it is known up to 2025-12-31"):
        RATES.on(day(when))


def test_an_unknown_rate_names_its_series_the_last_day_known_and_the_way_out():
    with pytest.raises(RateUnknown) as caught:
        RATES.on(day("2026-07-01"))

    unknown = caught.value
    assert ("x", day("2025-12-31"), day("2026-07-01")) == (unknown.series, unknown.known_to, unknown.day)
    assert "interest.rates: {since: 2026-07-01, percent: ..., source: ...}" in unknown.way_out


def test_a_series_without_figures_says_so():
    with pytest.raises(RateUnknown, match="the kit has no figures of it"):
        Rates("", "reference rate for RON").on(day("2025-01-01"))


def test_a_quote_tells_since_when_from_where_and_how_sure():
    quote = RATES.on(day("2025-09-01"))

    assert (day("2025-06-11"), "x.example, read on 1 January 2026", "high") == (
        quote.since,
        quote.source,
        quote.confidence,
    )


@pytest.mark.parametrize(
    ("first", "last", "end"),
    [
        ("2025-02-01", "2025-12-01", "2025-06-10"),
        ("2025-02-01", "2025-03-01", "2025-03-01"),
        ("2025-06-11", "2026-06-30", "2025-12-31"),
    ],
)
def test_a_run_ends_where_the_value_changes_or_is_no_longer_known(first, last, end):
    assert day(end) == RATES.run(day(first), day(last))[1]


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("2024-01-01", "2024-01-01", "2024-06-30"),
        ("2024-06-30", "2024-01-01", "2024-06-30"),
        ("2024-07-01", "2024-07-01", "2024-12-31"),
        ("2024-12-31", "2024-07-01", "2024-12-31"),
    ],
)
def test_a_half_year_begins_on_the_first_of_january_or_july(when, first, last):
    assert (day(first), day(last)) == (half_year(day(when)), end_of_half_year(day(when)))


def test_a_stated_rate_speaks_to_the_end_of_its_half_year_and_no_longer():
    rates = RATES.with_stated([stated("2026-01-01", "4")])

    assert Decimal(4) == rates.on(day("2026-06-30")).percent
    with pytest.raises(RateUnknown):
        rates.on(day("2026-07-01"))


def test_a_stated_rate_speaks_up_to_its_own_last_day():
    rates = RATES.with_stated([stated("2026-01-01", "4", until="2026-09-30")])

    assert Decimal(4) == rates.on(day("2026-09-30")).percent
    with pytest.raises(RateUnknown):
        rates.on(day("2026-10-01"))


def test_a_stated_rate_gives_way_to_the_next_one():
    rates = RATES.with_stated([stated("2026-03-05", "3.75"), stated("2026-01-01", "4")])

    assert [Decimal(4), Decimal("3.75")] == [rates.on(day(each)).percent for each in ("2026-03-04", "2026-03-05")]


def test_a_gap_between_known_and_stated_rates_stays_unknown():
    rates = RATES.with_stated([stated("2026-07-01", "4")])

    with pytest.raises(RateUnknown):
        rates.on(day("2026-03-01"))


def test_a_stated_rate_goes_before_the_data_and_only_for_its_own_days():
    rates = RATES.with_stated([stated("2025-03-01", "9", until="2025-03-31")])

    found = [rates.on(day(each)) for each in ("2025-02-28", "2025-03-01", "2025-03-31", "2025-04-01")]

    assert [Decimal(5), Decimal(9), Decimal(9), Decimal(5)] == [quote.percent for quote in found]
    assert ["high", "stated", "stated", "high"] == [quote.confidence for quote in found]


def test_a_companys_own_file_is_laid_over_the_kits_day_by_day():
    rates = RATES.updated(an_update(("2025-10-01", "4.25"), ("2026-02-01", "4")))

    found = [rates.on(day(each)).percent for each in ("2025-09-30", "2025-10-01", "2026-01-31", "2026-12-31")]

    assert ["4.5", "4.25", "4.25", "4"] == [str(percent) for percent in found]
    assert day("2026-12-31") == rates.known_to


def test_the_case_goes_before_the_companys_own_file():
    rates = RATES.updated(an_update(("2026-01-01", "4"))).with_stated([stated("2026-01-01", "3")])

    assert ["3", "4"] == [str(rates.on(day(each)).percent) for each in ("2026-06-30", "2026-07-01")]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"values": [{"since": "2025-06-11", "percent": "4"}, {"since": "2025-06-11", "percent": "5"}]},
            "values[2].since is 2025-06-11, not after 2025-06-11",
        ),
        ({"values": [{"since": "2026-01-01", "percent": "4"}]}, "values[1].since is 2026-01-01, after known_to"),
        (
            {"shape": "half-years", "values": [{"since": "2025-02-01", "percent": "4"}]},
            "values[1].since is 2025-02-01, no 1 January or 1 July",
        ),
    ],
)
def test_a_file_that_does_not_add_up_is_told(changes, told):
    (problem,) = rate_file_problems(a_file(**changes))

    assert problem.message.startswith(told)


def test_a_companys_own_file_is_held_to_the_same_order():
    updates = RateUpdates(rates=[an_update(("2026-05-01", "4"), ("2026-04-01", "5"))])

    assert ["values[2].since is 2026-04-01, not after 2026-05-01"] == [
        problem.message for problem in rate_update_problems(updates)
    ]


@pytest.mark.parametrize("code", ["HU", "EU", "GB-EAW", "DE", "AT", "PL", "CZ", "SK", "RO", "RU", "UA"])
def test_the_kits_own_series_cover_every_day_from_the_first_to_the_last_known(code):
    for rates in a_law(code).series.values():
        when = rates.spans[0].first
        assert when <= date(2019, 1, 1)
        for span in rates.spans:
            assert when == span.first
            when = span.last + timedelta(days=1)


@given(
    spans=st.lists(
        st.tuples(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(0, 400)),
        max_size=5,
        unique_by=lambda x: x[0],
    ),
    asked=st.dates(date(2024, 1, 1), date(2028, 12, 31)),
)
def test_what_is_stated_holds_on_its_days_and_the_data_on_all_others(spans, asked):
    entries = [
        stated(since.isoformat(), str(place + 10), until=(since + timedelta(length)).isoformat())
        for place, (since, length) in enumerate(spans)
    ]
    begun = [entry for entry in entries if entry.since <= asked]
    last = max(begun, key=lambda entry: entry.since, default=None)

    def answer(rates):
        try:
            return rates.on(asked).percent
        except RateUnknown:
            return None

    expected = last.percent if last and asked <= last.until else answer(RATES)

    assert expected == answer(RATES.with_stated(entries))
