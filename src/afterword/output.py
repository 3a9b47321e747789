"""Finished files: safe names from any id, and a set of files that appears whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

from afterword.codes import CODES
from afterword.diagnostics import Finding, Place, shorten
from afterword.errors import OutputError, SourceError
from afterword.report.identity import Origin

LONGEST_STEM = 120
"""Bytes of UTF-8 that a name may have before its suffix; file systems allow 255 with it."""

_HASH = 8
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{name}{number}" for name in ("com", "lpt") for number in "0123456789¹²³"}
)
"""Names that Windows keeps for devices, with any suffix (Naming Files, Paths, and Namespaces)."""

_PUNCTUATION = frozenset("._-+@~")
"""What may stand in a name besides letters, marks and digits; neither a file system nor a shell minds these."""

_FORMULA = "=+-@"
"""What a spreadsheet takes for the beginning of a formula, and a command, in part, for that of an option."""

_NO_START = f". ~{_FORMULA}"
"""What no name that we make begins with, so that it is not hidden either."""

_REFUSED = frozenset('<>:"|?*/\\')
"""What Windows takes in no name."""

_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Variation selectors: marks in Unicode, though all they do is to choose the look of an emoji."""

Owner = Callable[[Path, bytes], Origin | None]
"""Returns the origin of a file that this tool made, or None for any other file."""

_PREFIX = ".afterword-"
"""How the names of files begin that exist only while others are written."""

_ADVICE = {
    errno.EACCES: "Choose a folder that you may write to with -o, or change the permissions of this one.",
    errno.EPERM: "Choose a folder that you may write to with -o, or close the program that has the file open.",
    errno.EROFS: "The disk is read-only; choose another folder with -o.",
    errno.ENOSPC: "The disk is full; make room, or choose a folder on another disk with -o.",
    errno.EDQUOT: "Your quota is used up; make room, or choose a folder on another disk with -o.",
    errno.EISDIR: "Rename the folder that has the name of the file, or choose another with -o.",
    errno.ENOTDIR: "A part of the path is a file; choose another folder with -o.",
    errno.EEXIST: "A part of the path is a file; choose another folder with -o.",
    errno.ENAMETOOLONG: "Choose a shorter path with -o.",
}
"""What to do about an error of the file system."""


def file_stem(identifier: str) -> str:
    """Return a name for the files of a report that every file system takes, made from the incident's id.

    Letters, marks and digits of every script stay; what stands between them becomes one hyphen. Longer names are cut
    and get a hash of the whole id. The name is never empty, hidden, a formula, a device of Windows, or a path.
    """
    text = unicodedata.normalize("NFC", identifier)
    kept = "".join(_in_name(character) for character in text)
    stem = re.sub(r"\.{2,}", ".", re.sub(r"-{2,}", "-", kept))
    stem = bounded(stem.rstrip("-. ~").lstrip(_NO_START), identifier) or "incident"
    return f"{stem}_".replace(".", "_") if stem.split(".")[0].casefold() in _DEVICES else stem


def _in_name(character: str) -> str:
    """Return what stands for a character in a name: itself, a hyphen, or nothing for what cannot be seen."""
    category = unicodedata.category(character)
    if character in _SELECTORS or (category in {"Cc", "Cf", "Cs", "Co", "Cn"} and not character.isspace()):
        return ""
    return character if category[0] in "LM" or category == "Nd" or character in _PUNCTUATION else "-"


def is_portable(name: str) -> bool:
    """Return whether every file system takes a name as it is, none hides it, and no spreadsheet reckons it."""
    fits = len(name.encode("utf-8", "surrogatepass")) <= LONGEST_STEM and name == name.strip(" .") != ""
    is_written = all(unicodedata.category(each)[0] != "C" and each not in _REFUSED for each in name)
    is_plain = not name.startswith(tuple(_FORMULA))
    return fits and is_written and is_plain and name.partition(".")[0].casefold() not in _DEVICES


