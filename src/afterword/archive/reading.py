"""What is read in one go: a file, a line of JSON Lines, or the exports of one tool in one folder."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import BinaryIO

from afterword.archive.card import Card, card_of
from afterword.archive.store import Entry, is_url, local_entry
from afterword.archive.stores import store_at
from afterword.diagnostics import Finding
from afterword.errors import AfterwordError, SourceError
from afterword.intake import looked_into, read_data
from afterword.readers.faults import fault, refuse
from afterword.readers.files import MAX_BYTES, MAX_DOCUMENT_BYTES, content_of, opened
from afterword.readers.source import Position, Source
from afterword.tools import recognised, sources_of, tool_named

LINES = (".jsonl", ".ndjson")
"""Suffixes of JSON Lines."""

_RECORDS = frozenset({".yaml", ".yml", ".json", ".toml", ".md", ".markdown", *LINES})
"""Suffixes that are read in a folder. PDFs and Word files are read where they are named or matched by a pattern: in a
folder they are rather attachments of a record, or documents made from it."""

_OTHER_PAPERS = ("readme", "changelog", "contributing", "license")
"""How names begin, in a folder, of texts that are about the folder and no incident."""

_TOO_LONG = MAX_BYTES + 3
"""Bytes of a line, with its end, of which nothing is read."""

_BLOCK = 1_000_000
"""Bytes of standard input that are taken in one go."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a file of JSON Lines: one line for an incident, several for a survey."""

    start: int
    """In bytes from 0."""

    length: int
    line: int
    """Number of the first line, from 1."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read in one go, as data that can be sent to a worker."""

    files: tuple[str, ...]
    """Paths or URLs. Only exports of a tool are several."""

    shown: str
    """How findings name a single file."""

    from_format: str = ""
    tool: str = ""
    """Key of the tool that they are exports of, once that is known."""

    span: Span | None = None
    digest: str = ""
    """SHA-256 of the files as they were planned, so that what is kept in memory is never out of date."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What a reading holds."""

    cards: tuple[Card, ...]
    tool: str = ""
    """Key of a tool whose export it is; it has no cards then, as the exports of a folder are read together."""

    spans: tuple[Span, ...] = ()
    """Where each card's line stands, for JSON Lines."""


def survey(reading: Reading, audience: str) -> Survey:
    """Return what a reading holds, faulty incidents too; nothing in a source makes it raise."""
    if reading.span:
        found = list(_lines(reading, reading.span))
        return Survey(_cards([each for each, _ in found], reading, audience), spans=tuple(span for _, span in found))
    if not reading.tool:
        tool, source = _looked_into(reading)
        return Survey((), tool) if tool else Survey(_cards([source], reading, audience))
    return Survey(_cards(sources(reading), reading, audience))


def _cards(found: Sequence[Source | SourceError], reading: Reading, audience: str) -> tuple[Card, ...]:
    return tuple(card_of(each, place, reading.shown, audience) for place, each in enumerate(found))


@lru_cache(maxsize=2)
def sources(reading: Reading) -> tuple[Source | SourceError, ...]:
    """Return the sources of a reading, kept in memory until others are read: a dump is not read for each incident."""
    if reading.span:
        return tuple(each for each, _ in _lines(reading, reading.span))
    if not reading.tool:
        return (_looked_into(reading)[1],)
    try:
        names = [reading.shown] if len(reading.files) == 1 else reading.files
        files = [_read(file, shown, "json") for file, shown in zip(reading.files, names, strict=True)]
        return sources_of(tool_named(reading.tool), files)
    except SourceError as error:
        return (error,)


def _looked_into(reading: Reading) -> tuple[str, Source | SourceError]:
    """Return the tool that a file is an export of, or nothing, and what it holds."""
    source, tool = looked_into(partial(_read, reading.files[0], reading.shown), reading.from_format or None)
    return tool.key if tool else "", source


def _read(name: str, shown: str, from_format: str | None) -> Source:
    data = _fetched(name, shown) if is_url(name) else content_of(Path(name), shown)
    return read_data(data, from_format, shown, folder_of(name))


def _fetched(name: str, shown: str, start: int = 0, end: int | None = None) -> bytes:
    """Return the bytes of a source in an object store, or a stretch of them; raise SourceError AW101 as for a file."""
    folder, _, file = name.rpartition("/")
    with _reached(shown):
        return store_at(folder).read(file, start, end)


@contextmanager
def _reached(shown: str) -> Iterator[None]:
    """Turn whatever keeps a source in an object store from being read into SourceError AW101."""
    try:
        yield
    except (OSError, AfterwordError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        refuse(fault(shown, "AW101", f"the file cannot be read: {reason}"))


def folder_of(name: str) -> Path:
    """Return the folder of a source; of one in an object store, a folder of this process with what was fetched."""
    return _scratch(name.rpartition("/")[0]) if is_url(name) else Path(name).resolve().parent


@cache
def _scratch_root() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="afterword-", ignore_cleanup_errors=True)


@lru_cache(maxsize=64)
def _scratch(_folder: str) -> Path:
    return Path(tempfile.mkdtemp(dir=_scratch_root().name)).resolve()


