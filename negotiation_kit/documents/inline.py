"""What stands inside a line of a template: fixed words, values, marks, blanks to fill in by hand."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import accumulate

from negotiation_kit.documents.tags import TAGS, TagKind

JINJA = re.compile(
    r"""(?P<value>\{\{(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^"'])*?\}\})
      | (?P<tag>\{%(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^"'])*?%\})
      | (?P<comment>\{\#.*?\#\})""",
    re.VERBOSE | re.DOTALL,
)
_TOKEN = re.compile(
    JINJA.pattern
    + r"""
      | \\(?P<literal>[^\w\s]|_)
      | (?P<field>\[\[\w+\]\])
      | (?P<reference>\[@[\w-]+\])
      | \[\#(?P<anchored>[\w-]+:[^\[\]{}|]+)\]
      | (?P<noted>\[\^[ \t]*)
      | \[\[(?P<chosen>[\w.]+\s*=[^\[\]{}|:]*)\]\][ \t]*
      | \[\[(?P<opened>[\w.]+):[ \t]*
      | (?P<closed>\]\])
      | (?P<note_end>\])
      | (?P<blank>_{4,})
      | (?P<bold>\*\*)
      | (?P<italic>(?<!_)_(?!_))
      | (?P<loose>\{[{%\#])
      | (?P<words>[^\\\[\]_*{|]+|.)""",
    re.VERBOSE | re.DOTALL,
)
_OPENING = re.compile(r"\{[{%#]")
_KEYWORD = re.compile(r"\{%[-+]?\s*(\w*)")
_ROUND_RIGHT = re.compile(r"(?<![ \t])[ \t]*\[\[right\]\][ \t]*")
_BEFORE_NOTE = re.compile(r"(?<![\\ \t])[ \t]+\[\^[ \t]*")
DEEPEST = 8
"""Choices and repetitions within each other on one line."""
_LONGEST_TAG = 400
"""Characters of a value or tag; the longest of ours has 152."""
_DEEPEST_BRACKETS = 10
_SHOWN = 30
_BRACKETS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
FIELDS = ("page", "pages", "right")
_VALUE, _NOTE = "[[", "[^"
_PAIRED = frozenset({"tag", "opened", "closed", "noted", "note_end"})
_INLINE_TAGS = ("if", "elif", "else", "endif", "for", "endfor", "set")


class Unplaceable(Exception):  # noqa: N818 - a word of the house: the mark cannot be placed
    """A mark that means nothing where it stands."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Words:
    """Fixed words of the template."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A place where a value is printed, with its braces."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """A choice or repetition inside the line, with its braces."""

    text: str


@dataclass(frozen=True, slots=True)
class Blank:
    """A line to write on by hand."""

    length: int
    to_the_edge: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """Something the office program fills in: `page`, `pages`; or `right`, which sends the rest to the margin."""

    name: str


@dataclass(frozen=True, slots=True)
class Opened:
    """Here begins a value that can be typed over in Word and read back, under its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Closed:
    """Here it ends."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Before an item with a box: what a tick in it means."""

    tag: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The number of the heading or clause with this anchor, wherever it comes to stand."""

    anchor: str
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Anchored:
    """Words of a text that references repeat: the number of an annex in its heading."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """Here a note to this place begins, or ends: it stands at the foot of the page."""

    begins: bool


Piece = Words | Value | Tag | Blank | Field | Opened | Closed | Chosen | Reference | Anchored | Note
Text = tuple[Piece, ...]
_Token = tuple[str, str]


def tags_told(source: str, told: Callable[[re.Match[str]], str]) -> str:
    """The text with each value, tag and comment told in another way; what is not closed on its line stays as it is.

    Each line is looked at once, however many openings it has that nothing closes.
    """
    parts, done, at, last = [], 0, 0, source.rfind("#}")
    while found := _OPENING.search(source, at):
        at, end = found.end(), len(source)
        if found[0] == "{#":
            tag = JINJA.match(source, found.start()) if at <= last else None
        else:
            end = (source.find("\n", at) + 1 or end + 1) - 1
            tag = JINJA.match(source, found.start(), end)
            at = end
        if tag:
            parts += [source[done : found.start()], told(tag)]
            done = at = tag.end()
    return "".join([*parts, source[done:]])


def keyword(tag: str) -> str:
    """The word that says what a tag does: "for" of `{% for invoice in invoices %}`."""
    found = _KEYWORD.match(tag)
    return found[1] if found else ""


def refuse_trimming(tag: str) -> None:
    """Jinja's `{%-` would eat what the line was translated into, not the blanks its writer saw."""
    if tag[2] in "-+" or tag[-3] in "-+":
        raise Unplaceable(f"'{tag}' trims blanks", "write it without - and +: line ends are taken care of")


def refuse_length(tag: str) -> None:
    """What Jinja would work through in depth ends before the interpreter's patience does."""
    depths = accumulate(_BRACKETS.get(character, 0) for character in tag)
    if len(tag) > _LONGEST_TAG or max(depths) > _DEEPEST_BRACKETS:
        told = tag if len(tag) <= _SHOWN else f"{tag[:_SHOWN]} …"
        raise Unplaceable(f"'{told}' is too long or too deep", "ask for a value that is already worked out")


def text(source: str) -> Text:
    """The pieces of a line, in order."""
    tokens = list(_tokens(_BEFORE_NOTE.sub("[^", _ROUND_RIGHT.sub("[[right]]", source))))
    _pairs([(kind, token) for kind, token in tokens if kind in _PAIRED])
    return tuple(_last_blank_to_the_edge(_joined(_marked(tokens))))


def sentence(source: str) -> Text:
    """The pieces of a line that is a block of its own, and may therefore not come out empty."""
    pieces = text(source)
    inside = [piece for piece in pieces if not isinstance(piece, Opened | Closed | Chosen)]
    tags = [keyword(piece.text) for piece in pieces if isinstance(piece, Tag)]
    wholly_inside = inside and isinstance(inside[0], Tag) and isinstance(inside[-1], Tag)
    if wholly_inside and tags[0] == "if" and tags[-1] == "endif" and not {"else", "if"} & set(tags[1:]):
        raise Unplaceable(
            "the whole line hangs on a condition and may come out empty",
            "give {% if %} and {% endif %} lines of their own",
        )
    return pieces


def cells(source: str, separator: str = "|") -> list[str]:
    """A line cut at its separators; those inside a value or after a backslash do not count."""
    found = [""]
    for match in _TOKEN.finditer(source):
        if match.lastgroup == "loose":
            first, *others = re.split(rf"(?<!\\){re.escape(separator)}", source[match.start() :])
            found[-1] += first  # told as a mistake when the cell is read
            found += others
            break
        if match.lastgroup == "words" and match[0] == separator:
            found.append("")
        else:
            found[-1] += match[0]
    return [cell.strip() for cell in found]


def fixed(pieces: Text) -> str | None:
    """The words of a text without values, or nothing if it has any."""
    if all(isinstance(piece, Words) for piece in pieces):
        return "".join(piece.text for piece in pieces if isinstance(piece, Words))
    return None


def without_pages(pieces: Text) -> Text:
    """A text for a form without pages: what stands on the same side of `[[right]]` as a page number goes."""
    sides: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece == Field("right"):
            sides.append([])
        else:
            sides[-1].append(piece)
    left: list[Piece] = []
    for side in sides:
        paged = any(isinstance(piece, Field) for piece in side)
        shown = [piece for piece in side if isinstance(piece, Tag)] if paged else side
        left += [Field("right"), *shown] if left and shown else shown
    return tuple(left)


def _tokens(source: str) -> Iterator[_Token]:
    in_value = in_note = False
    for match in _TOKEN.finditer(source):
        kind, token = str(match.lastgroup), match[0]
        if kind == "loose":
            raise Unplaceable(f"'{token}' is not closed on this line", "a tag begins and ends on one line")
        if kind in {"value", "tag"}:
            refuse_trimming(token)
            refuse_length(token)
        if kind == "closed" and not in_value:
            kind = "words"
        if kind == "note_end" and not in_note:
            kind = "words"
        in_value = kind == "opened" or (in_value and kind != "closed")
        in_note = kind == "noted" or (in_note and kind != "note_end")
        if kind in {"literal", "opened", "chosen", "anchored"}:
            yield "words" if kind == "literal" else kind, match[kind]
        else:
            yield kind, token


def _marked(tokens: Sequence[_Token]) -> Iterator[Piece]:
    bold = italic = False
    last = max((place for place in range(len(tokens)) if _closes(tokens, place)), default=-1)
    for place, (kind, token) in enumerate(tokens):
        if kind == "bold":
            bold = not bold
        elif kind == "italic" and (_closes(tokens, place) if italic else _opens(tokens, place, last)):
            italic = not italic
        elif kind == "value":
            yield Value(token, bold, italic)
        elif kind in _MARKS:
            yield _MARKS[kind](token)
        elif kind == "chosen":
            yield _chosen(token, place)
        else:
            yield Words(token, bold, italic)
    if bold:
        raise Unplaceable("'**' is opened and not closed on this line", r"for the stars themselves write \*\*")


def _opened(name: str) -> Opened:
    _known(name)
    return Opened(name)


def _field(token: str) -> Field:
    name = token[2:-2]
    if name not in FIELDS:
        raise Unplaceable(f"'{token}' is no field", "fields are " + ", ".join(f"[[{one}]]" for one in FIELDS))
    return Field(name)


def _known(name: str) -> TagKind:
    """What kind of value has this name; refused if the outcome of a case has no such field."""
    if name not in TAGS:
        close = get_close_matches(name, TAGS, n=1)
        raise Unplaceable(
            f"'[[{name}: ]]' names no value of a case's outcome",
            f"did you mean '{close[0]}'?" if close else "write it like [[schedule.amount: ...]]",
        )
    return TAGS[name]


def _anchored(source: str) -> Anchored:
    name, text = (part.strip() for part in source.split(":", 1))
    if not text:
        raise Unplaceable(f"'[#{name}: ]' holds no words", "write what references repeat: [#annex-1: 1]")
    return Anchored(name, text)


def _chosen(source: str, place: int) -> Chosen:
    name, value = (part.strip() for part in source.split("=", 1))
    if place:
        raise Unplaceable(f"'[[{name} = {value}]]' stands inside a line", "write it right after the box: - [ ] [[...]]")
    choices = _known(name).choices
    if value not in choices:
        told = f"there are {', '.join(choices)}" if choices else "it is no choice; write [[name: ...]] round the value"
        raise Unplaceable(f"'{value}' is no choice of {name}", told)
    return Chosen(f"{name}={value}")


_MARKS: Mapping[str, Callable[[str], Piece]] = {
    "tag": Tag,
    "blank": lambda token: Blank(len(token)),
    "field": _field,
    "reference": lambda token: Reference(token[2:-1]),
    "opened": _opened,
    "closed": lambda _: Closed(),
    "anchored": _anchored,
    "noted": lambda _: Note(begins=True),
    "note_end": lambda _: Note(begins=False),
}


def _opens(tokens: Sequence[_Token], place: int, last: int) -> bool:
    """Whether this underscore begins italics: at a word's border, with a partner further on, the last at `last`."""
    return not _is_word(_before(tokens, place), -1) and _is_ink(_after(tokens, place), 0) and place + 2 <= last


def _closes(tokens: Sequence[_Token], place: int) -> bool:
    return (
        tokens[place][0] == "italic" and _is_ink(_before(tokens, place), -1) and not _is_word(_after(tokens, place), 0)
    )


def _before(tokens: Sequence[_Token], place: int) -> Sequence[_Token]:
    return tokens[max(place - 1, 0) : place]


def _after(tokens: Sequence[_Token], place: int) -> Sequence[_Token]:
    return tokens[place + 1 : place + 2]


def _is_word(neighbour: Sequence[_Token], end: int) -> bool:
    return any(kind == "value" or (kind == "words" and token[end].isalnum()) for kind, token in neighbour)


def _is_ink(neighbour: Sequence[_Token], end: int) -> bool:
    return any(not token[end].isspace() for _, token in neighbour)


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    """Neighbouring words of the same kind as one piece."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if (
            isinstance(piece, Words)
            and isinstance(last, Words)
            and (piece.bold, piece.italic) == (last.bold, last.italic)
        ):
            joined[-1] = Words(last.text + piece.text, last.bold, last.italic)
        else:
            joined.append(piece)
    return joined


def _last_blank_to_the_edge(pieces: list[Piece]) -> list[Piece]:
    for place in range(len(pieces) - 1, -1, -1):
        piece = pieces[place]
        if isinstance(piece, Blank):
            return [*pieces[:place], Blank(piece.length, to_the_edge=True), *pieces[place + 1 :]]
        if not isinstance(piece, Tag | Closed):
            break
    return pieces


def _pairs(tokens: list[_Token]) -> None:
    """Refuse a line whose choices, repetitions and tagged values are not closed on it, the inner before the outer."""
    opened: list[str] = []
    for kind, token in tokens:
        if kind == "tag":
            _pair_of_tag(token, opened)
        elif kind in {"noted", "note_end"}:
            _pair_of_note(opened, begins=kind == "noted")
        else:
            _pair_of_value(token, opened, begins=kind == "opened")
    if opened and opened[-1] == _NOTE:
        raise Unplaceable("'[^' is opened and not closed on this line", "close the note with ]")
    if opened and opened[-1] == _VALUE:
        raise Unplaceable("'[[' is opened and not closed on this line", "close the tagged value with ]]")
    if opened:
        raise Unplaceable(
            f"'{{% {opened[-1]} %}}' is opened inside the line and not closed on it",
            "close it on the same line, or give every tag a line of its own",
        )


def _pair_of_value(name: str, opened: list[str], *, begins: bool) -> None:
    if not begins and opened.pop() != _VALUE:
        raise Unplaceable("']]' stands before the end of a tag", "close the tag inside the tagged value first")
    if begins and _VALUE in opened:
        raise Unplaceable(f"'[[{name}:' stands inside another tagged value", "close that one with ]] first")
    if begins and _NOTE in opened:
        raise Unplaceable(f"'[[{name}:' stands inside a note", "what can be typed over stands in the text itself")
    if begins:
        opened.append(_VALUE)


def _pair_of_note(opened: list[str], *, begins: bool) -> None:
    if not begins and opened.pop() != _NOTE:
        raise Unplaceable("']' ends a note before the end of a tag", "close the tag inside the note first")
    if begins and {_NOTE, _VALUE} & set(opened):
        raise Unplaceable("'[^' stands inside another note or a tagged value", "write the note after it")
    if begins:
        opened.append(_NOTE)


def _pair_of_tag(tag: str, opened: list[str]) -> None:
    word = keyword(tag)
    if word not in _INLINE_TAGS:
        raise Unplaceable(f"'{tag}' cannot stand inside a line", "give it a line of its own")
    if word in {"if", "for"}:
        opened.append(word)
        if len(opened) > DEEPEST:
            way_out = "say it in several lines"
            raise Unplaceable(f"more than {DEEPEST} tags stand inside each other on this line", way_out)
    elif word.startswith("end") and (not opened or opened.pop() != word[3:]):
        raise Unplaceable(f"'{tag}' closes nothing on this line", "close a tag on the line that opens it")
    elif word in {"elif", "else"} and (not opened or opened[-1] in {_VALUE, _NOTE}):
        raise Unplaceable(f"'{tag}' has no condition on this line", "open the condition on the same line")
