"""The pages of every sample in every theme, read back glyph by glyph: nothing leaves its place, nothing is missing."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from afterword.api import render
from afterword.options import PAGE_SIZES, PageSize
from afterword.theme.load import load_theme

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
NAMES = sorted(path.name for path in SAMPLES.iterdir() if path.suffix in {".yaml", ".json", ".toml"})
SIZES: tuple[tuple[str, PageSize], ...] = (("sober", "A4"), ("corporate", "A4"), ("engineering", "Letter"))
_POINTS = 72 / 25.4
_SLACK = 1.0
"""Points by which a box may stand out: that of an italic letter is its advance, not its shape."""
_ACROSS = 3.0
"""Points on both sides of a margin's end at which a letter, whose box is as high as its line, stands across it."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph on a page, its box in points from the lower left corner."""

    page: int
    number: int
    text: str
    left: float
    bottom: float
    right: float
    top: float


class _Glyphs(PDFPageAggregator):
    """Notes every glyph that a page draws, those in its figures too."""

    def __init__(self) -> None:
        super().__init__(PDFResourceManager(), laparams=None)
        self.found: list[Glyph] = []

    def render_char(self, *args: Any, **more: Any) -> float:  # noqa: ANN401 (as the library has it)
        """Draw a character, and note the number that its font has for it."""
        advance = super().render_char(*args, **more)
        drawn = self.cur_item._objs[-1]  # the character that was just added
        assert isinstance(drawn, LTChar)
        self.found.append(Glyph(self.pageno, args[5], drawn.get_text(), *drawn.bbox))
        return advance


def _glyphs(data: bytes) -> list[Glyph]:
    device = _Glyphs()
    reader = PDFPageInterpreter(device.rsrcmgr, device)
    for page in PDFPage.get_pages(io.BytesIO(data)):
        reader.process_page(page)
    return device.found


def _outside(glyph: Glyph, theme: str, size: PageSize) -> bool:
    """Return whether a glyph leaves the sides of the page's text, or stands across their upper or lower end."""
    page, (width, height) = load_theme(theme).page, PAGE_SIZES[size]
    if glyph.left < page.margin_left * _POINTS - _SLACK or glyph.right > (width - page.margin_right) * _POINTS + _SLACK:
        return True
    if glyph.bottom < 0 or glyph.top > height * _POINTS:
        return True
    edges = (page.margin_bottom * _POINTS, (height - page.margin_top) * _POINTS)
    return any(glyph.bottom < edge - _ACROSS and glyph.top > edge + _ACROSS for edge in edges)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("theme", "size"), SIZES)
def test_text_stays_inside_the_margins_and_every_glyph_has_a_font(theme: str, size: PageSize, name: str) -> None:
    """No text stands beside or across the margins, and no font draws the box that it has for what it does not have."""
    glyphs = _glyphs(render(SAMPLES / name, ["pdf"], theme=theme, page_size=size).files["pdf"])
    assert glyphs
    assert [glyph for glyph in glyphs if glyph.number == 0] == []
    assert [glyph for glyph in glyphs if glyph.text.strip() and _outside(glyph, theme, size)] == []
