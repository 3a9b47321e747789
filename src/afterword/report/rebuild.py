"""The tree made anew with some of its nodes changed; everything that is not changed stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import assert_never

from afterword.report.nodes import (
    Block,
    BulletList,
    Callout,
    Cell,
    Code,
    CodeBlock,
    Divider,
    Emphasis,
    Facts,
    FieldBlock,
    FieldText,
    Figure,
    Footnote,
    Foreign,
    Inline,
    InlineImage,
    LineBreak,
    Link,
    NumberedList,
    Paragraph,
    Placeholder,
    Quote,
    Report,
    Section,
    Strike,
    Strong,
    Table,
    Text,
)

ChangeBlock = Callable[[Block], Iterable[Block]]
"""Gets a block whose insides are changed already; returns what stands in its place, which may be nothing.

Paragraphs of notes are no blocks of their own here: what changes inlines changes them too."""

ChangeInline = Callable[[Inline], Iterable[Inline]]
"""Gets an inline whose insides are changed already; returns what stands in its place, which may be nothing."""


def map_blocks(report: Report, change: ChangeBlock) -> Report:
    """Return the report with every block replaced by what `change` gives for it, from the inside out."""
    return _map(report, change, lambda inline: (inline,))


def map_inlines(report: Report, change: ChangeInline) -> Report:
    """Return the report with every inline replaced by what `change` gives for it, from the inside out."""
    return _map(report, lambda block: (block,), change)


def blocks_with(blocks: Iterable[Block], change: ChangeInline) -> tuple[Block, ...]:
    """Return the blocks with every inline replaced by what `change` gives for it, from the inside out."""
    return _blocks(blocks, lambda block: (block,), change)


def section_with(section: Section, change: ChangeInline) -> Section:
    """Return the section with every inline replaced by what `change` gives for it, from the inside out."""
    return _section(section, lambda block: (block,), change)


def _map(report: Report, block: ChangeBlock, inline: ChangeInline) -> Report:
    title = replace(report.title_block, title=run(report.title_block.title, inline))
    return replace(
        report,
        title_block=title,
        sections=tuple(_section(section, block, inline) for section in report.sections),
        closing=_blocks(report.closing, block, inline),
    )


def _section(section: Section, block: ChangeBlock, inline: ChangeInline) -> Section:
    return replace(
        section,
        title=run(section.title, inline),
        blocks=_blocks(section.blocks, block, inline),
        sections=tuple(_section(below, block, inline) for below in section.sections),
    )


def run(inlines: Iterable[Inline], change: ChangeInline) -> tuple[Inline, ...]:
    """Return the inlines, each replaced by what `change` gives for it, from the inside out."""
    return tuple(new for inline in inlines for new in change(_within_inline(inline, change)))


def _within_inline(inline: Inline, change: ChangeInline) -> Inline:
    match inline:
        case Strong() | Emphasis() | Strike() | Link() | FieldText() | Foreign():
            return replace(inline, children=run(inline.children, change))
        case Footnote():
            notes = (replace(each, children=run(each.children, change)) for each in inline.paragraphs)
            return replace(inline, paragraphs=tuple(notes))
        case Text() | Code() | LineBreak() | Placeholder() | InlineImage():
            return inline
    assert_never(inline)


def _blocks(blocks: Iterable[Block], block: ChangeBlock, inline: ChangeInline) -> tuple[Block, ...]:
    return tuple(new for old in blocks for new in block(_within(old, block, inline)))


def _within(old: Block, block: ChangeBlock, inline: ChangeInline) -> Block:  # noqa: PLR0911 (one return a node)
    match old:
        case Paragraph():
            return replace(old, children=run(old.children, inline))
        case BulletList() | NumberedList():
            items = (replace(item, blocks=_blocks(item.blocks, block, inline)) for item in old.items)
            return replace(old, items=tuple(items))
        case Table():
            return _table(old, block, inline)
        case Facts():
            facts = (replace(fact, value=run(fact.value, inline)) for fact in old.facts)
            return replace(old, facts=tuple(facts))
        case Quote() | Callout() | FieldBlock():
            return replace(old, blocks=_blocks(old.blocks, block, inline))
        case Figure():
            return replace(old, caption=run(old.caption, inline))
        case CodeBlock() | Divider():
            return old
    assert_never(old)


def _table(old: Table, block: ChangeBlock, inline: ChangeInline) -> Table:
    def cell(each: Cell) -> Cell:
        return replace(each, blocks=_blocks(each.blocks, block, inline))

    return replace(
        old,
        caption=run(old.caption, inline),
        columns=tuple(replace(column, title=run(column.title, inline)) for column in old.columns),
        rows=tuple(replace(row, cells=tuple(map(cell, row.cells))) for row in old.rows),
    )
