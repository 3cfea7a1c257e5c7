"""The wording that ships: alike in both languages, calm in client papers, and Hungarian that any value fits into."""

import re
from collections.abc import Iterator

import pytest
import yaml
from making import ROOT, SAMPLES, day, the_kit

from negotiation_kit.desk import title_of
from negotiation_kit.documents import inline
from negotiation_kit.documents.alike import bare_articles, names, shape, suffixes
from negotiation_kit.documents.blocks import Paragraph
from negotiation_kit.documents.catalogue import PAPERS
from negotiation_kit.documents.explanations import EXPLANATIONS
from negotiation_kit.documents.markup import read
from negotiation_kit.documents.portfolio_page import TEMPLATES
from negotiation_kit.pack import Kit

LANGUAGES = ("en", "hu")
FOLDERS = {language: ROOT / "templates" / language for language in LANGUAGES}
FILES = tuple(sorted(path.relative_to(FOLDERS["en"]).as_posix() for path in FOLDERS["en"].rglob("*.md")))
INTERNAL = (*(paper.template for paper in PAPERS if paper.audience != "client"), "footer-internal.md")
FOR_THE_CLIENT = tuple(
    name for name in FILES if name not in INTERNAL and not name.startswith(("explain/", "portfolio/"))
)
MINUTES = ("C04-minutes.md", "C05-minutes-to-fill.md")
SECTIONS = {
    "en": (
        "Parties and participants",
        "Subject",
        "Statement of the balance",
        "Acknowledgement of debt",
        "Items in question",
        "Circumstances as told by the Client",
        "Payment schedule",
        "Interest and costs",
        "Further cooperation",
        "Security",
        "Actions",
        "Circumstances that may prevent payment; duty to tell",
        "What happens if a date is missed",
        "Effect of these minutes",
        "Next contact",
        "Copies and annexes",
        "Closing",
        "Signatures",
    ),
    "hu": (
        "Felek és résztvevők",
        "A megbeszélés tárgya",
        "Egyenleg",
        "Tartozáselismerés",
        "Vitatott tételek",
        "A Vevő által ismertetett körülmények",
        "Fizetési ütemezés",
        "Kamat és költségek",
        "További együttműködés",
        "Biztosíték",
        "Teendők",
        "Akadályozó körülmények, jelzési kötelezettség",
        "Eljárás elmaradt fizetés esetén",
        "A jegyzőkönyv hatálya",
        "Következő egyeztetés",
        "Példányok, mellékletek",
        "Zárás",
        "Aláírások",
    ),
}
"""Their numbers are fixed, because other papers and the sections themselves refer to them."""
UNWELCOME = {
    "en": (
        "debtor",
        "default",
        "defaulter",
        "failure",
        "demand",
        "last chance",
        "immediately",
        "legal action",
    ),
    "hu": ("adós(?!zám)", "mulasztás", "behajtás", "felszólítjuk", "utolsó lehetőség", "haladéktalanul"),
}
MODEL_CLAUSES = {
    "en": (
        "The Client states that on today's date it owes the Supplier",
        "and acknowledges this debt as to ground and amount. The items in point 5 are not included.",
        "In that case one part may be moved once, by at most",
        "the last date stays.",
        "If a part is not credited on its day, the Supplier tells the Client on the next business day.",
        "the whole remaining balance is due at once,",
        "These minutes do not end or replace the original contract; what they do not regulate follows it.",
        "While the schedule is kept, the Supplier takes no further step to collect.",
    ),
    "hu": (
        "A Vevő kijelenti, hogy az 1. mellékletben felsorolt szerződés és számlák alapján a mai napon",
        "összegű esedékes tartozása áll fenn, és ezt a tartozást jogalapjában és összegszerűségében elismeri.",
        "Ilyenkor egy részlet egyszer, legfeljebb",
        "az utolsó határnap nem változik.",
        "Ha egy részlet a határnapján nem kerül jóváírásra, a Szállító ezt a következő munkanapon jelzi.",
        "a teljes fennmaradó tartozás egy összegben esedékes,",
        "A jegyzőkönyv az eredeti szerződést nem szünteti meg és nem helyettesíti;",
        "Amíg a Vevő az ütemezést betartja, a Szállító nem tesz további lépést a követelés érvényesítésére.",
    ),
}


def source(language: str, name: str) -> str:
    return (FOLDERS[language] / name).read_text("utf-8")


def fixed_words(language: str, name: str) -> Iterator[tuple[int, str]]:
    """The lines of a template without what Jinja puts in or leaves out."""
    for number, line in enumerate(source(language, name).splitlines(), start=1):
        yield number, re.sub(r"\{%.*?%\}", "", re.sub(r"\{\{.*?\}\}", "\N{HORIZONTAL ELLIPSIS}", line))


@pytest.fixture(scope="module")
def kit() -> Kit:
    return the_kit()


