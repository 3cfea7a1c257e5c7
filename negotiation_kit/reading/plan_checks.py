"""Rules across the fields of a manager's own plan."""

from collections.abc import Iterator

from negotiation_kit.case.case import Case
from negotiation_kit.case.plan import NEEDED, TAKEN
from negotiation_kit.money import CURRENCIES, Money, known_currency
from negotiation_kit.problems import Problem

WHOLE = 100


def plan_says_what_its_shape_needs(case: Case) -> Iterator[Problem]:
    """Each shape needs some fields and has no use for others; a field without effect is a misunderstanding."""
    plan = case.plan
    if plan is None:
        return
    given = [name for name in plan.model_fields_set if getattr(plan, name) not in (None, ())]
    for name in NEEDED[plan.shape]:
        if name not in given:
            field = type(plan).model_fields[name]
            yield Problem(
                plan.place_of("shape"),
                f"plan.{name} is missing: shape {plan.shape} needs it",
                f"{name}: {field.description}",
            )
    for name in given:
        if name not in TAKEN[plan.shape]:
            taken = ", ".join(each for each in TAKEN[plan.shape] if each != "shape")
            yield Problem(
                plan.place_of(name),
                f"plan.{name} has no meaning for shape {plan.shape}",
                f"take it out, or choose another shape; {plan.shape} takes {taken}",
            )


def plan_does_not_contradict_itself(case: Case) -> Iterator[Problem]:
    """Fields of a plan that cannot stand beside each other, or have no effect together."""
    plan = case.plan
    if plan is None:
        return
    if plan.shape == "balloon" and plan.interest != "inside":
        yield Problem(
            plan.place_of("interest") or plan.place_of("shape"),
            "plan.interest is not inside: the parts of a balloon before the last are interest alone",
            "write interest: inside",
        )
    if plan.first_day and plan.grace:
        yield Problem(plan.place_of("grace"), "plan.grace stands beside first_day", "one of the two sets the first day")
    if plan.percent is not None and plan.interest != "inside":
        yield Problem(
            plan.place_of("percent"),
            "plan.percent is used only with interest: inside",
            "write interest: inside, or take percent out",
        )
    if plan.remainder == "first" and plan.interest == "inside":
        yield Problem(
            plan.place_of("remainder"),
            "plan.remainder is first: with interest inside, the last part takes the remainder",
            "take it out, or keep interest apart",
        )
    if plan.on is not None and plan.every and plan.every.unit != "month":
        yield Problem(plan.place_of("on"), "plan.on needs steps of months", "write every: month, or take on out")


def shares_can_be_paid(case: Case) -> Iterator[Problem]:
    """A share of a plan is above zero, at most the whole, and payable in the currency."""
    plan = case.plan
    if plan is None or not known_currency(case.currency):
        return
    named = [("first", plan.first), ("growth", plan.growth)]
    named += [(f"shares[{place}]", each) for place, each in enumerate(plan.shares, start=1)]
    for name, share in named:
        if share is None or share.is_rest:
            continue
        place = plan.place_of(name.partition("[")[0])
        if not (share.percent or share.amount):
            yield Problem(place, f"plan.{name} is 0", "write a part above zero")
        elif share.percent is not None and share.percent > WHOLE:
            yield Problem(place, f"plan.{name} is {share.percent}%, more than the whole", "write at most 100%")
        elif (
            share.amount is not None
            and Money(share.amount, case.currency) != Money(share.amount, case.currency).rounded()
        ):
            yield Problem(
                place,
                f"plan.{name} is {share.amount}, but {case.currency} is paid in {payable_in(case.currency)}",
                "round the sum, or write it in percent",
            )


def payable_in(currency: str) -> str:
    """How finely a sum of a currency is written."""
    decimals = CURRENCIES[currency]
    return f"at most {decimals} decimals" if decimals else "whole units"
