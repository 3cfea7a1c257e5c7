"""A rule across fields speaks although other fields are wrong, and never about a stand-in."""

import pytest

from negotiation_kit.case.case import Case
from negotiation_kit.problems import Refused
from negotiation_kit.reading.checks import CHECKS
from negotiation_kit.reading.record import read_record

BASE = """\
case: 2025-017
jurisdiction: HU
currency: HUF
supplier: {name: Borostyán Festék Kft.}
client: {name: Példa Bútor Zrt.}
invoices:
  - {number: SZ-211, issued: 2025-02-12, due: 2025-03-14, amount: 4850000}
  - {number: SZ-212, issued: 2025-02-12, due: 2025-02-10, amount: 100}
payments:
  - {day: 2025-03-20, amount: 100, invoice: SZ-999}
"""
ACROSS = {"invoices[2].due is 2025-02-10", "payments[1].invoice is 'SZ-999'"}


def told(text):
    with pytest.raises(Refused) as refused:
        read_record(text, "case.yaml", Case, CHECKS)
    return {problem.message.split(",")[0] for problem in refused.value.problems}


def test_rules_speak_about_a_case_that_is_right_in_its_fields():
    assert ACROSS == told(BASE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("jurisdiction: HU", "jurisdiction: HX"),
        ("case: 2025-017", "cose: 2025-017"),
        ("amount: 4850000}", "amount: 4 850 000}"),
        ("client: {name: Példa Bútor Zrt.}", "client: {nmae: Példa Bútor Zrt.}"),
        ("issued: 2025-02-12, due: 2025-03-14", "issued: 12.02.2025, due: 2025-03-14"),
        ("currency: HUF", "currency: HUF\nmeeting: {day: tomorrow}"),
        ("supplier: {name: Borostyán Festék Kft.}\n", ""),
    ],
)
def test_another_mistake_silences_no_rule(old, new):
    found = told(BASE.replace(old, new))

    assert found > ACROSS
    assert len(found) == 3


def test_nothing_is_said_about_a_stand_in():
    found = told(BASE.replace("due: 2025-02-10, amount: 100", "due: 2025-02-10, amount: lots"))

    assert found == {"invoices[2].amount is 'lots'", "payments[1].invoice is 'SZ-999'"}


def test_a_payment_for_an_invoice_with_a_mistake_is_not_blamed():
    text = BASE.replace("invoice: SZ-999", "invoice: SZ-211").replace(
        "issued: 2025-02-12, due: 2025-03-14", "due: 2025-03-14"
    )

    assert not [message for message in told(text) if "payments" in message]


def test_when_too_much_is_wrong_the_fields_speak_alone():
    assert told("case: 1\ninvoices: none\n")
