"""The claim letter: a draft for the lawyer, item by item, what is in question left out, nothing decided by itself."""

import re

import pytest
from making import ROOT, a_case, a_reckoning, an_invoice, day, the_kit

from negotiation_kit.documents.catalogue import held_papers, papers_for
from negotiation_kit.problems import Refused
from negotiation_kit.reckoning.claim_letter import claim_letter

CLAIMED = {"claim": "claimed"}
KEY = {"name": "Példa Bútor Zrt.", "segment": "key"}
WORD = {"day": "2025-03-27", "by": "Szabó Judit", "what": "Send it", "allows": "letter"}
AFTER = the_kit().check((ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"), "after-meeting.yaml")
SIGNED = AFTER.model_copy(update={"outcome": AFTER.outcome.model_copy(update={"signed": day("2025-03-24")})})
"""A signed plan nobody has paid a part of: missed past its cure days on 1 April."""


def late(**changes):
    return a_case(**{"interest": CLAIMED, **changes})


def letter(case, on="2025-03-31"):
    return claim_letter(a_reckoning(case, day(on)))


def why(case, on="2025-03-31"):
    return {paper.code: reason for paper, reason in held_papers(a_reckoning(case, day(on)))}.get("D16")


def is_made(case, on="2025-03-31"):
    return "D16" in {paper.code for paper in papers_for(a_reckoning(case, day(on)))}


def text_of(case, on="2025-03-31", language="en", code="D16"):
    (file,) = the_kit().pack(case, as_of=day(on), languages=(language,), forms=("text",), chosen=(code,))
    return " ".join(file.content.decode("utf-8").replace("\N{NO-BREAK SPACE}", " ").split())


def refused(case, on="2025-03-31"):
    with pytest.raises(Refused) as told:
        list(the_kit().pack(case, as_of=day(on), languages=("en",), forms=("text",), chosen=("D16",)))
    return str(told.value)


@pytest.mark.parametrize(
    ("on", "legal", "made"),
    [
        ("2025-03-26", {}, False),
        ("2025-03-28", {}, True),
        ("2025-04-10", {}, True),
        ("2025-04-10", {"claim_letter": "2025-04-01"}, False),
        ("2025-04-10", {"court_filed": "2025-04-01"}, False),
    ],
)
def test_it_is_drafted_from_the_end_of_the_window_until_a_letter_has_gone(on, legal, made):
    assert is_made(late(legal=legal), on) is made


def test_a_kept_plan_needs_no_letter_and_a_missed_one_does():
    assert not is_made(SIGNED, "2025-03-28")
    assert is_made(SIGNED, "2025-04-30")


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        (late(client=KEY), "held.decision"),
        (late(client=KEY, decisions=[WORD]), None),
        (a_case(), "held.interest_undecided"),
        (late(interest={"claim": "for information"}), "held.interest_undecided"),
        (late(interest={"claim": "not claimed"}), None),
        (late(checks={"insolvency": "open", "insolvency_checked": "2025-03-20"}), "held.insolvency"),
    ],
)
def test_a_decision_that_is_missing_holds_it_back_with_the_reason(case, reason):
    assert why(case) == reason


@pytest.mark.parametrize(
    ("case", "message"),
    [
        (late(client=KEY), "A key client gets this only on the first person's recorded word"),
        (
            late(invoices=[an_invoice(disputed={"amount": "4850000", "reason": "wrong colour"})]),
            "Everything past its day is in question",
        ),
    ],
)
def test_held_back_it_is_refused_in_words(case, message):
    assert f"D16 is held back: {message}" in refused(case)


def test_the_items_add_up_to_what_is_claimed():
    two = [an_invoice(), an_invoice(number="SZ-212", amount="150000")]
    claim = letter(late(invoices=two, costs=[{"day": "2025-03-20", "amount": "15000", "what": "register extract"}]))

    assert str(claim.principal.amount) == "5000000"
    assert sum((line.interest for line in claim.lines[1:]), claim.lines[0].interest) == claim.interest
    assert claim.total == claim.principal + claim.interest + claim.costs
    assert str(claim.costs.amount) == "15000"


def test_interest_is_that_of_the_ledger_and_of_a_day():
    # 4 850 000 x 14.5 % x 17 days / 365 = 32 754; a day 1 927 (MNB 6.5 % + 8 points)
    claim = letter(late())

    assert (str(claim.interest.amount), str(claim.per_day.amount)) == ("32754", "1927")
    assert claim.interest == a_reckoning(late(), day("2025-03-31")).interest.total


def test_what_is_in_question_is_left_out_with_its_interest_and_named():
    disputed = {"amount": "850000", "reason": "the second pallet"}
    case = late(invoices=[an_invoice(disputed=disputed)])
    claim = letter(case)
    # 4 000 000 x 14.5 % x 17 / 365 = 27 014
    assert (str(claim.principal.amount), str(claim.interest.amount)) == ("4000000", "27014")
    text = text_of(case)
    assert "Of invoice SZ-211 the sum of HUF 850,000 is in question between the parties; it is not part" in text
    assert "the second pallet" in text


def test_an_invoice_wholly_in_question_is_not_among_the_items():
    disputed = {"amount": "150000", "reason": "not ordered"}
    claim = letter(late(invoices=[an_invoice(), an_invoice(number="SZ-212", amount="150000", disputed=disputed)]))

    assert [line.balance.invoice.number for line in claim.lines] == ["SZ-211"]
    assert [balance.invoice.number for balance in claim.left_out] == ["SZ-212"]
    assert str(claim.interest.amount) == "32754"


