from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import a_case, a_debt, a_law, an_invoice, day

from negotiation_kit.money import Money
from negotiation_kit.reckoning.allocation import order_of, shares

PAID = day("2025-04-23")
"""The day of every payment here, and of every reckoning; a delay since 14 March has lasted 40 days."""
RATE = {"percent": "0.1", "per": "day", "source": "contract, point 7", "claim": "claimed"}


def eur(amount):
    return Money(Decimal(amount), "EUR")


def an_open_one(number, amount="1000.00", due="2025-03-14", **changes):
    return an_invoice(number=number, issued="2025-02-01", due=due, amount=amount, **changes)


def settled(code, paid, *invoices, costs=(), interest=RATE, **changes):
    """What one payment of EUR settles, in the order in which it reaches it."""
    payment = {"day": PAID.isoformat(), "amount": paid} | changes.pop("payment", {})
    case = a_case(
        jurisdiction=code,
        currency="EUR",
        invoices=list(invoices),
        costs=[{"what": "letter", "day": "2025-04-01", **cost} for cost in costs],
        interest=interest,
        payments=[payment],
        **changes,
    )
    (settlement,) = a_debt(case, PAID).settlements
    return [(part.invoice, part.kind, str(part.amount.amount)) for part in settlement.parts]


COST = {"amount": "15.00", "invoice": "A"}


@pytest.mark.parametrize(
    ("code", "order"),
    [
        ("HU", ["costs", "interest", "principal"]),
        ("DE", ["costs", "interest", "principal"]),
        ("CZ", ["costs", "interest", "principal"]),
        ("PL", ["costs", "interest", "principal"]),
        ("RO", ["costs", "interest", "principal"]),
        ("UA", ["costs", "interest", "principal"]),
        ("EU", ["costs", "interest", "principal"]),
        ("SK", ["interest", "principal", "costs"]),
        ("AT", ["interest", "principal", "costs"]),
        ("GB-EAW", ["interest", "principal", "costs"]),
        ("RU", ["costs", "principal", "interest"]),
    ],
)
def test_inside_one_debt_each_law_has_its_order(code, order):
    """1 000 open, 15 of costs, and 40 days at 1.00 of interest: 1 055 in all, of which 1 050 are paid."""
    owed = {"costs": Decimal("15.00"), "interest": Decimal("40.00"), "principal": Decimal("1000.00")}
    expected, left = [], Decimal("1050.00")
    for kind in order:
        expected.append(("A", kind, str(min(left, owed[kind]))))
        left -= min(left, owed[kind])

    assert expected == settled(code, "1050.00", an_open_one("A"), costs=[COST])


def test_hungarian_debts_alike_share_a_payment_in_proportion():
    """1 040 and 3 120 are owed; 832 is a fifth of it: 208 and 624, each its interest first."""
    assert [
        ("A", "interest", "40.00"),
        ("A", "principal", "168.00"),
        ("B", "interest", "120.00"),
        ("B", "principal", "504.00"),
    ] == settled("HU", "832.00", an_open_one("A"), an_open_one("B", "3000.00"))


def test_the_older_hungarian_debt_comes_first():
    older, younger = an_open_one("B", due="2025-03-13"), an_open_one("A")

    assert [("B", "interest", "41.00"), ("B", "principal", "59.00")] == settled("HU", "100.00", younger, older)


def test_of_two_hungarian_debts_of_one_day_the_less_secured_comes_first():
    secured, open_one = an_open_one("A", secured="yes"), an_open_one("B")

    assert [("B", "interest", "40.00"), ("B", "principal", "60.00")] == settled("HU", "100.00", secured, open_one)


def test_an_older_secured_hungarian_debt_goes_before_a_younger_unsecured_one():
    older, younger = an_open_one("A", due="2025-03-13", secured="yes"), an_open_one("B")

    assert ("A", "interest", "41.00") == settled("HU", "100.00", younger, older)[0]


def test_a_german_payment_settles_the_less_secured_debt_before_the_older():
    older, younger = an_open_one("A", due="2025-03-04", secured="yes"), an_open_one("B")

    assert [("B", "interest", "40.00"), ("B", "principal", "60.00")] == settled("DE", "100.00", older, younger)


def test_german_debts_alike_share_a_payment():
    assert [
        ("A", "interest", "40.00"),
        ("A", "principal", "60.00"),
        ("B", "interest", "40.00"),
        ("B", "principal", "60.00"),
    ] == settled("DE", "200.00", an_open_one("A"), an_open_one("B"))


