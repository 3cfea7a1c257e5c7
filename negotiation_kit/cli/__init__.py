"""The command line: options in, one call, a message and an exit code out."""

from negotiation_kit.cli.cases import portfolio
from negotiation_kit.cli.figures import assess, explain, interest, plan
from negotiation_kit.cli.group import main
from negotiation_kit.cli.papers import check, new, pack, papers, schema
from negotiation_kit.cli.upkeep import undo

__all__ = ["main"]

for _command in (new, check, pack, explain, assess, interest, plan, portfolio, schema, papers, undo):
    main.add_command(_command)
