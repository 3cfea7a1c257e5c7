"""The company's rule for overdue debts: days, limits and terms, each with the method's default."""

from decimal import Decimal
from typing import Literal

from negotiation_kit.case.fields import Amount, Count, Day, Percent, Record, Text, YesNo, internal

ROUND_UNITS = {
    "HUF": Decimal(10_000), "EUR": Decimal(50), "GBP": Decimal(50), "USD": Decimal(50), "CHF": Decimal(50),
    "PLN": Decimal(200), "RON": Decimal(200), "CZK": Decimal(1_000), "UAH": Decimal(2_000), "RUB": Decimal(5_000),
}  # fmt: skip
"""Parts are rounded up to such a sum where the policy names none (HUF, EUR: method; the others in proportion)."""


class OfferTerms(Record):
    """What one offer of a track allows."""

    first_percent: Percent = internal("First part, in percent of the base", example="30")
    parts: Count = internal("Number of parts, the first included", example="4")
    step_days: Count = internal("Days between the later parts", example="14")
    last_days: Count = internal("Latest last day, counted from the meeting", example="45")


class TrackTerms(Record):
    """Opening, target and fallback of one track."""

    opening: OfferTerms = internal("What we open with", example={"first_percent": "50"})
    target: OfferTerms = internal("What we aim at", example={"first_percent": "30"})
    fallback: OfferTerms = internal("What we accept at the highest concession level", example={"first_percent": "20"})


def _terms(
    first: tuple[int, int, int],
    parts: tuple[int, int, int],
    step: tuple[int, int, int],
    last: tuple[int, int, int],
) -> TrackTerms:
    opening, target, fallback = (
        OfferTerms(first_percent=Decimal(percent), parts=count, step_days=days, last_days=end)
        for percent, count, days, end in zip(first, parts, step, last, strict=True)
    )
    return TrackTerms(opening=opening, target=target, fallback=fallback)


