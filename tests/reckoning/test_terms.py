from datetime import date, timedelta
from decimal import Decimal

import pytest
from making import a_law, day

from negotiation_kit.case.receivables import Interest
from negotiation_kit.law.jurisdiction import Law
from negotiation_kit.law.rates import RateUnknown
from negotiation_kit.reckoning.terms import cap_warnings, last_june_or_december, terms_for

ONE_DAY = timedelta(days=1)


def terms_of(code, currency, **interest):
    return terms_for(Interest.model_validate(interest), a_law(code), currency)


def periods(code, currency, first, last, *, began=None, **interest):
    """First day and rate of each period."""
    terms = terms_of(code, currency, **interest)
    found = terms.periods(day(began or first), day(first), day(last))
    return [(period.first.isoformat(), str(period.percent)) for period in found]


def contract(percent, **more):
    return {"percent": percent, "source": "contract, point 7", **more}


def test_the_english_rate_is_that_of_the_end_of_june_or_december_before_the_first_day_and_stays():
    """SI 2002/1675 art. 4: Bank Rate was 4.75 on 31 December 2024 and 4.25 on 30 June 2025."""
    assert [("2025-06-30", "12.75")] == periods("GB-EAW", "GBP", "2025-06-30", "2026-03-31")
    assert [("2025-07-01", "12.25")] == periods("GB-EAW", "GBP", "2025-07-01", "2026-03-31")


@pytest.mark.parametrize(
    ("began", "reference"),
    [
        ("2025-01-01", "2024-12-31"),
        ("2025-06-30", "2024-12-31"),
        ("2025-07-01", "2025-06-30"),
        ("2025-12-31", "2025-06-30"),
    ],
)
def test_the_english_reference_day_lies_immediately_before(began, reference):
    assert day(reference) == last_june_or_december(day(began))


def test_a_debt_in_euro_under_hungarian_law_follows_the_european_central_bank():
    """On 1 January 2026 the ECB stood at 2.15 and the MNB at 6.50."""
    assert [("2026-02-01", "10.15")] == periods("HU", "EUR", "2026-02-01", "2026-03-31")
    assert [("2026-02-01", "14.50")] == periods("HU", "HUF", "2026-02-01", "2026-03-31")


def test_the_hungarian_rate_is_set_anew_on_the_first_of_july_and_not_between():
    """The MNB moved on 25 February, 24 June, 22 July and 26 August 2026."""
    assert [("2026-02-01", "14.50"), ("2026-07-01", "14.00")] == periods("HU", "HUF", "2026-02-01", "2026-09-30")


def test_a_negative_german_base_rate_lowers_the_rate_below_the_margin():
    assert [("2022-12-01", "8.12"), ("2023-01-01", "10.62")] == periods("DE", "EUR", "2022-12-01", "2023-02-01")


def test_an_austrian_debtor_who_is_not_responsible_pays_four():
    found = periods("AT", "EUR", "2024-05-01", "2025-02-01", method="debtor not responsible")

    assert [("2024-05-01", "4")] == found


def test_a_polish_public_health_entity_pays_two_points_less():
    assert [("2026-07-01", "13.75")] == periods("PL", "PLN", "2026-07-01", "2026-08-01")
    assert [("2026-07-01", "11.75")] == periods("PL", "PLN", "2026-07-01", "2026-08-01", method="public health entity")


def test_the_slovak_rate_is_by_default_that_of_the_first_day_and_stays():
    """The ECB stood at 4.50 until 11 June 2024 and at 4.25 from then on; the margin is 9."""
    assert [("2024-06-11", "13.50")] == periods("SK", "EUR", "2024-06-11", "2025-03-01")
    assert [("2024-06-12", "13.25")] == periods("SK", "EUR", "2024-06-12", "2025-03-01")


def test_the_other_slovak_way_sets_the_rate_anew_each_half_year():
    found = periods("SK", "EUR", "2024-06-11", "2025-03-01", method="each half-year")

    assert [("2024-06-11", "12.50"), ("2024-07-01", "12.25"), ("2025-01-01", "11.15")] == found


def test_the_czech_rate_is_that_of_the_half_year_in_which_the_delay_began_and_stays():
    assert [("2024-06-30", "14.75")] == periods("CZ", "CZK", "2024-06-30", "2026-03-01")
    assert [("2024-07-01", "12.75")] == periods("CZ", "CZK", "2024-07-01", "2026-03-01")


