"""A statement and a folder of cases: what is certain is booked, nothing twice, nothing lost, nothing torn."""

import shutil

import pytest
from click.testing import CliRunner
from making import ROOT, the_kit
from statements import camt, detail, entry

from negotiation_kit.cli import main

NOTE = "# my own note on the first payment\n"


@pytest.fixture
def cases(tmp_path):
    """The case of a signed plan, and another client's."""
    text = (ROOT / "samples" / "after-meeting.yaml").read_text("utf-8")
    text = text.replace("outcome:\n  day: 2025-03-24\n", f"outcome:\n  day: 2025-03-24\n  signed: 2025-03-24  {NOTE}")
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "mine.yaml").write_text(text, "utf-8")
    shutil.copy(ROOT / "samples" / "smallest.yaml", folder / "other.yaml")
    return folder


def statement(tmp_path, *entries):
    path = tmp_path / "statement.xml"
    path.write_bytes(camt(*entries))
    return path


def run(cases, path, *options):
    return CliRunner().invoke(main, ["payments", str(cases), "--from", str(path), *map(str, options)])


CERTAIN = entry("1460000.00", detail(text="2025-017 SZ-211"))
DOUBTFUL = entry("900000.00", detail(text="thanks"), reference="B-2")
STRANGE = entry("5.00", detail(text="thanks", payer="Stranger Kft."), reference="B-3")
OUT = entry("7.00", detail(text="fee"), direction="DBIT", reference="B-4")


def test_what_is_certain_is_booked_and_the_rest_is_listed(cases, tmp_path):
    done = run(cases, statement(tmp_path, CERTAIN, DOUBTFUL, STRANGE, OUT))

    assert done.exit_code == 0, done.output
    case = the_kit().check((cases / "mine.yaml").read_text("utf-8"), "mine.yaml")
    (payment,) = case.payments
    assert (str(payment.day), str(payment.amount), payment.reference) == ("2025-03-26", "1460000", "2025-017 SZ-211")
    assert "of none of these cases:" in done.output
    assert "2025-017? the client's name (40 points)" in done.output
    assert done.output.rstrip().endswith("1 booked, 0 booked before, 1 money out.")


def test_the_managers_own_notes_stay(cases, tmp_path):
    run(cases, statement(tmp_path, CERTAIN))

    assert NOTE in (cases / "mine.yaml").read_text("utf-8")


def test_the_same_statement_again_changes_nothing(cases, tmp_path):
    path = statement(tmp_path, CERTAIN, DOUBTFUL)
    run(cases, path)
    before = {file.name: file.read_bytes() for file in cases.glob("*.yaml")}
    again = run(cases, path)

    assert {file.name: file.read_bytes() for file in cases.glob("*.yaml")} == before
    assert "0 booked, 1 booked before" in again.output


def test_a_longer_statement_of_the_same_days_books_only_what_is_new(cases, tmp_path):
    run(cases, statement(tmp_path, CERTAIN))
    second = entry("1130000.00", detail(text="2025-017 part 2"), day="2025-04-09", reference="B-9")
    done = run(cases, statement(tmp_path, STRANGE, CERTAIN, second))

    assert "1 booked, 1 booked before" in done.output


def test_a_look_writes_nothing(cases, tmp_path):
    before = (cases / "mine.yaml").read_bytes()
    done = run(cases, statement(tmp_path, CERTAIN), "--look")

    assert "would be booked:" in done.output
    assert (cases / "mine.yaml").read_bytes() == before


def test_a_person_books_what_is_doubtful_by_its_mark(cases, tmp_path):
    path = statement(tmp_path, DOUBTFUL)
    listed = run(cases, path).output
    mark = listed.split("MARK=CASE:\n")[1].split()[0]
    done = run(cases, path, "--book", f"{mark}=2025-017")

    assert done.exit_code == 0, done.output
    assert "2025-017, by your word" in done.output
    assert "1 booked before" in run(cases, path).output


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ("00000000=2025-017", "'00000000' names no entry"),
        ("MARK=2025-018", "cannot be booked into '2025-018'"),
        ("nonsense", "is no choice like"),
    ],
)
def test_a_choice_that_fits_nothing_is_refused_and_nothing_is_written(cases, tmp_path, choice, message):
    path = statement(tmp_path, CERTAIN, DOUBTFUL)
    mark = run(cases, path, "--look").output.split("MARK=CASE:\n")[1].split()[0]
    before = (cases / "mine.yaml").read_bytes()
    done = run(cases, path, "--book", choice.replace("MARK", mark))

    assert done.exit_code != 0
    assert message in done.output
    assert (cases / "mine.yaml").read_bytes() == before


def test_a_broken_statement_changes_nothing(cases, tmp_path):
    path = tmp_path / "cut.xml"
    path.write_bytes(camt(CERTAIN)[:-30])
    before = (cases / "mine.yaml").read_bytes()
    done = run(cases, path)

    assert done.exit_code == 1
    assert "is no whole XML file" in done.output
    assert (cases / "mine.yaml").read_bytes() == before


def test_a_case_that_cannot_be_read_is_told_and_the_others_are_booked(cases, tmp_path):
    (cases / "broken.yaml").write_text("case: X\ncurency: HUF\n", "utf-8")
    done = run(cases, statement(tmp_path, CERTAIN))

    assert done.exit_code == 1
    assert "1 booked" in done.output
    assert "broken.yaml" in done.output


def test_undo_takes_a_booking_back(cases, tmp_path):
    before = (cases / "mine.yaml").read_bytes()
    run(cases, statement(tmp_path, CERTAIN))
    done = CliRunner().invoke(main, ["undo", str(cases / "mine.yaml")])

    assert done.exit_code == 0, done.output
    assert (cases / "mine.yaml").read_bytes() == before


def test_the_same_as_data_for_other_programs(cases, tmp_path):
    done = run(cases, statement(tmp_path, CERTAIN, DOUBTFUL), "--look", "--json")

    assert '"verdict": "doubtful"' in done.output
    assert '"case": "2025-017"' in done.output


def test_a_folder_without_a_case_is_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    done = run(tmp_path / "empty", statement(tmp_path, CERTAIN))

    assert "holds no case" in done.output
