import json
import os
import re

import pytest
from click.testing import CliRunner
from making import ROOT, SAMPLES

from negotiation_kit.cli import main

LATE_PAYER = str(ROOT / "samples" / "late-payer.yaml")
EIGHT = """\
case: 2025-017
jurisdiction: HX
curency: HUF
currency: HUF
supplier:
  name: Borostyán Festék Kft.
client:
  name: Példa Bútor Zrt.
  segment: keyy
invoices:
  - {number: SZ-211, issued: 2025-02-31, due: 2025-03-14, amount: 1,5}
  - {number: SZ-212, issued: 2025-02-12, due: 2025-03-14, amount: "1,5"}
payments:
  - {day: 2025-03-20, amount: 100, invoice: SZ-999}
meeting: {day: 24.03.2025, at: "25:00"}
"""


def run(*arguments):
    return CliRunner().invoke(main, [str(each) for each in arguments])


def test_a_pack_is_listed_by_audience_and_an_edited_paper_stops_the_next(tmp_path):
    done = run("pack", LATE_PAYER, "--out", tmp_path, "--language", "en")

    assert done.exit_code == 0, done.output
    heads = [line for line in done.output.splitlines() if line.endswith(":")]
    assert heads == [
        "for the client:",
        "for us only:",
        "for the manager, the superior and the first person only:",
    ]
    assert "2025-017-C05-minutes-to-fill.en.docx" in done.output
    assert "as of 2025-03-20" in done.output
    again = run("pack", LATE_PAYER, "--out", tmp_path, "--language", "en")
    assert again.output.count("(unchanged)") == again.output.count(".docx") + again.output.count("index.html") > 1
    next(tmp_path.rglob("*C05*.docx")).write_bytes(b"filled in by hand")
    edited = run("pack", LATE_PAYER, "--out", tmp_path, "-l", "en")
    assert edited.exit_code == 1
    assert "was edited since the kit wrote it" in edited.output
    assert next(tmp_path.rglob("*C05*.docx")).read_bytes() == b"filled in by hand"


@pytest.mark.slow
def test_forms_languages_and_the_day_are_options(tmp_path):
    done = run(
        "pack",
        LATE_PAYER,
        "--out",
        tmp_path,
        "-l",
        "hu",
        "--format",
        "html",
        "--format",
        "text",
        "--as-of",
        "2025-03-21",
    )

    assert done.exit_code == 0, done.output
    assert {path.suffix for path in tmp_path.rglob("*-D01-*")} == {".html", ".txt"}
    assert "as of 2025-03-21" in done.output


def test_eight_mistakes_are_told_at_once_with_line_and_column(tmp_path):
    case = tmp_path / "case.yaml"
    case.write_text(EIGHT, "utf-8")

    done = run("check", case)

    assert done.exit_code == 1
    places = re.findall(rf"{re.escape(str(case))}:(\d+):(\d+): ", done.output)
    assert {int(line) for line, _ in places} == {2, 3, 9, 11, 12, 14, 15}
    assert len(places) >= 8
    assert "Traceback" not in done.output


def test_problems_as_json_for_editors(tmp_path):
    case = tmp_path / "case.yaml"
    case.write_text(EIGHT, "utf-8")

    done = run("check", case, "--json")

    problems = json.loads(done.stdout)
    assert done.exit_code == 1
    assert {"file", "line", "column", "message", "hint"} == set(problems[0])
    assert len(problems) >= 8


def test_every_sample_is_in_order():
    done = run("check", *SAMPLES)

    assert done.exit_code == 0, done.output
    assert done.output.count(": in order") == len(SAMPLES)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[" * 50_000,
        "{" * 50_000,
        "- " * 50_000,
        "a: &a [1]\n" + "\n".join(f"{chr(98 + n)}: &{chr(98 + n)} [*a, *a]" for n in range(9)),
        "case: !!python/object/apply:os.system [true]",
        "just words",
        "- a list",
        "case: 1\n---\ncase: 2",
        "\x00\x01",
    ],
    ids=["empty", "brackets", "braces", "dashes", "aliases", "tag", "words", "list", "two", "binary"],
)
def test_hostile_files_are_refused_without_a_traceback(tmp_path, text):
    case = tmp_path / "case.yaml"
    case.write_text(text, "utf-8")

    for done in (run("check", case), run("pack", case, "--out", tmp_path / "pack")):
        assert done.exit_code == 1
        assert isinstance(done.exception, SystemExit)
        assert "problem" in done.output
    assert not (tmp_path / "pack").exists()


