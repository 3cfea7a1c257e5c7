"""What the letters to the client say: each with its own days and sums, or nothing while it is not its time.

What a letter may not say, and why it is held back, is decided here too: a letter is never made quietly, nor left out
quietly.
"""

import re
from dataclasses import dataclass
from datetime import date

from negotiation_kit.case.party import TheirPerson
from negotiation_kit.money import Money
from negotiation_kit.reckoning.debt import Debt
from negotiation_kit.reckoning.decisions import allowed, may_remind, needed_for
from negotiation_kit.reckoning.performance import PartPerformance
from negotiation_kit.reckoning.reckon import Reckoning

REMARKS_BD = 2
"""So many business days the client has to say that the minutes read differently."""
NOTE_BD = 2
"""A note goes out so many business days before a part is due (documents.md, D14)."""
SHORTEST_WARNING_BD = 2
"""A final warning leaves at least so many business days (documents.md, C11)."""
_WARNINGS = {
    "negotiate": ("warning", "window_end", "claim_letter", "legal"),
    "claim": ("second_warning", "claim_end", "court_file", "court"),
}
"""The warning of each stage: its step, the day it names, the step that follows, and who takes the matter over then."""
_TOWN = re.compile(r"(?:[A-Z]{1,3}-)?(?:\d{4,5}|\d{2}-\d{3}|\d{3} \d{2}) (?P<town>[^\d,]+),")
"""A postal code and a town, as a seat begins in most countries."""


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
    """What was past its day and in question by nobody, before anything was paid of it."""
    open: Money
    """What is left of it."""
    since: date
    """The oldest due day of it."""
    days: tuple[date, ...]
    """The days that were agreed in signed minutes and have passed."""
    deadline: date
    """The day of the clock on which its stage ends, or of the hand-over where a missed plan left too little of it."""
    follows: str
    """The step of the clock that comes then."""
    next_owner: str
    """Who takes the matter over: legal, then court."""
    is_late: bool
    """So near the deadline that it would not leave enough time."""

    @property
    def received(self) -> Money:
        """What was paid of it."""
        return self.amount - self.open


@dataclass(frozen=True, slots=True)
class Closing:
    """Everything is paid."""

    day: date
    """When the last of it came."""
    amount: Money
    """All of it together."""
    is_plan: bool
    """It was paid under a signed plan."""
    talk_on: date | None
    """The next contact that was agreed, if it is still to come."""


@dataclass(frozen=True, slots=True)
class Letters:
    """What each letter needs; nothing where it is not its time."""

    addressee: TheirPerson | None
    """To whom they go: who may sign for the client, else the first person named."""
    town: str | None
    """Where they are written: the town of our seat."""
    remark_day: date
    """Until when the client may say that something reads differently."""
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
        town=_town(reckoning.case.supplier.seat),
        remark_day=_remark_day(reckoning),
        reminder=_reminder(reckoning),
        pulse=_pulse(reckoning),
        missed=_missed(reckoning),
        warning=_warning(reckoning),
        closing=_closing(reckoning),
    )


def _town(seat: str | None) -> str | None:
    found = _TOWN.match(seat or "")
    return found["town"].strip() if found else None


def _remark_day(reckoning: Reckoning) -> date:
    """The day the minutes and the note on the meeting name too, while it is ahead."""
    outcome, calendars = reckoning.case.outcome, reckoning.calendars
    if outcome:
        by_rule = calendars.add_business_days(outcome.day, reckoning.case.policy.unsigned_bd)
        said = outcome.answer_by or by_rule
        if said >= reckoning.as_of:
            return said
    return calendars.add_business_days(reckoning.as_of, REMARKS_BD)


def _just_talked(reckoning: Reckoning) -> bool:
    """A meeting was held, and the days in which its minutes are signed or remarked on run."""
    outcome = reckoning.case.outcome
    if outcome is None or outcome.day > reckoning.as_of:
        return False
    waits = reckoning.calendars.add_business_days(outcome.day, reckoning.case.policy.unsigned_bd)
    return reckoning.as_of <= waits and outcome.signed is None


