"""The manager's own plan: one of the known shapes, said in a line or a few."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from negotiation_kit.case.fields import Amount, Count, Day, Percent, Record, Text, internal
from negotiation_kit.case.outcome import AgreedPart, Missed, PayFirst, Prepayment
from negotiation_kit.periods import Period

Shape = Literal[
    "whole", "equal", "shares", "rising", "falling", "balloon", "seasonal", "receipts", "fixed", "carry", "list"
]
PlanInterest = Literal["apart", "inside", "waived if kept"]
RollRule = Literal["preceding", "following", "modified following", "none"]
MonthName = Literal[
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
]  # fmt: skip

_SHARE = re.compile(r"(?:(\d{1,3}(?:\.\d{1,4})?)\s?%|(\d{1,15}(?:\.\d{1,4})?)|rest)", re.ASCII)
_LAST = "last"
LAST_DAY = 31


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a plan as it is typed: a percentage of the base, a sum, or the rest."""

    percent: Decimal | None = None
    amount: Decimal | None = None

    @property
    def is_rest(self) -> bool:
        """Whatever is left."""
        return self.percent is None and self.amount is None


def _share(value: object) -> object:
    if isinstance(value, Share):
        return value
    match = _SHARE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise PydanticCustomError(
            "kit", "expected {expected}", {"expected": "a part like 30%, 1460000 or rest", "hint": ""}
        )
    percent, amount = match.groups()
    return Share(Decimal(percent) if percent else None, Decimal(amount) if amount else None)


def _period(value: object) -> object:
    if isinstance(value, Period):
        return value
    try:
        return Period.parse(value if isinstance(value, str) else "")
    except ValueError:
        raise PydanticCustomError(
            "kit",
            "expected {expected}",
            {"expected": "a step like 14 days, 2 weeks, month or 10 business days", "hint": ""},
        ) from None


def _day_of_month(value: object) -> object:
    if isinstance(value, int):
        return value
    if value == _LAST:
        return LAST_DAY
    if isinstance(value, str) and value.isascii() and value.isdigit() and 1 <= int(value) <= LAST_DAY:
        return int(value)
    raise PydanticCustomError(
        "kit", "expected {expected}", {"expected": "a day of the month from 1 to 31, or last", "hint": ""}
    )


PartShare = Annotated[Share, PlainValidator(_share), WithJsonSchema({"type": ["string", "number"]})]
Every = Annotated[Period, PlainValidator(_period), WithJsonSchema({"type": "string"})]
DayOfMonth = Annotated[int, PlainValidator(_day_of_month), WithJsonSchema({"type": ["string", "integer"]})]


NEEDED: Mapping[Shape, tuple[str, ...]] = MappingProxyType(
    {
        "whole": (),
        "equal": ("parts", "every"),
        "shares": ("shares", "every"),
        "rising": ("parts", "every"),
        "falling": ("parts", "every"),
        "balloon": ("parts", "every"),
        "seasonal": ("months",),
        "receipts": ("receipts",),
        "fixed": ("amount", "every"),
        "carry": ("amount",),
        "list": ("schedule",),
    }
)
"""What each shape cannot do without."""
_FOR_ALL = (
    "shape",
    "first_day",
    "grace",
    "round_to",
    "roll",
    "interest",
    "percent",
    "pay_first",
    "prepayment",
    "missed",
)
TAKEN: Mapping[Shape, tuple[str, ...]] = MappingProxyType(
    {
        "whole": _FOR_ALL,
        "equal": (*_FOR_ALL, "first", "parts", "every", "on", "remainder"),
        "shares": (*_FOR_ALL, "shares", "every", "on"),
        "rising": (*_FOR_ALL, "first", "parts", "every", "on", "growth"),
        "falling": (*_FOR_ALL, "first", "parts", "every", "on", "growth"),
        "balloon": (*_FOR_ALL, "first", "parts", "every", "on"),
        "seasonal": (*_FOR_ALL, "first", "parts", "months", "on", "shares", "remainder"),
        "receipts": (*_FOR_ALL, "first", "receipts", "share_percent", "lag_bd"),
        "fixed": (*_FOR_ALL, "first", "amount", "every", "on"),
        "carry": (*_FOR_ALL, "first", "amount", "every", "on"),
        "list": ("shape", "schedule", "roll", "interest", "percent", "pay_first", "prepayment", "missed"),
    }
)
"""What each shape makes use of."""


class Receipt(Record):
    """Money the client expects from one of its own customers."""

    day: Day = internal("Day it is expected", example="2025-04-05")
    amount: Amount = internal("Sum expected", example="3000000")
    source: Text = internal("From whom, for what", example="second payment of the school")


class Plan(Record):
    """A repayment plan by its shape; what is not written follows the policy."""

    shape: Shape = internal(
        "whole, equal, shares, rising, falling, balloon, seasonal, receipts, fixed, carry or list", example="equal"
    )
    first: PartShare | None = internal("First part: percent of the base, or a sum", example="30%", default=None)
    first_day: Day | None = internal(
        "Day of the first part; else as soon after the meeting as the policy says", example="2025-03-26", default=None
    )
    grace: Every | None = internal("Time before the first part", example="30 days", default=None)
    parts: Count | None = internal("Number of parts, the first included", example="4", default=None)
    every: Every | None = internal("Step between parts: 14 days, 2 weeks, month", example="14 days", default=None)
    on: DayOfMonth | None = internal("Day of the month for monthly steps, or last", example="15", default=None)
    amount: Amount | None = internal(
        "fixed: the sum each time; carry: what the client can carry", example="400000", default=None
    )
    shares: tuple[PartShare, ...] = internal("shares: each part", example=["30%", "1130000", "rest"], default=())
    growth: PartShare | None = internal(
        "rising, falling: by how much each part differs from the one before, in percent of the first or as a sum",
        example="25%",
        default=None,
    )
    months: tuple[MonthName, ...] = internal(
        "seasonal: months in which a part is paid", example=["may", "june", "september"], default=()
    )
    receipts: tuple[Receipt, ...] = internal("receipts: what the client expects", example=[], default=())
    share_percent: Percent = internal(
        "receipts: how much of each receipt goes to us", example="50", default=Decimal(100)
    )
    lag_bd: Count = internal("receipts: business days after each receipt", example="2", default=2)
    schedule: tuple[AgreedPart, ...] = internal("list: the parts by hand", example=[], default=())
    round_to: Amount | None = internal("Parts are multiples of this; else the policy's", example="10000", default=None)
    remainder: Literal["last", "first"] = internal("Part that takes the remainder", example="last", default="last")
    roll: RollRule = internal("Where a day goes that is no business day", example="preceding", default="preceding")
    interest: PlanInterest = internal(
        "apart: settled after the plan; inside: in the parts; waived if kept", example="inside", default="apart"
    )
    percent: Percent | None = internal(
        "Rate agreed for the time of the plan; else the rate of the case", example="8", default=None
    )
    pay_first: PayFirst = internal(
        "Which invoices the parts settle first", example="earliest due", default="earliest due"
    )
    prepayment: Prepayment = internal(
        "What money paid early does: shorter plan, smaller parts, or the next part",
        example="shorter",
        default="next part",
    )
    missed: Missed = internal(
        "What a missed part does: spread over the rest, append at the end, or all due at once",
        example="accelerate",
        default="accelerate",
    )
