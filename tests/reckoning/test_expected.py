from decimal import Decimal

from making import day
from portfolios import alfa, beta, gamma, of, the_three

from negotiation_kit.money import Money
from negotiation_kit.reckoning.expected import Awaited, expected_money
from negotiation_kit.reckoning.keeping import Rate

AS_OF = day("2025-03-24")


def told(weighted) -> tuple[str, str]:
    return str(weighted.best), str(weighted.expected)


def in_eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def test_twelve_iso_weeks_follow_one_another():
    weeks = the_three().expected[0].weeks

    assert [(2025, number) for number in range(13, 25)] == [(week.year, week.number) for week in weeks]
    assert day("2025-03-24") == weeks[0].monday


def test_parts_of_a_signed_plan_are_weighted_by_the_record_of_all_while_there_is_little():
    """Three of four words were kept, so three quarters of 1 000.00 are expected."""
    eur = next(each for each in the_three().expected if each.currency == "EUR")

    assert ("EUR 1000", "EUR 750.00") == told(eur.weeks[0].plan)
    assert ("EUR 0", "EUR 0.00") == told(eur.weeks[1].plan)


def test_what_comes_after_twelve_weeks_is_not_lost():
    eur = next(each for each in the_three().expected if each.currency == "EUR")

    assert ("EUR 1000", "EUR 750.00") == told(eur.later.plan)
    assert day("2025-06-16") == eur.later.monday


def test_dated_promises_stand_apart():
    huf = next(each for each in the_three().expected if each.currency == "HUF")

    assert ("HUF 400000", "HUF 300000") == told(huf.weeks[0].promised)
    assert ("HUF 0", "HUF 0") == told(huf.weeks[0].plan)


def test_five_words_let_a_client_speak_for_itself():
    awaited = [Awaited("own", "plan", AS_OF, in_eur("1000")), Awaited("few", "plan", AS_OF, in_eur("1000"))]
    records = {"own": Rate(4, 5), "few": Rate(0, 3)}

    (eur,) = expected_money(awaited, records, AS_OF)

    assert ("EUR 2000", "EUR 1300.00") == told(eur.weeks[0].plan)  # 1000 x 4/5 + 1000 x 4/8


def test_a_week_is_rounded_once():
    awaited = [Awaited("own", "plan", AS_OF, in_eur("0.01"))] * 3

    (eur,) = expected_money(awaited, {"own": Rate(2, 6)}, AS_OF)

    assert "EUR 0.01" == str(eur.weeks[0].plan.expected)


def test_without_any_record_nothing_is_made_up():
    found = of(alfa(promises=[{"said": "2025-03-20", "amount": "400000", "pay_by": "2025-03-27"}]))

    assert ("HUF 400000", "None") == told(found.expected[0].weeks[0].promised)


def test_a_plan_that_is_not_signed_is_not_counted():
    unsigned = beta().outcome.model_copy(update={"signed": None})

    assert () == of(beta().model_copy(update={"outcome": unsigned})).expected


def test_a_part_missed_past_its_cure_days_is_not_counted_and_one_in_its_cure_days_is_awaited_now():
    """Nothing of the second part came: on 14 March its cure days were over. The third was due on Friday 21."""
    outcome = beta().outcome.model_dump(mode="json")
    for part, due in zip(outcome["schedule"], ("2025-03-04", "2025-03-11", "2025-03-21", "2025-06-24"), strict=True):
        part["due"] = due
    found = of(beta(outcome=outcome, payments=[{"day": "2025-03-04", "amount": "1000"}]))

    assert ("EUR 1000", "EUR 500.00") == told(found.expected[0].weeks[0].plan)


def test_nothing_is_awaited_where_nothing_is_open():
    paid = gamma(
        payments=[{"day": "2025-03-20", "amount": "10000"}],
        promises=[{"said": "2025-03-20", "amount": "400", "pay_by": "2025-03-27"}],
    )

    assert () == of(paid).expected


def test_one_client_in_two_cases_has_one_record():
    """Spaces and capitals make no other client: five words of the first case weigh the promise of the second."""
    kept = [{"said": "2025-03-03", "amount": "10", "pay_by": "2025-03-10"}] * 5
    first = alfa(promises=kept)
    second = alfa(
        case="A-2",
        client={"name": "ALFA  kft."},
        promises=[{"said": "2025-03-20", "amount": "1000", "pay_by": "2025-03-27"}],
    )
    worse = gamma(promises=[{"said": "2025-03-10", "amount": "10", "pay_by": "2025-03-12"}] * 5)

    huf = next(each for each in of(first, second, worse).expected if each.currency == "HUF")

    assert ("HUF 1000", "HUF 1000") == told(huf.weeks[0].promised)
