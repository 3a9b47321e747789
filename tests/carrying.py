"""Round trips: a record as Markdown and back, what prose cannot carry, and how the rest is compared."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from pydantic import BaseModel

from afterword.api import render
from afterword.incident.model import Incident
from afterword.incident.sections import SECTION_NAMES, CustomSection
from afterword.loading import load_source
from afterword.prose import parse
from afterword.readers.registry import read_text

NOT_CARRIED: Mapping[str, str] = MappingProxyType(
    {
        "date_order": "every date is shown in full, so that nothing is left that could be read in two ways",
        "extra": "no document shows it",
        "visibility": "what may be shown to whom is nothing that is shown; an edition has no marks at all",
        "timeline.time": "the moment is shown, in the words of its author where they are a time of day",
    }
)
"""Fields that a document does not hold, each with the reason; `visibility` is that of every part."""


def fields(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """Yield the names of all fields of a model that hold values, those of its parts as `impact.measures.unit`."""
    for name, field in model.model_fields.items():
        full = f"{path}.{name}" if path else name
        inner = [each for each in _types(field.annotation) if isinstance(each, type) and issubclass(each, BaseModel)]
        for each in inner:
            yield from fields(each, full)
        if not inner:
            yield full


def _types(annotation: object) -> Iterator[object]:
    yield annotation
    for argument in get_args(annotation):
        yield from _types(argument)


def values(incident: Incident) -> dict[str, list[object]]:
    """Return the values of each field that is set somewhere, in order, prose as the blocks that it makes."""
    found: dict[str, list[object]] = {}
    incident = incident.model_copy(update={"sections": placed(incident.sections)})
    for path, value in _values(incident, ""):
        found.setdefault(path, []).append(value)
    return found


def placed(sections: tuple[CustomSection, ...]) -> tuple[CustomSection, ...]:
    """Return sections in the order in which they stand in a report, each placed after the one of ours before it."""
    order = [f"{side}-{name}" for name in SECTION_NAMES for side in ("before", "after")]
    order.insert(0, "start")
    order.insert(order.index("before-references"), "end")
    found = sorted(sections, key=lambda each: order.index(each.position))
    return tuple(each.model_copy(update={"position": _after(order, each.position)}) for each in found)


def _after(order: list[str], position: str) -> str:
    """Return a position as one after a section of ours, or at the start."""
    before = [each for each in order[: order.index(position) + 1] if each.startswith("after-")]
    return before[-1] if before else "start"


def _values(part: BaseModel, path: str) -> Iterator[tuple[str, object]]:
    for name, field in type(part).model_fields.items():
        full = f"{path}.{name}" if path else name
        value = getattr(part, name)
        if value == field.get_default(call_default_factory=True):
            continue
        is_prose = bool((field.json_schema_extra or {}) == {"x-prose": True})
        for each in value if isinstance(value, tuple) else [value]:
            if isinstance(each, BaseModel):
                yield from _values(each, full)
            else:
                yield full, _told(each) if is_prose and isinstance(each, str) else each


def _told(prose: str) -> object:
    found = parse(prose)
    return found.blocks, found.sections


def there_and_back(before: Incident, folder: Path | None = None) -> Incident:
    """Return what is read from the Markdown of a record in its language; its files lie in the folder."""
    source: Path | Incident = before
    if folder is not None:
        source = folder / "record.json"
        source.write_text(json.dumps(before.as_data()), "utf-8")
    text = render(source, ("md",), allow_placeholders=True).files["md"].decode()
    loaded = load_source(read_text(text, "markdown", "report.md", None))
    assert loaded.incident is not None, loaded.findings
    return loaded.incident
