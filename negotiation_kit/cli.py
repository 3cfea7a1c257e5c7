"""The command: options in, one call, a message and an exit code out (0 done, 1 refused, 2 wrong usage)."""

import json
import re
import sys
import time as clock
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from negotiation_kit import __version__
from negotiation_kit.problems import Problem, Refused

if TYPE_CHECKING:
    from negotiation_kit.case.case import Case
    from negotiation_kit.documents.explanations import What
    from negotiation_kit.files import Written
    from negotiation_kit.folder import Broken
    from negotiation_kit.pack import FileForm, Kit, PackFile

REFUSED = 1
SLOW_SECONDS = 1.0
MANY_FILES = 50
"""Above so many files a bar shows how far the reading is."""

_case_files = click.Path(path_type=Path)
_DATE = click.DateTime(["%Y-%m-%d"])
_TYPED_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_as_json = click.option("--json", "as_json", is_flag=True, help="Tell problems as JSON, for editors.")
_data_as_json = click.option("--json", "as_json", is_flag=True, help="The same as data, for other programs.")
_as_of = click.option("--as-of", "as_of", type=_DATE, help="The day it is reckoned for; else the case's, or today.")
_language = click.option("--language", "-l", default="en", help="Language of the text; en if not said.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="negotiation-kit")
@click.option(
    "--rates",
    type=_case_files,
    multiple=True,
    envvar="NEGOTIATION_KIT_RATES",
    help="File with newer reference rates, laid over ours; repeatable.",
)
@click.pass_context
def main(context: click.Context, rates: tuple[Path, ...]) -> None:
    """Prepare, agree and follow up the repayment of an overdue trade debt.

    One case file in, a signable pack out. Begin with: negotiation-kit new case.yaml
    """
    context.obj = rates


@main.command()
@click.argument("file", type=_case_files)
def new(file: Path) -> None:
    """Write a commented case file to start from, and its schema beside it.

    Example: negotiation-kit new late-payer.yaml
    """
    from negotiation_kit.files import write_new
    from negotiation_kit.starter import starter_case

    with _refusals(as_json=False, writes=True):
        write_new(file, starter_case(_today()))
        schema = file.parent / "case.schema.json"
        if not schema.exists():
            write_new(schema, _schema())
    click.echo(f"{file} is ready to be filled in; then run: negotiation-kit pack {file} --out pack")


@main.command()
@click.argument("case", type=_case_files, nargs=-1, required=True)
@click.option("--templates", type=_case_files, help="Folder with your own wording and questions.")
@_as_json
def check(case: tuple[Path, ...], templates: Path | None, as_json: bool) -> None:
    """Read case files and tell every mistake with its line and column.

    Example: negotiation-kit check samples/late-payer.yaml
    """
    with _refusals(as_json=as_json):
        kit = _kit(templates)
    problems: list[Problem] = []
    for path in case:
        try:
            _checked(kit, path)
        except Refused as refused:
            problems += refused.problems
        else:
            click.echo(f"{path}: in order", err=as_json)
    _tell(problems, as_json=as_json)
    sys.exit(REFUSED if problems else 0)


@main.command()
@click.argument("case", type=_case_files)
@click.option("--out", type=_case_files, required=True, help="The folder the papers are written to.")
@click.option("--language", "-l", "languages", multiple=True, help="Language of the papers; else those of the case.")
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="The day the papers speak for; else today.")
@click.option(
    "--format",
    "forms",
    type=click.Choice(["docx", "html", "text", "xlsx"]),
    multiple=True,
    default=("docx",),
    help="Form of the papers; xlsx is the schedule as a live spreadsheet. Repeatable.",
)
@click.option("--templates", type=_case_files, help="Folder with your own wording, looked up before ours.")
@_as_json
def pack(
    case: Path,
    *,
    out: Path,
    languages: tuple[str, ...],
    as_of: datetime | None,
    forms: tuple["FileForm", ...],
    templates: Path | None,
    as_json: bool,
) -> None:
    """Write the papers a case calls for.

    Example: negotiation-kit pack samples/late-payer.yaml --out pack --language hu
    """
    from negotiation_kit.files import write_pack

    with _refusals(as_json=as_json, writes=True):
        kit = _kit(templates)
        read = _checked(kit, case)
        day = as_of.date() if as_of else read.as_of or _today()
        files = kit.pack(read, as_of=day, languages=languages or read.languages, forms=forms)
        written = write_pack(out, list(_with_progress(files)))
    if as_json:
        _tell((), as_json=True)
    _list_written(written, day, err=as_json)