def test_a_folder_or_nothing_instead_of_a_case_is_refused(tmp_path):
    assert run("check", tmp_path).exit_code == 1
    assert run("check", tmp_path / "none.yaml").exit_code == 1


@pytest.mark.parametrize(
    "arguments", [("pack",), ("pack", LATE_PAYER), ("pak",), ("check",), ("pack", "--format", "pdf")]
)
def test_wrong_usage_is_two(arguments):
    assert run(*arguments).exit_code == 2


def test_new_writes_a_case_that_can_be_packed_at_once(tmp_path):
    case = tmp_path / "first.yaml"

    assert run("new", case).exit_code == 0
    assert case.read_text("utf-8").startswith("# yaml-language-server: $schema=case.schema.json\n")
    assert json.loads((tmp_path / "case.schema.json").read_text("utf-8"))["title"]
    done = run("pack", case, "--out", tmp_path / "pack", "-l", "hu", "--format", "text")
    assert done.exit_code == 0, done.output


def test_new_overwrites_nothing(tmp_path):
    case = tmp_path / "first.yaml"
    case.write_text("mine", "utf-8")

    done = run("new", case)

    assert done.exit_code == 1
    assert case.read_text("utf-8") == "mine"


def test_papers_are_listed_with_audience_and_time():
    done = run("papers")

    assert done.exit_code == 0
    for code in ("D01", "D03", "D04", "D06", "C03", "C04", "C05", "C06"):
        assert re.search(rf"^{code}  .+ (internal|restricted|client)$", done.output, re.MULTILINE)


def test_the_schema_is_json_and_knows_every_top_field():
    schema = json.loads(run("schema").output)

    assert {"case", "client", "invoices", "outcome"} <= set(schema["properties"])


def test_a_pack_for_an_editor_is_json_alone(tmp_path):
    done = run("pack", ROOT / "samples" / "smallest.yaml", "--out", tmp_path, "-l", "en", "--format", "text", "--json")

    assert json.loads(done.stdout) == []
    assert "as of 2025-03-18" in done.stderr


TWO_BREAKFASTS = ROOT / "samples" / "two-breakfasts.yaml"
SUBJECTS = ("interest", "allocation", "schedule", "clock", "offers")
HALF_YEAR = (
    "interest",
    "4850000",
    "HUF",
    "--due",
    "2026-06-10",
    "--as-of",
    "2026-07-20",
    "--paid",
    "2026-06-20=1850000",
)
NEXT_YEAR = ("interest", "1000000", "HUF", "--due", "2026-12-20", "--as-of", "2027-02-01")
EQUAL = "equal, first: 30%, parts: 4, every: 14 days"
START = ("--start", "2025-03-24")


def table(text):
    """The lines of a text, blanks joined."""
    return [" ".join(line.split()) for line in text.splitlines()]


def asked(*arguments):
    """A question about 1 000.00, with what a test names."""
    return run("interest", "1000.00", *arguments)


@pytest.mark.parametrize(("what", "language"), [*zip(SUBJECTS, ("hu", "en", "hu", "en", "hu"), strict=True)])
def test_every_subject_is_explained_in_the_language_asked_for(what, language):
    done = run("explain", TWO_BREAKFASTS, "--what", what, "-l", language)

    assert done.exit_code == 0, done.output
    assert "Ukážka Potraviny s.r.o." in done.stdout
    assert done.stderr == ""


def test_interest_is_explained_when_nothing_is_said():
    assert run("explain", TWO_BREAKFASTS).output == run("explain", TWO_BREAKFASTS, "--what", "interest").output


@pytest.mark.parametrize("what", SUBJECTS)
def test_every_explanation_is_data_for_other_programs_too(what):
    done = run("explain", TWO_BREAKFASTS, "--what", what, "--json")
    told = json.loads(done.stdout)

    assert ("2026-041", "2026-05-05", False) == (told["case"], told["as_of"], told["assumed"])
    assert done.stderr == ""


