from dataclasses import fields
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import ROOT, a_calendar, a_case, a_reckoning, an_invoice, day

from negotiation_kit.reckoning.promises import NEEDED, judge_promises


def states(promises, payments, as_of):
    case = a_case(promises=promises, payments=payments)
    return [each.state for each in judge_promises(case, day(as_of), a_calendar()).promises]


def hard(said, pay_by, amount="1000000", **more):
    return {"said": said, "pay_by": pay_by, "amount": amount, **more}


def test_money_in_full_on_the_next_business_day_keeps_a_promise():
    promise = hard("2025-03-18", "2025-03-21")  # a Friday

    assert states([promise], [{"day": "2025-03-24", "amount": "1000000"}], "2025-04-01") == ["kept"]
    assert states([promise], [{"day": "2025-03-25", "amount": "1000000"}], "2025-04-01") == ["broken"]


def test_a_part_is_partly_kept_and_counts_as_broken():
    case = a_case(promises=[hard("2025-03-18", "2025-03-20")], payments=[{"day": "2025-03-20", "amount": "400000"}])

    ledger = judge_promises(case, day("2025-03-25"), a_calendar())

    assert ledger.promises[0].state == "partly kept"
    assert ledger.broken == 1


def test_a_promise_is_open_until_its_last_day_is_over():
    promise = hard("2025-03-18", "2025-03-20")

    assert states([promise], [], "2025-03-21") == ["open"]
    assert states([promise], [], "2025-03-22") == ["broken"]


def test_without_sum_or_day_a_promise_is_soft():
    assert states([{"said": "2025-03-18", "words": "tomorrow"}], [], "2025-04-01") == ["soft"]
    assert states([{"said": "2025-03-18", "pay_by": "2025-03-20"}], [], "2025-04-01") == ["soft"]


def test_one_payment_keeps_one_promise():
    promises = [hard("2025-03-18", "2025-03-20"), hard("2025-03-18", "2025-03-21")]

    assert states(promises, [{"day": "2025-03-20", "amount": "1000000"}], "2025-04-01") == ["kept", "broken"]


def test_money_that_came_before_the_promise_does_not_keep_it():
    assert states([hard("2025-03-18", "2025-03-20")], [{"day": "2025-03-17", "amount": "1000000"}], "2025-04-01") == [
        "broken"
    ]


def test_told_in_time_a_promise_may_move_once_by_little():
    moved = hard("2025-03-18", "2025-03-20", moved_on="2025-03-19", moved_to="2025-03-26")

    assert states([moved], [], "2025-03-25") == ["moved"]
    assert states([moved], [{"day": "2025-03-26", "amount": "1000000"}], "2025-04-01") == ["kept"]
    assert states([moved], [], "2025-04-01") == ["broken"]


def test_a_move_told_too_late_or_too_far_does_not_count():
    late = hard("2025-03-18", "2025-03-20", moved_on="2025-03-20", moved_to="2025-03-26")
    far = hard("2025-03-18", "2025-03-20", moved_on="2025-03-19", moved_to="2025-03-31")

    assert states([late], [], "2025-03-24") == ["broken"]
    assert states([far], [], "2025-03-24") == ["broken"]


def test_promises_made_after_the_day_do_not_exist_yet():
    assert states([hard("2025-03-18", "2025-03-20")], [], "2025-03-17") == []


def ledger(promises, payments=(), as_of="2025-04-01", **changes):
    case = a_case(promises=promises, payments=[{"day": when, "amount": sum_} for when, sum_ in payments], **changes)
    return judge_promises(case, day(as_of), a_calendar())


def test_a_second_move_breaks_a_promise_on_the_day_it_is_told():
    twice = hard("2025-03-18", "2025-03-20", moved_on="2025-03-19", moved_to="2025-03-26", moved_again="2025-03-25")

    assert states([twice], [], "2025-03-24") == ["moved"]
    assert states([twice], [], "2025-03-25") == ["broken"]
    assert states([twice], [{"day": "2025-03-26", "amount": "1000000"}], "2025-04-01") == ["kept"]


