"""Where a plan goes beyond what somebody allowed, said before the talk: by how much, and who is to be asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

from negotiation_kit.case.case import Case
from negotiation_kit.reckoning.debt import Debt
from negotiation_kit.reckoning.reason import Reason
from negotiation_kit.reckoning.schedule import Schedule

_TENTH = Decimal("0.1")
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Excess:
    """One limit a plan goes beyond."""

    key: str
    """Of the manager's authority: first_part_percent, last_day_days, parts, waiver_percent; of the policy:
    plan_max_days, parts_max; else tolerance (a key client's), security (its expiry) or season (its end)."""
    offered: Decimal
    allowed: Decimal
    approver: str | None
    """A name from the case; nothing where none is written down."""
    limit_day: date | None = None
    """The last day allowed, where the limit is a day."""

    @property
    def over(self) -> Decimal:
        """By how much, always above zero."""
        return abs(self.offered - self.allowed)

    @property
    def says(self) -> Reason:
        """The sentence that tells it, without the one to ask."""
        return Reason(f"limit.{self.key}", {"offered": self.offered, "allowed": self.allowed, "over": self.over})


def excesses(
    case: Case, debt: Debt, schedule: Schedule, start: date, *, waiver_percent: Decimal = NOTHING
) -> Iterator[Excess]:
    """Every limit a plan agreed on the start day goes beyond, the manager's own authority first.

    The waiver is the share of the interest that falls away if every part comes on its day.
    """
    yield from _of_authority(case, schedule, start)
    yield from _of_waiver(case, debt, waiver_percent)
    yield from _of_policy(case, schedule, start)
    yield from _of_days(case, debt, schedule, start)


def _of_authority(case: Case, schedule: Schedule, start: date) -> Iterator[Excess]:
    authority = case.authority
    if authority is None:
        return
    first, who = schedule.first.principal, authority.approver
    if authority.first_part_percent is not None and first < schedule.base.percent(authority.first_part_percent):
        share = _percent_below(authority.first_part_percent, first.amount * 100 / schedule.base.amount)
        yield Excess("first_part_percent", share, authority.first_part_percent, who)
    last_days = (schedule.last.due - start).days
    if authority.last_day_days is not None and last_days > authority.last_day_days:
        limit_day = start + timedelta(authority.last_day_days)
        yield Excess("last_day_days", Decimal(last_days), Decimal(authority.last_day_days), who, limit_day)
    number = len(schedule.instalments)
    if authority.parts is not None and number > authority.parts:
        yield Excess("parts", Decimal(number), Decimal(authority.parts), who)


def _of_waiver(case: Case, debt: Debt, percent: Decimal) -> Iterator[Excess]:
    authority = case.authority
    if authority is None or authority.waiver_percent is None or debt.interest is None or debt.interest.total.is_zero:
        return
    if percent > authority.waiver_percent:
        yield Excess("waiver_percent", percent, authority.waiver_percent, authority.approver)


def _of_policy(case: Case, schedule: Schedule, start: date) -> Iterator[Excess]:
    policy, who = case.policy, case.authority.approver if case.authority else None
    last_days, number = (schedule.last.due - start).days, len(schedule.instalments)
    if last_days > policy.plan_max_days:
        limit_day = start + timedelta(policy.plan_max_days)
        yield Excess("plan_max_days", Decimal(last_days), Decimal(policy.plan_max_days), who, limit_day)
    if number > policy.parts_max:
        yield Excess("parts_max", Decimal(number), Decimal(policy.parts_max), who)


def _of_days(case: Case, debt: Debt, schedule: Schedule, start: date) -> Iterator[Excess]:
    """Days after which nothing helps: the end of a tolerance, the expiry of a security, the end of the season."""
    edges: list[tuple[str, date, str | None]] = []
    if case.tolerance and debt.overdue_invoices:
        oldest = min(balance.invoice.due for balance in debt.overdue_invoices)
        edges.append(("tolerance", oldest + timedelta(case.tolerance.days), case.tolerance.approved_by))
    legal = next((person.name for person in case.supplier.people if person.role == "legal"), None)
    edges += [("security", each.expires, legal) for each in case.securities if each.expires]
    if case.judgement.season_ends:
        edges.append(("season", case.judgement.season_ends, case.authority.approver if case.authority else None))
    for key, edge, who in edges:
        if schedule.last.due > edge:
            offered, allowed = Decimal((schedule.last.due - start).days), Decimal((edge - start).days)
            yield Excess(key, offered, allowed, who, edge)


def _percent_below(allowed: Decimal, share: Decimal) -> Decimal:
    """A share in tenths of a percent, rounded down where it would round to what is allowed."""
    nearest = share.quantize(_TENTH)
    return nearest if nearest < allowed else share.quantize(_TENTH, ROUND_FLOOR)
