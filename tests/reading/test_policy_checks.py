import pytest
from making import ROOT, the_kit

from negotiation_kit.case.policy import Policy
from negotiation_kit.problems import Refused
from negotiation_kit.reading.policy_checks import policy_problems

CASE = (ROOT / "samples" / "late-payer.yaml").read_text("utf-8") + "policy_file: policy.yaml\n"


def messages(**keys):
    return [problem.message for problem in policy_problems(Policy.model_validate(keys))]


def ruled(policy, more=""):
    return the_kit().check(CASE + more, "case.yaml", {"policy.yaml": policy})


def refusal(policy, more=""):
    with pytest.raises(Refused) as refused:
        ruled(policy, more)
    return [f"{problem.place}: {problem.message}" for problem in refused.value.problems]


def test_the_defaults_of_the_method_make_sense():
    assert [] == messages()


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"meeting_by_days": "12"}, "policy.meeting_by_days is 12, expected less than negotiation_days (10)"),
        ({"promise_secured": "3"}, "policy.promise_secured is 3, expected less than promise_legal (3)"),
        ({"new_months": "24"}, "policy.new_months is 24, expected less than established_months (24)"),
        (
            {"conduct_mixed_percent": "95"},
            "policy.conduct_mixed_percent is 95, expected less than conduct_good_percent (90)",
        ),
        ({"claim_unit": "month", "pulse_days": ["28"]}, "policy.pulse_days has a day at or after claim_days (28)"),
        ({"parts_max": "0"}, "policy.parts_max is 0"),
    ],
)
def test_what_comes_first_must_come_first(keys, message):
    assert message in messages(**keys)


def test_a_part_is_past_curing_before_the_next_falls_due():
    assert "policy.cure_bd is 7, expected less than staged.opening.step_days (7)" in messages(cure_bd="7")


def test_a_later_offer_never_asks_for_more():
    offers = {
        name: {"first_percent": first, "parts": "2", "step_days": "7", "last_days": last}
        for name, first, last in (("opening", "50", "14"), ("target", "60", "30"), ("fallback", "20", "20"))
    }

    assert ["policy.staged.target asks for more than opening", "policy.staged.fallback asks for more than target"] == (
        messages(staged=offers)
    )


def test_a_companys_policy_changes_results_without_code():
    assert 10 == ruled("version: 2026-01\n").policy.negotiation_days
    assert 14 == ruled("version: 2026-01\nnegotiation_days: 14\n").policy.negotiation_days


def test_the_cases_single_values_go_before_the_policy():
    policy = ruled("version: 2026-01\nnegotiation_days: 14\ncure_bd: 2\n", "policy: {negotiation_days: 12}\n").policy

    assert ("2026-01", 12, 2) == (policy.version, policy.negotiation_days, policy.cure_bd)


def test_a_contradiction_is_told_in_the_file_and_line_it_stands_in():
    assert ["policy.yaml:2:18: policy.meeting_by_days is 20, expected less than negotiation_days (10)"] == refusal(
        "version: 2026-01\nmeeting_by_days: 20\n"
    )


def test_a_contradiction_of_file_and_case_is_told_in_the_case():
    (told,) = refusal("version: 2026-01\nnegotiation_days: 9\n", "policy: {meeting_by_days: 9}\n")

    assert told.startswith("case.yaml:")
    assert "policy.meeting_by_days is 9, expected less than negotiation_days (9)" in told


def test_a_misspelt_key_of_a_policy_is_refused_with_a_near_name():
    with pytest.raises(Refused, match="did you mean 'negotiation_days'"):
        ruled("negotiaton_days: 12\n")


def test_a_policy_that_is_not_there_is_told_at_its_name():
    with pytest.raises(Refused, match=r"policy_file is 'policy.yaml', which is not there"):
        the_kit().check(CASE, "case.yaml")
