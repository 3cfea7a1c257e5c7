"""Commands that show how a figure, a day or an assessment was found: explain, assess, interest, plan."""

import re
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from negotiation_kit.cli.edge import (
    DATE,
    PATH,
    as_of_option,
    checked,
    data_as_json,
    language_option,
    refusals,
    tell_held,
    the_kit,
    today,
)
from negotiation_kit.cli.screen import data_text

if TYPE_CHECKING:
    from negotiation_kit.case.case import Case
    from negotiation_kit.documents.explanations import What
    from negotiation_kit.pack import Kit

_TYPED_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@click.command()
@click.argument("case", type=PATH)
@click.option(
    "--what",
    type=click.Choice(["assessment", "interest", "allocation", "schedule", "clock", "promises", "offers"]),
    default="interest",
    help="What is explained; interest if not said.",
)
@language_option
@as_of_option
@data_as_json
def explain(case: Path, what: "What", language: str, as_of: datetime | None, as_json: bool) -> None:
    """Show how a figure or a day was found, as a lawyer would check it. For our own eyes.

    Example: negotiation-kit explain samples/two-breakfasts.yaml --what allocation
    """
    with refusals(as_json=as_json):
        kit = the_kit()
        read = checked(kit, case)
        print_explained(kit, read, what, as_of, language, as_json=as_json)


@click.command()
@click.argument("case", type=PATH)
@language_option
@as_of_option
@data_as_json
def assess(case: Path, language: str, as_of: datetime | None, as_json: bool) -> None:
    """Say on one page where a case stands, what to do next, by when, and why. For our own eyes.

    Example: negotiation-kit assess samples/late-payer.yaml
    """
    with refusals(as_json=as_json):
        kit = the_kit()
        read = checked(kit, case)
        print_explained(kit, read, "assessment", as_of, language, as_json=as_json)
        if not as_json:
            tell_held(kit, read, as_of.date() if as_of else read.as_of or today(), language)


@click.command()
@click.argument("amount")
@click.argument("currency")
@click.option("--due", type=DATE, required=True, help="Last day to pay.")
@as_of_option
@click.option("--law", default="HU", help="Jurisdiction, such as HU, DE or GB-EAW; HU if not said.")
@click.option("--paid", multiple=True, metavar="DAY=SUM", help="A part payment: 2025-03-24=1850000; repeatable.")
@click.option(
    "--terms", default="claim: for information", help='As under interest in a case: "percent: 2, per: month".'
)
@language_option
@data_as_json
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
    with refusals(as_json=as_json):
        kit = the_kit()
        text = interest_case(
            amount=amount,
            currency=currency,
            due=due.date(),
            jurisdiction=law,
            calendar=kit.calendar_of(law),
            payments=payments,
            terms=terms,
        )
        print_explained(kit, kit.check(text, FILE), "interest", as_of, language, as_json=as_json)


@click.command()
@click.argument("amount")
@click.argument("currency")
@click.argument("shape")
@click.option("--start", type=DATE, help="Day the plan is agreed; today if not said.")
@click.option("--law", default="HU", help="Jurisdiction of the debt, and its calendar; HU if not said.")
@click.option("--calendar", multiple=True, help="Calendars of both sides, such as HU and AT; repeatable.")
@click.option("--xlsx", type=PATH, help="Write the plan as a live spreadsheet too.")
@language_option
@data_as_json
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

    day = start.date() if start else today()
    text = plan_case(amount=amount, currency=currency, start=day, jurisdiction=law, calendars=calendar, shape=shape)
    with refusals(as_json=as_json):
        kit = the_kit()
        case = kit.check(text, FILE)
        print_explained(kit, case, "schedule", datetime.combine(day, time.min), language, as_json=as_json)
        if xlsx:
            write_new_bytes(xlsx, kit.live_plan(case, as_of=day, language=language))
            click.echo(f"\n{xlsx} is ready.", err=True)


def print_explained(
    kit: "Kit", case: "Case", what: "What", as_of: datetime | None, language: str, *, as_json: bool
) -> None:
    day = as_of.date() if as_of else case.as_of or today()
    if as_json:
        click.echo(data_text(kit.explained_data(case, what, as_of=day)))
    else:
        click.echo(kit.explain(case, what, as_of=day, language=language), nl=False)


def _payment(text: str) -> tuple[date, str]:
    """A day and a sum as they are typed: 2025-03-24=1850000."""
    day, _, amount = text.partition("=")
    if _TYPED_DAY.fullmatch(day) and amount:
        with suppress(ValueError):
            return date.fromisoformat(day), amount
    raise click.BadParameter(f"{text!r} is no payment like 2025-03-24=1850000", param_hint="--paid")
