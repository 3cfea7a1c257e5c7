"""The promise ledger: what was said, what came, and what the difference is called."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from negotiation_kit.case.case import Case
from negotiation_kit.case.policy import Policy
from negotiation_kit.case.promises import Promise
from negotiation_kit.days import JointCalendar
from negotiation_kit.money import Money
from negotiation_kit.reckoning.currencies import in_currency
from negotiation_kit.reckoning.exact import to_decimal

STATES = ("kept", "partly kept", "broken", "moved", "open", "soft")
JUDGED = ("kept", "partly kept", "broken")
RUNNING = ("open", "moved")
BROKEN = ("broken", "partly kept")
NEEDED = {"amount": "Q-IDE-09", "pay_by": "Q-PRE-04", "source": "Q-IDE-04", "speaker": "Q-IDE-10"}
"""What makes a promise hard, and the question of the bank that hardens it."""
_TOMORROW = re.compile(r"(?<!day after )\btomorrow\b|\bholnap(?!után)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Money that was counted for a promise."""

    day: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Lack:
    """What a promise leaves out, and the question that would bring it."""

    what: str
    """amount, pay_by, source or speaker."""
    question: str


@dataclass(frozen=True, slots=True)
class JudgedPromise:
    """One promise with the money that came for it."""

    promise: Promise
    state: str
    """kept, partly kept, broken; moved (in time) and open are still running; soft has no sum or no day."""
    promised: Money | None
    received: Money
    agreed_day: date | None
    """The day promised, or the later one where the client moved it once and in time."""
    judged_on: date | None
    """The last day on which money still counted."""
    arrivals: tuple[Arrival, ...]
    lacks: tuple[Lack, ...]
    """What is missing to make it hard."""
    for_tomorrow: bool
    """It was a promise for the next day, by its day or by its words."""

    @property
    def is_running(self) -> bool:
        """It can still be kept."""
        return self.state in RUNNING

    @property
    def is_to_be_hardened(self) -> bool:
        """Something is missing, and asking for it still helps."""
        return bool(self.lacks) and self.state not in JUDGED


@dataclass(frozen=True, slots=True)
class Tally:
    """The promises of one state together."""

    state: str
    count: int
    promised: Money
    received: Money


@dataclass(frozen=True, slots=True)
class PromiseFact:
    """Days and sums of one promise, without a word of ours; what a file handed over may hold."""

    said: date
    promised: Money | None
    pay_by: date | None
    moved_to: date | None
    received: Money
    """What came for it in its time."""
    last_received: date | None


@dataclass(frozen=True, slots=True)
class PromiseLedger:
    """All promises in the order they were given, on a day."""

    as_of: date
    currency: str
    promises: tuple[JudgedPromise, ...]

    def count(self, *states: str) -> int:
        """How many promises are in one of the states."""
        return sum(each.state in states for each in self.promises)

    @property
    def broken(self) -> int:
        """Promises not kept in full: a part that came does not keep a promise."""
        return self.count(*BROKEN)

    @property
    def kept(self) -> int:
        """Promises kept in full."""
        return self.count("kept")

    @property
    def made(self) -> int:
        """All promises, soft ones included."""
        return len(self.promises)

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """Count and sums of each state that occurs."""
        return tuple(self._tally(state) for state in STATES if self.count(state))

    @property
    def promised(self) -> Money:
        """All sums promised."""
        return self._sum(each.promised for each in self.promises)

    @property
    def received(self) -> Money:
        """All that came for promises in their time."""
        return self._sum(each.received for each in self.promises)

    @property
    def kept_sum(self) -> Money:
        """The kept promises together."""
        return self._sum(each.promised for each in self._in(("kept",)))

    @property
    def kept_largest(self) -> Money | None:
        """The largest promise that was kept; nothing where none was."""
        return max((each.promised for each in self._in(("kept",)) if each.promised), default=None)

    @property
    def for_tomorrow(self) -> int:
        """How many promises were for the next day."""
        return sum(each.for_tomorrow for each in self.promises)

    @property
    def judged(self) -> int:
        """Promises whose time is over."""
        return self.count(*JUDGED)

    @property
    def kept_percent(self) -> Decimal | None:
        """Share of the judged promises that were kept in full; nothing while none is judged."""
        return _percent(Decimal(self.count("kept")), Decimal(self.judged))

    @property
    def kept_money_percent(self) -> Decimal | None:
        """Share of the money of judged promises that came in its time; nothing while none is judged."""
        judged = self._in(JUDGED)
        received = self._sum(each.received for each in judged)
        return _percent(received.amount, self._sum(each.promised for each in judged).amount)

    @property
    def due_today(self) -> tuple[JudgedPromise, ...]:
        """Promises whose day is today, kept already or not judged yet; a day without a sum counts too."""
        return tuple(each for each in self.promises if each.agreed_day == self.as_of and each.state not in BROKEN)

    @property
    def coming(self) -> tuple[JudgedPromise, ...]:
        """Promises of a later day, the next one first."""
        later = (each for each in self.promises if each.agreed_day and each.agreed_day > self.as_of)
        return tuple(sorted((each for each in later if each.state not in JUDGED), key=_day_of))

    @property
    def next(self) -> JudgedPromise | None:
        """What comes next."""
        return next(iter(self.coming), None)

    @property
    def to_be_hardened(self) -> tuple[JudgedPromise, ...]:
        """Promises that leave out something still worth asking for."""
        return tuple(each for each in self.promises if each.is_to_be_hardened)

    @property
    def facts(self) -> tuple[PromiseFact, ...]:
        """Days and sums alone, in the order the promises were given."""
        return tuple(
            PromiseFact(
                said=each.promise.said,
                promised=each.promised,
                pay_by=each.promise.pay_by,
                moved_to=each.promise.moved_to,
                received=each.received,
                last_received=max((arrival.day for arrival in each.arrivals), default=None),
            )
            for each in self.promises
        )

    def _in(self, states: tuple[str, ...]) -> tuple[JudgedPromise, ...]:
        return tuple(each for each in self.promises if each.state in states)

    def _tally(self, state: str) -> Tally:
        found = self._in((state,))
        promised = self._sum(each.promised for each in found)
        return Tally(state, len(found), promised, self._sum(each.received for each in found))

    def _sum(self, amounts: Iterable[Money | None]) -> Money:
        return sum((amount for amount in amounts if amount is not None), Money.zero(self.currency))


