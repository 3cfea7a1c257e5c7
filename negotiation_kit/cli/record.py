"""The command that puts what a meeting brought into the case: record, step by step or in one word."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from negotiation_kit.cli.asking import a_day, an_amount, may_say, must_say, not_lost
from negotiation_kit.cli.edge import DATE, PATH, refusals, the_kit

if TYPE_CHECKING:
    from datetime import datetime

    from negotiation_kit.case.case import Case
    from negotiation_kit.folder import CaseFile
    from negotiation_kit.pack import Kit

_Recording = Callable[["Kit", "CaseFile"], tuple[str, str]]
"""What goes into a case: its new text, and what was recorded in one line."""

_Value = TypeVar("_Value")
_ACKNOWLEDGED = ("whole", "part", "none")
_ALL_OF_IT = 100
_DID = {
    "claim_letter": "claim letter sent on",
    "claim_until": "to be paid by",
    "taken_over": "taken over by legal on",
    "court_filed": "filed with the court on",
}
_INTEREST = ("runs", "inside", "waived if kept", "not claimed")


@click.command()
@click.argument("case", type=PATH)
@click.option("--signed", type=DATE, help="Only record the day both sides signed the minutes.")
@click.option(
    "--done", type=(int, DATE), metavar="NUMBER DAY", help="Only record that an action of the minutes is done."
)
@click.option(
    "--moved",
    type=(int, DATE, DATE),
    metavar="PART DAY TOLD",
    help="Only record the one move of a part that signed minutes allow: its number, the new day, the day it was told.",
)
@click.option("--claim-letter", type=DATE, help="Only record the day legal's claim letter went.")
@click.option("--until", type=DATE, help="With --claim-letter: the last day to pay that it names.")
@click.option("--taken-over", type=DATE, help="Only record the day legal confirmed that it has the file.")
@click.option("--filed", type=DATE, help="Only record the day the matter was filed with the court.")
def record(
    case: Path,
    *,
    signed: "datetime | None",
    done: "tuple[int, datetime] | None",
    moved: "tuple[int, datetime, datetime] | None",
    claim_letter: "datetime | None",
    until: "datetime | None",
    taken_over: "datetime | None",
    filed: "datetime | None",
) -> None:
    """Record what a meeting brought, or what came after it; kept with your notes.

    Without an option it asks for the outcome of the meeting step by step and judges it like the final minutes. Answers
    in brackets come from the proposal on the table. Minutes that were filled in in Word are read with
    negotiation-kit read.

    Example: negotiation-kit record case.yaml
    """
    from negotiation_kit.files import read_case, read_to_change, write_changed
    from negotiation_kit.folder import CaseFile

    if until and not claim_letter:
        raise click.UsageError("--until goes with --claim-letter")
    days = {"claim_letter": claim_letter, "claim_until": until, "taken_over": taken_over, "court_filed": filed}
    legal = {field: day.date() for field, day in days.items() if day}
    chosen = _one_of(
        signed=_signed(signed.date()) if signed else None,
        done=_done(done[0], done[1].date()) if done else None,
        moved=_moved(moved[0], moved[1].date(), moved[2].date()) if moved else None,
        legal=_legal(legal) if legal else None,
    )
    with refusals(as_json=False, writes=True):
        kit = the_kit()
        before = read_to_change(case)
        file = CaseFile(str(case), before.text, read_case(case)[1])
        text, told = chosen(kit, file) if chosen else _meeting(kit, file)
        kept = write_changed(before, text)
    click.echo(f"{case}: {told}{f'; the former text is kept as {kept}' if kept else ' (was recorded already)'}")


def _one_of(**named: _Recording | None) -> _Recording | None:
    """The one thing that was named; what legal did may be told together."""
    found = {name: each for name, each in named.items() if each}
    if len(found) > 1:
        raise click.UsageError(f"one thing at a time: record --{next(iter(found))} first, the others after it")
    return next(iter(found.values()), None)


def _signed(day: date) -> _Recording:
    from negotiation_kit.recording import signed_on

    return lambda kit, file: (signed_on(kit, file, day), f"signed on {day}")


def _done(number: int, day: date) -> _Recording:
    from negotiation_kit.recording import action_done

    return lambda kit, file: (action_done(kit, file, number, day), f"action {number} done on {day}")


def _moved(number: int, to: date, told: date) -> _Recording:
    from negotiation_kit.recording import part_moved

    return lambda kit, file: (part_moved(kit, file, number, to, told), f"part {number} moved to {to}, once")


def _legal(days: Mapping[str, date]) -> _Recording:
    from negotiation_kit.recording import legal_did

    told = ", ".join(f"{_DID[field]} {day}" for field, day in days.items())
    return lambda kit, file: (legal_did(kit, file, days), told)


def _meeting(kit: "Kit", file: "CaseFile") -> tuple[str, str]:
    from negotiation_kit.recording import with_outcome

    outcome = dict(_asked(kit, kit.check(file.text, file.name, file.beside)))
    with not_lost("outcome", outcome):
        return with_outcome(kit, file, outcome), f"the meeting of {outcome['day']}"


def _asked(kit: "Kit", case: "Case") -> Iterator[tuple[str, object]]:
    """The fields of an outcome, one question after the other."""
    meeting_day = case.meeting.day if case.meeting else None
    day = _ask("Day of the meeting", a_day, meeting_day)
    yield "day", day
    if place := may_say("Place", case.meeting.place if case.meeting else None):
        yield "place", place
    if idea := may_say("The client's own idea, in a few words"):
        yield "client_idea", idea
    kind = click.prompt("Acknowledgement of the balance", type=click.Choice(_ACKNOWLEDGED), default="whole")
    acknowledged: dict[str, object] = {"kind": kind}
    if kind == "part":
        acknowledged["amount"] = _ask("Sum acknowledged", an_amount)
    yield "acknowledged", acknowledged
    yield "schedule", _parts(kit, case, day)
    yield from _interest(kit, case, day)
    yield "security", may_say("Security", "none") or "none"
    yield "actions", list(_actions())
    yield "risks", list(_risks())
    for name, question in (
        ("consequence", "What both sides said follows a missed date"),
        ("next_step", "The Supplier's next step then"),
    ):
        if told := may_say(question):
            yield name, told
    if contact := may_say("Next contact: day, or nothing"):
        yield "next_contact", {"day": a_day(contact), "form": must_say("How"), "persons": must_say("Who")}
    if signed := may_say("Day both sides signed, or nothing yet"):
        yield "signed", a_day(signed)


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
    while line := may_say(f"Part {len(parts) + 1}"):
        due, _, amount = line.partition(" ")
        try:
            parts.append({"due": a_day(due), "amount": an_amount(amount.strip())})
        except click.UsageError as wrong:
            click.echo(f"  {wrong.message}")
    return parts


def _actions() -> Iterator[dict[str, object]]:
    click.echo("Actions, ours first; an empty line ends them.")
    while what := may_say("Action"):
        yield {
            "what": what,
            "who": must_say("  Who, one person"),
            "side": click.prompt("  Whose person", type=click.Choice(("supplier", "client"))),
            "by": _ask("  By when", a_day),
            "proof": must_say("  What shows that it is done"),
        }


def _risks() -> Iterator[dict[str, object]]:
    click.echo("What might keep the money from coming, in the client's words; an empty line ends them.")
    while event := may_say("Event"):
        sign = may_say("  How it would show first")
        yield {"event": event, **({"early_sign": sign} if sign else {})}


def _ask(question: str, read: Callable[[str], _Value], default: object = None) -> _Value:
    return click.prompt(question, value_proc=read, default=None if default is None else f"{default}")


def _percent(text: str) -> Decimal:
    share = an_amount(text)
    if not 0 < share <= _ALL_OF_IT:
        raise click.UsageError(f"{text!r} is no share of more than 0 and at most 100")
    return share
