"""The body of the report: title block, contents, sections, closing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from afterword.report.nodes import Badge, Report, Section, TitleBlock
from afterword.report.walk import sections
from afterword.writers.docx.blocks import draw_blocks
from afterword.writers.docx.captions import anchored
from afterword.writers.docx.contents import draw_contents
from afterword.writers.docx.inlines import draw_inlines
from afterword.writers.docx.logo import draw_logo
from afterword.writers.docx.manuscript import Frame, Manuscript
from afterword.writers.docx.markup.element import Element
from afterword.writers.docx.markup.paragraphs import paragraph
from afterword.writers.docx.markup.runs import text_runs

_DEEPEST = 9
"""Levels of headings in Word (ECMA-376-1, 17.3.1.20)."""


def draw_report(report: Report, manuscript: Manuscript) -> Iterator[Element]:
    """Yield the elements of the whole report in reading order."""
    frame = Frame(manuscript.sheet.width, manuscript.look)
    yield from _title_block(report.title_block, manuscript)
    if report.contents and report.sections:
        yield draw_contents(report, manuscript)
    for level, section in sections(report):
        yield _heading(section, level, manuscript)
        yield from draw_blocks(section.blocks, frame, manuscript)
    yield from draw_blocks(report.closing, frame, manuscript)


def _title_block(block: TitleBlock, manuscript: Manuscript) -> Iterator[Element]:
    look = manuscript.look
    yield from draw_logo(manuscript)
    if block.kicker:
        yield paragraph("Kicker", text_runs(manuscript.line(block.kicker), look))
    yield paragraph("Title", draw_inlines(block.title, replace(look, bold_around=True), manuscript))
    if block.subtitle:
        yield paragraph("Subtitle", text_runs(manuscript.line(block.subtitle), look))
    badges = [run for place, badge in enumerate(block.badges) for run in _badge(badge, place, manuscript)]
    yield paragraph("Badges", badges)


def _badge(badge: Badge, place: int, manuscript: Manuscript) -> list[Element]:
    gap = text_runs("\u2003", manuscript.look) if place else []
    style = f"Badge{badge.role.title()}" if badge.role in {"stage", "severity"} else "BadgeText"
    label = text_runs(f"{manuscript.line(badge.label)} ", replace(manuscript.look, style="BadgeLabel"))
    return [
        *gap,
        *label,
        *text_runs(manuscript.line(badge.text), replace(manuscript.look, style=style)),
    ]


def _heading(section: Section, level: int, manuscript: Manuscript) -> Element:
    if level > _DEEPEST:
        manuscript.notice("AW502", f"a section deeper than {_DEEPEST} levels has a heading of level {_DEEPEST}")
    look = replace(manuscript.look, bold_around=True)
    number = text_runs(f"{section.number} ", replace(look, style="SectionNumber")) if section.number else []
    content = [*number, *draw_inlines(section.title, look, manuscript)]
    return paragraph(f"Heading{min(level, _DEEPEST)}", anchored(section.anchor, content, manuscript))
