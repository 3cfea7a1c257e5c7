"""Papers that come back: every value read, every change told, nothing guessed, nothing hostile opened."""

import re
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from editing import (
    commented,
    control_removed,
    deleted,
    edited,
    inserted,
    picked,
    row_added,
    row_copied,
    row_struck,
    row_taken_out,
    said_otherwise,
    ticked,
    typed,
)
from entrances import within_limits
from making import ROOT, SAMPLES, day, the_kit

from negotiation_kit.cli import main
from negotiation_kit.documents.container import unzipped, zipped
from negotiation_kit.documents.returned import returned
from negotiation_kit.problems import Refused
from negotiation_kit.reading.amend import Put, amend
from negotiation_kit.returning import ReadBack, amended, changes, read_back

KIT = the_kit()
AFTER = ROOT / "samples" / "after-meeting.yaml"
BEFORE = ROOT / "samples" / "late-payer.yaml"
READABLE = ("C04", "C05", "C06")


def the_case(sample: Path):
    return KIT.check(sample.read_text("utf-8"), sample.name)


def paper(sample: Path, code: str, language: str = "en", as_of: str = "") -> bytes:
    case = the_case(sample)
    on = day(as_of) if as_of else case.as_of or day("2025-03-25")
    (made,) = KIT.pack(case, as_of=on, languages=(language,), chosen=(code,))
    return made.content


MINUTES = paper(AFTER, "C04")
TO_FILL = {language: paper(BEFORE, "C05", language, "2025-03-18") for language in ("en", "hu")}


def read(content: bytes, sample: Path = AFTER) -> ReadBack:
    return read_back(KIT, the_case(sample), content, "back.docx")


def differences(*edits, content: bytes = MINUTES, sample: Path = AFTER) -> list[tuple[str, str, str, str]]:
    found = read(edited(content, *edits), sample).compared.differences
    return [(each.what, each.tag, each.before, each.after) for each in found]


def refused(content: bytes, sample: Path = AFTER) -> str:
    with pytest.raises(Refused) as told:
        read(content, sample)
    return str(told.value.problems[0].message)


# What is found


@pytest.mark.parametrize("language", ["en", "hu"])
@pytest.mark.parametrize("code", ["C04", "C06"])
def test_an_untouched_paper_is_that_agreement(code, language):
    found = read(paper(AFTER, code, language))

    assert () == found.compared.differences
    assert found.is_that_agreement


def test_every_tag_of_the_file_is_read_by_control_and_by_bookmark_alike():
    for content in (MINUTES, *TO_FILL.values()):
        body = unzipped(content)["word/document.xml"].decode()
        without = re.sub(r"<w:alias [^>]*/><w:tag [^>]*/>", "", body)
        by_bookmark = returned(zipped(unzipped(content) | {"word/document.xml": without.encode()}))

        said = [(each.tag, each.choice, each.text, each.row, each.column) for each in returned(content).values]
        assert len(re.findall(r"<w:tag ", body)) == len(said)
        assert said == [(each.tag, each.choice, each.text, each.row, each.column) for each in by_bookmark.values]


def test_a_value_split_over_runs_is_one_value():
    assert [("value", "place", "Szombathely", "Sopron")] == differences(typed("place", "Sopron"))


def test_a_changed_sum_and_day_are_told_with_their_row():
    found = differences(
        typed("schedule.amount", "1,130,001", 1),
        typed("schedule.due", "Thursday, 24 April 2025", 2),
        typed("total", "4,850,001"),
    )

    assert [
        ("value", "total", "4,850,000", "4,850,001"),
        ("value", "schedule.amount", "1,130,000", "1,130,001"),
        ("value", "schedule.due", "Wednesday, 23 April 2025", "Thursday, 24 April 2025"),
    ] == found


def test_an_added_row_is_found_with_controls_and_without():
    cells = ["4", "Calls the bank", "Kiss Anna (Supplier)", "2 Apr 2025", "a note"]
    told = "Calls the bank, Kiss Anna (Supplier), 2 Apr 2025, a note"

    assert [("row added", "actions", "", told)] == differences(row_added("actions.what", cells))


def test_a_copied_row_that_was_typed_over_is_an_added_one():
    found = differences(row_copied("actions.what"), typed("actions.what", "Calls the bank", 3))

    assert ["row added"] == [what for what, *_ in found]
    assert found[0][3].startswith("Calls the bank, ")


