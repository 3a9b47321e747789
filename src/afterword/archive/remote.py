"""Archives and sources in object stores, by their URLs. The one place that imports universal-pathlib."""

from __future__ import annotations

import hashlib
import posixpath
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from afterword.archive.bag import DECLARATION
from afterword.archive.discover import glob_start, is_record_name
from afterword.archive.store import OWN, Back, Entry
from afterword.codes import CODES
from afterword.diagnostics import Finding, Place
from afterword.errors import OutputError, UsageError

try:
    from upath import UPath
except ImportError as error:
    _MISSING = "URLs of object stores need a library: pip install 'afterword[s3]'"
    raise UsageError(_MISSING) from error

_WHOLE = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oss", "oci", "memory"})
"""Protocols under which an object appears whole or not at all; under others, files are moved into their places."""

_BLOCK = 1 << 20


@contextmanager
def _reaching(name: str, *, missing_too: bool = False) -> Iterator[None]:
    """Turn whatever the library of a store raises into OutputError AW712.

    That a file is not there stays what it is, unless it is written: then the bucket is missing.
    """
    try:
        yield
    except (OutputError, UsageError):
        raise
    except Exception as error:
        if isinstance(error, FileNotFoundError) and not missing_too:
            raise
        reason = str(error) or type(error).__name__
        message = f"{name} cannot be reached: {reason}"
        raise OutputError(message, [Finding("AW712", message, place=Place(name), hint=CODES["AW712"].hint)]) from error


def _path(url: str) -> Any:  # noqa: ANN401 (each protocol has a class of its own)
    """Return the path of a URL; listings are not kept, because others write too. Raises UsageError, OutputError."""
    try:
        with _reaching(url):
            return UPath(url, use_listings_cache=False)
    except OutputError as error:
        if isinstance(error.__cause__, ImportError | ValueError):
            message = f"{url} cannot be opened: {error.__cause__}; afterword[s3] brings what s3:// needs"
            raise UsageError(message) from error
        raise


def remote_store(url: str) -> RemoteStore:
    """Return the store of a URL."""
    return RemoteStore(url)


class RemoteStore:
    """A prefix of an object store."""

    def __init__(self, url: str) -> None:
        """Connect."""
        self.url = self.place = url.rstrip("/")
        root = _path(self.url)
        self._fs, self._root = root.fs, str(root.path).rstrip("/")
        self._is_whole = url.partition("://")[0] in _WHOLE

    def read(self, path: str, start: int = 0, end: int | None = None) -> bytes:
        """Return the content of an object, or a stretch of it, of which no more is fetched."""
        with _reaching(self.url):
            return bytes(self._fs.cat_file(self._at(path), start=start or None, end=end))

    def digest(self, path: str, kind: str = "sha256") -> str:
        """Return the digest of an object, read in blocks."""
        made = hashlib.new(kind, usedforsecurity=False)
        with (
            _reaching(self.url),
            self._fs.open(self._at(path), "rb", block_size=_BLOCK, cache_type="readahead") as file,
        ):
            while block := file.read(_BLOCK):
                made.update(block)
        return made.hexdigest()

    def fetched(self, path: str, folder: Path) -> Path:
        """Return a copy of an object in a folder of this machine, or where it would be if there is none."""
        copy = folder / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError), _reaching(self.url):
            self._fs.get_file(self._at(path), str(copy))
        return copy

    def put(self, path: str, data: bytes) -> Entry:
        """Write an object, whole or not at all."""
        return self._put(path, lambda name: self._fs.pipe_file(name, data))

    def put_written(self, path: str, write: Callable[[BinaryIO], Back]) -> tuple[Entry, Back]:
        """Write a file of this machine by a function, and bring it to the store as `put` does, block by block."""
        with TemporaryDirectory() as folder:
            file = Path(folder) / "written"
            with file.open("wb") as out:
                back = write(out)
            return self._put(path, lambda name: self._fs.put_file(str(file), name)), back

    def _put(self, path: str, write: Callable[[str], object]) -> Entry:
        target = self._at(path)
        with _reaching(self.url, missing_too=True):
            if self._is_whole:
                write(target)
            else:
                self._move_in(target, write)
            return self._entry(path, self._fs.info(target))

    def _move_in(self, target: str, write: Callable[[str], object]) -> None:
        unfinished = self._at(f"{OWN}/unfinished/{uuid.uuid4().hex}")
        for name in (unfinished, target):
            self._fs.makedirs(posixpath.dirname(name), exist_ok=True)
        write(unfinished)
        self._fs.mv(unfinished, target)

    def create(self, path: str, data: bytes) -> bool:
        """Write an object where there is none, and return whether there was none."""
        if self.entry(path) is not None:
            return False
        with _reaching(self.url, missing_too=True):
            try:
                self._fs.pipe_file(self._at(path), data, mode="create")
            except FileExistsError:
                return False
            except (TypeError, ValueError, NotImplementedError):
                self._fs.pipe_file(self._at(path), data)
            return True

    def remove(self, path: str) -> None:
        """Remove an object."""
        with _reaching(self.url):
            try:
                self._fs.rm_file(self._at(path))
            except FileNotFoundError:
                return

    def entry(self, path: str) -> Entry | None:
        """Return what an object is; raise OutputError where the store cannot be reached, which is not its absence."""
        with _reaching(self.url):
            try:
                found = self._fs.info(self._at(path))
            except FileNotFoundError:
                return None
            return self._entry(path, found) if found.get("type") != "directory" else None

    def walk(self, path: str) -> Iterator[Entry]:
        """Yield every object under a prefix."""
        with _reaching(self.url):
            try:
                found = self._fs.find(self._at(path), detail=True)
            except FileNotFoundError:
                return
        for name, details in found.items():
            yield self._entry(str(name).removeprefix(self._root).lstrip("/"), details)

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}" if path else self._root

    def _entry(self, path: str, details: dict[str, Any]) -> Entry:
        stamp = details.get("ETag") or details.get("etag") or details.get("md5Hash")
        written = stamp or details.get("LastModified") or details.get("mtime") or details.get("created") or ""
        size = int(details.get("size") or 0)
        return Entry(path, size, f"{size}/{written}")


def sources_at(url: str) -> Iterator[str]:
    """Yield the URLs of what a URL means: an object, what is under a prefix, or what a pattern matches."""
    path = _path(url)
    fs, name = path.fs, str(path.path)
    with _reaching(url):
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
