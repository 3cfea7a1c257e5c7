"""What all commands share: the kit from its files, problems told, exit codes (0 done, 1 refused, 2 wrong usage)."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from negotiation_kit.cli.screen import data_text, shown_problems
from negotiation_kit.problems import Problem, Refused

if TYPE_CHECKING:
    from negotiation_kit.case.case import Case
    from negotiation_kit.pack import Kit

REFUSED = 1

PATH = click.Path(path_type=Path)


class _Day(click.DateTime):
    """A day as people write it here, called so in the help."""

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:  # noqa: ARG002
        """The same for every option."""
        return "DAY"


DATE = _Day(["%Y-%m-%d"])
as_json_option = click.option("--json", "as_json", is_flag=True, help="Tell problems as JSON, for editors.")
data_as_json = click.option("--json", "as_json", is_flag=True, help="The same as data, for other programs.")
as_of_option = click.option(
    "--as-of", "as_of", type=DATE, help="The day it is reckoned for; else the case's, or today."
)
language_option = click.option("--language", "-l", default="en", help="Language of the text; en if not said.")
templates_option = click.option(
    "--templates", type=PATH, help="Folder with your own wording and questions, looked up before ours."
)


def the_kit(templates: Path | None = None) -> "Kit":
    """The kit with the company's own wording and rates laid over ours."""
    from negotiation_kit.files import library
    from negotiation_kit.pack import Kit

    return Kit(library(templates, own_rates()))


def own_rates() -> tuple[Path, ...]:
    """The company's own files of newer reference rates."""
    rates: tuple[Path, ...] = click.get_current_context().find_root().obj or ()
    return rates


def checked(kit: "Kit", path: Path) -> "Case":
    """The case in a file, with the files it names."""
    from negotiation_kit.files import read_case

    text, beside = read_case(path)
    return kit.check(text, str(path), beside)


def today() -> date:
    return datetime.now().astimezone().date()


@contextmanager
def refusals(*, as_json: bool, writes: bool = False) -> Iterator[None]:
    """Tell every problem and leave with exit code 1."""
    try:
        yield
    except Refused as refused:
        tell(refused.problems, as_json=as_json, writes=writes)
        sys.exit(REFUSED)


def tell(problems: Sequence[Problem], *, as_json: bool, writes: bool = False) -> None:
    if as_json:
        click.echo(data_text([for_editors(problem) for problem in problems]))
    elif problems:
        click.echo(shown_problems(problems), err=True)
        number = len(problems)
        nothing = "; nothing was written" if writes else ""
        click.echo(f"\n{number} problem{'s' if number > 1 else ''}{nothing}.", err=True)


def for_editors(problem: Problem) -> dict[str, object]:
    """A problem as data."""
    place = problem.place
    return {
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "message": problem.message,
        "hint": problem.hint,
    }


def tell_held(kit: "Kit", case: "Case", day: date, language: str = "en", *, err: bool = False) -> None:
    """The letters whose time it is and which may not go, each with its reason."""
    words = kit.desk.language(language)
    for paper, reason in kit.held(case, as_of=day, language=language):
        title = kit.desk.title(paper, language)
        click.echo(f"\n{words.word('letter', 'held')}: {paper.code} {title}\n      {reason}", err=err)
