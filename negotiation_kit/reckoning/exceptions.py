"""What cannot wait in a case: the exceptions a head of sales reads before anything else, the gravest first."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from negotiation_kit.reckoning.facts import Shown
from negotiation_kit.reckoning.performance import PlanPerformance
from negotiation_kit.reckoning.reckon import Reckoning

_ENDING = ("negotiate", "claim")
_NEEDED_COPIES = ("contract", "orders", "delivery_notes", "invoices")


@dataclass(frozen=True, slots=True)
class CaseException:
    """One thing that cannot wait, as a sentence of the language."""

    kind: str
    values: Mapping[str, Shown] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The sentence among the reasons of a language."""
        return f"exception.{self.kind}"


_Look = Callable[[Reckoning, PlanPerformance | None], Iterator[CaseException]]


def exceptions_of(reckoning: Reckoning, plan: PlanPerformance | None) -> tuple[CaseException, ...]:
    """The exceptions of a case, in the order of the method; nothing in a case with nothing open."""
    if reckoning.clock is None:
        return ()
    return tuple(found for look in _LOOKS for found in look(reckoning, plan))


def gravity(exception: CaseException) -> int:
    """The place of an exception in the order of the method; the lower, the graver."""
    return KINDS.index(exception.kind)


def _no_owner(reckoning: Reckoning, _: PlanPerformance | None) -> Iterator[CaseException]:
    if reckoning.participants.manager is None:
        yield CaseException("no_owner")


def _superior_not_told(reckoning: Reckoning, _: PlanPerformance | None) -> Iterator[CaseException]:
    told = reckoning.case.superior_told
    if not reckoning.debt.overdue.is_zero and (told is None or told > reckoning.as_of):
        yield CaseException("superior_not_told")


def _silence(reckoning: Reckoning, plan: PlanPerformance | None) -> Iterator[CaseException]:
    """In negotiation only: later the pulse days rule; nor while a plan is kept or management wants silence."""
    clock, as_of = reckoning.clock, reckoning.as_of
    if clock is None or clock.stage != "negotiate" or (plan and not plan.missed) or _left_in_peace(reckoning):
        return
    ours = [each.day for each in reckoning.case.contacts if each.direction == "out" and each.day <= as_of]
    since = max(ours, default=clock.day_of("finance_notice"))
    days = reckoning.calendars.business_days_between(since, as_of)
    if days > reckoning.case.policy.contact_gap_bd:
        yield CaseException("silence" if ours else "never_called", {"day": since, "days": days})


def _left_in_peace(reckoning: Reckoning) -> bool:
    use = reckoning.tolerance
    return use is not None and use.tolerance.within == "silent" and not use.is_exceeded


def _stage_ends(reckoning: Reckoning, plan: PlanPerformance | None) -> Iterator[CaseException]:
    clock = reckoning.clock
    if clock is None or clock.stage not in _ENDING or clock.stage_ends is None or (plan and not plan.missed):
        return
    if (
        reckoning.calendars.business_days_between(reckoning.as_of, clock.stage_ends)
        <= reckoning.case.policy.stage_alert_bd
    ):
        yield CaseException(f"{clock.stage}_ends", {"day": clock.stage_ends})


def _promise_due(reckoning: Reckoning, _: PlanPerformance | None) -> Iterator[CaseException]:
    for each in reckoning.promises.promises:
        promise = each.promise
        day = promise.moved_to if each.state == "moved" else promise.pay_by
        if each.state in {"open", "moved"} and day == reckoning.as_of and each.promised:
            yield CaseException("promise_due", {"amount": each.promised - each.received})


def _part_missed(_: Reckoning, plan: PlanPerformance | None) -> Iterator[CaseException]:
    for part in plan.parts if plan else ():
        if part.is_uncured:
            yield CaseException("part_missed", {"day": part.due, "amount": part.short})


def _tolerance(reckoning: Reckoning, _: PlanPerformance | None) -> Iterator[CaseException]:
    use = reckoning.tolerance
    if use is None or use.amount_used.is_zero:
        return
    if use.is_exceeded:
        yield CaseException("tolerance_exceeded", {"amount": use.smallest_payment})
        return
    oldest = min(each.invoice.due for each in reckoning.debt.overdue_invoices if not each.undisputed.is_zero)
    ends = oldest + timedelta(use.tolerance.days)
    if reckoning.calendars.business_days_between(reckoning.as_of, ends) <= reckoning.case.policy.tolerance_alert_bd:
        yield CaseException("tolerance_ends", {"day": ends})


def _unsigned(reckoning: Reckoning, plan: PlanPerformance | None) -> Iterator[CaseException]:
    outcome = reckoning.case.outcome
    if plan or outcome is None or not outcome.binding or not outcome.schedule or outcome.day > reckoning.as_of:
        return
    if reckoning.calendars.business_days_between(outcome.day, reckoning.as_of) > reckoning.case.policy.unsigned_bd:
        yield CaseException("unsigned", {"day": outcome.day})


def _limitation(reckoning: Reckoning, _: PlanPerformance | None) -> Iterator[CaseException]:
    ends = reckoning.case.checks.limitation_ends
    if ends and (ends - reckoning.as_of).days <= reckoning.case.policy.limitation_alert_days:
        yield CaseException("limitation", {"day": ends})


def _own_action_late(reckoning: Reckoning, _: PlanPerformance | None) -> Iterator[CaseException]:
    for action in late_actions(reckoning):
        yield CaseException("own_action_late", {"who": action.who, "what": action.what, "day": action.by})


def _copies_missing(reckoning: Reckoning, _: PlanPerformance | None) -> Iterator[CaseException]:
    copies = reckoning.case.checks.copies
    if copies and any(getattr(copies, name) == "missing" for name in _NEEDED_COPIES):
        yield CaseException("copies_missing")


@dataclass(frozen=True, slots=True)
class LateAction:
    """Something we promised the client to do and have not done by its day."""

    what: str
    who: str
    by: date


def late_actions(reckoning: Reckoning) -> tuple[LateAction, ...]:
    """Our own actions whose day has passed without their being done, the oldest first."""
    outcome, as_of = reckoning.case.outcome, reckoning.as_of
    if outcome is None or outcome.day > as_of:
        return ()
    ours = (each for each in outcome.actions if each.side == "supplier" and each.by < as_of)
    late = [LateAction(each.what, each.who, each.by) for each in ours if each.done is None or each.done > as_of]
    return tuple(sorted(late, key=lambda action: action.by))


KINDS = (
    "no_owner", "superior_not_told", "silence", "never_called", "negotiate_ends", "claim_ends", "promise_due",
    "part_missed", "tolerance_exceeded", "tolerance_ends", "unsigned", "limitation", "own_action_late",
    "copies_missing",
)  # fmt: skip
"""Every kind there is, in the order of the method; a case without an owner comes before all else."""
_LOOKS: tuple[_Look, ...] = (
    _no_owner, _superior_not_told, _silence, _stage_ends, _promise_due, _part_missed, _tolerance, _unsigned,
    _limitation, _own_action_late, _copies_missing,
)  # fmt: skip
