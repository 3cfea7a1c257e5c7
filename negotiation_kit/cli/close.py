"""The command that ends a case with both its results: close."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from negotiation_kit.cli.asking import may_say, must_say, not_lost
from negotiation_kit.cli.edge import DATE, PATH, refusals, the_kit, today

if TYPE_CHECKING:
    from datetime import datetime

    from negotiation_kit.case.case import Case
    from negotiation_kit.folder import CaseFile
    from negotiation_kit.pack import Kit

_QUESTIONS = (
    ("sign", "What shows it: an order, a word, a silence"),
    ("process", "What our way of recovering the money did to it"),
    ("opened_by", "The question that opened the talk"),
    ("lesson", "One lesson for the next case"),
)


@click.command()
@click.argument("case", type=PATH)
@click.option("--on", type=DATE, help="Day of the closing; without it today.")
@click.option(
    "--retained",
    type=click.Choice(("yes", "no")),
    help="Only record whether the client still buys, some six months after the case was closed.",
)
def close(case: Path, *, on: "datetime | None", retained: str | None) -> None:
    """Close a case with both results, the money and the relationship, and with what was learnt.

    It asks step by step; the money is offered as the books have it, and judged by them.

    Example: negotiation-kit close case.yaml --on 2025-05-08
    """
    from negotiation_kit.files import read_case, read_to_change, write_changed
    from negotiation_kit.folder import CaseFile
    from negotiation_kit.recording import retained_on

    day = on.date() if on else today()
    with refusals(as_json=False, writes=True):
        kit = the_kit()
        before = read_to_change(case)
        file = CaseFile(str(case), before.text, read_case(case)[1])
        if retained:
            text = retained_on(kit, file, day, retained=retained == "yes")
            told = f"the client {'still buys' if retained == 'yes' else 'buys no more'}, looked at on {day}"
        else:
            text, told = _closed(kit, file, day)
        kept = write_changed(before, text)
    click.echo(f"{case}: {told}{f'; the former text is kept as {kept}' if kept else ' (was recorded already)'}")


def _closed(kit: "Kit", file: "CaseFile", day: date) -> tuple[str, str]:
    from negotiation_kit.recording import closed_with, not_closed_yet

    closing = dict(_how_it_ended(kit, not_closed_yet(kit, file), day))
    with not_lost("closing", closing):
        return closed_with(kit, file, closing), f"closed on {day}: {closing['money']}"


def _how_it_ended(kit: "Kit", case: "Case", day: date) -> Iterator[tuple[str, object]]:
    """Both results, and what was learnt; the money as the books have it is offered first."""
    from negotiation_kit.case.closing import MoneyResult, RelationshipResult
    from negotiation_kit.reckoning.results import money_result

    yield "day", day
    known = money_result(kit.reckon(case, day))
    money = click.prompt("The money", type=click.Choice(get_args(MoneyResult)), default=known)
    yield "money", money
    if money == "written off":
        yield "decided_by", must_say("Who decided it, and when")
    yield "relationship", click.prompt("The relationship now", type=click.Choice(get_args(RelationshipResult)))
    for field, question in _QUESTIONS:
        if told := may_say(question):
            yield field, told
