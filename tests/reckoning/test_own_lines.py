"""A company's own lines beside ours: added, switched off, moved; every slip with its place."""

import re
from typing import get_args

import pytest
from making import ROOT

from negotiation_kit.problems import Refused
from negotiation_kit.reading.record import read_record
from negotiation_kit.reckoning.checklist import Checklist
from negotiation_kit.reckoning.facts import Facts
from negotiation_kit.reckoning.own_lines import (
    OwnChecklist,
    OwnPlaybook,
    OwnQuestions,
    near_name,
    own_checklist_problems,
    own_playbook_problems,
    own_question_problems,
    with_own_checklist,
    with_own_playbook,
    with_own_questions,
)
from negotiation_kit.reckoning.playbook_bank import Playbook
from negotiation_kit.reckoning.question_bank import QuestionBank, Stage
from negotiation_kit.reckoning.questions import select

BANK = read_record((ROOT / "templates" / "questions.yaml").read_text("utf-8"), "questions.yaml", QuestionBank)
CHECKLIST = read_record((ROOT / "templates" / "checklist.yaml").read_text("utf-8"), "checklist.yaml", Checklist)
PLAYBOOK = read_record((ROOT / "templates" / "playbook.yaml").read_text("utf-8"), "playbook.yaml", Playbook)
QUESTION = """\
questions:
  - id: BF-COO-01
    stage: COO
    prio: must
    when: segment == standard
    en: {ask: "Which colours do you need, and for what sum ({amount})?", why: w, hear: h, next: n}
    hu: {ask: "Milyen színek kellenek, és mekkora összegben ({amount})?", why: w, hear: h, next: n}
"""
TASK = """\
tasks:
  - {id: bf_samples, before_bd: 3, who: [quality], when: segment == standard, en: Pack samples, hu: Minták csomagolása}
meeting_kit:
  - {id: bf_colour_chart, place: table, en: colour chart, hu: színkártya}
"""


def own_questions(text: str) -> OwnQuestions:
    return read_record(text, "own-questions.yaml", OwnQuestions, (lambda own: own_question_problems(own, BANK),))


def own_checklist(text: str) -> OwnChecklist:
    return read_record(text, "own-checklist.yaml", OwnChecklist, (lambda own: own_checklist_problems(own, CHECKLIST),))


def own_playbook(text: str) -> OwnPlaybook:
    return read_record(text, "own-playbook.yaml", OwnPlaybook, (lambda own: own_playbook_problems(own, PLAYBOOK),))


def laid(text: str) -> QuestionBank:
    return with_own_questions(BANK, own_questions(text))


def ids(bank: QuestionBank, stage: str) -> list[str]:
    return [each.id for each in bank.questions if each.stage == stage]


def told(read, text: str) -> list[str]:
    """Line, column and message of what is refused."""
    with pytest.raises(Refused) as refused:
        read(text)
    return [f"{each.place.line}:{each.place.column} {each.message} | {each.hint}" for each in refused.value.problems]


def test_an_own_question_stands_at_the_end_of_its_stage():
    assert ids(laid(QUESTION), "COO") == [*ids(BANK, "COO"), "BF-COO-01"]


def test_an_own_question_is_asked_when_its_condition_holds_with_our_values_filled_in():
    bank = laid(QUESTION)
    facts = Facts.of(segment="standard", track="STAGED", level=2)
    selection = select(bank, facts, "full", "en", values={"amount": "HUF 10"})
    asked = {each.id: each.ask for stage in selection.stages for each in stage.questions}

    assert asked["BF-COO-01"] == "Which colours do you need, and for what sum (HUF 10)?"


def test_a_question_of_ours_is_switched_off_by_its_name():
    assert set(ids(BANK, "CON")) - set(ids(laid("off: [Q-CON-07, Q-CON-08]"), "CON")) == {"Q-CON-07", "Q-CON-08"}


