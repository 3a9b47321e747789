"""Size of the page and of what is printed on it, in twips (twentieths of a point)."""

from __future__ import annotations

from docx.document import Document
from docx.shared import Mm

from afterword.options import PAGE_SIZES
from afterword.writers.base import WriterOptions
from afterword.writers.docx.markup.element import element

_TWIPS_PER_MM = 1440 / 25.4


def content_width(options: WriterOptions) -> int:
    """Return the width between the side margins."""
    page = options.theme.page
    return round((PAGE_SIZES[options.page_size][0] - page.margin_left - page.margin_right) * _TWIPS_PER_MM)


def content_height(options: WriterOptions) -> int:
    """Return the height between the upper and the lower margin."""
    page = options.theme.page
    return round((PAGE_SIZES[options.page_size][1] - page.margin_top - page.margin_bottom) * _TWIPS_PER_MM)


def set_up_page(document: Document, options: WriterOptions, *, rtl: bool) -> None:
    """Give the document's one section the size and margins of the theme, and the direction of the report."""
    section, page = document.sections[0], options.theme.page
    width, height = PAGE_SIZES[options.page_size]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(page.margin_top), Mm(page.margin_bottom)
    section.left_margin, section.right_margin = Mm(page.margin_left), Mm(page.margin_right)
    section.header_distance, section.footer_distance = Mm(page.margin_top / 2), Mm(page.margin_bottom / 2)
    if rtl:
        section._sectPr.append(element("w:bidi"))  # noqa: SLF001 (python-docx has no interface for it)
