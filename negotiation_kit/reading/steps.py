"""What differs between two values of a case, as the fewest steps: a field or an entry comes, goes or changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from negotiation_kit.reading.tree import Group, Listing, Tree, Word

Way = tuple[str | int, ...]
"""Names, and numbers of entries counted from one."""


class Nothing:
    """Where no value is written."""


NOTHING = Nothing()


@dataclass(frozen=True, slots=True)
class Give:
    """A value takes the place of another, or is a new field; or new entries go in before the one of that number."""

    way: Way
    value: Any
    new: bool = False
    """Of entries the value is a list of them."""


@dataclass(frozen=True, slots=True)
class Take:
    """A field or an entry goes."""

    way: Way


Step = Give | Take


def written(tree: Tree) -> Any:  # noqa: ANN401 - a plain tree
    """The tree without its places; a name with nothing behind it keeps its name."""
    if isinstance(tree, Group):
        return {name: written(each) for name, each in tree.fields.items()}
    if isinstance(tree, Listing):
        return [written(each) for each in tree.entries]
    return tree.text if isinstance(tree, Word) else NOTHING


def said(tree: Any) -> Any:  # noqa: ANN401 - a plain tree
    """What a written tree says: names with nothing behind them say nothing."""
    if isinstance(tree, dict):
        return {name: said(each) for name, each in tree.items() if each is not NOTHING}
    return [said(each) for each in tree] if isinstance(tree, list) else tree


def value_at(tree: object, way: Way) -> Any:  # noqa: ANN401 - a plain tree
    """What stands at the end of a way, or `NOTHING`."""
    for part in way:
        if isinstance(part, int):
            tree = tree[part - 1] if isinstance(tree, list) and part <= len(tree) else NOTHING
        else:
            tree = tree.get(part, NOTHING) if isinstance(tree, dict) else NOTHING
    return tree


def steps_between(old: Any, new: Any, way: Way) -> Iterator[Step]:  # noqa: ANN401 - plain trees
    """The fewest steps that make the new value of the old one, in an order in which each finds its place."""
    if old is NOTHING:
        yield Give(way, [new] if isinstance(way[-1], int) else new, new=True)
    elif isinstance(old, dict) and isinstance(new, dict) and old and new:
        yield from _field_steps(old, new, way)
    elif isinstance(old, list) and isinstance(new, list) and old and new:
        yield from _entry_steps(old, new, way)
    elif old != new:
        yield Give(way, new)


def _field_steps(old: dict[str, Any], new: dict[str, Any], way: Way) -> Iterator[Step]:
    for name, value in new.items():
        yield from steps_between(old.get(name, NOTHING), value, (*way, name))
    for name, value in old.items():
        if name not in new and value is not NOTHING:
            yield Take((*way, name))


def _entry_steps(old: list[Any], new: list[Any], way: Way) -> Iterator[Step]:
    """From the last entry to the first, so that the numbers of those before stay right."""
    match = SequenceMatcher(
        None, [repr(_sorted(said(each))) for each in old], [repr(_sorted(each)) for each in new], False
    )
    for _, old_from, old_to, new_from, new_to in reversed([each for each in match.get_opcodes() if each[0] != "equal"]):
        both = min(old_to - old_from, new_to - new_from)
        if new_to > new_from + both:
            yield Give((*way, old_from + both + 1), new[new_from + both : new_to], new=True)
        for index in reversed(range(old_from + both, old_to)):
            yield Take((*way, index + 1))
        for number in reversed(range(both)):
            yield from steps_between(old[old_from + number], new[new_from + number], (*way, old_from + number + 1))


def _sorted(tree: Any) -> Any:  # noqa: ANN401 - a plain tree
    """The same with its names in one order, so that alike records look alike."""
    if isinstance(tree, dict):
        return [(str(name), _sorted(tree[name])) for name in sorted(tree)]
    return [_sorted(each) for each in tree] if isinstance(tree, list) else str(tree)


def with_step(tree: Any, step: Step) -> Any:  # noqa: ANN401 - a plain tree
    """The plain tree with a step done."""
    return _done(tree, step.way, step)


def _done(tree: Any, way: Way, step: Step) -> Any:  # noqa: ANN401
    part, rest = way[0], way[1:]
    if isinstance(part, int):
        index, beyond = part - 1, part
        if rest:
            return [*tree[:index], _done(tree[index], rest, step), *tree[beyond:]]
        if isinstance(step, Take):
            return [*tree[:index], *tree[beyond:]]
        return [*tree[:index], *step.value, *tree[index:]] if step.new else [*tree[:index], step.value, *tree[beyond:]]
    if rest:
        return tree | {part: _done(tree[part], rest, step)}
    if isinstance(step, Take):
        return {name: each for name, each in tree.items() if name != part}
    return tree | {part: step.value}
