"""What is worth knowing about a valid incident: open placeholders, durations that cannot be measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from afterword.incident.durations import DurationState, durations
from afterword.incident.model import Incident
from afterword.placeholders import find

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """A placeholder that is left in a text of the record."""

    path: Path
    offset: int
    """Where it starts in the text, in characters."""

    text: str


def open_placeholders(incident: Incident) -> tuple[Open, ...]:
    """Return every placeholder in every text of the record, in the record's order."""
    return tuple(Open(path, found.start, found.text) for path, text in shown_texts(incident) for found in find(text))


def unmeasurable(incident: Incident) -> tuple[str, ...]:
    """Return the names of the durations whose end lies before their start."""
    return tuple(each.name.value for each in durations(incident) if each.state is DurationState.INVALID)


def shown_texts(incident: Incident) -> Iterator[tuple[Path, str]]:
    """Yield every text of the record that a document may show, with its path: all but what stands in `extra`."""
    return ((path, text) for path, text in texts(incident.as_data()) if path[0] != "extra")


def texts(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every text of a record given as JSON values, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts(item, (*path, index))
