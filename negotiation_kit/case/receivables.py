"""What raised or lowered the debt: invoices, credits, payments, what is questioned, what time costs."""

from datetime import date
from typing import Literal

from negotiation_kit.case.fields import (
    Amount,
    Currency,
    Day,
    Month,
    Percent,
    Ratio,
    Record,
    Text,
    Words,
    YesNo,
    internal,
    shared,
)

Basis = Literal["actual/365", "actual/360", "actual/actual", "30/360", "30E/360"]
Per = Literal["year", "month", "day"]
Rounding = Literal["invoice", "segment", "day"]
InterestClaim = Literal["claimed", "for information", "waived if kept", "not claimed"]
Kind = Literal["costs", "interest", "principal"]
"""What a payment can settle."""


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
    currency: Currency | None = shared(
        "Currency, if it is not the case's; it is then reckoned apart", example="EUR", default=None
    )
    delivery: Words | None = shared("Delivery note or order behind it", example="delivery note L-0388", default=None)
    disputed: Dispute | None = shared("The part the client questions", example={"amount": "640000"}, default=None)
    interest: YesNo = shared("Late interest is reckoned on it", example="no", default=True)
    interest_from: Day | None = shared(
        "First day of interest, if it is later than the day after the due day", example="2025-04-01", default=None
    )
    secured: YesNo = shared("A security stands behind it", example="yes", default=False)
    reminded: Day | None = shared("Day of the first written reminder", example="2025-03-20", default=None)


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
    currency: Currency | None = shared(
        "Currency, if it is neither the named invoice's nor the case's", example="EUR", default=None
    )
    invoice: Text | None = shared(
        "Invoice the payer named; else the oldest due is settled first", example="SZ-211", default=None
    )
    settles: Kind | None = shared(
        "What the payer named and we accepted: costs, interest or principal; else the order of settlement decides",
        example="principal",
        default=None,
    )
    reference: Text | None = shared("What the payer wrote", example="part payment SZ-211", default=None)
    bank_entry: Text | None = internal(
        "Mark of the entry in the bank's statement; an entry is booked once",
        example="3f9a1c0d52e8b7a4c611",
        default=None,
    )
    bank_reference: Text | None = internal(
        "The transfer's own number, by which the bank names it again when it takes it back",
        example="E2E-2025-0326-77",
        default=None,
    )
    taken_back: Day | None = shared(
        "Day the bank took it back; from then on it counts as never paid", example="2025-03-28", default=None
    )
    taken_back_entry: Text | None = internal(
        "Mark of that entry in the bank's statement", example="9c61f0d52e8b7a4c6113", default=None
    )

    def stands_on(self, day: date) -> bool:
        """It has come by the day, and the bank has not taken it back by then."""
        return self.day <= day and (self.taken_back is None or self.taken_back > day)


class Cost(Record):
    """A cost of recovery that is claimed."""

    day: Day = shared("Day it arose", example="2025-04-02")
    amount: Amount = shared("Amount claimed", example="15000")
    what: Words = shared("What it was for", example="lawyer's claim letter")
    invoice: Text | None = shared("Invoice it belongs to, if to one alone", example="SZ-211", default=None)


class StatedRate(Record):
    """A reference rate the kit does not know, as the case states it."""

    since: Day = shared("First day it held", example="2027-01-01")
    percent: Percent = shared("Reference rate per year, without the margin", example="6.25")
    source: Text = shared("Where it was read, and when", example="mnb.hu, read on 4 January 2027")
    currency: Currency | None = shared(
        "Currency of the debts it is for, where a case has several", example="EUR", default=None
    )
    until: Day | None = shared(
        "Last day it is known to hold; else the end of its half-year", example="2027-06-30", default=None
    )


class PriceIndex(Record):
    """The official price index of a month, where the law adds inflation to interest."""

    month: Month = shared("Month", example="2025-10")
    percent: Ratio = shared("Index of the month, the month before being 100", example="100.9")
    source: Text = shared("Where it was read", example="State Statistics Service of Ukraine")


class Interest(Record):
    """Simple late interest: the law's, or at the rate of the contract."""

    claim: InterestClaim = shared(
        "How interest is treated in the papers", example="waived if kept", default="for information"
    )
    method: Text | None = shared(
        "Way the law sets the rate, where it leaves a choice", example="each half-year", default=None
    )
    percent: Percent | None = shared("Rate of the contract; without it the law's", example="14.5", default=None)
    per: Per = shared("What the contract's rate is for", example="month", default="year")
    basis: Basis | None = shared(
        "Days of the year the rate is divided by; else the jurisdiction's", example="actual/360", default=None
    )
    source: Words | None = shared(
        "Where the contract's rate comes from", example="contract B-2024/118, point 7.3", default=None
    )
    rounding: Rounding = shared(
        "invoice: once for each invoice; segment: each line of the working; day: the daily amount first",
        example="day",
        default="invoice",
    )
    rates: tuple[StatedRate, ...] = shared("Reference rates the kit does not know yet", example=[], default=())
    inflation: tuple[PriceIndex, ...] = shared("Monthly price indices (Ukraine)", example=[], default=())


class ExchangeRate(Record):
    """What one unit of the fixed sum's currency was worth on a day."""

    day: Day = shared("Day of the rate", example="2025-03-14")
    rate: Ratio = shared("Units of the other currency for one", example="399.55")
    source: Text = shared("Where it was read", example="official rate of the MNB")


class CompensationClaim(Record):
    """What we do about the fixed sum for recovery costs; not written means not yet decided."""

    claim: Literal["claimed", "waived"] = shared("Claimed or waived", example="claimed")
    rates: tuple[ExchangeRate, ...] = shared("Exchange rates for its conversion", example=[], default=())


class Allocation(Record):
    """Which debt and which part of it a payment settles, where payer and claim leave it open."""

    by: Literal["law", "agreement", "principal first"] = shared("Whose order", example="agreement")
    order: tuple[Kind, ...] = shared(
        "Order agreed: of costs, interest and principal", example=["principal", "interest", "costs"], default=()
    )
    across: Literal["invoice by invoice", "kind by kind"] = shared(
        "One invoice wholly before the next, or one kind of all invoices before the next",
        example="kind by kind",
        default="invoice by invoice",
    )
    invoices: Literal["by law", "earliest due", "latest due", "smallest", "largest", "pro rata"] = shared(
        "Which invoice comes first", example="earliest due", default="by law"
    )
    basis: Words | None = shared("Where it is agreed", example="contract B-2024/118, point 5.2", default=None)
