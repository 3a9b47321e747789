"""Captions: label, number and text, with the bookmark that links lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from afterword.report.nodes import Figure, Table
from afterword.writers.docx.inlines import draw_isolated, way
from afterword.writers.docx.manuscript import Frame, Manuscript
from afterword.writers.docx.markup.element import Element
from afterword.writers.docx.markup.fields import field
from afterword.writers.docx.markup.paragraphs import bookmarked, paragraph
from afterword.writers.docx.markup.runs import text_runs


def draw_caption(block: Table | Figure, style: str, frame: Frame, manuscript: Manuscript) -> list[Element]:
    """Return the paragraph with the caption of a table or figure; nothing where it has none."""
    if not block.caption:
        return []
    label = _label(block, manuscript) if block.number else []
    content = [*label, *draw_isolated(block.caption, frame.look, manuscript)]
    turn = manuscript.turn(way(frame.look))
    return [paragraph(style, anchored(block.anchor, content, manuscript), indent=frame.indent or None, turn=turn)]


def _label(block: Table | Figure, manuscript: Manuscript) -> list[Element]:
    """Return the word, the number as a field that Word counts on, and a full stop."""
    words, name = manuscript.report.words, type(block).__name__
    look = replace(manuscript.look, style="CaptionLabel")
    word = words.table if isinstance(block, Table) else words.figure
    number = field(rf"SEQ {name} \* ARABIC", str(block.number), look)
    return [*text_runs(f"{manuscript.line(word)} ", look), *number, *text_runs(". ", look)]


def anchored(anchor: str, content: Sequence[Element], manuscript: Manuscript) -> list[Element]:
    """Return the content inside a bookmark of this name; without a name, as it is."""
    return bookmarked(next(manuscript.numbers), manuscript.line(anchor), content) if anchor else [*content]
