"""The command that books what the bank says came in: payments."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from negotiation_kit.cli.edge import PATH, REFUSED, data_as_json, refusals, the_kit
from negotiation_kit.cli.screen import data_text, shown

if TYPE_CHECKING:
    from negotiation_kit.bank.matching import Candidate, Judged
    from negotiation_kit.receipts import Booked, Receipts

_SIGNS = {
    "reference": "our reference",
    "invoice": "invoice number",
    "short invoice": "a short invoice number",
    "account": "the client's account",
    "payer": "the client's name",
    "instalment": "the sum of a part",
    "invoice sum": "the sum of an invoice",
    "whole sum": "the whole sum",
}
_LEFT = (
    ("doubtful", "not certain; book one with --book MARK=CASE:"),
    ("taken back", "taken back by the bank; mark the payment it was with --book MARK=CASE, if it is booked there:"),
    ("other currency", "in another currency than the case; enter by hand what it settles of the case's own:"),
    ("pending", "not booked by the bank yet:"),
    ("nobody's", "of none of these cases:"),
)
_MARK = 8


@click.command()
@click.argument("cases", type=PATH, nargs=-1, required=True)
@click.option("--from", "statement", type=PATH, required=True, help="The bank's file: CAMT.053, MT940 or CSV.")
@click.option("--mapping", type=PATH, help="YAML file that says what the columns of your bank's CSV are.")
@click.option("--book", multiple=True, metavar="MARK=CASE", help="Book an entry that is not certain; repeatable.")
@click.option("--look", is_flag=True, help="Only show what would be booked.")
@data_as_json
def payments(
    cases: tuple[Path, ...], *, statement: Path, mapping: Path | None, book: tuple[str, ...], look: bool, as_json: bool
) -> None:
    """Book what came in: certain entries go into their cases, the others are listed for you, none twice.

    CASES are case files, or folders of them. The same statement again books nothing again.

    Example: negotiation-kit payments cases --from statement.xml
    """
    from negotiation_kit.files import cases_of, read_bank_file, write_over
    from negotiation_kit.receipts import received, without

    with refusals(as_json=False, writes=True):
        kit = the_kit()
        entries = read_bank_file(statement, mapping)
        files = list(cases_of(cases))
        found = received(kit, files, entries, dict(_choices(book)))
        if not look:
            found = without(found, write_over(files, found.texts))
    if as_json:
        click.echo(data_text(_data(found)))
    else:
        _tell_received(found, look=look)
    if found.broken:
        for each in found.broken:
            click.echo(shown(f"\n{each.file}: {each.first}"), err=True)
        sys.exit(REFUSED)


def _choices(book: Iterable[str]) -> Iterator[tuple[str, str]]:
    for text in book:
        mark, _, case = text.partition("=")
        if not (mark and case):
            raise click.BadParameter(f"{text!r} is no choice like 3f9a1c0d=2025-017", param_hint="--book")
        yield mark, case


def _tell_received(found: "Receipts", *, look: bool) -> None:
    if found.booked:
        click.echo("would be booked:" if look else "booked:")
        for booked in found.booked:
            click.echo(f"  {_line(booked.judged)}")
            click.echo(f"      {booked.candidate.awaited.case}, {_why(booked)}")
    if found.returned:
        click.echo("would be marked as taken back by the bank:" if look else "taken back by the bank, and marked so:")
        for returned in found.returned:
            click.echo(f"  {_line(returned.judged)}")
            why = "by your word" if returned.by_hand else "by the number of the transfer"
            click.echo(f"      {returned.paid.case}, its payment of {returned.paid.day}, {why}")
    for verdict, told in _LEFT:
        if left := found.of(verdict):
            click.echo(f"\n{told}")
            for judged in left:
                click.echo(f"  {_line(judged)}")
                for candidate in judged.candidates:
                    click.echo(f"      {candidate.awaited.case}? {_signs(candidate)} ({candidate.score} points)")
                for paid in found.proposed.get(judged.entry.identity, ()):
                    click.echo(f"      {paid.case}: the same sum came on {paid.day}")
    known, out = len(found.of("known")), len(found.of("out"))
    click.echo(f"\n{len(found.booked)} {'to book' if look else 'booked'}, {known} booked before, {out} money out.")


def _line(judged: "Judged") -> str:
    entry = judged.entry
    batch = f", {entry.batch} payments in one sum" if entry.batch else ""
    said = " ".join(filter(None, (entry.payer, f"“{entry.text}”" if entry.text else "")))
    money = f"{entry.amount.amount:f} {entry.amount.currency}"
    return f"{entry.identity[:_MARK]}  {entry.day}  {money}  {said} ({entry.place}{batch})"


def _why(booked: "Booked") -> str:
    return "by your word" if booked.by_hand else _signs(booked.candidate)


def _signs(candidate: "Candidate") -> str:
    return ", ".join(_SIGNS[sign] for sign in candidate.signs)


def _data(found: "Receipts") -> dict[str, object]:
    """The same for other programs."""
    return {
        "booked": [
            {**_entry_data(each.judged), "case": each.candidate.awaited.case, "by_hand": each.by_hand}
            for each in found.booked
        ],
        "returned": [
            {
                **_entry_data(each.judged),
                "case": each.paid.case,
                "paid_on": each.paid.day.isoformat(),
                "by_hand": each.by_hand,
            }
            for each in found.returned
        ],
        "left": [{**_entry_data(each), "verdict": each.verdict} for each in found.left],
        "broken": [{"file": each.file, "message": each.first.message} for each in found.broken],
    }


def _entry_data(judged: "Judged") -> dict[str, object]:
    entry = judged.entry
    return {
        "mark": entry.identity,
        "place": entry.place,
        "day": entry.day.isoformat(),
        "amount": f"{entry.amount.amount:f}",
        "currency": entry.amount.currency,
        "payer": entry.payer,
        "text": entry.text,
        "candidates": [
            {"case": each.awaited.case, "score": each.score, "signs": list(each.signs)} for each in judged.candidates
        ],
    }
