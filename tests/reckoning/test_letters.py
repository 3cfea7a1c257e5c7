"""The letters to the client: each in its time, with its own days and sums, and held back where it has to be."""

from datetime import timedelta
from decimal import Decimal

import pytest
from making import ROOT, a_reckoning, an_invoice, day, the_kit
from making import a_case as plainest

from negotiation_kit.case.legal import Legal
from negotiation_kit.case.receivables import Payment
from negotiation_kit.documents.catalogue import held_papers, papers_for
from negotiation_kit.problems import Refused
from negotiation_kit.reckoning.letters import held_back, letters_of, revived_interest
from negotiation_kit.reckoning.monitoring import watched

AFTER = the_kit().check((ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"), "after-meeting.yaml")
LATE = the_kit().check((ROOT / "samples" / "late-payer.yaml").read_text("utf-8"), "late-payer.yaml")


MANAGER = {"name": "Kiss Anna", "role": "account manager", "phone": "+36 1 555 0101"}
SUPPLIER = {"name": "Borostyán Festék Kft.", "people": [MANAGER]}


def a_case(**changes):
    """The plainest case, with somebody who signs its letters."""
    return plainest(**{"supplier": SUPPLIER, **changes})


def why(case, on, code):
    """Why a letter whose time it is is held back; nothing when it goes."""
    return {paper.code: reason for paper, reason in held_papers(a_reckoning(case, day(on)))}.get(code)


def refused(case, on, code):
    with pytest.raises(Refused) as told:
        list(the_kit().pack(case, as_of=day(on), languages=("en",), forms=("text",), chosen=(code,)))
    return str(told.value)


def text_of(case, on, code, language="en"):
    (file,) = the_kit().pack(case, as_of=day(on), languages=(language,), forms=("text",), chosen=(code,))
    return " ".join(file.content.decode("utf-8").split())


def signed(*payments):
    outcome = AFTER.outcome.model_copy(update={"signed": day("2025-03-24")})
    paid = tuple(Payment(day=day(on), amount=amount) for on, amount in payments)
    return AFTER.model_copy(update={"outcome": outcome, "payments": paid})


def of(case, on):
    return letters_of(a_reckoning(case, day(on)))


def codes(case, on):
    return {paper.code for paper in papers_for(a_reckoning(case, day(on)))}


SENT = {"claim_letter": "2025-03-31"}
FIRST = ("2025-03-26", "1460000")


@pytest.mark.parametrize(
    ("on", "part"), [("2025-04-04", None), ("2025-04-07", 2), ("2025-04-08", 2), ("2025-04-09", None)]
)
def test_a_note_goes_out_two_business_days_before_a_part_and_no_more_on_its_day(on, part):
    reminder = of(signed(FIRST), on).reminder

    assert (reminder.part.number if reminder else None) == part


def test_the_day_to_tell_of_an_obstacle_is_never_behind_us():
    reminder = of(signed(FIRST), "2025-04-08").reminder

    assert reminder.notice_day == day("2025-04-08")


def test_thanks_for_keeping_to_the_plan_only_once_a_part_was_kept():
    assert of(signed(), "2025-03-25").reminder.is_first
    assert not of(signed(FIRST), "2025-04-08").reminder.is_first


@pytest.mark.parametrize(
    ("payments", "on", "expected"),
    [
        ((FIRST,), "2025-04-10", (2, False, "2025-04-14", "1130000")),
        ((FIRST, ("2025-04-09", "500000")), "2025-04-10", (2, True, "2025-04-14", "630000")),
        ((FIRST, ("2025-04-09", "1130000")), "2025-04-10", None),
        ((FIRST,), "2025-04-09", None),
        ((FIRST,), "2025-04-15", None),
    ],
)
def test_a_missed_part_is_told_while_it_can_be_put_right(payments, on, expected):
    missed = of(signed(*payments), on).missed

    told = missed and (missed.part.number, missed.is_short, str(missed.cure_day), str(missed.part.short.amount))
    assert told == expected


def test_script_and_note_come_together_and_their_figures_agree():
    assert {"D10", "C10"} <= codes(signed(FIRST), "2025-04-10")
    assert not {"D10", "C10"} & codes(signed(FIRST), "2025-04-08")


@pytest.mark.parametrize(("on", "warned"), [("2025-03-24", False), ("2025-03-25", True), ("2025-03-26", False)])
def test_the_warning_goes_on_its_day_and_leaves_two_business_days(on, warned):
    assert ("C11" in codes(LATE, on)) is warned


def test_the_warning_has_the_day_of_the_clock_and_the_true_next_step():
    reckoning = a_reckoning(LATE, day("2025-03-25"))
    warning = letters_of(reckoning).warning

    assert warning.deadline == reckoning.clock.day_of("window_end")
    assert (warning.next_owner, str(warning.amount.amount), warning.since) == ("legal", "4850000", day("2025-03-14"))


def test_the_second_warning_names_the_court():
    case = a_case()
    reckoning = a_reckoning(case, day("2025-04-25"))

    assert reckoning.clock.stage == "claim"
    assert letters_of(reckoning).warning.next_owner == "court"


def test_a_kept_plan_is_never_warned_about():
    assert of(signed(FIRST), "2025-03-27").warning is None


@pytest.mark.parametrize(
    ("on", "deadline"),
    [("2025-03-31", None), ("2025-04-01", "2025-04-04"), ("2025-04-02", "2025-04-04"), ("2025-04-03", None)],
)
def test_where_a_missed_plan_leaves_too_little_of_the_stage_the_warning_names_the_hand_over(on, deadline):
    # signed a day before the window ends; the clock goes on on 1 April, ends on the 2nd, and the claim letter leaves on the 4th
    outcome = AFTER.outcome.model_copy(update={"signed": day("2025-03-26")})
    warning = of(AFTER.model_copy(update={"outcome": outcome}), on).warning

    assert (warning and warning.deadline) == (deadline and day(deadline))
    assert not (warning and warning.is_late)


def test_the_closing_letter_is_for_who_has_paid_all_and_late():
    closing = of(signed(FIRST, ("2025-04-09", "3390000")), "2025-04-10").closing

    assert (closing.day, str(closing.amount.amount)) == (day("2025-04-09"), "4850000")
    assert of(signed(FIRST), "2025-04-10").closing is None
    in_time = a_case(payments=[{"day": "2025-03-13", "amount": "4850000"}])
    assert of(in_time, "2025-03-20").closing is None


KEY = {"name": "Nagy Vevő Zrt.", "segment": "key"}
WORD = {"day": "2025-03-20", "by": "Szabó Judit", "what": "The letter may go.", "allows": "letter"}


def test_a_key_client_is_warned_only_on_the_first_persons_recorded_word():
    silent, allowed = a_case(client=KEY), a_case(client=KEY, decisions=[WORD])

    assert held_back(a_reckoning(silent, day("2025-03-25")), warns=True) == "decision"
    assert held_back(a_reckoning(allowed, day("2025-03-25")), warns=True) is None
    assert ("C11", "held.decision") in [
        (paper.code, why) for paper, why in held_papers(a_reckoning(silent, day("2025-03-25")))
    ]
    assert "C11" not in codes(silent, "2025-03-25")
    assert "C11" in codes(allowed, "2025-03-25")


def test_a_letter_asked_for_and_held_back_is_told_not_left_out():
    with pytest.raises(Refused) as refused:
        list(the_kit().pack(a_case(client=KEY), as_of=day("2025-03-25"), languages=("en",), chosen=("C11",)))

    assert str(refused.value.problems[0]) == (
        "C11 is held back: A key client gets this only on the first person's recorded word; write it under decisions,"
        " allows: letter.\n      = change the case if this is wrong"
    )


def test_what_is_in_question_is_never_pressed_for():
    whole = [
        {
            "number": "SZ-211",
            "issued": "2025-02-12",
            "due": "2025-03-14",
            "amount": "100",
            "disputed": {"amount": "100", "reason": "dented"},
        }
    ]

    assert held_back(a_reckoning(a_case(invoices=whole), day("2025-03-25")), warns=True) == "disputed"
    assert "C11" not in codes(a_case(invoices=whole), "2025-03-25")


def test_in_insolvency_only_legal_writes():
    case = a_case(checks={"insolvency": "open", "insolvency_checked": "2025-03-20"})

    assert held_back(a_reckoning(case, day("2025-03-25")), warns=False) == "insolvency"


@pytest.mark.parametrize(("within", "reason"), [("silent", "silent"), ("nudge", None)])
def test_inside_a_tolerance_that_is_to_be_silent_nothing_is_sent(within, reason):
    tolerance = {
        "days": "30",
        "within": within,
        "approved_by": "Szabó Judit",
        "decided": "2025-03-01",
        "disclosed": "no",
    }
    case = a_case(client=KEY, tolerance=tolerance)

    assert held_back(a_reckoning(case, day("2025-03-25")), warns=False) == reason


@pytest.mark.parametrize("language", ["en", "hu"])
@pytest.mark.parametrize(
    ("case", "on", "code"),
    [
        (LATE, "2025-03-20", "C01"),
        (signed(), "2025-03-24", "C08"),
        (signed(), "2025-03-25", "C09"),
        (signed(FIRST), "2025-04-10", "C10"),
        (signed(FIRST), "2025-04-10", "D10"),
        (LATE, "2025-03-25", "C11"),
        (signed(FIRST, ("2025-04-09", "3390000")), "2025-04-10", "C12"),
        (a_case(legal=SENT), "2025-04-08", "C09"),
        (a_case(), "2025-03-25", "C11"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_letter_is_made_in_every_form(case, on, code, language):
    files = list(
        the_kit().pack(case, as_of=day(on), languages=(language,), forms=("docx", "html", "text"), chosen=(code,))
    )

    assert len(files) == 3
    shown = next(file.content for file in files if file.form == "text").decode("utf-8")
    assert "{{" not in shown
    assert case.client.name in shown


@pytest.mark.parametrize(
    ("due", "notice", "on", "deadline"),
    [
        ("2025-03-18", "2025-03-19", "2025-03-27", "2025-03-29"),
        ("2025-03-19", "2025-03-20", "2025-03-27", "2025-03-30"),
    ],
)
def test_a_window_that_ends_on_a_day_of_rest_has_its_warning_too(due, notice, on, deadline):
    case = a_case(invoices=[an_invoice(due=due)], finance_notice=notice, meeting=None)
    reckoning = a_reckoning(case, day(on))

    assert reckoning.clock.day_of("warning") == day(on)
    assert letters_of(reckoning).warning.deadline == reckoning.clock.day_of("window_end") == day(deadline)
    assert "C11" in codes(case, on)


def test_a_warning_whose_day_has_passed_is_told_not_left_out():
    assert why(LATE, "2025-03-25", "C11") is None
    assert why(LATE, "2025-03-26", "C11") == "held.late"
    assert refused(LATE, "2025-03-26", "C11").startswith(
        "C11 is held back: The warning's day is over, and fewer than two business days are left"
    )


def test_past_the_cure_days_the_note_gives_way_to_the_call_and_the_warning():
    message = refused(signed(FIRST), "2025-04-15", "C10")

    assert "C10 is not made on 2025-04-15" in message
    assert "part 2 could be put right until 2025-04-14: now the superior is told and you call" in message
    assert "the warning C11 follows on 2025-0" in message


@pytest.mark.parametrize("language", ["en", "hu"])
def test_the_script_sends_no_note_that_is_held_back(language):
    free, held = (text_of(each, "2025-04-10", "D10", language) for each in (signed(FIRST), key(FIRST)))

    assert "(C10)" in free
    assert {"en": "No note (C10) has left.", "hu": "Jelzés (C10) nem ment el."}[language] in held
    assert {"en": "mail with C10", "hu": "e-mail (C10)"}[language] in free
    assert {"en": "mail with C10", "hu": "e-mail (C10)"}[language] not in held


def test_a_letter_asked_for_too_early_tells_its_day():
    assert "as the case stands, its next day is 2025-03-25" in refused(LATE, "2025-03-20", "C11")
    assert "as the case stands, its next day is 2025-04-07" in refused(signed(FIRST), "2025-03-28", "C09")
    assert "as the case stands, its next day is 2025-04-10" in refused(signed(FIRST), "2025-03-28", "C10")
    assert "next day" not in refused(signed(FIRST), "2025-03-28", "C12")


@pytest.mark.parametrize(("on", "pulse"), [("2025-03-28", False), ("2025-03-31", False), ("2025-04-01", True)])
def test_a_friendly_word_about_the_claim_letter_waits_until_it_has_gone(on, pulse):
    case = a_case(legal=SENT)
    reckoning = a_reckoning(case, day(on))

    assert (reckoning.clock.stage, reckoning.clock.day_of("claim_letter")) == ("claim", day("2025-03-31"))
    assert letters_of(reckoning).pulse is pulse
    assert ("C09" in codes(case, on)) is pulse


@pytest.mark.parametrize(("on", "code"), [("2025-04-08", "C09"), ("2025-04-25", "C11")])
def test_no_letter_speaks_of_a_claim_letter_that_is_not_recorded(on, code):
    assert why(a_case(), on, code) == "held.letter_unrecorded"
    assert why(a_case(legal=SENT), on, code) is None


@pytest.mark.parametrize(
    ("case", "on", "code"),
    [
        (signed(FIRST), "2025-04-07", "C09"),
        (signed(FIRST), "2025-04-10", "C10"),
        (signed(FIRST, ("2025-04-09", "3390000")), "2025-04-10", "C12"),
        (LATE, "2025-03-25", "C11"),
        (LATE, "2025-03-20", "C01"),
        (LATE, "2025-03-20", "C03"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_once_legal_has_the_file_our_letters_need_its_consent(case, on, code):
    gone = case.model_copy(update={"legal": Legal(taken_over=day("2025-03-20"))})
    agreed = case.model_copy(update={"legal": Legal(taken_over=day("2025-03-20"), consent="Fekete Dóra, 2025-03-20")})

    assert why(case, on, code) is None
    assert why(gone, on, code) == "held.legal_leads"
    assert why(agreed, on, code) is None


def test_a_plan_signed_in_the_claim_month_ends_the_friendly_words():
    later = [part.model_copy(update={"due": part.due + timedelta(21)}) for part in AFTER.outcome.schedule]
    on = {"day": day("2025-04-07"), "signed": day("2025-04-07"), "schedule": tuple(later)}
    case = AFTER.model_copy(update={"outcome": AFTER.outcome.model_copy(update=on)})
    reckoning = a_reckoning(case, day("2025-04-08"))

    assert (reckoning.clock.stage, reckoning.clock.plan_active) == ("claim", True)
    assert not letters_of(reckoning).pulse


def test_the_court_is_named_to_a_key_client_only_where_it_was_allowed():
    letter, court = (
        a_case(client=KEY, decisions=[WORD | {"allows": each}], legal=SENT) for each in ("letter", "court")
    )

    assert why(letter, "2025-03-25", "C11") is None
    assert why(letter, "2025-04-25", "C11") == "held.court_decision"
    assert "allows: court" in refused(letter, "2025-04-25", "C11")
    assert "the court, through our lawyers" in text_of(court, "2025-04-25", "C11")


def key(*payments, **changes):
    client = AFTER.client.model_copy(update={"segment": "key"})
    return signed(*payments).model_copy(update={"client": client, **changes})


@pytest.mark.parametrize(("allows", "reason"), [(None, "held.undecided"), ("plan", None), ("none", "held.undecided")])
def test_a_key_client_is_reminded_only_where_it_was_decided(allows, reason):
    decisions = a_case(decisions=[WORD | {"allows": allows}]).decisions if allows else ()

    assert why(key(FIRST, decisions=decisions), "2025-04-07", "C09") == reason
    assert why(key(FIRST, decisions=decisions), "2025-04-10", "C10") == reason
    assert "D10" in codes(key(FIRST, decisions=decisions), "2025-04-10")


def test_a_part_that_came_into_question_is_not_pressed_for():
    disputed = a_case(invoices=[an_invoice(disputed={"amount": "3000000", "reason": "dented"})]).invoices[0].disputed
    invoices = (AFTER.invoices[0].model_copy(update={"disputed": disputed}),)
    case = signed(FIRST).model_copy(update={"invoices": invoices})

    assert why(case, "2025-04-07", "C09") == "held.disputed"
    assert why(case, "2025-04-10", "C10") == "held.disputed"


def test_the_warning_leaves_out_what_is_in_question_and_its_sums_add_up():
    disputed = {"amount": "850000", "reason": "dented"}
    case = a_case(invoices=[an_invoice(disputed=disputed)], payments=[{"day": "2025-03-20", "amount": "1000000"}])
    warning = of(case, "2025-03-25").warning

    assert [str(each.amount) for each in (warning.amount, warning.received, warning.open)] == [
        "4000000",
        "1000000",
        "3000000",
    ]


@pytest.mark.parametrize(
    ("changes", "on", "code", "reason"),
    [
        ({"supplier": {"name": "Borostyán Festék Kft."}}, "2025-03-25", "C11", "no_manager"),
        ({"supplier": SUPPLIER | {"people": [MANAGER | {"phone": None}]}}, "2025-03-25", "C11", "no_phone"),
        ({"supplier": {"name": "Borostyán Festék Kft."}, "legal": SENT}, "2025-04-08", "C09", "no_manager"),
        ({}, "2025-03-20", "C01", "no_hour"),
        ({"meeting": {"day": "2025-03-24", "at": "10:00"}}, "2025-03-20", "C01", "no_place"),
        (
            {
                "meeting": {"day": "2025-03-24", "at": "10:00", "channel": "call"},
                "judgement": {"cause": "cash_gap"},  # more than a friendly clarification, which has no invitation
            },
            "2025-03-20",
            "C01",
            None,
        ),
        ({"meeting": {"day": "2025-03-24", "at": "10:00", "place": "Győr"}}, "2025-03-20", "C01", None),
    ],
)
def test_a_letter_waits_for_the_fact_it_cannot_be_without(changes, on, code, reason):
    case = a_case(**changes)

    assert why(case, on, code) == (reason and f"held.{reason}")
    assert (code in codes(case, on)) is (reason is None)


@pytest.mark.parametrize("language", ["en", "hu"])
def test_every_reason_has_its_sentence(language):
    told = the_kit().desk.language(language).told
    reasons = "insolvency disputed decision court_decision silent undecided late unsigned no_manager no_phone no_hour no_place"

    assert all(told(f"held.{reason}") for reason in [*reasons.split(), "interest_open"])


def test_thanks_and_note_ask_for_remarks_until_the_same_day():
    outcome = AFTER.outcome.model_copy(update={"answer_by": day("2025-03-28")})

    assert of(AFTER, "2025-03-25").remark_day == day("2025-03-26")
    assert of(AFTER.model_copy(update={"outcome": outcome}), "2025-03-25").remark_day == day("2025-03-28")
    assert of(AFTER, "2025-03-31").remark_day == day("2025-04-02")


PAID_UP = (FIRST, ("2025-04-09", "3390000"))


def test_what_is_open_in_another_currency_keeps_the_case_open():
    euro = a_case(invoices=[an_invoice(), an_invoice(number="E-1", amount="10", currency="EUR")]).invoices[1]
    case = signed(*PAID_UP)

    assert "C12" in codes(case, "2025-04-10")
    assert "C12" not in codes(case.model_copy(update={"invoices": (*case.invoices, euro)}), "2025-04-10")


def test_interest_that_came_back_with_a_missed_part_is_cleared_before_the_case_is_closed():
    late = (("2025-04-02", "4850000"),)

    assert why(signed(*late), "2025-04-10", "C12") == "held.interest_open"
    assert why(signed(*PAID_UP), "2025-04-10", "C12") is None


def test_the_share_that_is_not_waived_is_cleared_before_the_case_is_closed():
    kept = signed(*PAID_UP)
    in_part = kept.model_copy(update={"outcome": kept.outcome.model_copy(update={"waived_percent": Decimal(40)})})

    # 14.5 % by law on 4 850 000 for 12 days and on 3 390 000 for 14 days, 365 days a year
    assert str(a_reckoning(in_part, day("2025-04-10")).interest.total.amount) == "41975"
    assert str(revived_interest(a_reckoning(in_part, day("2025-04-10"))).amount) == "25185"
    assert why(in_part, "2025-04-10", "C12") == "held.interest_open"


def test_the_closing_letter_speaks_of_a_plan_only_where_there_was_one():
    paid = a_case(payments=[{"day": "2025-03-20", "amount": "4850000"}])

    assert "Your payment arrived on 20 March 2025" in text_of(paid, "2025-03-21", "C12")
    assert "The last part arrived on 9 April 2025" in text_of(signed(*PAID_UP), "2025-04-10", "C12")


@pytest.mark.parametrize(
    ("seat", "town"),
    [
        ("9024 Győr, Mintakert utca 4.", "Győr"),
        ("A-7000 Eisenstadt, Beispielgasse 2", "Eisenstadt"),
        ("00-950 Warszawa, ul. Przykładowa 1", "Warszawa"),
        ("110 00 Praha, Vzorová 3", "Praha"),
        ("17 Example Road, York", None),
        (None, None),
    ],
)
def test_a_letter_is_written_in_the_town_of_our_seat_where_the_seat_tells_it(seat, town):
    assert of(a_case(supplier=SUPPLIER | {"seat": seat}), "2025-03-25").town == town


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "9024 Győr, Mintakert utca 4. Győr, 25 March 2025 Our reference: 2025-017 Our open balance Dear Tóth"),
        ("hu", "9024 Győr, Mintakert utca 4. Győr, 2025. március 25. Hivatkozási számunk: 2025-017 A nyitott"),
    ],
)
def test_a_letter_has_address_place_and_date_before_its_subject(language, said):
    assert said in text_of(LATE, "2025-03-25", "C11", language).replace("\N{NO-BREAK SPACE}", " ")


def test_nobody_is_warned_while_fresh_minutes_wait_for_their_signatures():
    case = AFTER.model_copy(update={"meeting": None})

    assert why(case, "2025-03-25", "C11") == "held.unsigned"
    assert "only a signed plan holds the clock" in refused(case, "2025-03-25", "C11")
    assert "C08" in codes(case, "2025-03-25")


def test_no_friendly_word_follows_on_the_heels_of_a_meeting():
    text = (ROOT / "samples" / "ended-open.yaml").read_text("utf-8")
    case = the_kit().check(text, "ended-open.yaml")

    assert not of(case, "2026-06-17").pulse
    assert not of(case, "2026-06-19").pulse
    assert of(case, "2026-06-22").pulse


def test_once_a_part_was_missed_past_its_cure_days_no_note_speaks_of_a_later_one():
    third_is_late = "2025-04-24"

    assert a_reckoning(signed(FIRST), day(third_is_late)).performance.health == "missed"
    assert of(signed(FIRST), third_is_late).missed is None
    assert not {"C10", "D10"} & codes(signed(FIRST), third_is_late)
    assert not [each for each in watched(a_reckoning(signed(FIRST), day(third_is_late))) if each.about == "part 4"]
