"""Three cases for the tests of the worklist, two owners and two currencies, every sum to be checked by hand."""

from functools import cache

from making import a_case, a_reckoning, day

from negotiation_kit.case.case import Case
from negotiation_kit.reckoning.portfolio import Portfolio, portfolio

AS_OF = day("2025-03-24")
"""A Monday: the first of ISO week 13."""
FOUND = {"copies": dict.fromkeys(("contract", "orders", "delivery_notes", "invoices"), "found")}


def owned_by(name: str | None) -> dict[str, object]:
    """Our company with an account manager, or without one."""
    people = [{"name": name, "role": "account manager"}] if name else []
    return {"name": "Borostyán Festék Kft.", "people": people}


def alfa(**changes: object) -> Case:
    """Kiss Anna's, HUF: 1 600 000 open, 1 300 000 of it overdue, 32 days; one promise kept, one broken, one running."""
    return a_case(
        **{
            "case": "A-1",
            "supplier": owned_by("Kiss Anna"),
            "client": {"name": "Alfa Kft.", "segment": "standard"},
            "invoices": [
                {"number": "A1", "issued": "2025-01-20", "due": "2025-02-20", "amount": "1000000"},
                {"number": "A2", "issued": "2025-02-12", "due": "2025-03-14", "amount": "500000"},
                {"number": "A3", "issued": "2025-03-10", "due": "2025-04-10", "amount": "300000"},
            ],
            "payments": [{"day": "2025-03-10", "amount": "200000", "invoice": "A1"}],
            "promises": [
                {"said": "2025-03-03", "amount": "200000", "pay_by": "2025-03-10"},
                {"said": "2025-03-12", "amount": "300000", "pay_by": "2025-03-14"},
                {"said": "2025-03-20", "amount": "400000", "pay_by": "2025-03-27"},
            ],
            "contacts": [{"day": "2025-02-25", "channel": "phone"}],
            "finance_notice": "2025-02-21",
            "superior_told": "2025-02-21",
            "legal": {"claim_letter": "2025-03-05"},
            "checks": FOUND,
        }
        | changes
    )


def beta(**changes: object) -> Case:
    """Árvai Béla's, EUR: a signed plan of four parts, two paid, 2 000.00 left; our own action is late."""
    parts = ("2025-03-04", "2025-03-11", "2025-03-25", "2025-06-24")
    return a_case(
        **{
            "case": "B-1",
            "currency": "EUR",
            "supplier": owned_by("Árvai Béla"),
            "client": {"name": "Béta GmbH", "segment": "core"},
            "invoices": [{"number": "B1", "issued": "2025-01-02", "due": "2025-01-31", "amount": "4000"}],
            "payments": [{"day": "2025-03-04", "amount": "1000"}, {"day": "2025-03-13", "amount": "1000"}],
            "finance_notice": "2025-02-03",
            "superior_told": "2025-02-03",
            "checks": FOUND,
            "meeting": {"day": "2025-02-28"},
            "outcome": {
                "day": "2025-02-28",
                "signed": "2025-02-28",
                "schedule": [{"due": due, "amount": "1000"} for due in parts],
                "actions": [
                    {"what": "Sends it", "who": "Árvai Béla", "side": "supplier", "by": "2025-03-03", "proof": "mail"}
                ],
            },
        }
        | changes
    )


def gamma(**changes: object) -> Case:
    """Kiss Anna's, EUR: a key client with 10 000.00 overdue for 21 days, inside a tolerance of 30."""
    return a_case(
        **{
            "case": "C-1",
            "currency": "EUR",
            "supplier": owned_by("Kiss Anna"),
            "client": {"name": "Gamma Nyrt.", "segment": "key"},
            "invoices": [{"number": "C1", "issued": "2025-02-01", "due": "2025-03-03", "amount": "10000"}],
            "contacts": [{"day": "2025-03-05", "channel": "phone"}],
            "finance_notice": "2025-03-04",
            "superior_told": "2025-03-04",
            "checks": FOUND,
            "tolerance": {
                "days": "30",
                "approved_by": "Szabó Judit, managing director",
                "decided": "2025-01-08",
                "within": "nudge",
            },
        }
        | changes
    )


def of(*cases: Case) -> Portfolio:
    """The worklist of cases on the day."""
    return portfolio((a_reckoning(case, AS_OF) for case in cases), AS_OF)


@cache
def the_three() -> Portfolio:
    """The worklist of all three."""
    return of(alfa(), beta(), gamma())
