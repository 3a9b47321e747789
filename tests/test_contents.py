"""When a report has contents, and how often its pages are laid out for that."""

from __future__ import annotations

from dataclasses import replace

import docx_reports as made
import pytest

from afterword import pipeline
from afterword.pipeline import PAGES_WITHOUT_CONTENTS, Bench
from afterword.report.nodes import Report
from afterword.writers.base import WriterOptions
from afterword.writers.layout import Layout, lay_out


@pytest.mark.parametrize("paragraphs", [1, 6, 7, 8, 9, 10, 11, 12, 16])
def test_contents_are_for_more_than_three_pages(paragraphs: int) -> None:
    """A report has contents where it has more than three pages without them, whatever its length was guessed to be."""
    report = replace(made.sectioned(2, paragraphs), contents=False)
    bench = Bench(report, made.options())
    bench.make("pdf")
    plain = lay_out(report, made.options()).pages.count
    assert bench._layout is not None
    assert bench._layout.report.contents == (plain > PAGES_WITHOUT_CONTENTS)


def test_a_long_report_is_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither whether there are contents nor the page numbers in them cost another round."""
    rounds: list[Report] = []

    def counted(report: Report, options: WriterOptions) -> Layout:
        rounds.append(report)
        return lay_out(report, options)

    monkeypatch.setattr(pipeline, "lay_out", counted)
    Bench(replace(made.sectioned(3, 12), contents=False), made.options()).make("pdf")
    assert [report.contents for report in rounds] == [True]
