from decimal import Decimal

import pytest
from making import a_calendar, a_case, a_debt, an_invoice, day

from negotiation_kit.case.plan import Plan
from negotiation_kit.reckoning.limits import excesses
from negotiation_kit.reckoning.plans.lay import lay_plan
from negotiation_kit.reckoning.plans.standing import ground_of

START = day("2025-03-24")
SIX_PARTS = {"shape": "equal", "first": "25%", "parts": "6", "every": "14 days"}
"""Laid on 24 March 2025 its first part is 25.2 percent, and it ends 72 days later, on 4 June."""


def found(plan=SIX_PARTS, **changes):
    case = a_case(**changes)
    debt = a_debt(case, START)
    schedule = lay_plan(Plan.model_validate(plan), ground_of(debt, case.policy, START, a_calendar()))
    return list(excesses(case, debt, schedule, START))


def keys(plan=SIX_PARTS, **changes):
    return [each.key for each in found(plan, **changes)]


def test_without_limits_nothing_is_exceeded():
    assert keys() == []


def test_the_managers_authority_is_told_by_how_much_and_whom_to_ask():
    authority = {"first_part_percent": "30", "last_day_days": "45", "parts": "4", "approver": "Nagy Péter"}

    excess = found(authority=authority)

    assert [
        ("first_part_percent", "25.2", "30", "4.8"),
        ("last_day_days", "72", "45", "27"),
        ("parts", "6", "4", "2"),
    ] == [(each.key, str(each.offered), str(each.allowed), str(each.over)) for each in excess]
    assert {"Nagy Péter"} == {each.approver for each in excess}
    assert day("2025-05-08") == excess[1].limit_day


def test_exactly_at_a_limit_nothing_is_exceeded():
    schedule = {
        "shape": "list",
        "schedule": [{"due": "2025-03-26", "amount": "1455000"}, {"due": "2025-05-08", "amount": "3395000"}],
    }

    assert [] == keys(schedule, authority={"first_part_percent": "30", "last_day_days": "45", "parts": "2"})


def test_a_share_just_below_the_limit_is_never_shown_as_the_limit():
    schedule = {
        "shape": "list",
        "schedule": [{"due": "2025-03-26", "amount": "1454900"}, {"due": "2025-05-08", "amount": "3395100"}],
    }

    (excess,) = found(schedule, authority={"first_part_percent": "30"})

    # 1 454 900 of 4 850 000 is 29.998 percent
    assert (Decimal("29.9"), Decimal("0.1")) == (excess.offered, excess.over)


def test_the_policy_is_a_limit_of_its_own():
    policy = {"plan_max_days": "70", "parts_max": "5", "security_over_days": "60"}

    assert [("plan_max_days", "72", "70"), ("parts_max", "6", "5")] == [
        (each.key, str(each.offered), str(each.allowed)) for each in found(policy=policy)
    ]


def test_a_key_clients_tolerance_counts_from_the_oldest_due_day():
    """Due on 14 March 2025 and 80 days on is 2 June; the plan ends on 4 June."""
    granted = {"approved_by": "Szabó Judit", "decided": "2025-01-08", "within": "nudge"}

    assert [] == keys(tolerance={"days": "82", **granted})
    (excess,) = found(tolerance={"days": "81", **granted})
    assert ("tolerance", day("2025-06-03"), "Szabó Judit") == (excess.key, excess.limit_day, excess.approver)


def test_no_plan_outlives_a_security():
    (excess,) = found(
        supplier={"name": "Borostyán Festék Kft.", "people": [{"name": "Jogász Ida", "role": "legal"}]},
        securities=[{"kind": "bank guarantee", "expires": "2025-06-03"}, {"kind": "pledge", "expires": "2025-06-04"}],
    )

    assert ("security", day("2025-06-03"), Decimal(1), "Jogász Ida") == (
        excess.key,
        excess.limit_day,
        excess.over,
        excess.approver,
    )


@pytest.mark.parametrize(("ends", "expected"), [("2025-06-03", ["season"]), ("2025-06-04", [])])
def test_a_plan_ends_before_the_season_does(ends, expected):
    assert expected == keys(judgement={"season_ends": ends})


def test_what_is_not_overdue_sets_no_tolerance():
    tolerance = {"days": "1", "approved_by": "Szabó Judit", "decided": "2025-01-08", "within": "nudge"}
    case = a_case(invoices=[an_invoice(due="2025-04-30")], tolerance=tolerance)
    schedule = lay_plan(Plan(shape="whole"), ground_of(a_debt(a_case(), START), case.policy, START, a_calendar()))

    assert [] == list(excesses(case, a_debt(case, START), schedule, START))
