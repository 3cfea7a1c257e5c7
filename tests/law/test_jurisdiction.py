from decimal import Decimal

import pytest
from making import a_law, day

from negotiation_kit.law.rates import RateUnknown

CODES = ["HU", "EU", "GB-EAW", "DE", "AT", "PL", "CZ", "SK", "RO", "RU", "UA"]


@pytest.mark.parametrize("code", CODES)
def test_every_series_a_rule_names_is_on_file(code):
    law = a_law(code)

    for rule in law.jurisdiction.interest:
        for currency, series in rule.series.items():
            assert series == law.rates_for(rule, currency).code


@pytest.mark.parametrize("code", CODES)
def test_the_first_way_of_setting_the_rate_is_the_default(code):
    jurisdiction = a_law(code).jurisdiction

    assert jurisdiction.interest[0] == jurisdiction.rule(None)


def test_a_way_of_setting_the_rate_has_a_name():
    slovak = a_law("SK").jurisdiction

    assert Decimal(8) == slovak.rule("each half-year").margin
    assert slovak.rule("by feeling") is None


@pytest.mark.parametrize(
    ("currency", "series"),
    [
        ("HUF", "mnb_base_rate"),
        ("EUR", "ecb_mro"),
        ("GBP", "boe_bank_rate"),
        ("PLN", "nbp_reference_rate"),
        ("CZK", "cnb_repo_rate"),
    ],
)
def test_under_hungarian_law_a_debt_follows_the_bank_that_issues_its_currency(currency, series):
    law = a_law("HU")

    assert series == law.rates_for(law.jurisdiction.rule(None), currency).code


@pytest.mark.parametrize("code", ["GB-EAW", "DE", "AT", "PL", "CZ", "SK"])
def test_elsewhere_one_series_rules_every_currency(code):
    law = a_law(code)
    rule = law.jurisdiction.rule(None)

    assert law.rates_for(rule, "EUR").code == law.rates_for(rule, "USD").code


@pytest.mark.parametrize(("code", "currency"), [("RO", "RON"), ("HU", "USD"), ("EU", "SEK")])
def test_a_currency_without_a_series_is_asked_for_by_its_name(code, currency):
    law = a_law(code)

    with pytest.raises(RateUnknown, match=f"the reference rate for {currency} on 2026-01-01 is not known"):
        law.rates_for(law.jurisdiction.rule(None), currency).on(day("2026-01-01"))


@pytest.mark.parametrize(
    ("code", "inside"),
    [
        ("HU", ("costs", "interest", "principal")),
        ("DE", ("costs", "interest", "principal")),
        ("CZ", ("costs", "interest", "principal")),
        ("PL", ("costs", "interest", "principal")),
        ("UA", ("costs", "interest", "principal")),
        ("SK", ("interest", "principal", "costs")),
        ("AT", ("interest", "principal", "costs")),
        ("GB-EAW", ("interest", "principal", "costs")),
        ("RU", ("costs", "principal", "interest")),
    ],
)
def test_inside_a_debt_the_law_settles_in_this_order(code, inside):
    assert inside == a_law(code).jurisdiction.allocation.inside
