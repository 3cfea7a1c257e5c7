"""What legal did and when: the days on which the formal lane really moved, so that nobody has to guess them."""

from datetime import date

from negotiation_kit.case.fields import Day, Record, Text, internal


class Legal(Record):
    """The formal lane as it happened; without a day the clock counts it by the company's rule."""

    claim_letter: Day | None = internal("Day the claim letter went", example="2025-03-31", default=None)
    claim_until: Day | None = internal(
        "Last day to pay that the letter names; else as the policy counts it", example="2025-04-30", default=None
    )
    taken_over: Day | None = internal("Day legal confirmed that it has the file", example="2025-03-31", default=None)
    consent: Text | None = internal(
        "Legal's consent to our own messages about the debt after that day: who, when",
        example="Fekete Dóra, 2025-04-01",
        default=None,
    )
    court_filed: Day | None = internal("Day the matter was filed with the court", example="2025-05-05", default=None)

    def letter_by(self, day: date) -> date | None:
        """The day the claim letter went, once it has."""
        return self.claim_letter if self.claim_letter and self.claim_letter <= day else None

    def is_with_legal(self, day: date) -> bool:
        """Legal has confirmed the file, or has gone to court with it."""
        return any(each is not None and each <= day for each in (self.taken_over, self.court_filed))
