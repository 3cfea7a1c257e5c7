"""Nothing leaves that does not add up: the finished file is read again and held against the record."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from negotiation_kit.documents.languages import Language
from negotiation_kit.money import Money
from negotiation_kit.problems import Problem
from negotiation_kit.reckoning.reckon import Reckoning
from negotiation_kit.reckoning.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Expected:
    """Something that must stand in a paper."""

    what: str
    text: str


def expected_in(paper_code: str, reckoning: Reckoning, language: Language) -> tuple[Expected, ...]:
    """The names, days and sums a paper of this kind cannot be without."""
    case = reckoning.case
    always = [Expected("the supplier's name", case.supplier.name), Expected("the client's name", case.client.name)]
    schedule = _schedule_of(paper_code, reckoning)
    if schedule is None:
        return tuple(always)
    dated = [
        Expected(f"{what} of part {each.number}", text)
        for each in schedule.instalments
        for what, text in (("the sum", language.amount(each.amount)), ("the day", language.day(each.due)))
    ]
    return (*always, *dated, Expected("the total", language.amount(schedule.base)))


def _schedule_of(paper_code: str, reckoning: Reckoning) -> Schedule | None:
    if paper_code in {"C04", "C06"} and reckoning.agreement:
        return reckoning.agreement.schedule
    return reckoning.proposal.schedule if paper_code == "C03" and reckoning.proposal else None


def proof_problems(texts: Mapping[str, str], name: str, expected: tuple[Expected, ...]) -> Iterator[Problem]:
    """One problem for each expected value that no part of the finished file says."""
    said = " ".join(" ".join(texts.values()).split())
    for each in expected:
        if " ".join(each.text.split()) not in said:
            yield Problem(
                None,
                f"{name} does not say {each.what} ({each.text})",
                "the template lost it; print the value, then run again; no file was written",
            )


def schedule_adds_up(schedule: Schedule) -> bool:
    """The parts are the base, to the last unit, and none is empty."""
    zero = Money.zero(schedule.base.currency)
    return schedule.total == schedule.base and all(each.amount > zero for each in schedule.instalments)