@pytest.mark.parametrize(
    ("move", "expected"),
    [
        ("{id: Q-CON-05, before: Q-CON-01}", ["Q-CON-05", "Q-CON-01", "Q-CON-02"]),
        ("{id: Q-CON-05, after: Q-CON-01}", ["Q-CON-01", "Q-CON-05", "Q-CON-02"]),
        ("{id: Q-CON-01, after: Q-CON-02}", ["Q-CON-02", "Q-CON-01", "Q-CON-03"]),
        ("{id: Q-CON-01, before: Q-CON-03}", ["Q-CON-02", "Q-CON-01", "Q-CON-03"]),
    ],
)
def test_a_question_is_moved_before_or_after_another(move, expected):
    assert expected == ids(laid(f"move: [{move}]"), "CON")[:3]


def test_moves_follow_one_another():
    moves = "move: [{id: Q-CON-05, before: Q-CON-01}, {id: Q-CON-06, before: Q-CON-05}]"

    assert ids(laid(moves), "CON")[:3] == ["Q-CON-06", "Q-CON-05", "Q-CON-01"]


def test_an_own_question_can_be_moved_too():
    moved = f"{QUESTION}move: [{{id: BF-COO-01, before: Q-COO-01}}]"

    assert ids(laid(moved), "COO")[:2] == ["BF-COO-01", "Q-COO-01"]


def test_a_question_may_stand_beside_one_that_is_switched_off():
    moved = "off: [Q-CON-01]\nmove: [{id: Q-CON-05, after: Q-CON-01}]"

    assert ids(laid(moved), "CON")[:2] == ["Q-CON-05", "Q-CON-02"]


def test_nothing_of_its_own_changes_nothing():
    assert with_own_questions(BANK, OwnQuestions()).questions == BANK.questions
    assert with_own_checklist(CHECKLIST, OwnChecklist()) == CHECKLIST


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("off: [Q-CON-07, Q-CAU-1]", "1:17 off[2] is 'Q-CAU-1', there is no such question | did you mean Q-CAU-01?"),
        (
            "off:\n  - Q-CON-07\n  - Q-CUA-02",
            "3:5 off[2] is 'Q-CUA-02', there is no such question | did you mean Q-CAU-02?",
        ),
        ("off: [colours]", "1:7 off[1] is 'colours', there is no such question | "),
        (
            "move: [{id: q_cau_2, before: Q-CAU-01}]",
            "1:13 move[1].id is 'q_cau_2', there is no such question | did you mean Q-CAU-02?",
        ),
        (
            "move: [{id: Q-CAU-02, after: Q-CAU-100}]",
            "1:30 move[1].after is 'Q-CAU-100', there is no such question | did you mean Q-CAU-10?",
        ),
        (
            "move: [{id: Q-CAU-02}]",
            "1:8 move[1] says neither before nor after | write one of the two, with the id of another line",
        ),
        (
            "move: [{id: Q-CAU-02, before: Q-CAU-01, after: Q-CAU-05}]",
            "1:8 move[1] says both before and after | write one of the two, with the id of another line",
        ),
        (
            "move: [{id: Q-CAU-02, after: Q-CAU-02}]",
            "1:30 move[1]: Q-CAU-02 cannot stand after itself | name another line",
        ),
        (
            "move: [{id: Q-CAU-02, after: Q-COO-01}]",
            "1:30 move[1]: Q-CAU-02 is of stage CAU, Q-COO-01 of stage COO | a question is moved inside its stage",
        ),
        (
            "off: [Q-CAU-02]\nmove: [{id: Q-CAU-02, after: Q-CAU-01}]",
            "2:13 move[1]: Q-CAU-02 is switched off | take it out of off, or of move",
        ),
        (
            QUESTION.replace("BF-COO-01", "Q-COO-01"),
            "2:9 Q-COO-01 stands here a second time | give it a name of its own",
        ),
        (
            QUESTION.replace("segment ==", "segmnt =="),
            "5:11 BF-COO-01: when is 'segmnt == standard'; at its column 1: there is no fact 'segmnt' | did you mean segment",
        ),
        (
            QUESTION.replace("standard", "usual"),
            "5:11 BF-COO-01: when is 'segment == usual'; at its column 1: segment is never",
        ),
        (
            QUESTION.replace(
                'en: {ask: "Which colours do you need, and for what sum ({amount})', 'en: {ask: "For what ({amout})'
            ),
            "6:15 BF-COO-01: {amout} is no placeholder",
        ),
        (QUESTION.replace("    en:", "    de:"), "6:9 BF-COO-01 speaks de, which ours do not"),
        (QUESTION.replace("    en:", "    remark:"), "6:13 BF-COO-01: 'remark' is neither a field nor a language"),
        (QUESTION.replace("stage: COO", "stage: SELF"), "2:5 BF-COO-01 needs a moment, before or after"),
        (QUESTION.replace("stage: COO", "stage: CO"), "3:12 questions[1].stage is 'CO', expected one of"),
        ("of: [Q-CAU-02]", "1:1 unknown field 'of' | did you mean 'off'?"),
    ],
)
def test_a_slip_in_the_own_questions_is_told_with_its_place(text, problem):
    (found,) = told(own_questions, text)

    assert found.startswith(problem)


