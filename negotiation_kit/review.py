"""A company's own wording tried on every sample: all that is wrong with it, before a case needs it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from negotiation_kit.case.case import Case
from negotiation_kit.documents import contents, portfolio_page
from negotiation_kit.documents.catalogue import (
    CLIENTS_CALENDAR,
    INDEX,
    PAPERS,
    PRINT_SET,
    SIDE_BY_SIDE,
    Audience,
    Paper,
)
from negotiation_kit.documents.explanations import EXPLAINED, EXPLANATIONS, What
from negotiation_kit.documents.lines import near
from negotiation_kit.documents.named import Named, named_in, strange_fields
from negotiation_kit.documents.own_files import unread_files
from negotiation_kit.documents.sheets import SHEETS
from negotiation_kit.documents.sources import bringing_line, lost_lines, printed_from
from negotiation_kit.documents.text_review import can_be_read, line_of, text_problems
from negotiation_kit.documents.views import MAY_SEE, values_for
from negotiation_kit.pack import Failed, Kit, MadeForm, PackFile
from negotiation_kit.problems import Place, Problem, Refused

_DAY = date(2025, 3, 20)
_FORMS: tuple[MadeForm, ...] = ("docx", "html", "text")
_MARGINS = ("header.md", "footer.md", "footer-internal.md")
_BESIDE_THE_PAPERS: Mapping[str, tuple[str, ...]] = {
    INDEX.template: contents.NAMES,
    PRINT_SET.template: contents.NAMES,
    **dict.fromkeys(portfolio_page.TEMPLATES, portfolio_page.NAMES),
    "status.md": ("cases", "as_of", "quiet"),
    "wording.md": ("groups",),
}
"""Templates that are no paper of one case, and the names they may use."""
_WORDS = frozenset({"words.yaml", "reasons.yaml", "tone.yaml"})
_LISTS: Mapping[str, str] = {
    "questions.yaml": "questions",
    "own-questions.yaml": "questions",
    "checklist.yaml": "preparation",
    "own-checklist.yaml": "preparation",
    "playbook.yaml": "guide",
    "own-playbook.yaml": "guide",
    "clauses.yaml": "(?:clauses|notes)",
}
"""The name by which a template prints what a list holds."""
_FILE = re.compile(r"[\w-]+/(?:after-their-idea/)?[\w-]+\.[\w-]+\.(?:docx|html|txt|xlsx)\b")
_SAMPLES = re.compile(r" \[with [^\[\]]*\]$")
_COUNTED = re.compile(r"\bpart \d+\b")


def review(
    kit: Kit, own: Mapping[str, str], ours: Mapping[str, str], samples: Mapping[str, str], policies: Mapping[str, str]
) -> tuple[Problem, ...]:
    """Everything wrong with a company's own texts, over all samples, languages and forms, each told once.

    A text that is the same as ours is in order; where no text differs, one sample shows whether the look can be used.
    """
    unread = [*unread_files(own, ours)]
    own = {path: text for path, text in own.items() if ours.get(path) != text}
    if not own:
        return (*unread, *_in_the_look(kit, samples, policies))
    found = [*unread, *text_problems(own, ours, kit.desk.language_codes)]
    reviewed = _Review(kit, own, ours, samples, policies)
    try:
        assert kit.desk.house  # a look that cannot be used is told first
        found += reviewed.clauses()
        found += reviewed.compiled()
        told = {(each.place, each.message) for each in found}
        found += (each for each in reviewed.tried() if (each.place, _SAMPLES.sub("", each.message)) not in told)
        where = {each.place for each in found}
        found += (each for each in reviewed.strange_fields() if each.place not in where)
    except Refused as refused:  # a file of lists or words that cannot be read stops every paper
        found += refused.problems
    return tuple({(each.place, each.message): each for each in reversed(found)}.values())[::-1]


def _in_the_look(kit: Kit, samples: Mapping[str, str], policies: Mapping[str, str]) -> Iterator[Problem]:
    """Whether a Word file can be made with the house file that is there."""
    for name, text in [*samples.items()][:1]:
        case = kit.check(text, name, policies)
        for made in kit.attempts(case, as_of=case.as_of or _DAY, chosen=("D01",)):
            yield from made.refused.problems if isinstance(made, Failed) else ()


@dataclass(frozen=True)
class _Review:
    """The own texts, ours, and the samples they are tried on."""

    kit: Kit
    own: Mapping[str, str]
    ours: Mapping[str, str]
    samples: Mapping[str, str]
    policies: Mapping[str, str]
    _fields: dict[Audience, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def _cases(self) -> dict[str, tuple[Case, date]]:
        cases = {name: self.kit.check(text, name, self.policies) for name, text in self.samples.items()}
        return {name: (case, case.as_of or _DAY) for name, case in cases.items()}

    @cached_property
    def _touched(self) -> tuple[str, ...]:
        """The languages in which anything of the company's is printed."""
        codes = self.kit.desk.language_codes
        everywhere = any("/" not in path for path in self.own) or not self.own
        return tuple(code for code in codes if everywhere or any(path.startswith(f"{code}/") for path in self.own))

    def _texts_in(self, language: str) -> dict[str, str]:
        return {**self._ours_in(language), **_of_language(self.own, language)}

    def _ours_in(self, language: str) -> dict[str, str]:
        return {**_of_language(self.ours, language), **self.kit.desk.clauses.lists()}

    def _sources(self, template: str, language: str) -> tuple[str, ...]:
        texts = self._texts_in(language)
        return tuple(name for each in (template, *_MARGINS) for name in printed_from(texts, each))

    def _own_sources(self, template: str, language: str) -> tuple[str, ...]:
        paths = dict.fromkeys(f"{language}/{name}" for name in self._sources(template, language))
        return tuple(path for path in paths if path in self.own)

    def _is_touched(self, template: str, language: str) -> bool:
        """Whether anything of the company's stands in it: a template, a word, a line of a list, the look."""
        if not self.own or self._own_sources(template, language) or _of_language(self.own, language).keys() & _WORDS:
            return True
        texts = self._texts_in(language)
        printed = "\n".join(texts[name] for name in self._sources(template, language))
        return any(re.search(rf"\b{name}\b", printed) for file, name in _LISTS.items() if file in self.own)

    def compiled(self) -> Iterator[Problem]:
        """What is wrong in a template whether or not a sample prints the line it stands in."""
        for language in self._touched:
            texts, told = self._texts_in(language), set[str]()
            for template, known in self._names_of_templates(language):
                mine = [name for name in printed_from(texts, template) if f"{language}/{name}" in self.own]
                told |= {*mine}
                if mine:
                    wording = self.kit.desk.wording(language, "docx", known)
                    yield from (problem for name in mine for problem in wording.problems(name))
            for name in sorted({path.partition("/")[2] for path in self.own if path.startswith(f"{language}/")} - told):
                if name.endswith(".md"):
                    yield from self.kit.desk.wording(language, "docx", None).problems(name)

    def clauses(self) -> Iterator[Problem]:
        """Clauses of an own list whose words stand in no template."""
        if "clauses.yaml" in self.own:
            for clause in self.kit.desk.clauses.clauses:
                for language in self.kit.desk.language_codes:
                    if clause.template not in self._texts_in(language):
                        message = f"the words of {clause.id} are missing: there is no '{language}/{clause.template}'"
                        yield Problem(clause.place_of("id"), message, "write them there, on a line of their own")

    def strange_fields(self) -> Iterator[Problem]:
        """Fields that no record has, or that are not for the readers, in lines no sample prints too."""
        for path in sorted(path for path in self.own if path.endswith(".md") and can_be_read(path, self.own[path])):
            language, _, name = path.partition("/")
            readers = {paper.audience for paper in PAPERS if name in self._sources(paper.template, language)}
            known = frozenset[str]().union(*(self._fields_for(audience) for audience in readers))
            for line, asked, record in strange_fields(self.own[path], known) if readers else ():
                if asked in self._fields_for("restricted"):
                    why, way_out = "is internal and may not be shown in this paper", ""
                else:
                    beside = [each.rpartition(".")[2] for each in known if each.rpartition(".")[0] == record]
                    why, way_out = "is a field that is not there", near(asked.rpartition(".")[2], sorted(beside))
                yield Problem(line_of(path, self.own[path], line), f"{asked} {why}", way_out)

    def _fields_for(self, audience: Audience) -> frozenset[str]:
        if audience not in self._fields:
            paper = next(each for each in PAPERS if each.audience == audience)
            found = names_of(self.kit, paper, self.samples, self.policies)
            self._fields[audience] = frozenset(each.path.replace("[]", "") for each in found)
        return self._fields[audience]

    def _names_of_templates(self, language: str) -> Iterator[tuple[str, Iterable[str]]]:
        """Every template that is printed by itself, with the names it may use."""
        if not self._cases:
            return
        case, day = next(iter(self._cases.values()))
        reckoning = self.kit.reckon(case, day)
        one_of_each = {paper.audience: paper for paper in PAPERS}
        known = {
            audience: (*self.kit.values(paper, reckoning, language), "title", "prevailing")
            for audience, paper in one_of_each.items()
        }
        for paper in PAPERS:
            yield paper.template, known[paper.audience]
            yield from ((margin, known[paper.audience]) for margin in _margins_of(paper))
        for explanation in EXPLANATIONS:
            named = values_for(explanation, reckoning, {}, ())
            yield explanation.template, (*named, *EXPLAINED, *SHEETS)
        yield from _BESIDE_THE_PAPERS.items()

    def tried(self) -> Iterator[Problem]:
        """What is wrong in the papers, the explanations and the index of the samples, in every form."""
        told: dict[tuple[Place | None, str], list[tuple[str, Problem]]] = {}
        for name, (case, day) in self._cases.items():
            for problem in self._in_sample(case, day):
                key = problem.place, _COUNTED.sub("each part", re.sub(r" \(.*\)$", "", problem.message))
                told.setdefault(key, []).append((name, problem))
        for found in told.values():
            yield _with_samples(found[0][1], [name for name, _ in found])

    def _in_sample(self, case: Case, day: date) -> Iterator[Problem]:
        codes = self.kit.desk.language_codes
        for language in self._touched:
            chosen = tuple(
                paper.code for paper in self._papers(case, day) if self._is_touched(paper.template, language)
            )
            failed = set[str]()
            if chosen:
                for made in self.kit.attempts(case, as_of=day, languages=(language,), forms=_FORMS, chosen=chosen):
                    failed |= {made.paper.code} if isinstance(made, Failed) else set()
                    yield from self._told(made)
            both = tuple(code for code in chosen if code in SIDE_BY_SIDE and code not in failed)
            other = next((code for code in codes if code != language), None)
            if both and other:
                pair = language, other
                for made in self.kit.attempts(case, as_of=day, forms=(), chosen=both, side_by_side=pair):
                    yield from self._told(made)
            for explanation in EXPLANATIONS:
                if self._is_touched(explanation.template, language):
                    yield from self._explained(case, explanation.what, day, language)

    def _papers(self, case: Case, day: date) -> tuple[Paper, ...]:
        reckoning = self.kit.reckon(case, day)
        return tuple(paper for paper in PAPERS if paper.possible(reckoning) and not paper.held(reckoning))

    def _explained(self, case: Case, what: What, day: date, language: str) -> Iterator[Problem]:
        try:
            self.kit.explain(case, what, as_of=day, language=language)
        except Refused as refused:
            yield from refused.problems

    def _told(self, made: PackFile | Failed) -> Iterator[Problem]:
        code, language = made.paper.code, made.language
        if isinstance(made, PackFile):
            for warning in made.warnings:
                yield Problem(None, f"{code} in {language}: {warning}", "say it in calm words")
            return
        for problem in made.refused.problems:
            message = _FILE.sub(f"{code} in {language}", problem.message)
            if problem.place is None:
                place, why = self._where_lost(made.paper, language.split("-")[0])
                yield Problem(place, message, why or problem.hint)
            elif problem.place.file in self.own:
                yield Problem(problem.place, message, problem.hint)
            elif brought := self._brought_in(made.paper, problem.place):
                said = f"this brings in {problem.place.file}, which {code} cannot print (its line {problem.place.line}"
                yield Problem(brought, f"{said}: {problem.message})", problem.hint)
            else:
                yield Problem(problem.place, f"{code} in {language}: {message}", problem.hint)

    def _brought_in(self, paper: Paper, place: Place) -> Place | None:
        """The line of an own text that brings a template of ours into a paper it is not written for."""
        language, _, name = place.file.partition("/")
        if name in printed_from(self._ours_in(language), paper.template):
            return None
        texts = self._texts_in(language)
        for path in self._own_sources(paper.template, language):
            if line := bringing_line(texts, path.partition("/")[2], name):
                return line_of(path, self.own[path], line)
        return None

    def _where_lost(self, paper: Paper, language: str) -> tuple[Place | None, str]:
        """The line of an own text at which ours prints what yours no longer does."""
        own_paths = self._own_sources(paper.template, language)
        for path in own_paths:
            for lost in lost_lines(self.ours.get(path, ""), self.own[path]):
                why = f"ours prints {', '.join(lost.names)} here (its line {lost.our_line}), and yours nowhere"
                return line_of(path, self.own[path], lost.line), why
        if len(own_paths) == 1:
            return line_of(own_paths[0], self.own[own_paths[0]], 1), ""
        return None, ""


