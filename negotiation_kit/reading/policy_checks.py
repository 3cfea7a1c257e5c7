"""Rules across the keys of a company's policy, which is judged as a whole."""

from collections.abc import Iterator
from itertools import pairwise

from negotiation_kit.case.policy import Policy, TrackTerms
from negotiation_kit.problems import Problem

_SHORTEST_MONTH = 28
_ORDERED = (
    ("checkpoint_days", "negotiation_days"),
    ("meeting_by_days", "negotiation_days"),
    ("promise_secured", "promise_legal"),
    ("plan_missed_secured", "plan_missed_legal"),
    ("cure_bd", "negotiation_days"),
    ("security_over_days", "plan_max_days"),
    ("proven_deliveries", "established_deliveries"),
    ("new_months", "established_months"),
    ("conduct_mixed_percent", "conduct_good_percent"),
)
"""Keys of the policy of which the first must be less than the second."""


def policy_problems(policy: Policy) -> Iterator[Problem]:
    """A policy is judged as a whole: what comes first must come first."""
    for less, more in _ORDERED:
        if getattr(policy, less) >= getattr(policy, more):
            yield Problem(
                policy.place_of(less) or policy.place_of(more),
                f"policy.{less} is {getattr(policy, less)}, expected less than {more} ({getattr(policy, more)})",
                "change one of the two",
            )
    claim_days = _SHORTEST_MONTH if policy.claim_unit == "month" else policy.claim_days
    if any(days >= claim_days for days in policy.pulse_days):
        yield Problem(
            policy.place_of("pulse_days"),
            f"policy.pulse_days has a day at or after claim_days ({claim_days})",
            "a pulse contact comes before the claim period ends",
        )
    for key in ("parts_max", "claim_days"):
        if getattr(policy, key) == 0:
            yield Problem(policy.place_of(key), f"policy.{key} is 0", "write at least 1")
    yield from _terms_problems(policy)


def _terms_problems(policy: Policy) -> Iterator[Problem]:
    """A part can be put right before the next one falls due; a later offer never asks for more than an earlier one."""
    for track in ("clarify", "staged", "secured", "executive"):
        terms: TrackTerms = getattr(policy, track)
        ladder = (("opening", terms.opening), ("target", terms.target), ("fallback", terms.fallback))
        for name, offer in ladder:
            if offer.parts > 1 and policy.cure_bd >= offer.step_days:
                yield Problem(
                    policy.place_of("cure_bd") or offer.place_of("step_days"),
                    f"policy.cure_bd is {policy.cure_bd}, expected less than "
                    f"{track}.{name}.step_days ({offer.step_days})",
                    "a part must be past curing before the next one falls due",
                )
        for (earlier, first), (later, second) in pairwise(ladder):
            if second.first_percent > first.first_percent or second.last_days < first.last_days:
                yield Problem(
                    second.place_of() or policy.place_of(track),
                    f"policy.{track}.{later} asks for more than {earlier}",
                    "a later offer has a first part no larger and a last day no earlier",
                )
