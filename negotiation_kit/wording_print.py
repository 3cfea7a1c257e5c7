"""All wording of a language as one Word file, each line beside its place, to be marked up by a lawyer."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from negotiation_kit.desk import Desk, title_of
from negotiation_kit.documents.inline import tags_told
from negotiation_kit.documents.lines import without_comments
from negotiation_kit.documents.package import word_file
from negotiation_kit.problems import Problem, Refused
from negotiation_kit.reading.tree import Group, Listing, Tree, Word, read_tree

TEMPLATE = "wording.md"
_DAY = date(2000, 1, 1)
"""The day in the file's properties: the same wording gives the same bytes."""
_DASHES = re.compile(r"\|[|:\- ]+\|")
_FENCE = re.compile(r":::.*|-{3,}")
_MARK = re.compile(r"(?:#+\.?|\|=|- \[[ x]\]|-)\s+")
_TYPED_OVER = re.compile(r"\[\[[\w.]+\s*=[^\[\]]*\]\]\s*|\[\[[\w.]+:\s*|\[#\w+\]|\]\](?!\])")
_SHARED = ("questions.yaml", "checklist.yaml", "playbook.yaml", "clauses.yaml")
_OF_THE_LANGUAGE = ("reasons.yaml", "words.yaml")


@dataclass(frozen=True, slots=True)
class WordingLine:
    """A line of the wording."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class WordingGroup:
    """The lines of one file."""

    title: str
    lines: tuple[WordingLine, ...]


def wording_file(desk: Desk, texts: Mapping[str, str], language: str) -> bytes:
    """The Word file; `Refused` where there is no such language."""
    if language not in desk.language_codes:
        raise Refused([desk.no_language(language, None)])
    groups = [group for group in _groups(texts, language) if group.lines]
    values = {"groups": groups}
    wording = desk.wording(language, "docx", values)
    title = title_of(desk.template(f"{language}/{TEMPLATE}"))
    if not title:
        raise Refused([Problem(None, f"{language}/{TEMPLATE} has no title", "begin it with '# ' and the title")])
    body = wording.render(TEMPLATE, values)
    return word_file(desk.house, body=body, title=title, language_tag=desk.language(language).tag, day=_DAY)


def _groups(texts: Mapping[str, str], language: str) -> Iterator[WordingGroup]:
    papers = sorted(path for path in texts if path.startswith(f"{language}/") and path.endswith(".md"))
    for path in sorted(papers, key=lambda path: (path.count("/"), path)):
        name = title_of(texts[path])
        yield WordingGroup(f"{name} – {path}" if name and "{" not in name else path, tuple(_lines(texts[path])))  # noqa: RUF001
    for path in (f"{language}/{name}" for name in _OF_THE_LANGUAGE):
        yield WordingGroup(path, tuple(_words(read_tree(texts[path], path))))
    for path in (name for name in _SHARED if name in texts):
        yield WordingGroup(path, tuple(_spoken(read_tree(texts[path], path), language)))


def _lines(text: str) -> Iterator[WordingLine]:
    """The lines of a template that say something, without its marks."""
    for number, line in enumerate(without_comments(text).replace("\0", "").split("\n"), start=1):
        said = line.strip()
        if not said or _DASHES.fullmatch(said) or _FENCE.fullmatch(said):
            continue
        shown = tags_told(_TYPED_OVER.sub("", _MARK.sub("", said, count=1)), _readable).replace("**", "")
        if shown.strip(" |") and "[end" not in shown.replace(" ", "")[:4]:
            yield WordingLine(number, " ".join(shown.strip("| ").split()))


def _readable(found: re.Match[str]) -> str:
    """A value as its name in angled marks, a condition in brackets."""
    inside = found[0][2:-2].strip()
    if found.lastgroup == "value":
        return f"‹{inside.split(' | ')[0]}›"  # noqa: RUF001 - marks that no wording uses
    return f"[{inside}]"


def _words(tree: Tree) -> Iterator[WordingLine]:
    """Every text in a tree with its line."""
    match tree:
        case Word(place=place, text=text):
            yield WordingLine(place.line, text)
        case Group(fields=fields):
            for below in fields.values():
                yield from _words(below)
        case Listing(entries=entries):
            for below in entries:
                yield from _words(below)


def _spoken(tree: Tree, language: str) -> Iterator[WordingLine]:
    """The texts that stand under the name of a language."""
    match tree:
        case Group(fields=fields):
            for name, below in fields.items():
                yield from _words(below) if name == language else _spoken(below, language)
        case Listing(entries=entries):
            for below in entries:
                yield from _spoken(below, language)
