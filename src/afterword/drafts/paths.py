"""Paths of fields in a record, as the tags of a draft name them."""

from __future__ import annotations

from afterword.readers.source import Key, path_keys

Path = tuple[Key, ...]


def list_of(tag: str) -> Path | None:
    """Return the path of the list that a field belongs to, None for a field of no list."""
    keys = path_keys(tag)
    at = next((place for place, key in enumerate(keys) if isinstance(key, int)), None)
    return keys[:at] if at else None


def number_of(tag: str) -> int:
    """Return which item of its list a field belongs to, -1 for a field of no list."""
    return next((key for key in path_keys(tag) if isinstance(key, int)), -1)