def papers(kit: Kit, code: str, language: str, text: str) -> str:
    """One paper of a case as plain text."""
    case = kit.check(text, "case.yaml")
    files = kit.pack(case, as_of=case.as_of or day("2025-03-18"), languages=(language,), forms=("text",))
    return next(file.content.decode("utf-8") for file in files if file.paper.code == code)


def sample(name: str, **changes: object) -> str:
    """A sample's text with some of its top entries exchanged."""
    path = next(path for path in SAMPLES if path.stem == name)
    tree = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)
    return yaml.safe_dump({**tree, **changes}, allow_unicode=True)


def test_every_paper_has_a_template():
    assert {paper.template for paper in PAPERS} <= set(FILES)


def test_every_language_has_the_same_files():
    hungarian = sorted(path.relative_to(FOLDERS["hu"]).as_posix() for path in FOLDERS["hu"].rglob("*.md"))

    assert list(FILES) == hungarian


@pytest.mark.parametrize("name", FILES)
def test_languages_are_built_alike(name):
    english, hungarian = (read(source(language, name), name) for language in LANGUAGES)

    assert shape(english) == shape(hungarian)


@pytest.mark.parametrize("name", FILES)
def test_languages_print_and_ask_for_the_same_names(name):
    english, hungarian = (names(source(language, name)) for language in LANGUAGES)

    assert english == hungarian


@pytest.mark.parametrize("name", FILES)
def test_line_stands_beside_line(name):
    """So that the two languages can be read side by side, and a message about one fits the other."""
    english, hungarian = (source(language, name).count("\n") for language in LANGUAGES)

    assert english == hungarian


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FOR_THE_CLIENT)
def test_no_client_paper_uses_a_word_that_hurts(language, name):
    found = [
        (number, word)
        for number, line in fixed_words(language, name)
        for word in UNWELCOME[language]
        if re.search(rf"\b{word}", line, re.IGNORECASE)
    ]

    assert not found


@pytest.mark.parametrize("name", FILES)
def test_a_hungarian_value_follows_no_bare_article(name):
    found = bare_articles(source("hu", name))

    assert not found


@pytest.mark.parametrize("name", FILES)
def test_a_hungarian_value_takes_no_suffix(name):
    found = suffixes(source("hu", name))

    assert not found


@pytest.mark.parametrize("name", FILES)
def test_hungarian_tells_bank_account_and_invoice_apart(name):
    found = [line for _, line in fixed_words("hu", name) if re.search(r"(?<!bank)számlaszám", line, re.IGNORECASE)]

    assert not found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MINUTES)
