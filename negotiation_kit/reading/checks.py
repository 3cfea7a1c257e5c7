"""Rules across the fields of a case: each a small function that yields what is wrong, and where."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from negotiation_kit.case.case import Case
from negotiation_kit.case.fields import Record, is_amount
from negotiation_kit.case.outcome import ALL_OF_IT
from negotiation_kit.case.receivables import Cost, Credit, Payment, PriceIndex, StatedRate
from negotiation_kit.money import Money, known_currency, near_currencies
from negotiation_kit.problems import Problem
from negotiation_kit.reading.plan_checks import (
    payable_in,
    plan_does_not_contradict_itself,
    plan_says_what_its_shape_needs,
    shares_can_be_paid,
)
from negotiation_kit.reading.policy_checks import policy_problems

Check = Callable[[Case], Iterator[Problem]]
HIGHEST_LEVEL = 3


def currency_is_known(case: Case) -> Iterator[Problem]:
    """Only a currency people pay in has a smallest unit."""
    named: list[tuple[str, Record, str]] = [("currency", case, case.currency)]
    named += [(f"invoices[{place}].currency", each, each.currency or "") for place, each in enumerate(case.invoices, 1)]
    named += [(f"payments[{place}].currency", each, each.currency or "") for place, each in enumerate(case.payments, 1)]
    for path, record, code in named:
        if code and not known_currency(code):
            near = near_currencies(code)
            hint = f"did you mean {' or '.join(near)}?" if near else "write a code of ISO 4217 such as EUR, HUF or GBP"
            yield Problem(record.place_of("currency"), f"{path} is {code!r}, no currency of ISO 4217", hint)


def currencies_meet_nowhere(case: Case) -> Iterator[Problem]:
    """A payment settles invoices of its own currency; the case's own currency has an invoice."""
    of_invoice = {invoice.number: invoice.currency or case.currency for invoice in case.invoices}
    if case.currency not in of_invoice.values():
        yield Problem(
            case.place_of("currency"),
            f"currency is {case.currency}, but no invoice is in it",
            "write the currency of the invoices the meeting is about",
        )
    for place, payment in enumerate(case.payments, start=1):
        wanted = of_invoice.get(payment.invoice or "")
        if payment.currency and wanted and payment.currency != wanted:
            yield Problem(
                payment.place_of("currency"),
                f"payments[{place}].currency is {payment.currency}, but {payment.invoice} is in {wanted}",
                "write what the bank credited in the invoice's currency, or name another invoice",
            )