def test_a_czech_payment_settles_the_debt_already_reminded_of_first():
    older, reminded = an_open_one("A", due="2025-03-04"), an_open_one("B", reminded="2025-04-23")

    assert ("B", "interest", "40.00") == settled("CZ", "100.00", older, reminded)[0]


def test_a_reminder_after_the_payment_does_not_count():
    older, reminded = an_open_one("A", due="2025-03-04"), an_open_one("B", reminded="2025-04-24")

    assert ("A", "interest", "50.00") == settled("CZ", "100.00", older, reminded)[0]


def test_a_slovak_payment_settles_the_less_secured_debt_first_and_interest_before_costs():
    older, younger = an_open_one("A", due="2025-03-04", secured="yes"), an_open_one("B", "100.00")

    assert [("B", "interest", "4.00"), ("B", "principal", "100.00"), ("A", "interest", "46.00")] == settled(
        "SK", "150.00", older, younger, costs=[COST]
    )


def test_a_russian_payment_settles_principal_before_the_interest_of_article_395():
    assert [("A", "principal", "1000.00"), ("A", "interest", "10.00")] == settled("RU", "1010.00", an_open_one("A"))


def test_an_austrian_debt_already_claimed_goes_before_an_older_one():
    older, claimed = an_open_one("A", due="2025-03-04"), an_open_one("B", reminded="2025-04-01")

    assert ("B", "interest", "40.00") == settled("AT", "100.00", older, claimed)[0]


@pytest.mark.parametrize("code", ["HU", "DE", "PL", "CZ", "SK", "GB-EAW", "RU"])
def test_what_is_due_goes_before_what_is_not_yet_due(code):
    """The younger debt is unsecured and bears nothing yet."""
    due, not_due = an_open_one("A", secured="yes"), an_open_one("B", due="2025-04-30")

    assert {"A"} == {invoice for invoice, _, _ in settled(code, "1000.00", not_due, due)}


def test_an_invoice_is_not_yet_due_on_its_due_day():
    today, tomorrow = an_open_one("B", due=PAID.isoformat()), an_open_one("A", "10.00", secured="yes")

    assert [("A", "interest", "0.40"), ("A", "principal", "10.00"), ("B", "principal", "9.60")] == settled(
        "DE", "20.00", today, tomorrow
    )


AGREED = {"by": "agreement", "order": ["costs", "interest", "principal"], "basis": "contract, point 5.2"}


def test_an_agreement_invoice_by_invoice_closes_one_before_the_next():
    invoices = an_open_one("A", "100.00"), an_open_one("B", "100.00", due="2025-03-24")

    assert [
        ("A", "interest", "4.00"),
        ("A", "principal", "100.00"),
        ("B", "interest", "3.00"),
        ("B", "principal", "3.00"),
    ] == settled("HU", "110.00", *invoices, allocation=AGREED)


def test_an_agreement_kind_by_kind_closes_one_kind_before_the_next():
    invoices = an_open_one("A", "100.00"), an_open_one("B", "100.00", due="2025-03-24")

    assert [
        ("A", "interest", "4.00"),
        ("B", "interest", "3.00"),
        ("A", "principal", "100.00"),
        ("B", "principal", "3.00"),
    ] == settled("HU", "110.00", *invoices, allocation=AGREED | {"across": "kind by kind"})


def test_an_agreed_order_that_leaves_a_kind_out_gets_it_at_the_end():
    agreed = {"by": "agreement", "order": ["principal"]}

    assert [("A", "principal", "1000.00"), ("A", "costs", "15.00"), ("A", "interest", "5.00")] == settled(
        "HU", "1020.00", an_open_one("A"), costs=[COST], allocation=agreed
    )


@pytest.mark.parametrize(
    ("which", "first"), [("earliest due", "C"), ("latest due", "B"), ("smallest", "A"), ("largest", "B")]
)
def test_an_agreement_may_choose_which_invoice_comes_first(which, first):
    invoices = (
        an_open_one("A", "100.00", due="2025-03-10"),
        an_open_one("B", "300.00", due="2025-03-20"),
        an_open_one("C", "200.00", due="2025-03-05"),
    )
    agreed = {"by": "agreement", "order": ["principal"], "invoices": which}

    assert [(first, "principal", "50.00")] == settled("HU", "50.00", *invoices, allocation=agreed)


