"""Pictures and drawings as parts of the package, and how large they are shown."""

from __future__ import annotations

import re

from afterword.report.drawings import Drawing
from afterword.report.nodes import Asset, BarChart, Figure, InlineImage, Picture, TimelineDrawing
from afterword.writers.docx.manuscript import Frame, Manuscript
from afterword.writers.docx.markup.drawings import Shown, drawing
from afterword.writers.docx.markup.element import Element
from afterword.writers.drawing import drawing_svg
from afterword.writers.drawing.raster import png

_EMU_PER_PIXEL = 9525
"""At 96 pixels to the inch."""

_EMU_PER_TWIP = 635
_EMU_PER_POINT = 12700
_TWIPS_PER_MM = 1440 / 25.4
_TALLEST = 0.7
"""Part of the page's height that a figure may take, so that its caption and a heading fit beside it."""

_RASTER_WIDTH = 1200
"""Pixels of the picture that stands in for a drawing where SVG is not shown: 180 to the inch on A4."""

_NUMBER = re.compile(r'(?:width|height)="([0-9.]+)')
_VIEW = re.compile(r'viewBox="[0-9.-]+ [0-9.-]+ ([0-9.]+) ([0-9.]+)"')


def draw_figure_content(figure: Figure, frame: Frame, manuscript: Manuscript) -> Element:
    """Return the run with the picture or the drawing of a figure, as large as it is but within its frame."""
    alt = manuscript.line(figure.alt).strip() or manuscript.report.words.figure
    match figure.content:
        case Picture(asset):
            return _picture(asset, alt, frame, manuscript)
        case TimelineDrawing() | BarChart() as drawn:
            return _drawing(drawn, alt, frame, manuscript)


def _picture(key: str, alt: str, frame: Frame, manuscript: Manuscript) -> Element:
    asset = manuscript.report.assets[key]
    width, height = fitted(asset, frame.width * _EMU_PER_TWIP, _tallest(manuscript))
    shown = Shown(
        manuscript.picture(key, asset.data, asset.media_type), width, height, alt, name=manuscript.line(asset.name)
    )
    return drawing(next(manuscript.numbers), shown)


def _tallest(manuscript: Manuscript) -> int:
    return round(manuscript.sheet.height * _TALLEST) * _EMU_PER_TWIP


def fitted(asset: Asset, widest: int, tallest: int) -> tuple[int, int]:
    """Return width and height in EMU: the picture's own at 96 pixels to the inch, or smaller in proportion."""
    width, height = asset.width * _EMU_PER_PIXEL, asset.height * _EMU_PER_PIXEL
    scale = min(1.0, widest / width, tallest / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _drawing(drawn: Drawing, alt: str, frame: Frame, manuscript: Manuscript) -> Element:
    theme, direction = manuscript.options.theme, manuscript.report.meta.direction
    svg = drawing_svg(drawn, theme, direction, frame.width / _TWIPS_PER_MM, alt)
    name = f"drawing-{len(manuscript.pictures)}"
    raster = manuscript.picture(f"{name}.png", png(svg, theme, _RASTER_WIDTH), "image/png")
    vector = manuscript.picture(f"{name}.svg", svg.encode(), "image/svg+xml")
    width = frame.width * _EMU_PER_TWIP
    height = round(width * _proportion(svg))
    scale = min(1.0, _tallest(manuscript) / height)
    shown = Shown(raster, round(width * scale), round(height * scale), alt, vector)
    return drawing(next(manuscript.numbers), shown)


def _proportion(svg: str) -> float:
    """Return the height of an SVG drawing for a width of 1."""
    view = _VIEW.search(svg)
    width, height = view.groups() if view else _NUMBER.findall(svg)[:2]
    return float(height) / float(width)


def draw_inline_image(image: InlineImage, manuscript: Manuscript) -> Element:
    """Return the run with a picture that is as high as the line, unless it is smaller."""
    asset = manuscript.report.assets[image.asset]
    line = round(manuscript.options.theme.sizes.body * 1.2 * _EMU_PER_POINT)
    width, height = fitted(asset, manuscript.sheet.height * _EMU_PER_TWIP, line)
    relationship = manuscript.picture(image.asset, asset.data, asset.media_type)
    alt = manuscript.line(image.alt).strip() or manuscript.report.words.figure
    shown = Shown(relationship, width, height, alt, name=manuscript.line(asset.name))
    return drawing(next(manuscript.numbers), shown)