@pytest.mark.parametrize("gone", [row_struck, row_taken_out])
def test_a_row_struck_or_taken_out_is_told(gone):
    found = differences(gone("actions.what", 1))

    assert ["row struck"] == [what for what, *_ in found]
    assert "actions" == found[0][1]


def test_touched_wording_is_told_before_and_after():
    found = differences(said_otherwise(" identical originals", " different originals"))

    assert [
        (
            "wording",
            "",
            "These minutes are made in [] identical originals; each party receives at least one.",
            "These minutes are made in [] different originals; each party receives at least one.",
        )
    ] == found


def test_tracked_changes_are_told_and_what_was_inserted_counts():
    found = differences(inserted("thank each other", " very much"), deleted("place"))

    assert {("tracked", "inserted", "", " very much"), ("tracked", "deleted", "", "Szombathely")} == set(found[:2])
    assert ("value", "place", "Szombathely", "") in found
    assert any(what == "wording" and "thank each other very much" in after for what, _, _, after in found)


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (typed("schedule.amount", "1.130.000", 1), "'1.130.000' is no sum like HUF\u00a01,460,000"),
        (typed("schedule.amount", "EUR 1,130,000", 1), "'EUR 1,130,000' is no sum like HUF\u00a01,460,000"),
        (typed("schedule.due", "9/4/2025", 1), "'9/4/2025' is no day like 26 March 2025"),
        (typed("schedule.due", "Monday, 9 April 2025", 1), "'Monday, 9 April 2025' is no day like 26 March 2025"),
        (typed("originals", "two"), "'two' is no whole number"),
        (typed("actions.side", "Bank"), "'Bank' is none of the choices"),
        (picked("actions.by", "2025-04-01"), "the text says 25 Mar 2025, the calendar of the field 1 April 2025"),
        (typed("schedule.amount", "1,000,000", 1), "the parts add up to 4,720,000, the total says 4,850,000"),
        (
            typed("acknowledged.amount", "HUF 4,000,000"),
            "the figures say HUF 4,000,000, the words are still the old ones",
        ),
    ],
)
def test_what_cannot_be_read_for_certain_is_told_and_not_written(edit, told):
    content = edited(MINUTES, edit)
    unread = read(content).compared.of("unread")

    assert any(each.after.startswith(told) for each in unread), unread
    with pytest.raises(Refused):
        amended(KIT, the_case(AFTER), AFTER.read_text("utf-8"), AFTER.name, read(content), {})


def test_a_field_emptied_in_word_is_empty_whatever_word_says_in_it():
    def prompting(body: str) -> str:
        return re.sub(r'(<w:tag w:val="place"/><w:id w:val="\d+"/>)', r"\1<w:showingPlcHdr/>", body)

    assert [("value", "place", "Szombathely", "")] == differences(
        typed("place", "Click or tap here to enter text."), prompting
    )


@pytest.mark.parametrize("tag", ["place", "originals", "acknowledged.amount", "acknowledged.kind", "interest", "day"])
def test_a_value_whose_control_was_removed_is_still_read_by_its_bookmark(tag):
    assert [] == differences(control_removed(tag))


@pytest.mark.parametrize("tag", ["place", "originals", "acknowledged.kind", "interest", "day"])
def test_a_value_whose_control_and_bookmark_are_gone_is_told_and_not_guessed(tag):
    content = edited(MINUTES, control_removed(tag, with_bookmark=True))
    unread = read(content).compared.of("unread")

    assert [(tag, "the field is no longer in the file")] == [(each.tag, each.after) for each in unread]
    with pytest.raises(Refused):
        amended(KIT, the_case(AFTER), AFTER.read_text("utf-8"), AFTER.name, read(content), {})


def test_a_sum_of_a_row_whose_control_and_bookmark_are_gone_is_told_as_missing():
    found = differences(control_removed("schedule.amount", 1, with_bookmark=True))

    assert [("value", "schedule.amount", "1,130,000", "")] == found


def test_words_changed_beside_a_value_are_told_though_the_value_is_not():
    said = paper(AFTER, "C04")
    words = re.search(r"\(([a-z -]+ forints?)\)", re.sub(r"<[^>]+>", "", unzipped(said)["word/document.xml"].decode()))

    found = differences(said_otherwise(words[1], "one hundred forints"))

    assert any(what == "wording" and "one hundred forints" in after for what, _, _, after in found)


