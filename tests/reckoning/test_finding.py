import re
from decimal import Decimal

import pytest
import yaml
from making import ROOT, a_calendar, a_case, a_debt, an_invoice, day

from negotiation_kit.case.case import Case
from negotiation_kit.reckoning.facts import CASE_VOCABULARY, Fact, Facts, unknown_facts
from negotiation_kit.reckoning.finding import case_facts
from negotiation_kit.reckoning.performance import plan_performance
from negotiation_kit.reckoning.promises import judge_promises

AS_OF = "2025-03-18"
SENTENCES = yaml.load((ROOT / "templates" / "en" / "reasons.yaml").read_text("utf-8"), yaml.CBaseLoader)
CLIENT = {"name": "Példa Bútor Zrt."}
CHECKED = {"signatory_confirmed": "2025-03-17", "balance_confirmed": "2025-03-10"}


def facts_of(case: Case, as_of: str = AS_OF) -> Facts:
    calendars = a_calendar()
    return case_facts(
        case,
        a_debt(case, day(as_of)),
        judge_promises(case, day(as_of), calendars),
        plan_performance(case, day(as_of), calendars),
        clock_stage="negotiate",
        days_left=9,
        as_of=day(as_of),
        calendars=calendars,
    )


def fact(name: str, facts: Facts) -> Fact:
    return next(each for each in facts.facts if each.name == name)


def known(name: str, as_of: str = AS_OF, **changes: object) -> object:
    return facts_of(a_case(**changes), as_of).value(name)


def facts_in(calendars: list[str]) -> Facts:
    """The facts of a case that names calendars; the debt itself needs none of them."""
    case = a_case()
    return case_facts(
        case.model_copy(update={"calendars": tuple(calendars)}),
        a_debt(case, day(AS_OF)),
        judge_promises(case, day(AS_OF), a_calendar()),
        None,
        clock_stage="negotiate",
        days_left=9,
        as_of=day(AS_OF),
        calendars=a_calendar(),
    )


def paid_on(number: str, due: str, paid: str) -> tuple[dict[str, object], dict[str, object]]:
    """An invoice of the file and the payment that settled it."""
    invoice = an_invoice(number=number, due=due, issued="2024-01-02", amount="1000")
    return invoice, {"day": paid, "amount": "1000", "invoice": number}


def paid_before(*pairs: tuple[str, str]) -> dict[str, object]:
    """Invoices paid before, beside the open one."""
    made = [paid_on(f"P-{place}", due, paid) for place, (due, paid) in enumerate(pairs)]
    return {"invoices": [an_invoice(), *(each[0] for each in made)], "payments": [each[1] for each in made]}


def contact(when: str, **changes: object) -> dict[str, object]:
    return {"day": when, "channel": "phone"} | changes


def test_every_fact_is_there_once_and_in_order():
    assert [fact.name for fact in facts_of(a_case()).facts] == list(CASE_VOCABULARY)


def test_every_value_is_one_a_condition_may_name():
    facts = facts_of(a_case(client=CLIENT | {"segment": "key"}, relationship={"since": "2020-01-01"}))
    words = {fact.name: fact.value for fact in facts.facts if isinstance(fact.value, str)}

    assert set() == {name for name, word in words.items() if word not in CASE_VOCABULARY[name]}


def test_how_each_fact_was_found_can_be_said():
    facts = facts_of(
        a_case(relationship={"since": "2024-10-01", "paid_deliveries": "7", "paid_late": "0"}, checks=CHECKED)
    )

    for each in facts.facts:
        assert SENTENCES[each.rule].format(**dict(each.inputs))


def test_a_bare_case_guesses_nothing():
    facts = facts_of(a_case(client=CLIENT, meeting=None))
    unknown = {fact.name for fact in facts.facts if not fact.is_known}

    assert unknown == {
        "segment", "relationship", "conduct", "prospects", "debt_weight", "cause", "capacity",
        "will", "contact", "contact_attempts_failed", "contact_channels", "contact_span_bd", "refused_meetings",
        "supply_wanted", "goods_in_stock", "setoff_possible", "security_held", "insolvency_open", "insolvency_signal",
        "cross_border", "limitation_days", "channel",
    }  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "decision_maker",
        "signatory_confirmed",
        "contact_changed",
        "balance_confirmed",
        "docs_complete",
        "superior_notified",
        "superior_confirmed",
        "plan_active",
    ],
)
def test_what_nobody_confirmed_is_a_no(name):
    assert known(name) is False


