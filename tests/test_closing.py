"""The end of a case: both results on record and true to the books, the letter and the figures in agreement with them."""

import shutil

import pytest
from click.testing import CliRunner
from making import ROOT, day, the_kit

from negotiation_kit.cli import main
from negotiation_kit.documents.catalogue import papers_for
from negotiation_kit.problems import Refused
from negotiation_kit.reckoning.alerts import alerts_of
from negotiation_kit.reckoning.monitoring import watched
from negotiation_kit.reckoning.portfolio import portfolio

PAYMENTS = "".join(
    f"  - {{day: {on}, amount: {amount}}}\n"
    for on, amount in (
        ("2025-03-26", 1460000),
        ("2025-04-09", 1130000),
        ("2025-04-24", 1130000),
        ("2025-05-07", 1130000),
    )
)
ANSWERS = "\n{relationship}\nNew order on 6 May\nThey thanked us for calling early\nWhich receipts come first?\nAsk for the date\n"


def text_of(payments=PAYMENTS, closing=""):
    text = (ROOT / "samples" / "after-meeting.yaml").read_text("utf-8")
    return text.replace("outcome:\n", f"payments:\n{payments}outcome:\n  signed: 2025-03-24\n", 1) + closing


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(text_of(), "utf-8")
    return path


STRONGER = ANSWERS.format(relationship="stronger")


def close(case, *options, typed=STRONGER):
    return CliRunner().invoke(main, ["close", str(case), *options], input=typed)


def read(case):
    return the_kit().check(case.read_text("utf-8"), case.name)


def reckoning(case, on):
    return the_kit().reckon(read(case), day(on))


def refused(closing, payments=PAYMENTS):
    with pytest.raises(Refused) as told:
        the_kit().check(text_of(payments, f"closing: {{day: 2025-05-08, {closing}}}\n"), "case.yaml")
    return str(told.value)


def paper(case, code, on="2025-05-08", language="en"):
    (file,) = the_kit().pack(read(case), as_of=day(on), languages=(language,), forms=("text",), chosen=(code,))
    return " ".join(file.content.decode("utf-8").replace("\N{NO-BREAK SPACE}", " ").split())


def test_both_results_and_the_lesson_are_recorded_with_the_money_as_the_books_have_it(case):
    done = close(case, "--on", "2025-05-08")

    assert done.exit_code == 0, done.output
    assert "closed on 2025-05-08: paid in full" in done.output
    closing = read(case).closing
    assert (closing.money, closing.relationship, closing.sign) == ("paid in full", "stronger", "New order on 6 May")
    assert (closing.process, closing.lesson) == ("They thanked us for calling early", "Ask for the date")


def test_until_it_is_closed_the_day_asks_for_it_and_afterwards_nothing_is_asked(case):
    assert "not_closed" in [each.key for each in alerts_of(reckoning(case, "2025-05-08"))]
    close(case, "--on", "2025-05-08")

    assert alerts_of(reckoning(case, "2025-05-09")) == ()
    assert not {"C12", "D17"} & {each.code for each in papers_for(reckoning(case, "2025-05-09"))}
    assert {"C12", "D17"} <= {each.code for each in papers_for(reckoning(case, "2025-05-08"))}


@pytest.mark.parametrize("language", ["en", "hu"])
def test_the_record_and_the_closing_letter_tell_the_same_sum_and_day(case, language):
    close(case, "--on", "2025-05-08")
    record, letter = (paper(case, code, language=language) for code in ("D17", "C12"))

    for said in {"en": ("HUF 4,850,000", "7 May 2025"), "hu": ("4 850 000 Ft", "2025. május 7.")}[language]:
        assert said in record
        assert said in letter
    assert "Ask for the date" in record
    assert "Ask for the date" not in letter


def test_before_it_is_recorded_the_sheet_has_room_for_both_results(case):
    sheet = paper(case, "D17")

    assert "Result: paid in full" in sheet
    assert "The relationship now: ____" in sheet
    assert "From the missed day to the last of the money: 54 days" in sheet


def test_a_case_is_closed_once(case):
    close(case, "--on", "2025-05-08")
    before = case.read_bytes()
    again = close(case, "--on", "2025-05-09")

    assert again.exit_code == 1
    assert "the case was closed on 2025-05-08 already" in again.output
    assert case.read_bytes() == before


def test_money_that_is_not_there_is_not_closed_as_paid_and_what_was_typed_is_shown(tmp_path):
    case = tmp_path / "case.yaml"
    case.write_text(text_of("  - {day: 2025-03-26, amount: 1460000}\n"), "utf-8")
    before = case.read_bytes()
    done = close(case, "--on", "2025-05-08", typed="paid in full\n" + ANSWERS.format(relationship="unchanged")[1:])

    assert done.exit_code == 1
    assert "closing.money is 'paid in full', but on 2025-05-08 there is still HUF 3390000 open" in done.output
    assert "sign: New order on 6 May" in done.output
    assert case.read_bytes() == before