def _of_language(texts: Mapping[str, str], language: str) -> dict[str, str]:
    """The texts of a language by their name below its folder."""
    return {path.partition("/")[2]: text for path, text in texts.items() if path.startswith(f"{language}/")}


def _margins_of(paper: Paper) -> tuple[str, ...]:
    outside = paper.audience in {"client", "legal"}
    beside = ("side-by-side.md",) if paper.code in SIDE_BY_SIDE else ()
    return ("header.md", "footer.md" if outside else "footer-internal.md", *beside)


def _with_samples(problem: Problem, samples: Iterable[str]) -> Problem:
    """The problem with the sample in which it showed first, and in how many more."""
    first, *others = dict.fromkeys(samples)
    more = f" and {len(others)} more" if others else ""
    return Problem(problem.place, f"{problem.message} [with {first}{more}]", problem.hint)


def names_of(kit: Kit, paper: Paper, samples: Mapping[str, str], policies: Mapping[str, str]) -> tuple[Named, ...]:
    """Every name the templates of a paper may use."""
    values: dict[str, object] = {}
    clients: set[str] = set()
    for name, text in samples.items():
        case = kit.check(text, name, policies)
        reckoning, language = kit.reckon(case, case.as_of or _DAY), kit.desk.language_codes[0]
        found = kit.values(paper, reckoning, language)
        clients |= {*kit.values(CLIENTS_CALENDAR, reckoning, language)}
        values |= {key: value for key, value in found.items() if value or key not in values}
    return tuple({each.path: each for each in named_in(values, MAY_SEE[paper.audience], clients)}.values())


def paper_of(code: str) -> Paper:
    """The paper of a code; `Refused` where there is none."""
    for paper in PAPERS:
        if paper.code == code:
            return paper
    raise Refused(
        [Problem(None, f"there is no paper {code!r}", "known are " + ", ".join(each.code for each in PAPERS))]
    )
