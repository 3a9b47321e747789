"""The file that `afterword new` makes: valid whatever it is made from, and complete."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from typing import Any, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from afterword.diagnostics import Severity
from afterword.incident.model import Incident
from afterword.intake import read_text
from afterword.loading import Loaded, load_source
from afterword.scaffold import scaffold

_FIELD = re.compile(r"^( *)# (?=\w+:(?: |$)| +- )", re.MULTILINE)
"""What stands before a field that is commented out, and before the items below one."""

HOSTILE = (
    "0x19",
    'a "quoted" one',
    "it's",
    "key: value # no comment",
    "first line\nsecond: line\n---\n",
    "\t{{ id }} {% raw %}",
    "🔥 [on fire]",
    "*alias &anchor !tag |",
    "back\\slash \\u0041",
    "\x00\x07\u202e\ufeff\u2028\x85",
    "\ud800",
    "x" * 5000,
)


def _load(text: str) -> Loaded:
    return load_source(read_text(text, "yaml", "new.yaml", None))


def _codes(loaded: Loaded) -> set[str]:
    return {finding.code for finding in loaded.findings}


@pytest.mark.parametrize("text", HOSTILE)
def test_is_a_valid_draft_for_any_id_and_title(text: str) -> None:
    """An id or a title cannot break out of its place, and comes back as one line."""
    incident = _load(scaffold(text, text, "2024-02-29")).require()
    assert incident.id == incident.title
    assert "\n" not in incident.id
    assert incident.stage == "draft"


@given(st.text(min_size=1).filter(lambda text: text.strip()), st.text(min_size=1).filter(lambda text: text.strip()))
def test_is_valid_for_every_text(identifier: str, title: str) -> None:
    """No id and no title makes a scaffold with an error."""
    loaded = _load(scaffold(identifier, title, "2024-02-29"))
    assert not [finding for finding in loaded.findings if finding.severity is Severity.ERROR]


@pytest.mark.parametrize("empty", ["", "  \n"])
def test_asks_for_an_id_and_a_title_that_are_empty(empty: str) -> None:
    """An empty id or title becomes a placeholder, since a record needs both."""
    incident = _load(scaffold(empty, empty, "2024-02-29")).require()
    assert incident.id == "[id of the incident]"
    assert incident.title == "[title of the report]"


def test_tells_nothing_but_placeholders_and_the_missing_zone() -> None:
    """A new file has no faults: only text to be written, and a note that no time zone is given."""
    loaded = _load(scaffold("INC-1", "[title]", "2024-02-29"))
    assert _codes(loaded) == {"AW352", "AW401"}


def _models(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 (any annotation)
    """Yield the parts that an annotation names."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        if issubclass(annotation, BaseModel):
            yield annotation
    elif get_origin(annotation) is not None:
        for argument in get_args(annotation):
            yield from _models(argument)


def _missing(model: type[BaseModel], values: list[Any], path: str) -> Iterator[str]:
    """Yield the path of every field of a model that none of the values has."""
    spelled_out = [value for value in values if isinstance(value, dict)]
    for name, field in model.model_fields.items():
        here = [value[name] for value in spelled_out if value.get(name) is not None]
        if not here:
            yield f"{path}{name}"
        items = [item for value in here for item in (value if isinstance(value, list) else [value])]
        for part in _models(field.annotation):
            if any(isinstance(item, dict) for item in items):
                yield from _missing(part, items, f"{path}{name}.")


def test_has_every_field_and_each_is_valid_when_it_is_uncommented() -> None:
    """With all fields uncommented, the file is still valid, and no field of the model is missing from it."""
    text = _FIELD.sub(r"\1", scaffold("INC-1", "Title", "2030-12-31"))
    loaded = _load(text)
    assert _codes(loaded) == {"AW401"}
    missing = set(_missing(Incident, [loaded.source.data], ""))
    # A mark looks the same on all parts, and one of them shows it; the tool sets `edition` and `extra` itself.
    assert {path for path in missing if not path.endswith(".visibility")} == {"edition", "extra"}
    assert "timeline.visibility" not in missing


def test_shows_the_fields_in_the_order_of_the_model() -> None:
    """Who reads the data format beside the scaffold finds the same order."""
    text = _FIELD.sub(r"\1", scaffold("INC-1", "Title", "2030-12-31"))
    data = _load(text).source.data
    assert isinstance(data, dict)
    assert list(data) == [name for name in Incident.model_fields if name not in {"edition", "extra"}]
