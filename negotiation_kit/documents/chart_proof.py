"""The figures of a chart are those of the plan: as it is drawn, in the sheet behind it, and in its words on a page."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from negotiation_kit.documents.container import unzipped
from negotiation_kit.documents.languages import Language, figure
from negotiation_kit.problems import Problem
from negotiation_kit.reckoning.reckon import Reckoning
from negotiation_kit.reckoning.schedule import Schedule

_CHART = re.compile(r"word/charts/[^/]*\.xml")
_BOOK = re.compile(r"word/embeddings/[^/]*\.xlsx")
_CACHES = re.compile(r"<c:(cat|val)>(.*?)</c:\1>", re.DOTALL)
_POINT = re.compile(r"<c:pt [^>]*><c:v>([^<]*)</c:v>")
_ROW = re.compile(r"<row r=\"(\d+)\">(.*?)</row>", re.DOTALL)
_CELL = re.compile(r"<t>([^<]*)</t>|<v>([^<]*)</v>")
_ON_PAGE = re.compile(r'<desc id="[^"]*">([^<]*)</desc>\n<line [^>]*stroke-width="\.6"')
_WAY_OUT = "print day, amount and what is left of each part of one plan; no file was written"

Rows = tuple[tuple[str, ...], ...]


def plans_of(reckoning: Reckoning) -> tuple[Schedule, ...]:
    """The plans a paper may draw: what was agreed, and what is put on the table."""
    agreed = (reckoning.agreement.schedule,) if reckoning.agreement else ()
    tabled = (reckoning.proposal.schedule,) if reckoning.proposal else ()
    return (*agreed, *tabled)


def chart_problems(
    parts: Mapping[str, bytes], name: str, plans: Sequence[Schedule], language: Language
) -> Iterator[Problem]:
    """One problem for each chart of a Word file that shows other figures than those of a plan."""
    wanted = [_rows(plan, language) for plan in plans]
    for part, content in parts.items():
        if _CHART.fullmatch(part) and (drawn := _drawn(content.decode("utf-8"))) not in wanted:
            yield _unlike(name, "a chart", drawn, wanted)
        if _BOOK.fullmatch(part) and (said := _sheet(unzipped(content))) not in wanted:
            yield _unlike(name, "the sheet behind a chart", said, wanted)


def page_chart_problems(page: str, name: str, plans: Sequence[Schedule], language: Language) -> Iterator[Problem]:
    """The same of a page, where a chart tells its figures in words."""
    wanted = [
        "; ".join(
            f"{label}: {language.number(Decimal(amount))}, {language.number(Decimal(left))}"
            for label, amount, left in _rows(plan, language)
        )
        for plan in plans
    ]
    for told in map(html.unescape, _ON_PAGE.findall(page)):
        said = told.partition(": ")[2]
        if said not in wanted:
            yield Problem(None, f"{name} draws other figures than the plan: {said}", _WAY_OUT)


def _rows(plan: Schedule, language: Language) -> Rows:
    return tuple((language.short_day(each.due), figure(each.amount), figure(each.left)) for each in plan.instalments)


def _drawn(chart: str) -> Rows:
    """The rows of a chart: its labels, its bars, its line; with labels that differ between the two, none."""
    caches = [tuple(map(html.unescape, _POINT.findall(found[1]))) for found in _CACHES.findall(chart)]
    labels, bars, again, line = caches
    return tuple(zip(labels, bars, line, strict=True)) if labels == again else ()


def _sheet(book: Mapping[str, bytes]) -> Rows:
    rows = _ROW.findall(book["xl/worksheets/sheet1.xml"].decode("utf-8"))
    told = (tuple(html.unescape(text or value) for text, value in _CELL.findall(cells)) for _, cells in rows)
    return tuple(told)[1:]


def _unlike(name: str, where: str, said: Rows, wanted: Sequence[Rows]) -> Problem:
    """The first figure that is not the plan's."""
    for plan in wanted:
        if len(plan) == len(said):
            cells = zip((cell for row in said for cell in row), (cell for row in plan for cell in row), strict=True)
            got, right = next(pair for pair in cells if pair[0] != pair[1])
            return Problem(None, f"{name}: {where} says {got}, the plan {right}", _WAY_OUT)
    return Problem(None, f"{name}: {where} has {len(said)} parts and is no plan of this case", _WAY_OUT)
