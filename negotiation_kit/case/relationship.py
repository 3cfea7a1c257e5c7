"""What the two companies have behind and before them."""

from typing import Literal

from negotiation_kit.case.fields import Amount, Count, Day, Record, Text, Words, internal, shared

Prospects = Literal["high", "medium", "low"]


class Contract(Record):
    """The contract the invoices rest on."""

    number: Text | None = shared("Number of the contract", example="B-2024/118", default=None)
    signed: Day | None = shared("Day of signature", example="2024-12-02", default=None)
    ends: Day | None = shared("Last day of the contract", example="2025-12-31", default=None)
    payment_days: Count | None = shared("Agreed payment term in days", example="30", default=None)
    law_and_court: Words | None = shared(
        "What it says of law and court", example="Hungarian law, the court at the Supplier's seat (12.3)", default=None
    )


class Event(Record):
    """A dated line of the common history."""

    day: Day = internal("When", example="2024-10-01")
    what: Text = internal("What happened", example="First test order, HUF 380 000, paid in 20 days")


class Delay(Record):
    """An earlier invoice that was paid late."""

    due: Day = internal("Due day", example="2024-11-15")
    paid: Day = internal("Day the money arrived", example="2024-11-27")
    amount: Amount | None = internal("Amount", example="620000", default=None)
    note: Text | None = internal("What happened", example="Accountant on holiday", default=None)


class Relationship(Record):
    """The history of the relationship; the approach is chosen from it."""

    since: Day | None = internal("First order or delivery", example="2024-10-01", default=None)
    contract: Contract | None = shared("The contract in force", example={"number": "B-2024/118"}, default=None)
    paid_deliveries: Count | None = internal("Deliveries paid so far", example="7", default=None)
    paid_late: Count | None = internal(
        "How many of those paid in the last 12 months came later than the grace days",
        example="0",
        default=None,
    )
    earlier_delays: tuple[Delay, ...] = internal("Earlier invoices paid late", example=[], default=())
    history: tuple[Event, ...] = internal("Dated lines for the digest", example=[], default=())
    purchases_12m: Amount | None = internal("Purchases of the last 12 months", example="38500000", default=None)
    expected_12m: Amount | None = internal("Purchases expected in the next 12 months", example="48000000", default=None)
    credit_limit: Amount | None = internal("Credit limit granted", example="8000000", default=None)
    our_monthly_turnover: Amount | None = internal("Our own monthly turnover", example="210000000", default=None)
    prospects: Prospects | None = internal("Outlook for the coming year", example="medium", default=None)
    prospects_reason: Text | None = internal(
        "One line why", example="Opens a second plant in May; our water-based line is specified", default=None
    )
    valued_in_us: tuple[Text, ...] = internal(
        "What the client values in us", example=["colour matching within two days"], default=()
    )
    next_success: Words | None = shared(
        "The concrete prospect both sides look forward to",
        example="the start of the second plant",
        default=None,
    )
