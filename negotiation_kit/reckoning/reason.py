"""A true sentence about a case, in a form every language can print."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Reason:
    """A true sentence about the case: its key in the reasons of a language, and what goes into it."""

    key: str
    values: Mapping[str, int | Decimal]
