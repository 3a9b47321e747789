"""What goes where along the axis of a timeline drawing: flags above it, the other events and the strips below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from afterword.report.nodes import Mark, TimelineDrawing
from afterword.writers.drawing.clusters import Badges, Cluster, Spot, lay_clusters
from afterword.writers.drawing.flags import Flag, raise_flags
from afterword.writers.drawing.scale import Scale, scale_of
from afterword.writers.drawing.stage import PAD, Stage
from afterword.writers.drawing.strips import Strip, lay_strips

SPACE = 3.0
"""Points between a time and the label after it."""

MARK = 3.4
"""Half the width of a mark."""

_REACHES = {"phase-note": 1.6, "phase-action": 2.1}
"""Half the widths of the marks that are smaller."""

_WIDEST_LABEL = 0.4
"""Part of the drawing that a label may take; a longer one is shortened."""

_SHORTEST_AXIS = 0.55


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Everything that has a place along the axis."""

    scale: Scale
    flags: tuple[Flag, ...]
    clusters: tuple[Cluster, ...]
    strips: tuple[Strip, ...]

    @property
    def events(self) -> int:
        """How many marks there are, alone or in a count."""
        return len(self.flags) + sum(cluster.count for cluster in self.clusters)


def arrange(drawing: TimelineDrawing, stage: Stage) -> Arrangement:
    """Return what goes where; every mark is there, alone or in a count, and every milestone has a label of its own.

    The axis is as long as the drawing is wide. Only where a milestone's label then has no room it ends early enough
    for all labels to stand behind their events.
    """
    scale = scale_of(drawing, stage, stage.width - PAD)
    flags = _flags(drawing, stage, scale)
    if flags is None:
        needs = [flag_width(stage, drawing, mark) + 2 * PAD for mark in drawing.marks if mark.label]
        right = max(stage.width - max(needs), stage.width * _SHORTEST_AXIS)
        scale = scale_of(drawing, stage, right)
        flags = _flags(drawing, stage, scale) or ()
    flagged = {flag.index for flag in flags}
    spots = [_spot(index, mark, scale) for index, mark in enumerate(drawing.marks) if index not in flagged]
    clusters = lay_clusters(spots, _badges(drawing, stage), [scale.x(tick.at) for tick in drawing.ticks], scale.cuts)
    strips = lay_strips(drawing.spans, scale.x, stage.measure, stage.width, scale.cuts)
    return Arrangement(scale, flags, clusters, strips)


def _flags(drawing: TimelineDrawing, stage: Stage, scale: Scale) -> tuple[Flag, ...] | None:
    return raise_flags(drawing.marks, scale.x, lambda mark: flag_width(stage, drawing, mark), stage.width)


def flag_width(stage: Stage, drawing: TimelineDrawing, mark: Mark) -> float:
    """Return how wide the time and the label of a flag are."""
    time, label = flag_texts(stage, drawing, mark)
    return stage.measure(time, bold=True) + SPACE + stage.measure(label)


def flag_texts(stage: Stage, drawing: TimelineDrawing, mark: Mark) -> tuple[str, str]:
    """Return the time and the label of a flag, the label shortened where it would take too much of the drawing."""
    time = dated(drawing, mark)
    room = stage.width * _WIDEST_LABEL - stage.measure(time, bold=True) - SPACE
    return time, stage.shortened(mark.label, room)


def dated(drawing: TimelineDrawing, mark: Mark) -> str:
    """Return the time of a mark, with its day where events lie on several."""
    return _filled(drawing.lettering.dated, day=mark.day, time=mark.time) if mark.day else mark.time


def _filled(pattern: str, **values: str) -> str:
    for name, value in values.items():
        pattern = pattern.replace(f"{{{name}}}", value)
    return pattern


def counted(drawing: TimelineDrawing, count: int) -> str:
    """Return the text of a badge."""
    return _filled(drawing.lettering.count, count=str(count))


def _spot(index: int, mark: Mark, scale: Scale) -> Spot:
    return Spot(index, scale.x(mark.at), _REACHES.get(mark.role, MARK + 0.3))


def _badges(drawing: TimelineDrawing, stage: Stage) -> Badges:
    def label(first: int, last: int) -> tuple[str, float]:
        text = _stretch(drawing, drawing.marks[first], drawing.marks[last])
        return text, stage.measure(text, small=True)

    def badge(count: int) -> float:
        return stage.measure(counted(drawing, count), bold=True, small=True) + 2 * SPACE

    return Badges(badge, label, stage.width)


def _stretch(drawing: TimelineDrawing, first: Mark, last: Mark) -> str:
    """Return from when to when events are: times on one day, days over several."""
    if first.day != last.day:
        return _between(drawing, (first.day, last.day))
    times = first.time if first.time == last.time else _between(drawing, (first.time, last.time))
    return _filled(drawing.lettering.dated, day=first.day, time=times) if first.day else times


def _between(drawing: TimelineDrawing, ends: Sequence[str]) -> str:
    return _filled(drawing.lettering.between, start=ends[0], end=ends[1])
