"""Blocks as paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from afterword.report.direction import direction_of, direction_of_list
from afterword.report.nodes import (
    Block,
    BulletList,
    Callout,
    CodeBlock,
    Divider,
    Facts,
    FieldBlock,
    Figure,
    Inline,
    NumberedList,
    Paragraph,
    Quote,
    Table,
    Text,
)
from afterword.writers.base import is_short
from afterword.writers.docx.captions import anchored, draw_caption
from afterword.writers.docx.inlines import draw_inlines, draw_isolated, facing, way
from afterword.writers.docx.lists import list_frame, list_items
from afterword.writers.docx.manuscript import Frame, Manuscript
from afterword.writers.docx.markup.controls import controls
from afterword.writers.docx.markup.element import Element, qualified
from afterword.writers.docx.markup.paragraphs import keep_lines, keep_with_next, paragraph
from afterword.writers.docx.markup.runs import Look, lines, run
from afterword.writers.docx.markup.tables import Grid, cell, row, table
from afterword.writers.docx.pictures import draw_figure_content
from afterword.writers.docx.tables import cell_paragraph, draw_facts, draw_table

ROLES = {"lead": "Lead", "minor": "Minor", "contact": "Contact", "heading": "ProseHeading"}
_BOLD = frozenset({"ProseHeading", "TableHeading", "TableRowHeading"})
"""Styles that are bold already."""

_OWN_INDENT = {"Quote": 260, "Code": 200}
"""Indents of the styles themselves, in twips, as the base document has them."""

_CALLOUT = (227, 170)
_SIDES = {"Quote": (260, 0), "CalloutNote": _CALLOUT, "CalloutWarning": _CALLOUT, "CalloutToComplete": _CALLOUT}
"""The same on both sides, of styles with a line or a box."""

_BOX_PADDING = 340
"""Of a callout's cell, left and right together, in twips."""


def draw_blocks(blocks: Iterable[Block], frame: Frame, manuscript: Manuscript) -> list[Element]:
    """Return the elements of blocks that follow one another; the first of them opens the frame."""
    made: list[Element] = []
    before: Block | None = None
    for block in blocks:
        if _leads_to(before, block, frame):
            keep_with_next([*made[-1].iter(qualified("w:p"))][-1])
        made += draw_block(block, frame.opened() if made else frame, manuscript)
        before = block
    return made


def _leads_to(before: Block | None, block: Block, frame: Frame) -> bool:
    """Return whether a block stays with the beginning of the next one; `print.css` says the same for the PDF."""
    while isinstance(before, FieldBlock) and before.blocks:
        before = before.blocks[-1]
    while isinstance(block, FieldBlock) and block.blocks:
        block = block.blocks[0]
    if not isinstance(before, Paragraph):
        return False
    return isinstance(block, CodeBlock if frame.level or frame.style else (CodeBlock, BulletList, NumberedList, Table))


def draw_block(block: Block, frame: Frame, manuscript: Manuscript) -> list[Element]:
    """Return the elements of one block."""
    match block:
        case Paragraph():
            return [_paragraph(block, frame, manuscript)]
        case FieldBlock(path, blocks):
            return controls(manuscript.numbers, manuscript.line(path), draw_blocks(blocks, frame, manuscript))
        case _ if frame.opening:
            return [opening_paragraph((), frame, manuscript), *draw_block(block, frame.opened(), manuscript)]
        case _:
            return _other(block, frame, manuscript)


def _other(  # noqa: PLR0911 (one case per node)
    block: BulletList | NumberedList | Table | Facts | CodeBlock | Quote | Callout | Figure | Divider,
    frame: Frame,
    manuscript: Manuscript,
) -> list[Element]:
    match block:
        case BulletList() | NumberedList():
            return _list(block, frame, manuscript)
        case Table():
            return draw_table(block, frame, manuscript, draw_blocks)
        case Facts():
            return draw_facts(block, frame, manuscript)
        case CodeBlock():
            return [_code(block, frame, manuscript)]
        case Quote(blocks):
            return draw_blocks(blocks, replace(frame, style="Quote", is_beside=False), manuscript)
        case Callout():
            return _callout(block, frame, manuscript)
        case Figure():
            return _figure(block, frame, manuscript)
        case Divider():
            return [paragraph("Divider", indent=frame.indent or None)]
        case _:
            assert_never(block)


