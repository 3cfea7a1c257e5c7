"""The whole way, from the text of a case to finished files."""

import html
import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace

import docx
import pytest
import yaml
from making import EACH_SAMPLE, ROOT, SAMPLES, day, the_kit

from negotiation_kit.case.case import Case
from negotiation_kit.case.fields import Record, Visibility, visibility_of
from negotiation_kit.documents.leak import text_of
from negotiation_kit.files import library
from negotiation_kit.pack import FORMS, Kit
from negotiation_kit.problems import Refused
from negotiation_kit.reading.spots import bare, is_record, kind_of_entry

LANGUAGES = ("en", "hu")


@pytest.fixture(scope="session")
def kit() -> Kit:
    return the_kit()


def packed(kit, text, languages=LANGUAGES, forms=FORMS, as_of=None, file="case.yaml"):
    case = kit.check(text, file)
    return list(kit.pack(case, as_of=as_of or case.as_of or day("2025-03-18"), languages=languages, forms=forms))


def text_in(file) -> str:
    """What a reader sees of a finished file."""
    if file.form == "docx":
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            parts = ("word/document.xml", *(name for name in archive.namelist() if re.search("header|footer", name)))
            return "\n".join(text_of(archive.read(part).decode("utf-8")) for part in parts if part.endswith("xml"))
    content = file.content.decode("utf-8")
    return text_of(content) if file.form == "html" else content


def all_of(file) -> str:
    """Everything a finished file holds, readable or not, its name included."""
    if not zipfile.is_zipfile(io.BytesIO(file.content)):
        return f"{file.path}\n{html.unescape(file.content.decode('utf-8'))}"
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return html.unescape("\n".join([file.path, *parts, *map(text_of, parts)]))


AT_LEGAL = {"chronic-promiser"}
"""Samples whose matter is legal's: nothing is proposed any more."""


@EACH_SAMPLE
def test_every_sample_is_packed_in_both_languages(kit, sample):
    files = packed(kit, sample.read_text("utf-8"), forms=("docx",))

    codes = {file.paper.code for file in files}
    expected = {"D01", "C04", "C06"} if "after" in sample.stem else {"D01", "D03", "D06", "C02", "C05"}
    assert codes >= expected | ({"C03", "D04"} if "after" not in sample.stem and sample.stem not in AT_LEGAL else set())
    assert len(files) == len(codes) * len(LANGUAGES)
    for file in files:
        assert docx.Document(io.BytesIO(file.content)).paragraphs


def test_a_pack_and_what_is_held_back_of_it_stand_on_one_reckoning():
    kit = Kit(library())
    case = kit.check(SAMPLES[0].read_text("utf-8"), "case.yaml")
    on_the_day = kit.reckon(case, day("2025-03-18"))

    kit.held(case, as_of=day("2025-03-18"))

    assert kit.reckon(case, day("2025-03-18")) is on_the_day


def test_a_reckoning_of_another_day_or_case_or_without_offers_is_another():
    kit = Kit(library())
    text = next(sample for sample in SAMPLES if sample.stem == "late-payer").read_text("utf-8")
    case, again = (kit.check(text, "case.yaml") for _ in range(2))
    bare = kit.reckon(case, day("2025-03-18"), with_offers=False)
    full = kit.reckon(case, day("2025-03-18"))

    assert (bare.offers, full.offers is not None) == (None, True)
    assert kit.reckon(case, day("2025-03-19")).as_of == day("2025-03-19")
    assert kit.reckon(again, day("2025-03-19")).case is again
    assert kit.reckon(again, day("2025-03-18")) is not full


@pytest.mark.slow
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_is_packed_in_every_form(kit, sample):
    files = packed(kit, sample.read_text("utf-8"))

    assert {file.form for file in files} == set(FORMS)
    for file in files:
        assert "{{" not in text_in(file)
        assert "{%" not in text_in(file)


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_case_gives_the_same_bytes(kit, tmp_path, seed):
    """Even in another process, where sets have another order."""
    sample = ROOT / "samples" / "late-payer.yaml"
    command = [sys.executable, "-m", "negotiation_kit", "pack", sample, "--out", tmp_path, "-l", "hu"]

    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})

    for file in packed(kit, sample.read_text("utf-8"), languages=("hu",), forms=("docx",)):
        assert file.content == (tmp_path / file.path).read_bytes(), file.path


