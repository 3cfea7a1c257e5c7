"""A question without a case file, as the smallest case that holds it: the same checks, the same answer."""

import json
from collections.abc import Sequence
from datetime import date, timedelta

from negotiation_kit.documents.explanations import ONE_OFF

FILE = "the command line"


def interest_case(
    *,
    amount: str,
    currency: str,
    due: date,
    jurisdiction: str,
    calendar: str,
    payments: Sequence[tuple[date, str]],
    terms: str,
) -> str:
    """The text of a case with one invoice and the payments on it, at the law's rate or at stated terms."""
    issued = min([due, *(day for day, _ in payments)])
    paid = "".join(f"\n  - {{day: {day}, amount: {_quoted(sum_)}, invoice: '1'}}" for day, sum_ in payments)
    return _case(amount, currency, issued, due, jurisdiction) + (
        f"calendars: [{_quoted(calendar)}]\ninterest: {_group(terms)}\n" + (f"payments:{paid}\n" if paid else "")
    )


def plan_case(
    *, amount: str, currency: str, start: date, jurisdiction: str, calendars: Sequence[str], shape: str
) -> str:
    """The text of a case with one overdue sum and a plan for it, agreed on the start day."""
    named = f"calendars: [{', '.join(_quoted(code) for code in calendars)}]\n" if calendars else ""
    due = start - timedelta(days=1)
    return _case(amount, currency, due, due, jurisdiction) + (
        f"{named}plan: {_group(shape, 'shape')}\nmeeting: {{day: {start}, table: plan}}\n"
    )


def _case(amount: str, currency: str, issued: date, due: date, jurisdiction: str) -> str:
    return (
        f"case: {ONE_OFF}\njurisdiction: {_quoted(jurisdiction)}\ncurrency: {_quoted(currency)}\n"
        "supplier: {name: Supplier}\nclient: {name: Client}\n"
        f"invoices: [{{number: '1', issued: {issued}, due: {due}, amount: {_quoted(amount)}}}]\n"
    )


def _quoted(text: str) -> str:
    """The text as YAML takes it whatever stands in it; JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)


def _group(fields: str, first: str = "") -> str:
    """Fields as they are typed on a command line: "percent: 2, per: month", the first one's name left out if known."""
    fields = fields.strip()
    if fields.startswith("{") and fields.endswith("}"):
        fields = fields[1:-1]
    head = fields.partition(",")[0]
    return "{" + (f"{first}: {fields}" if first and ":" not in head else fields) + "}"
