"""Drawings on paper: as SVG where the engine can set their text, else as pictures."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from afterword.options import PAGE_SIZES
from afterword.report.drawings import Drawing, lettered
from afterword.report.nodes import Report
from afterword.templating import macro, trusted
from afterword.writers.base import WriterOptions
from afterword.writers.drawing import drawing_svg
from afterword.writers.drawing.raster import png
from afterword.writers.html.medium import NODES
from afterword.writers.pdf.engine import ASSET
from afterword.writers.pdf.glyphs import replaced

_DOTS_PER_INCH = 300
_MM_PER_INCH = 25.4
_CSS_PIXELS_PER_INCH = 96
_JOINING = (
    "ARABIC",
    "SYRIAC",
    "HEBREW",
    "DEVANAGARI",
    "BENGALI",
    "TAMIL",
    "TELUGU",
    "THAI",
    "KHMER",
    "MYANMAR",
)
"""Scripts whose letters change with their neighbours or run from right to left, by the names of their letters."""


@dataclass(frozen=True, slots=True)
class Drawings:
    """The drawings of one report, by the address under which the pages show them.

    They are files of their own and not elements of the page, which the engine would look up the style of one by one.
    """

    report: Report
    options: WriterOptions
    pictures: dict[str, bytes] = field(default_factory=dict)
    vectors: dict[str, Markup] = field(default_factory=dict)

    def markup(self, drawing: Drawing, alt: str) -> Markup:
        """Return what shows a drawing: SVG, or a picture where its text has letters that join or run to the left.

        WeasyPrint 70 sets the text of SVG letter by letter (its `svg/text.py`), which breaks such scripts.
        """
        width = _text_width(self.options)
        url = f"{ASSET}drawing-{len(self.pictures) + len(self.vectors)}"
        svg = drawing_svg(drawing, self.options.theme, self.report.meta.direction, width, alt)
        if self.report.meta.direction == "ltr" and not _has_joining(drawing):
            self.vectors[url] = trusted(svg)
            return macro(NODES, "drawing")(url, alt)
        data = png(svg, self.options.theme, round(width / _MM_PER_INCH * _DOTS_PER_INCH))
        self.pictures[url] = data
        return macro(NODES, "picture")(url, alt, *_css_size(data))

    def files(self, table: Mapping[int, str]) -> dict[str, bytes]:
        """Return the bytes behind each address, with characters of their texts replaced as `str.translate` does."""
        return self.pictures | {url: replaced(svg, table).encode() for url, svg in self.vectors.items()}


def _text_width(options: WriterOptions) -> float:
    page = options.theme.page
    return PAGE_SIZES[options.page_size][0] - page.margin_left - page.margin_right


def _has_joining(drawing: Drawing) -> bool:
    return any(_joins(letter) for letter in {letter for text in lettered(drawing) for letter in text})


def _joins(letter: str) -> bool:
    return not letter.isascii() and unicodedata.name(letter, "").startswith(_JOINING)


def _css_size(data: bytes) -> tuple[int, int]:
    """Return the size of a PNG at print resolution in CSS pixels (PNG, 11.2.2: width and height open the header)."""
    width, height = (int.from_bytes(data[start : start + 4]) for start in (16, 20))
    scale = _CSS_PIXELS_PER_INCH / _DOTS_PER_INCH
    return round(width * scale), round(height * scale)
