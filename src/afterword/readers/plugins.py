"""Readers that other packages bring: the entry-point group `afterword.readers` (docs/readers.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import NoReturn

from afterword.errors import SourceError
from afterword.readers.faults import MAX_DEPTH, MAX_VALUES, fault, refuse, too_deep, too_many
from afterword.readers.source import Data, Position, Source

GROUP = "afterword.readers"

_NAME = re.compile(r"[a-z][a-z0-9.+-]*")
_SUFFIX = re.compile(r"\.[^\s./\\]+")


@dataclass(frozen=True, slots=True)
class PluggedIn:
    """A reader that a package brings, or why it cannot be used."""

    name: str
    """Name of its format, as for `--from`."""

    package: str
    """Name and version of the package, for findings."""

    suffixes: tuple[str, ...] = ()
    read: Callable[[bytes, str], object] | None = None
    """Returns a mapping of fields, or Markdown as text, of the bytes of a file and its name; None if it is faulty."""

    fault: str = ""
    """Why it cannot be used."""


@cache
def plugged_in() -> tuple[PluggedIn, ...]:
    """Return the readers that are installed, in the order of their names; a faulty one says why it is not used."""
    return tuple(map(_loaded, sorted(entry_points(group=GROUP), key=lambda each: (each.name, _package(each)))))


def _loaded(entry: EntryPoint) -> PluggedIn:
    name, package = entry.name.lower(), _package(entry)
    if not _NAME.fullmatch(name):
        return PluggedIn(name, package, fault="its name is no name of a format: lower-case letters, digits and . + -")
    try:
        reader = entry.load()
        suffixes = tuple(str(each).lower() for each in getattr(reader, "SUFFIXES", ()))
        read = getattr(reader, "read", None)
    except Exception as error:  # noqa: BLE001 (what other packages raise when they are loaded is theirs)
        return PluggedIn(name, package, fault=f"it cannot be loaded: {type(error).__name__}: {error}")
    if not callable(read) or not all(map(_SUFFIX.fullmatch, suffixes)):
        return PluggedIn(name, package, fault="it has no `read`, or its SUFFIXES are not like ('.log',)")
    return PluggedIn(name, package, suffixes, read)


def _package(entry: EntryPoint) -> str:
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.module


def reader_of(format_name: str | None, suffix: str) -> PluggedIn | None:
    """Return the reader for a format, or without one for a suffix; None where no package brings one.

    Of several with one name or suffix the first by name is taken, and `clashes` tells of the others.
    """
    found = (each for each in plugged_in() if (each.name == format_name if format_name else suffix in each.suffixes))
    return next(found, None)


def clashes(formats: Collection[str], suffixes: Collection[str]) -> tuple[tuple[PluggedIn, str], ...]:
    """Return readers that claim a name or suffix that is taken already, each with what it claims.

    What is built in wins always, and then the first by name.
    """
    names, ends = set(formats), set(suffixes)
    found = []
    for each in plugged_in():
        claimed = [name for name in (each.name,) if name in names] + [end for end in each.suffixes if end in ends]
        found += [(each, claim) for claim in claimed]
        names.add(each.name)
        ends.update(each.suffixes)
    return tuple(found)


def read_with(reader: PluggedIn, data: bytes, name: str, folder: Path | None) -> Source | str:
    """Return what a package's reader makes of a file: a record of its mapping, or its Markdown as it is.

    Raises SourceError AW118 where the reader is faulty, fails, or returns something else.
    """
    if reader.read is None:
        _refuse(reader, name, reader.fault)
    try:
        made = reader.read(data, name)
    except SourceError:
        raise
    except Exception as error:  # noqa: BLE001 (what a reader of others raises is told, whatever it is)
        _refuse(reader, name, f"{type(error).__name__}: {error}")
    if isinstance(made, str):
        return made
    if not isinstance(made, Mapping):
        _refuse(reader, name, f"it returned {type(made).__name__}, and neither a mapping nor text")
    return Source(name, _Copy(reader, name).of(made, 0), {(): Position(0, 0)}, folder)


def _refuse(reader: PluggedIn, name: str, why: str) -> NoReturn:
    refuse(fault(name, "AW118", f"the reader {reader.name!r} of {reader.package} has failed: {why}"))


class _Copy:
    """Copies what a reader made as data of a record, within the bounds of all sources."""

    def __init__(self, reader: PluggedIn, name: str) -> None:
        self.reader = reader
        self.name = name
        self.count = 0

    def of(self, value: object, depth: int) -> Data:
        """Return a value as data: numbers and dates as text, true and false as YAML writes them."""
        self.count += 1
        if depth > MAX_DEPTH:
            refuse(too_deep(self.name, Position(0, 0)))
        if self.count > MAX_VALUES:
            refuse(too_many(self.name, Position(0, 0)))
        if isinstance(value, Mapping):
            return {str(key): self.of(each, depth + 1) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.of(each, depth + 1) for each in value]
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, bool):
            return str(value).lower()
        return str(value)
