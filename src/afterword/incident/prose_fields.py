"""Which fields of a record are Markdown, as the models say it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from afterword.incident.model import Incident
from afterword.incident.parts import PROSE, Part

Path = tuple[str | int, ...]


def is_prose(path: Path) -> bool:
    """Return whether the text at a path of a record, such as `("lessons", 2, "description")`, is Markdown."""
    return tuple(0 if isinstance(key, int) else key for key in path) in prose_fields()


@cache
def prose_fields() -> frozenset[Path]:
    """Return the paths of all fields that are Markdown, with 0 for the items of lists."""
    return frozenset(_below(Incident, ()))


def _below(model: type[Part], path: Path) -> Iterator[Path]:
    for name, field in model.model_fields.items():
        if field.json_schema_extra == PROSE:
            yield (*path, name)
        yield from _inside(field.annotation, (*path, name))


def _inside(annotation: Any, path: Path) -> Iterator[Path]:  # noqa: ANN401 (annotations have no type)
    """Yield the paths inside what an annotation allows: a part, one of several things, or a list of them."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield from _below(annotation, path)
    if any(getattr(each, "json_schema_extra", None) == PROSE for each in getattr(annotation, "__metadata__", ())):
        yield path
    is_list = getattr(annotation, "__origin__", None) is tuple
    for inner in get_args(annotation):
        yield from _inside(inner, (*path, 0) if is_list else path)
