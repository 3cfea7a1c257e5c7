"""The one pipeline: the text of a case in, named bytes out; no files, no clock, no network, no chance."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Literal

from negotiation_kit.case.case import Case
from negotiation_kit.days import Calendar, DayUnknown, JointCalendar
from negotiation_kit.documents.catalogue import Audience, Paper, papers_for
from negotiation_kit.documents.languages import Language
from negotiation_kit.documents.leak import leaks, secrets_of, texts_in
from negotiation_kit.documents.proof import expected_in, proof_problems
from negotiation_kit.documents.views import sheets_for, values_for
from negotiation_kit.documents.wording import Wording
from negotiation_kit.problems import Problem, Refused
from negotiation_kit.reading.checks import CHECKS
from negotiation_kit.reading.record import checked, read_record
from negotiation_kit.reading.tree import plain, read_tree
from negotiation_kit.reckoning.agreement import agreement_problems
from negotiation_kit.reckoning.checklist import Checklist
from negotiation_kit.reckoning.questions import QuestionBank, bank_problems
from negotiation_kit.reckoning.reckon import Reckoning, reckon

Form = Literal["docx", "html", "text"]
FORMS: tuple[Form, ...] = ("docx", "html", "text")
_ENDINGS: Mapping[Form, str] = {"docx": "docx", "html": "html", "text": "txt"}
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class Library:
    """The texts the kit works with, as they were read: wording, data, and the house file."""

    templates: Mapping[str, str]
    """By path below the templates folder: `en/C04-minutes.md`, `questions.yaml`."""
    calendars: Mapping[str, str]
    """By code: `HU`."""
    house: bytes


@dataclass(frozen=True, slots=True)
class PackFile:
    """One finished file: where it belongs, for whom it is, and its bytes."""

    path: str
    """Folder and name, with a slash; never outside the folder it is written to."""
    paper: Paper
    language: str
    form: Form
    content: bytes

    @property
    def audience(self) -> Audience:
        """Who may see it."""
        return self.paper.audience


def read_case(text: str, file: str) -> Case:
    """The case a person wrote, or `Refused` with every mistake in it at its place."""
    return checked(read_record(text, file, Case), CHECKS)


class Kit:
    """Wording, data and house file, prepared once for as many cases as come."""

    def __init__(self, library: Library) -> None:
        """Read the library; each wording is compiled when it is first used."""
        self._library = library
        self._wordings: dict[tuple[str, Form], Wording] = {}

    def check(self, text: str, file: str) -> Case:
        """The case a person wrote, or `Refused` with every mistake in it at its place."""
        case = checked(read_record(text, file, Case), (*CHECKS, self._languages_exist, self._calendars_exist))
        return checked(case, (self._days_are_known, self._agreement_is_final))

    def pack(
        self, case: Case, *, as_of: date, languages: Sequence[str], forms: Sequence[Form] = ("docx",)
    ) -> Iterator[PackFile]:
        """The papers the case calls for on the day; `Refused` before a wrong or leaking one is given out."""
        for language in languages:
            self._expect_language(language)
        reckoning = reckon(case, as_of, self._calendars_of(case))
        for paper in papers_for(reckoning):
            for language in languages:
                for form in forms:
                    yield self._paper(paper, reckoning, language, form)
