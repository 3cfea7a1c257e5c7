"""All wording as one Word file: every sentence, beside its place, without marks."""

from io import BytesIO

import docx
import pytest
from click.testing import CliRunner
from making import the_kit

from negotiation_kit.cli import main
from negotiation_kit.files import library
from negotiation_kit.problems import Refused
from negotiation_kit.wording_print import wording_file


@pytest.fixture(scope="module")
def printed():
    return wording_file(the_kit().desk, library().templates, "hu")


def rows(content):
    document = docx.Document(BytesIO(content))
    return [tuple(cell.text for cell in row.cells) for table in document.tables for row in table.rows]


def test_a_sentence_stands_beside_its_line(printed):
    text = library().templates["hu/C04-minutes.md"].split("\n")
    number = next(number for number, line in enumerate(text, start=1) if line.startswith("A Vevő kijelenti"))

    said = next(row for row in rows(printed) if row[1].startswith("A Vevő kijelenti") and row[0] == str(number))

    assert "‹agreement.acknowledged›" in said[1]
    assert "{{" not in said[1]
    assert "[[" not in said[1]
    assert "" == said[2]


def test_questions_and_reasons_are_among_it(printed):
    said = {row[1] for row in rows(printed)}

    assert "[a számla sorszáma]" in said
    assert "[invoice number]" not in said


def test_the_same_wording_gives_the_same_bytes(printed):
    assert printed == wording_file(the_kit().desk, library().templates, "hu")


def test_a_language_that_is_not_there_is_refused():
    with pytest.raises(Refused, match="there are no papers in language 'xx'"):
        wording_file(the_kit().desk, library().templates, "xx")


def test_the_command_writes_the_file(tmp_path):
    done = CliRunner().invoke(main, ["wording", "-l", "en", "--out", str(tmp_path / "w.docx")])

    assert f"{tmp_path / 'w.docx'} holds all wording in 'en'.\n" == done.output
    assert any("Wording" in row for row in rows((tmp_path / "w.docx").read_bytes()))
