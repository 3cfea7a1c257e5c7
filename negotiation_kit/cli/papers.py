"""Commands about one case and its papers: new, check, pack, papers, schema."""

import json
import sys
import time as clock
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack, get_args

import click

from negotiation_kit.cli.edge import (
    DATE,
    PATH,
    REFUSED,
    as_json_option,
    as_of_option,
    checked,
    language_option,
    refusals,
    tell,
    tell_held,
    templates_option,
    the_kit,
    today,
)
from negotiation_kit.cli.screen import data_text, is_watched, shown
from negotiation_kit.problems import Problem, Refused

if TYPE_CHECKING:
    from negotiation_kit.asked import Asked
    from negotiation_kit.files import Written
    from negotiation_kit.pack import AskedForm, Kit, PackFile

SLOW_SECONDS = 1.0
_ASKED = (
    click.option(
        "--language", "-l", "languages", multiple=True, help="Language of the papers; else those of the case."
    ),
    click.option("--as-of", "as_of", type=DATE, help="The day the papers speak for; else today."),
    click.option(
        "--format",
        "forms",
        type=click.Choice(["docx", "html", "text", "xlsx", "pdf"]),
        multiple=True,
        default=("docx",),
        help="Form of the papers; pdf needs LibreOffice, xlsx is the schedule as a live spreadsheet. Repeatable.",
    ),
    click.option(
        "--all", "everything", is_flag=True, help="Every paper that can be made, not only those called for now."
    ),
    click.option("--only", multiple=True, metavar="CODE", help="Only this paper, such as C04; repeatable."),
    click.option(
        "--side-by-side",
        metavar="FIRST,SECOND",
        help="Proposal, minutes and schedule in two languages too, in two columns of one Word file, such as hu,en.",
    ),
    click.option("--print-set", is_flag=True, help="All that is taken to the meeting as one PDF too, with its copies."),
)


