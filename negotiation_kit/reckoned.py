"""A case reckoned with the data on the shelf; what cannot be known is told where it is to be entered."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from negotiation_kit.case.case import Case
from negotiation_kit.case.fields import Record
from negotiation_kit.days import DayUnknown
from negotiation_kit.law.jurisdiction import ANY_CURRENCY
from negotiation_kit.law.rates import RateUnknown
from negotiation_kit.problems import Place, Problem, Refused
from negotiation_kit.reckoning.agreement import agreement_problems
from negotiation_kit.reckoning.currencies import other_currencies
from negotiation_kit.reckoning.inflation import IndexUnknown
from negotiation_kit.reckoning.plans.ground import PlanImpossible
from negotiation_kit.reckoning.reckon import Reckoning, reckon
from negotiation_kit.reckoning.results import closing_problems
from negotiation_kit.shelf import Shelf

_A_MONTH = timedelta(31)


def reckoned(case: Case, as_of: date, shelf: Shelf, *, with_offers: bool = True) -> Reckoning:
    """All that follows from a case on a day; `Refused` where a rate or a calendar does not reach far enough.

    A list of many cases can do without the offers: they take half the time, and a plan of long ago would stop it.
    """
    law, calendars = shelf.law(case.jurisdiction), shelf.calendars_of(case)
    with unknown_told(case):
        reckoning = reckon(case, as_of, law, calendars, with_offers=with_offers)
    if missing := list(_missing_exchange_rates(case, reckoning)):
        raise Refused(missing)
    return reckoning


def with_what_if(reckoning: Reckoning) -> Reckoning:
    """The same with the table of other plans, which is worked out only for those who see it; `Refused` likewise."""
    with unknown_told(reckoning.case):
        if reckoning.offers:
            _ = reckoning.offers.what_if
    return reckoning


def calendars_serve(case: Case, shelf: Shelf) -> Iterator[Problem]:
    """Every calendar is there, and covers the days of the case."""
    known = ", ".join(shelf.calendar_codes)
    missing = [code for code in case.calendars or (case.jurisdiction,) if code not in shelf.calendar_codes]
    for code in missing:
        place = case.place_of("calendars" if case.calendars else "jurisdiction")
        yield Problem(place, f"there is no calendar {code!r}", f"name under calendars one or more of {known}")


def law_serves(case: Case, shelf: Shelf) -> Iterator[Problem]:
    """What the case asks of its law is something that law has."""
    interest, jurisdiction = case.interest, shelf.law(case.jurisdiction).jurisdiction
    if interest and jurisdiction.rule(interest.method) is None:
        known = ", ".join(rule.method for rule in jurisdiction.interest)
        yield Problem(
            interest.place_of("method"),
            f"interest.method is {interest.method!r}, which {case.jurisdiction} does not have",
            f"known are: {known}",
        )
    rule = jurisdiction.rule(interest.method) if interest else None
    if interest and rule and ANY_CURRENCY not in rule.series and other_currencies(case):
        for number, rate in enumerate(interest.rates, start=1):
            if rate.currency is None:
                yield Problem(
                    rate.place_of(),
                    f"interest.rates[{number}].currency is missing: the case has several currencies",
                    "name the currency of the debts the rate is for; each follows its own reference rate",
                )
    if case.compensation and jurisdiction.compensation is None:
        yield Problem(
            case.place_of("compensation"),
            f"compensation is {case.compensation.claim}, but {case.jurisdiction} knows no fixed sum",
            "take it out; real costs go under costs",
        )


def agreement_is_final(case: Case, shelf: Shelf) -> Iterator[Problem]:
    """A sum can be judged only when what it is made of is right; so this check comes last."""
    with unknown_told(case):
        yield from agreement_problems(case, shelf.law(case.jurisdiction), shelf.calendars_of(case))


def closing_is_true(case: Case, shelf: Shelf) -> Iterator[Problem]:
    """What a closed case says of its money is what the books say on that day."""
    if case.closing:
        yield from closing_problems(reckoned(case, case.closing.day, shelf, with_offers=False))


@contextmanager
def unknown_told(case: Case) -> Iterator[None]:
    """What cannot be known, told where it is to be entered: around the reckoning and around papers."""
    interest_place = case.interest.place_of() if case.interest else None
    try:
        yield
    except DayUnknown as unknown:
        way_out = "choose an --as-of inside it, or check the days of the case"
        raise Refused([Problem(_place_of_day(case, unknown.day), str(unknown), way_out)]) from None
    except RateUnknown as unknown:
        raise Refused([Problem(interest_place, str(unknown), unknown.way_out)]) from None
    except IndexUnknown as unknown:
        raise Refused([Problem(interest_place, str(unknown), unknown.way_out)]) from None
    except PlanImpossible as impossible:
        place = case.plan.place_of(impossible.field) if case.plan else None
        raise Refused([Problem(place, str(impossible), impossible.way_out)]) from None


def _place_of_day(case: Case, day: date) -> Place | None:
    """Where the day stands in the case, or the day it was counted from; else where calendars are named."""
    near = [(abs(found - day), place) for found, place in _days_in(case) if place and abs(found - day) <= _A_MONTH]
    return min(near, key=lambda each: each[0])[1] if near else case.place_of("calendars")


def _days_in(record: Record) -> Iterator[tuple[date, Place | None]]:
    for name in type(record).model_fields:
        value = getattr(record, name)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Record):
                yield from _days_in(each)
            elif isinstance(each, date):
                yield each, record.place_of(name)


def _missing_exchange_rates(case: Case, reckoning: Reckoning) -> Iterator[Problem]:
    """A fixed sum is claimed only when it can be converted."""
    sums = reckoning.debt.fixed_sums
    if sums is None or case.compensation is None:
        return
    for day in sums.missing_rates:
        yield Problem(
            case.compensation.place_of(),
            f"the fixed sum of {sums.rule.currency} is claimed, but the exchange rate of {day} is not known",
            f"write it under compensation.rates: {{day: {day}, rate: ..., source: ...}}",
        )
