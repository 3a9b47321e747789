"""The report as an editable Word document (Office Open XML, ECMA-376), in styles that come from the theme."""

from __future__ import annotations

from dataclasses import replace

from afterword.report.nodes import Report
from afterword.writers.base import WriterOptions, Written
from afterword.writers.docx.adopting import Adopted
from afterword.writers.docx.base import open_base
from afterword.writers.docx.combined import combine_marks
from afterword.writers.docx.comments import comment_placeholders
from afterword.writers.docx.footnotes import hold_notes
from afterword.writers.docx.furniture import furnish
from afterword.writers.docx.manuscript import Manuscript
from afterword.writers.docx.packing import packed
from afterword.writers.docx.page import Sheet, content_height, content_width, set_up_page, sheet_of
from afterword.writers.docx.properties import set_properties
from afterword.writers.docx.record import embed, embed_making, make_room_for_seal
from afterword.writers.docx.room import room_to_nest
from afterword.writers.docx.sections import draw_report
from afterword.writers.docx.theming import wear


def write(report: Report, options: WriterOptions) -> Written:
    """Return the report as a Word document, with notices about what Word cannot hold."""
    adopted = Adopted(options.docx_base, options, report.meta) if options.docx_base else None
    manuscript = _on_base(adopted, report, options) if adopted else _on_ours(report, options)  # 1. the base, dressed
    document = manuscript.document
    end = document.sections[0]._sectPr  # noqa: SLF001 (the body's last element; blocks go before it)
    with room_to_nest():
        for block in draw_report(report, manuscript):  # 2. title block, contents, sections, closing
            end.addprevious(block)
        hold_notes(document, manuscript)
    comment_placeholders(document, manuscript)  # 3. what is still to do
    if adopted:  # 4. header and footer, and styles that a company's base lacks
        adopted.finish(manuscript)
    else:
        furnish(document, manuscript)
    combine_marks(document)
    set_properties(document, manuscript)  # 5. what the document says about itself
    if report.source:
        embed(document, report.source, report.meta.document_id)  # 6. the record
    theme = options.theme
    embed_making(document, theme.wording_in(report.meta.language), is_numbered=theme.layout.numbered)
    make_room_for_seal(document)
    return Written(packed(document), tuple(manuscript.findings))  # 7. one file, always the same


def _on_ours(report: Report, options: WriterOptions) -> Manuscript:
    document = open_base()
    wear(document, options, report.meta)
    set_up_page(document, options, rtl=report.meta.direction == "rtl")
    return Manuscript(document, report, options, Sheet(content_width(options), content_height(options)))


def _on_base(adopted: Adopted, report: Report, options: WriterOptions) -> Manuscript:
    """Return the manuscript on a company's base, where no page is known: only our own pages were laid out."""
    return Manuscript(
        adopted.document, report, replace(options, pages=None), sheet_of(adopted.document), adopted.counts
    )
