"""Nodes in their plainest form: text joined, empty pieces left out, column widths found from the contents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby
from typing import Literal

from afterword.report.nodes import (
    Block,
    Cell,
    Code,
    Column,
    Emphasis,
    Footnote,
    Inline,
    Paragraph,
    Row,
    Strike,
    Strong,
    Table,
    Text,
)
from afterword.report.rebuild import blocks_with
from afterword.report.walk import plain_text

Align = Literal["start", "center", "end"]

_HYPHEN = re.compile(r"-(?=[^\W\d_])")
_MARKS = (Strong, Emphasis, Strike)

_LONGEST_LINE = 60
"""Characters of a cell that still ask for width; what is longer is folded anyway."""

_SMALLEST_SHARE = 0.35
"""Part of an even share that every column gets at least."""

_CHARACTERS, _PADDING, _LONGEST_WORD = 90, 2, 16
"""Bold characters in a line as wide as the page, how many the space beside a cell takes, and the longest word kept."""

_BROKEN_WORD = 10
"""Characters in a line of a word that is broken."""

_USUAL_LETTERS, _WIDE, _NARROW = 84, 1.6, 0.7
"""Usual letters in a line of a table as wide as the page, in the largest type; the widths of others in usual ones."""


def text(value: str) -> tuple[Inline, ...]:
    """Return plain text as inlines; none for an empty text."""
    return (Text(value),) if value else ()


def paragraph(value: str) -> Paragraph:
    """Return a paragraph of plain text."""
    return Paragraph(text(value))


def cell(inlines: tuple[Inline, ...], role: str = "") -> Cell:
    """Return a cell of a table with one paragraph, an empty one without inlines."""
    return Cell((Paragraph(inlines),) if inlines else (), role)


def joined(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Return the inlines with neighbours of one kind joined, empty ones left out, and no mark inside itself.

    Strong text inside strong text says nothing more, so it is unwrapped; the same goes for emphasis and
    strike.
    """
    return _joined(inlines, frozenset())


def _joined(inlines: Iterable[Inline], around: frozenset[type]) -> tuple[Inline, ...]:
    found: list[Inline] = []
    for kind, group in groupby(_unwrapped(inlines, around), key=type):
        alike = tuple(group)
        if kind in (Text, Code):
            found.append(kind(plain_text(alike)))
        elif kind in _MARKS and len(alike) > 1:
            children = chain.from_iterable(mark.children for mark in alike if isinstance(mark, _MARKS))
            found.append(kind(_joined(children, around | {kind})))
        else:
            found.extend(alike)
    return tuple(found)


def _unwrapped(inlines: Iterable[Inline], around: frozenset[type]) -> Iterator[Inline]:
    for inline in inlines:
        match inline:
            case Text("") | Code(""):
                continue
            case Strong() | Emphasis() | Strike() if type(inline) in around:
                yield from _unwrapped(inline.children, around)
            case Strong() | Emphasis() | Strike():
                children = _joined(inline.children, around | {type(inline)})
                if children:
                    yield replace(inline, children=children)
            case _:
                yield inline


def table(
    titles: Sequence[tuple[Inline, ...]], aligns: Sequence[Align], rows: Sequence[Sequence[tuple[Block, ...]]]
) -> Table:
    """Return a table of prose, its columns as wide as their contents ask for."""
    cells = [[plain_text(blocks_with(blocks, _without_notes)) for blocks in row] for row in rows]
    widths = column_widths([plain_text(title) for title in titles], cells)
    columns = tuple(Column(*parts) for parts in zip(titles, widths, aligns, strict=True))
    return Table(columns, tuple(Row(tuple(Cell(blocks) for blocks in row)) for row in rows), role="prose")


def _without_notes(inline: Inline) -> tuple[Inline, ...]:
    """Return nothing for a note, which stands elsewhere and asks for no room in a cell."""
    return () if isinstance(inline, Footnote) else (inline,)


def column_widths(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Return the share of each column in a table's width; the shares add up to 1.

    A share has room for the longest word of the column where all have, is never far below a third of an even one,
    and grows with the longest line, up to 60 characters.
    """
    if not titles:
        return ()
    columns = [*zip(titles, *rows, strict=True)]
    asked = [_asked(column) for column in columns]
    least = [max(_SMALLEST_SHARE / len(columns), _room(column)) for column in columns]
    free = max(0.0, 1 - sum(least))
    wide = [share + free * each / sum(asked) for share, each in zip(least, asked, strict=True)]
    shares = [round(share / sum(wide), 4) for share in wide]
    return (*shares[:-1], round(1 - sum(shares[:-1]), 4))


def fitted_widths(usual: Sequence[float], pieces: Sequence[Iterable[str]]) -> tuple[float, ...]:
    """Return the share of each column in a table's width; the shares add up to 1.

    Shares are the usual ones where all pieces fit, of which no line is to break any. A column that its longest piece
    does not fit into takes what it needs from those that have more than they need.
    """
    asked = [_need(column) for column in pieces]
    least = [share / max(1.0, sum(asked)) for share in asked]
    spare = [max(0.0, share / sum(usual) - need) for share, need in zip(usual, least, strict=True)]
    free = max(0.0, 1 - sum(least)) / (sum(spare) or 1.0)
    shares = [round(need + free * each, 4) for need, each in zip(least, spare, strict=True)]
    return (*shares[:-1], round(1 - sum(shares[:-1]), 4))


def _need(pieces: Iterable[str]) -> float:
    """Return the share that a column needs for its longest piece; what is longer than any word is broken anyway."""
    kept = (_letters(piece) if len(piece) <= _LONGEST_WORD else _BROKEN_WORD for piece in pieces)
    return (max(kept, default=0.0) + _PADDING) / _USUAL_LETTERS


def _letters(piece: str) -> float:
    """Return how many usual letters are as wide as this piece."""
    return sum(_WIDE if each in "mwMW@" else _NARROW if each in "fijlrt.,:;/()-" else 1.0 for each in piece)


def words_of(cells: Iterable[str]) -> Iterator[str]:
    """Yield the words of some cells, in parts where a hyphen lets a line end: before a letter, not before a digit."""
    return (word for each in cells for word in _HYPHEN.sub("- ", each).split())


def _room(cells: Iterable[str]) -> float:
    """Return the share that the longest word of a column needs on a page, with the space beside it."""
    longest = max((len(word) for cell in cells for word in cell.split()), default=0)
    return (min(longest, _LONGEST_WORD) + _PADDING) / _CHARACTERS


def _asked(cells: Iterable[str]) -> int:
    return max(min(max(len(cell), 3), _LONGEST_LINE) for cell in cells)
