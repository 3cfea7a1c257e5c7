"""What follows from the facts of a case on a given day: pure functions on records, no files, no clock.

Other programs may rely on what stands in `__all__`: `interest_on` and `plan_for` for one sum, `open_debt` for all
invoices of a case with what each payment settled, `reckon` for everything. How they are used: docs/reckoning.md.
"""

from negotiation_kit.case.plan import Plan
from negotiation_kit.reckoning.debt import Debt
from negotiation_kit.reckoning.inflation import IndexUnknown
from negotiation_kit.reckoning.interest import InvoiceInterest, LateInterest, Segment
from negotiation_kit.reckoning.ledger import open_debt
from negotiation_kit.reckoning.plans.changes import missed, prepaid
from negotiation_kit.reckoning.plans.ground import PlanImpossible
from negotiation_kit.reckoning.plans.what_if import what_if
from negotiation_kit.reckoning.reckon import Reckoning, reckon
from negotiation_kit.reckoning.schedule import Instalment, Schedule
from negotiation_kit.reckoning.single import contract_terms, interest_on, plan_for, statutory_terms
from negotiation_kit.reckoning.terms import Terms

__all__ = [
    "Debt",
    "IndexUnknown",
    "Instalment",
    "InvoiceInterest",
    "LateInterest",
    "Plan",
    "PlanImpossible",
    "Reckoning",
    "Schedule",
    "Segment",
    "Terms",
    "contract_terms",
    "interest_on",
    "missed",
    "open_debt",
    "plan_for",
    "prepaid",
    "reckon",
    "statutory_terms",
    "what_if",
]
