"""How to go about the debt: the decision table, what it found, and what would change it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from string import Formatter
from types import MappingProxyType

from negotiation_kit.case.authority import Override
from negotiation_kit.case.fields import shown_to
from negotiation_kit.case.policy import Policy
from negotiation_kit.reckoning.conditions import Comparison, Condition, FactValue, holds, parse, true_parts
from negotiation_kit.reckoning.facts import Fact, Facts, in_figures
from negotiation_kit.reckoning.reason import Reason

LOWEST_LEVEL, HIGHEST_LEVEL = 0, 3
NEAR_DAYS = 14
"""A limit of days this close is a near miss."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the decision table."""

    id: str
    track: str
    when: str
    """A condition; a name in braces is a figure of the policy."""

    def under(self, policy: Policy) -> "_Row":
        """The rule with the policy's figures in its condition."""
        figures = {name: getattr(policy, name) for name in _figures_in(self.when)}
        shares = {name: f"{value.scaleb(-2):f}" for name, value in figures.items() if name.endswith("_percent")}
        return self, parse(self.when.format(**figures | shares))


@lru_cache(maxsize=100)
def _figures_in(condition: str) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in Formatter().parse(condition) if name)


_Row = tuple[Rule, Condition]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the table says: the first rule that holds, and every true part of its condition."""

    track: str
    rule: str
    reasons: tuple[Reason, ...]
    rests_on: tuple[str, ...]
    """The facts the reasons speak of, by name."""

    @property
    def sentence(self) -> Reason:
        """The rule itself as a sentence."""
        return Reason(f"rule.{self.rule}", {})


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to watch beside the track."""

    name: str
    """SPLIT, ACK, LIMIT, INSOLV, FACE, HOLD, REPEAT, NOSIGN, or BY_LAW where an override could not be followed."""
    says: Reason
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class LevelStep:
    """One line of the working of the concession level."""

    says: Reason
    points: int


@dataclass(frozen=True, slots=True)
class NearMiss:
    """One change of the case that would set another track."""

    fact: str
    says: Reason
    track: str
    rule: str


@dataclass(frozen=True)
class Assessment:
    """How to go about the debt, with the reasons."""

    track: str
    """The track to follow: the computed one, or the one a superior put in its place."""
    computed: Finding
    """What the table says, whether it was overruled or not."""
    override: Override | None
    """Who put another track in its place, and why; nothing where the computed one stands."""
    advice: Finding | None
    """For a key client: what the table says to management, who decide."""
    flags: tuple[Flag, ...]
    level: int
    """Concession level, from 0 (nothing to give) to 3."""
    level_steps: tuple[LevelStep, ...]
    facts: Facts = field(metadata=shown_to(None))
    policy: Policy = field(metadata=shown_to(None))

    @cached_property
    def near_misses(self) -> tuple[NearMiss, ...]:
        """What would set another track; found when somebody asks."""
        return tuple(_near_misses(self.facts, self.policy, self.advice or self.computed))

    @property
    def rule(self) -> str:
        """The rule of the table that held."""
        return self.computed.rule

    @property
    def sentence(self) -> Reason:
        """That rule as a sentence."""
        return self.computed.sentence

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every true part of its condition."""
        return self.computed.reasons

    @property
    def flag_names(self) -> tuple[str, ...]:
        """The flags by name."""
        return tuple(flag.name for flag in self.flags)


TABLE = (
    Rule("G1", "STOP", "debtor_is_consumer == yes"),
    Rule("G2", "LEGAL", "insolvency_open == yes"),
    Rule("P1", "CLARIFY", "days_overdue == 0"),
    Rule("K1", "EXECUTIVE", "segment == key"),
    Rule("G3", "LEGAL", "(will == bad_faith or cause == integrity) and superior_confirmed == yes"),
    Rule(
        "D1", "RESOLVE", "cause == our_error or dispute_before_due == yes and disputed_share >= {dispute_share_percent}"
    ),
    Rule(
        "E1",
        "LEGAL",
        "contact == none and contact_attempts_failed >= {attempts_legal} and not contact_channels < {channels_legal}"
        " and not contact_span_bd < {attempts_span_bd} or refused_meetings >= {refused_legal}",
    ),
    Rule("E2", "LEGAL", "broken_promises >= {promise_legal} or plan_missed >= {plan_missed_legal}"),
    Rule("E3", "SECURED", "will == bad_faith or cause == integrity"),
    Rule("E4", "SECURED", "broken_promises >= {promise_secured} or plan_missed >= {plan_missed_secured}"),
    Rule("E5", "SECURED", "capacity == distressed"),
    Rule("E6", "SECURED", "debt_weight == heavy and conduct in [poor, unproven]"),
    Rule("E7", "SECURED", "will == evasive and round >= {evasive_round}"),
    Rule("E8", "SECURED", "cause == strategic and lapses_12m >= {strategic_lapses}"),
    Rule(
        "C1",
        "CLARIFY",
        "days_overdue <= {clarify_max_days} and broken_promises == 0 and not conduct in [mixed, poor]"
        " and not debt_weight == heavy and not capacity in [strained, distressed]"
        " and cause in [unknown, oversight, admin, person_change, external]",
    ),
    Rule("C2", "STAGED", "always"),
)
"""Top down; the first rule that holds sets the track.

