"""Contents as Word makes them itself: a field with its entries, which Word can bring up to date."""

from __future__ import annotations

from afterword.report.direction import direction_beside
from afterword.report.nodes import Report, Section
from afterword.report.walk import plain_text, sections
from afterword.writers.docx.inlines import facing, way
from afterword.writers.docx.manuscript import Manuscript
from afterword.writers.docx.markup.controls import contents_control
from afterword.writers.docx.markup.element import Element
from afterword.writers.docx.markup.fields import closed, field, opened
from afterword.writers.docx.markup.paragraphs import inner_link, paragraph
from afterword.writers.docx.markup.runs import tab, text_runs

_DEPTH = 2
"""How many levels of sections the contents list."""


def draw_contents(report: Report, manuscript: Manuscript) -> Element:
    """Return the contents of a report: title, then an entry for each section of the upper levels."""
    title = paragraph("TOCHeading", text_runs(manuscript.line(report.words.contents), manuscript.look))
    listed = [(level, section) for level, section in sections(report) if level <= _DEPTH]
    entries = [_entry(section, manuscript) for _, section in listed]
    entries[0][:0] = opened(rf'TOC \o "1-{_DEPTH}" \h \z')
    entries[-1].append(closed())
    lines = [paragraph(f"TOC{level}", entry) for (level, _), entry in zip(listed, entries, strict=True)]
    return contents_control(next(manuscript.numbers), [title, *lines])


def _entry(section: Section, manuscript: Manuscript) -> list[Element]:
    title = manuscript.line(f"{section.number} {plain_text(section.title)}".strip())
    content = text_runs(title, facing(manuscript.look, direction_beside(section.title, way(manuscript.look))))
    if not section.anchor:
        return content
    return [inner_link(section.anchor, [*content, *_page(section.anchor, manuscript)])]


def _page(anchor: str, manuscript: Manuscript) -> list[Element]:
    """Return the page of an anchor as a field; nothing where the page is not known, rather than a wrong one."""
    pages = manuscript.options.pages
    page = pages.of_anchor.get(anchor) if pages else None
    return [tab(), *field(rf"PAGEREF {anchor} \h", str(page))] if page else []
