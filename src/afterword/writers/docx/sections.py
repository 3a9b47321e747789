"""The body of the report: title block, contents, sections, closing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from afterword.report.nodes import Badge, KeyFigure, Report, Section, TitleBlock
from afterword.report.walk import sections
from afterword.writers.docx.blocks import draw_blocks
from afterword.writers.docx.captions import anchored
from afterword.writers.docx.contents import draw_contents
from afterword.writers.docx.cover import draw_band, has_cover, on_new_page
from afterword.writers.docx.inlines import draw_isolated
from afterword.writers.docx.logo import draw_logo
from afterword.writers.docx.manuscript import Frame, Manuscript
from afterword.writers.docx.markup.element import Element, qualified
from afterword.writers.docx.markup.paragraphs import break_before, keep_with_next, paragraph
from afterword.writers.docx.markup.runs import Look, run, text_element, text_runs
from afterword.writers.docx.markup.tables import Grid, cell, keep_row, row, table

_DEEPEST = 9
"""Levels of headings in Word (ECMA-376-1, 17.3.1.20)."""

_OWN_BADGES = frozenset({"stage", "severity"})
"""Roles of badges with a look of their own; all others look like the status."""

_FIGURES_IN_A_ROW = 4
"""How many numbers the row below the title has room for; fewer keep the same width."""


def draw_report(report: Report, manuscript: Manuscript) -> Iterator[Element]:
    """Yield the elements of the whole report in reading order."""
    frame = Frame(manuscript.sheet.width, manuscript.look)
    yield from _title_block(report.title_block, manuscript)
    body = _body(report, frame, manuscript)
    if has_cover(manuscript):
        yield from (on_new_page(first) for first in islice(body, 1))
    yield from body


def _body(report: Report, frame: Frame, manuscript: Manuscript) -> Iterator[Element]:
    if report.contents and report.sections:
        yield draw_contents(report, manuscript)
    drawn: list[Element] = []
    for level, section in sections(report):
        opens_page = report.contents and not drawn  # title and contents have the first page for themselves
        drawn = [_heading(section, level, manuscript), *draw_blocks(section.blocks, frame, manuscript)]
        if opens_page:
            break_before(drawn[0])
        yield from drawn
    closing = draw_blocks(report.closing, frame, manuscript)
    if drawn and closing:
        _hold(drawn)
    yield from closing


def _hold(drawn: Sequence[Element]) -> None:
    """Keep the last paragraph on the page of what follows, so that the closing never stands alone on a page.

    After a table, the last paragraph is the empty one below it; the last row has to come along.
    """
    paragraphs = list(drawn[-1].iter(qualified("w:p")))
    if paragraphs:
        keep_with_next(paragraphs[-1])
    for above in drawn[-2:-1]:
        if above.tag == qualified("w:tbl"):
            keep_row(above[-1])


def _title_block(block: TitleBlock, manuscript: Manuscript) -> Iterator[Element]:
    yield from draw_logo(manuscript)
    yield from (draw_band if has_cover(manuscript) else _heading_of)(block, manuscript)
    badges = [run for place, badge in enumerate(block.badges) for run in _badge(badge, place, manuscript)]
    yield paragraph("Badges", badges)
    if block.figures:
        yield _key_figures(block.figures, manuscript)
        yield paragraph("AfterTable")


def _heading_of(block: TitleBlock, manuscript: Manuscript) -> Iterator[Element]:
    look = manuscript.look
    if block.kicker:
        yield paragraph("Kicker", text_runs(manuscript.line(block.kicker), look))
    yield paragraph("Title", draw_isolated(block.title, replace(look, bold_around=True), manuscript))
    if block.subtitle:
        yield paragraph("Subtitle", text_runs(manuscript.line(block.subtitle), look))
    if block.byline:
        yield paragraph("Byline", text_runs(manuscript.line(block.byline), look))


def _badge(badge: Badge, place: int, manuscript: Manuscript) -> list[Element]:
    gap = text_runs("\u2003", manuscript.look) if place else []
    style = f"Badge{(badge.role if badge.role in _OWN_BADGES else 'status').title()}"
    label = text_runs(f"{manuscript.line(badge.label)} ", Look(f"{style}Label", rtl=manuscript.rtl))
    text = text_runs(manuscript.line(badge.text), Look(style, rtl=manuscript.rtl))
    if not manuscript.rtl:  # a line in the badge's colour goes around it
        return [*gap, *label, *text]
    edge = [run(Look(style), [text_element("\N{NO-BREAK SPACE}")], rtl=True) for _ in range(2)]
    return [*gap, edge[0], *label, *text, edge[1]]


def _key_figures(figures: Sequence[KeyFigure], manuscript: Manuscript) -> Element:
    """Return the numbers below the title as one row of cells, each with its label above."""
    width = manuscript.sheet.width
    widths = [width // _FIGURES_IN_A_ROW] * len(figures)
    widths[-1] = width - sum(widths[:-1])
    cells = []
    for figure, share in zip(figures, widths, strict=True):
        label = text_runs(manuscript.line(figure.label), manuscript.look)
        value = text_runs(manuscript.line(figure.text), replace(manuscript.look, bold_around=True))
        cells.append(cell(share, [paragraph("KeyFigureLabel", label), paragraph("KeyFigureValue", value)]))
    told = manuscript.line(", ".join(figure.label for figure in figures))
    grid = Grid("TableKeyFigures", widths, rtl=manuscript.rtl, title=told, description=told)
    return table(grid, [row(cells)])


def _heading(section: Section, level: int, manuscript: Manuscript) -> Element:
    if level > _DEEPEST:
        manuscript.notice("AW502", f"a section deeper than {_DEEPEST} levels has a heading of level {_DEEPEST}")
    look = replace(manuscript.look, bold_around=True)
    number = text_runs(f"{section.number} ", replace(look, style="SectionNumber")) if section.number else []
    content = [*number, *draw_isolated(section.title, look, manuscript)]
    return paragraph(f"Heading{min(level, _DEEPEST)}", anchored(section.anchor, content, manuscript))
