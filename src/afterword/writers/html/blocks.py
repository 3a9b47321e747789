"""Blocks as HTML: one function per node, in the order of nodes.py."""

from __future__ import annotations

from itertools import zip_longest
from typing import assert_never

from markupsafe import Markup

from afterword.report.direction import (
    Direction,
    direction_of,
    direction_of_list,
    direction_of_table,
    direction_of_value,
    directions_of_columns,
    first_strong,
)
from afterword.report.nodes import (
    BarChart,
    Block,
    BulletList,
    Callout,
    Cell,
    CodeBlock,
    Column,
    Divider,
    Fact,
    Facts,
    FieldBlock,
    Figure,
    Inline,
    ListItem,
    NumberedList,
    Paragraph,
    Picture,
    Quote,
    Row,
    Table,
    Text,
    TimelineDrawing,
)
from afterword.templating import join, macro
from afterword.writers.base import is_short
from afterword.writers.html.inlines import draw_inlines, draw_isolated, draw_text
from afterword.writers.html.medium import NODES, Medium

_DONE, _NOT_DONE = "☑", "☐"


def draw_blocks(blocks: tuple[Block, ...], medium: Medium) -> Markup:
    """Return the markup of blocks that follow one another."""
    return join([draw_block(block, medium) for block in blocks])


def draw_block(block: Block, medium: Medium) -> Markup:  # noqa: C901, PLR0911 (one case per node)
    """Return the markup of one block."""
    match block:
        case Paragraph():
            return _paragraph(block, medium)
        case BulletList():
            return macro(NODES, "bullet_list")(_items(block, medium), block.tight, _way_of_list(block, medium))
        case NumberedList():
            items, digits = _items(block, medium), len(str(block.start + len(block.items) - 1))
            way = _way_of_list(block, medium)
            return macro(NODES, "numbered_list")(items, block.start, block.tight, block.role, digits, way)
        case Table():
            return _table(block, medium)
        case Facts():
            return _facts(block, medium)
        case CodeBlock():
            return macro(NODES, "code_block")(draw_text(block.text), block.language, is_short(block))
        case Quote():
            return macro(NODES, "quote")(draw_blocks(block.blocks, _apart(medium)))
        case Callout():
            blocks, way = draw_blocks(block.blocks, _apart(medium)), _way_of_text(block.title, medium)
            return macro(NODES, "callout")(block.kind, block.title, blocks, way)
        case Figure():
            return _figure(block, medium)
        case Divider():
            return macro(NODES, "divider")()
        case FieldBlock():
            return draw_blocks(block.blocks, medium)
        case _:
            assert_never(block)


def _paragraph(paragraph: Paragraph, medium: Medium) -> Markup:
    if medium.is_beside:
        return macro(NODES, "paragraph")(draw_isolated(paragraph.children, medium), paragraph.role)
    own = direction_of(paragraph.children, medium.direction)
    drawn = draw_inlines(paragraph.children, medium.towards(own))
    return macro(NODES, "paragraph")(drawn, paragraph.role, medium.turn(own))


def _apart(medium: Medium) -> Medium:
    """Return the medium inside a box of its own, where each paragraph is set from the side where it begins."""
    return medium.towards(medium.direction, is_beside=False)


def _way_of_text(text: str, medium: Medium) -> str:
    return medium.turn(first_strong(text) or medium.direction)


def _way_of_list(block: BulletList | NumberedList, medium: Medium) -> str:
    return medium.turn(_direction_of_list(block, medium))


def _direction_of_list(block: BulletList | NumberedList, medium: Medium) -> Direction:
    """Return the direction of a list; one inside a list or a column keeps to the side of that."""
    return medium.direction if medium.is_beside else direction_of_list(block, medium.direction)


def _items(block: BulletList | NumberedList, medium: Medium) -> Markup:
    inside = medium.towards(_direction_of_list(block, medium), is_beside=True)
    return join([_item(item, inside, tight=block.tight) for item in block.items])


