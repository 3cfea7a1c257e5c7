"""What the meeting agreed, as a schedule, and everything that keeps the minutes from being final."""

from collections.abc import Iterator
from dataclasses import dataclass

from negotiation_kit.case.case import Case
from negotiation_kit.case.outcome import Outcome
from negotiation_kit.days import DayUnknown, JointCalendar
from negotiation_kit.money import Money
from negotiation_kit.problems import Problem
from negotiation_kit.reckoning.interest import LateInterest, late_interest
from negotiation_kit.reckoning.ledger import Debt, open_debt
from negotiation_kit.reckoning.offers import excesses
from negotiation_kit.reckoning.schedule import Schedule, lay_out


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreed schedule on the balance of the meeting day."""

    debt: Debt
    acknowledged: Money
    """Zero when the client acknowledged nothing."""
    schedule: Schedule
    interest: LateInterest | None


def read_agreement(case: Case) -> Agreement | None:
    """The agreement of a case whose meeting brought a schedule, on the balance of that day."""
    outcome = case.outcome
    if outcome is None or not outcome.schedule:
        return None
    debt = open_debt(case, outcome.day)
    acknowledged = _acknowledged(outcome, debt)
    base = debt.undisputed if acknowledged.is_zero else acknowledged
    parts = [(part.due, Money(part.amount, case.currency), part.source or "") for part in outcome.schedule]
    interest = late_interest(debt, case.interest) if case.interest else None
    return Agreement(debt, acknowledged, lay_out(base, parts), interest)


def agreement_problems(case: Case, calendars: JointCalendar) -> Iterator[Problem]:
    """Every reason why the final minutes cannot be printed yet, each where it is to be mended."""
    outcome, agreement = case.outcome, read_agreement(case)
    if outcome is None or agreement is None:
        return
    yield from _gaps(outcome)
    yield from _acknowledgement_problems(outcome, agreement.debt)
    yield from _sum_problems(outcome, agreement)
    yield from _day_problems(case, outcome, calendars)
    yield from _authority_problems(case, outcome, agreement.schedule)


def _acknowledged(outcome: Outcome, debt: Debt) -> Money:
    said = outcome.acknowledged
    if said is None or said.kind == "none":
        return Money.zero(debt.currency)
    return Money(said.amount, debt.currency) if said.amount is not None else debt.undisputed


def _gaps(outcome: Outcome) -> Iterator[Problem]:
    place = outcome.place_of()
    asked = (
        ("acknowledged", outcome.acknowledged, "write kind: whole, part or none"),
        ("risks", outcome.risks, "ask under what circumstances the money would not come (Q-RSK-01)"),
        ("consequence", outcome.consequence, "ask what both do if a date is missed (Q-CSQ-01)"),
        ("next_step", outcome.next_step, "write what the Supplier does then, such as handing the matter to legal"),
        ("next_contact", outcome.next_contact, "ask when you speak next (Q-CLO-06)"),
        ("actions", outcome.actions, "write who does what by when, and what proves it"),
    )
    for field, value, way_out in asked:
        if not value:
            yield Problem(place, f"outcome.{field} is missing: the minutes cannot be final without it", way_out)


def _acknowledgement_problems(outcome: Outcome, debt: Debt) -> Iterator[Problem]:
    said = outcome.acknowledged
    if said is None:
        return
    place = said.place_of("amount")
    if said.kind == "part" and said.amount is None:
        yield Problem(said.place_of(), "outcome.acknowledged.amount is missing: which part?", "write the sum")
    if said.kind == "none" and said.amount is not None:
        yield Problem(place, "outcome.acknowledged has an amount although kind is none", "take the amount out")
    if said.kind == "whole" and said.amount is not None and Money(said.amount, debt.currency) != debt.undisputed:
        yield Problem(
            place,
            f"outcome.acknowledged.amount is {said.amount}, the whole undisputed balance is {debt.undisputed.amount}",
            "leave the amount out, or write kind: part",
        )
    if said.kind == "part" and said.amount is not None and Money(said.amount, debt.currency) > debt.undisputed:
        yield Problem(
            place,
            f"outcome.acknowledged.amount is {said.amount}, more than the undisputed balance {debt.undisputed.amount}",
            "a part is less than the whole; settle the question first, or lower the sum",
        )


def _sum_problems(outcome: Outcome, agreement: Agreement) -> Iterator[Problem]:
    schedule = agreement.schedule
    if schedule.total == schedule.base:
        return
    difference = schedule.total - schedule.base
    more = "too much" if difference.amount > 0 else "missing"
    yield Problem(
        outcome.place_of("schedule"),
        f"outcome.schedule adds up to {schedule.total.amount}, the sum to settle is {schedule.base.amount}: "
        f"{abs(difference.amount)} {more}",
        "the last part is the exact rest",
    )


def _day_problems(case: Case, outcome: Outcome, calendars: JointCalendar) -> Iterator[Problem]:
    before = outcome.day
    for number, part in enumerate(outcome.schedule, start=1):
        place, name = part.place_of("due"), f"outcome.schedule[{number}].due is {part.due}"
        if number == 1 and part.due < before:
            yield Problem(place, f"{name}, before the meeting on {before}", "a part is paid after it is agreed")
        elif number > 1 and part.due <= before:
            yield Problem(place, f"{name}, not after the part before it on {before}", "put the parts in order of days")
        before = part.due
        try:
            if not calendars.is_business_day(part.due):
                preceding = calendars.preceding(part.due)
                yield Problem(place, f"{name}, no business day", f"the business day before is {preceding}")
        except DayUnknown as unknown:
            yield Problem(place, str(unknown), "choose an earlier day, or a newer calendar")
    last, limit = outcome.schedule[-1], case.policy.plan_max_days
    if (last.due - outcome.day).days > limit and not _approved(case):
        yield Problem(
            last.place_of("due"),
            f"the plan ends {(last.due - outcome.day).days} days after the meeting, the policy allows {limit}",
            "shorten it, or record who approved it under authority.approved_plan",
        )


def _authority_problems(case: Case, outcome: Outcome, schedule: Schedule) -> Iterator[Problem]:
    if _approved(case):
        return
    last_days = (schedule.last.due - outcome.day).days
    for excess in excesses(schedule, last_days, case.authority):
        yield Problem(
            outcome.place_of("schedule"),
            f"the plan is outside the authority: {excess.key} is {excess.offered}, allowed {excess.allowed}",
            f"ask {excess.approver or 'the superior'} and record it under authority.approved_plan",
        )


def _approved(case: Case) -> bool:
    return bool(case.authority and case.authority.approved_plan)