@main.command()
@click.argument("case", type=_case_files)
@click.option(
    "--what",
    type=click.Choice(["assessment", "interest", "allocation", "schedule", "clock", "promises", "offers"]),
    default="interest",
    help="What is explained; interest if not said.",
)
@_language
@_as_of
@_data_as_json
def explain(case: Path, what: "What", language: str, as_of: datetime | None, as_json: bool) -> None:
    """Show how a figure or a day was found, as a lawyer would check it. For our own eyes.

    Example: negotiation-kit explain samples/two-breakfasts.yaml --what allocation
    """
    with _refusals(as_json=as_json):
        kit = _kit()
        read = _checked(kit, case)
        _print_explained(kit, read, what, as_of, language, as_json=as_json)


@main.command()
@click.argument("case", type=_case_files)
@_language
@_as_of
@_data_as_json
def assess(case: Path, language: str, as_of: datetime | None, as_json: bool) -> None:
    """Say on one page where a case stands, what to do next, by when, and why. For our own eyes.

    Example: negotiation-kit assess samples/late-payer.yaml
    """
    with _refusals(as_json=as_json):
        kit = _kit()
        _print_explained(kit, _checked(kit, case), "assessment", as_of, language, as_json=as_json)


@main.command()
@click.argument("amount")
@click.argument("currency")
@click.option("--due", type=_DATE, required=True, help="Last day to pay.")
@_as_of
@click.option("--law", default="HU", help="Jurisdiction, such as HU, DE or GB-EAW; HU if not said.")
@click.option("--paid", multiple=True, metavar="DAY=SUM", help="A part payment: 2025-03-24=1850000; repeatable.")
@click.option(
    "--terms", default="claim: for information", help='As under interest in a case: "percent: 2, per: month".'
)
@_language
@_data_as_json
def interest(  # noqa: PLR0913 - as many as the question has
    amount: str,
    currency: str,
    *,
    due: datetime,
    as_of: datetime | None,
    law: str,
    paid: tuple[str, ...],
    terms: str,
    language: str,
    as_json: bool,
) -> None:
    """Reckon late interest on a sum without a case file, with its working.

    Example: negotiation-kit interest 4850000 HUF --due 2025-03-14 --as-of 2025-07-31
    """
    from negotiation_kit.oneoff import FILE, interest_case

    payments = [_payment(each) for each in paid]
    with _refusals(as_json=as_json):
        kit = _kit()
        text = interest_case(
            amount=amount,
            currency=currency,
            due=due.date(),
            jurisdiction=law,
            calendar=kit.calendar_of(law),
            payments=payments,
            terms=terms,
        )
        _print_explained(kit, kit.check(text, FILE), "interest", as_of, language, as_json=as_json)


