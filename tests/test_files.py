import os
import unicodedata
from pathlib import Path

import pytest
from making import ROOT, day, the_kit
from tripping import Tripping, no_space

from negotiation_kit import placing
from negotiation_kit.files import (
    MANIFEST,
    library,
    read_case,
    read_cases,
    read_text,
    write_again,
    write_new,
    write_pack,
    yaml_below,
)
from negotiation_kit.problems import Refused


@pytest.fixture(scope="module")
def files():
    kit = the_kit()
    case = kit.check((ROOT / "samples" / "smallest.yaml").read_text("utf-8"), "case.yaml")
    return list(kit.pack(case, as_of=day("2025-03-18"), languages=("en",), forms=("text",)))


def changed(file, more=b"!"):
    return type(file)(file.path, file.paper, file.language, file.form, file.content + more)


def interrupted(name, real, args):
    raise KeyboardInterrupt


def test_files_are_written_below_the_folder_with_their_audience(tmp_path, files):
    written = write_pack(tmp_path / "pack", files)

    assert {path.relative_to(tmp_path / "pack").as_posix() for path in (each.path for each in written)} == {
        file.path for file in files
    }
    assert all(each.path.read_bytes() == each.file.content for each in written)
    assert all(each.changed for each in written)


def test_a_second_run_changes_nothing(tmp_path, files):
    write_pack(tmp_path, files)

    assert not any(each.changed for each in write_pack(tmp_path, files))


def test_an_edited_file_is_never_overwritten_and_nothing_else_is_written(tmp_path, files):
    first, *others = write_pack(tmp_path, files)
    first.path.write_text("signed by both", "utf-8")
    others[0].path.unlink()

    with pytest.raises(Refused, match="was edited since the kit wrote it"):
        write_pack(tmp_path, files)

    assert first.path.read_text("utf-8") == "signed by both"
    assert not others[0].path.exists()


def test_a_file_the_kit_does_not_know_is_taken_for_a_persons(tmp_path, files):
    write_pack(tmp_path, files)
    (tmp_path / MANIFEST).unlink()
    renewed = [changed(file) for file in files]

    assert write_pack(tmp_path, files)  # the very bytes may stand there
    (tmp_path / MANIFEST).unlink()
    with pytest.raises(Refused):
        write_pack(tmp_path, renewed)


def test_what_the_kit_wrote_itself_may_be_renewed(tmp_path, files):
    write_pack(tmp_path, files)
    renewed = [changed(file) for file in files]

    assert all(each.changed for each in write_pack(tmp_path, renewed))


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no symbolic links here")
def test_a_link_out_of_the_folder_is_refused(tmp_path, files):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "internal").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(Refused, match="outside the folder"):
        write_pack(tmp_path / "pack", files)

    assert not list((tmp_path / "elsewhere").iterdir())


@pytest.mark.parametrize(
    ("stands", "told"),
    [
        (lambda path: path.write_bytes(b""), "cannot be written: a file stands where its folder would be"),
        (lambda path: path.symlink_to("nowhere"), "cannot be written: a link that leads nowhere stands where"),
        (lambda path: path.symlink_to(path.name), "cannot be written: "),
    ],
    ids=["file", "dangling link", "link to itself"],
)
def test_what_is_no_folder_is_told_and_stays(tmp_path, files, stands, told):
    stands(tmp_path / "pack")

    with pytest.raises(Refused, match=told):
        write_pack(tmp_path / "pack", files)

    assert [tmp_path / "pack"] == list(tmp_path.iterdir())


def test_a_folder_may_be_reached_by_a_link(tmp_path, files):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")

    assert write_pack(tmp_path / "link", files)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / files[0].path).is_file()


def test_a_folder_with_a_name_no_disk_holds_is_told(tmp_path, files):
    with pytest.raises(Refused, match="cannot be written: File name too long"):
        write_pack(tmp_path / ("x" * 300), files)


def test_a_paper_somebody_write_protected_is_left_alone(tmp_path, files):
    first, *_ = write_pack(tmp_path, files)
    first.path.chmod(0o444)

    assert not any(each.changed for each in write_pack(tmp_path, files))
    with pytest.raises(Refused, match="was edited since the kit wrote it"):
        write_pack(tmp_path, [changed(file) for file in files])
    assert first.file.content == first.path.read_bytes()