def test_amounts_are_exact_text_in_data():
    told = json.loads(run("explain", TWO_BREAKFASTS, "--json").stdout)

    assert {"amount": "117.92", "currency": "EUR"} == told["interest"]["accrued"]
    assert ["10.15"] * 3 == [line["percent"] for line in told["interest"]["segments"]]
    assert "8534.27" == told["interest"]["segments"][1]["principal"]["amount"]


def test_a_case_is_explained_for_another_day():
    done = run("explain", TWO_BREAKFASTS, "--as-of", "2026-04-24")

    assert "As of: Friday, 24 April 2026" in table(done.stdout)
    assert "In all 58.18" not in table(done.stdout)
    assert not [line for line in table(done.stdout) if line.startswith("F-26/0112 25 Apr")]


def test_a_case_without_interest_says_that_its_interest_is_assumed():
    smallest = ROOT / "samples" / "smallest.yaml"

    assert "The case reckons no interest." in run("explain", smallest).stdout
    assert "Az ügy nem számol kamatot." in run("explain", smallest, "-l", "hu").stdout
    assert json.loads(run("explain", smallest, "--json").stdout)["assumed"] is True
    assert json.loads(run("explain", smallest, "--json", "--what", "clock").stdout)["assumed"] is False


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("explain", LATE_PAYER, "--what", "weather"), 2, "'weather' is not one of"),
        (("explain", LATE_PAYER, "-l", "xx"), 1, "there are no papers in language 'xx'"),
        (("explain", LATE_PAYER, "--as-of", "20.03.2025"), 2, "does not match the format"),
        (("explain", "none.yaml"), 1, "none.yaml is not there"),
        (("explain",), 2, "Missing argument 'CASE'"),
    ],
)
def test_what_cannot_be_explained_is_told(arguments, code, told):
    done = run(*arguments)

    assert (code, True) == (done.exit_code, told in done.output), done.output


def test_interest_over_a_new_half_year_with_a_part_payment_shows_each_line():
    done = run(*HALF_YEAR)

    assert done.exit_code == 0, done.output
    lines = [line for line in table(done.stdout) if re.match(r"1 (\d+ \w+ 2026 –|[\d,]+$)", line)]
    assert lines == [
        "1 11 Jun 2026 – 20 Jun 2026 10 / 365 4,850,000 14.5% 19,267.12",
        "1 21 Jun 2026 – 30 Jun 2026 10 / 365 3,000,000 14.5% 11,917.81",
        "1 1 Jul 2026 – 20 Jul 2026 20 / 365 3,000,000 14% 23,013.70",
        "1 54,199",
    ]


def test_the_same_question_as_data_has_the_same_lines():
    told = json.loads(run(*HALF_YEAR, "--json").stdout)["interest"]

    assert {"amount": "54199", "currency": "HUF"} == told["accrued"]
    assert [(10, "4850000", "14.50"), (10, "3000000", "14.50"), (20, "3000000", "14.00")] == [
        (line["days"], line["principal"]["amount"], line["percent"]) for line in told["segments"]
    ]


def test_the_question_is_answered_in_hungarian():
    assert "1 54 199" in table(run(*HALF_YEAR, "-l", "hu").stdout)


@pytest.mark.parametrize(
    ("terms", "line", "total"),
    [
        ("percent: 2, per: month, source: contract", "45 / 365 1,000.00 24% 29.5890", "29.59"),
        ("percent: 0.05, per: day, source: contract", "45 1,000.00 0.05% 22.5000", "22.50"),
        ("percent: 12, source: contract, basis: actual/360", "45 / 360 1,000.00 12% 15.0000", "15.00"),
    ],
)
def test_a_contracts_rate_is_for_a_year_a_month_or_a_day(terms, line, total):
    done = asked("EUR", "--law", "DE", "--due", "2025-01-31", "--as-of", "2025-03-17", "--terms", terms)

    assert f"1 1 Feb 2025 – 17 Mar 2025 {line}" in table(done.stdout)
    assert f"1 {total}" in table(done.stdout)


