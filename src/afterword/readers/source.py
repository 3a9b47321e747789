"""What a reader brings back: data as it was written, and where each value stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from afterword.diagnostics import Finding, Place

Key = str | int
Data = str | None | list["Data"] | dict[str, "Data"]
"""Scalars are text exactly as written (`0x19`, `007`, `1.10`, `true`); null is None."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a value starts, both counted from 1, columns in characters."""

    line: int
    column: int
    text_line: int = 0
    """Line of the first line of text for a value whose lines are those of the file (a YAML `|` block), else 0."""


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

    def place(self, path: tuple[Key, ...]) -> Place:
        """Return the place of the value at `path`, or of the nearest thing around it that is known."""
        for length in range(len(path), -1, -1):
            position = self.positions.get(path[:length])
            if position is not None:
                return Place(self.name, position.line, position.column)
        return Place(self.name)


def path_text(path: tuple[Key, ...]) -> str:
    """Return a path as people read it: `timeline[3].time`."""
    text = ""
    for key in path:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else key
    return text
