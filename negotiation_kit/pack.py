"""The one pipeline: the text of a case in, named bytes out; no files, no clock, no network, no chance."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Literal

from negotiation_kit.case.case import Case
from negotiation_kit.case.fields import Visibility
from negotiation_kit.case.policy import Policy
from negotiation_kit.case.receivables import Interest
from negotiation_kit.composing import composed, composed_side_by_side
from negotiation_kit.days import JointCalendar
from negotiation_kit.desk import Desk
from negotiation_kit.documents import contents
from negotiation_kit.documents.catalogue import (
    CLAIM_LETTER,
    CLIENTS_CALENDAR,
    INDEX,
    MONITORING,
    OF_THE_HAND_OVER,
    PAPERS,
    PRINT_SET,
    SIDE_BY_SIDE,
    Audience,
    Choice,
    Paper,
    choice_problems,
    held_papers,
    papers_for,
)
from negotiation_kit.documents.contents import About, Listed
from negotiation_kit.documents.explanations import (
    EXPLANATIONS,
    Explanation,
    What,
    explained_values,
    moves_in,
    schedule_of,
)
from negotiation_kit.documents.leak import Secret, flattened, leaks, secrets_of
from negotiation_kit.documents.live_schedule import live_schedule
from negotiation_kit.documents.package import word_file
from negotiation_kit.documents.proof import figures_in_sheet, names_in
from negotiation_kit.documents.sheets import SHEETS, clauses_in, sheets_for
from negotiation_kit.documents.structured import plain_data
from negotiation_kit.documents.views import MAY_SEE, values_for
from negotiation_kit.documents.wording import Form
from negotiation_kit.inspection import inspect_side_by_side, inspected, tone_problems
from negotiation_kit.law.jurisdiction import Law
from negotiation_kit.problems import Problem, Refused
from negotiation_kit.quoting import acknowledgement_quoted
from negotiation_kit.reading.checks import CHECKS
from negotiation_kit.reading.policy_checks import policy_problems
from negotiation_kit.reading.record import checked, read_record
from negotiation_kit.reckoned import (
    agreement_is_final,
    calendars_serve,
    closing_is_true,
    law_serves,
    reckoned,
    unknown_told,
    with_what_if,
)
from negotiation_kit.reckoning.hand_over import hand_over
from negotiation_kit.reckoning.monitoring import watched
from negotiation_kit.reckoning.own_lines import near_name
from negotiation_kit.reckoning.reckon import Reckoning
from negotiation_kit.shelf import Library, Shelf

MadeForm = Literal["docx", "html", "text", "xlsx"]
"""The forms of a paper, and the live spreadsheet of its schedule."""
AskedForm = MadeForm | Literal["pdf"]
"""The same, and what an office program makes of a Word file."""
FileForm = AskedForm | Literal["ics"]
"""The same, and a calendar file."""
FORMS: tuple[Form, ...] = ("docx", "html", "text")
_ENDINGS: Mapping[FileForm, str] = {
    "docx": "docx",
    "html": "html",
    "text": "txt",
    "xlsx": "xlsx",
    "pdf": "pdf",
    "ics": "ics",
}
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_LONGEST_NAME = 128
"""Bytes, as disks count; a case number has at most 64 letters."""


@dataclass(frozen=True, slots=True)
class PackFile:
    """One finished file: where it belongs, for whom it is, and its bytes."""

    path: str
    """Folder and name, with a slash; never outside the folder it is written to."""
    paper: Paper
    language: str
    form: FileForm
    content: bytes
    warnings: tuple[str, ...] = ()
    """What a person should look at once more before it leaves."""
    side_by_side: bool = False
    """In two languages, its `language` both of them: "hu-en"."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Its language, or both of them."""
        return tuple(self.language.split("-")) if self.side_by_side else (self.language,)

    @property
    def audience(self) -> Audience:
        """Who may see it."""
        return self.paper.audience


@dataclass(frozen=True, slots=True)
class Failed:
    """A paper that was refused, and why."""

    paper: Paper
    language: str
    form: FileForm
    refused: Refused


