import json
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
    assert again.output.count("(unchanged)") == again.output.count(".docx") > 0
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
