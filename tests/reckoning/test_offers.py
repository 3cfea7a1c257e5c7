from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import a_calendar, a_case, a_debt, an_invoice, day

from negotiation_kit.reckoning.offers import build_offers

CALENDAR = a_calendar()


def offers_of(track, level, as_of="2025-03-20", *, heavy=False, **changes):
    case = a_case(**changes)
    return build_offers(case, a_debt(case, day(as_of)), track, level, heavy=heavy, calendars=CALENDAR)


def parts_of(offer):
    return [(each.due.isoformat(), int(each.amount.amount)) for each in offer.schedule.instalments]


def test_clarify_asks_for_the_whole_sum_at_once():
    offers = offers_of("CLARIFY", 2)

    assert parts_of(offers.opening) == [("2025-03-26", 4850000)]
    assert parts_of(offers.target) == [("2025-03-26", 4850000)]


def test_at_level_zero_the_fallback_is_the_target():
    offers = offers_of("STAGED", 0)

    assert offers.fallback.schedule == offers.target.schedule


@pytest.mark.parametrize("track", ["LEGAL", "STOP"])
def test_some_tracks_make_no_offer(track):
    assert offers_of(track, 2) is None


def test_nothing_undisputed_makes_no_offer():
    invoice = an_invoice(disputed={"amount": "4850000", "reason": "all of it"})

    assert offers_of("RESOLVE", 2, invoices=[invoice]) is None


def test_the_disputed_part_is_in_no_offer():
    invoice = an_invoice(disputed={"amount": "850000", "reason": "dented"})

    assert int(offers_of("RESOLVE", 2, invoices=[invoice]).base.amount) == 4000000


def test_beyond_the_authority_an_offer_says_by_how_much_and_whom_to_ask():
    authority = {"first_part_percent": "30", "last_day_days": "45", "parts": "4", "approver": "Nagy Péter"}

    offers = offers_of("STAGED", 2, authority=authority)

    assert offers.target.inside_authority
    assert [(each.key, str(each.offered), str(each.allowed)) for each in offers.fallback.excesses] == [
        ("first_part_percent", "25.2", "30"),
        ("last_day_days", "58", "45"),
        ("parts", "5", "4"),
    ]
    assert offers.fallback.excesses[0].approver == "Nagy Péter"


def test_a_long_or_heavy_plan_asks_for_security():
    assert not offers_of("STAGED", 3).target.needs_security
    assert offers_of("STAGED", 3).fallback.needs_security
    assert offers_of("STAGED", 3, heavy=True).opening.needs_security
    assert offers_of("SECURED", 0).opening.needs_security


def test_a_key_client_stays_inside_what_management_granted():
    tolerance = {"days": "50", "approved_by": "Szabó Judit", "decided": "2025-01-08", "within": "nudge"}

    offers = offers_of("EXECUTIVE", 2, tolerance=tolerance)

    assert offers.fallback.schedule.last.due <= date(2025, 3, 14) + timedelta(50)


@given(
    base=st.integers(1, 10**11),
    track=st.sampled_from(["CLARIFY", "RESOLVE", "STAGED", "SECURED", "EXECUTIVE"]),
    level=st.integers(0, 3),
    meeting=st.dates(date(2025, 3, 20), date(2026, 9, 1)),
    unit=st.sampled_from(["1", "10000", "123456"]),
)
def test_every_ladder_adds_up_and_descends(base, track, level, meeting, unit):
    offers = offers_of(
        track,
        level,
        invoices=[an_invoice(amount=str(base))],
        meeting={"day": meeting.isoformat()},
        policy={"round_unit": unit},
    )

    for offer in offers.ladder:
        instalments = offer.schedule.instalments
        assert int(offer.schedule.total.amount) == base
        assert all(each.amount.amount > 0 for each in instalments)
        assert instalments[-1].left.is_zero
        assert all(CALENDAR.is_business_day(each.due) for each in instalments)
        assert [each.due for each in instalments] == sorted({each.due for each in instalments})
        assert all(each.amount <= instalments[1].amount for each in instalments[1:])
        assert len(instalments) <= offer.terms.parts
    opening, target, fallback = (each.schedule for each in offers.ladder)
    assert opening.first.amount >= target.first.amount >= fallback.first.amount
    assert opening.last.due <= target.last.due <= fallback.last.due


def test_the_table_of_other_plans_is_worked_out_once_and_only_when_somebody_asks():
    offers = offers_of("STAGED", 2)
    before = "what_if" in vars(offers)

    table = offers.what_if

    assert (before, "what_if" in vars(offers)) == (False, True)
    assert offers.what_if is table
