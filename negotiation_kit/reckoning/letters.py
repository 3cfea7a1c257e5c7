"""What the letters to the client say: each with its own days and sums, or nothing while it is not its time.

What a letter may not say, and why it is held back, is decided here too: a letter is never made quietly, nor left out
quietly.
"""

from dataclasses import dataclass
from datetime import date

from negotiation_kit.case.party import TheirPerson
from negotiation_kit.money import Money
from negotiation_kit.reckoning.decisions import allowed
from negotiation_kit.reckoning.performance import PartPerformance
from negotiation_kit.reckoning.reckon import Reckoning

REMARKS_BD = 2
"""So many business days the client has to say that the minutes read differently."""
NOTE_BD = 2
"""A note goes out so many business days before a part is due (documents.md, D14)."""
SHORTEST_WARNING_BD = 2
"""A final warning leaves at least so many business days (documents.md, C11)."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A note before a part of the plan is due."""

    part: PartPerformance
    notice_day: date
    """The last day to tell of an obstacle."""
    is_first: bool
    """No part was due before it."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A part that has not come, or not all of it, and can still be put right."""

    part: PartPerformance
    is_short: bool
    """Some of it came."""
    cure_day: date


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001 - the method's own word
    """The final honest warning: one day, one true next step."""

    amount: Money
    """Past its day and in question by nobody."""
    since: date
    """The oldest due day of it."""
    days: tuple[date, ...]
    """The days that were agreed in signed minutes and have passed."""
    received: Money
    """What came since the oldest due day."""
    deadline: date
    next_owner: str
    """Who takes the matter over: legal, then court."""


@dataclass(frozen=True, slots=True)
class Closing:
    """Everything is paid."""

    day: date
    """When the last of it came."""
    amount: Money
    """All of it together."""
    talk_on: date | None
    """The next contact that was agreed, if it is still to come."""


@dataclass(frozen=True, slots=True)
class Letters:
    """What each letter needs; nothing where it is not its time."""

    addressee: TheirPerson | None
    """To whom they go: who may sign for the client, else the first person named."""
    remark_day: date
    reminder: Reminder | None
    pulse: bool
    """The claim letter is out, and a friendly word keeps the talk open."""
    missed: Missed | None
    warning: Warning | None
    closing: Closing | None


def letters_of(reckoning: Reckoning) -> Letters:
    """What each letter says on the day of the reckoning."""
    people = (*reckoning.participants.their_signatories, *reckoning.participants.their_others)
    return Letters(
        addressee=next(iter(people), None),
        remark_day=reckoning.calendars.add_business_days(reckoning.as_of, REMARKS_BD),
        reminder=_reminder(reckoning),
        pulse=reckoning.clock is not None and reckoning.clock.stage == "claim" and not reckoning.clock.awaited,
        missed=_missed(reckoning),
        warning=_warning(reckoning),
        closing=_closing(reckoning),
    )


def _reminder(reckoning: Reckoning) -> Reminder | None:
    plan = reckoning.performance
    if plan is None or not plan.is_running or plan.next is None:
        return None
    part, calendars = plan.next, reckoning.calendars
    if not calendars.add_business_days(part.due, -NOTE_BD) <= reckoning.as_of < part.due:
        return None
    notice = calendars.add_business_days(part.due, -reckoning.case.policy.notice_bd)
    return Reminder(part, max(notice, reckoning.as_of), part is plan.parts[0])


def _missed(reckoning: Reckoning) -> Missed | None:
    """The oldest part whose cure days run."""
    plan = reckoning.performance
    late = next((part for part in plan.parts if part.state == "late"), None) if plan else None
    if late is None or late.last_day is None:
        return None
    return Missed(late, not late.received.is_zero, late.last_day)


def _warning(reckoning: Reckoning) -> Warning | None:
    """The warning of the clock, from its day to the last on which it leaves enough time."""
    clock, debt = reckoning.clock, reckoning.debt
    if clock is None or clock.plan_active or not clock.escalates or debt.undisputed.is_zero:
        return None
    ends = {"negotiate": ("warning", "window_end", "legal"), "claim": ("second_warning", "claim_end", "court")}
    if clock.stage not in ends:
        return None
    step, end, owner = ends[clock.stage]
    deadline = reckoning.calendars.roll(clock.day_of(end), "preceding")
    last = reckoning.calendars.add_business_days(deadline, -SHORTEST_WARNING_BD)
    if not clock.day_of(step) <= reckoning.as_of <= last:
        return None
    since = min(each.invoice.due for each in debt.overdue_invoices if not each.undisputed.is_zero)
    plan = reckoning.performance
    received = [each.amount for each in debt.settlements if each.payment.day > since]
    return Warning(
        amount=debt.undisputed,
        since=since,
        days=tuple(part.due for part in plan.parts if part.due < reckoning.as_of) if plan else (),
        received=sum(received, Money.zero(debt.currency)),
        deadline=deadline,
        next_owner=owner,
    )


def _closing(reckoning: Reckoning) -> Closing | None:
    """Nothing is open, and something was paid after its day or under a plan."""
    debt, outcome = reckoning.debt, reckoning.case.outcome
    late = [each for each in debt.invoices if each.settled_on and each.settled_on > each.invoice.due]
    if not debt.total.is_zero or not debt.claimed.is_zero or not late:
        return None
    contact = outcome.next_contact.day if outcome and outcome.next_contact else None
    return Closing(
        day=max(each.settled_on for each in late if each.settled_on),
        amount=sum((each.amount for each in late), Money.zero(debt.currency)),
        talk_on=contact if contact and contact > reckoning.as_of else None,
    )


def held_back(reckoning: Reckoning, *, warns: bool) -> str | None:
    """Why a letter about missing money is not sent now; nothing when it may go.

    A key client is left alone while management's tolerance says so, and is warned only on the first person's recorded
    word (S20 to S26); what is in question is never pressed for; in insolvency only legal writes.
    """
    case = reckoning.case
    if reckoning.facts.value("insolvency_open"):
        return "insolvency"
    if reckoning.debt.undisputed.is_zero and not reckoning.debt.overdue.is_zero:
        return "disputed"
    if case.client.segment != "key":
        return None
    if warns and case.policy.first_person_signs_court and "letter" not in allowed(case, reckoning.as_of):
        return "decision"
    use = reckoning.tolerance
    if use and not use.is_exceeded and use.tolerance.within == "silent":
        return "silent"
    return None
