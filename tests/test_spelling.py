"""All wording, spell-checked with the dictionaries of hunspell and a small list of words of the trade."""

import re
import shutil
import subprocess

import pytest
import yaml
from making import ROOT

from negotiation_kit.documents.inline import JINJA

DICTIONARIES = {"en": "en_GB", "hu": "hu_HU"}
NOT_WORDS = re.compile(
    r"^:::.*$|\[[@#][\w-]+\]|\[\[[\w.]+(?:\s*=[^\[\]]*\]\]|:|\]\])|\{[\w.]*\}|\b[\w-]+\.md\b|"
    r"\b[A-Z]+(?:-[A-Z]+)*-?\d+\w*\b|[*_`]+",
    re.MULTILINE,
)
"""Names of values to read back, of files and papers, and marks."""


def hunspell() -> bool:
    if not shutil.which("hunspell"):
        return False
    listed = subprocess.run(["hunspell", "-D"], capture_output=True, encoding="utf-8", input="", check=False)
    return all(name in listed.stdout + listed.stderr for name in DICTIONARIES.values())


def said(language: str) -> str:
    """Every sentence of a language, without what Jinja puts in."""
    folder = ROOT / "templates" / language
    parts = [path.read_text("utf-8") for path in sorted(folder.rglob("*.md"))]
    parts += sentences(yaml.safe_load((folder / "reasons.yaml").read_text("utf-8")))
    for name in ("questions.yaml", "checklist.yaml", "playbook.yaml"):
        parts += spoken(yaml.safe_load((ROOT / "templates" / name).read_text("utf-8")), language)
    return NOT_WORDS.sub(" ", JINJA.sub(" ", "\n".join(parts)))


def sentences(tree: object) -> list[str]:
    """All texts in a tree, without its keys."""
    if isinstance(tree, dict):
        return [text for value in tree.values() for text in sentences(value)]
    if isinstance(tree, list):
        return [text for value in tree for text in sentences(value)]
    return [tree] if isinstance(tree, str) else []


def spoken(tree: object, language: str) -> list[str]:
    """The texts that stand under the name of a language."""
    if isinstance(tree, dict):
        found = sentences(tree.get(language))
        return found + [text for value in tree.values() for text in spoken(value, language)]
    return [text for value in tree for text in spoken(value, language)] if isinstance(tree, list) else []


def strange(language: str, text: str) -> set[str]:
    """The words that neither the dictionary nor the list of the trade knows."""
    own = {*(ROOT / "tests" / "spelling" / f"{language}.txt").read_text("utf-8").split()}
    found = subprocess.run(
        ["hunspell", "-d", DICTIONARIES[language], "-i", "utf-8", "-l"],
        input=text.replace("’", "'"),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return {word.strip(".-") for word in found.stdout.split()} - {"", *own}


@pytest.mark.slow
@pytest.mark.spelling
@pytest.mark.skipif(not hunspell(), reason="hunspell with its dictionaries is not on this machine")
@pytest.mark.parametrize("language", DICTIONARIES)
def test_all_wording_is_spelled_as_the_dictionary_spells_it(language):
    assert set() == strange(language, said(language))


@pytest.mark.slow
@pytest.mark.spelling
@pytest.mark.skipif(not hunspell(), reason="hunspell with its dictionaries is not on this machine")
@pytest.mark.parametrize(("language", "word"), [("en", "instalmant"), ("hu", "részlett")])
def test_a_wrong_word_is_found(language, word):
    assert {word} == strange(language, f"a {word}")
