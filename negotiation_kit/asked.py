"""What is asked of a pack: which papers, in which languages and forms, for which day; and all its files as asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from negotiation_kit.case.case import Case
from negotiation_kit.documents.catalogue import PAPERS, Choice
from negotiation_kit.pack import AskedForm, Kit, MadeForm, PackFile
from negotiation_kit.problems import Problem


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks of the pack of a case; what is left out is as the case says."""

    languages: tuple[str, ...] = ()
    forms: tuple[AskedForm, ...] = ("docx",)
    chosen: Choice = "needed"
    side_by_side: tuple[str, str] | None = None
    print_set: bool = False
    as_of: date | None = None

    def day(self, case: Case, today: date) -> date:
        """The day the papers speak for: the one asked for, else the case's, else today."""
        return self.as_of or case.as_of or today

    @property
    def made_forms(self) -> tuple[MadeForm, ...]:
        """The forms the kit makes; a PDF is made of a Word file."""
        return *(form for form in self.forms if form != "pdf"), *self.extra_forms

    @property
    def extra_forms(self) -> tuple[MadeForm, ...]:
        """The forms that are needed on the way and that nobody asked for."""
        return ("docx",) if (self.print_set or "pdf" in self.forms) and "docx" not in self.forms else ()

    def problems(self, kit: Kit) -> Iterator[Problem]:
        """What no case could give, so that it is told once and not for each case."""
        known = tuple(paper.code for paper in PAPERS)
        for code in () if self.chosen in {"needed", "all"} else self.chosen:
            if code not in known:
                yield Problem(None, f"there is no paper {code!r}", f"known are {', '.join(known)}")
        for code in dict.fromkeys((*self.languages, *(self.side_by_side or ()))):
            if code not in kit.desk.language_codes:
                yield kit.desk.no_language(code, None)


def papers_asked(kit: Kit, case: Case, asked: Asked, *, as_of: date) -> Iterator[PackFile]:
    """The papers of a case, one after the other, before an office program makes PDFs of them."""
    return kit.pack(
        case,
        as_of=as_of,
        languages=asked.languages,
        forms=asked.made_forms,
        chosen=asked.chosen,
        side_by_side=asked.side_by_side,
    )


def with_index(kit: Kit, case: Case, files: Sequence[PackFile], asked: Asked, *, as_of: date) -> tuple[PackFile, ...]:
    """The files that were asked for, and the page that says what each of them is for."""
    wanted = [file for file in files if file.form not in asked.extra_forms]
    return *wanted, kit.index(case, wanted, as_of=as_of)
