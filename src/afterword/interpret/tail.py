"""What stands at the end of a document and belongs to all of it: whom to ask."""

from __future__ import annotations

from dataclasses import dataclass, replace

from afterword.interpret.people import Named
from afterword.interpret.sentences import contact_in
from afterword.readers.document import Block, Document, Section, Span


@dataclass(slots=True)
class Tail:
    """What the end of a document holds."""

    contact: Named | None = None
    source: Span | None = None
    """The sentence that says whom to ask."""


def without_tail(document: Document) -> tuple[Document, Tail]:
    """Return a document without its contact, where that stands behind everything else, and the contact."""
    tail = Tail()
    if not document.sections:
        return document, tail
    last = _cut(document.sections[-1], tail)
    return replace(document, sections=(*document.sections[:-1], last)), tail


def _cut(section: Section, tail: Tail) -> Section:
    if section.sections:
        inner = _cut(section.sections[-1], tail)
        if inner is section.sections[-1]:
            return section
        end = inner.body.line + inner.body.text.count("\n") if inner.body.text else inner.heading.line
        return replace(section, sections=(*section.sections[:-1], inner), body=_until(section.body, end + 1))
    blocks = list(section.blocks)
    while blocks and _is_taken(blocks[-1], tail):
        blocks.pop()
    if len(blocks) == len(section.blocks):
        return section
    return replace(section, blocks=tuple(blocks), body=_until(section.body, section.blocks[len(blocks)].source.line))


def _is_taken(block: Block, tail: Tail) -> bool:
    """Take a block of the end; return whether it was one."""
    if block.kind != "text" or tail.contact is not None:
        return False
    tail.contact = contact_in(block.source.text)
    tail.source = block.source
    return tail.contact is not None


def _until(body: Span, line: int) -> Span:
    """Return a text up to a line of the file, without the blank lines before it."""
    kept = body.text.split("\n")[: line - body.line]
    return replace(body, text="\n".join(kept).rstrip("\n"))
