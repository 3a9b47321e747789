"""The laid-out pages of a report, from which the PDF is written and the page numbers of the Word draft are taken."""

from __future__ import annotations

from typing import Protocol

from afterword.options import Pages
from afterword.report.nodes import Report
from afterword.writers.base import WriterOptions, Written


class Layout(Protocol):
    """A report on its pages."""

    @property
    def report(self) -> Report:
        """What is laid out."""
        ...

    @property
    def pages(self) -> Pages:
        """Where its parts stand."""
        ...

    def write(self) -> Written:
        """Return the PDF of these pages."""
        ...


def lay_out(report: Report, options: WriterOptions) -> Layout:
    """Return the report on its pages; raise EngineMissing where the PDF engine cannot be loaded.

    The engine is imported here and not before, so that commands that draw nothing start fast.
    """
    from afterword.writers import pdf

    return pdf.lay_out(report, options)
