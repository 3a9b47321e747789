"""The files that the sources of a run mean: paths, folders, patterns and URLs, each file once, in a fixed order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from glob import has_magic
from pathlib import Path

from afterword.archive.bag import DECLARATION
from afterword.archive.patterns import glob_start, leads_to_folder, matches
from afterword.archive.reading import LINES, entry_of, is_record_name
from afterword.archive.store import OWN, is_url
from afterword.errors import UsageError
from afterword.output import without_links
from afterword.readers.files import STANDARD_INPUT


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read."""

    name: str
    """Path or URL."""

    shown: str
    """How findings name it."""

    stamp: str
    """Changes whenever the file is written; empty where it is not there."""

    @property
    def is_lines(self) -> bool:
        """Return whether it is JSON Lines."""
        return self.name.lower().endswith(LINES)


def discover(sources: Iterable[str], standard_input: str = "", archive: str = "") -> tuple[Found, ...]:
    """Return the files that sources mean; one that is not there is among them, without a stamp.

    `standard_input` is the path or URL where that was kept, for the source `-`; `archive` is that of what is exported.
    Raises UsageError for an empty name, a folder without a record, a pattern that nothing matches, and what is in the
    archive itself, whose reports would become reports again.
    """
    names: dict[str, tuple[str, str]] = {}
    folders = cache(without_links)
    for source in sources:
        if source == STANDARD_INPUT:
            names.setdefault(standard_input, (standard_input, "<stdin>"))
            continue
        if archive and _is_inside(source, archive):
            raise UsageError(f"{source!r} is in the archive itself")
        for name in _meant(source):
            if is_url(name):
                names.setdefault(name, (name, name))
                continue
            path = Path(name).absolute()
            # Its own name stays where it is a link, because the suffix says what it holds.
            full = folders(path.parent) / path.name
            names.setdefault(str(_end_of(full)), (str(full), name))
    return tuple(_found(full, shown) for full, shown in names.values())


def _is_inside(source: str, archive: str) -> bool:
    """Return whether a source is named that is an archive, or in it; both by paths, or both by URLs."""
    if is_url(archive) or is_url(source):
        return f"{source}/".startswith(f"{archive}/")
    return without_links(Path(source)).is_relative_to(archive)


def _end_of(path: Path) -> Path:
    """Return where a path in a folder without links leads; that is quick for a file that is no link, as most are."""
    with suppress(OSError, ValueError):  # a name that the system cannot spell
        if not path.is_symlink():
            return path
    return without_links(path)


def _found(name: str, shown: str) -> Found:
    entry = entry_of(name)
    return Found(name, shown, entry.stamp if entry else "")


def _meant(source: str) -> Iterator[str]:
    if not source:
        raise UsageError("the name of a source is empty")
    if is_url(source) and not source.startswith("file://"):
        from afterword.archive.remote_sources import sources_at

        yield from sources_at(source)
        return
    path = source.removeprefix("file://")
    if _is_folder(path):
        yield from _records_in(path)
    elif has_magic(path) and not _is_there(path):
        yield from _matching(path)
    else:
        yield path


def _records_in(folder: str) -> Iterator[str]:
    """Yield the records of a source; one without any is a mistake, or a place where nothing is mounted."""
    found = list(_in_folder(folder))
    if not found:
        raise UsageError(f"no record is in {folder!r}")
    yield from found


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except OSError:  # too long a name, which reading it will tell
        return False


def _is_there(path: str) -> bool:
    try:
        return Path(path).exists()
    except OSError:
        return False


def _matching(pattern: str) -> Iterator[str]:
    """Yield what a pattern matches, and the records in folders that it matches; archives below it are passed over."""
    pattern = pattern.replace(os.sep, "/")
    fixed = glob_start(pattern)
    found = [name for name in sorted({*matches(pattern)}) if not _is_in_archive(name, fixed)]
    if not found:
        raise UsageError(f"no file matches {pattern!r}")
    known = set[Path]()  # a folder and those in it may all match
    for name in found:
        yield from _in_folder(name, known) if _is_folder(name) else (name,)


def _is_in_archive(name: str, fixed: str) -> bool:
    """Return whether a match is in an archive that the pattern does not lead into by name."""
    folder = name.rpartition("/")[0]
    while len(folder) > len(fixed):
        if _is_archive(folder):
            return True
        folder = folder.rpartition("/")[0]
    return False


@lru_cache(maxsize=1024)
def _is_archive(folder: str) -> bool:
    return any(_is_there(f"{folder}/{name}") for name in (DECLARATION, OWN))


def _in_folder(folder: str, known: set[Path] | None = None) -> Iterator[str]:
    """Yield what a folder holds that can be a record, at any depth; archives and hidden files are passed over.

    A folder that cannot be looked into is yielded itself: reading it tells why, and the others are read all the same.
    One that links lead to again is looked into once, as it holds nothing new.
    """
    known = set() if known is None else known
    here = without_links(Path(folder))
    if here in known:
        return
    known.add(here)
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda each: each.name)
    except OSError:
        yield folder
        return
    if any(each.name in {DECLARATION, OWN} for each in entries):
        return
    for each in entries:
        if each.name.startswith("."):
            continue
        if leads_to_folder(each):
            yield from _in_folder(each.path, known)
        elif is_record_name(each.name):
            yield each.path