@pytest.mark.parametrize(
    ("law", "currency", "terms", "total"),
    [
        ("HU", "EUR", "", "11.67"),
        ("EU", "EUR", "", "11.67"),
        ("GB-EAW", "GBP", "", "13.97"),
        ("DE", "EUR", "", "11.80"),
        ("AT", "EUR", "", "12.31"),
        ("PL", "PLN", "", "16.99"),
        ("CZ", "CZK", "", "13.15"),
        ("SK", "EUR", "", "12.22"),
        ("SK", "EUR", "method: each half-year", "11.67"),
        ("RO", "RON", "rates: [{since: 2025-01-01, percent: 6.50, source: bnr.ro, until: 2025-12-31}]", "15.89"),
        ("UA", "EUR", "", "3.29"),
        ("RU", "RUB", "", "21.92"),
    ],
)
def test_forty_days_of_delay_under_every_law(law, currency, terms, total):
    done = asked(currency, "--law", law, "--due", "2025-06-10", "--as-of", "2025-07-20", "--terms", terms, "--json")

    assert done.exit_code == 0, done.output
    assert {"amount": total, "currency": currency} == json.loads(done.stdout)["interest"]["accrued"]


def test_in_hryvnia_the_price_index_is_asked_for_and_then_comes_on_top():
    question = ("UAH", "--law", "UA", "--due", "2025-09-10", "--as-of", "2025-10-20")
    indices = "inflation: [{month: 2025-09, percent: 100.3, source: s}, {month: 2025-10, percent: 100.9, source: s}]"
    without, with_them = asked(*question), asked(*question, "--terms", indices)

    assert (1, 0) == (without.exit_code, with_them.exit_code)
    assert "the price index of 2025-09 is not known" in without.stderr
    assert "write it under interest.inflation: {month: 2025-09," in without.stderr
    assert "1 15.32" in table(with_them.stdout)  # 3.29 of interest, 1.003 x 1.009: 12.03 of inflation


def test_a_rate_beyond_the_known_data_is_asked_for_by_series_day_and_place():
    done = run(*NEXT_YEAR)

    assert done.exit_code == 1
    assert "the base rate of the Magyar Nemzeti Bank on 2027-01-01 is not known: it is known up to" in done.stderr
    assert "interest.rates: {since: 2027-01-01, percent: ..., source: ...}" in done.stderr
    assert "--rates" in done.stderr
    assert done.stdout == ""


def test_a_file_of_rates_is_no_way_out_where_there_is_no_series():
    done = asked("USD", "--due", "2025-06-10", "--as-of", "2025-07-20")

    assert "the reference rate for USD on 2025-01-01 is not known: the kit has no figures of it" in done.stderr
    assert "--rates" not in done.stderr


def rates_file(folder, name="rates.yaml", series="mnb_base_rate", known_to="2027-06-30", values=("2026-12-16: 5.25",)):
    told = "".join(f"      - {{since: {value.replace(': ', ', percent: ')}}}\n" for value in values)
    path = folder / name
    path.write_text(
        f"rates:\n  - series: {series}\n    known_to: {known_to}\n    source: mnb.hu, read on 4 January 2027\n"
        f"    values:\n{told}",
        "utf-8",
    )
    return path


def test_newer_rates_make_the_question_answerable(tmp_path):
    done = run("--rates", rates_file(tmp_path), *NEXT_YEAR)

    assert done.exit_code == 0, done.output
    assert "1 1 Jan 2027 – 1 Feb 2027 32 / 365 1,000,000 13.25% 11,616.44" in table(done.stdout)
    assert "Source: mnb.hu, read on 4 January 2027" in done.stdout


def test_newer_rates_lie_over_ours_for_their_own_days_only(tmp_path):
    done = run("--rates", rates_file(tmp_path, values=("2026-07-01: 9",)), *HALF_YEAR)

    assert "1 21 Jun 2026 – 30 Jun 2026 10 / 365 3,000,000 14.5% 11,917.81" in table(done.stdout)
    assert "1 1 Jul 2026 – 20 Jul 2026 20 / 365 3,000,000 17% 27,945.21" in table(done.stdout)


def test_the_last_of_several_files_of_rates_lies_on_top(tmp_path):
    first = rates_file(tmp_path)
    second = rates_file(tmp_path, "later.yaml", values=("2027-01-01: 4",))
    done = run("--rates", first, "--rates", second, *NEXT_YEAR)

    assert "1 1 Jan 2027 – 1 Feb 2027 32 / 365 1,000,000 12% 10,520.55" in table(done.stdout)


