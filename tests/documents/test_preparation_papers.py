"""The papers of preparation: to whom they go, what they ask, and what is not in them."""

import pytest
from making import ROOT, a_case, day, the_kit

LATE = the_kit().check((ROOT / "samples" / "late-payer.yaml").read_text("utf-8"), "late-payer.yaml")
KEY = the_kit().check((ROOT / "samples" / "key-client-beyond.yaml").read_text("utf-8"), "key-client-beyond.yaml")


def shown(case, code, language="en", on=None):
    (file,) = the_kit().pack(
        case, as_of=on or case.as_of or day("2025-03-20"), languages=(language,), forms=("text",), chosen=(code,)
    )
    return file.content.decode("utf-8").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("case", "asks"),
    [
        (LATE, "For your information; nothing is asked for now."),
        (KEY, "I ask for a decision of management:"),
        (a_case(judgement={"will": "bad_faith"}), "I ask you to confirm or dispel within one business day:"),
        (
            a_case(checks={"insolvency": "open", "insolvency_checked": "2025-03-18"}),
            "I ask for your word that the matter goes to legal;",
        ),
    ],
    ids=["standard", "key", "bad faith", "insolvency"],
)
def test_the_notice_says_what_is_asked_of_the_superior(case, asks):
    found = [line for line in shown(case, "D02").splitlines() if line.startswith(("For your", "I ask"))]

    assert [line[: len(asks)] for line in found] == [asks]


def test_the_notice_is_called_for_until_it_is_written_down_that_the_superior_knows():
    codes = {file.paper.code for file in the_kit().pack(a_case(), as_of=day("2025-03-18"), languages=("en",))}
    told = {
        file.paper.code
        for file in the_kit().pack(a_case(superior_told="2025-03-17"), as_of=day("2025-03-18"), languages=("en",))
    }

    assert "D02" in codes
    assert "D02" not in told


def test_the_decision_sheet_is_for_key_clients_and_restricted():
    files = {file.paper.code: file for file in the_kit().pack(KEY, as_of=KEY.as_of, languages=("en",))}

    assert files["D08"].path.startswith("restricted/")
    assert "D08" not in {file.paper.code for file in the_kit().pack(LATE, as_of=LATE.as_of, languages=("en",))}


def test_the_decision_sheet_shows_tolerance_its_use_and_the_agreed_sequence():
    text = shown(KEY, "D08")

    assert f"{KEY.tolerance.days} days" in text
    assert KEY.tolerance.sequence[0].what in text
    assert KEY.decisions[0].what in text
    assert "The consequences of this decision rest with the one who signs it." in text


@pytest.mark.parametrize("language", ["en", "hu"])
def test_a_key_client_without_tolerance_gets_a_sheet_to_be_filled_in(language):
    bare = a_case(client={"name": "Nagy Vevő Zrt.", "segment": "key"})
    text = shown(bare, "D08", language, day("2025-03-20"))

    assert "____" in text
    assert "{{" not in text


@pytest.mark.parametrize("language", ["en", "hu"])
def test_the_debrief_asks_before_and_after_in_the_language(language):
    text = shown(LATE, "D12", language)
    bank = the_kit().desk.bank
    before = next(each for each in bank.questions if each.id == "Q-SELF-01").wording(language).ask
    after = next(each for each in bank.questions if each.id == "Q-SELF-11").wording(language).ask

    assert text.index(before[:30]) < text.index(after[:20])


@pytest.mark.parametrize("code", ["D02", "D12"])
def test_no_limit_of_the_authority_is_in_an_internal_paper(code):
    text = shown(LATE, code)

    for secret in (LATE.authority.walk_away, LATE.authority.no_agreement):
        assert secret not in text


def test_a_clock_that_stands_still_has_no_empty_heading_of_its_lanes():
    text = (ROOT / "samples" / "after-meeting.yaml").read_text("utf-8")
    signed = the_kit().check(text.replace("outcome:\n", "outcome:\n  signed: 2025-03-24\n"), "case.yaml")
    said = shown(signed, "D01", on=day("2025-03-25"))

    assert "The two lanes" not in said
    assert "suspended while the signed plan is kept" in said
    assert "The two lanes" in shown(LATE, "D01")