@pytest.mark.parametrize(
    ("relationship", "expected"),
    [
        ({}, None),
        ({"paid_deliveries": "20"}, None),
        ({"since": "2024-10-01", "paid_deliveries": "7"}, "new"),
        ({"since": "2024-09-18", "paid_deliveries": "7"}, "developing"),
        ({"since": "2020-01-01", "paid_deliveries": "2"}, "new"),
        ({"since": "2020-01-01"}, None),
        ({"since": "2023-03-18", "paid_deliveries": "10"}, "established"),
        ({"since": "2023-03-19", "paid_deliveries": "10"}, "developing"),
        ({"since": "2023-03-18", "paid_deliveries": "9"}, "developing"),
    ],
)
def test_the_relationship_goes_by_age_and_paid_deliveries(relationship, expected):
    assert known("relationship", relationship=relationship) == expected


def test_paid_invoices_of_the_file_count_where_no_number_is_given():
    paid = paid_before(("2024-06-01", "2024-06-01"), ("2024-07-01", "2024-07-01"), ("2024-08-01", "2024-08-01"))

    assert known("relationship", relationship={"since": "2020-01-01"}, **paid) == "developing"


@pytest.mark.parametrize(
    ("relationship", "expected"),
    [
        ({"paid_deliveries": "2", "paid_late": "2"}, "unproven"),
        ({"paid_deliveries": "7"}, None),
        ({"paid_deliveries": "10", "paid_late": "1"}, "good"),
        ({"paid_deliveries": "10", "paid_late": "2"}, "mixed"),
        ({"paid_deliveries": "10", "paid_late": "4"}, "mixed"),
        ({"paid_deliveries": "10", "paid_late": "5"}, "poor"),
        ({"paid_deliveries": "3", "paid_late": "9"}, "poor"),
        ({"paid_deliveries": "4", "earlier_delays": [{"due": "2024-11-15", "paid": "2024-11-20"}]}, "good"),
        ({"paid_deliveries": "4", "earlier_delays": [{"due": "2024-11-15", "paid": "2024-11-21"}]}, "mixed"),
        ({"paid_deliveries": "4", "earlier_delays": [{"due": "2023-11-15", "paid": "2023-12-21"}]}, "good"),
    ],
)
def test_conduct_is_the_share_paid_in_time(relationship, expected):
    assert known("conduct", relationship=relationship) == expected


def test_the_number_given_rules_alone_so_that_nothing_counts_twice():
    late = paid_before(*[("2024-11-15", "2024-12-30")] * 5)

    assert known("conduct", relationship={"paid_deliveries": "7", "paid_late": "0"}, **late) == "good"


def test_without_a_number_the_paid_invoices_and_earlier_delays_speak_each_once():
    paid = paid_before(("2024-06-01", "2024-06-01"), ("2024-07-01", "2024-07-01"), ("2024-11-15", "2024-11-27"))
    delays = {"earlier_delays": [{"due": "2024-11-15", "paid": "2024-11-27"}]}
    facts = facts_of(a_case(relationship=delays, **paid))
    found = fact("conduct", facts)

    assert (found.value, dict(found.inputs)) == ("mixed", {"in_time": 2, "paid": 3, "grace_days": 5})


def test_a_few_paid_invoices_do_not_make_an_old_client_unproven():
    assert known("conduct", relationship={"since": "2010-01-01"}, **paid_before(("2024-06-01", "2024-06-01"))) is None


@pytest.mark.parametrize(
    ("relationship", "expected"),
    [
        ({"prospects": "low", "purchases_12m": "100", "expected_12m": "200"}, "low"),
        ({"purchases_12m": "100", "expected_12m": "120"}, "high"),
        ({"purchases_12m": "100", "expected_12m": "119"}, "medium"),
        ({"purchases_12m": "100", "expected_12m": "70"}, "medium"),
        ({"purchases_12m": "100", "expected_12m": "69"}, "low"),
        ({"purchases_12m": "0", "expected_12m": "69"}, None),
        ({"purchases_12m": "100"}, None),
    ],
)
def test_prospects_are_the_choice_of_the_manager_or_what_purchases_suggest(relationship, expected):
    assert known("prospects", relationship=relationship) == expected


