import pytest
from making import a_case, a_reckoning, day

INTEREST = {"percent": "14.5", "source": "contract", "claim": "waived if kept"}
GAP = {
    "judgement": {"cause": "cash_gap", "capacity": "strained"},
    "relationship": {"since": "2024-03-11", "paid_deliveries": "7", "paid_late": "0"},
}


def proposal(**changes):
    return a_reckoning(a_case(**(GAP | changes)), day("2025-03-20")).proposal


@pytest.mark.parametrize(("table", "first"), [("opening", 2430000), ("target", 1460000), ("fallback", 1220000)])
def test_the_offer_the_manager_tables_is_released_and_no_other(table, first):
    assert int(proposal(meeting={"day": "2025-03-24", "table": table}).schedule.first.amount.amount) == first


def test_without_a_word_the_opening_offer_is_tabled():
    assert int(proposal(meeting=None).schedule.first.amount.amount) == 2430000


def test_it_stands_until_its_first_day_or_the_day_the_manager_says():
    assert proposal().valid_until == day("2025-03-26")
    assert proposal(meeting={"day": "2025-03-24", "proposal_valid_until": "2025-03-25"}).valid_until == day(
        "2025-03-25"
    )


def test_interest_is_waived_by_the_level_and_only_when_the_case_says_so():
    # level 2: half of 4 850 000 * 6 days * 14.5 % / 365 = 11 560
    assert str(proposal(interest=INTEREST).waived.amount) == "5780"
    assert proposal(interest=INTEREST | {"claim": "claimed"}).waived is None
    assert proposal().waived is None


@pytest.mark.parametrize(
    ("claim", "left"),
    [("waived if kept", "5780"), ("claimed", "11560"), ("for information", None), ("not claimed", None)],
)
def test_what_of_the_interest_stays_owed_is_said_too(claim, left):
    found = proposal(interest=INTEREST | {"claim": claim}).interest_left

    assert (found and str(found.amount)) == left


def test_interest_inside_the_parts_is_owed_nowhere_else():
    plan = {"shape": "equal", "parts": "2", "every": "14 days", "interest": "inside"}

    assert proposal(interest=INTEREST | {"claim": "claimed"}, plan=plan).interest_left is None


def test_nothing_overdue_has_no_proposal():
    assert a_reckoning(a_case(), day("2025-03-10")).proposal is None


def test_how_far_the_calendars_are_known_goes_with_every_printed_day():
    invoice = {"number": "A", "issued": "2026-10-01", "due": "2026-11-02", "amount": "4850000"}
    case = a_case(invoices=[invoice], finance_notice=None, meeting={"day": "2026-11-30"}, **GAP)

    caveats = a_reckoning(case, day("2026-11-24")).caveats

    assert [(caveat.calendar, caveat.moves_known_to) for caveat in caveats] == [("HU", day("2026-12-31"))]
