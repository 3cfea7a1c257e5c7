"""One case file in, a signable pack out: the repayment of an overdue trade debt."""

__version__ = "0.1.0"
