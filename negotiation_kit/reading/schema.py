"""The JSON Schema of a record, by which an editor completes, explains and marks what it cannot take.

An editor reads YAML 1.2 and sees `2025017` as a number and `true` as a truth value, where the kit keeps the
text that was typed. So a plain text takes all three here; the kit itself is stricter and says it better.
"""

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from negotiation_kit.case.fields import Record

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_BY_NAME = {"properties", "$defs"}
"""Below these stand names of the house, in the order they were declared, not words of the schema."""
_FIRST = ("$schema", "title", "description", "examples", "default", "x-visibility", "type", "properties")


def json_schema(model: type[Record]) -> str:
    """The schema as the text of a file, the same on every run."""
    schema = {"$schema": _DIALECT} | model.model_json_schema(schema_generator=_ForEditors)
    return json.dumps(_readable(schema), indent=2, ensure_ascii=False) + "\n"


class _ForEditors(GenerateJsonSchema):
    """The schema of the house: nothing takes null, and a field's name is title enough."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """The value itself; a field without one is not written."""
        return self.generate_inner(schema["schema"])

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """A text, also one that an editor takes for a number or a truth value."""
        return super().str_schema(schema) | {"type": ["string", "number", "boolean"]}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """A default as one would type it; an empty one and a whole record explain nothing."""
        described = super().default_schema(schema)
        default = described.pop("default", None)
        if isinstance(default, bool):
            default = "yes" if default else "no"
        if default is None or default == [] or isinstance(default, dict):
            return described
        return described | {"default": default}

    def field_title_should_be_set(self, _: object) -> bool:
        """A title would only repeat the name."""
        return False


def _readable(part: Any) -> Any:  # noqa: ANN401 - any part of a JSON text
    """First what explains, then what rules; who may see a field under a name that is no standard's."""
    if isinstance(part, list):
        return [_readable(entry) for entry in part]
    if not isinstance(part, dict):
        return part
    told = {
        "x-visibility" if key == "visibility" else key: _named(value) if key in _BY_NAME else _readable(value)
        for key, value in part.items()
        if not (key == "examples" and value in ([[]], [{}]))
    }
    return {key: told[key] for key in sorted(told, key=_rank)}


def _named(parts: dict[str, Any]) -> dict[str, Any]:
    return {name: _readable(part) for name, part in parts.items()}


def _rank(key: str) -> tuple[int, str]:
    return (_FIRST.index(key), "") if key in _FIRST else (len(_FIRST), key.replace("$", "~"))
