"""The command that writes down what happens between meetings: log."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from negotiation_kit.cli.asking import a_day, an_amount
from negotiation_kit.cli.edge import DATE, PATH, refusals, the_kit, today

if TYPE_CHECKING:
    from datetime import date, datetime

_CHANNELS = ("phone", "mail", "letter", "visit", "message", "video")
_TOLD = {"finance_notice": "finance reported the missed day", "superior_told": "the superior was told"}


@click.command()
@click.argument("case", type=PATH)
@click.option("--on", type=DATE, help="When; without it today.")
@click.option("--finance-notice", "what", flag_value="finance_notice", help="Finance reported the missed day.")
@click.option("--superior-told", "what", flag_value="superior_told", help="The direct superior was told.")
@click.option("--channel", type=click.Choice(_CHANNELS), default="phone", help="How you spoke; phone if not said.")
@click.option("--unanswered", "how", flag_value="unanswered", help="Nobody answered.")
@click.option("--from-client", "how", flag_value="in", help="They called or wrote to us.")
@click.option("--person", help="With whom.")
@click.option("--note", help="What was said, as fact.")
@click.option("--promise", type=(str, str), metavar="SUM DAY", help="What was promised, such as 1000000 2025-03-20.")
def log(  # noqa: PLR0917 - one fact of the log each
    case: Path,
    on: "datetime | None",
    what: str | None,
    channel: str,
    how: str | None,
    person: str | None,
    note: str | None,
    promise: tuple[str, str] | None,
) -> None:
    """Write down a call, a letter or a promise, or who was told of the missed day; kept with your notes.

    Example: negotiation-kit log case.yaml --person "Varga Éva" --note "In the next payment run"
    """
    from negotiation_kit.files import read_case, read_to_change, write_changed
    from negotiation_kit.folder import CaseFile
    from negotiation_kit.recording import contact_logged, told_on

    day = on.date() if on else today()
    promised = (an_amount(promise[0]), a_day(promise[1])) if promise else None
    with refusals(as_json=False, writes=True):
        kit = the_kit()
        before = read_to_change(case)
        file = CaseFile(str(case), before.text, read_case(case)[1])
        if what:
            text, told = told_on(kit, file, what, day), f"{_TOLD[what]} on {day}"
        else:
            contact = _contact(day, channel, how, person, note, is_asked_for=promised is not None)
            text, told = contact_logged(kit, file, contact, promised), f"{channel} on {day}{_promised(promised)}"
        kept = write_changed(before, text)
    click.echo(f"{case}: {told}{f'; the former text is kept as {kept}' if kept else ' (was recorded already)'}")


def _contact(
    day: "date", channel: str, how: str | None, person: str | None, note: str | None, *, is_asked_for: bool
) -> dict[str, object]:
    contact: dict[str, object] = {"day": day, "channel": channel}
    if how == "in":
        contact["direction"] = "in"
    if how == "unanswered":
        contact["answered"] = False
    if is_asked_for:
        contact["got_day"] = True
    return contact | {name: said for name, said in (("person", person), ("note", note)) if said}


def _promised(promised: "tuple[Decimal, date] | None") -> str:
    return f", {promised[0]:f} promised by {promised[1]}" if promised else ""
