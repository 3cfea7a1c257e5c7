"""Two versions of a case held against each other: one Word file of the minutes with the changes tracked.

It goes to the client, so it is looked through like every paper for them: each version alone, both views of the
finished file, and the file as it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from negotiation_kit.case.case import Case
from negotiation_kit.documents.catalogue import PAPERS, Paper
from negotiation_kit.documents.leak import flat, flattened, leaks, secrets_of, texts_in
from negotiation_kit.documents.package import word_file
from negotiation_kit.documents.proof import expected_in, proof_problems
from negotiation_kit.documents.redline import lines_in, redlined, settled
from negotiation_kit.documents.views import MAY_SEE
from negotiation_kit.pack import Kit, PackFile, file_path
from negotiation_kit.problems import Problem, Refused
from negotiation_kit.reckoning.reckon import Reckoning

_MINUTES = ("C04", "C05")
"""Signed or to be signed if both versions have an outcome; else the form that is filled in at the meeting."""


@dataclass(frozen=True, slots=True)
class _Version:
    """One of the two."""

    called: str
    reckoning: Reckoning
    values: Mapping[str, object]
    body: str


def redline(kit: Kit, old: Case, new: Case, *, days: tuple[date, date], language: str, code: str = "") -> PackFile:
    """The changes from the old version to the new one in a paper, the minutes if none is named.

    The days are those the two versions speak for. `Refused` when the two are not of one case, say the same, or hold
    something that is not for the client.
    """
    if language not in kit.desk.language_codes:
        raise Refused([kit.desk.no_language(language, None)])
    if old.case != new.case:
        message = f"these are two cases, {old.case} and {new.case}"
        raise Refused([Problem(None, message, "name two versions of one case")])
    reckonings = kit.reckon(old, days[0]), kit.reckon(new, days[1])
    paper = _paper(code.upper(), *reckonings)
    for case, day in zip((old, new), days, strict=True):
        list(kit.pack(case, as_of=day, languages=(language,), chosen=(paper.code,)))
    before, after = (
        _version(kit, paper, called, reckoning, language)
        for called, reckoning in zip(("old", "new"), reckonings, strict=True)
    )
    body = redlined(kit.desk.house.opening, before.body, after.body, author=new.supplier.name, day=days[1])
    compared = _Compared(kit, paper, language, before, after, body)
    content = compared.file()
    if problems := [*compared.unlike(), *compared.wrong_in(content)]:
        raise Refused(problems)
    return PackFile(compared.path, paper, language, "docx", content)


def _paper(code: str, old: Reckoning, new: Reckoning) -> Paper:
    """The paper that is compared."""
    known = {paper.code: paper for paper in PAPERS if paper.audience == "client"}
    if code and code not in known:
        raise Refused([Problem(None, f"{code} is no paper for the client", f"known are {', '.join(known)}")])
    wanted = (code,) if code else _MINUTES
    for each in wanted:
        if known[each].possible(old) and known[each].possible(new):
            return known[each]
    last = known[wanted[-1]]
    hint = f"write into both: {last.lacking}" if last.lacking else last.time
    raise Refused([Problem(None, f"{wanted[-1]} cannot be made of both versions", hint)])


def _version(kit: Kit, paper: Paper, called: str, reckoning: Reckoning, language: str) -> _Version:
    values = kit.values(paper, reckoning, language)
    wording = kit.desk.compiled(language, "docx", paper.audience, values)
    return _Version(called, reckoning, values, wording.render(paper.template, values))


@dataclass(frozen=True, slots=True)
class _Compared:
    """Both versions and the body that holds them."""

    kit: Kit
    paper: Paper
    language: str
    old: _Version
    new: _Version
    body: str

    @property
    def path(self) -> str:
        path = file_path(self.new.reckoning.case.case, self.paper, self.language, "docx")
        return path.replace(self.paper.slug, f"{self.paper.slug}-changes")

    def file(self) -> bytes:
        """The file, marked on each page as not for signature."""
        desk, new = self.kit.desk, self.new
        wording = desk.compiled(self.language, "docx", self.paper.audience, new.values)
        title = desk.title(self.paper, self.language)
        return word_file(
            desk.house,
            body=self.body,
            title=title,
            language_tag=desk.language(self.language).tag,
            day=new.reckoning.as_of,
            header=wording.render("header.md", {**new.values, "title": title}),
            footer=wording.render("footer-changes.md", new.values),
            identifier=f"{new.reckoning.case.case} {self.paper.code}",
        )

    def _views(self) -> Iterator[tuple[_Version, list[str]]]:
        """Each version, and what the body says when all changes are rejected or accepted."""
        for version, accepted in ((self.old, False), (self.new, True)):
            yield version, settled(self.kit.desk.house.opening, self.body, accepted=accepted)

    def unlike(self) -> Iterator[Problem]:
        """Whether the body marks anything, and is the one version and the other."""
        opening = self.kit.desk.house.opening
        if lines_in(opening, self.old.body) == lines_in(opening, self.new.body):
            message = f"the two versions say the same in {self.paper.code}"
            yield Problem(None, message, "there is nothing to mark; no file was written")
        for version, view in self._views():
            if view != lines_in(opening, version.body):
                message = f"{self.path} would not say what the {version.called} version says"
                yield Problem(None, message, "tell the makers of the kit; no file was written")

    def wrong_in(self, content: bytes) -> Iterator[Problem]:
        """What is missing from either version, and what is not for the client in either or in the file."""
        words = self.kit.desk.language(self.language)
        said = texts_in(content, self.path)
        for version, view in self._views():
            text = "\n".join(view)
            said[f"the {version.called} version in {self.path}"] = text
            expected = expected_in(self.paper, version.reckoning, words)
            yield from proof_problems({self.path: flat(text)}, self.path, expected)
        secrets = [
            secret
            for version in (self.old, self.new)
            for secret in secrets_of(version.reckoning.case, version.reckoning.offers, MAY_SEE[self.paper.audience])
        ]
        shown = {version.called: version.values for version in (self.old, self.new)}
        yield from leaks(flattened(said), secrets, shown, (self.kit.desk.own_words(self.language),), words)
