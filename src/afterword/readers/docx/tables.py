"""Tables of Word as tables of Markdown: merged cells, heads, and cells of several paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from afterword.readers.docx.names import W, attribute, is_on, local, number, under
from afterword.readers.docx.package import Node
from afterword.vocabulary.moments import read_moment

LINE = "<br>"
PARAGRAPH = LINE + LINE
MOST_COLUMNS = 63
"""Columns that Word can have in a table."""

CellText = Callable[[Node], tuple[str, int]]
"""Returns the text of a cell as Markdown on one line, and the number of its first paragraph."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row with a text for each column of the table."""

    texts: tuple[str, ...]
    paragraph: int
    is_head: bool


def rows_of(table: Node) -> Iterator[Node]:
    """Yield the rows of a table, those in content controls and revisions too."""
    for child in table:
        if child.tag == f"{W}tr":
            yield child
        elif local(child) in {"sdt", "sdtContent", "customXml", "ins", "moveTo"}:
            yield from rows_of(child)


def cells_of(row: Node) -> Iterator[Node]:
    """Yield the cells of a row, those in content controls too."""
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif local(child) in {"sdt", "sdtContent", "customXml"}:
            yield from cells_of(child)


def is_single(table: Node) -> bool:
    """Return whether a table has one column: it is a frame around text, and no table."""
    return all(sum(1 for _ in cells_of(row)) <= 1 for row in rows_of(table))


def is_deleted(row: Node) -> bool:
    """Return whether a reviewer took a row out (ECMA-376-1, 17.13.5.12)."""
    return is_on(under(row, "trPr"), "del") is not None


def grid(table_rows: Iterable[Node], text_of: CellText) -> list[GridRow]:
    """Return rows of a table; of cells that are merged, the first has the text and the others are empty."""
    rows = []
    for row in table_rows:
        properties = under(row, "trPr")
        texts = [""] * min(number(attribute(under(properties, "gridBefore"), "val")), MOST_COLUMNS)
        first = 0
        for cell in cells_of(row):
            text, paragraph = text_of(cell)
            first = first or paragraph
            own = under(cell, "tcPr")
            merged = under(own, "vMerge")
            goes_on = merged is not None and attribute(merged, "val") != "restart"
            span = min(max(number(attribute(under(own, "gridSpan"), "val"), 1), 1), MOST_COLUMNS)
            texts += ["" if goes_on and not text else text, *[""] * (span - 1)]
        rows.append(GridRow(tuple(texts), first, bool(is_on(properties, "tblHeader"))))
    return rows


def table_lines(rows: Sequence[GridRow]) -> tuple[list[str], list[int]]:
    """Return a table as lines, and the paragraph of each; a first row that is no head gets an empty one above it."""
    width = max(len(row.texts) for row in rows)
    before = rows[0].paragraph
    head = rows[:1] if _has_head(rows) else []
    lines = [_line(head[0].texts if head else (), width), _line(["---"] * width, width)]
    lines += [_line(row.texts, width) for row in rows[len(head) :]]
    return lines, [before, before, *(row.paragraph or before for row in rows[len(head) :])]


def _has_head(rows: Sequence[GridRow]) -> bool:
    """Return whether the first row is one of heads: it says so, or it is not the first of the times below it."""
    if rows[0].is_head:
        return True
    return len(rows) > 1 and not any(
        (moment := read_moment(text)) and moment.seconds is not None for text in rows[0].texts
    )


def _line(texts: Sequence[str], width: int) -> str:
    return f"| {' | '.join([*texts, *[''] * (width - len(texts))])} |"
