"""What is worth knowing about a valid incident: open placeholders and durations that cannot be measured."""

from __future__ import annotations

from typing import Any

from afterword.incident.inspect import open_placeholders, unmeasurable
from afterword.incident.model import Incident


def incident(**fields: Any) -> Incident:  # noqa: ANN401 (fields of any kind)
    """Return an incident with these fields."""
    return Incident.model_validate({"id": "1", "title": "T", "date": "2023-08-13", **fields})


def test_placeholders_are_found_in_every_text() -> None:
    """Plain fields, prose, lists and shorthands, each with its path and where it starts."""
    found = open_placeholders(
        incident(
            title="<TODO> about {{name}}",
            severity="TBD",
            impact={
                "description": "It led to [quantify the impact].",
                "measures": [{"name": "a", "value": "[how many]"}],
            },
            resolution=["Upon detection, [describe the actions]."],
            authors=["[your name]"],
        )
    )
    assert {(each.path, each.offset, each.text) for each in found} == {
        (("title",), 0, "<TODO>"),
        (("title",), 13, "{{name}}"),
        (("severity",), 0, "TBD"),
        (("impact", "description"), 10, "[quantify the impact]"),
        (("impact", "measures", 0, "value"), 0, "[how many]"),
        (("resolution", "steps", 0, "description"), 16, "[describe the actions]"),
        (("authors", 0, "name"), 0, "[your name]"),
    }


def test_durations_that_end_before_they_start_are_named() -> None:
    """They cannot be measured, and that is worth a warning."""
    events = [
        {"at": "2023-08-13 08:00", "kind": "acknowledged", "description": "x"},
        {"at": "2023-08-13 08:45", "kind": "detected", "description": "x"},
    ]
    assert unmeasurable(incident(timeline=events)) == ("to-acknowledge",)
    assert unmeasurable(incident()) == ()
