"""Which rate stands beside a live schedule; what the sheet does with it is tested with the spreadsheet."""

import sys
from datetime import date, datetime
from io import BytesIO

import pytest
from making import a_case, a_reckoning, an_invoice, the_kit

from negotiation_kit.documents.explanations import schedule_of
from negotiation_kit.documents.live_schedule import live_schedule
from negotiation_kit.problems import Refused

pytest.importorskip("xlsxwriter")
openpyxl = pytest.importorskip("openpyxl")

DAY = date(2025, 3, 20)
EQUAL = {"shape": "equal", "parts": "3", "every": "14 days"}
CONTRACT = {"claim": "claimed", "percent": "12", "source": "contract, point 7"}


def sheet_of(case, as_of=DAY):
    reckoning = a_reckoning(case, as_of)
    content = live_schedule(reckoning, schedule_of(reckoning), title="Schedule", language=the_kit().desk.language("en"))
    return openpyxl.load_workbook(BytesIO(content), data_only=True).worksheets[0]


def rate_beside(as_of=DAY, **changes):
    """Percent, days of the year and first day as the sheet holds them; nothing where it shows no rate."""
    sheet = sheet_of(a_case(**({"plan": EQUAL} | changes)), as_of)
    found = {str(row[0].value): row[3].value for row in sheet.iter_rows(min_row=1, max_row=12)}
    if "Yearly interest rate (%)" not in found:
        return None
    since = found["Interest counted from"]
    return (
        str(found["Yearly interest rate (%)"]),
        found["Days in the interest year"],
        since.date() if isinstance(since, datetime) else since,
    )


def late(due, issued="2026-01-05"):
    return [an_invoice(issued=issued, due=due)]


def test_the_rate_of_the_law_stands_beside_where_it_is_one_for_the_whole_plan():
    assert ("14.5", 365, DAY) == rate_beside(interest={"claim": "claimed"})


def test_the_rate_of_the_contract_stands_beside():
    assert ("12", 365, DAY) == rate_beside(interest=CONTRACT)


def test_a_monthly_rate_is_shown_as_a_yearly_one():
    assert ("24", 365, DAY) == rate_beside(interest=CONTRACT | {"percent": "2", "per": "month"})


def test_the_banking_year_is_one_a_formula_can_express():
    assert ("12", 360, DAY) == rate_beside(interest=CONTRACT | {"basis": "actual/360"})


@pytest.mark.parametrize("basis", ["30/360", "30E/360", "actual/actual"])
def test_no_rate_stands_beside_where_a_single_formula_cannot_express_the_days(basis):
    assert rate_beside(interest=CONTRACT | {"basis": basis}) is None


def test_no_rate_stands_beside_where_it_is_for_a_day():
    assert rate_beside(interest=CONTRACT | {"percent": "0.05", "per": "day"}) is None


def test_no_rate_stands_beside_when_it_changes_on_the_way():
    changes = {"interest": {"claim": "claimed"}, "invoices": late("2026-06-08"), "meeting": {"day": "2026-06-15"}}
    changes["finance_notice"] = "2026-06-09"

    assert rate_beside(date(2026, 6, 12), **changes) is None


def test_no_rate_stands_beside_when_two_invoices_have_two():
    """Slovak law fixes the rate of the first day of each delay: 2.40 and 9, and after 11 June 2025 2.15 and 9."""
    invoices = [
        an_invoice(number="A", issued="2025-05-05", due="2025-06-05", amount="9000.00"),
        an_invoice(number="B", issued="2025-05-12", due="2025-06-12", amount="9000.00"),
    ]
    slovak = {"jurisdiction": "SK", "currency": "EUR", "interest": {"claim": "claimed"}, "meeting": None}
    as_of = date(2025, 6, 20)

    assert ("11.4", 365, as_of) == rate_beside(as_of, **slovak, invoices=invoices[:1])
    assert rate_beside(as_of, **slovak, invoices=invoices) is None


def test_no_rate_stands_beside_when_it_is_not_known_yet():
    changes = {"interest": {"claim": "claimed"}, "invoices": late("2026-10-30"), "finance_notice": "2026-11-02"}
    plan = {"shape": "equal", "parts": "3", "every": "month"}

    assert rate_beside(date(2026, 11, 20), **changes, plan=plan, meeting={"day": "2026-11-23"}) is None


@pytest.mark.parametrize("claim", ["for information", "waived if kept", "not claimed"])
def test_no_rate_stands_beside_when_interest_is_not_claimed(claim):
    assert rate_beside(interest={"claim": claim}) is None


def test_no_rate_stands_beside_when_no_interest_is_reckoned():
    assert rate_beside() is None


def test_the_rate_of_a_plan_with_interest_inside_is_its_own():
    plan = EQUAL | {"interest": "inside", "percent": "8"}

    assert ("8", 365, DAY) == rate_beside(plan=plan)


def test_the_rate_of_a_plan_that_is_not_on_the_table_stays_ours():
    plan = EQUAL | {"interest": "inside", "percent": "8"}
    meeting = {"day": "2025-03-24", "table": "opening"}

    assert rate_beside(plan=plan, meeting=meeting) is None
    assert ("14.5", 365, DAY) == rate_beside(plan=plan, meeting=meeting, interest={"claim": "claimed"})


@pytest.mark.parametrize(
    ("agreed", "rate"),
    [("runs", ("14.5", 365, date(2025, 3, 24))), ("waived if kept", None), ("not claimed", None)],
)
def test_after_the_agreement_its_own_word_on_interest_decides(agreed, rate):
    outcome = {"day": "2025-03-24", "schedule": [{"due": "2025-04-23", "amount": "4850000"}], "interest": agreed}

    assert rate == rate_beside(date(2025, 4, 1), interest={"claim": "claimed"}, outcome=outcome, plan=None)


def test_the_names_of_both_sides_and_the_case_stand_on_the_sheet():
    texts = {cell.value for row in sheet_of(a_case()).iter_rows() for cell in row}

    assert {"Borostyán Festék Kft.", "Példa Bútor Zrt.", "T-1", "Schedule"} <= texts


def test_a_missing_package_is_a_problem_with_a_way_out(monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)

    with pytest.raises(Refused) as refused:
        sheet_of(a_case())

    (problem,) = refused.value.problems
    assert "a live spreadsheet needs the package xlsxwriter" == problem.message
    assert "pip install 'negotiation-kit[xlsx]'" in problem.hint
