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


SIGNER = {"name": "Tóth Béla", "signs": "alone", "power": "register extract"}
CLIENT = {"name": "Példa Bútor Zrt.", "people": [SIGNER]}


def problems(**changes):
    case = {"client": CLIENT} | changes.pop("case", {})
    return list(agreement_problems(a_case(outcome=an_outcome(**changes), **case), a_law(), a_calendar()))


def messages(**changes):
    return [problem.message for problem in problems(**changes)]


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


@pytest.mark.parametrize(
    ("agreed", "over"), [({"waived_percent": "50"}, []), ({}, ["100"]), ({"interest": "runs"}, [])]
)
def test_the_share_of_the_interest_that_is_waived_is_held_against_the_authority(agreed, over):
    case = {"interest": {}, "authority": {"waiver_percent": "50", "approver": "Nagy Péter"}}

    assert messages(case=case, **({"interest": "waived if kept"} | agreed)) == [
        f"the plan is outside a limit: waiver_percent is {share}, allowed 50" for share in over
    ]


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


def test_a_day_after_the_agreed_end_is_told():
    assert messages(ends="2025-05-06") == [
        "outcome.schedule[4].due is 2025-05-07, after the agreed end on 2025-05-06",
    ]
    assert messages(ends="2025-05-07") == []


def test_the_balance_read_back_is_that_of_annex_1():
    assert messages(balance="4850000") == []
    assert messages(balance="4850001") == ["outcome.balance is 4850001, annex 1 adds up to 4850000 on 2025-03-24"]


def test_acknowledged_questioned_and_unclear_are_all_that_is_past_its_day():
    disputed = {"invoices": [an_invoice(disputed={"amount": "850000", "reason": "dented"})]}
    part = {"kind": "part", "amount": "3000000"}
    schedule = [{"due": "2025-03-26", "amount": "3000000"}]

    assert messages(schedule=schedule, acknowledged=part | {"unclear": "1000000"}, case=disputed) == []
    assert messages(schedule=schedule, acknowledged=part | {"unclear": "999999"}, case=disputed) == [
        "acknowledged 3000000, in question 850000 and unclear 999999 add up to 4849999, past its day is 4850000"
    ]


@pytest.mark.parametrize(("field", "value"), [("what", " "), ("who", " "), ("proof", " ")])
def test_an_action_without_a_word_is_told(field, value):
    action = {"what": "Sends the form", "who": "Kiss Anna", "side": "supplier", "by": "2025-03-25", "proof": "mail"}

    assert messages(actions=[action | {field: value}]) == [f"outcome.actions[1].{field} is blank"]


def test_an_action_done_before_it_was_agreed_is_told():
    action = {"what": "Sends the form", "who": "Kiss Anna", "side": "supplier", "by": "2025-03-21", "proof": "mail"}

    assert messages(actions=[action]) == ["outcome.actions[1].by is 2025-03-21, before the meeting on 2025-03-24"]


LEGAL = {"name": "Borostyán Festék Kft.", "people": [{"name": "Fekete Dóra", "role": "legal"}]}


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"security": "pledge on the paint in stock"}, "the minutes take a security"),
        ({"paid_by": "Minta Iskola"}, "somebody pays in the client's place"),
        (
            {"guarantor": {"name": "Tóth Béla", "kind": "private person", "address": "Szombathely"}},
            "Tóth Béla answers for the schedule",
        ),
        (
            {
                "principal_cut": "50000",
                "schedule": [{"due": "2025-03-26", "amount": "4800000"}],
                "case": {"authority": {"approved_plan": "Nagy Péter, 2025-03-24"}},
            },
            "the minutes give up 50000 of the principal",
        ),
        ({"case": {"checks": {"insolvency": "signal"}}}, "checks.insolvency is signal"),
        ({"case": {"checks": {"insolvency": "open"}}}, "checks.insolvency is open"),
    ],
)
def test_what_legal_must_consent_to_waits_for_its_consent(changes, cause):
    case = {"supplier": LEGAL} | changes.pop("case", {})

    told = problems(**changes, case=case)

    assert [problem.message for problem in told] == [f"{cause}: outcome.legal_consent is missing"]
    assert told[0].hint == "ask Fekete Dóra before anybody signs, and write who consented and when"
    assert messages(**changes, case=case, legal_consent="Fekete Dóra, 2025-03-24") == []


