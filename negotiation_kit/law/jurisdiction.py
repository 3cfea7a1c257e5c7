"""A jurisdiction as a record: what a day of delay costs, the fixed sum, whose debt a payment settles first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from negotiation_kit.case.fields import Amount, Count, Currency, Day, Percent, Record, Text, Words, YesNo, shared
from negotiation_kit.case.receivables import Basis, Kind
from negotiation_kit.law.rates import Confidence, Rates
from negotiation_kit.money import Money

Reference = Literal[
    "each half-year", "half-year of the start", "first day", "30 June or 31 December before", "every day", "fixed"
]
"""Which value of the series rules a day of the delay."""
DebtOrder = Literal["due", "earliest due", "least secured", "reminded", "earliest issued"]
ConversionDay = Literal["first day of delay", "last business day of the month before the due month"]

ANY_CURRENCY = "any"


class RateRule(Record):
    """One way the law sets the rate of late interest."""

    method: Text = shared("Name of the method; the first of a jurisdiction is its default", example="statute")
    law: Words = shared("Act and section", example="Civil Code 6:155 (1)")
    reference: Reference = shared("Which value of the series counts", example="each half-year")
    series: dict[Text, Text] = shared(
        "Series by currency of the debt, or for any currency", example={"HUF": "mnb_base_rate"}, default={}
    )
    margin: Percent = shared("Points on top of the reference rate; of a fixed rate, the rate", example="8")
    basis: Basis = shared("Divisor where the law names none: the kit's choice", example="actual/365")
    inflation: tuple[Currency, ...] = shared(
        "Currencies in which the official inflation index comes on top", example=["UAH"], default=()
    )
    confidence: Confidence = shared("How sure this is", example="high")
    note: Text | None = shared("What to know about it", example="read in the law text", default=None)


class Band(Record):
    """A fixed sum for claims of a size; the last band has no limit."""

    up_to: Amount | None = shared("For claims up to and including", example="5000", default=None)
    below: Amount | None = shared("For claims below", example="1000", default=None)
    amount: Amount = shared("The fixed sum", example="40")


class Compensation(Record):
    """The fixed sum for recovery costs: offered, never added unasked."""

    law: Words = shared("Act and section", example="Act IX of 2016")
    currency: Currency = shared("Currency of the fixed sums", example="EUR")
    measured_in: Currency | None = shared("Currency in which the size is measured", example="PLN", default=None)
    bands: tuple[Band, ...] = shared("Sums by size of the claim", example=[{"amount": "40"}], min_length=1)
    paid_in: Currency | None = shared("Currency it is converted into", example="HUF", default=None)
    converted_on: ConversionDay | None = shared("Day of the exchange rate", example="first day of delay", default=None)
    converted_at: Words | None = shared("Which exchange rate", example="official rate of the MNB", default=None)
    within_months: Count | None = shared(
        "Months from the start of delay in which it may be claimed", example="12", default=None
    )
    confidence: Confidence = shared("How sure this is", example="high")


class Cap(Record):
    """A rate above which a warning is printed; nothing is cut."""

    law: Words = shared("Act and section", example="Government Decree 454/2022")
    applies: Literal["any rate", "contract"] = shared("Whose rate it limits", example="any rate")
    series: Text | None = shared("Series the limit follows", example="nbp_reference_rate", default=None)
    plus: Percent | None = shared("Points added to the reference rate", example="5.5", default=None)
    times: Count = shared("How many times the sum", example="2", default=1)
    percent: Percent | None = shared("The limit itself where it is fixed", example="25", default=None)
    since: Day | None = shared("First day of the rule", example="2022-11-10", default=None)
    until: Day | None = shared("Last day of the rule", example="2026-05-13", default=None)
    confidence: Confidence = shared("How sure this is", example="low")


class AllocationRule(Record):
    """What a payment settles when neither the payer nor an agreement says so."""

    law: Words = shared("Act and section", example="Civil Code 6:41 and 6:46")
    inside: tuple[Kind, ...] = shared("Order inside one debt", example=["costs", "interest", "principal"])
    between: tuple[DebtOrder, ...] = shared("Order between debts", example=["due", "earliest due"])
    pro_rata: YesNo = shared("Debts alike in all of that share the payment", example="yes", default=False)
    confidence: Confidence = shared("How sure this is", example="high")


class WitnessRule(Record):
    """Whose signature needs witnesses."""

    of: tuple[Literal["company", "sole trader", "public body", "private person"], ...] = shared(
        "Kinds of signer", example=["sole trader"], min_length=1
    )
    number: Count = shared("Witnesses of one signature", example="2")
    deed: YesNo = shared("Only where principal is given up, so that the paper is a deed", example="no", default=False)
    law: Words = shared("Act and section", example="Code of Civil Procedure 325 (1)")
    confidence: Confidence = shared("How sure this is", example="high")


class Signing(Record):
    """What stands beside signatures."""

    stamp_place: YesNo = shared("A place for the stamp is a habit", example="yes", default=False)
    witnesses: tuple[WitnessRule, ...] = shared("Witnesses by kind of signer", example=[], default=())


class WaitingTime(Record):
    """How long a claim letter gives by law or custom before anybody goes to court; the company may give more."""

    of: tuple[Literal["company", "sole trader", "public body"], ...] = shared(
        "Kinds of debtor", example=["company"], min_length=1
    )
    days: Count = shared("Days at least", example="14")
    law: Words = shared("Where that comes from", example="Practice Direction on Pre-Action Conduct")
    confidence: Confidence = shared("How sure this is", example="medium")


class CourtWay(Record):
    """What follows an unanswered claim letter, by the size of the claim without interest and costs."""

    up_to: Amount | None = shared("For claims up to and including", example="3000000", default=None)
    currency: Currency | None = shared("Currency in which the size is measured", example="HUF", default=None)
    what: Words = shared("What follows, as a noun", example="an order for payment before a notary")
    law: Words = shared("Act and section", example="Act L of 2009")
    confidence: Confidence = shared("How sure this is", example="high")


class LegalNote(Record):
    """Something the lawyer looks at before the letter goes."""

    text: Words = shared("What to look at", example="A letter does not interrupt limitation.")
    confidence: Confidence = shared("How sure this is", example="high")


class ClaimLetterRules(Record):
    """What a claim letter is called, how long it gives, what follows it, and what a lawyer looks at."""

    title: Words = shared("What it is called", example="Formal demand for payment")
    waiting: tuple[WaitingTime, ...] = shared("Waiting times; none where no rule is known", example=[], default=())
    follows: tuple[CourtWay, ...] = shared("Ways to the court, the smallest claims first", example=[], min_length=1)
    notes: tuple[LegalNote, ...] = shared("What to look at", example=[], default=())

    def waiting_of(self, kind: str) -> WaitingTime | None:
        """The waiting time of a kind of debtor."""
        return next((each for each in self.waiting if kind in each.of), None)

    def way_for(self, amount: Money) -> CourtWay | None:
        """The way for a claim; nothing where its size is measured in another currency."""
        fits = (
            each
            for each in self.follows
            if each.up_to is None or (each.currency == amount.currency and amount.amount <= each.up_to)
        )
        sized = any(each.currency and each.currency != amount.currency for each in self.follows)
        return None if sized else next(fits, None)


class Jurisdiction(Record):
    """The rules of one jurisdiction about money that comes late."""

    jurisdiction: Text = shared("Code", example="HU")
    interest: tuple[RateRule, ...] = shared("Ways the rate is set, the default first", example=[], min_length=1)
    compensation: Compensation | None = shared("The fixed sum", example={"law": "Act IX of 2016"}, default=None)
    caps: tuple[Cap, ...] = shared("Limits of a rate", example=[], default=())
    allocation: AllocationRule = shared("Order of settlement", example={"law": "Civil Code 6:41"})
    signing: Signing = shared("What stands beside signatures", example={"stamp_place": "yes"}, default=Signing())
    claim_letter: ClaimLetterRules = shared("The claim letter", example={"title": "Formal demand for payment"})
    notes: tuple[Text, ...] = shared("What else to know", example=["as of 2026"], default=())

    def rule(self, method: str | None) -> RateRule | None:
        """The named way of setting the rate, the default without a name; nothing when there is no such way."""
        if method is None:
            return self.interest[0]
        return next((rule for rule in self.interest if rule.method == method), None)


@dataclass(frozen=True, slots=True)
class Law:
    """A jurisdiction with the series of rates its rules refer to."""

    jurisdiction: Jurisdiction
    series: Mapping[str, Rates]

    def rates_for(self, rule: RateRule, currency: str) -> Rates:
        """The series that rules a debt of a currency; one without figures where the kit has none."""
        code = rule.series.get(currency) or rule.series.get(ANY_CURRENCY)
        return self.series[code] if code else Rates("", f"reference rate for {currency}")
