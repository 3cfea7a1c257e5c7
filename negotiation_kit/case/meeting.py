"""The meeting: when, where, in which form."""

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from negotiation_kit.case.fields import Count, Day, Record, Text, Words, internal, shared

Channel = Literal["call", "video", "in_person"]
OfferName = Literal["opening", "target", "fallback", "plan"]


_HOUR = re.compile(r"([01]?\d|2[0-3]):[0-5]\d", re.ASCII)


def _hour(value: object) -> object:
    if isinstance(value, str) and not _HOUR.fullmatch(value):
        way_out = "write hours and minutes, from 0:00 to 23:59"
        raise PydanticCustomError("kit", "expected {expected}", {"expected": "an hour like 10:00", "hint": way_out})
    return value


Hour = Annotated[str, BeforeValidator(_hour), WithJsonSchema({"type": "string", "pattern": f"^({_HOUR.pattern})$"})]


class Meeting(Record):
    """One meeting; the pack prepares it."""

    day: Day = shared("Day of the meeting", example="2025-03-24")
    at: Hour | None = shared("Hour it begins", example="10:00", default=None)
    until: Hour | None = shared("Hour it ends", example="11:00", default=None)
    place: Words | None = shared("Town or address, or the link of a video call", example="Győr", default=None)
    channel: Channel = shared("Form of the meeting", example="in_person", default="in_person")
    round: Count = internal("Number of this meeting in the case", example="1", default=1)
    approved_by: Text | None = internal(
        "Superior who agreed that there is a third or later meeting", example="Nagy Péter", default=None
    )
    table: OfferName | None = internal(
        "The offer that is put on the table; else your own plan, or without one the opening",
        example="opening",
        default=None,
    )
    proposal_valid_until: Day | None = shared("Last day of our proposal", example="2025-03-31", default=None)
