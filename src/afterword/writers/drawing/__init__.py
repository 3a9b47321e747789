"""Drawings as SVG, for every writer that shows them."""

from __future__ import annotations

from functools import partial
from typing import Literal, assert_never

from afterword.report.drawings import BarChart, Drawing, TimelineDrawing
from afterword.templating import render
from afterword.theme.fonts import family_for
from afterword.theme.record import Theme
from afterword.writers.drawing.chart import lay_out_chart
from afterword.writers.drawing.parts import Layout
from afterword.writers.drawing.timeline import lay_out

POINTS_PER_MM = 72 / 25.4


def drawing_svg(drawing: Drawing, theme: Theme, direction: Literal["ltr", "rtl"], width_mm: float, alt: str) -> str:
    """Return a drawing as an SVG element (SVG 1.1, plain shapes and text) that is `width_mm` wide.

    Time and bars run from right to left where `direction` is `rtl`. `alt` becomes the element's title, which is its
    text alternative. Numbers have two decimals, so that the same drawing always gives the same text.
    """
    layout = _layout(drawing, theme, width_mm * POINTS_PER_MM, to_left=direction == "rtl")
    return render("drawing.svg.j2", layout=layout, families=partial(_families, theme), alt=alt, mm=1 / POINTS_PER_MM)


def _families(theme: Theme, text: str = "") -> str:
    """Return the font families to ask for a text, first the one that has all of it; the last is any without serifs."""
    fonts = theme.fonts
    return ", ".join(dict.fromkeys((family_for(theme, text), fonts.body, *fonts.fallback, "sans-serif")))


def _layout(drawing: Drawing, theme: Theme, width: float, *, to_left: bool) -> Layout:
    match drawing:
        case TimelineDrawing():
            return lay_out(drawing, theme, width, to_left=to_left)
        case BarChart():
            return lay_out_chart(drawing, theme, width, to_left=to_left)
        case _:
            assert_never(drawing)
