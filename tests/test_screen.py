"""Whatever the screen, the pipe or the disk behind it: what is said can be read, and no answer ends in a traceback."""

import json
import os
import subprocess
import sys
import unicodedata

import pytest
from making import ROOT

from negotiation_kit.cli.screen import shown

LATE_PAYER = ROOT / "samples" / "late-payer.yaml"
FULL = "/dev/full"
OWN_CODE_PAGES = ("cp1250", "cp852", "iso8859-2")
"""Those that have every Hungarian letter."""
OTHER_CODE_PAGES = ("cp1252", "cp437", "latin-1")


def said(*arguments, typed=b"", **variables):
    """What the command says as bytes, in a process whose variables are these."""
    done = subprocess.run(
        [sys.executable, "-m", "negotiation_kit", *map(str, arguments)],
        check=False,
        cwd=ROOT,
        capture_output=True,
        input=typed,
        env={**os.environ, "PYTHONIOENCODING": ""} | variables,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode("utf-8", "replace")
    return done


@pytest.fixture(scope="module")
def in_hungarian():
    return said("papers", "-l", "hu", PYTHONIOENCODING="utf-8").stdout.decode("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("page", OWN_CODE_PAGES)
def test_hungarian_stands_letter_for_letter_on_a_screen_that_has_its_letters(page, in_hungarian):
    assert in_hungarian == said("papers", "-l", "hu", PYTHONIOENCODING=page).stdout.decode(page)


@pytest.mark.slow
@pytest.mark.parametrize("page", OTHER_CODE_PAGES)
def test_a_letter_the_screen_has_not_is_the_nearest_it_has(page, in_hungarian):
    done = said("papers", "-l", "hu", PYTHONIOENCODING=page)
    told = done.stdout.decode(page)

    assert 0 == done.returncode
    assert "?" not in told
    assert bare(in_hungarian) == bare(told)
    assert "elözö" in told or "elött" in told or "idöpontja" in told


def bare(text):
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode()


def test_where_only_ascii_can_be_said_every_character_has_something_in_its_place():
    done = said("interest", "1000", "EUR", "--due", "2026-01-01", "--as-of", "2026-03-01", PYTHONIOENCODING="cp437")

    assert 0 == done.returncode
    assert b"?" not in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("page", ["cp1252", "cp437", "utf-16", "ascii", "utf-8", "utf-8-sig"])
def test_data_for_other_programs_is_json_whatever_the_screen_speaks(page):
    done = said("explain", LATE_PAYER, "--json", PYTHONIOENCODING=page)

    data = json.loads(done.stdout.decode("utf-16" if page == "utf-16" else "utf-8-sig"))
    assert "2025-017" == data["case"]
    assert done.stdout.isascii() or page.startswith("ut") or page == "ascii"


def test_the_schema_is_the_same_whatever_the_screen_speaks():
    plain, other = (json.loads(said("schema", PYTHONIOENCODING=page).stdout) for page in ("utf-8", "cp1252"))

    assert plain == other


@pytest.mark.skipif(not os.path.exists(FULL), reason="no such device here")  # noqa: PTH110
@pytest.mark.parametrize("arguments", [("schema",), ("check", LATE_PAYER), ("assess", LATE_PAYER)])
def test_an_answer_that_finds_a_full_disk_says_so(arguments):
    with open(FULL, "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-m", "negotiation_kit", *map(str, arguments)],
            check=False,
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
        )

    assert 1 == done.returncode
    told = "the answer cannot be read or written: No space left on device\n      = check rights and space\n"
    assert told == done.stderr.decode()


@pytest.mark.skipif(os.name != "posix", reason="shells of another kind")
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{kit} schema | head -n 1 >/dev/null; exit 0", 0),
        ("{kit} papers -l hu >&-", 0),
        ("{kit} check {case} 2>&-", 0),
        ("{kit} check {case} >&- 2>&-", 0),
        ("{kit} check none.yaml >&- 2>&-", 1),
        ("{kit} check {case} <&-", 0),
    ],
)
def test_nobody_who_listens_is_no_trouble(line, code):
    command = line.format(kit=f"{sys.executable} -m negotiation_kit", case=LATE_PAYER)
    done = subprocess.run(["sh", "-c", command], check=False, cwd=ROOT, capture_output=True)

    assert code == done.returncode
    assert b"" == done.stderr