def bounded(stem: str, identifier: str, longest: int = LONGEST_STEM) -> str:
    """Return the name, cut between characters if it has too many bytes."""
    if len(stem.encode()) <= longest:
        return stem
    cut = stem.encode()[: longest - _HASH - 1].decode("utf-8", "ignore").rstrip("-. ~")
    return f"{cut}-{_hash(identifier, _HASH)}"


def _hash(identifier: str, length: int) -> str:
    return hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def edition_stem(stem: str, edition: str) -> str:
    """Return the name of the files of an edition: `INC-1.public`; the name itself where there is no edition."""
    return f"{stem}.{edition}" if edition else stem


def plan_names(identifiers: Sequence[str], editions: Sequence[str] = ()) -> tuple[str, ...]:
    """Return a name for each id, or for its edition where that is named, no two the same to any file system.

    Where two ids make one name, each gets a hash of its id, so that its name does not depend on the others' order.
    Raises SourceError AW209 for every id that stands twice in one edition.
    """
    editions = editions or [""] * len(identifiers)
    wanted = Counter(zip(identifiers, editions, strict=True))
    twice = [identifier for (identifier, _), count in wanted.items() if count > 1]
    if twice:
        raise SourceError("two reports would be written to the same files", map(_stands_twice, twice))
    return told_apart([file_stem(identifier) for identifier in identifiers], editions, identifiers)


def told_apart(
    stems: Sequence[str], editions: Sequence[str], keys: Sequence[str], reserved: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Return a name for each stem and edition, no two the same to any file system, and none of them reserved.

    Where two would be the same, each gets a hash of its key before its edition.
    """
    names = list(map(edition_stem, stems, editions))
    for length in range(_HASH, 65, _HASH):  # SHA-256 has 64 digits; more than the first eight are for those who search
        shared = Counter(map(as_compared, names))
        names = [
            edition_stem(f"{stem}-{_hash(key, length)}", edition)
            if shared[as_compared(name)] > 1 or as_compared(name) in reserved
            else name
            for name, stem, edition, key in zip(names, stems, editions, keys, strict=True)
        ]
    return tuple(names)


def _stands_twice(identifier: str) -> Finding:
    message = f"two sources have the id {identifier!r}"
    return Finding("AW209", message, path="id", value=shorten(identifier), hint=CODES["AW209"].advice)


def as_compared(name: str) -> str:
    """Return a name as file systems compare it that ignore case and the form of accents."""
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())


def put(files: Mapping[Path, bytes], *, owner: Owner, document_id: str, force: bool = False) -> None:
    """Write a set of files; all of them appear, whole, or nothing changes. Folders that are missing are made.

    Each is written beside its place and renamed into it, so that a link in its place is replaced and not followed;
    without `force`, a link is refused. Raises OutputError AW701 if a file is in the way for which `owner` gives
    another id than `document_id`, or which was edited, unless `force` is set, and AW702 if one cannot be written.
    """
    if not force:
        _respect(files, owner, document_id)
    with contextlib.ExitStack() as undo:
        temporaries = [_beside(path, data, undo) for path, data in files.items()]
        for temporary, path in zip(temporaries, files, strict=True):
            _move(temporary, path, undo)
        undo.pop_all()
    for path in files:
        _remove(_kept_as(path))


def spare(paths: Iterable[Path], sources: Collection[Path]) -> None:
    """Raise OutputError AW701 if a document would replace one of the sources it is made from."""
    own = [path for path in paths if without_links(path) in sources]
    if own:
        raise _in_the_way(dict.fromkeys(own, "is the source itself"))


def without_links(path: Path) -> Path:
    """Return where a path leads in the end; the path itself where that cannot be told."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # a circle of links, a name that the system cannot spell
        return path


def write_text(path: Path, text: str, *, force: bool = False) -> None:
    """Write one text file, whole or not at all; raise OutputError if something is in the way and `force` is not set."""
    write_texts({path: text}, force=force)


def write_texts(texts: Mapping[Path, str], *, beside: Mapping[Path, bytes] | None = None, force: bool = False) -> None:
    """Write text files, and files that belong beside them, all or none.

    Raises OutputError if something is in the way and `force` is not set.
    """
    files = {**{path: text.encode() for path, text in texts.items()}, **(beside or {})}
    there = [] if force else [path for path in files if path.exists() or path.is_symlink()]
    if there:
        raise _in_the_way(dict.fromkeys(there, "already exists"))
    put(files, owner=lambda *_: None, document_id="", force=True)


def _respect(files: Mapping[Path, bytes], owner: Owner, document_id: str) -> None:
    kept = {path: why for path in files if (why := _kept_because(path, owner, document_id))}
    if kept:
        raise _in_the_way(kept)


def _kept_because(path: Path, owner: Owner, document_id: str) -> str:
    """Return why a file that is there already may not be overwritten, or nothing where it may."""
    if not path.exists() and not path.is_symlink():
        return ""
    try:
        is_plain = path.is_file() and not path.is_symlink()
        origin = owner(path, path.read_bytes()) if is_plain else None
    except OSError:
        origin = None
    if origin is None or origin.document_id != document_id:
        return "is not an earlier version of this report"
    return "was edited since it was made" if origin.is_edited else ""


def _in_the_way(paths: Mapping[Path, str]) -> OutputError:
    hint = "say --force to overwrite it, or choose another folder with -o"
    findings = [Finding("AW701", f"{path} {why}", place=Place(str(path)), hint=hint) for path, why in paths.items()]
    return OutputError("nothing was written, because a file is in the way", findings)


def _beside(path: Path, data: bytes, undo: contextlib.ExitStack) -> Path:
    """Write the data to the disk beside its place and return where; raise OutputError if that cannot be done."""
    try:
        if path.is_dir() and not path.is_symlink():
            raise IsADirectoryError(errno.EISDIR, "a folder of that name is there")
        _make_folder(path.parent, undo)
        handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=".part", dir=path.parent)
        undo.callback(_remove, Path(name))
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~umask())
    except (OSError, UnicodeEncodeError) as error:
        raise cannot_write(path, error) from error
    return Path(name)


