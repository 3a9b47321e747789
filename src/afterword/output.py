"""Finished files: safe names from any id, and a set of files that appears whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from afterword.codes import CODES
from afterword.diagnostics import Finding, Place
from afterword.errors import OutputError, SourceError

LONGEST_STEM = 120
"""Bytes of UTF-8 that a name may have before its suffix; file systems allow 255 with it."""

_HASH = 8
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{name}{number}" for name in ("com", "lpt") for number in "0123456789¹²³"}
)
"""Names that Windows keeps for devices, with any suffix (Naming Files, Paths, and Namespaces)."""

_UNSAFE = re.compile(r"[^\w.\-+@~]+")
Owner = Callable[[Path, bytes], str | None]


def file_stem(identifier: str) -> str:
    """Return a name for the files of a report that every file system takes, made from the incident's id.

    Letters and digits of every script stay; what stands between them becomes one hyphen. Longer names are cut and get a
    hash of the whole id. The name is never empty, hidden, a device of Windows, or a path.
    """
    text = unicodedata.normalize("NFC", identifier)
    text = "".join(character for character in text if not unicodedata.category(character).startswith("C") or character.isspace())
    stem = re.sub(r"-{2,}", "-", _UNSAFE.sub("-", text)).strip("-. ~")
    stem = re.sub(r"\.{2,}", ".", stem) or "incident"
    if stem.split(".")[0].casefold() in _DEVICES:
        stem = f"{stem}_" if "." not in stem else stem.replace(".", "_", 1) + "_"
    if len(stem.encode()) <= LONGEST_STEM:
        return stem
    cut = stem.encode()[: LONGEST_STEM - _HASH - 1].decode("utf-8", "ignore").rstrip("-. ")
    return f"{cut}-{_short_hash(identifier)}"


def _short_hash(identifier: str) -> str:
    return hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH]


def plan_names(identifiers: Sequence[str]) -> tuple[str, ...]:
    """Return a name for each id, no two of them the same to any file system.

    Where two ids make one name, each gets a hash of its id, so that its name does not depend on the others' order.
    Raises SourceError AW209 for an id that stands twice.
    """
    twice = [identifier for identifier, count in Counter(identifiers).items() if count > 1]
    if twice:
        message = f"two sources have the id {twice[0]!r}, and would make the same files"
        raise SourceError(message, [Finding("AW209", message, path="id", value=twice[0], hint=CODES["AW209"].advice)])
    stems = [file_stem(identifier) for identifier in identifiers]
    shared = Counter(_as_compared(stem) for stem in stems)
    return tuple(
        stem if shared[_as_compared(stem)] == 1 else f"{stem}-{_short_hash(identifier)}"
        for identifier, stem in zip(identifiers, stems, strict=True)
    )


def _as_compared(stem: str) -> str:
    """Return a name as file systems compare it that ignore case and the form of accents."""
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", stem).casefold())


def put(files: Mapping[Path, bytes], *, owner: Owner, document_id: str, force: bool = False) -> None:
    """Write a set of files; all of them appear, whole, or none does.

    Each is written beside its place and renamed into it, so that a link in its place is replaced and not followed.
    Raises OutputError AW701 if a file is in the way for which `owner` gives another id than `document_id`, unless `force`
    is set, and AW702 if one cannot be written; nothing is changed then.
    """
    if not force:
        _respect(files, owner, document_id)
    with _cleanup() as made:
        for path, data in files.items():
            made.append((_beside(path, data), path))
        _rename(made)


def write_text(path: Path, text: str, *, force: bool = False) -> None:
    """Write one text file, whole or not at all; raise OutputError if something is in the way and `force` is not set."""
    if not force and (path.exists() or path.is_symlink()):
        raise _in_the_way([path], "already exists")
    put({path: text.encode()}, owner=lambda *_: None, document_id="", force=True)


def _respect(files: Mapping[Path, bytes], owner: Owner, document_id: str) -> None:
    foreign = [path for path in files if _is_foreign(path, owner, document_id)]
    if foreign:
        raise _in_the_way(foreign, "is not an earlier version of this report")


def _is_foreign(path: Path, owner: Owner, document_id: str) -> bool:
    if path.is_symlink():
        return True
    if not path.exists():
        return False
    try:
        return not path.is_file() or owner(path, path.read_bytes()) != document_id
    except OSError:
        return True


def _in_the_way(paths: Sequence[Path], what: str) -> OutputError:
    hint = "say --force to overwrite it, or choose another folder with -o"
    findings = [Finding("AW701", f"{path} {what}", place=Place(str(path)), hint=hint) for path in paths]
    return OutputError("nothing was written, because a file is in the way", findings)


@contextlib.contextmanager
def _cleanup() -> Iterator[list[tuple[Path, Path]]]:
    """Give a list for files that are written beside their places; remove what is left of them in the end."""
    made: list[tuple[Path, Path]] = []
    try:
        yield made
    finally:
        for temporary, _ in made:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _beside(path: Path, data: bytes) -> Path:
    """Write the data beside its place and return where; raise OutputError if that cannot be done."""
    temporary: Path | None = None
    try:
        if path.is_dir() and not path.is_symlink():
            raise IsADirectoryError(0, "a folder of that name is there")
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".afterword-", suffix=".part", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise _cannot_write(path, error) from error
    return temporary


def _umask() -> int:
    """Return the process's umask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _rename(made: Sequence[tuple[Path, Path]]) -> None:
    for temporary, path in made:
        try:
            temporary.replace(path)
        except OSError as error:
            raise _cannot_write(path, error) from error


def _cannot_write(path: Path, error: OSError) -> OutputError:
    message = f"{path} cannot be written: {error.strerror or error}"
    finding = Finding("AW702", message, place=Place(str(path)), hint=CODES["AW702"].advice)
    return OutputError(message, [finding])
