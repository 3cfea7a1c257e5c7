"""Calendar files: stable marks, nothing of ours in the client's, and what an independent reader makes of them."""

from datetime import datetime, time, timedelta

import pytest
from making import ROOT, day, the_kit

from negotiation_kit.documents.calendar_file import unfolded
from negotiation_kit.problems import Refused

TEXT = (ROOT / "samples" / "after-meeting.yaml").read_text("utf-8")
AFTER = the_kit().check(TEXT, "after-meeting.yaml")


def files(case=AFTER, on="2025-03-24", language="en"):
    return the_kit().calendar(case, as_of=day(on), language=language)


def events(file):
    reader = pytest.importorskip("vobject")
    return {each.uid.value: each for each in reader.readOne(file.content.decode("utf-8")).vevent_list}


def test_ours_is_internal_and_the_clients_lies_with_the_clients_papers():
    ours, theirs = files()

    assert ours.path == "internal/2025-017-D14-monitoring-calendar.en.ics"
    assert theirs.path == "client/2025-017-P03-calendar.en.ics"


@pytest.mark.parametrize("language", ["en", "hu"])
def test_an_independent_reader_reads_both(language):
    for file in files(language=language):
        found = events(file)

        assert len(found) > 5
        assert all(each.summary.value for each in found.values())


def test_the_client_sees_what_both_sides_know_and_not_a_word_of_the_clock():
    _, theirs = files()

    said = unfolded(theirs.content).replace("\u00a0", " ")
    assert "Payment 1 of 4, HUF 1,460,000" in said
    assert "Sends the balance confirmation form" in said
    for ours in ("claim", "court", "Thank", "note ahead", "put part", "warning"):
        assert ours not in said


def test_a_second_import_moves_what_is_there_and_adds_nothing():
    moved = AFTER.outcome.schedule[1].model_copy(update={"due": day("2025-04-10")})
    schedule = (AFTER.outcome.schedule[0], moved, *AFTER.outcome.schedule[2:])
    later = AFTER.model_copy(update={"outcome": AFTER.outcome.model_copy(update={"schedule": schedule})})

    for before, after in zip(files(), files(later, "2025-03-25"), strict=True):
        first, second = events(before), events(after)
        assert second.keys() <= first.keys()
        changed = {mark for mark in second if first[mark].dtstart.value != second[mark].dtstart.value}
        assert changed
        assert all(int(second[mark].sequence.value) > int(first[mark].sequence.value) for mark in second)


def test_the_marks_of_the_two_files_never_meet():
    ours, theirs = files()

    assert not events(ours).keys() & events(theirs).keys()


def test_the_same_day_gives_the_same_bytes():
    assert [file.content for file in files()] == [file.content for file in files()]


def test_the_alarm_of_a_payment_on_a_monday_rings_on_the_friday_before():
    monday = AFTER.outcome.schedule[1].model_copy(update={"due": day("2025-04-14")})
    schedule = (AFTER.outcome.schedule[0], monday, *AFTER.outcome.schedule[2:])
    case = AFTER.model_copy(update={"outcome": AFTER.outcome.model_copy(update={"schedule": schedule})})
    _, theirs = files(case)
    (found,) = [each for each in events(theirs).values() if "Payment 2" in each.summary.value]

    assert found.valarm.trigger.value == timedelta(hours=9) - timedelta(days=3)


def test_a_meeting_keeps_its_hours():
    case = the_kit().check((ROOT / "samples" / "late-payer.yaml").read_text("utf-8"), "late-payer.yaml")
    ours, _ = files(case, "2025-03-20")

    assert "DTSTART:20250324T100000" in unfolded(ours.content)


def test_hostile_words_of_a_case_stay_words():
    nasty = "BEGIN:VEVENT; a, b \\ c: \u0151\u0171 " + "x" * 200
    action = AFTER.outcome.actions[0].model_copy(update={"what": nasty})
    case = AFTER.model_copy(update={"outcome": AFTER.outcome.model_copy(update={"actions": (action,)})})
    _, theirs = files(case)

    assert [each for each in events(theirs).values() if nasty in each.summary.value]


def test_a_language_nobody_has_written_is_refused():
    with pytest.raises(Refused, match="no papers in language 'xx'"):
        files(language="xx")


@pytest.mark.parametrize(
    ("language", "said", "word"),
    [
        ("en", "Pays the debtor's last chance", "last chance"),
        ("hu", "Fizet az utolsó lehetőségig", "utolsó lehetőség"),
    ],
)
def test_a_hard_word_does_not_reach_the_clients_calendar(language, said, word):
    action = AFTER.outcome.actions[0].model_copy(update={"what": said})
    case = AFTER.model_copy(update={"outcome": AFTER.outcome.model_copy(update={"actions": (action,)})})

    with pytest.raises(Refused) as refused:
        files(case, language=language)

    assert f"client/2025-017-P03-calendar.{language}.ics" in str(refused.value)
    assert word in str(refused.value)
    assert "is a hard word" in str(refused.value)


def test_every_alarm_rings_on_a_business_day_whatever_the_entry():
    for case in (AFTER, the_kit().check((ROOT / "samples" / "late-payer.yaml").read_text("utf-8"), "late-payer.yaml")):
        calendars = the_kit().calendars(("HU",))
        for file in files(case, "2025-03-20"):
            found = events(file)
            for each in found.values():
                start = each.dtstart.value
                rings = (datetime.combine(start, time()) if not isinstance(start, datetime) else start) + (
                    each.valarm.trigger.value
                )
                assert calendars.is_business_day(rings.date()), (each.summary.value, rings)
            assert found


def test_an_import_again_replaces_entry_by_entry_as_a_calendar_program_does():
    """A program that keeps one entry a mark, the one with the higher sequence (RFC 5546)."""
    kept = {}
    later = AFTER.model_copy(update={"outcome": AFTER.outcome.model_copy(update={"next_contact": None})})
    for case, on in ((AFTER, "2025-03-24"), (AFTER, "2025-03-24"), (later, "2025-03-25")):
        for mark, each in events(files(case, on)[1]).items():
            if mark not in kept or int(each.sequence.value) >= int(kept[mark].sequence.value):
                kept[mark] = each

    assert len(kept) == len(events(files()[1]))
    assert {each.dtstart.value for each in kept.values()} == {
        each.dtstart.value for each in events(files()[1]).values()
    }
