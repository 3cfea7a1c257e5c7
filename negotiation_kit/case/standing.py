"""How the client stands and what we think of it: signals with source, the judgement, the checks made."""

from typing import Literal

from negotiation_kit.case.fields import Amount, Day, Record, Text, YesNo, internal

Weight = Literal["hard", "soft"]
Cause = Literal[
    "oversight", "admin", "our_error", "dispute", "cash_gap", "seasonal", "chain", "structural", "strategic",
    "person_change", "external", "integrity", "unknown",
]  # fmt: skip
Capacity = Literal["good", "strained", "distressed", "unknown"]
Will = Literal["cooperative", "evasive", "hostile", "bad_faith", "unknown"]
Insolvency = Literal["none", "signal", "open"]
CopyStatus = Literal["found", "missing", "not needed"]


class Signal(Record):
    """A fact about the client's economic situation; never a rumour."""

    day: Day = internal("Day of the fact", example="2025-03-10")
    fact: Text = internal("The fact", example="Largest customer announced late payments")
    source: Text = internal("Where it was read or heard", example="trade paper, 10 March")
    weight: Weight = internal("hard: judgments, tax arrears, blocked account; soft: the rest", example="soft")


class Judgement(Record):
    """The manager's working hypotheses; each is shown as such and can be replaced after the meeting."""

    cause: Cause = internal("Why it was not paid", example="cash_gap", default="unknown")
    cause_for: Text | None = internal("What speaks for it", example="First delay in seven deliveries", default=None)
    cause_against: Text | None = internal("What speaks against it", example="New plant is being built", default=None)
    our_error: Text | None = internal("What went wrong on our side", example="Credit note was late", default=None)
    capacity: Capacity | None = internal(
        "Can the client pay; else drawn from the signals", example="strained", default=None
    )
    will: Will | None = internal(
        "Does the client want to pay; else drawn from the contacts", example="cooperative", default=None
    )
    supply_wanted: YesNo | None = internal("The client wants further deliveries", example="yes", default=None)
    goods_in_stock: YesNo | None = internal("Unsold goods of ours lie at the client", example="no", default=None)
    setoff_possible: YesNo | None = internal("The client has claims on us", example="no", default=None)
    security_held: YesNo | None = internal("We hold a security", example="no", default=None)
    season_ends: Day | None = internal(
        "Last day of the season the client lives from; a plan should end before it", example="2025-09-30", default=None
    )


class Security(Record):
    """A security for the debt; one that expires is a hard edge for every plan."""

    kind: Text = internal("What it is", example="bank guarantee of Minta Bank Nyrt.")
    amount: Amount | None = internal("Sum it covers", example="3000000", default=None)
    expires: Day | None = internal("Last day it can be called", example="2025-06-30", default=None)


class Copies(Record):
    """The papers to have in copy, each found, missing or not needed."""

    contract: CopyStatus | None = internal("Contract and amendments", example="found", default=None)
    general_terms: CopyStatus | None = internal("General terms", example="found", default=None)
    orders: CopyStatus | None = internal("Orders and confirmations", example="found", default=None)
    delivery_notes: CopyStatus | None = internal("Delivery notes with signature", example="missing", default=None)
    invoices: CopyStatus | None = internal("Invoices with proof of sending", example="found", default=None)
    credit_notes: CopyStatus | None = internal("Credit notes", example="not needed", default=None)
    balance_confirmations: CopyStatus | None = internal("Balance confirmations", example="missing", default=None)
    payments: CopyStatus | None = internal("Payments and bookings", example="found", default=None)
    complaints: CopyStatus | None = internal("Complaints and replies", example="not needed", default=None)
    correspondence: CopyStatus | None = internal("Letters, mails, call notes", example="found", default=None)
    promises: CopyStatus | None = internal("Promises in writing", example="found", default=None)
    reminders: CopyStatus | None = internal("Reminders sent", example="found", default=None)
    security: CopyStatus | None = internal("Security papers", example="not needed", default=None)
    powers_of_attorney: CopyStatus | None = internal("Powers of attorney", example="not needed", default=None)
    retention_of_title: CopyStatus | None = internal("Retention-of-title clause", example="found", default=None)


class Checks(Record):
    """What was checked, and when."""

    balance_confirmed: Day | None = internal("Day of the client's written balance", example="2025-03-10", default=None)
    signatory_confirmed: Day | None = internal("Day the power to sign was checked", example="2025-03-17", default=None)
    insolvency: Insolvency | None = internal("What register and press say", example="none", default=None)
    insolvency_checked: Day | None = internal("Day of that check", example="2025-03-17", default=None)
    limitation_ends: Day | None = internal(
        "Day the oldest claim becomes time-barred", example="2030-03-14", default=None
    )
    superior_confirmed: Day | None = internal(
        "Day the superior confirmed bad faith", example="2025-03-20", default=None
    )
    copies: Copies | None = internal("Copies of papers", example={"contract": "found"}, default=None)
