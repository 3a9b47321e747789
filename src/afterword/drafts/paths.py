"""Paths of fields in a record, as the tags of a draft name them."""

from __future__ import annotations

from afterword.readers.source import Key, path_keys

Path = tuple[Key, ...]

_PROSE = frozenset(
    {"summary", "description", "trigger", "detection_gap", "customers", "data_loss", "conclusion", "body"}
)
_PROSE_LISTS = frozenset({"contributing_factors", "five_whys"})


def is_prose(path: Path) -> bool:
    """Return whether the field at a path is prose in Markdown."""
    name = path[-1]
    return name in _PROSE or (isinstance(name, int) and path[-2] in _PROSE_LISTS)


def list_of(tag: str) -> Path | None:
    """Return the path of the list that a field belongs to, None for a field of no list."""
    keys = path_keys(tag)
    at = next((place for place, key in enumerate(keys) if isinstance(key, int)), None)
    return keys[:at] if at else None


def number_of(tag: str) -> int:
    """Return which item of its list a field belongs to, -1 for a field of no list."""
    return next((key for key in path_keys(tag) if isinstance(key, int)), -1)
