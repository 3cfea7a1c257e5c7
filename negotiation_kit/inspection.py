"""The last look at a finished paper before it may leave: its figures, its controls, its secrets, its tone."""

import re
from collections.abc import Iterator, Mapping, Sequence

from negotiation_kit.desk import Desk
from negotiation_kit.documents.catalogue import Paper
from negotiation_kit.documents.chart_proof import chart_problems, page_chart_problems, plans_of
from negotiation_kit.documents.container import unzipped
from negotiation_kit.documents.control_proof import control_problems, file_problems
from negotiation_kit.documents.languages import Language
from negotiation_kit.documents.leak import Secret, flattened, leaks, texts_in, texts_of
from negotiation_kit.documents.proof import (
    Expected,
    expected_beside,
    expected_in,
    proof_problems,
    sums_in_words,
    words_problems,
)
from negotiation_kit.documents.tone import Hit, Source, hits_in, source_in_case
from negotiation_kit.problems import Problem, Refused
from negotiation_kit.reckoning.letters import letters_of
from negotiation_kit.reckoning.reckon import Reckoning
from negotiation_kit.reckoning.unfilled import unfilled

_READ = re.compile(r"word/(?:document|footnotes|header|footer)|\.(?:html|txt)\Z|sharedStrings")
"""The parts of a finished file that a reader sees."""


def inspected(  # noqa: PLR0913 - all that a paper is held against
    desk: Desk,
    paper: Paper,
    reckoning: Reckoning,
    content: bytes,
    path: str,
    *,
    values: Mapping[str, object],
    secrets: Sequence[Secret],
    language: Language,
    figures: Sequence[Expected] | None = None,
) -> tuple[str, ...]:
    """What a person should look at once more; `Refused` with all that is wrong, and then no file is written.

    `figures` are what must stand in it where it is no text, as in a spreadsheet.
    """
    is_word = path.endswith(".docx")
    parts = unzipped(content) if is_word else {}
    said = _own_texts(desk, parts, path) if is_word else texts_in(content, path)
    told = flattened(said)
    whole = {**told, "the house file": desk.house_words} if is_word else told
    expected = expected_in(paper, reckoning, language) if figures is None else tuple(figures)
    problems = list(proof_problems(whole, path, expected))
    if is_word:
        problems += file_problems(parts, path, language)
        problems += control_problems(parts, path, paper, reckoning, language)
        problems += chart_problems(parts, path, plans_of(reckoning), language)
    elif path.endswith(".html"):
        problems += page_chart_problems(content.decode("utf-8"), path, plans_of(reckoning), language)
    problems += words_problems(whole, path, sums_in_words(paper, reckoning), language)
    if paper.audience in {"client", "legal"}:
        problems += leaks(told, secrets, values, (desk.own_words(language.code),), language)
    hits = tuple(_hard_words(desk, paper, reckoning, said, language)) if paper.audience == "client" else ()
    if paper.tone != "legal words":
        problems += [_too_hard(hit, source, path) for hit, source in hits]
    if problems:
        raise Refused(problems)
    hard = (
        f"“{hit.word}” is a hard word: {hit.line}{f' ({source.place or source.name})' if source else ''}"
        for hit, source in hits
    )
    return (*hard, *_lines_to_write_on(paper, reckoning))


def _lines_to_write_on(paper: Paper, reckoning: Reckoning) -> Iterator[str]:
    """What nobody should find empty only when the other side holds the pen."""
    if paper.code == "C04" and (missing := tuple(unfilled(reckoning))):
        yield f"left empty, to be written in by hand or into the case: {', '.join(missing)}"


def inspect_side_by_side(
    desk: Desk,
    paper: Paper,
    reckoning: Reckoning,
    content: bytes,
    path: str,
    *,
    values: Sequence[Mapping[str, object]],
    secrets: Sequence[Secret],
    languages: tuple[Language, Language],
) -> None:
    """`Refused` with all that is wrong in a paper of two languages; each has been looked at alone before."""
    parts = unzipped(content)
    told = flattened(_own_texts(desk, parts, path))
    whole = {**told, "the house file": desk.house_words}
    first, second = languages
    expected = (*expected_in(paper, reckoning, first), *expected_beside(paper, reckoning, second))
    problems = [
        *proof_problems(whole, path, expected),
        *chart_problems(parts, path, plans_of(reckoning), first),
    ]
    own = [desk.own_words(each.code) for each in languages]
    for each, language in zip(values, languages, strict=True):
        problems += words_problems(whole, path, sums_in_words(paper, reckoning), language)
        problems += leaks(told, secrets, each, own, language)
    if problems:
        raise Refused(problems)


def _own_texts(desk: Desk, parts: Mapping[str, bytes], path: str) -> dict[str, str]:
    """What a Word file says besides the parts that are the house's to the byte, which say the same in every paper."""
    return texts_of({name: part for name, part in parts.items() if desk.house_parts.get(name) != part}, path)


def tone_problems(
    desk: Desk, paper: Paper, reckoning: Reckoning, text: str, *, path: str, language: Language
) -> Iterator[Problem]:
    """Each word too hard for what a client is given, in a file that is no paper, such as a calendar."""
    for hit, source in _hard_words_in(desk, paper, reckoning, text, language):
        yield _too_hard(hit, source, path)


def _too_hard(hit: Hit, source: Source | None, path: str) -> Problem:
    said = f" in {source.name}" if source else ""
    return Problem(
        source.place if source else None,
        f"{path}: “{hit.word}” is a hard word: {hit.line}",
        f"say it more calmly{said}; no file was written",
    )


def _hard_words(
    desk: Desk, paper: Paper, reckoning: Reckoning, said: Mapping[str, str], language: Language
) -> Iterator[tuple[Hit, Source | None]]:
    """Each word too hard for a client's paper, and its source; a warning's next step may say it as it is."""
    shown = [text for part, text in said.items() if part.startswith("the text of ") and _READ.search(part)]
    yield from _hard_words_in(desk, paper, reckoning, "\n".join(shown), language)


def _hard_words_in(
    desk: Desk, paper: Paper, reckoning: Reckoning, text: str, language: Language
) -> Iterator[tuple[Hit, Source | None]]:
    case, warning = reckoning.case, letters_of(reckoning).warning
    people = [person.name for party in (case.supplier, case.client) for person in party.people]
    names = (case.supplier.name, case.client.name, *people)
    step = language.word("next_owner", warning.next_owner) if warning and paper.tone == "next step" else ""
    for hit in dict.fromkeys(hits_in(text, desk.hardness(language.code), names, beside=step)):
        in_case = source_in_case(hit, case, language.code)
        yield hit, in_case or desk.source_of(hit, language.code, paper.template)
