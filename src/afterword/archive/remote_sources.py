"""The sources that a URL of an object store means, listed as folders and patterns of this machine are."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from typing import Any

from afterword.archive.bag import DECLARATION
from afterword.archive.patterns import glob_start
from afterword.archive.reading import is_record_name
from afterword.archive.remote import path_of, reaching
from afterword.archive.store import OWN
from afterword.errors import UsageError


def sources_at(url: str) -> Iterator[str]:
    """Yield the URLs of what a URL means: an object, what is under a prefix, or what a pattern matches."""
    path = path_of(url)
    fs, name = path.fs, str(path.path)
    with reaching(url):
        if any(mark in name for mark in "*?[") and not fs.exists(name):
            found = list(_matching(fs, name))
        elif fs.isdir(name):
            found = list(_under(fs, name))
        else:
            yield url
            return
    if not found:
        message = f"no record is at {url!r}"
        raise UsageError(message)
    yield from (str(fs.unstrip_protocol(each)) for each in found)


def _matching(fs: Any, pattern: str) -> Iterator[str]:  # noqa: ANN401 (each protocol has a class of its own)
    """Yield what a pattern matches, as on this machine: any file, what is under folders, hidden ones only by name."""
    fixed = glob_start(pattern)
    is_hidden_named = "/." in pattern.removeprefix(fixed)
    matches = sorted(fs.glob(pattern, detail=True).items())
    archives = _archives(fs.find(fixed)) if matches else ()
    for name, details in matches:
        if not name.startswith(archives) and (is_hidden_named or not _is_hidden(name, fixed)):
            yield from _under(fs, name) if details.get("type") == "directory" else (name,)


def _under(fs: Any, folder: str) -> Iterator[str]:  # noqa: ANN401 (each protocol has a class of its own)
    """Yield the records under a folder; archives and hidden ones are not."""
    there = sorted(fs.find(folder))
    archives = _archives(there)
    for each in there:
        if is_record_name(posixpath.basename(each)) and not _is_hidden(each, folder) and not each.startswith(archives):
            yield each


def _archives(there: Iterable[str]) -> tuple[str, ...]:
    """Return the folders that are archives, also of a first run that was cut off, each with a slash at its end."""
    listed = list(there)
    bags = {posixpath.dirname(each) + "/" for each in listed if posixpath.basename(each) == DECLARATION}
    return (*bags, *({each.partition(f"/{OWN}/")[0] + "/" for each in listed if f"/{OWN}/" in each} - bags))


def _is_hidden(name: str, folder: str) -> bool:
    """Return whether a part of a name below a folder is hidden."""
    return any(part.startswith(".") for part in name.removeprefix(folder).strip("/").split("/"))
