"""One self-contained, accessible HTML page."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from markupsafe import Markup

from afterword.report.drawings import Drawing
from afterword.report.nodes import Report
from afterword.templating import macro, trusted
from afterword.theme.css import PICTURES
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
    css = trusted(style_sheet(theme, "report.css", "screen.css", url_of=_file_url))
    page = draw_page("page.html.j2", theme, report.meta, drawn, _file_url, css=css)
    return Written(sealed(page.encode("utf-8")))


def _screen(report: Report, theme: Theme) -> Medium:
    def drawing_of(drawing: Drawing, alt: str) -> Markup:
        svg = drawing_svg(drawing, theme, report.meta.direction, _DRAWING_WIDTH, alt)
        return macro(NODES, "wide")(trusted(svg), alt)

    urls = {key: _data_url(asset.data, asset.media_type) for key, asset in report.assets.items()}
    return Medium(report.words, theme, report.assets, urls.__getitem__, drawing_of, _logo_url(theme), notes=[])


def _logo_url(theme: Theme) -> str:
    return _file_url(Path(theme.folder, theme.logo.file)) if theme.logo.file else ""


def _file_url(path: Path) -> str:
    return _data_url(path.read_bytes(), PICTURES[path.suffix.lower()])


def _data_url(data: bytes, media_type: str) -> str:
    return f"data:{media_type};base64,{b64encode(data).decode('ascii')}"
