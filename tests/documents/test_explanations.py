"""How figures and days were found: what each explanation knows, and what it says."""

from datetime import date

import pytest
from making import EACH_SAMPLE, ROOT, a_case, a_reckoning, an_invoice, day, the_kit

from negotiation_kit.documents.explanations import (
    EXPLAINED,
    EXPLANATIONS,
    ONE_OFF,
    explained_values,
    moves_in,
    schedule_of,
)
from negotiation_kit.pack import Kit
from negotiation_kit.problems import Refused

DAY = date(2025, 3, 20)
SUBJECTS = ("assessment", "interest", "allocation", "schedule", "clock", "promises", "offers")
EQUAL = {"shape": "equal", "parts": "3", "every": "month"}
AGREED = {"day": "2025-03-24", "schedule": [{"due": "2025-04-23", "amount": "4850000"}]}


def said(what, case=None, as_of=DAY, language="en"):
    return the_kit().explain(case or a_case(), what, as_of=as_of, language=language)


def the_sample(name):
    case = the_kit().check((ROOT / "samples" / f"{name}.yaml").read_text("utf-8"), name)
    return case, case.as_of or day("2025-03-18")


def test_every_subject_is_for_our_own_people():
    assert set(SUBJECTS) == {each.what for each in EXPLANATIONS}
    assert {"internal", "restricted"} == {each.audience for each in EXPLANATIONS}


def test_the_offers_are_for_fewer_eyes_than_the_rest():
    assert ["offers"] == [each.what for each in EXPLANATIONS if each.audience == "restricted"]


@pytest.mark.parametrize("what", [each for each in SUBJECTS if each != "offers"])
def test_no_explanation_but_that_of_the_offers_tells_the_other_offers(what):
    case, as_of = the_sample("late-payer")
    other = a_reckoning(case, as_of).offers.target.schedule

    assert not [part for part in other.instalments if f"{part.amount.amount:,}" in said(what, case, as_of)]


def test_the_values_of_an_explanation_are_those_it_promises():
    assert set(EXPLAINED) == set(explained_values("interest", a_reckoning(a_case(), DAY), assumed=False))


def test_the_schedule_is_the_one_on_the_table_until_one_is_agreed():
    before = a_reckoning(a_case(plan=EQUAL), DAY)
    after = a_reckoning(a_case(plan=EQUAL, outcome=AGREED), DAY)

    assert schedule_of(before) is before.proposal.schedule
    assert schedule_of(after) is after.agreement.schedule


def test_without_a_debt_there_is_no_schedule():
    paid = [{"day": "2025-03-10", "amount": "4850000"}]

    assert schedule_of(a_reckoning(a_case(payments=paid), DAY)) is None
    assert "There is no schedule on this day" in said("schedule", a_case(payments=paid))
    assert "There are no offers on this day" in said("offers", a_case(payments=paid))
    assert "Nothing is open; no clock runs." in said("clock", a_case(payments=paid))


def test_a_subject_tells_only_the_moves_behind_its_own_days():
    reckoning = a_reckoning(a_case(plan=EQUAL | {"first_day": "2025-03-26"}), DAY)
    plan, clock = ([str(move.counted) for move in moves_in(what, reckoning)] for what in ("schedule", "clock"))

    assert ["2025-04-26"] == plan
    assert "2025-04-26" not in clock
    assert () == moves_in("interest", reckoning)


def test_a_move_behind_several_offers_is_told_once():
    reckoning = a_reckoning(a_case(plan=EQUAL), DAY)
    moves = moves_in("offers", reckoning)

    assert len(set(moves)) == len(moves)


def test_the_table_of_what_if_stands_with_the_offers_and_with_questions_without_a_case():
    one_off, ours = (a_reckoning(a_case(case=number, plan=EQUAL), DAY) for number in (ONE_OFF, "T-1"))

    assert explained_values("offers", ours, assumed=False)["what_if"]
    assert explained_values("schedule", one_off, assumed=False)["what_if"]
    assert explained_values("schedule", ours, assumed=False)["what_if"] is None


@pytest.mark.parametrize("language", ["en", "hu"])
@pytest.mark.parametrize("what", SUBJECTS)
@EACH_SAMPLE
def test_every_sample_is_explained_in_every_language(sample, what, language):
    case, as_of = the_sample(sample.stem)
    text = said(what, case, as_of, language)

    assert case.client.name in text
    assert "{{" not in text
    assert "None" not in text


