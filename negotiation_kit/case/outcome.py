"""What the meeting brought: all of it is read back and signed by both sides, so it is shared."""

from typing import Literal

from negotiation_kit.case.fields import Amount, Count, Day, Record, Text, Words, YesNo, internal, shared
from negotiation_kit.case.meeting import Hour

AcknowledgedKind = Literal["whole", "part", "none"]
Side = Literal["supplier", "client"]
PayFirst = Literal["earliest due", "latest due", "largest", "smallest"]
Prepayment = Literal["shorter", "smaller", "next part"]
Missed = Literal["spread", "append", "accelerate"]
AgreedInterest = Literal["runs", "inside", "waived if kept", "not claimed"]


class Acknowledgement(Record):
    """How far the client acknowledges the balance."""

    kind: AcknowledgedKind = shared("whole, part or none", example="whole")
    amount: Amount | None = shared(
        "Sum acknowledged; without it the whole undisputed balance", example="4850000", default=None
    )


class AgreedPart(Record):
    """One agreed instalment."""

    due: Day = shared("Day the money is credited", example="2025-03-26")
    amount: Amount = shared("Sum", example="1460000")
    source: Words | None = shared("From which receipt it comes", example="payment of the school order", default=None)


class Action(Record):
    """Who does what by when, and what proves it."""

    what: Words = shared("What is done", example="Sends the signed balance confirmation")
    who: Text = shared("One named person", example="Varga Éva")
    side: Side = shared("Whose person", example="client")
    by: Day = shared("By when", example="2025-03-28")
    proof: Words = shared("What shows that it is done", example="signed letter by mail")
    done: Day | None = shared("Day it was done", example="2025-03-27", default=None)


class Risk(Record):
    """A circumstance under which the money would not come, in the client's words."""

    event: Words = shared("What might happen", example="The school pays later than 5 April")
    early_sign: Words | None = shared("How it would show first", example="no transfer notice by 3 April", default=None)


class NextContact(Record):
    """When and how the two sides speak next."""

    day: Day = shared("Day", example="2025-03-27")
    form: Words = shared("How", example="by phone")
    persons: Text = shared("Who", example="Kiss Anna, Tóth Béla")


class Outcome(Record):
    """The result of one meeting."""

    day: Day = shared("Day of the meeting", example="2025-03-24")
    at: Hour | None = shared("Hour it began", example="10:00", default=None)
    until: Hour | None = shared("Hour it ended", example="11:10", default=None)
    place: Words | None = shared("Where", example="Győr", default=None)
    client_idea: Words | None = shared(
        "The client's own proposal, or that none was made",
        example="A third now, the rest by the end of May",
        default=None,
    )
    circumstances: Words | None = shared(
        "How the debt arose, in agreed neutral words",
        example="A large order of the Client was paid late.",
        default=None,
    )
    acknowledged: Acknowledgement | None = shared(
        "Acknowledgement of the balance", example={"kind": "whole"}, default=None
    )
    schedule: tuple[AgreedPart, ...] = shared("The agreed instalments", example=[], default=())
    interest: AgreedInterest = shared(
        "What happens to interest; inside: the parts hold it", example="waived if kept", default="runs"
    )
    pay_first: PayFirst = shared(
        "Which invoices the parts settle first", example="earliest due", default="earliest due"
    )
    prepayment: Prepayment | None = shared(
        "What money paid early does; else as the plan says, or it lowers the next part",
        example="shorter",
        default=None,
    )
    missed: Missed | None = shared(
        "What a missed part does; else as the plan says, or all is due at once", example="accelerate", default=None
    )
    cooperation: Words | None = shared(
        "Further deliveries and terms", example="New orders are prepaid until 7 May.", default=None
    )
    security: Words | None = shared("Security given, or none", example="none", default=None)
    actions: tuple[Action, ...] = shared("Actions of both sides", example=[], default=())
    risks: tuple[Risk, ...] = shared("Circumstances that may prevent payment", example=[], default=())
    consequence: Words | None = shared(
        "What both sides said follows a missed date", example="You call me the same day.", default=None
    )
    next_step: Words | None = shared(
        "The Supplier's next step then", example="hand the matter to its legal department", default=None
    )
    cure_bd: Count | None = shared(
        "Business days to put a missed part right; else the policy's", example="3", default=None
    )
    next_contact: NextContact | None = shared("Next contact", example={"day": "2025-03-27"}, default=None)
    binding: YesNo = shared("Binding agreement; no: a record only", example="yes", default=True)
    originals: Count = shared("Number of originals", example="2", default=2)
    signed: Day | None = shared("Day both sides signed", example="2025-03-24", default=None)
    notes: Text | None = internal(
        "Own notes on the meeting", example="He wants to look reliable before his board", default=None
    )
