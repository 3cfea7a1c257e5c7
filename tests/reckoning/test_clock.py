from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import a_calendar, a_case, a_debt, an_invoice, day

from negotiation_kit.reckoning.clock import set_clock
from negotiation_kit.reckoning.performance import plan_performance


def clock_on(as_of, **changes):
    case = a_case(**changes)
    plan = plan_performance(case, day(as_of), a_calendar())
    return set_clock(case, a_debt(case, day(as_of)), plan, a_calendar())


@pytest.mark.parametrize(
    ("as_of", "stage", "days_left"),
    [
        ("2025-03-10", "prevent", 4),
        ("2025-03-14", "prevent", 0),
        ("2025-03-15", "negotiate", 12),
        ("2025-03-27", "negotiate", 0),
        ("2025-03-28", "claim", 33),
        ("2025-04-30", "claim", 0),
        ("2025-05-01", "court", None),
    ],
)
def test_the_stage_follows_from_the_dates_alone(as_of, stage, days_left):
    clock = clock_on(as_of)

    assert (clock.stage, clock.days_left) == (stage, days_left)


def test_promises_do_not_move_the_clock():
    promise = {"said": "2025-03-18", "amount": "4850000", "pay_by": "2025-04-30"}

    assert clock_on("2025-03-18", promises=[promise]).steps == clock_on("2025-03-18").steps


def test_without_the_notice_the_clock_counts_from_the_day_it_should_have_come():
    clock = clock_on("2025-03-18", finance_notice=None)

    assert not clock.noticed
    assert clock.day_of("window_end") == day("2025-03-27")


def test_a_late_notice_moves_everything_after_it():
    assert clock_on("2025-03-20", finance_notice="2025-03-19").day_of("window_end") == day("2025-03-29")


def test_policy_sets_the_days():
    clock = clock_on("2025-03-18", policy={"negotiation_days": "14", "claim_days": "15", "pulse_days": ["7"]})

    assert clock.day_of("window_end") == day("2025-03-31")
    assert clock.day_of("claim_end") == day("2025-04-17")


def test_nothing_open_has_no_clock():
    assert clock_on("2025-03-25", payments=[{"day": "2025-03-20", "amount": "4850000"}]) is None


def test_the_oldest_open_invoice_sets_it():
    invoices = [an_invoice(), an_invoice(number="old", due="2025-02-28")]

    assert clock_on("2025-03-18", invoices=invoices, finance_notice=None).day_of("due") == day("2025-02-28")


def test_a_signed_plan_is_seen():
    outcome = {"day": "2025-03-24", "signed": "2025-03-24", "schedule": [{"due": "2025-03-26", "amount": "4850000"}]}

    assert clock_on("2025-03-25", outcome=outcome).plan_active
    assert not clock_on("2025-03-23", outcome=outcome).plan_active


PLAN = {
    "day": "2025-03-24",
    "signed": "2025-03-24",
    "schedule": [{"due": "2025-03-26", "amount": "1000000"}, {"due": "2025-04-09", "amount": "3850000"}],
}
FIRST = {"day": "2025-03-26", "amount": "1000000"}


def days_of(clock):
    return [(step.key, step.day.isoformat()) for step in clock.steps]


def disputed(amount, **changes):
    return an_invoice(disputed={"amount": amount, "reason": "dented"}, **changes)


def test_the_clock_runs_from_the_oldest_invoice_with_something_nobody_questions():
    invoices = [disputed("4850000", due="2025-02-28"), an_invoice(number="young")]
    clock = clock_on("2025-03-18", invoices=invoices)

    assert clock.day_of("due") == day("2025-03-14")
    assert clock.escalates


def test_a_partly_questioned_invoice_escalates():
    assert clock_on("2025-03-18", invoices=[disputed("1000000")]).escalates


def test_where_all_that_is_overdue_is_questioned_the_formal_lane_does_not_run():
    clock = clock_on("2025-04-18", invoices=[disputed("4850000")])

    assert not clock.escalates
    assert ("negotiate", None, None) == (clock.stage, clock.stage_ends, clock.days_left)
    assert ["courtesy_note", "due", "finance_notice", "superior_told", "first_call", "checkpoint", "meeting_by"] == [
        step.key for step in clock.steps
    ]


def test_what_is_questioned_before_its_day_is_prevention_without_a_formal_lane():
    clock = clock_on("2025-03-10", invoices=[disputed("4850000")])

    assert ("prevent", False) == (clock.stage, clock.escalates)


