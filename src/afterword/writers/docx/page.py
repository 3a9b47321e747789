"""Size of the page and of what is printed on it, in twips (twentieths of a point)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from docx.document import Document
from docx.shared import Inches, Length, Mm

from afterword.options import PAGE_SIZES
from afterword.writers.base import WriterOptions
from afterword.writers.docx.markup.element import Element, element, qualified

TWIPS_PER_MM = 1440 / 25.4
_EMU_PER_TWIP = 635
_NARROWEST = 1440
"""Width and height that are reckoned with at least, whatever the margins of a base leave."""


def content_width(options: WriterOptions) -> int:
    """Return the width between the side margins."""
    page = options.theme.page
    return round((PAGE_SIZES[options.page_size][0] - page.margin_left - page.margin_right) * TWIPS_PER_MM)


def content_height(options: WriterOptions) -> int:
    """Return the height between the upper and the lower margin."""
    page = options.theme.page
    return round((PAGE_SIZES[options.page_size][1] - page.margin_top - page.margin_bottom) * TWIPS_PER_MM)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed on of a page, in twips."""

    width: int
    """Of one column, where there are several."""

    height: int


def sheet_of(document: Document) -> Sheet:
    """Return what the document's one section leaves between its margins."""
    section = document.sections[0]
    sides = (section.left_margin, section.right_margin, section.gutter)
    width = _given(section.page_width, 8.5) - sum(_given(each, 0) for each in sides)
    height = _given(section.page_height, 11) - sum(
        abs(_given(e, 0)) for e in (section.top_margin, section.bottom_margin)
    )
    columns = section._sectPr.find(qualified("w:cols"))  # noqa: SLF001 (python-docx has no interface for it)
    number = 1 if columns is None else int(columns.get(qualified("w:num"), "1"))
    gap = 0 if columns is None else int(columns.get(qualified("w:space"), "720"))
    whole = round(width / _EMU_PER_TWIP) - gap * (number - 1)
    return Sheet(max(_NARROWEST, whole // number), max(_NARROWEST, round(height / _EMU_PER_TWIP)))


def _given(length: Length | None, inches: float) -> int:
    """Return a length in English metric units, or what Word takes where the section leaves it out."""
    return Inches(inches) if length is None else length


def put_in_order(parent: Element, child: Element, followers: Iterable[str]) -> None:
    """Put a child before the first of those that follow it in the schema, or at the end."""
    names = {qualified(f"w:{name}") for name in followers}
    after = next((each for each in parent if each.tag in names), None)
    if after is None:
        parent.append(child)
    else:
        after.addprevious(child)


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
