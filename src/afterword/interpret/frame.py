"""What our own writer puts into a document and makes anew from the record each time: title block, captions, figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from afterword.interpret.sentences import GAP, STEPS, ZONES, says
from afterword.prose import plain_line
from afterword.readers.document import Block, Document, Section, Span, joined
from afterword.report.identity import GENERATOR, NUMBERED, PROGRAM, WORDING
from afterword.vocabulary.titles import section_of_ours

_CAPTION = re.compile(r"\*\*[^*\d\n]{1,20}\d+[.:：]\*\*[ ]*(?P<said>[^\n]*)")
_PICTURE = re.compile(r"!\[(?:\\.|[^\]\\])*\]\((?:<[^<>\n]*>|[^\s\"]+)\)")
_MISSING = "> [!IMPORTANT]"
"""Stands alone in a section that is still to be written."""

_SUMMED = frozenset({"date", "keywords", "authors", WORDING, NUMBERED})
"""Front matter that sums up what the document says elsewhere."""


def is_ours(document: Document) -> bool:
    """Return whether we wrote a document: whatever its author has changed since, its forms are those of `compose`."""
    return any(key == GENERATOR and values and values[0].text == PROGRAM for key, values in document.front)


def wording_of(document: Document) -> dict[str, str]:
    """Return what the theme of a document of ours says for fixed words in English."""
    texts = [each.text for key, values in document.front if key == WORDING for each in values]
    return dict(zip(texts[::2], texts[1::2], strict=False)) if is_ours(document) else {}


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
    kept = tuple(_kept(section, gone))
    inner = tuple(_bare(each, gone) for each in section.sections)
    if kept == section.blocks and inner == section.sections:
        return section
    if inner:
        return replace(section, blocks=kept, sections=inner)
    body = joined(kept) if kept else Span("", section.body.line)
    return replace(section, blocks=kept, sections=inner, body=body)


def _kept(section: Section, gone: list[Span]) -> list[Block]:
    """Return the blocks of a section that the record told; of an author's own section, that is all but a gap."""
    name = section_of_ours(section.title)
    kept: list[Block] = []
    for at, block in enumerate(section.blocks):
        is_missing = len(section.blocks) == 1 and _is_gap(block.source.text)
        if is_missing or (name and _is_made(section.blocks, at, name)):
            gone.append(block.source)
        elif captioned := _captioned(section.blocks, at, name):
            kept.append(captioned)
        elif not name and at and _is_caption(section.blocks, at) and kept[-1] is not section.blocks[at - 1]:
            continue
        else:
            kept.append(block)
    return kept


def _is_gap(text: str) -> bool:
    """Return whether a block only says that something is still to be written."""
    longest = 100
    return text.startswith(_MISSING) or (len(text) <= longest and says(GAP, text) is not None)


def _is_made(blocks: Sequence[Block], at: int, name: str) -> bool:
    """Return whether a block is a caption, a drawing or one in words, the table of durations, or a sentence of ours."""
    block = blocks[at]
    if block.kind == "text":
        return is_made_anew(block.source.text) or _is_caption(blocks, at) or _is_drawing(blocks, at, name)
    is_captioned = at > 0 and _is_caption(blocks, at - 1)
    return is_captioned and (block.kind == "quote" or (name == "overview" and block.kind == "table"))


def _is_drawing(blocks: Sequence[Block], at: int, name: str) -> bool:
    """Return whether a block is a picture that a Word draft has of the times, or of the numbers after their table."""
    if not blocks[at].source.text.startswith("![") or at + 1 == len(blocks) or not _is_caption(blocks, at + 1):
        return False
    after_table = name == "impact" and any(
        block.kind == "table" and number and _is_caption(blocks, number - 1) for number, block in enumerate(blocks[:at])
    )
    return name in {"overview", "timeline"} or after_table


def _captioned(blocks: Sequence[Block], at: int, name: str) -> Block | None:
    """Return a picture of the record's prose with the caption after it as its title, None for any other block."""
    text = blocks[at].source.text
    is_followed = at + 1 < len(blocks) and blocks[at + 1].kind == "text" and not _is_drawing(blocks, at, name)
    caption = _CAPTION.fullmatch(blocks[at + 1].source.text) if is_followed else None
    if caption is None or not _PICTURE.fullmatch(text):
        return None
    said = caption["said"]
    return replace(blocks[at], source=blocks[at].source.but(f"{text[:-1]} {quoted(said)})" if said else text))


def quoted(caption: str) -> str:
    """Return a caption as the title of a picture."""
    title = plain_line(caption).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{title}"'


def _is_caption(blocks: Sequence[Block], at: int) -> bool:
    """Return whether a block is the caption of what follows it, or of the picture before it."""
    if blocks[at].kind != "text" or not _CAPTION.fullmatch(blocks[at].source.text):
        return False
    is_above = at + 1 < len(blocks) and blocks[at + 1].kind in {"table", "quote"}
    return is_above or (at > 0 and blocks[at - 1].source.text.startswith("!["))
