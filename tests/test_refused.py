"""Each wrong case in tests/refused is refused with exactly the message beside it; a new pair is a new test."""

from pathlib import Path

import pytest
from making import the_kit

from negotiation_kit.problems import Refused
from negotiation_kit.reading.characters import decode

FOLDER = Path(__file__).parent / "refused"
CASES = sorted(FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("wrong", CASES, ids=lambda path: path.stem)
def test_a_wrong_case_is_refused_in_these_words(wrong, update):
    beside = wrong.with_suffix(".txt")

    with pytest.raises(Refused) as refused:
        the_kit().check(decode(wrong.read_bytes(), wrong.name), wrong.name)
    if update:
        beside.write_text(f"{refused.value}\n", encoding="utf-8")

    assert beside.read_text(encoding="utf-8") == f"{refused.value}\n"


def test_no_message_stands_without_its_case():
    alone = [text.name for text in FOLDER.glob("*.txt") if not text.with_suffix(".yaml").exists()]

    assert not alone
