"""Commands about many cases: status (what to do today), portfolio (the worklist)."""

import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from negotiation_kit.cli.edge import (
    PATH,
    REFUSED,
    as_of_option,
    data_as_json,
    language_option,
    refusals,
    the_kit,
    today,
)
from negotiation_kit.cli.screen import data_text, is_watched, shown
from negotiation_kit.problems import Problem, Refused

if TYPE_CHECKING:
    from negotiation_kit.folder import Broken

MANY_FILES = 50
"""Above so many files a bar shows how far the reading is."""


@click.command()
@click.argument("cases", type=PATH, nargs=-1, required=True)
@as_of_option
@language_option
@data_as_json
def status(cases: tuple[Path, ...], *, as_of: datetime | None, language: str, as_json: bool) -> None:
    """Say what must be done today, for a case or for all cases of a folder.

    Example: negotiation-kit status samples/late-payer.yaml --as-of 2025-03-25
    """
    from negotiation_kit.documents.structured import plain_data
    from negotiation_kit.files import read_cases, yaml_below
    from negotiation_kit.status import days_work, status_text

    with refusals(as_json=as_json):
        kit = the_kit()
        day = as_of.date() if as_of else today()
        paths = tuple(path for named in cases for path in (yaml_below(named) if named.is_dir() else (named,)))
        with bar(paths) as shown:
            found, broken = days_work(kit, read_cases(shown), day, language)
        if not (found or broken):
            raise Refused([Problem(None, "there is no case", "a case is a .yaml or .yml file with a line case: ...")])
        if as_json:
            click.echo(data_text(plain_data(found)))
        else:
            click.echo(status_text(kit, found, day, language), nl=False)
    if broken:
        _tell_broken(broken)
        sys.exit(REFUSED)


@click.command()
@click.argument("folder", type=PATH)
@as_of_option
@language_option
@click.option("--html", type=PATH, help="Write it as one page too, to read or print.")
@click.option("--csv", type=PATH, help="Write one line a case too.")
@click.option("--xlsx", type=PATH, help="Write it as a workbook too.")
@data_as_json
def portfolio(
    folder: Path,
    *,
    as_of: datetime | None,
    language: str,
    html: Path | None,
    csv: Path | None,
    xlsx: Path | None,
    as_json: bool,
) -> None:
    """Show all cases of a folder as one worklist: what cannot wait first, then totals and expected money.

    Example: negotiation-kit portfolio cases --html worklist.html
    """
    from negotiation_kit import folder as worklist
    from negotiation_kit.files import read_cases, write_again, yaml_below

    with refusals(as_json=as_json):
        kit = the_kit()
        paths = yaml_below(folder)
        day = as_of.date() if as_of else today()
        with bar(paths) as shown:
            found = worklist.read_folder(kit, read_cases(shown), day)
        if not (found.portfolio.rows or found.broken):
            raise Refused(
                [Problem(None, f"{folder} holds no case", "a case is a .yaml or .yml file with a line case: ...")]
            )
        if as_json:
            click.echo(data_text(worklist.worklist_data(found)))
        else:
            click.echo(worklist.worklist_text(kit, found, language), nl=False)
        forms = ((html, worklist.worklist_page), (csv, worklist.worklist_csv), (xlsx, worklist.worklist_xlsx))
        for path, made in ((path, made) for path, made in forms if path):
            write_again(path, made(kit, found, language))
            click.echo(f"{path} is ready.", err=True)
    if found.broken:
        _tell_broken(found.broken)
        sys.exit(REFUSED)


def bar(paths: tuple[Path, ...]) -> AbstractContextManager[Iterable[Path]]:
    """The same files; many of them with a bar on the screen that shows how far the reading is."""
    if len(paths) <= MANY_FILES or not is_watched():
        return nullcontext(paths)
    return click.progressbar(paths, label="reading", file=sys.stderr)


def _tell_broken(broken: Sequence["Broken"]) -> None:
    """Each file that is not in the list, with the first thing wrong in it."""
    for each in broken:
        more = f"\n      = and {len(each.problems) - 1} more; see: negotiation-kit check {each.file}"
        where = "" if each.first.place else f"{each.file}: "
        click.echo(shown(f"\n{where}{each.first}{more if len(each.problems) > 1 else ''}"), err=True)
    number = len(broken)
    click.echo(f"\n{number} file{'s are' if number > 1 else ' is'} not in the list.", err=True)
