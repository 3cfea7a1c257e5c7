"""What is known about a case, fact by fact, each with how it was found; what is not known stays unknown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Self

from negotiation_kit.case.fields import choices
from negotiation_kit.case.meeting import Channel
from negotiation_kit.case.party import Segment
from negotiation_kit.case.relationship import Prospects
from negotiation_kit.case.standing import Capacity, Cause, Will
from negotiation_kit.money import Money
from negotiation_kit.reckoning.conditions import NUMBER, YES_NO, FactValue, Vocabulary
from negotiation_kit.reckoning.reason import Reason

Shown = str | int | Decimal | date | Money | bool | None

CASE_VOCABULARY: Vocabulary = MappingProxyType(
    {
        "segment": choices(Segment),
        "relationship": ("new", "developing", "established"),
        "conduct": ("unproven", "good", "mixed", "poor"),
        "prospects": choices(Prospects),
        "debt_weight": ("light", "material", "heavy"),
        "days_overdue": NUMBER,
        "overdue_invoices": NUMBER,
        "disputed_share": NUMBER,
        "dispute_before_due": YES_NO,
        "cause": choices(Cause),
        "capacity": choices(Capacity),
        "will": choices(Will),
        "broken_promises": NUMBER,
        "plan_missed": NUMBER,
        "lapses_12m": NUMBER,
        "round": NUMBER,
        "contact": ("open", "partial", "none"),
        "contact_attempts_failed": NUMBER,
        "contact_channels": NUMBER,
        "contact_span_bd": NUMBER,
        "refused_meetings": NUMBER,
        "decision_maker": YES_NO,
        "signatory_confirmed": YES_NO,
        "contact_changed": YES_NO,
        "balance_confirmed": YES_NO,
        "docs_complete": YES_NO,
        "supply_wanted": YES_NO,
        "goods_in_stock": YES_NO,
        "setoff_possible": YES_NO,
        "security_held": YES_NO,
        "insolvency_open": YES_NO,
        "insolvency_signal": YES_NO,
        "debtor_is_consumer": YES_NO,
        "cross_border": YES_NO,
        "limitation_days": NUMBER,
        "superior_notified": YES_NO,
        "superior_confirmed": YES_NO,
        "plan_active": YES_NO,
        "stage": ("prevent", "negotiate", "claim", "court", "done"),
        "days_left": NUMBER,
        "channel": choices(Channel),
    }
)
"""Every fact of a case that a condition may name."""
VOCABULARY: Vocabulary = MappingProxyType(
    {
        **CASE_VOCABULARY,
        "track": ("CLARIFY", "RESOLVE", "STAGED", "SECURED", "EXECUTIVE", "LEGAL", "STOP"),
        "level": NUMBER,
    }
)
"""The facts of a case and what the assessment adds to them."""

_SHARES = frozenset({"disputed_share"})
"""Facts between 0 and 1 that people read in percent."""


def in_figures(fact: str, number: int | Decimal) -> int | Decimal:
    """A number as people read it: shares in percent, whole numbers without decimals, others to a tenth."""
    figure = Decimal(number) * 100 if fact in _SHARES else Decimal(number)
    figure = figure.quantize(Decimal("0.1"))
    return int(figure) if figure == figure.to_integral_value() else figure


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact with how it was found."""

    name: str
    value: FactValue
    """A word, a number, yes or no; nothing when it is not known."""
    rule: str
    """Key of the sentence that says how it was found; its placeholders are the inputs."""
    inputs: tuple[tuple[str, Shown], ...] = ()
    details: tuple[Reason, ...] = ()
    """Further sentences: the ratios behind it, or what other facts suggest beside a choice."""

    @property
    def kind(self) -> str:
        """How the value is printed: word, share (in percent), number, answer (yes or no), or unknown."""
        if not self.is_known:
            return "unknown"
        if isinstance(self.value, bool):
            return "answer"
        return "word" if isinstance(self.value, str) else "share" if self.name in _SHARES else "number"

    @property
    def figure(self) -> int | Decimal:
        """The value of a number as people read it."""
        assert isinstance(self.value, int | Decimal)
        return in_figures(self.name, self.value)

    @property
    def is_known(self) -> bool:
        """Whether there is an answer; the word unknown is none."""
        return self.value is not None and self.value != "unknown"


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of a case on a day."""

    facts: tuple[Fact, ...]
    values: Mapping[str, FactValue] = field(init=False)
    """What conditions see."""

    def __post_init__(self) -> None:
        """Index the values by name."""
        object.__setattr__(self, "values", {fact.name: fact.value for fact in self.facts})

    @classmethod
    def of(cls, **values: FactValue) -> Self:
        """Facts as they are named here; those left out are unknown."""
        if strangers := sorted(values.keys() - VOCABULARY.keys()):
            raise ValueError(f"there is no fact {', '.join(strangers)}")
        return cls(tuple(given(name, values.get(name)) for name in {**CASE_VOCABULARY, **values}))

    def named(self, names: Iterable[str]) -> tuple["Fact", ...]:
        """The facts of these names, in the order of the facts."""
        wanted = set(names)
        return tuple(fact for fact in self.facts if fact.name in wanted)

    def value(self, name: str) -> FactValue:
        """The value of a fact; nothing when it is not known."""
        return self.values.get(name)

    def number(self, name: str) -> int | Decimal:
        """The value of a fact that is a number; an unknown one is 0."""
        value = self.values.get(name)
        return value if isinstance(value, int | Decimal) else 0

    def changed(self, **values: FactValue) -> Self:
        """The same facts with some of them other than they are."""
        return type(self)(
            tuple(given(each.name, values[each.name]) if each.name in values else each for each in self.facts)
        )

    def added(self, *facts: Fact) -> Self:
        """The same facts and more."""
        return type(self)((*self.facts, *facts))


@dataclass(frozen=True, slots=True)
class Unknown:
    """A fact nobody has found yet, and who can tell."""

    fact: str
    ask: str
    """client, finance, superior, legal, register, or manager: what our own notes leave out."""
    question: str | None
    """The question of the bank that would bring it to light."""


_ASK: Mapping[str, tuple[str, str | None]] = MappingProxyType(
    {
        "segment": ("superior", None),
        "relationship": ("finance", None),
        "conduct": ("finance", None),
        "prospects": ("client", "Q-COO-01"),
        "debt_weight": ("finance", None),
        "dispute_before_due": ("client", "Q-CAU-15"),
        "cause": ("client", "Q-CAU-01"),
        "capacity": ("client", "Q-CAU-05"),
        "will": ("client", "Q-IDE-09"),
        "contact": ("manager", None),
        "decision_maker": ("client", "Q-SUB-05"),
        "signatory_confirmed": ("client", "Q-SUB-06"),
        "balance_confirmed": ("client", "Q-SUB-08"),
        "docs_complete": ("manager", None),
        "supply_wanted": ("client", "Q-COO-02"),
        "goods_in_stock": ("client", "Q-CAU-22"),
        "setoff_possible": ("client", "Q-SCH-11"),
        "security_held": ("legal", None),
        "insolvency_open": ("register", None),
        "insolvency_signal": ("register", "Q-CAU-27"),
        "cross_border": ("manager", None),
        "limitation_days": ("legal", None),
    }
)
"""Who can tell; a fact that is missing here cannot be asked for (the meeting's form, days left)."""


def unknown_facts(facts: Facts) -> tuple[Unknown, ...]:
    """What is not known and can be asked, in the order of the facts; what nobody has confirmed yet counts."""
    open_ones = (fact.name for fact in facts.facts if not fact.is_known or fact.rule == "how.not_confirmed")
    return tuple(Unknown(name, *_ASK[name]) for name in open_ones if name in _ASK)


def given(name: str, value: FactValue) -> Fact:
    """A fact as the case file says it."""
    return Fact(name, value, "how.not_given" if value is None else "how.given")