@pytest.mark.parametrize(
    ("expected_12m", "hint", "percent"),
    [
        ("120", "hint.prospects.high", "120.0"),
        ("70", "hint.prospects.medium", "70.0"),
        ("69", "hint.prospects.low", "69.0"),
    ],
)
def test_what_purchases_suggest_is_told_beside_the_choice(expected_12m, hint, percent):
    relationship = {"prospects": "low", "purchases_12m": "100", "expected_12m": expected_12m}
    (told,) = fact("prospects", facts_of(a_case(relationship=relationship))).details

    assert (hint, percent) == (told.key, str(told.values["value"]))


def test_each_ratio_behind_the_weight_is_told():
    relationship = {"purchases_12m": "29100000", "credit_limit": "5000000", "our_monthly_turnover": "97000000"}
    weight = fact("debt_weight", facts_of(a_case(relationship=relationship)))

    assert {"ratio.purchases": "2.0", "ratio.credit_limit": "97.0", "ratio.turnover": "5.0"} == {
        each.key: str(each.values["value"]) for each in weight.details
    }


@pytest.mark.parametrize(
    ("relationship", "expected"),
    [
        ({"purchases_12m": "58200012"}, "light"),
        ({"purchases_12m": "58200000"}, "material"),
        ({"purchases_12m": "19400000"}, "material"),
        ({"purchases_12m": "19399999"}, "heavy"),
        ({"purchases_12m": "0"}, "heavy"),
        ({"credit_limit": "9700001"}, "light"),
        ({"credit_limit": "9700000"}, "material"),
        ({"credit_limit": "4850000"}, "material"),
        ({"credit_limit": "4849999"}, "heavy"),
        ({"our_monthly_turnover": "485000001"}, "light"),
        ({"our_monthly_turnover": "485000000"}, "material"),
        ({"our_monthly_turnover": "97000000"}, "material"),
        ({"our_monthly_turnover": "96999999"}, "heavy"),
        ({"credit_limit": "9700001", "purchases_12m": "19399999"}, "heavy"),
        ({}, None),
    ],
)
def test_the_weight_of_the_debt_is_the_worst_of_its_ratios(relationship, expected):
    assert known("debt_weight", relationship=relationship) == expected


def test_nothing_overdue_weighs_lightly():
    assert known("debt_weight", "2025-03-10", relationship={"credit_limit": "0"}) == "light"


def test_a_dispute_has_a_share_and_a_day():
    def disputed(raised: str | None) -> dict[str, object]:
        dispute = {"amount": "1697500", "reason": "dented"} | ({"raised": raised} if raised else {})
        return {"invoices": [an_invoice(disputed=dispute)]}

    assert known("disputed_share", **disputed("2025-03-14")) == Decimal("0.35")
    assert [known("dispute_before_due", **disputed(raised)) for raised in ("2025-03-14", "2025-03-15", None)] == [
        True,
        False,
        None,
    ]


def test_a_complaint_without_its_day_is_asked_for():
    dispute = {"amount": "1697500", "reason": "dented"}
    asked = {
        each.fact: each.question for each in unknown_facts(facts_of(a_case(invoices=[an_invoice(disputed=dispute)])))
    }

    assert asked["dispute_before_due"] == "Q-CAU-15"


def test_without_a_complaint_nobody_asks_for_its_day():
    facts = facts_of(a_case())

    assert fact("dispute_before_due", facts).rule == "how.dispute_none"
    assert "dispute_before_due" not in {each.fact for each in unknown_facts(facts)}


def test_without_anything_overdue_nothing_is_disputed():
    facts = facts_of(a_case(), "2025-03-14")

    assert (facts.value("days_overdue"), facts.value("disputed_share"), facts.value("overdue_invoices")) == (0, 0, 0)


@pytest.mark.parametrize(
    ("judged", "weights", "expected"),
    [
        (None, [], "unknown"),
        ("unknown", ["soft"], "strained"),
        (None, ["soft", "soft"], "strained"),
        (None, ["soft"] * 3, "distressed"),
        (None, ["hard"], "distressed"),
        ("good", ["hard"], "good"),
    ],
)
def test_capacity_is_judged_or_drawn_from_signals(judged, weights, expected):
    signals = [{"day": "2025-03-10", "fact": "f", "source": "s", "weight": weight} for weight in weights]
    judgement = {"capacity": judged} if judged else {}

    assert known("capacity", judgement=judgement, signals=signals) == expected


