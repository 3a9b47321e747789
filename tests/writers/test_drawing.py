"""The timeline drawing: nothing touches, nothing leaves the picture, nothing is lost, and all engines can draw it."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree as ET

import docx_reports as made
import drawing_records as records
import pytest
from drawing_boxes import box, overlaps
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from afterword.report.nodes import Break, Mark, Span, Tick, TimelineDrawing
from afterword.writers.drawing import drawing_svg
from afterword.writers.drawing.arrangement import arrange
from afterword.writers.drawing.flags import MILESTONES, MOST_LEVELS
from afterword.writers.drawing.raster import png
from afterword.writers.drawing.shapes import shape
from afterword.writers.drawing.stage import Stage
from afterword.writers.drawing.timeline import lay_out
from effort import examples

THEME = made.options().theme
A4, LETTER = 166.0, 171.9
"""Widths of the text on the built-in pages, in millimetres."""

POINTS = 72 / 25.4
SVG = "{http://www.w3.org/2000/svg}"
WIDE_EVENTS = st.integers(3, 300)
SPANS = st.integers(5, 8 * 7 * 24 * 60)
LABELS = {
    "Latin": "Impact starts Detected Acknowledged äußerst langwierige Wiederherstellung",
    "Arabic": "بداية الأثر تم الكشف تم التخفيف حتى الإغلاق",
    "Amharic": "ተጽዕኖው ጀመረ ታወቀ ተረጋገጠ ወደ ላይ ተላለፈ",
    "Japanese": "影響開始 検知 エスカレーション 解決済み クローズ",
}


def _mark(at: float, kind: str, label: str | None = None) -> Mark:
    return Mark(at, kind.capitalize() if label is None else label, f"{int(at) % 24:02}:00", f"phase-{kind}")


@st.composite
def drawings(draw: st.DrawFn) -> TimelineDrawing:
    """Return drawings as `compose` makes them, of 3 to 300 events over 5 minutes to 8 weeks, with any labels."""
    pool = st.sampled_from([word for text in LABELS.values() for word in text.split()])
    drawing = records.drawing(
        draw(WIDE_EVENTS),
        draw(SPANS),
        seed=draw(st.integers(0, 999)),
        zone=draw(st.sampled_from(["Europe/Berlin", "Asia/Tokyo", ""])),
        gap=draw(st.sampled_from([0, 0, 300, 12_960])),
    )
    names = draw(st.dictionaries(st.sampled_from(records.KINDS), st.lists(pool, min_size=1, max_size=5)))
    return records.relabelled(drawing, {f"phase-{kind}": " ".join(words) for kind, words in names.items()})


@settings(max_examples=examples(15, 100), deadline=None)
@given(drawings(), st.booleans(), st.sampled_from([A4, LETTER, 80.0]))
def test_nothing_overlaps_or_leaves(drawing: TimelineDrawing, to_left: bool, millimetres: float) -> None:
    """No two texts of a drawing touch, all are inside it and none is smaller than 7 points, whatever the events."""
    layout = lay_out(drawing, THEME, millimetres * POINTS, to_left=to_left)
    assert overlaps(layout) == []
    for words in layout.parts.words:
        left, top, right, low = box(words)
        assert left >= -0.5
        assert right <= layout.width + 0.5
        assert top >= 0
        assert low <= layout.height
        assert words.size >= 7.0


@settings(max_examples=examples(15, 100), deadline=None)
@given(drawings(), st.sampled_from([A4, LETTER]))
def test_every_event_is_there_and_every_milestone_has_its_label(drawing: TimelineDrawing, millimetres: float) -> None:
    """Flags, lone marks and counts add up to the events; the first of each milestone has a flag of its own."""
    placed = arrange(drawing, Stage(THEME, millimetres * POINTS))
    indices = [flag.index for flag in placed.flags]
    indices += [spot.index for cluster in placed.clusters for spot in cluster.spots]
    assert sorted(indices) == list(range(len(drawing.marks)))
    assert placed.events == len(drawing.marks)
    flagged = {drawing.marks[flag.index].role for flag in placed.flags}
    assert {mark.role for mark in drawing.marks if mark.role.removeprefix("phase-") in MILESTONES} <= flagged


@settings(max_examples=examples(15, 100), deadline=None)
@given(drawings(), st.sampled_from([A4, LETTER]))
def test_poles_cross_no_label_and_badges_do_not_touch(drawing: TimelineDrawing, millimetres: float) -> None:
    """A flag stands above those whose poles begin beneath its label; badges and lone marks stay apart."""
    width = millimetres * POINTS
    layout = lay_out(drawing, THEME, width, to_left=False)
    placed = arrange(drawing, Stage(THEME, width))
    texts = [box(words) for words in layout.parts.words]
    for flag in placed.flags:
        assert flag.level < MOST_LEVELS
        pole = next(line for line in layout.parts.lines if line.x1 == line.x2 == flag.x and line.y2 < line.y1)
        crossed = [text for text in texts if text[0] < flag.x < text[2] and text[3] < pole.y1 - 2 and text[1] > pole.y2]
        assert crossed == []
    assert all(one.right <= two.left for one, two in pairwise(placed.clusters))


@settings(max_examples=examples(20, 100), deadline=None)
@given(drawings())
def test_counts_say_how_many_and_from_when_to_when(drawing: TimelineDrawing) -> None:
    """Each badge has its number, and below it the times or days between which its events lie."""
    width = A4 * POINTS
    texts = {words.text for words in lay_out(drawing, THEME, width, to_left=False).parts.words}
    for cluster in arrange(drawing, Stage(THEME, width)).clusters:
        if cluster.count > 1:
            first, last = (drawing.marks[cluster.spots[place].index] for place in (0, -1))
            assert f"×{cluster.count}" in texts
            assert cluster.label in texts
            assert (first.day or first.time) in cluster.label
            assert first.day != last.day or last.time in cluster.label


def test_a_break_is_seen_and_named() -> None:
    """The axis has a gap between two strokes, and the length of the stretch stands in it; the bar over it is split."""
    marks = (*(_mark(at, "action") for at in (0, 600, 1200)), _mark(900_000, "resolved"))
    spans = (Span(0, 900_000, "Until resolved", "phase-detected"),)
    drawing = TimelineDrawing(900_000, marks, spans, breaks=(Break(1200, 900_000, "10 days"),))
    layout = lay_out(drawing, THEME, 470, to_left=False)
    (name,) = (words for words in layout.parts.words if words.text == "10 days")
    (band,) = layout.parts.bands
    left, _, right, _ = box(name)
    assert band.x < left < right < band.x + band.width
    axis = [line for line in layout.parts.lines if line.y1 == line.y2 and line.width == 1.0]
    assert [(line.x1, line.x2) for line in axis] == [(0, band.x), (band.x + band.width, 470)]
    assert len([each for each in layout.parts.boxes if each.height == 10.0 and each.width > 2]) == 2


def test_milestones_get_their_labels_first() -> None:
    """Where events are many, milestones and the first of each other kind keep labels; a legend names the others."""
    marks = (*(_mark(i, "communicated") for i in range(100)), _mark(100, "detected"), _mark(1000, "resolved"))
    svg = drawing_svg(TimelineDrawing(1000, marks), THEME, "ltr", 166, "x")
    texts = [text.text for text in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 (our own drawing)
    assert "Detected" in texts
    assert "Resolved" in texts
    assert texts.count("Communicated") <= 2


def test_few_events_all_have_their_labels() -> None:
    """A small record needs no choice: each event that has a name shows it."""
    marks = tuple(_mark(at, "communicated") for at in (0, 300, 600, 900))
    placed = arrange(TimelineDrawing(1000, marks), Stage(THEME, 470))
    assert len(placed.flags) == len(marks)
    assert placed.clusters == ()


def test_zone_and_days_stand_below_the_times() -> None:
    """The zone ends the row of days, or has a row of its own where a day is in its way."""
    ticks = (Tick(0, "22:00", "Oct 28"), Tick(500, "00:00", "Oct 29"), Tick(990, "03:00", "UTC+01:00"))
    far = TimelineDrawing(1000, (_mark(0, "detected"),), ticks=ticks[:2], zone="Europe/Berlin (UTC+02:00)")
    near = TimelineDrawing(1000, (_mark(0, "detected"),), ticks=ticks, zone="Europe/Berlin (UTC+02:00)")
    for drawing, is_apart in ((far, False), (near, True)):
        words = {each.text: each.y for each in lay_out(drawing, THEME, 470, to_left=False).parts.words}
        assert words["22:00"] < words["Oct 28"] == words["Oct 29"]
        assert (words["Europe/Berlin (UTC+02:00)"] > words["Oct 29"]) == is_apart


def test_each_kind_has_a_shape_of_its_own() -> None:
    """Events can be told apart without colour."""
    shapes = {shape(f"phase-{kind}", 0, 0, 4) for kind in records.KINDS}
    assert len(shapes) == len(records.KINDS)
    assert shape("unheard-of", 0, 0, 4) == shape("phase-note", 0, 0, 4)


def test_text_alternative_is_the_title() -> None:
    """The text alternative is the drawing's title, with every character."""
    drawing = made.drawing().content
    assert isinstance(drawing, TimelineDrawing)
    svg = drawing_svg(drawing, THEME, "ltr", 166, 'A <b> & "c"')
    root = ET.fromstring(svg)  # noqa: S314 (our own drawing)
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == 'A <b> & "c"'
    assert root.get("role") == "img"
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_mirrored_for_right_to_left() -> None:
    """In a report that runs from right to left, time does too."""
    drawing = TimelineDrawing(100, (_mark(0, "detected"), _mark(100, "resolved")))
    outlines = lay_out(drawing, THEME, 400, to_left=True).parts.outlines
    first, *_, last = (float(re.findall(r"M([\d.]+)", outline.path)[0]) for outline in outlines)
    assert first > last


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_picture_is_drawn_and_repeatable(direction: str) -> None:
    """The picture has ink, is as wide as asked, and is the same each time."""
    drawing = TimelineDrawing(
        100, (_mark(0, "detected"), _mark(60, "resolved")), (Span(0, 60, "حتى الحل", "phase-detected"),)
    )
    svg = drawing_svg(drawing, THEME, "rtl" if direction == "rtl" else "ltr", 166, "x")
    data = png(svg, THEME, 800)
    image = Image.open(BytesIO(data)).convert("L")
    assert image.width == 800
    assert min(image.tobytes()) < 100
    assert png(svg, THEME, 800) == data