def test_minutes_always_have_their_eighteen_sections_in_order(language, name):
    blocks = read(source(language, name), name)
    heads = [block for block in blocks if isinstance(block, Paragraph) and block.kind == "section"]

    assert SECTIONS[language] == tuple(inline.fixed(head.text) for head in heads)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_is_the_same_before_and_after_the_meeting(language):
    titles = {title_of(source(language, name)) for name in MINUTES}

    assert len(titles) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_used(kit, language):
    clauses = {clause.template for clause in kit.desk.clauses.clauses}
    used = {part for name in FILES for part in re.findall(r'include "([^"]+)"', source(language, name))}

    whole = {*(explanation.template for explanation in EXPLANATIONS), *TEMPLATES}
    assert {name for name in FILES if "/" in name} - whole == used - {*kit.desk.clauses.lists()} | clauses - {
        "C04-minutes.md"
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_of_clauses_stands_in_the_minutes(kit, language):
    both = (re.findall(r'include "(clauses/[^"]+)"', source(language, name)) for name in MINUTES)
    final, by_hand = ({*found} for found in both)

    assert {*kit.desk.clauses.lists()} == final
    assert by_hand == final - {"clauses/point-7.md", "clauses/point-10.md"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_model_clauses_stand_in_the_minutes_word_for_word(kit, language):
    said = papers(kit, "C04", language, sample("after-meeting"))

    missing = [clause for clause in MODEL_CLAUSES[language] if clause not in said]
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_clauses_stand_in_the_form_to_fill(kit, language):
    said = papers(kit, "C05", language, sample("late-payer"))

    missing = [clause for clause in MODEL_CLAUSES[language] if clause not in said]
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_minutes_and_schedule_show_the_same_table(kit, language):
    text = sample("after-meeting")
    rows = [
        [line for line in papers(kit, code, language, text).splitlines() if re.match(r"\d  .*20\d\d.*  .*  ", line)]
        for code in ("C04", "C06")
    ]

    assert rows[0][:4] == rows[1]
    assert len(rows[1]) == 4


def test_only_a_sole_trader_in_hungary_signs_before_witnesses(kit):
    client = {"name": "Csorba Gergő e. v.", "kind": "sole trader"}
    said = [
        papers(kit, "C05", "hu", sample("smallest", client=client, jurisdiction=law)).count("tanúk előtt")
        for law in ("HU", "AT")
    ]
    company = papers(kit, "C05", "hu", sample("smallest"))

    assert [1, 0] == said
    assert "tanúk" not in company


@pytest.mark.parametrize(("sample_name", "stamps"), [("smallest", 2), ("disputed-delivery", 0)])
def test_a_place_for_the_stamp_is_a_hungarian_habit(kit, sample_name, stamps):
    assert stamps == papers(kit, "C05", "en", sample(sample_name)).count("P. H.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_minutes_wait_for_confirmation_when_the_power_to_sign_is_not_known(kit, language):
    people = [{"name": "Varga Éva", "role": "Head of accounts"}]
    word = {"en": "subject to confirmation", "hu": "megerősítésre szorul"}[language]
    outcome = yaml.load(sample("after-meeting"), yaml.CBaseLoader)["outcome"]
    outcome["confirmation"] = {"by": "Tóth Béla", "until": "2025-03-28"}
    text = sample("after-meeting", client={"name": "Példa Bútor Zrt.", "people": people}, outcome=outcome)

    assert word in papers(kit, "C04", language, text)
    assert word not in papers(kit, "C04", language, sample("after-meeting"))


def test_what_is_questioned_stands_apart_with_its_own_day(kit):
    said = " ".join(papers(kit, "C05", "en", sample("disputed-delivery")).split())

    assert "INV-5521 3,444.00 28 of 80 panels with a colour off the sample; proof: inspection report" in said
    assert "26 Jun 2026 3 Jul 2026" in said
    assert "Past its due day and in question (point 5) 3,444.00" in said


def test_an_acknowledgement_is_never_assumed(kit):
    outcome = yaml.load(sample("after-meeting"), yaml.CBaseLoader)["outcome"]
    said = papers(kit, "C04", "en", sample("after-meeting", outcome={**outcome, "acknowledged": {"kind": "none"}}))

    assert "The Client makes no acknowledgement of debt" in said
    assert "acknowledges this debt" not in said


@pytest.mark.parametrize(
    ("interest", "said"),
    [
        ("runs", "Interest goes on running"),
        ("waived if kept", "waived interest is owed again"),
        ("not claimed", "claims no late-payment interest"),
    ],
)
def test_the_fate_of_interest_is_always_said(kit, interest, said):
    outcome = yaml.load(sample("after-meeting"), yaml.CBaseLoader)["outcome"]

    text = papers(kit, "C04", "en", sample("after-meeting", outcome={**outcome, "interest": interest}))

    assert said in text
    assert (interest == "waived if kept") is ("waived interest is owed again" in text)


@pytest.mark.parametrize(
    ("language", "all_of_it", "in_part"),
    [
        ("en", "the Supplier waives this interest and the interest", "the Supplier waives a share (40%) of this"),
        ("hu", "a Szállító elengedi ezt a kamatot", "a Szállító részben (mértéke: 40%) elengedi ezt a kamatot"),
    ],
)
def test_minutes_that_waive_a_share_of_the_interest_say_which_and_what_becomes_of_the_rest(
    kit, language, all_of_it, in_part
):
    outcome = yaml.load(sample("after-meeting"), yaml.CBaseLoader)["outcome"]
    shared = papers(kit, "C04", language, sample("after-meeting", outcome={**outcome, "waived_percent": "40"}))
    whole = papers(kit, "C04", language, sample("after-meeting", outcome={**outcome, "waived_percent": "100"}))

    assert in_part in shared
    assert ("What is not waived" if language == "en" else "Az el nem engedett kamat") in shared
    assert all_of_it in whole


def test_the_superior_who_was_not_told_is_the_first_thing_to_read(kit):
    told = papers(kit, "D01", "en", sample("late-payer"))
    untold = papers(kit, "D01", "en", sample("smallest"))

    assert "The superior has not been told." in untold
    assert "The superior has not been told." not in told


def test_our_own_actions_come_first(kit):
    outcome = yaml.load(sample("after-meeting"), yaml.CBaseLoader)["outcome"]
    turned = {**outcome, "actions": outcome["actions"][::-1]}

    said = papers(kit, "C04", "en", sample("after-meeting", outcome=turned))

    sides = re.findall(r"^\d  .*\((Supplier|Client)\)", said, re.MULTILINE)
    assert ["Supplier", "Supplier", "Client"] == sides


@pytest.mark.parametrize(
    ("language", "held"),
    [
        ("en", "Security held: bank guarantee of Musterbank, EUR 15,000.00, to be called by Friday, 30 October 2026."),
        ("hu", "Meglévő biztosíték: bank guarantee of Musterbank, 15 000,00 EUR, lehívásának utolsó napja: 2026. "),
    ],
)
def test_a_security_stands_on_the_situation_sheet_with_its_last_day(kit, language, held):
    assert held in papers(kit, "D01", language, sample("near-insolvency")).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("name", "deed"), [("late-payer", True), ("near-insolvency", False)])
def test_the_deed_of_hungarian_law_is_offered_under_hungarian_law_alone(kit, name, deed):
    sheet = papers(kit, "D04", "en", sample(name))

    assert "Retention of title" in sheet
    assert deed == ("notarial deed" in sheet)
