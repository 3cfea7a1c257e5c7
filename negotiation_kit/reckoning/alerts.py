"""What cannot wait on a day: each alert with its day and facts, the most urgent first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from negotiation_kit.case.outcome import Action
from negotiation_kit.money import Money
from negotiation_kit.reckoning.facts import Shown
from negotiation_kit.reckoning.letters import letters_of, revived_interest
from negotiation_kit.reckoning.reckon import Reckoning
from negotiation_kit.reckoning.results import is_closed, retained_day

LATE, TODAY, SOON, MISSING = "late", "today", "soon", "missing"
URGENCY = (LATE, TODAY, SOON, MISSING)
"""Something is overdue with us or with the client; it is due today; a limit comes near; papers are missing."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that cannot wait."""

    key: str
    day: date
    """The day it was or will be due; the day of the reckoning where that day is for fewer eyes."""
    urgency: str
    """late, today, soon or missing."""
    sentence: str
    """Key of its sentence; the placeholders are the facts."""
    facts: tuple[tuple[str, Shown], ...]


def alerts_of(reckoning: Reckoning) -> tuple[Alert, ...]:
    """Every alert of a case on its day, by urgency, then in the order of the method, then by day."""
    looks = _LOOKS_ONCE_CLOSED if is_closed(reckoning) else _LOOKS
    found = [(place, alert) for place, look in enumerate(looks) for alert in look(reckoning)]
    found.sort(key=lambda each: (URGENCY.index(each[1].urgency), each[0], each[1].day))
    return tuple(alert for _, alert in found)


def _alert(key: str, day: date, urgency: str, sentence: str = "", **facts: Shown) -> Alert:
    return Alert(key, day, urgency, f"alert.{sentence or key}", tuple(facts.items()))


def _superior_not_told(reckoning: Reckoning) -> Iterator[Alert]:
    """The first act after a missed date (S12)."""
    told = reckoning.case.superior_told
    if reckoning.clock and not reckoning.debt.overdue.is_zero and (told is None or told > reckoning.as_of):
        yield _alert("superior_not_told", reckoning.clock.day_of("superior_told"), LATE)


def _no_contact(reckoning: Reckoning) -> Iterator[Alert]:
    """Silence of ours while we negotiate; a kept plan and a tolerance that is to be silent need no call."""
    clock, case, as_of = reckoning.clock, reckoning.case, reckoning.as_of
    if clock is None or clock.stage != "negotiate" or clock.plan_active or _left_in_peace(reckoning):
        return
    reached = [each.day for each in case.contacts if each.direction == "out" and each.day <= as_of]
    reached += [case.outcome.day] if case.outcome and case.outcome.day <= as_of else []
    since = max(reached, default=clock.day_of("finance_notice"))
    silent_bd = reckoning.calendars.business_days_between(since, as_of)
    if silent_bd > case.policy.contact_gap_bd:
        due = reckoning.calendars.add_business_days(since, case.policy.contact_gap_bd)
        yield _alert("no_contact", due, LATE, "no_contact" if reached else "never_called", since=since, days=silent_bd)


def _left_in_peace(reckoning: Reckoning) -> bool:
    use = reckoning.tolerance
    return use is not None and use.tolerance.within == "silent" and not use.is_exceeded


def _stage_ends(reckoning: Reckoning) -> Iterator[Alert]:
    """The window or the claim period is about to end."""
    clock, as_of = reckoning.clock, reckoning.as_of
    if clock is None or clock.stage_ends is None or clock.stage == "prevent":
        return
    left_bd = reckoning.calendars.business_days_between(as_of, clock.stage_ends)
    if left_bd <= reckoning.case.policy.stage_alert_bd:
        key = "window_ends" if clock.stage == "negotiate" else "claim_ends"
        yield _alert(key, clock.stage_ends, TODAY if clock.stage_ends == as_of else SOON, ends=clock.stage_ends)


def _formal_late(reckoning: Reckoning) -> Iterator[Alert]:
    """What legal should have done by now and nobody has recorded."""
    clock, as_of = reckoning.clock, reckoning.as_of
    if clock is None:
        return
    if late := clock.court_file_late:
        known = clock.letter_went and reckoning.case.legal.is_with_legal(as_of)
        yield _alert("court_late", late.day, LATE, "court_late" if known else "court_file_late", due=late.day)
    elif late := clock.claim_letter_late:
        yield _alert("claim_letter_late", late.day, LATE, due=late.day)


def _promise_due(reckoning: Reckoning) -> Iterator[Alert]:
    for each in reckoning.promises.due_today:
        if each.promised and each.is_running:
            yield _alert("promise_due", reckoning.as_of, TODAY, amount=each.promised, said=each.promise.said)
        elif each.promised is None:
            yield _alert("promise_due", reckoning.as_of, TODAY, "promise_due_soft", said=each.promise.said)


def _payment_taken_back(reckoning: Reckoning) -> Iterator[Alert]:
    """Money the bank took back, until somebody has called about it."""
    case, as_of = reckoning.case, reckoning.as_of
    called = max((each.day for each in case.contacts if each.direction == "out" and each.day <= as_of), default=None)
    for payment in case.payments:
        back = payment.taken_back
        if back and back <= as_of and (called is None or called < back):
            amount = Money(payment.amount, case.currency)
            yield _alert("payment_taken_back", back, LATE, amount=amount, came=payment.day, back=back)


