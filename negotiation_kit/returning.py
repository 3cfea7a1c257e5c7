"""A paper that came back from a meeting: what it says otherwise than the case, and the case amended by it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from negotiation_kit.case.case import Case
from negotiation_kit.case.fields import Spoken
from negotiation_kit.documents.container import DamagedFile
from negotiation_kit.documents.differences import DERIVED, Compared, Entry, Read, compared, read_value
from negotiation_kit.documents.languages import Language
from negotiation_kit.documents.returned import Returned, returned
from negotiation_kit.documents.tags import BESIDE, TAGS, WORDED
from negotiation_kit.pack import Kit
from negotiation_kit.problems import Problem, Refused
from negotiation_kit.reading.amend import Put, amend
from negotiation_kit.reading.typed import Value

PAPERS = ("C04", "C05", "C06", "C13")
"""The papers whose values can be read back."""
TO_FILL = "C05"
WRITTEN = frozenset({"next_contact", "security_given"})
"""Values beside the outcome that are written in another shape."""
_FOOTER = re.compile(
    r"(?P<case>.+) · (?P<code>[A-Z]\d\d) · (?P<day>[^·\t]+?)(?: · (?P<mark>[0-9A-F]{4}-[0-9A-F]{4}))?\s*(?:\t|\Z)"
)
_LONGEST_FOOTER = 400
"""Characters of a line of the footer; a longer one is none of ours, and long ones take their time to be matched."""
_NEXT = re.compile(r"(?P<day>.+?), (?P<form>[^,:]+): (?P<persons>.+?)\.?")


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a file that came back is, and what differs."""

    code: str
    language: Language
    as_of: date
    mark: str
    """The fingerprint in its footer."""
    mark_now: str
    """The fingerprint of the paper the case gives now."""
    compared: Compared
    number_of_values: int

    @property
    def is_that_agreement(self) -> bool:
        """Nothing differs, and it carries the mark of the agreement."""
        return bool(self.mark) and self.mark == self.mark_now and not self.compared.differences

    @property
    def left_to_a_person(self) -> tuple[str, ...]:
        """What differs and cannot be written into the case."""
        told = self.compared.of("value")
        beside = (each.tag for each in told if each.tag in BESIDE and each.tag not in WRITTEN | DERIVED)
        wording = ("the touched wording",) if self.compared.of("wording") else ()
        return (*dict.fromkeys(beside), *wording)


def read_back(kit: Kit, case: Case, data: bytes, name: str) -> ReadBack:
    """The file held against the paper the case gives; `Refused` if it is none of the kit's."""
    try:
        found = returned(data)
    except DamagedFile as wrong:
        raise Refused([Problem(None, f"{name}: {wrong}", "read the .docx file itself, as Word saves it")]) from wrong
    told = _footer(found)
    language, as_of = _language_and_day(kit, found, told) if told else (None, None)
    if told is None or language is None or as_of is None:
        raise Refused(
            [Problem(None, f"{name} is not one of the kit's papers: no footer names case, paper and day",
                     "read a Word file the kit has made, edited or not; keep its footer")]
        )  # fmt: skip
    if told["case"] != case.case:
        raise Refused(
            [Problem(None, f"{name} is a paper of case {told['case']}, the case file is {case.case}",
                     "name the case file of this paper with --case")]
        )  # fmt: skip
    if told["code"] not in PAPERS:
        raise Refused(
            [Problem(None, f"{name} is {told['code']}, which holds nothing to read back",
                     f"there are {', '.join(PAPERS)}")]
        )  # fmt: skip
    printed = _printed(kit, case, told["code"], language, as_of)
    now = _footer(printed)
    return ReadBack(
        code=told["code"],
        language=language,
        as_of=as_of,
        mark=told["mark"] or "",
        mark_now=(now and now["mark"]) or "",
        compared=compared(printed, found, language, case.currency),
        number_of_values=len(found.values),
    )


def amended(  # noqa: PLR0917 - the case, its file and the paper
    kit: Kit, case: Case, text: str, file: str, read: ReadBack, beside: Mapping[str, str]
) -> str:
    """The text of the case with what the paper says in its outcome; `Refused` where that is not certain."""
    problems = list(_unsure(case, read))
    if problems:
        raise Refused(problems)
    changed = amend(text, file, changes(case, read))
    kit.check(changed, file, beside)
    return changed


def changes(case: Case, read: ReadBack) -> list[Put]:
    """What is put into the case's outcome."""
    if read.code == TO_FILL and case.outcome is None:
        return [Put("outcome", outcome_of(case, read))]
    single = _singles(case, read)
    return [
        *(Put(f"outcome.{way}", value) for way, value in single.items()),
        *(Put(f"outcome.{group}", entries) for group, entries in _groups(case, read)),
    ]


def outcome_of(case: Case, read: ReadBack) -> dict[str, Any]:
    """What the paper says as an outcome, for a case that has none yet."""
    outcome: dict[str, Any] = {}
    if case.meeting:
        outcome["day"] = case.meeting.day
        if case.meeting.place is not None:
            outcome["place"] = case.meeting.place
    for way, value in _singles(case, read).items():
        at = outcome
        *above, last = way.split(".")
        for name in above:
            inner = at.setdefault(name, {})
            assert isinstance(inner, dict)
            at = inner
        at[last] = value
    return outcome | dict(_groups(case, read))


