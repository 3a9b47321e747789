"""The finished PDF: one file that is PDF/A-3a and PDF/UA-1, with the record it was made from inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterword.report.nodes import Report
from afterword.writers.base import WriterOptions, Written

if TYPE_CHECKING:
    from afterword.writers.pdf.layout import Layout


def lay_out(report: Report, options: WriterOptions) -> Layout:
    """Return the report on its pages, ready to be written; raise EngineMissing without the PDF engine."""
    from afterword.writers.pdf.layout import lay_out as laid_out

    return laid_out(report, options)


def write(report: Report, options: WriterOptions) -> Written:
    """Return the report as a PDF; raise EngineMissing without the PDF engine."""
    return lay_out(report, options).write()