@pytest.mark.parametrize("security", [None, "none", "nincs"])
def test_no_security_needs_no_consent(security):
    assert messages(security=security) == []


def test_nobody_gives_up_principal_alone():
    told = problems(
        principal_cut="50000", schedule=[{"due": "2025-03-26", "amount": "4800000"}], legal_consent="Fekete Dóra"
    )

    assert [problem.message for problem in told] == ["outcome.principal_cut is 50000: nobody gives up principal alone"]


@pytest.mark.parametrize("cut", ["4850000", "5000000", "0"])
def test_a_cut_leaves_something_to_pay(cut):
    approved = {"authority": {"approved_plan": "Nagy Péter, 2025-03-24"}}
    assert messages(principal_cut=cut, legal_consent="Fekete Dóra", case=approved) == [
        f"outcome.principal_cut is {cut}, the sum to settle is 4850000"
    ]


def test_the_schedule_settles_what_is_left_after_the_cut():
    case = a_case(outcome=an_outcome(principal_cut="50000", schedule=[{"due": "2025-03-26", "amount": "4800000"}]))

    agreement = read_agreement(case, a_law(), a_calendar())

    assert str(agreement.given_up.amount) == "50000"
    assert str(agreement.acknowledged.amount) == "4850000"
    assert str(agreement.schedule.base.amount) == "4800000"


def test_without_a_known_power_to_sign_somebody_confirms():
    nobody = {"client": {"name": "Példa Bútor Zrt."}}
    without_source = {"client": CLIENT | {"people": [{"name": "Tóth Béla", "signs": "alone"}]}}
    message = "nobody is known who may sign for the client: the minutes can only be subject to confirmation"

    assert messages(case=nobody) == [message]
    assert messages(case=without_source) == [message]
    assert messages(case=nobody, confirmation={"by": "its director", "until": "2025-03-28"}) == []


def test_a_confirmation_comes_after_the_meeting():
    assert messages(confirmation={"by": "its director", "until": "2025-03-21"}) == [
        "outcome.confirmation.until is 2025-03-21, before the meeting on 2025-03-24"
    ]


def test_a_company_that_answers_for_the_schedule_names_who_signs():
    guarantor = {"name": "Példa Holding Zrt.", "kind": "company", "address": "Szombathely"}

    assert messages(guarantor=guarantor, legal_consent="Fekete Dóra, 2025-03-24") == [
        "outcome.guarantor.signatory is missing: who signs for Példa Holding Zrt.?"
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"version": "0"}, "outcome.version is 0"),
        ({"version": "2"}, "outcome.changes is missing: what differs from version 1?"),
        (
            {"changes": [{"point": "7", "what": "two days later"}]},
            "outcome.changes stands there, but outcome.version is 1",
        ),
        (
            {"version": "2", "changes": [{"point": "19", "what": "two days later"}]},
            "outcome.changes[1].point is 19, the minutes have points 1 to 18",
        ),
    ],
)
def test_a_new_version_says_what_is_different(changes, message):
    assert messages(**changes) == [message]


def test_a_second_version_with_its_differences_is_final():
    assert messages(version="2", changes=[{"point": "7", "what": "two days later"}]) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"ended": "open"}, ["outcome.ended is open, but there is an agreed schedule"]),
        (
            {"ended": "agreed", "schedule": []},
            ["outcome.schedule is missing: the meeting ended with an agreement"],
        ),
        (
            {"ended": "open", "schedule": []},
            ["outcome.open_points is missing: the record without agreement cannot go out without it"],
        ),
        (
            {"ended": "open", "schedule": [], "open_points": [{"what": "the sum"}], "next_contact": None},
            ["outcome.next_contact is missing: the record without agreement cannot go out without it"],
        ),
        ({"ended": "open", "schedule": [], "open_points": [{"what": "the sum"}]}, []),
        ({"schedule": []}, []),
    ],
)
def test_a_meeting_that_ended_open_says_what_stays_open(changes, told):
    assert messages(**changes) == told
