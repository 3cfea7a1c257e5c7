"""What is watched until the last instalment: every dated thing still to come, ours apart from what both sides know."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from negotiation_kit.money import Money
from negotiation_kit.reckoning.reckon import Reckoning
from negotiation_kit.reckoning.results import is_closed, retained_day

NOTE_BD = 2
"""A friendly note goes out so many business days before an instalment (documents.md, D14)."""


@dataclass(frozen=True, slots=True)
class Watch:
    """One dated thing to do or to look at."""

    key: str
    """What it is; for the client its sentence is `watch_client.<key>`."""
    day: date
    about: str
    """What tells it from others of its kind, whatever its day: an instalment's number, an action's."""
    alarm_on: date
    """The business day on which it should come to mind."""
    values: tuple[tuple[str, str | int | Money | date | Decimal], ...] = ()
    role: str | None = "account manager"
    """Whose it is among us; nothing where a person is named."""
    person: str | None = None
    step: str | None = None
    """A step of the clock, which has a name of its own."""
    for_client: bool = False
    """Both sides know it: it may stand in the client's calendar."""
    at: str | None = None
    until: str | None = None

    @property
    def sentence(self) -> str:
        """The key of its sentence for us."""
        return f"watch.{self.key}"


def watched(reckoning: Reckoning) -> tuple[Watch, ...]:
    """All that is still to come on the day of the reckoning, by day."""
    looks = (_after_closing,) if is_closed(reckoning) else _LOOKS
    found = [each for look in looks for each in look(reckoning) if each.day >= reckoning.as_of]
    return tuple(sorted(found, key=lambda each: (each.day, each.key, each.about)))


def _instalments(reckoning: Reckoning) -> Iterator[Watch]:
    """Each part that is not full: a note before it, its day, the look after it, the end of its cure days.

    Once a part was missed past its cure days the plan is over, and its later days are no more waited for.
    """
    agreement, performance = reckoning.agreement, reckoning.performance
    if agreement is None or (performance and performance.missed):
        return
    calendars, outcome, policy = reckoning.calendars, reckoning.case.outcome, reckoning.case.policy
    cure_bd = policy.cure_bd if outcome is None or outcome.cure_bd is None else outcome.cure_bd
    kept = {part.number: part for part in performance.parts} if performance else {}
    for part in agreement.schedule.instalments:
        known = kept.get(part.number)
        left, due = (known.short, known.due) if known else (part.amount, part.due)
        if left.is_zero:
            continue
        values = (("number", part.number), ("of", agreement.schedule.last.number), ("amount", left), ("due", due))
        about = f"part {part.number}"
        days = {
            "note": calendars.add_business_days(due, -NOTE_BD),
            "look": calendars.add_business_days(due, 1),
            "cure_end": calendars.add_business_days(due, cure_bd),
        }
        yield Watch("part", due, about, calendars.add_business_days(due, -1), values, role="finance", for_client=True)
        for key, day in days.items():
            yield Watch(key, day, about, day, values)


def _actions(reckoning: Reckoning) -> Iterator[Watch]:
    outcome = reckoning.case.outcome
    actions = sorted(outcome.actions, key=lambda each: each.side, reverse=True) if outcome else []
    for number, action in enumerate(actions, start=1):
        if action.done is None:
            alarm = reckoning.calendars.roll(action.by, "preceding")
            values = (("number", number), ("what", action.what), ("who", action.who))
            yield Watch(
                "our_action" if action.side == "supplier" else "their_action",
                action.by,
                f"action {number}",
                alarm,
                values,
                role=None,
                person=action.who,
                for_client=True,
            )


def _meetings(reckoning: Reckoning) -> Iterator[Watch]:
    case = reckoning.case
    meeting, outcome = case.meeting, case.outcome
    if meeting and (outcome is None or meeting.day > outcome.day):
        alarm = reckoning.calendars.add_business_days(meeting.day, -1)
        yield Watch(
            "meeting", meeting.day, f"round {meeting.round}", alarm, for_client=True, at=meeting.at, until=meeting.until
        )
    if outcome and outcome.next_contact:
        contact = outcome.next_contact
        alarm = reckoning.calendars.roll(contact.day, "preceding")
        values = (("form", contact.form), ("persons", contact.persons))
        yield Watch("next_contact", contact.day, "contact", alarm, values, for_client=True)


def _promises(reckoning: Reckoning) -> Iterator[Watch]:
    """The morning after a promised day tells whether it was kept."""
    for number, each in enumerate(reckoning.promises.promises, start=1):
        if each.is_running and each.agreed_day:
            day = reckoning.calendars.add_business_days(each.agreed_day, 1)
            amount = (("amount", each.promised),) if each.promised else ()
            key = "promise" if each.promised else "promise_without_sum"
            yield Watch(key, day, f"promise {number}", day, (("due", each.agreed_day), *amount))


def _clock(reckoning: Reckoning) -> Iterator[Watch]:
    """The steps of the clock that are not behind us; a kept plan holds them."""
    clock, seen = reckoning.clock, Counter[str]()
    for step in clock.steps if clock else ():
        seen[step.key] += 1
        if clock and step in clock.ahead and step.done_on is None and step.key != "due":
            alarm = reckoning.calendars.roll(step.day, "preceding")
            about = f"step {step.key} {seen[step.key]}"
            yield Watch("step", step.day, about, alarm, role=step.owner, step=step.key)


def _after_closing(reckoning: Reckoning) -> Iterator[Watch]:
    """Six months after the closing it is looked at whether the client still buys."""
    closing = reckoning.case.closing
    if closing and is_closed(reckoning) and closing.retained is None and closing.relationship != "lost":
        day = reckoning.calendars.following(retained_day(closing.day))
        yield Watch("retained", day, "retained", day, (("closed", closing.day),))


_LOOKS: tuple[Callable[[Reckoning], Iterator[Watch]], ...] = (_instalments, _actions, _meetings, _promises, _clock)
