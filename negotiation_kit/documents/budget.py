"""What a template may use up while a paper is rendered, so that no template runs or grows without end."""

from collections.abc import Callable, Iterable, Mapping, Sized
from functools import wraps
from typing import Any

from jinja2 import Undefined
from jinja2.filters import make_attrgetter
from jinja2.utils import pass_context, pass_environment

from negotiation_kit.documents.unknown import refusing_unknown

WALKED = "walked list"
"""The filter round what every loop goes through; no template can type its name in a tag."""
PLAIN = "plain part"
"""The filter round what is put into a list or a sentence."""
SPENT = "spent text"
"""The filter that counts a template's fixed words each time it is used."""
MOST_STEPS = 500_000
"""Repetitions, printed values and filters of one paper; the longest of ours needs a fiftieth."""
MOST_CHARACTERS = 30_000_000
LONGEST_TEXT = 100_000
_CHARACTERS_A_STEP = 100
_STEPS_A_TEMPLATE = 50
"""An included template costs more than a value."""


class Budget:
    """What is used up of it in one paper."""

    def __init__(self) -> None:
        """Begin with nothing used."""
        self._steps = self._characters = 0

    def spend(self, steps: int, characters: int = 0) -> None:
        """Use up some; ValueError when it is too much."""
        self._steps += max(steps, 0)
        self._characters += max(characters, 0)
        if self._steps > MOST_STEPS:
            raise ValueError(f"this template goes on without end: more than {MOST_STEPS:,} steps in one paper")
        if self._characters > MOST_CHARACTERS:
            raise ValueError(f"this paper grows without end: more than {MOST_CHARACTERS:,} characters")

    def walked(self, value: Any, characters: int) -> Any:  # noqa: ANN401 - whatever a template loops over
        """What a loop goes through, its rounds and the fixed words of each round counted before the first."""
        items = value if isinstance(value, Sized) else [*value]
        self.spend(len(items), len(items) * characters)
        return items

    def spent(self, characters: int) -> str:
        """Nothing to print."""
        self.spend(_STEPS_A_TEMPLATE, characters)
        return ""

    def printed(self, text: str) -> None:
        """A value was printed."""
        self.spend(1, len(text))


def counting(budget: Callable[[], Budget]) -> dict[str, Callable[..., object]]:
    """The filters that count; they take the context only so that Jinja does not work them out beforehand."""

    @pass_context
    def walked(_: object, value: object, characters: int) -> object:
        return budget().walked(value, characters)

    @pass_context
    def spent(_: object, __: object, characters: int) -> str:
        return budget().spent(characters)

    return {WALKED: refusing_unknown(walked), SPENT: spent, PLAIN: refusing_unknown(plain_part)}


def frugal(name: str, function: Any, budget: Callable[[], Budget]) -> Any:  # noqa: ANN401 - any filter of Jinja
    """The filter, paying for what it is given, and unable to make an endless text."""
    working = _GROWING.get(name, function)

    @wraps(working)
    def paying(*arguments: Any, **named: Any) -> object:  # noqa: ANN401
        budget().spend(1 + sum(_size(argument) for argument in arguments))
        return _short(working(*arguments, **named))

    return refusing_unknown(paying)


def plain_part(value: object) -> object:
    """What may stand in a list or a sentence that a template makes: no list, and nothing that is not plain."""
    if isinstance(value, Iterable) and not isinstance(value, str | Undefined):
        raise TypeError("a list cannot be put into a sentence or another list")
    return _short(value)


def _size(value: object) -> int:
    if isinstance(value, str):
        return len(value) // _CHARACTERS_A_STEP
    return len(value) if isinstance(value, list | tuple | range | dict) else 0


def _short(value: object) -> object:
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise ValueError(f"a text of more than {LONGEST_TEXT:,} characters")
    return value


def _replaced(text: object, old: str, new: str, count: int = -1) -> str:
    told = str(plain_part(text))
    times = told.count(old) if count < 0 else min(count, told.count(old))
    _checked(len(told) + times * (len(new) - len(old)))
    return told.replace(old, new, count)


@pass_environment
def _joined(environment: Any, value: Iterable[object], d: str = "", attribute: str | int | None = None) -> str:  # noqa: ANN401
    getter = make_attrgetter(environment, attribute) if attribute is not None else (lambda each: each)
    parts: list[str] = []
    length = 0
    for each in value:
        parts.append(str(plain_part(getter(each))))
        length += len(parts[-1]) + len(d)
        _checked(length)
    return d.join(parts)


def _checked(length: int) -> None:
    if length > LONGEST_TEXT:
        raise ValueError(f"a text of more than {LONGEST_TEXT:,} characters")


_GROWING: Mapping[str, Callable[..., object]] = {"replace": _replaced, "join": _joined}
"""Filters that could make much out of little, in our own careful form."""
