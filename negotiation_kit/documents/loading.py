"""A template's text -> compiled template, after everything that can be checked without a value."""

import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from functools import cached_property
from typing import Any, cast

from jinja2 import BaseLoader, Environment, Template, TemplateNotFound, nodes
from jinja2.meta import find_undeclared_variables

from negotiation_kit.documents import counters
from negotiation_kit.documents.budget import PLAIN, SPENT, WALKED
from negotiation_kit.documents.lines import near
from negotiation_kit.documents.translate import Writer, translated
from negotiation_kit.documents.unknown import unknown_name
from negotiation_kit.problems import Place, Problem, Refused

PRINTED = "printed value"
"""The filter every printed expression passes last; no template can type its name."""

_ASSIGNED = re.compile(r"\{%\s*(?:set|for)\s+([\w\s,()]+?)(?:=|\bin\b)")


class Loader(BaseLoader):
    """Finds templates by name in texts; translates, checks and compiles each once."""

    def __init__(
        self, texts: Mapping[str, str], folder: str, writer: Writer, known_names: frozenset[str] | None
    ) -> None:
        self._texts = texts
        self._folder = folder
        self._writer = writer
        self._known = known_names

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - the name is Jinja's
    ) -> Template:
        """The compiled template; raises Refused with everything found wrong in it."""
        if name not in self._texts:
            raise TemplateNotFound(name)
        file = self.file(name)
        try:
            tree = environment.parse(translated(self._texts[name], file, self._writer), name, file)
        except (RecursionError, ValueError, MemoryError) as wrong:
            raise Refused([self._unworkable(file, wrong)]) from wrong
        everything = _nodes_of(tree)
        problems = [
            Problem(self.place(file, line), message, hint)
            for line, message, hint in sorted({*self._findings(tree, everything, environment)})
        ]
        if problems:
            raise Refused(problems)
        try:
            code = environment.compile(_paying(tree, _with_every_value_printed(everything)), name, file)
        except (RecursionError, SyntaxError, ValueError, MemoryError) as wrong:
            raise Refused([self._unworkable(file, wrong)]) from wrong
        return environment.template_class.from_code(environment, code, globals or {})

    def _unworkable(self, file: str, wrong: BaseException) -> Problem:
        """The problem of a template that is well formed and still more than an interpreter takes."""
        told = "goes too deep" if isinstance(wrong, RecursionError | MemoryError) else f"cannot be worked with: {wrong}"
        return Problem(self.place(file, 1), f"this template {told}", "say it in simpler tags, or part it in two")

    def file(self, name: str) -> str:
        """How messages name a template."""
        return f"{self._folder}/{name}"

    def place(self, file: str, line: int) -> Place | None:
        """A line of one of the templates."""
        for name, text in self._texts.items():
            if file == self.file(name):
                lines = text.split("\n")
                return Place(file, line, 1, lines[line - 1] if line <= len(lines) else "")
        return None

    def _findings(
        self, tree: nodes.Template, everything: Sequence[nodes.Node], environment: Environment
    ) -> Iterator[tuple[int, str, str]]:
        yield from _set_going(everything)
        strange: list[nodes.Name] = []
        known = self._names_there_are | {*environment.globals}
        in_loops = {id(node) for node in _loops_own(everything)}
        for node in everything:
            match node:
                case (
                    nodes.Add() | nodes.Sub() | nodes.Mul() | nodes.Div() | nodes.FloorDiv() | nodes.Mod() | nodes.Pow()
                ):
                    yield node.lineno, "a template may not compute", "ask for a value that is already worked out"
                case nodes.Include(template=nodes.Const(value=name)) | nodes.Extends(template=nodes.Const(value=name)):
                    # the markup lets only names in quotes pass
                    if name not in self._texts:
                        yield node.lineno, f"there is no template '{name}'", near(str(name), tuple(self._texts))
                case nodes.Name() if node.name not in known and id(node) not in in_loops:
                    strange.append(node)
        if self._known is not None and strange:
            undeclared = find_undeclared_variables(tree)
            for asked in strange:
                if asked.name in undeclared:
                    yield asked.lineno, *unknown_name(asked.name, self._known)

    @cached_property
    def _names_there_are(self) -> frozenset[str]:
        """What a template may name: its values, and what some template sets, since an included one may use it."""
        assigned = (names for text in self._texts.values() for names in _ASSIGNED.findall(text))
        in_templates = {name for names in assigned for name in re.findall(r"\w+", names)}
        return frozenset({*(self._known or ()), *in_templates, counters.NAME})