def _paragraph(block: Paragraph, frame: Frame, manuscript: Manuscript) -> Element:
    if frame.opening:
        return opening_paragraph(block.children, frame, manuscript, strong=block.role == "heading")
    style, around = _style(block, frame), way(frame.look)
    if frame.style.startswith("Table"):
        return cell_paragraph(style, block.children, worn(frame.look, style), manuscript)
    if frame.is_beside:
        content = draw_isolated(block.children, worn(frame.look, style), manuscript)
        return paragraph(style, content, indent=_indent(style, frame), turn=manuscript.turn(around))
    own = direction_of(block.children, around)
    content = draw_inlines(block.children, facing(worn(frame.look, style), own), manuscript)
    turn = manuscript.turn(own)
    indent = _turned(style, frame, manuscript) if turn else _indent(style, frame)
    return paragraph(style, content, indent=indent, turn=turn)


def _style(block: Paragraph, frame: Frame) -> str:
    if block.role == "minor" and frame.style.startswith("Table"):
        return "TableMinor"
    return ROLES.get(block.role, frame.style)


def opening_paragraph(
    children: Sequence[Inline], frame: Frame, manuscript: Manuscript, *, strong: bool = False
) -> Element:
    """Return the first paragraph of a list item, which carries its bullet, number or box."""
    opening = frame.opening
    if opening is None:
        return paragraph(frame.style)
    content = draw_isolated(children, replace(frame.look, strong=strong), manuscript)
    turn = manuscript.turn(way(frame.look))
    return paragraph(opening.style, [*opening.box(), *content], numbering=opening.numbering, turn=turn)


def worn(look: Look, style: str) -> Look:
    """Return the look of runs in a paragraph of this style."""
    is_bold = style.startswith("Phase") or style.removesuffix("Center").removesuffix("End") in _BOLD
    return replace(look, bold_around=True) if is_bold else look


def _indent(style: str, frame: Frame) -> int | None:
    """Return the indent that a paragraph needs beyond its style's, because it stands inside a list."""
    if not frame.indent or style.startswith("ListContinue"):
        return None
    return frame.indent + _OWN_INDENT.get(style, 0)


def _turned(style: str, frame: Frame, manuscript: Manuscript) -> int | tuple[int, int] | None:
    """Return the indent of a paragraph that runs the other way, whose line or box stays on the document's side."""
    start, end = _SIDES.get(style, (0, 0))
    at_start, at_end = (0, frame.indent) if way(frame.look) == manuscript.report.meta.direction else (frame.indent, 0)
    return (end + at_start, start + at_end) if start or frame.indent else None


def _list(block: BulletList | NumberedList, frame: Frame, manuscript: Manuscript) -> list[Element]:
    around = way(frame.look)  # a list inside a list or a column keeps to the side of that
    look = facing(frame.look, around if frame.is_beside else direction_of_list(block, around))
    inside = replace(list_frame(frame, manuscript), look=look)
    made: list[Element] = []
    for item, opening in list_items(block, frame, manuscript):
        opened = replace(inside, opening=opening)
        made += draw_blocks(item.blocks, opened, manuscript) or [opening_paragraph((), opened, manuscript)]
    return made


def _code(block: CodeBlock, frame: Frame, manuscript: Manuscript) -> Element:
    text = manuscript.text(block.text)
    made = paragraph("Code", [run(Look(), lines(text))] if text else [], indent=_indent("Code", frame))
    if is_short(block):
        keep_lines(made)
    return made


def _callout(block: Callout, frame: Frame, manuscript: Manuscript) -> list[Element]:
    """Return the paragraphs of a callout in its style, or a box around what no paragraph style can hold."""
    kind = block.kind.title().replace("-", "")
    title = (
        draw_isolated((Text(block.title),), replace(frame.look, style=f"CalloutTitle{kind}"), manuscript)
        if block.title
        else []
    )
    if not frame.indent and not frame.style and all(_is_plain(each) for each in block.blocks):
        style = f"Callout{kind}"
        heading = [paragraph(f"CalloutHeading{kind}", title)] if title else []
        return [*heading, *draw_blocks(block.blocks, replace(frame, style=style), manuscript)]
    width = frame.width - frame.indent
    inside = replace(frame, width=width - _BOX_PADDING, indent=0, level=0, style="TableText")
    content = [*([paragraph("TableText", title)] if title else []), *draw_blocks(block.blocks, inside, manuscript)]
    grid = Grid(f"CalloutBox{kind}", (width,), frame.indent, rtl=manuscript.rtl)
    return [
        table(grid, [row([cell(width, content or [paragraph("TableText")])], whole=False)]),
        paragraph("AfterTable"),
    ]


def _is_plain(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role == ""


def _figure(block: Figure, frame: Frame, manuscript: Manuscript) -> list[Element]:
    inside = replace(frame, width=frame.width - frame.indent)
    content = [draw_figure_content(block, inside, manuscript)]
    caption = draw_caption(block, "Caption", frame, manuscript)
    if not caption:
        return [paragraph("Figure", anchored(block.anchor, content, manuscript), indent=frame.indent or None)]
    return [paragraph("Figure", content, indent=frame.indent or None), *caption]
