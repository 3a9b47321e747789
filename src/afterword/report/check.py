"""The rules that a tree keeps and that its types cannot say; writers rely on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from math import isclose

from afterword.report.nodes import (
    BarChart,
    Figure,
    Footnote,
    InlineImage,
    Link,
    Picture,
    Report,
    Section,
    Table,
    TimelineDrawing,
)
from afterword.report.transforms import ANCHOR_LENGTH, anchors
from afterword.report.walk import Run, blocks, inlines, plain_text, sections, within

DEEPEST_SECTION = 9
"""Levels of headings in Word (ECMA-376-1, 17.3.1.20: outline levels 0 to 8)."""

_FEWEST_BARS = 2

_ANCHOR = re.compile(rf"[a-z][a-z0-9_]{{0,{ANCHOR_LENGTH - 1}}}")
_TARGET = re.compile(r"(https?://|mailto:|tel:)\S+|#\S+", re.IGNORECASE)


def check(report: Report) -> tuple[str, ...]:
    """Return what is wrong with the shape of a report, one sentence each, without doubles; nothing for a sound one."""
    found = (
        *_of_sections(report),
        *_of_anchors(report),
        *_of_blocks(report),
        *_of_inlines(report),
        *_of_notes(report),
    )
    return tuple(dict.fromkeys(found))


def _of_sections(report: Report) -> Iterator[str]:
    if not plain_text(report.title_block.title).strip():
        yield "the report has no title"
    for level, section in sections(report):
        if not plain_text(section.title).strip():
            yield f"a section has no title: {section.name or section.anchor or '(no name)'}"
        if level > DEEPEST_SECTION:
            yield f"a section is {level} levels deep, more than {DEEPEST_SECTION}: {_name(section)}"


def _name(section: Section) -> str:
    return section.anchor or plain_text(section.title)


def _of_anchors(report: Report) -> Iterator[str]:
    counted = Counter(anchors(report))
    yield from (f"the anchor {anchor!r} is not unique" for anchor, count in counted.items() if count > 1)
    yield from (f"the anchor {anchor!r} is not a name" for anchor in counted if not _ANCHOR.fullmatch(anchor))


def _of_blocks(report: Report) -> Iterator[str]:
    for block in blocks(report):
        match block:
            case Table():
                yield from _of_table(block)
            case Figure():
                yield from _of_figure(block, report)
            case _:
                continue


def _of_table(table: Table) -> Iterator[str]:
    name = plain_text(table.caption) or table.role or "a table"
    wanted = len(table.columns)
    if not wanted:
        yield f"{name} has no columns"
    elif not isclose(sum(column.width for column in table.columns), 1, abs_tol=0.001):
        yield f"the widths of {name} do not add up to 1"
    if any(column.width <= 0 for column in table.columns):
        yield f"a column of {name} has no width"
    if any(len(row.cells) != wanted for row in table.rows):
        yield f"a row of {name} does not have {wanted} cells"


def _of_figure(figure: Figure, report: Report) -> Iterator[str]:
    if not figure.alt.strip():
        yield f"a figure has no text alternative: {plain_text(figure.caption) or figure.anchor or '(no caption)'}"
    match figure.content:
        case Picture(asset):
            if asset not in report.assets:
                yield f"the picture {asset!r} is not among the assets"
        case TimelineDrawing():
            yield from _of_timeline(figure.content)
        case BarChart(quantities):
            if len(quantities) < _FEWEST_BARS:
                yield "a bar chart compares nothing"
            if any(quantity.value < 0 for quantity in quantities):
                yield "a bar of a chart is shorter than nothing"


def _of_timeline(drawing: TimelineDrawing) -> Iterator[str]:
    if drawing.length <= 0:
        yield "a timeline drawing has no length"
    if any(not 0 <= mark.at <= drawing.length for mark in drawing.marks):
        yield "a mark lies outside its timeline drawing"
    if any(gap.start < mark.at < gap.end for gap in drawing.breaks for mark in drawing.marks):
        yield "a mark lies in a break of its timeline drawing"


def _of_inlines(report: Report) -> Iterator[str]:
    known = {*anchors(report)}
    for inline in inlines(report):
        match inline:
            case InlineImage(asset, alt):
                if asset not in report.assets:
                    yield f"the picture {asset!r} is not among the assets"
                if not alt.strip():
                    yield f"a picture has no text alternative: {asset}"
            case Link(_, target):
                if not _TARGET.fullmatch(target):
                    yield f"the target {target!r} is not a link"
                if target.startswith("#") and target[1:] not in known:
                    yield f"the link {target!r} leads nowhere"
            case _:
                continue


def _of_notes(report: Report) -> Iterator[str]:
    told = 0
    for note in (inline for inline in inlines(report) if isinstance(inline, Footnote)):
        told += bool(note.paragraphs)
        if note.paragraphs and note.number != told:
            yield f"the note {note.number} should have the number {told}"
        if not 0 < note.number <= told:
            yield f"the mark {note.number} has no note before it"
        if any(isinstance(each, Footnote | InlineImage) for line in note.paragraphs for each in within(line.children)):
            yield f"the note {note.number} holds a picture or another note"
    if any(isinstance(inline, Footnote) for run in _without_notes(report) for inline in within(run)):
        yield "a note stands in a title, a caption, a column's title or a link"


def _without_notes(report: Report) -> Iterator[Run]:
    """Yield the runs in which no note can stand."""
    yield report.title_block.title
    yield from (section.title for _, section in sections(report))
    for block in blocks(report):
        if isinstance(block, Table):
            yield from (block.caption, *(column.title for column in block.columns))
        elif isinstance(block, Figure):
            yield block.caption
    yield from (inline.children for inline in inlines(report) if isinstance(inline, Link))
