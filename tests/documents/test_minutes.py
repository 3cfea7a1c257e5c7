"""The papers round the minutes: what each says, when it says it, and that they agree with each other."""

import re

import pytest
import yaml
from making import ROOT, day, the_kit

from negotiation_kit.problems import Refused

LANGUAGES = ("en", "hu")
SAMPLE = yaml.load((ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"), yaml.CBaseLoader)
GUARANTOR = {"name": "Csorba Gergőné", "kind": "private person", "address": "Példa köz 2.", "limit": "3000000"}
PEOPLE = [{"name": "Csorba Gergő", "role": "trader", "signs": "alone", "power": "register of sole traders"}]


def papers(language="en", only="all", as_of="2025-03-24", outcome=None, **changes) -> dict[str, str]:
    """The papers of the sample after its meeting with some things changed, as text with single blanks."""
    said = {**SAMPLE["outcome"], **(outcome or {})}
    tree = {**SAMPLE, **changes, "outcome": {name: value for name, value in said.items() if value is not None}}
    text = yaml.safe_dump(tree, allow_unicode=True, width=10_000)
    case = the_kit().check(text, "case.yaml")
    files = the_kit().pack(case, as_of=day(as_of), languages=(language,), forms=("text",), chosen=only)
    return {file.paper.code: " ".join(file.content.decode("utf-8").split()) for file in files}


def schedule_in(text: str, total: str) -> str:
    """The rows of the schedule as they are printed, from its head to its total."""
    return re.search(rf"(No\. Day of payment|Ssz\. Fizetési határnap).*?{total}", text)[0]


@pytest.mark.parametrize(("language", "total"), [("en", "Total 4,850,000"), ("hu", r"Összesen 4\s850\s000")])
def test_the_schedule_of_the_minutes_is_the_schedule_alone(language, total):
    both = papers(language, ("C04", "C06"))

    assert schedule_in(both["C04"], total) == schedule_in(both["C06"], total)
    assert "1,460,000" in both["C04"].replace("\N{NO-BREAK SPACE}", ",").replace("1 460 000", "1,460,000")


def test_annex_1_is_the_statement_of_invoices():
    """The same invoices with the same sums, and the same total as in point 3."""
    invoices = [
        {**SAMPLE["invoices"][0], "disputed": {"amount": "850000", "reason": "dented"}},
        {"number": "SZ-230", "issued": "2025-03-10", "due": "2025-04-14", "amount": "120000"},
    ]
    notes = [{"number": "JV-019", "invoice": "SZ-211", "day": "2025-03-20", "amount": "50000"}]
    outcome = {
        "schedule": [{"due": "2025-03-26", "amount": "3950000"}],
        "acknowledged": {"kind": "whole"},
    }
    both = papers("en", ("C02", "C04"), outcome=outcome, invoices=invoices, credits=notes)
    rows = {
        code: re.findall(r"(SZ-\d+) of .*? (\d+ \w+ 2025) ([\d,]+) ([\d,]+) ([\d,]+) ", both[code])
        for code in ("C02", "C04")
    }

    assert rows["C02"][:2] == [
        ("SZ-211", "14 Mar 2025", "4,850,000", "50,000", "4,800,000"),
        ("SZ-230", "14 Apr 2025", "120,000", "0", "120,000"),
    ]
    assert rows["C04"] == rows["C02"][:2]
    assert both["C04"].count("Open balance in all 4,920,000") == 3
    assert "Open in all (HUF) 4,920,000" in both["C02"]


def test_what_was_filled_in_by_hand_and_typed_in_stands_in_the_final_minutes():
    """The form printed before the meeting and the minutes made of what was typed in are about the same case."""
    before = {**SAMPLE}
    before.pop("outcome")
    case = the_kit().check(yaml.safe_dump({**before, "as_of": "2025-03-24"}, allow_unicode=True), "case.yaml")
    form = next(
        " ".join(file.content.decode("utf-8").split())
        for file in the_kit().pack(case, as_of=day("2025-03-24"), languages=("en",), forms=("text",), chosen=("C05",))
    )
    final = papers("en", ("C04",))["C04"]
    same = (
        (
            "The Client states that on today's date it owes the Supplier HUF 4,850,000 "
            "(four million eight hundred and fifty thousand forints), due under the contract and invoices listed in annex 1"
        ),
        "HU93 1160 0006 0000 0000 1234 5676",
        "Tóth Béla Managing director signs alone, register extract of 17 March 2025",
        "These minutes do not end or replace the original contract; what they do not regulate follows it.",
        "If every part is credited on its day, the Supplier waives this interest",
        "SZ-211 of 12 Feb 2025, delivery note L-0388 14 Mar 2025 4,850,000 0 4,850,000 0",
        "Past its due day and not in question 4,850,000",
    )

    for words in same:
        assert words in form, words
        assert words in final, words
    for part in SAMPLE["outcome"]["schedule"]:
        assert f"{int(part['amount']):,}" in final


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_to_fill_has_room_for_everything_the_meeting_decides(language):
    form = papers(language, ("C05",))["C05"]
    boxes = 3 + 1 + 3 + 3 + 2 + 2  # reconciled, sum checked, acknowledged, interest, security, binding

    assert form.count("[ ]") == boxes
    assert all(f" {number} " in form for number in range(1, 9))
    assert {"en": "two identical originals", "hu": "két azonos eredeti példányban"}[language] in form
    assert {"en": "struck through before signature", "hu": "aláírás előtt át kell húzni"}[language] in form
    assert {"en": "(3 if nothing is written here)", "hu": "(kitöltés nélkül: 3 munkanap)"}[language] in form


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mail_after_a_call_says_what_the_minutes_say_and_is_not_signed(language):
    both = papers(language, ("C04", "C13"), outcome={"channel": "video", "place": None})
    asks = {"en": "answer this mail with the word “agreed”", "hu": "erre a levélre"}[language]
    follows = {"en": "The form for the signatures follows", "hu": "Az aláírások helye a később érkező"}[language]
    first = {"en": "1. Parties and participants", "hu": "1. Felek és résztvevők"}[language]
    last = {"en": "18. Signatures", "hu": "18. Aláírások"}[language]

    assert asks in both["C13"]
    assert follows in both["C13"]
    assert asks not in both["C04"]
    same = [text[text.index(first) : text.index(last)] for text in (both["C04"], both["C13"])]
    assert same[0] == same[1]


@pytest.mark.parametrize(
    ("answer_by", "told"), [(None, "Wednesday, 26 March 2025"), ("2025-03-25", "Tuesday, 25 March 2025")]
)
def test_the_day_of_the_answer_follows_the_policy_until_another_is_agreed(answer_by, told):
    mail = papers("en", ("C13",), outcome={"channel": "call", "answer_by": answer_by})["C13"]

    assert f"from an address of your company by {told}" in mail


OPEN = {
    "schedule": [],
    "ended": "open",
    "acknowledged": None,
    "our_proposal": "Half this week",
    "balance": "4850000",
    "agreed_facts": ["The delivery was complete."],
    "open_points": [{"what": "The sum of the first part", "side": "client", "by": "2025-03-27"}],
}


def test_the_note_on_an_open_meeting_says_what_is_true_what_is_open_and_what_comes_next():
    note = papers("en", ("C07",), outcome=OPEN)["C07"]

    assert "The open balance on 24 March 2025 is HUF 4,850,000." in note
    assert "The delivery was complete." in note
    assert "Client: A third this week" in note
    assert "Supplier: Half this week" in note
    assert "1 The sum of the first part Client 27 Mar 2025" in note
    assert "Thursday, 27 March 2025, by phone: Kiss Anna, Varga Éva." in note
    assert note.index("Kiss Anna (Supplier)") < note.index("Varga Éva (Client)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_the_note_is_an_agreement_or_asks_for_a_signature(language):
    note = papers(language, ("C07",), outcome=OPEN)["C07"]

    assert {"en": "not for signature", "hu": "nem aláírásra"}[language] in note
    assert "____" not in note
    assert not re.search(r"acknowledge|waive|elismer|elenged", note)


def test_only_legal_marks_a_note_as_confidential():
    plain, marked = (papers("en", ("C07",), outcome={**OPEN, "confidential": word})["C07"] for word in ("no", "yes"))

    assert "without prejudice" not in plain
    assert "Confidential: settlement talks, without prejudice" in marked


def test_the_balance_of_an_open_meeting_is_that_of_the_invoices():
    with pytest.raises(Refused, match=r"outcome\.balance is 4800000, annex 1 adds up to 4850000 on 2025-03-24"):
        papers("en", ("C07",), outcome={**OPEN, "balance": "4800000"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guarantor_signs_a_block_of_his_own_before_witnesses(language):
    outcome = {"guarantor": GUARANTOR, "legal_consent": "Fekete Dóra, 2025-03-24"}
    minutes = papers(language, ("C04",), outcome=outcome)["C04"]
    block = {
        "en": "As guarantor Csorba Gergőné ____ Csorba Gergőné",
        "hu": "Kezesként Csorba Gergőné ____ Csorba Gergőné",
    }

    assert block[language] in minutes
    assert {"en": "The guarantor signed, or", "hu": "A kezes ezt az iratot előttünk"}[language] in minutes
    assert {"en": "The Client signed, or", "hu": "A Vevő ezt az iratot előttünk"}[language] not in minutes
    assert "3,000,000" in minutes or "3 000 000" in minutes.replace("\N{NO-BREAK SPACE}", " ")
    assert "Fekete Dóra" not in minutes


def test_there_are_as_many_signature_lines_as_signatories():
    client = {
        "name": "Példa Bútor Zrt.",
        "people": [{**PEOPLE[0], "name": name} for name in ("Tóth Béla", "Vörös Ágnes", "Szűcs Őrs")],
    }
    minutes = papers("en", ("C04",), client=client)["C04"]
    signed = minutes[minutes.index("18. Signatures") : minutes.index("Annex 1:", minutes.index("18. Signatures"))]

    assert signed.count("Place and date: ____") == 4
    assert all(f"____ {name}" in signed for name in ("Tóth Béla", "Vörös Ágnes", "Szűcs Őrs", "Nagy Péter"))


def test_the_company_may_do_without_the_place_of_the_stamp():
    assert "P. H." in papers("en", ("C04",))["C04"]
    assert "P. H." not in papers("en", ("C04",), policy={"stamp_place": "no"})["C04"]


def test_the_balance_is_shown_in_its_parts_when_not_all_of_it_is_acknowledged():
    invoices = [{**SAMPLE["invoices"][0], "disputed": {"amount": "850000", "reason": "dented"}}]
    outcome = {
        "acknowledged": {"kind": "part", "amount": "3000000", "unclear": "1000000"},
        "schedule": [{"due": "2025-03-26", "amount": "3000000"}],
    }
    minutes = papers("en", ("C04",), outcome=outcome, invoices=invoices)["C04"]

    assert (
        "Acknowledged 3,000,000 In question (point 5) 850,000 Without a statement 1,000,000 Not yet due 0 "
        "Open balance in all 4,850,000"
    ) in minutes
    assert "The open balance in its parts" not in papers("en", ("C04",))["C04"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_version_says_what_is_different(language):
    changes = [{"point": "7", "what": {"en": "The second part is later.", "hu": "A második részlet későbbi."}}]
    minutes = papers(language, ("C04",), outcome={"version": "2", "changes": changes})["C04"]

    assert {"en": "C04, version 2", "hu": "C04, 2. változat"}[language] in minutes
    assert {"en": "Point 7: The second part is later.", "hu": "7. pont: A második részlet későbbi."}[
        language
    ] in minutes


def test_principal_given_up_comes_back_when_the_schedule_is_not_kept():
    outcome = {
        "principal_cut": "50000",
        "legal_consent": "Fekete Dóra, 2025-03-24",
        "schedule": [{"due": "2025-03-26", "amount": "4800000"}],
    }
    authority = {**SAMPLE["authority"], "approved_plan": "Nagy Péter, 2025-03-24"}
    minutes = papers("en", ("C04",), outcome=outcome, authority=authority)["C04"]

    assert "The Client pays HUF 4,800,000" in minutes
    assert "The sum to be settled is higher by HUF 50,000 (fifty thousand forints)." in minutes
    assert "what was given up of the principal is owed again" in minutes


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["C04", "C05", "C13"])
def test_no_reason_of_a_clause_is_in_a_paper_for_the_client(language, code):
    text = papers(language, (code,), outcome={"channel": "call"})[code]

    for clause in the_kit().desk.clauses.clauses:
        assert clause.wording(language).why not in text, clause.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_notes_give_each_clause_with_its_reason(language):
    text = papers(language, ("D15",))["D15"]
    clause = next(each for each in the_kit().desk.clauses.clauses if each.id == "no-novation")

    assert clause.wording(language).why in text
    assert {"en": "Nothing here is legal advice.", "hu": "Mindez nem jogi tanács."}[language] in text
    assert {"en": "Civil Code 6:25 (1), 6:26; read once", "hu": "Ptk. 6:25. § (1), 6:26. §; egy forrásból"}[
        language
    ] in text


def test_a_company_may_add_a_clause_with_an_entry_and_a_text(tmp_path):
    """Nothing else has to be touched."""
    from negotiation_kit.files import library
    from negotiation_kit.pack import Kit

    entry = "  - id: own-clause\n    point: 14\n    when: always\n    en: {name: Own, why: Ours.}\n    hu: {name: Saját, why: Miénk.}\n"
    ours = (ROOT / "templates" / "clauses.yaml").read_text("utf-8")
    (tmp_path / "clauses.yaml").write_text(
        ours.replace("  - id: signing-hu\n", f"{entry}  - id: signing-hu\n", 1), "utf-8"
    )
    (tmp_path / "en" / "clauses").mkdir(parents=True)
    (tmp_path / "en" / "clauses" / "own-clause.md").write_text("###. The moon shines for both parties.\n", "utf-8")
    kit = Kit(library(tmp_path))
    case = kit.check((ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"), "case.yaml")

    said = next(
        file.content.decode("utf-8")
        for file in kit.pack(case, as_of=day("2025-03-24"), languages=("en",), forms=("text",), chosen=("C04",))
    )

    assert "The moon shines for both parties." in said
    assert said.index("These minutes are open") < said.index("The moon shines") < said.index("15. Next contact")


def test_a_clause_without_its_text_is_told(tmp_path):
    from negotiation_kit.files import library
    from negotiation_kit.pack import Kit

    entry = "  - id: own-clause\n    point: 14\n    when: always\n    en: {name: Own, why: Ours.}\n    hu: {name: Saját, why: Miénk.}\n"
    ours = (ROOT / "templates" / "clauses.yaml").read_text("utf-8")
    (tmp_path / "clauses.yaml").write_text(
        ours.replace("  - id: signing-hu\n", f"{entry}  - id: signing-hu\n", 1), "utf-8"
    )
    kit = Kit(library(tmp_path))
    case = kit.check((ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"), "case.yaml")

    with pytest.raises(Refused, match=r"there is no template 'clauses/own-clause\.md'"):
        list(kit.pack(case, as_of=day("2025-03-24"), languages=("en",), forms=("text",), chosen=("C04",)))