def refusal(call, *args):
    """What is refused, or nothing."""
    try:
        call(*args)
    except Refused as refused:
        return str(refused)
    return ""


def standing(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("number", range(21))
def test_a_full_disk_leaves_the_pack_of_yesterday_whole_and_the_next_run_goes_on(tmp_path, files, monkeypatch, number):
    two, renewed = files[:2], [changed(file) for file in files[:2]]
    write_pack(tmp_path, two)
    before = standing(tmp_path)
    system = Tripping(number, no_space)
    monkeypatch.setattr(placing, "os", system)
    told = refusal(write_pack, tmp_path, renewed)
    monkeypatch.undo()

    if told:
        assert "cannot be written: No space left on device\n      = check folder, rights and space" in told
        assert before == standing(tmp_path)
    else:
        assert [file.content for file in renewed] == [(tmp_path / file.path).read_bytes() for file in two]
    assert all(each.changed for each in write_pack(tmp_path, [changed(file, b"?") for file in two]))


def test_the_steps_above_are_all_steps(tmp_path, files, monkeypatch):
    write_pack(tmp_path, files[:2])
    system = Tripping(1_000, no_space)
    monkeypatch.setattr(placing, "os", system)
    write_pack(tmp_path, [changed(file) for file in files[:2]])

    assert 20 == 1_000 - system.left


def test_a_run_that_was_killed_between_the_papers_knows_them_again(tmp_path, files, monkeypatch):
    write_pack(tmp_path, files)
    monkeypatch.setattr(placing, "_undo", lambda former: None)  # a killed run undoes nothing
    monkeypatch.setattr(placing, "os", Tripping(4 * (len(files) + 1) + 3, interrupted))
    with pytest.raises(KeyboardInterrupt):
        write_pack(tmp_path, [changed(file) for file in files])
    monkeypatch.undo()
    stands = [(tmp_path / file.path).read_bytes() == file.content for file in files]

    assert {True, False} == set(stands)  # some are of the new run, some of the old one
    assert all(each.changed for each in write_pack(tmp_path, [changed(file, b"?") for file in files]))


def test_a_note_of_what_was_written_holds_any_name(tmp_path):
    path = tmp_path / os.fsdecode(b"\xe9.csv")
    write_again(path, b"monday")
    write_again(path, b"tuesday")

    assert b"tuesday" == path.read_bytes()


def test_a_broken_manifest_only_makes_the_kit_careful(tmp_path, files):
    write_pack(tmp_path, files)
    (tmp_path / MANIFEST).write_text("[" * 100_000, "utf-8")

    assert write_pack(tmp_path, files)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: None, "is not there"),
        (lambda path: path.write_bytes(b"x" * 1_100_000), "is larger than 1,024 KiB"),
        (lambda path: path.write_bytes(b"\x00\x01\x02PNG"), "is not a text file"),
        (os.mkfifo, "is no ordinary file"),
    ],
    ids=["folder", "missing", "large", "binary", "pipe"],
)
def test_what_is_no_case_file_is_refused_at_the_door(tmp_path, make, message):
    path: Path = tmp_path / "case.yaml"
    make(path)

    with pytest.raises(Refused, match=message):
        read_text(path)


def test_a_new_file_never_replaces_another(tmp_path):
    path = tmp_path / "case.yaml"
    write_new(path, "mine")

    with pytest.raises(Refused, match="is there already"):
        write_new(path, "yours")

    assert path.read_text("utf-8") == "mine"


def test_own_templates_are_looked_up_first_file_by_file(tmp_path):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "footer.md").write_text("Our own footer [[page]]", "utf-8")

    templates = library(tmp_path).templates

    assert templates["en/footer.md"] == "Our own footer [[page]]"
    assert templates["hu/footer.md"] == library().templates["hu/footer.md"]


def test_a_folder_of_templates_that_is_not_there_is_told(tmp_path):
    with pytest.raises(Refused, match="is not a folder"):
        library(tmp_path / "none")


