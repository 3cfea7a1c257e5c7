"""The guide to one talk: its stages on the clock, and the words that fit the case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from negotiation_kit.case.meeting import Meeting
from negotiation_kit.problems import Refused
from negotiation_kit.reckoning.conditions import holds, parse
from negotiation_kit.reckoning.facts import Facts
from negotiation_kit.reckoning.lines import silent_in
from negotiation_kit.reckoning.playbook_bank import LineKind, Playbook
from negotiation_kit.reckoning.question_bank import fill
from negotiation_kit.reckoning.questions import Form

USUAL_MINUTES: Mapping[Form, int] = {"full": 60, "call": 20}
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class GuidedStage:
    """One stage of the talk in its time."""

    stage: str
    minutes: int
    begins: str | None
    """Hour and minutes; nothing while the hour of the meeting is not known."""
    aim: str
    done: str


@dataclass(frozen=True, slots=True)
class Words:
    """Model words for one moment."""

    id: str
    says: str
    answer: str | None
    avoid: str | None
    expected: bool
    """The case makes it likely."""


@dataclass(frozen=True, slots=True)
class Guide:
    """What goes along to one talk."""

    form: str
    """full or call."""
    minutes: int
    stages: tuple[GuidedStage, ...]
    openings: tuple[Words, ...]
    closings: tuple[Words, ...]
    breakfasts: tuple[Words, ...]
    objections: tuple[Words, ...]
    """The expected ones first."""
    reactions: tuple[Words, ...]
    forbidden: tuple[Words, ...]

    @property
    def expected(self) -> tuple[Words, ...]:
        """The objections that the case makes likely."""
        return tuple(each for each in self.objections if each.expected)


def guide_for(
    playbook: Playbook,
    facts: Facts,
    form: Form,
    language: str,
    *,
    meeting: Meeting | None,
    values: Mapping[str, str],
) -> Guide:
    """The guide to the meeting, or the short one of a call; facts hold track and level too."""
    if silent := list(silent_in(language, playbook, (*playbook.stages, *playbook.lines), "the playbook")):
        raise Refused(silent)
    filled = {**playbook.blanks(language), **values}

    def chosen(kind: LineKind) -> tuple[Words, ...]:
        found = []
        for line in playbook.lines:
            if line.kind != kind or not holds(parse(line.when), facts.values).holds:
                continue
            words = line.words(language)
            expected = line.expected is not None and holds(parse(line.expected), facts.values).holds
            answer = fill(words.answer, filled) if words.answer else None
            found.append(Words(line.id, fill(words.says, filled), answer, words.avoid, expected))
        return tuple(sorted(found, key=lambda each: not each.expected))

    begins, minutes = _minute_of(meeting.at if meeting else None), _length(meeting, form)
    stages = [stage for stage in playbook.stages if form == "full" or stage.call]
    lengths = shares([stage.minutes if form == "full" else stage.call for stage in stages], minutes)
    starts = [0, *accumulate(lengths)]
    return Guide(
        form=form,
        minutes=minutes,
        stages=tuple(
            GuidedStage(
                stage=stage.id,
                minutes=length,
                begins=_hour(begins + start) if begins is not None else None,
                aim=stage.words(language).aim,
                done=stage.words(language).done,
            )
            for stage, length, start in zip(stages, lengths, starts, strict=False)
        ),
        openings=chosen("opening"),
        closings=chosen("closing"),
        breakfasts=chosen("breakfast"),
        objections=chosen("objection"),
        reactions=chosen("reaction"),
        forbidden=chosen("forbidden"),
    )


def shares(parts: Sequence[int], whole: int) -> list[int]:
    """The whole in full minutes in proportion to the parts; what is left goes to those cut most, the earlier first."""
    total = sum(parts)
    lengths = [part * whole // total for part in parts]
    cut = sorted(range(len(parts)), key=lambda index: (-(parts[index] * whole % total), index))
    for index in cut[: whole - sum(lengths)]:
        lengths[index] += 1
    return lengths


def _length(meeting: Meeting | None, form: Form) -> int:
    """From hour to hour where both are known, past midnight if need be; else as long as such a talk usually is."""
    begins, ends = _minute_of(meeting.at if meeting else None), _minute_of(meeting.until if meeting else None)
    known = (ends - begins) % _DAY if begins is not None and ends is not None else 0
    return known or USUAL_MINUTES[form]


def _minute_of(hour: str | None) -> int | None:
    if hour is None:
        return None
    hours, _, minutes = hour.partition(":")
    return int(hours) * 60 + int(minutes)


def _hour(minute: int) -> str:
    hours, minutes = divmod(minute % _DAY, 60)
    return f"{hours}:{minutes:02}"