def test_the_policy_says_how_long_the_banks_need_and_how_far_a_promise_moves():
    moved = hard("2025-03-18", "2025-03-20", moved_on="2025-03-19", moved_to="2025-03-31")

    assert ledger([moved], as_of="2025-03-28", policy={"promise_move_bd": "7"}).promises[0].state == "moved"
    assert ledger([moved], as_of="2025-03-28", policy={"promise_notice_bd": "0"}).promises[0].state == "broken"
    assert ledger([hard("2025-03-18", "2025-03-20")], as_of="2025-03-21", policy={"promise_bank_bd": "0"}).broken == 1


def test_only_money_of_the_currency_of_the_case_counts():
    invoices = [an_invoice(), an_invoice(number="E-1", amount="500", currency="EUR")]
    case = a_case(
        invoices=invoices,
        promises=[hard("2025-03-18", "2025-03-20", amount="500")],
        payments=[{"day": "2025-03-20", "amount": "500", "currency": "EUR"}],
    )

    assert judge_promises(case, day("2025-04-01"), a_calendar()).promises[0].state == "broken"


def test_a_promise_without_source_or_speaker_is_judged_and_is_to_be_hardened_while_it_runs():
    promise = hard("2025-03-18", "2025-03-20")
    running, judged = (ledger([promise], as_of=when) for when in ("2025-03-19", "2025-04-01"))

    assert [("source", "Q-IDE-04"), ("speaker", "Q-IDE-10")] == [
        (lack.what, lack.question) for lack in running.to_be_hardened[0].lacks
    ]
    assert () == judged.to_be_hardened


def test_a_hard_promise_lacks_nothing():
    promise = hard("2025-03-18", "2025-03-20", source="payment run", speaker="Tóth Béla")

    assert ledger([promise], as_of="2025-03-19").promises[0].lacks == ()


def test_the_questions_that_harden_a_promise_are_in_the_bank():
    bank = (ROOT / "templates" / "questions.yaml").read_text("utf-8")

    assert [] == [question for question in NEEDED.values() if f"id: {question}\n" not in bank]


@pytest.mark.parametrize(
    ("promise", "expected"),
    [
        (hard("2025-03-18", "2025-03-19"), True),
        (hard("2025-03-21", "2025-03-22"), True),  # Saturday, the next calendar day
        (hard("2025-03-21", "2025-03-24"), True),  # Monday, the next business day
        (hard("2025-03-18", "2025-03-20"), False),
        ({"said": "2025-03-18", "words": "It leaves Tomorrow, surely"}, True),
        ({"said": "2025-03-18", "words": "Holnapra meglesz"}, True),
        ({"said": "2025-03-18", "words": "Holnapután utaljuk"}, False),
        ({"said": "2025-03-18", "words": "the day after tomorrow"}, False),
        ({"said": "2025-03-18", "words": "soon"}, False),
    ],
)
def test_a_promise_for_tomorrow_is_known_by_its_day_or_its_words(promise, expected):
    assert ledger([promise]).promises[0].for_tomorrow is expected


THREE = [
    hard("2025-03-18", "2025-03-19", amount="400000"),
    hard("2025-03-20", "2025-03-21", amount="600000"),
    hard("2025-03-25", "2025-03-26", amount="1000000"),
    {"said": "2025-03-27", "words": "tomorrow"},
    hard("2025-03-28", "2025-04-10", amount="500000"),
]
CAME = [("2025-03-19", "400000"), ("2025-03-21", "600000"), ("2025-03-27", "250000")]


def test_promises_are_counted_and_added_up_by_state():
    found = ledger(THREE, CAME)

    assert [
        ("kept", 2, "HUF 1000000", "HUF 1000000"),
        ("partly kept", 1, "HUF 1000000", "HUF 250000"),
        ("open", 1, "HUF 500000", "HUF 0"),
        ("soft", 1, "HUF 0", "HUF 0"),
    ] == [(each.state, each.count, str(each.promised), str(each.received)) for each in found.tallies]
    assert ("HUF 2500000", "HUF 1250000") == (str(found.promised), str(found.received))


