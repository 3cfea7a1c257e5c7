"""What shows in a company's own texts alone: marks, Hungarian, named blocks, points, words, unlike languages."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from jinja2 import TemplateSyntaxError

from negotiation_kit.documents.alike import (
    extended_by,
    first_unlike_line,
    hungarian_mistakes,
    names,
    shape,
    strange_blocks,
)
from negotiation_kit.documents.lines import near
from negotiation_kit.documents.markup import read
from negotiation_kit.documents.sources import lost_lines, numbered_points
from negotiation_kit.problems import Place, Problem, Refused
from negotiation_kit.reading.tree import Group, Tree, read_tree

_NUMBERED = frozenset({"C04-minutes.md", "C05-minutes-to-fill.md"})
"""Papers whose points other papers call by their number (documents.md, section 7)."""


def text_problems(own: Mapping[str, str], ours: Mapping[str, str], languages: Iterable[str]) -> Iterator[Problem]:
    """What shows in the texts alone: marks, Hungarian, named blocks, points, languages that are unlike."""
    all_texts, codes = {**ours, **own}, tuple(languages)
    for path in sorted(path for path in own if path.endswith(("/words.yaml", "/reasons.yaml"))):
        yield from _word_problems(path, own[path], ours)
    for path in sorted(path for path in own if path.endswith(".md")):
        language, _, name = path.partition("/")
        text = own[path]
        if language == "hu":
            for number, why in hungarian_mistakes(text):
                yield Problem(
                    line_of(path, text, number), why, "use a colon, brackets or a noun: '{{ amount }} összegű'"
                )
        yield from _block_problems(path, own, all_texts)
        yield from _point_problems(path, text, ours.get(path, ""))
        try:
            built, printed = _read(path, text)
        except Refused as refused:
            yield from refused.problems
            continue
        for other in (code for code in codes if code != language):
            yield from _unlike(path, text, f"{other}/{name}", all_texts.get(f"{other}/{name}", ""), (built, printed))


def _read(path: str, text: str) -> tuple[list[object], Counter[str]]:
    """What a template is built of, and the names it prints; `Refused` where it cannot be read."""
    try:
        return shape(read(text, path)), names(text)
    except TemplateSyntaxError as wrong:
        place, message = line_of(path, text, wrong.lineno), wrong.message or "this is no tag"
    except (ValueError, RecursionError) as wrong:
        place, message = line_of(path, text, 1), f"this template cannot be worked with: {wrong}"
    raise Refused([Problem(place, message, "compare it with our own, or look at docs/templates.md")])


def _unlike(
    path: str, text: str, beside: str, theirs: str, read_here: tuple[list[object], Counter[str]]
) -> Iterator[Problem]:
    """How a template differs from the same one in another language, in all but its words."""
    built, printed = read_here
    try:
        their_shape, their_names = _read(beside, theirs)
    except Refused:
        return
    if theirs and their_shape != built:
        where = line_of(path, text, first_unlike_line(text, theirs))
        yield Problem(where, f"{path} is built of other blocks than {beside}", "change both languages alike")
    if theirs and their_names != printed:
        more, less = sorted(printed - their_names), sorted(their_names - printed)
        told = "; ".join(f"{word} {', '.join(which)}" for word, which in (("more:", more), ("missing:", less)) if which)
        message = f"{path} prints other values than {beside} ({told})"
        yield Problem(_where_unlike(path, text, theirs), message, "change both languages alike")


def _word_problems(path: str, text: str, ours: Mapping[str, str]) -> Iterator[Problem]:
    """Words and sentences that ours has and yours lacks, or the other way round, told before a paper needs one."""
    like = path if path in ours else f"en/{path.partition('/')[2]}"
    try:
        found = dict(_keys(read_tree(text, path)))
    except Refused as refused:
        yield from refused.problems
        return
    wanted = dict(_keys(read_tree(ours[like], like)))
    if like != path:  # a new language has plurals, patterns and sayings of its own
        wanted, found = ({key: at for key, at in each.items() if _is_told(key, path)} for each in (wanted, found))
    for key in (key for key in wanted if key not in found):
        beside = [at for other, at in found.items() if other.rpartition(".")[0] == key.rpartition(".")[0]]
        where = line_of(path, text, beside[-1].line if beside else 1)
        yield Problem(where, f"{key} is missing here", f"copy it from {like}")
    for key in (key for key in found if key not in wanted):
        yield Problem(line_of(path, text, found[key].line), f"nothing would read {key}", near(key, sorted(wanted)))


def _keys(tree: Tree, path: str = "") -> Iterator[tuple[str, Place]]:
    """Every name of a file of words with its place, by its whole way: `words.stage.claim`."""
    if isinstance(tree, Group):
        for name, value in tree.fields.items():
            here = f"{path}.{name}" if path else name
            yield here, tree.names[name]
            yield from _keys(value, here)


def _is_told(key: str, path: str) -> bool:
    return path.endswith("reasons.yaml") or key.startswith("words.")


def _where_unlike(path: str, text: str, theirs: str) -> Place:
    """The line that prints what the other language does not, else the one where it prints what this one does not."""
    more = [lost.our_line for lost in lost_lines(text, theirs)]
    less = [lost.line for lost in lost_lines(theirs, text)]
    return line_of(path, text, next(iter((*more, *less)), first_unlike_line(text, theirs)))


def _block_problems(path: str, own: Mapping[str, str], all_texts: Mapping[str, str]) -> Iterator[Problem]:
    """Named blocks that would never be printed: of this text, and of others that this one has left without a place."""
    language, _, name = path.partition("/")
    text = own[path]
    if parent := extended_by(text):
        for number, block in strange_blocks(text, all_texts.get(f"{language}/{parent}", "")):
            yield Problem(line_of(path, text, number), f"'{parent}' has no block '{block}', so this is never printed")
    for child, theirs in all_texts.items():
        if child in own or not child.startswith(f"{language}/") or extended_by(theirs) != name:
            continue
        for number, block in strange_blocks(theirs, text):
            yield Problem(
                line_of(child, theirs, number),
                f"'{path}' of yours has no block '{block}', so this is never printed",
                f"write {{% block {block} %}} … {{% endblock %}} into it where this belongs",
            )


def _point_problems(path: str, text: str, ours: str) -> Iterator[Problem]:
    """A point of the minutes under another number, by which other papers do not know it."""
    if path.partition("/")[2] not in _NUMBERED:
        return
    known = {anchor: number for _, number, anchor in numbered_points(ours) if anchor}
    for line, number, anchor in numbered_points(text):
        if anchor in known and number != known[anchor]:
            yield Problem(
                line_of(path, text, line),
                f"this is point {number} here, and other papers call it point {known[anchor]}",
                "keep all points of the minutes in their order; one without words may say 'None.'",
            )


def can_be_read(path: str, text: str) -> bool:
    """Whether a template has no mistake in its marks or tags."""
    try:
        _read(path, text)
    except Refused:
        return False
    return True


def line_of(path: str, text: str, number: int) -> Place:
    """The place of a line of a text."""
    lines = text.split("\n")
    return Place(path, number, 1, lines[number - 1] if number <= len(lines) else "")
