"""The formats that are read, and the one door through which source files come in."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, cast

from afterword.diagnostics import Finding, Place
from afterword.errors import SourceError, UsageError
from afterword.readers.source import Source

STANDARD_INPUT = "-"
MAX_BYTES = 20_000_000
"""Size of the largest source that is read."""

READERS: Mapping[str, str] = MappingProxyType(
    {"yaml": "afterword.readers.yaml", "json": "afterword.readers.json", "toml": "afterword.readers.toml"}
)
"""The module of each format's reader; imported when a file needs it."""

_SUFFIXES = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".toml": "toml"}
_BOMS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def read(name: str, from_format: str | None = None, stdin: BinaryIO | None = None) -> Source:
    """Return what a file holds, or standard input for `-`.

    The format follows from `from_format`, else from the suffix, else from the content. Raises SourceError AW101 to AW110
    for what cannot be read, UsageError for a format that does not exist.
    """
    if name == STANDARD_INPUT:
        data = (stdin or sys.stdin.buffer).read(MAX_BYTES + 1)
        return read_text(_text(data, "<stdin>"), from_format, "<stdin>", None)
    path = Path(name)
    text = _text(_bytes(path, name), name)
    return read_text(text, from_format or _SUFFIXES.get(path.suffix.lower()), name, path.resolve().parent)


def read_text(text: str, format_name: str | None, name: str, folder: Path | None) -> Source:
    """Return what a text holds; without a format name, its format is found by its content."""
    return _reader(format_name or _guessed(text))(text.removeprefix("\ufeff"), name, folder)


def _reader(format_name: str) -> Callable[[str, str, Path | None], Source]:
    module = READERS.get(format_name.lower())
    if module is None:
        message = f"unknown format {format_name!r}; there are {', '.join(READERS)}"
        raise UsageError(message)
    return cast("Callable[[str, str, Path | None], Source]", import_module(module).read)


def _guessed(text: str) -> str:
    """Return the format that a text looks like: JSON by its first bracket, TOML if it is valid TOML, else YAML."""
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start and start in "{[":
        return "json"
    try:
        read_text(text, "toml", "", None)
    except SourceError:
        return "yaml"
    return "toml" if start else "yaml"


def _bytes(path: Path, name: str) -> bytes:
    try:
        # Opened without waiting, so that a pipe without a writer does not hang the tool.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise _refused("AW101", name, f"{name} cannot be opened: {_reason(error)}", "check the path") from error
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise _refused("AW101", name, f"{name} is not a file", "name a file, or - for standard input")
        return file.read(MAX_BYTES + 1)


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _text(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        message = f"{name} is larger than {MAX_BYTES // 1_000_000} MB"
        raise _refused("AW103", name, message, "split it, or move logs into attachments")
    if data[:2] in _BOMS:
        message = f"{name} is {_BOMS[data[:2]]} and not UTF-8"
        raise _refused("AW102", name, message, "save it as UTF-8", Place(name, 1, 1))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = f"{name} is not UTF-8: byte {data[error.start]:#04x}"
        raise _refused("AW102", name, message, "save it as UTF-8", Place(name, line, column)) from error


def _refused(code: str, name: str, message: str, hint: str, place: Place | None = None) -> SourceError:
    return SourceError(f"{name} cannot be read", [Finding(code, message, place=place or Place(name), hint=hint)])
