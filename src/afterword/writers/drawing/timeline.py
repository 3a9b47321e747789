"""Where everything on a timeline drawing stands, in points from its top left corner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from afterword.report.nodes import Mark, TimelineDrawing
from afterword.theme.record import Theme
from afterword.writers.drawing.arrangement import MARK, SPACE, Arrangement, arrange, counted, flag_texts
from afterword.writers.drawing.clusters import Cluster
from afterword.writers.drawing.flags import HEAD, Flag
from afterword.writers.drawing.parts import Box, Layout, Line, Outline, Parts, Words, gathered, mirrored
from afterword.writers.drawing.shapes import pill, shape
from afterword.writers.drawing.stage import PAD, ROW, Stage, tint
from afterword.writers.drawing.strips import Strip
from afterword.writers.drawing.ticks import TickRows, tick_rows

_STRIP = 13.0
"""Height of one row of strips."""

_BADGE = 4.8
"""Half the height of a badge."""

_SLASH = 4.5
"""Half the height of the strokes that interrupt the axis."""


@dataclass(frozen=True, slots=True)
class Levels:
    """Heights that the parts share, from the top."""

    axis: float
    lane: float
    """Middle of the events without flags."""

    ticks: float
    """Top of the labels of ticks."""

    strips: float
    legend: float


def lay_out(drawing: TimelineDrawing, theme: Theme, width: float, *, to_left: bool) -> Layout:
    """Return where everything stands on a drawing of this width; with `to_left`, time runs from right to left."""
    stage = Stage(theme, width)
    placed = arrange(drawing, stage)
    rows = tick_rows(drawing, stage, placed.scale)
    levels = _levels(placed, rows)
    legend, height = _legend(stage, drawing, placed, levels.legend)
    drawn = (
        _axis(stage, placed, levels),
        _ticks(stage, rows, levels),
        *(_flag(stage, drawing, flag, levels.axis) for flag in placed.flags),
        *(_cluster(stage, drawing, cluster, levels.lane) for cluster in placed.clusters),
        *(_strip(stage, strip, levels.strips) for strip in placed.strips),
        legend,
    )
    parts = gathered(drawn)
    return Layout(width, height, mirrored(parts, width) if to_left else parts)


def _levels(placed: Arrangement, rows: TickRows) -> Levels:
    axis = PAD + max((flag.level + 1 for flag in placed.flags), default=0) * ROW + ROW / 2
    ticks = axis + 6
    if placed.clusters:
        ticks += ROW
    if any(cluster.label for cluster in placed.clusters):
        ticks += ROW - 0.5
    strips = ticks + rows.count * ROW + 3
    legend = strips + max((strip.row + 1 for strip in placed.strips), default=0) * _STRIP + 3
    return Levels(axis, axis + 10, ticks, strips, legend)


def _axis(stage: Stage, placed: Arrangement, levels: Levels) -> Parts:
    """Return the axis; where it is interrupted it has a gap between two strokes, and a band down to the strips."""
    colours = stage.theme.colours
    cuts = placed.scale.cuts
    ends = [0.0, *(edge for cut in cuts for edge in cut), stage.width]
    lines = [Line(*_level(ends[i], ends[i + 1], levels.axis), colours.muted, 1.0) for i in range(0, len(ends), 2)]
    bands = []
    for left, right in cuts:
        bands.append(Box(left, levels.axis - 5, right - left, levels.legend - 1 - levels.axis, colours.surface))
        lines += [
            Line(x - 2, levels.axis + _SLASH, x + 2, levels.axis - _SLASH, colours.muted, 1.2) for x in (left, right)
        ]
        lines.append(Line(*_level(left + 4, right - 4, levels.axis), colours.muted, 0.75, "1 3"))
    return Parts(bands=tuple(bands), lines=tuple(lines))


def _level(left: float, right: float, y: float) -> tuple[float, float, float, float]:
    return left, y, right, y


def _ticks(stage: Stage, rows: TickRows, levels: Levels) -> Parts:
    colours = stage.theme.colours
    lines = (Line(x, levels.axis, x, levels.ticks + 1, colours.rule, 0.75) for x in rows.lines)
    words = (
        Words(label.x, levels.ticks + (label.row + 1) * ROW - 2.5, label.text, label.size, colours.muted, label.anchor)
        for label in rows.labels
    )
    return Parts(lines=tuple(lines), words=tuple(words))


def _flag(stage: Stage, drawing: TimelineDrawing, flag: Flag, axis: float) -> Parts:
    """Return a flag: a pole on the axis with the shape of its kind as head, the time and the label beside it."""
    mark = drawing.marks[flag.index]
    colour, y = stage.colour(mark.role), axis - (flag.level + 1) * ROW
    foot = Outline(shape("phase-action", flag.x, axis, MARK), colour)
    head = Outline(shape(mark.role, flag.x, y, MARK), colour)
    pole = Line(flag.x, axis, flag.x, y, tint(colour, 0.55), 0.75)
    return Parts(lines=(pole,), outlines=(foot, head), words=_flag_words(stage, drawing, mark, flag, y))


def _flag_words(stage: Stage, drawing: TimelineDrawing, mark: Mark, flag: Flag, y: float) -> tuple[Words, Words]:
    time, label = flag_texts(stage, drawing, mark)
    colour, text, base = stage.colour(mark.role), stage.theme.colours.text, y + stage.size * 0.36
    if flag.to_left:
        end = flag.x - HEAD
        before = end - stage.measure(label) - SPACE
        return (
            Words(before, base, time, stage.size, colour, "end", bold=True),
            Words(end, base, label, stage.size, text, "end"),
        )
    after = flag.x + HEAD + stage.measure(time, bold=True) + SPACE
    return (
        Words(flag.x + HEAD, base, time, stage.size, colour, bold=True),
        Words(after, base, label, stage.size, text),
    )


def _cluster(stage: Stage, drawing: TimelineDrawing, cluster: Cluster, y: float) -> Parts:
    """Return one event as its mark, or several as a badge with their number and from when to when they are below."""
    if cluster.count == 1:
        (spot,) = cluster.spots
        role = drawing.marks[spot.index].role
        return Parts(outlines=(Outline(shape(role, spot.x, y, MARK), stage.colour(role)),))
    colours, base = stage.theme.colours, y + _BADGE + stage.small + 1
    badge = Outline(pill(cluster.left, y - _BADGE, cluster.right, y + _BADGE), colours.accent_soft, colours.muted)
    ground = Box(cluster.label_x - 1, base - stage.small, cluster.label_width + 2, stage.small + 2, "#ffffff")
    middle, count = (cluster.left + cluster.right) / 2, counted(drawing, cluster.count)
    words = (
        Words(middle, y + stage.small * 0.36, count, stage.small, colours.text, "middle", bold=True),
        Words(cluster.label_x, base, cluster.label, stage.small, colours.muted),
    )
    return Parts(boxes=(ground,), outlines=(badge,), words=words)


def _strip(stage: Stage, strip: Strip, top: float) -> Parts:
    y, colour = top + strip.row * _STRIP, stage.colour(strip.role)
    start = strip.pieces[0]
    boxes = [Box(left, y, right - left, _STRIP - 3, tint(colour, 0.2)) for left, right in strip.pieces]
    boxes.append(Box(start[0], y, min(2.0, start[1] - start[0]), _STRIP - 3, colour))
    words = Words(strip.label_x, y + _STRIP - 5.6, strip.label, stage.size, stage.theme.colours.text)
    return Parts(lines=tuple(_bridges(strip, y + (_STRIP - 3) / 2, colour)), boxes=tuple(boxes), words=(words,))


def _bridges(strip: Strip, y: float, colour: str) -> Iterator[Line]:
    """Yield a dotted line over each break, so that the pieces are seen as one stretch."""
    for (_, left), (right, _) in zip(strip.pieces, strip.pieces[1:], strict=False):
        yield Line(left, y, right, y, colour, 0.75, "1 3")


def _legend(stage: Stage, drawing: TimelineDrawing, placed: Arrangement, top: float) -> tuple[Parts, float]:
    """Return what the marks without labels mean, and the height of the drawing down to there."""
    alone = [drawing.marks[each.spots[0].index] for each in placed.clusters if each.count == 1]
    kinds = {mark.role: mark.label for mark in alone if mark.label}
    entries = [(MARK * 2, role, label) for role, label in kinds.items()]
    if any(each.count > 1 for each in placed.clusters) and drawing.lettering.together:
        entries.append((_sample_width(stage, drawing), "", drawing.lettering.together))
    parts, x, row = [], 0.0, 0
    for sample, role, label in entries:
        wide = sample + 3 + stage.measure(label)
        if x and x + wide > stage.width:
            x, row = 0.0, row + 1
        parts.append(_entry(stage, drawing, (x, top + row * ROW + ROW / 2), role, label))
        x += wide + 14
    return gathered(parts), top + (row + 1) * ROW if entries else top


def _sample_width(stage: Stage, drawing: TimelineDrawing) -> float:
    return stage.measure(_sample(drawing), bold=True, small=True) + 2 * SPACE


def _sample(drawing: TimelineDrawing) -> str:
    return drawing.lettering.count.replace("{count}", "n")


def _entry(stage: Stage, drawing: TimelineDrawing, place: tuple[float, float], role: str, label: str) -> Parts:
    """Return a mark or, without a role, a badge, and what it means."""
    (x, y), colours = place, stage.theme.colours
    if role:
        sample, wide = Parts(outlines=(Outline(shape(role, x + MARK, y, MARK), stage.colour(role)),)), MARK * 2
    else:
        wide = _sample_width(stage, drawing)
        badge = Outline(pill(x, y - _BADGE + 0.5, x + wide, y + _BADGE - 0.5), colours.accent_soft, colours.muted)
        text = Words(
            x + wide / 2, y + stage.small * 0.36, _sample(drawing), stage.small, colours.text, "middle", bold=True
        )
        sample = Parts(outlines=(badge,), words=(text,))
    words = Words(x + wide + 3, y + stage.size * 0.36, label, stage.size, colours.muted)
    return gathered((sample, Parts(words=(words,))))
