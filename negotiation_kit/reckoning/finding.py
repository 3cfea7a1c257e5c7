"""How each fact is found: what the case file says, and what follows from it by the rules of the method."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from itertools import pairwise

from negotiation_kit.case.case import Case
from negotiation_kit.case.contacts import Contact
from negotiation_kit.days import JointCalendar, add_months
from negotiation_kit.money import Money
from negotiation_kit.reckoning.conditions import FactValue
from negotiation_kit.reckoning.debt import Debt
from negotiation_kit.reckoning.facts import Fact, Facts, Shown, given
from negotiation_kit.reckoning.no_contact import known_contacts, span, unanswered
from negotiation_kit.reckoning.performance import PlanPerformance
from negotiation_kit.reckoning.promises import PromiseLedger
from negotiation_kit.reckoning.reason import Reason

HIGH_GROWTH, LOW_GROWTH = Decimal("1.2"), Decimal("0.7")
DISTRESS_SIGNALS = 3
EVASIVE_ATTEMPTS_BD = 5
EVASIVE_REQUESTS = 2
_EXACT = Context(prec=60)
_SCALES = (
    ("purchases", "purchases_12m", 12, Decimal(1), Decimal(3)),
    ("credit_limit", "credit_limit", 1, Decimal("0.5"), Decimal(1)),
    ("turnover", "our_monthly_turnover", 1, Decimal("0.01"), Decimal("0.05")),
)
"""What the overdue sum is held against, a year's purchases by the month: light below, heavy above."""
_WEIGHTS = ("light", "material", "heavy")


@dataclass(frozen=True, slots=True)
class _Sight:
    """All that the facts are read from."""

    case: Case
    debt: Debt
    promises: PromiseLedger
    performance: PlanPerformance | None
    stage: str
    days_left: int | None
    as_of: date
    calendars: JointCalendar

    @property
    def year_ago(self) -> date:
        return add_months(self.as_of, -12)

    @property
    def contacts(self) -> tuple[Contact, ...]:
        return known_contacts(self.case, self.as_of)

    def has_come(self, day: date | None) -> bool:
        return day is not None and day <= self.as_of


def case_facts(
    case: Case,
    debt: Debt,
    promises: PromiseLedger,
    performance: PlanPerformance | None,
    *,
    clock_stage: str,
    days_left: int | None,
    as_of: date,
    calendars: JointCalendar,
) -> Facts:
    """Every fact a condition may name, given or derived, with how it was found.

    A fact the case says nothing about has no value. Only confirmations are a plain no until the case says yes:
    decision_maker, signatory_confirmed, contact_changed, balance_confirmed, docs_complete, superior_notified,
    superior_confirmed and plan_active; what nobody confirmed must not be relied on.
    """
    sight = _Sight(case, debt, promises, performance, clock_stage, days_left, as_of, calendars)
    return Facts(tuple(fact for group in _GROUPS for fact in group(sight)))


def _derived(name: str, value: FactValue, **inputs: Shown) -> Fact:
    return Fact(name, value, "how.not_given" if value is None else f"how.{name}", tuple(inputs.items()))


def _confirmed(name: str, day: date | None, *, confirmed: bool) -> Fact:
    """Yes only if the case says so; the day it was confirmed is shown where there is one."""
    if not confirmed:
        return Fact(name, False, "how.not_confirmed")
    return Fact(name, True, "how.confirmed_on", (("day", day),)) if day else Fact(name, True, "how.confirmed")


def _profile(sight: _Sight) -> Iterator[Fact]:
    yield given("segment", sight.case.client.segment)
    yield _relationship(sight)
    yield _conduct(sight)
    yield _prospects(sight)
    yield _debt_weight(sight)


def _relationship(sight: _Sight) -> Fact:
    """By age and paid deliveries; few payments in the file prove nothing when their number was not given."""
    relationship = sight.case.relationship
    if relationship is None or relationship.since is None:
        return given("relationship", None)
    since, counted = relationship.since, relationship.paid_deliveries
    paid = counted if counted is not None else len(_paid_invoices(sight))
    policy = sight.case.policy
    few = paid < policy.proven_deliveries
    if sight.as_of < add_months(since, policy.new_months) or (few and counted is not None):
        value = "new"
    elif few:
        return given("relationship", None)
    else:
        old = add_months(since, policy.established_months) <= sight.as_of
        value = "established" if old and paid >= policy.established_deliveries else "developing"
    return _derived("relationship", value, since=since, paid=paid)


