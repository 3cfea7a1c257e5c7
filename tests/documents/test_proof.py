from making import ROOT, a_case, a_reckoning, day, the_kit

from negotiation_kit.documents.catalogue import PAPERS
from negotiation_kit.documents.leak import flat
from negotiation_kit.documents.proof import (
    Expected,
    expected_in,
    proof_problems,
    sums_in_words,
    words_problems,
)

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

    problems = list(proof_problems({"text": flat("1 460 000\nand\u00a0no more")}, "C04.docx", wanted))

    assert [problem.message for problem in problems] == ["C04.docx does not say the total (4 850 000)"]


def test_a_paper_that_prints_no_schedule_need_not_say_one_even_after_the_agreement():
    assert expected("C02") == ["Példa Bútor Zrt.", "Borostyán Festék Kft."]


def test_a_paper_for_signature_says_its_sums_in_words():
    words = "négymillió-nyolcszázötvenezer forint"

    assert words in expected("C04")
    assert words in expected("C05")
    assert words not in expected("C02")


def found(said, code="C04"):
    paper = next(paper for paper in PAPERS if paper.code == code)
    sums = sums_in_words(paper, a_reckoning(AFTER, day("2025-03-24")))
    return [
        problem.message
        for problem in words_problems({"text": flat(said)}, "C04.docx", sums, the_kit().desk.language("en"))
    ]


def test_words_that_say_another_sum_than_the_figures_are_told():
    assert found("HUF 4,850,000 (four million five hundred and eighty thousand forints)") == [
        (
            "C04.docx says HUF 4,850,000 (four million five hundred and eighty thousand forints), "
            "in words it is four million eight hundred and fifty thousand forints"
        )
    ]


def test_the_right_words_and_brackets_of_another_kind_are_left_alone():
    right = "HUF\u00a04,850,000 (four million eight hundred and\nfifty thousand forints)"

    assert (
        found(f"{right}, HUF 4,850,000 (point 8), HUF 4,850,000 (simple interest; basis), HUF 14,850,000 (one)") == []
    )


def test_while_nothing_is_overdue_no_sum_of_the_form_is_held_against_words():
    """Interest of nothing stands there too, with other words in the brackets behind it."""
    paper = next(paper for paper in PAPERS if paper.code == "C05")

    assert () == sums_in_words(paper, a_reckoning(a_case(), day("2025-03-10")))
    assert ("4850000",) == tuple(
        f"{each.amount:f}" for each in sums_in_words(paper, a_reckoning(a_case(), day("2025-03-18")))
    )


def test_the_form_can_be_made_while_nothing_is_overdue():
    case = a_case(interest={"claim": "for information"})

    (made,) = the_kit().pack(case, as_of=day("2025-03-10"), chosen=("C05",), forms=("text",))
    assert (
        "HUF\u00a00** (simple interest" in made.content.decode()
        or "HUF\u00a00 (simple interest" in made.content.decode()
    )