@main.command()
@click.argument("amount")
@click.argument("currency")
@click.argument("shape")
@click.option("--start", type=_DATE, help="Day the plan is agreed; today if not said.")
@click.option("--law", default="HU", help="Jurisdiction of the debt, and its calendar; HU if not said.")
@click.option("--calendar", multiple=True, help="Calendars of both sides, such as HU and AT; repeatable.")
@click.option("--xlsx", type=_case_files, help="Write the plan as a live spreadsheet too.")
@_language
@_data_as_json
def plan(  # noqa: PLR0913 - as many as the question has
    amount: str,
    currency: str,
    shape: str,
    *,
    start: datetime | None,
    law: str,
    calendar: tuple[str, ...],
    xlsx: Path | None,
    language: str,
    as_json: bool,
) -> None:
    """Lay a repayment plan without a case file. SHAPE is what stands under plan in a case.

    Example: negotiation-kit plan 4850000 HUF "equal, first: 30%, parts: 4, every: 14 days" --start 2025-03-24
    """
    from negotiation_kit.files import write_new_bytes
    from negotiation_kit.oneoff import FILE, plan_case

    day = start.date() if start else _today()
    text = plan_case(amount=amount, currency=currency, start=day, jurisdiction=law, calendars=calendar, shape=shape)
    with _refusals(as_json=as_json):
        kit = _kit()
        case = kit.check(text, FILE)
        _print_explained(kit, case, "schedule", datetime.combine(day, time.min), language, as_json=as_json)
        if xlsx:
            write_new_bytes(xlsx, kit.live_plan(case, as_of=day, language=language))
            click.echo(f"\n{xlsx} is ready.", err=True)


@main.command()
@click.argument("folder", type=_case_files)
@_as_of
@_language
@click.option("--html", type=_case_files, help="Write it as one page too, to read or print.")
@click.option("--csv", type=_case_files, help="Write one line a case too.")
@click.option("--xlsx", type=_case_files, help="Write it as a workbook too.")
@_data_as_json
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

    with _refusals(as_json=as_json):
        kit = _kit()
        paths = yaml_below(folder)
        day = as_of.date() if as_of else _today()
        with _bar(paths) as shown:
            found = worklist.read_folder(kit, read_cases(shown), day)
        if not (found.portfolio.rows or found.broken):
            raise Refused(
                [Problem(None, f"{folder} holds no case", "a case is a .yaml or .yml file with a line case: ...")]
            )
        if as_json:
            click.echo(json.dumps(worklist.worklist_data(found), ensure_ascii=False, indent=1))
        else:
            click.echo(worklist.worklist_text(kit, found, language), nl=False)
        forms = ((html, worklist.worklist_page), (csv, worklist.worklist_csv), (xlsx, worklist.worklist_xlsx))
        for path, made in ((path, made) for path, made in forms if path):
            write_again(path, made(kit, found, language))
            click.echo(f"{path} is ready.", err=True)
    if found.broken:
        _tell_broken(found.broken)
        sys.exit(REFUSED)


def _bar(paths: tuple[Path, ...]) -> AbstractContextManager[Iterable[Path]]:
    """The same files; many of them with a bar on the screen that shows how far the reading is."""
    if len(paths) <= MANY_FILES or not sys.stderr.isatty():
        return nullcontext(paths)
    return click.progressbar(paths, label="reading", file=sys.stderr)


def _tell_broken(broken: Sequence["Broken"]) -> None:
    """Each file that is not in the list, with the first thing wrong in it."""
    for each in broken:
        more = f"\n      = and {len(each.problems) - 1} more; see: negotiation-kit check {each.file}"
        where = "" if each.first.place else f"{each.file}: "
        click.echo(f"\n{where}{each.first}{more if len(each.problems) > 1 else ''}", err=True)
    number = len(broken)
    click.echo(f"\n{number} file{'s are' if number > 1 else ' is'} not in the list.", err=True)


@main.command()
def schema() -> None:
    """Print the JSON Schema of a case file, for editors.

    Example: negotiation-kit schema > case.schema.json
    """
    click.echo(_schema(), nl=False)


@main.command()
def papers() -> None:
    """List the papers: what exists, for whom, and when it is made.

    Example: negotiation-kit papers
    """
    from negotiation_kit.documents.catalogue import PAPERS
    from negotiation_kit.files import library
    from negotiation_kit.pack import title_of

    templates = library().templates
    for paper in PAPERS:
        click.echo(f"{paper.code}  {title_of(templates[f'en/{paper.template}']):<52} {paper.audience}")
        click.echo(f"     {paper.when}")


