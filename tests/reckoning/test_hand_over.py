"""What goes to legal: dated facts with a source, and what is still missing."""

import pytest
from making import ROOT, a_case, a_reckoning, day, the_kit

from negotiation_kit.reckoning.chronology import chronology
from negotiation_kit.reckoning.hand_over import hand_over

WHOLE = {
    "supplier": {"name": "A Kft.", "seat": "Győr", "registration": "08-09-000000", "tax_number": "10000000-2-08"},
    "client": {
        "name": "B Zrt.",
        "segment": "standard",
        "seat": "Pécs",
        "registration": "02-10-000000",
        "tax_number": "20000000-2-02",
        "people": [{"name": "Tóth Béla", "signs": "alone", "power": "register extract"}],
    },
    "invoices": [{"number": "A", "issued": "2025-02-12", "due": "2025-03-14", "amount": "1000", "delivery": "L-1"}],
    "interest": {"claim": "claimed"},
    "checks": {
        "insolvency": "none",
        "insolvency_checked": "2025-03-17",
        "limitation_ends": "2030-03-14",
        "copies": dict.fromkeys(("contract", "orders", "delivery_notes", "invoices", "payments", "reminders"), "found"),
    },
}


def of(as_of="2025-04-20", **changes):
    return a_reckoning(a_case(**{**WHOLE, **changes}), day(as_of))


def gaps(**changes):
    return [(gap.key, *(value for _, value in gap.values)) for gap in hand_over(of(**changes)).gaps]


def test_a_file_with_everything_is_complete():
    assert gaps() == []
    assert hand_over(of()).is_complete


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"supplier": {"name": "A Kft.", "seat": "Győr", "registration": "1"}}, ("party", "supplier.tax_number")),
        ({"interest": None}, ("interest",)),
        (
            {"invoices": [{"number": "A", "issued": "2025-02-12", "due": "2025-03-14", "amount": "1000"}]},
            ("delivery", "A"),
        ),
        ({"checks": WHOLE["checks"] | {"limitation_ends": None}}, ("limitation",)),
        ({"checks": WHOLE["checks"] | {"insolvency_checked": None}}, ("insolvency",)),
        (
            {"checks": WHOLE["checks"] | {"copies": WHOLE["checks"]["copies"] | {"reminders": "missing"}}},
            ("copy", "checks.copies.reminders"),
        ),
        ({"client": WHOLE["client"] | {"people": []}}, ("signatory",)),
        ({"client": WHOLE["client"] | {"segment": "key"}}, ("decision",)),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_each_thing_missing_is_told(changes, expected):
    assert gaps(**changes) == [expected]


def test_the_first_persons_word_closes_the_gap_of_a_key_client():
    decisions = [{"day": "2025-04-01", "by": "Szabó Ede", "allows": "letter", "what": "The letter may go."}]

    assert gaps(client=WHOLE["client"] | {"segment": "key"}, decisions=decisions) == []


def test_a_complaint_without_our_view_is_a_gap():
    invoice = WHOLE["invoices"][0] | {"disputed": {"amount": "100", "reason": "dented"}}

    assert gaps(invoices=[invoice]) == [("our_view", "A")]


def test_what_happened_stands_in_the_order_of_its_days_and_nothing_of_the_future():
    found = chronology(
        of(
            payments=[{"day": "2025-04-02", "amount": "100"}, {"day": "2025-05-02", "amount": "100"}],
            promises=[{"said": "2025-03-18", "amount": "100", "pay_by": "2025-03-20", "words": "surely"}],
            contacts=[{"day": "2025-03-18", "channel": "phone", "note": "waits", "tone": "grumpy"}],
        )
    )

    assert [(each.kind, each.source) for each in found] == [
        ("invoice", "invoice"),
        ("due", "invoice"),
        ("finance_notice", "books"),
        ("contact_out", "note"),
        ("promise", "note"),
        ("payment", "bank"),
    ]
    assert sorted(each.day for each in found) == [each.day for each in found]
    assert "grumpy" not in str(found)
    assert "surely" not in str(found)


def test_a_part_past_its_cure_days_and_the_signing_are_dated_lines():
    case = the_kit().check((ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"), "after-meeting.yaml")
    signed = case.model_copy(update={"outcome": case.outcome.model_copy(update={"signed": day("2025-03-24")})})

    kinds = [each.kind for each in chronology(a_reckoning(signed, day("2025-04-20")))]

    assert {"meeting", "signed", "missed"} <= set(kinds)


@pytest.mark.parametrize("language", ["en", "hu"])
def test_every_line_and_gap_has_its_words(language):
    words = the_kit().desk.language(language)
    for sample in (ROOT / "samples").glob("*.yaml"):
        case = the_kit().check(sample.read_text("utf-8"), sample.name)
        found = hand_over(the_kit().reckon(case, case.as_of or day("2025-03-18")))
        for each in found.happenings:
            assert words.word("happening", each.kind)
            assert words.word("happening_source", each.source)
            assert each.until is None or words.word("happening_until", each.kind)
        for gap in found.gaps:
            assert words.told(gap.sentence, gap.values)
