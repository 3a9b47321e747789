"""The rule of visibility told a second time, for one value at a time, to hold editions against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_args

from afterword.incident.audience import Audience
from afterword.incident.marks import ALWAYS_SHOWN, HELD_BACK, MARK
from afterword.incident.model import Incident
from afterword.incident.parts import Part

Path = tuple[str | int, ...]

WHOLE = frozenset(
    {
        "authors",
        "contact",
        "reviewers",
        "responders",
        "timeline",
        "impact.measures",
        "preventive_measures.owner",
        "attachments",
        "sections",
    }
)
"""Parts that cannot be without one of their fields, and so go as a whole."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks of one record: by the names of fields, and on its parts."""

    names: Mapping[str, Audience] = field(default_factory=dict)
    parts: Mapping[Path, Audience] = field(default_factory=dict)

    def put_on(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Return a copy of a record's data with these marks."""
        marked = deepcopy(dict(record))
        if self.names:
            marked[MARK] = dict(self.names)
        for path, mark in self.parts.items():
            part: Any = marked
            for key in path:
                part = part[key]
            part[MARK] = mark
        return marked

    def shows(self, path: Path, audience: Audience) -> bool:
        """Return whether an audience sees the value at a path."""
        around = [path[:place] for place in range(1, len(path)) if isinstance(path[place], str)]
        wholes = [each for each in around if name_of(each) in WHOLE]
        return all(self._sees(each, audience) for each in (path, *wholes))

    def _sees(self, path: Path, audience: Audience) -> bool:
        given = [mark for each, mark in self.parts.items() if path[: len(each)] == each]
        given += [mark for each, mark in self.names.items() if f"{name_of(path)}.".startswith(f"{each}.")]
        if not given and path[0] in HELD_BACK:
            return audience is Audience.INTERNAL
        if not given and (audience is not Audience.PUBLIC or path[0] in ALWAYS_SHOWN):
            return True
        order = list(Audience)
        return bool(given) and all(order.index(audience) <= order.index(mark) for mark in given)


T = TypeVar("T")


def in_turn(things: Iterable[T]) -> Iterator[list[T]]:
    """Yield some of the things at a time, few times over, such that any two are once apart and each is left out once.

    The nth time, those whose place has the nth binary digit set.
    """
    listed = list(things)
    for digit in range((len(listed) + 1).bit_length()):
        yield [each for place, each in enumerate(listed, 1) if place >> digit & 1]


def name_of(path: Path) -> str:
    """Return the name by which a record marks what stands at a path."""
    return ".".join(key for key in path if isinstance(key, str))


def parts(data: Any, path: Path = ()) -> Iterator[Path]:  # noqa: ANN401 (JSON values)
    """Yield the paths of all parts of a record's data."""
    if isinstance(data, dict):
        if path and path[0] in {MARK, *HELD_BACK}:
            return
        yield from [path] if path else []
        for key, value in data.items():
            yield from parts(value, (*path, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from parts(value, (*path, place))


def required(model: type[Part] = Incident, name: str = "") -> Iterator[str]:
    """Yield the names of the parts that have a required field, by reflection."""
    for key, described in model.model_fields.items():
        full = f"{name}.{key}".lstrip(".")
        for inner in _models(described.annotation):
            if any(each.is_required() for each in inner.model_fields.values()):
                yield full
            yield from required(inner, full)


def _models(annotation: Any) -> Iterator[type[Part]]:  # noqa: ANN401 (a type)
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)