def _paid_invoices(sight: _Sight) -> tuple[tuple[date, date], ...]:
    """Due day and payment day of what was paid: invoices of this file and earlier delays, each once."""
    settled = [
        (balance.invoice.due, balance.settled_on)
        for balance in sight.debt.invoices
        if balance.settled_on and not balance.paid.is_zero
    ]
    return (*settled, *(delay for delay in _delays(sight) if delay not in settled))


def _delays(sight: _Sight) -> tuple[tuple[date, date], ...]:
    relationship = sight.case.relationship
    delays = relationship.earlier_delays if relationship else ()
    return tuple((each.due, each.paid) for each in delays if each.paid <= sight.as_of)


def _conduct(sight: _Sight) -> Fact:
    paid, late = _payment_record(sight)
    policy = sight.case.policy
    if paid is None:
        return given("conduct", None)
    if paid < policy.proven_deliveries:
        return Fact("conduct", "unproven", "how.conduct_unproven", (("paid", paid),))
    if late is None:
        return given("conduct", None)
    in_time = max(paid - late, 0)
    share = Decimal(in_time * 100)
    good, mixed = policy.conduct_good_percent * paid, policy.conduct_mixed_percent * paid
    value = "good" if share >= good else "mixed" if share >= mixed else "poor"
    return _derived("conduct", value, in_time=in_time, paid=paid, grace_days=policy.grace_days)


def _payment_record(sight: _Sight) -> tuple[int | None, int | None]:
    """How many deliveries were paid and how many of them late.

    The number given rules alone, so that nothing is counted twice; without it the paid invoices of the last twelve
    months count, if there are enough of them to speak.
    """
    relationship = sight.case.relationship
    if relationship and relationship.paid_deliveries is not None:
        named = relationship.paid_late
        recent_delays = [each for each in _delays(sight) if each[0] >= sight.year_ago]
        if named is None and relationship.earlier_delays:
            named = _late(recent_delays, sight.case.policy.grace_days)
        return relationship.paid_deliveries, named
    recent = [each for each in _paid_invoices(sight) if each[1] >= sight.year_ago]
    if len(recent) < sight.case.policy.proven_deliveries:
        return None, None
    return len(recent), _late(recent, sight.case.policy.grace_days)


def _late(paid: list[tuple[date, date]], grace_days: int) -> int:
    return sum((paid_on - due).days > grace_days for due, paid_on in paid)


def _prospects(sight: _Sight) -> Fact:
    """The manager's choice, with what the expected purchases suggest beside it; without a choice that alone."""
    relationship = sight.case.relationship
    chosen = relationship.prospects if relationship else None
    past, expected = (relationship.purchases_12m, relationship.expected_12m) if relationship else (None, None)
    if not past or expected is None:
        return given("prospects", chosen)
    growth = _EXACT.divide(expected, past)
    value = "high" if growth >= HIGH_GROWTH else "low" if growth < LOW_GROWTH else "medium"
    if chosen is None:
        return _derived("prospects", value, expected=_money(expected, sight), past=_money(past, sight))
    hint = Reason(f"hint.prospects.{value}", {"value": _tenths(growth * 100)})
    return Fact("prospects", chosen, "how.given", details=(hint,))


def _tenths(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), context=_EXACT)


def _money(amount: Decimal, sight: _Sight) -> Money:
    return Money(amount, sight.case.currency)


def _debt_weight(sight: _Sight) -> Fact:
    """The worst of the ratios that can be reckoned, each of them told."""
    overdue = sight.debt.overdue.amount
    weights: list[int] = []
    ratios: list[Reason] = []
    for key, name, months, light_below, heavy_above in _SCALES:
        base = getattr(sight.case.relationship, name, None)
        if base is None:
            continue
        if base == 0:
            weights.append(0 if overdue == 0 else len(_WEIGHTS) - 1)
            continue
        ratio = _EXACT.divide(_EXACT.multiply(overdue, Decimal(months)), base)
        weights.append(0 if ratio < light_below else 1 if ratio <= heavy_above else 2)
        ratios.append(Reason(f"ratio.{key}", {"value": _tenths(ratio if months > 1 else ratio * 100)}))
    if not weights:
        return given("debt_weight", None)
    worst = _WEIGHTS[max(weights)]
    return Fact("debt_weight", worst, "how.debt_weight", (("overdue", sight.debt.overdue),), tuple(ratios))