@pytest.mark.parametrize(
    ("judged", "weights", "expected"),
    [
        ("good", ["hard"], ["hint.capacity.distressed"]),
        ("good", ["soft"], ["hint.capacity.strained"]),
        ("strained", ["soft"], []),
        ("good", [], []),
        (None, ["hard"], []),
    ],
)
def test_signals_that_say_something_else_are_told_beside_the_judgement(judged, weights, expected):
    signals = [{"day": "2025-03-10", "fact": "f", "source": "s", "weight": weight} for weight in weights]
    facts = facts_of(a_case(judgement={"capacity": judged} if judged else {}, signals=signals))

    assert expected == [each.key for each in fact("capacity", facts).details]


def test_a_signal_of_tomorrow_is_not_known_today():
    assert known("capacity", signals=[{"day": "2025-03-19", "fact": "f", "source": "s", "weight": "hard"}]) == "unknown"


@pytest.mark.parametrize(
    ("judged", "contacts", "expected"),
    [
        (None, [], "unknown"),
        ("hostile", [contact("2025-03-17", got_day="yes")], "hostile"),
        (None, [contact("2025-03-17", got_day="yes")], "cooperative"),
        (None, [contact("2025-03-17", answered="no")], "unknown"),
        (None, [contact("2025-03-17", answered="no"), contact("2025-03-18", answered="no")], "evasive"),
        (None, [contact("2025-03-03", answered="no"), contact("2025-03-18", answered="no")], "unknown"),
        (
            None,
            [
                contact("2025-03-14", answered="no"),
                contact("2025-03-17", answered="no"),
                contact("2025-03-18", got_day="yes"),
            ],
            "cooperative",
        ),
        (
            None,
            [contact("2025-03-14", asked_for_day="yes"), contact("2025-03-17", asked_for_day="yes")],
            "evasive",
        ),
        (
            None,
            [contact("2025-03-14", asked_for_day="yes"), contact("2025-03-17", asked_for_day="yes", got_day="yes")],
            "cooperative",
        ),
    ],
)
def test_will_is_judged_or_drawn_from_contacts(judged, contacts, expected):
    assert known("will", judgement={"will": judged} if judged else {}, contacts=contacts) == expected


@pytest.mark.parametrize(
    ("contacts", "expected"),
    [
        ([], (None, None, None, None)),
        ([contact("2025-03-17")], ("open", 0, 0, 0)),
        ([contact("2025-03-17", direction="in", answered="no")], ("open", 0, 0, 0)),
        (
            [contact("2025-03-14"), contact("2025-03-17", answered="no", channel="mail")],
            ("partial", 1, 1, 1),
        ),
        (
            [contact("2025-03-17", answered="no"), contact("2025-03-14", answered="no", channel="mail")],
            ("none", 2, 2, 2),
        ),
        ([contact("2025-03-17", answered="no"), contact("2025-03-19")], ("none", 1, 1, 1)),
    ],
)
def test_contact_is_what_became_of_our_latest_attempts(contacts, expected):
    names = ("contact", "contact_attempts_failed", "contact_channels", "contact_span_bd")
    facts = facts_of(a_case(contacts=contacts))

    assert tuple(facts.value(name) for name in names) == expected


def test_lapses_are_delays_of_a_year_and_the_present_one():
    delays = [{"due": "2024-03-17", "paid": "2024-04-17"}, {"due": "2024-03-18", "paid": "2024-04-17"}]

    assert known("lapses_12m", relationship={"earlier_delays": delays}) == 2
    assert known("lapses_12m", "2025-03-14", relationship={"earlier_delays": delays}) == 2
    assert known("lapses_12m", **paid_before(("2024-11-15", "2024-11-21"), ("2024-12-02", "2024-12-03"))) == 2


