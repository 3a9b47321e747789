"""The formats that are read: a file goes to the reader of its format, and what that brings on to be a record.

It stands above `readers`, `documents`, `drafts` and `tools`, none of which knows it.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, cast

from afterword.diagnostics import Finding
from afterword.errors import SourceError, UsageError
from afterword.readers.faults import fault, refuse
from afterword.readers.files import (
    MAX_DOCUMENT_BYTES,
    STANDARD_INPUT,
    as_text,
    check_size,
    content_of,
    content_of_input,
)
from afterword.readers.kinds import document_format, refuse_unsupported
from afterword.readers.likeness import looks_like_markdown
from afterword.readers.plugins import PluggedIn, clashes, plugged_in, read_with, reader_of
from afterword.readers.source import Position, Source, dated
from afterword.readers.tree import Lines
from afterword.tools import TOOLS, Tool, recognised, sources_of, tool_named

READERS: Mapping[str, str] = MappingProxyType(
    {
        "yaml": "afterword.readers.yaml",
        "json": "afterword.readers.json",
        "toml": "afterword.readers.toml",
        "markdown": "afterword.documents",
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
        return read_data(content_of_input(stdin), from_format, "<stdin>", None, day=day)
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
        source = _plugged(plugged, data, name, folder, day) if plugged else _read_bytes(data, found, name, folder, day)
    return replace(source, findings=(*source.findings, *_shadowed(name, from_format, suffix)))


def _plugged(reader: PluggedIn, data: bytes, name: str, folder: Path | None, day: date | None) -> Source:
    """Return what a package's reader makes of a file; the Markdown that it may make is a document like any other."""
    made = read_with(reader, data, name, folder)
    return cast("DocumentReader", _reader("markdown"))(made, name, folder, day) if isinstance(made, str) else made


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
        check_size(data, name, MAX_DOCUMENT_BYTES)
        return cast("BytesReader", import_module(READERS[known]).read)(data, name, folder, day)
    return read_text(as_text(data, name), format_name, name, folder, day=day)


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