def _kit(templates: Path | None = None) -> "Kit":
    """The kit with the company's own wording and rates laid over ours."""
    from negotiation_kit.files import library
    from negotiation_kit.pack import Kit

    rates: tuple[Path, ...] = click.get_current_context().find_root().obj or ()
    return Kit(library(templates, rates))


def _checked(kit: "Kit", path: Path) -> "Case":
    """The case in a file, with the files it names."""
    from negotiation_kit.files import read_case

    text, beside = read_case(path)
    return kit.check(text, str(path), beside)


def _print_explained(
    kit: "Kit", case: "Case", what: "What", as_of: datetime | None, language: str, *, as_json: bool
) -> None:
    day = as_of.date() if as_of else case.as_of or _today()
    if as_json:
        click.echo(json.dumps(kit.explained_data(case, what, as_of=day), ensure_ascii=False, indent=1))
    else:
        click.echo(kit.explain(case, what, as_of=day, language=language), nl=False)


def _payment(text: str) -> tuple[date, str]:
    """A day and a sum as they are typed: 2025-03-24=1850000."""
    day, _, amount = text.partition("=")
    if _TYPED_DAY.fullmatch(day) and amount:
        with suppress(ValueError):
            return date.fromisoformat(day), amount
    raise click.BadParameter(f"{text!r} is no payment like 2025-03-24=1850000", param_hint="--paid")


def _schema() -> str:
    from negotiation_kit.case.case import Case
    from negotiation_kit.reading.schema import json_schema

    return json_schema(Case)


def _today() -> date:
    return datetime.now().astimezone().date()


def _with_progress(files: Iterator["PackFile"]) -> Iterator["PackFile"]:
    """The same files; a line on the screen when the work takes longer than a second."""
    started = clock.monotonic()
    shown = False
    for number, file in enumerate(files, start=1):
        if clock.monotonic() - started > SLOW_SECONDS and sys.stderr.isatty():
            click.echo(f"\r{number} papers made ...", nl=False, err=True)
            shown = True
        yield file
    if shown:
        click.echo(err=True)


_WHOSE = {
    "client": "for the client",
    "internal": "for us only",
    "restricted": "for the manager, the superior and the first person only",
}


def _list_written(written: tuple["Written", ...], day: date, *, err: bool) -> None:
    """What was written, by audience and paper; what must be held back says so."""
    for audience, whose in _WHOSE.items():
        mine = [each for each in written if each.file.audience == audience]
        if mine:
            click.echo(f"\n{whose}:", err=err)
        for paper, files in groupby(mine, key=lambda each: each.file.paper):
            for each in files:
                click.echo(f"  {each.path}{'' if each.changed else '  (unchanged)'}", err=err)
            click.echo(f"      {paper.when}", err=err)
    click.echo(f"\n{len(written)} files, as of {day}.", err=err)


@contextmanager
def _refusals(*, as_json: bool, writes: bool = False) -> Iterator[None]:
    """Tell every problem and leave with exit code 1."""
    try:
        yield
    except Refused as refused:
        _tell(refused.problems, as_json=as_json, writes=writes)
        sys.exit(REFUSED)


def _tell(problems: Sequence[Problem], *, as_json: bool, writes: bool = False) -> None:
    if as_json:
        click.echo(json.dumps([_for_editors(problem) for problem in problems], ensure_ascii=False, indent=1))
    elif problems:
        click.echo("\n\n".join(str(problem) for problem in problems), err=True)
        number = len(problems)
        nothing = "; nothing was written" if writes else ""
        click.echo(f"\n{number} problem{'s' if number > 1 else ''}{nothing}.", err=True)


def _for_editors(problem: Problem) -> dict[str, object]:
    place = problem.place
    return {
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "message": problem.message,
        "hint": problem.hint,
    }
