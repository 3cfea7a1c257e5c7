"""What a meeting brought goes into the case file: asked, judged, written whole, and never over an earlier meeting."""

import re
import shutil

import pytest
from click.testing import CliRunner
from making import ROOT, day, the_kit

from negotiation_kit.cli import main
from negotiation_kit.folder import CaseFile
from negotiation_kit.problems import Refused
from negotiation_kit.recording import with_outcome

ANSWERS = """\

Győr
A third now
whole
{agreed}{interest}

Sends the form
Kiss Anna
supplier
2025-03-26
mail

School pays late
no notice

You call me
hand it to legal
2025-03-27
by phone
Kiss Anna, Tóth Béla
{signed}
"""


@pytest.fixture
def case(tmp_path):
    return shutil.copy(ROOT / "samples" / "late-payer.yaml", tmp_path / "case.yaml")


def record(case, *options, agreed="y\n", interest="runs", signed=""):
    typed = ANSWERS.format(agreed=agreed, interest=interest, signed=signed)
    return CliRunner().invoke(main, ["record", str(case), *options], input=typed)


def read(case):
    return the_kit().check(case.read_text("utf-8"), case.name)


def test_the_parts_of_the_proposal_are_taken_with_one_word(case):
    done = record(case)

    assert done.exit_code == 0, done.output
    outcome = read(case).outcome
    assert [(str(part.due), str(part.amount)) for part in outcome.schedule] == [
        ("2025-03-26", "2430000"),
        ("2025-04-02", "2420000"),
    ]
    assert (outcome.place, outcome.actions[0].who, outcome.next_step) == ("Győr", "Kiss Anna", "hand it to legal")


def claiming(case, claim):
    case.write_text(re.sub(r"(?m)^interest:.*", f"interest: {{claim: {claim}}}", case.read_text("utf-8")), "utf-8")


@pytest.mark.parametrize(("typed", "share"), [("", "50"), ("40", "40")])
def test_interest_is_waived_as_far_as_the_proposal_says_unless_another_share_is_typed(case, typed, share):
    done = record(case, interest=f"\n{typed}")

    assert done.exit_code == 0, done.output
    outcome = read(case).outcome
    assert (outcome.interest, str(outcome.waived_percent)) == ("waived if kept", share)


def test_a_waiver_beyond_the_authority_is_not_recorded(case):
    done = record(case, interest="\n100")

    assert "the plan is outside a limit: waiver_percent is 100, allowed 50" in done.output
    assert read(case).outcome is None


def test_a_share_that_is_none_is_asked_again(case):
    done = record(case, interest="\n0\n50")

    assert "'0' is no share of more than 0 and at most 100" in done.output
    assert str(read(case).outcome.waived_percent) == "50"


def test_interest_that_the_proposal_does_not_waive_runs(case):
    claiming(case, "claimed")
    record(case, interest="")

    assert read(case).outcome.interest == "runs"


def test_other_parts_are_typed_and_a_slip_is_told_at_once(case):
    done = record(case, agreed="n\n2025-03-26 1460000\ntomorrow 5\n2025-04-09 3390000\n\n")

    assert "'tomorrow' is no day like 2025-03-26" in done.output
    assert [str(part.amount) for part in read(case).outcome.schedule] == ["1460000", "3390000"]


def test_the_managers_notes_and_order_stay_as_they_are(case):
    before = case.read_text("utf-8")
    record(case)
    after = case.read_text("utf-8")

    assert [line for line in before.splitlines() if line not in after] == []
    assert after.startswith(before[: before.index("meeting:")])


def test_parts_that_do_not_add_up_are_refused_and_nothing_is_written_nor_lost(case):
    before = case.read_bytes()
    done = record(case, agreed="n\n2025-03-26 1460000\n\n")

    assert done.exit_code == 1
    assert "What you answered, to be mended" in done.output
    assert "amount: 1460000" in done.output
    assert case.read_bytes() == before


def test_the_same_meeting_is_not_recorded_twice(case):
    record(case)
    before = case.read_bytes()
    done = record(case)

    assert "the outcome of the meeting of 2025-03-24 is recorded already" in done.output
    assert case.read_bytes() == before


def test_the_day_of_signing_is_recorded_alone(case):
    record(case)
    done = record(case, "--signed", "2025-03-26")

    assert done.exit_code == 0, done.output
    assert read(case).outcome.signed == day("2025-03-26")
    again = record(case, "--signed", "2025-03-27")
    assert "the minutes were signed on 2025-03-26 already" in again.output


def test_an_action_is_done_by_its_number_in_the_minutes(case):
    record(case)
    done = record(case, "--done", "1", "2025-03-25")

    assert done.exit_code == 0, done.output
    assert read(case).outcome.actions[0].done == day("2025-03-25")
    assert "there is no action 7" in record(case, "--done", "7", "2025-03-25").output


def test_without_a_meeting_nothing_can_be_signed(case):
    assert "has no outcome that could be signed" in record(case, "--signed", "2025-03-26").output


