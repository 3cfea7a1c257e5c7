"""The five ways in for what others wrote, each as a function of bytes: what comes of them is a value or a refusal.

Property tests, the files kept in `corpora/` and the nightly fuzzer (`scripts/fuzz.py`) all go in here. What an entrance
gives back says what came of the input; anything that may not happen is raised: another exception than `Refused`, a
refusal without words, a place or a way out, a paper that is no well-formed XML.
"""

import re
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from xml.etree import ElementTree as ET

from making import ROOT, the_kit
from statements import VERSIONS, camt, detail, entry, mt940, mt940_entry
from writing import HOUSE, ALanguage

from negotiation_kit.bank.forms import CsvForm, form_problems
from negotiation_kit.bank.matching import awaited_by, judge
from negotiation_kit.bank.statement import entries_of
from negotiation_kit.documents.container import DamagedFile, unzipped, zipped
from negotiation_kit.documents.differences import compared
from negotiation_kit.documents.house import House
from negotiation_kit.documents.redline import lines_in, redlined, settled
from negotiation_kit.documents.returned import returned
from negotiation_kit.documents.wording import Wording
from negotiation_kit.files import known_headings
from negotiation_kit.problems import Refused
from negotiation_kit.reading.characters import decode
from negotiation_kit.reading.named import files_named, is_case
from negotiation_kit.reading.record import read_record
from negotiation_kit.reckoning.conditions import ConditionError, comparisons, holds, parse, true_parts
from negotiation_kit.reckoning.facts import VOCABULARY
from negotiation_kit.returning import ReadBack, amended, read_back

CORPORA = Path(__file__).parent / "corpora"
SECONDS, BYTES = 2, 500 * 2**20
DAY = date(2025, 3, 25)
APART = b"\n=====\n"
"""Between two texts that go in together: a form and a statement, two versions of a template."""
_AFTER = ROOT / "samples" / "after-meeting.yaml"
_BEFORE = ROOT / "samples" / "late-payer.yaml"
_MOST_TOLD = 100_000
_LONGEST_COMPARED = 100_000
_SIZE = Path("/proc/self/statm")
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
"""What does something to a screen instead of being seen on it."""


class Finding(BaseException):
    """Something that may not happen; no `except Exception` of the package may swallow it."""


# --- the entrances ---------------------------------------------------------------------------------------------------


def a_case(data: bytes) -> str:
    """The text of a case: read, checked, and reckoned when it is right."""
    text = decode(data, "case.yaml")
    is_case(text)
    files_named(text)
    case = the_kit().check(text, "case.yaml", {"policy.yaml": "floor_first: 10\n"})
    the_kit().reckon(case, case.as_of or DAY)
    return f"a case of {len(case.invoices)} invoices"


def a_condition(data: bytes) -> str:
    """A condition of the company's own question: read, judged, explained."""
    text = data.decode("utf-8", "replace")
    try:
        condition = parse(text)
        parse(text, VOCABULARY)
    except ConditionError as wrong:
        expect(1 <= wrong.column <= len(text) + 1, f"column {wrong.column}")
        expect(len(str(wrong)) < 1_000 and not _HARMFUL.search(str(wrong)), f"says {str(wrong)[:200]!r}")
        return "no condition"
    verdicts = [holds(condition, facts).holds for facts in ({}, _FACTS)]
    parts = [len([*true_parts(condition, _FACTS, wanted=wanted)]) for wanted in (True, False)]
    return f"a condition of {len([*comparisons(condition)])} comparisons, {verdicts}, {parts}"