def test_newer_rates_can_be_named_once_for_all_commands(tmp_path, monkeypatch):
    first = rates_file(tmp_path)
    second = rates_file(tmp_path, "later.yaml", values=("2027-01-01: 4",))
    monkeypatch.setenv("NEGOTIATION_KIT_RATES", f"{first}{os.pathsep}{second}")

    assert "12%" in run(*NEXT_YEAR).stdout
    assert run("check", LATE_PAYER).exit_code == 0


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"series": "mnb_base"}, ":2:13: there is no series 'mnb_base'"),
        (
            {"values": ("2026-12-16: 5", "2026-11-16: 6")},
            ":7:17: values[2].since is 2026-11-16, not after 2026-12-16",
        ),
        ({"known_to": "2026-12-01"}, ":6:17: values[1].since is 2026-12-16, after known_to (2026-12-01)"),
        ({"values": ("2026-12-16: 5,25",)}, ":6:"),
        ({"known_to": "04.01.2027"}, ":3:15: rates[1].known_to is '04.01.2027', expected a day like 2025-03-14"),
    ],
)
def test_a_wrong_file_of_rates_is_refused_at_its_place(tmp_path, changes, told):
    path = rates_file(tmp_path, **changes)

    for arguments in (
        NEXT_YEAR,
        ("check", LATE_PAYER),
        ("explain", LATE_PAYER),
        ("plan", "100", "HUF", "whole", *START),
    ):
        done = run("--rates", path, *arguments)
        assert done.exit_code == 1
        assert f"{path}{told}" in done.stderr


def test_a_file_of_rates_that_is_not_there_is_refused(tmp_path):
    done = run("--rates", tmp_path / "none.yaml", *NEXT_YEAR)

    assert (1, True) == (done.exit_code, "none.yaml is not there" in done.stderr)


@pytest.mark.parametrize(
    ("amount", "currency", "told"),
    [
        ("1,5", "EUR", "invoices[1].amount is '1,5', expected an amount like 1234.50"),
        ("1 000", "EUR", "invoices[1].amount is '1 000', expected an amount like 1234.50"),
        ("1e3", "EUR", "invoices[1].amount is '1e3', expected an amount like 1234.50"),
        ("EUR 5", "EUR", "invoices[1].amount is 'EUR 5', expected an amount like 1234.50"),
        ("", "EUR", "invoices[1].amount is '', expected an amount like 1234.50"),
        ("0", "EUR", "invoices[1].amount is 0"),
        ("1.555", "EUR", "invoices[1].amount is 1.555, but EUR is paid in at most 2 decimals"),
        ("1.5", "HUF", "invoices[1].amount is 1.5, but HUF is paid in whole units"),
        ("100", "huf", "currency is 'huf', expected a currency code like EUR"),
        ("100", "HFU", "currency is 'HFU', no currency of ISO 4217"),
        ("100", "EURO", "currency is 'EURO', expected a currency code like EUR"),
        ("100", "", "currency is '', expected a currency code like EUR"),
    ],
)
def test_a_wrong_sum_or_currency_is_refused(amount, currency, told):
    for done in (
        run("interest", amount, currency, "--due", "2025-06-10", "--as-of", "2025-07-20"),
        run("plan", amount, currency, "whole", *START),
    ):
        assert (1, True) == (done.exit_code, told in done.stderr), done.output
        assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ((), 2, "Missing option '--due'"),
        (("--due", "10.06.2025"), 2, "does not match the format"),
        (("--due", "2025-02-30"), 2, "does not match the format"),
        (("--due", "1025-02-20"), 1, "expected a day between 1990 and 2100"),
        (("--due", "2025-06-10", "--as-of", "2025-06-31"), 2, "does not match the format"),
        (("--due", "2025-06-10", "--law", "XX"), 1, "jurisdiction is 'XX', expected one of HU, EU, GB-EAW"),
        (("--due", "2025-06-10", "--law", "de"), 1, "did you mean 'DE'?"),
        (("--due", "2025-06-10", "--terms", "percent: 2"), 1, "interest.source is missing"),
        (("--due", "2025-06-10", "--terms", "percnt: 2"), 1, "did you mean 'percent'?"),
        (("--due", "2025-06-10", "--terms", "method: each half-year"), 1, "which HU does not have"),
        (("--due", "2025-06-10", "-l", "xx"), 1, "there are no papers in language 'xx'"),
    ],
)
def test_a_wrong_question_about_interest_is_told(arguments, code, told):
    done = asked("EUR", *arguments)

    assert (code, True) == (done.exit_code, told in done.stderr), done.output


