"""What one audience may see of a case: the records themselves behind a glass that hides the rest.

A client paper gets `client_view`: an allow-list of names, and behind each name only what the case model marks as
shared. What is hidden is not blank but missing, so a template that asks for it fails with the field's name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol, Self

from negotiation_kit.case.fields import Record, Spoken, Visibility, visibility_of
from negotiation_kit.case.outcome import ALL_OF_IT, Missed, Prepayment
from negotiation_kit.days import Caveat, Known
from negotiation_kit.documents.catalogue import Audience
from negotiation_kit.money import Money
from negotiation_kit.reckoning.alerts import alerts_of
from negotiation_kit.reckoning.claim_letter import claim_letter
from negotiation_kit.reckoning.fingerprint import fingerprint_of_agreement, fingerprint_of_balance
from negotiation_kit.reckoning.hand_over import hand_over
from negotiation_kit.reckoning.letters import letters_of, note_held
from negotiation_kit.reckoning.monitoring import watched
from negotiation_kit.reckoning.next_round import next_round
from negotiation_kit.reckoning.reckon import Reckoning
from negotiation_kit.reckoning.results import result_of
from negotiation_kit.reckoning.signing import beside_signatures

_PLAIN = (str, int, Decimal, date, Money, bool, type(None))
_AS_THEY_ARE = {*_PLAIN, Spoken}
"""The commonest kinds, told apart without asking what they are derived from."""
MAY_SEE: Mapping[Audience, Visibility] = {
    "client": Visibility.SHARED,
    "internal": Visibility.INTERNAL,
    "restricted": Visibility.RESTRICTED,
    "legal": Visibility.INTERNAL,
}


@dataclass(frozen=True, slots=True)
class _Glass:
    """What one audience sees of one kind of record."""

    visible: Mapping[str, None]
    """Fields and properties in the order they were declared."""
    hidden: frozenset[str]

    @classmethod
    def before(cls, kind: type[Any], visibility: Visibility) -> Self:
        """The glass for a kind of record; a computed record hides what it marks, the names it stands under the rest."""
        visibilities: dict[str, Visibility | None]
        if issubclass(kind, Record):
            visibilities = {name: visibility_of(kind, name) for name in kind.model_fields}
        else:
            visibilities = {each.name: each.metadata.get("visibility", Visibility.SHARED) for each in fields(kind)}
        named = list(visibilities)
        hidden = frozenset(name for name, needed in visibilities.items() if needed is None or needed > visibility)
        worked_out = ((name, isinstance(value, property | cached_property)) for name, value in vars(kind).items())
        derived = [name for name, is_worked_out in worked_out if is_worked_out and name[0] != "_"]
        return cls(dict.fromkeys(name for name in (*named, *derived) if name not in hidden), hidden)


_GLASSES: dict[tuple[type, Visibility], _Glass] = {}


def _glass(kind: type[Any], visibility: Visibility) -> _Glass:
    if (kind, visibility) not in _GLASSES:
        _GLASSES[kind, visibility] = _Glass.before(kind, visibility)
    return _GLASSES[kind, visibility]


class View:
    """A record as one audience sees it."""

    __slots__ = ("_glass", "_record", "_visibility")

    def __init__(self, record: object, visibility: Visibility) -> None:
        """Put the record behind the glass."""
        self._glass = _glass(type(record), visibility)
        self._record = record
        self._visibility = visibility

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as many kinds as records have fields
        """The field, itself behind the glass; AttributeError when it is hidden or not there."""
        if name not in self._glass.visible:
            raise AttributeError(name)
        return seen(getattr(self._record, name), self._visibility)

    def shows(self, name: str) -> bool:
        """Whether this audience may see it."""
        return name in self._glass.visible

    def __dir__(self) -> list[str]:
        """The names a template may use; the source of "did you mean"."""
        return list(self._glass.visible)

    @property
    def hidden_fields(self) -> frozenset[str]:
        """Fields that exist but are not for this audience."""
        return self._glass.hidden

    @property
    def record_name(self) -> str:
        """What a message calls the record."""
        return type(self._record).__name__


def kind_of(view: View) -> type:
    """Which record stands behind the glass."""
    return type(view._record)  # noqa: SLF001 - a function, so that no template can ask for it


def behind(view: View) -> tuple[object, Visibility]:
    """The record, and what its readers may see of it."""
    return view._record, view._visibility  # noqa: SLF001 - a function, so that no template can ask for it


def names_behind(kind: type[Any], visibility: Visibility) -> Iterable[str]:
    """Which of a record's names an audience may use."""
    return _glass(kind, visibility).visible


def seen(value: object, visibility: Visibility) -> object:
    """A value as an audience sees it: plain values as they are, records behind the glass, collections item by item."""
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if (kind, visibility) in _GLASSES:
        return View(value, visibility)
    if isinstance(value, (*_PLAIN, View)):
        return value
    if isinstance(value, Record) or (is_dataclass(value) and not isinstance(value, type)):
        return View(value, visibility)
    if isinstance(value, tuple | list):
        return tuple(seen(each, visibility) for each in value)
    if isinstance(value, Mapping):
        return {key: seen(each, visibility) for key, each in value.items()}
    raise TypeError(f"a template cannot see a {type(value).__name__}")


@dataclass(frozen=True, slots=True)
class Terms:
    """What stands as clauses in a client's paper: days of the policy, and what early and missed money does."""

    cure_bd: int
    notice_bd: int
    shift_bd: int
    prepayment: Prepayment
    missed: Missed
    waived_percent: Decimal | None
    """Share of the interest that falls away if the schedule is kept, where it is not all of it."""
    answer_by: date | None
    """Day by which the client answers a mail about what was said; nothing before a meeting."""


