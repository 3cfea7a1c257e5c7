"""A Word paper that came back: what stands in its tagged values, its wording, its tracked changes.

Read from the file's XML with care and without guessing: a control by its tag first, a bookmark second, since some
office programs drop the tags.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from xml.etree import ElementTree as ET

from negotiation_kit.documents.container import DamagedFile, parsed, unzipped
from negotiation_kit.documents.tags import TAGS, tag_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DOCUMENT = "word/document.xml"
_FOOTER = re.compile(r"word/[\w-]*footer[\w-]*\.xml", re.IGNORECASE)
_COMMENTS = re.compile(r"word/comments\.xml", re.IGNORECASE)
_MACROS = re.compile(r"vbaProject|\.bin\Z|macrosheet", re.IGNORECASE)
_TICKED = "\N{BALLOT BOX WITH X}\N{BALLOT BOX WITH CHECK}"
_BLANK = " _\t\n\N{NO-BREAK SPACE}"
_PROMPTS = frozenset(
    {
        "click or tap here to enter text",
        "click here to enter text",
        "click or tap to enter a date",
        "click here to enter a date",
        "choose an item",
        "szöveg beírásához kattintson vagy koppintson ide",
        "szöveg beírásához kattintson ide",
        "dátum megadásához kattintson vagy koppintson ide",
        "dátum megadásához kattintson ide",
        "jelöljön ki egy elemet",
    }
)
"""What Word itself puts into a field that was emptied."""
_WRITING_LINES = re.compile(r"_{3,}")
_DEEPEST = 200
_MOST_OPEN = 50
"""Values round each other; a paper has two, a control and its bookmark."""
_MOST_LINES = 20_000
"""Paragraphs; a plan of 2 000 parts has 10 000."""
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
"""What XML may hold and no case may: unseen, or seen as something else."""
_GONE = {f"{_W}del", f"{_W}moveFrom"}
_COME = {f"{_W}ins", f"{_W}moveTo"}
_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}


@dataclass(frozen=True, slots=True)
class Tagged:
    """One tagged value as it stands in the file."""

    tag: str
    choice: str
    """What a tick means, for a box."""
    text: str
    ticked: bool
    picked: date | None
    """The day the calendar of the control holds, beside its text."""
    struck: bool
    """All of its text is crossed out."""
    where: str
    """The text it stands in, for a person to find."""
    row: tuple[int, int] | None
    """Table and row it stands in."""
    column: int
    paragraph: int
    torn: bool = False
    """The sign of a box shows something else than its control holds."""

    @property
    def is_empty(self) -> bool:
        """Nothing was filled in."""
        return not self.text and not self.ticked


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the texts of its cells, and whether all of it is crossed out."""

    place: tuple[int, int]
    cells: tuple[str, ...]
    tagged: bool
    struck: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The wording of a paragraph, and the row it stands in."""

    text: str
    row: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Tracked:
    """A change of which Word keeps that it is one."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What a file that came back says."""

    values: tuple[Tagged, ...]
    rows: tuple[Row, ...]
    paragraphs: tuple[Line, ...]
    """The wording: each paragraph with its tagged values left out."""
    tracked: tuple[Tracked, ...]
    comments: tuple[str, ...]
    """What somebody wrote beside the text."""
    footer: str
    language_tag: str
    identifier: str


def returned(data: bytes) -> Returned:
    """The file as read; DamagedFile for what is no plain Word file."""
    parts = unzipped(data)
    if _DOCUMENT not in parts:
        raise DamagedFile("this is no Word file: it has no text")
    if any(_MACROS.search(name) for name in parts):
        raise DamagedFile("the file holds macros, and a paper of the kit has none")
    walk = _walked(parts[_DOCUMENT])
    beside = (parsed(name, content) for name, content in parts.items() if _COMMENTS.fullmatch(name))
    footers = (parsed(name, content) for name, content in parts.items() if _FOOTER.fullmatch(name))
    core = parsed("docProps/core.xml", parts["docProps/core.xml"]) if "docProps/core.xml" in parts else None
    return Returned(
        values=tuple(walk.values()),
        rows=tuple(walk.rows),
        paragraphs=tuple(walk.paragraphs),
        tracked=tuple(walk.tracked),
        comments=tuple(comment for root in beside for comment in _comments(root)),
        footer="\n".join(text for footer in footers for text in _texts(footer)),
        language_tag=_said(core, "language"),
        identifier=_said(core, "identifier"),
    )


def values_in(document: bytes) -> tuple[Tagged, ...]:
    """The tagged values of a main part alone."""
    return tuple(_walked(document).values())


def _walked(document: bytes) -> "_Walk":
    body = parsed(_DOCUMENT, document).find(f"{_W}body")
    if body is None:
        raise DamagedFile("this is no Word file in the usual form (save it as .docx, not as strict Open XML)")
    walk = _Walk()
    try:
        walk.blocks(body, 0)
    except RecursionError:
        raise DamagedFile("the file is nested too deeply") from None
    return walk


