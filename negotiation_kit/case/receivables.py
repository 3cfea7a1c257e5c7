"""What raised or lowered the debt: invoices, credits, payments, what is questioned, what time costs."""

from typing import Literal

from negotiation_kit.case.fields import Amount, Day, Percent, Record, Text, Words, internal, shared

Basis = Literal["actual/365", "actual/360"]
InterestClaim = Literal["claimed", "for information", "waived if kept", "not claimed"]


class Dispute(Record):
    """The part of an invoice the client questions; the rest is claimed meanwhile."""

    amount: Amount = shared("Sum in question", example="640000")
    reason: Words = shared("What is said to be wrong", example="12 of 80 cans dented")
    raised: Day | None = shared("Day the complaint was put down in writing", example="2025-03-03", default=None)
    evidence: Words | None = shared("What proves it", example="delivery note with remark, 4 photographs", default=None)
    owner: Words | None = shared("Who decides", example="quality manager of the Supplier", default=None)
    decide_by: Day | None = shared("By when it is decided", example="2025-04-11", default=None)
    pay_by: Day | None = shared("Payment day once decided, for either outcome", example="2025-04-18", default=None)
    our_view: Text | None = internal("Our own view of the complaint", example="justified for 5 cans", default=None)


class Invoice(Record):
    """One invoice."""

    number: Text = shared("Invoice number", example="SZ-211")
    issued: Day = shared("Day of issue", example="2025-02-12")
    due: Day = shared("Due day agreed; the effective one if it fell on a day of rest", example="2025-03-14")
    amount: Amount = shared("Gross amount", example="4850000")
    delivery: Words | None = shared("Delivery note or order behind it", example="delivery note L-0388", default=None)
    disputed: Dispute | None = shared("The part the client questions", example={"amount": "640000"}, default=None)


class Credit(Record):
    """A credit note that lowers an invoice."""

    number: Text = shared("Number of the credit note", example="JV-019")
    invoice: Text = shared("Number of the invoice it lowers", example="SZ-211")
    day: Day = shared("Day of issue", example="2025-03-05")
    amount: Amount = shared("Amount", example="150000")


class Payment(Record):
    """Money credited to our account."""

    day: Day = shared("Day the bank credited it", example="2025-03-20")
    amount: Amount = shared("Amount credited", example="1000000")
    invoice: Text | None = shared(
        "Invoice the payer named; else the oldest due is settled first", example="SZ-211", default=None
    )
    reference: Text | None = shared("What the payer wrote", example="part payment SZ-211", default=None)


class Interest(Record):
    """Simple late interest at a stated yearly rate."""

    percent: Percent = shared("Rate per year", example="14.5")
    basis: Basis = shared("Days of the year the rate is divided by", example="actual/365", default="actual/365")
    source: Words = shared(
        "Where the rate comes from",
        example="Civil Code 6:155, base rate 6.50 % on 1 January 2025 plus 8 points",
    )
    claim: InterestClaim = shared(
        "How interest is treated in the papers", example="waived if kept", default="for information"
    )