def _pulse(reckoning: Reckoning) -> bool:
    """After the claim letter, as long as no signed plan holds the clock, and not on the heels of a meeting."""
    clock = reckoning.clock
    if clock is None or clock.stage != "claim" or clock.plan_active or clock.awaited or _just_talked(reckoning):
        return False
    return clock.as_of > (clock.letter_went or clock.day_of("claim_letter"))


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
    """The oldest part whose cure days run; once a part was missed past them the plan is over, and no later one is."""
    plan = reckoning.performance
    if plan is None or plan.missed:
        return None
    late = next((part for part in plan.parts if part.state == "late"), None)
    if late is None or late.last_day is None:
        return None
    return Missed(late, not late.received.is_zero, late.last_day)


def _warning(reckoning: Reckoning) -> Warning | None:
    """The warning of the clock, from its day to the day it names."""
    clock, debt = reckoning.clock, reckoning.debt
    if clock is None or clock.plan_active or not clock.escalates or debt.undisputed.is_zero:
        return None
    if clock.stage not in _WARNINGS:
        return None
    step, end, follows, owner = _WARNINGS[clock.stage]
    shortest = -SHORTEST_WARNING_BD
    in_time = reckoning.calendars.add_business_days(clock.day_of(end), shortest)
    resumed = clock.suspension.until if clock.suspension else None
    deadline = clock.day_of(follows if resumed and resumed > in_time else end)
    if not clock.day_of(step) <= reckoning.as_of <= deadline:
        return None
    plan = reckoning.performance
    warned_of = [each for each in debt.overdue_invoices if not each.undisputed.is_zero]
    return Warning(
        amount=sum((each.paid for each in warned_of), debt.undisputed),
        open=debt.undisputed,
        since=min(each.invoice.due for each in warned_of),
        days=tuple(part.due for part in plan.parts if part.due < reckoning.as_of) if plan else (),
        deadline=deadline,
        follows=follows,
        next_owner=owner,
        is_late=reckoning.as_of > reckoning.calendars.add_business_days(deadline, shortest),
    )


def _closing(reckoning: Reckoning) -> Closing | None:
    """Nothing is open in any currency, nor given up beyond the minutes, and something was paid late or under a plan."""
    debt, plan, outcome = reckoning.debt, reckoning.performance, reckoning.case.outcome
    late = [each for each in debt.invoices if each.settled_on and each.settled_on > each.invoice.due]
    kept = plan is not None and plan.health == "kept"
    given_up = kept and reckoning.agreement is not None and debt.total == reckoning.agreement.given_up
    if not (debt.total.is_zero or given_up) or not _beside_paid(debt, given_up=given_up) or not (late or kept):
        return None
    if any(not each.total.is_zero or not each.claimed.is_zero for each in reckoning.other_debts):
        return None
    days = [part.full_on for part in plan.parts if part.full_on] if plan else []
    days += [each.settled_on for each in late if each.settled_on]
    contact = outcome.next_contact.day if outcome and outcome.next_contact else None
    return Closing(
        day=max(days),
        amount=plan.total if plan else sum((each.amount for each in late), Money.zero(debt.currency)),
        is_plan=plan is not None,
        talk_on=contact if contact and contact > reckoning.as_of else None,
    )


def _beside_paid(debt: Debt, *, given_up: bool) -> bool:
    """Costs and claimed interest are paid too; what was given up of the principal is no more claimed."""
    return (debt.claimed - debt.undisputed if given_up else debt.claimed).is_zero


def revived_interest(reckoning: Reckoning) -> Money | None:
    """Late interest owed beside the principal by the signed minutes: it runs, or was not or no longer waived."""
    outcome, plan, interest = reckoning.case.outcome, reckoning.performance, reckoning.interest
    if outcome is None or plan is None or interest is None or interest.total.is_zero:
        return None
    if outcome.interest == "runs" or (outcome.interest == "waived if kept" and plan.missed):
        return interest.total
    if outcome.interest != "waived if kept":
        return None
    owed = interest.total - interest.total.percent(outcome.waiver_percent).rounded()
    return None if owed.is_zero else owed


def not_ours(reckoning: Reckoning) -> str | None:
    """From the day legal has the file, our messages about the debt need its consent."""
    legal = reckoning.case.legal
    return "legal_leads" if legal.is_with_legal(reckoning.as_of) and legal.consent is None else None