@EACH_SAMPLE
def test_no_hungarian_sentence_ends_in_two_dots(sample):
    case, as_of = the_sample(sample.stem)

    assert not [what for what in SUBJECTS if ".. " in said(what, case, as_of, "hu")]


def test_a_case_without_interest_is_told_what_the_law_would_give():
    text = said("interest")

    assert "The case reckons no interest. This is what the law would give; nothing of it is in the papers." in text
    assert "11,560.27" in text  # 4 850 000 x 14.5 x 6 / 36 500 = 11 560.27


def test_a_case_with_interest_is_told_nothing_of_the_kind():
    assert "The case reckons no interest" not in said("interest", a_case(interest={}))


def test_what_the_law_would_give_comes_into_no_paper():
    case = a_case()
    said("interest", case)

    for file in the_kit().pack(case, as_of=DAY, languages=("en",), forms=("text",)):
        assert "11,560" not in file.content.decode("utf-8"), file.path


def test_a_rate_the_law_would_need_and_nobody_knows_is_asked_for():
    case = a_case(jurisdiction="RO", currency="RON", invoices=[an_invoice(amount="1000.00")])

    with pytest.raises(Refused, match="the reference rate for RON on 2025-01-01 is not known"):
        said("interest", case)


def test_a_rate_says_when_it_came_into_force_and_where_it_was_read():
    text = said("interest", a_case(interest={}))

    assert "- 1 January 2025: 6.5%, base rate of the Magyar Nemzeti Bank, in force since 25 September 2024." in text
    assert "Source: mnb.hu, table of the base rate" in text


def test_a_stated_rate_names_the_source_of_the_case():
    rates = [{"since": "2025-01-01", "percent": "7", "source": "mnb.hu, read on 4 January 2025"}]

    assert "Source: mnb.hu, read on 4 January 2025" in said("interest", a_case(interest={"rates": rates}))


def test_a_fixed_rate_is_a_rate_and_no_margin():
    case = a_case(jurisdiction="UA", calendars=["HU"], interest={})

    assert "Reference rate: a fixed rate: 3%\n" in said("interest", case)
    assert "percentage points on top" not in said("interest", case)


def test_a_rate_above_a_limit_is_told_and_not_cut():
    contract = {"percent": "30", "source": "contract, point 7"}
    text = said("interest", a_case(interest=contract))

    assert "A rate above a limit: 30% a year from 15 March 2025 to 20 March 2025" in text
    assert "Nothing was cut." in text
    assert "23,917.81" in text  # 4 850 000 x 30 x 6 / 36 500


@pytest.mark.parametrize("language", ["en", "hu"])
@pytest.mark.parametrize("code", ["HU", "EU", "GB-EAW", "DE", "AT", "PL", "CZ", "SK", "UA"])
def test_a_debt_in_euro_is_explained_under_every_law_that_has_a_rate_for_it(code, language):
    case = a_case(
        jurisdiction=code, calendars=["HU"], currency="EUR", interest={}, invoices=[an_invoice(amount="1000.00")]
    )

    assert "EUR" in said("interest", case, language=language)


def test_a_fixed_sum_by_size_in_another_currency_says_which():
    case = a_case(
        jurisdiction="GB-EAW",
        calendars=["GB-EAW"],
        currency="EUR",
        interest={},
        invoices=[an_invoice(amount="1000.00")],
    )

    assert "by the size in GBP rate of 15 Mar 2025 needed" in " ".join(said("interest", case).split())


def test_what_payments_settled_is_told_in_every_currency():
    euro = an_invoice(number="E-7", amount="3200.00", currency="EUR")
    paid = [{"day": "2025-03-18", "amount": "1000.00", "invoice": "E-7"}]
    text = said("allocation", a_case(invoices=[an_invoice(), euro], payments=paid))

    own, _, apart = text.partition("In EUR")
    assert "1,000.00" not in own
    assert "principal of E-7 1,000.00" in apart


def test_an_explanation_in_an_unknown_language_is_refused():
    with pytest.raises(Refused, match="there are no papers in language 'xx'"):
        said("interest", language="xx")


