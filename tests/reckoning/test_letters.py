"""The letters to the client: each in its time, with its own days and sums, and held back where it has to be."""

import pytest
from making import ROOT, a_case, a_reckoning, day, the_kit

from negotiation_kit.case.receivables import Payment
from negotiation_kit.documents.catalogue import held_papers, papers_for
from negotiation_kit.problems import Refused
from negotiation_kit.reckoning.letters import held_back, letters_of

AFTER = the_kit().check((ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"), "after-meeting.yaml")
LATE = the_kit().check((ROOT / "samples" / "late-payer.yaml").read_text("utf-8"), "late-payer.yaml")


def signed(*payments):
    outcome = AFTER.outcome.model_copy(update={"signed": day("2025-03-24")})
    paid = tuple(Payment(day=day(on), amount=amount) for on, amount in payments)
    return AFTER.model_copy(update={"outcome": outcome, "payments": paid})


def of(case, on):
    return letters_of(a_reckoning(case, day(on)))


def codes(case, on):
    return {paper.code for paper in papers_for(a_reckoning(case, day(on)))}


FIRST = ("2025-03-26", "1460000")


@pytest.mark.parametrize(
    ("on", "part"), [("2025-04-04", None), ("2025-04-07", 2), ("2025-04-08", 2), ("2025-04-09", None)]
)
def test_a_note_goes_out_two_business_days_before_a_part_and_no_more_on_its_day(on, part):
    reminder = of(signed(FIRST), on).reminder

    assert (reminder.part.number if reminder else None) == part


def test_the_day_to_tell_of_an_obstacle_is_never_behind_us():
    reminder = of(signed(FIRST), "2025-04-08").reminder

    assert reminder.notice_day == day("2025-04-08")


def test_thanks_for_keeping_to_the_plan_only_once_a_part_was_kept():
    assert of(signed(), "2025-03-25").reminder.is_first
    assert not of(signed(FIRST), "2025-04-08").reminder.is_first


@pytest.mark.parametrize(
    ("payments", "on", "expected"),
    [
        ((FIRST,), "2025-04-10", (2, False, "2025-04-14", "1130000")),
        ((FIRST, ("2025-04-09", "500000")), "2025-04-10", (2, True, "2025-04-14", "630000")),
        ((FIRST, ("2025-04-09", "1130000")), "2025-04-10", None),
        ((FIRST,), "2025-04-09", None),
        ((FIRST,), "2025-04-15", None),
    ],
)
def test_a_missed_part_is_told_while_it_can_be_put_right(payments, on, expected):
    missed = of(signed(*payments), on).missed

    told = missed and (missed.part.number, missed.is_short, str(missed.cure_day), str(missed.part.short.amount))
    assert told == expected


def test_script_and_note_come_together_and_their_figures_agree():
    assert {"D10", "C10"} <= codes(signed(FIRST), "2025-04-10")
    assert not {"D10", "C10"} & codes(signed(FIRST), "2025-04-08")


@pytest.mark.parametrize(("on", "warned"), [("2025-03-24", False), ("2025-03-25", True), ("2025-03-26", False)])
def test_the_warning_goes_on_its_day_and_leaves_two_business_days(on, warned):
    assert ("C11" in codes(LATE, on)) is warned


def test_the_warning_has_the_day_of_the_clock_and_the_true_next_step():
    reckoning = a_reckoning(LATE, day("2025-03-25"))
    warning = letters_of(reckoning).warning

    assert warning.deadline == reckoning.clock.day_of("window_end")
    assert (warning.next_owner, str(warning.amount.amount), warning.since) == ("legal", "4850000", day("2025-03-14"))


def test_the_second_warning_names_the_court():
    case = a_case()
    reckoning = a_reckoning(case, day("2025-04-25"))

    assert reckoning.clock.stage == "claim"
    assert letters_of(reckoning).warning.next_owner == "court"


def test_a_kept_plan_is_never_warned_about():
    assert of(signed(FIRST), "2025-03-27").warning is None


def test_the_closing_letter_is_for_who_has_paid_all_and_late():
    closing = of(signed(FIRST, ("2025-04-09", "3390000")), "2025-04-10").closing

    assert (closing.day, str(closing.amount.amount)) == (day("2025-04-09"), "4850000")
    assert of(signed(FIRST), "2025-04-10").closing is None
    in_time = a_case(payments=[{"day": "2025-03-13", "amount": "4850000"}])
    assert of(in_time, "2025-03-20").closing is None


KEY = {"name": "Nagy Vevő Zrt.", "segment": "key"}
WORD = {"day": "2025-03-20", "by": "Szabó Judit", "what": "The letter may go.", "allows": "letter"}


def test_a_key_client_is_warned_only_on_the_first_persons_recorded_word():
    silent, allowed = a_case(client=KEY), a_case(client=KEY, decisions=[WORD])

    assert held_back(a_reckoning(silent, day("2025-03-25")), warns=True) == "decision"
    assert held_back(a_reckoning(allowed, day("2025-03-25")), warns=True) is None
    assert ("C11", "held.decision") in [
        (paper.code, why) for paper, why in held_papers(a_reckoning(silent, day("2025-03-25")))
    ]
    assert "C11" not in codes(silent, "2025-03-25")
    assert "C11" in codes(allowed, "2025-03-25")


def test_a_letter_asked_for_and_held_back_is_told_not_left_out():
    with pytest.raises(Refused) as refused:
        list(the_kit().pack(a_case(client=KEY), as_of=day("2025-03-25"), languages=("en",), chosen=("C11",)))

    assert str(refused.value.problems[0]) == (
        "C11 is held back: A key client gets this only on the first person's recorded word; write it under decisions,"
        " allows: letter.\n      = change the case if this is wrong"
    )


def test_what_is_in_question_is_never_pressed_for():
    whole = [
        {
            "number": "SZ-211",
            "issued": "2025-02-12",
            "due": "2025-03-14",
            "amount": "100",
            "disputed": {"amount": "100", "reason": "dented"},
        }
    ]

    assert held_back(a_reckoning(a_case(invoices=whole), day("2025-03-25")), warns=True) == "disputed"
    assert "C11" not in codes(a_case(invoices=whole), "2025-03-25")


def test_in_insolvency_only_legal_writes():
    case = a_case(checks={"insolvency": "open", "insolvency_checked": "2025-03-20"})

    assert held_back(a_reckoning(case, day("2025-03-25")), warns=False) == "insolvency"


@pytest.mark.parametrize(("within", "reason"), [("silent", "silent"), ("nudge", None)])
def test_inside_a_tolerance_that_is_to_be_silent_nothing_is_sent(within, reason):
    tolerance = {
        "days": "30",
        "within": within,
        "approved_by": "Szabó Judit",
        "decided": "2025-03-01",
        "disclosed": "no",
    }
    case = a_case(client=KEY, tolerance=tolerance)

    assert held_back(a_reckoning(case, day("2025-03-25")), warns=False) == reason


@pytest.mark.parametrize("language", ["en", "hu"])
@pytest.mark.parametrize(
    ("case", "on", "code"),
    [
        (LATE, "2025-03-20", "C01"),
        (signed(), "2025-03-24", "C08"),
        (signed(), "2025-03-25", "C09"),
        (signed(FIRST), "2025-04-10", "C10"),
        (signed(FIRST), "2025-04-10", "D10"),
        (LATE, "2025-03-25", "C11"),
        (signed(FIRST, ("2025-04-09", "3390000")), "2025-04-10", "C12"),
        (a_case(), "2025-04-08", "C09"),
        (a_case(), "2025-03-25", "C11"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_letter_is_made_in_every_form(case, on, code, language):
    files = list(
        the_kit().pack(case, as_of=day(on), languages=(language,), forms=("docx", "html", "text"), chosen=(code,))
    )

    assert len(files) == 3
    shown = next(file.content for file in files if file.form == "text").decode("utf-8")
    assert "{{" not in shown
    assert case.client.name in shown