def _footer(found: Returned) -> re.Match[str] | None:
    """The line of the footer that names case, paper and day."""
    lines = (line for line in found.footer.split("\n") if len(line) <= _LONGEST_FOOTER)
    return next(filter(None, map(_FOOTER.match, lines)), None)


def _language_and_day(kit: Kit, found: Returned, told: re.Match[str]) -> tuple[Language | None, date | None]:
    """The language of the file, by its properties, else the one in which its footer writes the day."""
    languages = [kit.desk.language(code) for code in kit.desk.language_codes]
    languages.sort(key=lambda language: language.tag != found.language_tag)
    for language in languages:
        if day := language.day_in(told["day"]):
            return language, day[0]
    return None, None


def _printed(kit: Kit, case: Case, code: str, language: Language, as_of: date) -> Returned:
    """The paper as the case gives it now, for the day of the file."""
    (made,) = kit.pack(case, as_of=as_of, languages=(language.code,), chosen=(code,))
    return returned(made.content)


def _unsure(case: Case, read: ReadBack) -> Iterator[Problem]:
    for each in read.compared.of("unread"):
        where = f" ({each.where})" if each.where else ""
        yield Problem(None, f"{each.tag}: {each.after}{where}", "put it right in the paper, then read it again")
    if read.compared.of("tracked"):
        yield Problem(
            None,
            f"{len(read.compared.of('tracked'))} tracked changes are neither accepted nor rejected",
            "in Word: Review, Accept or Reject, save; then read it again",
        )
    if read.code == TO_FILL and case.outcome is not None:
        yield Problem(
            case.place_of("outcome"),
            "the case has an outcome already, and a form filled in by hand begins one",
            "take the old outcome out of the case file, or compare without --write",
        )


def _singles(case: Case, read: ReadBack) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for tag, value in read.compared.values.items():
        if tag == "next_contact" and isinstance(value, str):
            found |= _next_contact(value, read.language)
        elif tag == "security_given":
            found |= {"security": "none"} if value == "none" else {}
        elif tag not in BESIDE:
            found[tag] = _typed(case, tag, value, read.language)
    return found


def _next_contact(text: str, language: Language) -> dict[str, Any]:
    match = _NEXT.fullmatch(text)
    day = language.day_in(match["day"]) if match else None
    if match is None or day is None:
        example = language.weekday_day(date(2025, 3, 27))
        raise Refused(
            [
                Problem(
                    None, f"next_contact: {text!r} names no day, form and persons", f"write it like {example}, ...: ..."
                )
            ]
        )
    return {"next_contact.day": day[0], "next_contact.form": match["form"], "next_contact.persons": match["persons"]}


def _typed(case: Case, tag: str, value: Read, language: Language) -> Value:
    """The value as the case holds it: yes or no of a choice, a text in the paper's language beside its others."""
    if TAGS[tag].choices == ("yes", "no"):
        return value == "yes"
    old: object = case.outcome
    for name in tag.split("."):
        old = getattr(old, name, None)
    return _spoken(old, value, language)


def _spoken(old: object, value: Read, language: Language) -> Value:
    if isinstance(old, Spoken) and isinstance(value, str) and language.code in old.texts:
        return dict(old.texts) | {language.code: value}
    return value


def _groups(case: Case, read: ReadBack) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for group, listed in read.compared.lists.items():
        if not listed.changed:
            continue
        olds = tuple(getattr(case.outcome, group, ())) if case.outcome else ()
        if group == "actions":
            olds = tuple(sorted(olds, key=lambda action: action.side, reverse=True))
        entries = []
        for number, entry in listed.entries:
            old = olds[number] if number is not None and number < len(olds) else None
            entries.append(_entry(group, old, entry, read.language, case.currency))
        yield group, entries


def _entry(group: str, old: object, entry: Entry, language: Language, currency: str) -> dict[str, Any]:
    fields = getattr(type(old), "model_fields", {}) if old is not None else {}
    kept = {name: getattr(old, name) for name in fields if getattr(old, name) is not None}
    for tag in (f"{group}.{name}" for name in fields):
        if tag in kept and tag not in entry:
            kept.pop(tag)
    found: dict[str, Any] = {}
    for tag, text in entry.items():
        if tag in BESIDE:
            continue
        name = tag.partition(".")[2]
        found[name] = _spoken(kept.get(name), read_value(tag, text, language, currency), language)
    if group == "actions" and "side" not in found and "side" not in kept:
        found |= _side(str(found.get("who", "")), language)
    return {**kept, **found}


def _side(who: str, language: Language) -> dict[str, Any]:
    """A person with a side behind a comma or in brackets: "Varga Éva, client"."""
    match = re.fullmatch(r"(?P<who>.+?)(?:, *| *\()(?P<side>[^,()]+)\)?", who)
    for choice in TAGS["actions.side"].choices:
        if match and match["side"].strip().casefold() == language.word(WORDED["actions.side"], choice).casefold():
            return {"who": match["who"], "side": choice}
    raise Refused(
        [Problem(None, f"actions: {who!r} does not say whose person that is",
                 f"write it like Varga Éva, {language.word('side', 'client')}")]
    )  # fmt: skip
