from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal, getcontext, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation_kit.money import CURRENCIES, MixedCurrencies, Money, known_currency, near_currencies

currencies = st.sampled_from(["HUF", "EUR", "KWD"])
amounts = st.decimals(0, 10**15, places=4)
sums = st.builds(Money, amounts, currencies)
any_sums = st.builds(Money, st.decimals(-(10**15), 10**15, places=4), currencies)


def eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def huf(amount: str) -> Money:
    return Money(Decimal(amount), "HUF")


def test_shares_add_up_to_the_whole():
    shares = eur("100.00").split(3)

    assert [str(share.amount) for share in shares] == ["33.33", "33.33", "33.34"]


@given(sums, st.integers(1, 400))
def test_shares_are_fair_and_none_is_negative(whole, parts):
    shares = whole.split(parts)

    assert parts == len(shares)
    assert whole.rounded() == sum(shares[1:], shares[0])
    assert shares[-1].amount - shares[0].amount in {Decimal(0), whole.unit}
    assert sorted(shares) == list(shares)
    assert shares[0] >= Money.zero(whole.currency)


@pytest.mark.parametrize("parts", [0, -1])
def test_no_amount_has_less_than_one_part(parts):
    with pytest.raises(ValueError, match="at least one part"):
        eur("1.00").split(parts)


def test_what_is_not_owed_cannot_be_split():
    with pytest.raises(ValueError, match=r"only an amount that is owed can be split, not EUR -1\.00"):
        eur("-1.00").split(2)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (huf("0.5"), "1"),
        (huf("1234.49"), "1234"),
        (eur("0.125"), "0.13"),
        (eur("-0.125"), "-0.13"),
        (eur("7"), "7.00"),
        (Money(Decimal("1.0005"), "KWD"), "1.001"),
    ],
)
def test_halves_go_up_to_the_smallest_unit(amount, expected):
    assert expected == str(amount.rounded().amount)


def test_another_rule_of_rounding_can_be_named():
    assert eur("0.12") == eur("0.125").rounded(ROUND_HALF_EVEN) == eur("0.129").rounded(ROUND_DOWN)


@given(any_sums)
def test_rounding_moves_by_half_a_unit_at_most(amount):
    assert abs(amount.rounded().amount - amount.amount) * 2 <= amount.unit


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        ("1455000", "10000", "1460000"),
        ("1460000", "10000", "1460000"),
        ("0.01", "50", "50"),
        ("0", "50", "0"),
        ("-120", "50", "-100"),
    ],
)
def test_an_amount_is_rounded_up_to_a_multiple(amount, unit, expected):
    assert Decimal(expected) == eur(amount).rounded_up_to(Decimal(unit)).amount


@given(any_sums, st.decimals("0.01", 10**6, places=2))
def test_rounding_up_gives_the_smallest_multiple_above(amount, unit):
    rounded = amount.rounded_up_to(unit)

    assert rounded.amount % unit == 0
    assert 0 <= rounded.amount - amount.amount < unit


@pytest.mark.parametrize("unit", ["0", "-1", "NaN"])
def test_a_rounding_unit_is_above_zero(unit):
    with pytest.raises((ValueError, ArithmeticError)):
        eur("1.00").rounded_up_to(Decimal(unit))


def test_a_percentage_is_exact():
    assert Decimal("12.34566") == eur("123.4566").percent(Decimal("10.0000")).amount
    assert Decimal(1455000) == huf("4850000").percent(Decimal(30)).amount
    assert Decimal("0.00014500") == eur("0.01").percent(Decimal("1.4500")).amount


@given(any_sums, any_sums)
def test_sums_can_be_taken_back(one, other):
    if one.currency != other.currency:
        return
    assert one == one + other - other
    assert (one < other) == (one.amount < other.amount)
    assert (one + other) == (other + one)


@given(sums, st.integers(1, 60))
def test_the_precision_of_the_caller_changes_nothing(whole, parts):
    expected = (whole.split(parts), whole + whole, whole.percent(Decimal("14.5")), whole.rounded())
    with localcontext() as context:
        context.prec = 2
        actual = (whole.split(parts), whole + whole, whole.percent(Decimal("14.5")), whole.rounded())
        up = whole.rounded_up_to(Decimal(10))

    assert expected == actual
    assert up == whole.rounded_up_to(Decimal(10))
    assert getcontext().prec > 2


@pytest.mark.parametrize("way", ["__add__", "__sub__", "__lt__", "__ge__"])
def test_currencies_are_never_mixed(way):
    with pytest.raises(MixedCurrencies, match=r"EUR 1\.00 and HUF 1 are of different currencies"):
        getattr(eur("1.00"), way)(huf("1"))


def test_amounts_of_two_currencies_are_not_equal():
    assert eur("1.00") != Money(Decimal("1.00"), "USD")


def test_equal_amounts_are_one_whatever_their_zeros():
    assert {eur("1.0"), eur("1.00")} == {eur("1")}


def test_money_is_added_to_money_only():
    with pytest.raises(TypeError, match="expected money, not Decimal"):
        eur("1.00") + Decimal(1)  # type: ignore[operator]


@pytest.mark.parametrize("amount", [1, 1.5, "1.00", True])
def test_an_amount_is_a_decimal(amount):
    with pytest.raises(TypeError, match="an amount is a Decimal"):
        Money(amount, "EUR")


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_an_amount_is_finite(amount):
    with pytest.raises(ValueError, match="finite"):
        eur(amount)


@pytest.mark.parametrize("code", ["eur", "EURO", "XAU", "XXX", "HRK", ""])
def test_a_currency_is_one_that_can_be_paid_in(code):
    assert not known_currency(code)
    with pytest.raises(ValueError, match=r"is no currency of ISO 4217"):
        Money(Decimal(1), code)


def test_nothing_is_zero():
    assert Money.zero("HUF").is_zero
    assert (eur("1.10") - eur("1.1")).is_zero
    assert not eur("0.01").is_zero


@pytest.mark.parametrize(("code", "unit"), [("HUF", "1"), ("EUR", "0.01"), ("JPY", "1"), ("TND", "0.001")])
def test_the_smallest_unit_follows_the_currency(code, unit):
    assert known_currency(code)
    assert unit == str(Money.zero(code).unit)


def test_every_currency_is_named_once_with_zero_two_or_three_decimals():
    assert {0, 2, 3} == set(CURRENCIES.values())
    assert all(len(code) == 3 and code.isupper() for code in CURRENCIES)


def test_near_currencies_are_told():
    assert "EUR" in near_currencies("EURO")
    assert "HUF" in near_currencies("HFU")
    assert near_currencies("?") == ()


def test_swapped_letters_are_thought_of_first():
    assert "EUR" == near_currencies("ERU")[0]


def test_money_prints_its_code_and_plain_digits():
    assert str(eur("1234.50")) == "EUR 1234.50"
    assert str(huf("1E+4")) == "HUF 10000"
