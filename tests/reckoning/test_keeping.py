from decimal import Decimal

from making import a_reckoning
from portfolios import AS_OF, alfa, beta

from negotiation_kit.reckoning.keeping import Rate, money_rates, rate, words_of


def words(case):
    reckoning = a_reckoning(case, AS_OF)
    return list(words_of(reckoning.promises, reckoning.performance))


def test_running_and_soft_promises_are_not_judged():
    promises = [{"said": "2025-03-20", "amount": "1", "pay_by": "2025-03-27"}, {"said": "2025-03-20"}]

    assert [] == words(alfa(promises=promises))


def test_a_promise_kept_in_part_is_not_kept_but_its_money_counts():
    found = words(alfa(promises=[{"said": "2025-03-03", "amount": "800000", "pay_by": "2025-03-10"}]))

    assert Rate(0, 1) == rate(found)
    assert [("HUF 200000", "HUF 800000", Decimal("25.0"))] == [
        (str(each.kept), str(each.of), each.percent) for each in money_rates(found)
    ]


def test_a_part_that_came_after_its_cure_days_stays_missed():
    found = words(beta(payments=[{"day": "2025-03-04", "amount": "1000"}, {"day": "2025-03-20", "amount": "1000"}]))

    assert [("part", True), ("part", False)] == [(word.kind, word.kept) for word in found]
    assert ["EUR 1000", "EUR 0"] == [str(word.came) for word in found]


def test_rates_add_up():
    assert Rate(3, 7) == Rate(1, 2) + Rate(2, 5)
    assert Decimal("42.9") == Rate(3, 7).percent
    assert None is Rate().percent