def a_template(data: bytes) -> str:
    """A company's own template: rendered in every form, and two versions of it held against each other."""
    first, _, second = data.partition(APART)
    texts = {"paper.md": decode(first, "paper.md"), "part.md": decode(second, "part.md") if second else "a part\n"}
    bodies = {}
    for form in ("docx", "html", "text"):
        body = Wording(texts, ALanguage(), form).render("paper.md", _VALUES)
        expect(form != "docx" or _is_xml(body), f"a template makes a body that is no XML: {body[:300]!r}")
        expect(form == "text" or "<Kft.>" not in body, "a value became structure")
        bodies[form] = body
    other = Wording(texts, ALanguage(), "docx").render("part.md", _VALUES)
    opening, old = HOUSE.opening, bodies["docx"]
    if len(old) + len(other) < _LONGEST_COMPARED:
        marked = redlined(opening, old, other, author="Kiss & Fia", day=DAY)
        expect(settled(opening, marked, accepted=True) == lines_in(opening, other), "not the new version when accepted")
        expect(settled(opening, marked, accepted=False) == lines_in(opening, old), "not the old version when rejected")
    return f"a paper of {len(old)} characters"


def a_returned_paper(data: bytes) -> str:
    """A Word file that came back, whole or as the XML of its body: read, compared, written into the case."""
    if not data.startswith(b"PK"):
        data = zipped(_parts() | {"word/document.xml": data})
        try:
            found = returned(data)
        except DamagedFile as wrong:
            expect(0 < len(str(wrong)) < 500, f"says {str(wrong)[:200]!r}")
            return "a damaged file"
        case, text = _case(_AFTER)
        english = the_kit().desk.language("en")
        read = ReadBack("C04", english, DAY, "", "", compared(_printed(), found, english, case.currency), 0)
        amended(the_kit(), case, text, "case.yaml", read, {})
        return f"a paper of {len(found.values)} values, {len(read.compared.differences)} differences"
    _refused_or(lambda: House.read(data))
    case, text = _case(_AFTER)
    read = read_back(the_kit(), case, data, "back.docx")
    amended(the_kit(), case, text, "case.yaml", read, {})
    return f"a paper of {read.number_of_values} values, {len(read.compared.differences)} differences"


def a_bank_file(data: bytes) -> str:
    """A bank's file, with a company's own form of it before it where there is one: read and held against a case."""
    form, apart, statement = data.partition(APART)
    own = read_record(decode(form, "form.yaml"), "form.yaml", CsvForm, (form_problems,)) if apart else None
    entries = entries_of(statement if apart else data, "bank.csv", known_headings(), own)
    marks = {entry.identity for entry in entries}
    expect(len(marks) == len(entries), "two entries with one mark")
    judged = judge(entries, _awaited(), frozenset())
    return f"{len(entries)} entries, {sorted({each.verdict for each in judged})}"


ENTRANCES: Mapping[str, Callable[[bytes], str]] = MappingProxyType(
    {
        "case": a_case,
        "condition": a_condition,
        "template": a_template,
        "returned": a_returned_paper,
        "bank": a_bank_file,
    }
)


def enter(name: str, data: bytes) -> str:
    """What comes of the bytes at an entrance; every refusal is looked at too."""
    try:
        return ENTRANCES[name](data)
    except Refused as refused:
        return f"refused: {_looked_at(refused)[:80]}"


def seeds(name: str) -> Iterator[bytes]:
    """Honest input for an entrance, and what once was a finding: where a fuzzer begins."""
    yield from (path.read_bytes() for path in sorted((CORPORA / name).glob("*")))
    match name:
        case "case":
            yield from (path.read_bytes() for path in sorted((ROOT / "samples").glob("*.yaml")))
        case "condition":
            bank = (ROOT / "templates" / "questions.yaml").read_text("utf-8")
            yield from (found.encode() for found in sorted({*re.findall(r"when: *\"?([^\"\n]+)", bank)}))
        case "template":
            yield from (path.read_bytes() for path in sorted((ROOT / "templates" / "hu").rglob("*.md")))
        case "returned":
            yield from (zipped(_parts()), _parts()["word/document.xml"])
        case "bank":
            yield from (camt(entry("100", detail(version=each), version=each), version=each) for each in VERSIONS)
            yield camt(entry("300", detail(amount="100"), detail(amount="200")), entry("9", batch=3))
            yield mt940(mt940_entry("100,00", ["SZ-211"]), ":61:250326D5,NMSCNONREF").encode()
            known = known_headings()
            heads = [getattr(known, name)[0] for name in type(known).model_fields]
            cells = ["2025-03-26", "100,00", "", "", "credit", "EUR", *"abcd"]
            yield (";".join(heads) + "\n" + ";".join(cells) + "\n").encode()
            yield "Datum;Betrag (EUR);Auftraggeber\n26.03.25;1.234,50;Példa Bútor Zrt.\n".encode("utf-16")
            form_of_a_bank = "name: x\ndecimal: ','\ndays: YYYY-MM-DD\ncurrency: HUF\ncolumns: {day: D, amount: A}\n"
            yield form_of_a_bank.encode() + APART + b"D;A\n2025-03-26;1.000,00\n"


