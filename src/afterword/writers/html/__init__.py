"""One self-contained, accessible HTML page."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from afterword.report.drawings import Drawing
from afterword.report.nodes import Report
from afterword.templating import macro, trusted
from afterword.theme.files import data_address, picture_address
from afterword.theme.record import Theme
from afterword.theme.style import style_sheet
from afterword.writers.base import WriterOptions, Written
from afterword.writers.drawing import drawing_svg
from afterword.writers.html.draw import draw_report
from afterword.writers.html.medium import NODES, Medium
from afterword.writers.html.origin import sealed
from afterword.writers.html.page import draw_page

_DRAWING_WIDTH = 166.0
"""Millimetres; the page scales the drawing to its own width."""


def write(report: Report, options: WriterOptions) -> Written:
    """Return the report as one page that asks for nothing else."""
    theme = options.theme
    drawn = draw_report(report, _screen(report, theme))
    css = trusted(style_sheet(theme, "report.css", "screen.css", url_of=picture_address))
    page = draw_page("page.html.j2", theme, report.meta, drawn, picture_address, css=css)
    return Written(sealed(page.encode("utf-8")))


def _screen(report: Report, theme: Theme) -> Medium:
    def drawing_of(drawing: Drawing, alt: str) -> Markup:
        svg = drawing_svg(drawing, theme, report.meta.direction, _DRAWING_WIDTH, alt)
        return macro(NODES, "wide")(trusted(svg), alt)

    urls = {key: data_address(asset.data, asset.media_type) for key, asset in report.assets.items()}
    logo, way = _logo_url(theme), report.meta.direction
    return Medium(report.words, theme, report.assets, urls.__getitem__, drawing_of, logo, notes=[], direction=way)


def _logo_url(theme: Theme) -> str:
    return picture_address(Path(theme.folder, theme.logo.file)) if theme.logo.file else ""
