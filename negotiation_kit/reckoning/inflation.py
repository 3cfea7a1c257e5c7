"""What the official price index adds to a debt for the time of its delay (Ukraine, Civil Code 625(2)).

Exception
  IndexUnknown    a month for which the case has no index
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from negotiation_kit.case.receivables import PriceIndex
from negotiation_kit.days import add_months
from negotiation_kit.money import Money
from negotiation_kit.reckoning.exact import rounded, to_decimal

LAST_DAY_OF_FIRST_HALF = 15
SHOWN_DECIMALS = 10


class IndexUnknown(ValueError):  # noqa: N818 - says what happened
    """The price index of a month is needed and not in the case."""

    def __init__(self, month: str) -> None:
        """Name the month."""
        self.month = month
        super().__init__(f"the price index of {month} is not known: the kit has none of its own")

    @property
    def way_out(self) -> str:
        """Where the missing index is entered."""
        return f"write it under interest.inflation: {{month: {self.month}, percent: ..., source: ...}}"


@dataclass(frozen=True, slots=True)
class Inflation:
    """What the index adds to a sum that was owed from one month to another."""

    first_month: str
    last_month: str
    principal: Money
    indices: tuple[PriceIndex, ...]
    factor: Decimal
    """Product of the indices over their hundreds, cut for print at ten decimals."""
    amount: Money
    """Rounded half up to the smallest unit; nothing where prices fell over the whole time."""


def inflation_of(
    levels: Sequence[tuple[date, Money]], indices: Sequence[PriceIndex], began: date, until: date
) -> tuple[Inflation, ...]:
    """The loss of value of each part of the debt from the beginning of delay to its payment, or to the last day.

    A month counts for a delay that began on its first to fifteenth day, and for a payment from its sixteenth day on
    (Supreme Court of Ukraine, letter 62-97r of 3 April 1997). The indices of all months are multiplied, falling ones
    too (Commercial Cassation Court, 24 September 2020, case 915/2095/19). The index of the last day's own month may not
    be published yet: without it the reckoning ends with the month before. IndexUnknown for any other month.
    """
    known = {index.month: index for index in indices}
    found = []
    for principal, ended in _tranches(levels, began, until):
        months = list(_months(began, ended))
        if ended == until and months[-1:] == [f"{until:%Y-%m}"] and months[-1] not in known:
            months.pop()
        used = tuple(_index(known, month) for month in months)
        if not used:
            continue
        factor = Fraction(1)
        for index in used:
            factor *= Fraction(index.percent) / 100
        loss = max(Fraction(0), Fraction(principal.amount) * (factor - 1))
        found.append(
            Inflation(
                months[0], months[-1], principal, used, to_decimal(factor, SHOWN_DECIMALS), rounded(loss, principal)
            )
        )
    return tuple(found)


def _tranches(levels: Sequence[tuple[date, Money]], began: date, until: date) -> Iterator[tuple[Money, date]]:
    """The parts of the sum that bore interest, each with the last day it was owed."""
    owed = None
    for since, principal in levels:
        if since > until:
            break
        if owed is not None and principal < owed and since > began:
            yield owed - principal, date.fromordinal(since.toordinal() - 1)
        owed = principal
    if owed is not None and owed.amount > 0:
        yield owed, until


def _months(began: date, ended: date) -> Iterator[str]:
    month = began.replace(day=1)
    if began.day > LAST_DAY_OF_FIRST_HALF:
        month = add_months(month, 1)
    last = ended.replace(day=1)
    if ended.day <= LAST_DAY_OF_FIRST_HALF:
        last = add_months(last, -1)
    while month <= last:
        yield f"{month:%Y-%m}"
        month = add_months(month, 1)


def _index(known: dict[str, PriceIndex], month: str) -> PriceIndex:
    if month not in known:
        raise IndexUnknown(month)
    return known[month]
