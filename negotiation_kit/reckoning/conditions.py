"""The small language in which a question or a rule says when it applies.

`always`, `and`, `or`, `not`, brackets, the comparisons == != < <= > >= and `in [a, b]`. A bare word is one of the
values a fact may have, `yes` and `no` are themselves, numbers are exact. Nothing is ever run.

Exception
  ConditionError     the text is no condition; says at which column and what was expected
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache

FactValue = str | int | Decimal | bool | None
"""What a fact may be; nothing when it is not known."""
Value = str | Decimal | bool
Vocabulary = Mapping[str, tuple[str, ...]]
"""The facts there are, each with the words it may have as value; a number has no words."""

NUMBER: tuple[str, ...] = ()
YES_NO = ("yes", "no")
LONGEST = 10_000
DEEPEST = 50
_SHOWN = 60

_TOKEN = re.compile(
    r"\s*(?:(?P<number>-?[0-9]{1,15}(?:\.[0-9]{1,6})?(?![\w.]))"
    r"|(?P<word>[A-Za-z][A-Za-z0-9_]*)"
    r"|(?P<sign>==|!=|<=|>=|[<>()\[\],]))"
)
_NOTHING: frozenset[str] = frozenset()
_ORDERED = ("<", "<=", ">", ">=")
_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">", "in": "not in", "not in": "in"}
_RESERVED = ("always", "and", "or", "not", "in")


class ConditionError(ValueError):
    """A text that is no condition: the column where it stops to make sense, and a way out."""

    def __init__(self, column: int, message: str, hint: str = "") -> None:
        """Columns count from 1."""
        self.column = column
        self.message = message
        self.hint = hint
        super().__init__(f"column {column}: {message}" + (f"; {hint}" if hint else ""))


@dataclass(frozen=True, slots=True)
class Always:
    """Holds for every case."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One fact held against one value, or against several with `in`."""

    fact: str
    operator: str
    values: tuple[Value, ...]
    column: int = 1

    @property
    def opposite(self) -> "Comparison":
        """The comparison that holds exactly when this one does not, for a fact that is known."""
        return Comparison(self.fact, _OPPOSITE[self.operator], self.values, self.column)


@dataclass(frozen=True, slots=True)
class Not:
    """Holds when the other does not."""

    of: "Condition"


@dataclass(frozen=True, slots=True)
class Every:
    """Holds when all of them hold."""

    of: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Holds when at least one of them holds."""

    of: tuple["Condition", ...]


Condition = Always | Comparison | Not | Every | Some


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a condition holds, and which unknown facts might turn that round."""

    holds: bool
    unknown: frozenset[str] = _NOTHING


def parse(text: str, vocabulary: Vocabulary | None = None) -> Condition:
    """The condition a text says; with a vocabulary its facts and values must be known ones."""
    condition = _parsed(text)
    if vocabulary is not None:
        for comparison in comparisons(condition):
            _expect_known(comparison, vocabulary)
    return condition


