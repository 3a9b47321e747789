"""The formats that are read, and the one door through which source files come in."""

from __future__ import annotations

import errno
import gc
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from functools import partial
from importlib import import_module
from io import BufferedReader
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, NoReturn, cast

from afterword.diagnostics import Finding
from afterword.errors import SourceError, UsageError
from afterword.readers.faults import fault, refuse
from afterword.readers.kinds import document_format, refuse_unsupported
from afterword.readers.likeness import looks_like_markdown
from afterword.readers.plugins import clashes, plugged_in, read_with, reader_of
from afterword.readers.source import Position, Source, dated
from afterword.readers.tools import TOOLS, Tool, recognised, sources_of, tool_named
from afterword.readers.tree import Lines

STANDARD_INPUT = "-"
MAX_BYTES = 20_000_000
"""Size of the largest text that is read."""

MAX_DOCUMENT_BYTES = 100_000_000
"""Size of the largest document that is read, which may have pictures and files inside."""

READERS: Mapping[str, str] = MappingProxyType(
    {
        "yaml": "afterword.readers.yaml",
        "json": "afterword.readers.json",
        "toml": "afterword.readers.toml",
        "markdown": "afterword.readers.markdown",
        "docx": "afterword.drafts",
        "pdf": "afterword.readers.pdf",
    }
)
"""The module of each format's reader; imported when a file needs it."""

_DOCUMENTS = frozenset({"markdown"})
"""Formats of documents that are text, whose readers need a date before they can place times."""

DocumentReader = Callable[[str, str, Path | None, date | None], Source]

BytesReader = Callable[[bytes, str, Path | None, date | None], Source]

_BINARY = frozenset({"docx", "pdf"})
"""Formats whose readers take bytes; those of the others take text."""

SUFFIXES: Mapping[str, str] = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".toml": "toml",
    ".md": "markdown",
    ".markdown": "markdown",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".pdf": "pdf",
}
"""The format of files by their suffix."""

