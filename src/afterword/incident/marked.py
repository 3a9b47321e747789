"""What is marked in a record, and which marks do nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from afterword.incident.audience import Audience, strictest
from afterword.incident.marks import MARK, default, joined, own_mark
from afterword.incident.model import Incident
from afterword.incident.parts import Part

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Idle:
    """A mark that takes nothing out and lets nothing in."""

    path: Path
    mark: Audience
    why: str


def is_marked(incident: Incident) -> bool:
    """Return whether any mark of visibility is used in a record."""
    return bool(incident.visibility) or any(own_mark(part) for _, _, part, _ in _inner_parts(incident, incident))


def idle_marks(incident: Incident) -> tuple[Idle, ...]:
    """Return the marks that do nothing: on what is not there, or wider than the mark of what contains it."""
    return (*_idle_names(incident), *_idle_parts(incident))


def _idle_names(incident: Incident) -> Iterator[Idle]:
    for name, mark in incident.visibility.items():
        outer = strictest(*_marks_around(incident.visibility, name))
        if not any(True for _ in _values(incident, name.split("."))):
            yield Idle((MARK, name), mark, f"the record has no `{name}`")
        elif outer and mark.distance > outer.distance:
            yield Idle((MARK, name), mark, _held_back(outer))


def _marks_around(marks: Mapping[str, Audience], name: str) -> Iterator[Audience | None]:
    keys = name.split(".")
    yield from (marks.get(".".join(keys[:length])) for length in range(1, len(keys)))


def _values(part: Part, keys: list[str]) -> Iterator[object]:
    """Yield what the fields of a name hold, all over the record, without what is left out."""
    value, described = getattr(part, keys[0]), type(part).model_fields[keys[0]]
    if not described.is_required() and value == default(described):
        return
    if not keys[1:]:
        yield value
        return
    for inner in value if isinstance(value, tuple) else (value,):
        if isinstance(inner, Part):
            yield from _values(inner, keys[1:])


def _idle_parts(incident: Incident) -> Iterator[Idle]:
    for path, _, part, outer in _inner_parts(incident, incident):
        mark = own_mark(part)
        if mark and outer and mark.distance > outer.distance:
            yield Idle((*path, MARK), mark, _held_back(outer))


def _held_back(outer: Audience) -> str:
    return f"what contains it is marked `{outer.value}`"


def _inner_parts(
    incident: Incident, part: Part, path: Path = (), name: str = "", outer: Audience | None = None
) -> Iterator[tuple[Path, str, Part, Audience | None]]:
    """Yield every part inside a part: its path, its name, itself, and the mark of what contains it."""
    for field in type(part).model_fields:
        value, full = getattr(part, field), joined(name, field)
        around = strictest(outer, incident.visibility.get(full))
        for key, inner in _numbered(value):
            if isinstance(inner, Part):
                here = (*path, field, *key)
                yield here, full, inner, around
                yield from _inner_parts(incident, inner, here, full, strictest(around, own_mark(inner)))


def _numbered(value: object) -> Iterator[tuple[Path, object]]:
    if isinstance(value, tuple):
        yield from (((index,), item) for index, item in enumerate(value))
    else:
        yield (), value
