"""The command line: options in, one call, a message and an exit code out."""

from negotiation_kit.cli.batch import batch
from negotiation_kit.cli.cases import portfolio, status
from negotiation_kit.cli.close import close
from negotiation_kit.cli.figures import assess, explain, interest, plan
from negotiation_kit.cli.group import main
from negotiation_kit.cli.log import log
from negotiation_kit.cli.money import payments
from negotiation_kit.cli.papers import calendar, check, hand_over, new, pack, papers, schema
from negotiation_kit.cli.record import record
from negotiation_kit.cli.returns import read, verify
from negotiation_kit.cli.upkeep import redact, undo
from negotiation_kit.cli.versions import redline
from negotiation_kit.cli.wording import templates, wording

__all__ = ["main"]

_COMMANDS = (
    new,
    check,
    pack,
    batch,
    papers,
    calendar,
    hand_over,
    assess,
    explain,
    interest,
    plan,
    status,
    portfolio,
    payments,
    log,
    record,
    close,
    undo,
    redact,
    read,
    verify,
    redline,
    templates,
    wording,
    schema,
)
for _command in _COMMANDS:
    main.add_command(_command)
