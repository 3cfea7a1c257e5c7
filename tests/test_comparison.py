"""Two versions of a case as one Word file: it is the one, it is the other, and nothing of ours is in it."""

import shutil
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import pairwise

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from making import SAMPLES, the_kit
from ooxml_integrity import check
from openxml_audit import OpenXmlValidator
from tracking import W, decided, decided_by_office, said, struck

from negotiation_kit.cli import main
from negotiation_kit.comparison import redline
from negotiation_kit.files import library
from negotiation_kit.pack import Kit
from negotiation_kit.problems import Refused
from negotiation_kit.reading.amend import Append, Put, Remove, amend
from negotiation_kit.reading.tree import read_tree

TEXTS = {path.stem: path.read_text("utf-8") for path in SAMPLES}
AFTER = TEXTS["after-meeting"]
DAY = date(2025, 3, 24)
MONDAY = (
    Put("outcome.schedule[2].amount", Decimal(1000000)),
    Append("outcome.schedule", {"due": date(2025, 5, 21), "amount": Decimal(130000)}),
    Put("outcome.cooperation.en", "New orders are delivered against prepayment; a fifth of their value is paid on top."),
    Put("outcome.cooperation.hu", "Az új megrendelések előre fizetés ellenében teljesülnek; értékük ötödét a Vevő ezen felül fizeti."),
    Remove("outcome.actions[2]"),
    Append("outcome.risks", {"event": {"en": "The second plant opens later", "hu": "A második üzem később nyílik"}}),
)  # fmt: skip


def at_case(sample):
    """The number of a sample's case."""
    return read_tree(TEXTS[sample], "case.yaml").fields["case"].text


def a_case(text):
    return the_kit().check(text, "case.yaml")


def compared(old, new, language="en", code=""):
    cases = a_case(old), a_case(new)
    return redline(the_kit(), *cases, days=tuple(case.as_of or DAY for case in cases), language=language, code=code)


