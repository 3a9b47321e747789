"""Lines in bold that stand where others have headings: `**Timeline:**` above a list is a section of that name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from afterword.interpret.metadata import is_about_itself
from afterword.readers.document import Block, Document, Section, Span, joined
from afterword.vocabulary.titles import section_of

_LEAD = re.compile(r"[ \t]*(?P<m>\*\*|__)(?P<title>[^*_\n]{3,80})(?P=m)[ \t]*[:：]?[ \t\\]*$")
_RUN_IN = re.compile(r"[ \t]*(?P<m>\*\*|__)(?P<title>[^*_\n]{3,40})(?P=m)[ \t]*[:：]?[ ]+(?=\S)")
"""A heading that runs into its text: `**Summary.** All was down.`"""

_NO_PART = frozenset({"", "account", "overview", "attachments", "customers", "data_loss"})
"""What a line in bold may say without being a heading: it names a paragraph or a field."""

_INNER = frozenset({"well", "wrong", "lucky", "factors", "whys", "trigger", "gap", "timeline"})
"""Parts that stand inside others: in a section that is a part itself, a line in bold that names another leads text."""

_LEVEL_ALONE = 2
"""The level of such sections in a document without headings."""


def with_led_sections(document: Document) -> Document:
    """Return a document in which lines in bold that name a part of a report are headings, each inside its section."""
    document = _with_run_ins_apart(document)
    blocks, led = _divided(document.blocks, _LEVEL_ALONE, "")
    sections = tuple(_inside(section) for section in document.sections)
    if not led and all(new is old for new, old in zip(sections, document.sections, strict=True)):
        return document
    return replace(document, blocks=blocks, sections=(*led, *sections))


def _with_run_ins_apart(document: Document) -> Document:
    """Return a document with headings that run into their text on lines of their own, where it has no others."""
    if any(section_of(section.title) not in _NO_PART for section in document.walk()):
        return document
    places = [document.blocks, *(section.blocks for section in document.walk())]
    found = sum(1 for blocks in places for block in blocks if _run_in(block))
    if found < _FEW:
        return document
    return replace(
        document,
        blocks=tuple(map(_apart, document.blocks)),
        sections=tuple(_apart_in(section) for section in document.sections),
    )


_FEW = 2
"""Headings in the text from which they are the ones of the document."""


def _apart_in(section: Section) -> Section:
    inner = tuple(map(_apart_in, section.sections))
    return replace(section, blocks=tuple(map(_apart, section.blocks)), sections=inner)


def _run_in(block: Block) -> re.Match[str] | None:
    match = _RUN_IN.match(block.source.text) if block.kind == "text" else None
    is_part = match is not None and section_of(match["title"].strip(" .:：")) not in _NO_PART
    return match if is_part and not is_about_itself(block) else None


def _apart(block: Block) -> Block:
    match = _run_in(block)
    if match is None:
        return block
    text = f"{match[0].rstrip()}\n{block.source.text[match.end() :]}"
    return replace(block, source=replace(block.source, text=text, is_exact=False))


def _inside(section: Section) -> Section:
    blocks, led = _divided(section.blocks, section.level + 1, section_of(section.title))
    inner = tuple(_inside(each) for each in section.sections)
    if not led and all(new is old for new, old in zip(inner, section.sections, strict=True)):
        return section
    return replace(section, blocks=blocks, sections=(*led, *inner))


def _divided(blocks: Sequence[Block], level: int, part: str) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """Return the blocks before the first line that is a heading, and a section for each such line."""
    starts = [(at, title) for at, block in enumerate(blocks) if (title := _lead_of(block, part))]
    if not starts:
        return tuple(blocks), ()
    led = []
    for (at, title), end in zip(starts, [*(at for at, _ in starts[1:]), len(blocks)], strict=True):
        line, _, below = blocks[at].source.text.partition("\n")
        first = replace(blocks[at], source=blocks[at].source.but(below)) if below.strip() else None
        inside = (*([first] if first else []), *blocks[at + 1 : end])
        heading = replace(blocks[at].source, text=line)
        body = joined(inside) if inside else Span("", heading.line + 1)
        led.append(Section(title, level, heading, inside, (), body))
    return tuple(blocks[: starts[0][0]]), tuple(led)


def _lead_of(block: Block, part: str) -> str:
    """Return the title of a block in some part that begins with a line in bold that names one, empty for others."""
    match = _LEAD.match(block.source.text.partition("\n")[0]) if block.kind == "text" else None
    title = match["title"].strip(" .:：") if match else ""
    name = section_of(title) if title else ""
    is_inside = part not in _NO_PART and name not in _INNER and (part, name) != ("actions", "actions")
    return "" if name in _NO_PART or is_inside else title
