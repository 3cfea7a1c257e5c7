"""What the final minutes leave as a line to write on, because the case does not say it."""

from collections.abc import Iterator

from negotiation_kit.reckoning.reckon import Reckoning

_OF_A_PARTY = ("seat", "registration", "notices")
_OF_A_DISPUTE = ("evidence", "owner", "decide_by", "pay_by")


def unfilled(reckoning: Reckoning) -> Iterator[str]:
    """Each field of the case that points 1 and 5 must contain and do not, as a person writes its name."""
    case, agreement = reckoning.case, reckoning.agreement
    if agreement is None:
        return
    for side, party in (("supplier", case.supplier), ("client", case.client)):
        yield from (f"{side}.{name}" for name in _OF_A_PARTY if getattr(party, name) is None)
    questioned = [each.invoice for each in agreement.debt.open_invoices if not each.disputed.is_zero]
    for number, invoice in enumerate(case.invoices, start=1):
        if invoice.disputed and invoice in questioned:
            for name in _OF_A_DISPUTE:
                if getattr(invoice.disputed, name) is None:
                    yield f"invoices[{number}].disputed.{name}"
