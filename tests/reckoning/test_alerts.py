import pytest
import yaml
from making import ROOT, a_case, a_reckoning, an_invoice, day, the_kit

from negotiation_kit.reckoning.alerts import URGENCY, alerts_of

SENTENCES = {
    language: yaml.load((ROOT / "templates" / language / "reasons.yaml").read_text("utf-8"), yaml.CBaseLoader)
    for language in ("en", "hu")
}
FOUND = {"contract": "found", "orders": "found", "delivery_notes": "found", "invoices": "not needed"}
QUIET = {
    "superior_told": "2025-03-17",
    "checks": {"copies": FOUND},
    "contacts": [{"day": "2025-03-18", "channel": "phone"}],
}
PLAN = {
    "day": "2025-03-24",
    "signed": "2025-03-24",
    "schedule": [{"due": "2025-03-26", "amount": "1000000"}, {"due": "2025-04-09", "amount": "3850000"}],
}
KEY = {"name": "Példa Bútor Zrt.", "segment": "key"}


def alerts(as_of="2025-03-18", **changes):
    return alerts_of(a_reckoning(a_case(**(QUIET | changes)), day(as_of)))


def told(as_of="2025-03-18", **changes):
    """Every alert as key, day and urgency."""
    return [(each.key, str(each.day), each.urgency) for each in alerts(as_of, **changes)]


def keys(as_of="2025-03-18", **changes):
    return [each.key for each in alerts(as_of, **changes)]


def test_a_quiet_case_has_no_alert():
    assert [] == told()


def test_a_paid_case_asks_for_its_closing_and_nothing_else():
    case = {"superior_told": None, "checks": {"limitation_ends": "2025-06-20"}}
    paid = case | {"payments": [{"day": "2025-03-18", "amount": "4850000"}]}
    closing = {"day": "2025-03-20", "money": "paid in full", "relationship": "unchanged"}

    assert [("not_closed", "2025-03-18", "today")] == told("2025-06-18", **paid)
    assert [] == told("2025-06-18", **paid, closing=closing)


def test_an_invoice_paid_in_time_needs_no_closing():
    assert [] == told("2025-06-18", payments=[{"day": "2025-03-14", "amount": "4850000"}])


@pytest.mark.parametrize("when", [None, "2025-03-19"])
def test_the_superior_is_told_on_the_day_of_the_report(when):
    assert [("superior_not_told", "2025-03-17", "late")] == told(superior_told=when)


def test_before_the_due_day_nobody_need_be_told():
    assert [] == told("2025-03-14", superior_told=None)


@pytest.mark.parametrize(("as_of", "expected"), [("2025-03-21", []), ("2025-03-24", ["no_contact"])])
def test_silence_of_more_than_three_business_days_is_told(as_of, expected):
    assert expected == [key for key in keys(as_of, policy={"stage_alert_bd": "0"}) if key == "no_contact"]


def test_silence_is_counted_from_the_report_while_nobody_has_called():
    (found,) = alerts("2025-03-21", contacts=[])

    assert ("no_contact", "alert.never_called", 4, day("2025-03-20")) == (
        found.key,
        found.sentence,
        dict(found.facts)["days"],
        found.day,
    )


def test_a_call_of_theirs_is_no_word_of_ours():
    assert ["no_contact"] == keys("2025-03-21", contacts=[{"day": "2025-03-20", "channel": "phone", "direction": "in"}])


def test_a_meeting_is_a_word_of_ours():
    met = {"day": "2025-03-24"}

    assert "no_contact" not in keys("2025-03-26", outcome=met)


def test_a_plan_that_is_kept_needs_no_call():
    assert [] == told("2025-04-08", outcome=PLAN, payments=[{"day": "2025-03-26", "amount": "1000000"}])


def test_a_tolerance_that_is_to_be_silent_needs_no_call():
    tolerance = {"days": "60", "approved_by": "Szabó Judit", "decided": "2025-01-15", "within": "silent"}

    assert "no_contact" not in keys("2025-03-25", client=KEY, tolerance=tolerance)
    assert "no_contact" in keys("2025-03-25", client=KEY, tolerance=tolerance | {"within": "nudge"})


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2025-03-24", []),
        ("2025-03-25", [("window_ends", "2025-03-27", "soon")]),
        ("2025-03-27", [("window_ends", "2025-03-27", "today")]),
        ("2025-04-25", []),
        ("2025-04-28", [("claim_ends", "2025-04-30", "soon")]),
        ("2025-05-06", []),
    ],
)
def test_the_end_of_window_and_claim_is_told_two_business_days_before(as_of, expected):
    legal = {"claim_letter": "2025-03-31", "court_filed": "2025-05-05"}
    assert expected == told(as_of, contacts=[{"day": as_of, "channel": "phone"}], legal=legal)


