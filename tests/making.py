"""Small cases for tests: only what a test names differs from the plainest case there is."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from negotiation_kit.case.case import Case
from negotiation_kit.days import Calendar, JointCalendar
from negotiation_kit.files import library
from negotiation_kit.law.jurisdiction import Law
from negotiation_kit.pack import Kit
from negotiation_kit.reckoning.debt import Debt
from negotiation_kit.reckoning.ledger import open_debt
from negotiation_kit.reckoning.reckon import Reckoning, reckon

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((ROOT / "samples").glob("*.yaml"))
QUICK = {"late-payer", "after-meeting", "two-breakfasts"}
EACH_SAMPLE = pytest.mark.parametrize(
    "sample",
    [pytest.param(path, marks=[] if path.stem in QUICK else pytest.mark.slow) for path in SAMPLES],
    ids=lambda path: path.stem,
)
"""Every sample, three of them in the quick suite."""


def a_case(**changes: object) -> Case:
    """A Hungarian case with one invoice of HUF 4 850 000 due on 14 March 2025."""
    plain = {
        "case": "T-1",
        "jurisdiction": "HU",
        "currency": "HUF",
        "supplier": {"name": "Borostyán Festék Kft."},
        "client": {"name": "Példa Bútor Zrt.", "segment": "standard"},
        "invoices": [an_invoice()],
        "finance_notice": "2025-03-17",
        "meeting": {"day": "2025-03-24"},
    }
    return Case.model_validate({key: value for key, value in (plain | changes).items() if value is not None})


def an_invoice(**changes: object) -> dict[str, object]:
    """The invoice of the plainest case."""
    return {"number": "SZ-211", "issued": "2025-02-12", "due": "2025-03-14", "amount": "4850000"} | changes


@cache
def a_calendar(*codes: str) -> JointCalendar:
    """The working days of countries, Hungary by default."""
    folder = ROOT / "negotiation_kit" / "data" / "calendars"
    trees = [yaml.load((folder / f"{code}.yaml").read_text("utf-8"), yaml.CBaseLoader) for code in codes or ("HU",)]
    return JointCalendar(tuple(Calendar.from_tree(tree) for tree in trees))


@cache
def the_kit() -> Kit:
    """The kit as it is shipped, its templates compiled once for all tests."""
    return Kit(library())


def a_law(code: str = "HU") -> Law:
    """The rules of a jurisdiction as the kit ships them."""
    return the_kit().law(code)


def a_debt(case: Case, as_of: date) -> Debt:
    """What is open of a case on a day, by its own law and calendars."""
    codes = case.calendars or ((case.jurisdiction,) if case.jurisdiction not in {"EU", "UA"} else ("HU",))
    return open_debt(case, as_of, a_law(case.jurisdiction), a_calendar(*codes))


def a_reckoning(case: Case, as_of: date) -> Reckoning:
    """All that follows from a case on a day."""
    codes = case.calendars or (case.jurisdiction,)
    return reckon(case, as_of, a_law(case.jurisdiction), a_calendar(*codes))


def day(text: str) -> date:
    """A day from its text."""
    return date.fromisoformat(text)
