"""The JSON Schema says what a file may hold, with words for people, and refuses nothing that the record takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from afterword.incident.schema import incident_schema
from afterword.intake import read
from incident_strategies import FEW, records

SAMPLES = sorted(
    path for path in (Path(__file__).parents[2] / "samples").iterdir() if path.suffix in {".yaml", ".json", ".toml"}
)
SMALLEST: dict[str, Any] = {"id": "1", "title": "T", "date": "2023-08-13"}
SCHEMA = incident_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def fields(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every field of the record and of its parts with its name."""
    for name, definition in {"Incident": schema, **schema["$defs"]}.items():
        for full in (definition, *definition.get("anyOf", ())):
            yield from ((f"{name}.{field}", each) for field, each in full.get("properties", {}).items())


def test_the_schema_is_one() -> None:
    """It follows the draft that it names, and is JSON."""
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert incident_schema() == SCHEMA


def test_every_field_has_a_title_and_a_description() -> None:
    """An editor can show what belongs there."""
    names = [name for name, field in fields(SCHEMA) if not (field.get("title") and field.get("description"))]
    assert names == []
    assert len(list(fields(SCHEMA))) > 70


def test_fields_of_one_form_have_examples() -> None:
    """Times, dates, zones and ids are shown by example."""
    found = {name: field.get("examples") for name, field in fields(SCHEMA)}
    for name in ("Incident.id", "Incident.date", "Incident.timezone", "Event.time", "Event.at", "Action.due"):
        assert found[name], name


@pytest.mark.parametrize(
    "more",
    [
        {"id": 19, "severity": 1},
        {"summary": None, "timeline": None, "contact": None, "status": None},
        {"authors": ["Ada <ada@example.org>", {"name": "Ada"}]},
        {"impact": "x", "root_cause": "y", "resolution": "z", "lessons": ["a"], "preventive_measures": ["b"]},
        {"resolution": ["first", {"title": "second"}]},
        {"timeline": [{"time": "08:45 AM", "description": "x"}, {"at": "2023-08-13 10:00", "description": "x"}]},
        {"date": "8/13/2023", "impact": {"started_at": "08:31"}},
        {"$schema": "../docs/incident.schema.json"},
        {"impact": {"measures": [{"name": "x", "value": 12.5, "visibility": "public"}]}},
        {"visibility": {"summary": "public", "timeline.actor": "internal"}, "edition": "public"},
    ],
)
def test_what_the_record_takes_the_schema_takes(more: dict[str, Any]) -> None:
    """Numbers for text, nulls, shorthands and every form of a time."""
    VALIDATOR.validate(SMALLEST | more)


@pytest.mark.parametrize(
    "wrong",
    [
        {"sumary": "x"},
        {"title": ["x"]},
        {"timeline": [{"description": "x"}]},
        {"timeline": "10:00"},
        {"status": "asleep"},
        {"visibility": "public"},
        {"visibility": {"title": "public"}},
        {"visibility": {"summary": "everybody"}},
        {"timeline": [{"time": "10:00", "description": "x", "visibility": {"actor": "public"}}]},
        {"impact": {"custmers": "x"}},
    ],
)
def test_what_is_wrong_in_any_form_is_wrong_in_the_schema(wrong: dict[str, Any]) -> None:
    """Names, shapes and choices are checked while a file is written."""
    assert not VALIDATOR.is_valid(SMALLEST | wrong)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_sample_follows_the_schema(path: Path) -> None:
    """An editor underlines nothing in the samples."""
    assert [error.message for error in VALIDATOR.iter_errors(read(str(path)).data)] == []


@FEW
@given(records(hostile=False))
def test_the_schema_is_no_stricter_than_the_record(record: dict[str, Any]) -> None:
    """Whatever is a valid record is valid in the schema, choices in their own spelling."""
    assert [error.message for error in VALIDATOR.iter_errors(_plainly_spelt(record))] == []


def _plainly_spelt(record: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(record).replace("went wrong", "went-wrong").replace("In Progress", "in-progress")
    return json.loads(text)  # type: ignore[no-any-return] # it was a record before