def _item(item: ListItem, medium: Medium, *, tight: bool) -> Markup:
    content = _tight(item.blocks, medium) if tight else draw_blocks(item.blocks, medium)
    if item.checked is None:
        return macro(NODES, "list_item")(content)
    words = medium.words
    box, state = (_DONE, words.done) if item.checked else (_NOT_DONE, words.not_done)
    return macro(NODES, "task_item")(content, box, state)


def _tight(blocks: tuple[Block, ...], medium: Medium) -> Markup:
    """Return blocks whose first paragraph, if it is a plain one, stands without an element of its own."""
    match blocks:
        case (FieldBlock(blocks=inner), *rest):
            return _tight((*inner, *rest), medium)
        case (Paragraph(children=children, role=""), *rest):
            return draw_isolated(children, medium) + draw_blocks(tuple(rest), medium)
        case _:
            return draw_blocks(blocks, medium)


def _table(table: Table, medium: Medium) -> Markup:
    own = direction_of_table(table, medium.direction)
    inside = medium.towards(own, is_beside=True)
    ways = directions_of_columns(table, own)
    columns = [_column(column, way, inside) for column, way in zip(table.columns, ways, strict=True)]
    rows = join([_row(row, table, ways, inside) for row in table.rows])
    caption = _caption(medium.words.table, table.number, table.caption, medium)
    way = medium.turn(own)
    return macro(NODES, "table")(columns, rows, caption, table.description, table.role, table.anchor, way)


def _column(column: Column, way: Direction, medium: Medium) -> dict[str, object]:
    title = draw_isolated(column.title, medium.towards(way))
    return {"title": title, "width": column.width, "align": _align(column), "way": medium.turn(way)}


def _align(column: Column | None) -> str:
    return f"align-{column.align}" if column and column.align != "start" else ""


def _row(row: Row, table: Table, ways: tuple[Direction, ...], medium: Medium) -> Markup:
    cells = [
        _cell(cell, column, way or medium.direction, medium, header=table.row_headers and index == 0)
        for index, (cell, column, way) in enumerate(zip_longest(row.cells, table.columns, ways))
        if cell is not None
    ]
    return macro(NODES, "row")(join(cells), row.role)


def _cell(cell: Cell, column: Column | None, way: Direction, medium: Medium, *, header: bool) -> Markup:
    name = "row_header" if header else "cell"
    content = _tight(cell.blocks, medium.towards(way))
    return macro(NODES, name)(content, _align(column), cell.role, medium.turn(way))


def _facts(facts: Facts, medium: Medium) -> Markup:
    rows = [_fact(fact, medium) for fact in facts.facts]
    return macro(NODES, "facts")(join(rows), facts.description)


def _fact(fact: Fact, medium: Medium) -> Markup:
    label = draw_isolated((Text(fact.label),), medium)
    return macro(NODES, "fact")(
        label, draw_isolated(fact.value, medium, direction_of_value(fact.value, medium.direction))
    )


def _figure(figure: Figure, medium: Medium) -> Markup:
    caption = _caption(medium.words.figure, figure.number, figure.caption, medium)
    return macro(NODES, "figure")(_content(figure, medium), caption, figure.anchor)


def _content(figure: Figure, medium: Medium) -> Markup:
    alt = figure.alt.strip() or medium.words.figure
    match figure.content:
        case Picture(asset=key):
            asset = medium.assets[key]
            return macro(NODES, "picture")(medium.url_of(key), alt, asset.width, asset.height)
        case TimelineDrawing() | BarChart() as drawing:
            return medium.drawing_of(drawing, alt)
        case _:
            assert_never(figure.content)


def _caption(label: str, number: int, caption: tuple[Inline, ...], medium: Medium) -> Markup:
    if not caption:
        return Markup()
    text = draw_isolated(caption, medium)
    return macro(NODES, "caption")(label, number, text) if number else text
