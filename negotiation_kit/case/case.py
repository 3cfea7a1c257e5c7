"""One client, one debt, one file."""

from typing import Literal

from negotiation_kit.case.answers import Answer
from negotiation_kit.case.authority import Authority, Decision, Override, Tolerance
from negotiation_kit.case.closing import Closing
from negotiation_kit.case.contacts import Contact
from negotiation_kit.case.fields import CaseNumber, Currency, Day, Record, Text, internal, restricted, shared
from negotiation_kit.case.legal import Legal
from negotiation_kit.case.meeting import Meeting
from negotiation_kit.case.outcome import Outcome
from negotiation_kit.case.party import Client, Supplier
from negotiation_kit.case.plan import Plan
from negotiation_kit.case.policy import Policy
from negotiation_kit.case.promises import Promise
from negotiation_kit.case.receivables import Allocation, CompensationClaim, Cost, Credit, Interest, Invoice, Payment
from negotiation_kit.case.relationship import Relationship
from negotiation_kit.case.standing import Checks, Judgement, Security, Signal

JurisdictionCode = Literal["HU", "EU", "GB-EAW", "DE", "AT", "PL", "CZ", "SK", "RO", "UA", "RU"]


class Case(Record):
    """One client, one debt, one file: parties, what is owed, what happened, what was agreed."""

    case: CaseNumber = shared("Number of the case, printed on every paper", example="2025-017")
    as_of: Day | None = internal("The day the papers speak for; without it today", example="2025-03-18", default=None)
    languages: tuple[Text, ...] = shared("Languages of the papers", example=["hu", "en"], default=("en",))
    prevailing: Text | None = shared(
        "Language whose text prevails where a paper is in two; else the contract's", example="hu", default=None
    )
    jurisdiction: JurisdictionCode = shared("Law the claim is under", example="HU")
    calendars: tuple[Text, ...] = shared(
        "Working-day calendars of both sides; without it the jurisdiction's", example=["HU"], default=()
    )
    rest_days: tuple[Day, ...] = shared("Further days on which nobody works", example=["2025-12-31"], default=())
    currency: Currency = shared("Currency of all amounts", example="HUF")

    supplier: Supplier = shared("Our company", example={"name": "Borostyán Festék Kft."})
    client: Client = shared("The client", example={"name": "Példa Bútor Zrt."})
    relationship: Relationship | None = shared(
        "What lies behind and before us", example={"since": "2024-10-01"}, default=None
    )

    invoices: tuple[Invoice, ...] = shared(
        "Open invoices, and paid ones if they tell something", example=[], min_length=1
    )
    credits: tuple[Credit, ...] = shared("Credit notes", example=[], default=())
    payments: tuple[Payment, ...] = shared("Payments received", example=[], default=())
    costs: tuple[Cost, ...] = shared("Costs of recovery claimed", example=[], default=())
    interest: Interest | None = shared("Late interest", example={"claim": "waived if kept"}, default=None)
    compensation: CompensationClaim | None = shared(
        "Fixed sum for recovery costs; left out while nobody has decided", example={"claim": "waived"}, default=None
    )
    allocation: Allocation | None = shared(
        "What payments settle first; else the law decides if interest is claimed, and principal comes first if not",
        example={"by": "law"},
        default=None,
    )

    finance_notice: Day | None = internal("Day finance reported the missed date", example="2025-03-17", default=None)
    superior_told: Day | None = internal("Day the direct superior was told", example="2025-03-17", default=None)
    promises: tuple[Promise, ...] = internal("What the client promised", example=[], default=())
    contacts: tuple[Contact, ...] = internal("Calls, letters, visits", example=[], default=())
    answers: tuple[Answer, ...] = internal(
        "What was answered to which question; a later meeting does not ask it again", example=[], default=()
    )
    signals: tuple[Signal, ...] = internal("Economic signals with source", example=[], default=())
    judgement: Judgement = internal("Working hypotheses", example={"cause": "cash_gap"}, default=Judgement())
    securities: tuple[Security, ...] = internal("Securities we hold", example=[], default=())
    checks: Checks = internal("Checks made", example={"insolvency": "none"}, default=Checks())
    policy_file: Text | None = internal(
        "File with the company's rule, named from the folder of the case; single values below go before it",
        example="policy.yaml",
        default=None,
    )
    policy: Policy = internal(
        "The company's rule; single values may be set", example={"version": "2025-01"}, default=Policy()
    )

    override: Override | None = internal(
        "A superior's word against the computed track", example={"track": "STAGED"}, default=None
    )
    authority: Authority | None = restricted("What the manager may agree to", example={"parts": "5"}, default=None)
    tolerance: Tolerance | None = restricted("Key client: what is forgiven", example={"days": "30"}, default=None)
    decisions: tuple[Decision, ...] = restricted("Decisions of management", example=[], default=())

    plan: Plan | None = internal(
        "Your own plan, beside the computed offers; on the table unless the meeting names another",
        example={"shape": "equal", "first": "30%", "parts": "4", "every": "14 days"},
        default=None,
    )
    meeting: Meeting | None = shared("The meeting to prepare", example={"day": "2025-03-24"}, default=None)
    outcome: Outcome | None = shared("What the meeting brought", example={"day": "2025-03-24"}, default=None)
    earlier_outcomes: tuple[Outcome, ...] = shared(
        "What the meetings before it brought; a new one never takes their place", example=[], default=()
    )
    legal: Legal = internal("What legal did, and when", example={"claim_letter": "2025-03-31"}, default=Legal())
    closing: Closing | None = internal(
        "How it ended: both results, money and relationship",
        example={"day": "2025-05-08", "money": "paid in full", "relationship": "unchanged"},
        default=None,
    )
    keep_until: Day | None = internal("Day the file is to be deleted", example="2033-03-24", default=None)
