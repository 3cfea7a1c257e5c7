"""A YAML text becomes a record that knows its places, or every reason why it cannot."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from negotiation_kit.case.fields import Record
from negotiation_kit.problems import MOST_PROBLEMS, Place, Problem, Refused, first_of
from negotiation_kit.reading.messages import meant, problem_at
from negotiation_kit.reading.salvage import salvage
from negotiation_kit.reading.spots import Spot, is_record, kind_of_entry, kinds_of
from negotiation_kit.reading.tree import Blank, Group, Listing, Tree, Word, grow

R = TypeVar("R", bound=Record)
Check = Callable[[R], Iterator[Problem]]
"""A rule about a record that is right in each of its fields."""


def read_record(text: str, file: str, model: type[R], checks: Sequence[Check[R]] = ()) -> R:
    """The record a text describes, right in each of its fields and by every check, each field with its place.

    Names in problems are those of the file, and entries of a list are counted from one, as people count:
    `invoices[1].amount` is the amount of the first invoice. A mistake hides no other, except one in the
    YAML itself that leaves nothing to go on with.
    """
    tree, problems = grow(text, file)
    data = _data(tree, model)
    try:
        record = model.model_validate(data)
    except ValidationError as error:
        told = {problem.place for problem in problems}
        findings = _problems(error, Spot(model, model, tree, tree.place))
        if len(findings) <= MOST_PROBLEMS:  # beyond that nobody would be told what else there is
            findings += _still_told(data, error, model, tree, checks)
        raise Refused([*problems, *(problem for problem in findings if problem.place not in told)]) from None
    _settle(record, tree)
    if problems:
        raise Refused([*problems, *(problem for check in checks for problem in check(record))])
    return checked(record, checks)


def checked(record: R, checks: Iterable[Check[R]]) -> R:
    """The record itself, when no check has anything to say; else every problem of every check."""
    problems = [problem for check in checks for problem in check(record)]
    if problems:
        raise Refused(problems)
    return record


def _still_told(
    data: Any,  # noqa: ANN401 - a plain tree
    error: ValidationError,
    model: type[R],
    tree: Tree,
    checks: Sequence[Check[R]],
) -> list[Problem]:
    """What the checks find in a record with mistakes, whatever might stand in the place of the mistakes."""
    told: list[list[Problem]] = []
    for kind in (0, 1):
        salvaged = salvage(data, error, model, kind)
        if salvaged is None:
            return []
        _settle(salvaged.record, tree)
        problems = [problem for check in checks for problem in check(salvaged.record)]
        told.append([problem for problem in problems if problem.place not in salvaged.unsure_places])
    return [problem for problem in told[0] if problem in told[1]]


def _data(tree: Tree, kind: object) -> Any:  # noqa: ANN401 - text, list or dict, as the validator takes it
    """The tree without its places; a field left empty is left out, an unknown name is not."""
    if isinstance(tree, Group):
        kinds = kinds_of(kind) if is_record(kind) else {}
        return {
            name: _data(value, kinds.get(name))
            for name, value in tree.fields.items()
            if not (isinstance(value, Blank) and name in kinds)
        }
    if isinstance(tree, Listing):
        return [_data(entry, kind_of_entry(kind)) for entry in tree.entries]
    return tree.text if isinstance(tree, Word) else ""


def _problems(error: ValidationError, top: Spot) -> list[Problem]:
    """The findings of the validator in the order of the file, so many as a person mends at a time."""
    findings = [
        (top.within(finding["loc"]), finding) for finding in error.errors(include_url=False, include_input=False)
    ]
    findings.sort(key=lambda pair: (pair[0].near.line, pair[0].near.column))
    misspelt = {
        _way_meant(spot, finding) for spot, finding in findings[:MOST_PROBLEMS] if finding["type"] == "extra_forbidden"
    }
    told = [
        (spot, finding)
        for spot, finding in findings
        if finding["loc"] not in misspelt and not _is_afterthought(spot, finding)
    ]
    problems = (problem_at(spot, finding["type"], finding.get("ctx", {})) for spot, finding in told)
    return first_of(problems, len(told))


def _way_meant(spot: Spot, finding: ErrorDetails) -> tuple[int | str, ...]:
    """The way to the field a misspelt name stands for, so that it is not told as missing too."""
    return (*finding["loc"][:-1], meant(spot))


def _is_afterthought(spot: Spot, finding: ErrorDetails) -> bool:
    """The validator counts the good entries of a list only; those with mistakes of their own are there too."""
    enough = finding.get("ctx", {}).get("min_length", 0)
    return finding["type"] == "too_short" and isinstance(spot.tree, Listing) and len(spot.tree.entries) >= enough


def _settle(value: Any, tree: Tree) -> None:  # noqa: ANN401 - whatever a field of a record may hold
    """Tell a record, and the records in it, where they stood."""
    if isinstance(tree, Listing) and isinstance(value, tuple | list):
        for entry, branch in zip(value, tree.entries, strict=False):
            _settle(entry, branch)
    elif isinstance(tree, Group) and isinstance(value, dict):
        for name, branch in tree.fields.items():
            _settle(value.get(name), branch)
    elif isinstance(tree, Group) and isinstance(value, Record):
        value.placed(tree.place, dict(_places(tree)))
        for name, branch in tree.fields.items():
            _settle(getattr(value, name, None), branch)


def _places(tree: Group) -> Iterator[tuple[str, Place]]:
    """Where each field stood, and each word of a list: `off[2]`, counted from one."""
    for name, branch in tree.fields.items():
        yield name, branch.place
        for number, entry in enumerate(branch.entries if isinstance(branch, Listing) else (), start=1):
            if isinstance(entry, Word):
                yield f"{name}[{number}]", entry.place