def _debt_facts(sight: _Sight) -> Iterator[Fact]:
    debt = sight.debt
    yield _derived("days_overdue", debt.days_overdue)
    yield _derived("overdue_invoices", len(debt.overdue_invoices))
    share = Decimal(0) if debt.overdue.is_zero else _EXACT.divide(debt.disputed.amount, debt.overdue.amount)
    yield _derived("disputed_share", share, disputed=debt.disputed, overdue=debt.overdue)
    yield _dispute_before_due(sight)


def _dispute_before_due(sight: _Sight) -> Fact:
    """A complaint without its day may have come in time: that is not known, and asked."""
    questioned = [each.invoice for each in sight.debt.overdue_invoices if not each.disputed.is_zero]
    if not questioned:
        return Fact("dispute_before_due", False, "how.dispute_none")
    raised = [(each.due, each.disputed.raised if each.disputed else None) for each in questioned]
    if any(day and day <= due for due, day in raised):
        return _derived("dispute_before_due", True)
    return _derived("dispute_before_due", None if any(day is None for _, day in raised) else False)


def _judged(sight: _Sight) -> Iterator[Fact]:
    judgement = sight.case.judgement
    yield given("cause", judgement.cause)
    yield _capacity(sight)
    yield _will(sight)


def _capacity(sight: _Sight) -> Fact:
    """As judged, with what the signals alone suggest where that is something else; without a judgement they decide."""
    judged = sight.case.judgement.capacity
    known = [signal.weight for signal in sight.case.signals if signal.day <= sight.as_of]
    hard, soft = known.count("hard"), known.count("soft")
    value = "distressed" if hard or soft >= DISTRESS_SIGNALS else "strained"
    if judged and judged != "unknown":
        hints = (Reason(f"hint.capacity.{value}", {"hard": hard, "soft": soft}),) if known and value != judged else ()
        return Fact("capacity", judged, "how.given", details=hints)
    if not known:
        return Fact("capacity", "unknown", "how.not_given")
    return _derived("capacity", value, hard=hard, soft=soft)


def _will(sight: _Sight) -> Fact:
    judged = sight.case.judgement.will
    if judged and judged != "unknown":
        return given("will", judged)
    got_day = any(each.got_day for each in sight.contacts)
    requests = sum(each.asked_for_day for each in sight.contacts)
    failed = unanswered(sight.contacts)
    if _keeps_away(failed, sight.calendars):
        return Fact("will", "evasive", "how.will_unanswered", (("attempts", len(failed)),))
    if requests >= EVASIVE_REQUESTS and not got_day:
        return Fact("will", "evasive", "how.will_no_day", (("requests", requests),))
    return Fact("will", "cooperative", "how.will_day") if got_day else Fact("will", "unknown", "how.not_given")


def _keeps_away(failed: tuple[Contact, ...], calendars: JointCalendar) -> bool:
    """Two attempts in a row within a business week came to nothing."""
    return any(
        calendars.business_days_between(first.day, second.day) <= EVASIVE_ATTEMPTS_BD
        for first, second in pairwise(failed)
    )


def _past(sight: _Sight) -> Iterator[Fact]:
    yield _derived("broken_promises", sight.promises.broken, made=len(sight.promises.promises))
    yield _plan_missed(sight)
    yield _lapses(sight)
    yield given("round", sight.case.meeting.round if sight.case.meeting else 1)


def _plan_missed(sight: _Sight) -> Fact:
    """Parts of a signed schedule not covered at the end of their cure days."""
    plan = sight.performance
    return _derived("plan_missed", plan.missed if plan else 0, parts=len(plan.parts) if plan else 0)


def _lapses(sight: _Sight) -> Fact:
    """Episodes of the last twelve months: delays named, payments in this file beyond grace, and the present one."""
    grace = sight.case.policy.grace_days
    named = {due for due, _ in _delays(sight)}
    found = {due for due, paid_on in _paid_invoices(sight) if (paid_on - due).days > grace}
    earlier = sum(due >= sight.year_ago for due in named | found)
    present = 0 if sight.debt.overdue.is_zero else 1
    return _derived("lapses_12m", earlier + present, earlier=earlier, present=present)


def _contact_facts(sight: _Sight) -> Iterator[Fact]:
    contacts, failed = sight.contacts, unanswered(sight.contacts)
    if not contacts:
        yield from map(given, ("contact", "contact_attempts_failed", "contact_channels", "contact_span_bd"), [None] * 4)
    else:
        heard = len(failed) < len(contacts)
        yield _derived("contact", "open" if not failed else "partial" if heard else "none", attempts=len(failed))
        yield _derived("contact_attempts_failed", len(failed))
        yield _derived("contact_channels", len({each.channel for each in failed}))
        yield _derived("contact_span_bd", span(failed, sight.calendars))
    refused = sum(each.refused_meeting for each in contacts)
    yield _derived("refused_meetings", refused if contacts else None)