@dataclass(frozen=True, slots=True)
class Calendars:
    """Which calendars the printed days follow, and how far they are known."""

    codes: tuple[str, ...]
    known: tuple[Known, ...]
    rest_days: tuple[date, ...]
    """Days the case adds; those of the company alone are not told."""
    caveats: tuple[Caveat, ...]


class Printed(Protocol):
    """A paper or an explanation, as far as it decides what its template may see."""

    @property
    def code(self) -> str:
        """Its code."""
        ...

    @property
    def audience(self) -> Audience:
        """For whom it is."""
        ...

    @property
    def signed(self) -> bool:
        """It speaks for the day it is signed on."""
        ...

    @property
    def to_fill(self) -> bool:
        """It is filled in by hand at a meeting still to come."""
        ...


def values_for(
    paper: Printed, reckoning: Reckoning, extra: Mapping[str, object], clauses: tuple[str, ...]
) -> dict[str, object]:
    """Every name a template of this paper may use, seen through the eyes of its audience.

    What only our own people may see is not in a client's values at all.
    """
    visibility = MAY_SEE[paper.audience]
    named = _for_all(paper, reckoning) | {"clauses": clauses}
    if paper.audience == "legal":
        named |= {**_for_legal(reckoning), "preparation": extra.get("preparation"), "quoted": extra.get("quoted")}
    elif visibility > Visibility.SHARED:
        named |= {**_for_us(reckoning), **extra}
    if visibility >= Visibility.RESTRICTED:
        named |= {
            "offers": reckoning.offers,
            "authority": reckoning.case.authority,
            "tolerance": reckoning.tolerance,
            "round": next_round(reckoning),
        }
    return {name: seen(value, visibility) for name, value in named.items()}


def _for_all(paper: Printed, reckoning: Reckoning) -> dict[str, object]:
    case = reckoning.case
    policy, outcome = case.policy, case.outcome
    tabled = case.plan if reckoning.proposal and reckoning.proposal.offer == "plan" else None
    terms = Terms(
        cure_bd=outcome.cure_bd if outcome and outcome.cure_bd is not None else policy.cure_bd,
        notice_bd=policy.notice_bd,
        shift_bd=policy.one_shift_bd,
        prepayment=(outcome and outcome.prepayment) or (tabled.prepayment if tabled else "next part"),
        missed=(outcome and outcome.missed) or (tabled.missed if tabled else "accelerate"),
        waived_percent=outcome.waived_percent if outcome and outcome.waived_percent != ALL_OF_IT else None,
        answer_by=_answer_by(reckoning),
    )
    agreement = reckoning.agreement
    on_agreed_day = agreement if agreement and paper.signed and not paper.to_fill else None
    return {
        "paper_code": paper.code,
        "case_number": case.case,
        "as_of": reckoning.as_of,
        "fingerprint": _fingerprint(paper, reckoning),
        "currency": case.currency,
        "jurisdiction": case.jurisdiction,
        "supplier": case.supplier,
        "client": case.client,
        "participants": reckoning.participants,
        "contract": case.relationship.contract if case.relationship else None,
        "next_success": case.relationship.next_success if case.relationship else None,
        "meeting": case.meeting,
        "debt": on_agreed_day.debt if on_agreed_day else reckoning.debt,
        "interest": (on_agreed_day.debt if on_agreed_day else reckoning.debt).interest,
        "other_debts": on_agreed_day.others if on_agreed_day else reckoning.other_debts,
        "proposal": reckoning.proposal,
        "outcome": outcome,
        "prevailing": case.prevailing,
        "signing": beside_signatures(case, reckoning.participants, reckoning.law.jurisdiction.signing),
        "agreement": agreement,
        "letters": letters_of(reckoning),
        "terms": terms,
        "calendars": Calendars(
            reckoning.calendars.codes, reckoning.calendars.knowledge, case.rest_days, reckoning.caveats
        ),
    }


def _for_legal(reckoning: Reckoning) -> dict[str, object]:
    """Facts with their source; what we think, weigh and may give stays with us."""
    return {
        "performance": reckoning.performance,
        "hand_over": hand_over(reckoning),
        "claim": claim_letter(reckoning),
    }


def _answer_by(reckoning: Reckoning) -> date | None:
    outcome, policy = reckoning.case.outcome, reckoning.case.policy
    if outcome is None:
        return None
    return outcome.answer_by or reckoning.calendars.add_business_days(outcome.day, policy.unsigned_bd)


def _fingerprint(paper: Printed, reckoning: Reckoning) -> str:
    """The mark in the footer of a paper to sign; of another paper nothing."""
    if not paper.signed:
        return ""
    return fingerprint_of_balance(reckoning) if paper.to_fill else fingerprint_of_agreement(reckoning)


def _for_us(reckoning: Reckoning) -> dict[str, object]:
    case = reckoning.case
    return {
        "case": case,
        "relationship": case.relationship,
        "promises": reckoning.promises,
        "clock": reckoning.clock,
        "alerts": alerts_of(reckoning),
        "performance": reckoning.performance,
        "note_held": note_held(reckoning),
        "result": result_of(reckoning),
        "watched": watched(reckoning),
        "no_contact": reckoning.no_contact,
        "facts": reckoning.facts,
        "assessment": reckoning.assessment,
        "policy": case.policy,
        "cap_warnings": reckoning.cap_warnings,
    }
