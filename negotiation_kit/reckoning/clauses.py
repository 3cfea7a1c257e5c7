"""The clauses of the minutes: which fact calls for each, why it is there, and what the law says about it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from pydantic import ConfigDict

from negotiation_kit.case.case import Case, JurisdictionCode
from negotiation_kit.case.fields import Count, Record, Text, Words, choices, internal
from negotiation_kit.case.outcome import AcknowledgedKind, AgreedInterest, Missed
from negotiation_kit.case.party import ClientKind
from negotiation_kit.law.rates import Confidence
from negotiation_kit.problems import Problem
from negotiation_kit.reckoning.agreement import POINTS
from negotiation_kit.reckoning.conditions import NUMBER, YES_NO, FactValue, Vocabulary, holds, parse
from negotiation_kit.reckoning.lines import InLanguages, condition_problems, language_problems, twice
from negotiation_kit.reckoning.reckon import Reckoning

Minutes = Literal["final", "hand"]
"""The minutes after the meeting, or the form that is filled in by hand at it."""


def _words(choice: object) -> tuple[str, ...]:
    """The values of a choice as a condition writes them: without blanks."""
    return tuple(each.replace(" ", "_").replace("-", "_") for each in choices(choice))


VOCABULARY: Vocabulary = MappingProxyType(
    {
        "minutes": choices(Minutes),
        "jurisdiction": _words(JurisdictionCode),
        "client_kind": _words(ClientKind),
        "acknowledged": choices(AcknowledgedKind),
        "interest": _words(AgreedInterest),
        "interest_reckoned": YES_NO,
        "missed": choices(Missed),
        "binding": YES_NO,
        "security": YES_NO,
        "guarantor": ("none", "company", "sole_trader", "private_person"),
        "principal_cut": YES_NO,
        "paid_by_another": YES_NO,
        "questioned": YES_NO,
        "confirmation": YES_NO,
        "law_and_court": YES_NO,
        "prevailing": YES_NO,
        "languages": NUMBER,
        "cross_border": YES_NO,
        "by_phone": YES_NO,
    }
)
"""Every fact that may call for a clause; all of them may be told to the client."""
REMARK_VOCABULARY: Vocabulary = MappingProxyType({**VOCABULARY, "insolvency": YES_NO, "segment_key": YES_NO})
"""The facts a remark of our own paper may look at besides."""


class ClauseWording(Record):
    """What a clause is called in our own paper, and why it is there."""

    name: Text = internal("What it is called", example="No new contract in place of the old")
    why: Text = internal("Why it is there", example="Else the schedule might be read as a new contract")


class LawNote(InLanguages):
    """What one law says about a clause, with its source and how sure that is."""

    under: tuple[JurisdictionCode, ...] = internal("Laws it is true of", example=["DE"], min_length=1)
    source: Words = internal("Act and section", example="BGB 364 (2)")
    confidence: Confidence = internal("How sure it is", example="high")


class Clause(Record):
    """One clause; its words stand in `clauses/<id>.md` of each language, or in the template named here."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, ClauseWording]

    id: Text = internal("Stable name", example="no-novation", max_length=64)
    point: Count = internal("Point of the minutes it belongs to", example="14")
    when: Text = internal("Stands in the minutes if this holds", example="always", max_length=10_000)
    text: Text | None = internal("Template that holds its words among others", example="parts/booking.md", default=None)
    law: tuple[LawNote, ...] = internal("What laws say about it", example=[], default=())

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages it speaks."""
        return tuple(self.__pydantic_extra__)

    @property
    def template(self) -> str:
        """The template its words stand in."""
        return self.text or f"clauses/{self.id}.md"

    def wording(self, language: str) -> ClauseWording:
        """Its name and reason in a language."""
        return self.__pydantic_extra__[language]


class Remark(InLanguages):
    """Something about form or time that our own people must know before anybody signs."""

    id: Text = internal("Stable name", example="hu-witnesses", max_length=64)
    when: Text = internal("Told if this holds", example="jurisdiction == HU", max_length=10_000)
    source: Words | None = internal("Act and section", example="Pp. 325 (1)", default=None)
    confidence: Confidence | None = internal("How sure it is", example="high", default=None)


class ClauseBank(Record):
    """All clauses there are, in the order in which they stand, and the remarks beside them."""

    clauses: tuple[Clause, ...] = internal("The clauses", example=[], min_length=1)
    remarks: tuple[Remark, ...] = internal("The remarks", example=[])

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages the bank speaks."""
        return self.clauses[0].languages

    def lists(self) -> Mapping[str, str]:
        """For each point a template that prints the clauses chosen for it, by its name."""
        points = sorted({clause.point for clause in self.clauses if clause.text is None})
        return {f"clauses/point-{point}.md": "\n".join(self._choosing(point)) + "\n" for point in points}

    def _choosing(self, point: int) -> Iterator[str]:
        for clause in self.clauses:
            if clause.point == point and clause.text is None:
                yield f'{{% if "{clause.id}" in clauses %}}'
                yield f'{{% include "{clause.template}" %}}'
                yield "{% endif %}"


