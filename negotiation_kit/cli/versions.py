"""Commands about two versions of a case: redline."""

from datetime import datetime
from pathlib import Path

import click

from negotiation_kit.cli.edge import PATH, as_of_option, checked, refusals, templates_option, the_kit, today


@click.command()
@click.argument("old", type=PATH)
@click.argument("new", type=PATH)
@click.option("--out", type=PATH, required=True, help="The Word file to write.")
@click.option("--language", "-l", help="Language of the paper; else the first of the new case.")
@click.option(
    "--paper",
    default="",
    metavar="CODE",
    help="Another paper for the client. A proposal (C03) shows them what was proposed before.",
)
@as_of_option
@templates_option
def redline(
    old: Path,
    new: Path,
    *,
    out: Path,
    language: str | None,
    paper: str,
    as_of: datetime | None,
    templates: Path | None,
) -> None:
    """Show what changed between two versions of a case: the minutes as one Word file with tracked changes.

    Accepting all changes gives the minutes of NEW, rejecting all those of OLD. May be given to the client.

    Example: negotiation-kit redline case-friday.yaml case-monday.yaml --out changes.docx
    """
    from negotiation_kit import comparison
    from negotiation_kit.files import write_again

    with refusals(as_json=False, writes=True):
        kit = the_kit(templates)
        cases = checked(kit, old), checked(kit, new)
        first, second = (as_of.date() if as_of else case.as_of or today() for case in cases)
        code = language or cases[1].languages[0]
        file = comparison.redline(kit, *cases, days=(first, second), language=code, code=paper)
        write_again(out, file.content)
    click.echo(f"{out} shows the changes in {file.paper.code}, {kit.desk.title(file.paper, code)}.")
