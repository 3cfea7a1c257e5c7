"""Rules across the fields of a case: each a small function that yields what is wrong, and where."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from negotiation_kit.case.case import Case
from negotiation_kit.case.fields import Record, is_amount
from negotiation_kit.money import CURRENCIES, Money, known_currency, near_currencies
from negotiation_kit.problems import Problem

Check = Callable[[Case], Iterator[Problem]]


def currency_is_known(case: Case) -> Iterator[Problem]:
    """Only a currency people pay in has a smallest unit."""
    if not known_currency(case.currency):
        near = near_currencies(case.currency)
        hint = f"did you mean {' or '.join(near)}?" if near else "write a code of ISO 4217 such as EUR, HUF or GBP"
        yield Problem(case.place_of("currency"), f"currency is {case.currency!r}, no currency of ISO 4217", hint)


def amounts_can_be_paid(case: Case) -> Iterator[Problem]:
    """Nobody can pay half of the smallest unit."""
    if not known_currency(case.currency):
        return
    decimals = CURRENCIES[case.currency]
    for record, path, amount in _amounts(case):
        if amount != Money(amount, case.currency).rounded().amount:
            allowed = f"at most {decimals} decimals" if decimals else "whole units"
            yield Problem(
                record.place_of(path.rsplit(".", 1)[-1]),
                f"{path} is {amount}, but {case.currency} is paid in {allowed}",
                "round the sum as the invoice does",
            )


def invoices_are_told_once(case: Case) -> Iterator[Problem]:
    """Two invoices of one number would be settled twice or not at all."""
    seen: set[str] = set()
    for place, invoice in enumerate(case.invoices, start=1):
        if invoice.number in seen:
            yield Problem(
                invoice.place_of("number"),
                f"invoices[{place}].number {invoice.number!r} stands twice",
                "give each invoice its own number, or take the second one out",
            )
        seen.add(invoice.number)


def invoices_fall_due_after_issue(case: Case) -> Iterator[Problem]:
    """An invoice cannot be due before it is written."""
    for place, invoice in enumerate(case.invoices, start=1):
        if invoice.due < invoice.issued:
            yield Problem(
                invoice.place_of("due"),
                f"invoices[{place}].due is {invoice.due}, before it was issued on {invoice.issued}",
                "check both days",
            )


def invoices_are_of_something(case: Case) -> Iterator[Problem]:
    """An invoice over nothing owes nothing; a dispute over nothing disputes nothing."""
    for place, invoice in enumerate(case.invoices, start=1):
        if invoice.amount == 0:
            yield Problem(invoice.place_of("amount"), f"invoices[{place}].amount is 0", "take the invoice out")
        if invoice.disputed and not 0 < invoice.disputed.amount <= invoice.amount:
            yield Problem(
                invoice.disputed.place_of("amount"),
                f"invoices[{place}].disputed.amount is {invoice.disputed.amount}, "
                f"expected more than 0 and at most the invoice's {invoice.amount}",
                "write the part the client questions",
            )


def money_names_a_known_invoice(case: Case) -> Iterator[Problem]:
    """A credit or payment for an invoice that is not in the file would vanish from the reckoning."""
    from difflib import get_close_matches

    known = {invoice.number: invoice for invoice in case.invoices}
    named = [(f"credits[{place}]", each) for place, each in enumerate(case.credits, start=1)]
    named += [(f"payments[{place}]", each) for place, each in enumerate(case.payments, start=1)]  # type: ignore[misc]
    for path, entry in named:
        if entry.invoice is None:
            continue
        if entry.invoice not in known:
            near = get_close_matches(entry.invoice, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
            yield Problem(
                entry.place_of("invoice"), f"{path}.invoice is {entry.invoice!r}, not among the invoices", hint
            )
        elif entry.day < known[entry.invoice].issued:
            yield Problem(
                entry.place_of("day"),
                f"{path}.day is {entry.day}, before {entry.invoice} was issued on {known[entry.invoice].issued}",
                "check both days; money in advance names no invoice",
            )


def credits_fit_their_invoice(case: Case) -> Iterator[Problem]:
    """Credits above the invoice would turn the debt round."""
    credited: dict[str, Decimal] = {}
    amounts = {invoice.number: invoice.amount for invoice in case.invoices}
    for place, credit in enumerate(case.credits, start=1):
        credited[credit.invoice] = credited.get(credit.invoice, Decimal(0)) + credit.amount
        if credited[credit.invoice] > amounts.get(credit.invoice, credited[credit.invoice]):
            yield Problem(
                credit.place_of("amount"),
                f"credits[{place}] brings the credits of {credit.invoice} to {credited[credit.invoice]}, "
                f"more than the invoice's {amounts[credit.invoice]}",
                "check the amounts",
            )


def promises_look_forward(case: Case) -> Iterator[Problem]:
    """A promise is for a day to come, and is moved before that day."""
    for place, promise in enumerate(case.promises, start=1):
        if promise.pay_by and promise.pay_by < promise.said:
            yield Problem(
                promise.place_of("pay_by"),
                f"promises[{place}].pay_by is {promise.pay_by}, before it was said on {promise.said}",
                "check both days",
            )
        if (promise.moved_on is None) != (promise.moved_to is None):
            missing = "moved_on" if promise.moved_on is None else "moved_to"
            yield Problem(
                promise.place_of(),
                f"promises[{place}].{missing} is missing",
                "a moved promise needs the day the client told us and the new day",
            )


def hours_run_forward(case: Case) -> Iterator[Problem]:
    """A meeting ends after it began."""
    for path, meeting in (("meeting", case.meeting), ("outcome", case.outcome)):
        if meeting and meeting.at and meeting.until and _minutes(meeting.until) <= _minutes(meeting.at):
            yield Problem(
                meeting.place_of("until"), f"{path}.until is {meeting.until}, not after {meeting.at}", "check the hours"
            )


def client_is_a_business(case: Case) -> Iterator[Problem]:
    """Consumer debts have rules of their own; this kit must not be used for them."""
    if case.client.kind == "consumer":
        yield Problem(
            case.client.place_of("kind"),
            "client.kind is 'consumer': this kit is for debts between businesses",
            "consumer rules differ; hand the case to your legal department",
        )


def policy_makes_sense(case: Case) -> Iterator[Problem]:
    """A policy is judged as a whole: what comes first must come first."""
    policy = case.policy
    ordered = (
        ("checkpoint_days", "negotiation_days"),
        ("meeting_by_days", "negotiation_days"),
        ("promise_secured", "promise_legal"),
        ("plan_missed_secured", "plan_missed_legal"),
        ("cure_bd", "negotiation_days"),
        ("security_over_days", "plan_max_days"),
    )
    for less, more in ordered:
        if getattr(policy, less) >= getattr(policy, more):
            yield Problem(
                policy.place_of(less) or policy.place_of(more),
                f"policy.{less} is {getattr(policy, less)}, expected less than {more} ({getattr(policy, more)})",
                "change one of the two",
            )
    if any(days >= policy.claim_days for days in policy.pulse_days):
        yield Problem(
            policy.place_of("pulse_days"),
            f"policy.pulse_days has a day at or after claim_days ({policy.claim_days})",
            "a pulse contact comes before the claim period ends",
        )
    for key in ("parts_max", "claim_days"):
        if getattr(policy, key) == 0:
            yield Problem(policy.place_of(key), f"policy.{key} is 0", "write at least 1")


CHECKS: tuple[Check, ...] = (
    currency_is_known,
    amounts_can_be_paid,
    invoices_are_told_once,
    invoices_fall_due_after_issue,
    invoices_are_of_something,
    money_names_a_known_invoice,
    credits_fit_their_invoice,
    promises_look_forward,
    hours_run_forward,
    client_is_a_business,
    policy_makes_sense,
)


def _amounts(case: Case) -> Iterator[tuple[Record, str, Decimal]]:
    """Every sum of the case in the currency of the case, with its path."""
    yield from _amounts_of(case, "")


def _amounts_of(record: Record, path: str) -> Iterator[tuple[Record, str, Decimal]]:
    for name, field in type(record).model_fields.items():
        value: Any = getattr(record, name)
        where = f"{path}.{name}" if path else name
        if isinstance(value, Record):
            yield from _amounts_of(value, where)
        elif isinstance(value, tuple):
            for place, item in enumerate(value, start=1):
                if isinstance(item, Record):
                    yield from _amounts_of(item, f"{where}[{place}]")
        elif isinstance(value, Decimal) and is_amount(field):
            yield record, where, value


def _minutes(hour: str) -> int:
    hours, minutes = hour.split(":")
    return int(hours) * 60 + int(minutes)
