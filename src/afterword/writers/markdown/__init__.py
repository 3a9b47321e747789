"""The Markdown writer: CommonMark with tables and a head of YAML, pleasant to read raw and on the web.

Everything that prose can hold reads back as the same blocks. What Markdown has no form for is written in the nearest
one, with a notice: pictures are named but not carried, drawings are given by their text alternative, and cells of
tables hold paragraphs only.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

from afterword.report.identity import GENERATOR, NUMBERED, PROGRAM, WORDING
from afterword.report.nodes import Badge, InlineImage, KeyFigure, Meta, Report, Section, Strong, Text, TitleBlock
from afterword.report.separators import as_markdown
from afterword.report.walk import inlines as inlines_of
from afterword.report.walk import plain_text, sections
from afterword.theme.record import Theme
from afterword.writers.base import WriterOptions, Written
from afterword.writers.markdown.blocks import Page, draw_blocks, draw_notes, heading
from afterword.writers.markdown.inlines import Place, draw_lines
from afterword.writers.markdown.origin import sealed

_DEEPEST = 6


def write(report: Report, options: WriterOptions) -> Written:
    """Return the report as Markdown in UTF-8, with notices about what it cannot hold."""
    page = Page(
        report.words, Place(_slugs(report), {key: asset.name for key, asset in report.assets.items() if asset.name})
    )
    text = draw_report(report, page, options.theme)
    if report.files:
        page.tell_once("Markdown carries no files; attached files are only named")
    if any(isinstance(inline, InlineImage) for inline in inlines_of(report)):
        page.tell_once("Markdown holds no pictures; they are named by their files")
    return Written(sealed(text), tuple(page.findings))


def draw_report(report: Report, page: Page, theme: Theme) -> str:
    """Return the whole report as Markdown."""
    parts = [_head(report.meta, theme), *_title(report.title_block, report.meta, page)]
    for section in report.sections:
        parts += draw_section(section, 2, page)
    parts += [draw_blocks(report.closing, page), draw_notes(page)]
    return as_markdown("\n\n".join(part for part in parts if part)) + "\n"


def draw_section(section: Section, level: int, page: Page) -> Iterator[str]:
    """Yield the heading of a section, its blocks and its subsections."""
    if level > _DEEPEST:
        page.tell_once(f"headings below level {_DEEPEST} are shown at level {_DEEPEST}")
    number = f"{section.number} " if section.number else ""
    yield f"{'#' * min(level, _DEEPEST)} {number}{heading(section.title, page)}"
    yield draw_blocks(section.blocks, page)
    for below in section.sections:
        yield from draw_section(below, level + 1, page)


def _head(meta: Meta, theme: Theme) -> str:
    """Return what the document says about itself, as YAML whose values are written as in JSON."""
    values = {
        "title": meta.title,
        "id": meta.identifier,
        "date": meta.date.isoformat(),
        "authors": list(meta.authors),
        "stage": meta.stage,
        "edition": meta.edition,
        "tlp": meta.marking.label if meta.marking else None,
        "keywords": list(meta.keywords),
        "lang": meta.language,
        GENERATOR: PROGRAM,
        "document_id": meta.document_id,
        WORDING: [[english, said] for english, said in theme.wording_in(meta.language).items()],
        NUMBERED: theme.layout.numbered,
    }
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items() if value)
    return "\n".join(["---", *lines, "---"])


def _title(block: TitleBlock, meta: Meta, page: Page) -> Iterator[str]:
    if meta.marking:
        yield f"**{meta.marking.label}**"
    yield f"# {heading(block.title, page)}"
    yield draw_lines((Text(" · ".join(part for part in (block.kicker, block.subtitle) if part)),), page.place)
    yield draw_lines((Text(block.byline),), page.place) if block.byline else ""
    for marks in (block.badges, block.figures):
        yield " · ".join(_mark(mark, page) for mark in marks)


def _mark(mark: Badge | KeyFigure, page: Page) -> str:
    return draw_lines((Strong((Text(f"{mark.label}:"),)), Text(f" {mark.text}")), page.place)


def _slugs(report: Report) -> dict[str, str]:
    """Return for each anchor of a section what leads to it where Markdown is shown on the web."""
    taken: Counter[str] = Counter()
    slugs = {}
    for _, section in sections(report):
        slug = re.sub(r"[^\w\- ]", "", plain_text(section.title).lower()).replace(" ", "-")
        slugs[section.anchor] = f"{slug}-{taken[slug]}" if taken[slug] else slug
        taken[slug] += 1
    return slugs
