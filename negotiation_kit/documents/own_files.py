"""Files among a company's own wording that nothing would ever read, such as one with a misspelt name."""

import re
from collections.abc import Collection, Iterator, Mapping

from negotiation_kit.documents.lines import near
from negotiation_kit.documents.sources import NAMED
from negotiation_kit.problems import Problem

_OWN = ("own-questions.yaml", "own-checklist.yaml", "own-playbook.yaml")
_CLAUSE = re.compile(r"^\s*-\s*\{?\s*id:\s*([\w-]+)", re.MULTILINE)
"""An entry of a company's own list of clauses: its words stand in a template of that name."""


def unread_files(own: Mapping[str, str], ours: Collection[str]) -> Iterator[Problem]:
    """Each text that is no template of ours, no language of its own, and that no template includes."""
    known = {*ours, *_OWN}
    languages = {folder for folder, _, name in (path.partition("/") for path in own) if name == "words.yaml"}
    included = {
        f"{path.partition('/')[0]}/{name}" for path, text in own.items() for name in NAMED.findall(text) if "/" in path
    }
    clauses = {f"clauses/{name}.md" for name in _CLAUSE.findall(own.get("clauses.yaml", ""))}
    for path in own:
        folder, _, name = path.partition("/")
        if (
            path not in known
            and path not in included
            and name not in clauses
            and not (folder in languages and f"{folder}/words.yaml" not in ours)
        ):
            yield Problem(
                None,
                f"nothing would read '{path}' among your own templates",
                near(path.replace("_", "-"), sorted(known)) or "take it out, or include it in a template of yours",
            )
