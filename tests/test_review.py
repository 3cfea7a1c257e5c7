"""A company's own wording: copied out, listed, and checked before a case needs it."""

from click.testing import CliRunner
from making import ROOT, SAMPLES

from negotiation_kit.cli import main
from negotiation_kit.files import library, own_texts
from negotiation_kit.pack import Kit
from negotiation_kit.review import review

SMALLEST = {"smallest.yaml": (ROOT / "samples" / "smallest.yaml").read_text("utf-8")}


def run(*arguments):
    return CliRunner().invoke(main, [str(each) for each in arguments])


def told(tmp_path, **texts):
    """What the review says of these texts."""
    for path, text in texts.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    own, ours = own_texts(tmp_path)
    return [str(problem) for problem in review(Kit(library(tmp_path)), own, ours, SMALLEST, {})]


def ours(path):
    return (ROOT / "templates" / path).read_text("utf-8")


def test_our_own_wording_is_in_order(tmp_path):
    assert [] == told(tmp_path, **{"hu/C06-payment-schedule.md": ours("hu/C06-payment-schedule.md")})


def test_a_misnamed_file_is_told_and_not_ignored(tmp_path):
    (tmp_path / "own_questions.yaml").write_text("questions: []\n", "utf-8")

    done = run("check", SAMPLES[0], "--templates", tmp_path)

    assert 1 == done.exit_code
    assert "nothing would read 'own_questions.yaml' among your own templates" in done.output
    assert "did you mean 'own-questions.yaml'?" in done.output


def test_a_part_of_their_own_is_read_where_a_template_of_theirs_includes_it(tmp_path):
    text = ours("en/footer.md")
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "our-part.md").write_text("Ours.\n", "utf-8")
    (tmp_path / "en" / "C08-thank-you.md").write_text('# T\n\n{% include "our-part.md" %}\n', "utf-8")

    assert text == library(tmp_path).templates["en/footer.md"]


def test_a_value_taken_out_of_one_language_is_told(tmp_path):
    text = ours("hu/footer.md") + "{{ client.name }}\n"

    found = "\n".join(told(tmp_path, **{"hu/footer.md": text}))

    assert "hu/footer.md prints other values than en/footer.md (more: client.name)" in found


def test_a_suffix_and_an_article_at_a_hungarian_value_are_told_with_their_line(tmp_path):
    text = ours("hu/C06-payment-schedule.md") + "A {{ client.name }}nek.\n"
    line = text.count("\n")

    found = "\n".join(told(tmp_path, **{"hu/C06-payment-schedule.md": text}))

    assert f"hu/C06-payment-schedule.md:{line}:1: an article right before a value" in found
    assert f"hu/C06-payment-schedule.md:{line}:1: a suffix on a value" in found


def test_a_block_that_nothing_prints_is_told(tmp_path):
    text = '{% extends "footer-internal.md" %}\n{% block nowhere %}\nx\n{% endblock %}\n'

    found = "\n".join(told(tmp_path, **{"en/footer.md": text}))

    assert "en/footer.md:2:1: 'footer-internal.md' has no block 'nowhere', so this is never printed" in found


def test_a_mistake_in_the_markup_is_told_with_its_line(tmp_path):
    found = told(tmp_path, **{"en/footer.md": "a **b\n"})

    assert found[0].startswith("en/footer.md:1:1: '**' is opened and not closed on this line")


def test_templates_are_copied_out_and_never_over_a_file(tmp_path):
    first = run("templates", "copy", tmp_path, "--language", "hu", "--paper", "C04")
    (tmp_path / "hu" / "C04-minutes.md").write_text("edited", "utf-8")
    second = run("templates", "copy", tmp_path, "--language", "hu")

    assert 0 == first.exit_code
    assert 1 == second.exit_code
    assert "is there already" in second.output
    assert ["C04-minutes.md"] == [path.name for path in tmp_path.rglob("*.md")]
    assert "edited" == (tmp_path / "hu" / "C04-minutes.md").read_text("utf-8")


def test_the_names_of_a_clients_paper_hold_nothing_internal():
    done = run("templates", "list", "--paper", "C04")

    assert 0 == done.exit_code
    assert "client.name " in done.output
    assert " internal " not in done.output
    assert "authority" not in done.output


def test_the_names_of_a_restricted_paper_say_what_they_mean():
    done = run("templates", "list", "--paper", "D04")

    assert "authority.first_part_percent                     restricted Smallest first part" in done.output


def test_a_tag_that_jinja_cannot_read_is_told_with_its_line(tmp_path):
    text = ours("hu/C06-payment-schedule.md") + "\n{{ debt.total | }}\n"

    (found,) = told(tmp_path, **{"hu/C06-payment-schedule.md": text})

    assert f"hu/C06-payment-schedule.md:{text.count(chr(10))}:1: " in found


def test_a_tag_deeper_than_python_reads_is_told(tmp_path):
    text = ours("hu/C06-payment-schedule.md") + "\n{{ " + "(" * 1_000 + " }}\n"

    assert any("is too long or too deep" in each for each in told(tmp_path, **{"hu/C06-payment-schedule.md": text}))
