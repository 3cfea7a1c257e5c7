import pytest
from making import a_calendar, a_case, a_debt, an_invoice, day

from negotiation_kit.reckoning.clock import set_clock


def clock_on(as_of, **changes):
    case = a_case(**changes)
    return set_clock(case, a_debt(case, day(as_of)), a_calendar())


def test_the_check_vector_of_the_method():
    """Method, section 5: D = Friday 14 March 2025, Hungarian calendar."""
    steps = [(step.key, step.day.isoformat()) for step in clock_on("2025-03-18").steps]

    assert steps == [
        ("courtesy_note", "2025-03-07"),
        ("due", "2025-03-14"),
        ("finance_notice", "2025-03-17"),
        ("superior_told", "2025-03-17"),
        ("first_call", "2025-03-18"),
        ("checkpoint", "2025-03-21"),
        ("meeting_by", "2025-03-24"),
        ("warning", "2025-03-25"),
        ("window_end", "2025-03-27"),
        ("claim_letter", "2025-03-31"),
        ("pulse", "2025-04-07"),
        ("pulse", "2025-04-14"),
        ("pulse", "2025-04-17"),
        ("pulse", "2025-04-25"),
        ("second_warning", "2025-04-25"),
        ("claim_end", "2025-04-30"),
        ("court_file", "2025-05-05"),
    ]


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
