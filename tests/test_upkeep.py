from click.testing import CliRunner
from making import ROOT

from negotiation_kit.cli import main
from negotiation_kit.files import read_to_change, write_changed
from negotiation_kit.reading.amend import Put, amend


def run(*arguments):
    return CliRunner().invoke(main, [str(each) for each in arguments])


def a_changed_case(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_bytes((ROOT / "samples" / "late-payer.yaml").read_bytes())
    read = read_to_change(path)
    write_changed(read, amend(read.text, str(path), [Put("as_of", "2025-03-21")]))
    return path, read.content


def test_undo_brings_the_former_text_back_and_says_where_the_other_is(tmp_path):
    path, before = a_changed_case(tmp_path)

    done = run("undo", path)

    assert done.exit_code == 0, done.output
    assert before == path.read_bytes()
    kept = next((tmp_path / ".history").glob("case.0002.*.yaml"))
    assert f"{path} is as it was before writing 1; what stood there is kept as {kept}.\n" == done.output


def test_undo_lists_what_is_kept_and_changes_nothing(tmp_path):
    path, before = a_changed_case(tmp_path)

    done = run("undo", path, "--list")

    assert done.output.startswith("   1  replaced ")
    assert len(done.output.splitlines()) == 1
    assert before != path.read_bytes()


def test_undo_lists_nothing_in_words(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text("case: 1\n", "utf-8")

    assert f"{path} has no former text; the kit has written nothing into it.\n" == run("undo", path, "--list").output


def test_undo_goes_back_to_a_number_over_an_edit(tmp_path):
    path, before = a_changed_case(tmp_path)
    path.write_bytes(path.read_bytes() + b"# by hand\n")

    refused = run("undo", path)
    done = run("undo", path, "--to", 1)

    assert "was edited since the kit wrote it" in refused.output
    assert done.exit_code == 0
    assert before == path.read_bytes()


def test_undo_without_history_is_refused(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text("case: 1\n", "utf-8")

    done = run("undo", path)

    assert done.exit_code == 1
    assert "has no former text" in done.output