@pytest.mark.parametrize(
    ("across", "parts"), [("kind by kind", ["50.00", "150.00"]), ("invoice by invoice", ["50.36", "149.64"])]
)
def test_an_agreement_may_share_a_payment_among_all_invoices(across, parts):
    """Principal is 100 and 300; with the interest of 44 and 34 days 104.40 and 310.20 are owed."""
    invoices = an_open_one("A", "100.00", due="2025-03-10"), an_open_one("B", "300.00", due="2025-03-20")
    agreed = {"by": "agreement", "order": ["principal"], "invoices": "pro rata", "across": across}

    assert [("A", "principal", parts[0]), ("B", "principal", parts[1])] == settled(
        "CZ", "200.00", *invoices, allocation=agreed
    )


def test_principal_first_settles_the_principal_of_all_before_any_interest():
    invoices = an_open_one("A", "100.00"), an_open_one("B", "100.00", due="2025-03-24")

    assert [("A", "principal", "100.00"), ("B", "principal", "100.00"), ("A", "interest", "4.00")] == settled(
        "HU", "204.00", *invoices, allocation={"by": "principal first"}
    )


def test_interest_that_is_not_claimed_is_not_settled_unless_somebody_says_so():
    for_information = {**RATE, "claim": "for information"}

    assert [("A", "principal", "1000.00")] == settled("HU", "1020.00", an_open_one("A"), interest=for_information)
    assert [("A", "interest", "40.00"), ("A", "principal", "980.00")] == settled(
        "HU", "1020.00", an_open_one("A"), interest=for_information, allocation={"by": "law"}
    )


def test_interest_that_is_given_up_is_not_settled_even_by_law():
    given_up = {**RATE, "claim": "not claimed"}

    assert [("A", "principal", "1000.00")] == settled(
        "HU", "1020.00", an_open_one("A"), interest=given_up, allocation={"by": "law"}
    )


@pytest.mark.parametrize(
    ("changes", "by"),
    [
        ({}, "principal first"),
        ({"interest": {}}, "principal first"),
        ({"interest": {"claim": "waived if kept"}}, "principal first"),
        ({"interest": {"claim": "claimed"}}, "law"),
        ({"allocation": {"by": "law"}}, "law"),
        ({"interest": {"claim": "claimed"}, "allocation": {"by": "principal first"}}, "principal first"),
        ({"allocation": AGREED}, "agreement"),
    ],
)
def test_the_law_decides_where_interest_is_claimed_and_nobody_says_otherwise(changes, by):
    assert by == order_of(a_case(**changes), a_law().jurisdiction.allocation).by


def test_an_order_says_where_it_stands():
    rule = a_law().jurisdiction.allocation

    assert "contract, point 5.2" == order_of(a_case(allocation=AGREED), rule).law
    assert rule.law == order_of(a_case(), rule).law


def test_a_share_is_in_proportion_to_the_last_cent():
    found = shares(eur("1.00"), [eur("1.00"), eur("1.00"), eur("1.00")])

    assert [eur("0.34"), eur("0.33"), eur("0.33")] == found


def test_the_largest_remainder_gets_the_odd_cent():
    # 1.00 x 0.10 / 6.00 = 0.0166, 1.00 x 5.90 / 6.00 = 0.9833
    assert [eur("0.02"), eur("0.98")] == shares(eur("1.00"), [eur("0.10"), eur("5.90")])


def test_where_there_is_enough_each_gets_what_is_wanted():
    assert [eur("1.00"), eur("2.00")] == shares(eur("9.00"), [eur("1.00"), eur("2.00")])


@given(wanted=st.lists(st.integers(0, 10**9), min_size=1, max_size=8), left=st.integers(0, 10**10))
def test_shares_are_exact_and_nobody_gets_more_than_is_wanted(wanted, left):
    sums = [eur(Decimal(each).scaleb(-2)) for each in wanted]

    found = [int(share.amount * 100) for share in shares(eur(Decimal(left).scaleb(-2)), sums)]

    assert min(left, sum(wanted)) == sum(found)
    assert all(0 <= share <= most for share, most in zip(found, wanted, strict=True))


@given(wanted=st.lists(st.integers(1, 10**9), min_size=1, max_size=8), left=st.integers(0, 10**9))
def test_a_share_is_less_than_a_unit_from_the_exact_proportion(wanted, left):
    left = min(left, sum(wanted))
    sums = [eur(Decimal(each).scaleb(-2)) for each in wanted]

    found = shares(eur(Decimal(left).scaleb(-2)), sums)

    for share, most in zip(found, wanted, strict=True):
        assert abs(int(share.amount * 100) * sum(wanted) - left * most) < sum(wanted)