def _make_folder(folder: Path, undo: contextlib.ExitStack) -> None:
    """Make a folder and those above it; undoing removes the ones that were made."""
    if not folder.exists():
        _make_folder(folder.parent, undo)
        folder.mkdir(exist_ok=True)
        undo.callback(_remove_folder, folder)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _remove_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # somebody may have put something into it
        folder.rmdir()


def umask() -> int:
    """Return the process's umask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _move(temporary: Path, path: Path, undo: contextlib.ExitStack) -> None:
    """Rename a file into its place; undoing puts back what was there. Raise OutputError if that cannot be done."""
    kept = _kept_as(path)
    try:
        _remove(kept)
        if path.is_symlink() or path.exists():
            _keep(path, kept)
            undo.callback(_put_back, kept, path)
            temporary.replace(path)
        else:
            temporary.replace(path)
            undo.callback(_remove, path)
    except (OSError, UnicodeEncodeError) as error:
        raise cannot_write(path, error) from error


def _kept_as(path: Path) -> Path:
    """Return where the earlier version of a file is kept until all of its set are in their places."""
    return path.with_name(f"{_PREFIX}{_hash(path.name, _HASH)}.kept")


def _keep(path: Path, kept: Path) -> None:
    """Give a file a second name, or copy it where the file system has no such thing."""
    try:
        os.link(path, kept, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(path, kept, follow_symlinks=False)


def _put_back(kept: Path, path: Path) -> None:
    with contextlib.suppress(OSError):
        kept.replace(path)
    _remove(kept)


def cannot_write(path: Path, error: OSError | UnicodeEncodeError) -> OutputError:
    """Return the error for a file that cannot be written, as well where the system cannot spell its name."""
    if isinstance(error, OSError):
        reason, hint = error.strerror or str(error), _ADVICE.get(error.errno or 0, CODES["AW702"].advice)
    else:
        reason = f"names of files are {error.encoding} on this system"
        hint = "Name a file with -o, or set a UTF-8 locale, such as LC_ALL=C.UTF-8."
    message = f"{path} cannot be written: {reason}"
    return OutputError(message, [Finding("AW702", message, place=Place(str(path)), hint=hint)])
