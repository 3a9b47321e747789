"""The sources that a URL of an object store means, listed as folders and patterns of this machine are."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from afterword.archive.bag import DECLARATION
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
    fixed = re.split(r"[*?[]", pattern, maxsplit=1)[0].rpartition("/")[0]
    is_hidden_named = "/." in pattern.removeprefix(fixed)
    for name, details in sorted(fs.glob(pattern, detail=True).items()):
        if is_hidden_named or not _is_hidden(name, fixed):
            yield from _under(fs, name) if details.get("type") == "directory" else (name,)


def _under(fs: Any, folder: str) -> Iterator[str]:  # noqa: ANN401 (each protocol has a class of its own)
    """Yield the records under a folder; archives, also of a first run that was cut off, and hidden ones are not."""
    there = sorted(fs.find(folder))
    bags = {posixpath.dirname(each) + "/" for each in there if posixpath.basename(each) == DECLARATION}
    bags |= {each.partition(f"/{OWN}/")[0] + "/" for each in there if f"/{OWN}/" in each}
    for each in there:
        if is_record_name(posixpath.basename(each)) and not _is_hidden(each, folder) and not each.startswith((*bags,)):
            yield each


def _is_hidden(name: str, folder: str) -> bool:
    """Return whether a part of a name below a folder is hidden."""
    return any(part.startswith(".") for part in name.removeprefix(folder).strip("/").split("/"))
