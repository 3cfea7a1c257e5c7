"""How a bank's CSV is laid out: which column says what, and how it writes days and decimals."""

from collections.abc import Iterator
from typing import Literal

from negotiation_kit.bank.cells import DayFormat, Decimals
from negotiation_kit.case.fields import Currency, Record, Text, internal
from negotiation_kit.problems import Problem

Encoding = Literal["utf-8", "utf-16", "cp1250", "cp1252", "iso-8859-2"]


class Columns(Record):
    """The heading of each column; a statement has either one column of sums or one for money in."""

    day: Text = internal("Day of booking", example="Booking date")
    amount: Text | None = internal("Sum, with a minus for money out", example="Amount", default=None)
    credit: Text | None = internal("Money in, where it has a column of its own", example="Paid in", default=None)
    debit: Text | None = internal("Money out, where it has a column of its own", example="Paid out", default=None)
    direction: Text | None = internal(
        "Whether money came in or went out, where the sum has no minus", example="Debit/Credit", default=None
    )
    currency: Text | None = internal("Currency", example="Currency", default=None)
    payer: Text | None = internal("Name of the payer", example="Counterparty", default=None)
    payer_account: Text | None = internal("Account of the payer", example="Counterparty account", default=None)
    text: Text | None = internal("What the payer wrote", example="Details", default=None)
    reference: Text | None = internal("Reference of the bank or the payer", example="Reference", default=None)


class CsvForm(Record):
    """The layout of one bank's CSV."""

    name: Text = internal("What it is called", example="My bank")
    decimal: Decimals = internal("What stands before the decimals", example=",")
    days: DayFormat = internal("How days are written", example="YYYY.MM.DD.")
    encoding: Encoding = internal("How the file is saved", example="cp1250", default="utf-8")
    currency: Currency | None = internal("Currency of all sums, where no column says it", example="HUF", default=None)
    columns: Columns = internal("Headings of the columns", example={"day": "Booking date", "amount": "Amount"})


class Headings(Record):
    """How banks head their columns, each list with the more telling words first, and how they say in and out."""

    day: tuple[Text, ...] = internal("Day of booking", example=["Booking date"], min_length=1)
    amount: tuple[Text, ...] = internal("Sum with its sign", example=["Amount"], min_length=1)
    credit: tuple[Text, ...] = internal("Money in", example=["Paid in"], min_length=1)
    debit: tuple[Text, ...] = internal("Money out", example=["Paid out"], min_length=1)
    direction: tuple[Text, ...] = internal("In or out", example=["Debit/Credit"], min_length=1)
    currency: tuple[Text, ...] = internal("Currency", example=["Currency"], min_length=1)
    payer: tuple[Text, ...] = internal("Name of the payer", example=["Counterparty"], min_length=1)
    payer_account: tuple[Text, ...] = internal("Account of the payer", example=["IBAN"], min_length=1)
    text: tuple[Text, ...] = internal("What the payer wrote", example=["Details"], min_length=1)
    reference: tuple[Text, ...] = internal("Reference", example=["Reference"], min_length=1)


def form_problems(form: CsvForm) -> Iterator[Problem]:
    """A form says where the sum stands in one way."""
    columns = form.columns
    if (columns.amount is None) == (columns.credit is None):
        way_out = "write amount for one column with a minus for money out, or credit for money in alone"
        yield Problem(columns.place_of(), "columns need either amount or credit", way_out)