class Kit:
    """Wording, data and house file, prepared once for as many cases as come."""

    def __init__(self, library: Library) -> None:
        """Read the library; each wording is compiled when it is first used."""
        self._library = library
        self._shelf = Shelf(library)
        self.desk = Desk(library)
        self._last: tuple[Case, date, Reckoning] | None = None

    def check(self, text: str, file: str, beside: Mapping[str, str] = MappingProxyType({})) -> Case:
        """The case a person wrote, or `Refused` with every mistake in it at its place.

        The texts of the files it names stand beside it, by the name the case uses.
        """
        case = read_record(
            text,
            file,
            Case,
            (*CHECKS, self._languages_exist, self._shelf_serves, self._answers_have_questions),
        )
        last = (lambda each: agreement_is_final(each, self._shelf), lambda each: closing_is_true(each, self._shelf))
        return checked(self._under_policy(case, beside), last)

    def _shelf_serves(self, case: Case) -> Iterator[Problem]:
        yield from calendars_serve(case, self._shelf)
        yield from law_serves(case, self._shelf)

    def law(self, code: str) -> Law:
        """The rules of a jurisdiction with the series of rates they refer to."""
        return self._shelf.law(code)

    def calendars(self, codes: Iterable[str]) -> JointCalendar:
        """The working days of several calendars at once."""
        return self._shelf.calendars(codes)

    def calendar_of(self, jurisdiction: str) -> str:
        """The calendar of a jurisdiction, or any where it has none: for answers in which no day moves."""
        return self._shelf.calendar_of(jurisdiction)

    def reckon(self, case: Case, as_of: date, *, with_offers: bool = True) -> Reckoning:
        """All that follows from a case on a day; `Refused` where a rate or a calendar does not reach far enough."""
        if self._last and self._last[0] is case and self._last[1] == as_of:
            return self._last[2]  # a pack, what is held back of it and its explanations stand on one reckoning
        found = reckoned(case, as_of, self._shelf, with_offers=with_offers)
        if with_offers:
            self._last = case, as_of, found
        return found

    def _under_policy(self, case: Case, beside: Mapping[str, str]) -> Case:
        """The case with the company's policy below its own single values."""
        name = case.policy_file
        if name is None:
            return case
        if name not in beside:
            way_out = "name a YAML file from the folder of the case, such as policy.yaml"
            raise Refused(
                [Problem(case.place_of("policy_file"), f"policy_file is {name!r}, which is not there", way_out)]
            )
        policy = read_record(beside[name], name, Policy, (policy_problems,))
        ruled = case.model_copy(update={"policy": policy.overlaid(case.policy)})
        return checked(ruled, (lambda each: policy_problems(each.policy),))

    def pack(
        self,
        case: Case,
        *,
        as_of: date,
        languages: Sequence[str] = (),
        forms: Sequence[MadeForm] = ("docx",),
        chosen: Choice = "needed",
        side_by_side: tuple[str, str] | None = None,
    ) -> Iterator[PackFile]:
        """The papers the case calls for on the day, or the chosen; `Refused` before a wrong or leaking one is out."""
        for made in self.attempts(
            case, as_of=as_of, languages=languages, forms=forms, chosen=chosen, side_by_side=side_by_side
        ):
            if not isinstance(made, PackFile):
                raise made.refused
            yield made

    def attempts(
        self,
        case: Case,
        *,
        as_of: date,
        languages: Sequence[str] = (),
        forms: Sequence[MadeForm] = ("docx",),
        chosen: Choice = "needed",
        side_by_side: tuple[str, str] | None = None,
    ) -> Iterator[PackFile | Failed]:
        """The same, with each paper that is refused told in its turn instead of stopping the others."""
        wanted = tuple(dict.fromkeys(languages or case.languages))
        both = side_by_side or ()
        strangers = [code for code in dict.fromkeys((*wanted, *both)) if code not in self.desk.language_codes]
        if strangers:
            raise Refused([self.desk.no_language(code, None) for code in strangers])
        if side_by_side:
            case = _in_both(case, side_by_side, wanted)
        reckoning = self.reckon(case, as_of)
        with unknown_told(case):
            if impossible := [*choice_problems(reckoning, chosen), *self._held_problems(reckoning, chosen)]:
                raise Refused(impossible)
            papers = papers_for(reckoning, chosen)
        if side_by_side:
            _one_in_both(papers)
        shared = _Shared(self.desk, case, reckoning)
        for paper in papers:
            for code in wanted:
                for form in dict.fromkeys(forms):
                    if form != "xlsx" or (paper.live and paper.schedule(reckoning)):
                        yield self._attempt(paper, shared, code, form)
            if side_by_side and paper.code in SIDE_BY_SIDE:
                yield self._attempt_of_both(paper, shared, side_by_side)

    def _attempt(self, paper: Paper, shared: "_Shared", code: str, form: MadeForm) -> PackFile | Failed:
        try:
            with unknown_told(shared.reckoning.case):
                return self._paper(paper, shared, code, form)
        except Refused as refused:
            return Failed(paper, code, form, refused)

    def _attempt_of_both(self, paper: Paper, shared: "_Shared", codes: tuple[str, str]) -> PackFile | Failed:
        try:
            with unknown_told(shared.reckoning.case):
                return self._side_by_side(paper, shared, codes)
        except Refused as refused:
            return Failed(paper, "-".join(codes), "docx", refused)

    def _side_by_side(self, paper: Paper, shared: "_Shared", codes: tuple[str, str]) -> PackFile:
        """One Word file in two languages; each has passed its own checks before they are brought together."""
        reckoning, values = shared.reckoning, [shared.values(paper, code) for code in codes]
        first, second = (self.desk.language(code) for code in codes)
        alone = [self._paper(paper, shared, code, "docx") for code in codes]
        content = composed_side_by_side(self.desk, paper, reckoning, values, (first, second))
        pair = "-".join(codes)
        path = file_path(reckoning.case.case, paper, pair, "docx")
        inspect_side_by_side(
            self.desk,
            paper,
            reckoning,
            content,
            path,
            values=values,
            secrets=shared.secrets(paper),
            languages=(first, second),
        )
        warnings = tuple(dict.fromkeys(warning for each in alone for warning in each.warnings))
        return PackFile(path, paper, pair, "docx", content, warnings, side_by_side=True)

    def held(self, case: Case, *, as_of: date, language: str = "en") -> tuple[tuple[Paper, str], ...]:
        """The letters whose time it is and which are not sent, each with the reason as a sentence."""
        words = self.desk.language(language)
        return tuple((paper, words.told(reason)) for paper, reason in held_papers(self.reckon(case, as_of)))

    def _held_problems(self, reckoning: Reckoning, chosen: Choice) -> Iterator[Problem]:
        """A letter asked for by its code is told, not left out quietly, when it may not go."""
        words = self.desk.language("en")
        for paper in PAPERS:
            asked = paper.code in chosen and chosen not in {"needed", "all"} and paper.possible(reckoning)
            if asked and (reason := paper.held(reckoning)):
                message = f"{paper.code} is held back: {words.told(f'held.{reason}')}"
                yield Problem(None, message, "change the case if this is wrong")

    def values(self, paper: Paper, reckoning: Reckoning, code: str) -> Mapping[str, object]:
        """What the templates of a paper may name in a language."""
        with unknown_told(reckoning.case):
            return _Shared(self.desk, reckoning.case, reckoning).values(paper, code)

    def calendar(self, case: Case, *, as_of: date, language: str) -> tuple[PackFile, PackFile]:
        """What is still to come as two calendar files: ours, and the one the client may have.

        `Refused` when a word of ours, or one too hard for a client's paper, would stand in the client's.
        """
        from negotiation_kit.documents.calendar_file import calendar_file, unfolded

        if language not in self.desk.language_codes:
            raise Refused([self.desk.no_language(language, None)])
        reckoning, words = self.reckon(case, as_of), self.desk.language(language)
        with unknown_told(case):
            ahead = watched(reckoning)
        found = []
        for paper, other_side in ((MONITORING, case.client.name), (CLIENTS_CALENDAR, case.supplier.name)):
            content = calendar_file(
                ahead,
                case=case.case,
                as_of=as_of,
                language=words,
                other_side=other_side,
                for_client=paper.audience == "client",
            )
            path = file_path(case.case, paper, language, "ics")
            found.append(PackFile(path, paper, language, "ics", content))
        ours, theirs = found
        values = values_for(CLIENTS_CALENDAR, reckoning, {}, ())
        said = flattened({"its name": theirs.path, "its text": unfolded(theirs.content)})
        secrets = secrets_of(case, reckoning.offers)
        problems = list(leaks(said, secrets, values, (self.desk.own_words(language),), words))
        text, paper = unfolded(theirs.content), theirs.paper
        problems += tone_problems(self.desk, paper, reckoning, text, path=theirs.path, language=words)
        if problems:
            raise Refused(problems)
        return ours, theirs

    def hand_over(self, case: Case, *, as_of: date, language: str) -> tuple[PackFile, ...]:
        """The folder for those who carry on: the file, what was signed, the invoices, and how interest was found.

        `Refused` with everything that is still missing of it.
        """
        if language not in self.desk.language_codes:
            raise Refused([self.desk.no_language(language, None)])
        reckoning, words = self.reckon(case, as_of), self.desk.language(language)
        if gaps := hand_over(reckoning).gaps:
            way_out = "write it into the case; the paper D13 of the pack lists it too"
            raise Refused([Problem(None, words.told(gap.sentence, gap.values), way_out) for gap in gaps])
        wanted = (paper for paper in PAPERS if paper.code in OF_THE_HAND_OVER)
        codes = tuple(paper.code for paper in wanted if paper.possible(reckoning) and not paper.held(reckoning))
        made = sorted(
            self.pack(case, as_of=as_of, languages=(language,), chosen=codes),
            key=lambda file: OF_THE_HAND_OVER.index(file.paper.code),
        )
        folder = f"{_safe(case.case)}-hand-over"
        found = [
            replace(file, path=f"{folder}/{number}-{file.path.rpartition('/')[2]}")
            for number, file in enumerate(made, start=1)
        ]
        working = self.explain(case, "interest", as_of=as_of, language=language)
        name = f"{folder}/{len(found) + 1}-{_safe(case.case)}-interest.{language}.txt"
        found.append(PackFile(name, made[0].paper, language, "text", working.encode("utf-8")))
        index = self.index(case, found, as_of=as_of)
        page = index.content.decode("utf-8").replace(f'href="{folder}/', 'href="')
        return (*found, replace(index, path=f"{folder}/index.html", content=page.encode("utf-8")))

    def index(self, case: Case, files: Sequence[PackFile], *, as_of: date) -> PackFile:
        """The page that says what each of these files is for, and in which order they are used."""
        known = [file.language for file in files if not file.side_by_side]
        code = (known or case.languages or self.desk.language_codes)[0]
        wording, language = self.desk.wording(code, "html", contents.NAMES), self.desk.language(code)
        rows = self._listed(files, code)
        shown = contents.index_page(wording, language, self.desk.title(INDEX, code), _about(case, as_of), rows)
        return PackFile("index.html", INDEX, code, "html", shown.encode("utf-8"))

    def cover(self, case: Case, files: Sequence[PackFile], *, as_of: date) -> PackFile:
        """The sheet that lies on top of what is printed and taken along; of two languages it is in the first."""
        code = files[0].languages[0]
        wording, language = self.desk.wording(code, "docx", contents.NAMES), self.desk.language(code)
        values = contents.values(_about(case, as_of), self._listed(files, code))
        title = self.desk.title(PRINT_SET, code)
        body = wording.render(PRINT_SET.template, values)
        content = word_file(self.desk.house, body=body, title=title, language_tag=language.tag, day=as_of)
        both = files[0].language
        path = file_path(case.case, PRINT_SET, both, "docx")
        return PackFile(path, PRINT_SET, both, "docx", content, side_by_side=files[0].side_by_side)

    def _listed(self, files: Sequence[PackFile], code: str) -> tuple[Listed, ...]:
        """The papers among the files in order of use."""
        return tuple(
            Listed(
                code=paper.code,
                title=self.desk.title(paper, code),
                use=self.desk.use(paper, code),
                audience=paper.audience,
                copies=paper.copies,
                paths=tuple(each.path for each in files if each.paper is paper),
            )
            for paper in (PRINT_SET, *PAPERS)
            if any(each.paper is paper for each in files)
        )

    def explain(self, case: Case, what: What, *, as_of: date, language: str = "en") -> str:
        """How the figures and days of a subject were found, as a text; for our own people only."""
        if language not in self.desk.language_codes:
            raise Refused([self.desk.no_language(language, None)])
        explanation, reckoning, assumed = self._explained(case, what, as_of)
        with unknown_told(case):
            values = values_for(explanation, reckoning, explained_values(what, reckoning, assumed=assumed), ())
        wording = self.desk.compiled(language, "text", explanation.audience, (*values, *SHEETS))
        return wording.render(explanation.template, values)

    def live_plan(self, case: Case, *, as_of: date, language: str = "en") -> bytes:
        """The schedule on the table as a live spreadsheet, for our own use."""
        reckoning = self.reckon(case, as_of)
        schedule = schedule_of(reckoning)
        if schedule is None:
            raise Refused([Problem(None, "there is no schedule on this day", "check the sum and the days")])
        words = self.desk.language(language)
        return live_schedule(reckoning, schedule, title=words.word("sheet", "schedule"), language=words)

    def explained_data(self, case: Case, what: What, *, as_of: date) -> dict[str, object]:
        """The same as plain data, for other programs."""
        explanation, reckoning, assumed = self._explained(case, what, as_of)
        about: dict[str, object] = {"case": case.case, "as_of": as_of, "assumed": assumed}
        with unknown_told(case):
            about |= {**explanation.about(reckoning), "moves": moves_in(what, reckoning)}
        return {name: plain_data(value) for name, value in about.items()}

    def _explained(self, case: Case, what: What, as_of: date) -> tuple[Explanation, Reckoning, bool]:
        """The explanation, what it stands on, and whether interest was assumed because the case reckons none."""
        explanation = next(each for each in EXPLANATIONS if each.what == what)
        assumed = what == "interest" and case.interest is None
        asked = case.model_copy(update={"interest": Interest()}) if assumed else case
        return explanation, with_what_if(self.reckon(asked, as_of)), assumed

    def _languages_exist(self, case: Case) -> Iterator[Problem]:
        for code in case.languages:
            if code not in self.desk.language_codes:
                yield self.desk.no_language(code, case.place_of("languages"))
        if case.prevailing is not None and case.prevailing not in self.desk.language_codes:
            yield self.desk.no_language(case.prevailing, case.place_of("prevailing"))

    def _answers_have_questions(self, case: Case) -> Iterator[Problem]:
        """An answer to a question nobody knows would be asked again.

        A company's own question is known only where its own file is at hand; without it, names unlike ours may be one.
        """
        if not case.answers:
            return
        known = [each.id for each in (*self.desk.our_bank.questions, *self.desk.own_questions.questions)]
        ours_alone = "own-questions.yaml" not in self._library.templates
        for number, answer in enumerate(case.answers, start=1):
            if answer.question in known or (ours_alone and not answer.question.upper().startswith("Q-")):
                continue
            near = near_name(answer.question, known)
            message = f"answers[{number}].question is {answer.question!r}, there is no such question"
            yield Problem(answer.place_of("question"), message, f"did you mean {near}?" if near else "")

    def _paper(self, paper: Paper, shared: "_Shared", code: str, form: MadeForm) -> PackFile:
        reckoning, values, language = shared.reckoning, shared.values(paper, code), self.desk.language(code)
        schedule = paper.schedule(reckoning)
        if form == "xlsx" and schedule:
            title = self.desk.title(paper, language.code)
            content = live_schedule(reckoning, schedule, title=title, language=language)
            figures = figures_in_sheet(names_in(paper, reckoning), schedule)
        else:
            assert form != "xlsx"
            content = composed(self.desk, paper, reckoning, values, language, form)
            figures = None
        path = file_path(reckoning.case.case, paper, language.code, form)
        warnings = inspected(
            self.desk,
            paper,
            reckoning,
            content,
            path,
            values=values,
            secrets=shared.secrets(paper),
            language=language,
            figures=figures,
        )
        return PackFile(path, paper, language.code, form, content, warnings=warnings)


