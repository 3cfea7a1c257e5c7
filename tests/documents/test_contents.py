import html
import re

from making import ROOT, the_kit

SAMPLE = ROOT / "samples" / "late-payer.yaml"


def the_index(*languages, forms=("docx",)):
    kit = the_kit()
    case = kit.check(SAMPLE.read_text("utf-8"), SAMPLE.name)
    files = list(kit.pack(case, as_of=case.as_of, languages=languages, forms=forms))
    return files, kit.index(case, files, as_of=case.as_of)


def test_every_file_is_a_link_once():
    files, index = the_index("en", "hu", forms=("docx", "html", "xlsx"))

    assert sorted(file.path for file in files) == sorted(re.findall(r'href="([^"]+)"', index.content.decode("utf-8")))


def test_each_paper_stands_once_with_its_use_and_for_whom():
    files, index = the_index("en", "hu")

    shown = index.content.decode("utf-8")
    for paper in {file.paper for file in files}:
        assert shown.count(f"<strong>{paper.code}</strong>") == 1
        assert the_kit().desk.use(paper, "en") in html.unescape(shown)
    assert "for the manager, the superior and the first person only" in shown


def test_the_index_speaks_the_first_language_and_lies_above_the_folders():
    _, index = the_index("hu", "en")

    assert index.path == "index.html"
    assert '<html lang="hu' in index.content.decode("utf-8")
    assert "Egy ügy iratai" in index.content.decode("utf-8")
    assert index.audience == "internal"