def test_a_comment_is_told():
    found = read(commented(MINUTES, "Béla will not sign this.")).compared.differences

    assert [("comment", "Béla will not sign this.")] == [(each.what, each.after) for each in found]


def test_a_comment_is_told_by_the_command(tmp_path):
    (tmp_path / "back.docx").write_bytes(commented(MINUTES, "Ask the bank."))

    done = CliRunner().invoke(main, ["read", str(tmp_path / "back.docx"), "--case", str(AFTER)])

    assert "Comments written beside the text:\n    Ask the bank." in done.output.replace("  Comments", "Comments")


@pytest.mark.parametrize("language", ["en", "hu"])
def test_the_choices_of_the_final_minutes_are_fields_that_can_be_changed(language):
    words = KIT.desk.language(language)
    now = words.word("agreed_interest", "runs")
    before = words.word("agreed_interest", the_case(AFTER).outcome.interest)
    content = edited(paper(AFTER, "C04", language), typed("interest", now))

    found = read(content).compared
    after = amended(KIT, the_case(AFTER), AFTER.read_text("utf-8"), AFTER.name, read(content), {})

    assert [("value", "interest", before, now)] == [(e.what, e.tag, e.before, e.after) for e in found.differences]
    assert "runs" == KIT.check(after, AFTER.name).outcome.interest


def test_the_acknowledgement_of_the_final_minutes_is_a_field():
    assert ("value", "acknowledged.kind", "in full", "in part") in differences(typed("acknowledged.kind", "in part"))
    assert [("unread", "'wholly' is none of the choices")] == [
        (what, after) for what, _, _, after in differences(typed("acknowledged.kind", "wholly")) if what == "unread"
    ]


# Written into the case


def test_what_changed_goes_into_the_outcome_and_comments_stay():
    text = AFTER.read_text("utf-8").replace("outcome:", "outcome:  # read back to both", 1)
    content = edited(MINUTES, typed("place", "Sopron"), typed("actions.proof", "signed and stamped letter", 0))
    after = amended(KIT, the_case(AFTER), text, AFTER.name, read(content), {})

    case = KIT.check(after, AFTER.name)
    assert "# read back to both" in after
    assert "Sopron" == case.outcome.place
    assert "signed and stamped letter" in {action.proof for action in case.outcome.actions}
    assert len(the_case(AFTER).outcome.actions) == len(case.outcome.actions)


def test_an_untouched_paper_changes_nothing():
    assert [] == changes(the_case(AFTER), read(MINUTES))


FILLED = {
    "en": {
        "day": "Wednesday, 9 April 2025", "amount": "1,460,000", "side": "client",
        "action": "28 March 2025", "next": "Thursday, 27 March 2025, by phone: Kiss Anna, Tóth Béla",
    },
    "hu": {
        "day": "2025. április 9., szerda", "amount": "1 460 000", "side": "Vevő",
        "action": "2025. március 28.", "next": "2025. március 27., csütörtök, telefonon: Kiss Anna, Tóth Béla",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "hu"])
def test_a_form_filled_in_is_read_whole_into_an_outcome(language):
    say = FILLED[language]
    side = "Client" if language == "en" else "Vevő"
    content = edited(
        TO_FILL[language],
        typed("at", "10:00"),
        typed("until", "11:10"),
        ticked("acknowledged.kind=whole"),
        typed("schedule.due", say["day"]),
        typed("schedule.amount", say["amount"]),
        ticked("interest=waived if kept"),
        typed("waived_percent", "40"),
        ticked("security_given=none"),
        ticked("binding=yes"),
        typed("cooperation", "New orders", 0),
        typed("cooperation", "are prepaid.", 1),
        typed("actions.what", "Sends the letter"),
        typed("actions.who", f"Varga Éva, {side}"),
        typed("actions.by", say["action"]),
        typed("actions.proof", "letter"),
        typed("risks.event", "The school pays late"),
        typed("risks.early_sign", "no notice"),
        typed("cure_bd", "5"),
        typed("consequence", "You call me."),
        typed("next_step", "legal"),
        typed("next_contact", say["next"]),
        typed("credited.amount", say["amount"]),
    )
    (put,) = changes(the_case(BEFORE), read(content, BEFORE))

    assert {
        "day": day("2025-03-24"),
        "place": "Szombathely, Példa tér 1.",
        "at": "10:00",
        "until": "11:10",
        "acknowledged": {"kind": "whole"},
        "interest": "waived if kept",
        "waived_percent": 40,
        "security": "none",
        "binding": True,
        "cooperation": "New orders are prepaid.",
        "cure_bd": 5,
        "consequence": "You call me.",
        "next_step": "legal",
        "next_contact": {
            "day": day("2025-03-27"),
            "form": "by phone" if language == "en" else "telefonon",
            "persons": "Kiss Anna, Tóth Béla",
        },
        "schedule": [{"due": day("2025-04-09"), "amount": 1460000}],
        "actions": [
            {
                "what": "Sends the letter",
                "who": "Varga Éva",
                "side": "client",
                "by": day("2025-03-28"),
                "proof": "letter",
            }
        ],
        "risks": [{"event": "The school pays late", "early_sign": "no notice"}],
    } == put.value


