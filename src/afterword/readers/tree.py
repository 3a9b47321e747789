"""The tree that each reader makes of its format, and what comes of it: plain data with the position of every value."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path

from afterword.diagnostics import Finding, in_reading_order, shorten
from afterword.readers.faults import MAX_DEPTH, MAX_VALUES, fault, refuse, too_deep, too_many
from afterword.readers.source import KEY_OF, Data, Key, Position, Source, path_text

MAX_TEXT = 20_000_000
"""Characters that the values of a file may hold together, those that aliases repeat counted each time."""

_LINE_BREAK = re.compile(r"\r\n|\n|\r")


class Lines:
    """The lines of a text: turns offsets into positions."""

    def __init__(self, text: str) -> None:
        """Note where each line starts."""
        self.starts = [0, *(match.end() for match in _LINE_BREAK.finditer(text))]

    def position(self, offset: int) -> Position:
        """Return the line and the column of a character, both from 1."""
        line = bisect_right(self.starts, offset)
        return Position(line, offset - self.starts[line - 1] + 1)

    def offset(self, position: Position) -> int:
        """Return the offset of the character at a position."""
        return self.starts[min(position.line, len(self.starts)) - 1] + position.column - 1


@dataclass(slots=True)
class Scalar:
    """A text as written, or None for null."""

    text: str | None
    position: Position


@dataclass(slots=True)
class Listing:
    """A list."""

    position: Position
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """One key of a mapping with its value."""

    key: str
    key_position: Position
    value: Node


@dataclass(slots=True)
class Table:
    """A mapping; a key may still stand in it twice."""

    position: Position
    entries: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class Alias:
    """A value that stands elsewhere in the file and is repeated here."""

    position: Position
    target: Node


Node = Scalar | Listing | Table | Alias


def gather(name: str, root: Node, folder: Path | None, findings: tuple[Finding, ...] = ()) -> Source:
    """Return the source that a tree stands for.

    A key that stands twice keeps its first value and gives a finding. Raises SourceError for a tree that is too deep or
    unfolds to too much.
    """
    gatherer = _Gatherer(name, list(findings))
    data = gatherer.value(root, ())
    return Source(name, data, gatherer.positions, folder, in_reading_order(gatherer.findings))


class _Gatherer:
    def __init__(self, name: str, findings: list[Finding]) -> None:
        self.name = name
        self.findings = findings
        self.positions: dict[tuple[Key, ...], Position] = {}
        self.alias: Alias | None = None
        self.values = 0
        self.characters = 0

    def value(self, node: Node, path: tuple[Key, ...]) -> Data:
        """Return the node as data and note its position."""
        self.positions.setdefault(path, node.position)
        if isinstance(node, Alias):
            return self._repeated(node, path)
        self._count(node, path)
        if isinstance(node, Scalar):
            return node.text
        if isinstance(node, Listing):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.items)]
        return self._mapping(node, path)

    def _repeated(self, node: Alias, path: tuple[Key, ...]) -> Data:
        outer, self.alias = self.alias, self.alias or node
        data = self.value(node.target, path)
        self.alias = outer
        return data

    def _mapping(self, node: Table, path: tuple[Key, ...]) -> Data:
        data: dict[str, Data] = {}
        for entry in node.entries:
            inner = (*path, entry.key)
            if entry.key in data:
                self._twice(entry, inner)
                continue
            self.positions[KEY_OF + inner] = entry.key_position
            data[entry.key] = self.value(entry.value, inner)
        return data

    def _twice(self, entry: Entry, path: tuple[Key, ...]) -> None:
        first = self.positions[KEY_OF + path]
        key = shorten(entry.key)
        message = f"`{key}` stands twice; the first is in line {first.line}, column {first.column}"
        if self.alias is None:
            self.findings.append(
                fault(self.name, "AW105", message, entry.key_position, path=path_text(path), value=key)
            )

    def _count(self, node: Scalar | Listing | Table, path: tuple[Key, ...]) -> None:
        position = self.alias.position if self.alias else node.position
        if len(path) > MAX_DEPTH:
            refuse(too_deep(self.name, position), *self.findings)
        self.values += 1
        self.characters += len(node.text or "") if isinstance(node, Scalar) else 0
        if self.values > MAX_VALUES or self.characters > MAX_TEXT:
            refuse(self._too_much(position), *self.findings)

    def _too_much(self, position: Position) -> Finding:
        if not self.alias:
            return too_many(self.name, position)
        limit = f"{MAX_VALUES:,} values or {MAX_TEXT // 1_000_000} million characters"
        return fault(self.name, "AW107", f"aliases unfold to more than {limit}", position)