def test_only_yaml_files_are_found_in_the_folder_and_below(tmp_path):
    for name in ("b.yaml", "a.yml", "note.txt", ".hidden.yaml", "below/c.yaml", ".git/d.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("case: 1\n", "utf-8")

    assert ["a.yml", "b.yaml", "below/c.yaml"] == [
        path.relative_to(tmp_path).as_posix() for path in yaml_below(tmp_path)
    ]


def test_links_lead_neither_in_a_circle_nor_to_the_same_file_twice(tmp_path):
    (tmp_path / "a.yaml").write_text("case: 1\n", "utf-8")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere.yaml")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)

    assert ["a.yaml"] == [path.name for path in yaml_below(tmp_path)]


def test_what_is_no_folder_is_refused(tmp_path):
    with pytest.raises(Refused, match="is not a folder"):
        yaml_below(tmp_path / "nowhere")


def test_policies_are_passed_over_and_come_with_the_cases_that_name_them(tmp_path):
    (tmp_path / "policy.yaml").write_text("version: 2025-01\n", "utf-8")
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("case: 1\npolicy_file: policy.yaml\n", "utf-8")

    found = list(read_cases(yaml_below(tmp_path)))

    assert [str(tmp_path / name) for name in ("a.yaml", "b.yaml")] == [file.name for file in found]
    assert [{"policy.yaml": "version: 2025-01\n"}] * 2 == [file.beside for file in found]


def test_a_file_that_cannot_be_read_is_a_problem_of_its_own(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"case: \xff\xfe")

    (file,) = read_cases(yaml_below(tmp_path))

    assert "" == file.text
    assert file.problems


def test_a_file_made_anew_each_day_takes_the_place_of_the_one_before(tmp_path):
    path = tmp_path / "worklist.csv"
    write_again(path, b"monday")
    write_again(path, b"tuesday")

    assert b"tuesday" == path.read_bytes()


def test_a_file_of_a_person_is_not_made_anew(tmp_path):
    path = tmp_path / "worklist.csv"
    write_again(path, b"monday")
    path.write_bytes(b"monday, and a note")

    with pytest.raises(Refused, match="edited since"):
        write_again(path, b"tuesday")
    assert b"monday, and a note" == path.read_bytes()


def test_a_place_nobody_can_write_to_is_told(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")

    with pytest.raises(Refused, match="cannot be written"):
        write_again(tmp_path / "file" / "worklist.csv", b"monday")


def test_a_folder_nobody_may_look_into_is_told(tmp_path, monkeypatch):
    def walk(folder, onerror):
        onerror(PermissionError(13, "Permission denied", str(tmp_path / "locked")))
        yield from ()

    monkeypatch.setattr(os, "walk", walk)

    with pytest.raises(Refused, match="locked cannot be read: Permission denied"):
        yaml_below(tmp_path)


@pytest.mark.parametrize(("named", "stands"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_file_a_case_names_is_found_however_a_system_writes_accents(tmp_path, named, stands):
    name = "szabályőr.yaml"
    (tmp_path / unicodedata.normalize(stands, name)).write_text("version: 2025-01\n", "utf-8")
    asked = unicodedata.normalize(named, name)
    (tmp_path / "a.yaml").write_text(f"case: 1\npolicy_file: {asked}\n", "utf-8")

    assert {asked: "version: 2025-01\n"} == read_case(tmp_path / "a.yaml")[1]


@pytest.mark.parametrize(
    "name",
    [
        "{here}/other.yaml",
        "\\\\\\\\server\\\\share\\\\p.yaml",
        "//server/share/p.yaml",
        "C:p.yaml",
        "http://example.com/p.yaml",
    ],
    ids=["absolute", "of a server", "of a server with slashes", "of a drive", "of a network"],
)
def test_a_case_names_no_file_but_from_its_own_folder(tmp_path, name):
    (tmp_path / "other.yaml").write_text("version: 2025-01\n", "utf-8")
    text = f'case: 1\npolicy_file: "{name.format(here=tmp_path)}"\n'
    (tmp_path / "a.yaml").write_text(text, "utf-8")

    assert {} == read_case(tmp_path / "a.yaml")[1]


def test_a_template_that_is_a_link_out_of_its_folder_is_refused(tmp_path):
    (tmp_path / "secret.md").write_text("ours", "utf-8")
    (tmp_path / "own" / "en").mkdir(parents=True)
    (tmp_path / "own" / "en" / "footer.md").symlink_to(tmp_path / "secret.md")

    with pytest.raises(Refused, match="footer.md is a link out of the folder"):
        library(tmp_path / "own")