@dataclass(frozen=True, slots=True)
class LawRow:
    """What the law of the case says, in one language."""

    text: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One clause of these minutes with its reason, in one language."""

    id: str
    point: int
    name: str
    why: str
    laws: tuple[LawRow, ...]


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """One remark, in one language."""

    id: str
    text: str
    source: str | None
    confidence: str | None


@dataclass(frozen=True, slots=True)
class Notes:
    """Why each clause stands in the minutes, for our own people."""

    minutes: Minutes
    clauses: tuple[ClauseRow, ...]
    remarks: tuple[RemarkRow, ...]


def bank_of_clauses_problems(bank: ClauseBank) -> Iterator[Problem]:
    """Everything in the list of clauses that would fail, or be left out unseen, when it is used."""
    yield from twice(bank.clauses)
    yield from twice(bank.remarks)
    for clause in bank.clauses:
        yield from condition_problems(clause.id, clause.when, clause, VOCABULARY)
        yield from language_problems(clause.id, clause, clause.languages, bank.languages)
        if not 1 <= clause.point <= POINTS:
            message = f"{clause.id}: point is {clause.point}, the minutes have points 1 to {POINTS}"
            yield Problem(clause.place_of("point"), message)
        for note in clause.law:
            yield from language_problems(clause.id, note, note.languages, bank.languages)
    for remark in bank.remarks:
        yield from condition_problems(remark.id, remark.when, remark, REMARK_VOCABULARY)
        yield from language_problems(remark.id, remark, remark.languages, bank.languages)
        if (remark.source is None) is not (remark.confidence is None):
            yield Problem(remark.place_of(), f"{remark.id}: source and confidence go together")


def chosen_clauses(bank: ClauseBank, reckoning: Reckoning, minutes: Minutes, *, languages: int) -> tuple[Clause, ...]:
    """The clauses the facts call for, in the order of the minutes."""
    facts = clause_facts(reckoning, minutes, languages=languages)
    return tuple(clause for clause in bank.clauses if holds(parse(clause.when, VOCABULARY), facts).holds)


def notes(bank: ClauseBank, reckoning: Reckoning, minutes: Minutes, language: str, *, languages: int) -> Notes:
    """The clauses of these minutes with their reasons, and what else must be known about form and time."""
    facts = clause_facts(reckoning, minutes, languages=languages)
    case = reckoning.case
    facts |= {"insolvency": case.checks.insolvency in {"signal", "open"}, "segment_key": case.client.segment == "key"}
    return Notes(
        minutes=minutes,
        clauses=tuple(
            ClauseRow(
                clause.id,
                clause.point,
                clause.wording(language).name,
                clause.wording(language).why,
                tuple(
                    LawRow(each.text(language), said_in(each.source, language), each.confidence)
                    for each in clause.law
                    if case.jurisdiction in each.under
                ),
            )
            for clause in chosen_clauses(bank, reckoning, minutes, languages=languages)
        ),
        remarks=tuple(
            RemarkRow(each.id, each.text(language), each.source and said_in(each.source, language), each.confidence)
            for each in bank.remarks
            if holds(parse(each.when, REMARK_VOCABULARY), facts).holds
        ),
    )


def minutes_of(reckoning: Reckoning) -> Minutes:
    """Which minutes a case is about on its day."""
    return "final" if reckoning.agreement else "hand"


def clause_facts(reckoning: Reckoning, minutes: Minutes, *, languages: int) -> dict[str, FactValue]:
    """What a condition of a clause sees; what the meeting has still to decide is unknown."""
    case = reckoning.case
    contract = case.relationship.contract if case.relationship else None
    countries = {code.partition("-")[0] for code in case.calendars}
    debt = reckoning.agreement.debt if reckoning.agreement else reckoning.debt
    known: dict[str, FactValue] = {
        "minutes": minutes,
        "jurisdiction": _word(case.jurisdiction),
        "client_kind": _word(case.client.kind),
        "interest_reckoned": case.interest is not None,
        "questioned": not debt.disputed.is_zero,
        "law_and_court": bool(contract and contract.law_and_court),
        "prevailing": case.prevailing is not None,
        "languages": languages,
        "cross_border": len(countries) > 1,
    }
    return known | (_agreed_facts(case) if minutes == "final" else {})


def _agreed_facts(case: Case) -> dict[str, FactValue]:
    outcome = case.outcome
    if outcome is None:
        return {}
    channel = outcome.channel or (case.meeting.channel if case.meeting else None)
    return {
        "acknowledged": outcome.acknowledged.kind if outcome.acknowledged else None,
        "interest": _word(outcome.interest),
        "missed": outcome.missed or "accelerate",
        "binding": outcome.binding,
        "security": outcome.has_security,
        "guarantor": _word(outcome.guarantor.kind) if outcome.guarantor else "none",
        "principal_cut": outcome.principal_cut is not None,
        "paid_by_another": outcome.paid_by is not None,
        "confirmation": outcome.confirmation is not None,
        "by_phone": channel in {"call", "video"},
    }


def said_in(text: str, language: str) -> str:
    """Words of a data file in a language."""
    texts: Mapping[str, str] = getattr(text, "texts", {})
    return texts.get(language, text)


def _word(value: str) -> str:
    return value.replace(" ", "_").replace("-", "_")
