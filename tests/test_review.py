"""A company's own wording: copied out, listed, and checked before a case needs it."""

import pytest
from click.testing import CliRunner
from making import ROOT, SAMPLES

from negotiation_kit.cli import main
from negotiation_kit.files import library, own_texts
from negotiation_kit.pack import Kit
from negotiation_kit.review import _BESIDE_THE_PAPERS, review
from negotiation_kit.status import NAMES, TEMPLATE

SMALLEST = {"smallest.yaml": (ROOT / "samples" / "smallest.yaml").read_text("utf-8")}
AGREED = {"after-meeting.yaml": (ROOT / "samples" / "after-meeting.yaml").read_text("utf-8")}


def run(*arguments):
    return CliRunner().invoke(main, [str(each) for each in arguments])


def told(tmp_path, samples=SMALLEST, **texts):
    """What the review says of these texts."""
    for path, text in texts.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    own, ours = own_texts(tmp_path)
    return [str(problem) for problem in review(Kit(library(tmp_path)), own, ours, samples, {})]


def of_client_paper(tmp_path, *lines):
    """What the review says of lines at the end of both languages' thank-you letter, where it says it of English."""
    texts = {f"{code}/C08-thank-you.md": ours(f"{code}/C08-thank-you.md") + "\n".join(lines) + "\n" for code in CODES}
    return [each.split("\n")[0] for each in told(tmp_path, AGREED, **texts) if each.startswith("en/")]


CODES = ("en", "hu")


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

    found = "\n".join(told(tmp_path, {}, **{"hu/footer.md": text}))

    assert "hu/footer.md prints other values than en/footer.md (more: client.name)" in found


def test_a_suffix_and_an_article_at_a_hungarian_value_are_told_with_their_line(tmp_path):
    text = ours("hu/C06-payment-schedule.md") + "A {{ client.name }}nek.\n"
    line = text.count("\n")

    found = "\n".join(told(tmp_path, {}, **{"hu/C06-payment-schedule.md": text}))

    assert f"hu/C06-payment-schedule.md:{line}:1: an article right before a value" in found
    assert f"hu/C06-payment-schedule.md:{line}:1: a suffix on a value" in found


def test_a_block_that_nothing_prints_is_told(tmp_path):
    text = '{% extends "footer-internal.md" %}\n{% block nowhere %}\nx\n{% endblock %}\n'

    found = "\n".join(told(tmp_path, {}, **{"en/footer.md": text}))

    assert "en/footer.md:2:1: 'footer-internal.md' has no block 'nowhere', so this is never printed" in found


def test_a_mistake_in_the_markup_is_told_with_its_line(tmp_path):
    found = told(tmp_path, {}, **{"en/footer.md": "a **b\n"})

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


LETTER = len(ours("en/C08-thank-you.md").split("\n"))
"""The line at which what is added to the letter begins."""


def test_a_paper_that_lost_its_sum_is_told_with_the_line_where_ours_prints_it(tmp_path):
    lost = {
        path: ours(path).replace(" | [[schedule.amount: {{ instalment.amount | amount }}]] | ", " | – | ")
        for path in ("en/parts/schedule.md", "hu/parts/schedule.md")
    }

    found = "\n".join(told(tmp_path, AGREED, **lost))

    for code in CODES:
        assert f"{code}/parts/schedule.md:6:1: C04 in {code} does not say the sum of part 1" in found
        assert f"{code}/parts/schedule.md:6:1: C06 in {code} does not say the sum of part 1" in found
    assert "ours prints agreement.schedule.instalments.amount here (its line 6), and yours nowhere" in found


def test_a_paper_that_lost_a_whole_part_is_told_where_it_stood(tmp_path):
    texts = {path: ours(path).replace('{% include "parts/schedule.md" %}', "") for path in C06}

    found = "\n".join(told(tmp_path, AGREED, **texts))

    assert "en/C06-payment-schedule.md:16:1: C06 in en does not say the sum of part 1" in found
    assert "ours prints parts/schedule.md here (its line 16), and yours nowhere" in found


C06 = ("en/C06-payment-schedule.md", "hu/C06-payment-schedule.md")


