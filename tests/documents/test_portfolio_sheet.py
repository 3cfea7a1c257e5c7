import sys
from datetime import datetime
from io import BytesIO

import pytest
from making import the_kit
from portfolios import alfa, beta, gamma, of, owned_by, the_three

from negotiation_kit.documents.portfolio_sheet import portfolio_sheet
from negotiation_kit.documents.portfolio_table import COLUMNS
from negotiation_kit.problems import Refused

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")


def book(portfolio, language: str = "en"):
    return openpyxl.load_workbook(BytesIO(portfolio_sheet(portfolio, the_kit().desk.language(language))))


def cells(portfolio, row: int = 2) -> dict[str, object]:
    sheet = book(portfolio).worksheets[0]
    return {column.key: sheet.cell(row, place) for place, column in enumerate(COLUMNS, start=1)}


def test_numbers_are_numbers_and_days_are_days():
    found = cells(the_three())

    assert (2000, 52) == (found["overdue"].value, found["days_overdue"].value)
    assert datetime(2025, 3, 25) == found["next_day"].value  # noqa: DTZ001 - as openpyxl reads it
    assert ["[$-809]#,##0.00", "[$-809]#,##0"] == [cells(the_three(), row)["overdue"].number_format for row in (2, 4)]


def test_a_text_is_never_a_formula():
    names = ["=1+1", "<r>x</r>"]

    found = [cells(of(alfa(client={"name": name})))["client"] for name in names]

    assert ["=1+1", "<r>x</r> "] == [cell.value for cell in found]
    assert {"s"} == {cell.data_type for cell in found}


def test_totals_stand_on_a_sheet_of_their_own():
    lines = list(book(the_three()).worksheets[1].iter_rows(min_row=2, values_only=True))

    assert ("all cases", "", "EUR", 2, 12000, 12000) in lines
    assert ("Owner", "Kiss Anna", "HUF", 1, 1300000, 1600000) in lines
    assert ("age", "31 to 60 days", "HUF", None, None, 800000) in lines


def test_what_is_not_known_is_named():
    portfolio = of(gamma(supplier=owned_by(None), client={"name": "Gamma Nyrt."}))

    lines = [line[:2] for line in book(portfolio).worksheets[1].iter_rows(min_row=2, values_only=True)]

    assert ("Owner", "nobody") in lines
    assert ("Segment", "not known") in lines


def test_weeks_stand_on_a_sheet_of_their_own():
    lines = list(book(the_three()).worksheets[2].iter_rows(min_row=2, values_only=True))

    assert ("2025-W13", "EUR", 750, 1000) == (lines[0][0], *lines[0][2:5])
    assert ("later", 750) == (lines[12][0], lines[12][3])


def test_an_expected_sum_nobody_can_tell_is_an_empty_cell():
    portfolio = of(alfa(promises=[{"said": "2025-03-20", "amount": "400000", "pay_by": "2025-03-27"}]))

    first = next(book(portfolio).worksheets[2].iter_rows(min_row=2, values_only=True))

    assert (None, 0, None, 400000) == first[3:]


def test_an_empty_worklist_is_a_workbook_too():
    assert ["Munkalista", "Összesítés", "Várható hetente"] == book(of(), "hu").sheetnames


def test_the_same_cases_give_the_same_bytes():
    language = the_kit().desk.language("en")

    assert portfolio_sheet(the_three(), language) == portfolio_sheet(of(gamma(), beta(), alfa()), language)


def test_a_missing_package_is_a_problem_with_a_way_out(monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)

    with pytest.raises(Refused, match="a workbook needs the package xlsxwriter"):
        portfolio_sheet(the_three(), the_kit().desk.language("en"))