def test_the_agreed_figures_stand_in_minutes_and_schedule_alike(kit):
    files = packed(kit, (ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"), languages=("hu",))

    for file in files:
        if file.paper.code in {"C04", "C06"}:
            said = " ".join(text_in(file).split())
            for sum_ in ("1 460 000", "1 130 000", "4 850 000"):
                assert sum_ in said, (file.path, sum_)


HOSTILE = (
    "**B** | {{ 7*7 }} <Kft.> & # 2024. január 5.",
    "{% for x in y %} ::: signatures",
    "]]><w:p/>&amp; \"quoted\" 'and' \\ `code` _under_ ~~~",
    "a" * 200,
    "Őrült Űrhajó مرحبا 😀 e\u0301",
)


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize(
    ("language", "forms"),
    [("en", ("docx", "text")), *(pytest.param(code, FORMS, marks=pytest.mark.slow) for code in LANGUAGES)],
)
def test_hostile_values_are_printed_as_typed(kit, value, language, forms):
    case = yaml.safe_load((ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"))
    case["client"]["name"] = value
    case["outcome"]["circumstances"] = value
    text = yaml.safe_dump(case, allow_unicode=True, width=10_000)
    text = re.sub(r": (true|false)\b", lambda match: ": yes" if match[1] == "true" else ": no", text)

    for file in packed(kit, text, languages=(language,), forms=forms):
        if file.paper.code == "C04":
            assert " ".join(value.split()) in " ".join(text_in(file).split()), file.path


def test_a_value_of_two_lines_keeps_its_lines(kit):
    text = (ROOT / "samples" / "after-meeting.yaml").read_text("utf-8")
    text = re.sub(r"    en: A public customer.*", '    en: "First line.\\\\nSecond line."', text)

    for file in packed(kit, text, languages=("en",), forms=("docx", "text")):
        if file.paper.code == "C04":
            assert re.search(r"First line\.\s*\n\s*Second line\.", text_in(file)), file.path


def marked(kind: object, path: str, visibility: Visibility, marks: dict[str, str]) -> object:
    """A tree for a record in which every text that is not shared is a mark of its own."""
    if is_record(kind):
        return {
            name: value
            for name in kind.model_fields
            if (value := marked_field(kind, name, path, visibility, marks)) is not None
        }
    return None


def marked_field(record: type[Record], name: str, path: str, above: Visibility, marks: dict[str, str]) -> object:
    where = f"{path}.{name}" if path else name
    visibility = max(above, visibility_of(record, name))
    field = record.model_fields[name]
    kind = bare(field.annotation)
    if is_record(kind):
        return marked(kind, where, visibility, marks)
    entry = kind_of_entry(kind) if str(kind).startswith("tuple") else None
    if is_record(entry):
        return [marked(entry, where, visibility, marks)]
    text = kind is str or entry is str
    if visibility > Visibility.SHARED and text:
        mark = marks.setdefault(where, f"CANARY-{len(marks):03}-{visibility.name}")
        return [mark] if entry is str else mark
    if entry is not None:
        return None
    return field.examples[0] if field.examples[0] not in ([], {}) else None


def the_canary_case(sample: str) -> tuple[str, dict[str, str]]:
    """A sample with a mark of its own in every text of ours it can hold."""
    marks: dict[str, str] = {}
    base = yaml.load((ROOT / "samples" / sample).read_text("utf-8"), yaml.CBaseLoader)
    merged = merge(base, marked(Case, "", Visibility.SHARED, marks))
    merged["policy"] = {"version": marks["policy.version"]}
    for gone in {"credits", "payments", "rest_days", "outcome", "allocation", "compensation", "costs"} - base.keys():
        merged.pop(gone, None)
    for entry in (*merged["invoices"], *merged.get("payments", [])):
        entry.pop("currency", None)
    receipt = {"day": "2025-04-05", "amount": "9000000", "source": marks["plan.receipts.source"]}
    merged["plan"] = {"shape": "receipts", "receipts": [receipt]}
    merged["interest"] = base["interest"]
    merged.pop("policy_file")
    merged["closing"]["money"] = "written off"  # the books do not say paid
    merged["meeting"]["table"] = "opening"  # the plan stays ours until it is on the table
    if "outcome" not in base:
        bank = ("bank_entry", "bank_reference", "taken_back_entry")
        came = {"day": "2025-03-17", "amount": "1000", "taken_back": "2025-03-18"}
        merged["payments"] = [came | {name: marks[f"payments.{name}"] for name in bank}]
    else:
        merged["invoices"] = base["invoices"]  # what was agreed must still add up
        ours = {field: marks[f"outcome.{field}"] for field in ("notes", "legal_consent")}
        merged["outcome"] = base["outcome"] | ours
    return yaml.safe_dump(merged, allow_unicode=True, width=10_000), marks


def merge(base: object, marked_: object) -> object:
    """The base with every mark on top; lists take the marked entry's texts into each of their entries."""
    if isinstance(base, dict) and isinstance(marked_, dict):
        return {
            key: merge(base[key], marked_[key]) if key in base and key in marked_ else base.get(key, marked_.get(key))
            for key in [*base, *(key for key in marked_ if key not in base)]
        }
    if isinstance(base, list) and isinstance(marked_, list) and base and isinstance(base[0], dict):
        return [merge(each, marked_[0]) for each in base]
    holds_mark = str(marked_).startswith(("CANARY", "['CANARY"))
    return marked_ if holds_mark else base


BANK = ("payments.bank_entry", "payments.bank_reference", "payments.taken_back_entry")


@pytest.mark.parametrize(
    ("sample", "codes", "elsewhere", "forms"),
    [
        (
            "late-payer.yaml",
            {"C01", "C02", "C03", "C05"},
            {"outcome.notes", "outcome.legal_consent", "plan.schedule.source", "policy_file"},
            ("docx",),
        ),
        (
            "after-meeting.yaml",
            {"C04", "C06", "C08"},
            {"invoices.disputed.our_view", *BANK, "plan.schedule.source", "policy_file"},
            ("docx",),
        ),
        pytest.param(
            "late-payer.yaml",
            {"C01", "C02", "C03", "C05"},
            {"outcome.notes", "outcome.legal_consent", "plan.schedule.source", "policy_file"},
            (*FORMS, "xlsx"),
            marks=pytest.mark.slow,
        ),
        pytest.param(
            "after-meeting.yaml",
            {"C04", "C06", "C08"},
            {"invoices.disputed.our_view", *BANK, "plan.schedule.source", "policy_file"},
            (*FORMS, "xlsx"),
            marks=pytest.mark.slow,
        ),
    ],
)
def test_no_mark_of_an_internal_or_restricted_field_is_in_any_client_paper(kit, sample, codes, elsewhere, forms):
    if "xlsx" in forms:
        pytest.importorskip("xlsxwriter")
    text, marks = the_canary_case(sample)
    assert {field for field, mark in marks.items() if mark not in text} == elsewhere

    files = packed(kit, text, forms=forms)

    ours = "".join(all_of(file) for file in files if file.audience != "client")
    theirs = [file for file in files if file.audience == "client"]
    assert "CANARY" in ours
    assert {file.paper.code for file in theirs} == codes
    for file in theirs:
        assert "CANARY" not in all_of(file) + file.path, file.path


@pytest.mark.parametrize("amount", ["500000", "1000000", "2500000", "220", "640"])
def test_a_promise_as_round_as_the_scale_of_a_chart_keeps_no_proposal_back(kit, amount):
    case = yaml.load((ROOT / "samples" / "late-payer.yaml").read_text("utf-8"), yaml.CBaseLoader)
    case["promises"] = [
        {"said": "2025-03-18", "amount": amount, "pay_by": "2025-03-19", "words": "It leaves on Friday"}
    ]
    promised = kit.check(yaml.safe_dump(case, allow_unicode=True), "case.yaml")

    files = kit.pack(promised, as_of=day("2025-03-20"), languages=("en",), forms=("docx", "html"), chosen=("C03",))

    assert len(list(files)) == 2


def test_no_figure_of_the_other_offers_is_in_the_proposal(kit):
    files = packed(kit, (ROOT / "samples" / "late-payer.yaml").read_text("utf-8"), forms=("docx",))

    for file in files:
        if file.audience == "client":
            said = re.sub(r"\D", "", text_in(file))
            for secret in ("1460000", "1130000", "1220000", "910000"):
                assert secret not in said, file.path


def numbers_in(file) -> set[str]:
    """The numbers in the cells of a spreadsheet, without the zeros behind a dot."""
    book = pytest.importorskip("openpyxl").load_workbook(io.BytesIO(file.content), data_only=True)
    cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
    return {f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in cells if isinstance(cell, int | float)}


def figures_in(file) -> set[str]:
    """Every number a reader of a finished file sees."""
    if file.form == "xlsx":
        return numbers_in(file)
    return set(re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d)", "", text_in(file))))


LIVE = {"after-meeting": ["C06"], "after-a-call": ["C06"], "after-a-missed-part": ["C06"], "chronic-promiser": []}


@EACH_SAMPLE
def test_the_papers_with_a_schedule_are_live_spreadsheets_too(kit, sample):
    pytest.importorskip("xlsxwriter")
    files = packed(kit, sample.read_text("utf-8"), languages=("hu",), forms=("xlsx",))

    assert LIVE.get(sample.stem, ["C03"]) == [file.paper.code for file in files]
    assert all(file.path.endswith(".hu.xlsx") for file in files)


def test_a_live_schedule_lies_beside_its_paper(kit):
    pytest.importorskip("xlsxwriter")
    sample = (ROOT / "samples" / "late-payer.yaml").read_text("utf-8")
    paper, live = (file for file in packed(kit, sample, ("en",), ("text", "xlsx")) if file.paper.code == "C03")

    assert paper.path.removesuffix("txt") == live.path.removesuffix("xlsx")


def test_a_live_schedule_holds_the_schedule_of_its_paper_and_of_no_other_offer(kit):
    pytest.importorskip("xlsxwriter")
    (live,) = packed(kit, (ROOT / "samples" / "late-payer.yaml").read_text("utf-8"), ("en",), ("xlsx",))
    case = kit.check((ROOT / "samples" / "late-payer.yaml").read_text("utf-8"), "case.yaml")
    opening, *others = kit.reckon(case, case.as_of).offers.all

    sums = {str(part.amount.amount) for part in opening.schedule.instalments}
    assert sums <= numbers_in(live)
    for offer in others:
        assert not ({str(part.amount.amount) for part in offer.schedule.instalments} - sums) & numbers_in(live)


@pytest.mark.parametrize("sample", ["late-payer.yaml", "after-meeting.yaml"])
def test_no_mark_of_an_internal_or_restricted_field_is_in_a_live_schedule(kit, sample):
    pytest.importorskip("xlsxwriter")
    text, _ = the_canary_case(sample)
    (live, *_) = packed(kit, text, forms=("xlsx",))

    assert "CANARY" not in all_of(live)


def test_the_same_case_gives_the_same_bytes_as_a_spreadsheet(kit):
    pytest.importorskip("xlsxwriter")
    sample = (ROOT / "samples" / "late-payer.yaml").read_text("utf-8")
    first, second = (packed(each, sample, ("en",), ("xlsx",))[0] for each in (kit, Kit(library())))

    assert first.content == second.content


def test_without_the_package_for_spreadsheets_a_pack_says_what_to_install(kit, monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)

    with pytest.raises(Refused, match=re.escape("install it with: pip install 'negotiation-kit[xlsx]'")):
        packed(kit, (ROOT / "samples" / "late-payer.yaml").read_text("utf-8"), ("en",), ("xlsx",))


OWN_PLANS = {
    "equal": "shape: equal, first: 37%, parts: 3, every: 9 days, round_to: 7",
    "rising": "shape: rising, parts: 3, every: month, growth: 13%, round_to: 7",
    "fixed": "shape: fixed, amount: 1234567, every: month, round_to: 1",
    "inside": "shape: equal, parts: 3, every: month, interest: inside, percent: 7.77, round_to: 7",
    "by hand": "shape: list, schedule: [{due: 2025-04-07, amount: 1234567}, {due: 2025-05-05, amount: 3615433}]",
}


@pytest.mark.parametrize("plan", OWN_PLANS.values(), ids=OWN_PLANS)
def test_a_plan_that_is_not_on_the_table_shows_no_figure_in_any_client_paper(kit, plan):
    pytest.importorskip("xlsxwriter")
    base = (ROOT / "samples" / "late-payer.yaml").read_text("utf-8").replace("meeting: {", "meeting: {table: opening, ")
    text = f"{base}\nplan: {{{plan}}}\n"
    case = kit.check(text, "case.yaml")
    offers = kit.reckon(case, case.as_of).offers
    shown = {part.amount for part in offers.opening.schedule.instalments} | {offers.base}
    ours = {str(part.amount.amount) for part in offers.plan.schedule.instalments if part.amount not in shown}
    assert ours

    for file in packed(kit, text, ("en",), ("docx", "xlsx")):
        if file.audience == "client":
            assert not figures_in(file) & (ours | {"7.77"}), file.path


def test_the_figures_of_a_plan_on_the_table_are_found_by_the_same_search(kit):
    """So that the test before this one looks where figures are."""
    pytest.importorskip("xlsxwriter")
    base = (ROOT / "samples" / "late-payer.yaml").read_text("utf-8")
    files = packed(kit, f"{base}\nplan: {{{OWN_PLANS['inside']}}}\n", ("en",), ("docx", "xlsx"))
    case = kit.check(f"{base}\nplan: {{{OWN_PLANS['inside']}}}\n", "case.yaml")
    ours = {str(part.amount.amount) for part in kit.reckon(case, case.as_of).offers.plan.schedule.instalments}

    word, sheet = (file for file in files if file.paper.code == "C03")
    assert ours <= figures_in(word)
    assert (ours | {"7.77"}) <= figures_in(sheet)


def in_euro(**changes) -> str:
    """A Hungarian case of EUR 9 000 with 19 days of delay, and what a test names."""
    case = {
        "case": "T-1",
        "jurisdiction": "HU",
        "currency": "EUR",
        "supplier": {"name": "Borostyán Festék Kft."},
        "client": {"name": "Példa Bútor Zrt.", "segment": "standard"},
        "invoices": [{"number": "A", "issued": "2025-02-12", "due": "2025-03-14", "amount": "9000.00"}],
        "meeting": {"day": "2025-04-07"},
    }
    return yaml.safe_dump(case | changes, allow_unicode=True, sort_keys=False)


INTEREST = "52.24"  # 9 000 x 11.15 x 19 / 36 500 = 52.2370
AS_OF = day("2025-04-02")


def told_by_audience(kit, text, as_of=AS_OF):
    """All a pack says in English, to the client and to our own people, by paper."""
    files = packed(kit, text, ("en",), ("text",), as_of)
    told = {file.paper.code: " ".join(text_in(file).split()) for file in files}
    theirs = {code: said for code, said in told.items() if code.startswith("C")}
    return theirs, {code: said for code, said in told.items() if code not in theirs}


def test_a_fixed_sum_nobody_has_decided_about_is_in_no_client_paper(kit):
    theirs, ours = told_by_audience(kit, in_euro(interest={"claim": "claimed"}))

    assert "EUR 40.00, to be claimed by 15 March 2026" in ours["D01"]
    assert not [code for code, said in theirs.items() if "40.00" in said or "fixed sum" in said]


def test_a_waived_fixed_sum_is_in_no_client_paper(kit):
    theirs, _ = told_by_audience(kit, in_euro(compensation={"claim": "waived"}))

    assert not [code for code, said in theirs.items() if "40.00" in said or "fixed sum" in said]


def test_a_claimed_fixed_sum_stands_in_the_statement_and_in_no_offer(kit):
    theirs, _ = told_by_audience(kit, in_euro(compensation={"claim": "claimed"}))

    assert "fixed sum for recovery costs, A 40.00" in theirs["C02"]
    assert "40.00" not in theirs["C03"]


@pytest.mark.parametrize(
    ("claim", "papers"),
    [
        ("claimed", {"C02", "C03", "C05"}),
        ("for information", {"C02", "C05"}),
        ("waived if kept", {"C02", "C03", "C05"}),
        ("not claimed", set()),
    ],
)
def test_interest_is_told_to_the_client_as_far_as_it_is_claimed(kit, claim, papers):
    theirs, _ = told_by_audience(kit, in_euro(interest={"claim": claim}))

    assert papers == {code for code, said in theirs.items() if INTEREST in said}


def test_interest_of_a_case_that_reckons_none_is_in_no_paper(kit):
    theirs, ours = told_by_audience(kit, in_euro())

    assert not [code for code, said in (theirs | ours).items() if INTEREST in said]


def test_interest_that_is_not_claimed_is_not_in_the_final_minutes_either(kit):
    case = yaml.safe_load((ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"))
    case["interest"], case["outcome"]["interest"] = {"claim": "not claimed"}, "not claimed"
    text = re.sub(r": (true|false)\b", lambda match: ": yes" if match[1] == "true" else ": no", yaml.safe_dump(case))
    reckoned = kit.check(text.replace("claim: not claimed", "claim: claimed"), "case.yaml")
    accrued = kit.reckon(reckoned, day("2025-03-24")).agreement.debt.interest.accrued
    theirs, _ = told_by_audience(kit, text, day("2025-03-24"))

    assert f"{accrued.amount:,}" == "19,267"  # 4 850 000 x 14.5 x 10 / 36 500
    assert not [code for code, said in theirs.items() if "19,267" in said]


def test_the_proposal_lies_apart_until_their_idea_is_heard(kit):
    files = packed(kit, (ROOT / "samples" / "late-payer.yaml").read_text("utf-8"), forms=("docx",))

    folders = {file.paper.code: file.path.rsplit("/", 1)[0] for file in files}
    assert folders["C03"] == "client/after-their-idea"
    assert folders["C05"] == "client"
    assert folders["D04"] == "restricted"
    assert folders["D01"] == "internal"


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("2025/017", "2025-017"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "case-CON"),
        ("Őz 1. ügy", "Őz-1-ügy"),
        ("...", "case-"),
        ("x" * 64, "x" * 64),
        ("/etc/passwd", "etc-passwd"),
        ("C:\\\\Windows", "C-Windows"),
        ("\\\\\\\\server\\\\share", "server-share"),
        ("aux", "case-aux"),
        ("Lpt1", "case-Lpt1"),
        ("com1.txt", "com1-txt"),
        ("x. . ", "x"),
        ("a:b*c?d", "a-b-c-d"),
        ("<b>|>", "b"),
        ("-rf", "rf"),
        ("~root/$HOME/%TEMP%", "root-HOME-TEMP"),
        ("Ű" + "ő" * 63, "Ű" + "ő" * 63),
        ("u\u0308gy", "ügy"),
        ("漢" * 64, "漢" * 42),
        ("\U0001f600", "case-"),
    ],
)
def test_a_case_number_makes_a_safe_file_name(kit, number, name):
    text = (ROOT / "samples" / "smallest.yaml").read_text("utf-8").replace("2025-018", f'"{number}"')

    assert packed(kit, text, ("en",), ("text",))[0].path == f"internal/{name}-D01-situation-sheet.en.txt"


def with_templates(**changes):
    """A kit with some templates other than ours; a template of None is taken out."""
    ours = library()
    templates = {**ours.templates, **changes}
    return Kit(replace(ours, templates={path: text for path, text in templates.items() if text is not None}))


MINUTES = "en/C05-minutes-to-fill.md"


def test_a_misspelt_field_is_refused_with_template_and_line():
    lines = library().templates[MINUTES].split("\n")
    lines[1] = "{{ client.nmae }}"
    kit = with_templates(**{MINUTES: "\n".join(lines)})

    with pytest.raises(Refused) as refused:
        packed(kit, (ROOT / "samples" / "smallest.yaml").read_text("utf-8"), ("en",), ("docx",))

    told = str(refused.value)
    assert f"{MINUTES}:2:" in told
    assert "nmae" in told
    assert "did you mean 'name'" in told


@pytest.mark.parametrize(
    ("line", "sample", "message"),
    [
        ("{{ client.segment }}", "smallest.yaml", r"client\.segment is internal"),
        ("HUF 1,{{ '460' }},000 in parts.", "late-payer.yaml", r"offers\.target is not for the client"),
    ],
)
def test_a_client_template_that_shows_something_of_ours_is_refused(line, sample, message):
    kit = with_templates(**{MINUTES: f"{library().templates[MINUTES]}\n{line}\n"})

    with pytest.raises(Refused, match=message):
        packed(kit, (ROOT / "samples" / sample).read_text("utf-8"), ("en",), ("docx",))


def test_an_unknown_language_is_refused(kit):
    case = kit.check((ROOT / "samples" / "smallest.yaml").read_text("utf-8"), "case.yaml")

    with pytest.raises(Refused, match="there are no papers in language 'xx'"):
        list(kit.pack(case, as_of=day("2025-03-18"), languages=("xx",)))


def test_a_day_no_calendar_knows_is_refused_not_guessed(kit):
    case = kit.check((ROOT / "samples" / "smallest.yaml").read_text("utf-8"), "case.yaml")

    with pytest.raises(Refused, match="outside calendar HU"):
        list(kit.pack(case, as_of=day("2040-03-18")))


def test_words_are_printed_in_the_language_of_the_paper(kit):
    files = packed(kit, (ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"), forms=("text",))

    said = {(file.paper.code, file.language): text_in(file) for file in files}
    assert "a large order three weeks late" in said["C04", "en"]
    assert "egy nagy megrendelést" in said["C04", "hu"]
    assert "three weeks late" not in said["C04", "hu"]


def test_words_in_one_language_serve_for_all(kit):
    text = (
        (ROOT / "samples" / "late-payer.yaml")
        .read_text("utf-8")
        .replace("{en: the start of the second plant, hu: a második üzem indulása}", "a második üzem indulása")
    )

    assert all(
        "a második üzem indulása" in text_in(file)
        for file in packed(kit, text, forms=("docx",))
        if file.paper.code == "C03"
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("{en: a, HU: b}", "expected languages like en or hu, not 'HU'"),
        ("[a, b]", "expected a text"),
        ("{}", "expected a text of 1 to 2000 characters"),
        ('""', "expected a text of 1 to 2000 characters"),
    ],
)
def test_words_that_are_neither_one_text_nor_one_a_language_are_refused(kit, words, message):
    text = (
        (ROOT / "samples" / "late-payer.yaml")
        .read_text("utf-8")
        .replace("{en: the start of the second plant, hu: a második üzem indulása}", words)
    )

    with pytest.raises(Refused, match=re.escape(message)):
        kit.check(text, "case.yaml")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"en/C05-minutes-to-fill.md": "Words without a title"}, "en/C05-minutes-to-fill.md has no title"),
        ({"en/C05-minutes-to-fill.md": "# For {{ client.name }}"}, "en/C05-minutes-to-fill.md has no title"),
        ({"en/C05-minutes-to-fill.md": None}, "there is no template 'C05-minutes-to-fill.md'"),
        ({"en/words.yaml": "tag: en-GB"}, "en/words.yaml cannot be used: words of en has no"),
        ({"en/reasons.yaml": "rule.G1: [a]"}, "en/words.yaml cannot be used"),
        ({"en/words.yaml": "tag: [en"}, "en/words.yaml:1"),
        ({"questions.yaml": "questions: []"}, "questions.yaml"),
        ({"en/header.md": "{% for %}"}, "en/header.md:1"),
    ],
)
def test_what_is_wrong_with_a_companys_own_templates_is_told(changes, message):
    kit = with_templates(**changes)

    with pytest.raises(Refused, match=re.escape(message)):
        packed(kit, (ROOT / "samples" / "smallest.yaml").read_text("utf-8"), ("en",), ("docx",))


ANSWERED = (
    (ROOT / "samples" / "late-payer.yaml").read_text("utf-8")
    + """
answers:
  - {question: Q-CAU-01, day: 2025-03-18, answer: "Varga Éva: a school pays late"}
  - {question: BF-COO-01, day: 2025-03-18, answer: Twelve colours}
"""
)
OWN_QUESTION = """\
off: [Q-CON-01]
questions:
  - id: BF-COO-01
    stage: COO
    prio: must
    when: always
    hu: {ask: Milyen színek kellenek?, why: w, hear: h, next: n}
    en: {ask: Which colours do you need?, why: w, hear: h, next: n}
"""


def question_sheet(kit, text=ANSWERED, language="en") -> str:
    return next(text_in(file) for file in packed(kit, text, (language,), ("text",)) if file.paper.code == "D06")


def test_a_question_that_was_answered_is_shown_as_known_and_not_asked(kit):
    known, asked = question_sheet(kit).split("Already known")[1].split("Contact", 1)

    assert "Varga Éva: a school pays late" in known
    assert "Q-CAU-01" not in asked
    assert "Q-CAU-02" in asked


def test_an_answer_to_a_question_that_is_not_at_hand_is_shown_too(kit):
    assert "BF-COO-01 Twelve colours" in question_sheet(kit)


def test_own_questions_lie_over_ours_without_a_copy_of_our_file(kit):
    own = with_templates(**{"own-questions.yaml": OWN_QUESTION})
    unanswered = (ROOT / "samples" / "late-payer.yaml").read_text("utf-8")
    said = question_sheet(own, unanswered)

    assert "BF-COO-01 Which colours do you need?" in said
    assert "Q-CON-01" in question_sheet(kit, unanswered)
    assert "Q-CON-01" not in said


def test_with_own_questions_at_hand_an_answer_to_none_of_them_is_refused():
    own = with_templates(**{"own-questions.yaml": OWN_QUESTION})

    with pytest.raises(Refused, match="answers\\[2\\].question is 'BF-COO-1'(?s:.*)did you mean BF-COO-01"):
        own.check(ANSWERED.replace("BF-COO-01", "BF-COO-1"), "case.yaml")


def test_an_own_task_stands_in_the_checklist():
    task = "tasks: [{id: bf_samples, before_bd: 3, who: [quality], when: always, en: Pack samples}]"
    own = with_templates(**{"own-checklist.yaml": task})
    files = packed(own, (ROOT / "samples" / "late-payer.yaml").read_text("utf-8"), ("en",), ("text",))

    assert "Pack samples" in next(text_in(file) for file in files if file.paper.code == "D03")


def test_an_own_line_of_the_playbook_stands_in_the_guide():
    line = "lines: [{id: bf_a, kind: objection, when: always, en: {says: No colour sells., answer: Which came back?}}]"
    own = with_templates(**{"own-playbook.yaml": line})
    files = packed(own, (ROOT / "samples" / "late-payer.yaml").read_text("utf-8"), ("en",), ("text",))

    assert "Which came back?" in next(text_in(file) for file in files if file.paper.code == "D07")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("own-questions.yaml", "off: [Q-CAU-1]", "own-questions.yaml:1:7: off[1] is 'Q-CAU-1'"),
        (
            "own-questions.yaml",
            OWN_QUESTION.replace("    en:", "    de:"),
            "own-questions.yaml:8:9: BF-COO-01 speaks de",
        ),
        (
            "own-questions.yaml",
            OWN_QUESTION.partition("    en:")[0],
            "own-questions.yaml:3:5: BF-COO-01 does not speak en",
        ),
        ("own-checklist.yaml", "off: [pen]", "own-checklist.yaml:1:7: off[1] is 'pen'"),
        (
            "own-checklist.yaml",
            "meeting_kit: [{id: bf_chart, place: table, hu: színkártya}]",
            "own-checklist.yaml:1:15: bf_chart does not speak en",
        ),
    ],
)
def test_what_is_wrong_with_own_questions_and_tasks_is_told_with_its_line(name, text, message):
    kit = with_templates(**{name: text})

    with pytest.raises(Refused, match=re.escape(message)):
        packed(kit, (ROOT / "samples" / "late-payer.yaml").read_text("utf-8"), ("en",), ("docx",))


