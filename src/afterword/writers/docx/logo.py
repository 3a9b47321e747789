"""The theme's logo above the title."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from afterword.report.nodes import Asset
from afterword.writers.docx.manuscript import Manuscript
from afterword.writers.docx.markup.drawings import Shown, drawing
from afterword.writers.docx.markup.element import Element
from afterword.writers.docx.markup.paragraphs import paragraph
from afterword.writers.docx.pictures import fitted
from afterword.writers.drawing.raster import png

_EMU_PER_MM = 36000
_WIDEST, _TALLEST = 60 * _EMU_PER_MM, 14 * _EMU_PER_MM
_RASTER_WIDTH = 700
"""Pixels of a vector logo: 300 to the inch at its widest."""


def draw_logo(manuscript: Manuscript) -> list[Element]:
    """Return the paragraph with the logo; nothing without one, and a notice for one that cannot be read."""
    theme = manuscript.options.theme
    if not theme.logo.file:
        return []
    asset = _asset(theme.folder / theme.logo.file, manuscript)
    if asset is None:
        manuscript.notice("AW502", "the logo of the theme cannot be drawn", value=theme.logo.file)
        return []
    relationship = manuscript.picture("logo", asset.data, asset.media_type)
    shown = Shown(relationship, *fitted(asset, _WIDEST, _TALLEST), theme.logo.alt or theme.name)
    return [paragraph("Logo", [drawing(next(manuscript.numbers), shown)])]


def _asset(file: Path, manuscript: Manuscript) -> Asset | None:
    """Return the logo's bytes as a picture that every Word shows, or None where they are no picture."""
    try:
        data = file.read_bytes()
        if file.suffix.lower() == ".svg":
            data = png(data.decode("utf-8"), manuscript.options.theme, _RASTER_WIDTH)
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as image:
            kind, (width, height) = image.format, image.size
    except (OSError, ValueError, UnidentifiedImageError):
        return None
    return Asset(data, "image/png" if kind == "PNG" else "image/jpeg", width, height)
