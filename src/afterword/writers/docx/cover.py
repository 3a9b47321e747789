"""The cover: the title on a band in the theme's accent, from edge to edge, on a page of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from afterword.options import PAGE_SIZES
from afterword.report.nodes import TitleBlock
from afterword.writers.docx.inlines import draw_isolated
from afterword.writers.docx.manuscript import Manuscript
from afterword.writers.docx.markup.element import Element, element, qualified
from afterword.writers.docx.markup.paragraphs import break_before, paragraph
from afterword.writers.docx.markup.runs import text_runs
from afterword.writers.docx.markup.tables import Grid, table
from afterword.writers.docx.page import TWIPS_PER_MM

_HEIGHT = 0.4
"""Of the band, as a share of the page's."""


def draw_band(block: TitleBlock, manuscript: Manuscript) -> Iterator[Element]:
    """Yield the title of the report with what stands above and below it, on a band as wide as the page."""
    look = manuscript.look
    made = [paragraph("CoverKicker", text_runs(manuscript.line(block.kicker), look))] if block.kicker else []
    made.append(paragraph("CoverTitle", draw_isolated(block.title, replace(look, bold_around=True), manuscript)))
    below = filter(None, (block.subtitle, block.byline))
    made += [paragraph("CoverSubtitle", text_runs(manuscript.line(text), look)) for text in below]
    yield _band(made, manuscript)
    yield paragraph("AfterTable")


def _band(content: Iterable[Element], manuscript: Manuscript) -> Element:
    page = manuscript.options.theme.page
    width, height = (round(each * TWIPS_PER_MM) for each in PAGE_SIZES[manuscript.options.page_size])
    start, end = (round(each * TWIPS_PER_MM) for each in (page.margin_left, page.margin_right))
    if manuscript.rtl:
        start, end = end, start
    sides = {"w:left": start, "w:right": end}
    margins = [element(name, {"w:w": size, "w:type": "dxa"}) for name, size in sides.items()]
    properties = [element("w:tcW", {"w:w": width, "w:type": "dxa"}), element("w:tcMar", None, margins)]
    cell = element("w:tc", None, [element("w:tcPr", None, properties), *content])
    tall = element("w:trHeight", {"w:val": round(height * _HEIGHT), "w:hRule": "atLeast"})
    row = element("w:tr", None, [element("w:trPr", None, [element("w:cantSplit"), tall]), cell])
    return table(Grid("CoverBand", (width,), -start, rtl=manuscript.rtl), [row])


def on_new_page(block: Element) -> Element:
    """Return the block, its first paragraph at the head of a page."""
    break_before(block if block.tag == qualified("w:p") else next(block.iter(qualified("w:p"))))
    return block


def has_cover(manuscript: Manuscript) -> bool:
    """Return whether the title has a page of its own; a company's base has its own idea of a first page."""
    return manuscript.options.theme.layout.cover and not manuscript.options.docx_base
