"""The kit's own data about law: every file is valid, the files agree with one another, and each is read once."""

from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import get_args

import pytest
from making import ROOT, day, the_kit

from negotiation_kit import desk, shelf
from negotiation_kit.case.case import JurisdictionCode
from negotiation_kit.case.receivables import Interest
from negotiation_kit.days import Calendar
from negotiation_kit.files import library
from negotiation_kit.law.jurisdiction import ANY_CURRENCY, Jurisdiction
from negotiation_kit.law.rates import RateFile, Rates, half_year, rate_file_problems
from negotiation_kit.money import known_currency
from negotiation_kit.pack import Kit
from negotiation_kit.reading.record import read_record
from negotiation_kit.reckoning.terms import terms_for

LIBRARY = library()
RATES = {
    code: read_record(text, f"{code}.yaml", RateFile, (rate_file_problems,)) for code, text in LIBRARY.rates.items()
}
LAWS = {code: read_record(text, f"{code}.yaml", Jurisdiction) for code, text in LIBRARY.jurisdictions.items()}
HALF_YEARS = [date(year, month, 1) for year in range(2019, 2027) for month in (1, 7)]
ECB_TO_BUNDESBANK = Decimal("-0.88")
AUSTRIAN_STEP = Decimal("0.5")

each_series = pytest.mark.parametrize("code", RATES)
each_law = pytest.mark.parametrize("code", LAWS)


def rate(code, when):
    return Rates.from_file(RATES[code]).on(when).percent


def test_there_is_a_file_for_every_jurisdiction_a_case_can_name():
    assert set(get_args(JurisdictionCode)) == set(LAWS)


@each_law
def test_a_law_stands_in_the_file_of_its_name(code):
    assert code == LAWS[code].jurisdiction


@each_series
def test_a_series_stands_in_the_file_of_its_name(code):
    assert code == RATES[code].series


@each_series
def test_a_series_says_where_it_was_read_and_how_far_it_is_known(code):
    file = RATES[code]

    assert file.sources
    assert file.values[-1].since <= file.known_to
    assert {"en", "hu"} <= file.name.texts.keys()


@each_series
def test_values_stand_in_the_order_of_their_days_and_are_rates_a_bank_sets(code):
    values = RATES[code].values

    assert all(before.since < after.since for before, after in pairwise(values))
    assert all(Decimal(-2) < value.percent < Decimal(30) for value in values)


@each_series
def test_a_value_of_a_series_of_changes_is_a_change(code):
    file = RATES[code]
    same = [after.since for before, after in pairwise(file.values) if before.percent == after.percent]

    assert file.shape == "half-years" or not same


@each_series
def test_no_half_year_is_left_out(code):
    file = RATES[code]
    days = [value.since for value in file.values]

    assert file.shape == "changes" or days == [each for each in HALF_YEARS if days[0] <= each <= days[-1]]


@each_series
def test_a_half_yearly_series_is_known_to_the_end_of_its_last_half_year(code):
    file = RATES[code]

    assert file.shape == "changes" or half_year(file.known_to) == file.values[-1].since


@each_law
def test_every_series_a_law_names_is_on_file(code):
    law = LAWS[code]
    named = {series for rule in law.interest for series in rule.series.values()}
    named |= {cap.series for cap in law.caps if cap.series}

    assert named <= RATES.keys()


@each_law
def test_every_currency_a_law_names_is_one_people_pay_in(code):
    law = LAWS[code]
    named = {currency for rule in law.interest for currency in (*rule.series, *rule.inflation)} - {ANY_CURRENCY}
    fixed = law.compensation
    named |= {fixed.currency, fixed.measured_in, fixed.paid_in} - {None} if fixed else set()

    assert all(known_currency(currency) for currency in named)


@each_law
def test_a_rate_without_a_series_is_fixed_or_to_be_stated(code):
    for rule in LAWS[code].interest:
        assert rule.series or rule.reference == "fixed" or code == "RO"


@each_law
def test_the_ways_of_a_law_have_names_of_their_own(code):
    methods = [rule.method for rule in LAWS[code].interest]

    assert len(set(methods)) == len(methods)
    assert all(terms_for(Interest(method=each), the_kit().law(code), "EUR").rule.method == each for each in methods)


