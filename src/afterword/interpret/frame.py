"""What our own writer puts into a document and makes anew from the record each time: title block, captions, figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from afterword.interpret.sentences import STEPS, ZONES, says
from afterword.interpret.titles import section_of
from afterword.readers.document import Block, Document, Section, Span, joined

_GENERATOR = "Afterword"
_CAPTION = re.compile(r"\*\*[^*\d\n]{1,20}\d+[:：]\*\*[^\n]*")
_MISSING = "> [!IMPORTANT]"
"""Stands alone in a section that is still to be written."""

_SUMMED = frozenset({"date", "keywords"})
"""Front matter that sums up what the document says elsewhere."""


def is_ours(document: Document) -> bool:
    """Return whether we wrote a document: whatever its author has changed since, its forms are those of `compose`."""
    return any(key == "generator" and values and values[0].text == _GENERATOR for key, values in document.front)


def without_frame(document: Document) -> tuple[Document, tuple[Span, ...]]:
    """Return a document that we wrote without what is made anew, and that; any other document as it is."""
    if not is_ours(document) or not document.sections:
        return document, ()
    gone: list[Span] = [block.source for block in document.sections[0].blocks]
    title = replace(
        document.sections[0], blocks=(), sections=tuple(_bare(each, gone) for each in document.sections[0].sections)
    )
    gone += [block.source for block in document.blocks]
    gone += [value for key, values in document.front if key in _SUMMED for value in values]
    front = tuple((key, values) for key, values in document.front if key not in _SUMMED)
    return replace(document, front=front, blocks=(), sections=(title, *document.sections[1:])), tuple(gone)


def is_made_anew(paragraph: str) -> bool:
    """Return whether a paragraph only says in which zone times are, or that steps follow."""
    longest = 500
    return len(paragraph) <= longest and says(STEPS + ZONES, paragraph) is not None


def _bare(section: Section, gone: list[Span]) -> Section:
    """Return a section without captions and figures."""
    kept = tuple(_kept(section.blocks, gone, is_overview=section_of(section.title) == "overview"))
    inner = tuple(_bare(each, gone) for each in section.sections)
    if kept == section.blocks and inner == section.sections:
        return section
    if inner:
        return replace(section, blocks=kept, sections=inner)
    body = joined(kept) if kept else Span("", section.body.line)
    return replace(section, blocks=kept, sections=inner, body=body)


def _kept(blocks: Sequence[Block], gone: list[Span], *, is_overview: bool) -> list[Block]:
    kept: list[Block] = []
    is_captioned = False
    for block in blocks:
        is_caption = block.kind == "text" and bool(_CAPTION.fullmatch(block.source.text))
        is_missing = len(blocks) == 1 and block.source.text.startswith(_MISSING)
        is_figure = is_captioned and block.kind == "quote"
        is_durations = is_captioned and is_overview and block.kind == "table"
        is_sentence = block.kind == "text" and is_made_anew(block.source.text)
        if is_caption or is_figure or is_durations or is_missing or is_sentence:
            gone.append(block.source)
        else:
            kept.append(block)
        is_captioned = is_caption
    return kept
