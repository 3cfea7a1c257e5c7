"""What happens between meetings goes into the case with one line: calls, promises, who was told."""

import shutil
from typing import get_args

import pytest
from click.testing import CliRunner
from making import ROOT, day, the_kit

from negotiation_kit.case.contacts import ContactChannel
from negotiation_kit.cli import main


@pytest.fixture
def case(tmp_path):
    return shutil.copy(ROOT / "samples" / "smallest.yaml", tmp_path / "case.yaml")


def log(case, *options):
    return CliRunner().invoke(main, ["log", str(case), *options])


def read(case):
    return the_kit().check(case.read_text("utf-8"), case.name)


def test_a_call_is_a_contact_of_ours_that_was_answered(case):
    done = log(case, "--on", "2025-03-18", "--person", "Varga Éva", "--note", "In the next payment run")

    assert done.exit_code == 0, done.output
    assert "phone on 2025-03-18; the former text is kept as" in done.output
    (contact,) = read(case).contacts
    assert (contact.day, contact.channel, contact.direction, contact.answered) == (
        day("2025-03-18"),
        "phone",
        "out",
        True,
    )
    assert (contact.person, contact.note) == ("Varga Éva", "In the next payment run")


@pytest.mark.parametrize(
    ("options", "field", "value"),
    [
        (("--unanswered",), "answered", False),
        (("--from-client",), "direction", "in"),
        (("--channel", "mail"), "channel", "mail"),
    ],
)
def test_how_it_was_is_told_by_an_option(case, options, field, value):
    log(case, "--on", "2025-03-18", *options)

    assert getattr(read(case).contacts[0], field) == value


def test_what_was_promised_then_goes_into_the_ledger(case):
    done = log(case, "--on", "2025-03-18", "--person", "Tóth Béla", "--promise", "1000000", "2025-03-20")

    assert "1000000 promised by 2025-03-20" in done.output
    (promise,) = read(case).promises
    assert (promise.said, promise.speaker, promise.amount, promise.pay_by) == (
        day("2025-03-18"),
        "Tóth Béla",
        1000000,
        day("2025-03-20"),
    )
    assert read(case).contacts[0].got_day


def test_further_calls_are_added_and_the_notes_stay(case):
    before = case.read_text("utf-8")
    log(case, "--on", "2025-03-18", "--note", "first")
    log(case, "--on", "2025-03-19", "--note", "second: #not a comment")

    assert [contact.note for contact in read(case).contacts] == ["first", "second: #not a comment"]
    assert [line for line in before.splitlines() if line not in case.read_text("utf-8").splitlines()] == []


@pytest.mark.parametrize(
    ("option", "field", "told"),
    [
        ("--finance-notice", "finance_notice", "finance reported the missed day on 2025-03-18"),
        ("--superior-told", "superior_told", "the superior was told on 2025-03-18"),
    ],
)
def test_who_was_told_is_recorded_once(case, option, field, told):
    text = "".join(line for line in case.read_text("utf-8").splitlines(keepends=True) if field not in line)
    case.write_text(text, "utf-8")
    assert told in log(case, option, "--on", "2025-03-18").output
    assert getattr(read(case), field) == day("2025-03-18")
    assert "(was recorded already)" in log(case, option, "--on", "2025-03-18").output
    before = case.read_bytes()
    again = log(case, option, "--on", "2025-03-19")

    assert again.exit_code == 1
    assert f"{field} is recorded as 2025-03-18 already" in again.output
    assert case.read_bytes() == before


@pytest.mark.parametrize(
    ("promise", "message"),
    [(("tomorrow", "2025-03-20"), "'tomorrow' is no sum"), (("5", "tomorrow"), "'tomorrow' is no day")],
)
def test_a_promise_without_sum_or_day_is_no_promise(case, promise, message):
    before = case.read_bytes()
    done = log(case, "--promise", *promise)

    assert done.exit_code == 2
    assert message in done.output
    assert case.read_bytes() == before


def test_every_channel_of_a_case_can_be_told():
    (channel,) = [each for each in main.commands["log"].params if each.name == "channel"]

    assert get_args(ContactChannel) == channel.type.choices
