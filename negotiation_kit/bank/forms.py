"""How a bank's CSV is laid out: which column says what, and how it writes days and decimals."""

from collections.abc import Iterator
from typing import Literal

from negotiation_kit.case.fields import Currency, Record, Text, internal
from negotiation_kit.problems import Problem

DayFormat = Literal["YYYY-MM-DD", "YYYY.MM.DD.", "YYYY.MM.DD", "DD.MM.YYYY", "DD/MM/YYYY", "MM/DD/YYYY", "YYYYMMDD"]


class Columns(Record):
    """The heading of each column; a statement has either one column of sums or one for money in."""

    day: Text = internal("Day of booking", example="Booking date")
    amount: Text | None = internal("Sum, with a minus for money out", example="Amount", default=None)
    credit: Text | None = internal("Money in, where it has a column of its own", example="Paid in", default=None)
    debit: Text | None = internal("Money out, where it has a column of its own", example="Paid out", default=None)
    currency: Text | None = internal("Currency", example="Currency", default=None)
    payer: Text | None = internal("Name of the payer", example="Counterparty", default=None)
    payer_account: Text | None = internal("Account of the payer", example="Counterparty account", default=None)
    text: Text | None = internal("What the payer wrote", example="Details", default=None)
    reference: Text | None = internal("Reference of the bank or the payer", example="Reference", default=None)


class CsvForm(Record):
    """The layout of one bank's CSV."""

    name: Text = internal("What it is called", example="My bank")
    decimal: Literal[",", "."] = internal("What stands before the decimals", example=",")
    days: DayFormat = internal("How days are written", example="YYYY.MM.DD.")
    encoding: Literal["utf-8", "utf-16", "cp1250", "cp1252", "iso-8859-2"] = internal(
        "How the file is saved", example="cp1250", default="utf-8"
    )
    currency: Currency | None = internal("Currency of all sums, where no column says it", example="HUF", default=None)
    columns: Columns = internal("Headings of the columns", example={"day": "Booking date", "amount": "Amount"})


class CsvForms(Record):
    """Every form there is, the more telling first."""

    forms: tuple[CsvForm, ...] = internal("The forms", example=[])


def form_problems(form: CsvForm) -> Iterator[Problem]:
    """A form says where the sum stands in one way."""
    columns = form.columns
    if (columns.amount is None) == (columns.credit is None):
        way_out = "write amount for one column with a minus for money out, or credit for money in alone"
        yield Problem(columns.place_of(), "columns need either amount or credit", way_out)
