"""The claim letter as legal may send it: what is claimed item by item, what is left out, until when, and what follows.

A draft for a lawyer. Nothing in question is claimed, and what has not been decided is told, never guessed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from negotiation_kit.law.jurisdiction import CourtWay, LegalNote, WaitingTime
from negotiation_kit.money import Money
from negotiation_kit.periods import Period, deadline
from negotiation_kit.reckoning.debt import Debt, InvoiceBalance
from negotiation_kit.reckoning.decisions import allowed, needed_for
from negotiation_kit.reckoning.performance import PartPerformance
from negotiation_kit.reckoning.promises import JudgedPromise
from negotiation_kit.reckoning.reckon import Reckoning

_CLAIMED = frozenset({"claimed", "waived if kept"})
"""Interest that is claimed once nothing is kept; what is only for information has not been decided."""
_REVIVED = frozenset({"runs", "waived if kept"})


@dataclass(frozen=True, slots=True)
class Demanded:
    """One invoice of the letter: the part of it that nobody questions, and its interest."""

    balance: InvoiceBalance
    interest: Money | None
    """Late interest on that part; nothing where none is claimed."""


@dataclass(frozen=True, slots=True)
class ClaimLetter:
    """What the letter says, and what the lawyer decides first."""

    title: str
    """What such a letter is called under the law of the claim."""
    dated: date
    until: date
    """The last day to pay that it names."""
    policy_days: int | None
    """Days the company's rule gives; nothing where it gives a month."""
    waiting: WaitingTime | None
    """What law or custom asks for; nothing where no rule is on file."""
    is_longer_by_law: bool
    """The company's rule gives less than that, so the law's time is named."""
    lines: tuple[Demanded, ...]
    elsewhere: Money | None
    """Interest on invoices whose principal is paid."""
    principal: Money
    interest: Money | None
    """All late interest claimed; nothing where none is."""
    per_day: Money | None
    """What each further day costs."""
    costs: Money
    left_out: tuple[InvoiceBalance, ...]
    """Invoices with something in question."""
    signed: date | None
    """Day of signed minutes with an acknowledgement; nothing without them."""
    missed: tuple[PartPerformance, ...]
    """Parts of the signed schedule that did not come in time."""
    broken: tuple[JudgedPromise, ...]
    """Dated promises that were not kept."""
    follows: CourtWay | None
    notes: tuple[LegalNote, ...]

    @property
    def total(self) -> Money:
        """All that is claimed."""
        return self.principal + self.costs + (self.interest or Money.zero(self.costs.currency))


def claim_letter(reckoning: Reckoning) -> ClaimLetter | None:
    """The letter as the case stands on its day; nothing where nothing past its day is out of question."""
    debt, case, rules = reckoning.debt, reckoning.case, reckoning.law.jurisdiction.claim_letter
    if debt.undisputed.is_zero:
        return None
    claimed = reckoning.interest if interest_claimed(reckoning) else None
    lines = tuple(_lines(debt, claimed=claimed is not None))
    of_lines = sum((line.interest for line in lines if line.interest), Money.zero(debt.currency))
    elsewhere = claimed.total - of_lines if claimed else None
    waiting = rules.waiting_of(case.client.kind)
    dated, until, is_longer = _days(reckoning, waiting)
    plan, outcome = reckoning.performance, case.outcome
    acknowledged = reckoning.agreement is not None and not reckoning.agreement.acknowledged.is_zero
    return ClaimLetter(
        title=rules.title,
        dated=dated,
        until=until,
        policy_days=None if case.policy.claim_unit == "month" else case.policy.claim_days,
        waiting=waiting,
        is_longer_by_law=is_longer,
        lines=lines,
        elsewhere=elsewhere if elsewhere and not elsewhere.is_zero else None,
        principal=debt.undisputed,
        interest=claimed.total if claimed else None,
        per_day=claimed.per_day if claimed else None,
        costs=debt.costs,
        left_out=tuple(each for each in debt.overdue_invoices if not each.disputed.is_zero),
        signed=outcome.signed if outcome and acknowledged and _is_signed(reckoning) else None,
        missed=tuple(part for part in plan.parts if part.is_missed) if plan else (),
        broken=tuple(each for each in reckoning.promises.promises if each.state in {"broken", "partly kept"}),
        follows=rules.way_for(debt.undisputed),
        notes=rules.notes,
    )


def interest_claimed(reckoning: Reckoning) -> bool:
    """Late interest is claimed: by the case, or because signed minutes say that it is owed now."""
    interest, outcome = reckoning.interest, reckoning.case.outcome
    if interest is None:
        return False
    if outcome and outcome.schedule and _is_signed(reckoning):
        return outcome.interest in _REVIVED
    return interest.claim in _CLAIMED


def claim_letter_held(reckoning: Reckoning) -> str | None:
    """Why no draft is made although its time has come; nothing when it may go to the lawyer."""
    case, interest = reckoning.case, reckoning.case.interest
    if reckoning.facts.value("insolvency_open"):
        return "insolvency"
    if reckoning.debt.undisputed.is_zero:
        return "disputed"
    needed = needed_for(case, "claim_letter")
    if needed and needed not in allowed(case, reckoning.as_of):
        return "decision"
    decided = (case.outcome and case.outcome.schedule and _is_signed(reckoning)) or (
        interest and interest.claim != "for information"
    )
    return None if decided else "interest_undecided"


def _is_signed(reckoning: Reckoning) -> bool:
    outcome = reckoning.case.outcome
    return outcome is not None and outcome.signed is not None and outcome.signed <= reckoning.as_of


def _lines(debt: Debt, *, claimed: bool) -> Iterator[Demanded]:
    """What is in question bears no interest in the ledger, so each line's interest is that of its claimed part."""
    for balance in debt.overdue_invoices:
        if not balance.undisputed.is_zero:
            nothing = balance.open - balance.open
            yield Demanded(balance, (balance.interest.open if balance.interest else nothing) if claimed else None)


def _days(reckoning: Reckoning, waiting: WaitingTime | None) -> tuple[date, date, bool]:
    """The day of the letter, the last day to pay, and whether the law asks for more than the company's rule gives."""
    clock, policy, calendars = reckoning.clock, reckoning.case.policy, reckoning.calendars
    planned = clock.day_of("claim_letter") if clock and clock.escalates else reckoning.as_of
    dated = max(planned, calendars.following(reckoning.as_of))
    period = Period(1, "month") if policy.claim_unit == "month" else Period(policy.claim_days, "day")
    by_rule = deadline(dated, period, calendars)
    by_law = deadline(dated, Period(waiting.days, "day"), calendars) if waiting and waiting.days else by_rule
    return dated, max(by_rule, by_law), by_law > by_rule