def test_a_later_meeting_keeps_the_outcome_of_the_one_before():
    text = (ROOT / "samples" / "after-meeting.yaml").read_text("utf-8")
    file = CaseFile("after-meeting.yaml", text)
    later = {
        "day": day("2025-04-24"),
        "client_idea": "Half now",
        "acknowledged": {"kind": "whole"},
        "schedule": [{"due": day("2025-04-28"), "amount": 4850000}],
        "interest": "runs",
        "actions": [
            {
                "what": "Pays",
                "who": "Varga Éva",
                "side": "client",
                "by": day("2025-04-28"),
                "proof": "bank confirmation",
            }
        ],
        "risks": [{"event": "The school pays late"}],
        "consequence": "You call me",
        "next_step": "hand it to legal",
        "next_contact": {"day": day("2025-04-29"), "form": "by phone", "persons": "Kiss Anna, Varga Éva"},
    }

    case = the_kit().check(with_outcome(the_kit(), file, later), "after-meeting.yaml")

    assert case.outcome.day == day("2025-04-24")
    assert [each.day for each in case.earlier_outcomes] == [day("2025-03-24")]
    assert case.earlier_outcomes[0].model_dump() == the_kit().check(text, "a.yaml").outcome.model_dump()


def test_what_an_earlier_meeting_brought_stands_in_no_clients_paper():
    text = (ROOT / "samples" / "after-meeting.yaml").read_text("utf-8")
    note = "{day: 2025-02-20, client_idea: A very private idea of theirs}"
    case = the_kit().check(f"{text}\nearlier_outcomes:\n  - {note}\n", "after-meeting.yaml")
    files = the_kit().pack(case, as_of=day("2025-03-24"), languages=("en",), forms=("text",))

    assert not [file.path for file in files if b"very private idea" in file.content]


def test_a_refusal_names_every_problem_at_once():
    file = CaseFile("late-payer.yaml", (ROOT / "samples" / "late-payer.yaml").read_text("utf-8"))

    with pytest.raises(Refused) as refused:
        with_outcome(the_kit(), file, {"day": day("2025-03-24"), "schedule": [{"due": day("2025-03-29"), "amount": 5}]})

    assert len(refused.value.problems) > 2
    assert re.search("business day|add up|sum", "\n".join(map(str, refused.value.problems)))


def signed_case(tmp_path):
    path = shutil.copy(ROOT / "samples" / "after-meeting.yaml", tmp_path / "signed.yaml")
    done = CliRunner().invoke(main, ["record", str(path), "--signed", "2025-03-26"])
    assert done.exit_code == 0, done.output
    return path


def test_the_one_move_of_a_part_is_recorded_once(tmp_path):
    case = signed_case(tmp_path)
    done = record(case, "--moved", "2", "2025-04-16", "2025-04-04")
    assert "part 2 moved to 2025-04-16, once" in done.output
    assert "(was recorded already)" in record(case, "--moved", "2", "2025-04-16", "2025-04-04").output
    before = case.read_bytes()

    again = record(case, "--moved", "3", "2025-04-28", "2025-04-17")

    assert again.exit_code == 1
    assert "part 2 was moved to 2025-04-16 already, and a part may be moved once" in again.output
    assert case.read_bytes() == before


def test_a_move_the_minutes_do_not_allow_is_refused_and_nothing_is_written(tmp_path):
    case = signed_case(tmp_path)
    before = case.read_bytes()
    done = record(case, "--moved", "2", "2025-04-30", "2025-04-04")

    assert done.exit_code == 1
    assert "part 2 may be moved to 2025-04-16 at the latest" in done.output
    assert case.read_bytes() == before


def test_what_legal_did_is_recorded_day_by_day(case):
    record(case, "--claim-letter", "2025-03-31", "--until", "2025-04-30")
    record(case, "--taken-over", "2025-03-31")
    record(case, "--filed", "2025-05-05")

    legal = read(case).legal
    assert [str(day) for day in (legal.claim_letter, legal.claim_until, legal.taken_over, legal.court_filed)] == [
        "2025-03-31",
        "2025-04-30",
        "2025-03-31",
        "2025-05-05",
    ]


def test_a_day_of_legal_is_never_written_over(case):
    record(case, "--claim-letter", "2025-03-31")
    before = case.read_bytes()
    done = record(case, "--claim-letter", "2025-04-01")

    assert done.exit_code == 1
    assert "legal.claim_letter is recorded as 2025-03-31 already" in done.output
    assert case.read_bytes() == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--until", "2025-04-30"), "--until goes with --claim-letter"),
        (("--signed", "2025-03-26", "--filed", "2025-05-05"), "one thing at a time: record --signed first"),
    ],
)
def test_one_thing_is_recorded_at_a_time(case, options, message):
    done = record(case, *options)

    assert done.exit_code == 2
    assert message in done.output


@pytest.mark.parametrize(
    ("legal", "message"),
    [
        ("{claim_until: 2025-04-30}", "legal.claim_until stands there without a claim letter"),
        (
            "{claim_letter: 2025-03-31, claim_until: 2025-03-31}",
            "legal.claim_until is 2025-03-31, not after legal.claim_letter on 2025-03-31",
        ),
        (
            "{claim_letter: 2025-03-31, court_filed: 2025-03-01}",
            "legal.court_filed is 2025-03-01, not after legal.claim_letter on 2025-03-31",
        ),
        ("{consent: Fekete Dóra}", "legal.consent stands there, but legal has not taken over"),
    ],
)
def test_days_of_legal_that_cannot_be_are_refused(case, legal, message):
    with pytest.raises(Refused) as refused:
        the_kit().check(f"{case.read_text('utf-8')}\nlegal: {legal}\n", "case.yaml")

    assert message in str(refused.value)
