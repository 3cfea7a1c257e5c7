"""What is wrong with a field, in words of the house: its name, what stands there, what was expected."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, get_origin

from negotiation_kit.case.fields import choices
from negotiation_kit.problems import Problem
from negotiation_kit.reading.characters import quoted
from negotiation_kit.reading.spots import Spot, homes_of, is_record, kind_of_entry
from negotiation_kit.reading.tree import Blank, Group, Listing, Word

_FEW = 16
"""So many names are a help; more are a wall of words."""
_COMPARED = 40
"""Characters of a word that are compared with the known ones."""

_OUTERMOST = "it belongs to the case itself: begin it at the left edge"
_GLUED_DASH = "write a blank after the '-'"

_Details = Mapping[str, Any]
_Told = tuple[str, str]


def problem_at(spot: Spot, error: str, details: _Details) -> Problem:
    """A finding of the validator as a problem with a way out."""
    message, hint = _TELLERS.get(error, _unfit)(spot, details)
    return Problem(spot.near, message, hint)


def meant(spot: Spot) -> str:
    """The field of the record that an unknown name was most likely meant to be, or nothing."""
    if spot.home is None or spot.own_name.startswith("-"):
        return ""
    return _nearest(spot.own_name, spot.home.model_fields)


def _missing(spot: Spot, _: _Details) -> _Told:
    state = "empty" if isinstance(spot.tree, Blank) else "missing"
    return f"{spot.name} is {state}", spot.about()


def _unknown(spot: Spot, _: _Details) -> _Told:
    return f"unknown field {quoted(spot.own_name)}", _way_home(spot)


def _way_home(spot: Spot) -> str:
    if spot.own_name.startswith("-"):
        return _GLUED_DASH
    homes = homes_of(spot.top).get(spot.own_name, ())
    if len(homes) == 1:
        return f"it belongs to {homes[0]}: check its name and indentation" if homes[0] else _OUTERMOST
    if near := meant(spot):
        return f"did you mean {quoted(near)}?"
    names = spot.home.model_fields if spot.home else ()
    return f"known here: {', '.join(names)}" if len(names) <= _FEW else ""


def _no_such_choice(spot: Spot, _: _Details) -> _Told:
    near = _nearest(spot.tree.text, choices(spot.kind)) if isinstance(spot.tree, Word) else ""
    return _expecting(spot, _expected(spot)), f"did you mean {quoted(near)}?" if near else spot.about()


def _refused_by_the_kit(spot: Spot, details: _Details) -> _Told:
    return _expecting(spot, details["expected"]), details.get("hint", "")


def _refused_by_a_rule(spot: Spot, details: _Details) -> _Told:
    return f"{_is(spot)}: {details['error']}", spot.about()


def _too_few_characters(spot: Spot, details: _Details) -> _Told:
    if not (isinstance(spot.tree, Word) and spot.tree.text):
        return f"{spot.name} is empty", spot.about()
    return _expecting(spot, f"at least {details['min_length']} characters"), spot.about()


def _too_many_characters(spot: Spot, details: _Details) -> _Told:
    there = len(spot.tree.text) if isinstance(spot.tree, Word) else 0
    return f"{spot.name} has {there} characters, expected at most {details['max_length']}", "say it shorter"


def _too_few_entries(spot: Spot, details: _Details) -> _Told:
    there, least = details["actual_length"], details["min_length"]
    state = f"has {_entries(there)}" if there else "is empty"
    return f"{spot.name} {state}, expected at least {_entries(least)}", spot.about()


def _too_many_entries(spot: Spot, details: _Details) -> _Told:
    there = len(spot.tree.entries) if isinstance(spot.tree, Listing) else 0
    most = _entries(details["max_length"])
    return f"{spot.name} has {_entries(there)}, expected at most {most}", spot.about()


def _beyond(words: str, bound: str) -> Callable[[Spot, _Details], _Told]:
    def tell(spot: Spot, details: _Details) -> _Told:
        return _expecting(spot, f"{words} {details[bound]}"), spot.about()

    return tell


def _unfit(spot: Spot, _: _Details) -> _Told:
    """Something of another kind stands there: a list for a text, a text for a record, a word for a number."""
    return _expecting(spot, _expected(spot)), _way_to_fit(spot)


def _way_to_fit(spot: Spot) -> str:
    if not spot.name:
        return "write the fields below one another, each as name: value"
    if get_origin(spot.kind) in {tuple, list}:
        return _way_to_list(spot)
    if not is_record(spot.kind):
        return spot.about()
    if isinstance(spot.tree, Listing):
        return "leave out the '-': there is only one"
    return f"write its fields on the lines below it, indented: {_names(spot.kind.model_fields)}"


def _way_to_list(spot: Spot) -> str:
    if isinstance(spot.tree, Word) and not is_record(kind_of_entry(spot.kind)):
        return f"write [{spot.tree.text[:_COMPARED]}] if there is only one"
    if isinstance(spot.tree, Group) and any(name.startswith("-") for name in spot.tree.fields):
        return _GLUED_DASH
    return "write the entries on the lines below it, each beginning with '- '"


def _expected(spot: Spot) -> str:
    origin = get_origin(spot.kind)
    if is_record(spot.kind) or origin is dict:
        return "fields, each as name: value"
    if origin in {tuple, list}:
        return "a list"
    if origin is Literal:
        words = choices(spot.kind)
        return f"one of {', '.join(words)}" if len(words) > 1 else words[0]
    example = spot.example()
    return f"one value like {example}" if example else "one value"


def _expecting(spot: Spot, expected: str) -> str:
    return f"{_is(spot)}, expected {expected}"


def _is(spot: Spot) -> str:
    name = spot.name or "this file"
    if isinstance(spot.tree, Word):
        return f"{name} is {quoted(spot.tree.text)}"
    return f"{name} is {'a list' if isinstance(spot.tree, Listing) else 'a group of fields'}"


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


def _names(names: Iterable[str]) -> str:
    shown = list(names)
    return ", ".join(shown[:_FEW]) + (" …" if len(shown) > _FEW else "")


def _nearest(word: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    alike = {_likeness(name): name for name in known}
    found = get_close_matches(_likeness(word[:_COMPARED]), alike, n=1, cutoff=0.7)
    return alike[found[0]] if found else ""


def _likeness(word: str) -> str:
    return word.strip().casefold().replace("-", " ").replace("_", " ")


_TELLERS: dict[str, Callable[[Spot, _Details], _Told]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "literal_error": _no_such_choice,
    "kit": _refused_by_the_kit,
    "value_error": _refused_by_a_rule,
    "assertion_error": _refused_by_a_rule,
    "string_too_short": _too_few_characters,
    "string_too_long": _too_many_characters,
    "too_short": _too_few_entries,
    "too_long": _too_many_entries,
    "greater_than": _beyond("more than", "gt"),
    "greater_than_equal": _beyond("at least", "ge"),
    "less_than": _beyond("less than", "lt"),
    "less_than_equal": _beyond("at most", "le"),
}
