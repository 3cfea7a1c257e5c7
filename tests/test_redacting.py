"""Personal data is deletable: what goes is told, and what still stands is told too."""

import unicodedata

import pytest
from click.testing import CliRunner
from making import ROOT, the_kit

from negotiation_kit.cli import main
from negotiation_kit.store import former_texts

CASE = """\
case: T-1
jurisdiction: HU
currency: HUF
supplier: {name: Borostyán Festék Kft.}
client:
  name: Példa Bútor Zrt.
  segment: standard
  interests: Fears the season   # our guess
  people:
    - {name: Tóth Béla, role: director, values: Punctual, interests: Runs the plant}
    - name: Varga Éva
      role: accounts
      values: Order   # said so
invoices:
  - {number: SZ-211, issued: 2025-02-12, due: 2025-03-14, amount: 4850000}
contacts:
  - {day: 2025-03-18, channel: phone, person: "Varga Éva, accounts", note: Varga Éva waits for the director, tone: tired}
promises:
  - {said: 2025-03-18, amount: 1000, pay_by: 2025-03-20, speaker: Varga Éva}
finance_notice: 2025-03-17
"""


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(CASE, "utf-8")
    return path


def redact(case, *options):
    return CliRunner().invoke(main, ["redact", str(case), *options])


def test_notes_on_persons_go_and_everything_else_stays(case):
    done = redact(case)

    assert done.exit_code == 0, done.output
    text = case.read_text("utf-8")
    for gone in ("Punctual", "Runs the plant", "Order", "tired", "Fears the season"):
        assert gone not in text
    assert "{name: Tóth Béla, role: director}" in text
    assert "note: Varga Éva waits for the director" in text
    assert [line.strip() for line in done.output.splitlines() if line.startswith("  ")] == [
        "client.people[1].values",
        "client.people[1].interests",
        "client.people[2].values",
        "client.interests",
        "contacts[1].tone",
    ]


def test_a_person_goes_and_where_the_name_still_stands_is_told(case):
    done = redact(case, "--person", "Varga Éva")

    assert done.exit_code == 0, done.output
    read = the_kit().check(case.read_text("utf-8"), "case.yaml")
    assert [each.name for each in read.client.people] == ["Tóth Béla"]
    assert read.contacts[0].person is None
    assert read.promises[0].speaker is None
    assert "Varga Éva still stands in these texts" in done.output
    assert "  contacts[1].note" in done.output


def test_former_texts_that_held_it_go_too(case):
    redact(case)

    assert former_texts(case) == ()
    assert not [path for path in case.parent.rglob("*") if path.is_file() and b"Punctual" in path.read_bytes()]


def test_a_look_changes_nothing(case):
    done = redact(case, "--look")

    assert "would go:" in done.output
    assert case.read_text("utf-8") == CASE


def test_a_stranger_is_refused_with_who_there_is(case):
    done = redact(case, "--person", "Nobody")

    assert done.exit_code == 1
    assert "there is no 'Nobody' among the client's people" in done.output
    assert "there are: Tóth Béla, Varga Éva" in done.output


def test_a_case_without_notes_says_so(tmp_path):
    path = tmp_path / "smallest.yaml"
    path.write_text((ROOT / "samples" / "smallest.yaml").read_text("utf-8"), "utf-8")

    assert "holds no notes on persons" in redact(path).output


@pytest.mark.parametrize(("stands", "asked"), [("NFD", "NFC"), ("NFC", "NFD")])
def test_a_person_is_found_however_a_system_writes_accents(tmp_path, stands, asked):
    case = tmp_path / "case.yaml"
    case.write_text(unicodedata.normalize(stands, CASE), "utf-8")

    done = CliRunner().invoke(main, ["redact", str(case), "--person", unicodedata.normalize(asked, "Varga Éva")])

    assert 0 == done.exit_code, done.output
    assert "client.people[2]" in done.output
    assert "contacts[1].person" in done.output
    assert "promises[1].speaker" in done.output
    assert "still stands in these texts" in done.output


def test_a_person_the_minutes_rest_on_stays_and_the_reason_is_told(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text((ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"), "utf-8")
    before = path.read_bytes()

    done = redact(path, "--person", "Tóth Béla")

    assert done.exit_code == 1
    assert (
        "Tóth Béla cannot be taken out, the case would not stand: nobody is known who may sign for the client"
        in done.output
    )
    assert "write down who takes that place first" in done.output
    assert path.read_bytes() == before


def test_former_texts_that_a_killed_run_left_behind_go_with_the_next_one(case):
    held = case.read_bytes()
    CliRunner().invoke(main, ["redact", str(case)])
    history = case.parent / ".history"
    history.mkdir(exist_ok=True)
    (history / "case.0001.000000000000.yaml").write_bytes(held)

    done = CliRunner().invoke(main, ["redact", str(case)])

    assert done.exit_code == 0, done.output
    assert "1 former texts of the file were deleted" in done.output
    assert former_texts(case) == ()


def test_former_texts_without_notes_stay(case):
    CliRunner().invoke(main, ["redact", str(case)])
    CliRunner().invoke(main, ["log", str(case), "--on", "2025-03-19", "--note", "asked again"])
    CliRunner().invoke(main, ["redact", str(case)])

    assert len(former_texts(case)) == 1