def test_a_form_filled_in_becomes_minutes_that_are_that_agreement():
    text = BEFORE.read_text("utf-8")
    rows = (("26 March 2025", "1,460,000"), ("9 April 2025", "1,130,000"), ("23 April 2025", "1,130,000"))
    people = (("Varga Éva, Client", "28 March 2025"), ("Nagy Péter (Supplier)", "28 March 2025"))
    content = edited(
        TO_FILL["en"],
        *(ticked(tag) for tag in ("acknowledged.kind=whole", "interest=runs", "security_given=none", "binding=yes")),
        *(
            typed(f"schedule.{name}", said, at)
            for at, row in enumerate(rows)
            for name, said in zip(("due", "amount"), row, strict=True)
        ),
        typed("schedule.due", "7 May 2025", 3),
        typed("schedule.amount", "HUF 1,130,000", 3),
        *(typed("actions.what", "Confirms", at) for at in (0, 1)),
        *(typed("actions.proof", "a letter", at) for at in (0, 1)),
        *(
            typed(f"actions.{name}", said, at)
            for at, who in enumerate(people)
            for name, said in zip(("who", "by"), who, strict=True)
        ),
        typed("risks.event", "The school pays late"),
        typed("consequence", "You call me."),
        typed("next_step", "hand the matter to its legal department"),
        typed("next_contact", "27 March 2025, by phone: Kiss Anna"),
    )
    after = amended(KIT, the_case(BEFORE), text, BEFORE.name, read(content, BEFORE), {})
    case = KIT.check(after, BEFORE.name)
    (minutes,) = KIT.pack(case, as_of=day("2025-03-25"), languages=("hu",), chosen=("C04",))

    assert after.startswith(text.rstrip("\n"))
    assert read_back(KIT, case, minutes.content, "C04.docx").is_that_agreement


def test_two_boxes_ticked_say_nothing():
    edits = (ticked("acknowledged.kind=whole"), ticked("acknowledged.kind=none"))
    found = differences(*edits, content=TO_FILL["en"], sample=BEFORE)

    assert [("unread", "acknowledged.kind", "", "more than one box is ticked: whole, none")] == found


def test_a_box_whose_sign_alone_was_changed_says_nothing():
    edit = said_otherwise("☐</w:t></w:r></w:sdtContent>", "☒</w:t></w:r></w:sdtContent>")
    found = differences(edit, content=TO_FILL["en"], sample=BEFORE)

    told = "the sign of the box agrees and what Word holds of it differ"
    assert [("unread", "balance_checked", "", told)] == found


# The mark


def test_the_mark_is_that_of_the_agreement_in_every_language_and_paper():
    marks = {read(paper(AFTER, code, language)).mark for code in ("C04", "C06") for language in ("en", "hu")}

    assert 1 == len(marks)
    assert re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{4}", marks.pop())


def test_another_agreement_has_another_mark_and_a_signature_none():
    text = AFTER.read_text("utf-8")
    signed = KIT.check(text.replace("outcome:\n", "outcome:\n  signed: 2025-03-24\n", 1), AFTER.name)
    other = KIT.check(amend(text, AFTER.name, [Put("outcome.place", "Sopron")]), AFTER.name)
    mark = read(MINUTES).mark

    assert mark == read_back(KIT, signed, MINUTES, "x").mark_now
    assert mark != read_back(KIT, other, MINUTES, "x").mark_now


def test_a_paper_changed_by_hand_is_not_that_agreement_though_its_mark_is():
    found = read(edited(MINUTES, typed("place", "Sopron")))

    assert found.mark == found.mark_now
    assert not found.is_that_agreement


