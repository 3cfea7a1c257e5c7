from making import a_calendar, a_case, day

from negotiation_kit.reckoning.promises import judge_promises


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
