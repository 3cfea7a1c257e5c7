"""The way of every invoice from its issue to a day: credits, payments, interest and costs in the order of the days."""

from collections.abc import Iterator, Sequence
from datetime import date

from negotiation_kit.case.case import Case
from negotiation_kit.case.receivables import Credit, Kind, Payment
from negotiation_kit.days import JointCalendar
from negotiation_kit.law.jurisdiction import Law
from negotiation_kit.money import Money
from negotiation_kit.reckoning.account import Account
from negotiation_kit.reckoning.allocation import groups, order_of, shares
from negotiation_kit.reckoning.compensation import FixedSum, FixedSums, fixed_sum
from negotiation_kit.reckoning.currencies import in_currency, other_currencies
from negotiation_kit.reckoning.debt import CostItem, Debt, InvoiceBalance, Settled, Settlement, band_of
from negotiation_kit.reckoning.interest import InvoiceInterest, LateInterest
from negotiation_kit.reckoning.terms import terms_for


def open_debt(case: Case, as_of: date, law: Law, calendars: JointCalendar) -> Debt:
    """The debt at the end of a day, in the currency of the case.

    A credit lowers the invoice it names. A payment settles the invoice the payer named; what is left of it, and any
    payment that names none, goes by the order of the case, and questioned parts come last. Later entries do not exist
    yet. RateUnknown where interest needs a rate that is not on file.
    """
    return _Run(in_currency(case, case.currency), as_of, law, calendars).debt()


def other_debts(case: Case, as_of: date, law: Law, calendars: JointCalendar) -> tuple[Debt, ...]:
    """What is open on a day in each currency beside the case's own."""
    codes = other_currencies(case)
    return tuple(_Run(in_currency(case, code), as_of, law, calendars).debt() for code in codes)


class _General:
    """Costs that belong to no single invoice."""

    def __init__(self, costs: Sequence[tuple[str | None, date, Money]], zero: Money) -> None:
        self._costs = costs
        self._zero = zero
        self._paid = zero

    @property
    def left(self) -> Money:
        """What is still to be paid of them."""
        return sum((amount for _, _, amount in self._costs), self._zero) - self._paid

    def due_of(self, kind: Kind, day: date, *, disputed: bool = False) -> Money:
        """What a payment of the day can settle; there is nothing here but costs."""
        del disputed
        if kind != "costs":
            return self._zero
        return sum((amount for _, since, amount in self._costs if since <= day), self._zero) - self._paid

    def settle(self, _: Kind, amount: Money, __: date) -> None:
        """Book what was paid."""
        self._paid += amount