# Hostile files


def test_hostile_files_are_refused_with_a_reason():
    parts = unzipped(MINUTES)
    body = parts["word/document.xml"]
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b" " * 60_000_000)
    twice = BytesIO()
    with zipfile.ZipFile(twice, "w") as file:
        file.writestr("word/document.xml", body)
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("word/document.xml", body)
    entity = body.replace(b"<w:document", b'<!DOCTYPE x [<!ENTITY a "b">]><w:document', 1)

    assert "larger than 50,000,000 bytes" in refused(bomb.getvalue())
    assert "the same name" in refused(twice.getvalue())
    assert "declares its own entities" in refused(zipped(parts | {"word/document.xml": entity}))
    assert "holds macros" in refused(zipped(parts | {"word/vbaProject.bin": b"x"}))
    assert "is damaged" in refused(zipped(parts | {"word/document.xml": body[:-20]}))
    deep = b"<w:sdt><w:sdtContent>" * 3000 + b"</w:sdtContent></w:sdt>" * 3000
    nested = body.replace(b"<w:body>", b"<w:body><w:tbl>" + deep + b"</w:tbl>", 1)
    assert "nested too deeply" in refused(zipped(parts | {"word/document.xml": nested}))
    assert "this is no Word file" in refused(b"not a zip")
    assert "has no text" in refused(zipped({"a.xml": b"<a/>"}))


def test_a_strange_file_and_a_strange_case_are_told():
    parts = unzipped(MINUTES)
    bare = {name: part for name, part in parts.items() if "footer" not in name}

    assert "is not one of the kit's papers" in refused(zipped(bare))
    assert "is a paper of case" in refused(MINUTES, ROOT / "samples" / "key-client.yaml")
    assert "which holds nothing to read back" in refused(paper(AFTER, "C02"))


# At the command line


def test_read_writes_and_verify_says_so(tmp_path):
    case, back = tmp_path / "case.yaml", tmp_path / "back.docx"
    case.write_text(AFTER.read_text("utf-8"), "utf-8")
    client = typed("signatories.client.name", "Somebody Else")
    wording = said_otherwise(" identical originals", " different originals")
    back.write_bytes(edited(MINUTES, typed("place", "Sopron"), client, wording))
    run = CliRunner().invoke

    looked = run(main, ["verify", str(back), "--case", str(case)])
    assert 1 == looked.exit_code
    assert "Place (place): Szombathely -> Sopron\n" in looked.output
    assert 0 == run(main, ["read", str(back), "--case", str(case)]).exit_code
    assert "Sopron" not in case.read_text("utf-8")
    written = run(main, ["read", str(back), "--case", str(case), "--write"])
    assert 0 == written.exit_code, written.output
    assert "No field of the case holds signatories.client.name, the touched wording: see to that" in written.output
    assert "Sopron" in case.read_text("utf-8")
    assert '"mark"' in run(main, ["verify", str(back), "--case", str(case), "--json"]).output


# Through an office program, and on every sample


def _every_paper():
    for sample in SAMPLES:
        case = the_case(sample)
        as_of = case.as_of or day("2025-03-18")
        for file in KIT.pack(case, as_of=as_of, languages=("en", "hu"), chosen="all"):
            if file.paper.code in READABLE:
                yield sample, file


@pytest.mark.slow
def test_every_sample_gives_back_all_it_tagged():
    seen = set()
    for sample, file in _every_paper():
        found = read(file.content, sample)
        seen.add((file.paper.code, file.language))
        assert () == found.compared.differences, (sample.name, file.path)
        assert found.is_that_agreement, (sample.name, file.path)

    assert {(code, language) for code in READABLE for language in ("en", "hu")} == seen


@pytest.mark.office
@pytest.mark.slow
def test_an_office_program_that_drops_tags_loses_no_value(tmp_path):
    change = typed("signatories.client.name", "Changed Name")
    made = []
    for sample, file in _every_paper():
        for mark, content in (("as", file.content), ("ed", edited(file.content, change))):
            path = tmp_path / f"{len(made):03}-{mark}.docx"
            path.write_bytes(content)
            made.append((sample, file, mark, path))
    out = tmp_path / "saved"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", out, *(path for *_, path in made)],
        check=True, capture_output=True, timeout=540,
    )  # fmt: skip

    for sample, file, mark, path in made:
        found = read((out / path.name).read_bytes(), sample)
        told = [(each.what, each.tag, each.after) for each in found.compared.differences]
        wanted = [] if mark == "as" else [("value", "signatories.client.name", "Changed Name")]
        assert wanted == told, (sample.name, file.path)
        assert found.mark == found.mark_now


