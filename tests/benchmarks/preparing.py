"""The inputs of a race in a folder, and the check that all contenders make the same document."""

import json
import sys
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import ours
from contenders import PythonDocx
from minutes_cases import BenchCase, before_the_meeting, long_cases, minutes_cases
from patterns import read_paper, xml_template
from racing import AFTER, BEFORE, LONG, MINUTES, SCHEDULE, contenders, saved
from recipes import write_recipe

from negotiation_kit.days import JointCalendar
from negotiation_kit.files import library, shipped
from negotiation_kit.pack import Kit


def prepare(folder: Path, cases: Sequence[BenchCase], paper: str) -> None:
    """Write what every contender needs to make this paper of these cases."""
    write_cases(folder, cases, paper)
    whole = ours.Whole(folder)
    made = [whole.made(number) for number in range(len(cases))]
    write_recipe(folder, made, (shipped("templates") / "house.docx").read_bytes())
    _write_bare(folder / "bare.json", made)
    _write_with_fields(folder, made)
    by_hand = PythonDocx(folder)
    _write_bare(folder / "bare-plain.json", [by_hand.make(number) for number in range(len(cases))])


def write_cases(folder: Path, cases: Sequence[BenchCase], paper: str) -> None:
    """Write the cases, the paper that is made of each, and the first of them as a file for the command line."""
    told = {"paper": paper, "cases": [(case.text, case.as_of.isoformat()) for case in cases]}
    (folder / "cases.json").write_text(json.dumps(told), "utf-8")
    (folder / "case.yaml").write_text(cases[0].text, "utf-8")


def _write_bare(file: Path, contents: Sequence[bytes]) -> None:
    """The parts that are the same in all files as they are, and each of the others as a template with its values."""
    archives = [ZipFile(BytesIO(content)) for content in contents]
    parts: dict[str, dict[str, str]] = {}
    values: list[dict[str, object]] = [{} for _ in contents]
    for name in archives[0].namelist():
        texts = [archive.read(name).decode() for archive in archives]
        if len(set(texts)) == 1:
            parts[name] = {"same": texts[0].encode().decode("latin-1")}
            continue
        template, found = xml_template(texts)
        parts[name] = {"template": template}
        for own, value in zip(values, found, strict=True):
            own[name] = value
    file.write_text(json.dumps({"parts": parts, "values": values}), "utf-8")


def _write_with_fields(folder: Path, contents: Sequence[bytes]) -> None:
    """Our very file as a template of docxtpl, with all its fields to fill in: what no person would write in Word."""
    archives = [ZipFile(BytesIO(content)) for content in contents]
    values: list[dict[str, object]] = [{} for _ in contents]
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as file:
        for place, name in enumerate(archives[0].namelist()):
            if not name.startswith("word/") or name.endswith(".rels"):
                file.writestr(name, archives[0].read(name))
                continue
            template, found = xml_template([archive.read(name).decode() for archive in archives], f"p{place}")
            file.writestr(name, template)
            for own, more in zip(values, found, strict=True):
                own.update(more)
    (folder / "jinja-fields.docx").write_bytes(kept.getvalue())
    (folder / "values-fields.json").write_text(json.dumps(values), "utf-8")


def disagreement(commands: Mapping[str, Sequence[str]], cases: Sequence[BenchCase]) -> str:
    """Where a contender makes another document than the others, so that its speed says nothing; empty if none does.

    Ours must say every name, number and sum of its case; the others must say what ours says, text by text, in its order.
    """
    numbers = range(len(cases))
    papers = [read_paper(content).said() for content in saved(commands["ours"], numbers)]
    for number, (case, said) in enumerate(zip(cases, papers, strict=True)):
        whole = "\n".join(said)
        if missing := [figure for figure in case.figures if figure not in whole]:
            return f"ours, document {number}: {missing[0]!r} is missing"
    for name, started in commands.items():
        for number, content in enumerate(saved(started, numbers)):
            found = read_paper(content).said()
            if found != papers[number]:
                return f"{name}, document {number}: {_first_difference(papers[number], found)}"
    return ""


def _first_difference(expected: Sequence[str], found: Sequence[str]) -> str:
    for place, (one, other) in enumerate(zip(expected, found, strict=False)):
        if one != other:
            return f"text {place} is {other!r}, expected {one!r}"
    return f"{len(found)} texts, expected {len(expected)}"


def main() -> None:
    """Write the inputs of all races, or a folder of cases; in a process that ends, so that the one that measures is small.

    python preparing.py races FOLDER NUMBER ROWS
    python preparing.py cases FOLDER NUMBER
    """
    folder, number = Path(sys.argv[2]), int(sys.argv[3])
    calendars = Kit(library()).calendars(["HU"])
    if sys.argv[1] == "cases":
        folder.mkdir(parents=True)
        for place, case in enumerate(minutes_cases(number, calendars)):
            (folder / f"b-{place:05}.yaml").write_text(case.text, "utf-8")
    else:
        races(folder, number, int(sys.argv[4]), calendars)


def races(folder: Path, number: int, rows: int, calendars: JointCalendar) -> None:
    """The inputs of every race, once it is sure that all its contenders make the same documents."""
    after = minutes_cases(number, calendars)
    long = long_cases(LONG, calendars, rows)
    for race, cases, paper in ((MINUTES, after, "C04"), (SCHEDULE, long, "C06")):
        (folder / race).mkdir(parents=True)
        prepare(folder / race, cases, paper)
        if wrong := disagreement(contenders(folder / race)[0], cases):
            raise SystemExit(f"{race}: the documents differ, so no time is taken. {wrong}")
    for race, cases in ((BEFORE, [before_the_meeting(case) for case in after]), (AFTER, after)):
        (folder / race).mkdir()
        write_cases(folder / race, cases, "")


if __name__ == "__main__":
    main()
