"""The report as an editable Word document (Office Open XML, ECMA-376), in styles that come from the theme."""

from __future__ import annotations

from afterword.report.nodes import Report
from afterword.writers.base import WriterOptions, Written
from afterword.writers.docx.base import open_base
from afterword.writers.docx.comments import comment_placeholders
from afterword.writers.docx.furniture import furnish
from afterword.writers.docx.manuscript import Manuscript
from afterword.writers.docx.packing import packed
from afterword.writers.docx.page import set_up_page
from afterword.writers.docx.properties import set_properties
from afterword.writers.docx.record import embed
from afterword.writers.docx.room import room_to_nest
from afterword.writers.docx.sections import draw_report
from afterword.writers.docx.theming import wear


def write(report: Report, options: WriterOptions) -> Written:
    """Return the report as a Word document, with notices about what Word cannot hold."""
    document = open_base()  # 1. the base: styles, no text
    wear(document, options, report.meta)  # 2. styles, fonts and page from the theme
    set_up_page(document, options, rtl=report.meta.direction == "rtl")
    manuscript = Manuscript(document, report, options)
    end = document.sections[0]._sectPr  # noqa: SLF001 (the body's last element; blocks go before it)
    with room_to_nest():
        for block in draw_report(report, manuscript):  # 3. title block, contents, sections, closing
            end.addprevious(block)
    comment_placeholders(document, manuscript)  # 4. what is still to do
    furnish(document, manuscript)  # 5. header and footer
    set_properties(document, manuscript)  # 6. what the document says about itself
    if report.source:
        embed(document, report.source, report.meta.document_id)  # 7. the record
    return Written(packed(document), tuple(manuscript.findings))  # 8. one file, always the same
