"""The one door through which source files come in, as bytes and as text."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, NoReturn, cast

from afterword.readers.faults import fault, refuse
from afterword.readers.kinds import document_format
from afterword.readers.source import Position

STANDARD_INPUT = "-"
MAX_BYTES = 20_000_000
"""Size of the largest text that is read."""

MAX_DOCUMENT_BYTES = 100_000_000
"""Size of the largest document that is read, which may have pictures and files inside."""

_OTHER_ENCODINGS = {
    b"\xff\xfe\0\0": "UTF-32",
    b"\0\0\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
"""Byte order marks of what is not UTF-8; those of UTF-32 first, as one begins like one of UTF-16."""

_START = Position(1, 1)


def content_of(path: Path, name: str) -> bytes:
    """Return the content of a file, up to one byte more than is read; raise SourceError AW101 as `opened` does."""
    with opened(path, name) as file:
        return _content(file)


def text_of(path: Path, name: str) -> str:
    """Return a file as text; raise SourceError as `content_of` does, and AW102 or AW103 for what is none."""
    return as_text(content_of(path, name), name)


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


def content_of_input(stdin: BinaryIO | None) -> bytes:
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


def check_size(data: bytes, name: str, most: int = MAX_BYTES) -> None:
    """Raise SourceError AW103 for more bytes than are read."""
    if len(data) > most:
        refuse(fault(name, "AW103", f"the file is larger than {most // 1_000_000} MB"))


def as_text(data: bytes, name: str) -> str:
    """Return bytes as text; raise SourceError for too many, and for what is not UTF-8 text."""
    check_size(data, name)
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
