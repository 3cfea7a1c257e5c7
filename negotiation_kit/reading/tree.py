"""A YAML text becomes a tree of words, lists and groups of fields, each with its place.

Nothing is interpreted: every scalar stays the text that was typed, so `no`, `0123`, `12:30` and `1.10`
survive. Whatever YAML offers beyond plain data (anchors, tags, merges, a second document) is refused, and
so is a name that stands twice. The tree is grown from the parser's events, which need no recursion in the
parser, so that hostile nesting ends at a limit instead of in the interpreter's stack.
"""

from dataclasses import dataclass
from typing import Any, Protocol

import yaml

from negotiation_kit.problems import Place, Problem, Refused, first_of
from negotiation_kit.reading.characters import (
    MOST_TEXT,
    lines_of,
    quoted,
    too_long,
    unwelcome,
    unwelcome_count,
    unwelcome_places,
    unwelcome_problem,
)
from negotiation_kit.reading.slips import Spot, slip_of

MOST_DEPTH = 32
"""Lists and groups within each other; a case has five."""
MOST_EVENTS = 50_000
"""Names, values, beginnings and ends; a case of 300 lines has 1 500."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same events, ten times as fast


@dataclass(frozen=True, slots=True)
class Word:
    """A scalar as it was typed."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Blank:
    """A name with nothing behind it: as if the line were not there, but its place is known."""

    place: Place


