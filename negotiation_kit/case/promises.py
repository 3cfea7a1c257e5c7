"""What the client said about paying, in dated entries."""

from negotiation_kit.case.fields import Amount, Day, Record, Text, internal


class Promise(Record):
    """A promise; hard with amount, day, source of the money and speaker, else soft."""

    said: Day = internal("Day it was said", example="2025-03-18")
    speaker: Text | None = internal("Who said it", example="Tóth Béla", default=None)
    amount: Amount | None = internal("Sum promised", example="1000000", default=None)
    pay_by: Day | None = internal("Day promised", example="2025-03-20", default=None)
    source: Text | None = internal("Where the money comes from", example="payment run of Wednesday", default=None)
    words: Text | None = internal("In the client's own words", example="It leaves tomorrow, surely", default=None)
    moved_on: Day | None = internal("Day the client told us he moves it", example="2025-03-19", default=None)
    moved_to: Day | None = internal("New day given then", example="2025-03-24", default=None)
    moved_again: Day | None = internal(
        "Day the client moved it a second time; that breaks it", example="2025-03-24", default=None
    )