def test_an_own_question_without_any_text_is_told():
    lines = [line for line in QUESTION.splitlines() if not line.startswith(("    en:", "    hu:"))]

    assert told(own_questions, "\n".join(lines)) == ["2:5 BF-COO-01 has no text | write it under en or hu"]


def test_an_own_question_may_speak_one_language_and_is_refused_in_the_other():
    hungarian = "\n".join(line for line in QUESTION.splitlines() if not line.startswith("    en:"))
    bank = laid(hungarian)

    with pytest.raises(Refused) as refused:
        select(bank, Facts.of(), "full", "en")
    (problem,) = refused.value.problems
    assert (problem.place.file, problem.place.line) == ("own-questions.yaml", 2)
    assert problem.message == "BF-COO-01 does not speak en"
    assert select(bank, Facts.of(segment="standard"), "full", "hu").count


def test_an_own_task_stands_at_the_end_of_its_day_and_an_own_thing_at_the_end():
    checklist = with_own_checklist(CHECKLIST, own_checklist(TASK))
    tasks = [task.id for task in checklist.tasks]

    assert tasks[tasks.index("bf_samples") - 1] == [each.id for each in CHECKLIST.tasks if each.before_bd == 3][-1]
    assert [task.before_bd for task in checklist.tasks] == sorted(
        (each.before_bd for each in checklist.tasks), reverse=True
    )
    assert checklist.meeting_kit[-1].id == "bf_colour_chart"


def test_lines_of_every_part_of_the_checklist_can_be_switched_off_and_moved():
    own = own_checklist("off: [rehearse, pens, powers_of_attorney]\nmove: [{id: calculator, before: minutes_draft}]")
    checklist = with_own_checklist(CHECKLIST, own)

    assert not {"rehearse", "pens", "powers_of_attorney"} & {line.id for line in checklist.lines}
    assert checklist.meeting_kit[0].id == "calculator"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "off: [rehearsal]",
            "1:7 off[1] is 'rehearsal', there is no such line of the checklist | did you mean rehearse?",
        ),
        (
            "move: [{id: rehearse, before: pens}]",
            "1:31 move[1]: rehearse is of tasks, pens of meeting_kit | a line is moved inside its part",
        ),
        (TASK.replace("bf_samples", "rehearse"), "2:10 rehearse stands here a second time"),
        (TASK.replace("segment == standard", "track == STAGED"), "2:58 bf_samples: when is 'track == STAGED'"),
        (TASK.replace("hu: Minták", "hun: Minták"), "2:102 bf_samples speaks hun, which ours do not"),
        (TASK.replace("who: [quality]", "who: [qality]"), "2:42 tasks[1].who[1] is 'qality', expected one of"),
    ],
)
def test_a_slip_in_the_own_checklist_is_told_with_its_place(text, problem):
    (found,) = told(own_checklist, text)

    assert found.startswith(problem)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Q-CAU-1", "Q-CAU-01"),
        ("q-cau-01", "Q-CAU-01"),
        ("QCAU01", "Q-CAU-01"),
        ("Q-CAU-001", "Q-CAU-01"),
        ("Q-CUA-29", "Q-CAU-29"),
        ("nothing like it", ""),
        ("", ""),
    ],
)
def test_a_misspelt_name_finds_the_one_it_means(word, expected):
    assert expected == near_name(word, [each.id for each in BANK.questions])