def judge_promises(case: Case, as_of: date, calendars: JointCalendar) -> PromiseLedger:
    """Each promise held against the money that arrived, every payment counted once, in the order of the days.

    Only money of the case's currency counts. A second move breaks a promise on the day it was told, unless the money
    came by the first day agreed.
    """
    case = in_currency(case, case.currency)
    purse = _Purse(case, as_of)
    days = _Days(case.policy, calendars)
    known = sorted((each for each in case.promises if each.said <= as_of), key=lambda each: each.said)
    hard = [(days.agreed(promise), promise) for promise in known if promise.amount is not None and promise.pay_by]
    judged = {
        id(promise): _judge(promise, purse, as_of, days)
        for _, promise in sorted(hard, key=lambda each: each[0] or date.max)
    }
    return PromiseLedger(
        as_of, case.currency, tuple(judged.get(id(promise)) or _soft(promise, case.currency, days) for promise in known)
    )


class _Purse:
    """The payments of a case, each to be spent on one promise only."""

    def __init__(self, case: Case, as_of: date) -> None:
        self.currency = case.currency
        known = sorted((each for each in case.payments if each.stands_on(as_of)), key=lambda each: each.day)
        self._days = [payment.day for payment in known]
        self._left = [Money(payment.amount, case.currency) for payment in known]

    def take(self, wanted: Money, since: date, until: date) -> tuple[Arrival, ...]:
        """As much of what is wanted as arrived in those days and is not spent yet."""
        arrivals: list[Arrival] = []
        for place, day in enumerate(self._days):
            if since <= day <= until:
                share = min(self._left[place], wanted)
                self._left[place] -= share
                wanted -= share
                if not share.is_zero:
                    arrivals.append(Arrival(day, share))
        return tuple(arrivals)


@dataclass(frozen=True, slots=True)
class _Days:
    """The days of a promise by policy and calendars."""

    policy: Policy
    calendars: JointCalendar

    def agreed(self, promise: Promise) -> date | None:
        """The day promised, or the later one if the client told of the move in time and moved it by little."""
        return promise.moved_to if self.moved_in_time(promise) else promise.pay_by

    def moved_in_time(self, promise: Promise) -> bool:
        if promise.moved_on is None or promise.moved_to is None or promise.pay_by is None:
            return False
        last_notice = self.calendars.add_business_days(promise.pay_by, -self.policy.promise_notice_bd)
        last_day = self.calendars.add_business_days(promise.pay_by, self.policy.promise_move_bd)
        return promise.moved_on <= last_notice and promise.moved_to <= last_day

    def is_for_tomorrow(self, promise: Promise) -> bool:
        """The next day or the next business day, or words that say so."""
        said = promise.said
        nearest = (said + timedelta(1), self.calendars.add_business_days(said, 1))
        return promise.pay_by in nearest or bool(promise.words and _TOMORROW.search(promise.words))


def _soft(promise: Promise, currency: str, days: _Days) -> JudgedPromise:
    """A promise without a sum or a day: it cannot be judged."""
    return JudgedPromise(
        promise=promise,
        state="soft",
        promised=Money(promise.amount, currency) if promise.amount is not None else None,
        received=Money.zero(currency),
        agreed_day=days.agreed(promise),
        judged_on=None,
        arrivals=(),
        lacks=_lacks(promise),
        for_tomorrow=days.is_for_tomorrow(promise),
    )


def _judge(promise: Promise, purse: _Purse, as_of: date, days: _Days) -> JudgedPromise:
    agreed = days.agreed(promise)
    assert promise.amount is not None
    assert agreed
    promised = Money(promise.amount, purse.currency)
    last = days.calendars.add_business_days(agreed, days.policy.promise_bank_bd)
    arrivals = purse.take(promised, promise.said, last)
    received = sum((each.amount for each in arrivals), Money.zero(purse.currency))
    over = last < as_of or (promise.moved_again is not None and promise.moved_again <= as_of)
    return JudgedPromise(
        promise=promise,
        state=_state(promised, received, over=over, moved=agreed != promise.pay_by),
        promised=promised,
        received=received,
        agreed_day=agreed,
        judged_on=last,
        arrivals=arrivals,
        lacks=_lacks(promise),
        for_tomorrow=days.is_for_tomorrow(promise),
    )


def _state(promised: Money, received: Money, *, over: bool, moved: bool) -> str:
    if received == promised:
        return "kept"
    if not over:
        return "moved" if moved else "open"
    return "broken" if received.is_zero else "partly kept"


def _lacks(promise: Promise) -> tuple[Lack, ...]:
    return tuple(Lack(what, question) for what, question in NEEDED.items() if getattr(promise, what) is None)


def _percent(part: Decimal, whole: Decimal) -> Decimal | None:
    return to_decimal(Fraction(part) / Fraction(whole) * 100, 0) if whole else None


def _day_of(judged: JudgedPromise) -> date:
    assert judged.agreed_day
    return judged.agreed_day
