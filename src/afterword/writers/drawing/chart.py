"""Where everything on a bar chart stands, in points from its top left corner."""

from __future__ import annotations

from dataclasses import dataclass

from afterword.report.nodes import BarChart, Quantity
from afterword.theme.record import Theme
from afterword.writers.drawing.parts import Box, Layout, Line, Outline, Parts, Words, gathered, mirrored
from afterword.writers.drawing.shapes import shape
from afterword.writers.drawing.stage import ROW, Stage, tint

_MARK = 3.2
_BAR = 9.0
"""Height of a bar."""

_SPACE = 6.0
_WIDEST_LABELS = 0.36
"""Part of the width that the labels may take; longer ones are set in several lines."""

_MOST_LINES = 3
_LEAST = 1.5
"""Points; a bar too short to be seen is drawn this long."""

_SOLID = 0.75
_SOFT = 0.22
"""Parts of its colour that a bar keeps: one that was counted, and one that is estimated."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """The columns of a chart."""

    bars: float
    """Where bars start."""

    room: float
    """Points of the longest bar."""

    largest: float
    """Its value; above 0."""

    has_marks: bool

    def length(self, value: float) -> float:
        """Return how long the bar of a value is, in points; however small the largest is, none is longer."""
        return self.room * (value / self.largest)


def lay_out_chart(chart: BarChart, theme: Theme, width: float, *, to_left: bool) -> Layout:
    """Return where everything stands on a chart of this width; with `to_left`, bars run from right to left."""
    stage = Stage(theme, width)
    grid = _grid(chart, stage)
    drawn, y = [], 2.0
    for quantity in chart.quantities:
        lines = _lines(stage, quantity, grid)
        high = max(len(lines) * ROW, _BAR) + 4
        drawn += [_bar(stage, chart, quantity, grid, y + high / 2), _label(stage, quantity, grid, lines, y + high / 2)]
        y += high
    base = Line(grid.bars, 2, grid.bars, y, theme.colours.muted, 0.75)
    parts = gathered((*drawn, Parts(lines=(base,))))
    return Layout(width, y + 2, mirrored(parts, width) if to_left else parts)


def _grid(chart: BarChart, stage: Stage) -> _Grid:
    has_marks = any(quantity.role.startswith("phase-") for quantity in chart.quantities)
    before = 2 * _MARK + 4 if has_marks else 0.0
    room = stage.width * _WIDEST_LABELS
    labels = min(max(stage.measure(each.label) for each in chart.quantities), room)
    bars = before + labels + _SPACE
    texts = max(stage.measure(each.text, bold=True) for each in chart.quantities)
    largest = max(*(each.value for each in chart.quantities), chart.whole) or 1.0
    return _Grid(bars, max(stage.width - bars - texts - _SPACE, 20.0), largest, has_marks)


def _lines(stage: Stage, quantity: Quantity, grid: _Grid) -> tuple[str, ...]:
    before = 2 * _MARK + 4 if grid.has_marks else 0.0
    return stage.wrapped(quantity.label, grid.bars - _SPACE - before + 0.01, _MOST_LINES)


def _label(stage: Stage, quantity: Quantity, grid: _Grid, lines: tuple[str, ...], middle: float) -> Parts:
    """Return the label in its lines, with the mark of its phase before it where it has one."""
    x = 2 * _MARK + 4 if grid.has_marks else 0.0
    top = middle - len(lines) * ROW / 2
    words = tuple(
        Words(x, top + place * ROW + ROW / 2 + stage.size * 0.36, line, stage.size, stage.theme.colours.text)
        for place, line in enumerate(lines)
    )
    if not quantity.role.startswith("phase-"):
        return Parts(words=words)
    mark = Outline(shape(quantity.role, _MARK + 0.5, middle, _MARK), stage.colour(quantity.role))
    return Parts(outlines=(mark,), words=words)


def _bar(stage: Stage, chart: BarChart, quantity: Quantity, grid: _Grid, middle: float) -> Parts:
    """Return the bar with its value behind it; an estimate is pale with an outline, and a whole is a thin line."""
    colours = stage.theme.colours
    colour = stage.colour(quantity.role) if quantity.role.startswith("phase-") else colours.accent
    wide, top = max(grid.length(quantity.value), _LEAST), middle - _BAR / 2
    boxes = [Box(grid.bars, top, wide, _BAR, tint(colour, _SOFT if quantity.role == "estimate" else _SOLID))]
    lines: list[Line] = []
    if quantity.role == "estimate":
        right, low = grid.bars + wide, top + _BAR
        edges = ((grid.bars, top, right, top), (right, top, right, low), (right, low, grid.bars, low))
        lines += [Line(*edge, colour, 0.75, "2 1.5") for edge in edges]
    if chart.whole > quantity.value:
        lines.insert(0, Line(grid.bars, middle, grid.bars + grid.length(chart.whole), middle, colours.rule, 0.75))
    text = Words(grid.bars + wide + 4, middle + stage.size * 0.36, quantity.text, stage.size, colours.text, bold=True)
    ground = Box(grid.bars + wide, top, stage.measure(quantity.text, bold=True) + 8, _BAR, "#ffffff")
    return Parts(lines=tuple(lines), boxes=(*boxes, ground), words=(text,))
