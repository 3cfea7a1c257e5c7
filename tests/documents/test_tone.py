"""The tone of a client's paper: hard words are found whoever wrote them, and names are what they are."""

import unicodedata
from dataclasses import replace

import pytest
from entrances import within_limits
from making import ROOT, day, the_kit

from negotiation_kit.documents.tone import Hit, hits_in, source_in_templates
from negotiation_kit.files import library
from negotiation_kit.pack import Kit
from negotiation_kit.problems import Refused

AFTER = the_kit().check((ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"), "after-meeting.yaml")


def hits(text, language="en", names=(), beside=""):
    return [hit.word for hit in hits_in(text, the_kit().desk.hardness(language), names, beside)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("You are in default.", "en", ["default"]),
        ("The DEBTOR's failure", "en", ["DEBTOR", "failure"]),
        ("your last\u00a0chance", "en", ["last\u00a0chance"]),
        ("pay immediately", "en", ["immediately"]),
        ("A mulasztást és az adósságot", "hu", ["mulasztást", "adósságot"]),
        ("Adószám: 1", "hu", []),
        ("behajtásra kerül", "hu", ["behajtásra"]),
        ("the open balance", "en", []),
    ],
)
def test_a_hard_word_is_found_with_any_ending(text, language, expected):
    assert hits(text, language) == expected


def test_a_company_may_be_called_so():
    assert hits("Default Design Ltd. is in default", names=("Default Design Ltd.",)) == ["default"]


def test_in_a_warning_the_line_of_the_next_step_may_say_it():
    text = "There was no failure of talk.\nThe matter passes to legal for legal action."

    assert hits(text, beside="passes to legal") == ["failure"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Your failure grew. If it is not credited, the matter passes to legal for legal action.", ["failure"]),
        ("The matter passes to legal for legal action. You ignored our demand.", ["demand"]),
        ("The matter passes to legal on 27. of March for legal action.", []),
    ],
)
def test_only_the_sentence_of_the_next_step_may_say_it(text, expected):
    assert hits(text, beside="passes to legal") == expected


def test_a_day_does_not_end_the_hungarian_sentence_of_the_next_step():
    text = "Ha 2025. március 27. napjáig nem érkezik meg, behajtásra átveszi: cégünk jogi területe. A mulasztás fájó."

    assert hits(text, "hu", beside="cégünk jogi területe") == ["mulasztás"]


def test_letters_written_with_loose_accents_are_read_alike():
    assert hits(unicodedata.normalize("NFD", "Az adósok listája"), "hu") == ["adósok"]


def packed(text, code, on, templates=None):
    kit = Kit(replace(library(), templates=library().templates | (templates or {}))) if templates else the_kit()
    case = kit.check(text, "case.yaml")
    return list(kit.pack(case, as_of=day(on), languages=("hu",), forms=("text",), chosen=(code,)))


def test_the_field_a_hard_word_stands_in_is_told_with_its_place():
    text = (ROOT / "samples" / "late-payer.yaml").read_text("utf-8")
    text = text.replace('place: "Szombathely, Példa tér 1."', 'place: "Behajtási Osztály, Szombathely"')
    line = next(number for number, each in enumerate(text.splitlines(), 1) if "Behajtási" in each)

    with pytest.raises(Refused) as refused:
        packed(text, "C01", "2025-03-20")

    problem = refused.value.problems[0]
    assert (problem.place.file, problem.place.line) == ("case.yaml", line)
    assert problem.message.endswith("“Behajtási” is a hard word: Hely: Behajtási Osztály, Szombathely")
    assert problem.hint == "say it more calmly in meeting.place; no file was written"


def test_the_line_of_a_template_that_is_too_hard_is_told():
    own = (ROOT / "templates" / "hu" / "C01-invitation.md").read_text("utf-8")
    own = {"hu/C01-invitation.md": own.replace("Ezekről szeretnénk beszélni:", "Ezekről haladéktalanul beszélünk:")}

    with pytest.raises(Refused) as refused:
        packed((ROOT / "samples" / "late-payer.yaml").read_text("utf-8"), "C01", "2025-03-20", own)

    place = refused.value.problems[0].place
    assert (place.file, place.text) == ("hu/C01-invitation.md", "Ezekről haladéktalanul beszélünk:")


def with_action(what):
    action = AFTER.outcome.actions[0].model_copy(update={"what": what})
    return AFTER.model_copy(update={"outcome": AFTER.outcome.model_copy(update={"actions": (action,)})})


def test_a_hard_word_of_the_case_stops_a_calm_letter_with_its_line():
    with pytest.raises(Refused) as refused:
        list(
            the_kit().pack(with_action("Pays immediately"), as_of=day("2025-03-24"), languages=("en",), chosen=("C08",))
        )

    assert "“immediately” is a hard word: 25 Mar 2025: Pays immediately (Kiss Anna, Supplier)" in str(
        refused.value.problems[0]
    )


def test_in_minutes_that_are_signed_it_is_told_and_stops_nothing():
    (file,) = the_kit().pack(
        with_action("Pays immediately"), as_of=day("2025-03-24"), languages=("en",), forms=("text",), chosen=("C04",)
    )

    assert len(file.warnings) == 1
    assert file.warnings[0].startswith("“immediately” is a hard word:")


@pytest.mark.parametrize("language", ["en", "hu"])
def test_our_own_minutes_need_no_second_look(language):
    (file,) = the_kit().pack(AFTER, as_of=day("2025-03-24"), languages=(language,), chosen=("C04",))

    assert file.warnings == ()


def test_a_template_that_names_itself_in_a_branch_never_taken_is_searched_once():
    texts = {
        "en/paper.md": '{% if no %}\n{% include "part.md" %}\n{% endif %}\n',
        "en/part.md": '{% include "paper.md" %}\n{% include "part.md" %}\nYou default.\n',
    }

    assert source_in_templates(Hit("default", "You default."), texts, "en", "paper.md").place.line == 3
    assert source_in_templates(Hit("threat", "A threat."), texts, "en", "paper.md") is None


def test_a_long_line_of_opening_signs_is_searched_at_once():
    with within_limits():
        assert source_in_templates(Hit("x", "x"), {"en/paper.md": "{{" * 500_000}, "en", "paper.md") is None