@pytest.mark.parametrize(
    "paid", ["2025-06-20", "=5", "2025-06-20=", "20.06.2025=5", "2025-06-31=5", "20250620=5", "2025-W25-5=5", "", "5"]
)
def test_a_payment_that_is_none_is_wrong_usage(paid):
    done = asked("EUR", "--due", "2025-06-10", "--paid", paid)

    assert done.exit_code == 2
    assert f"{paid!r} is no payment like 2025-03-24=1850000" in done.stderr


@pytest.mark.parametrize(
    ("paid", "told"),
    [
        ("2025-06-20=5,5", "payments[1].amount is '5,5', expected an amount like 1234.50"),
        ("2025-06-20=-5", "an amount is never negative"),
        ("2025-06-20=5=6", "payments[1].amount is '5=6', expected an amount like 1234.50"),
        ("2025-06-20=5.555", "payments[1].amount is 5.555, but EUR is paid in at most 2 decimals"),
    ],
)
def test_a_payment_of_a_wrong_sum_is_refused(paid, told):
    done = asked("EUR", "--due", "2025-06-10", "--as-of", "2025-07-20", "--paid", paid)

    assert (1, True) == (done.exit_code, told in done.stderr), done.output


def test_a_payment_before_the_due_day_lowers_what_bears_interest():
    done = asked("EUR", "--due", "2025-06-10", "--as-of", "2025-06-20", "--paid", "2025-05-01=400")

    assert "1 11 Jun 2025 – 20 Jun 2025 10 / 365 600.00 11.15% 1.8329" in table(done.stdout)


SHAPES = {
    "whole": ["4,850,000 0"],
    EQUAL: ["1,460,000 3,390,000", "1,130,000 2,260,000", "1,130,000 1,130,000", "1,130,000 0"],
    "shares, shares: [40%, 1000000, rest], every: 2 weeks": [
        "1,940,000 2,910,000",
        "1,000,000 1,910,000",
        "1,910,000 0",
    ],
    "rising, parts: 3, every: month, growth: 25%": ["1,290,000 3,560,000", "1,610,000 1,950,000", "1,950,000 0"],
    "falling, parts: 2, every: month, growth: 50%": ["3,240,000 1,610,000", "1,610,000 0"],
    "balloon, parts: 2, every: month, interest: inside, percent: 8": ["2,126 4,850,000", "4,881,890 0"],
    "seasonal, months: [may, june], on: last": ["2,430,000 2,420,000", "2,420,000 0"],
    "receipts, receipts: [{day: 2025-04-05, amount: 9700000, source: school}]": ["4,850,000 0"],
    "fixed, amount: 2500000, every: month": ["2,500,000 2,350,000", "2,350,000 0"],
    "carry, amount: 2500000, every: month": ["2,430,000 2,420,000", "2,420,000 0"],
    "list, schedule: [{due: 2025-03-26, amount: 1460000}, {due: 2025-04-09, amount: 3390000}]": [
        "1,460,000 3,390,000",
        "3,390,000 0",
    ],
}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.partition(",")[0])
def test_every_shape_of_a_plan_is_laid(shape):
    done = run("plan", "4850000", "HUF", shape, *START, "--json")

    assert done.exit_code == 0, done.output
    parts = json.loads(done.stdout)["schedule"]["instalments"]
    assert SHAPES[shape] == [f"{int(part['amount']['amount']):,} {int(part['left']['amount']):,}" for part in parts]


def test_a_plan_as_data_holds_its_parts():
    told = json.loads(run("plan", "4850000", "HUF", EQUAL, *START, "--json").stdout)

    assert ["2025-03-26", "2025-04-09", "2025-04-23", "2025-05-07"] == [
        part["due"] for part in told["schedule"]["instalments"]
    ]
    assert {"amount": "4850000", "currency": "HUF"} == told["schedule"]["total"]