@pytest.mark.parametrize(
    ("payments", "as_of", "missed"),
    [
        ([], "2025-03-31", 0),
        ([], "2025-04-01", 1),
        ([], "2025-04-15", 2),
        ([("2025-03-26", "1000000")], "2025-04-15", 1),
        ([("2025-03-24", "1000000")], "2025-04-15", 2),
        ([("2025-03-31", "1000000"), ("2025-04-14", "3850000")], "2025-04-15", 0),
        ([("2025-03-26", "4850000")], "2025-04-15", 0),
        ([("2025-04-02", "1000000"), ("2025-04-09", "3850000")], "2025-04-15", 1),
    ],
)
def test_a_part_is_missed_when_its_cure_days_are_over(payments, as_of, missed):
    outcome = {
        "day": "2025-03-24",
        "signed": "2025-03-24",
        "schedule": [{"due": "2025-03-26", "amount": "1000000"}, {"due": "2025-04-09", "amount": "3850000"}],
    }
    facts = facts_of(
        a_case(outcome=outcome, payments=[{"day": when, "amount": sum_} for when, sum_ in payments]), as_of
    )

    assert facts.value("plan_missed") == missed
    assert facts.value("plan_active") is (missed == 0)


@pytest.mark.parametrize("change", [{"signed": None}, {"binding": "no"}, {"signed": "2025-05-02"}])
def test_a_plan_that_is_not_signed_cannot_be_missed(change):
    outcome = {"day": "2025-03-24", "signed": "2025-03-24", "schedule": [{"due": "2025-03-26", "amount": "4850000"}]}
    facts = facts_of(a_case(outcome={key: value for key, value in (outcome | change).items() if value}), "2025-05-01")

    assert (facts.value("plan_missed"), facts.value("plan_active")) == (0, False)


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([{"name": "A", "decides": "yes"}], (True, False)),
        ([{"name": "A", "decides": "yes", "attends": "no"}], (False, False)),
        ([{"name": "A", "signs": "alone"}], (False, False)),
        ([{"name": "A", "signs": "jointly", "power": "register"}], (False, True)),
        ([{"name": "A", "signs": "no", "power": "register"}], (False, False)),
    ],
)
def test_who_decides_and_who_signs_is_read_from_the_people(people, expected):
    facts = facts_of(a_case(client=CLIENT | {"people": people}))

    assert (facts.value("decision_maker"), facts.value("signatory_confirmed")) == expected


def test_a_new_person_is_a_changed_contact():
    assert known("contact_changed", client=CLIENT | {"people": [{"name": "A", "new": "yes"}]}) is True


@pytest.mark.parametrize(
    ("checks", "as_of", "expected"),
    [
        ({"balance_confirmed": "2025-03-10"}, "2025-06-08", True),
        ({"balance_confirmed": "2025-03-10"}, "2025-06-09", False),
        ({"balance_confirmed": "2025-03-19"}, "2025-03-18", False),
    ],
)
def test_a_written_balance_counts_for_ninety_days(checks, as_of, expected):
    assert known("balance_confirmed", as_of, checks=checks) is expected


@pytest.mark.parametrize(("kind", "expected"), [("whole", True), ("part", False)])
def test_signed_minutes_that_acknowledge_the_whole_are_a_written_balance(kind, expected):
    outcome = {"day": "2025-03-17", "signed": "2025-03-17", "acknowledged": {"kind": kind}}

    assert known("balance_confirmed", outcome=outcome) is expected


def test_papers_are_complete_when_none_of_the_four_is_open():
    four = {"contract": "found", "orders": "not needed", "delivery_notes": "found", "invoices": "found"}

    assert known("docs_complete", checks={"copies": four}) is True
    assert known("docs_complete", checks={"copies": four | {"orders": "missing"}}) is False
    assert known("docs_complete", checks={"copies": {"contract": "found"}}) is False


@pytest.mark.parametrize(
    ("insolvency", "expected"),
    [(None, (None, None)), ("none", (False, False)), ("signal", (False, True)), ("open", (True, True))],
)
def test_insolvency_is_known_once_it_was_checked(insolvency, expected):
    facts = facts_of(a_case(checks={"insolvency": insolvency} if insolvency else {}))

    assert (facts.value("insolvency_open"), facts.value("insolvency_signal")) == expected


