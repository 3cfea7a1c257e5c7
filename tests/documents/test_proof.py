from making import ROOT, a_reckoning, day, the_kit

from negotiation_kit.documents.catalogue import PAPERS
from negotiation_kit.documents.proof import Expected, expected_in, proof_problems

AFTER = the_kit().check((ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"), "after-meeting.yaml")


def expected(code):
    paper = next(paper for paper in PAPERS if paper.code == code)
    reckoning = a_reckoning(AFTER, day("2025-03-24"))
    return [each.text.replace("\u00a0", " ") for each in expected_in(paper, reckoning, the_kit().desk.language("hu"))]


def test_the_minutes_must_say_every_name_day_and_sum_of_the_agreement():
    assert expected("C04")[:2] == ["Példa Bútor Zrt.", "Borostyán Festék Kft."]
    assert {"1 460 000", "2025. március 26.", "1 130 000", "2025. május 7.", "4 850 000"} <= set(expected("C04"))
    assert expected("C06") == expected("C04")


def test_our_own_papers_must_name_the_client():
    assert expected("D01") == ["Példa Bútor Zrt."]


def test_what_a_finished_file_does_not_say_is_told():
    wanted = (Expected("the sum of part 1", "1 460 000"), Expected("the total", "4 850 000"))

    problems = list(proof_problems({"text": "1 460 000\nand\u00a0no more"}, "C04.docx", wanted))

    assert [problem.message for problem in problems] == ["C04.docx does not say the total (4 850 000)"]


def test_a_paper_that_prints_no_schedule_need_not_say_one_even_after_the_agreement():
    assert expected("C02") == ["Példa Bútor Zrt.", "Borostyán Festék Kft."]
