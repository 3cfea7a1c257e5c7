"""How a case ended: both results, money and relationship, and what was learnt from it."""

from typing import Literal

from negotiation_kit.case.fields import Day, Record, Text, YesNo, internal

MoneyResult = Literal["paid in full", "paid as agreed", "written off", "handed over"]
RelationshipResult = Literal["stronger", "unchanged", "weaker", "lost"]


class Closing(Record):
    """The end of a case for the account manager; notes are on behaviour and words, as if the person will read them."""

    day: Day = internal("Day the case was closed", example="2025-05-08")
    money: MoneyResult = internal(
        "paid in full; paid as agreed, less what signed minutes gave up; written off; handed over to legal",
        example="paid in full",
    )
    decided_by: Text | None = internal(
        "Who decided to write off what is open", example="Szabó Judit, 2025-05-08", default=None
    )
    relationship: RelationshipResult = internal(
        "What has become of the relationship: stronger, unchanged, weaker, lost", example="unchanged"
    )
    sign: Text | None = internal(
        "What shows it: an order, a word, a silence", example="New order on 6 May, prepaid", default=None
    )
    process: Text | None = internal(
        "What our way of recovering the money did to it", example="They thanked us for the early call", default=None
    )
    opened_by: Text | None = internal(
        "The question that opened the talk", example="Which receipts come before 10 April?", default=None
    )
    lesson: Text | None = internal(
        "One lesson for the next case", example="Ask for the school's payment date at once", default=None
    )
    retained: YesNo | None = internal("Six months later: the client still buys", example="yes", default=None)
    retained_on: Day | None = internal("Day that was looked at", example="2025-11-10", default=None)
