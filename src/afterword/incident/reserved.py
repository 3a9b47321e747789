"""Fields that are reserved: refused wherever they stand, until they do what they promise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from afterword.incident.faults import Fault

RESERVED = frozenset({"visibility"})
"""A mark of visibility that does nothing would leak what it is meant to hide."""

SCHEMA_KEY = "$schema"
"""By this key a JSON file names its schema to an editor; it says nothing about the incident."""


def without_reserved(data: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """Return a copy of the record without reserved fields, and a fault AW206 for each that was there."""
    faults: list[Fault] = []
    named = {key: value for key, value in data.items() if key != SCHEMA_KEY}
    return _mapping(named, (), faults), tuple(faults)


def _mapping(data: Mapping[str, Any], path: tuple[str | int, ...], faults: list[Fault]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, value in data.items():
        if key in RESERVED:
            message = f"`{key}` is not yet supported"
            hint = "remove it; every reader of the documents sees the whole record"
            faults.append(Fault("AW206", (*path, key), message, value, "no field of this name", hint))
        else:
            kept[key] = _value(value, (*path, key), faults)
    return kept


def _value(value: Any, path: tuple[str | int, ...], faults: list[Fault]) -> Any:  # noqa: ANN401 (any value of a record)
    if isinstance(value, Mapping):
        return _mapping(value, path, faults)
    if isinstance(value, list | tuple):
        return [_value(item, (*path, index), faults) for index, item in enumerate(value)]
    return value
