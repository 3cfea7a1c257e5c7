"""Nothing leaves that does not add up: the finished file is read again and held against the record."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from negotiation_kit.documents.catalogue import Paper
from negotiation_kit.documents.languages import Language
from negotiation_kit.documents.leak import Flat, flat
from negotiation_kit.money import Money
from negotiation_kit.problems import Problem
from negotiation_kit.reckoning.reckon import Reckoning
from negotiation_kit.reckoning.schedule import Schedule

_WORDS = re.compile(r" ?\(([^\W\d][^()\d%:;]*)\)")


@dataclass(frozen=True, slots=True)
class Expected:
    """Something that must stand in a paper."""

    what: str
    text: str


def expected_in(paper: Paper, reckoning: Reckoning, language: Language) -> tuple[Expected, ...]:
    """The names, days and sums a paper of this kind cannot be without."""
    names = names_in(paper, reckoning)
    schedule = paper.schedule(reckoning)
    in_words = [Expected("the sum in words", language.in_words(each)) for each in sums_in_words(paper, reckoning)]
    if schedule is None:
        return (*names, *in_words)
    dated = [
        Expected(f"{what} of part {each.number}", text)
        for each in schedule.instalments
        for what, text in (("the sum", language.amount(each.amount)), ("the day", language.day(each.due)))
    ]
    return (*names, *dated, Expected("the total", language.amount(schedule.base)), *in_words)


def expected_beside(paper: Paper, reckoning: Reckoning, language: Language) -> tuple[Expected, ...]:
    """The same of the second language of a paper side by side, where figures stand once, in the first."""
    schedule = paper.schedule(reckoning)
    figures = [] if schedule is None else [each.amount for each in schedule.instalments] + [schedule.base]
    once = {language.amount(each) for each in figures}
    return tuple(each for each in expected_in(paper, reckoning, language) if each.text not in once)


def sums_in_words(paper: Paper, reckoning: Reckoning) -> tuple[Money, ...]:
    """The sums that stand in a paper for signature in figures and in words."""
    agreement = reckoning.agreement
    if not paper.signed:
        return ()
    if agreement is None or paper.to_fill:
        return tuple(each for each in (reckoning.debt.undisputed,) if not each.is_zero)
    minutes = () if paper.code == "C06" else (agreement.acknowledged, agreement.given_up)
    return tuple(dict.fromkeys(each for each in (agreement.schedule.base, *minutes) if not each.is_zero))


def words_problems(said: Mapping[str, Flat], name: str, sums: Iterable[Money], language: Language) -> Iterator[Problem]:
    """A sum with other words in the brackets behind it: words count before figures, so they are worked out again."""
    for each in sums:
        figures, words = " ".join(language.money(each).split()), " ".join(language.in_words(each).split())
        behind = [other for text in said.values() for other in _in_brackets_behind(figures, text)]
        for other in sorted({*behind} - {words}):
            yield Problem(
                None,
                f"{name} says {figures} ({other}), in words it is {words}",
                "let the template print the value in words; no file was written",
            )


def _in_brackets_behind(figures: str, text: str) -> Iterator[str]:
    """The words in brackets behind a sum, wherever it stands and no other figure touches it."""
    at = text.find(figures)
    while at >= 0:
        before = text[max(at - 1, 0) : at]
        found = _WORDS.match(text, at + len(figures))
        if found and not (before.isdecimal() or before in {".", ","}):
            yield found[1]
        at = text.find(figures, at + 1)


def names_in(paper: Paper, reckoning: Reckoning) -> tuple[Expected, ...]:
    """The names no paper of this kind can be without."""
    case = reckoning.case
    names = [Expected("the client's name", case.client.name)]
    if paper.audience == "client":
        names.append(Expected("the supplier's name", case.supplier.name))
    return tuple(names)


def figures_in_sheet(names: tuple[Expected, ...], schedule: Schedule) -> tuple[Expected, ...]:
    """The same of a spreadsheet, where a sum is a number: its digits without zeros at the end."""
    sums = (Expected(f"the sum of part {each.number}", _digits(each.amount)) for each in schedule.instalments)
    return (*names, *sums, Expected("the total", _digits(schedule.total)))


def _digits(money: Money) -> str:
    text = f"{money.amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def proof_problems(said: Mapping[str, Flat], name: str, expected: tuple[Expected, ...]) -> Iterator[Problem]:
    """One problem for each expected value that no part of the finished file says."""
    for each in expected:
        wanted = flat(each.text).strip()
        if not any(wanted in text for text in said.values()):
            yield Problem(
                None,
                f"{name} does not say {each.what} ({each.text})",
                "the template lost it; print the value, then run again; no file was written",
            )