def body_of(content):
    """What stands in the body of a Word file."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    return "".join(etree.tostring(each, encoding="unicode") for each in tree.find(f"{W}body"))


def alone(text, language, code):
    """What the paper of one version says, line by line, as a reader of the file sees it."""
    case = a_case(text)
    (file,) = the_kit().pack(case, as_of=case.as_of or DAY, languages=(language,), chosen=(code,))
    return [line for line in decided(body_of(file.content), accept=True) if line]


def changed(text, *changes):
    return amend(text, "case.yaml", changes)


def refusal(*args, **more):
    with pytest.raises(Refused) as refused:
        compared(*args, **more)
    return str(refused.value)


@pytest.mark.parametrize("language", ["en", "hu"])
def test_accepted_it_is_the_new_minutes_and_rejected_the_old_ones(language):
    new = changed(AFTER, *MONDAY)

    file = compared(AFTER, new, language)

    assert f"client/2025-017-C04-minutes-changes.{language}.docx" == file.path
    assert alone(new, language, "C04") == said(decided(body_of(file.content), accept=True))
    assert alone(AFTER, language, "C04") == said(decided(body_of(file.content), accept=False))


def test_a_reader_sees_what_changed():
    lines = struck(body_of(compared(AFTER, changed(AFTER, *MONDAY)).content))

    assert "[1,130,000]{1,000,000}" in lines
    assert "{Wednesday, 21 May 2025}{¶}" in lines
    assert "[Confirms the colour schedule of the second plant][¶]" in lines
    assert "{The second plant opens later}{¶}" in lines
    assert any("a [tenth]{fifth} of their value is paid on top" in line for line in lines)


def test_both_validators_find_nothing_and_every_page_says_that_it_is_not_for_signature(tmp_path):
    for language in ("en", "hu"):
        content = compared(AFTER, changed(AFTER, *MONDAY), language).content
        path = tmp_path / f"{language}.docx"
        path.write_bytes(content)

        assert [] == [str(error) for error in OpenXmlValidator().validate(str(path)).errors]
        assert [] == [str(finding) for finding in check(str(path))]
        with zipfile.ZipFile(path) as archive:
            for footer in ("word/kit-footer.xml", "word/kit-footer-first.xml"):
                text = archive.read(footer).decode("utf-8")
                assert ("not for signature" if language == "en" else "nem aláírásra") in text
                assert "____" not in text


def test_the_author_is_the_company_and_the_day_is_the_cases():
    body = compared(AFTER, changed(AFTER, *MONDAY, Put("as_of", "2025-03-26"))).content
    marks = list(etree.fromstring(f"<x>{body_of(body)}</x>").iter(f"{W}ins", f"{W}del"))

    assert {"Borostyán Festék Kft."} == {mark.get(f"{W}author") for mark in marks}
    assert {"2025-03-26T00:00:00Z"} == {mark.get(f"{W}date") for mark in marks}
    assert len(marks) == len({mark.get(f"{W}id") for mark in marks})


def test_the_same_versions_give_the_same_bytes():
    new = changed(AFTER, *MONDAY)

    assert compared(AFTER, new).content == compared(AFTER, new).content


def test_without_an_outcome_in_both_the_form_to_fill_in_is_compared():
    old, new = TEXTS["late-payer"], changed(TEXTS["late-payer"], Put("invoices[1].amount", Decimal(4750000)))

    file = compared(old, new)

    assert "C05" == file.paper.code
    assert alone(new, "en", "C05") == said(decided(body_of(file.content), accept=True))
    assert alone(old, "en", "C05") == said(decided(body_of(file.content), accept=False))


@pytest.mark.slow
@pytest.mark.parametrize(("old", "new"), [*pairwise(sorted(TEXTS)), ("two-breakfasts", "after-meeting")])
def test_even_two_unlike_cases_are_told_apart_and_together(old, new, tmp_path):
    texts = [changed(TEXTS[name], Put("case", "X-1")) for name in (old, new)]
    both = all("\noutcome:" in text for text in texts)

    for code in ("C04" if both else "C05", "C02"):
        file = compared(*texts, "hu", code)

        assert alone(texts[1], "hu", code) == said(decided(body_of(file.content), accept=True))
        assert alone(texts[0], "hu", code) == said(decided(body_of(file.content), accept=False))
        path = tmp_path / f"{code}.docx"
        path.write_bytes(file.content)
        assert [] == [str(error) for error in OpenXmlValidator().validate(str(path)).errors]
        assert [] == [str(finding) for finding in check(str(path))]


@pytest.mark.slow
@pytest.mark.office
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
@pytest.mark.parametrize(
    ("old", "new", "language", "code"),
    [
        (AFTER, changed(AFTER, *MONDAY), "en", "C04"),
        (AFTER, changed(AFTER, *MONDAY), "hu", "C04"),
        (TEXTS["late-payer"], changed(TEXTS["seasonal-buyer"], Put("case", "2025-017")), "hu", "C05"),
        (TEXTS["two-breakfasts"], changed(TEXTS["after-meeting"], Put("case", at_case("two-breakfasts"))), "en", "C02"),
    ],
    ids=["minutes", "jegyzőkönyv", "two unlike forms", "two unlike statements"],
)
def test_an_office_program_accepts_and_rejects_to_the_same_two_papers(old, new, language, code, tmp_path):
    path = tmp_path / "changes.docx"
    path.write_bytes(compared(old, new, language, code).content)

    for text, accept in ((old, False), (new, True)):
        settled = body_of(decided_by_office(path, tmp_path, accept=accept).read_bytes())
        assert "<w:ins " not in settled
        assert "<w:del " not in settled
        assert alone(text, language, code) == said(decided(settled, accept=True))


words = st.text(st.sampled_from("ab é,.;:-%#{}[]<>&\"'"), min_size=1, max_size=30).filter(str.strip)
drawn = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["outcome.place", "outcome.consequence", "outcome.client_idea", "outcome.cooperation"]), words).map(lambda told: Put(*told)),
        st.builds(lambda text, who: Append("outcome.actions", {"what": text, "who": who, "side": "client", "by": date(2025, 3, 28), "proof": text}), words, words),
        st.builds(lambda text: Append("outcome.risks", {"event": text}), words),
        st.sampled_from([Remove("outcome.risks[1].early_sign"), Remove("outcome.actions[2]"), Put("outcome.schedule[2].due", date(2025, 4, 10))]),
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip


@pytest.mark.slow
@settings(deadline=None, max_examples=20)
@given(drawn, drawn)
def test_however_a_case_was_changed_both_versions_are_in_the_file(first, second):
    old, new = AFTER, AFTER
    for change in first:
        old = changed_if(old, change)
    for change in second:
        new = changed_if(new, change)
    if alone(old, "en", "C04") == alone(new, "en", "C04"):
        assert "say the same in C04" in refusal(old, new)
        return

    file = compared(old, new)

    assert alone(new, "en", "C04") == said(decided(body_of(file.content), accept=True))
    assert alone(old, "en", "C04") == said(decided(body_of(file.content), accept=False))


def changed_if(text, change):
    """The text with a change, or as it was when there is nothing to change any more."""
    try:
        return changed(text, change)
    except Refused:
        return text


@pytest.mark.parametrize("secret_in", ["old", "new"])
def test_a_figure_of_ours_in_either_version_stops_the_file(secret_in):
    """The offers of a version are ours; a company's own footer that names one does not get through."""
    ours = library()
    footer = "en/footer-changes.md"
    templates = {**ours.templates, footer: f"{ours.templates[footer]}\nHUF 1,{{{{ '460' }}}},000\n"}
    kit = Kit(replace(ours, templates=templates))
    texts = {
        "old": TEXTS["late-payer"],
        "new": changed(TEXTS["late-payer"], Put("invoices[1].amount", Decimal(9990000))),
    }
    if secret_in == "new":
        texts = {"old": texts["new"], "new": texts["old"]}
    old, new = (kit.check(texts[each], f"{each}.yaml") for each in ("old", "new"))

    with pytest.raises(Refused, match=r"offers\.target is not for the client, but its value stands in"):
        redline(kit, old, new, days=(DAY, DAY), language="en")


