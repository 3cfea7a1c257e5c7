"""A statement and a folder of cases: what is certain is booked, nothing twice, nothing lost, nothing torn."""

import json
import shutil

import pytest
from click.testing import CliRunner
from making import ROOT, day, the_kit
from statements import camt, detail, entry

from negotiation_kit.cli import main
from negotiation_kit.problems import Refused
from negotiation_kit.reckoning.alerts import alerts_of
from negotiation_kit.reckoning.chronology import chronology

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


E2E = "E2E-2025-0326-77"
PAID = entry("1460000.00", detail(text="2025-017 SZ-211", end_to_end=E2E))
TAKEN_BACK = entry(
    "1460000.00",
    detail(text="returned", end_to_end=E2E, payer="", payer_account=""),
    direction="DBIT",
    reversal=True,
    day="2025-03-28",
    reference="B-44",
)


def paid(cases):
    return the_kit().check((cases / "mine.yaml").read_text("utf-8"), "mine.yaml").payments


def test_what_the_bank_takes_back_by_the_transfers_number_is_marked_and_nothing_is_deleted(cases, tmp_path):
    run(cases, statement(tmp_path, PAID))
    done = run(cases, statement(tmp_path, TAKEN_BACK))

    assert done.exit_code == 0, done.output
    assert "taken back by the bank, and marked so:" in done.output
    assert "2025-017, its payment of 2025-03-26, by the number of the transfer" in done.output
    (payment,) = paid(cases)
    assert (payment.amount, payment.bank_reference, str(payment.taken_back)) == (1460000, E2E, "2025-03-28")


def test_the_same_reversal_again_changes_nothing(cases, tmp_path):
    run(cases, statement(tmp_path, PAID))
    run(cases, statement(tmp_path, TAKEN_BACK))
    before = (cases / "mine.yaml").read_bytes()
    again = run(cases, statement(tmp_path, PAID, TAKEN_BACK))

    assert "0 booked, 2 booked before" in again.output
    assert (cases / "mine.yaml").read_bytes() == before


def test_a_statement_that_holds_both_books_both(cases, tmp_path):
    done = run(cases, statement(tmp_path, PAID, TAKEN_BACK))

    assert done.exit_code == 0, done.output
    assert [str(payment.taken_back) for payment in paid(cases)] == ["2025-03-28"]


def test_from_the_day_it_was_taken_back_it_counts_as_never_paid(cases, tmp_path):
    run(cases, statement(tmp_path, PAID, TAKEN_BACK))
    case = the_kit().check((cases / "mine.yaml").read_text("utf-8"), "mine.yaml")
    before, after = (the_kit().reckon(case, day(on)) for on in ("2025-03-27", "2025-03-28"))

    assert [str(each.performance.parts[0].received.amount) for each in (before, after)] == ["1460000", "0"]
    assert [str(each.debt.overdue.amount) for each in (before, after)] == ["3390000", "4850000"]
    assert [each.sentence for each in alerts_of(after) if each.key == "payment_taken_back"] == [
        "alert.payment_taken_back"
    ]
    told = [(each.kind, str(each.day)) for each in chronology(after) if each.kind in {"payment", "taken_back"}]
    assert told == [("payment", "2025-03-26"), ("taken_back", "2025-03-28")]


def test_the_agreed_balance_stays_what_it_was_though_money_before_it_is_taken_back(cases, tmp_path):
    text = (cases / "mine.yaml").read_text("utf-8").replace("amount: 4850000", "amount: 5850000", 1)
    early = "payments:\n  - {day: 2025-03-20, amount: 1000000, bank_reference: E2E-2025-0320-11}\n"
    (cases / "mine.yaml").write_text(text.replace("outcome:\n", f"{early}outcome:\n", 1), "utf-8")
    back = entry("1000000.00", detail(end_to_end="E2E-2025-0320-11"), direction="DBIT", reversal=True, day="2025-04-01")
    done = run(cases, statement(tmp_path, back))

    assert done.exit_code == 0, done.output
    assert str(paid(cases)[0].taken_back) == "2025-04-01"


def test_a_payment_without_that_number_is_only_proposed_and_marked_by_a_persons_word(cases, tmp_path):
    run(cases, statement(tmp_path, CERTAIN))
    back = entry(
        "1460000.00", detail(text="2025-017"), direction="DBIT", reversal=True, day="2025-03-28", reference="B-7"
    )
    path = statement(tmp_path, back)
    listed = run(cases, path)

    assert "2025-017: the same sum came on 2025-03-26" in listed.output
    assert paid(cases)[0].taken_back is None
    mark = listed.output.split("if it is booked there:\n")[1].split()[0]
    done = run(cases, path, "--book", f"{mark}=2025-017")
    assert "2025-017, its payment of 2025-03-26, by your word" in done.output
    assert str(paid(cases)[0].taken_back) == "2025-03-28"


