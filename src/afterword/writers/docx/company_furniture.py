"""Header and footer of a company's base: left as they are, with the marks that a report must carry added to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.section import _BaseHeaderFooter
from docx.shared import Length
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from afterword.writers.docx.furniture import footer_runs, header_runs, mark_runs
from afterword.writers.docx.manuscript import Manuscript
from afterword.writers.docx.markup.element import Element, qualified
from afterword.writers.docx.markup.paragraphs import paragraph

_CONTENT = tuple(qualified(f"w:{name}") for name in ("t", "drawing", "pict", "fldSimple", "instrText", "tbl", "sym"))

Kind = Literal["header", "footer"]


def furnish_company(document: Document, manuscript: Manuscript, dress: Callable[[Element], None]) -> None:
    """Add the draft mark and the TLP label to header and footer; fill whichever of the two the base leaves empty.

    The label stands in both, on every page (FIRST, TLP 2.0, section 3), whatever the base has there.
    """
    for kind in ("header", "footer"):
        shown = list(_shown(document, kind))
        is_empty = not any(_has_content(each) for each in shown)
        for each in shown:
            if is_empty:
                _fill(each, kind, manuscript, dress, document)
            else:
                _mark(each, kind, manuscript, dress)


def _shown(document: Document, kind: Kind) -> Iterator[_BaseHeaderFooter]:
    """Yield the headers or footers that some page of the document shows."""
    section = document.sections[0]
    yield getattr(section, kind)
    if section.different_first_page_header_footer:
        yield getattr(section, f"first_page_{kind}")
    if document.settings.odd_and_even_pages_header_footer:
        yield getattr(section, f"even_page_{kind}")


def _has_content(shown: _BaseHeaderFooter) -> bool:
    return not shown.is_linked_to_previous and next(shown._element.iter(*_CONTENT), None) is not None  # noqa: SLF001 (content of any kind)


def _fill(
    shown: _BaseHeaderFooter,
    kind: Kind,
    manuscript: Manuscript,
    dress: Callable[[Element], None],
    document: Document,
) -> None:
    meta = manuscript.report.meta
    runs = header_runs(meta.header, manuscript) if kind == "header" else footer_runs(manuscript)
    if runs:
        shown.is_linked_to_previous = False
        made = paragraph(kind.title(), runs)
        _put(shown, made, dress, only=True)
        _reach_the_edge(shown.paragraphs[-1], document)


def _reach_the_edge(line: Paragraph, document: Document) -> None:
    """Give a line one tabulator, at the end of the page's lines, in place of those that its style has.

    Word's own style has two, for the middle and the end of its own page.
    """
    section, own = document.sections[0], line.paragraph_format.tab_stops
    sides = (section.left_margin or 0) + (section.right_margin or 0) + (section.gutter or 0)
    edge = Length((section.page_width or 0) - sides)
    inherited = {stop.position for style in _styles_of(line) for stop in style.paragraph_format.tab_stops}
    for position in sorted(inherited - {edge}):
        own.add_tab_stop(position, WD_TAB_ALIGNMENT.CLEAR)
    own.add_tab_stop(edge, WD_TAB_ALIGNMENT.RIGHT)


def _styles_of(line: Paragraph) -> Iterator[ParagraphStyle]:
    """Yield the style of a paragraph and those that it builds on."""
    style = line.style
    while isinstance(style, ParagraphStyle):
        yield style
        style = style.base_style


def _mark(shown: _BaseHeaderFooter, kind: Kind, manuscript: Manuscript, dress: Callable[[Element], None]) -> None:
    runs = mark_runs(manuscript, stage=kind == "header")
    if runs:
        shown.is_linked_to_previous = False
        _put(shown, paragraph("Marks", runs), dress, only=not _has_content(shown))


def _put(shown: _BaseHeaderFooter, made: Element, dress: Callable[[Element], None], *, only: bool) -> None:
    """Put a paragraph at the end of a header or footer, or in the place of its empty paragraphs."""
    root = shown._element  # noqa: SLF001 (paragraphs made as XML)
    if only:
        root[:] = []
    dress(made)
    root.append(made)
