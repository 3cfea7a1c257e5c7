"""What the manager may agree to, and what management has granted a key client."""

from typing import Literal

from negotiation_kit.case.fields import Amount, Count, Day, Percent, Record, Text, YesNo, internal, restricted
from negotiation_kit.case.party import OurRole

Allowed = Literal["letter", "court", "plan", "none"]
Track = Literal["CLARIFY", "RESOLVE", "STAGED", "SECURED", "EXECUTIVE", "LEGAL"]


class Authority(Record):
    """What the manager may agree to without asking; beyond it the named person must approve."""

    first_part_percent: Percent | None = restricted("Smallest first part", example="25", default=None)
    last_day_days: Count | None = restricted("Latest last day, counted from the meeting", example="60", default=None)
    parts: Count | None = restricted("Most parts", example="5", default=None)
    waiver_percent: Percent | None = restricted("Most of the interest that may be waived", example="50", default=None)
    walk_away: Text | None = restricted(
        "The least we may accept", example="20 % now and the rest in 75 days", default=None
    )
    approver: Text | None = restricted("Who approves what goes beyond", example="Nagy Péter", default=None)
    approved_plan: Text | None = restricted(
        "Approval of a plan outside the authority: who, when", example="Nagy Péter, 2025-03-24", default=None
    )
    no_agreement: Text | None = restricted(
        "Our best course without an agreement, with honest cost and time",
        example="payment order, about 3 % of the claim and 2 months",
        default=None,
    )


class SequenceStep(Record):
    """One act of the sequence agreed with management for a key client that is late."""

    overdue_days: Count = restricted("Days overdue on which it is due", example="31")
    role: OurRole = restricted("Who does it", example="superior")
    what: Text = restricted("What is done", example="Calls the client's finance director")


class Tolerance(Record):
    """How long a delay of a key client is forgiven; owned by the one who granted it."""

    days: Count = restricted("Days of delay forgiven", example="30")
    amount: Amount | None = restricted("Sum up to which it is forgiven", example="20000000", default=None)
    approved_by: Text = restricted("Who granted it", example="Szabó Judit, managing director")
    decided: Day = restricted("When", example="2025-01-15")
    within: Literal["silent", "nudge"] = restricted("Inside it: leave in peace or nudge", example="nudge")
    disclosed: YesNo = restricted("The client has been told", example="no", default=False)
    sequence: tuple[SequenceStep, ...] = restricted(
        "What our people and management do, and when", example=[], default=()
    )


class Override(Record):
    """A superior overrules the computed track; the computed one stays visible in our own papers."""

    track: Track = internal("Track to follow", example="STAGED")
    level: Count | None = internal("Concession level to use, 0 to 3", example="1", default=None)
    by: Text = internal("Who overruled it", example="Nagy Péter, head of sales")
    day: Day = internal("When", example="2025-03-19")
    reason: Text = internal("Why", example="The owner gave his word to our managing director")


class Decision(Record):
    """A decision of management on this case, with its owner."""

    day: Day = restricted("When", example="2025-03-19")
    by: Text = restricted("Who decided and owns the consequences", example="Szabó Judit, managing director")
    what: Text = restricted("What was decided", example="No letter before 15 April")
    allows: Allowed | None = restricted(
        "What it allows: the claim letter, court (and the letter before it), a plan, or none of these any more",
        example="letter",
        default=None,
    )
    why: Text | None = restricted("Why", example="Frame contract for 2026 is being negotiated", default=None)
