"""What stands in the margins of every page: header, footer, page number, stage and edition, and TLP label."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup

from afterword.options import PAGE_SIZES
from afterword.report.nodes import Report
from afterword.templating import css_string, render, trusted
from afterword.writers.base import WriterOptions, furniture_text

_TLP_COLOURS = {
    "red": "#ff2b2b",
    "amber": "#ffc000",
    "amber-strict": "#ffc000",
    "green": "#33ff00",
    "clear": "#ffffff",
}
"""FIRST, TLP 2.0, section 4: colours of the text on black."""


def furniture(report: Report, options: WriterOptions, table: Mapping[int, str]) -> Markup:
    """Return the style rules for the page of one report, with characters replaced as `str.translate` does.

    A TLP label stands at the right of header and footer, which TLP 2.0 recommends; all else makes room for it.
    """
    meta = report.meta
    start, end = ("right", "left") if meta.direction == "rtl" else ("left", "right")
    if meta.marking:
        start, end = "left", "center"
    stage = meta.stage_label or report.words.draft if meta.stage != "final" else ""
    mark = " · ".join(filter(None, (stage, meta.edition_label)))
    width, height = PAGE_SIZES[options.page_size]
    label = meta.marking.label if meta.marking else ""
    header = furniture_text(meta.header, options, (mark, label))
    footer = furniture_text(meta.footer, options, (report.words.page_of, label))
    rules = render(
        "furniture.css.j2",
        width=width,
        height=height,
        page=options.theme.page,
        direction=meta.direction,
        texts=[
            (f"top-{start}", css_string(header.translate(table))),
            (f"bottom-{start}", css_string(footer.translate(table))),
            (f"bottom-{end}", page_number(report.words.page_of.translate(table))),
        ],
        mark=css_string(mark.translate(table)) if mark else "",
        mark_box=f"top-{end}",
        mark_colour=options.theme.colours.draft if stage else options.theme.colours.accent,
        mark_case="none" if meta.edition_label else "uppercase",
        header_box=f"top-{start}",
        rule=options.theme.colours.rule,
        marking=meta.marking,
        marking_colour=_TLP_COLOURS[meta.marking.role] if meta.marking else "",
    )
    return trusted(rules)


def page_number(pattern: str) -> Markup:
    """Return `Page {page} of {pages}`, in whatever order and language, as the content of a margin box."""
    counters = {"{page}": trusted("counter(page)"), "{pages}": trusted("counter(pages)")}
    pieces = [piece for piece in re.split(r"(\{pages?\})", pattern) if piece]
    return Markup(" ").join(counters.get(piece) or css_string(piece) for piece in pieces)