def test_papers_are_tried_over_all_samples_and_each_problem_is_told_once(tmp_path):
    other = {"again.yaml": AGREED["after-meeting.yaml"].replace("case: 2025-017", "case: 2025-117")}
    texts = {path: ours(path).replace('{% include "parts/schedule.md" %}', "") for path in C06}

    found = told(tmp_path, {**AGREED, **other}, **texts)

    sums = [each for each in found if each.startswith("en/") and "the sum of part" in each]
    assert 1 == len(sums)
    assert "[with after-meeting.yaml and 1 more]" in sums[0]


def test_a_refused_paper_does_not_hide_what_is_wrong_with_the_next(tmp_path):
    spoilt = {path: ours(path) + "{{ case.client.name }}\n" for path in (*C06, "en/C08-thank-you.md")}

    found = "\n".join(told(tmp_path, AGREED, **spoilt))

    for path in spoilt:
        assert f"{path}:{ours(path).count(chr(10)) + 1}:1: unknown name 'case'" in found


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["{{ client.segment }}"], (0, "client.segment is internal and may not be shown in this paper")),
        (["{% set x = client.segment %}", "{{ x }}"], (1, "segment is internal and may not be shown in this paper")),
        (
            ["{% for x in [client.segment] %}", "{{ x }}", "{% endfor %}"],
            (0, "client.segment is internal and may not be shown in this paper"),
        ),
        (
            ["{% for each in [client] %}", "{{ each.segment }}", "{% endfor %}"],
            (1, "each.segment is internal and may not be shown in this paper"),
        ),
        (
            ["{{ [client] | map(attribute='segment') | join }}"],
            (0, "segment is internal and may not be shown in this paper"),
        ),
        (["{{ client['segment'] }}"], (0, "segment is internal and may not be shown in this paper")),
        (["{% macro told(x) %}"], (0, "'{% macro told(x) %}' is no tag of a template")),
        (["{{ authority.walk_away }}"], (0, "unknown name 'authority'")),
        (
            ['{% include "D04-authority-sheet.md" %}'],
            (0, "this brings in en/D04-authority-sheet.md, which C08 cannot print (its line"),
        ),
        (["{{ client.nmae }}"], (0, "unknown field 'nmae' of client")),
        (
            ["{% if agreement and not agreement %}", "{{ client.nmae }}", "{% endif %}"],
            (1, "client.nmae is a field that is not there"),
        ),
        (
            ["{% if agreement and not agreement %}", "{{ client.segment }}", "{% endif %}"],
            (1, "client.segment is internal and may not be shown in this paper"),
        ),
    ],
)
def test_what_is_not_there_or_not_for_the_client_is_told_however_it_is_named(tmp_path, lines, expected):
    further, message = expected

    found = of_client_paper(tmp_path, *lines)

    assert [each for each in found if each.startswith(f"en/C08-thank-you.md:{LETTER + further}:1: {message}")], found


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{{ client.__class__.__mro__ }}", "not allowed in a template: access to attribute '__class__'"),
        ("{{ range.__globals__ }}", "not allowed in a template: access to attribute '__globals__'"),
        ("{{ client | attr('__class__') }}", "No filter named 'attr'."),
        ("{{ open('/etc/passwd').read() }}", "a template may not call anything"),
        ('{% include "../../../etc/passwd" %}', "there is no template '../../../etc/passwd'"),
        ('{% include "../reasons.yaml" %}', "there is no template '../reasons.yaml'"),
        ('{% import "os" as os %}', "'{% import \"os\" as os %}' is no tag of a template"),
        ("{% for n in range(1000000000) %}x{% endfor %}", "Range too big."),
        ("{{ 'x' * 1000000000 }}", "a template may not compute"),
        ("{{ 10 ** 10 ** 10 }}", "a template may not compute"),
    ],
)
def test_a_hostile_template_is_refused_with_its_line(tmp_path, line, message):
    found = of_client_paper(tmp_path, line)

    assert [each for each in found if each.startswith(f"en/C08-thank-you.md:{LETTER}:1: {message}")], found


def test_a_loop_in_a_loop_without_end_is_refused_with_its_line(tmp_path):
    lines = ["{% for a in range(99999) %}", "{% for b in range(99999) %}", "x", "{% endfor %}", "{% endfor %}"]

    found = of_client_paper(tmp_path, *lines)

    assert [each for each in found if f":{LETTER + 1}:1: this template goes on without end" in each], found


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "own" / "en").mkdir(parents=True)
    (tmp_path / "secret.md").write_text("private\n", "utf-8")
    (tmp_path / "own" / "en" / "C08-thank-you.md").symlink_to(tmp_path / "secret.md")

    done = run("templates", "check", tmp_path / "own")

    assert 1 == done.exit_code
    assert "C08-thank-you.md is a link out of the folder" in done.output
    assert "private" not in done.output


