"""The worklist of many cases: as text for a terminal, and as one page to read on screen or on paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from negotiation_kit.case.fields import Visibility
from negotiation_kit.documents.charts import Bar, bar_chart
from negotiation_kit.documents.html import page
from negotiation_kit.documents.languages import Language
from negotiation_kit.documents.views import seen
from negotiation_kit.documents.wording import Wording
from negotiation_kit.money import Money
from negotiation_kit.reckoning.expected import ExpectedMoney
from negotiation_kit.reckoning.portfolio import Portfolio
from negotiation_kit.reckoning.totals import Ageing

NAMES = ("portfolio", "left_out", "names")
"""What the templates of the worklist may use."""
TEMPLATES = ("portfolio/terminal.md", "portfolio/page.md", "portfolio/page-below.md", "portfolio/footer.md")
WIDTH = 120
"""Columns of a terminal."""
_BETWEEN_CELLS = "  "
_LONGEST_NAME, _SHORTEST_NAME = 30, 8
_LANDSCAPE = """
@page { size: A4 landscape; margin: 12mm 12mm 14mm }
body { max-width: 273mm; margin: 8mm auto; font-size: 9pt; line-height: 1.3 }
h1 { font-size: 16pt; margin-bottom: 8pt } h2 { font-size: 12pt; margin: 14pt 0 4pt }
h3 { font-size: 9.5pt; margin-top: 6pt } .columns { margin: 0 }
table { font-size: 8pt; margin: 3pt 0 8pt } th, td { padding: 2pt 4pt } .facts { font-size: 9pt }
.charts { display: flex; flex-wrap: wrap; gap: 6mm 10mm; margin: 10pt 0 }
figure { flex: 0 1 125mm; margin: 0; break-inside: avoid } figcaption { font-weight: bold; margin: 0 0 3pt }
svg { width: 100%; height: auto; display: block }
footer { margin-top: 8mm } .small { font-size: 8pt }
@media print { body { margin: 0 } thead th { background: none } }
"""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that is not in the list, and the first thing wrong with it."""

    file: str
    message: str
    more: int
    """How many things are wrong beside it."""


def text(wording: Wording, portfolio: Portfolio, left_out: Sequence[LeftOut]) -> str:
    """The worklist in no more columns than a terminal has; names give way first."""
    names = _LONGEST_NAME
    shown = wording.render("portfolio/terminal.md", _values(portfolio, left_out, names))
    while names > _SHORTEST_NAME and (excess := _widest_row(shown) - WIDTH) > 0:
        names = max(_SHORTEST_NAME, names - (excess + 1) // 2)
        shown = wording.render("portfolio/terminal.md", _values(portfolio, left_out, names))
    return "".join(f"{part}\n" for line in shown.splitlines() for part in _wrapped(line))


def _widest_row(shown: str) -> int:
    return max(len(line) for line in shown.splitlines() if _BETWEEN_CELLS in line)


def _wrapped(line: str) -> list[str]:
    """A sentence in as many lines as it needs; a row of a table stays one."""
    if len(line) <= WIDTH or _BETWEEN_CELLS in line:
        return [line]
    return wrap(line, WIDTH, subsequent_indent="  ", break_on_hyphens=False)


def page_of(wording: Wording, language: Language, portfolio: Portfolio, left_out: Sequence[LeftOut]) -> str:
    """The worklist as a page: what cannot wait, all cases, charts, totals, and what management decided."""
    values = _values(portfolio, left_out, WIDTH)
    above, below = (wording.render(f"portfolio/{name}.md", values) for name in ("page", "page-below"))
    charts = "\n".join(_charts(portfolio, language))
    return page(
        f'{above}\n<div class="charts">\n{charts}\n</div>\n{below}',
        title=language.told("portfolio.title", {"day": portfolio.as_of}),
        language_tag=language.tag,
        footer=wording.render("portfolio/footer.md", values),
        style=_LANDSCAPE,
    )


def _values(portfolio: Portfolio, left_out: Sequence[LeftOut], names: int) -> Mapping[str, object]:
    named = {"portfolio": portfolio, "left_out": tuple(left_out), "names": names}
    return {name: seen(value, Visibility.INTERNAL) for name, value in named.items()}


def _charts(portfolio: Portfolio, language: Language) -> Iterator[str]:
    made = [
        _ageing(each, language) for each in portfolio.totals.ageing if any(not sum_.is_zero for _, sum_ in each.bands)
    ]
    made += [
        _weeks(each, language) for each in portfolio.expected if any(not week.plan.best.is_zero for week in each.weeks)
    ]
    for number, (caption, description, bars) in enumerate(made, start=1):
        yield bar_chart(f"chart-{number}", caption, description, bars)


_Chart = tuple[str, str, list[Bar]]


def _ageing(ageing: Ageing, language: Language) -> _Chart:
    whole = max(amount for _, amount in ageing.bands)
    bars = [
        Bar(language.word("ageing", band), language.money(amount), _share(amount, whole))
        for band, amount in ageing.bands
    ]
    told = {"currency": ageing.currency}
    return language.told("portfolio.ageing", told), _described("portfolio.ageing_told", told, bars, language), bars


def _weeks(expected: ExpectedMoney, language: Language) -> _Chart:
    whole = max(week.plan.best for week in expected.weeks)
    bars = []
    for week in expected.weeks:
        best, likely = week.plan.best, week.plan.expected
        shown = language.money(best) if likely is None else f"{language.money(likely)} / {language.money(best)}"
        label = language.told("portfolio.week", {"number": week.number, "day": language.short_day(week.monday)})
        filled = 0 if likely is None else _share(likely, whole)
        bars.append(Bar(label, "" if best.is_zero else shown, filled, _share(best, whole)))
    told = {"currency": expected.currency}
    return language.told("portfolio.weeks", told), _described("portfolio.weeks_told", told, bars, language), bars


def _described(key: str, told: Mapping[str, object], bars: Sequence[Bar], language: Language) -> str:
    """The chart in words, for those who hear it."""
    lines = "; ".join(f"{bar.label}: {bar.value}" for bar in bars if bar.value)
    return f"{language.told(key, told)} {lines}"


def _share(part: Money, whole: Money) -> int:
    """A part in thousandths of the longest bar."""
    return int(part.amount * 1000 // whole.amount) if whole.amount else 0