def test_before_its_day_the_unquestioned_invoice_sets_the_clock():
    invoices = [disputed("4850000"), an_invoice(number="late", due="2025-03-20")]

    assert clock_on("2025-03-10", invoices=invoices).day_of("due") == day("2025-03-20")


def test_a_report_of_an_older_miss_is_none_of_this_one():
    invoices = [an_invoice(due="2025-03-20")]
    clock = clock_on("2025-03-25", invoices=invoices, finance_notice="2025-03-17")

    assert not clock.noticed
    assert clock.day_of("finance_notice") == day("2025-03-21")


def test_a_plan_holds_the_clock_while_it_is_kept():
    clock = clock_on("2025-04-08", outcome=PLAN, payments=[FIRST])

    assert ("negotiate", None, 3) == (clock.stage, clock.stage_ends, clock.days_left)
    assert clock.next_step is None
    assert "warning" == clock.waiting[0].key
    assert {"claim_letter", "court_file"} <= {step.key for step in clock.waiting}
    assert not {step.key for step in clock.waiting} & {step.key for step in clock.steps}


def test_the_meeting_that_agreed_the_plan_is_done():
    steps = {step.key: step for step in clock_on("2025-03-25", outcome=PLAN).steps}

    assert day("2025-03-24") == steps["meeting_by"].done_on


def test_cure_days_still_hold_the_clock():
    assert clock_on("2025-03-31", outcome=PLAN).plan_active


def test_past_its_cure_days_a_missed_part_sets_the_clock_going_with_the_days_that_were_left():
    """Signed with 3 days left; the part of 26 March could be put right until 31 March."""
    clock = clock_on("2025-04-01", outcome=PLAN)

    assert (day("2025-03-24"), day("2025-04-01"), 8) == (
        clock.suspension.since,
        clock.suspension.until,
        clock.suspension.days,
    )
    assert ("negotiate", day("2025-04-04"), 3) == (clock.stage, clock.stage_ends, clock.days_left)


def test_the_steps_after_a_missed_part_follow_the_rules_from_there():
    assert [
        ("courtesy_note", "2025-03-07"),
        ("due", "2025-03-14"),
        ("finance_notice", "2025-03-17"),
        ("superior_told", "2025-03-17"),
        ("first_call", "2025-03-18"),
        ("checkpoint", "2025-03-21"),
        ("meeting_by", "2025-03-24"),
        ("warning", "2025-04-02"),
        ("window_end", "2025-04-04"),
        ("claim_letter", "2025-04-08"),
        ("pulse", "2025-04-15"),
        ("pulse", "2025-04-22"),
        ("pulse", "2025-04-29"),
        ("second_warning", "2025-05-05"),
        ("pulse", "2025-05-05"),
        ("claim_end", "2025-05-08"),
        ("court_file", "2025-05-09"),
    ] == sorted(days_of(clock_on("2025-04-01", outcome=PLAN)), key=lambda each: (each[1], _PLACE.index(each[0])))


_PLACE = (
    "courtesy_note", "due", "finance_notice", "superior_told", "first_call", "checkpoint", "meeting_by", "warning",
    "window_end", "claim_letter", "second_warning", "pulse", "claim_end", "court_file",
)  # fmt: skip


def test_a_miss_cured_too_late_does_not_hold_the_clock_again():
    payments = [{"day": "2025-04-03", "amount": "1000000"}]

    assert not clock_on("2025-04-05", outcome=PLAN, payments=payments).plan_active


def test_a_plan_signed_in_the_claim_period_moves_its_end_and_not_the_letter():
    agreed = {
        "day": "2025-04-10",
        "signed": "2025-04-10",
        "schedule": [{"due": "2025-04-15", "amount": "1000000"}, {"due": "2025-05-15", "amount": "3850000"}],
    }
    before, after = (clock_on("2025-04-25", outcome=outcome) for outcome in (None, agreed))

    assert day("2025-04-23") == after.suspension.until  # the cure days end on 22 April, after Easter
    assert before.day_of("claim_letter") == after.day_of("claim_letter")
    assert ("claim", day("2025-05-13")) == (after.stage, after.stage_ends)  # 13 days after 30 April
    assert day("2025-05-14") == after.day_of("court_file")
    assert ["2025-04-07", "2025-04-25", "2025-04-30", "2025-05-09"] == [
        each for key, each in days_of(after) if key == "pulse"
    ]


def test_a_step_the_plan_held_says_for_how_long():
    steps = {step.key: step for step in clock_on("2025-04-01", outcome=PLAN).steps}

    assert (8, 0, 0) == (steps["window_end"].held, steps["claim_letter"].held, steps["first_call"].held)