P1 stands before the method's table: nothing is overdue, so there is nothing to press for. C1 says `not` of what speaks
against a call, so that an unknown conduct, weight or capacity does not turn a first friendly call into a plan.
"""
EXECUTIVE = "K1"
BY_LAW = frozenset({"G1", "G2"})
"""Rules no superior can overrule."""
FLAGS = (
    Rule("SPLIT", "", "disputed_share > 0 and track != RESOLVE"),
    Rule("ACK", "", "balance_confirmed != yes"),
    Rule("LIMIT", "", "limitation_days <= {limitation_alert_days}"),
    Rule("INSOLV", "", "insolvency_signal == yes"),
    Rule("FACE", "", "will == hostile"),
    Rule("HOLD", "", "track == LEGAL or supply_wanted == yes and track in [STAGED, SECURED]"),
    Rule("REPEAT", "", "lapses_12m >= {repeat_lapses}"),
    Rule("NOSIGN", "", "signatory_confirmed != yes"),
)
"""What is to be watched beside the track, any number of them."""
BASE_LEVEL: Mapping[str, tuple[int, int, int]] = MappingProxyType(
    {"good": (3, 2, 1), "unproven": (2, 1, 1), "mixed": (2, 1, 0), "poor": (1, 0, 0)}
)
"""By conduct, then by high, medium and low prospects."""
PROSPECTS = ("high", "medium", "low")
LEVEL_FACTS = ("conduct", "prospects", "relationship", "debt_weight", "broken_promises", "plan_missed")
"""What the concession level is made of."""

_OPERATORS = {"==": "is", "!=": "is_not", "<": "under", "<=": "at_most", ">": "over", ">=": "at_least"}
_ONE_MORE = ("broken_promises", "plan_missed", "refused_meetings", "contact_attempts_failed", "lapses_12m", "round")
_WORSE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "conduct": ("mixed", "poor"),
        "debt_weight": ("heavy",),
        "capacity": ("strained", "distressed"),
        "will": ("evasive", "bad_faith"),
        "cause": ("our_error",),
    }
)
"""Turns for the worse that may come to light, the milder first."""


def assess(facts: Facts, policy: Policy, override: Override | None = None) -> Assessment:
    """The track with its reasons, the concession level with its working, the flags and the near misses.

    A superior's override decides track and level and leaves the computed ones in sight; what the law decides (a
    consumer, open insolvency proceedings) cannot be overruled, and is flagged instead.
    """
    found = _decide(facts, [rule.under(policy) for rule in TABLE])
    advice = _decide(facts, _below_executive(policy)) if found.rule == EXECUTIVE else None
    overruled = override if found.rule not in BY_LAW else None
    track = overruled.track if overruled else found.track
    steps = tuple(_level_steps(facts, overruled))
    flags = tuple(_flags(facts.added(Fact("track", track, "how.assessed")), policy))
    if override and not overruled:
        flags = (Flag("BY_LAW", Reason("flag.BY_LAW", {}), ()), *flags)
    return Assessment(
        track=track,
        computed=found,
        override=overruled,
        advice=advice,
        flags=flags,
        level=sum(step.points for step in steps),
        level_steps=steps,
        facts=facts,
        policy=policy,
    )


def _below_executive(policy: Policy) -> list[_Row]:
    """The table of all clients, whoever they are to us."""
    return [rule.under(policy) for rule in TABLE[[rule.id for rule in TABLE].index(EXECUTIVE) + 1 :]]


def with_assessment(facts: Facts, assessment: Assessment) -> Facts:
    """The facts with track and level among them, as questions and texts may ask for them."""
    return facts.added(Fact("track", assessment.track, "how.assessed"), Fact("level", assessment.level, "how.assessed"))


def _decide(facts: Facts, rows: Sequence[_Row]) -> Finding:
    """The first rule that holds; the last one holds always, for the reasons that spoke against the one above it."""
    *limited, (otherwise, _) = rows
    for rule, condition in limited:
        if holds(condition, facts.values).holds:
            return _found(rule, condition, facts, wanted=True)
    _, above = limited[-1]
    return _found(otherwise, above, facts, wanted=False)


def _found(rule: Rule, condition: Condition, facts: Facts, *, wanted: bool) -> Finding:
    parts = true_parts(condition, facts.values, wanted=wanted)
    reasons = tuple(_reasons(condition, facts, wanted=wanted))
    return Finding(rule.track, rule.id, reasons, tuple(dict.fromkeys(part.fact for part in parts)))


def _reasons(condition: Condition, facts: Facts, *, wanted: bool = True) -> Iterator[Reason]:
    """Every part that makes a condition hold (or fail), as a true sentence about the case."""
    for part in true_parts(condition, facts.values, wanted=wanted):
        if part.fact != "track":
            yield _reason(part, facts.value(part.fact))


def _reason(part: Comparison, value: FactValue) -> Reason:
    """For a word the sentence of that word; for a number the sentence of the comparison with both figures."""
    match value:
        case None:
            return Reason(f"reason.{part.fact}.unknown", {})
        case bool():
            return Reason(f"reason.{part.fact}.{'yes' if value else 'no'}", {})
        case str():
            return Reason(f"reason.{part.fact}.{value}", {})
        case _:
            figures = {"value": value, "limit": part.values[0]}
            values = {name: in_figures(part.fact, Decimal(figure)) for name, figure in figures.items()}
            return Reason(f"reason.{part.fact}.{_OPERATORS[part.operator]}", values)


def _flags(facts: Facts, policy: Policy) -> Iterator[Flag]:
    for rule, condition in (each.under(policy) for each in FLAGS):
        if holds(condition, facts.values).holds:
            yield Flag(rule.id, _flag_sentence(rule.id, facts, policy), tuple(_reasons(condition, facts)))


def _flag_sentence(name: str, facts: Facts, policy: Policy) -> Reason:
    """The flag as a sentence; the supply rule depends on the track."""
    if name != "HOLD":
        return Reason(f"flag.{name}", {})
    percents = {"STAGED": policy.topup_staged_percent, "SECURED": policy.topup_secured_percent}
    percent = percents.get(str(facts.value("track")))
    return Reason("flag.HOLD.stop", {}) if percent is None else Reason("flag.HOLD.prepaid", {"percent": percent})


def _level_steps(facts: Facts, override: Override | None) -> Iterator[LevelStep]:
    """The working of the level, with a superior's own level as the last line."""
    steps = tuple(_computed_level_steps(facts))
    yield from steps
    if override and override.level is not None:
        yield LevelStep(Reason("level.overruled", {}), override.level - sum(step.points for step in steps))


