import pytest
import yaml
from making import ROOT, a_reckoning, day, the_kit

from negotiation_kit.documents.catalogue import CODES, PAPERS, choice_problems, papers_for

BEFORE = the_kit().check((ROOT / "samples" / "late-payer.yaml").read_text("utf-8"), "late-payer.yaml")
AFTER = the_kit().check((ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"), "after-meeting.yaml")


def codes(case, chosen="needed"):
    return {paper.code for paper in papers_for(a_reckoning(case, case.as_of or day("2025-03-24")), chosen)}


def test_no_two_papers_have_the_same_code_or_the_same_name():
    assert len(PAPERS) == len(set(CODES)) == len({paper.slug for paper in PAPERS})


def test_all_is_more_than_what_the_stage_calls_for_and_never_what_cannot_be_made():
    assert codes(AFTER) < codes(AFTER, "all")
    assert "C04" not in codes(BEFORE, "all")
    assert {"C02", "C04", "C05"} <= codes(AFTER, "all")


def test_chosen_codes_are_made_whatever_the_stage_calls_for():
    assert codes(AFTER, ("C05", "D06")) == {"C05", "D06"}


def test_what_cannot_be_made_is_told_with_what_is_lacking():
    problems = list(choice_problems(a_reckoning(BEFORE, day("2025-03-20")), ("C04", "C99", "D01")))

    assert [str(problem).split("\n")[0] for problem in problems] == [
        "C04 cannot be made of this case yet",
        "there is no paper 'C99'",
    ]
    assert problems[0].hint == "write into the case: an outcome with the agreed schedule"


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.code)
def test_every_paper_says_in_each_language_when_it_is_used(paper):
    for language in ("en", "hu"):
        assert the_kit().desk.use(paper, language)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.code)
def test_a_paper_that_cannot_always_be_made_says_what_it_lacks(paper):
    assert paper.lacking or paper.time or paper.possible(a_reckoning(BEFORE, day("2025-03-20")))


def after(name="after-meeting", **changes):
    tree = yaml.load((ROOT / "samples" / f"{name}.yaml").read_text("utf-8"), yaml.CBaseLoader)
    tree["outcome"] = {**tree["outcome"], **changes}
    return the_kit().check(yaml.safe_dump(tree, allow_unicode=True), "case.yaml")


def on(case, as_of):
    return {paper.code for paper in papers_for(a_reckoning(case, day(as_of)))}


def test_nothing_is_put_up_for_signature_with_a_day_in_it_that_has_passed():
    assert {"C04", "C06", "D15"} <= on(AFTER, "2025-03-26")
    assert not {"C04", "C06", "C13", "D15"} & on(AFTER, "2025-03-27")
    assert {"C04", "C06"} <= on(after(signed="2025-03-24"), "2025-03-27")


def test_a_part_that_was_paid_does_not_keep_the_minutes_from_being_signed():
    payments = ({"day": "2025-03-26", "amount": "1460000"},)
    tree = yaml.load((ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"), yaml.CBaseLoader)
    paid = the_kit().check(yaml.safe_dump({**tree, "payments": [*payments]}, allow_unicode=True), "case.yaml")

    assert "C04" in on(paid, "2025-03-28")
    assert "C04" not in on(paid, "2025-04-10")


@pytest.mark.parametrize("code", ["C04", "C06"])
def test_a_day_that_has_passed_is_told_when_the_minutes_are_asked_for(code):
    problems = list(choice_problems(a_reckoning(AFTER, day("2025-04-01")), (code,)))

    assert [problem.message for problem in problems] == [
        f"{code}: outcome.schedule[1].due is 2025-03-26, past on 2025-04-01, and nobody has signed"
    ]
    assert problems[0].place.text.strip() == "- due: 2025-03-26"
    assert "outcome.signed" in problems[0].hint


@pytest.mark.parametrize(("channel", "by_mail"), [("call", True), ("video", True), ("in_person", False)])
def test_what_was_agreed_on_the_phone_is_confirmed_by_mail(channel, by_mail):
    assert ("C13" in on(after(channel=channel), "2025-03-24")) is by_mail


OPEN = {"schedule": [], "open_points": [{"what": "the sum"}]}


def test_a_meeting_that_ended_open_has_a_note_and_no_minutes():
    found = on(after(**OPEN), "2025-03-24")

    assert "C07" in found
    assert not {"C04", "C06", "C13"} & found


@pytest.mark.parametrize("missing", [{"open_points": []}, {"next_contact": None}])
def test_the_note_needs_what_stays_open_and_when_it_goes_on(missing):
    changes = {**OPEN, **missing}
    case = AFTER.model_copy(
        update={
            "outcome": AFTER.outcome.model_copy(update={"schedule": (), "open_points": OPEN["open_points"], **changes})
        }
    )
    problems = list(choice_problems(a_reckoning(case, day("2025-03-24")), ("C07",)))

    assert [problem.message for problem in problems] == ["C07 cannot be made of this case yet"]
    assert problems[0].hint == "write into the case: an outcome without a schedule, with open_points and next_contact"


def a_clarification(**changes):
    tree = yaml.load((ROOT / "samples" / "smallest.yaml").read_text("utf-8"), yaml.CBaseLoader)
    kept = {key: value for key, value in {**tree, **changes}.items() if value is not None}
    return the_kit().check(yaml.safe_dump(kept, allow_unicode=True), "case.yaml")


@pytest.mark.parametrize("meeting", [None, {"day": "2025-03-24", "channel": "call"}], ids=["no meeting", "a call"])
def test_a_friendly_clarification_by_phone_gets_the_papers_of_a_call_and_no_others(meeting):
    case = a_clarification(meeting=meeting, superior_told="2025-03-17")

    assert "CLARIFY" == a_reckoning(case, day("2025-03-20")).assessment.track
    assert {"D01", "D06", "D07"} == on(case, "2025-03-20")


def test_the_superior_hears_of_a_clarification_too():
    assert "D02" in on(a_clarification(meeting=None), "2025-03-20")


def test_a_clarification_face_to_face_has_the_papers_of_a_meeting():
    assert {"C02", "C05", "D03", "D12", "D15"} <= on(a_clarification(), "2025-03-20")


def test_the_papers_of_a_meeting_can_be_asked_for_in_a_clarification():
    case = a_clarification(meeting=None)

    assert {"C02", "C05", "D03", "D15"} <= codes(case, "all")
