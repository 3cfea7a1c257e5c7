"""Files take their places together: stopped at any step, by any trouble, each is the old one or the new one."""

import os
import subprocess
import sys

import pytest
from making import ROOT
from tripping import STEPS, Tripping, no_space

from negotiation_kit import placing
from negotiation_kit.placing import place

OLD, NEW = b"old", b"the new one, which is longer"
MOST_STEPS = 24


@pytest.fixture
def places(tmp_path):
    """Two files, the first of which is there, and two new folders for the second."""
    first, second = tmp_path / "a.txt", tmp_path / "new" / "folder" / "b.txt"
    first.write_bytes(OLD)
    return {first: NEW, second: NEW}


def there(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_all_files_are_in_their_places_with_the_folders_they_need(tmp_path, places):
    place(places)

    assert {"a.txt": NEW, "new/folder/b.txt": NEW} == there(tmp_path)


@pytest.mark.parametrize("number", range(MOST_STEPS))
def test_trouble_at_any_step_leaves_all_as_it_was(tmp_path, places, monkeypatch, number):
    system = Tripping(number, no_space)
    monkeypatch.setattr(placing, "os", system)
    try:
        place(places)
    except OSError:
        failed = True
    else:
        failed = False
    monkeypatch.undo()

    assert failed is bool(system.tripped)
    assert {"a.txt": OLD} == there(tmp_path) if failed else len(there(tmp_path)) == 2
    assert failed is not (tmp_path / "new").exists()


def test_the_troubles_above_reach_every_step(places, monkeypatch):
    seen = []
    monkeypatch.setattr(placing, "os", Tripping(10_000, no_space))
    monkeypatch.setattr(Tripping, "step", lambda self, name, real, args: (seen.append(name), real(*args))[1])
    place(places)

    assert STEPS - {"fsync", "unlink", "rmdir"} == set(seen)
    assert len(seen) < MOST_STEPS


KILLED = """\
import os, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from tripping import Tripping
from negotiation_kit import placing
def killed(name, real, args):
    if name == "write":
        real(args[0], args[1][: len(args[1]) // 2])
    os._exit(9)
placing.os = Tripping({number}, killed)
placing.place({{Path(name): content for name, content in {places!r}.items()}})
"""


@pytest.mark.slow
@pytest.mark.parametrize("number", range(MOST_STEPS))
def test_a_run_killed_at_any_step_leaves_each_file_old_or_new(tmp_path, places, number):
    named = {str(path): content for path, content in places.items()}
    script = KILLED.format(tests=str(ROOT / "tests"), number=number, places=named)
    done = subprocess.run([sys.executable, "-c", script], check=False, cwd=ROOT, capture_output=True)

    assert done.returncode in {0, 9}, done.stderr
    visible = {
        name: content for name, content in there(tmp_path).items() if not name.rpartition("/")[2].startswith(".")
    }
    assert visible in ({"a.txt": OLD}, {"a.txt": NEW}, {"a.txt": NEW, "new/folder/b.txt": NEW})
    place(places)
    assert {NEW} == {path.read_bytes() for path in places}


def test_a_place_that_cannot_be_taken_gives_the_others_back(tmp_path, places):
    (tmp_path / "z").mkdir()

    with pytest.raises(IsADirectoryError) as trouble:
        place(places | {tmp_path / "z": NEW})

    assert str(tmp_path / "z") == trouble.value.filename
    assert {"a.txt": OLD} == there(tmp_path)


@pytest.mark.parametrize(
    ("stands", "told"),
    [
        (lambda path: path.write_bytes(OLD), "a file stands where its folder would be"),
        (lambda path: path.symlink_to("nowhere"), "a link that leads nowhere stands where its folder would be"),
        (lambda path: path.symlink_to(path.name), "a link that leads nowhere stands where its folder would be"),
    ],
    ids=["file", "dangling link", "link to itself"],
)
def test_what_stands_where_a_folder_would_be_is_told(tmp_path, stands, told):
    stands(tmp_path / "folder")

    with pytest.raises(OSError, match=told) as trouble:
        place({tmp_path / "folder" / "below" / "a.txt": NEW})

    assert str(tmp_path / "folder" / "below" / "a.txt") == trouble.value.filename


@pytest.mark.skipif(os.name != "posix", reason="rights of another kind")
@pytest.mark.parametrize(("mask", "rights"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_rights_the_persons_own_files_have(tmp_path, mask, rights):
    before = os.umask(mask)
    try:
        place({tmp_path / "a.txt": NEW})
    finally:
        os.umask(before)

    assert rights == (tmp_path / "a.txt").stat().st_mode & 0o777


@pytest.mark.skipif(os.name != "posix", reason="rights of another kind")
def test_a_file_that_is_replaced_keeps_its_rights(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(OLD)
    path.chmod(0o640)
    place({path: NEW})

    assert 0o640 == path.stat().st_mode & 0o777