class Policy(Record):
    """Every key may be set singly; what is not set keeps the default of the method."""

    version: Text = internal("Version of the company's rule", example="2025-01", default="method defaults 1")
    pre_due_bd: Count = internal("Business days before the due day of the courtesy note", example="5", default=5)
    finance_notice_bd: Count = internal("Business days after the due day until finance reports", example="1", default=1)
    first_call_bd: Count = internal("Business days after the notice until the first call", example="1", default=1)
    checkpoint_days: Count = internal("Days after the notice until the checkpoint", example="5", default=5)
    meeting_by_days: Count = internal("Days after the notice by which the meeting is held", example="7", default=7)
    warning_bd: Count = internal("Business days before the window ends for the honest warning", example="2", default=2)
    negotiation_days: Count = internal("Days after the notice to settle by talking", example="10", default=10)
    claim_letter_bd: Count = internal("Business days after the window until the claim letter", example="2", default=2)
    pulse_days: tuple[Count, ...] = internal(
        "Days after the claim letter for friendly contacts", example=["7", "14"], default=(7, 14, 21, 27)
    )
    claim_warning_bd: Count = internal(
        "Business days before the claim period ends for the second warning", example="3", default=3
    )
    claim_unit: Literal["days", "month"] = internal(
        "Claim period in days, or one calendar month", example="month", default="days"
    )
    claim_days: Count = internal("Days the claim letter gives", example="30", default=30)
    cure_bd: Count = internal("Business days to cure a missed part", example="3", default=3)
    notice_bd: Count = internal(
        "Business days before a date by which the client tells of an obstacle", example="2", default=2
    )
    one_shift_bd: Count = internal("Business days by which one part may be moved once", example="5", default=5)
    promise_bank_bd: Count = internal(
        "Business days after the day promised by which the bank credits the money", example="1", default=1
    )
    promise_notice_bd: Count = internal(
        "Business days before the day promised by which a move must be told", example="1", default=1
    )
    promise_move_bd: Count = internal("Business days by which a promise may be moved once", example="5", default=5)
    promise_secured: Count = internal("Broken promises that lead to SECURED", example="2", default=2)
    promise_legal: Count = internal("Broken promises that lead to LEGAL", example="3", default=3)
    plan_missed_secured: Count = internal("Missed plan parts that lead to SECURED", example="1", default=1)
    plan_missed_legal: Count = internal("Missed plan parts that lead to LEGAL", example="2", default=2)
    clarify_max_days: Count = internal("Days overdue up to which CLARIFY is possible", example="30", default=30)
    dispute_share_percent: Percent = internal("Disputed share that leads to RESOLVE", example="20", default=Decimal(20))
    grace_days: Count = internal("Days late that still count as paid in time", example="5", default=5)
    plan_max_days: Count = internal("Longest plan in days", example="90", default=90)
    parts_max: Count = internal("Most parts of a plan", example="6", default=6)
    first_part_bd: Count = internal("Business days after the meeting until the first part", example="2", default=2)
    security_over_days: Count = internal("A plan longer than this asks for security", example="60", default=60)
    topup_staged_percent: Percent = internal("On top of new orders, STAGED", example="10", default=Decimal(10))
    topup_secured_percent: Percent = internal("On top of new orders, SECURED", example="20", default=Decimal(20))
    attempts_legal: Count = internal(
        "Attempts without an answer that exhaust the friendly means", example="5", default=5
    )
    channels_legal: Count = internal("Channels that must have been tried for that", example="3", default=3)
    attempts_span_bd: Count = internal("Business days those attempts must span", example="5", default=5)
    refused_legal: Count = internal("Refused meetings that lead to LEGAL", example="2", default=2)
    evasive_round: Count = internal("Meeting from which evasion leads to SECURED", example="2", default=2)
    strategic_lapses: Count = internal(
        "Overdue episodes in 12 months from which deliberate late payment leads to SECURED", example="3", default=3
    )
    repeat_lapses: Count = internal("Overdue episodes in 12 months that are watched", example="2", default=2)
    new_months: Count = internal("Months up to which a relationship is new", example="6", default=6)
    proven_deliveries: Count = internal("Paid deliveries from which it is no longer new", example="3", default=3)
    established_months: Count = internal("Months from which it is established", example="24", default=24)
    established_deliveries: Count = internal("Paid deliveries it then needs", example="10", default=10)
    conduct_good_percent: Percent = internal(
        "Share paid in time from which conduct is good", example="90", default=Decimal(90)
    )
    conduct_mixed_percent: Percent = internal(
        "Share paid in time from which conduct is mixed", example="60", default=Decimal(60)
    )
    limitation_alert_days: Count = internal("Alert before the claim becomes time-barred", example="90", default=90)
    contact_gap_bd: Count = internal("Business days without a word from us before an alert", example="3", default=3)
    stage_alert_bd: Count = internal(
        "Alert so many business days before the window or the claim period ends", example="2", default=2
    )
    tolerance_alert_bd: Count = internal(
        "Alert so many business days before a key client's tolerance ends", example="3", default=3
    )
    unsigned_bd: Count = internal(
        "Business days after the meeting by which the minutes are signed", example="2", default=2
    )
    stamp_place: YesNo | None = internal(
        "A place for the stamp beside signatures; else as it is the habit under the law", example="yes", default=None
    )
    first_person_signs_court: YesNo = internal(
        "Key clients: claim letter and court need the first person's recorded decision", example="yes", default=True
    )
    balance_valid_days: Count = internal("Age up to which a written balance counts", example="90", default=90)
    rest_days: tuple[Day, ...] = internal(
        "Days on which the company does not work, beside the calendars", example=["2025-12-31"], default=()
    )
    round_unit: Amount | None = internal("First and later parts are rounded up to this", example="10000", default=None)
    clarify: TrackTerms = internal(
        "Offers of CLARIFY", example={}, default=_terms((100, 100, 50), (1, 1, 2), (7, 7, 7), (5, 7, 14))
    )
    staged: TrackTerms = internal(
        "Offers of STAGED", example={}, default=_terms((50, 30, 20), (2, 4, 6), (7, 14, 14), (14, 45, 75))
    )
    secured: TrackTerms = internal(
        "Offers of SECURED", example={}, default=_terms((50, 40, 30), (2, 3, 4), (7, 7, 14), (14, 21, 45))
    )
    executive: TrackTerms = internal(
        "Offers of EXECUTIVE", example={}, default=_terms((30, 20, 10), (3, 4, 6), (14, 14, 30), (30, 60, 90))
    )


def round_unit(policy: Policy, currency: str) -> Decimal:
    """What the parts of a plan are rounded up to in a currency."""
    return policy.round_unit or ROUND_UNITS.get(currency, ROUND_UNITS["EUR"])
