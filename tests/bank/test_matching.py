"""Whose money it is: two signs of different kinds make it certain, a sum alone never does."""

import random
from datetime import date
from decimal import Decimal

import pytest
from making import ROOT, a_case, a_reckoning, day, the_kit

from negotiation_kit.bank import matching
from negotiation_kit.bank.entry import Entry, numbered
from negotiation_kit.bank.matching import Awaited, awaited_by, judge
from negotiation_kit.money import Money


def an_entry(amount="4850000", **changes):
    plain = {"place": "entry 1", "kind": "credit", "day": date(2025, 3, 26), "amount": Money(Decimal(amount), "HUF")}
    return Entry(**{**plain, **changes})


def awaited(*cases, on="2025-03-26"):
    return [each for case in cases for each in awaited_by(a_reckoning(case, day(on)), f"{case.case}.yaml")]


MINE = a_case(case="2025-017")
OTHER = a_case(
    case="2025-018",
    client={"name": "Csorba Játék Bt.", "segment": "standard"},
    invoices=[{"number": "SZ-2111", "issued": "2025-02-12", "due": "2025-03-14", "amount": "4850000"}],
)


def verdict(entry, *cases, booked=()):
    (found,) = judge([entry], awaited(*(cases or (MINE, OTHER))), frozenset(booked))
    return found.verdict, found.best.awaited.case if found.best else None, found.best.signs if found.best else ()


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (
            an_entry(text="SZ-211", payer="PÉLDA BÚTOR ZRT"),
            ("certain", "2025-017", ("invoice", "payer", "invoice sum")),
        ),
        (an_entry("5", text="sz 211 part", payer="Pelda Butor"), ("certain", "2025-017", ("invoice", "payer"))),
        (an_entry(text="ref 2025/017"), ("certain", "2025-017", ("reference", "invoice sum"))),
        (an_entry("5", text="ref 2025/017"), ("doubtful", "2025-017", ("reference",))),
        (an_entry("5", payer="Példa Bútor Zrt."), ("doubtful", "2025-017", ("payer",))),
        (an_entry("5", text="SZ-2111", payer="Csorba Játék"), ("certain", "2025-018", ("invoice", "payer"))),
        (an_entry("5", text="nothing", payer="Stranger Kft."), ("nobody's", None, ())),
    ],
)
def test_signs_add_up_to_a_verdict(entry, expected):
    assert verdict(entry) == expected


def test_a_sum_that_two_cases_await_is_for_a_person():
    (found,) = judge([an_entry()], awaited(MINE, OTHER), frozenset())

    assert found.verdict == "doubtful"
    assert {each.awaited.case for each in found.candidates} == {"2025-017", "2025-018"}


def test_two_cases_of_one_client_are_told_apart_by_the_invoice_alone():
    second = a_case(
        case="2025-019", invoices=[{"number": "SZ-900", "issued": "2025-02-12", "due": "2025-03-14", "amount": "70"}]
    )

    assert verdict(an_entry("70", text="SZ-900", payer="Példa Bútor"), MINE, second)[:2] == ("certain", "2025-019")
    assert verdict(an_entry("80", payer="Példa Bútor"), MINE, second)[0] == "doubtful"


def test_a_number_that_is_part_of_a_longer_one_is_another():
    assert verdict(an_entry("5", text="SZ-2112"))[0] == "nobody's"
    assert verdict(an_entry("5", text="XSZ-211"))[0] == "nobody's"


def test_a_short_number_may_stand_there_by_chance():
    case = a_case(invoices=[{"number": "7", "issued": "2025-02-12", "due": "2025-03-14", "amount": "70"}])

    assert verdict(an_entry("5", text="item 7 of 9"), case)[0] == "nobody's"


def test_money_in_another_currency_is_told_apart_and_never_booked():
    entry = an_entry(amount="100", text="SZ-211", payer="Példa Bútor Zrt.")
    euros = Entry(entry.place, "credit", entry.day, Money(Decimal(100), "EUR"), payer=entry.payer, text=entry.text)

    assert verdict(euros) == ("other currency", "2025-017", ("invoice", "payer"))


