import csv
from io import StringIO

import pytest
from making import the_kit
from portfolios import alfa, beta, gamma, of, owned_by, the_three

from negotiation_kit.documents.portfolio_table import COLUMNS, as_csv


def rows(portfolio, language: str = "en") -> list[dict[str, str]]:
    read = list(
        csv.reader(StringIO(as_csv(portfolio.rows, the_kit().desk.language(language)).decode("utf-8-sig"), newline=""))
    )
    return [dict(zip((column.key for column in COLUMNS), row, strict=True)) for row in read[1:]]


def test_the_file_begins_with_the_mark_excel_needs():
    assert as_csv((), the_kit().desk.language("en")).startswith(b"\xef\xbb\xbfCase,Client,")


def test_a_case_is_one_row_of_plain_figures():
    found = rows(the_three())[0]

    assert ("B-1", "Béta GmbH", "core client", "Árvai Béla") == tuple(
        found[key] for key in ("case", "client", "segment", "owner")
    )
    assert ("2000.00", "0.00", "2000.00", "EUR") == tuple(
        found[key] for key in ("overdue", "disputed", "open", "currency")
    )
    assert ("4", "2", "0", "2025-03-25", "1000.00") == tuple(
        found[key] for key in ("plan_parts", "plan_paid", "plan_missed", "plan_next_day", "plan_next")
    )
    assert ("next part of the plan", "2025-03-25", "1") == tuple(
        found[key] for key in ("next_step", "next_day", "late_actions")
    )


def test_what_is_not_there_is_an_empty_cell():
    found = rows(the_three())[1]

    assert {""} == {
        found[key] for key in ("plan_parts", "plan_paid", "plan_missed", "plan_next_day", "plan_next", "alerts")
    }


def test_a_finished_plan_has_no_next_part_and_a_closed_case_no_next_step():
    outcome = beta().outcome.model_dump(mode="json")
    outcome["schedule"] = outcome["schedule"][:1]
    outcome["schedule"][0]["amount"] = "4000"
    found = rows(of(beta(outcome=outcome, payments=[{"day": "2025-03-04", "amount": "4000"}])))[0]

    assert ("", "", "", "") == tuple(found[key] for key in ("plan_next_day", "plan_next", "next_step", "next_day"))


def test_sums_in_other_currencies_are_told_as_text():
    invoices = [
        {"number": "A1", "issued": "2025-01-20", "due": "2025-02-20", "amount": "1000000"},
        {"number": "A2", "issued": "2025-01-20", "due": "2025-02-20", "amount": "50", "currency": "EUR"},
    ]

    assert "EUR\N{NO-BREAK SPACE}50.00" == rows(of(alfa(invoices=invoices, payments=[])))[0]["elsewhere"]


def test_a_case_without_an_owner_says_so():
    found = rows(of(gamma(supplier=owned_by(None), client={"name": "Gamma Nyrt."})))[0]

    assert ("", "") == (found["owner"], found["segment"])
    assert "Nobody owns this case." in found["alerts"]


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_is_never_taken_for_a_formula(begins):
    name = f"{begins}cmd|' /C calc'!A0"

    assert f"'{name}".replace("\r", "\n") == rows(of(alfa(client={"name": name})))[0]["client"]


def test_commas_quotes_and_lines_stay_inside_their_cell():
    name = 'A, "B"\nC'

    assert name == rows(of(alfa(client={"name": name})))[0]["client"]


def test_heads_and_labels_are_in_the_language():
    assert "kulcsügyfél" == rows(of(gamma()), "hu")[0]["segment"]


FORMULAS = ("=1+1", "+1+1", "-2+3", "@SUM(1)", "=cmd|' /C calc'!A0", "\N{FULLWIDTH EQUALS SIGN}1+1")


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("before", ["", " ", "  ", "\N{NO-BREAK SPACE}", "Alfa;", "Alfa; ", "Alfa\n", "Alfa\t", "a;b;"])
def test_no_program_finds_a_formula_in_a_text_however_it_parts_the_columns(before, formula):
    table = as_csv(of(alfa(client={"name": f"{before}{formula}"})).rows, the_kit().desk.language("en")).decode(
        "utf-8-sig"
    )

    for delimiter in ",;\t":
        for lines in (StringIO(table, newline=""), table.splitlines()):
            cells = [cell.strip() for row in csv.reader(lines, delimiter=delimiter) for cell in row]
            assert [] == [cell for cell in cells if cell.startswith(tuple(each[0] for each in FORMULAS))]
    assert formula in table


def test_an_honest_name_stays_as_it_was_typed():
    for name in ("Kovács & Társa Bt.", "A-Z Kft.", "e+p Zrt.", "info@alfa.example", "Alfa; Béta", "1=1 Kft."):
        assert name == rows(of(alfa(client={"name": name})))[0]["client"]
