"""Rules across fields; how a refusal reads as a whole is in tests/refused."""

import pytest
from making import a_case, an_invoice

from negotiation_kit.reading.checks import CHECKS


def messages(**changes):
    case = a_case(**changes)
    return [problem.message for check in CHECKS for problem in check(case)]


def test_a_plain_case_is_in_order():
    assert [] == messages()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"currency": "HUX"}, "currency is 'HUX', no currency of ISO 4217"),
        (
            {"invoices": [an_invoice(amount="4850000.50")]},
            "invoices[1].amount is 4850000.50, but HUF is paid in whole units",
        ),
        (
            {"currency": "EUR", "payments": [{"day": "2025-03-20", "amount": "1.005"}]},
            "payments[1].amount is 1.005, but EUR is paid in at most 2 decimals",
        ),
        ({"invoices": [an_invoice(), an_invoice()]}, "invoices[2].number 'SZ-211' stands twice"),
        (
            {"invoices": [an_invoice(due="2025-02-11")]},
            "invoices[1].due is 2025-02-11, before it was issued on 2025-02-12",
        ),
        ({"invoices": [an_invoice(amount="0")]}, "invoices[1].amount is 0"),
        (
            {"invoices": [an_invoice(disputed={"amount": "4850001", "reason": "x"})]},
            "invoices[1].disputed.amount is 4850001, expected more than 0 and at most the invoice's 4850000",
        ),
        (
            {"payments": [{"day": "2025-03-20", "amount": "1", "invoice": "SZ-21"}]},
            "payments[1].invoice is 'SZ-21', not among the invoices",
        ),
        (
            {"payments": [{"day": "2025-02-11", "amount": "1", "invoice": "SZ-211"}]},
            "payments[1].day is 2025-02-11, before SZ-211 was issued on 2025-02-12",
        ),
        (
            {"credits": [{"number": "J", "invoice": "SZ-211", "day": "2025-03-01", "amount": "4850001"}]},
            "credits[1] brings the credits of SZ-211 to 4850001, more than the invoice's 4850000",
        ),
        (
            {"promises": [{"said": "2025-03-18", "amount": "1", "pay_by": "2025-03-17"}]},
            "promises[1].pay_by is 2025-03-17, before it was said on 2025-03-18",
        ),
        (
            {"promises": [{"said": "2025-03-18", "moved_on": "2025-03-19"}]},
            "promises[1].moved_to is missing",
        ),
        (
            {"promises": [{"said": "2025-03-18", "moved_again": "2025-03-19"}]},
            "promises[1].moved_again is 2025-03-19, but there is no first move before it",
        ),
        (
            {"meeting": {"day": "2025-03-24", "at": "10:00", "until": "9:30"}},
            "meeting.until is 9:30, not after 10:00",
        ),
        (
            {"client": {"name": "Tóth Béla", "kind": "consumer"}},
            "client.kind is 'consumer': this kit is for debts between businesses",
        ),
        (
            {"policy": {"meeting_by_days": "10"}},
            "policy.meeting_by_days is 10, expected less than negotiation_days (10)",
        ),
        (
            {"policy": {"claim_days": "27"}},
            "policy.pulse_days has a day at or after claim_days (27)",
        ),
        ({"policy": {"parts_max": "0"}}, "policy.parts_max is 0"),
    ],
)
def test_what_contradicts_itself_is_told(changes, message):
    assert message in messages(**changes)
