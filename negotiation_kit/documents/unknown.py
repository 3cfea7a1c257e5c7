"""Names a template asks for and that are not there, or are not for its readers."""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, cast

from jinja2 import StrictUndefined
from jinja2.exceptions import TemplateRuntimeError, UndefinedError
from jinja2.utils import missing

from negotiation_kit.documents.lines import near


class Unknown(StrictUndefined):
    """Stands for a name that is not there until somebody uses it, and then says what was asked of whom."""

    def __init__(
        self,
        hint: str | None = None,
        obj: object = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        super().__init__(hint, obj, name, exc)
        raising = partial(UnknownName, obj, name) if issubclass(exc, UndefinedError) and not hint else exc
        self._undefined_exception = cast("type[TemplateRuntimeError]", raising)

    def fail(self) -> None:
        """Say so."""
        self._fail_with_undefined_error()


class UnknownName(UndefinedError):  # noqa: N818 - a word of the house
    """What is raised when an unknown name is used."""

    def __init__(self, owner: object, name: object, message: str) -> None:
        super().__init__(message)
        self.owner = owner
        self.name = str(name)

    def told(self, line: str, known: Iterable[str]) -> tuple[str, str]:
        """The message and a way out; the field is named as the template's line names it."""
        if self.owner is missing:
            return unknown_name(self.name, known)
        if self.name in getattr(self.owner, "hidden_fields", ()):
            path = re.search(rf"(?<![\w.])\w[\w.]*?\.{re.escape(self.name)}\b", line)
            return f"{path[0] if path else self.name} is internal and may not be shown in this paper", ""
        name = getattr(self.owner, "record_name", type(self.owner).__name__)
        kind = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
        return f"unknown field '{self.name}' of {kind}", near(self.name, _fields(self.owner))


def unknown_name(name: str, known: Iterable[str]) -> tuple[str, str]:
    """The message for a name no value was given for, and a way out."""
    return f"unknown name '{name}'", near(name, sorted(known))


def refusing_unknown(function: Any) -> Any:  # noqa: ANN401 - any filter or test of Jinja
    """The filter or test, failing when it is given an unknown name instead of quietly saying no."""
    from functools import wraps

    @wraps(function)
    def watched(*arguments: object, **named: object) -> object:
        for argument in (*arguments, *named.values()):
            if isinstance(argument, Unknown):
                argument.fail()
        return function(*arguments, **named)

    return watched


def _fields(owner: object) -> list[str]:
    hidden: frozenset[str] = getattr(owner, "hidden_fields", frozenset())
    names = owner if isinstance(owner, Mapping) else dir(owner)
    return [str(name) for name in names if not str(name).startswith("_") and name not in hidden]