def test_no_act_is_set_on_a_day_on_which_the_plan_still_held():
    clock = clock_on("2025-04-01", outcome=PLAN, policy={"warning_bd": "3"})

    assert all(step.day >= day("2025-04-01") for step in clock.steps if step.key in ("warning", "window_end"))


def test_a_signature_after_the_miss_holds_nothing():
    clock = clock_on("2025-04-10", outcome=PLAN | {"signed": "2025-04-07"})

    assert 0 == clock.suspension.days
    assert days_of(clock_on("2025-04-10")) == days_of(clock)


def test_a_kept_plan_ends_the_clock():
    payments = [FIRST, {"day": "2025-04-09", "amount": "3850000"}]

    assert clock_on("2025-04-09", outcome=PLAN, payments=payments) is None


def test_what_a_kept_plan_left_open_goes_on_the_day_after():
    small = PLAN | {"schedule": [{"due": "2025-03-26", "amount": "1000000"}]}
    clock = clock_on("2025-03-28", outcome=small, payments=[FIRST])

    assert (day("2025-03-27"), day("2025-03-30")) == (clock.suspension.until, clock.stage_ends)


def test_an_invoice_that_fell_due_after_the_meeting_has_a_clock_of_its_own():
    invoices = [an_invoice(), an_invoice(number="young", due="2025-03-28")]
    clock = clock_on("2025-04-05", invoices=invoices, outcome=PLAN, payments=[FIRST])

    assert day("2025-03-28") == clock.day_of("due")
    assert clock.suspension is None


def test_what_a_plan_settles_keeps_the_clock_it_had_when_it_was_signed():
    old = an_invoice(number="old", due="2025-03-10", amount="1000000")
    invoices = [old, an_invoice(amount="3850000")]
    clock = clock_on("2025-04-15", invoices=invoices, outcome=PLAN, payments=[FIRST | {"invoice": "old"}])

    assert day("2025-03-10") == clock.day_of("due")


def test_a_plan_signed_before_the_due_day_covers_what_was_issued():
    early = PLAN | {"day": "2025-03-10", "signed": "2025-03-10"}
    clock = clock_on("2025-03-20", outcome=early)

    assert ("prevent", 4) == (clock.stage, clock.days_left)
    assert clock.plan_active


def test_the_claim_letter_of_a_key_client_waits_for_the_first_person():
    client = {"name": "Példa Bútor Zrt.", "segment": "key"}
    decision = {"day": "2025-03-20", "by": "Szabó Judit", "what": "Send it", "allows": "letter"}

    def guards(**changes):
        steps = {step.key: step for step in clock_on("2025-03-25", client=client, **changes).steps}
        return [(steps[key].needs, steps[key].is_allowed) for key in ("warning", "claim_letter", "court_file")]

    assert [(None, True), ("letter", False), ("court", False)] == guards()
    assert [(None, True), ("letter", True), ("court", False)] == guards(decisions=[decision])
    assert [(None, True)] * 3 == guards(policy={"first_person_signs_court": "no"})


def test_steps_held_back_wait_for_the_first_person_too():
    client = {"name": "Példa Bútor Zrt.", "segment": "key"}
    waiting = {step.key: step for step in clock_on("2025-03-25", client=client, outcome=PLAN).waiting}

    assert "letter" == waiting["claim_letter"].needs


@given(signed=st.dates(day("2025-03-15"), day("2025-05-20")), days=st.integers(1, 40))
@settings(max_examples=60)
def test_the_days_left_are_the_same_before_and_after_a_plan(signed, days):
    """Whatever the day of signing: the clock goes on where it stood, moved by no more than days of rest."""
    agreed = {
        "day": str(signed),
        "signed": str(signed),
        "schedule": [{"due": str(signed + timedelta(days)), "amount": "4850000"}],
    }
    plain = clock_on(str(signed))
    until = clock_on(str(signed + timedelta(days + 20)), outcome=agreed).suspension.until
    held, again = (clock_on(str(when), outcome=agreed) for when in (until - timedelta(1), until))

    assert (plain.stage, plain.days_left) == (held.stage, held.days_left)
    assert plain.stage == again.stage
    assert plain.days_left is None or 0 <= again.days_left - plain.days_left <= 5


@given(signed=st.dates(day("2025-03-15"), day("2025-05-20")))
@settings(max_examples=60)
def test_a_plan_changes_no_step_from_before_its_signing(signed):
    agreed = {
        "day": str(signed),
        "signed": str(signed),
        "schedule": [{"due": str(signed + timedelta(3)), "amount": "4850000"}],
    }
    plain, again = (clock_on(str(signed + timedelta(30)), outcome=outcome) for outcome in (None, agreed))

    def before(clock):
        return [each for each in days_of(clock) if each[1] < str(signed)]

    assert before(plain) == before(again)


