"""Calls, mails, letters and visits, both ways."""

from typing import Literal

from negotiation_kit.case.fields import Day, Record, Text, YesNo, internal, restricted

ContactChannel = Literal["phone", "mail", "letter", "visit", "message", "video"]
Direction = Literal["out", "in"]


class Contact(Record):
    """One contact about the debt."""

    day: Day = internal("When", example="2025-03-18")
    channel: ContactChannel = internal("How", example="phone")
    direction: Direction = internal("out: we called; in: they called", example="out", default="out")
    answered: YesNo = internal("Somebody answered", example="yes", default=True)
    asked_for_day: YesNo = internal("We asked for a payment day", example="no", default=False)
    got_day: YesNo = internal("A payment day was given", example="no", default=False)
    refused_meeting: YesNo = internal("They refused to meet", example="no", default=False)
    person: Text | None = internal("With whom", example="Varga Éva, accounts", default=None)
    note: Text | None = internal("What was said, as fact", example="Invoice waits for the director", default=None)
    tone: Text | None = restricted("Tone, respectfully", example="friendly, a little embarrassed", default=None)
