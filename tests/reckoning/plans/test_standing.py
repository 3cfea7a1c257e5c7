from datetime import date
from decimal import Decimal

import pytest
from laying import START
from making import a_calendar, a_case, a_debt, an_invoice, day

from negotiation_kit.case.policy import Policy
from negotiation_kit.money import Money
from negotiation_kit.reckoning.plans.standing import ground_of


def huf(amount):
    return Money(Decimal(amount), "HUF")


def one(number, due, amount, **changes):
    return an_invoice(number=number, issued="2025-02-01", due=due, amount=amount, **changes)


INVOICES = [
    one("A", "2025-03-10", "2000"),
    one("B", "2025-03-01", "500"),
    one("C", "2025-03-20", "3000"),
    one("D", "2025-04-30", "9000"),
    one("E", "2025-03-05", "1000", disputed={"amount": "1000", "reason": "dented"}),
    one("F", "2025-03-15", "700", disputed={"amount": "100", "reason": "dented"}),
]


def stands_on(*, as_of=START, base=None, pay_first="earliest due", policy=None, **changes):
    case = a_case(**({"invoices": INVOICES} | changes))
    debt = a_debt(case, as_of)
    return ground_of(debt, policy or case.policy, START, a_calendar(), base=base, pay_first=pay_first)


def lots(ground):
    return [(lot.invoice, int(lot.open.amount)) for lot in ground.lots]


def test_a_plan_settles_what_is_overdue_and_nobody_questions():
    assert [("B", 500), ("A", 2000), ("F", 600), ("C", 3000)] == lots(stands_on())
    assert huf(6100) == stands_on().base


@pytest.mark.parametrize(
    ("pay_first", "order"),
    [("earliest due", "BAFC"), ("latest due", "CFAB"), ("largest", "CAFB"), ("smallest", "BFAC")],
)
def test_the_parts_settle_invoices_in_the_order_the_plan_names(pay_first, order):
    assert list(order) == [invoice for invoice, _ in lots(stands_on(pay_first=pay_first))]


def test_a_smaller_base_takes_the_first_invoices_and_a_part_of_the_next():
    assert [("B", 500), ("A", 1500)] == lots(stands_on(base=huf(2000)))


def test_a_base_beyond_the_invoices_belongs_to_none_of_them():
    ground = stands_on(base=huf(7000))

    assert ("", 900) == lots(ground)[-1]
    assert (huf(7000), START) == (ground.base, ground.lots[-1].began)


def test_a_base_of_nothing_stands_on_nothing():
    assert [("", 0)] == lots(stands_on(base=huf(0)))


def test_the_units_and_the_first_day_are_those_of_the_policy():
    assert (Decimal(10000), 2) == (stands_on().unit, stands_on().first_bd)
    own = stands_on(policy=Policy(round_unit="500", first_part_bd="5"))
    assert (Decimal(500), 5) == (own.unit, own.first_bd)


def test_interest_runs_on_from_the_day_it_was_reckoned_for():
    """36.5 percent of 2 000 are 2 a day: 8 days to 18 March."""
    ground = stands_on(
        as_of=day("2025-03-18"), invoices=INVOICES[:1], interest={"percent": "36.5", "source": "contract"}
    )

    assert (huf(16), date(2025, 3, 18)) == (ground.accrued, ground.accrued_to)


def test_without_interest_there_is_neither_rate_nor_sum():
    assert (None, None) == (stands_on().terms, stands_on().accrued)


def test_each_debt_tells_when_interest_on_it_began_and_whether_it_bears_any():
    invoices = [
        one("A", "2025-03-10", "2000"),
        one("B", "2025-03-11", "2000", interest="no"),
        one("C", "2025-03-12", "2000", interest_from="2025-04-01"),
    ]

    ground = stands_on(invoices=invoices, interest={"percent": "36.5", "source": "contract"})

    assert [
        ("A", date(2025, 3, 11), True),
        ("B", date(2025, 3, 12), False),
        ("C", date(2025, 4, 1), True),
    ] == [(lot.invoice, lot.began, lot.bears_interest) for lot in ground.lots]
