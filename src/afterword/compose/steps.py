"""Numbered steps with bold lead-ins, the form of resolution steps, lessons and preventive measures."""

from __future__ import annotations

from dataclasses import dataclass

from afterword.compose.desk import Desk
from afterword.report.nodes import (
    Block,
    FieldBlock,
    FieldText,
    Inline,
    ListItem,
    NumberedList,
    Paragraph,
    Section,
    Strong,
)


@dataclass(frozen=True, slots=True)
class Titled:
    """A title and a text with the path of the part that they come from."""

    path: str
    title: str
    description: str


def steps(desk: Desk, parts: tuple[Titled, ...], start: int = 1) -> tuple[Block, ...]:
    """Return the parts as one numbered list, each item opening with its title in bold; none for no parts."""
    if not parts:
        return ()
    items = tuple(ListItem(_item(desk, part)) for part in parts)
    tight = all(len(item.blocks) == 1 for item in items)
    return (NumberedList(items, start, tight=tight, role="steps"),)


def _item(desk: Desk, part: Titled) -> tuple[Block, ...]:
    title = desk.plain(f"{part.path}.title", part.title)
    prose = desk.prose(f"{part.path}.description", part.description) if part.description else None
    blocks = (*prose.blocks, *as_blocks(prose.sections)) if prose else ()
    lead = _lead_in(desk, title, has_text=bool(blocks))
    if not blocks:
        return (Paragraph(lead),)
    return _opened(f"{part.path}.description", lead, blocks)


def _opened(path: str, lead: tuple[Inline, ...], blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks of a text with the lead-in at the head of its first paragraph, or else before it."""
    first, rest = blocks[0], blocks[1:]
    if not isinstance(first, Paragraph) or first.role:
        return (*((Paragraph(lead),) if lead else ()), FieldBlock(path, blocks))
    opening = Paragraph((*lead, FieldText(path, first.children)))
    return (opening, FieldBlock(path, rest)) if rest else (opening,)


def _lead_in(desk: Desk, title: tuple[Inline, ...], *, has_text: bool) -> tuple[Inline, ...]:
    if not title:
        return ()
    return (Strong(title), *desk.say(": ")) if has_text else (Strong(title),)


def as_blocks(sections: tuple[Section, ...]) -> tuple[Block, ...]:
    """Return sections as blocks, where no section can stand: each title is a paragraph of its own."""
    blocks: list[Block] = []
    for section in sections:
        blocks.append(Paragraph(section.title, "heading"))
        blocks += section.blocks
        blocks += as_blocks(section.sections)
    return tuple(blocks)
