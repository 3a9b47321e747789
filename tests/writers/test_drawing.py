"""The timeline drawing: nothing touches, nothing leaves the picture, and all engines can draw it."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree as ET

import docx_reports as made
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from afterword.report.nodes import Mark, Span, Tick, TimelineDrawing
from afterword.writers.drawing import timeline_svg
from afterword.writers.drawing.flags import MOST_LEVELS, raise_flags
from afterword.writers.drawing.geometry import lay_out
from afterword.writers.drawing.raster import png
from afterword.writers.drawing.shapes import shape

THEME = made.options().theme
KINDS = (
    "impact-start", "detected", "acknowledged", "escalated", "communicated", "diagnosed", "mitigated", "resolved",
    "closed", "action", "note",
)  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"


def _mark(at: float, kind: str) -> Mark:
    return Mark(at, "" if kind == "note" else kind.capitalize(), f"{int(at) % 24:02}:00", f"phase-{kind}")


@st.composite
def drawings(draw: st.DrawFn) -> TimelineDrawing:
    """Return drawings of 1 to 120 events."""
    length = draw(st.floats(60, 10_000_000))
    shares = sorted(draw(st.lists(st.floats(0, 1), min_size=1, max_size=120)))
    marks = tuple(_mark(share * length, draw(st.sampled_from(KINDS))) for share in shares)
    cuts = sorted(draw(st.lists(st.floats(0, 1), max_size=4)))
    spans = tuple(Span(a * length, b * length, "Until mitigated", "phase-detected") for a, b in pairwise(cuts))
    ticks = tuple(Tick(i * length / 8, f"Aug {i + 1} 12:00") for i in range(draw(st.integers(0, 9))))
    return TimelineDrawing(length, marks, spans, ticks)


@settings(max_examples=60, deadline=None)
@given(drawings(), st.booleans())
def test_nothing_overlaps_or_leaves(drawing: TimelineDrawing, to_left: bool) -> None:
    """No two texts of a drawing touch, and all of them are inside it, whatever the events."""
    layout = lay_out(drawing, THEME, 470.0, to_left=to_left)
    boxes = []
    for words in layout.parts.words:
        from afterword.theme.fonts import width

        wide = width(THEME, words.text, words.size, bold=words.bold)
        left = words.x - {"start": 0.0, "middle": wide / 2, "end": wide}[words.anchor]
        boxes.append((left, words.y - words.size * 0.7, left + wide, words.y))
    assert all(
        left >= -0.5 and right <= 470.5 and top >= -0.5 and low <= layout.height for left, top, right, low in boxes
    )
    for index, (left, top, right, low) in enumerate(boxes):
        for other in boxes[index + 1 :]:
            assert right <= other[0] + 0.01 or other[2] <= left + 0.01 or low <= other[1] or other[3] <= top


@settings(max_examples=40, deadline=None)
@given(drawings())
def test_lines_cross_no_label(drawing: TimelineDrawing) -> None:
    """A label stands above those that begin beneath it, so that no line down to an event crosses one."""
    flags = raise_flags(
        drawing.marks, lambda at: at / drawing.length * 400, lambda time, label: 6.0 * len(time + label)
    )
    for flag in flags:
        assert flag.level < MOST_LEVELS
        wide = 6.0 * len(flag.time + flag.label)
        assert all(other.level < flag.level for other in flags if flag.x < other.x < flag.x + wide)


def test_milestones_get_their_labels_first() -> None:
    """Where not all labels have room, the milestones keep theirs and a legend names the other kinds."""
    marks = (*(_mark(i, "communicated") for i in range(100)), _mark(100, "detected"), _mark(1000, "resolved"))
    svg = timeline_svg(TimelineDrawing(1000, marks), THEME, "ltr", 166, "x")
    texts = [text.text for text in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 (our own drawing)
    assert "Detected" in texts
    assert "Resolved" in texts
    assert texts.count("Communicated") < 20


def test_each_kind_has_a_shape_of_its_own() -> None:
    """Events can be told apart without colour."""
    shapes = {shape(f"phase-{kind}", 0, 0, 4) for kind in KINDS}
    assert len(shapes) == len(KINDS)
    assert shape("unheard-of", 0, 0, 4) == shape("phase-note", 0, 0, 4)


def test_text_alternative_is_the_title() -> None:
    """The text alternative is the drawing's title, with every character."""
    svg = timeline_svg(made.drawing().content, THEME, "ltr", 166, 'A <b> & "c"')  # type: ignore[arg-type] # a drawing
    root = ET.fromstring(svg)  # noqa: S314 (our own drawing)
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == 'A <b> & "c"'
    assert root.get("role") == "img"
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_mirrored_for_right_to_left() -> None:
    """In a report that runs from right to left, time does too."""
    drawing = TimelineDrawing(100, (_mark(0, "detected"), _mark(100, "resolved")))
    first, last = (
        float(re.findall(r"M([\d.]+)", outline.path)[0])
        for outline in lay_out(drawing, THEME, 400, to_left=True).parts.outlines
    )
    assert first > last


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_picture_is_drawn_and_repeatable(direction: str) -> None:
    """The picture has ink, is as wide as asked, and is the same each time."""
    drawing = TimelineDrawing(
        100, (_mark(0, "detected"), _mark(60, "resolved")), (Span(0, 60, "حتى الحل", "phase-detected"),)
    )
    svg = timeline_svg(drawing, THEME, direction, 166, "x")  # type: ignore[arg-type] # one of the two
    data = png(svg, THEME, 800)
    image = Image.open(BytesIO(data)).convert("L")
    assert image.width == 800
    assert min(image.tobytes()) < 100
    assert png(svg, THEME, 800) == data
