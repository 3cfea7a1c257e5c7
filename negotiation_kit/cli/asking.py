"""Questions at the prompt; what was typed is not lost when it cannot be recorded."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import click

from negotiation_kit.problems import Refused


def must_say(question: str) -> str:
    """An answer that cannot be left out."""
    return str(click.prompt(question))


def may_say(question: str, default: str | None = None) -> str:
    """An answer, or nothing."""
    return str(click.prompt(question, default=default or "", show_default=bool(default))).strip()


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
