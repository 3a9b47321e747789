"""Marks of visibility: what may carry one, and what an edition shows without."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from pydantic.fields import FieldInfo

from afterword.incident.audience import Audience
from afterword.incident.parts import Part

MARK, EDITION = "visibility", "edition"
"""The fields that say who may see the others, and for whom a record was cut."""

FIXED = frozenset({"id", "title", "date", "date_order", "timezone", "status", "stage", "language"})
"""Fields that no edition can do without, and that cannot be marked."""

ALWAYS_SHOWN = FIXED | {"classification"}
"""Fields that every edition shows unless a mark of their own says otherwise."""


HELD_BACK = frozenset({"extra"})
"""Fields that only the internal edition shows unless a mark of their own says otherwise: nobody has read them."""


def default(field: FieldInfo) -> object:
    """Return what a field that may be left out holds then."""
    return field.get_default(call_default_factory=True)


def joined(name: str, field: str) -> str:
    """Return the name by which a record marks a field: `timeline.actor`."""
    return f"{name}.{field}" if name else field


def markable(model: type[Part], name: str = "") -> Iterator[str]:
    """Yield the names of all fields below a model that can be marked.

    A part has the mark of its required fields: it cannot be without them.
    """
    for field, described in model.model_fields.items():
        full = joined(name, field)
        if field in {MARK, EDITION} or full in FIXED:
            continue
        if not described.is_required():
            yield full
        for inner in _parts_in(described.annotation):
            yield from markable(inner, full)


def _parts_in(annotation: object) -> Iterator[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for inner in get_args(annotation):
        yield from _parts_in(inner)


def own_mark(part: Part) -> Audience | None:
    """Return the mark that a part carries itself."""
    mark = getattr(part, MARK, None)
    return mark if isinstance(mark, Audience) else None
