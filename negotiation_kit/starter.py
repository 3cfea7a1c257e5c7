"""The case file that `new` writes: filled with an invented case near today, each part explained."""

from datetime import date, timedelta

_TEXT = """\
# yaml-language-server: $schema=case.schema.json
#
# A case file: one client, one debt. Replace what stands here; take out what you do not know.
# Amounts are digits with a dot (1905000 or 1234.50), days are year-month-day.
# What is missing shows up in your internal papers as "not known - ask".
# Check it at any time:  negotiation-kit check FILE

case: {year}-001                # your number of the case, printed on every paper
languages: [en]               # en, hu, or both
jurisdiction: HU              # law of the claim: HU, EU, GB-EAW, DE, AT, PL, CZ, SK, RO, UA, RU
currency: EUR

supplier:
  name: Our Company Kft.
  bank: {{number: HU00 0000 0000 0000 0000 0000 0000, reference: "{year}-001"}}
  people:
    - {{name: Your Name, role: account manager, phone: "+36 1 555 0100"}}
    - {{name: Name of Superior, role: superior, signs: alone}}

client:
  name: The Client Zrt.
  segment: standard           # key, core, standard or occasional
  people:
    - {{name: Name at Client, role: managing director, decides: yes, signs: alone}}

relationship:                 # the approach is chosen from it
  since: {since}
  paid_deliveries: 7
  paid_late: 0                # how many of those came late
  prospects: medium           # high, medium or low
  prospects_reason: Why you think so, in one line
  next_success: what both sides look forward to

invoices:
  - {{number: "2001", issued: {issued}, due: {due}, amount: 12500.00}}
  # the part the client questions, if any:
  #   disputed: {{amount: 900.00, reason: What is said to be wrong, raised: {due}}}

# payments:
#   - {{day: {notice}, amount: 2000.00, invoice: "2001"}}

# late interest at the rate of the law: claimed, for information, waived if kept, not claimed
# interest: {{claim: waived if kept}}
# or at the contract's rate:
# interest: {{claim: claimed, percent: 10, source: "contract, point 7.3"}}

finance_notice: {notice}    # day finance reported the missed date
superior_told: {notice}     # day you told your superior

# promises:
#   - {{said: {notice}, speaker: Name at Client, amount: 5000.00, pay_by: {meeting}, words: It leaves on Friday}}

# judgement:                  # your working hypotheses; the meeting will tell
#   cause: cash_gap
#   capacity: strained

# your own plan, beside the computed offers:
# plan: {{shape: equal, first: 30%, parts: 4, every: 14 days}}

meeting: {{day: {meeting}, at: "10:00", place: Where you meet}}
"""


def starter_case(today: date) -> str:
    """The text of a case that was due a week before the day, with its meeting a week after it."""
    return _TEXT.format(
        year=today.year,
        since=today.replace(day=1) - timedelta(days=300),
        issued=today - timedelta(days=38),
        due=today - timedelta(days=8),
        notice=today - timedelta(days=6),
        meeting=today + timedelta(days=7),
    )
