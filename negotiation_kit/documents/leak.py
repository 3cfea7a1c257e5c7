"""The last look before a client's paper leaves: no value of ours in it, wherever it might hide."""

import html
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from io import BytesIO
from typing import Literal, NewType, get_args, get_origin

from pydantic.fields import FieldInfo

from negotiation_kit.case.case import Case
from negotiation_kit.case.fields import Record, Spoken, Visibility, is_amount, visibility_of
from negotiation_kit.documents.languages import Language
from negotiation_kit.documents.views import View, behind, names_behind
from negotiation_kit.money import Money
from negotiation_kit.problems import Problem
from negotiation_kit.reckoning.offers import Offers

SHORTEST_TEXT = 4
"""Shorter words say nothing alone and stand in every paper."""
SMALLEST_AMOUNT = 100
_BLOCK_END = re.compile(r"</(?:w:p|w:tc|p|td|th|li|h\d|div|title)>|<(?:w:br|br|w:tab)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_FIGURES = re.compile(r"\d+")
MARKUP = "the markup"
_CHARTS = "word/charts/"
_SAME_IN_EVERY_FILE = "xl/theme/"
"""Colours and line widths of a spreadsheet, written by the program that makes it, never from a case."""
_OF_A_DRAWING = re.compile(
    r'<g class="scale">.*?</g>|<c:(?:max|majorUnit) val="[\d.]*"/>'
    r'| (?:viewBox|points|transform|width|height|[cr]?[xy]|[xy][12]|r)="[-\d., ()a-z]*"',
    re.DOTALL,
)
"""The round figures of a scale and the places of lines in a drawing: reckoned from what it shows, chosen by nobody."""
_PLAIN_WORD = re.compile(r"[A-Za-z]+")
Flat = NewType("Flat", str)
"""A text on one line, each stretch of blanks made one, so that a line end hides nothing."""


_SAYS_NOTHING = {bool, int, Decimal, type(None)}
_PLAIN = {str, date, Money}


@dataclass(frozen=True, slots=True)
class Secret:
    """A value the client must not see, and the field it comes from."""

    field: str
    value: str | date | Money


def secrets_of(case: Case, offers: Offers | None, may_see: Visibility = Visibility.SHARED) -> tuple[Secret, ...]:
    """Every text, sum and day of the case that is for fewer eyes than these, and the figures of all offers."""
    found = list(_of_record(case, "", Visibility.SHARED, case.currency, may_see))
    for offer in offers.all if offers else ():
        for instalment in offer.schedule.instalments:
            found.append(Secret(f"offers.{offer.name}", instalment.amount))
            found.append(Secret(f"offers.{offer.name}", instalment.due))
    return tuple(found)


def _of_record(record: Record, path: str, above: Visibility, currency: str, may_see: Visibility) -> Iterator[Secret]:
    values = vars(record)
    for field in _fields_of(type(record)):
        value = values[field.name]
        if value is None:
            continue
        where = f"{path}.{field.name}" if path else field.name
        visibility = max(above, field.visibility)
        for place, item in enumerate(value if isinstance(value, tuple) else (value,), start=1):
            at = f"{where}[{place}]" if isinstance(value, tuple) else where
            if isinstance(item, Record):
                yield from _of_record(item, at, visibility, currency, may_see)
            elif visibility > may_see and not field.is_choice:
                yield from _of_value(item, at, currency, amount=field.is_amount)


@dataclass(frozen=True, slots=True)
class _Field:
    """What decides whether a field's value is a secret."""

    name: str
    visibility: Visibility
    is_choice: bool
    is_amount: bool


@cache
def _fields_of(kind: type[Record]) -> tuple[_Field, ...]:
    return tuple(
        _Field(name, visibility_of(kind, name), _is_choice(field), is_amount(field))
        for name, field in kind.model_fields.items()
    )


def _is_choice(field: FieldInfo) -> bool:
    """A choice is a word of ours that stands in every other text too; its label never is in a client's view."""
    return any(get_origin(part) is Literal for part in (field.annotation, *get_args(field.annotation)))


def _of_value(value: object, path: str, currency: str, *, amount: bool) -> Iterator[Secret]:
    if isinstance(value, Decimal):
        if amount and value >= SMALLEST_AMOUNT:
            yield Secret(path, Money(value, currency))
    elif isinstance(value, date) or (isinstance(value, str) and len(value) >= SHORTEST_TEXT):
        yield Secret(path, value)


def allowed_values(value: object) -> set[str | date | Money]:
    """Every text, day and sum a view lets out; what stands there is no secret, wherever else it stands too.

    A record met before is not gone through again; it is held, so that no other can take its number.
    """
    found: set[str | date | Money] = set()
    met: dict[tuple[int, Visibility], object] = {}
    waiting: list[tuple[object, Visibility]] = [(value, Visibility.SHARED)]
    while waiting:
        value, visibility = waiting.pop()
        if type(value) is View:
            value, visibility = behind(value)
        if isinstance(value, Record) or is_dataclass(value):
            if (id(value), visibility) in met:
                continue
            met[id(value), visibility] = value
        for each in _parts_of(value, visibility):
            kind = type(each)
            if kind in _PLAIN:
                found.add(each)  # type: ignore[arg-type]
            elif kind not in _SAYS_NOTHING:
                found.update(_said_by(each))
                waiting.append((each, visibility))
    return found


def _parts_of(value: object, visibility: Visibility) -> Iterable[object]:
    """What a collection holds, and what of a record somebody with this visibility sees."""
    if isinstance(value, tuple | list):
        return value
    if isinstance(value, Record) or is_dataclass(value):
        return [getattr(value, name) for name in names_behind(type(value), visibility)]
    return value.values() if isinstance(value, Mapping) else ()


def _said_by(value: object) -> Iterable[str | date | Money]:
    """The texts of words that are not the same in every language; of another kind of text, day or sum itself."""
    if isinstance(value, Spoken):
        return value.texts.values()
    return (value,) if isinstance(value, str | date | Money) else ()


def leaks(
    said: Mapping[str, Flat],
    secrets: Sequence[Secret],
    values: Mapping[str, object],
    wording: Iterable[Flat],
    language: Language,
) -> Iterator[Problem]:
    """One problem for each secret that stands in one of the texts although neither view nor wording let it out."""
    whole = "\n".join(said.values())
    places: dict[str | date | Money, tuple[tuple[str, str], ...]] = {}
    for value in dict.fromkeys(secret.value for secret in secrets):
        shapes = [shape for shape in _shapes(value, language) if shape in whole]
        figure = not isinstance(value, str)
        found = [(shape, _first_place(shape, said, figure=figure)) for shape in shapes]
        if any(place for _, place in found):
            places[value] = tuple((shape, place) for shape, place in found if place)
    if not places:
        return
    let_out = allowed_values(values)
    excused = _Excused(tuple(wording), let_out, language)
    for secret in secrets:
        if secret.value in let_out:
            continue
        place = next((place for shape, place in places.get(secret.value, ()) if shape not in excused), None)
        if place:
            yield Problem(
                None,
                f"{secret.field} is not for the client, but its value stands in {place}",
                "take it out of the shared fields or the template; no file was written",
            )


class _Excused:
    """What may stand in a paper whatever it says: the wording, and the forms of what is let out, made when needed."""

    def __init__(self, wording: tuple[Flat, ...], let_out: Iterable[str | date | Money], language: Language) -> None:
        self._wording = wording
        self._words = "\n".join(flat(value) for value in let_out if isinstance(value, str))
        self._figures = [value for value in let_out if not isinstance(value, str)]
        self._language = language

    def __contains__(self, shape: str) -> bool:
        return shape in self._words or any(_says(text, shape) for text in self._wording) or self._is_in_a_figure(shape)

    def _is_in_a_figure(self, shape: str) -> bool:
        if self._figures:
            shapes = (each for value in self._figures for each in _shapes(value, self._language))
            self._words += "\n" + "\n".join(shapes)
            self._figures = []
        return shape in self._words


def _says(wording: Flat, shape: str) -> bool:
    """Whether the wording holds the shape; it is long, so the few figures in it are asked first."""
    return all(figures in _figures_of(wording) for figures in _FIGURES.findall(shape)) and shape in wording


@lru_cache(maxsize=16)
def _figures_of(wording: Flat) -> str:
    """Every stretch of digits of a wording once."""
    return " ".join(dict.fromkeys(_FIGURES.findall(wording)))


def _shapes(value: str | date | Money, language: Language) -> tuple[str, ...]:
    """The forms in which the value could be printed."""
    if isinstance(value, str):
        return (flat(value),)
    printed: tuple[str, ...]
    if isinstance(value, date):
        printed = (language.weekday_day(value), language.day(value), language.short_day(value), value.isoformat())
    else:
        printed = (language.amount(value.rounded()), f"{value.rounded().amount:f}")
    return tuple(dict.fromkeys(flat(each) for each in printed))


def _first_place(shape: str, said: Mapping[str, Flat], *, figure: bool) -> str:
    """The name of the first text the shape stands in; nothing if it stands in none.

    A figure counts only when no other figure touches it. A single plain word is not looked for among the names of
    the markup itself, where `none` or `single` say nothing of ours.
    """
    is_plain_word = _PLAIN_WORD.fullmatch(shape) is not None
    for name, text in said.items():
        if shape not in text or (is_plain_word and name.startswith(MARKUP)):
            continue
        if not figure or _stands_alone(shape, text):
            return name
    return ""


def _stands_alone(shape: str, text: str) -> bool:
    """Whether the shape stands somewhere without another figure that touches it."""
    at = text.find(shape)
    while at >= 0:
        before, after = text[max(at - 1, 0) : at], text[at + len(shape) : at + len(shape) + 2]
        touched = before.isdecimal() or before in {".", ","}
        goes_on = after[:1].isdecimal() or (after[:1] in {".", ","} and after[1:].isdecimal())
        if not touched and not goes_on:
            return True
        at = text.find(shape, at + 1)
    return False


def flat(text: str) -> Flat:
    """The text with each stretch of blanks made one, at its ends too, and each letter whole with its accent."""
    text = unicodedata.normalize("NFC", text)
    ends = (" " * text[:1].isspace(), " " * text[-1:].isspace())
    told = " ".join(text.split())
    return Flat(f"{ends[0]}{told}{ends[1]}" if told else ends[0])


def flattened(texts: Mapping[str, str]) -> dict[str, Flat]:
    """Each of the texts so."""
    return {name: flat(text) for name, text in texts.items()}


def texts_in(content: bytes, name: str) -> dict[str, str]:
    """All a finished file says, part by part: text, attributes, properties, comments, and its own name."""
    told = {"its name": name}
    if name.endswith(".txt"):
        return told | {f"the text of {name}": content.decode("utf-8")}
    if not zipfile.is_zipfile(BytesIO(content)):
        text = _OF_A_DRAWING.sub("", content.decode("utf-8"))
        return told | {f"{MARKUP} of {name}": html.unescape(text), f"the text of {name}": text_of(text)}
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist() if not part.startswith(_SAME_IN_EVERY_FILE)}
    return told | texts_of(parts, name)


def texts_of(parts: Mapping[str, bytes], name: str) -> dict[str, str]:
    """The same of the parts of an unpacked file."""
    told = {"its name": name}
    for part, raw in parts.items():
        if part.endswith(".xlsx"):
            told |= texts_in(raw, f"{part} in {name}") | {"its name": name}
        if part.endswith((".xml", ".rels")):
            text = raw.decode("utf-8")
            if part.startswith(_CHARTS):
                text = _OF_A_DRAWING.sub("", text)
            told[f"the text of {part} in {name}"] = text_of(text)
            told[f"{MARKUP} of {part} in {name}"] = _markup_of(text)
    return told


def _markup_of(text: str) -> str:
    """Each different tag of a part, with the text behind it, once; with comments in it all of it as it is."""
    if "<!" in text or "<?" in text.removeprefix("<?xml"):
        return html.unescape(text)
    return html.unescape("\0".join(dict.fromkeys(text.split("<"))))


def text_of(markup: str) -> str:
    """What a reader sees of XML or HTML, one line a block."""
    return html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", markup)))
