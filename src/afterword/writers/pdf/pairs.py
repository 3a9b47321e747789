"""Which colours stand on which, and which words are shown, read from laid-out pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from afterword.theme.contrast import Pair
from afterword.theme.record import Theme
from afterword.writers.pdf.depth import with_room
from afterword.writers.pdf.engine import press, weasyprint
from afterword.writers.pdf.layout import Layout
from afterword.writers.pdf.notices import Ear

Box = Any
"""A box of WeasyPrint, which has no types."""

Rectangle = tuple[float, float, float, float]
"""Left, top, width and height in CSS pixels."""

WHITE = (1.0, 1.0, 1.0)
_POINTS_PER_PIXEL = 0.75
_BOLD = 600
_DARK = re.compile(r"@media\s*\(\s*prefers-color-scheme\s*:\s*dark\s*\)")
_LINE_MARKS = dict.fromkeys((0x200B, 0x2060))


def pairs_on_paper(layout: Layout) -> Iterator[Pair]:
    """Yield the text of all pages, margins included, with what is behind it."""
    return _pairs_of(layout.document)


def pairs_on_screen(page: str, theme: Theme, *, dark: bool) -> Iterator[Pair]:
    """Yield the text of an HTML page with what is behind it, in the light or in a dark room."""
    if dark:
        page = _DARK.sub("@media screen", page)
    engine = weasyprint()
    with Ear().listening():  # it knows less of CSS than a browser
        source = engine.HTML(string=page, media_type="screen")
        fonts = press(theme, with_system_fonts=False).fonts
        document = with_room(partial(source.render, font_config=fonts))
    return _pairs_of(document)


def text_on_pictures(layout: Layout) -> Iterator[str]:
    """Yield what stands on a picture or gradient, where no pair of colours says whether it stands out."""
    for page in layout.document.pages:
        sheet = page._page_box  # noqa: SLF001 (the only way in)
        for box, where, pictures in _over_pictures(sheet, "", ()):
            if any(_overlap(_rectangle(box), each) for each in pictures):
                yield where


def _over_pictures(
    box: Box, where: str, pictures: tuple[Rectangle, ...]
) -> Iterator[tuple[Box, str, tuple[Rectangle, ...]]]:
    """Yield the boxes of text with the element of each, and where there are pictures behind it."""
    where = _named(box) or where
    for background in (box.background, getattr(box, "canvas_background", None)):
        if background is not None:
            if background.color is not None and background.color.alpha == 1 and box.element_tag != "html":
                pictures = ()
            pictures += tuple(_painted(layer) for layer in background.layers if layer.image is not None)
    if hasattr(box, "text"):
        if box.text.strip():
            yield box, where, pictures
        return
    for child in getattr(box, "children", ()):
        yield from _over_pictures(child, where, pictures)


def _painted(layer: Any) -> Rectangle:  # noqa: ANN401 (WeasyPrint has no types)
    """Return what a layer of a background covers: all of its area where it repeats or is a gradient.

    WeasyPrint 70 does not bound a gradient of more than one colour that does not repeat (its `draw_background_image`).
    """
    left, top, *_ = layer.positioning_area
    if layer.repeat != ("no-repeat", "no-repeat") or len(getattr(layer.image, "colors", ())) > 1:
        area: Rectangle = layer.painting_area
        return area
    return (left + layer.position[0], top + layer.position[1], *layer.size)


def _rectangle(box: Box) -> Rectangle:
    return (box.position_x, box.position_y, box.width, box.height)


def _overlap(one: Rectangle, other: Rectangle) -> bool:
    return all(one[axis] < other[axis] + other[axis + 2] and other[axis] < one[axis] + one[axis + 2] for axis in (0, 1))


def shown_text(layout: Layout) -> str:
    """Return the text of all pages that can be seen, without margins, spaces, and what only says where lines end."""
    pieces = (
        box.text
        for page in layout.document.pages
        for box, _, _ in _text_boxes(page._page_box, WHITE, "", margins=False)  # noqa: SLF001 (the only way in)
        if box.style["visibility"] == "visible" and box.style["font_size"]
    )
    return "".join("".join(pieces).translate(_LINE_MARKS).split())


def css_warnings(text: str) -> list[str]:
    """Return what the engine says about a style sheet, each with its line and column as `at 3:5`."""
    ear = Ear()
    with ear.listening():
        weasyprint().CSS(string=text)
    return list(dict.fromkeys(ear.heard))


def _pairs_of(document: Any) -> Iterator[Pair]:  # noqa: ANN401 (WeasyPrint has no types)
    for page in document.pages:
        sheet = page._page_box  # noqa: SLF001 (the only way in)
        canvas = sheet.canvas_background  # that of the root, which covers the page (CSS Backgrounds 3, 2.11.1)
        behind = _over(canvas.color, WHITE) if canvas is not None else WHITE
        for box, paper, where in _text_boxes(sheet, behind, "", margins=True):
            size, bold = box.style["font_size"] * _POINTS_PER_PIXEL, box.style["font_weight"] >= _BOLD
            ink = _over(box.style["color"], paper)
            yield Pair(_hex(ink), _hex(paper), where, size, bold)


def _text_boxes(
    box: Box, paper: tuple[float, ...], where: str, *, margins: bool
) -> Iterator[tuple[Box, tuple[float, ...], str]]:
    """Yield the boxes of text with the colour behind each, and the element that they belong to."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.MarginBox) and not margins:
        return
    if box.background is not None and box.background.color is not None:
        paper = _over(box.background.color, paper)
    where = _named(box) or where
    if isinstance(box, boxes.TextBox):
        if box.text.strip():
            yield box, paper, where
        return
    for child in getattr(box, "children", ()):
        yield from _text_boxes(child, paper, where, margins=margins)


def _named(box: Box) -> str:
    element, tag = box.element, box.element_tag or ""
    if element is None or "::" in tag:
        return f"page margin {box.at_keyword}" if hasattr(box, "at_keyword") else tag
    kinds = "".join(f".{name}" for name in (element.get("class") or "").split())
    return f"{tag}{kinds}"


def _over(colour: Any, paper: tuple[float, ...]) -> tuple[float, ...]:  # noqa: ANN401 (WeasyPrint has no types)
    """Return an sRGB colour as it looks on another."""
    red, green, blue = colour.to("srgb").coordinates
    alpha = colour.alpha
    return tuple(
        max(0.0, min(1.0, one * alpha + other * (1 - alpha)))
        for one, other in zip((red, green, blue), paper, strict=True)
    )


def _hex(colour: tuple[float, ...]) -> str:
    return "#" + bytes(round(value * 255) for value in colour).hex()