@dataclass(frozen=True, slots=True)
class Listing:
    """Entries one after the other; those left empty are not among them."""

    place: Place
    entries: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Fields with their names, and where each name stands."""

    place: Place
    fields: dict[str, "Tree"]
    names: dict[str, Place]


Tree = Word | Blank | Listing | Group


class _Mark(Protocol):
    """A spot as the parser tells it, counted from 0."""

    line: int
    column: int
    index: int


def read_tree(text: str, file: str) -> Tree:
    """The tree of a text, or every reason why it is not plain YAML."""
    tree, problems = grow(text, file)
    if problems:
        raise Refused(problems)
    return tree


def grow(text: str, file: str) -> tuple[Tree, list[Problem]]:
    """The tree of a text together with the mistakes that leave a tree to go on with."""
    if len(text) > MOST_TEXT:
        raise Refused([too_long(file)])
    lines = lines_of(text)
    if count := unwelcome_count(text):
        raise Refused(first_of(unwelcome_places(lines, file), count))
    grower = _Grower(text, lines, file)
    return grower.tree(), grower.problems()


def plain(tree: Tree) -> object:
    """The tree without its places, as text, lists and dicts; what was left empty is left out."""
    if isinstance(tree, Group):
        return {name: plain(value) for name, value in tree.fields.items() if not isinstance(value, Blank)}
    if isinstance(tree, Listing):
        return [plain(entry) for entry in tree.entries]
    return tree.text if isinstance(tree, Word) else ""


_EMPTY = ("this file says nothing yet", "write the fields below one another, each as name: value")
_SECOND = ("a second document begins here", "keep one case in one file; delete the line ---")
_TOO_MANY = ("this file has more than 50 000 entries", "keep one case in one file")
_TOO_DEEP = ("brackets and levels go deeper than 32", "close the brackets above")
_ALONE = (
    "this has no value, expected name: value",
    "a comma ends a value: write decimals after a dot, and put a text with a comma in quotes",
)
_NO_NAME = ("a field has one word for its name", "write it as name: value")
_MERGE = ("'<<' would merge other fields, which is not read", "write the fields out")
_UNSEEN_BLANK = (
    "this line begins with a blank of another kind, which only looks like one",
    "delete the indentation and type it anew",
)
_STAR = ("a text may not begin with *", "put the whole text in quotes")
_AMPERSAND = ("a text may not begin with &", "put the whole text in quotes")
_EXCLAMATION = ("a text may not begin with !", "put the whole text in quotes")


class _Grower:
    """Takes the parser's events one by one and notes what may not be there."""

    def __init__(self, text: str, lines: list[str], file: str) -> None:
        self._text = text
        self._lines = lines
        self._file = file
        self._events = yaml.parse(text, Loader=_LOADER)
        self._taken = 0
        self._last: yaml.Event = yaml.StreamStartEvent()
        self._problems: list[Problem] = []

    def tree(self) -> Tree:
        """The one document of the text."""
        try:
            return self._document()
        except yaml.MarkedYAMLError as error:
            slip = slip_of(error, self._lines, self._file, self._last_word())
            known = {problem.place.line for problem in self._problems if problem.place}
            more = [slip] if slip.place and slip.place.line not in known else []
            raise Refused([*self.problems(), *more]) from None

    def problems(self) -> list[Problem]:
        """The mistakes so far."""
        return first_of(self._problems, len(self._problems))

    def _document(self) -> Tree:
        self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            raise self._refused(Place(self._file, 1, 1, self._lines[0]), *_EMPTY)
        tree = self._branch(self._next(), 0)
        self._next()
        beyond = self._next()
        if not isinstance(beyond, yaml.StreamEndEvent):
            raise self._refused(self._place(beyond.start_mark), *_SECOND)
        if isinstance(tree, Blank):
            raise self._refused(tree.place, *_EMPTY)
        return tree

    def _next(self) -> yaml.Event:
        event = next(self._events)
        self._taken += 1
        if self._taken > MOST_EVENTS:
            raise self._refused(self._place(event.start_mark), *_TOO_MANY)
        self._last = event
        return event

    def _branch(self, event: yaml.Event, depth: int) -> Tree:
        place = self._place(event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            return self._word(event, place)
        if isinstance(event, yaml.CollectionStartEvent):
            return self._collection(event, place, depth + 1)
        self._note(place, *_STAR)
        return Word(place, "*")

    def _word(self, event: yaml.ScalarEvent, place: Place) -> Word | Blank:
        self._check_plain(event, place)
        if not event.value and not event.style:
            return Blank(place)
        if event.style == '"' and (wrong := unwelcome(event.value)):  # only here an escape can bring one in
            self._problems.append(unwelcome_problem(place, wrong))
        return Word(place, event.value)

    def _collection(self, event: yaml.CollectionStartEvent, place: Place, depth: int) -> Listing | Group:
        self._check_plain(event, place)
        if depth > MOST_DEPTH:
            raise self._refused(place, *_TOO_DEEP)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._listing(place, depth)
        return self._group(place, depth)

    def _check_plain(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, place: Place) -> None:
        """Marks that YAML reads as more than text; a person who typed one meant text."""
        if event.anchor is not None:
            self._note(place, *_AMPERSAND)
        if event.tag is not None:
            self._note(place, *_EXCLAMATION)

    def _listing(self, place: Place, depth: int) -> Listing:
        entries = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            entry = self._branch(event, depth)
            if not isinstance(entry, Blank):
                entries.append(entry)
        return Listing(place, tuple(entries))

    def _group(self, place: Place, depth: int) -> Group:
        group = Group(place, {}, {})
        while not isinstance(begun := self._next(), yaml.MappingEndEvent):
            name = self._branch(begun, depth)
            ended = self._last.end_mark
            value = self._branch(self._next(), depth)
            if isinstance(value, Blank) and ":" not in self._between(ended, self._last.start_mark):
                self._note(name.place, *_ALONE)
            elif isinstance(name, Word) and self._is_new(name, group):
                group.names[name.text] = name.place
                group.fields[name.text] = value
            elif not isinstance(name, Word):
                self._note(name.place, *_NO_NAME)
        return group

    def _is_new(self, name: Word, group: Group) -> bool:
        if name.text == "<<":
            self._note(name.place, *_MERGE)
        elif name.text[:1].isspace():
            self._note(name.place, *_UNSEEN_BLANK)
        elif first := group.names.get(name.text):
            self._note(
                name.place, f"{quoted(name.text)} stands twice, first on line {first.line}", "keep one of the two"
            )
        else:
            return True
        return False

    def _between(self, start: _Mark | None, end: _Mark | None) -> str:
        return self._text[_mark(start).index : _mark(end).index]

    def _last_word(self) -> tuple[Spot, Spot] | None:
        """From where to where the last word went, if that was the last thing read."""
        if not isinstance(self._last, yaml.ScalarEvent):
            return None
        start, end = _mark(self._last.start_mark), _mark(self._last.end_mark)
        return (start.line, start.column), (end.line, end.column)

    def _note(self, place: Place, message: str, hint: str) -> None:
        self._problems.append(Problem(place, message, hint))

    def _refused(self, place: Place, message: str, hint: str) -> Refused:
        return Refused([*self.problems(), Problem(place, message, hint)])

    def _place(self, mark: _Mark | None) -> Place:
        assert mark is not None, "the parser marks every event"
        line = mark.line
        text = self._lines[line] if line < len(self._lines) else ""
        return Place(self._file, line + 1, mark.column + 1, text)


def _mark(mark: _Mark | None) -> _Mark:
    assert mark is not None, "the parser marks every event"
    return mark