class _Shared:
    """What the papers of one reckoning share, each made when the first of them needs it."""

    def __init__(self, desk: Desk, case: Case, reckoning: Reckoning) -> None:
        self._case = case  # all of it, while the reckoning holds what is in one currency
        self.reckoning = reckoning
        self._desk = desk
        self._sheets: dict[str, Mapping[str, object]] = {}
        self._values: dict[tuple[str, str], Mapping[str, object]] = {}
        self._secrets: dict[Audience, Sequence[Secret]] = {}

    def values(self, paper: Paper, code: str) -> Mapping[str, object]:
        """What the templates of a paper may name in a language."""
        if (paper.code, code) not in self._values:
            self._values[paper.code, code] = self._values_of(paper, code)
        return self._values[paper.code, code]

    def secrets(self, paper: Paper) -> Sequence[Secret]:
        """What the readers of a paper may not see; our own papers are not searched."""
        if paper.audience not in {"client", "legal"}:
            return ()
        if paper.audience not in self._secrets:
            offers = self.reckoning.offers
            self._secrets[paper.audience] = secrets_of(self._case, offers, MAY_SEE[paper.audience])
        return self._secrets[paper.audience]

    def _values_of(self, paper: Paper, code: str) -> Mapping[str, object]:
        reckoning, desk = self.reckoning, self._desk
        if MAY_SEE[paper.audience] >= Visibility.RESTRICTED:
            reckoning = with_what_if(reckoning)
        if paper.audience != "client" and code not in self._sheets:
            self._sheets[code] = self._sheets_in(code)
        clauses = clauses_in(desk.clauses, paper, reckoning)
        return values_for(paper, reckoning, self._sheets.get(code, {}), clauses)

    def _sheets_in(self, code: str) -> Mapping[str, object]:
        reckoning, desk, language = self.reckoning, self._desk, self._desk.language(code)
        sheets = sheets_for(reckoning, desk.bank, desk.checklist, desk.clauses, desk.playbook, language)
        claims = CLAIM_LETTER.possible(reckoning)
        return {**sheets, "quoted": acknowledgement_quoted(desk, reckoning, sheets, language) if claims else None}


