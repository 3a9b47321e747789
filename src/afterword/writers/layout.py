"""The laid-out pages of a report, from which the PDF is written and the page numbers of the Word draft are taken."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from afterword.options import Pages
from afterword.report.nodes import Report
from afterword.writers.base import WriterOptions, Written


class Layout(Protocol):
    """A report on its pages."""

    report: Report
    pages: Pages

    def write(self) -> Written:
        """Return the PDF of these pages."""
        ...


def lay_out(report: Report, options: WriterOptions) -> Layout:
    """Return the report on its pages; raise EngineMissing where the PDF engine cannot be loaded.

    The engine is imported here and not before, so that commands that draw nothing start fast.
    """
    return cast("Layout", import_module("afterword.writers.pdf").lay_out(report, options))
