"""A page of HTML as the engine takes it in, with the engine's own style sheet cut down to what our pages use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from afterword.writers.pdf.engine import fetcher, weasyprint

_NARROWED = {
    "::marker": "li::marker, summary::marker",
    "::footnote-call": ".footnote::footnote-call",
    "::footnote-marker": ".footnote::footnote-marker",
    "::note-call": ".footnote::note-call",
    "::note-marker": ".footnote::note-marker",
    "::note-callback": ".footnote::note-callback",
}
"""Selectors of the engine that make six more styles for each element of a page, and those to ask for instead.

Only list items have markers on our pages, and only `.footnote` is set as a footnote.
"""

_LEAKING = "font-variant-numeric: tabular-nums; "
"""Of the engine's markers. Of each line that is set with a feature of its font, the engine keeps memory for good."""


def page_source(html: str, files: Mapping[str, Any], **options: Any) -> Any:  # noqa: ANN401 (WeasyPrint has no types)
    """Return a page as the engine's `HTML`, which finds these files, by address, and no others.

    It takes a tenth less time to be laid out than with the engine's whole style sheet, and comes out the same.
    """
    sheet = _own_sheet()

    class Page(weasyprint().HTML):  # type: ignore[misc] # (WeasyPrint has no types)
        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: FBT001, FBT002 (as the engine calls it)
            whole = super()._ua_stylesheets(forms)
            return [sheet, *whole[1:]]

    return Page(string=html, url_fetcher=fetcher(files), **options)


@cache
def _own_sheet() -> Any:  # noqa: ANN401 (WeasyPrint has no types)
    engine = weasyprint()
    text = (Path(engine.__file__).parent / "css" / "html5_ua.css").read_text("utf-8")
    return engine.CSS(string=narrowed(text))


def narrowed(sheet: str) -> str:
    """Return the engine's style sheet with the selectors replaced that are for every element.

    Marks of lists have the figures that their font has by itself; those of our fonts are all as wide.
    """
    for selector, narrow in _NARROWED.items():
        sheet = re.sub(rf"^{re.escape(selector)}(?= )", narrow, sheet, flags=re.MULTILINE)
    return sheet.replace(_LEAKING, "")
