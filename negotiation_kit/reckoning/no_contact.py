"""Our attempts that nobody answered, held against what must have been tried before the friendly means are used up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from negotiation_kit.case.case import Case
from negotiation_kit.case.contacts import Contact
from negotiation_kit.case.policy import Policy
from negotiation_kit.days import JointCalendar


@dataclass(frozen=True, slots=True)
class NoContact:
    """Attempts since anybody last answered or called, and what is still missing (rule E1)."""

    attempts: tuple[Contact, ...]
    """Oldest first."""
    channels: tuple[str, ...]
    """Different ones, in the order they were tried."""
    span_bd: int
    """Business days from the first attempt to the last, both counted."""
    needed_attempts: int
    needed_channels: int
    needed_span_bd: int

    @property
    def missing_attempts(self) -> int:
        """Attempts still to be made."""
        return max(self.needed_attempts - len(self.attempts), 0)

    @property
    def missing_channels(self) -> int:
        """Channels still to be tried."""
        return max(self.needed_channels - len(self.channels), 0)

    @property
    def missing_span_bd(self) -> int:
        """Business days the attempts must still stretch over."""
        return max(self.needed_span_bd - self.span_bd, 0)

    @property
    def ends_in_letter(self) -> bool:
        """The last attempt was a letter; it is to name the date."""
        return self.attempts[-1].channel == "letter"

    @property
    def is_exhausted(self) -> bool:
        """All that is needed has been tried."""
        return not (self.missing_attempts or self.missing_channels or self.missing_span_bd)


def no_contact(case: Case, as_of: date, calendars: JointCalendar) -> NoContact | None:
    """The attempts in vain up to a day; nothing while somebody answers."""
    attempts = unanswered(known_contacts(case, as_of))
    return _held_against(case.policy, attempts, calendars) if attempts else None


def known_contacts(case: Case, as_of: date) -> tuple[Contact, ...]:
    """All contacts up to a day, in the order of their days."""
    return tuple(sorted((each for each in case.contacts if each.day <= as_of), key=lambda each: each.day))


def unanswered(contacts: Sequence[Contact]) -> tuple[Contact, ...]:
    """Our attempts since anybody last answered or called, oldest first."""
    since: list[Contact] = []
    for each in contacts:
        since = [] if each.answered or each.direction == "in" else [*since, each]
    return tuple(since)


def span(attempts: Sequence[Contact], calendars: JointCalendar) -> int:
    """Business days from the first attempt to the last, both counted."""
    if not attempts:
        return 0
    return calendars.business_days_between(attempts[0].day, attempts[-1].day) + 1


def _held_against(policy: Policy, attempts: tuple[Contact, ...], calendars: JointCalendar) -> NoContact:
    return NoContact(
        attempts=attempts,
        channels=tuple(dict.fromkeys(each.channel for each in attempts)),
        span_bd=span(attempts, calendars),
        needed_attempts=policy.attempts_legal,
        needed_channels=policy.channels_legal,
        needed_span_bd=policy.attempts_span_bd,
    )
