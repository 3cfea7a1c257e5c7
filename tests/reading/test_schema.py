import json
import re
from decimal import Decimal
from typing import Literal

import jsonschema
import pytest
import yaml

from negotiation_kit.case.fields import Amount, Count, Day, Record, Text, YesNo, internal, restricted, shared
from negotiation_kit.reading.schema import json_schema


class Person(Record):
    """A person."""

    name: Text = shared("Name as it is printed", example="Tóth Béla")
    signs: Literal["alone", "jointly", "no"] | None = shared("May sign", example="alone", default="no")
    decides: YesNo = internal("Can decide", example="yes", default=False)


class Case(Record):
    """One small case."""

    case: Text = shared("Number of the case", example="2025-017")
    visibility: Text | None = restricted("A field with an awkward name", example="low", default=None)
    due: Day | None = shared("Due day", example="2025-03-14", default=None)
    amount: Amount = shared("Sum", example="1234.50", default=Decimal("7.5"))
    parts: Count = shared("Parts", example="4", default=4)
    languages: tuple[Text, ...] = shared("Languages", example=["hu", "en"], default=("en",))
    people: tuple[Person, ...] = shared("People", example=[], default=(), min_length=1)
    first: Person | None = shared("The first one", example={"name": "Tóth Béla"}, default=None)


class EditorLoader(yaml.SafeLoader):
    """Reads scalars as YAML 1.2 and so as editors do: no days, and yes and no are words."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML has it so
        first: [(tag, pattern) for tag, pattern in pairs if not tag.endswith((":timestamp", ":bool"))]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


EditorLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), "tf")

SAMPLE = """
case: 2025017
due: 2025-03-14
amount: 1234.50
parts: 4
languages: [hu, no, 12, true]
people:
  - {name: Tóth Béla, signs: no, decides: yes}
first: {name: 12.5}
"""


def schema():
    return json.loads(json_schema(Case))


def complaints(text, loader=EditorLoader):
    validator = jsonschema.Draft202012Validator(schema())
    return [list(error.absolute_path) for error in validator.iter_errors(yaml.load(text, Loader=loader))]


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(schema())

    assert "https://json-schema.org/draft/2020-12/schema" == schema()["$schema"]


def test_what_an_editor_reads_of_a_good_case_fits():
    assert [] == complaints(SAMPLE)


@pytest.mark.parametrize(
    ("change", "way"),
    [
        (("case: 2025017", "cases: 1"), []),
        (("case: 2025017", "case: []"), ["case"]),
        (("hu, no", "[hu], no"), ["languages", 0]),
        (("signs: no", "signs: both"), ["people", 0, "signs"]),
        (("decides: yes", "decides: maybe"), ["people", 0, "decides"]),
        (("first: {name: 12.5}", "first: {names: x, name: y}"), ["first"]),
    ],
)
def test_an_editor_marks_what_cannot_be(change, way):
    assert way in complaints(SAMPLE.replace(*change))


def test_each_field_is_explained():
    assert {
        "description": "Can decide",
        "examples": ["yes"],
        "default": "no",
        "x-visibility": "internal",
    }.items() <= schema()["$defs"]["Person"]["properties"]["decides"].items()


def test_a_record_is_named_and_closed():
    person = schema()["$defs"]["Person"]

    assert ("Person", "A person.", False) == (
        person["title"],
        person["description"],
        person["additionalProperties"],
    )
    assert ["name"] == person["required"]


def test_a_field_may_be_called_as_it_likes():
    assert "restricted" == schema()["properties"]["visibility"]["x-visibility"]


def test_fields_stand_in_the_order_of_the_record():
    assert list(Case.model_fields) == list(schema()["properties"])


def test_nothing_is_said_about_null_or_empty():
    text = json_schema(Case)

    assert "null" not in text
    assert "[]" not in text
    assert '"title": "Due"' not in text


def test_defaults_are_told_as_one_would_type_them():
    fields = schema()["properties"]

    assert ["7.5", 4, ["en"], None] == [
        fields[name].get("default") for name in ("amount", "parts", "languages", "first")
    ]


def test_the_text_is_the_same_on_every_run():
    assert json_schema(Case) == json_schema(Case)
    assert json_schema(Case).endswith("}\n")
    assert "Tóth Béla" in json_schema(Case)
