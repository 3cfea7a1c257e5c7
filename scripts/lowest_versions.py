"""Prints the lowest versions that pyproject.toml allows, as constraints for pip: what the package claims to work with.

python scripts/lowest_versions.py > lowest.txt && python -m pip install -c lowest.txt '.[pdf,xlsx]'
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parent.parent / "pyproject.toml"
RUNTIME_EXTRAS = ("pdf", "xlsx")
_BOUND = re.compile(r"([A-Za-z0-9._-]+)\s*>=\s*([0-9][0-9.]*)")


def lowest(project: dict[str, object]) -> Iterator[str]:
    """A constraint for each package that the kit itself imports; an error where one has no lower bound."""
    extras = project.get("optional-dependencies", {})
    for requirement in [*project["dependencies"], *(one for name in RUNTIME_EXTRAS for one in extras.get(name, ()))]:
        found = _BOUND.fullmatch(requirement)
        if not found:
            raise ValueError(f"{requirement!r} does not say its lowest version alone: write name>=version")
        yield f"{found[1]}=={found[2]}"


if __name__ == "__main__":
    sys.stdout.write("".join(f"{each}\n" for each in lowest(tomllib.loads(PROJECT.read_text("utf-8"))["project"])))
