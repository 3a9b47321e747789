"""Where an archive is kept: a folder, or an object store named by a URL, with whole files or none."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar

from afterword.errors import UsageError
from afterword.output import cannot_write, umask

Back = TypeVar("Back")

OWN = ".afterword"
"""Folder of what the tool keeps beside the bag: the state, the lock, and files that are being written."""

INPUT = f"{OWN}/input"
"""Where standard input is kept while a run needs it, with a suffix for JSON Lines."""

_WORKSHOP = f"{OWN}/unfinished"
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a store."""

    path: str
    """Relative to the store, with forward slashes."""

    size: int
    stamp: str
    """Changes whenever the file is written; compared only for equality, so that no clock matters."""


class Store(Protocol):
    """A place for files. Paths are relative, with forward slashes; errors are OutputError AW702."""

    url: str
    """As the user named it."""

    place: str
    """As workers find it, wherever they run."""

    def read(self, path: str, start: int = 0, end: int | None = None) -> bytes:
        """Return the content of a file, or a stretch of it in bytes; raise FileNotFoundError where there is none."""
        ...

    def digest(self, path: str, kind: str = "sha256") -> str:
        """Return the digest of a file in hexadecimal, read in blocks; raise FileNotFoundError where there is none."""
        ...

    def fetched(self, path: str, folder: Path) -> Path:
        """Return a path on this machine with the content, that of the file itself or of a copy in `folder`.

        Nothing is there where the store has no such file.
        """
        ...

    def put(self, path: str, data: bytes) -> Entry:
        """Write a file, whole or not at all, and return what it is now."""
        ...

    def put_written(self, path: str, write: Callable[[BinaryIO], Back]) -> tuple[Entry, Back]:
        """Write a file as `put` does, by a function that writes it from start to end; return what that returns too."""
        ...

    def remove(self, path: str) -> None:
        """Remove a file, and the folders that are empty then; nothing happens where there is none."""
        ...

    def entry(self, path: str) -> Entry | None:
        """Return what a file is, or None where there is none."""
        ...

    def walk(self, path: str) -> Iterator[Entry]:
        """Yield every file under a folder, in no particular order."""
        ...


def is_url(name: str) -> bool:
    """Return whether a name is a URL of an object store, and not a path; a drive of Windows is none."""
    scheme, found, _ = name.partition("://")
    return bool(found) and len(scheme) > 1 and scheme.replace("+", "").isalnum()


class LocalStore:
    """A folder."""

    def __init__(self, name: str) -> None:
        """Keep the folder, as an absolute path, so that workers elsewhere find it. Raises UsageError for no name."""
        if not name.removeprefix("file://"):
            raise UsageError("the name of the archive is empty")
        self.url = name
        self.root = Path(name.removeprefix("file://")).resolve()
        self.place = str(self.root)

    def read(self, path: str, start: int = 0, end: int | None = None) -> bytes:
        """Return the content of a file, or a stretch of it."""
        with _opened(self.root / path) as file:
            file.seek(start)
            return file.read(-1 if end is None else end - start)

    def digest(self, path: str, kind: str = "sha256") -> str:
        """Return the digest of a file."""
        with _opened(self.root / path) as file:
            return hashlib.file_digest(file, lambda: hashlib.new(kind, usedforsecurity=False)).hexdigest()

    def fetched(self, path: str, folder: Path) -> Path:  # noqa: ARG002 (other stores need it)
        """Return the file itself."""
        return self.root / path

    def put(self, path: str, data: bytes) -> Entry:
        """Write a file in the workshop, bring it to the disk, rename it into its place, and bring its name there too.

        So after a power cut a file is as the state remembers it, or one that the state knows to be under way.
        """
        return self.put_written(path, lambda file: file.write(data))[0]

    def put_written(self, path: str, write: Callable[[BinaryIO], Back]) -> tuple[Entry, Back]:
        """Write a file by a function, and bring it into its place as `put` does."""
        target = self.root / path
        try:
            temporary, back = self._written(write)
            try:
                changed = _folders_to_change(target)
                target.parent.mkdir(parents=True, exist_ok=True)
                temporary.replace(target)
                _bring_to_disk(changed)
            except OSError:
                temporary.unlink(missing_ok=True)
                raise
            return _entry(path, target.stat()), back
        except (OSError, UnicodeEncodeError) as error:
            raise cannot_write(target, error) from error

    def _written(self, write: Callable[[BinaryIO], Back]) -> tuple[Path, Back]:
        workshop = self.root / _WORKSHOP
        workshop.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=workshop)
        try:
            with os.fdopen(handle, "wb") as file:
                back = write(file)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o666 & ~umask())
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return Path(name), back

    def remove(self, path: str) -> None:
        """Remove a file, and the folders that are empty then."""
        target = self.root / path
        if target.is_dir() and not target.is_symlink():
            return
        try:
            target.unlink()
            _bring_to_disk([_emptied(target.parent, {self.root, self.root / "data"})])
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            raise cannot_write(target, error) from error

    def entry(self, path: str) -> Entry | None:
        """Return what a file is; a folder of its name is none, as in other stores."""
        return None if (self.root / path).is_dir() else local_entry(self.root / path, path)

    def walk(self, path: str) -> Iterator[Entry]:
        """Yield every file under a folder; links are not followed."""
        folders = [path]
        while folders:
            folder = folders.pop()
            if not (self.root / folder).is_dir():
                continue
            with os.scandir(self.root / folder) as found:
                for each in found:
                    inner = f"{folder}/{each.name}" if folder else each.name
                    if each.is_dir(follow_symlinks=False):
                        folders.append(inner)
                    else:
                        yield _entry(inner, each.stat(follow_symlinks=False))

    def sweep(self) -> None:
        """Remove what a run that was cut off left half written."""
        shutil.rmtree(self.root / _WORKSHOP, ignore_errors=True)


@contextmanager
def _opened(path: Path) -> Iterator[BufferedReader]:
    """Yield an open file; raise OSError for a pipe or a device, of which nothing, or no end, would come."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "it is no plain file")
        yield file


def _folders_to_change(target: Path) -> list[Path]:
    """Return the folders in which a name is new once a file is in its place: its own, and those that lack a folder."""
    folders = [target.parent]
    while not folders[-1].exists():
        folders.append(folders[-1].parent)
    return folders


def _emptied(folder: Path, kept: Collection[Path]) -> Path:
    """Remove a folder and those above it while they are empty; return the first that stays."""
    with suppress(OSError):  # it is not empty
        while folder not in kept:
            folder.rmdir()
            folder = folder.parent
    return folder


_CANNOT_BE_BROUGHT = frozenset({errno.EACCES, errno.EINVAL, errno.EISDIR, errno.ENOTSUP})
"""What systems and network file systems answer that do not bring folders to the disk; Windows the first."""


def _bring_to_disk(folders: Iterable[Path]) -> None:
    """Have the names in folders survive a power cut; raise OSError where the disk fails."""
    for folder in folders:
        try:
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            if error.errno not in _CANNOT_BE_BROUGHT:
                raise


def _entry(path: str, status: os.stat_result) -> Entry:
    return Entry(path, status.st_size, f"{status.st_size}:{status.st_mtime_ns}:{status.st_ino}")


def local_entry(file: Path, path: str = "") -> Entry | None:
    """Return what a file of this machine is, under the given path; None where it is not there.

    One that may not be looked at is there: what cannot be seen is not gone.
    """
    try:
        return _entry(path, file.stat())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return None
        return Entry(path, -1, f"unreadable: {error.errno}")
