from making import a_calendar, a_case, a_reckoning, day

from negotiation_kit.days import Rest
from negotiation_kit.money import Money
from negotiation_kit.reckoning.moves import moves_of
from negotiation_kit.reckoning.schedule import Instalment, Schedule

NOTHING = Money.zero("HUF")


def a_schedule(*days):
    """Parts by the day wished and the day it became."""
    parts = [
        Instalment(number, day(due), NOTHING, NOTHING, wished=day(wished) if wished else None)
        for number, (wished, due) in enumerate(days, start=1)
    ]
    return Schedule(NOTHING, tuple(parts))


def moved(schedule, clock=None, codes=("HU",)):
    return [(str(move.counted), str(move.day)) for move in moves_of(schedule, clock, a_calendar(*codes))]


def test_a_day_that_stayed_is_no_move():
    assert [] == moved(a_schedule(("2025-04-25", "2025-04-25")))


def test_a_day_given_by_hand_is_no_move():
    assert [] == moved(a_schedule((None, "2025-04-25")))


def test_a_moved_day_is_told_with_the_day_that_was_counted():
    assert [("2025-04-26", "2025-04-25")] == moved(a_schedule(("2025-04-26", "2025-04-25")))


def test_every_move_is_told_once_in_the_order_of_the_days():
    parts = (("2025-05-01", "2025-04-30"), ("2025-04-26", "2025-04-25"), ("2025-05-01", "2025-04-30"))

    assert [("2025-04-26", "2025-04-25"), ("2025-05-01", "2025-04-30")] == moved(a_schedule(*parts))


def test_every_calendar_says_why():
    (move,) = moves_of(a_schedule(("2025-12-26", "2025-12-23")), None, a_calendar("HU", "AT"))

    assert ["HU", "AT"] == [rest.calendar for rest in move.why]
    assert {"holiday"} == {rest.kind for rest in move.why}


def test_a_day_the_case_adds_is_a_reason_too():
    calendars = a_calendar().added([day("2025-04-25")])
    (move,) = moves_of(a_schedule(("2025-04-25", "2025-04-24")), None, calendars)

    assert (Rest("", "added", ""),) == move.why


def test_the_days_of_a_clock_are_told_like_those_of_a_schedule():
    clock = a_reckoning(a_case(), day("2025-03-20")).clock

    assert [("2025-03-22", "2025-03-21")] == [
        (counted, to) for counted, to in moved(None, clock) if counted < "2025-04-01"
    ]


def test_without_schedule_and_clock_nothing_moved():
    assert [] == moved(None)
