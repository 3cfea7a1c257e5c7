"""What happened in a case, day by day, each line with its source: neutral facts that a file handed over may hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from negotiation_kit.money import Money
from negotiation_kit.reckoning.debt import Debt
from negotiation_kit.reckoning.reckon import Reckoning


@dataclass(frozen=True, slots=True)
class Happening:
    """One dated line."""

    day: date
    kind: str
    """What happened: contract, invoice, due, credit, payment, complaint, reminder, notice, contact_out and so on."""
    source: str
    """Where it can be read: invoice, bank, note, minutes, books, correspondence, contract, complaint."""
    number: str | None = None
    """Number of the paper it is about."""
    amount: Money | None = None
    until: date | None = None
    """A day it names: due, promised, agreed."""
    text: str | None = None
    """As the case puts it, as fact."""
    person: str | None = None


def chronology(reckoning: Reckoning) -> tuple[Happening, ...]:
    """All that is dated in the case up to the day, in order; nothing of tone, values, doubts or decisions of ours."""
    found = [each for look in _LOOKS for each in look(reckoning) if each.day <= reckoning.as_of]
    return tuple(sorted(found, key=lambda each: each.day))


def _relationship(reckoning: Reckoning) -> Iterator[Happening]:
    relationship = reckoning.case.relationship
    if relationship is None:
        return
    contract = relationship.contract
    if contract and contract.signed:
        yield Happening(contract.signed, "contract", "contract", number=contract.number)
    for event in relationship.history:
        yield Happening(event.day, "history", "note", text=event.what)


def _invoices(reckoning: Reckoning) -> Iterator[Happening]:
    for debt in _debts(reckoning):
        for balance in debt.invoices:
            invoice = balance.invoice
            yield Happening(
                invoice.issued, "invoice", "invoice", number=invoice.number, amount=balance.amount, until=invoice.due
            )
            yield Happening(invoice.due, "due", "invoice", number=invoice.number)
            if invoice.reminded:
                yield Happening(invoice.reminded, "reminder", "correspondence", number=invoice.number)
            if invoice.disputed and invoice.disputed.raised:
                raised = invoice.disputed.raised
                disputed = Money(invoice.disputed.amount, debt.currency)
                yield Happening(raised, "complaint", "complaint", number=invoice.number, amount=disputed)


def _money(reckoning: Reckoning) -> Iterator[Happening]:
    case = reckoning.case
    currencies = {balance.invoice.number: debt.currency for debt in _debts(reckoning) for balance in debt.invoices}
    for credit in case.credits:
        amount = Money(credit.amount, currencies.get(credit.invoice, case.currency))
        yield Happening(credit.day, "credit", "invoice", number=credit.number, amount=amount)
    for debt in _debts(reckoning):
        for settlement in debt.settlements:
            payment = settlement.payment
            yield Happening(payment.day, "payment", "bank", number=payment.invoice, amount=settlement.amount)


def _taken_back(reckoning: Reckoning) -> Iterator[Happening]:
    """Money that came and that the bank took back: both days, for the books show both."""
    for payment in reckoning.case.payments:
        if payment.taken_back and payment.taken_back <= reckoning.as_of:
            amount = Money(payment.amount, reckoning.case.currency)
            yield Happening(payment.day, "payment", "bank", number=payment.invoice, amount=amount)
            yield Happening(payment.taken_back, "taken_back", "bank", amount=amount)


def _debts(reckoning: Reckoning) -> tuple[Debt, ...]:
    return (reckoning.debt, *reckoning.other_debts)


def _our_acts(reckoning: Reckoning) -> Iterator[Happening]:
    case = reckoning.case
    if case.finance_notice:
        yield Happening(case.finance_notice, "finance_notice", "books")
    if case.superior_told:
        yield Happening(case.superior_told, "superior_told", "note")
    legal = case.legal
    if legal.claim_letter:
        yield Happening(legal.claim_letter, "claim_letter", "correspondence", until=legal.claim_until)
    if legal.taken_over:
        yield Happening(legal.taken_over, "taken_over", "note")
    if legal.court_filed:
        yield Happening(legal.court_filed, "court_filed", "note")
    if case.checks.balance_confirmed:
        yield Happening(case.checks.balance_confirmed, "balance_confirmed", "correspondence")


def _contacts(reckoning: Reckoning) -> Iterator[Happening]:
    for contact in reckoning.case.contacts:
        kind = "contact_in" if contact.direction == "in" else "contact_out" if contact.answered else "no_answer"
        written = contact.channel in {"mail", "letter", "message"}
        source = "correspondence" if written else "note"
        yield Happening(contact.day, kind, source, text=contact.note, person=contact.person)


def _promises(reckoning: Reckoning) -> Iterator[Happening]:
    for fact in reckoning.promises.facts:
        yield Happening(fact.said, "promise", "note", amount=fact.promised, until=fact.moved_to or fact.pay_by)


def _agreement(reckoning: Reckoning) -> Iterator[Happening]:
    case, outcome = reckoning.case, reckoning.case.outcome
    if outcome is None:
        return
    yield Happening(outcome.day, "meeting", "minutes")
    if outcome.signed:
        total = reckoning.agreement.schedule.total if reckoning.agreement else None
        yield Happening(outcome.signed, "signed", "minutes", number=case.case, amount=total)
    if outcome.shift:
        shift = outcome.shift
        yield Happening(shift.told, "shifted", "correspondence", number=f"{shift.part}", until=shift.to)
    for part in reckoning.performance.parts if reckoning.performance else ():
        if part.is_missed and part.last_day:
            yield Happening(
                part.last_day, "missed", "bank", number=f"{part.number}", amount=part.amount, until=part.due
            )


_LOOKS = (_relationship, _invoices, _money, _taken_back, _our_acts, _contacts, _promises, _agreement)
