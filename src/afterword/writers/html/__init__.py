"""One self-contained, accessible HTML page."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from markupsafe import Markup

from afterword.report.drawings import Drawing
from afterword.report.nodes import Report
from afterword.templating import macro, render, trusted
from afterword.theme.record import Theme
from afterword.writers.base import WriterOptions, Written
from afterword.writers.drawing import drawing_svg
from afterword.writers.html.draw import draw_report
from afterword.writers.html.medium import NODES, Medium
from afterword.writers.html.style import style_sheet

_LOGO_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
_DRAWING_WIDTH = 166.0
"""Millimetres; the page scales the drawing to its own width."""


def write(report: Report, options: WriterOptions) -> Written:
    """Return the report as one page that asks for nothing else."""
    drawn = draw_report(report, _screen(report, options.theme))
    page = render(
        "page.html.j2",
        meta=report.meta,
        date=report.meta.date.isoformat(),
        css=trusted(style_sheet(options.theme, "report.css", "screen.css")),
        title_block=drawn.title_block,
        contents=drawn.contents,
        sections=drawn.sections,
    )
    return Written(page.encode("utf-8"))


def _screen(report: Report, theme: Theme) -> Medium:
    def drawing_of(drawing: Drawing, alt: str) -> Markup:
        svg = drawing_svg(drawing, theme, report.meta.direction, _DRAWING_WIDTH, alt)
        return macro(NODES, "wide")(trusted(svg), alt)

    urls = {key: _data_url(asset.data, asset.media_type) for key, asset in report.assets.items()}
    return Medium(report.words, theme, report.assets, urls.__getitem__, drawing_of, _logo_url(theme))


def _logo_url(theme: Theme) -> str:
    if not theme.logo.file:
        return ""
    path = Path(theme.folder, theme.logo.file)
    return _data_url(path.read_bytes(), _LOGO_TYPES[path.suffix.lower()])


def _data_url(data: bytes, media_type: str) -> str:
    return f"data:{media_type};base64,{b64encode(data).decode('ascii')}"