PART = "  - {day: 2025-03-26, amount: 1460000}\n"


@pytest.mark.parametrize(
    ("closing", "payments", "message"),
    [
        ("money: paid as agreed, relationship: lost", PAYMENTS, "but nothing of it was given up\n"),
        ("money: written off, relationship: lost", PART, "and nobody is named who decided it"),
        (
            "money: handed over, relationship: lost",
            PART,
            "but legal has not confirmed by 2025-05-08 that it has the file",
        ),
        (
            "money: paid in full, relationship: lost, retained: yes",
            PAYMENTS,
            "of closing.retained and closing.retained_on one is missing",
        ),
        (
            "money: paid in full, relationship: lost, retained: yes, retained_on: 2025-05-08",
            PAYMENTS,
            "closing.retained_on is 2025-05-08, not after the closing on 2025-05-08",
        ),
    ],
)
def test_an_end_that_is_not_true_is_refused_with_what_to_write(closing, payments, message):
    assert message in refused(closing, payments)


def test_interest_that_is_owed_by_the_minutes_keeps_a_case_open():
    late = PAYMENTS.replace("2025-04-09", "2025-04-22")

    assert "but by the minutes late interest is owed" in refused("money: paid in full, relationship: unchanged", late)


def test_what_was_given_up_is_paid_as_agreed(tmp_path):
    text = text_of(PAYMENTS.replace("2025-05-07, amount: 1130000", "2025-05-07, amount: 880000"))
    text = text.replace("outcome:\n", "outcome:\n  principal_cut: 250000\n  legal_consent: Fekete Dóra\n", 1)
    text = text.replace("authority: {", "authority: {approved_plan: 'Nagy Péter, 24 March', ", 1)
    text = text.replace("{due: 2025-05-07, amount: 1130000", "{due: 2025-05-07, amount: 880000")
    case = tmp_path / "case.yaml"
    case.write_text(text, "utf-8")
    done = close(case, "--on", "2025-05-08")

    assert done.exit_code == 0, done.output
    assert "closed on 2025-05-08: paid as agreed" in done.output


def test_a_case_with_legal_is_closed_for_the_account_manager_and_its_dates_are_still_watched(tmp_path):
    case = tmp_path / "case.yaml"
    legal = "legal: {claim_letter: 2025-04-20, taken_over: 2025-05-05}\nclosing: {day: 2025-05-08, money: handed over, relationship: weaker}\n"
    case.write_text(text_of(PART, legal), "utf-8")

    assert [each.key for each in alerts_of(reckoning(case, "2025-05-09"))] == []
    assert [each.sentence for each in alerts_of(reckoning(case, "2025-07-01"))] == ["alert.court_late"]


def test_six_months_later_it_is_asked_whether_the_client_still_buys(case):
    close(case, "--on", "2025-05-08")

    (watch,) = watched(reckoning(case, "2025-05-09"))
    assert (watch.key, watch.day) == ("retained", day("2025-11-10"))
    assert [each.key for each in alerts_of(reckoning(case, "2025-11-10"))] == ["retained_unknown"]
    done = close(case, "--retained", "yes", "--on", "2025-11-10", typed="")
    assert "the client still buys, looked at on 2025-11-10" in done.output
    assert alerts_of(reckoning(case, "2025-11-11")) == ()
    assert watched(reckoning(case, "2025-11-11")) == ()


def test_a_client_that_is_lost_is_not_looked_at_again(case):
    close(case, "--on", "2025-05-08", typed=ANSWERS.format(relationship="lost"))

    assert watched(reckoning(case, "2025-05-09")) == ()


def test_retained_is_recorded_of_a_closed_case_only(case):
    done = close(case, "--retained", "yes", typed="")

    assert done.exit_code == 1
    assert "case.yaml is not closed" in done.output


def test_the_figures_of_all_cases_count_what_is_closed(case, tmp_path):
    close(case, "--on", "2025-05-08")
    close(case, "--retained", "yes", "--on", "2025-11-10", typed="")
    closed = reckoning(case, "2025-12-01")
    other = shutil.copy(ROOT / "samples" / "two-breakfasts.yaml", tmp_path / "other.yaml")
    running = the_kit().reckon(the_kit().check(other.read_text("utf-8"), "other.yaml"), day("2025-12-01"))
    results = portfolio([closed, running], day("2025-12-01")).results

    assert (results.closed, str(results.average_days)) == (1, "54.0")
    assert [(money.cases, str(money.amount.amount)) for money in results.collected] == [(1, "4850000")]
    assert (results.stayed.kept, results.stayed.of, results.retained.kept, results.retained.of) == (1, 1, 1, 1)
    assert (results.signed.kept, results.signed.of) == (1, 1)


def test_a_closing_to_come_closes_nothing_yet(case):
    close(case, "--on", "2025-05-08")

    assert portfolio([reckoning(case, "2025-05-07")], day("2025-05-07")).results.closed == 0
    assert "not_closed" in [each.key for each in alerts_of(reckoning(case, "2025-05-07"))]
