"""The kit's wording and the company's own over it: languages, papers' texts, questions, the house file."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from negotiation_kit.documents.catalogue import Audience, Paper
from negotiation_kit.documents.container import unzipped
from negotiation_kit.documents.explanations import EXPLAINED
from negotiation_kit.documents.house import House
from negotiation_kit.documents.languages import Language
from negotiation_kit.documents.leak import Flat, flat, texts_in, texts_of
from negotiation_kit.documents.tone import Hardness, Hit, Source, source_in_templates
from negotiation_kit.documents.wording import Form, Wording
from negotiation_kit.problems import Place, Problem, Refused
from negotiation_kit.reading.record import read_record
from negotiation_kit.reading.tree import plain, read_tree
from negotiation_kit.reckoning.checklist import Checklist, checklist_problems
from negotiation_kit.reckoning.clauses import ClauseBank, bank_of_clauses_problems
from negotiation_kit.reckoning.own_lines import (
    OwnChecklist,
    OwnPlaybook,
    OwnQuestions,
    own_checklist_problems,
    own_playbook_problems,
    own_question_problems,
    with_own_checklist,
    with_own_playbook,
    with_own_questions,
)
from negotiation_kit.reckoning.playbook_bank import Playbook, playbook_problems
from negotiation_kit.reckoning.question_bank import QuestionBank, bank_problems
from negotiation_kit.shelf import Library

_USE = re.compile(r"\{#\s*use:(?P<use>.*?)#\}", re.DOTALL)


class Desk:
    """Every text the papers are made of, read and compiled when it is first asked for."""

    def __init__(self, library: Library) -> None:
        """Read nothing yet."""
        self._library = library
        self._wordings: dict[tuple[str, Form, Audience], Wording] = {}
        self._languages: dict[str, Language] = {}
        self._words: dict[str, Flat] = {}
        self._hardness: dict[str, Hardness] = {}

    @cached_property
    def language_codes(self) -> tuple[str, ...]:
        """The languages there are papers in: each folder of the templates that has words."""
        folders = (path.partition("/") for path in self._library.templates)
        return tuple(sorted(folder for folder, _, name in folders if name == "words.yaml"))

    def title(self, paper: Paper, language: str) -> str:
        """What the paper is called in a language: the title line of its template."""
        file = f"{language}/{paper.template}"
        title = title_of(self.template(file))
        if not title or "{" in title:
            raise _refused(file, "has no title", "begin it with '# ' and the title in plain words, without values")
        return title

    def use(self, paper: Paper, language: str) -> str:
        """When the paper is used, in a sentence for our own people: what its template says in `{# use: ... #}`."""
        template = self.template(f"{language}/{paper.template}")
        found = _USE.search(template, 0, template.rfind("#}") + 2)
        return found["use"].strip() if found else ""

    @cached_property
    def our_bank(self) -> QuestionBank:
        """The questions that come with the kit."""
        file = "questions.yaml"
        return read_record(self.template(file), file, QuestionBank, (bank_problems,))

    @cached_property
    def own_questions(self) -> OwnQuestions:
        """What the company's own file says of questions; nothing when there is none."""
        file = "own-questions.yaml"
        if file not in self._library.templates:
            return OwnQuestions()
        checks = (lambda own: own_question_problems(own, self.our_bank),)
        return read_record(self._library.templates[file], file, OwnQuestions, checks)

    @cached_property
    def bank(self) -> QuestionBank:
        """Our questions with the company's own laid over them."""
        return with_own_questions(self.our_bank, self.own_questions)

    @cached_property
    def checklist(self) -> Checklist:
        """Our checklist, with the company's own laid over it."""
        file, own_file = "checklist.yaml", "own-checklist.yaml"
        checklist = read_record(self.template(file), file, Checklist, (checklist_problems,))
        if own_file not in self._library.templates:
            return checklist
        text = self._library.templates[own_file]
        own = read_record(text, own_file, OwnChecklist, (lambda each: own_checklist_problems(each, checklist),))
        return with_own_checklist(checklist, own)

    @cached_property
    def clauses(self) -> ClauseBank:
        """The clauses of the minutes, each with what calls for it and why."""
        file = "clauses.yaml"
        return read_record(self.template(file), file, ClauseBank, (bank_of_clauses_problems,))

    @cached_property
    def playbook(self) -> Playbook:
        """The course of a talk and its model words, with the company's own laid over them."""
        file, own_file = "playbook.yaml", "own-playbook.yaml"
        playbook = read_record(self.template(file), file, Playbook, (playbook_problems,))
        if own_file not in self._library.templates:
            return playbook
        text = self._library.templates[own_file]
        own = read_record(text, own_file, OwnPlaybook, (lambda each: own_playbook_problems(each, playbook),))
        return with_own_playbook(playbook, own)

    def language(self, code: str) -> Language:
        """How a language writes days, sums and the labels of choices."""
        if code not in self._languages:
            file = f"{code}/words.yaml"
            try:
                self._languages[code] = Language.from_words(code, self._tree(file), self._tree(f"{code}/reasons.yaml"))
            except ValueError as wrong:
                raise _refused(file, f"cannot be used: {wrong}", "compare it with en/words.yaml") from None
        return self._languages[code]

    def hardness(self, code: str) -> Hardness:
        """The words of a language that have no place in a calm paper."""
        if code not in self._hardness:
            self._hardness[code] = self._read_hardness(code)
        return self._hardness[code]

    def source_of(self, hit: Hit, code: str, template: str) -> Source | None:
        """The line of a template a hard word comes from; nothing where it comes from elsewhere."""
        return source_in_templates(hit, self._library.templates, code, template)

    def _read_hardness(self, code: str) -> Hardness:
        file, tree = f"{code}/tone.yaml", self._tree(f"{code}/tone.yaml")
        lists: dict[str, tuple[str, ...]] = {}
        for name in ("unwelcome", "welcome"):
            words = tree.get(name, [])
            if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
                raise _refused(file, f"{name} is no list of words", "write it like [debtor, demand]")
            lists[name] = tuple(str(word) for word in words)
        if not lists["unwelcome"]:
            raise _refused(file, "names no unwelcome word", "write one at least")
        return Hardness(lists["unwelcome"], lists["welcome"])

    def _tree(self, file: str) -> dict[str, object]:
        tree = plain(read_tree(self.template(file), file))
        assert isinstance(tree, dict)
        return tree

    def template(self, file: str) -> str:
        """A text among the templates; `Refused` where it is not there."""
        if file not in self._library.templates:
            raise _refused(file, "is not among the templates", "copy it from another language, or take the folder out")
        return self._library.templates[file]

    def compiled(self, code: str, form: Form, audience: Audience, names: Iterable[str]) -> Wording:
        """The compiled templates of a language; the names an audience may use are the same in all its papers."""
        key = code, form, audience
        if key not in self._wordings:
            self._wordings[key] = self.wording(code, form, (*names, *EXPLAINED, "title"))
        return self._wordings[key]

    def wording(self, code: str, form: Form, names: Iterable[str] | None) -> Wording:
        """The templates of a language for what is no paper of a case; without names they may ask for any."""
        if code not in self.language_codes:
            raise Refused([self.no_language(code, None)])
        texts = {
            path.removeprefix(f"{code}/"): text
            for path, text in self._library.templates.items()
            if path.startswith(f"{code}/") and path.endswith(".md")
        }
        return Wording(
            {**texts, **self.clauses.lists()}, self.language(code), form, None if names is None else frozenset(names)
        )

    def no_language(self, code: str, place: Place | None) -> Problem:
        """The problem of a language there are no papers in."""
        known = ", ".join(self.language_codes)
        return Problem(place, f"there are no papers in language {code!r}", f"known are {known}")

    @cached_property
    def house(self) -> House:
        """The look of the papers."""
        return House.read(self._library.house)

    @cached_property
    def house_parts(self) -> Mapping[str, bytes]:
        """The parts a paper takes from the house file as they are."""
        as_they_are = unzipped(self._library.house)
        return {name: part for name, part in self.house.parts.items() if as_they_are[name] == part}

    @cached_property
    def house_words(self) -> Flat:
        """All that these parts say."""
        return flat("\n".join(texts_of(self.house_parts, "house.docx").values()))

    def own_words(self, code: str) -> Flat:
        """What stands in every paper of a language, whatever the case: its wording, and the house file's own parts."""
        if code not in self._words:
            wording = [text for path, text in self._library.templates.items() if path.startswith(f"{code}/")]
            self._words[code] = flat("\n".join([*wording, *texts_in(self._library.house, "house.docx").values()]))
        return self._words[code]


def title_of(template: str) -> str:
    """The text of a template's title line; nothing when it has none."""
    titles = (line.removeprefix("# ").strip() for line in template.splitlines() if line.startswith("# "))
    return next(titles, "")


def _refused(file: str, message: str, way_out: str) -> Refused:
    return Refused([Problem(None, f"{file} {message}", way_out)])
