"""Everything that follows from a case on a day, reckoned once, in the order in which one thing needs another."""

from dataclasses import dataclass
from datetime import date

from negotiation_kit.case.case import Case
from negotiation_kit.days import Caveat, JointCalendar
from negotiation_kit.reckoning.agreement import Agreement, read_agreement
from negotiation_kit.reckoning.assessment import Assessment, assess
from negotiation_kit.reckoning.clock import Clock, set_clock
from negotiation_kit.reckoning.facts import Facts
from negotiation_kit.reckoning.finding import case_facts
from negotiation_kit.reckoning.interest import LateInterest, late_interest
from negotiation_kit.reckoning.ledger import Debt, open_debt
from negotiation_kit.reckoning.offers import Offers, build_offers
from negotiation_kit.reckoning.participants import Participants, participants
from negotiation_kit.reckoning.promises import PromiseLedger, judge_promises
from negotiation_kit.reckoning.proposal import Proposal, release


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A case on a day."""

    case: Case
    as_of: date
    calendars: JointCalendar
    participants: Participants
    debt: Debt
    interest: LateInterest | None
    promises: PromiseLedger
    clock: Clock | None
    facts: Facts
    assessment: Assessment
    offers: Offers | None
    proposal: Proposal | None
    agreement: Agreement | None

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """How far the calendars behind the printed days are known."""
        days = [self.as_of]
        if self.clock:
            days += [step.day for step in self.clock.steps]
        if self.offers:
            days += [offer.schedule.last.due for offer in self.offers.ladder]
        if self.agreement:
            days.append(self.agreement.schedule.last.due)
        return self.calendars.caveat(min(days), max(days))


def reckon(case: Case, as_of: date, calendars: JointCalendar) -> Reckoning:
    """The whole of a case on a day; a pure function of its three arguments."""
    debt = open_debt(case, as_of)
    interest = late_interest(debt, case.interest) if case.interest else None
    promises = judge_promises(case, as_of, calendars)
    clock = set_clock(case, debt, calendars)
    facts = case_facts(
        case,
        debt,
        promises,
        clock_stage=clock.stage if clock else "done",
        days_left=clock.days_left if clock else None,
        as_of=as_of,
        calendars=calendars,
    )
    assessment = assess(facts, case.policy)
    offers = build_offers(
        case, debt, assessment.track, assessment.level, heavy=facts.value("debt_weight") == "heavy", calendars=calendars
    )
    return Reckoning(
        case=case,
        as_of=as_of,
        calendars=calendars,
        participants=participants(case),
        debt=debt,
        interest=interest,
        promises=promises,
        clock=clock,
        facts=facts,
        assessment=assessment,
        offers=offers,
        proposal=release(case, offers, interest, calendars),
        agreement=read_agreement(case),
    )
