"""Every published example of `tests/published` is asked of the code; none of them was invented for it."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
import yaml
from making import ROOT, a_calendar, a_case, a_debt, a_law, an_invoice, day

from negotiation_kit.case.plan import Plan
from negotiation_kit.case.receivables import Interest
from negotiation_kit.days import Calendar, JointCalendar
from negotiation_kit.law.jurisdiction import RateRule
from negotiation_kit.law.rates import RateFile, Rates
from negotiation_kit.money import Money
from negotiation_kit.periods import Period, step
from negotiation_kit.reckoning.compensation import fixed_sum
from negotiation_kit.reckoning.day_count import Counted, bond_days, count_days, eurobond_days, year_cuts
from negotiation_kit.reckoning.exact import to_decimal
from negotiation_kit.reckoning.interest import segments_of, total_of
from negotiation_kit.reckoning.plans.ground import Ground, Lot
from negotiation_kit.reckoning.plans.lay import lay_plan
from negotiation_kit.reckoning.terms import Terms, terms_for

ONE_DAY = timedelta(days=1)
CENT = Decimal("0.01")
NOT_SAYABLE: dict[str, str] = {}
"""Entries the code cannot say, by name, each with the reason."""


def entries_of(name):
    return [
        entry
        for entry in yaml.safe_load((ROOT / "tests" / "published" / f"{name}.yaml").read_text("utf-8"))
        if entry["name"] not in NOT_SAYABLE
    ]


INTEREST, DAY_COUNT, ROLLS, COMPENSATION, ALLOCATION, PLANS = (
    entries_of(name) for name in ("interest", "day_count", "rolls", "compensation", "allocation", "plans")
)


def each(entries):
    return pytest.mark.parametrize("entry", entries, ids=lambda entry: entry["name"])


def weekends_only():
    return JointCalendar(
        (
            Calendar.from_tree(
                {
                    "code": "X",
                    "name": "weekends and nothing else",
                    "source": "the examples",
                    "as_known_on": "2026-01-01",
                    "known_from": "2000-01-01",
                    "known_to": "2030-12-31",
                    "weekend": ["saturday", "sunday"],
                    "holidays": {},
                }
            ),
        )
    )


def days_of(entry):
    """Due day and last interest day; any plain year will do where the source gives only the number of days."""
    if "due" in entry:
        return day(entry["due"]), day(entry["until"])
    return day("2025-01-01"), day("2025-01-01") + timedelta(entry["days"])


def terms_of(entry):
    wish = {"basis": entry["basis"], "rounding": entry["rounding"]}
    if "jurisdiction" in entry:
        return terms_for(Interest(**wish), a_law(entry["jurisdiction"]), entry["currency"])
    if "percent" in entry:
        interest = Interest(**wish, percent=entry["percent"], per=entry["per"], source="the example")
        return terms_for(interest, a_law("EU"), entry["currency"])
    return _following(entry)


def _following(entry):
    """Terms whose rate follows the rows of the example day by day."""
    rows = entry["segments"]
    file = RateFile(
        series="x",
        name="x",
        shape="changes",
        known_to=rows[-1]["last"],
        confidence="high",
        sources=["x"],
        values=[{"since": row["first"], "percent": row["percent"]} for row in rows],
    )
    rule = RateRule(
        method="x", law="x", reference="every day", margin="0", basis=entry["basis"], confidence="high", series={}
    )
    return Terms(
        kind="statute",
        law="x",
        rule=rule,
        fixed=None,
        per="year",
        basis=entry["basis"],
        rounding=entry["rounding"],
        rates=Rates.from_file(file),
    )


def levels_of(entry):
    due, _ = days_of(entry)
    levels = [(due + ONE_DAY, Money(Decimal(entry["amount"]), entry["currency"]))]
    for payment in entry.get("payments", ()):
        paid = Money(Decimal(payment["amount"]), entry["currency"])
        levels.append((day(payment["day"]) + ONE_DAY, levels[-1][1] - paid))
    return levels


@each(INTEREST)
def test_late_interest_is_what_the_source_says(entry):
    terms = terms_of(entry)
    due, until = days_of(entry)
    levels = levels_of(entry)

    segments = segments_of(levels, terms, due + ONE_DAY, until)

    assert total_of(segments, terms, levels[0][1]).amount == Decimal(entry["expected"])
    assert sum(segment.days for segment in segments) == entry["days"]


@each([entry for entry in INTEREST if "segments" in entry])
def test_each_row_of_the_source_has_its_days_its_rate_and_its_sum(entry):
    terms, levels = terms_of(entry), levels_of(entry)
    due, _ = days_of(entry)

    for row in entry["segments"]:
        first, last = day(row["first"]), day(row["last"])
        principal = next(open_ for since, open_ in reversed(levels) if since <= first)
        lines = segments_of([(first, principal)], terms, due + ONE_DAY, last)
        decimals = -Decimal(row["amount"]).as_tuple().exponent
        exact = sum((line.exact() for line in lines), Fraction(0))

        assert row["days"] == sum(line.days for line in lines)
        assert {Decimal(row["percent"])} == {line.percent for line in lines}
        assert Decimal(row["amount"]) == to_decimal(exact, decimals)


@each([entry for entry in INTEREST if "payments" in entry])
def test_a_whole_case_with_its_payments_comes_to_the_same(entry):
    months = [{"month": f"2026-{month:02}", "percent": "100", "source": "none of it"} for month in range(1, 6)]
    case = a_case(
        jurisdiction=entry["jurisdiction"],
        currency=entry["currency"],
        invoices=[an_invoice(issued="2025-12-01", due=entry["due"], amount=entry["amount"])],
        payments=entry["payments"],
        interest={"basis": entry["basis"], "rounding": entry["rounding"], "inflation": months},
    )

    debt = a_debt(case, day(entry["until"]))

    assert Decimal(entry["expected"]) == debt.interest.total.amount


def terms_in(fraction: str) -> Iterator[Fraction]:
    yield from (Fraction(term) for term in fraction.replace(" ", "").split("+"))


def counted(basis, first, last) -> list[Counted]:
    """The parts of the year from D1 to D2 of the rule.

    ISDA counts D1 and not D2, a delay counts the last day and not the due day. Where that matters, in actual/actual,
    everything is moved by a day: interest days from D1 to the day before D2, due on the day before D1.
    """
    if first == last:
        return []
    if basis != "actual/actual":
        return [count_days(basis, first, first + ONE_DAY, last)]
    due, last = first - ONE_DAY, last - ONE_DAY
    starts = [first, *year_cuts(basis, first, last)]
    ends = [*(start - ONE_DAY for start in starts[1:]), last]
    return [count_days(basis, due, start, end) for start, end in zip(starts, ends, strict=True)]


@each(DAY_COUNT)
def test_days_and_parts_of_a_year_are_what_the_source_says(entry):
    parts = counted(entry["basis"], day(entry["first"]), day(entry["last"]))

    assert entry["days"] == sum(part.days for part in parts)
    assert sum(terms_in(entry["fraction"])) == sum((part.part for part in parts), Fraction(0))


@each([entry for entry in DAY_COUNT if entry["basis"].startswith("30")])
def test_months_of_thirty_days_are_counted_between_two_days_as_the_source_says(entry):
    between = {"30/360": bond_days, "30E/360": eurobond_days}[entry["basis"]]

    assert entry["days"] == between(day(entry["first"]), day(entry["last"]))


@each([entry for entry in DAY_COUNT if "source_value" in entry])
def test_the_decimal_of_the_source_is_the_same_number(entry):
    said = Decimal(entry["source_value"]).normalize()  # the source fills its column with zeros
    exact = sum((part.part for part in counted(entry["basis"], day(entry["first"]), day(entry["last"]))), Fraction(0))

    assert said == to_decimal(exact, -said.as_tuple().exponent)


@each([entry for entry in ROLLS if "rule" in entry])
def test_a_day_rolls_where_the_source_says(entry):
    calendars = weekends_only() if entry.get("weekend_only") else a_calendar(entry["calendar"])

    assert day(entry["expected"]) == calendars.roll(day(entry["day"]), entry["rule"])


@each([entry for entry in ROLLS if "months" in entry])
def test_a_step_of_months_ends_where_the_source_says(entry):
    month = Period(1, "month")

    assert day(entry["expected"]) == step(
        day(entry["start"]), month, int(entry["months"]), end_of_month=entry["end_of_month"]
    )


@each(COMPENSATION)
def test_the_fixed_sum_is_what_the_source_says(entry):
    found = fixed_sum(
        a_law(entry["jurisdiction"]).jurisdiction.compensation,
        None,
        invoice="A",
        due=day("2026-03-31"),
        size=Money(Decimal(entry["amount"]), entry["currency"]),
        as_of=day("2026-04-30"),
        calendars=a_calendar(),
    )

    expected = Money(Decimal(entry["expected"]["amount"]), entry["expected"]["currency"])

    assert found.amount == expected


@each(ALLOCATION)
def test_one_payment_settles_what_the_source_says(entry):
    """The interest of a debt is made by a rate per day of a delay of one day."""
    debts = entry["debts"]
    paid_on = max(day(debt.get("due", "2026-10-10")) for debt in debts) + ONE_DAY
    interest = {
        Decimal(debt["interest"]) * 100 / Decimal(debt["principal"]) for debt in debts if Decimal(debt["interest"])
    }
    rate = {"percent": f"{interest.pop():f}", "per": "day", "source": "x", "claim": "claimed"} if interest else None
    case = a_case(
        currency=entry["currency"],
        invoices=[
            an_invoice(
                number=debt["name"],
                issued="2024-01-01",
                due=debt.get("due", (paid_on - ONE_DAY).isoformat()),
                amount=debt["principal"],
            )
            for debt in debts
        ],
        costs=[
            {"day": paid_on.isoformat(), "amount": debt["costs"], "what": "x", "invoice": debt["name"]}
            for debt in debts
            if Decimal(debt["costs"])
        ],
        interest=rate,
        allocation={"by": "agreement", "order": entry["order"]},
        payments=[{"day": paid_on.isoformat(), "amount": entry["payment"]}],
    )

    debt = a_debt(case, paid_on)

    (settlement,) = debt.settlements
    settled = {(part.invoice, part.kind): part.amount.amount for part in settlement.parts}
    for expected in entry["expected"]:
        for kind in ("costs", "interest", "principal"):
            assert Decimal(expected[kind]) == settled.get((expected["name"], kind), Decimal(0))
    assert Decimal(entry.get("surplus", "0")) == debt.unallocated.amount


def plan_of(entry):
    """The shape that says what the description says."""
    parts, description = entry["parts"], entry["description"]
    every = next((f"{days} days" for days in (7, 14, 21) if f"every {days} days" in description), "month")
    every = "12 months" if "yearly" in description else every
    no_roll = {"roll": "none", **({"first_day": parts[0]["day"]} if "day" in parts[0] else {})}
    if "on the last part" in description or "falling balance" in description:
        sums = [part.get("principal") or part["amount"] for part in parts[:-1]]
        inside = {"interest": "inside", "percent": entry["percent"]} if "percent" in entry else {}
        return Plan(shape="shares", shares=[*sums, "rest"], every=every, **no_roll, **inside)
    # one odd cent goes on the first part; where all parts but the last take one, the last is the smaller rest
    odd = int(Decimal(entry["base"]) * 100) % len(parts)
    remainder = "first" if odd == 1 else "last"
    return Plan(shape="equal", parts=len(parts), every=every, remainder=remainder, **no_roll)


def ground_of_example(entry):
    """Laid on the first day of a year; interest inside needs a rate whose day count is that of the source."""
    base = Money(Decimal(entry["base"]), entry["currency"])
    start = date(2024, 1, 1)
    terms = None
    if "percent" in entry:
        interest = Interest(percent=entry["percent"], basis=entry["basis"], source="the example")
        terms = terms_for(interest, a_law("EU"), entry["currency"])
    return Ground((Lot("A", base, start),), start, weekends_only(), unit=CENT, first_bd=0, terms=terms)


@each(PLANS)
def test_a_plan_has_the_parts_the_source_says(entry):
    plan = plan_of(entry)
    if plan.interest == "inside":
        plan = plan.model_copy(update={"grace": plan.every})

    schedule = lay_plan(plan, ground_of_example(entry))

    assert [Decimal(part["amount"]) for part in entry["parts"]] == [each.amount.amount for each in schedule.instalments]
    assert schedule.last.left.is_zero
    for part, instalment in zip(entry["parts"], schedule.instalments, strict=True):
        if "day" in part:
            assert day(part["day"]) == instalment.due
        if "interest" in part:
            assert Decimal(part["interest"]) == instalment.interest.amount
            assert Decimal(part["principal"]) == instalment.principal.amount
            assert Decimal(part["rest"]) == instalment.left.amount


def test_nearly_all_published_examples_are_asked():
    asked = [*INTEREST, *DAY_COUNT, *ROLLS, *COMPENSATION, *ALLOCATION, *PLANS]

    assert len(asked) >= 300
    assert len(NOT_SAYABLE) < 10
