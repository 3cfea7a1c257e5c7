from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from laying import START, a_ground, a_rate, laid, parts, refused
from making import a_calendar

from negotiation_kit.case.plan import Plan
from negotiation_kit.days import DayUnknown
from negotiation_kit.money import Money
from negotiation_kit.reckoning.plans.ground import Lot, PlanImpossible
from negotiation_kit.reckoning.plans.lay import lay_dated, lay_plan
from negotiation_kit.reckoning.plans.part_days import PartDay
from negotiation_kit.reckoning.schedule import Schedule


def huf(amount):
    return Money(Decimal(amount), "HUF")


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ({"shape": "whole"}, [("2025-03-26", "4850000")]),
        (
            {"shape": "equal", "first": "30%", "parts": "4", "every": "14 days"},
            [
                ("2025-03-26", "1460000"),
                ("2025-04-09", "1130000"),
                ("2025-04-23", "1130000"),
                ("2025-05-07", "1130000"),
            ],
        ),
        (
            {"shape": "equal", "parts": "2", "every": "month", "on": "15", "grace": "30 days", "remainder": "first"},
            [("2025-05-15", "2430000"), ("2025-06-13", "2420000")],
        ),
        (
            {"shape": "shares", "shares": ["30%", "1130000", "rest"], "every": "2 weeks"},
            [("2025-03-26", "1460000"), ("2025-04-09", "1130000"), ("2025-04-23", "2260000")],
        ),
        (
            {"shape": "rising", "parts": "3", "every": "month", "on": "last", "roll": "modified following"},
            [("2025-03-31", "800000"), ("2025-04-30", "1610000"), ("2025-05-30", "2440000")],
        ),
        (
            {"shape": "falling", "parts": "3", "every": "month", "on": "last", "roll": "following"},
            [("2025-03-31", "2430000"), ("2025-04-30", "1620000"), ("2025-06-02", "800000")],
        ),
        (
            {"shape": "seasonal", "months": ["may", "june", "september"], "shares": ["20%", "30%", "rest"]},
            [("2025-05-30", "970000"), ("2025-06-30", "1460000"), ("2025-09-30", "2420000")],
        ),
        (
            {
                "shape": "receipts",
                "first": "10%",
                "share_percent": "50",
                "receipts": [
                    {"day": "2025-04-20", "amount": "8000000", "source": "the hotel"},
                    {"day": "2025-04-05", "amount": "3000000", "source": "the school"},
                ],
            },
            [("2025-03-26", "490000"), ("2025-04-08", "1500000"), ("2025-04-23", "2860000")],
        ),
        (
            {"shape": "fixed", "amount": "2000000", "every": "month", "on": "15"},
            [("2025-04-15", "2000000"), ("2025-05-15", "2000000"), ("2025-06-13", "850000")],
        ),
        (
            {"shape": "carry", "amount": "2000000", "first_day": "2025-04-01"},
            [("2025-04-01", "1620000"), ("2025-04-30", "1620000"), ("2025-05-30", "1610000")],
        ),
        (
            {
                "shape": "list",
                "schedule": [{"due": "2025-03-28", "amount": "850000"}, {"due": "2025-04-20", "amount": "4000000"}],
                "roll": "following",
            },
            [("2025-03-28", "850000"), ("2025-04-22", "4000000")],
        ),
    ],
    ids=lambda value: value["shape"] if isinstance(value, dict) else "",
)
def test_a_worked_example_of_every_shape(plan, expected):
    """HUF 4 850 000, agreed on Monday, 24 March 2025; 18 and 21 April and 1 and 2 May rest.

    1 May 2025 was a Thursday off, so monthly steps from 1 April move to 30 April; 1 June was a Sunday.
    """
    assert expected == parts(laid(**plan))


def test_a_balloon_pays_interest_alone_until_its_end():
    """1 000 000 at 12 %: 2 days to 26 March 657.53, 30 days to 25 April 9 863.01, 31 days to 26 May 10 191.78."""
    ground = a_ground("1000000", terms=a_rate("12"))

    schedule = laid(ground, shape="balloon", parts="3", every="month", interest="inside")

    assert [("2025-03-26", "658"), ("2025-04-25", "9863"), ("2025-05-26", "1010192")] == parts(schedule)
    assert [huf(1000000), huf(1000000), huf(0)] == [part.left for part in schedule.instalments]