def _people(sight: _Sight) -> Iterator[Fact]:
    people, checks = sight.case.client.people, sight.case.checks
    decides = any(each.decides and each.attends is not False for each in people)
    yield _confirmed("decision_maker", None, confirmed=decides)
    checked = sight.has_come(checks.signatory_confirmed)
    powered = any(each.signs in {"alone", "jointly"} and each.power for each in people)
    yield _confirmed(
        "signatory_confirmed", checks.signatory_confirmed if checked else None, confirmed=checked or powered
    )
    yield _confirmed("contact_changed", None, confirmed=any(each.new for each in people))


def _papers(sight: _Sight) -> Iterator[Fact]:
    balance = _written_balance(sight)
    yield _confirmed("balance_confirmed", balance, confirmed=balance is not None)
    copies = sight.case.checks.copies
    needed = (copies.contract, copies.orders, copies.delivery_notes, copies.invoices) if copies else (None,)
    yield _confirmed("docs_complete", None, confirmed={*needed} <= {"found", "not needed"})


def _written_balance(sight: _Sight) -> date | None:
    """The latest written balance that is not too old; signed minutes that acknowledge the whole debt are one."""
    outcome = sight.case.outcome
    whole = outcome and outcome.acknowledged and outcome.acknowledged.kind == "whole"
    days = (sight.case.checks.balance_confirmed, outcome.signed if outcome and whole else None)
    oldest = sight.case.policy.balance_valid_days
    return max((day for day in days if day and day <= sight.as_of and (sight.as_of - day).days <= oldest), default=None)


def _supply(sight: _Sight) -> Iterator[Fact]:
    judgement = sight.case.judgement
    for name in ("supply_wanted", "goods_in_stock", "setoff_possible"):
        yield given(name, getattr(judgement, name))
    yield _security_held(sight)


def _security_held(sight: _Sight) -> Fact:
    """As judged; else by the securities on file that can still be called, and the invoices a security stands behind."""
    case, judged = sight.case, sight.case.judgement.security_held
    covered = sum(each.invoice.secured for each in sight.debt.open_invoices)
    if judged is not None or not (case.securities or covered):
        return given("security_held", judged)
    running = sum(each.expires is None or each.expires >= sight.as_of for each in case.securities)
    return _derived("security_held", bool(running or covered), running=running, invoices=covered)


def _law(sight: _Sight) -> Iterator[Fact]:
    case, checks = sight.case, sight.case.checks
    yield _checked("insolvency_open", sight, {"open"})
    yield _checked("insolvency_signal", sight, {"signal", "open"})
    yield given("debtor_is_consumer", case.client.kind == "consumer")
    countries = {code.partition("-")[0] for code in case.calendars}
    yield _derived("cross_border", len(countries) > 1 if countries else None)
    ends = checks.limitation_ends
    yield _derived("limitation_days", (ends - sight.as_of).days if ends else None, ends=ends)


def _checked(name: str, sight: _Sight, speaks_for: set[str]) -> Fact:
    """What register and press said, with the day they were looked at; a check of a later day is not known yet."""
    said, day = sight.case.checks.insolvency, sight.case.checks.insolvency_checked
    if said is None or (day and not sight.has_come(day)):
        return given(name, None)
    value = said in speaks_for
    return Fact(name, value, "how.checked_on", (("day", day),)) if day else Fact(name, value, "how.checked")


def _course(sight: _Sight) -> Iterator[Fact]:
    case, plan = sight.case, sight.performance
    for name, day in (
        ("superior_notified", case.superior_told),
        ("superior_confirmed", case.checks.superior_confirmed),
    ):
        yield _confirmed(name, day, confirmed=sight.has_come(day))
    yield _confirmed("plan_active", plan.signed if plan else None, confirmed=plan is not None and not plan.missed)
    yield _derived("stage", sight.stage)
    yield _derived("days_left", sight.days_left)
    yield given("channel", case.meeting.channel if case.meeting else None)


_GROUPS = (
    _profile,
    _debt_facts,
    _judged,
    _past,
    _contact_facts,
    _people,
    _papers,
    _supply,
    _law,
    _course,
)
