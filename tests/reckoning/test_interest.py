from decimal import Decimal

import pytest
from making import a_case, a_debt, an_invoice, day


def interest_of(case, as_of):
    return a_debt(case, day(as_of)).interest


def stated(percent, **more):
    return {"percent": percent, "source": "contract", **more}


def test_the_worked_example_of_the_british_government():
    """GOV.UK, "Late commercial payments": GBP 1 000 at 8 % plus 0.5 % is 85 a year, 23p a day, 11.50 for 50 days.

    GOV.UK rounds the daily amount first; rounded once at the end, as this kit does and says, it is 11.64.
    """
    case = a_case(
        currency="GBP",
        jurisdiction="GB-EAW",
        invoices=[an_invoice(issued="2025-01-01", due="2025-01-31", amount="1000.00")],
        interest=stated("8.5"),
    )

    assert interest_of(case, "2025-03-22").total.amount == Decimal("11.64")


def test_the_first_day_is_the_one_after_the_due_day():
    case = a_case(interest=stated("14.5"))

    assert interest_of(case, "2025-03-14").invoices == ()
    segment = interest_of(case, "2025-03-15").invoices[0].segments[0]
    assert (segment.first, segment.last, segment.days) == (day("2025-03-15"), day("2025-03-15"), 1)


def test_a_part_payment_cuts_the_time_and_its_day_still_counts_for_the_whole_sum():
    case = a_case(interest=stated("14.5"), payments=[{"day": "2025-03-24", "amount": "1850000"}])

    found = interest_of(case, "2025-04-03")

    days = [(each.days, str(each.principal.amount)) for each in found.invoices[0].segments]
    assert days == [(10, "4850000"), (10, "3000000")]
    # (4 850 000 * 10 + 3 000 000 * 10) * 14.5 / 36 500 = 31 184.93
    assert str(found.total.amount) == "31185"


def test_the_disputed_part_bears_no_interest_here():
    invoice = an_invoice(amount="1000000", disputed={"amount": "600000", "reason": "dented"})
    case = a_case(invoices=[invoice], interest=stated("36.5"))

    assert str(interest_of(case, "2025-03-24").total.amount) == "4000"


@pytest.mark.parametrize(("basis", "total"), [("actual/365", "96"), ("actual/360", "97")])
def test_the_divisor_is_the_one_the_case_states(basis, total):
    case = a_case(invoices=[an_invoice(amount="100000")], interest=stated("3.5", basis=basis))

    assert str(interest_of(case, "2025-03-24").total.amount) == total


def test_halves_go_up_once_an_invoice():
    invoices = [
        an_invoice(number=number, issued="2025-01-01", due="2025-01-31", amount="36.50") for number in ("A", "B")
    ]
    case = a_case(currency="EUR", invoices=invoices, interest=stated("5"))

    # 36.50 * 1 day * 5 % / 365 = 0.005 each: two rounded invoices, not one rounded sum
    assert str(interest_of(case, "2025-02-01").total.amount) == "0.02"
