"""What the meeting agreed, as a schedule, and everything that keeps the minutes from being final."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
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
from negotiation_kit.reckoning.schedule import Instalment, Schedule
from negotiation_kit.reckoning.shift import shift_problems
from negotiation_kit.reckoning.whose_word import word_problems

POINTS = 18
"""The numbered points of the minutes; other papers refer to them."""


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
    given_up: Money
    """Principal that is given up if the schedule is kept; usually zero."""

    @property
    def unclear(self) -> Money:
        """Past its day, and neither acknowledged nor in question."""
        return self.debt.undisputed - self.acknowledged


def read_agreement(case: Case, law: Law, calendars: JointCalendar) -> Agreement | None:
    """The agreement of a case whose meeting brought a schedule, on the balance of that day."""
    outcome = case.outcome
    if outcome is None or not outcome.schedule:
        return None
    debt = open_debt(case, outcome.day, law, calendars)
    acknowledged = _acknowledged(outcome, debt)
    settled = debt.undisputed if acknowledged.is_zero else acknowledged
    given_up = _given_up(outcome, settled)
    base = settled - given_up
    ground = ground_of(debt, case.policy, outcome.day, calendars, base=base, pay_first=outcome.pay_first)
    parts = [
        (PartDay(part.due, part.due, part.source or ""), Money(part.amount, case.currency)) for part in outcome.schedule
    ]
    schedule = lay_dated(parts, ground, inside=outcome.interest == "inside")
    return Agreement(
        debt=debt,
        acknowledged=acknowledged,
        schedule=schedule,
        others=other_debts(case, outcome.day, law, calendars),
        beside=interest_beside(schedule, ground),
        given_up=given_up,
    )


def lapsed_part(case: Case, agreement: Agreement, as_of: date) -> Instalment | None:
    """The first part whose day has passed without its money while nobody has signed; such minutes are not final."""
    outcome = case.outcome
    if outcome is None or (outcome.signed and outcome.signed <= as_of):
        return None
    since = [each for each in case.payments if outcome.day < each.day and each.stands_on(as_of)]
    left = sum((each.amount for each in since if (each.currency or case.currency) == case.currency), Decimal(0))
    for part in agreement.schedule.instalments:
        left -= part.amount.amount
        if part.due < as_of and left < 0:
            return part
    return None


def agreement_problems(case: Case, law: Law, calendars: JointCalendar) -> Iterator[Problem]:
    """Every reason why the record of the meeting cannot be printed yet, each where it is to be mended."""
    outcome, agreement = case.outcome, read_agreement(case, law, calendars)
    if outcome is None:
        return
    yield from _ending_problems(outcome)
    if agreement is None:
        yield from _read_back_problems(outcome, open_debt(case, outcome.day, law, calendars))
        return
    yield from _gaps(outcome)
    yield from _version_problems(outcome)
    yield from _acknowledgement_problems(outcome, agreement.debt)
    yield from _balance_problems(outcome, agreement)
    yield from _sum_problems(outcome, agreement)
    yield from _day_problems(outcome, calendars)
    yield from _limit_problems(case, outcome, agreement)
    yield from shift_problems(case, calendars)
    yield from word_problems(case, outcome)


def _acknowledged(outcome: Outcome, debt: Debt) -> Money:
    said = outcome.acknowledged
    if said is None or said.kind == "none":
        return Money.zero(debt.currency)
    return Money(said.amount, debt.currency) if said.amount is not None else debt.undisputed


def _given_up(outcome: Outcome, settled: Money) -> Money:
    """The cut of the principal; one that leaves nothing to pay is told, not reckoned with."""
    cut = Money(outcome.principal_cut or Decimal(0), settled.currency)
    return cut if cut < settled else Money.zero(settled.currency)


def _ending_problems(outcome: Outcome) -> Iterator[Problem]:
    """A meeting ended with a plan, or without one; then what stays open is said, and when it goes on."""
    if outcome.ended == "open" and outcome.schedule:
        yield Problem(
            outcome.place_of("ended"),
            "outcome.ended is open, but there is an agreed schedule",
            "write ended: agreed, or put what was only proposed under client_idea and our_proposal",
        )
    if outcome.ended == "agreed" and not outcome.schedule:
        yield Problem(
            outcome.place_of("ended"),
            "outcome.schedule is missing: the meeting ended with an agreement",
            "write the agreed parts; if nothing was agreed, write ended: open",
        )
    if outcome.ended == "open" and not outcome.schedule:
        asked = (
            ("open_points", outcome.open_points, "write what could not be settled, and whose answer it waits for"),
            ("next_contact", outcome.next_contact, "ask when you speak next (Q-CLO-06)"),
        )
        for field, value, way_out in asked:
            if not value:
                message = f"outcome.{field} is missing: the record without agreement cannot go out without it"
                yield Problem(outcome.place_of(), message, way_out)


def _gaps(outcome: Outcome) -> Iterator[Problem]:
    place = outcome.place_of()
    asked = (
        ("acknowledged", outcome.acknowledged, "ask the client, and write kind: whole, part or none"),
        ("risks", outcome.risks, "ask under what circumstances the money would not come (Q-RSK-01)"),
        ("consequence", outcome.consequence, "ask what both do if a date is missed (Q-CSQ-01)"),
        (
            "next_step",
            outcome.next_step,
            "ask your superior what the Supplier does then, such as handing the matter to legal",
        ),
        ("next_contact", outcome.next_contact, "ask when you speak next (Q-CLO-06)"),
        ("actions", outcome.actions, "ask both sides who does what by when, and what proves it"),
    )
    for field, value, way_out in asked:
        if not value:
            yield Problem(place, f"outcome.{field} is missing: the minutes cannot be final without it", way_out)
    for number, action in enumerate(outcome.actions, start=1):
        for field, value in (("what", action.what), ("who", action.who), ("proof", action.proof)):
            if not value.strip():
                way_out = "ask at the table: one named person, a day, and what shows that it is done"
                yield Problem(action.place_of(field), f"outcome.actions[{number}].{field} is blank", way_out)
        if action.by < outcome.day:
            message = f"outcome.actions[{number}].by is {action.by}, before the meeting on {outcome.day}"
            yield Problem(action.place_of("by"), message, f"ask {action.who} by when it is done")


def _version_problems(outcome: Outcome) -> Iterator[Problem]:
    """A changed agreement is a new version, and says what is different."""
    if outcome.version == 0:
        yield Problem(outcome.place_of("version"), "outcome.version is 0", "the first version is 1")
    if outcome.version > 1 and not outcome.changes:
        yield Problem(
            outcome.place_of("version"),
            f"outcome.changes is missing: what differs from version {outcome.version - 1}?",
            "write each difference with its point: {point: 7, what: The second part is paid on 11 April.}",
        )
    if outcome.version == 1 and outcome.changes:
        yield Problem(
            outcome.place_of("changes"),
            "outcome.changes stands there, but outcome.version is 1",
            "write version: 2, or take the changes out",
        )
    for number, change in enumerate(outcome.changes, start=1):
        if not 1 <= change.point <= POINTS:
            yield Problem(
                change.place_of("point"),
                f"outcome.changes[{number}].point is {change.point}, the minutes have points 1 to {POINTS}",
                "name the point that is different",
            )


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


def _read_back_problems(outcome: Outcome, debt: Debt) -> Iterator[Problem]:
    if outcome.balance is not None and Money(outcome.balance, debt.currency) != debt.total:
        yield Problem(
            outcome.place_of("balance"),
            f"outcome.balance is {outcome.balance}, annex 1 adds up to {debt.total.amount} on {debt.as_of}",
            "reconcile it with finance: enter the missing invoice, payment or credit, or correct the balance",
        )


def _balance_problems(outcome: Outcome, agreement: Agreement) -> Iterator[Problem]:
    """What was read back is what the invoices give: point 3, point 4, point 5 and annex 1 are one sum."""
    debt, said = agreement.debt, outcome.acknowledged
    yield from _read_back_problems(outcome, debt)
    if said and said.unclear is not None and Money(said.unclear, debt.currency) != agreement.unclear:
        told = agreement.acknowledged + debt.disputed + Money(said.unclear, debt.currency)
        yield Problem(
            said.place_of("unclear"),
            f"acknowledged {agreement.acknowledged.amount}, in question {debt.disputed.amount} and unclear "
            f"{said.unclear} add up to {told.amount}, past its day is {debt.overdue.amount}",
            f"unclear is the rest: {agreement.unclear.amount}; ask the client and finance which sum is wrong",
        )
    if outcome.principal_cut is not None and agreement.given_up.is_zero:
        settled = debt.undisputed if agreement.acknowledged.is_zero else agreement.acknowledged
        yield Problem(
            outcome.place_of("principal_cut"),
            f"outcome.principal_cut is {outcome.principal_cut}, the sum to settle is {settled.amount}",
            "write the part that is given up, above 0 and below the whole, or take it out",
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
        f"the last part is the exact rest: {(schedule.last.amount + left).amount}; ask the client which part is wrong",
    )


def _day_problems(outcome: Outcome, calendars: JointCalendar) -> Iterator[Problem]:
    before = outcome.day
    for number, part in enumerate(outcome.schedule, start=1):
        place, name = part.place_of("due"), f"outcome.schedule[{number}].due is {part.due}"
        if number == 1 and part.due < before:
            yield Problem(
                place,
                f"{name}, before the meeting on {before}",
                "a part is paid after it is agreed; ask the client for a day to come",
            )
        elif number > 1 and part.due <= before:
            yield Problem(
                place,
                f"{name}, not after the part before it on {before}",
                "put the parts in order of days; ask the client which day was meant",
            )
        before = part.due
        if outcome.ends and part.due > outcome.ends:
            way_out = "bring the part forward, or agree a later end with the client and write it under outcome.ends"
            yield Problem(place, f"{name}, after the agreed end on {outcome.ends}", way_out)
        try:
            if not calendars.is_business_day(part.due):
                preceding = calendars.preceding(part.due)
                yield Problem(
                    place,
                    f"{name}, no business day",
                    f"the business day before is {preceding}; agree it with the client",
                )
        except DayUnknown as unknown:
            yield Problem(place, str(unknown), "choose an earlier day, or a newer calendar")


def _limit_problems(case: Case, outcome: Outcome, agreement: Agreement) -> Iterator[Problem]:
    authority = case.authority
    if authority and authority.approved_plan:
        return
    if not agreement.given_up.is_zero:
        yield Problem(
            outcome.place_of("principal_cut"),
            f"outcome.principal_cut is {agreement.given_up.amount}: nobody gives up principal alone",
            f"ask {(authority and authority.approver) or 'the superior'} and record it under authority.approved_plan",
        )
    waiver = outcome.waiver_percent
    for excess in excesses(case, agreement.debt, agreement.schedule, outcome.day, waiver_percent=waiver):
        day = f", that is {excess.limit_day}" if excess.limit_day else ""
        yield Problem(
            outcome.place_of("schedule"),
            f"the plan is outside a limit: {excess.key} is {excess.offered}, allowed {excess.allowed}{day}",
            f"ask {excess.approver or 'the superior'} and record it under authority.approved_plan",
        )
