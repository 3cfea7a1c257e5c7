from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laying import a_ground, laid, refused, sums

from negotiation_kit.case.plan import Plan, Share
from negotiation_kit.reckoning.plans.part_amounts import part_amounts


def amounts(ground=None, /, **plan):
    return [
        str(amount.amount)
        for amount in part_amounts(Plan.model_validate({"every": "month", **plan}), ground or a_ground())
    ]


def test_the_whole_is_one_part():
    assert ["4850000"] == amounts(shape="whole")


def test_equal_parts_are_rounded_up_and_the_last_is_the_smaller_rest():
    """4 850 000 / 4 = 1 212 500."""
    assert ["1220000", "1220000", "1220000", "1190000"] == amounts(shape="equal", parts="4")


def test_a_first_part_in_percent_is_rounded_up_and_the_rest_shared():
    """30 % = 1 455 000; 3 390 000 / 3 = 1 130 000."""
    assert ["1460000", "1130000", "1130000", "1130000"] == amounts(shape="equal", first="30%", parts="4")


def test_a_first_part_in_money_is_taken_as_it_is():
    """(4 850 000 - 1 234 567) / 2 = 1 807 716.5"""
    assert ["1234567", "1810000", "1805433"] == amounts(shape="equal", first="1234567", parts="3")


def test_the_remainder_may_go_on_the_first_part():
    assert ["1220000", "1210000", "1210000", "1210000"] == amounts(shape="equal", parts="4", remainder="first")
    assert ["1470000", "1690000", "1690000"] == amounts(shape="equal", first="30%", parts="3", remainder="first")


@pytest.mark.parametrize("first", ["100%", "4850000", "9000000", "rest"])
def test_a_first_part_of_everything_is_the_only_one(first):
    assert ["4850000"] == amounts(shape="equal", first=first, parts="4")


@pytest.mark.parametrize("shape", ["rising", "falling"])
def test_nothing_rises_or_falls_after_a_first_part_of_everything(shape):
    assert ["4850000"] == amounts(shape=shape, first="100%", parts="4", growth="1000")


def test_one_part_is_the_whole_whatever_the_first_was_to_be():
    assert ["4850000"] == amounts(shape="equal", first="30%", parts="1")


def test_a_small_sum_has_fewer_parts_rather_than_empty_ones():
    assert ["10000", "10000", "5000"] == amounts(a_ground("25000"), shape="equal", parts="6")


def test_a_plan_may_name_its_own_unit():
    assert ["1212500"] * 4 == sums(laid(shape="equal", parts="4", every="month", round_to="100"))


def test_shares_are_percentages_sums_and_the_rest():
    """30 % = 1 455 000."""
    assert ["1460000", "1130000", "2260000"] == amounts(shape="shares", shares=["30%", "1130000", "rest"])


def test_a_last_percentage_gives_back_what_the_others_were_rounded_up_by():
    """33 % = 1 600 500, twice rounded up to 1 610 000; 34 % would be 1 649 000, and 1 630 000 are left."""
    assert ["1610000", "1610000", "1630000"] == amounts(shape="shares", shares=["33%", "33%", "34%"])


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        (["30%", "30%", "30%"], "470000 missing"),
        (["1000000", "2000000"], "1850000 missing"),
        (["30%", "50%", "1000000"], "40000 too much"),
        (["50%", "60%"], "490000 too much"),
    ],
)
def test_shares_that_do_not_add_up_are_told_by_how_much(shares, told):
    why = refused(shape="shares", shares=shares, every="month")

    assert "shares" == why.field
    assert f"plan.shares does not add up to the sum to settle: HUF {told}" == str(why)


def test_nothing_comes_after_the_rest():
    why = refused(shape="shares", shares=["30%", "rest", "10%"], every="month")

    assert ("shares", True) == (why.field, str(why).endswith("HUF 490000 too much"))


def test_rising_parts_rise_by_the_first_where_nothing_is_said():
    """1 : 2 : 3 : 4 of 4 850 000: 485 000, 970 000, 1 455 000, rounded down; the last is the rest."""
    assert ["480000", "970000", "1450000", "1950000"] == amounts(shape="rising", parts="4")