def test_the_file_for_legal_holds_nothing_of_the_restricted_circle(kit):
    text = next(path for path in SAMPLES if path.stem == "key-client-beyond").read_text("utf-8")
    case = kit.check(text, "case.yaml")

    (file,) = kit.pack(case, as_of=case.as_of, languages=("en",), chosen=("D13",))

    assert file.path.startswith("legal/")
    everything = all_of(file)
    restricted = [person.values for person in case.client.people if person.values] + [
        each.what for each in case.decisions
    ]
    assert restricted
    assert not [secret for secret in restricted if secret and secret in everything]


def test_final_minutes_with_a_line_to_write_on_are_told_beside_the_file(kit):
    text = (ROOT / "samples" / "after-meeting.yaml").read_text("utf-8").replace("  seat: 9700", "  # 9700")
    case = kit.check(text, "case.yaml")
    (file,) = kit.pack(case, as_of=day("2025-03-24"), languages=("en",), forms=("text",), chosen=("C04",))

    assert file.warnings == ("left empty, to be written in by hand or into the case: client.seat",)
    assert re.search(r"Registered office  +9024 Győr, Mintakert utca 4\.  +____", file.content.decode("utf-8"))


def test_final_minutes_have_no_row_that_no_side_could_fill(kit):
    text = re.sub(r"(?m)^  tax_number: .*\n", "", (ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"))
    case = kit.check(text, "case.yaml")
    said = {
        file.paper.code: file.content.decode("utf-8")
        for file in kit.pack(case, as_of=day("2025-03-24"), languages=("en",), forms=("text",), chosen=("C04", "C05"))
    }

    assert "Tax number" not in said["C04"]
    assert "Tax number" in said["C05"]
