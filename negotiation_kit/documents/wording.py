"""Templates with values poured in: every mistake in a template becomes a problem with its file and line."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import TracebackType
from typing import Any, Literal, Protocol

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, Undefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from negotiation_kit.documents import counters
from negotiation_kit.documents.budget import Budget, counting, frugal
from negotiation_kit.documents.html import HtmlWriter
from negotiation_kit.documents.html_drawings import with_drawings
from negotiation_kit.documents.lines import near
from negotiation_kit.documents.loading import PRINTED, Loader
from negotiation_kit.documents.plain import PlainWriter
from negotiation_kit.documents.references import UnknownAnchor
from negotiation_kit.documents.translate import Writer
from negotiation_kit.documents.unknown import Unknown, UnknownName, refusing_unknown
from negotiation_kit.documents.views import View
from negotiation_kit.documents.word import MarkedWordWriter, WordWriter
from negotiation_kit.documents.word_controls import with_controls
from negotiation_kit.problems import Place, Problem, Refused

Form = Literal["docx", "html", "text", "marked"]
"""The forms of a paper; a marked one is a Word body whose blocks tell their template lines."""

_WRITERS: Mapping[Form, Callable[[], Writer]] = {
    "docx": WordWriter,
    "html": HtmlWriter,
    "text": PlainWriter,
    "marked": MarkedWordWriter,
}
_FILTERS = (
    "capitalize", "count", "first", "groupby", "join", "last", "length", "list", "lower", "map", "reject",
    "rejectattr", "replace", "reverse", "select", "selectattr", "sort", "trim", "unique", "upper",
)  # fmt: skip
"""What a template may do to any value; `default` is missing, since it would hide a misspelt name."""
_TESTS = ("divisibleby", "eq", "even", "ge", "gt", "in", "le", "lt", "ne", "none", "odd", "string")
"""What a template may ask of a value; `defined` is missing for the same reason."""


class Language(Protocol):
    """How one language shows values."""

    @property
    def code(self) -> str:
        """The folder of its templates: "hu"."""
        ...

    @property
    def tag(self) -> str:
        """The language with its country: "hu-HU"."""
        ...

    @property
    def filters(self) -> Mapping[str, Callable[..., object]]:
        """What its templates may do to a value, beyond printing it."""
        ...

    def show(self, value: object) -> str:
        """The value as text; raises TypeError for what has no words."""
        ...

    def word(self, group: str, key: str) -> str:
        """The label of a choice."""
        ...

    def day_in(self, text: str) -> tuple[date, str] | None:
        """The day a text says, and in which pattern of this language; nothing if it says none."""
        ...

    def picker(self, pattern: str) -> str:
        """The pattern as a date picker of Word writes it."""
        ...


class Wording:
    """The templates of one language in one form."""

    def __init__(
        self,
        texts: Mapping[str, str],
        language: Language,
        form: Form,
        known_names: frozenset[str] | None = None,
    ) -> None:
        """Texts by name ("minutes.md"); with `known_names` any other name is refused, needed today or not."""
        self._texts = texts
        self._language = language
        self._writer = _WRITERS[form]()
        self._loader = Loader(texts, language.code, self._writer, known_names)
        self._budget = Budget()
        self._environment = _environment(self._loader, language, lambda: self._budget)
        self._environment.filters[PRINTED] = self._printed

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """The body of a paper; raises Refused naming the template and line at fault."""
        self._budget = Budget()
        try:
            template = self._environment.get_template(name)
            count = counters.Counters()
            rendered = count.anchors.referred(template.render({**values, counters.NAME: count}))
        except Refused:
            raise
        except UnknownAnchor as wrong:
            raise Refused([Problem(self._loader.place(wrong.file, wrong.line), str(wrong), wrong.hint)]) from wrong
        except Exception as wrong:
            raise Refused([self._problem(wrong, values, self._loader.place(self._loader.file(name), 1))]) from wrong
        finished = self._writer.finished(rendered)
        if isinstance(self._writer, WordWriter):
            return with_controls(finished, self._language)
        return with_drawings(finished, self._number) if isinstance(self._writer, HtmlWriter) else finished

    def problems(self, name: str) -> tuple[Problem, ...]:
        """What is wrong in a template before any value is known, in lines no case prints too."""
        try:
            self._environment.get_template(name)
        except Refused as refused:
            return refused.problems
        except Exception as wrong:  # noqa: BLE001 - told with its line, like those found while a paper is made
            return (self._problem(wrong, {}, self._loader.place(self._loader.file(name), 1)),)
        return ()

    def _printed(self, value: object, expression: str) -> str:
        """A value as it stands in the paper, unable to become structure."""
        if type(value) is Undefined:
            return ""  # what Jinja gives for `"x" if y` when y does not hold
        if value is None:
            raise ValueError(f"{expression} has no value")
        if isinstance(value, bool):
            raise TypeError(f"{expression} is yes or no, and has no words of its own")
        shown = str(value) if isinstance(value, Unknown) else self._language.show(value)
        self._budget.printed(shown)
        return self._writer.escaped(shown)

    def _number(self, number: Decimal) -> str:
        """A number on a drawing, as the language writes it."""
        return str(self._language.filters["number"](number))

    def _problem(self, wrong: Exception, values: Mapping[str, object], first_line: Place | None) -> Problem:
        place = self._innermost(wrong.__traceback__) or first_line
        match wrong:
            case TemplateNotFound():
                known = near(str(wrong.name), [*self._texts]) or "look at the names of our own templates"
                return Problem(None, f"there is no template '{wrong.name}'", known)
            case TemplateSyntaxError():
                return Problem(self._loader.place(wrong.filename or "", wrong.lineno), wrong.message or "")
            case UnknownName():
                return Problem(place, *wrong.told(place.text if place else "", values))
            case RecursionError():
                return Problem(place, "this template includes itself", "take the include out")
            case SecurityError():
                return Problem(place, f"not allowed in a template: {wrong}")
        return Problem(place, str(wrong) or type(wrong).__name__)

    def _innermost(self, traceback: TracebackType | None) -> Place | None:
        """The line that was at work, in the template included last."""
        found = None
        while traceback:
            file = traceback.tb_frame.f_code.co_filename
            found = self._loader.place(file, traceback.tb_lineno) or found
            traceback = traceback.tb_next
        return found


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which decides once for each kind of value whether a name of it is safe to ask for."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Jinja's own
        super().__init__(**options)
        self._decided: dict[tuple[type, str], bool] = {}

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401
        """What stands behind a name; a view of ours has already decided what may be seen of its record."""
        if type(obj) is View and obj.shows(attribute):
            return obj.__getattr__(attribute)
        return super().getattr(obj, attribute)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """What a call gives; the numbers that the markup itself asks for need no further look."""
        if type(getattr(obj, "__self__", None)) is counters.Counters:
            return obj(*args)
        return super().call(context, obj, *args, **kwargs)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401
        """Whether the sandbox lets a template see it; that rests on the kind of the owner and the name alone."""
        key = type(obj), attr
        if key not in self._decided:
            self._decided[key] = super().is_safe_attribute(obj, attr, value)
        return self._decided[key]


def _environment(loader: Loader, language: Language, budget: Callable[[], Budget]) -> Environment:
    # Each printed value passes `Wording._printed`, which escapes it for the form; Jinja would only do so once more.
    environment = _Sandbox(undefined=Unknown, autoescape=False, loader=loader, optimized=False)
    filters = {name: environment.filters[name] for name in _FILTERS} | dict(language.filters)
    environment.filters = {name: frugal(name, filters[name], budget) for name in filters} | counting(budget)
    environment.tests = {name: refusing_unknown(environment.tests[name]) for name in _TESTS}
    environment.globals = {"range": environment.globals["range"]}
    return environment
