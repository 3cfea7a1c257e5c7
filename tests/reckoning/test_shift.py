"""The one shift: what point 12 of the minutes lets the client move, and what it does to every day after it."""

import pytest
from making import ROOT, a_calendar, a_reckoning, day, the_kit

from negotiation_kit.case.outcome import Shift
from negotiation_kit.case.receivables import Payment
from negotiation_kit.documents.calendar_file import unfolded
from negotiation_kit.documents.catalogue import papers_for
from negotiation_kit.reckoning.letters import letters_of
from negotiation_kit.reckoning.monitoring import watched
from negotiation_kit.reckoning.shift import shift_problems

AFTER = the_kit().check((ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"), "after-meeting.yaml")
FIRST = Payment(day=day("2025-03-26"), amount="1460000")
"""The parts are due on 26 March, 9 and 23 April, 7 May; part 2 could be moved until 7 April, to 16 April at most."""


def moved(*, part=2, to="2025-04-16", told="2025-04-07", payments=(FIRST,), **changes):
    shift = Shift(part=part, to=day(to), told=day(told))
    outcome = AFTER.outcome.model_copy(update={"signed": day("2025-03-24"), "shift": shift, **changes})
    return AFTER.model_copy(update={"outcome": outcome, "payments": payments})


def problems(case):
    return [(each.message, each.hint) for each in shift_problems(case, a_calendar())]


def parts(case, on):
    return {part.number: part for part in a_reckoning(case, day(on)).performance.parts}


def test_a_move_told_in_time_within_the_days_is_fine():
    assert problems(moved()) == []


STAYS = "the part stays due on its day; leave the shift out, or agree a new version of the minutes with the client"


@pytest.mark.parametrize(
    ("case", "message", "hint"),
    [
        (moved(told="2025-04-08"), "outcome.shift.told is 2025-04-08; part 2 could be moved until 2025-04-07", STAYS),
        (
            moved(to="2025-04-17"),
            "outcome.shift.to is 2025-04-17; part 2 may be moved to 2025-04-16 at the latest",
            STAYS,
        ),
        (moved(part=4), "outcome.shift.part is 4, the last part, and the last day stays", STAYS),
        (
            moved(part=5),
            "outcome.shift.part is 5, the schedule has parts 1 to 4",
            "take the number from the minutes",
        ),
        (
            moved(to="2025-04-09"),
            "outcome.shift.to is 2025-04-09, not after 2025-04-09, the day agreed",
            "money that comes early needs no shift",
        ),
        (
            moved(to="2025-04-12"),
            "outcome.shift.to is 2025-04-12, no business day",
            "the business day before is 2025-04-11; ask the client",
        ),
        (
            moved(told="2025-03-20"),
            "outcome.shift.told is 2025-03-20, before the meeting on 2025-03-24",
            "check the day; what was said before is part of the agreement",
        ),
        (
            moved(signed=None),
            "outcome.shift stands there, but no minutes that bind are signed",
            "write outcome.signed too; what is not signed is agreed anew, not moved",
        ),
    ],
)
def test_what_the_clause_does_not_allow_is_refused(case, message, hint):
    assert problems(case) == [(message, hint)]


def test_a_part_near_the_end_is_moved_to_the_last_day_at_most():
    policy = AFTER.policy.model_copy(update={"one_shift_bd": 30})
    case = moved(part=3, to="2025-05-08", told="2025-04-17").model_copy(update={"policy": policy})
    assert [message for message, _ in problems(case)] == [
        "outcome.shift.to is 2025-05-08; part 3 may be moved to 2025-05-07 at the latest"
    ]


def test_before_it_is_told_nothing_has_moved():
    assert parts(moved(), "2025-04-04")[2].due == day("2025-04-09")
    assert parts(moved(), "2025-04-07")[2].due == day("2025-04-16")


def test_the_moved_part_keeps_its_number_and_its_sum():
    part = parts(moved(), "2025-04-10")[2]

    assert (part.is_moved, part.agreed_due, part.state) == (True, day("2025-04-09"), "open")
    assert str(part.amount.amount) == "1130000"


def test_its_cure_days_run_from_the_new_day():
    assert parts(moved(), "2025-04-17")[2].state == "late"
    assert parts(moved(), "2025-04-17")[2].last_day == day("2025-04-23")
    assert parts(moved(), "2025-04-24")[2].state == "missed"


def test_money_fills_the_part_that_is_due_first():
    later = Payment(day=day("2025-04-23"), amount="1130000")
    case = moved(part=2, to="2025-04-28", told="2025-04-07", payments=(FIRST, later))
    found = parts(case, "2025-04-24")

    assert (found[3].state, found[2].state) == ("paid", "open")


def test_the_clock_stands_still_until_the_moved_part_is_missed():
    clock = a_reckoning(moved(), day("2025-04-15")).clock
    assert clock.plan_active
    still = a_reckoning(
        AFTER.model_copy(update={"outcome": moved(shift=None).outcome, "payments": (FIRST,)}), day("2025-04-15")
    )
    assert not still.clock.plan_active


def test_no_note_on_a_missed_part_on_the_old_day_and_one_on_the_new():
    asked = {paper.code for paper in papers_for(a_reckoning(moved(), day("2025-04-10")))}
    then = {paper.code for paper in papers_for(a_reckoning(moved(), day("2025-04-17")))}

    assert not {"C10", "D10"} & asked
    assert {"C10", "D10"} <= then


def test_the_note_ahead_goes_before_the_new_day():
    assert letters_of(a_reckoning(moved(), day("2025-04-07"))).reminder is None
    assert letters_of(a_reckoning(moved(), day("2025-04-14"))).reminder.part.due == day("2025-04-16")


def test_the_calendar_moves_the_entry_it_holds():
    days = {each.about: each.day for each in watched(a_reckoning(moved(), day("2025-04-07"))) if each.key == "part"}
    before, after = (
        the_kit().calendar(moved(), as_of=day(on), language="en")[1] for on in ("2025-04-04", "2025-04-07")
    )

    assert days["part 2"] == day("2025-04-16")
    mark = next(line for line in unfolded(before.content).split("BEGIN:VEVENT") if "Payment 2" in line)
    moved_to = next(line for line in unfolded(after.content).split("BEGIN:VEVENT") if "Payment 2" in line)
    uid = next(line for line in mark.splitlines() if line.startswith("UID:"))
    assert uid in moved_to
    assert "20250416" in moved_to
    assert "20250409" in mark


@pytest.mark.parametrize(
    ("language", "code", "said"),
    [
        ("en", "C10", "Wednesday, 16 April 2025, moved from 9 Apr 2025"),
        ("hu", "C10", "2025. április 16., szerda, eredetileg: 2025. 04. 09."),
        ("en", "D10", "The one shift of point 12 is used: part 2, told on 7 Apr 2025."),
        ("hu", "D10", "A 12. pont szerinti egyetlen halasztás elkelt (2. részlet, jelzés napja: 2025. 04. 07.)."),
    ],
)
def test_call_and_note_say_that_it_was_moved(language, code, said):
    (file,) = the_kit().pack(moved(), as_of=day("2025-04-17"), languages=(language,), forms=("text",), chosen=(code,))

    assert said in " ".join(file.content.decode("utf-8").replace("\N{NO-BREAK SPACE}", " ").split())


def test_the_signed_minutes_are_printed_as_they_were_signed():
    plain = AFTER.model_copy(update={"outcome": moved(shift=None).outcome, "payments": (FIRST,)})
    first, second = (
        next(the_kit().pack(case, as_of=day("2025-04-10"), languages=("en",), forms=("text",), chosen=("C04",)))
        for case in (plain, moved())
    )

    assert first.content == second.content
