"""A few drawings as they were looked at: as SVG to the letter, and as small pictures within what engines differ."""

from __future__ import annotations

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Literal

import docx_reports as made
import drawing_records as records
import pytest
from PIL import Image, ImageChops

from afterword.report.drawings import Drawing
from afterword.writers.drawing import drawing_svg
from afterword.writers.drawing.raster import png

THEME = made.options().theme
PICTURES = Path(__file__).parent.parent / "goldens" / "drawing"
_WIDTH = 480
"""Pixels of the small pictures."""

_APART = 60
"""Of 255: from here on a pixel is another one, and not the edge of a letter drawn a little differently."""

_MOST_APART = 0.0005
"""Part of the pixels that may be others."""

DAY = 24 * 60
MEASURES = [
    {"name": "Payments refused", "value": "1,840", "unit": "payments"},
    {"name": "Payments delayed until the next day", "value": "610", "unit": "payments", "basis": "estimate"},
]  # fmt: skip

DRAWINGS: dict[str, tuple[Callable[[], Drawing], Literal["ltr", "rtl"]]] = {
    "three": (lambda: records.drawing(3, 95), "ltr"),
    "twelve": (lambda: records.drawing(12, 240), "ltr"),
    "hundred-and-twenty": (lambda: records.drawing(120, 3 * DAY), "ltr"),
    "three-hundred": (lambda: records.drawing(300, 21 * DAY), "ltr"),
    "nine-days-of-nothing": (lambda: records.drawing(25, 300, gap=9 * DAY), "ltr"),
    "arabic": (lambda: records.drawing(40, 2 * DAY, zone="Asia/Riyadh", language="ar"), "rtl"),
    "durations": (lambda: records.chart_of(records.record(12, 240)), "ltr"),
    "durations-arabic": (lambda: records.chart_of(records.record(12, 240, language="ar")), "rtl"),
    "measures": (
        lambda: records.chart_of({**records.record(3, 5), "timeline": [], "impact": {"measures": MEASURES}}),
        "ltr",
    ),
}


def svg_of(name: str) -> str:
    """Return a drawing as SVG, as wide as the text of A4."""
    make, direction = DRAWINGS[name]
    return drawing_svg(make(), THEME, direction, 166, "x")


@pytest.mark.parametrize("name", ["twelve", "nine-days-of-nothing", "measures"])
def test_the_svg_is_as_it_was_looked_at(name: str, golden: Callable[[str, str], None]) -> None:
    """Every shape and text of a drawing has its place."""
    golden(f"drawing/{name}.svg", svg_of(name))


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_picture_is_as_it_was_looked_at(name: str) -> None:
    """Drawn small, it differs from the kept picture by no more than the edges of letters."""
    drawn = Image.open(BytesIO(png(svg_of(name), THEME, _WIDTH))).convert("RGB")
    kept = PICTURES / f"{name}.png"
    if os.environ.get("AFTERWORD_ACCEPT") == "1":
        PICTURES.mkdir(parents=True, exist_ok=True)
        drawn.quantize(32).save(kept, optimize=True)
    expected = Image.open(kept).convert("RGB")
    assert drawn.size == expected.size
    assert share_apart(drawn, expected) <= _MOST_APART


def share_apart(one: Image.Image, two: Image.Image) -> float:
    """Return which part of the pixels of two pictures is apart."""
    counts = ImageChops.difference(one, two).convert("L").histogram()
    return sum(counts[_APART:]) / sum(counts)


def test_a_lost_label_would_be_noticed() -> None:
    """The comparison of pictures sees that a single word is missing."""
    svg = svg_of("twelve")
    pictures = [
        Image.open(BytesIO(png(text, THEME, _WIDTH))).convert("RGB") for text in (svg, svg.replace(">Resolved<", "><"))
    ]
    assert share_apart(*pictures) > _MOST_APART
