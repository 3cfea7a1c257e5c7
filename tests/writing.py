"""A small language of tests, and papers written in it."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from types import MappingProxyType

import docx
from docx.document import Document
from making import ROOT

from negotiation_kit.documents.house import House
from negotiation_kit.documents.package import word_file
from negotiation_kit.documents.wording import Form, Wording
from negotiation_kit.problems import Problem, Refused

HOUSE = House.read((ROOT / "templates" / "house.docx").read_bytes())
DAY = date(2026, 1, 5)
HOSTILE = (
    "**B** | {{ 7*7 }} <Kft.> & # 2024. január 5.",
    "::: signatures",
    ":::",
    "---",
    "| a | b |",
    "{% include 'x.md' %}{# gone #}",
    "_under_ __more__ ________",
    "[[page]] \\# - [ ] #. ##. ",
    "f" * 200,
    "two\nlines and a\ttab, \"quotes\" and 'apostrophes'",
    "  two  blanks   three ",
    "שלום עולם, 12 345,00",
    "🤝 Győző ű ő \N{NO-BREAK SPACE}",
    "]]> <!-- --> &amp; &#65; <w:br/>",
)


class ALanguage:
    """Shows text, whole numbers and days; a day as Hungarian does."""

    code = "hu"
    tag = "hu-HU"
    filters: Mapping[str, Callable[..., object]] = MappingProxyType(
        {"day": lambda day: f"{day.year}. {day.month}. {day.day}.", "number": str}
    )

    def word(self, group: str, key: str) -> str:
        return f"{group} {key}"

    def day_in(self, text: str) -> tuple[date, str] | None:
        found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text)
        return (date(*map(int, found.groups())), "day") if found else None

    def picker(self, pattern: str) -> str:
        return f"yyyy-MM-dd {pattern}".removesuffix(" day")

    def show(self, value: object) -> str:
        if isinstance(value, str | int | date):
            return str(value)
        raise TypeError(f"{type(value).__name__} has no words")


def rendered(source: str, form: Form = "text", /, *, parts: Mapping[str, str] = MappingProxyType({}), **values) -> str:
    """What a template of this text becomes."""
    return Wording({"paper.md": source, **parts}, ALanguage(), form).render("paper.md", values)


def problems(source: str, form: Form = "text", /, **values) -> tuple[Problem, ...]:
    """What is refused in a template of this text."""
    try:
        rendered(source, form, **values)
    except Refused as refused:
        return refused.problems
    return ()


def told(source: str, form: Form = "text", /, **values) -> list[str]:
    """The refusals with their lines, shortly."""
    return [
        f"{problem.place.line if problem.place else 0}: {problem.message}"
        for problem in problems(source, form, **values)
    ]


def word_bytes(source: str, /, **values) -> bytes:
    body = rendered(source, "docx", **values)
    return word_file(HOUSE, body=body, title="A paper", language_tag="hu-HU", day=DAY)


def word(source: str, /, **values) -> Document:
    """The paper as python-docx reads it."""
    return docx.Document(BytesIO(word_bytes(source, **values)))
