"""The JSON Schema of the record, as editors use it while a file is written."""

from __future__ import annotations

from typing import Any

from afterword.incident.marks import MARK, markable
from afterword.incident.model import Incident

SCHEMA_ID = "urn:afterword:schema:incident:1"
"""Names the schema; a name and no address, so that nothing tries to fetch it."""

SCHEMA_FILE = "incident.schema.json"
"""What the file of the schema is called, by which an import finds it."""


def incident_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a source file, with titles, descriptions and examples.

    It is looser than the record: dates take every form that is read, text takes a number as it is written, and an
    empty value stands for one that is left out, but for the mark of a part. Only choices are listed in one spelling,
    so that editors suggest it.
    """
    schema = Incident.model_json_schema()
    for name, definition in {"Incident": schema, **schema["$defs"]}.items():
        _loosen(definition)
        if name == "Event":
            _either_time(definition)
    schema["properties"][MARK] = _marks(schema["properties"][MARK])
    schema["properties"]["$schema"] = {
        "type": "string",
        "title": "Schema",
        "description": "Names this schema.",
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}


def _marks(field: dict[str, Any]) -> dict[str, Any]:
    """Return the mapping of marks with the names of all fields that can be marked, so that editors suggest them."""
    names = {name: {"$ref": "#/$defs/Audience"} for name in markable(Incident)}
    return _or_null({**field, "anyOf": [{"type": "object", "properties": names, "additionalProperties": False}]})


def _loosen(definition: dict[str, Any]) -> None:
    for option in definition.get("anyOf", ()):
        _loosen(option)
    for name, field in definition.get("properties", {}).items():
        required = name in definition.get("required", ())
        definition["properties"][name] = _loose_field(field) if required else _or_null(_loose_field(field))
        if name == MARK and field.get("default", MARK) is None:
            definition["properties"][name]["anyOf"].remove({"type": "null"})


def _loose_field(field: dict[str, Any]) -> dict[str, Any]:
    loose = {key: value for key, value in field.items() if key not in {"format", "default"}}
    if loose.get("type") == "string" and "enum" not in loose:
        loose["type"] = ["string", "number", "boolean"]
    if "items" in loose:
        loose["items"] = _loose_field(loose["items"])
    if "anyOf" in loose:
        loose["anyOf"] = [_loose_field(option) for option in loose["anyOf"]]
    return loose


def _or_null(field: dict[str, Any]) -> dict[str, Any]:
    annotations: dict[str, Any] = {key: field[key] for key in ("title", "description", "examples") if key in field}
    rest = {key: value for key, value in field.items() if key not in annotations}
    options = rest["anyOf"] if set(rest) == {"anyOf"} else [rest]
    if {"type": "null"} not in options:
        options = [*options, {"type": "null"}]
    return {**annotations, "anyOf": options}


def _either_time(event: dict[str, Any]) -> None:
    event["required"] = [name for name in event["required"] if name != "at"]
    event["anyOf"] = [{"required": ["at"]}, {"required": ["time"]}]
