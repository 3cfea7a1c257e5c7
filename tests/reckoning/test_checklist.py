import pytest
from making import ROOT, a_calendar, a_case, day

from negotiation_kit.case.standing import Copies
from negotiation_kit.problems import Refused
from negotiation_kit.reading.record import read_record
from negotiation_kit.reckoning.checklist import Checklist, Preparation, checklist_problems, prepare
from negotiation_kit.reckoning.facts import Facts

TEXT = (ROOT / "templates" / "checklist.yaml").read_text("utf-8")
CHECKLIST = read_record(TEXT, "checklist.yaml", Checklist)
SUPPLIER = {
    "name": "Borostyán Festék Kft.",
    "people": [
        {"name": "Kiss Anna", "role": "account manager"},
        {"name": "Nagy Péter", "role": "superior"},
        {"name": "Fehér Ildikó", "role": "finance"},
    ],
}


def prepared(as_of="2025-03-17", language="en", facts=None, **changes) -> Preparation:
    case = a_case(supplier=SUPPLIER, **changes)
    return prepare(
        CHECKLIST, Facts.of(**(facts or {})), case, as_of=day(as_of), calendars=a_calendar(), language=language
    )


def days(preparation: Preparation) -> dict[str, str]:
    return {row.id: str(row.due) for row in preparation.tasks}


def test_the_checklist_of_the_house_has_no_problem():
    assert list(checklist_problems(CHECKLIST)) == []


def test_tasks_are_counted_back_from_the_meeting_in_business_days():
    due = days(prepared())

    assert (due["repair_own_errors"], due["reconcile_balance"], due["obtain_authority"]) == (
        "2025-03-17",
        "2025-03-18",
        "2025-03-19",
    )
    assert (due["build_offers"], due["rehearse"], due["last_look_at_money"]) == (
        "2025-03-20",
        "2025-03-21",
        "2025-03-24",
    )


def test_what_no_longer_fits_is_moved_to_today_and_marked():
    preparation = prepared(as_of="2025-03-20")
    moved = {row.id: (str(row.planned), str(row.due)) for row in preparation.tasks if row.late}

    assert moved["repair_own_errors"] == ("2025-03-17", "2025-03-20")
    assert moved["obtain_authority"] == ("2025-03-19", "2025-03-20")
    assert "build_offers" not in moved
    assert preparation.late == len(moved)


@pytest.mark.parametrize(("as_of", "due"), [("2025-03-22", "2025-03-24"), ("2025-03-26", "2025-03-26")])
def test_a_task_is_moved_to_a_business_day_and_not_after_the_meeting_unless_that_is_over(as_of, due):
    assert days(prepared(as_of=as_of))["repair_own_errors"] == due


def test_without_a_meeting_there_are_no_days():
    preparation = prepared(meeting=None)

    assert preparation.meeting is None
    assert {(row.planned, row.due, row.late) for row in preparation.tasks} == {(None, None, False)}


def test_each_task_names_our_people_by_role():
    (row,) = (row for row in prepared().tasks if row.id == "register_extract")

    assert [(doer.role, doer.names) for doer in row.who] == [("legal", ()), ("finance", ("Fehér Ildikó",))]


def test_tasks_of_a_key_client_are_for_key_clients():
    assert "executive_decision" not in days(prepared())
    assert "executive_decision" in days(prepared(facts={"segment": "key"}))


def test_copies_carry_their_status():
    status = {
        row.id: row.status
        for row in prepared(checks={"copies": {"contract": "found", "orders": "missing", "security": "found"}}).copies
    }

    assert (status["contract"], status["orders"], status["invoices"]) == ("found", "missing", None)
    assert status["security"] == "found"
    assert "complaints" not in status


def test_what_is_missing_or_not_looked_for_is_listed():
    found = dict.fromkeys(Copies.model_fields, "found") | {"orders": "missing", "general_terms": "not needed"}

    assert [row.id for row in prepared(checks={"copies": found}).missing] == ["orders"]
    assert len(prepared().missing) == len(prepared().copies)


def test_the_bag_says_what_stays_hidden():
    assert {row.place for row in prepared().meeting_kit} == {"table", "folder", "bag"}


def test_the_language_decides_the_words():
    assert prepared(language="hu").copies[0].text == "szerződés és módosításai"


def test_a_language_the_checklist_does_not_speak_is_refused():
    with pytest.raises(Refused, match="does not speak 'xx'"):
        prepared(language="xx")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("id: answer_complaints", "id: repair_own_errors", "repair_own_errors stands here a second time"),
        ("when: segment == key", "when: track == STAGED", "there is no fact 'track'"),
        ("- id: contract\n", "- id: contrakt\n", "contrakt is no paper a case file names"),
        ("    hu: tollak\n", "", "pens does not speak hu"),
    ],
)
def test_a_wrong_line_is_told_with_its_place(old, new, told):
    (problem,) = checklist_problems(read_record(TEXT.replace(old, new, 1), "checklist.yaml", Checklist))

    assert told in problem.message
    assert problem.place is not None
