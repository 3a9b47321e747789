"""A page as the PDF engine takes it in."""

from __future__ import annotations

from pathlib import Path

import docx_reports as made
import pytest

from afterword.writers.pdf import layout, write
from afterword.writers.pdf.engine import fetcher, weasyprint
from afterword.writers.pdf.page_source import narrowed


def test_every_selector_is_narrowed() -> None:
    """The engine's style sheet has no rule left that makes a style for each element, or asks a font for a feature."""
    sheet = narrowed((Path(weasyprint().__file__).parent / "css" / "html5_ua.css").read_text("utf-8"))
    assert [line for line in sheet.splitlines() if line.startswith(("::", "*::"))] == []
    assert ".footnote::footnote-call {" in sheet
    assert "font-variant" not in sheet


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_are_the_same_as_with_the_whole_style_sheet(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report with all nodes, notes and lists among them, comes out byte for byte as the engine alone has it."""
    report = made.everything(language)
    ours = write(report, made.options()).data
    whole = weasyprint().HTML
    monkeypatch.setattr(
        layout, "page_source", lambda html, files, **options: whole(string=html, url_fetcher=fetcher(files), **options)
    )
    assert write(report, made.options()).data == ours
