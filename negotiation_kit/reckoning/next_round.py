"""What has changed since the last meeting, and what has to be different at the next one (S57)."""

from dataclasses import dataclass
from datetime import date

from negotiation_kit.case.case import Case
from negotiation_kit.case.outcome import Action
from negotiation_kit.money import Money
from negotiation_kit.reckoning.facts import Fact
from negotiation_kit.reckoning.promises import JudgedPromise
from negotiation_kit.reckoning.reckon import Reckoning, reckon

APPROVED_FROM = 3
"""From this meeting on the superior has to agree that there is another (documents.md, D09)."""
_AT_THE_TABLE = {"visit", "video"}
_OF_THE_DAY = frozenset({"round", "days_left", "days_overdue", "channel", "limitation_days"})
"""Facts that change by themselves as days pass."""


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that is not what it was."""

    name: str
    before: Fact
    after: Fact


@dataclass(frozen=True, slots=True)
class Carried:
    """An action agreed at the last meeting, under the number it had there."""

    number: int
    action: Action
    state: str
    """done, overdue or open."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the case stood or stands."""

    day: date
    track: str
    rule: str
    level: int
    stage: str
    overdue: Money


@dataclass(frozen=True, slots=True)
class NextRound:
    """The case on the way to a further meeting."""

    number: int
    before: Standing
    now: Standing
    changes: tuple[Change, ...]
    received: Money
    """What came since the last meeting."""
    promises: tuple[JudgedPromise, ...]
    """Promises given since, as they stand."""
    actions: tuple[Carried, ...]
    approved_by: str | None

    @property
    def needs_approval(self) -> bool:
        """The superior has to agree that there is another meeting."""
        return self.number >= APPROVED_FROM

    @property
    def overdue_of_ours(self) -> int:
        """Our own actions that are overdue."""
        return sum(each.action.side == "supplier" and each.state == "overdue" for each in self.actions)


def last_meeting(case: Case, as_of: date) -> date | None:
    """The day of the last meeting: the recorded outcome's, else that of the last visit or video call."""
    days = [each.day for each in case.contacts if each.channel in _AT_THE_TABLE and each.answered and each.day < as_of]
    if case.outcome and case.outcome.day <= as_of:
        days.append(case.outcome.day)
    return max(days, default=None)


def is_next_round(case: Case, as_of: date) -> bool:
    """A further meeting is planned: later than the recorded one, or the second by its number."""
    since = last_meeting(case, as_of)
    if case.meeting is None or since is None:
        return False
    return case.meeting.day > since if case.outcome else case.meeting.round > 1


def next_round(reckoning: Reckoning) -> NextRound | None:
    """What has changed since the last meeting; nothing while no further one is planned."""
    case, as_of = reckoning.case, reckoning.as_of
    since = last_meeting(case, as_of)
    if since is None or case.meeting is None or not is_next_round(case, as_of):
        return None
    earlier = case.model_copy(
        update={
            "outcome": None,
            "meeting": case.meeting.model_copy(update={"round": max(1, case.meeting.round - 1)}),
        }
    )
    before = reckon(earlier, since, reckoning.law, reckoning.calendars, with_offers=False)
    money = [each for each in case.payments if since < each.day and each.stands_on(as_of)]
    return NextRound(
        number=max(2, case.meeting.round),
        before=_standing(before),
        now=_standing(reckoning),
        changes=tuple(_changes(before, reckoning)),
        received=sum((Money(each.amount, case.currency) for each in money), Money.zero(case.currency)),
        promises=tuple(each for each in reckoning.promises.promises if each.promise.said > since),
        actions=tuple(_carried(case, as_of)),
        approved_by=case.meeting.approved_by,
    )


def _standing(reckoning: Reckoning) -> Standing:
    assessment, clock = reckoning.assessment, reckoning.clock
    return Standing(
        day=reckoning.as_of,
        track=assessment.track,
        rule=assessment.rule,
        level=assessment.level,
        stage=clock.stage if clock else "done",
        overdue=reckoning.debt.overdue,
    )


def _changes(before: Reckoning, now: Reckoning) -> list[Change]:
    earlier = {fact.name: fact for fact in before.facts.facts}
    later = [fact for fact in now.facts.facts if fact.name in earlier and fact.name not in _OF_THE_DAY]
    return [Change(fact.name, earlier[fact.name], fact) for fact in later if fact.value != earlier[fact.name].value]


def _carried(case: Case, as_of: date) -> list[Carried]:
    """The actions as the minutes number them: ours first."""
    actions = sorted(case.outcome.actions, key=lambda each: each.side, reverse=True) if case.outcome else []
    return [Carried(number, each, _state(each, as_of)) for number, each in enumerate(actions, start=1)]


def _state(action: Action, as_of: date) -> str:
    if action.done and action.done <= as_of:
        return "done"
    return "overdue" if action.by < as_of else "open"