def test_interest_open_on_a_paid_invoice_stands_in_a_line_of_its_own():
    case = late(
        invoices=[an_invoice(), an_invoice(number="SZ-200", issued="2025-01-10", due="2025-02-10", amount="1000000")],
        payments=[{"day": "2025-03-12", "amount": "1000000", "invoice": "SZ-200", "settles": "principal"}],
    )
    claim = letter(case)

    # 1 000 000 x 14.5 % x 30 / 365 = 11 918
    assert str(claim.elsewhere.amount) == "11918"
    assert str(claim.interest.amount) == str(32754 + 11918)


@pytest.mark.parametrize(
    ("jurisdiction", "kind", "policy", "until", "is_longer"),
    [
        ("HU", "company", {}, "2025-04-30", False),
        ("HU", "company", {"claim_unit": "month"}, "2025-04-30", False),
        ("HU", "company", {"claim_days": "3"}, "2025-04-08", True),
        ("GB-EAW", "company", {"claim_days": "10"}, "2025-04-14", True),
        ("GB-EAW", "sole trader", {"claim_days": "10"}, "2025-04-30", True),
        ("CZ", "company", {"claim_days": "10"}, "2025-04-10", False),
    ],
)
def test_the_longer_of_policy_and_law_is_named(jurisdiction, kind, policy, until, is_longer):
    client = {"name": "Példa Bútor Zrt.", "segment": "standard", "kind": kind}
    claim = letter(late(jurisdiction=jurisdiction, calendars=["HU"], client=client, policy=policy))

    assert (claim.until, claim.is_longer_by_law) == (day(until), is_longer)


def test_the_letter_is_dated_on_its_day_and_never_in_the_past():
    assert letter(late(), "2025-03-28").dated == day("2025-03-31")
    assert letter(late(), "2025-04-05").dated == day("2025-04-07")


@pytest.mark.parametrize(
    ("amount", "what"),
    [
        ("3000000", "an order for payment before a notary"),
        ("3000001", "an order for payment before a notary, or a lawsuit"),
        ("30000001", "a lawsuit for payment"),
    ],
)
def test_what_follows_goes_by_the_size_of_the_claim(amount, what):
    claim = letter(late(invoices=[an_invoice(amount=amount)]))

    assert claim.follows.what.in_language("en") == what


def test_limits_in_another_currency_decide_nothing():
    case = late(
        jurisdiction="HU",
        currency="EUR",
        invoices=[an_invoice(amount="4850.00")],
        interest={"claim": "not claimed"},
    )

    assert letter(case).follows is None
    assert "not known – ask; its limits are in another currency" in text_of(case)


@pytest.mark.parametrize("language", ["en", "hu"])
def test_the_acknowledgement_is_quoted_word_for_word_from_the_minutes(language):
    draft, minutes = (text_of(SIGNED, "2025-04-30", language, code) for code in ("D16", "C04"))
    (quoted,) = re.findall(r"[“„]((?:The Client states|A Vevő kijelenti).+?)”", draft)

    assert quoted in minutes
    assert quoted.endswith({"en": "The items in point 5 are not included.", "hu": "nem terjed ki."}[language])


def test_without_signatures_nothing_is_quoted():
    case = AFTER.model_copy(update={"interest": late().interest})

    assert "word for word" not in text_of(case, "2025-04-30")


def test_an_acknowledgement_refused_is_not_quoted():
    none = SIGNED.outcome.acknowledged.model_copy(update={"kind": "none"})
    case = SIGNED.model_copy(update={"outcome": SIGNED.outcome.model_copy(update={"acknowledged": none})})

    assert letter(case, "2025-04-30").signed is None
    assert "word for word" not in text_of(case, "2025-04-30")


def test_missed_parts_and_broken_promises_are_named_with_day_and_sum():
    promise = {"said": "2025-03-17", "pay_by": "2025-03-20", "amount": "1000000"}
    text = text_of(late(promises=[promise]))

    assert "on 17 March 2025: HUF 1,000,000 by 20 March 2025; nothing was received by then" in text
    assert "part 1, HUF 1,460,000, due on 26 March 2025" in text_of(SIGNED, "2025-04-30")


@pytest.mark.parametrize("language", ["en", "hu"])
def test_it_says_that_it_is_a_draft_and_how_sure_each_legal_line_is(language):
    text = text_of(late(), language=language)

    draft = {
        "en": "A draft: not sent, not signed, and no legal advice.",
        "hu": "Tervezet: nincs elküldve, nincs aláírva",
    }
    unsure = {"en": "general knowledge, to be confirmed", "hu": "megerősítendő"}
    assert draft[language] in text
    assert unsure[language] in text


@pytest.mark.parametrize("code", ["HU", "EU", "GB-EAW", "DE", "AT", "PL", "CZ", "SK", "RO", "UA", "RU"])
def test_every_jurisdiction_has_its_own_letter_in_both_languages(code):
    invoices = [an_invoice(amount="4850.00")]
    interest = {"claim": "claimed", "percent": "10", "source": "contract, point 7"}
    case = late(jurisdiction=code, calendars=["HU"], currency="EUR", invoices=invoices, interest=interest)
    rules = the_kit().law(code).jurisdiction.claim_letter

    for language in ("en", "hu"):
        text = text_of(case, language=language)
        assert rules.title.in_language(language) in text
        assert "{{" not in text
        for note in rules.notes:
            assert note.text.in_language(language) in text


def test_a_letter_on_its_way_is_not_drafted_again_and_the_reason_is_told():
    assert "without a claim letter that has gone" in refused(late(legal={"claim_letter": "2025-03-31"}), "2025-04-02")
