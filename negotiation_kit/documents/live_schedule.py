"""The schedule of a case as a live spreadsheet: which schedule, and which rate runs beside it."""

from negotiation_kit.documents.languages import Language
from negotiation_kit.documents.spreadsheet import PlanRate, spreadsheet
from negotiation_kit.law.rates import RateUnknown
from negotiation_kit.problems import Problem, Refused
from negotiation_kit.reckoning.day_count import BANKING_YEAR, YEAR
from negotiation_kit.reckoning.reckon import Reckoning
from negotiation_kit.reckoning.schedule import Schedule

_YEARS = {"actual/365": YEAR, "actual/360": BANKING_YEAR}
"""Day counts a single formula can express."""


def live_schedule(reckoning: Reckoning, schedule: Schedule, *, title: str, language: Language) -> bytes:
    """The spreadsheet of a schedule; `Refused` where the program that writes it is not installed."""
    case = reckoning.case
    try:
        return spreadsheet(
            schedule,
            language=language,
            calendars=reckoning.calendars,
            title=title,
            parties=(case.supplier.name, case.client.name),
            case_number=case.case,
            day=reckoning.as_of,
            interest=_rate_beside(reckoning, schedule),
        )
    except ImportError:
        raise writer_missing("a live spreadsheet") from None


def writer_missing(what: str) -> Refused:
    """The program that writes spreadsheets is not installed."""
    way_out = "install it with: pip install 'negotiation-kit[xlsx]'"
    return Refused([Problem(None, f"{what} needs the package xlsxwriter", way_out)])


def _rate_beside(reckoning: Reckoning, schedule: Schedule) -> PlanRate | None:
    """The one yearly rate of the time of the plan, where interest runs and the rate is known and one.

    A rate that changes on the way, or is not known yet, cannot stand in one cell; the sheet then shows none.
    """
    outcome, interest = reckoning.case.outcome, reckoning.interest
    plan = reckoning.case.plan if reckoning.proposal and reckoning.proposal.offer == "plan" else None
    agreed = outcome.interest if reckoning.agreement and outcome else None
    if agreed is None and plan and plan.interest == "inside" and plan.percent is not None:
        return PlanRate(plan.percent, YEAR, reckoning.as_of)
    runs = agreed in {"runs", "inside"} if agreed else interest is not None and interest.claim == "claimed"
    if interest is None or not runs or interest.terms.basis not in _YEARS or not interest.invoices:
        return None
    start = outcome.day if agreed and outcome else reckoning.as_of
    try:
        percents = {
            period.percent
            for each in interest.invoices
            for period in interest.terms.periods(each.began, start, schedule.last.due)
        }
    except RateUnknown:
        return None
    of = _YEARS[interest.terms.basis]
    return PlanRate(percents.pop(), of, start) if len(percents) == 1 and interest.terms.per != "day" else None
