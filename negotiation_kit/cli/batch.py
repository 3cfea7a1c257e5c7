"""The command that makes the packs of a whole folder of cases: batch."""

import io
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Unpack

import click

from negotiation_kit.cli.edge import PATH, REFUSED, for_editors, own_rates, refusals, templates_option, today
from negotiation_kit.cli.papers import AskedOptions, asked_options, what_is_asked
from negotiation_kit.cli.screen import data_text, is_watched, shown
from negotiation_kit.problems import Problem, Refused

if TYPE_CHECKING:
    from negotiation_kit.batch import Outcome, Report

INTERRUPTED = 130
"""The exit code of a run that was stopped: 128 and the number of the signal of Ctrl-C."""
MOST_NAMED = 20
"""So many files that share a problem are named; `--json` names them all."""


@click.command()
@click.argument("folder", type=PATH)
@click.option("--out", type=PATH, required=True, help="The folder the packs are written to, each in one of its own.")
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1, max=1024),
    help="How many cases are worked on at the same time; else as many as this machine has cores for us.",
)
@click.option("--again", is_flag=True, help="Make the packs of unchanged cases too.")
@asked_options
@templates_option
@click.option("--json", "as_json", is_flag=True, help="The report as data, for other programs.")
def batch(
    folder: Path,
    *,
    out: Path,
    jobs: int | None,
    again: bool,
    templates: Path | None,
    as_json: bool,
    **options: Unpack[AskedOptions],
) -> None:
    """Write the packs of all cases of a folder, each into a folder of its own; unchanged ones are left as they are.

    A case that cannot be made stops no other. A run that was stopped or killed is taken up by the same command.
    Exit codes: 0 all made or unchanged, 1 some refused, 2 wrong usage, 130 stopped.

    Example: negotiation-kit batch cases --out packs --language hu
    """
    from negotiation_kit.batch_work import Batch, run
    from negotiation_kit.cli.progress import Progress, duration
    from negotiation_kit.files import alone_in, library, yaml_below
    from negotiation_kit.pack import Kit

    began = time.monotonic()
    with refusals(as_json=as_json, writes=True):
        asked = what_is_asked(options)
        texts = library(templates, own_rates())
        kit = Kit(texts)
        kit.law("EU")  # reads the company's own rates: what is wrong with them is wrong for every case
        if problems := list(asked.problems(kit)):
            raise Refused(problems)
        paths = yaml_below(folder)
        with alone_in(out), _asked_to_stop() as asked_to_stop:
            progress = Progress(len(paths), sys.stderr or io.StringIO())

            def tell(outcome: "Outcome | None") -> None:
                worked = outcome is not None and outcome.fate != "unchanged"
                progress.step(worked=worked, refused=outcome is not None and outcome.fate == "refused")

            work = Batch.of(texts, asked, out, today(), again=again)
            try:
                report = run(work, paths, jobs or _cores(), tell, lambda: bool(asked_to_stop))
            finally:
                progress.end()
        if not report.cases and not report.stopped:
            way_out = "a case is a .yaml or .yml file with a line case: ..."
            raise Refused([Problem(None, f"{folder} holds no case", way_out)])
    if as_json:
        click.echo(data_text(_data(report)))
    else:
        _tell(report, out)
        if is_watched():
            click.echo(f"It took {duration(time.monotonic() - began)}.", err=True)
    sys.exit(INTERRUPTED if asked_to_stop else REFUSED if report.refused or report.stopped else 0)


def _cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _asked_to_stop() -> Iterator[list[int]]:
    """Filled with the signal of whoever asks to stop; who asks twice is obeyed at once."""
    asked: list[int] = []

    def hear(number: int, _: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)
        click.echo("\nstopping: what is under way is finished first; once more stops at once", err=True)

    before = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tell(report: "Report", out: Path) -> None:
    alike: dict[tuple[Problem, ...], list[str]] = {}
    for each in report.in_order():
        alike.setdefault(each.problems, []).append(each.file)
    for each in report.in_order():
        file, *others = alike.pop(each.problems, [""])
        if file:
            _tell_refused(each)
        if others:
            click.echo(shown(f"The same in {len(others):,} more: {', '.join(others[:MOST_NAMED])}\n"), err=True)
    if report.looks:
        click.echo("look once more:")
    for file, look in sorted(report.looks):
        click.echo(shown(f"  {file}: {look}"))
    if report.more_looks:
        click.echo(f"  and {report.more_looks:,} more")
    cases = f"{report.cases:,} case{'' if report.cases == 1 else 's'}"
    fates = f"{report.made:,} made, {report.unchanged:,} unchanged, {len(report.refused):,} refused"
    click.echo(f"{cases}: {fates}; {report.written:,} of {report.files:,} files written into {out}.")
    if report.stopped:
        click.echo(f"{report.stopped[0].upper()}{report.stopped[1:]}; the same command goes on from here.", err=True)


def _tell_refused(refused: "Outcome") -> None:
    """What is wrong with one case, the file named where the problem does not name it itself."""
    more = f"\n      = and {refused.more} more; see: negotiation-kit check {refused.file}" if refused.more else ""
    where = "" if refused.file in str(refused.problems[0]) else f"{refused.file}: "
    told = "\n".join(str(problem) for problem in refused.problems)
    click.echo(shown(f"{where}{told}{more}\n"), err=True)


def _data(report: "Report") -> dict[str, object]:
    """The same for other programs."""
    return {
        "cases": report.cases,
        "made": report.made,
        "unchanged": report.unchanged,
        "files": report.files,
        "written": report.written,
        "stopped": report.stopped or None,
        "refused": [
            {
                "file": each.file,
                "case": each.case or None,
                "problems": [for_editors(problem) for problem in each.problems],
                "more": each.more,
            }
            for each in report.in_order()
        ],
        "looks": [{"file": file, "look": look} for file, look in sorted(report.looks)],
        "more_looks": report.more_looks,
    }