def _said(core: ET.Element | None, name: str) -> str:
    found = core.find(f"{_DC}{name}") if core is not None else None
    return (found.text or "").strip() if found is not None else ""


def _texts(root: ET.Element) -> Iterator[str]:
    for paragraph in root.iter(f"{_W}p"):
        yield "".join(_said_by(each) for run in paragraph.iter(f"{_W}r") for each in run)


def _comments(root: ET.Element) -> Iterator[str]:
    for comment in root.iter(f"{_W}comment"):
        if said := cleaned(" ".join(_texts(comment))):
            yield _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", said)


def _said_by(piece: ET.Element) -> str:
    return piece.text or "" if piece.tag == f"{_W}t" else _SIGNS.get(piece.tag, "")


@dataclass(slots=True)
class _Open:
    """A value whose end has not come yet."""

    tag: str
    mark: str = ""
    """The id of the bookmark, if it is one."""
    texts: list[tuple[str, bool]] = field(default_factory=list)
    ticked: bool | None = None
    picked: date | None = None
    row: tuple[int, int] | None = None
    column: int = 0
    paragraph: int = 0
    waits: bool = False
    """Word shows a prompt in it."""
    outdone: bool = False
    """A bookmark round a control of the same name."""


class _Walk:
    """Goes through the body once, in the order of reading."""

    def __init__(self) -> None:
        self.found: list[_Open] = []
        self.open: list[_Open] = []
        self.rows: list[Row] = []
        self.paragraphs: list[Line] = []
        self.labels: list[str] = []
        self.tracked: list[Tracked] = []
        self.tables = 0
        self.row: tuple[int, int] | None = None
        self.column = 0
        self.wording: list[str] = []
        self.struck: list[bool] = []

    def values(self) -> Iterator[Tagged]:
        """What stands in the tagged values."""
        for one in self.found:
            if one.outdone:
                continue
            name, _, choice = one.tag.partition("=")
            kept = "".join(text for text, struck in one.texts if not struck)
            said = any(text.strip(_BLANK) for text, _ in one.texts)
            shown = any(sign in kept for sign in _TICKED)
            ticked = shown if one.ticked is None else one.ticked
            text = "" if choice else cleaned(kept)
            text = "" if one.waits and text.rstrip(".").casefold() in _PROMPTS else text
            yield Tagged(
                name,
                choice,
                text,
                bool(choice) and ticked,
                one.picked,
                said and not kept.strip(_BLANK),
                self.labels[one.paragraph] if one.paragraph < len(self.labels) else "",
                one.row,
                one.column,
                one.paragraph,
                bool(choice) and ticked != shown,
            )

    # Blocks

    def blocks(self, parent: ET.Element, depth: int) -> None:
        if depth > _DEEPEST:
            raise DamagedFile("the file is nested too deeply")
        for each in parent:
            if each.tag == f"{_W}p":
                self.paragraph(each, depth)
            elif each.tag == f"{_W}tbl":
                self.table(each, depth)
            elif each.tag == f"{_W}sdt":
                self.control(each, lambda content: self.blocks(content, depth + 1))
            elif each.tag in {f"{_W}bookmarkStart", f"{_W}bookmarkEnd"}:
                self.bookmark(each)
            elif each.tag in _COME or each.tag == f"{_W}customXml":
                self.blocks(each, depth + 1)

    def table(self, table: ET.Element, depth: int) -> None:
        self.tables += 1
        number, count = self.tables, 0
        outside = self.row, self.column
        for row in _inside(table, f"{_W}tr"):
            count += 1
            if row.find(f"{_W}trPr/{_W}del") is not None:
                self.tracked.append(Tracked("a row deleted", " | ".join(cleaned(text) for text in _texts(row))))
                continue
            if row.find(f"{_W}trPr/{_W}ins") is not None:
                self.tracked.append(Tracked("a row inserted", " | ".join(cleaned(text) for text in _texts(row))))
            self.a_row(row, (number, count), depth)
        self.row, self.column = outside

    def a_row(self, row: ET.Element, place: tuple[int, int], depth: int) -> None:
        before, cells = len(self.found), []
        self.struck = []
        for column, cell in enumerate(_inside(row, f"{_W}tc")):
            self.row, self.column = place, column
            start = len(self.labels)
            self.blocks(cell, depth + 1)
            cells.append(" ".join(filter(None, self.labels[start:])))
        tagged = len(self.found) > before
        self.rows.append(Row(place, tuple(cells), tagged, bool(self.struck) and all(self.struck)))

    def paragraph(self, paragraph: ET.Element, depth: int) -> None:
        if len(self.labels) >= _MOST_LINES:
            raise DamagedFile(f"the file has more than {_MOST_LINES:,} paragraphs")
        self.wording = []
        whole: list[str] = []
        self.labels.append("")
        self.inline(paragraph, whole, depth, gone=False)
        self.labels[-1] = cleaned("".join(whole))
        self.paragraphs.append(Line(cleaned("".join(self.wording)), self.row))

    # Inside a paragraph

    def inline(self, parent: ET.Element, whole: list[str], depth: int, *, gone: bool) -> None:
        if depth > _DEEPEST:
            raise DamagedFile("the file is nested too deeply")
        for each in parent:
            if each.tag == f"{_W}r":
                self.run(each, whole)
            elif each.tag == f"{_W}sdt":
                self.control(each, lambda content: self.inline(content, whole, depth + 1, gone=gone))
            elif each.tag in {f"{_W}bookmarkStart", f"{_W}bookmarkEnd"}:
                self.bookmark(each)
            elif each.tag in _GONE:
                self.track("deleted", each)
            elif each.tag in _COME:
                self.track("inserted", each)
                self.inline(each, whole, depth + 1, gone=gone)
            elif each.tag not in {f"{_W}pPr", f"{_W}sdtPr"}:
                self.inline(each, whole, depth + 1, gone=gone)

    def track(self, kind: str, change: ET.Element) -> None:
        text = "".join(each.text or "" for each in change.iter() if each.tag in {f"{_W}t", f"{_W}delText"})
        if text:
            self.tracked.append(Tracked(kind, _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)))

    def run(self, run: ET.Element, whole: list[str]) -> None:
        text = "".join(map(_said_by, run))
        struck = any(_is_on(run.find(f"{_W}rPr/{_W}{name}")) for name in ("strike", "dstrike"))
        if not text:
            return
        if text.strip(_BLANK):
            self.struck.append(struck)
        for one in self.open:
            one.texts.append((text, struck))
        if not struck:
            whole.append(text)
            if not self.open:
                self.wording.append(text)

    def bookmark(self, mark: ET.Element) -> None:
        number = mark.get(f"{_W}id", "")
        if mark.tag == f"{_W}bookmarkEnd":
            self.open = [one for one in self.open if one.mark != number or not one.mark]
        elif tag := tag_of(mark.get(f"{_W}name", "")):
            self.begin(_Open(tag, number or "?"))

    def begin(self, one: _Open) -> None:
        one.row, one.column, one.paragraph = self.row, self.column, max(len(self.labels) - 1, 0)
        self.found.append(one)
        self.open.append(one)
        if len(self.open) > _MOST_OPEN:
            raise DamagedFile("values are begun inside values and never ended")
        self.wording.append(" [] ")

    def control(self, control: ET.Element, go_on: Callable[[ET.Element], None]) -> None:
        properties, content = control.find(f"{_W}sdtPr"), control.find(f"{_W}sdtContent")
        if content is None:
            return
        tag = _tag(properties)
        round_it = next((one for one in reversed(self.open) if one.mark and not one.outdone), None)
        own = None
        if tag:
            if round_it and round_it.tag == tag:
                round_it.outdone = True
                self.wording[-1:] = []
            self.begin(own := _Open(tag))
        holder = own or round_it
        if holder and properties is not None:
            _told(holder, properties)
        go_on(content)
        if own:
            self.open = [one for one in self.open if one is not own]


