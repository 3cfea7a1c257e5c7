import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import ROOT, a_case, day

from negotiation_kit.case.answers import Answer
from negotiation_kit.problems import Refused
from negotiation_kit.reading.record import read_record
from negotiation_kit.reckoning.facts import CASE_VOCABULARY, VOCABULARY, Facts, unknown_facts
from negotiation_kit.reckoning.question_bank import QuestionBank, bank_problems, fill
from negotiation_kit.reckoning.questions import MEETING_STAGES, Selection, earlier_answers, form_for, select

TEXT = (ROOT / "templates" / "questions.yaml").read_text("utf-8")
BANK = read_record(TEXT, "questions.yaml", QuestionBank)
PLAIN = {
    "track": "STAGED",
    "level": 2,
    "segment": "standard",
    "relationship": "developing",
    "conduct": "good",
    "prospects": "medium",
    "debt_weight": "material",
    "cause": "cash_gap",
    "capacity": "strained",
    "will": "cooperative",
    "broken_promises": 0,
    "plan_missed": 0,
    "lapses_12m": 1,
    "round": 1,
    "overdue_invoices": 1,
    "disputed_share": 0,
    "decision_maker": True,
    "signatory_confirmed": True,
    "balance_confirmed": False,
    "docs_complete": True,
    "contact_changed": False,
    "stage": "negotiate",
    "days_left": 3,
    "channel": "in_person",
}


def selected(form="full", language="en", answered=(), values=None, **changes) -> Selection:
    answers = [an_answer(name) for name in answered]
    return select(BANK, Facts.of(**PLAIN | changes), form, language, answers=answers, values=values)


def an_answer(question: str, on: str = "2025-03-24", answer: str = "A school paid late") -> Answer:
    return Answer.model_validate({"question": question, "day": on, "answer": answer})


def ids(selection: Selection) -> list[str]:
    return [question.id for stage in selection.stages for question in stage.questions]


def a_question(number: int, prio: str, **changes: object) -> dict[str, object]:
    wording = {"ask": f"Question {number} about {{amount}}?", "why": "w", "hear": "h", "next": "n"}
    plain = {"id": f"Q-CON-{number:02}", "stage": "CON", "prio": prio, "when": "always", "en": wording, "hu": wording}
    return plain | changes


def a_bank(*questions: dict[str, object], **changes: object) -> QuestionBank:
    plain = {
        "caps": {"CON": "2"},
        "call_form": [],
        "placeholders": [{"name": "amount", "en": "[sum]", "hu": "[összeg]"}],
        "questions": questions,
    }
    return QuestionBank.model_validate(plain | changes)


def test_the_bank_of_the_house_has_no_problem():
    assert list(bank_problems(BANK)) == []


def test_the_meeting_asks_in_its_order_and_inside_its_caps():
    selection = selected()

    assert [stage.stage for stage in selection.stages] == list(MEETING_STAGES)
    for stage in selection.stages:
        musts = sum(question.prio == "must" for question in stage.questions)
        assert len(stage.questions) <= max(musts, BANK.caps[stage.stage])


def test_a_stage_prints_its_questions_in_the_order_of_the_file():
    numbered = [question.id for question in BANK.questions]

    for stage in selected().stages:
        assert [question.id for question in stage.questions] == sorted(
            (question.id for question in stage.questions), key=numbered.index
        )


def test_musts_come_first_then_shoulds_then_coulds():
    bank = a_bank(a_question(1, "could"), a_question(2, "should"), a_question(3, "should"), a_question(4, "must"))
    selection = select(bank, Facts.of(), "full", "en")

    assert ids(selection) == ["Q-CON-02", "Q-CON-04"]
    assert [question.id for question in selection.reserve] == ["Q-CON-01", "Q-CON-03"]


def test_musts_are_printed_above_the_cap():
    bank = a_bank(*(a_question(number, "must") for number in range(1, 5)), a_question(5, "should"))
    selection = select(bank, Facts.of(), "full", "en")

    assert ids(selection) == ["Q-CON-01", "Q-CON-02", "Q-CON-03", "Q-CON-04"]
    assert [question.id for question in selection.reserve] == ["Q-CON-05"]


def test_a_stage_without_a_cap_prints_everything():
    bank = a_bank(*(a_question(number, "could") for number in range(1, 9)), caps={})

    assert select(bank, Facts.of(), "full", "en").count == 8


