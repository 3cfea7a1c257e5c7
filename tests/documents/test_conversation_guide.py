"""The guide to the talk and the strategy sheet: what each shows, and what never stands in the guide."""

import pytest
from making import EACH_SAMPLE, ROOT, a_case, day, the_kit

LATE = the_kit().check((ROOT / "samples" / "late-payer.yaml").read_text("utf-8"), "late-payer.yaml")
CANARY = "canary7q"


def shown(case, code, language="en", on=None):
    (file,) = the_kit().pack(
        case, as_of=on or case.as_of or day("2025-03-20"), languages=(language,), forms=("text",), chosen=(code,)
    )
    return file.content.decode("utf-8").replace("\u00a0", " ")


def with_canaries(case):
    authority = {
        "walk_away": f"{CANARY}-a", "no_agreement": f"{CANARY}-b", "approved_plan": f"{CANARY}-c",
        "approver": f"{CANARY}-d", "first_part_percent": "25",
    }  # fmt: skip
    people = tuple(
        each.model_copy(update={"values": f"{CANARY}-e", "interests": f"{CANARY}-f"}) for each in case.client.people
    )
    client = case.client.model_copy(update={"interests": f"{CANARY}-g", "people": people})
    made = a_case(authority=authority)
    return case.model_copy(update={"authority": made.authority, "client": client})


@EACH_SAMPLE
@pytest.mark.parametrize("language", ["en", "hu"])
def test_nothing_restricted_stands_in_the_guide(sample, language):
    kit = the_kit()
    case = with_canaries(kit.check(sample.read_text("utf-8"), sample.name))

    assert CANARY not in shown(case, "D07", language)


@EACH_SAMPLE
def test_only_the_proposal_gives_figures_of_the_offers_and_only_behind_the_gate(sample):
    kit = the_kit()
    case = kit.check(sample.read_text("utf-8"), sample.name)
    reckoning = kit.reckon(case, case.as_of or day("2025-03-20"))
    before, _, _ = shown(case, "D07").partition("Proposal: folded away")
    offers = reckoning.offers.all if reckoning.offers else ()
    words = kit.desk.language("en")
    sums = {words.money(part.amount) for offer in offers for part in offer.schedule.instalments}
    open_sums = {words.money(reckoning.debt.overdue)}

    assert [] == [each for each in sums - open_sums if each.replace("\u00a0", " ") in before]


def test_the_canaries_do_stand_in_the_strategy_sheet():
    text = shown(with_canaries(LATE), "D05")

    assert all(f"{CANARY}-{letter}" in text for letter in "abefg")


@pytest.mark.parametrize("language", ["en", "hu"])
def test_what_is_not_known_is_asked_for(language):
    text = shown(a_case(), "D05", language)

    assert {"en": "not known – ask", "hu": "nem ismert – megkérdezendő"}[language] in text


def test_a_friendly_call_gets_the_short_guide_without_a_proposal():
    case = a_case(
        meeting=None,
        relationship={"since": "2024-12-01", "paid_deliveries": "2", "purchases_12m": "60000000"},
        judgement={"cause": "oversight", "capacity": "good", "will": "cooperative"},
    )
    reckoning = the_kit().reckon(case, day("2025-03-20"))
    text = shown(case, "D07")

    assert reckoning.assessment.track == "CLARIFY"
    assert "20 minutes" in text
    assert "We forgot." in text
    assert "We need a year." not in text
    assert "folded away" not in text


def test_the_guide_is_called_for_while_a_meeting_is_planned():
    codes = {file.paper.code for file in the_kit().pack(LATE, as_of=LATE.as_of or day("2025-03-20"), languages=("en",))}

    assert {"D05", "D07"} <= codes


def test_the_proposal_begins_on_a_page_of_its_own():
    (file,) = the_kit().pack(LATE, as_of=LATE.as_of or day("2025-03-20"), languages=("en",), chosen=("D07",))
    (page,) = the_kit().pack(
        LATE, as_of=LATE.as_of or day("2025-03-20"), languages=("en",), forms=("html",), chosen=("D07",)
    )

    assert file.path.startswith("internal/")
    assert '<div class="sheet">' in page.content.decode("utf-8")