def _tag(properties: ET.Element | None) -> str:
    """The tag of a control, if it is one of ours."""
    found = properties.find(f"{_W}tag") if properties is not None else None
    tag = found.get(f"{_W}val", "") if found is not None else ""
    name, _, choice = tag.partition("=")
    known = TAGS.get(name)
    return tag if known and (not choice or choice in known.choices) else ""


def _told(one: _Open, properties: ET.Element) -> None:
    """What the control says beside its text: a day, a tick."""
    one.waits = _is_on(properties.find(f"{_W}showingPlcHdr"))
    day = properties.find(f"{_W}date")
    if day is not None and (full := day.get(f"{_W}fullDate")):
        try:
            one.picked = date.fromisoformat(full[:10])
        except ValueError:
            one.picked = None
    checked = properties.find(f"{_W14}checkbox/{_W14}checked")
    if checked is not None:
        one.ticked = checked.get(f"{_W14}val", "1") in {"1", "true", "on"}


def _inside(parent: ET.Element, tag: str) -> Iterator[ET.Element]:
    """The rows of a table, or cells of a row, also those inside a control or a change."""
    for each in parent:
        if each.tag == tag:
            yield each
        elif each.tag == f"{_W}sdt":
            content = each.find(f"{_W}sdtContent")
            if content is not None:
                yield from _inside(content, tag)
        elif each.tag in {*_COME, f"{_W}customXml"}:
            yield from _inside(each, tag)


def _is_on(switch: ET.Element | None) -> bool:
    return switch is not None and switch.get(f"{_W}val", "1") not in {"0", "false", "off"}


def cleaned(text: str) -> str:
    """A text on one line, without the lines to write on round it."""
    seen = _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)
    return " ".join(_WRITING_LINES.sub(" ", seen).split()).strip(" _")


def tagged_entries(values: Iterable[Tagged], group: str) -> list[dict[str, Tagged]]:
    """The values of a list, one entry a row of its table, or a paragraph outside of one."""
    entries: dict[tuple[object, ...], dict[str, Tagged]] = {}
    for each in values:
        head, _, name = each.tag.partition(".")
        if head == group and name and not each.choice:
            entries.setdefault(each.row or (each.paragraph,), {})[name] = each
    return list(entries.values())