def test_interest_inside_unequal_parts_comes_on_top_of_each_principal():
    """1 000 000 at 36.5 % is 1 000 a day; after 400 000 it is 600 a day."""
    ground = a_ground("1000000", terms=a_rate("36.5"))

    schedule = laid(ground, shape="shares", shares=["400000", "rest"], every="14 days", interest="inside")

    assert [("2025-03-26", "402000"), ("2025-04-09", "608400")] == parts(schedule)
    assert (huf(1010400), huf(10400)) == (schedule.total, schedule.interest)


def test_interest_that_was_open_before_is_paid_with_the_first_part():
    """Reckoned on 20 March: 6 more days at 1 000 until the first part."""
    ground = a_ground("1000000", terms=a_rate("36.5"), accrued=huf(5000), accrued_to=date(2025, 3, 20))

    schedule = laid(ground, shape="shares", shares=["400000", "rest"], every="14 days", interest="inside")

    assert [huf(11000), huf(8400)] == [part.interest for part in schedule.instalments]


def test_interest_apart_is_in_no_part():
    ground = a_ground("1000000", terms=a_rate("36.5"), accrued=huf(5000))

    schedule = laid(ground, shape="shares", shares=["400000", "rest"], every="14 days")

    assert schedule.interest is None
    assert huf(1000000) == schedule.total


def test_a_plan_may_agree_on_a_rate_of_its_own():
    ground = a_ground("1000000", terms=a_rate("12"))

    schedule = laid(ground, shape="whole", interest="inside", percent="36.5")

    assert huf(2000) == schedule.interest


def test_without_a_rate_there_is_no_interest_inside():
    why = refused(shape="whole", interest="inside")

    assert ("interest", "plan.interest is 'inside', but there is no rate") == (why.field, str(why))


LOTS = (
    Lot("A", huf(1000000), date(2025, 3, 15)),
    Lot("B", huf(500000), date(2025, 3, 20), bears_interest=False),
    Lot("C", huf(250000), date(2025, 4, 1)),
)


def test_each_part_tells_which_invoices_it_settles():
    schedule = laid(a_ground(lots=LOTS), shape="shares", shares=["1200000", "rest"], every="14 days")

    assert [[("A", 1000000), ("B", 200000)], [("B", 300000), ("C", 250000)]] == [
        [(covered.invoice, int(covered.amount.amount)) for covered in part.covers] for part in schedule.instalments
    ]


def test_an_invoice_without_interest_bears_none_inside_a_plan_either():
    schedule = laid(a_ground(lots=LOTS[1:2], terms=a_rate("36.5")), shape="whole", interest="inside")

    assert huf(0) == schedule.interest


def test_an_invoice_whose_interest_begins_later_bears_it_from_then():
    """C bears 250 a day from 1 April: 9 days until 9 April."""
    ground = a_ground(lots=LOTS[2:], terms=a_rate("36.5"))

    schedule = laid(ground, shape="whole", first_day="2025-04-09", interest="inside")

    assert huf(2250) == schedule.interest


def dated(*wanted):
    return [(PartDay(date.fromisoformat(due), date.fromisoformat(due)), huf(amount)) for due, amount in wanted]


def test_an_agreed_schedule_stays_as_it_was_agreed_and_shows_what_is_left():
    schedule = lay_dated(dated(("2025-03-29", 1000000), ("2025-04-09", 3000000)), a_ground(), inside=False)

    assert [("2025-03-29", "1000000"), ("2025-04-09", "3000000")] == parts(schedule)
    assert [huf(3850000), huf(850000)] == [part.left for part in schedule.instalments]


def test_an_agreed_schedule_of_too_much_shows_that_too():
    assert huf(-150000) == lay_dated(dated(("2025-03-26", 5000000)), a_ground(), inside=False).last.left


def test_an_agreed_part_pays_the_interest_of_its_time_first():
    """1 000 a day: 2 days, then 14 days on 1 000 000 less 98 000."""
    ground = a_ground("1000000", terms=a_rate("36.5"))

    schedule = lay_dated(dated(("2025-03-26", 100000), ("2025-04-09", 914628)), ground, inside=True)

    assert [(huf(2000), huf(902000)), (huf(12628), huf(0))] == [
        (part.interest, part.left) for part in schedule.instalments
    ]


def test_interest_an_agreed_part_does_not_cover_is_carried_on():
    ground = a_ground("1000000", terms=a_rate("36.5"))

    schedule = lay_dated(dated(("2025-03-26", 500), ("2025-04-09", 1015500)), ground, inside=True)

    assert [(huf(500), huf(1000000)), (huf(15500), huf(0))] == [
        (part.interest, part.left) for part in schedule.instalments
    ]