def test_rising_parts_rise_by_a_percentage_of_the_first():
    """1 : 1.5 : 2 of 4 850 000: 1 077 777, 1 616 666, 2 155 555."""
    assert ["1070000", "1610000", "2170000"] == amounts(shape="rising", parts="3", growth="50%")


def test_rising_parts_rise_by_a_sum():
    """1 616 666 less and more 200 000."""
    assert ["1410000", "1610000", "1830000"] == amounts(shape="rising", parts="3", growth="200000")


def test_falling_parts_fall_by_the_last_where_nothing_is_said():
    assert ["1940000", "1460000", "970000", "480000"] == amounts(shape="falling", parts="4")


def test_falling_parts_fall_by_a_percentage_of_the_first():
    """1 : 0.75 : 0.5 of 4 850 000: 2 155 555, 1 616 666, 1 077 777, rounded up; the last is the rest."""
    assert ["2160000", "1620000", "1070000"] == amounts(shape="falling", parts="3", growth="25%")


def test_falling_parts_fall_by_a_sum():
    assert ["1820000", "1620000", "1410000"] == amounts(shape="falling", parts="3", growth="200000")


def test_a_first_part_stands_before_rising_and_falling_ones():
    """10 % = 485 000; 4 360 000 in 1 : 2 is 1 453 333 and the rest."""
    assert ["490000", "1450000", "2910000"] == amounts(shape="rising", first="10%", parts="3")
    assert ["490000", "2910000", "1450000"] == amounts(shape="falling", first="10%", parts="3")


@pytest.mark.parametrize(("shape", "growth"), [("rising", "1620000"), ("falling", "1620000"), ("falling", "50%")])
def test_a_growth_that_leaves_nothing_for_the_smallest_is_refused(shape, growth):
    why = refused(shape=shape, parts="3" if growth.endswith("%") else "4", growth=growth, every="month")

    assert "growth" == why.field


def test_a_balloon_is_nothing_but_interest_until_its_end():
    assert ["0", "0", "4850000"] == amounts(shape="balloon", parts="3")
    assert ["490000", "0", "4360000"] == amounts(shape="balloon", parts="3", first="10%")


def test_a_season_shares_equally_over_its_months():
    """4 850 000 / 3 = 1 616 666."""
    assert ["1620000", "1620000", "1610000"] == amounts(shape="seasonal", months=["may", "june", "september"])


def test_a_season_may_have_a_first_part_and_a_number_of_parts():
    assert ["490000", "2180000", "2180000"] == amounts(shape="seasonal", months=["may", "june"], first="10%")
    assert ["1620000", "1620000", "1610000"] == amounts(shape="seasonal", months=["may"], parts="3")


def test_a_season_may_name_its_shares():
    assert ["970000", "1460000", "2420000"] == amounts(
        shape="seasonal", months=["may", "june", "september"], shares=["20%", "30%", "rest"]
    )


def receipt(day, amount, source="the school"):
    return {"day": day, "amount": amount, "source": source}


RECEIPTS = [receipt("2025-04-05", "3000000"), receipt("2025-04-20", "4010000"), receipt("2025-05-10", "3000000")]


def test_our_share_of_each_receipt_is_rounded_down_until_all_is_paid():
    """50 % of 4 010 000 is 2 005 000; of the third receipt only the rest is needed."""
    assert ["1500000", "2000000", "1350000"] == amounts(shape="receipts", receipts=RECEIPTS, share_percent="50")


def test_receipts_of_one_day_are_added_before_they_are_rounded():
    together = [receipt("2025-04-05", "25000"), receipt("2025-04-06", "25000"), receipt("2025-05-10", "9000000")]

    assert ["50000", "4800000"] == amounts(shape="receipts", receipts=together)


def test_receipts_that_do_not_suffice_are_told_by_how_much():
    why = refused(shape="receipts", receipts=RECEIPTS[:2], share_percent="50")

    assert "plan.receipts does not add up to the sum to settle: HUF 1350000 missing" == str(why)
    assert ("receipts", "name more receipts, or a larger share of them") == (why.field, why.way_out)


def test_a_receipt_of_which_nothing_is_ours_is_told():
    why = refused(shape="receipts", receipts=RECEIPTS, share_percent="0.1")

    assert ("share_percent", "nothing is left for us of the school") == (why.field, str(why))


