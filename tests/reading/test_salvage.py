"""A rule across fields speaks although other fields are wrong, and never about a stand-in."""

from contextlib import suppress
from copy import deepcopy

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from making import SAMPLES, the_kit

from negotiation_kit.case.case import Case
from negotiation_kit.problems import Refused
from negotiation_kit.reading.checks import CHECKS
from negotiation_kit.reading.record import read_record

BASE = """\
case: 2025-017
jurisdiction: HU
currency: HUF
supplier: {name: Borostyán Festék Kft.}
client: {name: Példa Bútor Zrt.}
invoices:
  - {number: SZ-211, issued: 2025-02-12, due: 2025-03-14, amount: 4850000}
  - {number: SZ-212, issued: 2025-02-12, due: 2025-02-10, amount: 100}
payments:
  - {day: 2025-03-20, amount: 100, invoice: SZ-999}
"""
ACROSS = {"invoices[2].due is 2025-02-10", "payments[1].invoice is 'SZ-999'"}


def told(text):
    with pytest.raises(Refused) as refused:
        read_record(text, "case.yaml", Case, CHECKS)
    return {problem.message.split(",")[0] for problem in refused.value.problems}


def test_rules_speak_about_a_case_that_is_right_in_its_fields():
    assert ACROSS == told(BASE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("jurisdiction: HU", "jurisdiction: HX"),
        ("case: 2025-017", "cose: 2025-017"),
        ("amount: 4850000}", "amount: 4 850 000}"),
        ("client: {name: Példa Bútor Zrt.}", "client: {nmae: Példa Bútor Zrt.}"),
        ("issued: 2025-02-12, due: 2025-03-14", "issued: 12.02.2025, due: 2025-03-14"),
        ("currency: HUF", "currency: HUF\nmeeting: {day: tomorrow}"),
        ("supplier: {name: Borostyán Festék Kft.}\n", ""),
    ],
)
def test_another_mistake_silences_no_rule(old, new):
    found = told(BASE.replace(old, new))

    assert found > ACROSS
    assert len(found) == 3


def test_a_rule_that_does_not_need_the_wrong_field_speaks_about_the_same_record():
    found = told(BASE.replace("due: 2025-02-10, amount: 100", "due: 2025-02-10, amount: lots"))

    assert found == ACROSS | {"invoices[2].amount is 'lots'"}


def test_nothing_is_said_about_a_stand_in():
    found = told(BASE.replace("issued: 2025-02-12, due: 2025-02-10", "issued: soon, due: 2025-02-10"))

    assert found == {"invoices[2].issued is 'soon'", "payments[1].invoice is 'SZ-999'"}


def test_a_payment_for_an_invoice_with_a_mistake_is_not_blamed():
    text = BASE.replace("invoice: SZ-999", "invoice: SZ-211").replace(
        "issued: 2025-02-12, due: 2025-03-14", "due: 2025-03-14"
    )

    assert not [message for message in told(text) if "payments" in message]


def test_when_too_much_is_wrong_the_fields_speak_alone():
    assert told("case: 1\ninvoices: none\n")


SAMPLE_TREES = [yaml.load(path.read_text("utf-8"), yaml.CBaseLoader) for path in SAMPLES]
STRANGE = st.sampled_from(
    ["", "no", "1,5", "-1", "0", "99999999999999999", "2025-02-30", "1989-01-01", "2100-12-31", "25:00", "XXX", "key",
     "consumer", [], {}, ["a"], {"a": "b"}, [{}], "Ő" * 2001]
)  # fmt: skip


def ways(tree, way=()):
    """The ways to everything in a tree."""
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for name, below in entries:
        yield (*way, name)
        yield from ways(below, (*way, name))


@given(data=st.data())
def test_however_a_case_is_spoilt_it_is_read_or_refused(data):
    tree = deepcopy(data.draw(st.sampled_from(SAMPLE_TREES)))
    for way in data.draw(st.lists(st.sampled_from(list(ways(tree))), min_size=1, max_size=8)):
        home = tree
        try:
            for part in way[:-1]:
                home = home[part]
            home[way[-1]] = data.draw(STRANGE)
        except (TypeError, KeyError, IndexError):
            continue  # an earlier blow took this place away

    text = yaml.safe_dump(tree, allow_unicode=True)
    with suppress(Refused):
        assert the_kit().check(text, "case.yaml").case
