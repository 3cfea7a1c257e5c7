"""What the meeting agreed, as a schedule, and everything that keeps the minutes from being final."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from negotiation_kit.case.case import Case
from negotiation_kit.case.outcome import Outcome
from negotiation_kit.days import DayUnknown, JointCalendar
from negotiation_kit.law.jurisdiction import Law
from negotiation_kit.money import Money
from negotiation_kit.problems import Problem
from negotiation_kit.reckoning.debt import Debt
from negotiation_kit.reckoning.ledger import open_debt, other_debts
from negotiation_kit.reckoning.limits import excesses
from negotiation_kit.reckoning.plans.beside import interest_beside
from negotiation_kit.reckoning.plans.lay import lay_dated
from negotiation_kit.reckoning.plans.part_days import PartDay
from negotiation_kit.reckoning.plans.standing import ground_of
from negotiation_kit.reckoning.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreed schedule on the balance of the meeting day."""

    debt: Debt
    acknowledged: Money
    """Zero when the client acknowledged nothing."""
    schedule: Schedule
    others: tuple[Debt, ...]
    """What is open in other currencies on that day; the schedule settles none of it."""
    beside: Money | None
    """Interest by the last part if it runs beside the schedule and every part comes on its day."""


def read_agreement(case: Case, law: Law, calendars: JointCalendar) -> Agreement | None:
    """The agreement of a case whose meeting brought a schedule, on the balance of that day."""
    outcome = case.outcome
    if outcome is None or not outcome.schedule:
        return None
    debt = open_debt(case, outcome.day, law, calendars)
    acknowledged = _acknowledged(outcome, debt)
    base = debt.undisputed if acknowledged.is_zero else acknowledged
    ground = ground_of(debt, case.policy, outcome.day, calendars, base=base, pay_first=outcome.pay_first)
    parts = [
        (PartDay(part.due, part.due, part.source or ""), Money(part.amount, case.currency)) for part in outcome.schedule
    ]
    schedule = lay_dated(parts, ground, inside=outcome.interest == "inside")
    return Agreement(
        debt, acknowledged, schedule, other_debts(case, outcome.day, law, calendars), interest_beside(schedule, ground)
    )


def agreement_problems(case: Case, law: Law, calendars: JointCalendar) -> Iterator[Problem]:
    """Every reason why the final minutes cannot be printed yet, each where it is to be mended."""
    outcome, agreement = case.outcome, read_agreement(case, law, calendars)
    if outcome is None or agreement is None:
        return
    yield from _gaps(outcome)
    yield from _acknowledgement_problems(outcome, agreement.debt)
    yield from _sum_problems(outcome, agreement)
    yield from _day_problems(outcome, calendars)
    yield from _limit_problems(case, outcome, agreement)


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
    if outcome.interest == "inside" and agreement.debt.interest is None:
        yield Problem(
            outcome.place_of("interest"),
            "outcome.interest is 'inside', but the case reckons no interest",
            "write interest: {claim: claimed}, or choose another way",
        )
    left = schedule.last.left
    if left.is_zero:
        return
    wanted = schedule.total + left
    inside = f", {schedule.interest.amount} of interest inside it" if schedule.interest else ""
    more = "too much" if left.amount < 0 else "missing"
    yield Problem(
        outcome.place_of("schedule"),
        f"outcome.schedule adds up to {schedule.total.amount}, the sum to settle is {wanted.amount}{inside}: "
        f"{abs(left.amount)} {more}",
        f"the last part is the exact rest: {(schedule.last.amount + left).amount}",
    )


def _day_problems(outcome: Outcome, calendars: JointCalendar) -> Iterator[Problem]:
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


def _limit_problems(case: Case, outcome: Outcome, agreement: Agreement) -> Iterator[Problem]:
    if _approved(case):
        return
    waiver = Decimal(100) if outcome.interest in {"waived if kept", "not claimed"} else Decimal(0)
    for excess in excesses(case, agreement.debt, agreement.schedule, outcome.day, waiver_percent=waiver):
        day = f", that is {excess.limit_day}" if excess.limit_day else ""
        yield Problem(
            outcome.place_of("schedule"),
            f"the plan is outside a limit: {excess.key} is {excess.offered}, allowed {excess.allowed}{day}",
            f"ask {excess.approver or 'the superior'} and record it under authority.approved_plan",
        )


def _approved(case: Case) -> bool:
    return bool(case.authority and case.authority.approved_plan)