def fetch_beside(name: str, path: str) -> bool:
    """Bring a file that the source in an object store names into its folder here; return whether there is one."""
    folder = name.rpartition("/")[0]
    target = folder_of(name) / path
    try:
        data = store_at(folder).read(path)
    except (OSError, AfterwordError):
        target.unlink(missing_ok=True)
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return True


def entry_of(name: str) -> Entry | None:
    """Return what a source, or a file that one names, is now; None where it is not there."""
    if is_url(name):
        folder, _, file = name.rpartition("/")
        return store_at(folder).entry(file)
    return local_entry(Path(name))


def _lines(reading: Reading, span: Span) -> Iterator[tuple[Source | SourceError, Span]]:
    """Yield what the lines of a stretch hold, with the stretch of each; empty lines hold nothing."""
    start, number = span.start, span.line
    try:
        data = _stretch(reading.files[0], reading.shown, span)
    except SourceError as error:
        yield error, Span(span.start, 0, span.line)
        return
    for raw in data.splitlines(keepends=True):
        here = Span(start, len(raw), number)
        start, number = start + len(raw), number + 1
        if raw.strip():
            yield from ((each, here) for each in _line(raw, reading, here))


def whole_lines(name: str, size: int) -> Iterator[bytes]:
    """Yield a file of JSON Lines in stretches of whole lines of about a size; raise SourceError AW101.

    The first line that is longer than any is read ends them.
    """
    for stretch in _whole_lines_there(name, size) if is_url(name) else _whole_lines_here(name, size):
        until = 0
        for line in stretch.splitlines(keepends=True) if len(stretch) >= _TOO_LONG else ():
            until += len(line)
            if len(line) >= _TOO_LONG:
                yield stretch[:until]
                return
        yield stretch


def _whole_lines_here(name: str, size: int) -> Iterator[bytes]:
    with opened(Path(name), name) as file:
        while block := file.read(size):
            yield block + file.readline(_TOO_LONG)


def _whole_lines_there(name: str, size: int) -> Iterator[bytes]:
    rest = b""
    for start in range(0, _size(name, name), size):
        rest += _fetched(name, name, start, start + size)
        whole = rest[: rest.rfind(b"\n") + 1]
        if whole:
            yield whole
        rest = rest[len(whole) :]
        if len(rest) >= _TOO_LONG:
            break
    if rest:
        yield rest


def taken_in(stdin: BinaryIO, *, is_lines: bool) -> Iterator[bytes]:
    """Yield standard input in blocks, up to where nothing more of it would be read; raise SourceError AW101.

    That is for JSON Lines the first line that is longer than any is read, else one byte beyond the largest document.
    """
    since = 0
    while block := _block(stdin):
        yield block
        since = len(block) - block.rfind(b"\n") - 1 if is_lines and b"\n" in block else since + len(block)
        if since >= (_TOO_LONG if is_lines else MAX_DOCUMENT_BYTES + 1):
            return


def _block(stdin: BinaryIO) -> bytes:
    try:
        return stdin.read(_BLOCK)
    except OSError as error:
        refuse(fault("<stdin>", "AW101", f"standard input cannot be read: {error.strerror or error}"))


def _size(name: str, shown: str) -> int:
    with _reached(shown):
        entry = entry_of(name)
        if entry is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        return entry.size


def _stretch(name: str, shown: str, span: Span) -> bytes:
    if is_url(name):
        if not span.length and _size(name, shown) > span.start:  # what was not reached before must not be left out
            refuse(fault(shown, "AW101", "the file cannot be read: the store could not be reached for a moment"))
        return _fetched(name, shown, span.start, span.start + span.length) if span.length else b""
    with opened(Path(name), shown) as file:
        file.seek(span.start)
        return file.read(span.length)


def _line(raw: bytes, reading: Reading, span: Span) -> tuple[Source | SourceError, ...]:
    try:
        if len(raw) >= _TOO_LONG:
            message = f"the line is longer than {MAX_BYTES // 1_000_000} MB; what comes after it is not read"
            refuse(fault(reading.shown, "AW103", message, Position(1, 1)))
        source = read_data(raw.rstrip(b"\r\n"), "json", reading.shown, folder_of(reading.files[0]))
        tool = recognised(source.data)
        found: tuple[Source | SourceError, ...] = sources_of(tool, [source]) if tool else (source,)
    except SourceError as error:
        found = (error,)
    return tuple(_moved(each, span.line - 1) for each in found)


def _moved(found: Source | SourceError, lines: int) -> Source | SourceError:
    """Return what a line holds with its places in the file."""
    findings = [_moved_finding(each, lines) for each in found.findings]
    if isinstance(found, SourceError):
        return SourceError(found.message, findings)
    positions = {path: replace(each, line=each.line + lines) for path, each in found.positions.items()}
    return replace(found, positions=positions, findings=tuple(findings))


def _moved_finding(finding: Finding, lines: int) -> Finding:
    place = finding.place
    return replace(finding, place=replace(place, line=(place.line or 1) + lines)) if place else finding


def is_record_name(name: str) -> bool:
    """Return whether a file in a folder is read, by its name."""
    return Path(name).suffix.lower() in _RECORDS and not name.lower().startswith(_OTHER_PAPERS)
