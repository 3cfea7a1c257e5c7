import pytest
import yaml
from making import ROOT, day, the_kit

from negotiation_kit.folder import (
    CaseFile,
    read_folder,
    sound,
    worklist_csv,
    worklist_data,
    worklist_page,
    worklist_text,
    worklist_xlsx,
)
from negotiation_kit.problems import Problem, Refused

AS_OF = day("2025-03-18")
SMALLEST = (ROOT / "samples" / "smallest.yaml").read_text("utf-8")


def read(*files: CaseFile):
    return read_folder(the_kit(), files, AS_OF)


def changed(**changes: object) -> str:
    return yaml.safe_dump({**yaml.load(SMALLEST, yaml.CBaseLoader), **changes}, allow_unicode=True)


def test_a_broken_file_is_told_and_does_not_stop_the_rest():
    found = read(CaseFile("a.yaml", "case: 1\n"), CaseFile("b.yaml", SMALLEST))

    assert ["2025-018"] == [row.case for row in found.portfolio.rows]
    assert ["b.yaml"] == [row.file for row in found.portfolio.rows]
    assert [("a.yaml", "jurisdiction is missing")] == [(each.file, each.message) for each in found.left_out]
    assert len(found.broken[0].problems) - 1 == found.left_out[0].more


def test_a_file_that_could_not_be_read_is_told():
    found = read(CaseFile("a.yaml", "", problems=(Problem(None, "a.yaml cannot be read"),)))

    assert ["a.yaml cannot be read"] == [each.message for each in found.left_out]


def test_a_case_that_lies_there_twice_is_counted_once():
    found = read(CaseFile("a.yaml", SMALLEST), CaseFile("copy.yaml", SMALLEST))

    assert ["a.yaml"] == [row.file for row in found.portfolio.rows]
    assert [("copy.yaml", "case '2025-018' stands in a.yaml too")] == [
        (each.file, each.message) for each in found.left_out
    ]
    assert "copy.yaml" == found.broken[0].first.place.file


def test_a_day_no_calendar_knows_is_told():
    contacts = [{"day": "2001-01-01", "channel": "phone"}]

    (left_out,) = read(CaseFile("a.yaml", changed(finance_notice="2001-01-02", contacts=contacts))).left_out

    assert "2001" in left_out.message or "2000" in left_out.message


def test_a_plan_whose_first_day_is_past_does_not_hide_a_case():
    plan = {"shape": "whole", "first_day": "2025-03-17"}

    assert ["2025-018"] == [row.case for row in read(CaseFile("a.yaml", changed(plan=plan))).portfolio.rows]


def test_an_unknown_language_is_refused():
    with pytest.raises(Refused, match="there are no papers in language 'xx'"):
        worklist_text(the_kit(), read(), "xx")


def test_the_data_names_what_is_left_out():
    data = worklist_data(read(CaseFile("a.yaml", "case: 1\n"), CaseFile("b.yaml", SMALLEST)))

    assert ["a.yaml"] == [each["file"] for each in data["left_out"]]
    assert {"amount": "1905000", "currency": "HUF"} == data["rows"][0]["overdue"]
    assert "2025-03-18" == data["as_of"]


def test_every_form_is_made_of_the_same_list():
    pytest.importorskip("xlsxwriter")
    found = read(CaseFile("b.yaml", SMALLEST))

    assert "2025-018" in worklist_text(the_kit(), found, "en")
    assert b"2025-018" in worklist_page(the_kit(), found, "en")
    assert b"2025-018" in worklist_csv(the_kit(), found, "en")
    assert worklist_xlsx(the_kit(), found, "en").startswith(b"PK")


def test_whatever_is_looked_for_in_a_case_a_day_nobody_knows_stops_no_other():
    def look(file, case):
        return (
            the_kit().calendars(("HU",)).is_business_day(day("1800-01-01" if file.name == "a.yaml" else "2025-03-18"))
        )

    broken = []
    files = [CaseFile("a.yaml", SMALLEST), CaseFile("b.yaml", SMALLEST)]

    assert [True] == list(sound(the_kit(), files, look, broken))
    assert ["a.yaml"] == [each.file for each in broken]
    assert "a.yaml" == broken[0].first.place.file