def asked_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say what is asked of a pack."""
    for option in reversed(_ASKED):
        command = option(command)
    return command


class AskedOptions(TypedDict):
    """Those options as they come from the command line."""

    languages: tuple[str, ...]
    as_of: datetime | None
    forms: tuple["AskedForm", ...]
    everything: bool
    only: tuple[str, ...]
    side_by_side: str | None
    print_set: bool


def what_is_asked(options: AskedOptions) -> "Asked":
    """The same as one record."""
    from negotiation_kit.asked import Asked

    return Asked(
        languages=options["languages"],
        forms=options["forms"],
        chosen="all" if options["everything"] else tuple(code.upper() for code in options["only"]) or "needed",
        side_by_side=two_languages(options["side_by_side"]),
        print_set=options["print_set"],
        as_of=options["as_of"].date() if options["as_of"] else None,
    )


@click.command()
@click.argument("file", type=PATH)
def new(file: Path) -> None:
    """Write a commented case file to start from, and its schema beside it.

    Example: negotiation-kit new late-payer.yaml
    """
    from negotiation_kit.files import write_new
    from negotiation_kit.starter import starter_case

    with refusals(as_json=False, writes=True):
        write_new(file, starter_case(today()))
        schema = file.parent / "case.schema.json"
        if not schema.exists():
            write_new(schema, the_schema())
    click.echo(f"{file} is ready to be filled in; then run: negotiation-kit pack {file} --out pack")


@click.command()
@click.argument("case", type=PATH, nargs=-1, required=True)
@templates_option
@as_json_option
def check(case: tuple[Path, ...], templates: Path | None, as_json: bool) -> None:
    """Read case files and tell every mistake with its line and column.

    Example: negotiation-kit check samples/late-payer.yaml
    """
    with refusals(as_json=as_json):
        kit = the_kit(templates)
    problems: list[Problem] = []
    for path in case:
        try:
            checked(kit, path)
        except Refused as refused:
            problems += refused.problems
        else:
            click.echo(shown(f"{path}: in order"), err=as_json)
    tell(problems, as_json=as_json)
    sys.exit(REFUSED if problems else 0)


@click.command()
@click.argument("case", type=PATH)
@click.option("--out", type=PATH, required=True, help="The folder the papers are written to.")
@asked_options
@templates_option
@as_json_option
def pack(case: Path, *, out: Path, templates: Path | None, as_json: bool, **options: Unpack[AskedOptions]) -> None:
    """Write the papers a case calls for.

    Example: negotiation-kit pack samples/late-payer.yaml --out pack --language hu
    """
    from negotiation_kit.files import write_pack
    from negotiation_kit.printing import whole_pack

    with refusals(as_json=as_json, writes=True):
        kit = the_kit(templates)
        read = checked(kit, case)
        asked = what_is_asked(options)
        day = asked.day(read, today())
        written = write_pack(out, whole_pack(kit, read, asked, as_of=day, shown=with_progress))
    if as_json:
        tell((), as_json=True)
    list_written(kit, written, day, err=as_json)
    tell_held(kit, read, day, err=as_json)


@click.command()
@click.argument("case", type=PATH)
@click.option("--out", type=PATH, required=True, help="The folder the calendar files are written to.")
@language_option
@as_of_option
def calendar(case: Path, *, out: Path, language: str, as_of: datetime | None) -> None:
    """Write what is still to come as calendar files: ours, and the one the client may have.

    Example: negotiation-kit calendar samples/after-meeting.yaml --out pack
    """
    from negotiation_kit.files import write_pack

    with refusals(as_json=False, writes=True):
        kit = the_kit()
        read = checked(kit, case)
        day = as_of.date() if as_of else read.as_of or today()
        written = write_pack(out, kit.calendar(read, as_of=day, language=language))
    list_written(kit, written, day, err=False)


@click.command("hand-over")
@click.argument("case", type=PATH)
@click.option("--out", type=PATH, required=True, help="The folder in which the file for legal is laid.")
@language_option
@as_of_option
def hand_over(case: Path, *, out: Path, language: str, as_of: datetime | None) -> None:
    """Lay the file for legal into one folder, indexed and complete; or say what is missing of it.

    Example: negotiation-kit hand-over case.yaml --out legal
    """
    from negotiation_kit.files import write_pack

    with refusals(as_json=False, writes=True):
        kit = the_kit()
        read = checked(kit, case)
        day = as_of.date() if as_of else read.as_of or today()
        written = write_pack(out, kit.hand_over(read, as_of=day, language=language))
    for each in written:
        click.echo(shown(f"{each.path}{'' if each.changed else '  (unchanged)'}"))
    click.echo(f"\n{len(written)} files for legal, as of {day}. Restricted notes are not among them.")


@click.command()
@language_option
def papers(language: str) -> None:
    """List the papers: what exists, for whom, and when it is used.

    Example: negotiation-kit papers --language hu
    """
    from negotiation_kit.documents.catalogue import PAPERS

    with refusals(as_json=False):
        desk = the_kit().desk
        words = desk.language(language)
        for paper in PAPERS:
            click.echo(f"{paper.code}  {desk.title(paper, language):<60} {words.word('audience', paper.audience)}")
            click.echo(f"     {desk.use(paper, language)}")


@click.command()
def schema() -> None:
    """Print the JSON Schema of a case file, for editors.

    Example: negotiation-kit schema > case.schema.json
    """
    click.echo(data_text(json.loads(the_schema()), indent=2))


def the_schema() -> str:
    from negotiation_kit.case.case import Case
    from negotiation_kit.reading.schema import json_schema

    return json_schema(Case)


def two_languages(asked: str | None) -> tuple[str, str] | None:
    """The two languages of a paper side by side, the first one first."""
    if asked is None:
        return None
    first, _, second = (code.strip() for code in asked.partition(","))
    if not first or not second or "," in second:
        raise Refused([Problem(None, f"--side-by-side is {asked!r}", "name two languages, such as hu,en")])
    return first, second


def with_progress(files: Iterator["PackFile"]) -> Iterator["PackFile"]:
    """The same files; a line on the screen when the work takes longer than a second."""
    started = clock.monotonic()
    shown = False
    for number, file in enumerate(files, start=1):
        if clock.monotonic() - started > SLOW_SECONDS and is_watched():
            click.echo(f"\r{number} papers made ...", nl=False, err=True)
            shown = True
        yield file
    if shown:
        click.echo(err=True)


def list_written(kit: "Kit", written: tuple["Written", ...], day: date, *, err: bool) -> None:
    """What was written, by audience and paper, each with its use."""
    from negotiation_kit.documents.catalogue import Audience

    words = kit.desk.language("en")
    for audience in get_args(Audience):
        mine = [each for each in written if each.file.audience == audience]
        if mine:
            click.echo(f"\n{words.word('whose', audience)}:", err=err)
        for paper, files in groupby(mine, key=lambda each: each.file.paper):
            for each in files:
                click.echo(shown(f"  {each.path}{'' if each.changed else '  (unchanged)'}"), err=err)
                for warning in each.file.warnings:
                    click.echo(f"      look once more: {warning}", err=err)
            click.echo(f"      {kit.desk.use(paper, 'en')}", err=err)
    click.echo(f"\n{len(written)} files, as of {day}.", err=err)
