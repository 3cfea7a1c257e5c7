"""Everything that follows from a case on a day, reckoned once, in the order in which one thing needs another."""

from dataclasses import dataclass
from datetime import date

from negotiation_kit.case.case import Case
from negotiation_kit.case.meeting import Channel
from negotiation_kit.days import Caveat, JointCalendar
from negotiation_kit.law.jurisdiction import Law
from negotiation_kit.reckoning.agreement import Agreement, lapsed_part, read_agreement
from negotiation_kit.reckoning.assessment import Assessment, assess
from negotiation_kit.reckoning.clock import Clock, set_clock
from negotiation_kit.reckoning.currencies import in_currency
from negotiation_kit.reckoning.debt import Debt
from negotiation_kit.reckoning.facts import Facts
from negotiation_kit.reckoning.finding import case_facts
from negotiation_kit.reckoning.interest import LateInterest
from negotiation_kit.reckoning.ledger import open_debt, other_debts
from negotiation_kit.reckoning.no_contact import NoContact, no_contact
from negotiation_kit.reckoning.offers import Offers, build_offers
from negotiation_kit.reckoning.participants import Participants, participants
from negotiation_kit.reckoning.performance import PlanPerformance, plan_performance
from negotiation_kit.reckoning.promises import PromiseLedger, judge_promises
from negotiation_kit.reckoning.proposal import Proposal, release
from negotiation_kit.reckoning.schedule import Instalment
from negotiation_kit.reckoning.terms import CapWarning, cap_warnings
from negotiation_kit.reckoning.tolerance import ToleranceUse, tolerance_use


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A case on a day."""

    case: Case
    as_of: date
    law: Law
    calendars: JointCalendar
    participants: Participants
    debt: Debt
    other_debts: tuple[Debt, ...]
    """What is open in other currencies; track, clock and offers look at the case's own."""
    tolerance: ToleranceUse | None
    promises: PromiseLedger
    performance: PlanPerformance | None
    """How the signed plan is kept; nothing without one that binds."""
    clock: Clock | None
    no_contact: NoContact | None
    """Our attempts in vain; nothing while somebody answers."""
    facts: Facts
    assessment: Assessment
    offers: Offers | None
    proposal: Proposal | None
    agreement: Agreement | None

    @property
    def interest(self) -> LateInterest | None:
        """Late interest up to the day."""
        return self.debt.interest

    @property
    def held_by(self) -> Channel | None:
        """How the meeting was held, or is planned."""
        said = self.case.outcome.channel if self.case.outcome else None
        return said or (self.case.meeting.channel if self.case.meeting else None)

    @property
    def lapsed_part(self) -> Instalment | None:
        """The first part whose day has passed without its money while the minutes wait for signatures."""
        return lapsed_part(self.case, self.agreement, self.as_of) if self.agreement else None

    @property
    def cap_warnings(self) -> tuple[CapWarning, ...]:
        """Rates above a limit of the law, one a limit and rate."""
        if self.interest is None:
            return ()
        periods = (segment.rate for segment in self.interest.segments)
        found = {(each.limit, each.percent): each for each in cap_warnings(self.interest.terms, periods)}
        return tuple(found.values())

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """How far the calendars behind the printed days are known."""
        days = [self.as_of]
        if self.clock:
            days += [step.day for step in self.clock.steps]
        if self.offers:
            days += [offer.schedule.last.due for offer in self.offers.all]
        if self.agreement:
            days.append(self.agreement.schedule.last.due)
        return self.calendars.caveat(min(days), max(days))


def reckon(case: Case, as_of: date, law: Law, calendars: JointCalendar, *, with_offers: bool = True) -> Reckoning:
    """The whole of a case on a day, or all but the offers; a pure function of its arguments.

    RateUnknown, IndexUnknown or DayUnknown where a rate, a price index or a calendar does not reach far enough;
    PlanImpossible where the manager's own plan cannot settle the sum.
    """
    others = other_debts(case, as_of, law, calendars)
    agreement = read_agreement(case, law, calendars)
    case = in_currency(case, case.currency)
    debt = open_debt(case, as_of, law, calendars)
    promises = judge_promises(case, as_of, calendars)
    performance = plan_performance(case, as_of, calendars)
    clock = set_clock(case, debt, performance, calendars)
    facts = case_facts(
        case,
        debt,
        promises,
        performance,
        clock_stage=clock.stage if clock else "done",
        days_left=clock.days_left if clock else None,
        as_of=as_of,
        calendars=calendars,
    )
    assessment = assess(facts, case.policy, case.override)
    heavy, track, level = facts.value("debt_weight") == "heavy", assessment.track, assessment.level
    offers = build_offers(case, debt, track, level, heavy=heavy, calendars=calendars) if with_offers else None
    return Reckoning(
        case=case,
        as_of=as_of,
        law=law,
        calendars=calendars,
        participants=participants(case),
        debt=debt,
        other_debts=others,
        tolerance=tolerance_use(debt, case.tolerance, calendars) if case.tolerance else None,
        promises=promises,
        performance=performance,
        clock=clock,
        no_contact=no_contact(case, as_of, calendars),
        facts=facts,
        assessment=assessment,
        offers=offers,
        proposal=release(case, offers, debt.interest, calendars),
        agreement=agreement,
    )
