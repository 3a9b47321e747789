"""Where lines end in the PDF: no name is broken, no text runs into the next column, no mark of a note begins a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import docx_reports as made
import pytest
from weasyprint.formatting_structure import boxes as kinds

from afterword.intake import read_text
from afterword.loading import load_source
from afterword.options import RenderOptions
from afterword.pipeline import render_loaded
from afterword.theme.load import load_theme
from afterword.writers.base import WriterOptions
from afterword.writers.pdf import lay_out
from afterword.writers.pdf.layout import Layout

_CROWDED = """
id: INC-2026-0417
title: Crowded tables
date: 2026-03-12
timezone: Europe/Berlin
timeline:
  - {at: 2026-03-12 22:14, kind: impact-start, description: Settlement stops., actor: Ravi Chandrasekharan}
  - {at: 2026-03-13 22:52, kind: communicated, description: Told., actor: Oluwaseun Adeyemi-Brandt}
preventive_measures:
  - title: Own the ordering assumption
    type: prevent
    owner: Henrike Vogelsang <henrike.vogelsang@example.org>
    due: 2026-05-31
    status: in-progress
    ticket: RESIL-2000
    priority: P1
  - {title: Alert, type: mitigate, owner: Ravi Chandrasekharan, due: 2026-03-20, status: done, priority: P2}
"""

_SLACK = 1.0
"""Points by which a text may stand out of its cell, whose padding is more."""


def _laid_out(text: str, theme: str, language: str) -> Layout:
    options = RenderOptions(formats=("json",), theme=theme, language=language)
    report = render_loaded(load_source(read_text(text, "yaml", "crowded.yaml", None)), options).report
    return lay_out(report, WriterOptions(load_theme(theme), "A4"))


def _boxes(layout: Layout, kind: type) -> list[Any]:
    """Return the boxes of one kind on all pages."""
    return [box for page in layout.document.pages for box in page._page_box.descendants() if isinstance(box, kind)]


def _texts(box: Any) -> Iterator[Any]:  # noqa: ANN401 (WeasyPrint has no types)
    return (each for each in box.descendants() if isinstance(each, kinds.TextBox) and each.text.strip())


def _leaves(text: Any, cell: Any) -> bool:  # noqa: ANN401 (as above)
    return bool(text.position_x + text.width > cell.position_x + cell.border_width() + _SLACK)


@pytest.mark.parametrize(("language", "kind"), [("en", "Mitigate"), ("de", "Vorbeugung"), ("fr", "Prévention")])
@pytest.mark.parametrize("theme", ["sober", "corporate", "engineering"])
def test_names_words_and_addresses_keep_to_their_columns(theme: str, language: str, kind: str) -> None:
    """In crowded tables no name and no word of ours is broken, and no address runs into the next column."""
    cells = _boxes(_laid_out(_CROWDED, theme, language), kinds.TableCellBox)
    assert [text.text for cell in cells for text in _texts(cell) if _leaves(text, cell)] == []
    lines = [word for cell in cells for text in _texts(cell) for word in text.text.split()]
    assert lines.count("Chandrasekharan") == 2
    assert {kind, "RESIL-2000"} <= set(lines)


def test_the_mark_of_a_note_begins_no_line() -> None:
    """However long the text before it, the mark of a note stays with the word that it belongs to."""
    texts = [f"{'Long before it ' * 6}{'i' * extra}." for extra in range(40)]
    layout = lay_out(made.report(*(made.p(text, made.note(1)) for text in texts)), made.options())
    first = [next(_texts(line)).text for line in _boxes(layout, kinds.LineBox) if any(_texts(line))]
    assert len(first) > len(texts)
    assert "1" not in [text.strip("\u2060") for text in first]