def test_a_fixed_sum_is_paid_until_all_is():
    assert ["1500000", "1500000", "1500000", "350000"] == amounts(shape="fixed", amount="1500000")
    assert ["490000", "3000000", "1360000"] == amounts(shape="fixed", amount="3000000", first="10%")


def test_what_the_client_can_carry_is_made_level():
    """4 850 000 / 1 300 000 asks for 4 parts: 1 212 500 each, rounded up."""
    assert ["1220000", "1220000", "1220000", "1190000"] == amounts(shape="carry", amount="1300000")
    assert ["490000", "1460000", "1460000", "1440000"] == amounts(shape="carry", amount="2000000", first="10%")


def test_rounding_never_asks_for_more_than_the_client_can_carry():
    """4 850 000 / 1 215 000 asks for 4 parts: rounded up they would be 1 220 000."""
    assert ["1215000", "1215000", "1215000", "1205000"] == amounts(shape="carry", amount="1215000")


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        ({"shape": "equal", "parts": "0"}, "parts"),
        ({"shape": "equal", "parts": "241"}, "parts"),
        ({"shape": "equal", "parts": "486", "remainder": "first"}, "parts"),
        ({"shape": "rising", "parts": "1", "first": "10%"}, "parts"),
        ({"shape": "fixed", "amount": "0"}, "amount"),
        ({"shape": "carry", "amount": "0"}, "amount"),
        ({"shape": "fixed", "amount": "20000", "every": "day"}, "shape"),
        ({"shape": "equal", "parts": "3", "first": "0%"}, "shape"),
        ({"shape": "list", "schedule": [{"due": "2025-03-26", "amount": "1"}]}, "schedule"),
        ({"shape": "list", "schedule": [{"due": "2025-03-26", "amount": "0"}]}, "shape"),
        ({"shape": "list", "schedule": [{"due": "2025-03-26", "amount": "4850001"}]}, "schedule"),
    ],
)
def test_an_impossible_plan_names_the_field_to_change(plan, field):
    assert field == refused(**{"every": "month", **plan}).field


def test_with_the_remainder_first_a_sum_too_small_for_its_parts_is_refused():
    why = refused(a_ground("25000"), shape="equal", parts="6", every="month", remainder="first")

    assert ("parts", "HUF 25000 is too little for 6 parts") == (why.field, str(why))


GROWTHS = st.one_of(
    st.none(),
    st.integers(1, 9).map(lambda percent: Share(percent=Decimal(percent))),
    st.integers(1, 10**5).map(lambda amount: Share(amount=Decimal(amount))),
)


@given(
    shape=st.sampled_from(["rising", "falling"]),
    base=st.integers(10**7, 10**11),
    number=st.integers(1, 10),
    growth=GROWTHS,
    unit=st.sampled_from(["1", "100", "10000"]),
)
def test_rising_parts_never_fall_and_falling_parts_never_rise(shape, base, number, growth, unit):
    plan = Plan(shape=shape, parts=number, growth=growth, every="month")

    found = [amount.amount for amount in part_amounts(plan, a_ground(str(base), unit=unit))]

    ordered = found if shape == "rising" else found[::-1]
    assert all(before <= after for before, after in pairwise(ordered))


@given(base=st.integers(1, 10**11), number=st.integers(1, 24), unit=st.sampled_from(["1", "100", "10000", "7"]))
def test_the_last_of_equal_parts_is_never_the_largest(base, number, unit):
    found = [
        amount.amount for amount in part_amounts(Plan(shape="equal", parts=number), a_ground(str(base), unit=unit))
    ]

    assert len(set(found[:-1])) <= 1
    assert found[-1] <= found[0]
    assert len(found) <= number


@given(base=st.integers(1, 10**9), carry=st.integers(10**6, 10**9), unit=st.sampled_from(["1", "1000", "10000"]))
def test_no_part_is_more_than_the_client_can_carry_and_none_is_one_too_many(base, carry, unit):
    plan = Plan(shape="carry", amount=Decimal(carry))

    found = [amount.amount for amount in part_amounts(plan, a_ground(str(base), unit=unit))]

    assert max(found) <= carry
    assert len(found) <= -(-base // carry)