PAGE = (ROOT / "docs" / "templates.md").read_text("utf-8")


def example(name: str) -> str:
    """The example the page about templates gives for a file."""
    return next(text for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if text.startswith(f"# {name}"))


def test_the_examples_of_the_page_about_templates_can_be_used():
    bank = laid(example("own-questions.yaml"))
    checklist = with_own_checklist(CHECKLIST, own_checklist(example("own-checklist.yaml")))

    playbook = with_own_playbook(PLAYBOOK, own_playbook(example("own-playbook.yaml")))

    assert len(bank.questions) == len(BANK.questions) - 1
    assert [line.id for line in playbook.lines].index("bf_colours") + 1 == [line.id for line in playbook.lines].index(
        "no_money"
    )
    assert not {"discount", "a_year"} & {line.id for line in playbook.lines}
    assert next((stage.minutes, stage.call) for stage in playbook.stages if stage.id == "CAU") == (15, 5)
    assert "bf_samples" in [task.id for task in checklist.tasks]


def test_the_page_about_templates_names_every_stage():
    assert [] == [stage for stage in get_args(Stage) if not re.search(rf"\b{stage}\b", PAGE)]


def test_without_a_file_of_its_own_the_playbook_is_ours():
    assert with_own_playbook(PLAYBOOK, OwnPlaybook()) == PLAYBOOK


def test_a_stage_keeps_what_the_own_file_leaves_out():
    stages = with_own_playbook(PLAYBOOK, own_playbook("stages: [{id: CAU, minutes: 15}]")).stages
    ours = next(stage for stage in PLAYBOOK.stages if stage.id == "CAU")

    assert ours.call == next(stage.call for stage in stages if stage.id == "CAU")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("off: [discont]", "1:7 off[1] is 'discont', there is no such line of the playbook"),
        ("off: [open]", "1:6 no opening is left"),
        (
            "move: [{id: no_money, after: tomorrow}]",
            "1:30 move[1]: no_money is of kind objection, tomorrow of kind breakfast",
        ),
        ("stages: [{id: CAU}, {id: CAU}]", "1:26 CAU stands here a second time"),
        (
            "lines: [{id: bf, kind: objection, when: segmnt == key, en: {says: x, answer: y}}]",
            "1:41 bf: when is 'segmnt == key'; at its column 1: there is no fact 'segmnt'",
        ),
        (
            "lines: [{id: bf, kind: objection, when: always, en: {says: x}}]",
            "1:53 bf: a line of kind objection needs answer",
        ),
        (
            "lines: [{id: bf, kind: closing, when: always, en: {says: 'x {nam}'}}]",
            "1:58 bf: {nam} is no placeholder",
        ),
        (
            "lines: [{id: discount, kind: objection, when: always, en: {says: x, answer: y}}]",
            "1:14 discount stands here a second time",
        ),
    ],
)
def test_a_slip_in_the_own_playbook_is_told_with_its_place(text, problem):
    (found,) = told(own_playbook, text)

    assert found.startswith(problem)