def test_what_follows_a_letter_that_waits_for_a_decision_is_no_step_of_ours_yet():
    client = {"name": "Példa Bútor Zrt.", "segment": "key"}
    decision = {"day": "2025-03-20", "by": "Szabó Judit", "what": "Send it", "allows": "letter"}

    clock = clock_on("2025-04-03", client=client)
    allowed = clock_on("2025-04-03", client=client, decisions=[decision])

    assert ("claim_letter", day("2025-03-31")) == (clock.awaited.key, clock.awaited.day)
    assert ["pulse"] * 4 == [step.key for step in clock.coming]
    assert ("claim", None, None) == (clock.stage, clock.stage_ends, clock.days_left)
    assert (None, day("2025-04-30")) == (allowed.awaited, allowed.stage_ends)
    assert {"pulse", "second_warning", "claim_end", "court_file"} == {step.key for step in allowed.coming}


@pytest.mark.parametrize(("as_of", "late"), [("2025-05-05", False), ("2025-05-06", True)])
def test_a_file_is_late_for_court_the_day_after(as_of, late):
    clock = clock_on(as_of)

    assert late == (clock.court_file_late is not None)
    assert not late or clock.court_file_late.day == day("2025-05-05")


def test_what_a_plan_or_a_decision_holds_back_is_not_late_for_court():
    key = {"name": "Példa Bútor Zrt.", "segment": "key"}

    assert clock_on("2025-05-20", client=key).court_file_late is None
    assert clock_on("2025-04-08", outcome=PLAN).court_file_late is None


def test_a_letter_that_went_late_moves_the_claim_period_and_nothing_before_it():
    clock = clock_on("2025-04-10", legal={"claim_letter": "2025-04-07"})

    assert (clock.letter_went, clock.day_of("claim_letter")) == (day("2025-04-07"), day("2025-03-31"))
    assert [step.day for step in clock.steps if step.key == "pulse"] == [
        day(each) for each in ("2025-04-14", "2025-04-17", "2025-04-28", "2025-04-30")
    ]
    assert (clock.stage, clock.day_of("claim_end")) == ("claim", day("2025-05-07"))


def test_a_letter_that_went_early_begins_the_claim_period_and_ends_the_talks():
    clock = clock_on("2025-03-25", legal={"claim_letter": "2025-03-24"})

    assert (clock.stage, clock.stage_ends) == ("claim", day("2025-04-23"))
    assert not {"warning", "window_end", "claim_letter"} & {step.key for step in clock.ahead}


def test_a_letter_still_to_go_or_about_an_older_miss_moves_nothing():
    for letter in ("2025-04-07", "2025-03-01"):
        assert clock_on("2025-04-01", legal={"claim_letter": letter}).steps == clock_on("2025-04-01").steps


def test_the_day_the_letter_names_ends_the_claim_period():
    clock = clock_on("2025-04-10", legal={"claim_letter": "2025-03-31", "claim_until": "2025-04-14"})

    assert (clock.stage_ends, clock.day_of("court_file")) == (day("2025-04-14"), day("2025-04-15"))


def test_a_letter_after_a_missed_plan_is_counted_from_its_own_day():
    outcome = {
        "day": "2025-03-20",
        "signed": "2025-03-20",
        "schedule": [{"due": "2025-03-26", "amount": "4850000"}],
    }
    clock = clock_on("2025-04-20", outcome=outcome, legal={"claim_letter": "2025-04-15"})

    assert clock.suspension.until == day("2025-04-01")
    assert (clock.stage, clock.day_of("claim_end")) == ("claim", day("2025-05-15"))


def test_what_was_filed_is_in_court_whatever_the_days_say():
    clock = clock_on("2025-04-10", legal={"claim_letter": "2025-03-31", "court_filed": "2025-04-08"})

    assert (clock.stage, clock.stage_ends, clock.ahead) == ("court", None, ())
    assert (clock.court_filed, clock.court_file_late) == (day("2025-04-08"), None)


@pytest.mark.parametrize(("legal", "late"), [({}, "2025-03-31"), ({"claim_letter": "2025-03-31"}, None)])
def test_a_letter_nobody_recorded_is_late(legal, late):
    step = clock_on("2025-04-02", legal=legal).claim_letter_late

    assert (step and step.day) == (late and day(late))
