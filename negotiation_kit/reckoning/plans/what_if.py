"""The table for the meeting room: what the later parts would be, by first part and number of parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from negotiation_kit.case.plan import Plan, Share
from negotiation_kit.money import Money
from negotiation_kit.periods import Period
from negotiation_kit.reckoning.plans.ground import Ground
from negotiation_kit.reckoning.plans.lay import lay_plan
from negotiation_kit.reckoning.schedule import Schedule

FIRSTS = tuple(Decimal(percent) for percent in (20, 30, 40, 50))
PARTS = (2, 3, 4, 5, 6)


@dataclass(frozen=True, slots=True)
class Cell:
    """One plan of the table."""

    parts: int
    schedule: Schedule

    @property
    def later(self) -> Money:
        """Each later part; the last may be a little less."""
        instalments = self.schedule.instalments
        return instalments[1].amount if len(instalments) > 1 else Money.zero(self.schedule.base.currency)

    @property
    def last_day(self) -> date:
        """When all would be paid."""
        return self.schedule.last.due


@dataclass(frozen=True, slots=True)
class Row:
    """The plans with one first part."""

    percent: Decimal
    first: Money
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The whole table: rows by first part, columns by number of parts."""

    every: Period
    parts: tuple[int, ...]
    rows: tuple[Row, ...]

    @property
    def last_days(self) -> tuple[date, ...]:
        """When the plans of each column end; a larger first part may end one earlier."""
        return tuple(max(row.cells[place].last_day for row in self.rows) for place in range(len(self.parts)))

    @property
    def every_unit(self) -> str:
        """The noun of the step, as languages know it."""
        return self.every.unit.replace(" ", "_")


def what_if(ground: Ground, every: Period, firsts: Sequence[Decimal] = FIRSTS, parts: Sequence[int] = PARTS) -> WhatIf:
    """Equal parts after a first one, for each first part and number of parts."""
    rows = []
    for percent in firsts:
        plans = (Plan(shape="equal", first=Share(percent=percent), parts=number, every=every) for number in parts)
        cells = tuple(Cell(number, lay_plan(plan, ground)) for number, plan in zip(parts, plans, strict=True))
        rows.append(Row(percent, cells[0].schedule.first.amount, cells))
    return WhatIf(every, tuple(parts), tuple(rows))