class _Run:
    """The accounts of a case on their way from the first entry to the day of the reckoning."""

    def __init__(self, case: Case, as_of: date, law: Law, calendars: JointCalendar) -> None:
        self._case, self._as_of, self._law, self._calendars = case, as_of, law, calendars
        self._zero = Money.zero(case.currency)
        self._terms = terms_for(case.interest, law, case.currency) if case.interest else None
        self._order = order_of(case, law.jurisdiction.allocation)
        issued = [invoice for invoice in case.invoices if invoice.issued <= as_of]
        issued.sort(key=lambda invoice: (invoice.due, invoice.issued, invoice.number))
        self._accounts = [
            Account(invoice, self._terms, Money(invoice.amount, case.currency), self._costs_of(invoice.number))
            for invoice in issued
        ]
        named = {account.invoice.number for account in self._accounts}
        self._general = _General([cost for cost in self._known_costs() if cost[0] not in named], self._zero)
        self._fixed: list[FixedSum] = []
        self._unallocated = self._zero
        self._settlements: list[Settlement] = []

    def debt(self) -> Debt:
        """Everything as it stands at the end."""
        for entry in self._entries():
            self._reach(entry.day)
            if isinstance(entry, Payment):
                self._settlements.append(self._settle(entry))
            else:
                self._credit(entry)
        self._reach(self._as_of)
        interest = self._late_interest()
        by_number = {each.number: each for each in interest.invoices} if interest else {}
        rule = self._law.jurisdiction.compensation
        return Debt(
            as_of=self._as_of,
            currency=self._case.currency,
            invoices=tuple(
                _balance(account, by_number.get(account.invoice.number), self._as_of) for account in self._accounts
            ),
            unallocated=self._unallocated,
            order=self._order,
            settlements=tuple(self._settlements),
            cost_items=self._cost_items(),
            costs=sum((account.due_of("costs", self._as_of) for account in self._accounts), self._general.left),
            interest=interest,
            fixed_sums=FixedSums(rule, tuple(self._fixed), self._case.currency) if rule else None,
        )

    def _known_costs(self) -> Iterator[tuple[str | None, date, Money]]:
        for cost in self._case.costs:
            if cost.day <= self._as_of:
                yield cost.invoice, cost.day, Money(cost.amount, self._case.currency)

    def _costs_of(self, number: str) -> list[tuple[date, Money]]:
        return [(day, amount) for invoice, day, amount in self._known_costs() if invoice == number]

    def _cost_items(self) -> tuple[CostItem, ...]:
        currency = self._case.currency
        items = [
            CostItem(cost.day, Money(cost.amount, currency), cost.what, cost.invoice, None)
            for cost in self._case.costs
            if cost.day <= self._as_of
        ]
        items += [
            CostItem(each.began, each.payable, "", each.invoice, each)
            for each in self._fixed
            if each.state == "claimed" and each.payable
        ]
        return tuple(sorted(items, key=lambda item: (item.day, item.invoice or "", item.what, item.amount.amount)))

    def _entries(self) -> Sequence[Credit | Payment]:
        """Credits and payments in the order of their days, whatever their order in the file.

        On one day credits come first, then payments that name what they settle.
        """
        known: list[Credit | Payment] = [each for each in self._case.credits if each.day <= self._as_of]
        known += [each for each in self._case.payments if each.stands_on(self._as_of)]
        return sorted(known, key=_place_in_time)

    def _reach(self, day: date) -> None:
        """Note which delays have begun by the day, with the fixed sum the law gives for each."""
        for account in self._accounts:
            if account.reach(day):
                self._add_fixed_sum(account)

    def _add_fixed_sum(self, account: Account) -> None:
        rule, claim = self._law.jurisdiction.compensation, self._case.compensation
        if rule is None:
            return
        assert account.size_at_delay
        fixed = fixed_sum(
            rule,
            claim,
            invoice=account.invoice.number,
            due=account.invoice.due,
            size=account.size_at_delay,
            as_of=self._as_of,
            calendars=self._calendars,
        )
        self._fixed.append(fixed)
        if fixed.state == "claimed" and fixed.payable:
            account.costs.append((fixed.began, fixed.payable))

    def _credit(self, credit: Credit) -> None:
        left = Money(credit.amount, self._case.currency)
        for account in self._accounts:
            if account.invoice.number == credit.invoice:
                taken = min(left, account.open)
                account.settle("principal", taken, credit.day, credit=True)
                left -= taken
        self._unallocated += left

    def _settle(self, payment: Payment) -> Settlement:
        left = amount = Money(payment.amount, self._case.currency)
        parts: list[Settled] = []
        named = [account for account in self._accounts if account.invoice.number == payment.invoice]
        ways = list(self._ways(payment, named))
        for accounts, kinds, disputed in ways:
            taken = self._take(left, accounts, kinds, payment.day, disputed=disputed)
            parts += taken
            left -= sum((part.amount for part in taken), self._zero)
        self._unallocated += left
        by = "named" if named or payment.settles else self._order.by
        return Settlement(payment, amount, by, _joined(parts), left)

    def _ways(
        self, payment: Payment, named: Sequence[Account]
    ) -> Iterator[tuple[Sequence[Account | _General], tuple[Kind, ...], bool]]:
        """Where a payment goes, one step after the other: accounts that share it, kinds in order, questioned too."""
        order = self._order
        kinds = tuple(kind for kind in order.kinds if kind != "interest" or order.interest)
        chosen = (payment.settles,) if payment.settles else kinds
        if named:
            yield named, chosen, True
        together = [
            [each for each in group if isinstance(each, Account)]
            for group in groups(self._accounts, order, payment.day)
        ]
        if payment.settles:
            yield [self._general], chosen, False
            yield from ((group, chosen, questioned) for questioned in (False, True) for group in together)
        if kinds[0] == "costs":
            yield [self._general], ("costs",), False
        if order.across == "invoice by invoice":
            yield from ((group, kinds, False) for group in together)
        else:
            yield from ((group, (kind,), False) for kind in kinds for group in together)
        yield [self._general], ("costs",), False
        yield from ((group, ("principal",), True) for group in together)

    def _take(
        self, left: Money, accounts: Sequence[Account | _General], kinds: tuple[Kind, ...], day: date, *, disputed: bool
    ) -> list[Settled]:
        """Settle as much as there is: accounts share in proportion to what they owe, each kind after the one before."""
        if left.is_zero:
            return []
        owed = [[account.due_of(kind, day, disputed=disputed) for kind in kinds] for account in accounts]
        given = shares(left, [sum(each, self._zero) for each in owed])
        parts = []
        for account, wanted, share in zip(accounts, owed, given, strict=True):
            for kind, sum_ in zip(kinds, wanted, strict=True):
                taken = min(share, sum_)
                share -= taken  # noqa: PLW2901 - what is left of it
                if not taken.is_zero:
                    account.settle(kind, taken, day)
                    number = account.invoice.number if isinstance(account, Account) else None
                    parts.append(Settled(kind, number, taken))
        return parts

    def _late_interest(self) -> LateInterest | None:
        if self._terms is None or self._case.interest is None:
            return None
        found = (account.interest(self._as_of) for account in self._accounts if account.bears_interest)
        return LateInterest(
            terms=self._terms,
            claim=self._case.interest.claim,
            until=self._as_of,
            invoices=tuple(each for each in found if each.segments),
            currency=self._case.currency,
        )