def unsigned(reckoning: Reckoning, *, reachable: bool = False) -> str | None:
    """A letter is ours to send, has somebody of ours below it, and a way to answer where it asks for one."""
    if reason := not_ours(reckoning):
        return reason
    manager = reckoning.participants.manager
    if manager is None:
        return "no_manager"
    return "no_phone" if reachable and not (manager.phone or manager.email) else None


def not_invited(reckoning: Reckoning) -> str | None:
    """Why nobody can be invited yet: the hour or the place is open."""
    meeting = reckoning.case.meeting
    if meeting and meeting.at is None:
        return "no_hour"
    if meeting and meeting.place is None and meeting.channel != "call":
        return "no_place"
    return unsigned(reckoning)


def not_closed(reckoning: Reckoning) -> str | None:
    """Why the case is not closed in writing although the principal is paid."""
    return "interest_open" if revived_interest(reckoning) else unsigned(reckoning)


def next_day(code: str, reckoning: Reckoning) -> date | None:
    """The next day on which a letter will be made as the case stands; nothing where none is in sight."""
    clock, plan, calendars = reckoning.clock, reckoning.performance, reckoning.calendars
    days: list[date] = []
    if code == "C11" and clock and not clock.plan_active:
        days = [step.day for step in clock.steps if step.key in {"warning", "second_warning"}]
    if code in {"C09", "C10", "D10"} and plan and plan.is_running:
        distance = -NOTE_BD if code == "C09" else 1
        days = [calendars.add_business_days(part.due, distance) for part in plan.parts if part.full_on is None]
    if code == "C09" and clock and clock.escalates and not clock.plan_active:
        days += [step.day for step in clock.steps if step.key == "pulse"]
    return min((each for each in days if each > reckoning.as_of), default=None)


def held_back(reckoning: Reckoning, *, warns: bool) -> str | None:
    """Why a letter about missing money is not sent now; nothing when it may go.

    A key client is left alone while management's tolerance says so, is reminded only where that was decided, and warned
    only of a step the first person's recorded word allows (S20 to S26); what is in question is never pressed for; in
    insolvency only legal writes.
    """
    debt, letters = reckoning.debt, letters_of(reckoning)
    if reckoning.facts.value("insolvency_open"):
        return "insolvency"
    asked = letters.missed.part.short if letters.missed else letters.reminder.part.short if letters.reminder else None
    pressed = not debt.disputed.is_zero and asked is not None and debt.undisputed < asked
    if pressed or (debt.undisputed.is_zero and not debt.overdue.is_zero):
        return "disputed"
    if warns and reckoning.agreement and _just_talked(reckoning):
        return "unsigned"
    if _speaks_of_the_claim_letter(letters) and (reckoning.clock is None or reckoning.clock.letter_went is None):
        return "letter_unrecorded"
    return _untimely_or_undecided(reckoning, letters.warning) if warns else _left_in_peace(reckoning)


def note_held(reckoning: Reckoning) -> str | None:
    """The key of the reason why the note on a missed part (C10) does not go out; nothing when it may."""
    reason = held_back(reckoning, warns=False) or unsigned(reckoning, reachable=True)
    return f"held.{reason}" if reason else None


def _speaks_of_the_claim_letter(letters: Letters) -> bool:
    """The pulse note says that it has reached the client, the second warning that its time runs out."""
    second = letters.warning is not None and letters.warning.follows == "court_file"
    return second or (letters.pulse and letters.reminder is None)


def _untimely_or_undecided(reckoning: Reckoning, warning: Warning | None) -> str | None:
    """A warning leaves enough time, and names a step that is allowed."""
    if warning and warning.is_late:
        return "late"
    needs = needed_for(reckoning.case, warning.follows if warning else "claim_letter")
    if needs and needs not in allowed(reckoning.case, reckoning.as_of):
        return "court_decision" if needs == "court" else "decision"
    return None


def _left_in_peace(reckoning: Reckoning) -> str | None:
    """A key client is reminded where management decided so."""
    use = reckoning.tolerance
    inside = use is not None and not use.is_exceeded
    if may_remind(reckoning.case, reckoning.as_of, inside_tolerance=inside):
        return None
    return "silent" if use and inside and use.tolerance.within == "silent" else "undecided"