def _computed_level_steps(facts: Facts) -> Iterator[LevelStep]:
    """The base from conduct and prospects, what raises and lowers it, and what keeps it between 0 and 3.

    Unknown conduct counts as unproven and unknown prospects as medium: the middle rows, said in the working.
    """
    steps = tuple(_raw_level_steps(facts))
    yield from steps
    raw = sum(step.points for step in steps)
    kept = min(max(raw, LOWEST_LEVEL), HIGHEST_LEVEL)
    if kept != raw:
        yield LevelStep(Reason("level.kept_within", {"lowest": LOWEST_LEVEL, "highest": HIGHEST_LEVEL}), kept - raw)


def _raw_level_steps(facts: Facts) -> Iterator[LevelStep]:
    conduct, prospects = facts.value("conduct") or "unproven", facts.value("prospects") or "medium"
    guessed = facts.value("conduct") is None or facts.value("prospects") is None
    base = BASE_LEVEL[str(conduct)][PROSPECTS.index(str(prospects))]
    yield LevelStep(Reason("level.base_assumed" if guessed else "level.base", {}), base)
    if facts.value("relationship") == "established":
        yield LevelStep(Reason("level.established", {}), 1)
    if facts.value("debt_weight") == "heavy":
        yield LevelStep(Reason("level.heavy", {}), -1)
    for name in ("broken_promises", "plan_missed"):
        count = int(facts.number(name))
        if count:
            yield LevelStep(Reason(f"level.{name}", {"count": count}), -count)


def _near_misses(facts: Facts, policy: Policy, found: Finding) -> Iterator[NearMiss]:
    """Each single change that the table would answer with another track, found by asking the table."""
    if found.track in {"STOP", "LEGAL"} or found.rule == "P1":
        return
    rows = _below_executive(policy)
    seen: set[tuple[str, str]] = set()
    for name, value, says in _changes(facts, policy):
        other = _decide(facts.changed(**{name: value}), rows)
        if other.track != found.track and (name, other.track) not in seen:
            seen.add((name, other.track))
            yield NearMiss(name, says, other.track, other.rule)


def _changes(facts: Facts, policy: Policy) -> Iterator[tuple[str, FactValue, Reason]]:
    """The single changes that are worth a thought: fact, new value, and the change as a sentence."""
    for name in _ONE_MORE:
        count = facts.value(name)
        if isinstance(count, int):
            yield name, count + 1, Reason(f"near.{name}", {"count": count + 1})
    over = policy.clarify_max_days + 1
    days = over - int(facts.number("days_overdue"))
    if 0 < days <= NEAR_DAYS:
        yield "days_overdue", over, Reason("near.days_overdue", {"days": days, "limit": policy.clarify_max_days})
    if facts.value("superior_confirmed") is not True:
        yield "superior_confirmed", True, Reason("near.superior_confirmed", {})
    for name, words in _WORSE.items():
        present = facts.value(name)
        for word in words[words.index(str(present)) + 1 :] if present in words else words:
            yield name, word, Reason(f"near.{name}.{word}", {})