def _nodes_of(tree: nodes.Node) -> list[nodes.Node]:
    """Every node of a tree, gone through once for all that is asked of it."""
    found, waiting = [], [tree]
    while waiting:
        node = waiting.pop()
        found.append(node)
        for name in node.fields:
            value = getattr(node, name)
            if isinstance(value, list):
                waiting += [each for each in value if isinstance(each, nodes.Node)]
            elif isinstance(value, nodes.Node):
                waiting.append(value)
    return found


def _loops_own(everything: Sequence[nodes.Node]) -> Iterator[nodes.Name]:
    """Each `loop` inside a loop, where Jinja itself gives it."""
    for part in (part for node in everything if isinstance(node, nodes.For) for part in node.body):
        yield from (node for node in _nodes_of(part) if isinstance(node, nodes.Name) and node.name == "loop")


def _with_every_value_printed(everything: Sequence[nodes.Node]) -> Sequence[nodes.Node]:
    for output in everything:
        if isinstance(output, nodes.Output):
            output.nodes = [
                node if isinstance(node, nodes.TemplateData) else _through_printing(node) for node in output.nodes
            ]
    return everything


def _set_going(everything: Sequence[nodes.Node]) -> Iterator[tuple[int, str, str]]:
    """What would make a template do something instead of saying something."""
    for node in everything:
        if isinstance(node, nodes.Call) and not _may_be_called(node.node):
            yield node.lineno, "a template may not call anything", "ask for a value or use a filter"
        if isinstance(node, nodes.For) and node.recursive:
            yield node.lineno, "a loop may not begin itself anew", "take out the word 'recursive'"


def _may_be_called(called: nodes.Node) -> bool:
    """`range`, which is the only function there is, and the numbers that the markup itself asks for."""
    if isinstance(called, nodes.Getattr):
        return isinstance(called.node, nodes.Name) and called.node.name == counters.NAME
    return isinstance(called, nodes.Name)  # any name but `range` is unknown, or no function


def _paying(tree: nodes.Template, everything: Sequence[nodes.Node]) -> nodes.Template:
    """The template with every loop, list and sentence of it counted while it runs."""
    for node in everything:
        match node:
            case nodes.For():
                words = nodes.Const(_fixed_words(_nodes_of(node)))
                node.iter = _filtered(cast("nodes.Expr", node.iter), WALKED, words)
            case nodes.Concat():
                _make_plain(node.nodes)
            case nodes.List() | nodes.Tuple(ctx="load"):
                _make_plain(node.items)
    if not any(isinstance(node, nodes.Extends) for node in tree.body):
        begun, words = nodes.Const("", lineno=1), nodes.Const(_fixed_words(everything))
        tree.body.insert(0, nodes.Output([_filtered(begun, SPENT, words)], lineno=1))
    return tree


def _fixed_words(everything: Sequence[nodes.Node]) -> int:
    return sum(len(node.data) for node in everything if isinstance(node, nodes.TemplateData))


def _make_plain(parts: list[nodes.Expr]) -> None:
    parts[:] = [part if isinstance(part, nodes.Const) else _filtered(part, PLAIN) for part in parts]


def _filtered(node: nodes.Expr, name: str, *arguments: nodes.Expr) -> nodes.Expr:
    return nodes.Filter(node, name, [*arguments], [], None, None, lineno=node.lineno)


def _through_printing(node: nodes.Expr) -> nodes.Expr:
    arguments: list[nodes.Expr] = [nodes.Const(_told(node))]
    return nodes.Filter(node, PRINTED, arguments, [], None, None, lineno=node.lineno)


def _told(node: nodes.Node | None) -> str:
    """An expression as a message names it: `case.due` of `case.due | day`."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return f"{_told(node.node)}.{node.attr}"
        case nodes.Filter():
            return _told(node.node)
    return "a value"
