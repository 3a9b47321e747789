"""What a pattern matches on this machine: as Python's `glob`, but no folder twice, and none passed over in silence."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from fnmatch import filter as fitting
from glob import has_magic
from pathlib import Path

from afterword.output import without_links

_DEEP = "**"


def matches(pattern: str) -> Iterator[str]:
    """Yield the files and folders that a pattern matches, in no particular order, some perhaps twice.

    `**` stands for folders at any depth, of which one that links lead to again is looked into once: the ways through
    two links to `.` double with every step. A folder on the way that cannot be looked into is yielded itself, so that
    reading it tells why. Hidden names are matched where the pattern has their dot.
    """
    start = glob_start(pattern) or ("/" if pattern.startswith("/") else "")
    return _below(start, pattern.removeprefix(start).lstrip("/").split("/"))


def glob_start(pattern: str) -> str:
    """Return the folder that a pattern names before its first wildcard; empty for the one that one is in."""
    return re.split(r"[*?[]", pattern, maxsplit=1)[0].rpartition("/")[0]


def _below(folder: str, parts: Sequence[str]) -> Iterator[str]:
    """Yield what the parts of a pattern match in a folder; an empty name is the folder that one is in."""
    if not parts:
        yield folder
    elif parts[0] == _DEEP:
        for each in _folders(folder, set()):
            yield from _below(each, parts[1:] or ["*"])
    elif has_magic(parts[0]):
        yield from _fitting(folder, parts)
    else:
        yield from _named(folder, parts)


def _folders(folder: str, known: set[Path]) -> Iterator[str]:
    here = without_links(Path(folder))
    if here in known:
        return
    known.add(here)
    yield folder
    try:
        found = _listed(folder)
    except OSError:  # whoever looks into it next will tell
        return
    for name in sorted(found):
        if not name.startswith(".") and found[name]:
            yield from _folders(_in(folder, name), known)


def _named(folder: str, parts: Sequence[str]) -> Iterator[str]:
    path = _in(folder, parts[0])
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return
    except OSError:
        yield folder
        return
    yield from _below(path, parts[1:])


def _fitting(folder: str, parts: Sequence[str]) -> Iterator[str]:
    try:
        found = _listed(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError:
        yield folder
        return
    for name in fitting(found, parts[0]):
        is_shown = parts[0].startswith(".") or not name.startswith(".")
        if is_shown and (len(parts) == 1 or found[name]):
            yield from _below(_in(folder, name), parts[1:])


def _listed(folder: str) -> dict[str, bool]:
    """Return the names in a folder, and which of them are folders too, or lead to one."""
    with os.scandir(folder or ".") as found:
        return {each.name: leads_to_folder(each) for each in found}


def leads_to_folder(entry: os.DirEntry[str]) -> bool:
    """Return whether something in a folder is one too, or a link to one; a link that leads to itself is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _in(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder and not folder.endswith("/") else f"{folder}{name}"