def test_a_block_that_an_own_paper_lost_is_told_at_the_template_that_fills_it(tmp_path):
    texts = {
        path: ours(path)
        .replace("{% block signing %}\n", "")
        .replace('{% endblock %}\n\n{% include "parts/ann', '\n{% include "parts/ann')
        for path in ("en/C04-minutes.md", "hu/C04-minutes.md")
    }

    found = "\n".join(told(tmp_path, AGREED, **texts))

    assert "en/C13-confirmation-by-mail.md:18:1: 'en/C04-minutes.md' of yours has no block 'signing'" in found


def test_a_point_of_the_minutes_under_another_number_is_told(tmp_path):
    texts = {
        "en/C04-minutes.md": ours("en/C04-minutes.md").replace("##. Subject\n", ""),
        "hu/C04-minutes.md": ours("hu/C04-minutes.md").replace("##. A megbeszélés tárgya\n", ""),
    }

    found = "\n".join(told(tmp_path, {}, **texts))

    assert "en/C04-minutes.md:46:1: this is point 3 here, and other papers call it point 4" in found


def test_a_word_that_is_missing_and_one_that_nothing_reads_are_told_with_their_line(tmp_path):
    text = ours("en/words.yaml")
    misspelt = text[: text.index("    letter: the")].count("\n") + 1
    last = misspelt + 3

    texts = {"en/words.yaml": text.replace("    letter: the", "    lettr: the", 1)}
    found = "\n".join(told(tmp_path, {}, **texts))

    assert f"en/words.yaml:{last}:1: words.allows.letter is missing here" in found
    assert f"en/words.yaml:{misspelt}:1: nothing would read words.allows.lettr" in found


def test_a_clause_without_words_is_told_with_its_line(tmp_path):
    entry = "clauses:\n  - {id: no-set-off, point: 14, when: always, en: {name: N, why: W}, hu: {name: N, why: W}}\n"

    found = "\n".join(told(tmp_path, **{"clauses.yaml": ours("clauses.yaml").replace("clauses:\n", entry, 1)}))

    assert "the words of no-set-off are missing: there is no 'en/clauses/no-set-off.md'" in found
    assert "clauses.yaml:13:10: the words of no-set-off are missing" in found


def test_languages_that_part_are_told_with_the_line(tmp_path):
    text = ours("en/C08-thank-you.md").replace("# Thank you for our talk", "# Thank you for our talk\n\n- one more")

    found = told(tmp_path, AGREED, **{"en/C08-thank-you.md": text})

    assert found[0].startswith("en/C08-thank-you.md:6:1: en/C08-thank-you.md is built of other blocks than hu/C08")


def test_a_tag_nobody_can_read_is_told_with_its_line(tmp_path):
    assert told(tmp_path, {}, **{"en/footer.md": "a\n{{ a b }}\n"})[0].startswith(
        "en/footer.md:2:1: expected token 'end of print statement'"
    )


def test_texts_that_are_the_same_as_ours_take_no_time_of_every_sample(tmp_path):
    texts = {path: ours(path) for path in ("en/words.yaml", "hu/C04-minutes.md", "playbook.yaml")}
    unreadable = {**SMALLEST, "broken.yaml": "case: ["}

    assert [] == told(tmp_path, unreadable, **texts)


def test_names_beside_the_papers_are_those_their_commands_give():
    assert NAMES == _BESIDE_THE_PAPERS[TEMPLATE]


def test_a_tag_that_jinja_cannot_read_is_told_with_its_line(tmp_path):
    text = ours("hu/C06-payment-schedule.md") + "\n{{ debt.total | }}\n"

    (found,) = told(tmp_path, {}, **{"hu/C06-payment-schedule.md": text})

    assert f"hu/C06-payment-schedule.md:{text.count(chr(10))}:1: " in found


def test_a_tag_deeper_than_python_reads_is_told(tmp_path):
    text = ours("hu/C06-payment-schedule.md") + "\n{{ " + "(" * 1_000 + " }}\n"

    assert any("is too long or too deep" in each for each in told(tmp_path, {}, **{"hu/C06-payment-schedule.md": text}))