@pytest.mark.parametrize(
    "changes",
    [{"amount": "1460001.00"}, {"day": "2025-03-25"}, {"details": "E2E-2025-0326-78"}],
    ids=["another sum", "before it came", "another number"],
)
def test_what_does_not_match_exactly_is_only_listed(cases, tmp_path, changes):
    run(cases, statement(tmp_path, PAID))
    back = entry(
        changes.get("amount", "1460000.00"),
        detail(end_to_end=changes.get("details", E2E), payer="", payer_account=""),
        direction="DBIT",
        reversal=True,
        day=changes.get("day", "2025-03-28"),
        reference="B-8",
    )
    done = run(cases, statement(tmp_path, back))

    assert "taken back by the bank; mark the payment it was with --book" in done.output
    assert paid(cases)[0].taken_back is None


def test_of_two_payments_alike_a_person_says_which_was_taken_back(cases, tmp_path):
    second = entry("1460000.00", detail(text="2025-017 SZ-211", end_to_end=E2E), day="2025-03-27", reference="B-9")
    run(cases, statement(tmp_path, PAID, second))
    path = statement(tmp_path, TAKEN_BACK)
    listed = run(cases, path)
    mark = listed.output.split("if it is booked there:\n")[1].split()[0]
    done = run(cases, path, "--book", f"{mark}=2025-017")

    assert [payment.taken_back for payment in paid(cases)] == [None, None]
    assert "'2025-017' holds several payments it could be" in done.output


def test_a_returned_transfer_of_ours_is_no_money_of_a_client(cases, tmp_path):
    part = detail(text="2025-017 SZ-211").replace("</TxDtls>", "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls>")
    done = run(cases, statement(tmp_path, entry("1460000.00", part)))

    assert "0 booked, 0 booked before, 1 money out." in done.output
    assert paid(cases) == ()


def test_a_direct_debit_that_comes_back_takes_its_payment_back(cases, tmp_path):
    run(cases, statement(tmp_path, PAID))
    part = detail(end_to_end=E2E).replace("</TxDtls>", "<RtrInf><Rsn><Cd>MD06</Cd></Rsn></RtrInf></TxDtls>")
    run(cases, statement(tmp_path, entry("1460000.00", part, direction="DBIT", day="2025-03-28", reference="B-6")))

    assert str(paid(cases)[0].taken_back) == "2025-03-28"


def test_money_in_another_currency_is_listed_with_the_case_it_looks_like(cases, tmp_path):
    before = (cases / "mine.yaml").read_bytes()
    euros = entry("3700.00", detail(text="2025-017 SZ-211"), currency="EUR")
    done = run(cases, statement(tmp_path, euros))

    assert "in another currency than the case; enter by hand what it settles of the case's own:" in done.output
    assert "2025-017? our reference, invoice number, the client's name" in done.output
    assert (cases / "mine.yaml").read_bytes() == before


def test_a_payment_cannot_be_taken_back_before_it_came(cases):
    text = (cases / "mine.yaml").read_text("utf-8")
    wrong = "payments:\n  - {day: 2025-03-26, amount: 1460000, taken_back: 2025-03-25}\n"
    with pytest.raises(Refused, match=r"payments\[1\].taken_back is 2025-03-25, before it came on 2025-03-26"):
        the_kit().check(text.replace("outcome:\n", f"{wrong}outcome:\n", 1), "mine.yaml")


def test_reversals_are_data_for_other_programs_too(cases, tmp_path):
    run(cases, statement(tmp_path, PAID))
    told = json.loads(run(cases, statement(tmp_path, TAKEN_BACK), "--look", "--json").output)

    (back,) = told["returned"]
    assert (back["case"], back["paid_on"], back["amount"], back["by_hand"]) == (
        "2025-017",
        "2025-03-26",
        "1460000",
        False,
    )


def test_a_file_that_cannot_be_read_does_not_keep_the_others_from_their_money(cases, tmp_path):
    (cases / "a-broken.yaml").write_bytes(b"case: \xff\n")
    done = run(cases, statement(tmp_path, CERTAIN))

    assert done.exit_code == 1
    assert "1 booked" in done.output
    assert "a-broken.yaml:1:7" in done.output
    assert len(paid(cases)) == 1


def test_a_case_that_cannot_be_written_leaves_its_entry_to_a_person(cases, tmp_path):
    (cases / "mine.yaml").chmod(0o444)
    done = run(cases, statement(tmp_path, CERTAIN, DOUBTFUL))

    assert done.exit_code == 1
    assert "0 booked" in done.output
    assert "mine.yaml may not be written to" in done.output
