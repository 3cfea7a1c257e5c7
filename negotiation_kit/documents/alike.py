"""Whether two languages of a template say the same: built of the same blocks, printing the same names."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from jinja2 import Environment, nodes

from negotiation_kit.documents.blocks import Choice, Container, Control, Fact, Item, Items, Node, Paragraph, Row, Table

_LETTER = "[A-Za-zÁÉÍÓÖŐÚÜŰáéíóöőúüű]"
_ARTICLE = re.compile(r"\b[Aa]z?\s+(?:\{%[^%]*%\})?[*_(„]*\{\{.*")
_HYPHENS = "-\N{EN DASH}\N{NON-BREAKING HYPHEN}"
_SUFFIX = re.compile(rf"\}}\}}[*_]*(?:\{{%(?!\s*el)[^%]*%\}})*[{_HYPHENS}]?{_LETTER}.*")
_EXTENDS = re.compile(r"""\{%\s*extends\s+["']([^"'{}]+)["']""")
_MARK = re.compile(r"(?:#+\.?|:::.*|\|=|\||- \[[ x]\]|-{3,}|-)(?=\s|$)|:::\s*\w*")
_TAG = re.compile(r"\{%\s*(\w+)[^%]*%\}$")
_BLOCK = re.compile(r"\{%\s*block\s+(\w+)")


def shape(blocks: Sequence[Node]) -> list[object]:
    """What a template is built of, without its words: the same in every language."""
    return [_shape_of(block) for block in blocks]


def _shape_of(block: Node) -> object:
    found: object
    match block:
        case Control():
            found = block.tag
        case Paragraph() | Item():
            found = block.kind
        case Row():
            found = ("row", len(block.cells), block.total)
        case Fact():
            found = "fact"
        case Items():
            found = ("items", block.kind, shape(block.parts))
        case Table():
            found = ("table", [column.alignment for column in block.columns], shape(block.parts))
        case Container():
            found = (block.name, [shape(column) for column in block.columns])
        case Choice():
            found = [(arm.tag.tag, shape(arm.parts)) for arm in block.arms]
    return found


def names(text: str) -> Counter[str]:
    """Every name a template prints or asks about, with the fields it takes of it: `debt.total`."""
    tree = Environment(autoescape=True).parse(text)
    inner = {id(chain.node) for chain in tree.find_all(nodes.Getattr)}
    return Counter(
        chain_of(node) for kind in (nodes.Getattr, nodes.Name) for node in tree.find_all(kind) if id(node) not in inner
    )


def chain_of(node: nodes.Node) -> str:
    """A name with its fields as a template writes it: `debt.total`."""
    return f"{chain_of(node.node)}.{node.attr}" if isinstance(node, nodes.Getattr) else getattr(node, "name", "…")


def first_unlike_line(text: str, other: str) -> int:
    """The first line of a text that is of another kind than the other's line of the same number."""
    lines, others = text.split("\n"), other.split("\n")
    for number, (line, beside) in enumerate(zip(lines, others, strict=False), start=1):
        if _kind_of_line(line) != _kind_of_line(beside):
            return number
    return min(len(lines), len(others) + 1)


def _kind_of_line(line: str) -> tuple[object, ...]:
    """What a line is, without its words."""
    mark, tag = _MARK.match(line.strip()), _TAG.match(line.strip())
    return mark and mark[0].strip(), tag and tag[1], not line.strip()


def bare_articles(text: str) -> list[str]:
    """Where a Hungarian article stands right before a value, which may begin with a vowel or not."""
    return _ARTICLE.findall(text)


def suffixes(text: str) -> list[str]:
    """Where a Hungarian suffix hangs on a value, whose vowels and last sound are not known."""
    return _SUFFIX.findall(text)


def hungarian_mistakes(text: str) -> Iterator[tuple[int, str]]:
    """Lines of a Hungarian template that some values would make wrong, and why."""
    for number, line in enumerate(text.split("\n"), start=1):
        if bare_articles(line):
            yield number, "an article right before a value: a or az hangs on what is printed"
        if suffixes(line):
            yield number, "a suffix on a value: its vowels hang on what is printed"


def extended_by(text: str) -> str:
    """The template that this one extends; nothing when it stands by itself."""
    found = _EXTENDS.search(text)
    return found[1] if found else ""


def strange_blocks(text: str, extended: str) -> Iterator[tuple[int, str]]:
    """The named blocks of a template that the one it extends does not have, so that they would never be printed."""
    there = set(_BLOCK.findall(extended))
    for number, line in enumerate(text.split("\n"), start=1):
        for name in _BLOCK.findall(line):
            if name not in there:
                yield number, name