def holds(condition: Condition, facts: Mapping[str, FactValue]) -> Verdict:
    """Whether the condition holds for these facts.

    A comparison with an unknown fact is false, whichever way it is written, and names the fact. An unknown fact that
    cannot change the result, because another part decides it alone, is not named.
    """
    match condition:
        case Always():
            return Verdict(True)
        case Comparison():
            value = facts.get(condition.fact)
            if value is None:
                return Verdict(False, frozenset({condition.fact}))
            return Verdict(_compare(value, condition))
        case Not():
            verdict = holds(condition.of, facts)
            return Verdict(not verdict.holds, verdict.unknown)
        case Every():
            return _together(condition.of, facts, decisive=False)
        case Some():
            return _together(condition.of, facts, decisive=True)


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Every comparison of a condition, in the order of the text."""
    match condition:
        case Comparison():
            yield condition
        case Not():
            yield from comparisons(condition.of)
        case Every() | Some():
            for each in condition.of:
                yield from comparisons(each)


def true_parts(condition: Condition, facts: Mapping[str, FactValue], *, wanted: bool = True) -> Iterator[Comparison]:
    """The comparisons that make a condition hold (or fail), those under a `not` turned to their opposite."""
    match condition:
        case Comparison():
            yield condition if wanted else condition.opposite
        case Not():
            yield from true_parts(condition.of, facts, wanted=not wanted)
        case Every() | Some():
            for each in condition.of:
                if holds(each, facts).holds is wanted:
                    yield from true_parts(each, facts, wanted=wanted)


def _together(parts: tuple[Condition, ...], facts: Mapping[str, FactValue], *, decisive: bool) -> Verdict:
    """The parts joined: one that has the decisive value without any unknown fact decides alone."""
    decided, unknown = False, _NOTHING
    for part in parts:
        verdict = holds(part, facts)
        if verdict.holds is decisive:
            if not verdict.unknown:
                return verdict
            decided = True
        unknown |= verdict.unknown
    return Verdict(decisive if decided else not decisive, unknown)


def _compare(value: str | int | Decimal | bool, comparison: Comparison) -> bool:
    if comparison.operator in {"in", "not in"}:
        return any(_same(value, each) for each in comparison.values) is (comparison.operator == "in")
    other = comparison.values[0]
    if comparison.operator in {"==", "!="}:
        return _same(value, other) is (comparison.operator == "==")
    return _ordered(value, comparison.operator, other)


def _same(value: str | int | Decimal | bool, other: Value) -> bool:
    """Yes is not 1: only values of one kind are compared."""
    return isinstance(value, bool) is isinstance(other, bool) and value == other


def _ordered(value: str | int | Decimal | bool, operator: str, other: Value) -> bool:
    if not _is_number(value) or not _is_number(other):
        return False
    left, right = Decimal(value), Decimal(other)
    match operator:
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case _:
            return left >= right


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    kind: str
    """word, number, sign or end."""
    column: int


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Condition:
    if len(text) > LONGEST:
        raise ConditionError(LONGEST + 1, f"longer than {LONGEST} characters", "split the question in two")
    reader = _Reader(tuple(_tokens(text)))
    condition = reader.either(1)
    reader.expect_end()
    return condition


def _tokens(text: str) -> Iterator[_Token]:
    position, end = 0, len(text.rstrip())
    while position < end:
        found = _TOKEN.match(text, position)
        if not found:
            start = position + len(text[position:]) - len(text[position:].lstrip())
            raise ConditionError(start + 1, f"{text[start]!r} means nothing here", _hint_for(text[start]))
        kind = found.lastgroup or ""
        yield _Token(found[kind], kind, found.start(kind) + 1)
        position = found.end()
    yield _Token("", "end", end + 1)


def _hint_for(character: str) -> str:
    ways_out = {"=": "write == to compare", "!": "write != or not", "&": "write and", "|": "write or"}
    ways_out |= dict.fromkeys("\"'", "write the value without quotation marks")
    return ways_out.get(character, "")


class _Reader:
    """Reads the tokens from left to right; `and` binds closer than `or`, `not` closer than both."""

    def __init__(self, tokens: tuple[_Token, ...]) -> None:
        self._tokens = tokens
        self._place = 0

    @property
    def _next(self) -> _Token:
        return self._tokens[self._place]

    def _take(self) -> _Token:
        token = self._next
        self._place += 1
        return token

    def _took(self, text: str) -> bool:
        """Take the token if it is this word or sign; the end is never taken."""
        if self._next.text != text:
            return False
        self._place += 1
        return True

    def _fail(self, expected: str, hint: str = "") -> ConditionError:
        found = f"found {_told(self._next.text)}" if self._next.text else "the text ends"
        return ConditionError(self._next.column, f"expected {expected}, {found}", hint)

    def expect_end(self) -> None:
        if self._next.kind != "end":
            raise self._fail("and, or, or the end")

    def either(self, depth: int) -> Condition:
        parts = [self._both(depth)]
        while self._took("or"):
            parts.append(self._both(depth))
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def _both(self, depth: int) -> Condition:
        parts = [self._single(depth)]
        while self._took("and"):
            parts.append(self._single(depth))
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _single(self, depth: int) -> Condition:
        if depth > DEEPEST:
            raise self._fail(f"at most {DEEPEST} brackets and nots inside each other")
        if self._took("not"):
            return Not(self._single(depth + 1))
        if self._took("("):
            inner = self.either(depth + 1)
            if not self._took(")"):
                raise self._fail("and, or, or the closing bracket")
            return inner
        return Always() if self._took("always") else self._comparison()

    def _comparison(self) -> Comparison:
        name = self._next
        if name.kind != "word" or name.text in _RESERVED:
            raise self._fail("the name of a fact, always, not or a bracket")
        self._take()
        if self._took("in"):
            return Comparison(name.text, "in", self._list(), name.column)
        operator = self._next.text
        if operator not in _OPPOSITE or self._next.kind != "sign":
            raise self._fail("== != < <= > >= or in", f"for a yes-or-no fact write {name.text[:_SHOWN]} == yes")
        self._take()
        if operator in _ORDERED and self._next.kind == "word":
            raise self._fail("a number", "words have no order; write == or in [...]")
        return Comparison(name.text, operator, (self._value(),), name.column)

    def _list(self) -> tuple[Value, ...]:
        if not self._took("["):
            raise self._fail("[ and values", "write in [first, second]")
        values = [self._value()]
        while self._took(","):
            values.append(self._value())
        if not self._took("]"):
            raise self._fail("a comma or ]")
        return tuple(values)

    def _value(self) -> Value:
        token = self._next
        if token.kind not in {"word", "number"} or token.text in _RESERVED:
            raise self._fail("a value", "a word, yes, no or a number")
        self._take()
        if token.kind == "number":
            return Decimal(token.text)
        return token.text == "yes" if token.text in YES_NO else token.text


def _expect_known(comparison: Comparison, vocabulary: Vocabulary) -> None:
    name = comparison.fact
    if name not in vocabulary:
        raise ConditionError(comparison.column, f"there is no fact {_told(name)}", _did_you_mean(name, vocabulary))
    words = vocabulary[name]
    if words and comparison.operator in _ORDERED:
        raise ConditionError(comparison.column, f"{name} has words as values, which have no order")
    for value in comparison.values:
        _expect_fitting(comparison, value, words)


def _expect_fitting(comparison: Comparison, value: Value, words: tuple[str, ...]) -> None:
    word = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    if not words:
        if not _is_number(value):
            raise ConditionError(comparison.column, f"{comparison.fact} is a number, not {_told(word)}")
    elif word not in words:
        hint = _did_you_mean(word, words) or f"it may be {', '.join(words)}"
        raise ConditionError(comparison.column, f"{comparison.fact} is never {_told(word)}", hint)


def _told(word: str) -> str:
    """A word as a message quotes it."""
    return repr(word) if len(word) <= _SHOWN else repr(f"{word[:_SHOWN]}…")


def _did_you_mean(word: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    near = get_close_matches(word[:_SHOWN], known, n=3, cutoff=0.6)
    return f"did you mean {' or '.join(near)}?" if near else ""
