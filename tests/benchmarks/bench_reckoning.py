"""Figures per second of the reckoning: 10 000 random interest computations and 10 000 random plans, warm.

    python tests/benchmarks/bench_reckoning.py

Each is timed in turn with a yardstick of the same machine and run, so that the ratios can be compared between machines:
a naive loop that adds the interest of every single day, and a hand-written split with the stdlib alone.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from negotiation_kit.case.plan import Plan
from negotiation_kit.days import JointCalendar
from negotiation_kit.files import library
from negotiation_kit.money import Money
from negotiation_kit.pack import Kit
from negotiation_kit.reckoning import Terms, interest_on, plan_for, statutory_terms

NUMBER, ROUNDS, SEED = 10_000, 5, 20261125
LAWS = {"HU": "HUF", "EU": "EUR", "GB-EAW": "GBP", "DE": "EUR", "AT": "EUR", "PL": "PLN", "CZ": "CZK", "SK": "EUR"}
SHAPES = (
    {"shape": "equal", "first": "30%", "every": "14 days"},
    {"shape": "equal", "every": "month", "on": "15"},
    {"shape": "rising", "every": "month", "growth": "20%"},
    {"shape": "falling", "every": "2 weeks"},
    {"shape": "fixed", "amount": "40000", "every": "month"},
)


Debt = tuple[Money, str, date, date]
Laid = tuple[Money, Plan, date]


def main() -> None:
    """Print a table of medians."""
    kit = Kit(library())
    terms = {code: statutory_terms(kit.law(code), currency) for code, currency in LAWS.items()}
    calendars = kit.calendars(["HU", "AT"])
    chance = random.Random(SEED)
    debts = [some_debt(chance) for _ in range(NUMBER)]
    plans = [some_plan(chance) for _ in range(NUMBER)]
    rows = (
        ("interest by law, with its working", lambda: our_interest(debts, terms), NUMBER),
        ("  yardstick: naive day by day (100 debts)", lambda: day_by_day(debts[: NUMBER // 100], terms), NUMBER // 100),
        ("plans, joint Hungarian and Austrian calendar", lambda: our_plans(plans, calendars), NUMBER),
        ("  yardstick: bare division, no calendar", lambda: bare_split(plans), NUMBER),
    )
    times: dict[str, list[float]] = {label: [] for label, _, _ in rows}
    for _ in range(ROUNDS):
        for label, work, _ in rows:
            times[label].append(timed(work))
    print(f"{NUMBER} of each, median of {ROUNDS} interleaved rounds, Python {sys.version.split()[0]}")
    for label, _, number in rows:
        seconds = statistics.median(times[label])
        print(f"{label:<48} {seconds:8.3f} s  {number / seconds:12,.0f} a second")


def some_debt(chance: random.Random) -> Debt:
    """A sum of some jurisdiction and up to 400 days of its delay."""
    code, currency = chance.choice(list(LAWS.items()))
    due = date(2023, 1, 2) + timedelta(chance.randrange(900))
    return (
        Money(Decimal(chance.randint(100_00, 90_000_00)), currency),
        code,
        due,
        due + timedelta(chance.randint(1, 400)),
    )


def some_plan(chance: random.Random) -> Laid:
    """A sum, one of the shapes with 2 to 12 parts, and the day it is agreed."""
    shape = dict(chance.choice(SHAPES))
    if shape["shape"] != "fixed":
        shape["parts"] = str(chance.randint(2, 12))
    start = date(2025, 1, 2) + timedelta(chance.randrange(700))
    return Money(Decimal(chance.randint(50_000, 900_000)), "EUR"), Plan.model_validate(shape), start


def our_interest(debts: Sequence[Debt], terms: Mapping[str, Terms]) -> None:
    """Interest by law, every line of the working kept."""
    for amount, code, due, until in debts:
        interest_on(amount, terms[code], due=due, until=until)


def day_by_day(debts: Sequence[Debt], terms: Mapping[str, Terms]) -> None:
    """The same sum the naive way: one addition for every day."""
    for amount, code, due, until in debts:
        total = Fraction(0)
        for line in interest_on(amount, terms[code], due=due, until=until).segments:
            for _ in range(line.days):
                total += Fraction(line.principal.amount) * Fraction(line.percent) / (100 * line.of)


def our_plans(plans: Sequence[Laid], calendars: JointCalendar) -> None:
    """Plans on business days of two countries."""
    for amount, plan, start in plans:
        plan_for(amount, plan, start=start, calendars=calendars, unit=Decimal(50))


def bare_split(plans: Sequence[Laid]) -> None:
    """The least a plan can cost: a division and a date for each part."""
    for amount, plan, start in plans:
        number = plan.parts or 6
        whole, rest = divmod(int(amount.amount), number)
        [(start + timedelta(14 * place), whole + (place == number - 1) * rest) for place in range(number)]


def timed(work: Callable[[], None]) -> float:
    """Seconds one run takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