def _one_in_both(papers: Sequence[Paper]) -> None:
    if not any(paper.code in SIDE_BY_SIDE for paper in papers):
        way_out = f"it is made of {', '.join(SIDE_BY_SIDE)}; choose one of them that this case calls for"
        raise Refused([Problem(None, "none of these papers is made side by side", way_out)])


def _in_both(case: Case, pair: tuple[str, str], wanted: Sequence[str]) -> Case:
    """The case with both languages; where it does not say which text prevails, the first does."""
    if pair[0] == pair[1]:
        raise Refused([Problem(None, f"side by side needs two languages, not {pair[0]!r} twice", "such as hu,en")])
    languages = tuple(dict.fromkeys((*case.languages, *wanted, *pair)))
    return case.model_copy(update={"languages": languages, "prevailing": case.prevailing or pair[0]})


def _about(case: Case, as_of: date) -> About:
    return About(case.case, case.client.name, as_of, case.meeting.day if case.meeting else None)


def folder_name(case_number: str) -> str:
    """The name of a case as its files begin with it: for a folder of its own too."""
    return _safe(case_number)


def file_path(case_number: str, paper: Paper, language: str, form: FileForm) -> str:
    """Folder and name of a paper: what a person recognises, and every system can store."""
    folder = "client/after-their-idea" if paper.sealed else paper.audience
    name = _safe(case_number)
    return f"{folder}/{name}-{paper.code}-{paper.slug}.{language}.{_ENDINGS[form]}"


def _safe(name: str) -> str:
    """Letters, digits and hyphens of a name; never empty, hidden, a device, or a way out of the folder."""
    letters = re.sub(r"[^\w-]+", "-", unicodedata.normalize("NFC", name)).strip("-_")
    kept = letters.encode("utf-8")[:_LONGEST_NAME].decode("utf-8", "ignore").strip("-_")
    return f"case-{kept}" if not kept or _DEVICES.fullmatch(kept) else kept