def _place_in_time(entry: Credit | Payment) -> tuple[object, ...]:
    if isinstance(entry, Payment):
        unnamed = entry.invoice is None and entry.settles is None
        return entry.day, 1, unnamed, entry.invoice or "", entry.settles or "", entry.amount, entry.reference or ""
    return entry.day, 0, False, entry.invoice, "", entry.amount, entry.number


def _joined(parts: Sequence[Settled]) -> tuple[Settled, ...]:
    """The parts with those of one kind and invoice added up, in the order in which they were first reached."""
    sums: dict[tuple[Kind, str | None], Money] = {}
    for part in parts:
        key = part.kind, part.invoice
        sums[key] = sums[key] + part.amount if key in sums else part.amount
    return tuple(Settled(kind, invoice, amount) for (kind, invoice), amount in sums.items())


def _balance(account: Account, interest: InvoiceInterest | None, as_of: date) -> InvoiceBalance:
    invoice, zero = account.invoice, Money.zero(account.open.currency)
    on_principal = [each for each in account.movements if each.kind == "principal"]
    days = 0 if account.open.is_zero else max(0, (as_of - invoice.due).days)
    return InvoiceBalance(
        invoice=invoice,
        amount=Money(invoice.amount, account.open.currency),
        movements=tuple(account.movements),
        credited=sum((each.amount for each in on_principal if each.credit), zero),
        paid=sum((each.amount for each in on_principal if not each.credit), zero),
        open=account.open,
        disputed=account.disputed,
        undisputed=account.open - account.disputed,
        interest=interest,
        days_overdue=days,
        band=band_of(days),
    )
