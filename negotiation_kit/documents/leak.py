"""The last look before a client's paper leaves: no value of ours in it, wherever it might hide."""

import html
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from negotiation_kit.case.case import Case
from negotiation_kit.case.fields import Record, Spoken, Visibility, is_amount, visibility_of
from negotiation_kit.documents.languages import Language
from negotiation_kit.documents.views import View
from negotiation_kit.money import Money
from negotiation_kit.problems import Problem
from negotiation_kit.reckoning.offers import Offers

SHORTEST_TEXT = 4
"""Shorter words say nothing alone and stand in every paper."""
SMALLEST_AMOUNT = 100
_BLOCK_END = re.compile(r"</(?:w:p|w:tc|p|td|th|li|h\d|div|title)>|<(?:w:br|br|w:tab)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
MARKUP = "the markup"
_SAME_IN_EVERY_FILE = "xl/theme/"
"""Colours and line widths of a spreadsheet, written by the program that makes it, never from a case."""
_PLAIN_WORD = re.compile(r"[A-Za-z]+")
_BLANKS = re.compile(r"\s+")


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
    for name, field in type(record).model_fields.items():
        where = f"{path}.{name}" if path else name
        visibility = max(above, visibility_of(type(record), name))
        value = getattr(record, name)
        for place, item in enumerate(value if isinstance(value, tuple) else (value,), start=1):
            at = f"{where}[{place}]" if isinstance(value, tuple) else where
            if isinstance(item, Record):
                yield from _of_record(item, at, visibility, currency, may_see)
            elif visibility > may_see and not _is_choice(field):
                yield from _of_value(item, at, currency, amount=is_amount(field))


def _is_choice(field: FieldInfo) -> bool:
    """A choice is a word of ours that stands in every other text too; its label never is in a client's view."""
    return any(get_origin(part) is Literal for part in (field.annotation, *get_args(field.annotation)))


def _of_value(value: object, path: str, currency: str, *, amount: bool) -> Iterator[Secret]:
    if isinstance(value, Decimal):
        if amount and value >= SMALLEST_AMOUNT:
            yield Secret(path, Money(value, currency))
    elif isinstance(value, date) or (isinstance(value, str) and len(value) >= SHORTEST_TEXT):
        yield Secret(path, value)


def allowed_values(value: object) -> Iterator[str | date | Money]:
    """Every text, day and sum a view lets out; what stands there is no secret, wherever else it stands too."""
    if isinstance(value, View):
        for name in dir(value):
            yield from allowed_values(getattr(value, name))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from allowed_values(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from allowed_values(each)
    elif isinstance(value, Spoken):
        yield from value.texts.values()
    elif isinstance(value, str | date | Money):
        yield value


def leaks(
    content: Mapping[str, str],
    secrets: Sequence[Secret],
    values: Mapping[str, object],
    wording: str,
    language: Language,
) -> Iterator[Problem]:
    """One problem for each secret that stands in one of the texts although neither view nor wording let it out."""
    let_out = set(allowed_values(values))
    allowed = _blanks("\n".join([wording, *(shape for value in let_out for shape in _shapes(value, language))]))
    searched = {name: _blanks(text) for name, text in content.items()}
    for secret in secrets:
        if secret.value in let_out:
            continue
        for shape in _shapes(secret.value, language):
            place = (
                None if shape in allowed else _first_place(shape, searched, figure=not isinstance(secret.value, str))
            )
            if place:
                yield Problem(
                    None,
                    f"{secret.field} is not for the client, but its value stands in {place}",
                    "take it out of the shared fields or the template; no file was written",
                )
                break


def _shapes(value: str | date | Money, language: Language) -> tuple[str, ...]:
    """The forms in which the value could be printed."""
    if isinstance(value, str):
        return (_blanks(value),)
    printed: tuple[str, ...]
    if isinstance(value, date):
        printed = (language.weekday_day(value), language.day(value), language.short_day(value), value.isoformat())
    else:
        printed = (language.amount(value.rounded()), f"{value.rounded().amount:f}")
    return tuple(dict.fromkeys(_blanks(each) for each in printed))


def _first_place(shape: str, searched: Mapping[str, str], *, figure: bool) -> str | None:
    """The name of the first text the shape stands in.

    A figure counts only when no other figure touches it. A single plain word is not looked for among the names of
    the markup itself, where `none` or `single` say nothing of ours.
    """
    is_plain_word = _PLAIN_WORD.fullmatch(shape) is not None
    for name, text in searched.items():
        if shape not in text or (is_plain_word and name.startswith(MARKUP)):
            continue
        if not figure or re.search(rf"(?<![\d.,]){re.escape(shape)}(?!\d|[.,]\d)", text):
            return name
    return None


def _blanks(text: str) -> str:
    return _BLANKS.sub(" ", text)


def texts_in(content: bytes, name: str) -> dict[str, str]:
    """All a finished file says, part by part: text, attributes, properties, comments, and its own name."""
    told = {"its name": name}
    if name.endswith(".txt"):
        return told | {f"the text of {name}": content.decode("utf-8")}
    if not zipfile.is_zipfile(BytesIO(content)):
        text = content.decode("utf-8")
        return told | {f"{MARKUP} of {name}": html.unescape(text), f"the text of {name}": text_of(text)}
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist() if not part.startswith(_SAME_IN_EVERY_FILE)}
    for part, raw in parts.items():
        if part.endswith(".xlsx"):
            told |= texts_in(raw, f"{part} in {name}") | {"its name": name}
        if part.endswith((".xml", ".rels")):
            text = raw.decode("utf-8")
            told[f"the text of {part} in {name}"] = text_of(text)
            told[f"{MARKUP} of {part} in {name}"] = html.unescape(text)
    return told


def text_of(markup: str) -> str:
    """What a reader sees of XML or HTML, one line a block."""
    return html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", markup)))
