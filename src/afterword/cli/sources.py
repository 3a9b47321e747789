"""Sources named on the command line, read and validated, one after the other and each only once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from afterword.cli.show import STANDARD_STREAM
from afterword.errors import SourceError, UsageError
from afterword.intake import READERS, known_format, read_all
from afterword.loading import Loaded, load_source
from afterword.tools import TOOLS


def _known(name: str | None) -> str | None:
    return known_format(name) if name else None


FromFormat = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="FORMAT",
        callback=_known,
        help=f"Format of the sources: {', '.join(READERS)}, or the tool of an export: {', '.join(TOOLS)}.",
    ),
]


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names without those that mean a file already named; raise UsageError for a folder."""
    seen: dict[object, str] = {}
    for name in names:
        seen.setdefault(name if name == STANDARD_STREAM else _file(name), name)
    return tuple(seen.values())


def _file(name: str) -> Path:
    """Return the file that a name means; the name itself where there is none, which reading it will tell."""
    path = Path(name)
    if not name:
        message = "the name of a source is empty"
        raise UsageError(message)
    try:
        is_folder, file = path.is_dir(), path.resolve()
    except (OSError, RuntimeError):  # too long a name, a circle of links
        return path
    if is_folder:
        message = f"{name} is a folder; name the files in it, for example {path / '*.yaml'}"
        raise UsageError(message)
    return file


def same_files(names: Iterable[str]) -> frozenset[Path]:
    """Return the files that the names mean, standard input left out."""
    return frozenset(_file(name) for name in names if name != STANDARD_STREAM)


def load_each(
    names: Sequence[str], from_format: str | None, day: date | None = None, *, is_to_be_laid_out: bool = True
) -> Iterator[Loaded | SourceError]:
    """Yield what was loaded, of an export each of its incidents, or the error where a file could not be read at all.

    `day` is the date of those that do not say it. Where nothing is to be laid out, no bound of pages is an error.
    """
    for source in read_all(names, from_format, day=day):
        yield source if isinstance(source, SourceError) else load_source(source, is_to_be_laid_out=is_to_be_laid_out)
