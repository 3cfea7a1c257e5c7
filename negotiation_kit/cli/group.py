"""The command itself: its name, its version, and the options that stand before every command."""

from pathlib import Path

import click

from negotiation_kit import __version__
from negotiation_kit.cli.edge import PATH
from negotiation_kit.cli.screen import Screened


@click.group(cls=Screened, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="negotiation-kit")
@click.option(
    "--rates",
    type=PATH,
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