@pytest.mark.parametrize(
    ("old", "new", "code", "message"),
    [
        (AFTER, AFTER, "", "the two versions say the same in C04\n      = there is nothing to mark; no file was written"),
        (AFTER, changed(AFTER, Put("case", "2025-018")), "", "these are two cases, 2025-017 and 2025-018\n      = name two versions of one case"),
        (AFTER, AFTER, "D04", "D04 is no paper for the client\n      = known are C"),
        (AFTER, TEXTS["late-payer"], "C04", "C04 cannot be made of both versions\n      = write into both: an outcome with the agreed schedule"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_told(old, new, code, message):
    assert refusal(old, new, code=code).startswith(message)


def test_a_language_without_papers_is_told():
    assert "there are no papers in language 'xx'" in refusal(AFTER, changed(AFTER, *MONDAY), "xx")


def test_the_command_writes_the_file_and_says_which_paper_it_is(tmp_path):
    for name, text in (("old", AFTER), ("new", changed(AFTER, *MONDAY))):
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    arguments = ["redline", tmp_path / "old.yaml", tmp_path / "new.yaml", "--out", tmp_path / "changes.docx"]

    done = CliRunner().invoke(main, [*map(str, arguments), "--language", "hu"])

    title = "Jegyzőkönyv nyitott tartozás rendezéséről és fizetési ütemezésről"
    assert f"{tmp_path / 'changes.docx'} shows the changes in C04, {title}.\n" == done.output
    assert "PK" == (tmp_path / "changes.docx").read_bytes()[:2].decode()


def test_the_command_refuses_what_says_the_same(tmp_path):
    (tmp_path / "case.yaml").write_text(AFTER, "utf-8")

    done = CliRunner().invoke(main, ["redline", str(tmp_path / "case.yaml"), str(tmp_path / "case.yaml"), "--out", str(tmp_path / "x.docx")])  # fmt: skip

    assert 1 == done.exit_code
    assert "the two versions say the same in C04" in done.output
    assert not (tmp_path / "x.docx").exists()