def amounts_can_be_paid(case: Case) -> Iterator[Problem]:
    """Nobody can pay half of the smallest unit."""
    if not known_currency(case.currency):
        return
    foreign = _foreign(case)
    for record, path, amount in _amounts(case):
        currency = foreign.get(id(record), case.currency)
        if known_currency(currency) and amount != Money(amount, currency).rounded().amount:
            yield Problem(
                record.place_of(path.rsplit(".", 1)[-1]),
                f"{path} is {amount}, but {currency} is paid in {payable_in(currency)}",
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
    named: list[tuple[str, Credit | Payment | Cost]] = []
    named += [(f"credits[{place}]", each) for place, each in enumerate(case.credits, start=1)]
    named += [(f"payments[{place}]", each) for place, each in enumerate(case.payments, start=1)]
    named += [(f"costs[{place}]", each) for place, each in enumerate(case.costs, start=1)]
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


def payments_are_taken_back_later(case: Case) -> Iterator[Problem]:
    """The bank takes back only what has come."""
    for place, payment in enumerate(case.payments, start=1):
        if payment.taken_back and payment.taken_back < payment.day:
            message = f"payments[{place}].taken_back is {payment.taken_back}, before it came on {payment.day}"
            yield Problem(payment.place_of("taken_back"), message, "check both days in the bank's statement")


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


def interest_says_where_its_rate_is_from(case: Case) -> Iterator[Problem]:
    """A rate without its source cannot be defended; a contract's rate and a method of the law exclude each other."""
    interest = case.interest
    if interest is None:
        return
    if interest.percent is not None and not interest.source:
        yield Problem(
            interest.place_of("percent"),
            "interest.source is missing: where does the rate come from?",
            "name the clause of the contract; without percent the rate is the law's",
        )
    if interest.percent is not None and interest.method:
        yield Problem(
            interest.place_of("method"),
            "interest.method is a way of the law, but percent states a rate",
            "take out one of the two",
        )
    if interest.percent is None:
        for field, value in (("per", interest.per != "year"), ("source", interest.source)):
            if value:
                yield Problem(
                    interest.place_of(field),
                    f"interest.{field} belongs to a rate of the contract, but there is no interest.percent",
                    "write the rate, or take it out: without percent the rate is the law's",
                )


def rates_make_sense(case: Case) -> Iterator[Problem]:
    """A contract's rate is not below zero; a stated reference rate may be, but ends after it began."""
    interest = case.interest
    if interest is None:
        return
    if interest.percent is not None and interest.percent < 0:
        yield Problem(
            interest.place_of("percent"), f"interest.percent is {interest.percent}, below zero", "write the rate agreed"
        )
    for place, rate in enumerate(interest.rates, start=1):
        if rate.until and rate.until < rate.since:
            yield Problem(
                rate.place_of("until"),
                f"interest.rates[{place}].until is {rate.until}, before it held since {rate.since}",
                "check both days",
            )


def stated_figures_are_told_once(case: Case) -> Iterator[Problem]:
    """Two rates of one day, or two indices of one month, cannot both hold."""
    if case.interest is None:
        return
    stated: list[tuple[str, str, Sequence[StatedRate | PriceIndex]]] = [
        ("rates", "since", case.interest.rates),
        ("inflation", "month", case.interest.inflation),
    ]
    for name, key, entries in stated:
        seen: set[object] = set()
        for place, entry in enumerate(entries, start=1):
            value = getattr(entry, key), entry.currency if isinstance(entry, StatedRate) else None
            if value in seen:
                yield Problem(
                    entry.place_of(key), f"interest.{name}[{place}].{key} {value[0]} stands twice", "take one out"
                )
            seen.add(value)


def allocation_is_complete(case: Case) -> Iterator[Problem]:
    """An order that is agreed names each kind once; the law's is not named at all."""
    said = case.allocation
    if said is None:
        return
    if said.by == "agreement" and not said.order:
        yield Problem(
            said.place_of("by"),
            "allocation.order is missing: what was agreed?",
            "write it like order: [principal, interest, costs]",
        )
    if said.by == "agreement" and not said.basis:
        yield Problem(
            said.place_of("by"),
            "allocation.basis is missing: where is the order agreed?",
            "name the clause, such as contract B-2024/118, point 5.2",
        )
    if said.by != "agreement" and said.order:
        yield Problem(
            said.place_of("order"),
            f"allocation.order stands beside by: {said.by}",
            "write by: agreement, or take it out",
        )
    if len(set(said.order)) != len(said.order):
        yield Problem(said.place_of("order"), "allocation.order names a kind twice", "name each once")


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
        if promise.moved_again and (promise.moved_on is None or promise.moved_again < promise.moved_on):
            yield Problem(
                promise.place_of("moved_again"),
                f"promises[{place}].moved_again is {promise.moved_again}, but there is no first move before it",
                "write the first move under moved_on and moved_to",
            )


def hours_run_forward(case: Case) -> Iterator[Problem]:
    """A meeting ends after it began."""
    for path, meeting in (("meeting", case.meeting), ("outcome", case.outcome)):
        if meeting and meeting.at and meeting.until and _minutes(meeting.until) <= _minutes(meeting.at):
            yield Problem(
                meeting.place_of("until"), f"{path}.until is {meeting.until}, not after {meeting.at}", "check the hours"
            )


def a_waiver_is_a_share(case: Case) -> Iterator[Problem]:
    """Between nothing and all of the interest falls away, and only where the minutes waive it."""
    meetings = [(f"earlier_outcomes[{number}]", each) for number, each in enumerate(case.earlier_outcomes, start=1)]
    for path, outcome in (*meetings, ("outcome", case.outcome)):
        if outcome is None or outcome.waived_percent is None:
            continue
        place, share = outcome.place_of("waived_percent"), outcome.waived_percent
        if outcome.interest != "waived if kept":
            message = f"{path}.waived_percent stands beside interest: {outcome.interest}"
            yield Problem(place, message, "write interest: waived if kept, or take it out")
        elif not 0 < share <= ALL_OF_IT:
            message = f"{path}.waived_percent is {share}, expected more than 0, at most 100"
            yield Problem(place, message, "for no waiver write interest: runs")


def an_override_names_a_level_there_is(case: Case) -> Iterator[Problem]:
    """Concession levels go from 0 to 3."""
    override = case.override
    if override and override.level is not None and override.level > HIGHEST_LEVEL:
        yield Problem(
            override.place_of("level"), f"override.level is {override.level}, expected 0 to 3", "write the level to use"
        )


def legal_moves_forward(case: Case) -> Iterator[Problem]:
    """A letter names a day after its own; consent is given once legal has the file; nobody goes to court before it."""
    legal = case.legal
    if legal.claim_until and legal.claim_letter is None:
        hint = "write legal.claim_letter too: the day it went"
        yield Problem(legal.place_of("claim_until"), "legal.claim_until stands there without a claim letter", hint)
    pairs = (("claim_until", "claim_letter"), ("court_filed", "claim_letter"), ("court_filed", "taken_over"))
    for field, since in pairs:
        day, before = getattr(legal, field), getattr(legal, since)
        if day and before and (day < before or (field == "claim_until" and day == before)):
            message = f"legal.{field} is {day}, not after legal.{since} on {before}"
            yield Problem(legal.place_of(field), message, "ask legal for both days")
    if legal.consent and not (legal.taken_over or legal.court_filed):
        hint = "write legal.taken_over: the day legal confirmed that it has the file"
        yield Problem(legal.place_of("consent"), "legal.consent stands there, but legal has not taken over", hint)


def client_is_a_business(case: Case) -> Iterator[Problem]:
    """Consumer debts have rules of their own; this kit must not be used for them."""
    if case.client.kind == "consumer":
        yield Problem(
            case.client.place_of("kind"),
            "client.kind is 'consumer': this kit is for debts between businesses",
            "consumer rules differ; hand the case to your legal department",
        )


def policy_makes_sense(case: Case) -> Iterator[Problem]:
    """A policy is judged as a whole; one from a file when the case's single values are laid over it."""
    if case.policy_file is None:
        yield from policy_problems(case.policy)


CHECKS: tuple[Check, ...] = (
    currency_is_known,
    currencies_meet_nowhere,
    amounts_can_be_paid,
    invoices_are_told_once,
    invoices_fall_due_after_issue,
    invoices_are_of_something,
    money_names_a_known_invoice,
    credits_fit_their_invoice,
    payments_are_taken_back_later,
    interest_says_where_its_rate_is_from,
    rates_make_sense,
    stated_figures_are_told_once,
    allocation_is_complete,
    plan_says_what_its_shape_needs,
    plan_does_not_contradict_itself,
    shares_can_be_paid,
    promises_look_forward,
    hours_run_forward,
    a_waiver_is_a_share,
    legal_moves_forward,
    client_is_a_business,
    an_override_names_a_level_there_is,
    policy_makes_sense,
)


def _foreign(case: Case) -> dict[int, str]:
    """The currency of each record whose sums are not in the case's own."""
    of_invoice = {invoice.number: invoice.currency for invoice in case.invoices if invoice.currency}
    found = {id(invoice): invoice.currency for invoice in case.invoices if invoice.currency}
    found |= {id(each.disputed): each.currency for each in case.invoices if each.currency and each.disputed}
    entries: list[Credit | Payment | Cost] = [*case.credits, *case.payments, *case.costs]
    for each in entries:
        said = each.currency if isinstance(each, Payment) else None
        if code := said or of_invoice.get(each.invoice or ""):
            found[id(each)] = code
    return found


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
