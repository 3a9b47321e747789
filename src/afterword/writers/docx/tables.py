"""Tables and facts as Word tables with fixed columns, a repeated header row and rows that stay whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from afterword.report.direction import (
    Direction,
    direction_beside,
    direction_of_table,
    direction_of_value,
    directions_of_columns,
)
from afterword.report.nodes import Block, Cell, Column, Facts, Inline, Row, Table, Text
from afterword.report.walk import plain_text
from afterword.writers.docx.captions import anchored, draw_caption
from afterword.writers.docx.inlines import draw_inlines, facing, way
from afterword.writers.docx.manuscript import Frame, Manuscript
from afterword.writers.docx.markup.element import Element
from afterword.writers.docx.markup.paragraphs import paragraph
from afterword.writers.docx.markup.runs import Look
from afterword.writers.docx.markup.tables import Grid, cell, keep_row, row, table

Find = Callable[[Sequence[Inline], Direction], Direction]
DrawBlocks = Callable[[Iterable[Block], Frame, Manuscript], list[Element]]

_MOST_COLUMNS = 63
"""Columns that Word takes in one table."""

_PADDING = 182
"""Of a cell, left and right together, in twips, as the base document has it."""

_TIGHT = 45
"""Of a cell of a table in a cell, left and right each, in twips: the 0.8 mm of `report.css`."""

_LONGEST_WORD, _BOLD = 16, 1.15
"""Characters of a word that still ask for width in such a table, and how much wider they are in its head."""

_LABEL_SHARE = 0.26
_NARROWEST = 300
"""Twips that a column has at least, however many there are."""

_TALL_ROW = 30
"""Lines from which a row may break over pages: a taller one that stays whole would leave a page half empty."""

_WHOLE_TABLE, _WHOLE_FACTS = 6, 12
"""Body rows up to which a table, or facts, stay on one page; `print.css` says the same for the PDF."""

_CHARACTER = 0.55
"""Width of a character as part of the type size, on average."""

_STYLES = {"center": "Center", "end": "End", "start": ""}


def draw_table(block: Table, frame: Frame, manuscript: Manuscript, draw_blocks: DrawBlocks) -> list[Element]:
    """Return a table with its caption above it; one with more columns than Word takes becomes several."""
    caption = draw_caption(block, "TableCaption", frame, manuscript)
    head = caption or anchored(block.anchor, (), manuscript)
    if len(block.columns) > _MOST_COLUMNS:
        manuscript.notice(
            "AW502", f"Word takes {_MOST_COLUMNS} columns in a table; one of {len(block.columns)} was cut into several"
        )
    for part in _parts(block):
        head += [_table(part, frame, manuscript, draw_blocks), paragraph("AfterTable")]
    return head


def _parts(block: Table) -> Iterator[Table]:
    """Yield the table in parts that have no more columns than Word takes."""
    for start in range(0, len(block.columns), _MOST_COLUMNS):
        chosen = slice(start, start + _MOST_COLUMNS)
        rows = tuple(replace(each, cells=each.cells[chosen]) for each in block.rows)
        headers = block.row_headers and not start
        yield replace(block, columns=block.columns[chosen], rows=rows, row_headers=headers)


def _table(block: Table, frame: Frame, manuscript: Manuscript, draw_blocks: DrawBlocks) -> Element:
    inside = frame.style.startswith("Table")  # in a cell
    own = direction_of_table(block, way(frame.look))
    widths = _widths(_words(block) if inside else [column.width for column in block.columns], frame)
    grid = Grid(
        style=f"Table{(block.role or 'report').title()}",
        widths=widths,
        indent=frame.indent,
        padding=_TIGHT if inside else 0,
        header_row=True,
        row_headers=block.row_headers,
        rtl=own == "rtl",
        **_told(block, manuscript),
    )
    looks = [facing(manuscript.look, each) for each in directions_of_columns(block, own)]
    columns = list(zip(block.columns, widths, looks, strict=True))
    header = row([_heading(*each, manuscript) for each in columns], header=True)
    body = [_row(each, block, columns, manuscript, draw_blocks) for each in block.rows]
    _keep_together(body, _WHOLE_TABLE)
    return table(grid, [header, *body])


def _keep_together(rows: Sequence[Element], most: int) -> None:
    """Keep the rows of a short table on one page; of a longer one, leave no row alone on the first or the last page."""
    kept = rows[:-1] if len(rows) <= most else (rows[0], rows[-2])
    for each in kept:
        keep_row(each)


def _told(block: Table, manuscript: Manuscript) -> dict[str, str]:
    """Return title and description of a table for those who cannot see it: what it has of both, or its columns."""
    heads = [plain_text(column.title).strip() for column in block.columns]
    columns = ", ".join(filter(None, heads)) or manuscript.report.words.table
    return {
        "title": manuscript.line(plain_text(block.caption) or block.description or columns),
        "description": manuscript.line(block.description or columns),
    }


def _words(block: Table) -> list[float]:
    """Return shares of the width by the longest word of each column: a table in a cell has room for little more."""
    heads = [_longest(plain_text(column.title)) * _BOLD for column in block.columns]
    cells = zip(*(each.cells for each in block.rows), strict=True) if block.rows else [()] * len(heads)
    bodies = [max((_longest(plain_text(held.blocks)) for held in column), default=0) for column in cells]
    return [max(head, body) + 1 for head, body in zip(heads, bodies, strict=True)]


def _longest(text: str) -> int:
    return min(_LONGEST_WORD, max((len(word) for word in text.split()), default=0))


def _widths(shares: Sequence[float], frame: Frame) -> list[int]:
    """Return the widths of columns in twips, which add up to the width of the frame where that is wide enough."""
    room = max(frame.width - frame.indent, _NARROWEST * len(shares))
    whole = sum(shares) or 1.0
    widths = [max(_NARROWEST, round(room * share / whole)) for share in shares]
    widths[-1] = max(_NARROWEST, room - sum(widths[:-1]))
    return widths


_Drawn = tuple[Column, int, Look]
"""A column with its width in twips and the look of plain text in it."""


def _heading(column: Column, width: int, look: Look, manuscript: Manuscript) -> Element:
    style = f"TableHeading{_STYLES[column.align]}"
    return cell(width, [cell_paragraph(style, column.title, replace(look, bold_around=True), manuscript)])


def cell_paragraph(
    style: str, children: Sequence[Inline], look: Look, manuscript: Manuscript, find: Find = direction_beside
) -> Element:
    """Return a paragraph in a column of this look: it runs its own way, and is set from the column's side."""
    around = way(look)
    own = find(children, around)
    edge = "" if own == around or style.endswith("Center") else "left" if style.endswith("End") else "right"
    turn = manuscript.turn(own, edge)
    return paragraph(style, draw_inlines(children, facing(look, own), manuscript), turn=turn)