CALENDARS = [("HU",), ("HU", "AT"), ("HU", "SK"), ("GB-EAW",), ("DE",), ("PL",), ("CZ",)]
EVERY = st.sampled_from(["day", "7 days", "14 days", "month", "2 months", "5 business days"])
FIRST = st.sampled_from([None, "1%", "30%", "50%", "99.9%", "100%", "1", "12345"])


def a_shape():
    """A plan of any shape, with what it needs and some of what it may take."""
    number, amount = st.integers(1, 12).map(str), st.integers(10**3, 10**9).map(str)
    steps = {"every": EVERY, "on": st.sampled_from([None, "1", "15", "last"])}
    first = {"first": FIRST}
    months = st.lists(st.sampled_from(["january", "april", "may", "november"]), min_size=1, max_size=4, unique=True)
    share = st.one_of(st.integers(1, 60).map(lambda percent: f"{percent}%"), amount)
    growth = st.sampled_from([None, "5%", "25%", "1000", "500000"])
    made = {
        "whole": {},
        "equal": {"parts": number, "remainder": st.sampled_from(["last", "first"]), **first, **steps},
        "shares": {"shares": st.lists(share, max_size=4).map(lambda shares: [*shares, "rest"]), **steps},
        "rising": {"parts": number, "growth": growth, **first, **steps},
        "falling": {"parts": number, "growth": growth, **first, **steps},
        "balloon": {"parts": number, **first, **steps},
        "seasonal": {"months": months, **first},
        "fixed": {"amount": amount, **first, **steps},
        "carry": {"amount": amount, **first, **steps},
        "receipts": {
            "receipts": st.lists(
                st.fixed_dictionaries(
                    {
                        "day": st.dates(START - timedelta(5), START + timedelta(200)).map(str),
                        "amount": amount,
                        "source": st.sampled_from(["the school", "the hotel"]),
                    }
                ),
                max_size=8,
            ),
            "share_percent": st.sampled_from(["100", "33.3"]),
            "lag_bd": st.integers(0, 5).map(str),
            **first,
        },
    }
    roll = st.sampled_from(["preceding", "following", "modified following"])
    return st.one_of(
        *(st.fixed_dictionaries({"shape": st.just(shape), "roll": roll, **fields}) for shape, fields in made.items())
    )


def what_becomes_of(ground, plan):
    """The schedule, or the field that makes it impossible; a plan may also run out of the calendars."""
    try:
        return lay_plan(Plan.model_validate(plan), ground)
    except PlanImpossible as impossible:
        return impossible.field
    except DayUnknown:
        return "days"


@given(
    made=a_shape(),
    base=st.integers(1, 10**9),
    unit=st.sampled_from(["1", "50", "10000"]),
    codes=st.sampled_from(CALENDARS),
    inside=st.booleans(),
)
def test_a_plan_of_any_shape_is_exact_or_says_why_it_is_not(made, base, unit, codes, inside):
    interest = "inside" if inside or made["shape"] == "balloon" else "apart"
    ground = a_ground(str(base), unit=unit, codes=codes, terms=a_rate("12"))
    schedule = what_becomes_of(ground, {"interest": interest, **made})
    if isinstance(schedule, str):
        return

    calendar, dues = a_calendar(*codes), [part.due for part in schedule.instalments]
    assert base == sum(part.principal.amount for part in schedule.instalments)
    assert schedule.last.left.is_zero
    assert all(part.amount.amount > 0 for part in schedule.instalments if made["shape"] != "balloon")
    assert all(part.principal.amount >= 0 for part in schedule.instalments)
    assert sorted(set(dues)) == dues
    assert all(calendar.is_business_day(due) for due in dues)
    assert dues[0] >= ground.start
    assert schedule.base == sum((each.amount for part in schedule.instalments for each in part.covers), huf(0))


@given(made=a_shape(), base=st.integers(10**6, 10**9), cut=st.integers(1, 10**6 - 1))
def test_how_the_sum_is_made_up_of_invoices_changes_no_part(made, base, cut):
    assume(made["shape"] != "balloon")
    one = a_ground(str(base))
    two = replace(one, lots=(Lot("A", huf(cut), START), Lot("B", huf(base - cut), START)))

    found = [what_becomes_of(ground, made) for ground in (one, two)]

    schedules = [parts(each) if isinstance(each, Schedule) else each for each in found]
    assert schedules[0] == schedules[1]