def test_a_frozen_rate_stays_that_of_the_start_for_a_later_part_of_the_delay():
    assert [("2025-12-01", "14.75")] == periods("CZ", "CZK", "2025-12-01", "2026-03-01", began="2024-06-15")


def test_the_russian_rate_follows_the_key_rate_from_day_to_day():
    found = periods("RU", "RUB", "2024-07-20", "2024-11-05")

    assert [
        ("2024-07-20", "16.00"),
        ("2024-07-29", "18.00"),
        ("2024-09-16", "19.00"),
        ("2024-10-28", "21.00"),
    ] == found


def test_the_ukrainian_rate_is_three_for_ever():
    assert [("2020-01-01", "3")] == periods("UA", "UAH", "2020-01-01", "2026-12-31")


@pytest.mark.parametrize(("currency", "asked"), [("UAH", ()), ("EUR", None)])
def test_the_price_index_comes_on_top_in_hryvnia_alone(currency, asked):
    assert asked == terms_of("UA", currency).inflation


@pytest.mark.parametrize(
    ("code", "currency", "first", "last", "began", "missing", "known_to"),
    [
        ("HU", "HUF", "2026-12-01", "2027-01-01", None, "2027-01-01", "2026-09-04"),
        ("HU", "EUR", "2026-12-01", "2027-01-01", None, "2027-01-01", "2026-10-02"),
        ("CZ", "CZK", "2026-07-01", "2026-07-02", None, "2026-07-01", "2026-06-30"),
        ("SK", "EUR", "2026-10-03", "2026-10-04", None, "2026-10-03", "2026-10-02"),
        ("GB-EAW", "GBP", "2027-01-01", "2027-01-02", None, "2026-12-31", "2026-10-06"),
        ("RU", "RUB", "2026-09-01", "2026-09-09", None, "2026-09-09", "2026-09-08"),
        ("RO", "RON", "2026-02-01", "2026-03-01", None, "2026-01-01", None),
    ],
)
def test_a_rate_beyond_what_is_known_is_asked_for(code, currency, first, last, began, missing, known_to):
    with pytest.raises(RateUnknown) as caught:
        periods(code, currency, first, last, began=began)

    assert (day(missing), day(known_to) if known_to else None) == (caught.value.day, caught.value.known_to)


@pytest.mark.parametrize(
    ("code", "currency", "first", "last"),
    [
        ("HU", "HUF", "2026-07-01", "2026-12-31"),
        ("CZ", "CZK", "2026-06-30", "2027-12-31"),
        ("RU", "RUB", "2026-09-01", "2026-09-08"),
        ("GB-EAW", "GBP", "2026-12-31", "2027-12-31"),
    ],
)
def test_up_to_what_is_known_nothing_is_asked(code, currency, first, last):
    assert len(periods(code, currency, first, last)) == 1


@pytest.mark.parametrize(
    ("code", "currency", "since", "first", "percent"),
    [
        ("HU", "HUF", "2027-01-01", "2027-01-01", "13.25"),
        ("CZ", "CZK", "2026-07-01", "2026-07-01", "13.25"),
        ("RO", "RON", "2027-01-01", "2027-01-01", "13.25"),
        ("GB-EAW", "GBP", "2026-12-31", "2027-01-01", "13.25"),
        ("RU", "RUB", "2026-09-09", "2026-09-09", "5.25"),
    ],
)
def test_the_case_states_what_the_kit_does_not_know(code, currency, since, first, percent):
    rates = [{"since": since, "percent": "5.25", "source": "read today"}]

    assert [(first, percent)] == periods(code, currency, first, first, rates=rates)


def test_a_stated_rate_ends_with_its_half_year():
    rates = [{"since": "2027-01-01", "percent": "5.25", "source": "mnb.hu"}]

    assert len(periods("HU", "HUF", "2027-01-01", "2027-06-30", rates=rates)) == 1
    with pytest.raises(RateUnknown, match="on 2027-07-01 is not known: it is known up to 2027-06-30"):
        periods("HU", "HUF", "2027-01-01", "2027-07-01", rates=rates)


def test_a_stated_rate_is_marked_as_stated_with_its_source():
    terms = terms_of("HU", "HUF", rates=[{"since": "2027-01-01", "percent": "5.25", "source": "mnb.hu, today"}])

    (period,) = terms.periods(day("2027-02-01"), day("2027-02-01"), day("2027-02-02"))

    assert ("stated", "mnb.hu, today") == (period.quote.confidence, period.quote.source)


def test_a_contracts_rate_needs_no_series():
    assert [("2030-01-01", "9.5")] == periods("HU", "HUF", "2030-01-01", "2035-01-01", **contract("9.5"))


