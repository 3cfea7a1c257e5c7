"""The document benchmarks compare equal documents; whoever makes another is told before any time is taken."""

import json
import subprocess
import sys

import pytest
from making import ROOT

HERE = ROOT / "tests" / "benchmarks"


@pytest.fixture(scope="module")
def races(tmp_path_factory):
    """The inputs of the benchmark for two cases, written by a run that compares all contenders on this machine."""
    folder = tmp_path_factory.mktemp("benchmark") / "races"
    asked = [sys.executable, HERE / "preparing.py", "races", folder, "2", "30"]
    done = subprocess.run(asked, capture_output=True, encoding="utf-8", cwd=ROOT, check=False)

    assert (0, "") == (done.returncode, done.stderr)
    return folder


@pytest.fixture
def preparing(monkeypatch):
    """The benchmark's own modules."""
    monkeypatch.syspath_prepend(HERE)
    return __import__("preparing")


@pytest.mark.slow
@pytest.mark.parametrize("race", ["minutes", "schedule"])
def test_every_contender_has_what_it_makes_the_same_document_from(races, race):
    values = json.loads((races / race / "values.json").read_text("utf-8"))

    assert 2 == len(values)
    assert values[0].keys() == values[1].keys()
    assert {24: "minutes", 30: "schedule"}[len(values[0]["rows0"])] == race


@pytest.mark.slow
def test_a_contender_that_makes_another_document_is_told(races, preparing):
    folder = races / "minutes"
    values = (folder / "values.json").read_text("utf-8")
    changed = json.loads(values)
    changed[0]["rows0"][3]["c2"] = "1"
    (folder / "values.json").write_text(json.dumps(changed), "utf-8")
    cases = preparing.minutes_cases(2, preparing.Kit(preparing.library()).calendars(["HU"]))
    started = preparing.contenders(folder)[0]

    told = preparing.disagreement({name: started[name] for name in ("ours", "python-docx")}, cases)
    (folder / "values.json").write_text(values, "utf-8")

    assert told.startswith("python-docx, document 0: text ")
    assert " is '1', expected '" in told


def test_what_differs_is_a_value_and_the_rest_is_the_template(monkeypatch):
    monkeypatch.syspath_prepend(HERE)
    common = __import__("patterns").common

    assert (("paid on ", 0, " in full"), [("1 May 2025",), ("12 June 2026",)]) == common(
        ["paid on 1 May 2025 in full", "paid on 12 June 2026 in full"]
    )
    assert (("Sum: ", 0), [("one hundred",), ("two",)]) == common(["Sum: one hundred", "Sum: two"])
    assert (("alike",), [(), ()]) == common(["alike", "alike"])


def test_a_template_of_xml_gives_every_document_again(monkeypatch):
    monkeypatch.syspath_prepend(HERE)
    rows = "".join(f'<w:tr><w:p w:id="{place}"/><w:t>{{name}} {place}</w:t></w:tr>' for place in range(9))
    bodies = [f"<w:tbl>{rows.replace('{name}', name)}</w:tbl><w:t>{name} &amp; Co.</w:t>" for name in ("A &lt; B", "C")]
    template, values = __import__("patterns").xml_template(bodies)
    jinja = __import__("jinja2").Environment(autoescape=True)

    assert bodies == [jinja.from_string(template).render(each) for each in values]
    assert 1 == template.count("<w:tr>")
