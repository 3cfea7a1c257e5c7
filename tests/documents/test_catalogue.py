import pytest
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
    assert paper.lacking or paper.possible(a_reckoning(BEFORE, day("2025-03-20")))