_OTHER_ENCODINGS = {
    b"\xff\xfe\0\0": "UTF-32",
    b"\0\0\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
"""Byte order marks of what is not UTF-8; those of UTF-32 first, as one begins like one of UTF-16."""

_FIELD = re.compile(r"""^[ \t]*(?:"[^"\n]*"[ \t]*|'[^'\n]*'[ \t]*|[^\s:#-][^:\n]*):(?:\s|$)""", re.MULTILINE)
"""A line of YAML that starts a field."""

_BOM = "\ufeff"
_START = Position(1, 1)


def read(
    name: str, from_format: str | None = None, stdin: BinaryIO | None = None, *, day: date | None = None
) -> Source:
    """Return what a file holds, or standard input for `-`.

    The format follows from `from_format`, else from the suffix, else from the content. `day` is the date of a document
    that does not say it. Raises SourceError with findings AW101 to AW118 for what cannot be read, UsageError for a
    format that does not exist.
    """
    if name == STANDARD_INPUT:
        return read_data(_input(stdin), from_format, "<stdin>", None, day=day)
    path = Path(name)
    return read_data(content_of(path, name), from_format, name, path.resolve().parent, day=day)


def read_data(
    data: bytes, from_format: str | None, name: str, folder: Path | None, *, day: date | None = None
) -> Source:
    """Return what the bytes of a file hold, as `read` does; `folder` is where the files are that it names."""
    suffix = Path(name).suffix.lower()
    found = from_format or SUFFIXES.get(suffix)
    plugged = None if (found or "").lower() in READERS else reader_of((found or "").lower(), suffix)
    with _without_searches():
        source = read_with(plugged, data, name, folder, day) if plugged else _read_bytes(data, found, name, folder, day)
    return replace(source, findings=(*source.findings, *_shadowed(name, from_format, suffix)))


@contextmanager
def _without_searches() -> Iterator[None]:
    """Keep Python from searching for objects that only hold each other.

    A source becomes a large tree, in which there are hardly any; to look through it again and again, while it grows,
    takes half of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _shadowed(name: str, from_format: str | None, suffix: str) -> Iterator[Finding]:
    """Yield a finding for each reader of a package that claims what a source was read by, and was not used."""
    used = (from_format or "").lower() or suffix
    for reader, claim in clashes(READERS, SUFFIXES):
        if claim == used:
            message = f"the reader {reader.name!r} of {reader.package} claims {claim!r} too, and was not used"
            yield fault(name, "AW119", message)


def _read_bytes(data: bytes, format_name: str | None, name: str, folder: Path | None, day: date | None) -> Source:
    """Return what some bytes hold: those of a document go to its reader as they are, all others are text."""
    known = (format_name or document_format(data) or "").lower()
    if format_name is None or known in _BINARY:
        refuse_unsupported(data, name)
    if known in _BINARY:
        _check_size(data, name, MAX_DOCUMENT_BYTES)
        return cast("BytesReader", import_module(READERS[known]).read)(data, name, folder, day)
    return read_text(_text(data, name), format_name, name, folder, day=day)


def read_all(
    names: str | Sequence[str],
    from_format: str | None = None,
    stdin: BinaryIO | None = None,
    *,
    day: date | None = None,
) -> tuple[Source | SourceError, ...]:
    """Return what one or several files hold: for each a record, or a source for each incident of a tool's export.

    Those that do not say their date have `day`, where one is given.

    `from_format` may also be the key of a tool. Exports of one tool are read together, so that log entries find their
    incident, and their sources stand where the first of them is named. A file that cannot be read is an error among
    the sources. Raises UsageError for a format that does not exist.
    """
    exports: dict[str, list[Source]] = {}
    places: list[Source | SourceError | Tool] = []
    for name in [names] if isinstance(names, str) else names:
        found, tool = looked_into(partial(read, name, stdin=stdin, day=day), from_format)
        if tool is None or isinstance(found, SourceError):
            places.append(found)
            continue
        if tool.key not in exports:
            places.append(tool)
        exports.setdefault(tool.key, []).append(found)
    return tuple(
        source if isinstance(source, SourceError) else dated(source, day)
        for each in places
        for source in (_incidents(each, exports[each.key]) if isinstance(each, Tool) else (each,))
    )


def looked_into(
    read_as: Callable[[str | None], Source], from_format: str | None
) -> tuple[Source | SourceError, Tool | None]:
    """Return what a file holds, read in a format, with the tool that it is an export of, or None for a record."""
    forced = from_format if from_format in TOOLS else None
    try:
        source = read_as("json" if forced else from_format)
    except SourceError as error:
        return error, None
    return source, tool_named(forced) if forced else recognised(source.data)


def _incidents(tool: Tool, files: Sequence[Source]) -> tuple[Source | SourceError, ...]:
    try:
        return sources_of(tool, files)
    except SourceError as error:
        return (error,)


def read_text(text: str, format_name: str | None, name: str, folder: Path | None, *, day: date | None = None) -> Source:
    """Return what a text holds; without a format name, its format is found by its content.

    A text of nothing but white space holds nothing, in every format. Raises SourceError AW109 where no format is named
    and the text looks like none of them.
    """
    bare = text.removeprefix(_BOM)
    _check_characters(bare, name)
    found = format_name or _guessed(bare, name)
    reader = _reader(found)
    if not bare.strip(" \t\r\n"):
        return Source(name, None, {(): _START}, folder)
    if day is not None and found.lower() in _DOCUMENTS:
        return cast("DocumentReader", reader)(bare, name, folder, day)
    return reader(bare, name, folder)


def _check_characters(text: str, name: str) -> None:
    """Raise SourceError where text that a program hands over has half a character, which no file can have."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        message = f"the text has half a character, U+{ord(text[error.start]):04X}, which UTF-8 cannot carry"
        refuse(fault(name, "AW102", message, Lines(text).position(error.start), hint="remove it"))


def _reader(format_name: str) -> Callable[[str, str, Path | None], Source]:
    module = READERS.get(format_name.lower())
    if module is not None and format_name.lower() in _BINARY:
        message = f"{format_name} is no text: name the file, or pipe it in"
        raise UsageError(message)
    if module is None:
        raise _unknown(format_name)
    return cast("Callable[[str, str, Path | None], Source]", import_module(module).read)


def known_format(name: str) -> str:
    """Return the name of a format, or the key of a tool, as it is spelt; raise UsageError for one that is not there."""
    found = name.lower()
    if found not in READERS and found not in TOOLS and reader_of(found, "") is None:
        raise _unknown(name)
    return found


def _unknown(format_name: str) -> UsageError:
    known = ", ".join((*READERS, *TOOLS, *(each.name for each in plugged_in())))
    return UsageError(f"unknown format {format_name!r}; there are {known}")


def _guessed(text: str, name: str) -> str:
    """Return the format that a text looks like: TOML if it is valid, JSON by its first bracket, Markdown, or YAML."""
    start = text.lstrip(" \t\r\n")[:1]
    if start and _is_toml(text):
        return "toml"
    if start in {"{", "["}:
        return "json"
    if start and looks_like_markdown(text):
        return "markdown"
    if start and not _FIELD.search(text):
        refuse(
            fault(name, "AW109", "this is neither YAML, JSON nor TOML with fields, nor Markdown with headings", _START)
        )
    return "yaml"


def _is_toml(text: str) -> bool:
    try:
        _reader("toml")(text, "", None)
    except SourceError:
        return False
    return True


def content_of(path: Path, name: str) -> bytes:
    """Return the content of a file, up to one byte more than is read; raise SourceError AW101 as `opened` does."""
    with opened(path, name) as file:
        return _content(file)


def text_of(path: Path, name: str) -> str:
    """Return a file as text; raise SourceError as `content_of` does, and AW102 or AW103 for what is none."""
    return _text(content_of(path, name), name)


@contextmanager
def opened(path: Path, name: str) -> Iterator[BufferedReader]:
    """Yield an open file, called `name` in findings; raise SourceError AW101 for what is none or cannot be read."""
    try:
        # Opened without waiting, so that a pipe without a writer does not hang the tool.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(mode := os.fstat(handle).st_mode):
                _no_file(name, mode)
            yield file
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        refuse(fault(name, "AW101", f"the file cannot be read: {reason}"))


def _content(file: BinaryIO) -> bytes:
    """Return what a file holds, up to one byte more than is read of its kind; raise OSError where nothing comes."""
    data = file.read(MAX_BYTES + 1)
    if data is None:  # a file of the kernel that waits for what comes next
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    if len(data) > MAX_BYTES and document_format(data):
        data += file.read(MAX_DOCUMENT_BYTES - MAX_BYTES)
    return data


def _input(stdin: BinaryIO | None) -> bytes:
    """Return what standard input holds; raise SourceError AW101 where it is closed or cannot be read."""
    try:
        return _content(stdin or standard_input())
    except OSError as error:
        refuse(fault("<stdin>", "AW101", f"standard input cannot be read: {error.strerror or error}"))


def standard_input() -> BinaryIO:
    """Return standard input, which is waited for; raise SourceError AW101 where it is closed."""
    source = getattr(sys.stdin, "buffer", None)  # Python has no standard input where it is closed
    if source is None:
        refuse(fault("<stdin>", "AW101", "standard input is closed", hint="name a file, or pipe one in"))
    with suppress(OSError, ValueError):
        # Whoever shares it may have told it not to wait: what comes later would be missing.
        os.set_blocking(source.fileno(), True)
    return cast("BinaryIO", source)


def _no_file(name: str, mode: int) -> NoReturn:
    """Raise SourceError for a folder, a device or a pipe."""
    kind = "a folder" if stat.S_ISDIR(mode) else "a device or pipe"
    refuse(fault(name, "AW101", f"this is {kind} and not a file", hint="name a file, or - for standard input"))


def _check_size(data: bytes, name: str, most: int = MAX_BYTES) -> None:
    if len(data) > most:
        refuse(fault(name, "AW103", f"the file is larger than {most // 1_000_000} MB"))


def _text(data: bytes, name: str) -> str:
    """Return bytes as text; raise SourceError for too many, and for what is not UTF-8 text."""
    _check_size(data, name)
    if encoding := next((each for mark, each in _OTHER_ENCODINGS.items() if data.startswith(mark)), ""):
        refuse(fault(name, "AW102", f"the file is {encoding} and not UTF-8", _START))
    nul = data.find(b"\0")
    if nul >= 0:
        hint = "save it as UTF-8; it may be UTF-16, or no text at all"
        refuse(fault(name, "AW102", "the file has a NUL byte, which text has not", _position(data[:nul]), hint=hint))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"the file is not UTF-8: byte {data[error.start]:#04x} at offset {error.start}"
        refuse(fault(name, "AW102", message, _position(data[: error.start])))


def _position(before: bytes) -> Position:
    """Return the position after some bytes, columns in characters as far as they are UTF-8."""
    line = before.replace(b"\r\n", b"\n").replace(b"\r", b"\n").rsplit(b"\n", 1)[-1]
    breaks = before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")
    return Position(breaks + 1, len(line.decode("utf-8-sig", "replace")) + 1)
