import unicodedata

import pytest
from making import ROOT, the_kit

from negotiation_kit.problems import Refused

KIT = the_kit()


@pytest.mark.parametrize(
    ("sample", "old", "new", "told"),
    [
        (
            "smallest",
            "{day: 2025-03-24, at",
            "{day: 1990-01-01, at",
            "case.yaml:29:16: 1989-12-31 is outside calendar HU",
        ),
        ("after-meeting", "by: 2025-03-28", "by: 2100-12-31", "2100-12-31 is outside calendar HU"),
    ],
)
def test_a_day_of_the_case_that_no_calendar_knows_is_told_where_it_stands(sample, old, new, told):
    text = (ROOT / "samples" / f"{sample}.yaml").read_text("utf-8")
    assert old in text
    case = KIT.check(text.replace(old, new, 1), "case.yaml")
    asked = (
        lambda: list(KIT.pack(case, as_of=case.as_of)),
        lambda: KIT.calendar(case, as_of=case.as_of, language="en"),
        lambda: KIT.explain(case, "clock", as_of=case.as_of),
    )

    for ask in asked:
        with pytest.raises(Refused) as refused:
            ask()
        assert told in str(refused.value)
        assert new in refused.value.problems[0].place.text


def test_accents_apart_from_their_letters_make_the_same_papers():
    text = unicodedata.normalize("NFD", (ROOT / "samples" / "after-meeting.yaml").read_text("utf-8"))
    case = KIT.check(text, "case.yaml")

    assert {"C04"} <= {file.paper.code for file in KIT.pack(case, as_of=case.as_of, languages=("hu",))}
