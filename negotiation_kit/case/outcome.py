"""What the meeting brought: all of it is read back and signed by both sides, so it is shared."""

from decimal import Decimal
from typing import Literal

from negotiation_kit.case.fields import Amount, Count, Day, Percent, Record, Text, Words, YesNo, internal, shared
from negotiation_kit.case.meeting import Channel, Hour

AcknowledgedKind = Literal["whole", "part", "none"]
Side = Literal["supplier", "client"]
PayFirst = Literal["earliest due", "latest due", "largest", "smallest"]
Prepayment = Literal["shorter", "smaller", "next part"]
Missed = Literal["spread", "append", "accelerate"]
AgreedInterest = Literal["runs", "inside", "waived if kept", "not claimed"]
Ended = Literal["agreed", "open"]
GuarantorKind = Literal["company", "sole trader", "private person"]

ALL_OF_IT = Decimal(100)
"""Percent of the interest where the minutes name no share."""
NO_SECURITY = frozenset({"none", "nincs"})
"""What people write where no security was given."""


class Acknowledgement(Record):
    """How far the client acknowledges the balance."""

    kind: AcknowledgedKind = shared("whole, part or none", example="whole")
    amount: Amount | None = shared(
        "Sum acknowledged; without it the whole undisputed balance", example="4850000", default=None
    )
    unclear: Amount | None = shared(
        "Sum past its day that is neither acknowledged nor in question, as it was read back",
        example="350000",
        default=None,
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


class OpenPoint(Record):
    """Something the meeting could not settle."""

    what: Words = shared("What stays open", example="Whether the second delivery was short")
    side: Side | None = shared("Whose answer it waits for", example="client", default=None)
    by: Day | None = shared("Day of the answer", example="2025-03-31", default=None)


class Guarantor(Record):
    """Who stands beside the client for the schedule; signs a block of his own."""

    name: Text = shared("Full legal name", example="Tóth Béla")
    kind: GuarantorKind = shared("company, sole trader or private person", example="private person")
    address: Text = shared("Seat or address", example="9700 Szombathely, Példa köz 2.")
    registration: Text | None = shared("Registration number of a company", example="18-10-000001", default=None)
    signatory: Text | None = shared("Who signs for a company", example="Tóth Béla", default=None)
    position: Words | None = shared("Position of that person", example="managing director", default=None)
    limit: Amount | None = shared(
        "Highest sum answered for; else the whole of the schedule", example="3000000", default=None
    )


class Confirmation(Record):
    """The power to sign is not shown yet: who confirms the minutes for the client, and until when."""

    by: Words = shared("Who confirms", example="Tóth Béla, managing director")
    until: Day = shared("Last day of the confirmation", example="2025-03-28")


class Change(Record):
    """One difference from the version of the minutes before this one."""

    point: Count = shared("Point of the minutes, 1 to 18", example="7")
    what: Words = shared("What is different", example="The second part is paid on 11 April instead of 9 April.")


class Shift(Record):
    """One part that the client moved, as point 12 of signed minutes allows once."""

    part: Count = shared("Number of the part, as in the minutes", example="2")
    to: Day = shared("The new day", example="2025-04-16")
    told: Day = shared("Day the client told it in writing", example="2025-04-04")
    reason: Words | None = shared("Why, in the client's words", example="The school pays a week later", default=None)


class Outcome(Record):
    """The result of one meeting."""

    day: Day = shared("Day of the meeting", example="2025-03-24")
    at: Hour | None = shared("Hour it began", example="10:00", default=None)
    until: Hour | None = shared("Hour it ended", example="11:10", default=None)
    place: Words | None = shared("Where", example="Győr", default=None)
    channel: Channel | None = shared(
        "Form in which it was held; else as it was planned", example="in_person", default=None
    )
    ended: Ended | None = shared(
        "agreed, or open when both sides parted without a plan; else agreed if there is a schedule",
        example="agreed",
        default=None,
    )
    client_idea: Words | None = shared(
        "The client's own proposal, or that none was made",
        example="A third now, the rest by the end of May",
        default=None,
    )
    our_proposal: Words | None = shared(
        "What the Supplier proposed, as it wishes to have it stated; for a meeting that ended open",
        example="Half now, the rest in two parts until 30 April",
        default=None,
    )
    agreed_facts: tuple[Words, ...] = shared(
        "What both sides hold for true although nothing else is agreed",
        example=["The balance of 24 March 2025 is right."],
        default=(),
    )
    open_points: tuple[OpenPoint, ...] = shared("What stays open", example=[], default=())
    confidential: YesNo = shared(
        "The record is marked as confidential settlement talks; on the word of legal only", example="no", default=False
    )
    circumstances: Words | None = shared(
        "How the debt arose, in agreed neutral words",
        example="A large order of the Client was paid late.",
        default=None,
    )
    acknowledged: Acknowledgement | None = shared(
        "Acknowledgement of the balance", example={"kind": "whole"}, default=None
    )
    balance: Amount | None = shared(
        "The open balance as it was read back; must be the one the invoices give", example="4850000", default=None
    )
    principal_cut: Amount | None = shared(
        "Part of the principal that is given up if the schedule is kept", example="250000", default=None
    )
    schedule: tuple[AgreedPart, ...] = shared("The agreed instalments", example=[], default=())
    ends: Day | None = shared("Agreed last day; no part is later", example="2025-05-07", default=None)
    paid_by: Words | None = shared(
        "Who pays in the client's place, with the reason",
        example="Minta Iskola, from what it owes the Client",
        default=None,
    )
    interest: AgreedInterest = shared(
        "What happens to interest; inside: the parts hold it", example="waived if kept", default="runs"
    )
    waived_percent: Percent | None = shared(
        "Share of the interest that is waived if kept; all of it if nothing stands here", example="50", default=None
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
    guarantor: Guarantor | None = shared(
        "Who answers for the schedule beside the client", example={"name": "Tóth Béla"}, default=None
    )
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
    confirmation: Confirmation | None = shared(
        "Who confirms the minutes for the client if the power to sign is not shown yet",
        example={"by": "Tóth Béla, managing director", "until": "2025-03-28"},
        default=None,
    )
    answer_by: Day | None = shared(
        "Meeting by phone or video: day by which the client answers the mail; else as the policy says",
        example="2025-03-26",
        default=None,
    )
    version: Count = shared("Version of the minutes", example="1", default=1)
    changes: tuple[Change, ...] = shared("What differs from the version before", example=[], default=())
    signed: Day | None = shared("Day both sides signed", example="2025-03-24", default=None)
    shift: Shift | None = shared(
        "The one part the client moved after signing, told in time",
        example={"part": "2", "to": "2025-04-16", "told": "2025-04-04"},
        default=None,
    )
    legal_consent: Text | None = internal(
        "Consent of legal where the minutes need it: who, when", example="Fekete Dóra, 2025-03-24", default=None
    )
    notes: Text | None = internal(
        "Own notes on the meeting", example="He wants to look reliable before his board", default=None
    )

    @property
    def has_security(self) -> bool:
        """Something stands behind the promise: a security, or somebody who answers for it."""
        return self.guarantor is not None or self.security_given is not None

    @property
    def waiver_percent(self) -> Decimal:
        """Share of the interest that falls away if the schedule is kept; the rest stays owed."""
        if self.interest == "waived if kept":
            return ALL_OF_IT if self.waived_percent is None else self.waived_percent
        return ALL_OF_IT if self.interest == "not claimed" else Decimal(0)

    @property
    def security_given(self) -> str | None:
        """What was given as security; nothing where the answer was none."""
        return None if self.security is None or str(self.security) in NO_SECURITY else self.security

    @property
    def is_open(self) -> bool:
        """The two sides parted without a plan."""
        return not self.schedule and self.ended != "agreed"
