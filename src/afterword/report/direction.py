"""Which way text runs: each paragraph by its first strong character, whatever the way of the document.

Rules P2 and P3 of the Unicode Bidirectional Algorithm (UAX #9), as `dir=auto` of HTML has them: what is set apart
from its sentence has no say in its direction. Here that is code, which runs from left to right in every language.

One exception, as HL1 allows: what begins with a Latin word and has more words from right to left goes that way where
all around it does, as Arabic sentences often begin with the name of a program.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Literal
from unicodedata import bidirectional

from afterword.report.nodes import (
    Block,
    BulletList,
    FieldText,
    Footnote,
    Inline,
    LineBreak,
    NumberedList,
    Paragraph,
    Placeholder,
    Table,
    Text,
)
from afterword.report.walk import Run, plain_text, walk, within

Direction = Literal["ltr", "rtl"]

_STRONG: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl"}

LEFTWARD = "\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""Blocks whose letters run from right to left (Unicode 16, DerivedBidiClass: R and AL)."""

_LEFTWARD = re.compile(f"[{LEFTWARD}]")

_ARABIC_COMMA = "\N{ARABIC COMMA}"
"""Parts names that follow one another in an Arabic sentence, each of which is to stand for itself."""

_ADDRESS = re.compile(r"://|@")

_LINE = 40
"""Characters of a cell from which it may take several lines, so that the side matters from which they are set."""


def first_strong(characters: Iterable[str]) -> Direction | None:
    """Return the direction of the first strong character outside isolates; None where there is none."""
    isolates = 0
    for character in characters:
        kind = bidirectional(character)
        if kind in {"LRI", "RLI", "FSI"}:
            isolates += 1
        elif kind == "PDI":
            isolates = max(0, isolates - 1)
        elif kind in _STRONG and not isolates:
            return _STRONG[kind]
    return None


def has_leftward(text: str) -> bool:
    """Return whether any letter of a text is written from right to left."""
    return not text.isascii() and _LEFTWARD.search(text) is not None


def direction_of(run: Iterable[Inline], around: Direction) -> Direction:
    """Return the direction of inlines that stand together; that of what is around them where they have none."""
    return _own(tuple(run), around) or around


def direction_beside(run: Iterable[Inline], around: Direction) -> Direction:
    """Return the direction of inlines that begin where something of ours says: in a column, after a mark or label.

    That is the one around them also for a plain text that looks the same in both, such as a name.
    """
    held = tuple(run)
    match held:
        case (Text(text),) | (FieldText(children=(Text(text),)),) if _looks_the_same(text):
            return around
        case _:
            return direction_of(held, around)


def direction_of_value(run: Iterable[Inline], around: Direction) -> Direction:
    """Return the direction of values put together by us, which go the way around them if any part of them does."""
    held = tuple(run)
    if around in {_STRONG.get(bidirectional(each)) for each in plain_text(held)}:
        return around
    return direction_beside(held, around)


def direction_of_code(text: str, around: Direction) -> Direction | None:
    """Return `ltr` for code that has to be kept from what is around it; None where it runs that way anyhow."""
    return "ltr" if around == "rtl" or has_leftward(text) else None


def direction_of_list(block: BulletList | NumberedList, around: Direction) -> Direction:
    """Return the direction of a list, which decides on the side of its marks: the one that its items agree on."""
    return _agreed((_first(item.blocks, around) for item in block.items), around)


def direction_of_table(table: Table, around: Direction) -> Direction:
    """Return the direction of a table, which decides on the order of its columns: the one that all cells agree on."""
    titles = (_own(column.title, around) for column in table.columns)
    cells = (_first(cell.blocks, around) for row in table.rows for cell in row.cells)
    return _agreed(chain(titles, cells), around)


def directions_of_columns(table: Table, around: Direction) -> tuple[Direction, ...]:
    """Return from which side each column is set: for one of longer texts, the one that its cells agree on.

    So a column has one edge. One of short values, or one that is centred or set from its end, goes with the table.
    """
    return tuple(
        _of_column([row.cells[index].blocks for row in table.rows if index < len(row.cells)], around)
        if column.align == "start"
        else around
        for index, column in enumerate(table.columns)
    )


def _of_column(cells: list[tuple[Block, ...]], around: Direction) -> Direction:
    own = _agreed((_first(blocks, around) for blocks in cells), around)
    return own if own == around or any(len(plain_text(blocks)) > _LINE for blocks in cells) else around


Stretch = tuple[Run, Direction]
"""Inlines that follow one another, and the way in which they run."""


