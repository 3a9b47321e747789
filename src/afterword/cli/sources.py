"""Sources named on the command line, read and validated, one after the other and each only once."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from afterword.cli.show import STANDARD_STREAM
from afterword.errors import SourceError, UsageError
from afterword.loading import Loaded, load_source
from afterword.readers.registry import read


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names without those that mean a file already named; raise UsageError for a folder."""
    seen: dict[object, str] = {}
    for name in names:
        path = Path(name)
        if name != STANDARD_STREAM and path.is_dir():
            message = f"{name} is a folder; name the files in it, for example {path / '*.yaml'}"
            raise UsageError(message)
        seen.setdefault(name if name == STANDARD_STREAM else path.resolve(), name)
    return tuple(seen.values())


def load_each(names: Iterable[str], from_format: str | None) -> Iterator[tuple[str, Loaded | SourceError]]:
    """Yield each name with what was loaded, or with the error where the file could not be read at all."""
    for name in names:
        try:
            yield name, load_source(read(name, from_format, sys.stdin.buffer))
        except SourceError as error:
            yield name, error
