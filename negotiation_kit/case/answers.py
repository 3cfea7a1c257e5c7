"""What the client has answered to our questions, in dated entries."""

from negotiation_kit.case.fields import Day, Record, Text, internal


class Answer(Record):
    """One answer; a later meeting shows it and does not ask again."""

    question: Text = internal("Id of the question, as the question sheet prints it", example="Q-CAU-01")
    day: Day = internal("Day it was answered", example="2025-03-24")
    answer: Text = internal(
        "What was said, as fact and by whom", example="Tóth Béla: a school paid a large order three weeks late"
    )