def test_no_claim_period_ends_while_the_letter_waits_for_a_decision():
    decision = {"day": "2025-03-27", "by": "Szabó Judit", "what": "Send it", "allows": "letter"}

    assert "claim_ends" not in keys("2025-04-28", client=KEY)
    assert "claim_ends" in keys("2025-04-28", client=KEY, decisions=[decision])


def test_a_stage_the_plan_holds_does_not_end():
    assert "window_ends" not in keys("2025-03-26", outcome=PLAN)


def test_a_promise_due_today_is_told():
    promise = {"said": "2025-03-17", "pay_by": "2025-03-18", "amount": "1000000"}
    soft = {"said": "2025-03-17", "pay_by": "2025-03-18"}

    assert [("promise_due", "2025-03-18", "today")] == told(promises=[promise])
    assert ["alert.promise_due_soft"] == [each.sentence for each in alerts(promises=[soft])]
    assert [] == told(promises=[promise], payments=[{"day": "2025-03-18", "amount": "1000000"}])
    assert [] == told(promises=[promise | {"pay_by": "2025-03-19"}])


def test_an_instalment_past_its_cure_days_is_told_until_the_money_is_there():
    paid = [{"day": "2025-04-02", "amount": "1000000"}]

    assert ("part_missed", "2025-03-31", "late") in told("2025-04-02", outcome=PLAN)
    assert "part_missed" not in keys("2025-04-02", outcome=PLAN, payments=paid)
    assert "part_missed" not in keys("2025-03-31", outcome=PLAN)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("10", [("tolerance_exceeded", "2025-03-25", "late")]),
        ("11", [("tolerance_ends", "2025-03-25", "today")]),
        ("14", [("tolerance_ends", "2025-03-25", "soon")]),
        ("17", []),
    ],
)
def test_the_end_of_a_tolerance_is_told_three_business_days_before(days, expected):
    tolerance = {"days": days, "approved_by": "Szabó Judit", "decided": "2025-01-15", "within": "nudge"}
    found = told("2025-03-25", client=KEY, tolerance=tolerance, contacts=[{"day": "2025-03-25", "channel": "phone"}])

    assert expected == [each for each in found if each[0].startswith("tolerance")]


def test_an_unused_tolerance_is_nothing_to_tell():
    tolerance = {"days": "0", "approved_by": "Szabó Judit", "decided": "2025-01-15", "within": "nudge"}

    assert [] == told("2025-03-14", client=KEY, tolerance=tolerance)


def test_the_figures_of_a_tolerance_are_for_fewer_eyes():
    tolerance = {"days": "14", "approved_by": "Szabó Judit", "decided": "2025-01-15", "within": "nudge"}
    found = [each for each in alerts("2025-03-25", client=KEY, tolerance=tolerance) if each.key == "tolerance_ends"]

    assert [()] == [each.facts for each in found]


def test_after_a_meeting_that_ended_open_nothing_waits_for_signatures():
    outcome = {"day": "2025-03-24", "ended": "open"}

    assert "minutes_unsigned" not in keys("2025-03-31", outcome=outcome)


@pytest.mark.parametrize(
    ("as_of", "signed", "expected"),
    [("2025-03-26", None, []), ("2025-03-27", None, ["minutes_unsigned"]), ("2025-03-27", "2025-03-27", [])],
)
def test_minutes_are_signed_within_two_business_days(as_of, signed, expected):
    outcome = {"day": "2025-03-24"} | ({"signed": signed} if signed else {})
    found = keys(as_of, outcome=outcome, contacts=[{"day": as_of, "channel": "phone"}])

    assert expected == [key for key in found if key == "minutes_unsigned"]


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ("2025-06-17", []),
        ("2025-06-16", [("limitation", "2025-06-16", "soon")]),
        ("2025-03-18", [("limitation", "2025-03-18", "today")]),
        ("2025-03-17", [("limitation", "2025-03-17", "late")]),
    ],
)
def test_limitation_is_told_ninety_days_before(ends, expected):
    assert expected == told(checks={"copies": FOUND, "limitation_ends": ends})


def test_our_own_action_that_is_late_is_told_until_it_is_done():
    action = {"what": "Sends the form", "who": "Kiss Anna", "side": "supplier", "by": "2025-03-25", "proof": "mail"}

    def found(**changes):
        outcome = {"day": "2025-03-24", "signed": "2025-03-24", "actions": [action | changes]}
        return [each for each in told("2025-03-26", outcome=outcome) if each[0] == "own_action_late"]

    assert [("own_action_late", "2025-03-25", "late")] == found()
    assert [("own_action_late", "2025-03-25", "late")] == found(done="2025-03-27")
    assert [] == found(done="2025-03-26")
    assert [] == found(by="2025-03-26")
    assert [] == found(side="client")


