"""Blocks of rich text, from whatever format, and the Markdown that they are written down as."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from afterword.readers.rich.escapes import fenced, line_started
from afterword.readers.rich.inlines import BREAK, Piece, line_of


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, or a heading where it has a level."""

    pieces: Sequence[Piece]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Code:
    """Lines as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody else said, or what is set apart."""

    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Items:
    """A list; numbered where it has a first number. The box of a task stands in the words of its item."""

    items: Sequence[Sequence[Block]]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, its first row the header."""

    rows: Sequence[Sequence[Sequence[Block]]]


Block = TextBlock | Code | Rule | Quote | Items | Grid


def markdown_of(blocks: Sequence[Block]) -> str:
    """Return blocks as Markdown, one empty line between two of them."""
    return "\n\n".join(filter(None, map(_block, blocks)))


def _block(block: Block) -> str:
    match block:
        case TextBlock():
            return _words(block)
        case Code():
            return fenced(block.text.strip("\n"))
        case Rule():
            return "---"
        case Quote():
            return "\n".join(f"> {line}".rstrip() for line in markdown_of(block.blocks).split("\n"))
        case Items():
            return _items(block)
        case Grid():
            return _grid(block)


def _words(words: TextBlock) -> str:
    if words.level:
        text = " ".join(_lines(words.pieces))
        return f"{'#' * min(words.level, 6)} {text}" if text else ""
    return "\\\n".join(line_started(line) for line in _lines(words.pieces))


def _lines(pieces: Sequence[Piece]) -> list[str]:
    found = (re.sub(r"[ \t\n]+", " ", line).strip() for line in line_of(pieces).split(BREAK))
    return [line for line in found if line]


def _items(items: Items) -> str:
    lines: list[str] = []
    for number, item in enumerate(items.items, items.start or 0):
        mark = "- " if items.start is None else f"{number}. "
        text = _item(item)
        lines.append(mark + text.replace("\n", "\n" + " " * len(mark)) if text else mark.strip())
    return re.sub(r"(?m)^ +$", "", "\n".join(lines))


def _item(blocks: Sequence[Block]) -> str:
    """Return what stands in an item; a list right after its words stays close to them."""
    text = ""
    for block in blocks:
        written = _block(block)
        gap = "\n" if isinstance(block, Items) else "\n\n"
        text += (gap if text and written else "") + written
    return text


def _grid(grid: Grid) -> str:
    rows = [[_cell(cell) for cell in row] for row in grid.rows if row]
    width = max(map(len, rows), default=0)
    if not width:
        return ""
    head, *body = [[*row, *[""] * (width - len(row))] for row in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * width, *body))


def _cell(blocks: Sequence[Block]) -> str:
    """Return what stands in a cell, which has one line."""
    text = " ".join(markdown_of(blocks).replace("\\\n", " ").split())
    return re.sub(r"(?<!\\)\|", r"\\|", text)
