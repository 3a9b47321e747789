"""The labels below the axis of a timeline drawing: times, dates where the day changes, breaks, and the zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from afterword.report.nodes import TimelineDrawing
from afterword.writers.drawing.scale import Scale
from afterword.writers.drawing.stage import Stage

_GAP = 4.0
_EDGE = 1.0
"""Points between a label and the edge of the drawing, as engines do not measure text quite alike."""

Extent = tuple[float, float]


@dataclass(frozen=True, slots=True)
class TickLabel:
    """A text in one of the rows below the axis; `anchor` says which end of it stands at `x`."""

    x: float
    row: int
    text: str
    size: float
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class TickRows:
    """Where the ticks are, and the labels below."""

    lines: tuple[float, ...]
    labels: tuple[TickLabel, ...]

    @property
    def count(self) -> int:
        """How many rows the labels take."""
        return max((label.row + 1 for label in self.labels), default=0)


def tick_rows(drawing: TimelineDrawing, stage: Stage, scale: Scale) -> TickRows:
    """Return the ticks, with labels in rows of which none touches another: those of breaks go before all others.

    Times stand in the first row, what changes with them in the second, and the zone at the end of the second or,
    where that is taken, below it.
    """
    places = [scale.x(tick.at) for tick in drawing.ticks]
    middles = [(left + right) / 2 for left, right in scale.cuts]
    gaps = _row(stage, middles, [gap.label for gap in drawing.breaks], 0, [])
    times = _row(stage, places, [tick.label for tick in drawing.ticks], 0, [_extent(stage, label) for label in gaps])
    days = _row(stage, places, [tick.day for tick in drawing.ticks], 1, [])
    labels = [*gaps, *times, *days]
    if drawing.zone:
        labels.append(_zone(stage, drawing.zone, [_extent(stage, label) for label in days]))
    return TickRows(tuple(places), tuple(labels))


def _row(
    stage: Stage, places: Sequence[float], texts: Sequence[str], row: int, taken: Sequence[Extent]
) -> list[TickLabel]:
    """Return labels that stand below their places, or beside them at the ends, but for those that would touch."""
    labels: list[TickLabel] = []
    extents = [*taken]
    for place, text in zip(places, texts, strict=True):
        half = stage.measure(text) / 2
        label = TickLabel(min(max(place, half + _EDGE), stage.width - half - _EDGE), row, text, stage.size)
        left, right = _extent(stage, label)
        if text and all(right + _GAP <= start or left >= end + _GAP for start, end in extents):
            labels.append(label)
            extents.append((left, right))
    return labels


def _extent(stage: Stage, label: TickLabel) -> Extent:
    half = stage.measure(label.text) / 2
    return label.x - half, label.x + half


def _zone(stage: Stage, text: str, days: Sequence[Extent]) -> TickLabel:
    start = stage.width - _EDGE - stage.measure(text, small=True)
    is_free = all(end + 2 * _GAP <= start for _, end in days)
    return TickLabel(stage.width - _EDGE, 1 if is_free else 2, text, stage.small, "end")
