"""The timeline drawing as SVG, for every writer that shows it."""

from __future__ import annotations

from typing import Literal

from afterword.report.nodes import TimelineDrawing
from afterword.templating import render
from afterword.theme.record import Theme
from afterword.writers.drawing.geometry import lay_out

POINTS_PER_MM = 72 / 25.4


def timeline_svg(
    drawing: TimelineDrawing, theme: Theme, direction: Literal["ltr", "rtl"], width_mm: float, alt: str
) -> str:
    """Return the drawing as an SVG element (SVG 1.1, plain shapes and text) that is `width_mm` wide.

    Time runs from right to left where `direction` is `rtl`. `alt` becomes the element's title, which is its text
    alternative. Numbers have two decimals, so that the same drawing always gives the same text.
    """
    layout = lay_out(drawing, theme, width_mm * POINTS_PER_MM, to_left=direction == "rtl")
    families = ", ".join(dict.fromkeys((theme.fonts.body, *theme.fonts.fallback)))
    return render("timeline.svg.j2", layout=layout, families=families, alt=alt, mm=1 / POINTS_PER_MM)
