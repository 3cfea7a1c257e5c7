"""Questions at the prompt; what was typed is not lost when it cannot be recorded."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import click

from negotiation_kit.problems import Refused


def must_say(question: str) -> str:
    """An answer that cannot be left out."""
    return str(click.prompt(question))


def may_say(question: str, default: str | None = None) -> str:
    """An answer, or nothing."""
    return str(click.prompt(question, default=default or "", show_default=bool(default))).strip()


def a_day(text: str) -> date:
    """A day as people type it."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise click.UsageError(f"{text!r} is no day like 2025-03-26") from None


def an_amount(text: str) -> Decimal:
    """A sum as people type it."""
    plain = text.strip()
    if not plain.replace(".", "", 1).isascii() or not plain.replace(".", "", 1).isdigit():
        raise click.UsageError(f"{text!r} is no sum like 1460000 or 1234.50")
    return Decimal(plain)


@contextmanager
def not_lost(field: str, answers: Mapping[str, object]) -> Iterator[None]:
    """What was typed is shown when it cannot be recorded as it is, to be mended in the case file."""
    from negotiation_kit.case.case import Case
    from negotiation_kit.reading.spots import kinds_of
    from negotiation_kit.reading.typed import as_typed, field_lines

    try:
        yield
    except Refused:
        typed = "\n".join(field_lines(field, as_typed(answers, kinds_of(Case)[field]), column=0))
        click.echo(f"What you answered, to be mended and put into the case file:\n\n{typed}\n", err=True)
        raise