def test_a_call_asks_the_first_block_and_five_more():
    selection = selected(form="call", track="CLARIFY", channel="call", decision_maker=False)

    assert ids(selection) == [
        "Q-PRE-01", "Q-PRE-02", "Q-PRE-03", "Q-PRE-04", "Q-PRE-05", "Q-PRE-06",
        "Q-SUB-01", "Q-CAU-01", "Q-IDE-02", "Q-CSQ-01", "Q-CLO-01",
    ]  # fmt: skip
    assert selection.reserve == ()


def test_the_first_block_is_not_asked_at_a_meeting():
    assert not [name for name in ids(selected()) if name.startswith("Q-PRE")]


@pytest.mark.parametrize(
    ("track", "channel", "form"),
    [
        ("CLARIFY", "call", "call"),
        ("CLARIFY", None, "call"),
        ("CLARIFY", "in_person", "full"),
        ("STAGED", "call", "full"),
        ("STAGED", None, "full"),
    ],
)
def test_the_short_form_is_for_a_clarification_by_phone(track, channel, form):
    assert form_for(Facts.of(track=track, channel=channel)) == form


def test_the_manager_asks_himself_ten_questions_before_and_four_after():
    selection = selected()

    assert (len(selection.before), len(selection.after)) == (10, 4)


def test_what_was_answered_falls_away_but_not_risks_promises_and_the_last_meeting():
    every_id = [question.id for question in BANK.questions]
    kept = set(ids(selected(round=2, broken_promises=1, answered=every_id)))

    assert {"Q-SUB-09", "Q-CAU-37", "Q-CAU-38", "Q-RSK-01", "Q-CSQ-01"} <= kept
    assert not {"Q-SUB-01", "Q-CAU-01", "Q-CLO-01"} & kept


def test_what_was_answered_is_shown_with_its_question_in_the_order_of_the_bank():
    answered = ["BF-01", "Q-RSK-01", "Q-CAU-01"]
    known = selected(answered=answered).known

    assert [each.id for each in known] == ["Q-CAU-01", "Q-RSK-01", "BF-01"]
    assert [each.ask and each.ask.split()[0] for each in known] == ["What", "Under", None]
    assert [each.again for each in known] == [False, True, False]
    assert known[0].answer == "A school paid late"


def test_a_question_answered_twice_shows_both_answers_by_day():
    answers = [an_answer("Q-RSK-01", "2025-04-09", "Nothing new"), an_answer("Q-RSK-01", "2025-03-24", "The school")]
    known = select(BANK, Facts.of(**PLAIN), "full", "en", answers=answers).known

    assert [each.answer for each in known] == ["The school", "Nothing new"]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2025-03-20", ["early"]),
        ("2025-03-24", ["early"]),
        ("2025-03-25", ["early", "at the meeting"]),
        ("2025-03-17", []),
    ],
)
def test_an_answer_counts_from_its_day_on_and_one_of_the_meeting_after_it(as_of, expected):
    answers = [
        {"question": "Q-CAU-02", "day": "2025-03-24", "answer": "at the meeting"},
        {"question": "Q-CAU-01", "day": "2025-03-18", "answer": "early"},
    ]

    assert expected == [each.answer for each in earlier_answers(a_case(answers=answers), day(as_of))]


def test_without_a_meeting_to_come_every_answer_counts():
    case = a_case(meeting=None, answers=[{"question": "Q-CAU-01", "day": "2025-03-18", "answer": "early"}])

    assert len(earlier_answers(case, day("2025-03-18"))) == 1


def test_a_question_that_brings_an_unknown_fact_to_light_is_asked_whatever_its_condition():
    assert "Q-COO-02" in ids(selected(supply_wanted=None))
    assert "Q-COO-02" not in ids(selected(supply_wanted=False))


def test_what_the_register_tells_is_not_asked_of_the_client():
    selection = selected(insolvency_signal=None)
    gap = next(each for each in selection.unknown if each.fact == "insolvency_signal")

    assert "Q-CAU-27" not in [*ids(selection), *(each.id for each in selection.reserve)]
    assert (gap.question.id, gap.printed) == ("Q-CAU-27", False)


def test_on_the_phone_an_open_fact_brings_its_question_along():
    selection = selected(form="call", track="CLARIFY", channel="call", supply_wanted=None, cause=None)
    printed = {each.fact: each.printed for each in selection.unknown}

    assert (printed["cause"], printed["supply_wanted"]) == (True, False)


def test_a_line_that_does_not_speak_the_language_printed_is_told_with_its_place():
    only_hungarian = a_question(2, "must")
    del only_hungarian["en"]
    bank = a_bank(a_question(1, "must"), only_hungarian)

    with pytest.raises(Refused, match="Q-CON-02 does not speak en"):
        select(bank, Facts.of(), "full", "en")
    assert select(bank, Facts.of(), "full", "hu").count == 2