@pytest.mark.parametrize(
    ("kind", "expected"), [("debit", "out"), ("pending", "pending"), ("reversed credit", "taken back")]
)
def test_what_is_no_booked_money_in_is_never_certain(kind, expected):
    assert verdict(an_entry(kind=kind, text="SZ-211", payer="Példa Bútor Zrt."))[0] == expected


def test_a_batch_the_bank_did_not_break_down_is_for_a_person():
    assert verdict(an_entry(batch=3, text="SZ-211", payer="Példa Bútor Zrt."))[0] == "doubtful"


def test_what_was_booked_before_is_known():
    entry = an_entry(text="SZ-211", payer="Példa Bútor Zrt.")

    assert verdict(entry, booked=[entry.identity])[0] == "known"


def test_the_account_the_client_has_paid_from_is_a_sign():
    case = a_case(client={"name": "B", "segment": "standard", "pays_from": ["HU42 1177 3016"]})

    assert verdict(an_entry(payer_account="HU4211773016"), case) == ("doubtful", "T-1", ("account", "invoice sum"))
    assert verdict(an_entry(payer_account="HU4211773016", text="SZ-211"), case)[0] == "certain"


def test_the_next_part_of_a_signed_plan_is_a_sign():
    case = the_kit().check((ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"), "after-meeting.yaml")
    signed = case.model_copy(update={"outcome": case.outcome.model_copy(update={"signed": day("2025-03-24")})})

    found = verdict(an_entry("1460000", payer="Példa Bútor"), signed)

    assert found == ("doubtful", "2025-017", ("payer", "instalment"))


def test_entries_alike_are_told_apart_by_their_order():
    first, second = numbered([an_entry(), an_entry(place="entry 9")])

    assert (first.copy, second.copy) == (1, 2)
    assert first.identity != second.identity


def test_the_register_names_every_case_that_has_a_sign():
    """Held against each case one by one, as slowly as can be: no candidate is lost, and their order is the same."""
    chance = random.Random(20261125)
    numbers = ["SZ-211", "SZ211/b", "sz 2111", "211", "2025/017", "A1 B2", "İstanbul-5", "ß12", "x²", "Ő_3", "A.1.b2"]
    names = ["Példa Bútor Zrt.", "PELDA BUTOR", "Csorba & Fia Kft.", "Zrt.", "Ősz"]
    sums = [Money(Decimal(each), "HUF") for each in ("5", "5.00", "7", "9")]
    waiting = [
        Awaited(
            file=f"{place}.yaml",
            case=f"2025-{place:03}",
            client=chance.choice(names),
            currency=chance.choice(["HUF", "HUF", "EUR"]),
            references=tuple(chance.sample(numbers, 2)),
            accounts=tuple(chance.sample(["HU42 1177", "hu421177", "DE1"], chance.randint(0, 2))),
            invoices={number: chance.choice(sums) for number in chance.sample(numbers, 3)},
            instalments=tuple(chance.sample(sums, chance.randint(0, 2))),
            whole=chance.choice(sums),
        )
        for place in range(40)
    ]
    seen = set()
    for _ in range(300):
        text = chance.choice([" ", "/", "", "-", "_"]).join(chance.sample([*numbers, "inv", "0"], chance.randint(0, 3)))
        entry = an_entry(
            chance.choice(["5", "7", "123"]),
            text=text,
            payer=chance.choice(["", *names]),
            payer_account=chance.choice(["", "HU421177", "DE-1"]),
        )
        some = chance.sample(waiting, chance.choice([2, 10, 40]))
        (found,) = judge([entry], some, frozenset())
        slow = matching._ranked(entry, [case for case in some if case.currency == "HUF"])
        elsewhere = matching._ranked(entry, [case for case in some if case.currency != "HUF"])
        assert (slow or elsewhere) == found.candidates
        seen.add(found.verdict)

    assert {"doubtful", "nobody's", "other currency"} <= seen
