"""A company's own wording tried on every sample: all that is wrong with it, before a case needs it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from jinja2 import TemplateSyntaxError

from negotiation_kit.documents.alike import extended_by, hungarian_mistakes, names, shape, strange_blocks
from negotiation_kit.documents.catalogue import CLIENTS_CALENDAR, PAPERS, Paper
from negotiation_kit.documents.markup import read
from negotiation_kit.documents.named import Named, named_in
from negotiation_kit.documents.own_files import unread_files
from negotiation_kit.documents.views import MAY_SEE
from negotiation_kit.pack import Kit
from negotiation_kit.problems import Place, Problem, Refused

_DAY = date(2025, 3, 20)


def review(
    kit: Kit, own: Mapping[str, str], ours: Mapping[str, str], samples: Mapping[str, str], policies: Mapping[str, str]
) -> tuple[Problem, ...]:
    """Everything wrong with a company's own texts, each told once."""
    found = [*unread_files(own, ours), *_in_texts(kit, own, {**ours, **own})]
    if not found:
        found = [*_in_papers(kit, samples, policies)]
    return tuple(dict.fromkeys(found))


def _in_texts(kit: Kit, own: Mapping[str, str], all_texts: Mapping[str, str]) -> Iterator[Problem]:
    for path in sorted(path for path in own if path.endswith(".md") and path in all_texts):
        language, _, name = path.partition("/")
        text = own[path]
        try:
            built, printed = _built(path, text)
        except Refused as refused:
            yield from refused.problems
            continue
        for number, why in hungarian_mistakes(text) if language == "hu" else ():
            yield Problem(_place(path, text, number), why, "use a colon, brackets or a noun: '{{ amount }} összegű'")
        parent = extended_by(text)
        for number, block in strange_blocks(text, all_texts.get(f"{language}/{parent}", "")) if parent else ():
            yield Problem(_place(path, text, number), f"'{parent}' has no block '{block}', so this is never printed")
        for other in (code for code in kit.desk.language_codes if code != language):
            beside = f"{other}/{name}"
            try:
                theirs = all_texts[beside]
                their_blocks, their_names = _built(beside, theirs)
                unlike = their_blocks != built, their_names != printed
            except (KeyError, Refused):
                continue
            if unlike[0]:
                yield Problem(None, f"{path} is built of other blocks than {beside}", "change both languages alike")
            if unlike[1]:
                more, less = sorted(printed - names(theirs)), sorted(names(theirs) - printed)
                told = "; ".join(
                    f"{word} {', '.join(which)}" for word, which in (("more:", more), ("missing:", less)) if which
                )
                yield Problem(None, f"{path} prints other values than {beside} ({told})", "change both languages alike")


def _built(path: str, text: str) -> tuple[list[object], Counter[str]]:
    """What a template is built of and the names it prints; `Refused` where it cannot be read."""
    try:
        return shape(read(text, path)), names(text)
    except TemplateSyntaxError as wrong:
        place, message = _place(path, text, wrong.lineno), wrong.message or "this is no tag"
    except (ValueError, RecursionError) as wrong:
        place, message = _place(path, text, 1), f"this template cannot be worked with: {wrong}"
    raise Refused([Problem(place, message, "compare it with our own, or look at docs/templates.md")])


def _in_papers(kit: Kit, samples: Mapping[str, str], policies: Mapping[str, str]) -> Iterator[Problem]:
    for name, text in samples.items():
        case = kit.check(text, name, policies)
        day = case.as_of or _DAY
        for language in kit.desk.language_codes:
            try:
                for file in kit.pack(case, as_of=day, languages=(language,), forms=("text",), chosen="all"):
                    for warning in file.warnings:
                        yield Problem(None, f"{file.paper.code} in {language}: {warning}", "say it in calm words")
            except Refused as refused:
                yield from (_told_for(problem, name) for problem in refused.problems)


def _told_for(problem: Problem, sample: str) -> Problem:
    """A mistake without a line of its own says in which sample it showed."""
    return problem if problem.place else Problem(None, f"with {sample}: {problem.message}", problem.hint)


def _place(path: str, text: str, number: int) -> Place:
    return Place(path, number, 1, text.split("\n")[number - 1])


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
