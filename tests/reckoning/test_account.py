from decimal import Decimal

from making import a_law, day

from negotiation_kit.case.receivables import Interest, Invoice
from negotiation_kit.money import Money
from negotiation_kit.reckoning.account import Account, first_interest_day
from negotiation_kit.reckoning.terms import terms_for

TERMS = terms_for(Interest(percent="36.5", source="contract"), a_law(), "EUR")


def eur(amount):
    return Money(Decimal(amount), "EUR")


def an_account(*, costs=(), terms=TERMS, **changes):
    plain = {"number": "A", "issued": "2025-02-01", "due": "2025-03-14", "amount": "1000.00"}
    invoice = Invoice.model_validate(plain | changes)
    return Account(invoice, terms, eur(invoice.amount), list(costs))


def test_interest_begins_on_the_day_after_the_due_day():
    assert day("2025-03-15") == first_interest_day(an_account().invoice)


def test_interest_begins_later_where_the_case_says_so_and_never_earlier():
    assert day("2025-04-01") == an_account(interest_from="2025-04-01").began
    assert day("2025-03-15") == an_account(interest_from="2025-03-01").began


def test_the_delay_is_noted_once_and_with_what_was_open_then():
    account = an_account()

    assert not account.reach(day("2025-03-14"))
    assert account.reach(day("2025-03-15"))
    account.settle("principal", eur("400"), day("2025-03-15"))
    assert not account.reach(day("2025-03-16"))
    assert eur("1000.00") == account.size_at_delay


def test_what_is_settled_is_never_late():
    account = an_account()
    account.settle("principal", eur("1000"), day("2025-03-14"))

    assert not account.reach(day("2025-03-15"))
    assert account.size_at_delay is None


def test_two_payments_of_a_day_make_one_level():
    account = an_account()
    for _ in range(2):
        account.settle("principal", eur("300"), day("2025-03-24"))

    # 1 000 for 10 days, then 400 for 10: 1.00 and 0.40 a day
    segments = account.interest(day("2025-04-03")).segments
    assert [(10, eur("1000.00")), (10, eur("400.00"))] == [(each.days, each.principal) for each in segments]


def test_a_payment_before_the_delay_lowers_what_bears_interest_from_its_first_day():
    account = an_account()
    account.settle("principal", eur("400"), day("2025-03-01"))

    assert [eur("600.00")] == [each.principal for each in account.interest(day("2025-03-24")).segments]


def test_interest_and_costs_do_not_lower_what_bears_interest():
    account = an_account(costs=[(day("2025-03-20"), eur("50"))])
    account.settle("interest", eur("5"), day("2025-03-24"))
    account.settle("costs", eur("50"), day("2025-03-24"))

    found = account.interest(day("2025-04-03"))
    assert (eur("20.00"), eur("5"), eur("15.00")) == (found.accrued, found.paid, found.open)
    assert eur("1000.00") == account.open


def test_costs_can_be_paid_from_the_day_they_arose():
    account = an_account(costs=[(day("2025-03-20"), eur("50"))])

    assert eur("0") == account.due_of("costs", day("2025-03-19"))
    assert eur("50") == account.due_of("costs", day("2025-03-20"))


def test_the_questioned_part_bears_no_interest_and_is_reached_only_when_asked_for():
    account = an_account(disputed={"amount": "400", "reason": "dented"})

    assert eur("600.00") == account.due_of("principal", day("2025-03-24"))
    assert eur("1000.00") == account.due_of("principal", day("2025-03-24"), disputed=True)
    assert [eur("600.00")] == [each.principal for each in account.interest(day("2025-03-24")).segments]


def test_without_terms_or_where_the_case_says_no_it_bears_no_interest():
    assert not an_account(terms=None).bears_interest
    assert not an_account(interest="no").bears_interest
    assert eur("0") == an_account(interest="no").due_of("interest", day("2025-12-31"))
