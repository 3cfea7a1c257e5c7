"""The files a case names, so that whoever may open files can bring them along."""

from negotiation_kit.problems import Refused
from negotiation_kit.reading.tree import Group, Word, grow

_NAMING = ("policy_file",)
"""The fields of a case that name a file."""


def files_named(text: str) -> tuple[str, ...]:
    """Names as they stand in the case, none where it cannot be read: that is told when it is checked."""
    try:
        tree, _ = grow(text, "")
    except Refused:
        return ()
    fields = tree.fields if isinstance(tree, Group) else {}
    named = (fields.get(name) for name in _NAMING)
    return tuple(word.text for word in named if isinstance(word, Word))