@pytest.mark.parametrize(
    ("checked", "expected"),
    [
        ({"insolvency_checked": "2025-03-17"}, (True, "how.checked_on")),
        ({}, (True, "how.checked")),
        ({"insolvency_checked": "2025-03-19"}, (None, "how.not_given")),
    ],
)
def test_a_check_of_the_register_has_a_day_and_counts_from_it_on(checked, expected):
    found = fact("insolvency_signal", facts_of(a_case(checks={"insolvency": "signal"} | checked)))

    assert expected == (found.value, found.rule)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, None),
        ({"securities": [{"kind": "guarantee"}]}, True),
        ({"securities": [{"kind": "guarantee", "expires": "2025-03-18"}]}, True),
        ({"securities": [{"kind": "guarantee", "expires": "2025-03-17"}]}, False),
        ({"invoices": [an_invoice(secured="yes")]}, True),
        ({"securities": [{"kind": "guarantee"}], "judgement": {"security_held": "no"}}, False),
    ],
)
def test_a_security_on_file_that_can_still_be_called_is_held(changes, expected):
    assert known("security_held", **changes) is expected


@pytest.mark.parametrize(
    ("calendars", "expected"), [([], None), (["HU"], False), (["HU", "AT"], True), (["GB-EAW", "GB-SCT"], False)]
)
def test_calendars_of_two_countries_cross_a_border(calendars, expected):
    assert facts_in(calendars).value("cross_border") is expected


def test_the_rest_comes_from_the_file_and_the_clock():
    facts = facts_of(
        a_case(
            client=CLIENT | {"kind": "consumer"},
            superior_told="2025-03-17",
            checks={"limitation_ends": "2025-04-17", "superior_confirmed": "2025-03-19"},
            meeting={"day": "2025-03-24", "round": "2", "channel": "call"},
            judgement={"supply_wanted": "yes", "goods_in_stock": "no"},
        )
    )
    names = (
        "debtor_is_consumer", "superior_notified", "superior_confirmed", "limitation_days", "round", "channel",
        "supply_wanted", "goods_in_stock", "setoff_possible", "stage", "days_left",
    )  # fmt: skip

    assert [facts.value(name) for name in names] == [
        True, True, False, 30, 2, "call", True, False, None, "negotiate", 9,
    ]  # fmt: skip


def test_what_is_not_known_names_the_question_or_the_person_to_ask():
    asked = {each.fact: (each.ask, each.question) for each in unknown_facts(facts_of(a_case()))}

    assert asked["conduct"] == ("finance", None)
    assert asked["cause"] == ("client", "Q-CAU-01")
    assert asked["decision_maker"] == ("client", "Q-SUB-05")
    assert asked["insolvency_open"] == ("register", None)
    assert not asked.keys() & {"segment", "refused_meetings", "plan_active", "contact_changed", "channel"}


def test_what_is_known_is_not_asked():
    asked = {each.fact for each in unknown_facts(facts_of(a_case(checks=CHECKED, judgement={"cause": "chain"})))}

    assert not asked & {"cause", "signatory_confirmed", "balance_confirmed"}


def test_a_fact_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="there is no fact wether"):
        Facts.of(wether="fine")


def test_a_changed_fact_leaves_the_others_as_they_are():
    facts = facts_of(a_case())

    assert {**facts.values, "conduct": "poor"} == facts.changed(conduct="poor").values


@pytest.mark.parametrize("language", ["en", "hu"])
def test_every_way_to_find_a_fact_has_words_in_both_languages(language):
    """Every rule and detail that stands in the code, whatever case it takes to reach it."""
    code = "".join(
        (ROOT / "negotiation_kit" / "reckoning" / name).read_text("utf-8") for name in ("finding.py", "facts.py")
    )
    sentences = yaml.load((ROOT / "templates" / language / "reasons.yaml").read_text("utf-8"), yaml.CBaseLoader)
    derived = re.findall(r'_derived\(\s*"(\w+)"', code)
    named = {*re.findall(r'"(how\.\w+)"', code), *(f"how.{name}" for name in derived)}
    named |= {f"hint.prospects.{word}" for word in ("high", "medium", "low")}
    named |= {f"hint.capacity.{word}" for word in ("strained", "distressed")}
    named |= {f"ratio.{word}" for word in ("purchases", "credit_limit", "turnover")}

    assert set() == named - sentences.keys()


@pytest.mark.parametrize(
    ("contacts", "expected"),
    [
        ([], None),
        ([contact("2025-03-17")], 0),
        ([contact("2025-03-17", refused_meeting="yes"), contact("2025-03-18", refused_meeting="yes")], 2),
        ([contact("2025-03-17", refused_meeting="yes"), contact("2025-03-19", refused_meeting="yes")], 1),
    ],
)
def test_refused_meetings_are_counted_from_the_contacts(contacts, expected):
    assert known("refused_meetings", contacts=contacts) == expected
