"""Commands that look after a case file: undo."""

from datetime import datetime
from pathlib import Path

import click

from negotiation_kit.cli.edge import PATH, refusals


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