def test_a_plan_in_hungarian_has_the_same_sums():
    assert "1 130 000" in run("plan", "4850000", "HUF", EQUAL, *START, "-l", "hu").stdout.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        ("equal, parts: 3", "plan.every is missing: shape equal needs it"),
        ("whole, parts: 4", "plan.parts has no meaning for shape whole"),
        ("balloon, parts: 3, every: month", "write interest: inside"),
        ("balloon, parts: 3, every: month, interest: inside", "write plan.percent"),
        ("equal, parts: 0, every: month", "plan.parts is 0, expected 1 to 240"),
        ("list, schedule: [{due: 2025-03-26, amount: 1}]", "HUF 4849999 missing"),
        ("circle", "plan.shape is 'circle', expected one of whole, equal"),
        ("", "plan.shape is empty"),
        ("equal parts: 4", "unknown field 'equal parts'"),
    ],
)
def test_a_wrong_plan_is_refused(shape, told):
    done = run("plan", "4850000", "HUF", shape, *START)

    assert (1, True) == (done.exit_code, told in done.stderr), done.output
    assert done.stdout == ""


def test_two_calendars_are_the_days_on_which_both_sides_work():
    alone = run("plan", "1000", "HUF", "list, schedule: [{due: 2025-05-29, amount: 1000}]", *START)
    both = ("--calendar", "HU", "--calendar", "AT")
    joint = run("plan", "1000", "HUF", "whole, first_day: 2025-05-29", *START, *both)

    assert "1 Thursday, 29 May 2025 1,000 0" in table(alone.stdout)
    assert "1 Wednesday, 28 May 2025 1,000 0" in table(joint.stdout)
    assert "Thursday, 29 May 2025 Wednesday, 28 May 2025 Austria: public holiday (Ascension Day)" in table(joint.stdout)


@pytest.mark.parametrize(
    ("options", "told"),
    [(("--calendar", "XX"), "there is no calendar 'XX'"), (("--law", "UA"), "there is no calendar 'UA'")],
)
def test_a_calendar_nobody_has_is_refused(options, told):
    done = run("plan", "1000", "HUF", "whole", *START, *options)

    assert (1, True) == (done.exit_code, told in done.stderr), done.output


def test_a_day_outside_the_calendar_is_refused():
    done = run("plan", "1000", "HUF", "whole, first_day: 2040-05-29", *START)

    assert (1, True) == (done.exit_code, "outside calendar HU" in done.stderr), done.output


def test_a_plan_is_written_as_a_live_spreadsheet_and_never_over_another_file(tmp_path):
    pytest.importorskip("xlsxwriter")
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "plan.xlsx"

    done = run("plan", "4850000", "HUF", EQUAL, *START, "--xlsx", path)
    assert done.exit_code == 0, done.output
    assert f"{path} is ready." in done.stderr
    assert 1460000 in [cell.value for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]
    first = path.read_bytes()
    again = run("plan", "4850000", "HUF", "whole", *START, "--xlsx", path)
    assert again.exit_code == 1
    assert "is there already" in again.stderr
    assert first == path.read_bytes()


def test_no_spreadsheet_is_left_of_a_plan_that_is_refused(tmp_path):
    path = tmp_path / "plan.xlsx"

    assert run("plan", "4850000", "HUF", "equal", *START, "--xlsx", path).exit_code == 1
    assert not path.exists()


def test_data_and_a_spreadsheet_at_once_leave_the_data_alone_on_standard_output(tmp_path):
    pytest.importorskip("xlsxwriter")
    done = run("plan", "4850000", "HUF", "whole", *START, "--json", "--xlsx", tmp_path / "plan.xlsx")

    assert "schedule" in json.loads(done.stdout)


@pytest.fixture
def cases(tmp_path):
    """A folder with two sound cases, a policy, and a broken one."""
    folder = tmp_path / "cases"
    folder.mkdir()
    for name in ("late-payer", "smallest"):
        (folder / f"{name}.yaml").write_text((ROOT / "samples" / f"{name}.yaml").read_text("utf-8"), "utf-8")
    (folder / "policy.yaml").write_text("version: 2025-01\n", "utf-8")
    return folder


