"""`python -m negotiation_kit` is the command."""

from negotiation_kit.cli import main

main(prog_name="negotiation-kit")