def stretches(run: Run, around: Direction, breaks: Callable[[str], bool]) -> Iterator[Stretch]:
    """Yield the inlines of a run, with those together that run against it over more than one of them.

    For who draws each inline by itself and puts one after the other. `breaks` says of a text that it is drawn in
    several pieces.
    """
    if not _is_mixed(run, around):
        yield run, around
        return
    other: Direction = "rtl" if around == "ltr" else "ltr"
    places = list(_places(run, around))
    end = (0, 0)
    for start, stop in _against(places, around):
        first, last = places[start][0], _after(places[stop][0], run)
        last = _closed(run, first, last)
        held = tuple(_between(run, first, last))
        if len(held) > 1 or breaks(plain_text(held)):
            yield tuple(_between(run, end, first)), around
            yield held, other
            end = last
    yield tuple(_between(run, end, (len(run), 0))), around


_Place = tuple[int, int]
"""An inline of a run, and a character of its text."""


def _is_mixed(run: Run, around: Direction) -> bool:
    return around == "rtl" or has_leftward(plain_text(run))


def _places(run: Run, around: Direction) -> Iterator[tuple[_Place, Direction | None]]:
    """Yield each character of the texts of a run, and each other inline of it, with the way that it runs."""
    before = around
    for index, inline in enumerate(run):
        if not isinstance(inline, Text):
            way = _way(inline, around)
            before = way or before
            yield (index, 0), way
            continue
        for offset, character in enumerate(inline.text):
            kind = bidirectional(character)
            way = "rtl" if character == _ARABIC_COMMA else _STRONG.get(kind)
            before = way or before
            yield (index, offset), before if kind == "EN" else way  # rule W7: numbers follow letters


def _way(inline: Inline, around: Direction) -> Direction | None:
    if isinstance(inline, LineBreak | Footnote):
        return around  # nothing runs over these
    return _own((inline,), around)  # code has none: it is kept apart, as an isolate is (rule BD8)


def _against(places: list[tuple[_Place, Direction | None]], around: Direction) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of the places that run against the rest with nothing of the rest between them."""
    start = last = -1
    for index, (_, way) in enumerate(places):
        if way == around and start >= 0:
            yield start, last
            start = -1
        elif way and way != around:
            start, last = (index if start < 0 else start), index
    if start >= 0:
        yield start, last


def _closed(run: Run, start: _Place, end: _Place) -> _Place:
    """Return the end of a stretch behind the brackets there that are opened in it (rule N0)."""
    text = plain_text(tuple(_between(run, start, end)))
    rest = plain_text(tuple(_between(run, end, (len(run), 0))))
    for opening, closing in ("()", "[]", "{}"):
        if rest.startswith(closing) and text.count(opening) > text.count(closing):
            return _after(end, run)
    return end


def _after(place: _Place, run: Run) -> _Place:
    index, offset = place
    held = run[index]
    return (index, offset + 1) if isinstance(held, Text) and offset + 1 < len(held.text) else (index + 1, 0)


def _between(run: Run, start: _Place, end: _Place) -> Iterator[Inline]:
    """Yield the inlines from one place up to another, texts cut there."""
    for index in range(start[0], min(end[0] + 1, len(run))):
        inline = run[index]
        if not isinstance(inline, Text):
            if index < end[0]:
                yield inline
            continue
        text = inline.text[start[1] if index == start[0] else 0 : end[1] if index == end[0] else None]
        if text:
            yield Text(text)


def _looks_the_same(text: str) -> bool:
    """Return whether a text begins and ends with letters or numbers that run one way."""
    kinds = {bidirectional(each) for each in text}
    strong = {_STRONG[kind] for kind in kinds & _STRONG.keys()}
    if not text or len(strong) != 1 or "AN" in kinds:
        return False
    return bidirectional(text[0]) in _STRONG and bidirectional(text[-1]) in {*_STRONG, "EN"}


def _agreed(found: Iterable[Direction | None], around: Direction) -> Direction:
    ways = {each for each in found if each}
    return ways.pop() if len(ways) == 1 else around


def _first(blocks: Iterable[Block], around: Direction) -> Direction | None:
    """Return the direction of the first paragraph in blocks that has one."""
    owns = (_own(part.children, around) for part in walk(*blocks) if isinstance(part, Paragraph))
    return next((own for own in owns if own), None)


def _own(run: Run, around: Direction) -> Direction | None:
    """Return the direction that a run has of itself, of which what is around it may be the judge."""
    texts = [inline.text for inline in within(run) if isinstance(inline, Text | Placeholder)]
    first = first_strong(chain.from_iterable(texts))
    if first != "ltr" or around == "ltr":
        return first
    ways = [first_strong(word) for word in "".join(texts).split() if not _ADDRESS.search(word)]
    return "rtl" if ways.count("rtl") > ways.count("ltr") else "ltr"