# --- what may not happen ---------------------------------------------------------------------------------------------


def expect(holding: bool, finding: str) -> None:
    """Raise a finding where something does not hold."""
    if not holding:
        raise Finding(finding)


@contextmanager
def within_limits(seconds: float = SECONDS, most: int = BYTES) -> Iterator[None]:
    """So many seconds of work and so much more memory than now, or a finding; the machine itself is spared."""

    def too_long(*_: object) -> None:
        raise Finding(f"more than {seconds} seconds of work")

    if not _SIZE.exists():  # only here can both be limited
        yield
        return
    import resource

    size = int(_SIZE.read_text("ascii").split()[0]) * resource.getpagesize()
    had_limits, had_handler = resource.getrlimit(resource.RLIMIT_AS), signal.signal(signal.SIGPROF, too_long)
    resource.setrlimit(resource.RLIMIT_AS, (size + most, had_limits[1]))
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    except MemoryError:
        raise Finding(f"more than {most:,} bytes of memory") from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_AS, had_limits)
        signal.signal(signal.SIGPROF, had_handler)


def _refused_or(work: Callable[[], object]) -> None:
    try:
        work()
    except Refused as refused:
        _looked_at(refused)


def _looked_at(refused: Refused) -> str:
    """The first words of a refusal, after every problem of it was seen to say something and to lead on."""
    told = str(refused)
    expect(bool(refused.problems), "a refusal without a problem")
    expect(len(told) <= _MOST_TOLD, f"a refusal of {len(told)} characters: {told[:200]!r}")
    expect(not _HARMFUL.search(told), f"unseen characters in {told[:300]!r}")
    for problem in refused.problems:
        expect(bool(problem.message.strip()), "a problem without words")
        expect(bool(problem.place or problem.hint), f"no place and no way out: {problem.message[:200]!r}")
    return refused.problems[0].message


def _is_xml(body: str) -> bool:
    names = 'xmlns:w="w" xmlns:r="r" xmlns:wp="p" xmlns:a="a" xmlns:w14="x" xmlns:c="c" xmlns:pic="q"'
    try:
        ET.fromstring(f"<body {names}>{_without_marks(body)}</body>")
    except ET.ParseError:
        return False
    return True


def _without_marks(body: str) -> str:
    """The body without the places where charts are drawn, which the packing takes out."""
    from negotiation_kit.documents.redline import _PLACES

    return _PLACES.sub("", body)


# --- what stands behind the entrances --------------------------------------------------------------------------------

_FACTS = MappingProxyType(
    {"conduct": "good", "days_overdue": 8, "disputed_share": None, "decision_maker": False, "capacity": "later"}
)
_VALUES = MappingProxyType(
    {
        "name": "Példa & Fia <Kft.>",
        "due": DAY,
        "amount": 4850000,
        "note": "two\nlines, {{ 7 }} and ]]>",
        "rows": ("one", "two", "three"),
        "people": ({"name": "Anna", "signs": 1}, {"name": "Béla", "signs": 0}),
        "yes": True,
        "nothing": None,
    }
)


@cache
def _case(sample: Path):
    text = sample.read_text("utf-8")
    return the_kit().check(text, sample.name), text


@cache
def _parts() -> dict[str, bytes]:
    (made,) = the_kit().pack(_case(_AFTER)[0], as_of=DAY, languages=("en",), chosen=("C04",))
    return unzipped(made.content)


@cache
def _printed():
    return returned(zipped(_parts()))


@cache
def _awaited():
    return tuple(awaited_by(the_kit().reckon(_case(_BEFORE)[0], DAY), "case.yaml"))
