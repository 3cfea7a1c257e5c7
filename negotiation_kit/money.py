"""Exact amounts that carry their currency.

Exception
  MixedCurrencies     two amounts of different currencies were added, subtracted or compared
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact, InvalidOperation, Overflow
from types import MappingProxyType
from typing import Self

_EXACT = Context(prec=200, traps=[Inexact, InvalidOperation, Overflow])
"""Sums and differences under this context are exact or fail; the caller's own context never matters."""
_ROUNDING = Context(prec=200, traps=[InvalidOperation, Overflow])
_HUNDREDTH = Decimal("0.01")

_NO_DECIMALS = "BIF CLP DJF GNF HUF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_TWO_DECIMALS = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP
    CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG IDR ILS INR
    IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR
    MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS
    SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW
    ZWG
"""
_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"

CURRENCIES: Mapping[str, int] = MappingProxyType(
    {
        code: decimals
        for decimals, codes in ((0, _NO_DECIMALS), (2, _TWO_DECIMALS), (3, _THREE_DECIMALS))
        for code in codes.split()
    }
)
"""The currencies of ISO 4217 somebody can pay in, each with the decimals of its smallest unit.

Fund codes, metals and test codes are left out, since no invoice is paid in them. One departure from the
standard: ISO 4217 gives the forint two decimals, but there has been no fillér since 1999 and banks transfer
whole forints, so the smallest unit of HUF here is one forint.
"""


class MixedCurrencies(ValueError):  # noqa: N818 - says what happened
    """Amounts of two currencies met where one was needed."""


def known_currency(code: str) -> bool:
    """Whether an invoice can be paid in it."""
    return code in CURRENCIES


def near_currencies(code: str) -> tuple[str, ...]:
    """Codes that a person who typed this one may have meant, the likeliest first."""
    from difflib import get_close_matches

    typed = code.upper()
    same_letters = [each for each in CURRENCIES if sorted(each) == sorted(typed)]
    return tuple(dict.fromkeys([*same_letters, *get_close_matches(typed, CURRENCIES, n=3, cutoff=0.6)]))[:3]


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in one currency; negative when somebody has paid too much."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        """Refuse what is no exact amount, so that every other method may rely on it."""
        if not isinstance(self.amount, Decimal):
            raise TypeError(f"an amount is a Decimal, not {type(self.amount).__name__}: {self.amount!r}")
        if not self.amount.is_finite():
            raise ValueError(f"an amount is a finite number, not {self.amount}")
        if self.currency not in CURRENCIES:
            raise ValueError(f"{self.currency!r} is no currency of ISO 4217 that is paid in")

    def __str__(self) -> str:
        return f"{self.currency} {self.amount:f}"

    def __add__(self, other: Self) -> Self:
        return self._with(_EXACT.add(self.amount, self._same(other)))

    def __sub__(self, other: Self) -> Self:
        return self._with(_EXACT.subtract(self.amount, self._same(other)))

    def __lt__(self, other: Self) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Self) -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: Self) -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: Self) -> bool:
        return self.amount >= self._same(other)

    @classmethod
    def zero(cls, currency: str) -> Self:
        """Nothing, in this currency."""
        return cls(Decimal(0), currency)

    @property
    def is_zero(self) -> bool:
        """Whether nothing is left."""
        return self.amount.is_zero()

    @property
    def unit(self) -> Decimal:
        """The smallest sum that can be paid in this currency."""
        return Decimal((0, (1,), -CURRENCIES[self.currency]))

    def rounded(self, rounding: str = ROUND_HALF_UP) -> Self:
        """The nearest amount that can be paid; halves go up unless another rule of rounding is named."""
        return self._with(self.amount.quantize(self.unit, rounding, _ROUNDING))

    def rounded_up_to(self, unit: Decimal) -> Self:
        """The smallest multiple of the unit that is not below the amount."""
        if not unit > 0:
            raise ValueError(f"a rounding unit is above zero, not {unit}")
        over = _EXACT.remainder(self.amount, unit)
        whole = _EXACT.subtract(self.amount, over)
        return self._with(_EXACT.add(whole, unit) if over > 0 else whole)

    def percent(self, percent: Decimal) -> Self:
        """This many hundredths of the amount, exact; round it where the law or the schedule says."""
        return self._with(_EXACT.multiply(_EXACT.multiply(self.amount, percent), _HUNDREDTH))

    def split(self, parts: int) -> tuple[Self, ...]:
        """Shares that add up to the rounded whole and differ by one smallest unit at most, larger last."""
        if parts < 1:
            raise ValueError(f"an amount is split into at least one part, not {parts}")
        if self.amount < 0:
            raise ValueError(f"only an amount that is owed can be split, not {self}")
        units = int(_EXACT.scaleb(self.rounded().amount, CURRENCIES[self.currency]))
        share, left_over = divmod(units, parts)
        return tuple(
            self._with(_EXACT.multiply(Decimal(share + (place >= parts - left_over)), self.unit))
            for place in range(parts)
        )

    def _with(self, amount: Decimal) -> Self:
        return type(self)(amount, self.currency)

    def _same(self, other: Self) -> Decimal:
        if not isinstance(other, Money):
            raise TypeError(f"expected money, not {type(other).__name__}: {other!r}")
        if other.currency != self.currency:
            raise MixedCurrencies(f"{self} and {other} are of different currencies")
        return other.amount
