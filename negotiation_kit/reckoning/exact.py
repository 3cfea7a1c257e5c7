"""Exact fractions as money and decimals: the only place where interest is rounded."""

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from negotiation_kit.money import CURRENCIES, Money

_PRECISE = Context(prec=60, rounding=ROUND_HALF_UP)


def rounded(exact: Fraction, like: Money) -> Money:
    """An exact sum in the smallest unit of a currency, halves up."""
    return Money(to_decimal(exact, CURRENCIES[like.currency]), like.currency)


def to_decimal(exact: Fraction, decimals: int) -> Decimal:
    """An exact number with so many decimals, halves away from zero."""
    scaled = abs(exact) * 10**decimals
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    whole += 2 * rest >= scaled.denominator
    return _PRECISE.scaleb(Decimal(-whole if exact < 0 else whole), -decimals)
