"""What can be typed over in a finished Word file says what the record says, and nothing that must be one is twice."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence

from negotiation_kit.documents.catalogue import Paper
from negotiation_kit.documents.differences import CannotRead, Read, read_value
from negotiation_kit.documents.languages import Language
from negotiation_kit.documents.returned import cleaned, values_in
from negotiation_kit.documents.tags import tag_of
from negotiation_kit.problems import Problem
from negotiation_kit.reckoning.reckon import Reckoning

_UNIQUE: Mapping[str, re.Pattern[str]] = {
    "control id": re.compile(r'<w:sdt><w:sdtPr>(?:<(?!/w:sdtPr>|w:id )[^>]*>[^<]*)*<w:id w:val="([^"]*)"'),
    "bookmark id": re.compile(r'<w:bookmarkStart [^>]*?w:id="([^"]*)"'),
    "bookmark name": re.compile(r'<w:bookmarkStart [^>]*?w:name="([^"]*)"'),
    "drawing id": re.compile(r'<wp:docPr [^>]*?\bid="([^"]*)"'),
}
_RUN = (
    r"<w:r>(?:<w:rPr>(?:<w:(?:rStyle|b|bCs|i|iCs)\b[^>]*/>)*</w:rPr>)?"
    r'(?:<w:t(?: xml:space="preserve")?>[^<]*</w:t>|<w:tab/>|<w:br/>)*</w:r>'
)
_AS_WRITTEN = re.compile(
    r'<w:bookmarkStart w:id="(?P<id>\d+)" w:name="(?P<name>[^"]*)"/><w:sdt><w:sdtPr><w:alias w:val="[^"]*"/>'
    r'<w:tag w:val="(?P<tag>[^"]*)"/><w:id w:val="\d+"/>(?P<beside>(?:<(?!/?w:sdt)[^>]*>)*)</w:sdtPr>'
    rf'<w:sdtContent>(?P<content>(?:{_RUN})*)</w:sdtContent></w:sdt><w:bookmarkEnd w:id="(?P=id)"/>'
)
"""A control with its bookmark, as `word_controls` writes it."""
_UNWRITTEN = re.compile(r"</?w:sdt\b|<w:(?:del|ins|moveFrom|moveTo|customXml)\b")
"""What makes a file one that came back."""
_BOOKMARK = re.compile(r'<w:bookmarkStart\b[^>]*w:name="([^"]*)"')
_TAG = re.compile(r"<[^>]*>")
_DEFAULT = re.compile(r'<w:rPrDefault>.*?<w:lang\b[^>]*? w:val="([^"]*)"', re.DOTALL)
_CALENDAR = re.compile(r'<w:lid w:val="([^"]*)"')
_CORE = re.compile(r"<dc:language>([^<]*)<")
_WAY_OUT = "mend the template; no file was written"


def file_problems(parts: Mapping[str, bytes], name: str, language: Language) -> Iterator[Problem]:
    """Ids that are there twice, and languages that are not the paper's."""
    body = parts["word/document.xml"].decode()
    for what, pattern in _UNIQUE.items():
        found = pattern.findall(body)
        for twice in sorted({each for each in found if found.count(each) > 1} if len(set(found)) < len(found) else ()):
            yield Problem(None, f"{name} has the {what} {twice} more than once", _WAY_OUT)
    told = {
        "its text": _DEFAULT.findall(parts["word/styles.xml"].decode("utf-8-sig")),
        "its properties": _CORE.findall(parts["docProps/core.xml"].decode()),
        "its calendars": _CALENDAR.findall(body),
    }
    for where, tags in told.items():
        for tag in sorted({*tags} - {language.tag}):
            yield Problem(None, f"{name} is in {language.tag}, but {where} say {tag}", _WAY_OUT)


def control_problems(
    parts: Mapping[str, bytes], name: str, paper: Paper, reckoning: Reckoning, language: Language
) -> Iterator[Problem]:
    """Sums, days and names in the controls of a paper to sign that are not those of the agreement."""
    agreement, outcome = reckoning.agreement, reckoning.case.outcome
    if not paper.signed or paper.to_fill or agreement is None or outcome is None:
        return
    instalments = agreement.schedule.instalments
    wanted: Mapping[str, Sequence[Read]] = {
        "schedule.due": [each.due for each in instalments],
        "schedule.amount": [each.amount.amount for each in instalments],
        "total": [agreement.schedule.total.amount],
        "base": [agreement.schedule.base.amount],
        "acknowledged.amount": [agreement.acknowledged.amount],
        "acknowledged.kind": [outcome.acknowledged.kind] if outcome.acknowledged else [],
        "interest": [outcome.interest] if outcome.interest else [],
        "day": [outcome.day],
        "actions.by": [each.by for each in sorted(outcome.actions, key=lambda each: each.side, reverse=True)],
        "signatories.supplier.name": [each.name for each in reckoning.participants.our_signatories],
        "signatories.client.name": [each.name for each in reckoning.participants.their_signatories],
    }
    found = said_in_controls(parts["word/document.xml"])
    for tag, values in wanted.items():
        texts = [text for each, text in found if each == tag and text]
        if texts and _said(tag, texts, language, reckoning.case.currency) != list(values):
            yield Problem(
                None,
                f"{name} says {'; '.join(texts)} in its fields {tag}, the record says otherwise",
                "print the value itself inside the mark; no file was written",
            )


def said_in_controls(document: bytes) -> list[tuple[str, str]]:
    """Tag and text of every value that can be typed over, as they will be read when the paper comes back.

    A body in which every value stands just as the kit writes it needs no walk through the file.
    """
    body = document.decode()
    found = list(_AS_WRITTEN.finditer(body))
    alone = _AS_WRITTEN.sub("", body)
    strange = _UNWRITTEN.search(alone) or any(tag_of(name) for name in _BOOKMARK.findall(alone))
    if strange or any(tag_of(each["name"]) != each["tag"] or _waits_in_vain(each) for each in found):
        return [(each.tag, each.text) for each in values_in(document)]
    return [(each["tag"], cleaned(_text_of(each["content"]))) for each in found if "=" not in each["tag"]]


def _waits_in_vain(control: re.Match[str]) -> bool:
    """It says it waits for words, and has some; which of them count is for the reader to say."""
    return "showingPlcHdr" in control["beside"] and bool(cleaned(_text_of(control["content"])))


def _text_of(runs: str) -> str:
    return html.unescape(_TAG.sub("", runs.replace("<w:tab/>", " ").replace("<w:br/>", " ")))


def _said(tag: str, texts: Sequence[str], language: Language, currency: str) -> list[Read]:
    try:
        return [read_value(tag, text, language, currency) for text in texts]
    except CannotRead:
        return []
