"""Page header and footer: texts, the mark of a draft, the TLP label, page numbers."""

from __future__ import annotations

import re
from dataclasses import replace

from docx.document import Document

from afterword.options import PAGE_SIZES
from afterword.theme.record import BAR_HEIGHT
from afterword.writers.base import furniture_text
from afterword.writers.docx.manuscript import Manuscript
from afterword.writers.docx.markup.element import Element, element
from afterword.writers.docx.markup.fields import field
from afterword.writers.docx.markup.paragraphs import paragraph
from afterword.writers.docx.markup.runs import Look, run, tab, text_element, text_runs
from afterword.writers.docx.page import TWIPS_PER_MM

_COUNTS = re.compile(r"(\{pages?\})")


def furnish(document: Document, manuscript: Manuscript) -> None:
    """Fill header and footer; the first page, which has the title itself, repeats only the marks in its header."""
    section, meta = document.sections[0], manuscript.report.meta
    headers = ((section.header, meta.header), (section.first_page_header, ""))
    for header, text in headers:
        header.paragraphs[0]._p.extend(header_runs(text, manuscript))  # noqa: SLF001 (runs made as XML)
    for footer in (section.footer, section.first_page_footer):
        footer.paragraphs[0]._p.extend(footer_runs(manuscript))  # noqa: SLF001 (as above)
    if manuscript.options.theme.layout.bar:
        for header, _ in headers:
            header.paragraphs[0]._p.addprevious(_bar(manuscript))  # noqa: SLF001 (as above)


def _bar(manuscript: Manuscript) -> Element:
    """Return the bar along the top of a page: an empty paragraph in a frame, which LibreOffice ignores in a style."""
    width, height = (round(each * TWIPS_PER_MM) for each in (PAGE_SIZES[manuscript.options.page_size][0], BAR_HEIGHT))
    frame: dict[str, str | int] = {"w:w": width, "w:h": height, "w:hRule": "exact", "w:wrap": "around"}
    frame |= {"w:vAnchor": "page", "w:hAnchor": "page", "w:xAlign": "left", "w:yAlign": "top"}
    made = paragraph("PageBar")
    made[0].append(element("w:framePr", frame))
    return made


def header_runs(text: str, manuscript: Manuscript) -> list[Element]:
    """Return what a header says: the text given, the mark of a draft, the name of an edition, the TLP label."""
    meta = manuscript.report.meta
    stage = meta.stage_label if meta.stage != "final" else ""
    start = _text(text, manuscript, stage, meta.edition_label if meta.edition else "")
    return _sides(start, _stage(manuscript), manuscript)


def mark_runs(manuscript: Manuscript, *, stage: bool) -> list[Element]:
    """Return the TLP label, after the mark of a draft where `stage` says so; nothing for a final report without one."""
    return _joined(_stage(manuscript) if stage else [], _marking(manuscript), manuscript)


def _stage(manuscript: Manuscript) -> list[Element]:
    """Return the mark of a draft and the name of an edition."""
    meta, look = manuscript.report.meta, manuscript.look
    stage = text_runs(manuscript.line(meta.stage_label), replace(look, style="DraftMark"))
    edition = text_runs(manuscript.line(meta.edition_label), replace(look, style="EditionMark")) if meta.edition else []
    return _joined(stage if meta.stage != "final" else [], edition, manuscript)


def _joined(marks: list[Element], label: list[Element], manuscript: Manuscript) -> list[Element]:
    gap = text_runs("\u2003", manuscript.look) if marks and label else []
    return [*marks, *gap, *label]


def footer_runs(manuscript: Manuscript) -> list[Element]:
    """Return what a footer says: the report's text, the page's number, the TLP label."""
    start = _text(manuscript.report.meta.footer, manuscript, manuscript.report.words.page_of)
    return _sides(start, _page_of(manuscript), manuscript)


def _text(text: str, manuscript: Manuscript, *marks: str) -> list[Element]:
    """Return the text as far as it fits in one line with these marks and the TLP label."""
    marking = manuscript.report.meta.marking
    short = furniture_text(text, manuscript.options, (*marks, marking.label if marking else ""))
    return text_runs(manuscript.line(short), manuscript.look) if text else []


def _sides(start: list[Element], end: list[Element], manuscript: Manuscript) -> list[Element]:
    """Return what stands at the leading edge, and at the other what is given and then the TLP label."""
    trailing = _joined(end, _marking(manuscript), manuscript)
    return [*start, tab(), *trailing] if trailing else start


def _marking(manuscript: Manuscript) -> list[Element]:
    """Return the TLP label in its colour on black, in 12 points or more (FIRST, TLP 2.0, section 3)."""
    marking = manuscript.report.meta.marking
    if marking is None:
        return []
    style = f"TLP{marking.role.title().replace('-', '')}"
    edge = "" if manuscript.rtl else "\u00a0"  # a space on either side, which bidi text would carry away
    return [run(Look(style=style), [text_element(f"{edge}{manuscript.line(marking.label)}{edge}")])]


def _page_of(manuscript: Manuscript) -> list[Element]:
    """Return the page's number and how many there are, as fields that Word keeps right."""
    look, pages = manuscript.look, manuscript.options.pages
    known = {"{page}": field("PAGE", "1"), "{pages}": field("NUMPAGES", str(pages.count if pages else 1))}
    made: list[Element] = []
    for piece in _COUNTS.split(manuscript.line(manuscript.report.words.page_of)):
        made += known.get(piece) or (text_runs(piece, look) if piece else [])
    return made