def test_the_same_question_has_the_same_answer():
    case, as_of = the_sample("two-breakfasts")

    assert said("offers", case, as_of) == Kit(the_kit()._library).explain(case, "offers", as_of=as_of)


BINDING = {
    "day": "2025-03-24",
    "signed": "2025-03-24",
    "schedule": [{"due": "2025-03-26", "amount": "1000000"}, {"due": "2025-04-09", "amount": "3850000"}],
}


def clock_of(as_of, **changes):
    return said("clock", a_case(**changes), day(as_of)).replace("\u00a0", " ")


def test_the_clock_says_that_a_plan_holds_it_and_what_waits():
    text = clock_of("2025-03-25", outcome=BINDING)

    assert "holds the clock since Monday, 24 March 2025" in text
    assert "negotiation, 3 days left; the clock goes on with them, never afresh" in text
    assert "Held back while the plan is kept: honest warning; end of the negotiation window;" in text
    assert "Signed on 24 March 2025: kept so far." in text


def test_the_clock_says_that_it_runs_again_after_a_missed_part():
    text = clock_of("2025-04-01", outcome=BINDING)

    assert "it runs again since Tuesday, 1 April 2025 (8 days later)" in text
    assert "held by the plan for 8 days" in text
    assert "missed past its cure days; last cure day 31 Mar 2025" in text


def test_the_clock_says_where_the_formal_lane_does_not_run():
    questioned = an_invoice(disputed={"amount": "4850000", "reason": "dented"})

    assert "does not run: all that is at stake is in question" in clock_of("2025-03-20", invoices=[questioned])


def test_the_clock_says_which_steps_wait_for_the_first_person():
    client = {"name": "Példa Bútor Zrt.", "segment": "key"}
    decision = {"day": "2025-03-20", "by": "Szabó Judit", "what": "Send it", "allows": "letter"}
    text = clock_of("2025-03-25", client=client, decisions=[decision])

    assert "claim letter sent: the decision of the first person is on record" in text
    assert "file handed over for court: waits for the recorded decision of the first person" in text


def test_the_clock_says_what_is_missing_before_the_friendly_means_are_used_up():
    calls = [{"day": f"2025-03-{number}", "channel": "phone", "answered": "no"} for number in (18, 19, 20)]
    text = clock_of("2025-03-20", contacts=calls)

    assert "Attempts: 3; needed 5, still to be made 2" in text
    assert "Channels: 1; needed 3, still to be tried 2" in text
    assert "Business days: 3; needed 5, still missing 2" in text
    assert "by letter, naming the date; not yet sent" in text


def test_the_promises_are_told_with_the_money_counted_for_them():
    promises = [
        {"said": "2025-03-17", "pay_by": "2025-03-18", "amount": "1000000", "words": "tomorrow"},
        {"said": "2025-03-18", "pay_by": "2025-03-20", "moved_on": "2025-03-19", "moved_to": "2025-03-24",
         "amount": "500000"},
        {"said": "2025-03-19", "pay_by": "2025-03-20"},
    ]  # fmt: skip
    case = a_case(promises=promises, payments=[{"day": "2025-03-18", "amount": "1000000"}])
    text = said("promises", case).replace("\u00a0", " ")

    assert "18 Mar 2025 1,000,000" in text
    assert "24 Mar 2025 (first 20 Mar 2025)" in text
    assert "Share kept: by number 100%, by money 100%, of those whose time is over (1)" in text
    assert "Due today: no sum given" in text
    assert "Still to come: Monday, 24 March 2025: HUF" in text
    assert "19 Mar 2025, the sum: What sum will it be? (Q-IDE-09)" in text


def test_a_case_without_promises_says_so():
    assert "No promise is on file." in said("promises")


def test_a_file_that_should_be_with_the_court_is_told_with_its_day():
    expected = (
        "File handed over for court (legal): the day was Friday, 31 July 2026. If it has not happened, it is late."
    )

    assert expected in said("assessment", *the_sample("chronic-promiser"))


def test_no_court_date_stands_where_the_first_person_has_not_decided():
    text = said("assessment", *the_sample("key-client-beyond"))

    assert "claim letter sent: waits for the recorded decision of the first person" in text
    assert "court" not in text
    assert "end of the claim period" not in text


def test_the_questioned_share_is_told_in_percent():
    assert "Questioned share of the overdue sum  28.6% " in said("assessment", *the_sample("disputed-delivery"))
