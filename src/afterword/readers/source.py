"""What a reader brings back: data as it was written, and where each value stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from afterword.diagnostics import Finding, Place
from afterword.readers.notes import Note, NoteKind

Key = str | int
Data = str | None | list["Data"] | dict[str, "Data"]
"""Scalars are text exactly as written (`0x19`, `007`, `1.10`, `true`); null is None."""

KEY_OF: tuple[Key, ...] = (-1,)
"""What a path starts with when it means the name of a key and not its value; no list has an item -1."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a value starts, both counted from 1, columns in characters."""

    line: int
    column: int
    text_line: int = 0
    """Line of the first line of text for a value whose text stands in the file as it is (a YAML `|` block), else 0."""

    text_column: int = 0
    """Column in which those lines of text start; 0 where `text_line` is 0."""

    file: str = ""
    """File of a value that stands in another file than its source is named after; empty for the source's own."""

    paragraph: int = 0
    """Paragraph of a Word document, whose `line` and `column` are 0; else 0."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that has been read and not yet validated."""

    name: str
    """As the user gave it, or `<stdin>`."""

    data: Data
    positions: Mapping[tuple[Key, ...], Position] = field(default_factory=dict)
    """Position of every value by its path, `("timeline", 3, "time")`; of a key's name under `KEY_OF + path`."""

    folder: Path | None = None
    """Folder of the file, the only one that the record may read from; None for standard input."""

    findings: tuple[Finding, ...] = ()
    """Faults that did not keep the rest from being read, such as a key that stands twice."""

    notes: tuple[Note, ...] = ()
    """Where an importer found each field, what it guessed and what it left over."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    """Files that came inside the source, such as the pictures of a Word document, by the names that its data has."""

    def place(self, path: tuple[Key, ...]) -> Place:
        """Return the place of the value at `path`, or of the nearest thing around it that is known."""
        for length in range(len(path), -1, -1):
            position = self.positions.get(path[:length])
            if position is not None:
                return self._at(position)
        return Place(self.name)

    def _at(self, position: Position) -> Place:
        return Place(position.file or self.name, position.line, position.column, position.paragraph)

    def key_place(self, path: tuple[Key, ...]) -> Place:
        """Return the place of the name of the key at `path`, or of its value where the name has none."""
        position = self.positions.get(KEY_OF + path)
        return self._at(position) if position else self.place(path)

    def place_in(self, path: tuple[Key, ...], offset: int) -> Place:
        """Return the place of a character of the text at `path`; of the value where its lines are not the file's.

        `offset` counts characters from 0, line breaks at the start of the text left out, as the record leaves them.
        """
        position, text = self.positions.get(path), self.value(path)
        if position is None or not position.text_line or not isinstance(text, str):
            return self.place(path)
        starts = _line_starts(text)
        found = _leading_breaks(text) + offset
        line = bisect_right(starts, found) - 1
        file = position.file or self.name
        return Place(file, position.text_line + line, position.text_column + found - starts[line])

    def value(self, path: tuple[Key, ...]) -> Data:
        """Return the value at `path`, None where there is none."""
        value = self.data
        for key in path:
            if isinstance(value, dict) and isinstance(key, str):
                value = value.get(key)
            elif isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
                value = value[key]
            else:
                return None
        return value

    def as_written(self, path: tuple[Key, ...]) -> tuple[Key, ...]:
        """Return where the file has what the record has at `path`: less fields that a short form leaves out."""
        written: tuple[Key, ...] = ()
        for key in path:
            if self.value((*written, key)) is not None:
                written = (*written, key)
        return written


@lru_cache(maxsize=4)
def _line_starts(text: str) -> tuple[int, ...]:
    """Return the offsets at which the lines of a text start; kept, as a long text may be asked for many places."""
    return (0, *(match.end() for match in re.finditer("\n", text)))


@lru_cache(maxsize=4)
def _leading_breaks(text: str) -> int:
    return len(text) - len(text.lstrip("\n"))


def path_text(path: tuple[Key, ...]) -> str:
    """Return a path as people read it: `timeline[3].time`."""
    text = ""
    for key in path:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else key
    return text


def path_keys(path: str) -> tuple[Key, ...]:
    """Return a path as people read it (`timeline[3].time`) as keys."""
    keys: list[Key] = []
    for part in path.replace("[", ".[").split("."):
        if part.startswith("["):
            keys.append(int(part[1:-1]))
        elif part:
            keys.append(part)
    return tuple(keys)


def dated(source: Source, day: date | None) -> Source:
    """Return a source with a date, where a day is given and the source has none; with a note that says so."""
    if day is None or not isinstance(source.data, dict) or source.data.get("date"):
        return source
    note = Note(NoteKind.FOUND, ("date",), Place(source.name), "given in the call")
    return replace(source, data={**source.data, "date": day.isoformat()}, notes=(*source.notes, note))
