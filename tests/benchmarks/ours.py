"""Our own way of making the papers of the benchmarks, warm."""

import json
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from negotiation_kit.composing import composed
from negotiation_kit.documents.catalogue import PAPERS
from negotiation_kit.files import library
from negotiation_kit.pack import Kit

LANGUAGE = "en"


def read_cases(folder: Path) -> tuple[str, list[tuple[str, date]]]:
    """The code of the paper, and the text of each case with its day."""
    told = json.loads((folder / "cases.json").read_text("utf-8"))
    return told["paper"], [(text, date.fromisoformat(day)) for text, day in told["cases"]]


class Warm:
    """The values of every case ready, only the paper to be made."""

    def __init__(self, folder: Path) -> None:
        """Read, check and reckon the cases."""
        self._kit = Kit(library())
        code, cases = read_cases(folder)
        self._paper = next(paper for paper in PAPERS if paper.code == code)
        self._language = self._kit.desk.language(LANGUAGE)
        self._ready = []
        for text, as_of in cases:
            reckoning = self._kit.reckon(self._kit.check(text, "case.yaml"), as_of)
            self._ready.append((reckoning, self._kit.values(self._paper, reckoning, LANGUAGE)))

    def composed(self, number: int) -> bytes:
        """The Word file of a case."""
        reckoning, values = self._ready[number % len(self._ready)]
        return composed(self._kit.desk, self._paper, reckoning, values, self._language, "docx")


class Whole:
    """From the text of a case to its file, with every check on the way."""

    def __init__(self, folder: Path) -> None:
        """Read the kit's own data."""
        self._kit = Kit(library())
        code, self._cases = read_cases(folder)
        self._chosen = (code,) if code else "needed"

    def made(self, number: int) -> bytes:
        """The Word file of a case."""
        (content,) = self.packed(number)
        return content

    def packed(self, number: int) -> list[bytes]:
        """All files of a case."""
        text, as_of = self._cases[number % len(self._cases)]
        case = self._kit.check(text, "case.yaml")
        made = self._kit.pack(case, as_of=as_of, languages=(LANGUAGE,), chosen=self._chosen)
        return [file.content for file in made]