@pytest.mark.parametrize(
    ("per", "percent", "yearly"),
    [("year", "18", Decimal(18)), ("month", "1.5", Decimal("18.0")), ("day", "0.05", None)],
)
def test_a_contracts_rate_is_for_a_year_a_month_or_a_day(per, percent, yearly):
    assert yearly == terms_of("HU", "HUF", **contract(percent, per=per)).yearly


def test_a_contract_takes_the_day_count_of_its_law_unless_it_names_one():
    assert terms_of("RU", "RUB", **contract("9")).basis == "actual/actual"
    assert terms_of("RU", "RUB", **contract("9", basis="30E/360")).basis == "30E/360"
    assert terms_of("HU", "HUF", basis="actual/actual").basis == "actual/actual"


def test_the_margin_of_a_contract_is_none():
    assert (Decimal(8), Decimal(0)) == (terms_of("HU", "HUF").margin, terms_of("HU", "HUF", **contract("9")).margin)


def test_a_way_the_law_does_not_know_is_refused():
    with pytest.raises(ValueError, match="HU knows no method 'first day'"):
        terms_of("HU", "HUF", method="first day")


def warnings(code, currency, first, last, **interest):
    terms = terms_of(code, currency, **interest)
    found = cap_warnings(terms, terms.periods(day(first), day(first), day(last)))
    return [(str(each.limit), str(each.percent), each.first.isoformat(), each.last.isoformat()) for each in found]


def test_a_hungarian_rate_above_twenty_five_is_warned_of_and_one_at_it_is_not():
    assert [("25", "25.01", "2025-03-01", "2025-04-01")] == warnings(
        "HU", "HUF", "2025-03-01", "2025-04-01", **contract("25.01")
    )
    assert [] == warnings("HU", "HUF", "2025-03-01", "2025-04-01", **contract("25"))


@pytest.mark.parametrize(("per", "percent", "yearly"), [("month", "2.5", "30.0"), ("day", "0.1", "36.5")])
def test_a_rate_per_month_or_day_is_held_against_the_limit_as_a_yearly_one(per, percent, yearly):
    found = warnings("HU", "HUF", "2025-03-01", "2025-04-01", **contract(percent, per=per))

    assert [("25", yearly, "2025-03-01", "2025-04-01")] == found


def test_before_the_limit_came_into_force_there_is_none():
    assert [] == warnings("HU", "HUF", "2022-10-01", "2022-11-09", **contract("30"))
    assert [("25", "30", "2022-11-10", "2022-12-01")] == warnings(
        "HU", "HUF", "2022-10-01", "2022-12-01", **contract("30")
    )


def test_the_limit_ends_on_its_last_day():
    law = a_law("HU")
    ended = law.jurisdiction.caps[0].model_copy(update={"until": date(2026, 5, 13)})
    law = Law(law.jurisdiction.model_copy(update={"caps": (ended,)}), law.series)
    terms = terms_for(Interest.model_validate(contract("30")), law, "HUF")
    first = day("2026-05-01")

    (found,) = cap_warnings(terms, terms.periods(first, first, day("2026-06-01")))

    assert (first, day("2026-05-13")) == (found.first, found.last)


def test_the_statutory_rate_of_hungary_never_reaches_its_limit():
    assert [] == warnings("HU", "HUF", "2022-11-10", "2026-12-31")


def test_a_polish_contract_is_held_against_twice_the_rate_for_delay_of_each_half_year():
    """KC 481 s. 2-1: 2 x (5.75 + 5.5) = 22.50, 2 x (5.25 + 5.5) = 21.50, then 2 x (4.00 + 5.5) = 19."""
    found = warnings("PL", "PLN", "2025-06-01", "2026-06-30", **contract("21.5"))

    assert [("19.00", "21.5", "2026-01-01", "2026-06-30")] == found


def test_the_limit_of_a_contract_does_not_bind_the_law():
    assert [] == warnings("PL", "PLN", "2020-07-01", "2026-12-31")


def test_a_limit_whose_series_is_not_known_is_not_guessed():
    assert [] == warnings("PL", "PLN", "2027-01-01", "2027-06-30", **contract("99"))


def test_a_period_tells_the_day_whose_reference_counts():
    terms = terms_of("HU", "HUF")
    first = day("2026-06-30")

    found = terms.periods(first, first, first + ONE_DAY)

    assert [day("2026-01-01"), day("2026-07-01")] == [period.reference_day for period in found]