def test_the_kept_ones_have_a_size():
    found = ledger(THREE, CAME)

    assert ("HUF 600000", "HUF 1000000") == (str(found.kept_largest), str(found.kept_sum))
    assert ledger(THREE).kept_largest is None


def test_the_share_kept_is_of_those_whose_time_is_over():
    found = ledger(THREE, CAME)

    assert (Decimal(67), Decimal(63)) == (found.kept_percent, found.kept_money_percent)
    assert (3, 4) == (found.judged, found.for_tomorrow)


def test_nothing_judged_has_no_share():
    found = ledger(THREE[4:])

    assert (None, None) == (found.kept_percent, found.kept_money_percent)


def test_what_is_due_today_and_what_comes_next():
    promises = [
        hard("2025-03-18", "2025-03-25"),
        hard("2025-03-18", "2025-03-24", amount="300000"),
        {"said": "2025-03-18", "pay_by": "2025-03-21"},
        hard("2025-03-18", "2025-03-20"),
    ]
    found = ledger(promises, as_of="2025-03-21")

    assert [None] == [each.promised for each in found.due_today]
    assert ["2025-03-24", "2025-03-25"] == [str(each.agreed_day) for each in found.coming]
    assert found.next is found.coming[0]
    assert ledger([], as_of="2025-03-21").next is None


def test_the_facts_for_a_file_handed_over_are_days_and_sums_alone():
    found = ledger(THREE[:3], CAME).facts

    assert {"date", "Money", "NoneType"} == {
        type(getattr(fact, field.name)).__name__ for fact in found for field in fields(fact)
    }
    assert (day("2025-03-27"), "HUF 250000") == (found[2].last_received, str(found[2].received))


DAYS = st.dates(day("2025-03-15"), day("2025-05-15"))
SUMS = st.integers(1, 3_000_000)
PROMISES = st.lists(
    st.builds(
        lambda said, days, amount, words: {
            "said": str(said), "pay_by": str(said + timedelta(days)), "amount": str(amount), "words": words
        },
        DAYS, st.integers(0, 20), SUMS, st.sampled_from(["tomorrow", "holnap", "soon"]),
    ),
    max_size=6,
)  # fmt: skip
PAYMENTS = st.lists(st.tuples(DAYS.map(str), SUMS.map(str)), max_size=6)


@given(promises=PROMISES, payments=PAYMENTS, as_of=DAYS)
def test_every_payment_is_counted_once(promises, payments, as_of):
    found = ledger(promises, payments, str(as_of))
    came = sum(Decimal(amount) for when, amount in payments if when <= str(as_of))

    assert found.received.amount <= came
    assert all(each.received <= each.promised for each in found.promises)
    assert all(each.received.amount == sum(one.amount.amount for one in each.arrivals) for each in found.promises)


@given(promises=PROMISES, payments=PAYMENTS)
def test_every_promise_is_in_one_state(promises, payments):
    found = ledger(promises, payments, "2025-05-01")

    assert found.made == sum(each.count for each in found.tallies)
    assert found.promised.amount == sum(each.promised.amount for each in found.tallies)


@given(promises=PROMISES, payments=PAYMENTS, as_of=DAYS)
@settings(max_examples=50)
def test_promises_never_move_the_clock(promises, payments, as_of):
    """Method, section 2: only money or a signed plan moves it."""
    paid = [{"day": when, "amount": sum_} for when, sum_ in payments]
    without, with_them = (a_reckoning(a_case(promises=made, payments=paid), as_of).clock for made in ([], promises))

    assert without == with_them


def test_the_payments_counted_stand_in_the_order_of_their_days():
    promise = hard("2025-03-18", "2025-03-21")
    arrivals = ledger([promise], [("2025-03-21", "300000"), ("2025-03-19", "300000")]).promises[0].arrivals

    assert ["2025-03-19", "2025-03-21"] == [str(each.day) for each in arrivals]