# --- made to do harm -------------------------------------------------------------------------------------------------


def with_footer(text: str) -> bytes:
    parts = unzipped(MINUTES)
    footer = f'<w:ftr xmlns:w="{W}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:ftr>'.encode()
    return zipped(parts | {name: footer for name in parts if "footer" in name})


def with_body(blocks: str) -> bytes:
    body = f'<w:document xmlns:w="{W}"><w:body>{blocks}</w:body></w:document>'.encode()
    return zipped(unzipped(MINUTES) | {"word/document.xml": body})


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A_MARK = '<w:bookmarkStart w:id="{}" w:name="place_1"/><w:r><w:t>x</w:t></w:r>'
A_ROW = (
    '<w:tr><w:tc><w:p><w:sdt><w:sdtPr><w:tag w:val="schedule.amount"/></w:sdtPr>'
    "<w:sdtContent><w:r><w:t>{}</w:t></w:r></w:sdtContent></w:sdt></w:p></w:tc></w:tr>"
)


@pytest.mark.parametrize(
    "text",
    ["a · C04 · " * 20_000, "a · C04 · " + "\N{NO-BREAK SPACE}" * 100_000 + "·", " · " * 100_000, "a" * 1_000_000],
)
def test_a_footer_made_to_be_looked_at_again_and_again_is_none_of_ours(text):
    with within_limits():
        assert "no footer names case, paper and day" in refused(with_footer(text))


@pytest.mark.parametrize(
    ("blocks", "message"),
    [
        (f"<w:p>{''.join(map(A_MARK.format, range(20_000)))}</w:p>", "values are begun inside values and never ended"),
        ("<w:p/>" * 20_001, "the file has more than 20,000 paragraphs"),
        ("<w:sdt><w:sdtContent>" * 300 + "</w:sdtContent></w:sdt>" * 300, "the file is nested too deeply"),
        ("<w:tbl>" + "<w:ins>" * 3_000 + "</w:ins>" * 3_000 + "</w:tbl>", "the file is nested too deeply"),
    ],
    ids=["open values", "paragraphs", "controls", "rows"],
)
def test_a_body_made_to_fill_the_memory_is_refused(blocks, message):
    with within_limits():
        assert message in refused(with_body(blocks))


@pytest.mark.parametrize(
    "blocks",
    [
        f"<w:tbl>{''.join(map(A_ROW.format, range(6_000)))}</w:tbl>",
        f"<w:tbl>{A_ROW.format('1,130,000') * 6_000}</w:tbl>",
        "<w:p><w:r><w:t>Minutes</w:t></w:r></w:p>" * 19_000,
        f"<w:p>{'<w:ins>' * 190}{'<w:r><w:t>x</w:t></w:r>' * 5_000}{'</w:ins>' * 190}</w:p>",
    ],
    ids=["rows", "equal rows", "equal paragraphs", "insertions"],
)
def test_a_body_made_to_be_compared_for_ever_is_compared_at_once(blocks):
    with within_limits():
        assert read(with_body(blocks)).compared.differences


@pytest.mark.parametrize("digits", [16, 300, 5_000])
def test_a_sum_of_more_digits_than_there_is_money_is_no_sum(digits):
    found = differences(typed("schedule.amount", "9" * digits, 1))

    assert f"'{'9' * digits}' is no sum like HUF\N{NO-BREAK SPACE}1,460,000" in [after for *_, after in found]


@pytest.mark.parametrize("sign", ["\x85", "\u202e", "\ufeff", "\u2028"], ids=ascii)
def test_what_cannot_be_seen_is_shown_and_never_written_into_a_case(sign):
    content = edited(MINUTES, typed("place", f"Sop{sign}ron"))
    found = read(content)

    assert [("value", "place", "Szombathely", "Sop\N{REPLACEMENT CHARACTER}ron")] == [
        (each.what, each.tag, each.before, each.after) for each in found.compared.differences
    ]
    with pytest.raises(Refused, match="a character that was lost"):
        amended(KIT, the_case(AFTER), AFTER.read_text("utf-8"), AFTER.name, found, {})