@each_law
def test_the_bands_of_a_fixed_sum_rise_and_the_last_has_no_end(code):
    fixed = LAWS[code].compensation
    if fixed is None:
        return
    ends = [band.up_to or band.below for band in fixed.bands]

    assert ends[-1] is None
    assert sorted(ends[:-1]) == ends[:-1]
    assert [band.amount for band in fixed.bands] == sorted(band.amount for band in fixed.bands)


@each_law
def test_a_limit_is_a_number_or_follows_a_series(code):
    for cap in LAWS[code].caps:
        assert (cap.percent is None) != (cap.series is None)
        assert cap.since is None or cap.until is None or cap.since <= cap.until


@each_law
def test_money_settles_principal_interest_and_costs_each_once(code):
    assert {"costs", "interest", "principal"} == set(LAWS[code].allocation.inside)
    assert len(LAWS[code].allocation.inside) == 3


@each_law
def test_a_law_is_named_in_every_language(code):
    law = LAWS[code]
    named = [*(rule.law for rule in law.interest), law.allocation.law, *(cap.law for cap in law.caps)]
    named += [law.compensation.law] if law.compensation else []

    assert all({"en", "hu"} <= text.texts.keys() for text in named)
    assert all(the_kit().desk.language(language).word("country", code) for language in ("en", "hu"))


@pytest.mark.parametrize("when", HALF_YEARS, ids=str)
def test_the_german_base_rate_moves_with_the_rate_of_the_ecb(when):
    """BGB 247: since the start of 2019 it lies 0.88 below the main refinancing rate of the half-year's first day."""
    assert rate("ecb_mro", when) + ECB_TO_BUNDESBANK == rate("de_basiszinssatz", when)


def test_the_austrian_base_rate_follows_moves_of_half_a_point():
    """It starts at -0.62 with the rate of the ECB at zero, and moves by a change only once that reaches 0.5 point."""
    base, reference, reckoned = Decimal("-0.62"), Decimal(0), []
    for value in RATES["ecb_mro"].values:
        if abs(value.percent - reference) >= AUSTRIAN_STEP:
            base, reference = base + value.percent - reference, value.percent
        reckoned.append((value.since, base))

    for value in RATES["at_basiszinssatz"].values:
        assert [percent for since, percent in reckoned if since <= value.since][-1] == value.percent


@pytest.mark.parametrize("code", [path.stem for path in (ROOT / "negotiation_kit/data/calendars").glob("*.yaml")])
def test_a_calendar_reaches_as_far_as_the_rates_do(code):
    (known,) = the_kit().calendars([code]).knowledge

    assert known.source
    assert known.known_to >= max(file.known_to for file in RATES.values())


CASE = """\
case: "{number}"
jurisdiction: {law}
calendars: [HU, AT]
currency: EUR
supplier: {{name: Supplier}}
client: {{name: Client}}
invoices: [{{number: A, issued: 2025-02-12, due: 2025-03-14, amount: 1000.00}}]
interest: {{claim: claimed}}
meeting: {{day: 2025-03-24}}
"""


def test_no_file_of_the_kit_is_read_twice_however_many_cases_come(monkeypatch):
    """Each record, tree and calendar is counted as it is read; cases themselves are read once each."""
    read = Counter()

    def counted(function, name):
        def counting(text, file, *rest):
            read[name, file] += 1
            return function(text, file, *rest)

        return counting

    from_tree = Calendar.from_tree

    def counted_calendar(tree):
        read["calendar", tree["code"]] += 1
        return from_tree(tree)

    for reader in (desk, shelf):
        monkeypatch.setattr(reader, "read_record", counted(reader.read_record, "record"))
        monkeypatch.setattr(reader, "read_tree", counted(reader.read_tree, "tree"))
    monkeypatch.setattr(Calendar, "from_tree", counted_calendar)
    kit = Kit(library())

    for number in range(50):
        law = ("HU", "DE", "AT", "EU", "SK")[number % 5]
        case = kit.check(CASE.format(number=number, law=law), f"{number}.yaml")
        kit.explain(case, "interest", as_of=day("2025-03-20"), language=("en", "hu")[number % 2])

    assert {"rates/ecb_mro.yaml", "rates/mnb_base_rate.yaml", "jurisdictions/HU.yaml"} <= {file for _, file in read}
    assert {("calendar", "HU"), ("calendar", "AT")} <= read.keys()
    assert [] == [what for what, times in read.items() if times > 1]
