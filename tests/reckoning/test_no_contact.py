from making import a_calendar, a_case, day

from negotiation_kit.reckoning.no_contact import no_contact


def tried(*attempts, as_of="2025-04-01", **changes):
    contacts = [{"day": when, "channel": channel, "answered": "no"} for when, channel in attempts]
    return no_contact(a_case(contacts=contacts, **changes), day(as_of), a_calendar())


def test_while_somebody_answers_there_is_nothing_to_say():
    assert tried() is None
    assert (
        no_contact(a_case(contacts=[{"day": "2025-03-18", "channel": "phone"}]), day("2025-04-01"), a_calendar())
        is None
    )


def test_what_is_missing_before_the_friendly_means_are_used_up():
    """Method, section 5: at least five attempts over three channels and five business days."""
    found = tried(("2025-03-18", "phone"), ("2025-03-19", "phone"), ("2025-03-20", "mail"))

    assert (3, ("phone", "mail"), 3) == (len(found.attempts), found.channels, found.span_bd)
    assert (2, 1, 2) == (found.missing_attempts, found.missing_channels, found.missing_span_bd)
    assert not found.is_exhausted


def test_the_last_attempt_is_a_letter():
    days = ["2025-03-18", "2025-03-19", "2025-03-20", "2025-03-21", "2025-03-24"]
    channels = ["phone", "mail", "phone", "visit", "letter"]
    found = tried(*zip(days, channels, strict=True))

    assert found.is_exhausted
    assert found.ends_in_letter
    assert not tried(("2025-03-18", "phone")).ends_in_letter


def test_the_policy_says_how_much_is_enough():
    policy = {"attempts_legal": "1", "channels_legal": "1", "attempts_span_bd": "1"}

    assert tried(("2025-03-18", "phone"), policy=policy).is_exhausted


def test_attempts_of_tomorrow_are_not_known_today():
    assert tried(("2025-03-18", "phone"), as_of="2025-03-17") is None
