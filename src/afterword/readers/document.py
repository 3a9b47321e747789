"""A text document as its author divided it: front matter, sections inside each other, blocks with their source text.

Readers of text formats make it, `interpret` reads it. Lines and columns are those of the file, from 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from afterword.readers.source import Position

BlockKind = Literal["text", "list", "numbers", "table", "code", "quote", "rule"]


@dataclass(frozen=True, slots=True)
class Span:
    """Text of the document, and where it stands."""

    text: str
    line: int
    column: int = 1
    is_exact: bool = True
    """Whether its lines are those of the file from `column` on, so that each character of it has a place."""

    @property
    def position(self) -> Position:
        """Return the position of the span, with that of its text where it is exact."""
        if self.is_exact:
            return Position(self.line, self.column, self.line, self.column)
        return Position(self.line, self.column)

    def but(self, text: str) -> Span:
        """Return the span with another text; its end keeps its place, any other text has only the line."""
        cut = len(self.text) - len(text)
        if self.is_exact and cut >= 0 and self.text.endswith(text) and "\n" not in text:
            before = self.text[:cut]
            skipped = before.count("\n")
            column = cut - before.rfind("\n") - 1 if skipped else cut
            return Span(text, self.line + skipped, self.column + column)
        return Span(text, self.line, self.column, is_exact=False)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: tuple[Span, ...]
    source: Span


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a section."""

    kind: BlockKind
    source: Span
    items: tuple[Span, ...] = ()
    """The items of a list, without their marks."""

    rows: tuple[Row, ...] = ()
    """The rows of a table; the first is its header."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with all that stands below it."""

    title: str
    """The heading's text, in its own markup."""

    level: int
    heading: Span
    blocks: tuple[Block, ...]
    """What stands before the first heading inside it."""

    sections: tuple[Section, ...]
    body: Span
    """Everything below the heading, headings inside it included."""

    def walk(self) -> Iterator[Section]:
        """Yield the section and those inside it."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True, slots=True)
class Document:
    """A document that has been read and not yet understood."""

    name: str
    folder: Path | None
    text: str
    """The text without front matter and comments; its lines are those of the file."""

    front: tuple[tuple[str, tuple[Span, ...]], ...]
    """Front matter: each key with its value, or the values of its list."""

    blocks: tuple[Block, ...]
    """What stands before the first heading."""

    sections: tuple[Section, ...]
    aside: tuple[Span, ...] = ()
    """What readers of the document do not see: comments, and front matter that cannot be read."""

    definitions: tuple[tuple[str, Span], ...] = ()
    """Addresses of links and texts of notes, by their labels; they stand in no block."""

    def walk(self) -> Iterator[Section]:
        """Yield all sections, in reading order."""
        for section in self.sections:
            yield from section.walk()


def joined(blocks: tuple[Block, ...]) -> Span:
    """Return the source of blocks that follow each other, as one span; there has to be one block at least."""
    first = blocks[0].source
    lines: list[str] = []
    for block in blocks:
        gap = block.source.line - first.line - len(lines)
        lines += [""] * max(gap, 0 if not lines else 1)
        lines += block.source.text.split("\n")
    return Span("\n".join(lines), first.line, first.column, all(block.source.is_exact for block in blocks))
