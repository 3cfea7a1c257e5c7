import pytest
from making import a_calendar, a_case, a_law, an_invoice, day

from negotiation_kit.reckoning.agreement import agreement_problems, read_agreement


def an_outcome(**changes):
    plain = {
        "day": "2025-03-24",
        "acknowledged": {"kind": "whole"},
        "schedule": [
            {"due": "2025-03-26", "amount": "1460000"},
            {"due": "2025-04-09", "amount": "1130000"},
            {"due": "2025-04-23", "amount": "1130000"},
            {"due": "2025-05-07", "amount": "1130000"},
        ],
        "actions": [
            {"what": "Sends the form", "who": "Kiss Anna", "side": "supplier", "by": "2025-03-25", "proof": "mail"}
        ],
        "risks": [{"event": "The school pays late"}],
        "consequence": "You call me",
        "next_step": "hand the matter to legal",
        "next_contact": {"day": "2025-03-27", "form": "by phone", "persons": "Kiss Anna, Varga Éva"},
    }
    return {key: value for key, value in (plain | changes).items() if value is not None}


def messages(**changes):
    case_changes = changes.pop("case", {})
    return [
        problem.message
        for problem in agreement_problems(a_case(outcome=an_outcome(**changes), **case_changes), a_law(), a_calendar())
    ]


def test_an_agreement_that_adds_up_is_final():
    assert messages() == []


def test_the_balance_is_that_of_the_meeting_day():
    case = a_case(outcome=an_outcome(), payments=[{"day": "2025-03-26", "amount": "1460000"}])

    agreement = read_agreement(case, a_law(), a_calendar())

    assert agreement.debt.as_of == day("2025-03-24")
    assert str(agreement.schedule.base.amount) == "4850000"
    assert [str(each.left.amount) for each in agreement.schedule.instalments] == ["3390000", "2260000", "1130000", "0"]


def test_without_a_schedule_there_is_no_agreement():
    assert read_agreement(a_case(outcome={"day": "2025-03-24"}), a_law(), a_calendar()) is None
    assert read_agreement(a_case(), a_law(), a_calendar()) is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"schedule": [{"due": "2025-03-26", "amount": "4849999"}]},
            "outcome.schedule adds up to 4849999, the sum to settle is 4850000: 1 missing",
        ),
        (
            {"schedule": [{"due": "2025-03-26", "amount": "4850001"}]},
            "outcome.schedule adds up to 4850001, the sum to settle is 4850000: 1 too much",
        ),
        (
            {"schedule": [{"due": "2025-03-29", "amount": "4850000"}]},
            "outcome.schedule[1].due is 2025-03-29, no business day",
        ),
        (
            {"schedule": [{"due": "2025-03-21", "amount": "4850000"}]},
            "outcome.schedule[1].due is 2025-03-21, before the meeting on 2025-03-24",
        ),
        (
            {"schedule": [{"due": "2025-04-09", "amount": "1"}, {"due": "2025-04-09", "amount": "4849999"}]},
            "outcome.schedule[2].due is 2025-04-09, not after the part before it on 2025-04-09",
        ),
        (
            {"schedule": [{"due": "2025-06-24", "amount": "4850000"}]},
            "the plan is outside a limit: plan_max_days is 92, allowed 90, that is 2025-06-22",
        ),
        ({"risks": []}, "outcome.risks is missing: the minutes cannot be final without it"),
        ({"consequence": None}, "outcome.consequence is missing: the minutes cannot be final without it"),
        ({"actions": []}, "outcome.actions is missing: the minutes cannot be final without it"),
        (
            {"acknowledged": {"kind": "whole", "amount": "4000000"}},
            "outcome.acknowledged.amount is 4000000, the whole undisputed balance is 4850000",
        ),
        ({"acknowledged": {"kind": "part"}}, "outcome.acknowledged.amount is missing: which part?"),
        (
            {"acknowledged": {"kind": "none", "amount": "1"}},
            "outcome.acknowledged has an amount although kind is none",
        ),
    ],
)
def test_what_keeps_the_minutes_from_being_final_is_told(changes, message):
    assert message in messages(**changes)


def test_a_plan_outside_the_authority_needs_a_recorded_approval():
    authority = {"first_part_percent": "40", "approver": "Nagy Péter"}

    assert messages(case={"authority": authority}) == [
        "the plan is outside a limit: first_part_percent is 30.1, allowed 40"
    ]
    approved = authority | {"approved_plan": "Nagy Péter, 2025-03-24"}
    assert messages(case={"authority": approved}) == []


def test_the_questioned_part_is_not_in_the_plan():
    invoice = an_invoice(disputed={"amount": "850000", "reason": "dented"})
    schedule = [{"due": "2025-03-26", "amount": "4000000"}]

    assert messages(schedule=schedule, case={"invoices": [invoice]}) == []


def test_a_part_acknowledged_is_what_the_plan_settles():
    acknowledged = {"kind": "part", "amount": "3000000"}
    schedule = [{"due": "2025-03-26", "amount": "3000000"}]

    assert messages(schedule=schedule, acknowledged=acknowledged) == []


def test_a_day_beyond_the_calendar_is_told_not_guessed():
    told = messages(schedule=[{"due": "2099-03-26", "amount": "4850000"}])

    assert "2099-03-26 is outside calendar HU, which covers 2019-01-01 to 2030-12-31" in told


def test_a_part_larger_than_the_balance_is_told():
    assert "outcome.acknowledged.amount is 5000000, more than the undisputed balance 4850000" in messages(
        acknowledged={"kind": "part", "amount": "5000000"}
    )
