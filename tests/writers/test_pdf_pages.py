"""The pages of the samples in every look, glyph by glyph and box by box: nothing leaves its place, nothing is missing.

Each sample is laid out in one look; with AFTERWORD_FULL=1 in all of them, three themes on two sizes of paper.
"""

from __future__ import annotations

import io
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import Any

import docx_reports as made
import pytest
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from weasyprint.formatting_structure import boxes as kinds

from afterword.intake import read_all
from afterword.loading import load_source
from afterword.options import PAGE_SIZES, PageSize, RenderOptions
from afterword.pipeline import render_loaded
from afterword.readers.source import Source
from afterword.theme.load import load_theme
from afterword.writers.base import WriterOptions
from afterword.writers.pdf import lay_out

pytestmark = pytest.mark.xdist_group("pages")  # what several tests look at is made once

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
NAMES = sorted(path.name for path in SAMPLES.iterdir() if path.suffix in {".yaml", ".json", ".toml"})

Look = tuple[str, PageSize]
LOOKS: tuple[Look, ...] = tuple(product(("sober", "corporate", "engineering"), ("A4", "Letter")))
EACH = [(name, look) for name in NAMES for look in LOOKS]
ONE = [(name, LOOKS[place % len(LOOKS)]) for place, name in enumerate(NAMES)]
CHOSEN = EACH if os.environ.get("AFTERWORD_FULL") == "1" else ONE

_POINTS = 72 / 25.4
_SLACK = 1.0
"""Points by which a box may stand out: that of an italic letter is its advance, not its shape."""
_ACROSS = 3.0
"""Points on both sides of a margin's end at which a letter, whose box is as high as its line, stands across it."""
_ANNOUNCING = {"h2", "h3", "h4", "h5", "h6", "caption", "thead"}
"""Elements that say what comes next."""


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


@dataclass(frozen=True, slots=True)
class Laid:
    """A sample on its pages."""

    theme: str
    size: PageSize
    pages: list[Any]
    """The engine's box of each page."""

    data: bytes


@pytest.fixture(scope="module", params=CHOSEN, ids=lambda each: f"{each[0]}-{each[1][0]}-{each[1][1]}")
def laid(request: pytest.FixtureRequest) -> Laid:
    """Return a sample in a look, laid out once for all checks."""
    name, (theme, size) = request.param
    options = RenderOptions(formats=("json",), theme=theme, page_size=size)
    (source,) = read_all(str(SAMPLES / name))
    assert isinstance(source, Source)
    report = render_loaded(load_source(source), options).report
    layout = lay_out(report, WriterOptions(load_theme(theme), size))
    return Laid(theme, size, [page._page_box for page in layout.document.pages], layout.write().data)


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


def _texts(box: Any, around: tuple[str, ...] = ()) -> Iterator[tuple[Any, tuple[str, ...]]]:  # noqa: ANN401 (WeasyPrint has no types)
    """Yield what a reader sees in a box, texts and pictures, each with the tags of the elements around it."""
    tags = (*around, str(box.element_tag))
    if isinstance(box, kinds.ReplacedBox) or (isinstance(box, kinds.TextBox) and box.text.strip()):
        yield box, tags
    for child in getattr(box, "children", ()):
        yield from _texts(child, tags)


def _body(page: Any) -> list[tuple[Any, tuple[str, ...]]]:  # noqa: ANN401 (as above)
    """Return what stands on a page between its margins, notes left out."""
    return [each for child in page.children if child.element_tag == "html" for each in _texts(child)]


def test_text_stays_inside_the_margins_and_every_glyph_has_a_font(laid: Laid) -> None:
    """No text stands beside or across the margins, and no font draws the box that it has for what it does not have."""
    glyphs = _glyphs(laid.data)
    assert glyphs
    assert [glyph for glyph in glyphs if glyph.number == 0] == []
    assert [glyph for glyph in glyphs if glyph.text.strip() and _outside(glyph, laid.theme, laid.size)] == []


def test_a_table_in_a_cell_breaks_no_word_and_has_its_own_head() -> None:
    """Short code with a hyphen stays on its line, and the head of the inner table is as bold as any."""
    theme = load_theme("corporate")
    layout = lay_out(made.report(made.table_in_a_cell()), WriterOptions(theme, "A4"))
    texts = [box for box, _ in _body(layout.document.pages[-1]._page_box)]
    assert "bdr-l1" in [box.text for box in texts]
    assert [box.style["font_weight"] for box in texts if box.text in {"Router", "Dropped"}] == [700, 700]


def test_no_page_is_empty_or_ends_in_what_announces_the_next(laid: Laid) -> None:
    """Something stands on every page, and the last of it is no heading, no caption and no head of a table."""
    bodies = [_body(page) for page in laid.pages]
    assert [number for number, body in enumerate(bodies, 1) if not body] == []
    assert [(number, body[-1]) for number, body in enumerate(bodies, 1) if _ANNOUNCING & {*body[-1][1]}] == []


def test_no_row_of_a_table_breaks_that_fits_a_page(laid: Laid) -> None:
    """Of a row that stands on two pages, the parts together are higher than a page's text."""
    parts: dict[Any, list[float]] = defaultdict(list)
    for page in laid.pages:
        for group in page.descendants():
            if isinstance(group, kinds.TableRowGroupBox) and not group.is_header:
                for row in group.children:
                    parts[row.element].append(row.height)
    broken = {row: heights for row, heights in parts.items() if len(heights) > 1}
    assert [row for row, heights in broken.items() if sum(heights) < laid.pages[0].height] == []


def test_no_texts_overlap(laid: Laid) -> None:
    """The middles of any two texts of a page are apart."""
    for page in laid.pages:
        areas = [_middle(box) for box, _ in _texts(page) if isinstance(box, kinds.TextBox)]
        assert [pair for pair in combinations(areas, 2) if _meet(*pair)] == []


Area = tuple[float, float, float, float, str]


def _middle(box: Any) -> Area:  # noqa: ANN401 (as above)
    """Return left, top, right and bottom of the middle of a text, and the text."""
    rise, half = box.height / 4, box.height / 2
    top = box.position_y + rise
    return (box.position_x + 0.5, top, box.position_x + box.width - 0.5, top + half, box.text)


def _meet(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