def test_papers_that_are_not_in_copy_are_told():
    (found,) = alerts(checks={"copies": FOUND | {"orders": "missing"}})

    assert ("documents_missing", "missing", 1) == (found.key, found.urgency, dict(found.facts)["missing"])
    assert ["documents_missing"] == keys(checks={})
    assert [] == keys("2025-03-10", checks={})


def test_the_most_urgent_comes_first_and_the_method_orders_the_rest():
    promise = {"said": "2025-03-17", "pay_by": "2025-03-25", "amount": "1000000"}

    assert [
        ("superior_not_told", "late"),
        ("no_contact", "late"),
        ("promise_due", "today"),
        ("window_ends", "soon"),
        ("documents_missing", "missing"),
    ] == [
        (each.key, each.urgency)
        for each in alerts("2025-03-25", superior_told=None, contacts=[], checks={}, promises=[promise])
    ]


def test_the_thresholds_are_the_policys():
    policy = {"contact_gap_bd": "9", "stage_alert_bd": "1", "unsigned_bd": "9", "limitation_alert_days": "9"}
    checks = {"copies": FOUND, "limitation_ends": "2025-04-05"}

    assert [] == told("2025-03-25", outcome={"day": "2025-03-20"}, policy=policy, checks=checks)


def a_case_of_everything():
    """One case in which all there is to tell is told."""
    action = {"what": {"en": "Sends the form", "hu": "Elküldi a lapot"}, "who": "Kiss Anna", "side": "supplier"}
    return a_case(
        client=KEY,
        superior_told=None,
        invoices=[an_invoice(), an_invoice(number="young", due="2025-04-04")],
        tolerance={"days": "5", "approved_by": "Szabó Judit", "decided": "2025-01-15", "within": "nudge"},
        promises=[
            {"said": "2025-04-10", "pay_by": "2025-04-11", "amount": "1000000"},
            {"said": "2025-04-10", "pay_by": "2025-04-11"},
        ],
        checks={"limitation_ends": "2025-04-30"},
        keep_until="2025-04-01",
        outcome=PLAN | {"actions": [action | {"by": "2025-03-25", "proof": "mail"}]},
    )


@pytest.mark.parametrize(
    ("keep_until", "told"), [("2025-03-17", True), ("2025-03-18", True), ("2025-03-19", False), (None, False)]
)
def test_a_file_whose_day_of_deletion_has_come_is_told(keep_until, told):
    assert ("kept_too_long" in keys(keep_until=keep_until)) is told


@pytest.mark.parametrize("language", ["en", "hu"])
def test_every_alert_has_its_sentence(language):
    words = the_kit().desk.language(language)
    found = alerts_of(a_reckoning(a_case_of_everything(), day("2025-04-11")))

    assert {each.urgency for each in found} <= set(URGENCY)
    assert [] == [each.key for each in found if "{" in words.told(each.sentence, each.facts)]


@pytest.mark.parametrize("language", ["en", "hu"])
def test_no_sentence_of_an_alert_is_left_over(language):
    source = (ROOT / "negotiation_kit" / "reckoning" / "alerts.py").read_text("utf-8")
    names = [key.removeprefix("alert.") for key in SENTENCES[language] if key.startswith("alert.")]

    assert [] == [name for name in names if f'"{name}"' not in source]


@pytest.mark.parametrize(
    ("as_of", "legal", "sentence"),
    [
        ("2025-03-31", {}, None),
        ("2025-04-01", {}, "alert.claim_letter_late"),
        ("2025-04-01", {"claim_letter": "2025-03-31"}, None),
        ("2025-05-06", {}, "alert.court_file_late"),
        ("2025-05-06", {"claim_letter": "2025-03-31"}, "alert.court_file_late"),
        ("2025-05-06", {"claim_letter": "2025-03-31", "taken_over": "2025-03-31"}, "alert.court_late"),
        ("2025-05-06", {"claim_letter": "2025-03-31", "court_filed": "2025-05-05"}, None),
    ],
)
def test_what_legal_should_have_done_and_nobody_recorded_is_told(as_of, legal, sentence):
    told_of = [each.sentence for each in alerts(as_of, legal=legal) if each.key in {"claim_letter_late", "court_late"}]

    assert told_of == ([sentence] if sentence else [])