def test_a_pack_without_anybody_to_tell_is_written(tmp_path):
    command = f"{sys.executable} -m negotiation_kit pack {LATE_PAYER} --out {tmp_path} --only C03 -l en >&- 2>&-"
    done = subprocess.run(["sh", "-c", command], check=False, cwd=ROOT)

    assert 0 == done.returncode
    assert [*tmp_path.rglob("*C03*.docx")]


@pytest.mark.skipif(os.name != "posix", reason="limits of another kind")
def test_a_real_disk_that_takes_no_more_is_told_and_the_papers_of_yesterday_stay(tmp_path):
    pack = f"{sys.executable} -B -m negotiation_kit pack {LATE_PAYER} --out {tmp_path} -l en --only C05 --as-of"
    subprocess.run(["sh", "-c", f"{pack} 2025-03-20"], check=True, cwd=ROOT, capture_output=True)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    done = subprocess.run(["sh", "-c", f"ulimit -f 8; {pack} 2025-03-21"], check=False, cwd=ROOT, capture_output=True)

    assert 1 == done.returncode
    assert "cannot be written: File too large\n      = check folder, rights and space" in done.stderr.decode()
    assert done.stderr.decode().endswith("1 problem; nothing was written.\n")
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a\x1b[31mb.yaml", "a<U+001B>[31mb.yaml"),
        ("a\u202elmay.yaml", "a<U+202E>lmay.yaml"),
        ("a\rb", "a<U+000D>b"),
        ("árvíztűrő\n\ttükör", "árvíztűrő\n\ttükör"),
    ],
)
def test_a_name_cannot_steer_the_screen(name, told):
    assert told == shown(name)


def test_a_file_whose_name_would_steer_the_screen_is_told_without_it(tmp_path):
    case = tmp_path / "a\x1b[31mb\u202e.yaml"
    case.write_bytes(LATE_PAYER.read_bytes())
    there = said("check", case, PYTHONIOENCODING="utf-8")
    gone = said("check", "gone\x1b[31m.yaml", PYTHONIOENCODING="utf-8")
    case.write_text("case: [", "utf-8")
    wrong = said("check", case, PYTHONIOENCODING="utf-8")

    assert not [done for done in (there, gone, wrong) if b"\x1b" in done.stdout + done.stderr]
    assert b"a<U+001B>[31mb<U+202E>.yaml: in order" in there.stdout
    assert b"[31m.yaml is not there" in gone.stderr
    assert b"a<U+001B>[31mb<U+202E>.yaml:2:" in wrong.stderr


@pytest.mark.skipif(os.name != "posix", reason="names of another kind")
def test_a_file_whose_name_is_no_text_is_read_and_told(tmp_path):
    path = os.fsencode(tmp_path) + b"/\xe9.yaml"
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(LATE_PAYER.read_bytes())
    done = subprocess.run(
        [os.fsencode(sys.executable), b"-m", b"negotiation_kit", b"check", path],
        check=False,
        cwd=ROOT,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )

    assert 0 == done.returncode, done.stderr
    assert b": in order" in done.stdout


def test_a_system_that_writes_ascii_names_alone_says_what_to_do(tmp_path):
    case = tmp_path / "case.yaml"
    case.write_text(LATE_PAYER.read_text("utf-8").replace("case: 2025-017", "case: Ügy-1"), "utf-8")
    done = said(
        "pack", case, "--out", tmp_path / "pack", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", LANGUAGE="C"
    )

    if sys.platform == "linux":
        assert 1 == done.returncode
        assert b"set the variable PYTHONUTF8 to 1, or use a UTF-8 locale" in done.stderr
        assert not [*tmp_path.rglob("*.docx")]
    else:
        assert 0 == done.returncode


def test_typed_bytes_that_are_no_text_are_told(tmp_path):
    case = tmp_path / "case.yaml"
    case.write_bytes(LATE_PAYER.read_bytes())
    done = said("record", case, typed=b"\xe9\xff\n" * 40, PYTHONIOENCODING="utf-8", PYTHONUTF8="1")

    assert 1 == done.returncode
    assert b"Day of the meeting" in done.stdout
    assert LATE_PAYER.read_bytes() == case.read_bytes()
