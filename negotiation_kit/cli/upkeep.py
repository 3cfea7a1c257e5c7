"""Commands that look after a case file: undo, redact."""

from datetime import datetime
from pathlib import Path

import click

from negotiation_kit.cli.edge import PATH, refusals, the_kit


@click.command()
@click.argument("case", type=PATH)
@click.option("--to", "number", type=click.IntRange(min=1), help="The number of an older text, as --list shows them.")
@click.option("--list", "listing", is_flag=True, help="Only show which former texts are kept.")
def undo(case: Path, *, number: int | None, listing: bool) -> None:
    """Take back the last writing of the kit into a case file; the text that stood there is kept too.

    Example: negotiation-kit undo case.yaml
    """
    from negotiation_kit.store import bring_back, former_texts

    with refusals(as_json=False, writes=True):
        if listing:
            formers = former_texts(case)
            if not formers:
                click.echo(f"{case} has no former text; the kit has written nothing into it.")
            for former in formers:
                day = datetime.fromtimestamp(former.path.stat().st_mtime).astimezone()
                click.echo(f"{former.number:>4}  replaced {day:%Y-%m-%d %H:%M}  {former.path}")
            return
        former, kept = bring_back(case, number)
    click.echo(f"{case} is as it was before writing {former.number}; what stood there is kept as {kept}.")


@click.command()
@click.argument("case", type=PATH)
@click.option("--person", help="Take out this person of the client; else the notes on all persons.")
@click.option("--look", is_flag=True, help="Only show what would go.")
def redact(case: Path, *, person: str | None, look: bool) -> None:
    """Take notes on persons out of a case, or one person, and say what went; former texts that held them go too.

    Example: negotiation-kit redact case.yaml --person "Tóth Béla"
    """
    from negotiation_kit.files import read_case, read_to_change, write_changed
    from negotiation_kit.folder import CaseFile
    from negotiation_kit.redacting import holds_notes, without_notes, without_person
    from negotiation_kit.store import forget_former, former_texts

    with refusals(as_json=False, writes=True):
        before = read_to_change(case)
        file = CaseFile(str(case), before.text, read_case(case)[1])
        kit = the_kit()
        found = without_person(kit, file, person) if person else without_notes(kit, file)
        forgotten: tuple[Path, ...] = ()
        if found.removed and not look:
            write_changed(before, found.text)
            forgotten = forget_former(case)
        elif not found.removed and not look:
            # A run killed after its writing has left the former texts, which hold what it took out.
            kept = (former.path.read_bytes().decode("utf-8-sig", errors="replace") for former in former_texts(case))
            if any(holds_notes(kit, CaseFile(file.name, text, file.beside)) for text in kept):
                forgotten = forget_former(case)
    click.echo("would go:" if look else "taken out:" if found.removed else f"{case} holds no notes on persons.")
    for way in found.removed:
        click.echo(f"  {way}")
    if found.left:
        click.echo(f"\n{person} still stands in these texts; look at each, since some of them are signed:")
        for way in found.left:
            click.echo(f"  {way}")
    if forgotten:
        click.echo(
            f"\n{len(forgotten)} former texts of the file were deleted, since they held it. This cannot be undone."
        )
