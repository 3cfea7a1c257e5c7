"""The promise ledger: what was said, what came, and what the difference is called."""

from dataclasses import dataclass
from datetime import date

from negotiation_kit.case.case import Case
from negotiation_kit.case.promises import Promise
from negotiation_kit.days import JointCalendar
from negotiation_kit.money import Money

MOVE_NOTICE_BD = 1
MOVE_LIMIT_BD = 5
BANKING_BD = 1
"""A promise is kept when the money is credited by the day promised and one business day for the banks."""


@dataclass(frozen=True, slots=True)
class JudgedPromise:
    """One promise with the money that came for it."""

    promise: Promise
    state: str
    """kept, partly kept, broken; moved (in time) and open are still running; soft has no sum or no day."""
    promised: Money | None
    received: Money
    judged_on: date | None
    """The last day on which money still counted."""


@dataclass(frozen=True, slots=True)
class PromiseLedger:
    """All promises in the order they were given."""

    promises: tuple[JudgedPromise, ...]

    def count(self, *states: str) -> int:
        """How many promises are in one of the states."""
        return sum(each.state in states for each in self.promises)

    @property
    def broken(self) -> int:
        """Promises not kept in full: a part that came does not keep a promise."""
        return self.count("broken", "partly kept")


def judge_promises(case: Case, as_of: date, calendars: JointCalendar) -> PromiseLedger:
    """Each promise held against the money that arrived, every payment counted once, in the order of the days."""
    purse = _Purse(case, as_of)
    hard = [promise for promise in case.promises if _is_hard(promise) and promise.said <= as_of]
    judged = {
        id(promise): _judge(promise, purse, as_of, calendars)
        for promise in sorted(hard, key=lambda each: _agreed_day(each, calendars))
    }
    return PromiseLedger(
        tuple(
            judged.get(id(promise)) or JudgedPromise(promise, "soft", None, Money.zero(case.currency), None)
            for promise in sorted(case.promises, key=lambda each: each.said)
            if promise.said <= as_of
        )
    )


class _Purse:
    """The payments of a case, each to be spent on one promise only."""

    def __init__(self, case: Case, as_of: date) -> None:
        self.currency = case.currency
        known = [payment for payment in case.payments if payment.day <= as_of]
        self._days = [payment.day for payment in known]
        self._left = [Money(payment.amount, case.currency) for payment in known]

    def take(self, wanted: Money, since: date, until: date) -> Money:
        """As much of what is wanted as arrived in those days and is not spent yet."""
        taken = Money.zero(self.currency)
        for place, day in enumerate(self._days):
            if since <= day <= until:
                share = min(self._left[place], wanted - taken)
                self._left[place] -= share
                taken += share
        return taken


def _is_hard(promise: Promise) -> bool:
    """Sum and day make a promise that can be judged; source and speaker make it a good one."""
    return promise.amount is not None and promise.pay_by is not None


def _agreed_day(promise: Promise, calendars: JointCalendar) -> date:
    """The day promised, or the later one if the client told of the move in time and moved it by little."""
    assert promise.pay_by is not None
    return promise.moved_to if promise.moved_to and _moved_in_time(promise, calendars) else promise.pay_by


def _moved_in_time(promise: Promise, calendars: JointCalendar) -> bool:
    if promise.moved_on is None or promise.moved_to is None or promise.pay_by is None:
        return False
    told_in_time = promise.moved_on <= calendars.add_business_days(promise.pay_by, -MOVE_NOTICE_BD)
    return told_in_time and promise.moved_to <= calendars.add_business_days(promise.pay_by, MOVE_LIMIT_BD)


def _judge(promise: Promise, purse: _Purse, as_of: date, calendars: JointCalendar) -> JudgedPromise:
    assert promise.amount is not None
    promised = Money(promise.amount, purse.currency)
    last = calendars.add_business_days(_agreed_day(promise, calendars), BANKING_BD)
    received = purse.take(promised, promise.said, last)
    state = _state(promise, promised, received, last < as_of, calendars)
    return JudgedPromise(promise, state, promised, received, last)


def _state(promise: Promise, promised: Money, received: Money, over: bool, calendars: JointCalendar) -> str:
    if received == promised:
        return "kept"
    if not over:
        return "moved" if _moved_in_time(promise, calendars) else "open"
    return "broken" if received.is_zero else "partly kept"