def test_a_folder_of_cases_is_a_worklist(cases):
    done = run("portfolio", cases, "--as-of", "2025-03-20")

    assert 0 == done.exit_code, done.output
    assert "Worklist of 20 March 2025" in done.stdout
    assert done.stdout.index("What cannot wait") < done.stdout.index("2025-018") < done.stdout.index("2025-017")
    assert "" == done.stderr


def test_a_broken_case_is_told_beside_the_worklist(cases):
    (cases / "broken.yaml").write_text(EIGHT, "utf-8")

    done = run("portfolio", cases, "--as-of", "2025-03-20")

    assert 1 == done.exit_code
    assert "files that could not be read: 1" in done.stdout
    assert "2025-018" in done.stdout
    assert f"{cases / 'broken.yaml'}:2:" in done.stderr
    assert "more; see: negotiation-kit check" in done.stderr
    assert "1 file is not in the list." in done.stderr


def test_broken_cases_without_a_place_are_told_by_name(cases):
    for name in ("a", "b"):
        (cases / f"{name}.yaml").write_bytes(b"case: \xff")

    done = run("portfolio", cases, "--as-of", "2025-03-20")

    assert f"{cases / 'b.yaml'}" in done.stderr
    assert "2 files are not in the list." in done.stderr


def test_the_worklist_is_written_in_every_form_and_again_the_next_day(cases, tmp_path):
    pytest.importorskip("xlsxwriter")
    files = {option: tmp_path / f"worklist.{option}" for option in ("html", "csv", "xlsx")}
    options = [each for option, path in files.items() for each in (f"--{option}", path)]

    for day in ("2025-03-20", "2025-03-21"):
        done = run("portfolio", cases, "--as-of", day, "--language", "hu", *options)

        assert 0 == done.exit_code, done.output
        assert 3 == done.stderr.count("is ready.")
    assert "2025. március 21." in files["html"].read_text("utf-8")


def test_an_edited_worklist_is_not_overwritten(cases, tmp_path):
    (tmp_path / "worklist.html").write_text("mine", "utf-8")

    done = run("portfolio", cases, "--as-of", "2025-03-20", "--html", tmp_path / "worklist.html")

    assert 1 == done.exit_code
    assert "was not written by the kit, or edited since" in done.stderr
    assert "All cases" in done.stdout


def test_the_worklist_as_data_tells_what_is_left_out(cases):
    (cases / "broken.yaml").write_text("case: 1\n", "utf-8")

    done = run("portfolio", cases, "--as-of", "2025-03-20", "--json")

    told = json.loads(done.stdout)
    assert 1 == done.exit_code
    assert ["2025-018", "2025-017"] == [row["case"] for row in told["rows"]]
    assert [str(cases / "broken.yaml")] == [each["file"] for each in told["left_out"]]


def test_a_folder_without_a_case_is_refused(tmp_path):
    done = run("portfolio", tmp_path)

    assert 1 == done.exit_code
    assert "holds no case" in done.stderr


def test_without_a_day_the_worklist_is_of_today(cases):
    assert "Worklist of" in run("portfolio", cases).stdout


def test_assess_and_pack_tell_which_letter_is_held_back_and_why(tmp_path):
    late = str(ROOT / "samples" / "late-payer.yaml")
    why = "The warning's day is over, and fewer than two business days are left"

    assessed = CliRunner().invoke(main, ["assess", late, "--as-of", "2025-03-26"]).output
    packed = CliRunner().invoke(main, ["pack", late, "--as-of", "2025-03-26", "--out", str(tmp_path)]).output

    assert f"held back: C11 Our open balance\n      {why}" in assessed
    assert f"held back: C11 Our open balance\n      {why}" in packed
    assert "held back" not in CliRunner().invoke(main, ["assess", late, "--as-of", "2025-03-25"]).output


def test_assess_tells_it_in_the_language_asked_for():
    late = str(ROOT / "samples" / "late-payer.yaml")
    said = CliRunner().invoke(main, ["assess", late, "--as-of", "2025-03-26", "--language", "hu"]).output

    assert "visszatartva: C11 A nyitott tartozás rendezése\n      A figyelmeztetés napja elmúlt" in said
