"""The ground of a plan from a case: its undisputed overdue invoices in the order the parts settle them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from negotiation_kit.case.outcome import PayFirst
from negotiation_kit.case.policy import Policy, round_unit
from negotiation_kit.days import JointCalendar
from negotiation_kit.money import Money
from negotiation_kit.reckoning.account import first_interest_day
from negotiation_kit.reckoning.debt import Debt, InvoiceBalance
from negotiation_kit.reckoning.plans.ground import Ground, Lot

_ORDER: Mapping[PayFirst, Callable[[InvoiceBalance], object]] = MappingProxyType(
    {
        "earliest due": lambda balance: balance.invoice.due,
        "latest due": lambda balance: -balance.invoice.due.toordinal(),
        "largest": lambda balance: -balance.undisputed.amount,
        "smallest": lambda balance: balance.undisputed.amount,
    }
)


def ground_of(
    debt: Debt,
    policy: Policy,
    start: date,
    calendars: JointCalendar,
    *,
    base: Money | None = None,
    pay_first: PayFirst = "earliest due",
) -> Ground:
    """What a plan agreed on the start day settles: the overdue sums nobody questions, or a base agreed instead."""
    late = [balance for balance in debt.overdue_invoices if not balance.undisputed.is_zero]
    late.sort(key=lambda balance: (_ORDER[pay_first](balance), balance.invoice.issued, balance.invoice.number))
    lots = [
        Lot(
            balance.invoice.number,
            balance.undisputed,
            first_interest_day(balance.invoice),
            bears_interest=balance.invoice.interest,
        )
        for balance in late
    ]
    return Ground(
        lots=tuple(lots if base is None else _made_up_to(base, lots, start)),
        start=start,
        calendars=calendars,
        unit=round_unit(policy, debt.currency),
        first_bd=policy.first_part_bd,
        terms=debt.interest.terms if debt.interest else None,
        accrued=debt.interest.total if debt.interest else None,
        accrued_to=debt.as_of,
    )


def _made_up_to(base: Money, lots: list[Lot], start: date) -> list[Lot]:
    """The debts up to a base; what was agreed beyond them belongs to no invoice."""
    made = []
    left = base
    for lot in lots:
        taken = min(lot.open, left)
        if not taken.is_zero:
            made.append(replace(lot, open=taken))
        left -= taken
    return [*made, Lot("", left, start)] if not left.is_zero or not made else made