def _part_missed(reckoning: Reckoning) -> Iterator[Alert]:
    """An instalment past its cure days with something still to come."""
    for part in reckoning.performance.parts if reckoning.performance else ():
        if part.is_uncured:
            assert part.last_day
            yield _alert("part_missed", part.last_day, LATE, number=part.number, due=part.due, short=part.short)


def _tolerance(reckoning: Reckoning) -> Iterator[Alert]:
    """A key client near or beyond what management granted; the figures are for fewer eyes than the alert."""
    use, as_of = reckoning.tolerance, reckoning.as_of
    if use is None or use.amount_used.is_zero:
        return
    if use.is_exceeded:
        yield _alert("tolerance_exceeded", as_of, LATE)
        return
    ends = as_of - timedelta(use.days_used) + timedelta(use.tolerance.days)
    if reckoning.calendars.business_days_between(as_of, ends) <= reckoning.case.policy.tolerance_alert_bd:
        yield _alert("tolerance_ends", as_of, TODAY if ends == as_of else SOON)


def _minutes_unsigned(reckoning: Reckoning) -> Iterator[Alert]:
    outcome, as_of, calendars = reckoning.case.outcome, reckoning.as_of, reckoning.calendars
    if outcome is None or outcome.ended == "open" or (outcome.signed and outcome.signed <= as_of):
        return
    limit = reckoning.case.policy.unsigned_bd
    waited_bd = calendars.business_days_between(outcome.day, as_of)
    if waited_bd > limit:
        due = calendars.add_business_days(outcome.day, limit)
        yield _alert("minutes_unsigned", due, LATE, met=outcome.day, days=waited_bd)


def _limitation(reckoning: Reckoning) -> Iterator[Alert]:
    ends, as_of = reckoning.case.checks.limitation_ends, reckoning.as_of
    if ends is None or not reckoning.debt.open_invoices:
        return
    days = (ends - as_of).days
    if days < 0:
        yield _alert("limitation", ends, LATE, "limitation_passed", ends=ends)
    elif days <= reckoning.case.policy.limitation_alert_days:
        yield _alert("limitation", ends, SOON if days else TODAY, ends=ends, days=days)


def _own_action_late(reckoning: Reckoning) -> Iterator[Alert]:
    """What we agreed to do ourselves and have not done (S55)."""
    for action in own_actions_late(reckoning):
        yield _alert("own_action_late", action.by, LATE, what=action.what, who=action.who, by=action.by)


def own_actions_late(reckoning: Reckoning) -> tuple[Action, ...]:
    """Our own agreed actions past their day, the oldest first."""
    outcome, as_of = reckoning.case.outcome, reckoning.as_of
    ours = (each for each in outcome.actions if each.side == "supplier") if outcome else ()
    late = (each for each in ours if each.by < as_of and (each.done is None or each.done > as_of))
    return tuple(sorted(late, key=lambda each: each.by))


def _documents_missing(reckoning: Reckoning) -> Iterator[Alert]:
    """Of contract, orders, delivery proof and invoices, what nobody has found; on the first day it was needed."""
    copies = reckoning.case.checks.copies
    needed = (copies.contract, copies.orders, copies.delivery_notes, copies.invoices) if copies else (None,) * 4
    missing = sum(each not in {"found", "not needed"} for each in needed)
    if missing and not reckoning.debt.overdue.is_zero:
        yield _alert("documents_missing", reckoning.as_of, MISSING, missing=missing, needed=len(needed))


def _not_closed(reckoning: Reckoning) -> Iterator[Alert]:
    """Everything is paid, and nobody has written down both results (S1)."""
    closing = letters_of(reckoning).closing
    if closing and not revived_interest(reckoning):
        yield _alert("not_closed", closing.day, TODAY, paid=closing.day)


def _retained_unknown(reckoning: Reckoning) -> Iterator[Alert]:
    """Six months after the closing it is looked at whether the client still buys."""
    closing = reckoning.case.closing
    if closing and closing.retained is None and closing.relationship != "lost":
        looked_at = retained_day(closing.day)
        if looked_at <= reckoning.as_of:
            yield _alert("retained_unknown", looked_at, TODAY, closed=closing.day)


def _with_legal(reckoning: Reckoning) -> Iterator[Alert]:
    """What still runs in a case that is closed for the account manager, and open with legal."""
    if reckoning.case.closing and reckoning.case.closing.money == "handed over":
        yield from _formal_late(reckoning)
        yield from _limitation(reckoning)


def _kept_too_long(reckoning: Reckoning) -> Iterator[Alert]:
    """A file whose day of deletion has come: it holds data on persons."""
    until = reckoning.case.keep_until
    if until and until <= reckoning.as_of:
        yield _alert("kept_too_long", until, LATE, until=until)


_LOOKS = (
    _superior_not_told,
    _no_contact,
    _stage_ends,
    _formal_late,
    _promise_due,
    _payment_taken_back,
    _part_missed,
    _tolerance,
    _minutes_unsigned,
    _limitation,
    _own_action_late,
    _documents_missing,
    _not_closed,
    _kept_too_long,
)
"""In the order of the method, section 8; then the closing and care for data."""
_LOOKS_ONCE_CLOSED = (_with_legal, _retained_unknown, _kept_too_long)
"""What is left to look at in a closed case."""
