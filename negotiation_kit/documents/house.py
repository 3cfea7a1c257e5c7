"""The house file: what a company owns of the look of its papers, read once."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Self
from xml.etree import ElementTree as ET

from negotiation_kit.documents.container import DamagedFile, parsed, unzipped
from negotiation_kit.documents.word import STYLES
from negotiation_kit.problems import Problem, Refused

DOCUMENT = "word/document.xml"
STYLE_SHEET = "word/styles.xml"
NUMBERING = "word/numbering.xml"

_SETTINGS = "word/settings.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_WANTED = ["styles", "numbering", "settings", "webSettings", "fontTable", "theme", "footnotes", "endnotes"]
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_HINT = "take a fresh house.docx, or open this one in Word and save it as .docx again"
_FIRST_HEADER = re.compile(r'<w:headerReference\b(?=[^>]*w:type="first")[^>]*r:id="(?P<own>[^"]+)"[^>]*/>')
_REFERENCE = re.compile(r"<w:(?:header|footer)Reference\b[^>]*/>")
_PRIVATE = re.compile(r"<w:rsids>.*?</w:rsids>|<w:(?:attachedTemplate|evenAndOddHeaders)\b[^>]*/>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Relation:
    """A link from the main part to another."""

    own: str
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class House:
    """What every paper takes from the house file."""

    parts: Mapping[str, bytes]
    """The parts a paper needs: styles, fonts, theme, the letterhead with its pictures; never the body."""
    types: Mapping[str, str]
    """The content type of each."""
    relations: tuple[Relation, ...]
    opening: str
    """The main part up to its body."""
    section: str
    """The page: its size and margins; it begins with the header of page one."""
    style_ids: Mapping[str, str]
    """What this file calls each style of ours."""
    text_width: int
    item_numbering: str
    """The numbering that numbered lists begin anew."""
    section_numbering: str
    """The numbering of sections and clauses."""

    @classmethod
    def read(cls, data: bytes) -> Self:
        """The house file of these bytes; raises Refused if no paper can be made with it."""
        try:
            file = _File(unzipped(data))
            relations = tuple(file.relations())
            parts = file.reachable(relations)
            return cls(
                parts=parts,
                types={name: file.type(name) for name in parts},
                relations=relations,
                opening=file.document[: file.document.index("<w:body>") + len("<w:body>")],
                section=file.section_with_letterhead_only(),
                style_ids=file.style_ids(),
                text_width=file.text_width(),
                item_numbering=file.numbering_of("ListNumber"),
                section_numbering=file.numbering_of("SectionHeading"),
            )
        except (KeyError, ValueError, StopIteration) as wrong:
            told = str(wrong) if isinstance(wrong, DamagedFile) else f"it is incomplete ({wrong})"
            raise Refused([Problem(None, f"the house file cannot be used: {told}", _HINT)]) from wrong


class _File:
    """The unpacked house file, asked for one thing after the other."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.parts = parts
        self.types = self.tree("[Content_Types].xml")
        if self.type(DOCUMENT) != _MAIN_TYPE:
            raise DamagedFile("it is no plain Word document; files with macros are not taken")
        self.document = parts[DOCUMENT].decode("utf-8-sig")
        self.section = self.document[self.document.rindex("<w:sectPr") : self.document.rindex("</w:body>")]
        self.styles = self.tree(STYLE_SHEET)

    def tree(self, name: str) -> ET.Element:
        return parsed(name, self.parts[name])

    def type(self, name: str) -> str:
        """What kind of content a part holds."""
        ending = name.rpartition(".")[2].lower()
        found = {
            one.get("PartName") or one.get("Extension", "").lower(): one.get("ContentType", "") for one in self.types
        }
        return found.get(f"/{name}") or found[ending]

    def relations(self) -> Iterator[Relation]:
        """The links of the main part worth keeping, the letterhead among them."""
        letterhead = _FIRST_HEADER.search(self.section)
        for link in self.tree(_links_of(DOCUMENT)):
            relation = Relation(link.attrib["Id"], link.attrib["Type"], link.attrib["Target"])
            is_letterhead = letterhead and letterhead["own"] == relation.own
            if relation.kind.removeprefix(_KINDS) in _WANTED or is_letterhead:
                yield relation

    def reachable(self, relations: Iterable[Relation]) -> dict[str, bytes]:
        """The parts these links lead to, and what those parts lead to in turn."""
        found: dict[str, bytes] = {}
        waiting = [_resolved(DOCUMENT, relation.target) for relation in relations]
        while waiting:
            name = waiting.pop(0)
            if name in found:
                continue
            found[name] = self.parts[name]
            links = _links_of(name)
            if name == _SETTINGS:
                found[name] = _PRIVATE.sub("", self.parts[name].decode("utf-8-sig")).encode()
            elif links in self.parts:
                found[links] = self.parts[links]
                inside = [link for link in self.tree(links) if link.get("TargetMode") != "External"]
                _refuse_asking_elsewhere(self.tree(links))
                waiting += [_resolved(name, link.attrib["Target"]) for link in inside]
        return dict(sorted(found.items()))

    def section_with_letterhead_only(self) -> str:
        """The page without the headers and footers that the kit writes itself."""
        return _REFERENCE.sub(lambda found: found[0] if _FIRST_HEADER.fullmatch(found[0]) else "", self.section)

    def style_ids(self) -> dict[str, str]:
        """What this file calls our styles: an office program in another language gives its own ids."""
        there = {
            name.get(f"{_W}val", "").lower(): style.get(f"{_W}styleId", "")
            for style in self.styles.iter(f"{_W}style")
            for name in style.iter(f"{_W}name")
        }
        missing = sorted(name for name in STYLES.values() if name.lower() not in there)
        if missing:
            raise DamagedFile(f"it lacks the styles {', '.join(missing)}")
        return {own: there[name.lower()] for own, name in STYLES.items()}

    def text_width(self) -> int:
        """The width between the margins."""
        sizes = dict(re.findall(r'\bw:(w|left|right|gutter)="(\d+)"', self.section))
        return int(sizes["w"]) - sum(int(sizes.get(side, 0)) for side in ("left", "right", "gutter"))

    def numbering_of(self, style_name: str) -> str:
        """The numbering behind one of our styles."""
        own = self.style_ids()[style_name]
        style = next(style for style in self.styles.iter(f"{_W}style") if style.get(f"{_W}styleId") == own)
        used = next(style.iter(f"{_W}numId")).get(f"{_W}val")
        numbering = next(one for one in self.tree(NUMBERING).iter(f"{_W}num") if one.get(f"{_W}numId") == used)
        return next(numbering.iter(f"{_W}abstractNumId")).attrib[f"{_W}val"]


def _refuse_asking_elsewhere(links: Iterable[ET.Element]) -> None:
    """A link to click is the reader's choice; a picture that lies elsewhere would be asked for by every paper."""
    for link in links:
        if link.get("TargetMode") == "External" and link.get("Type") != f"{_KINDS}hyperlink":
            raise DamagedFile(f"it shows what lies elsewhere, {link.get('Target', '')}; put that itself into the file")


def _links_of(name: str) -> str:
    return join(dirname(name), "_rels", f"{name.rpartition('/')[2]}.rels")


def _resolved(name: str, target: str) -> str:
    """The part a link leads to, from the part that holds the link."""
    return normpath(join("/", dirname(name), target)).lstrip("/")