def _row(
    each: Row, block: Table, columns: Sequence[_Drawn], manuscript: Manuscript, draw_blocks: DrawBlocks
) -> Element:
    cells: list[Element] = []
    for index, (held, (column, width, look)) in enumerate(zip(each.cells, columns, strict=False)):
        style = _cell_style(held, column, header=block.row_headers and index == 0 and block.role != "timeline")
        inside = Frame(width - _PADDING, look, style, is_beside=True)
        cells.append(cell(width, draw_blocks(held.blocks, inside, manuscript) or [paragraph(style)]))
    return row(cells, whole=_is_short(each, [width for _, width, _ in columns], manuscript))


def _cell_style(held: Cell, column: Column, *, header: bool) -> str:
    if held.role.startswith("phase-"):
        return held.role.title().replace("-", "")
    return f"{'TableRowHeading' if header else 'TableText'}{_STYLES[column.align]}"


def _is_short(each: Row, widths: Sequence[int], manuscript: Manuscript) -> bool:
    """Return whether a row is low enough to stay whole, by an estimate of its lines."""
    character = manuscript.options.theme.sizes.small * 20 * _CHARACTER
    texts = (plain_text(held.blocks) for held in each.cells)
    return all(
        _lines(text, max(1, int((width - _PADDING) / character))) < _TALL_ROW
        for text, width in zip(texts, widths, strict=False)
    )


def _lines(text: str, per_line: int) -> int:
    return sum(1 + len(line) // per_line for line in text.split("\n"))


def draw_facts(block: Facts, frame: Frame, manuscript: Manuscript) -> list[Element]:
    """Return labels and values as a table of two columns, the labels as row headers."""
    if not block.facts:
        return []
    widths = _widths([_LABEL_SHARE, 1 - _LABEL_SHARE], frame)
    told = manuscript.line(block.description or ", ".join(fact.label for fact in block.facts))
    grid = Grid("TableFacts", widths, frame.indent, row_headers=True, rtl=manuscript.rtl, title=told, description=told)
    rows = []
    for fact in block.facts:
        label = cell_paragraph("FactLabel", (Text(fact.label),), manuscript.look, manuscript)
        value = cell_paragraph("TableText", fact.value, manuscript.look, manuscript, direction_of_value)
        rows.append(row([cell(widths[0], [label]), cell(widths[1], [value])]))
    _keep_together(rows, _WHOLE_FACTS)
    return [table(grid, rows), paragraph("AfterTable")]