def test_what_is_not_known_comes_with_the_question_that_brings_it_to_light():
    opened = {fact.fact: fact for fact in selected(supply_wanted=None).unknown}

    assert opened["supply_wanted"].question.id == "Q-COO-02"
    assert opened["limitation_days"].ask == "legal"
    assert opened["limitation_days"].question is None


def test_every_question_an_unknown_fact_points_to_is_in_the_bank():
    known = {question.id for question in BANK.questions}
    pointed = {unknown.question for unknown in unknown_facts(Facts.of()) if unknown.question}

    assert pointed <= known


def test_the_language_decides_the_words():
    assert selected(language="hu").stages[0].questions[0].ask.startswith("Hogyan alakultak")


def test_a_language_the_bank_does_not_speak_is_refused():
    with pytest.raises(Refused, match="does not speak 'xx'"):
        selected(language="xx")


def test_values_are_filled_in_and_the_rest_stays_a_blank():
    bank = a_bank(a_question(1, "must"))
    given_, blank = (
        select(bank, Facts.of(), "full", "hu", values=values).stages[0].questions[0].ask
        for values in ({"amount": "HUF 10"}, {})
    )

    assert given_ == "Question 1 about HUF 10?"
    assert blank == "Question 1 about [összeg]?"


def test_braces_inside_a_value_are_not_filled_again():
    assert fill("{a} and {b} and {c}", {"a": "{b}", "b": "{a}"}) == "{b} and {a} and {c}"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (a_question(1, "must", when="cause = chain"), "Q-CON-01: when is 'cause = chain'; at its column 7"),
        (a_question(1, "must", when="cuase == chain"), "there is no fact 'cuase'"),
        (a_question(1, "must", moment="after"), "Q-CON-01 has a moment"),
        (a_question(1, "must", stage="SELF"), "Q-CON-01 needs a moment"),
        (
            a_question(1, "must", hu={"ask": "{sum}?", "why": "w", "hear": "h", "next": "n"}),
            "Q-CON-01: {sum} is no placeholder",
        ),
    ],
)
def test_a_wrong_question_is_told(question, told):
    problems = [str(problem) for problem in bank_problems(a_bank(question))]

    assert len(problems) == 1
    assert told in problems[0]


def test_a_question_that_stands_twice_is_told():
    (problem,) = bank_problems(a_bank(a_question(1, "must"), a_question(1, "could")))

    assert problem.message == "Q-CON-01 stands here a second time"


def test_a_call_form_that_names_a_stranger_is_told():
    (problem,) = bank_problems(a_bank(a_question(1, "must"), call_form=["Q-CON-77"]))

    assert problem.message == "call_form names Q-CON-77, which is no question of the bank"


def test_a_missing_or_further_language_is_told():
    other = a_question(2, "must")
    other["de"] = other.pop("hu")
    problems = [problem.message for problem in bank_problems(a_bank(a_question(1, "must"), other))]

    assert problems == ["Q-CON-02 does not speak hu", "Q-CON-02 speaks de, which the first line does not"]


def test_a_key_that_is_no_language_is_told():
    stray = a_question(2, "must", remark=a_question(2, "must")["en"])
    (problem,) = bank_problems(a_bank(a_question(1, "must"), stray))

    assert problem.message == "Q-CON-02: 'remark' is neither a field nor a language"


def test_a_problem_names_the_line_of_the_file():
    wrong = TEXT.replace("when: decision_maker != yes", "when: decision_maker is yes", 1)
    (problem,) = bank_problems(read_record(wrong, "questions.yaml", QuestionBank))

    assert "decision_maker is yes" in problem.place.text


def any_value(name: str) -> st.SearchStrategy[object]:
    words = VOCABULARY[name]
    if not words:
        return st.none() | st.integers(0, 120)
    return st.none() | st.sampled_from([True, False] if words == ("yes", "no") else words)


@given(st.fixed_dictionaries({name: any_value(name) for name in (*CASE_VOCABULARY, "track", "level")}))
def test_no_must_that_fits_is_ever_dropped(values):
    selection = selected(**values)
    reserve = [question.id for question in selection.reserve]

    assert "must" not in {question.prio for question in selection.reserve}
    assert not set(ids(selection)) & set(reserve)
    assert {"Q-CON-01", "Q-SUB-01", "Q-CAU-01", "Q-CAU-42", "Q-RSK-01", "Q-CSQ-01"} <= set(ids(selection))
