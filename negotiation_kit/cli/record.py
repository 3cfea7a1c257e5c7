"""The command that puts what a meeting brought into the case: record, step by step or in one word."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from negotiation_kit.cli.edge import DATE, PATH, refusals, the_kit
from negotiation_kit.problems import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from negotiation_kit.case.case import Case
    from negotiation_kit.pack import Kit

_Value = TypeVar("_Value")
_ACKNOWLEDGED = ("whole", "part", "none")
_ALL_OF_IT = 100
_INTEREST = ("runs", "inside", "waived if kept", "not claimed")


@click.command()
@click.argument("case", type=PATH)
@click.option("--signed", type=DATE, help="Only record the day both sides signed the minutes.")
@click.option(
    "--done", type=(int, DATE), metavar="NUMBER DAY", help="Only record that an action of the minutes is done."
)
def record(case: Path, *, signed: "datetime | None", done: "tuple[int, datetime] | None") -> None:
    """Record what a meeting brought: asked for step by step, judged like the final minutes, kept with your notes.

    Answers in brackets come from the proposal on the table. Minutes that were filled in in Word are read with
    negotiation-kit read.

    Example: negotiation-kit record case.yaml
    """
    from negotiation_kit.files import read_case, read_to_change, write_changed
    from negotiation_kit.folder import CaseFile
    from negotiation_kit.recording import action_done, signed_on, with_outcome

    with refusals(as_json=False, writes=True):
        kit = the_kit()
        before = read_to_change(case)
        file = CaseFile(str(case), before.text, read_case(case)[1])
        if signed:
            text, told = signed_on(kit, file, signed.date()), f"signed on {signed.date()}"
        elif done:
            number, day = done
            text, told = action_done(kit, file, number, day.date()), f"action {number} done on {day.date()}"
        else:
            outcome = dict(_asked(kit, kit.check(file.text, file.name, file.beside)))
            with _not_lost(outcome):
                text, told = with_outcome(kit, file, outcome), f"the meeting of {outcome['day']}"
        kept = write_changed(before, text)
    click.echo(f"{case}: {told}{f'; the former text is kept as {kept}' if kept else ' (was recorded already)'}")


def _asked(kit: "Kit", case: "Case") -> Iterator[tuple[str, object]]:
    """The fields of an outcome, one question after the other."""
    meeting_day = case.meeting.day if case.meeting else None
    day = _ask("Day of the meeting", _day, meeting_day)
    yield "day", day
    if place := _text("Place", case.meeting.place if case.meeting else None):
        yield "place", place
    if idea := _text("The client's own idea, in a few words"):
        yield "client_idea", idea
    kind = click.prompt("Acknowledgement of the balance", type=click.Choice(_ACKNOWLEDGED), default="whole")
    acknowledged: dict[str, object] = {"kind": kind}
    if kind == "part":
        acknowledged["amount"] = _ask("Sum acknowledged", _amount)
    yield "acknowledged", acknowledged
    yield "schedule", _parts(kit, case, day)
    yield from _interest(kit, case, day)
    yield "security", _text("Security", "none") or "none"
    yield "actions", list(_actions())
    yield "risks", list(_risks())
    for name, question in (
        ("consequence", "What both sides said follows a missed date"),
        ("next_step", "The Supplier's next step then"),
    ):
        if told := _text(question):
            yield name, told
    if contact := _text("Next contact: day, or nothing"):
        yield "next_contact", {"day": _day(contact), "form": _must("How"), "persons": _must("Who")}
    if signed := _text("Day both sides signed, or nothing yet"):
        yield "signed", _day(signed)


@contextmanager
def _not_lost(outcome: Mapping[str, object]) -> Iterator[None]:
    """What was typed is shown when it cannot be recorded as it is, to be mended in the case file."""
    import yaml

    try:
        yield
    except Refused:
        typed = yaml.safe_dump({"outcome": _plain(outcome)}, allow_unicode=True, sort_keys=False)
        click.echo(f"What you answered, to be mended and put into the case file:\n\n{typed}", err=True)
        raise


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else f"{value}"


def _interest(kit: "Kit", case: "Case", day: date) -> Iterator[tuple[str, object]]:
    """What becomes of interest, as the proposal on the table says; without one it runs, which gives nothing away."""
    proposal = kit.reckon(case, day).proposal
    planned = case.plan.interest if case.plan and proposal and proposal.offer == "plan" else None
    waived = proposal.waiver_percent if proposal else Decimal(0)
    default = planned if planned in _INTEREST else "waived if kept" if waived else "runs"
    interest = click.prompt("Interest", type=click.Choice(_INTEREST), default=default)
    yield "interest", interest
    if interest == "waived if kept":
        share = _ask("Share of it that is waived, in percent", _percent, f"{waived or 100:f}")
        if share != _ALL_OF_IT:
            yield "waived_percent", share


def _parts(kit: "Kit", case: "Case", day: date) -> list[dict[str, object]]:
    """The agreed parts: those of the proposal on the table, or typed one by one."""
    proposal = kit.reckon(case, day).proposal
    if proposal:
        click.echo("On the table:")
        for part in proposal.schedule.instalments:
            click.echo(f"  {part.number}. {part.due}  {part.amount.amount:f} {part.amount.currency}")
        if click.confirm("Agreed as it stands", default=True):
            return [{"due": part.due, "amount": part.amount.amount} for part in proposal.schedule.instalments]
    click.echo("The agreed parts, each as DAY SUM, such as 2025-03-26 1460000; an empty line ends them.")
    parts: list[dict[str, object]] = []
    while line := _text(f"Part {len(parts) + 1}"):
        due, _, amount = line.partition(" ")
        try:
            parts.append({"due": _day(due), "amount": _amount(amount.strip())})
        except click.UsageError as wrong:
            click.echo(f"  {wrong.message}")
    return parts


def _actions() -> Iterator[dict[str, object]]:
    click.echo("Actions, ours first; an empty line ends them.")
    while what := _text("Action"):
        yield {
            "what": what,
            "who": _must("  Who, one person"),
            "side": click.prompt("  Whose person", type=click.Choice(("supplier", "client"))),
            "by": _ask("  By when", _day),
            "proof": _must("  What shows that it is done"),
        }


def _risks() -> Iterator[dict[str, object]]:
    click.echo("What might keep the money from coming, in the client's words; an empty line ends them.")
    while event := _text("Event"):
        sign = _text("  How it would show first")
        yield {"event": event, **({"early_sign": sign} if sign else {})}


def _ask(question: str, read: Callable[[str], _Value], default: object = None) -> _Value:
    return click.prompt(question, value_proc=read, default=None if default is None else f"{default}")


def _must(question: str) -> str:
    return str(click.prompt(question))


def _text(question: str, default: str | None = None) -> str:
    return str(click.prompt(question, default=default or "", show_default=bool(default))).strip()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise click.UsageError(f"{text!r} is no day like 2025-03-26") from None


def _percent(text: str) -> Decimal:
    share = _amount(text)
    if not 0 < share <= _ALL_OF_IT:
        raise click.UsageError(f"{text!r} is no share of more than 0 and at most 100")
    return share


def _amount(text: str) -> Decimal:
    plain = text.strip()
    if not plain.replace(".", "", 1).isascii() or not plain.replace(".", "", 1).isdigit():
        raise click.UsageError(f"{text!r} is no sum like 1460000 or 1234.50")
    return Decimal(plain)
