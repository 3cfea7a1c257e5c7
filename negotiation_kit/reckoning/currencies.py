"""A case with invoices in several currencies, parted by currency: sums of two currencies are never added."""

from negotiation_kit.case.case import Case
from negotiation_kit.case.receivables import Cost, Payment


def other_currencies(case: Case) -> tuple[str, ...]:
    """The currencies of invoices and payments beside the case's own, in the order of the file."""
    named = [*(each.currency for each in case.invoices), *(each.currency for each in case.payments)]
    return tuple(dict.fromkeys(code for code in named if code and code != case.currency))


def currency_of(case: Case, payment: Payment) -> str:
    """The currency a payment came in: its own, else its invoice's, else the case's."""
    return payment.currency or _of_invoices(case).get(payment.invoice or "", case.currency)


def _of_invoices(case: Case) -> dict[str, str]:
    return {invoice.number: invoice.currency or case.currency for invoice in case.invoices}


def in_currency(case: Case, currency: str) -> Case:
    """What of a case is in one currency, as a case of that currency.

    A credit note and a cost are of their invoice's currency; so is a payment that names an invoice and says no other.
    """
    if not other_currencies(case):
        return case
    of_invoice = _of_invoices(case)

    def of_entry(entry: Payment | Cost) -> str:
        said = entry.currency if isinstance(entry, Payment) else None
        return said or of_invoice.get(entry.invoice or "", case.currency)

    return case.model_copy(
        update={
            "currency": currency,
            "invoices": tuple(each for each in case.invoices if of_invoice[each.number] == currency),
            "credits": tuple(each for each in case.credits if of_invoice.get(each.invoice) == currency),
            "payments": tuple(each for each in case.payments if of_entry(each) == currency),
            "costs": tuple(each for each in case.costs if of_entry(each) == currency),
        }
    )
