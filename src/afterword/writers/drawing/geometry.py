"""Where everything on a timeline drawing stands, in points from its top left corner."""

from __future__ import annotations

from dataclasses import dataclass, replace

from afterword.report.nodes import TimelineDrawing
from afterword.theme.fonts import width as text_width
from afterword.theme.record import Theme
from afterword.writers.drawing.bars import Bar, lay_bars
from afterword.writers.drawing.flags import Flag, raise_flags
from afterword.writers.drawing.parts import Box, Layout, Line, Outline, Parts, Words, gathered, mirrored
from afterword.writers.drawing.shapes import shape

_MARK = 3.6
"""Half the width of a mark."""

_ROW = 11.0
"""Height of one row of labels."""

_BAR = 13.0
"""Height of one row of bars."""

_PAD = 6.0
_SHORTEST_AXIS = 0.62
"""Share of the width that the axis takes at least, however long the last label is."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What the parts of a drawing have in common."""

    theme: Theme
    width: float
    left: float
    right: float
    length: float
    size: float
    """Size of the labels."""

    def x(self, at: float) -> float:
        """Return where a moment stands on the axis."""
        return self.left + (self.right - self.left) * min(max(at / self.length, 0.0), 1.0)

    def measure(self, text: str, *, bold: bool = False) -> float:
        """Return how wide a label is."""
        return text_width(self.theme, text, self.size, bold=bold)

    def flag_width(self, time: str, label: str) -> float:
        """Return how wide a label with its time before it is."""
        return self.measure(time, bold=True) + self.measure(label) + self.size

    def colour(self, role: str) -> str:
        """Return the colour of a role such as `phase-detected`, that of a note for a role that has none."""
        phases = self.theme.colours.phases
        return str(getattr(phases, role.removeprefix("phase-").replace("-", "_"), phases.note))


def lay_out(drawing: TimelineDrawing, theme: Theme, width: float, *, to_left: bool) -> Layout:
    """Return where everything stands on a drawing of this width; with `to_left`, time runs from right to left."""
    stage = _stage(drawing, theme, width)
    flags = raise_flags(drawing.marks, stage.x, stage.flag_width)
    axis = _PAD + max((flag.level + 1 for flag in flags), default=0) * _ROW + _MARK * 2
    bars = lay_bars(drawing.spans, stage.x, stage.measure, width)
    below = axis + _MARK + 4 + (_ROW if drawing.ticks else 0)
    legend = below + max((bar.row + 1 for bar in bars), default=0) * _BAR + 4
    key, rows = _legend(stage, drawing, {flag.index for flag in flags}, legend)
    drawn = (
        _axis(stage, axis),
        _ticks(stage, drawing, axis),
        _flags(stage, flags, axis),
        _marks(stage, drawing, axis),
        _bars(stage, bars, below),
        key,
    )
    parts = gathered(drawn)
    return Layout(width, legend + rows * _ROW + 2, mirrored(parts, width) if to_left else parts)


def _stage(drawing: TimelineDrawing, theme: Theme, width: float) -> Stage:
    """Return a stage whose axis ends early enough for the labels of the last events."""
    stage = Stage(theme, width, _PAD, width - _PAD, drawing.length, max(theme.sizes.small - 1.0, 6.5))
    halves = [(tick.at, stage.measure(tick.label) / 2 + 1) for tick in drawing.ticks]
    left = max([_PAD, *(half for at, half in halves if at == 0)])
    needs = halves + [(mark.at, stage.flag_width(mark.time, mark.label)) for mark in drawing.marks if mark.label]
    ends = [left + (width - need - left) * drawing.length / at for at, need in needs if at > 0]
    right = max(min([width - _PAD, *ends]), left + (width - left) * _SHORTEST_AXIS)
    return replace(stage, left=left, right=right)


def _axis(stage: Stage, y: float) -> Parts:
    return Parts(lines=(Line(0, y, stage.width, y, stage.theme.colours.muted, 1.0),))


def _ticks(stage: Stage, drawing: TimelineDrawing, y: float) -> Parts:
    """Return ticks with their labels, leaving out labels that would touch the one before."""
    lines, words, end = [], [], 0.0
    colour = stage.theme.colours.muted
    for tick in drawing.ticks:
        x, half = stage.x(tick.at), stage.measure(tick.label) / 2
        lines.append(Line(x, y, x, y + _MARK + 2, colour, 0.75))
        if x - half >= end and x + half <= stage.width:
            words.append(Words(x, y + _MARK + _ROW, tick.label, stage.size, colour, "middle"))
            end = x + half + 4
    return Parts(lines=tuple(lines), words=tuple(words))


def _flags(stage: Stage, flags: tuple[Flag, ...], axis: float) -> Parts:
    lines, words = [], []
    for flag in flags:
        y = axis - _MARK * 2 - flag.level * _ROW - 1.5
        lines.append(Line(flag.x, axis, flag.x, y - stage.size + 1.5, stage.theme.colours.rule, 0.75))
        words.append(Words(flag.x + 2.5, y, flag.time, stage.size, stage.colour(flag.role), bold=True))
        after = flag.x + 5.5 + stage.measure(flag.time, bold=True)
        words.append(Words(after, y, flag.label, stage.size, stage.theme.colours.text))
    return Parts(lines=tuple(lines), words=tuple(words))


def _marks(stage: Stage, drawing: TimelineDrawing, axis: float) -> Parts:
    """Return the marks, those of small events first so that milestones lie on top."""
    ordered = sorted(drawing.marks, key=lambda mark: mark.role not in {"phase-note", "phase-action"})
    outlines = (Outline(shape(mark.role, stage.x(mark.at), axis, _MARK), stage.colour(mark.role)) for mark in ordered)
    return Parts(outlines=tuple(outlines))


def _bars(stage: Stage, bars: tuple[Bar, ...], top: float) -> Parts:
    boxes, words = [], []
    for bar in bars:
        y, colour = top + bar.row * _BAR, stage.colour(bar.role)
        boxes.append(Box(bar.x, y, bar.width, _BAR - 3, _tint(colour)))
        boxes.append(Box(bar.x, y, min(2.0, bar.width), _BAR - 3, colour))
        words.append(Words(bar.label_x, y + _BAR - 5.6, bar.label, stage.size, stage.theme.colours.text))
    return Parts(boxes=tuple(boxes), words=tuple(words))


def _tint(colour: str) -> str:
    """Return a colour mixed with four parts of white, on which dark text can be read."""
    return "#" + "".join(f"{255 - (255 - int(colour[i : i + 2], 16)) // 5:02x}" for i in (1, 3, 5))


def _legend(stage: Stage, drawing: TimelineDrawing, flagged: set[int], top: float) -> tuple[Parts, int]:
    """Return the words for the kinds of events of which some have no label, and how many rows they take."""
    bare = {mark.role: mark.label for index, mark in enumerate(drawing.marks) if mark.label and index not in flagged}
    outlines, words, x, row = [], [], 0.0, 0
    for role, label in bare.items():
        wide = _MARK * 2 + 3 + stage.measure(label)
        if x and x + wide > stage.width:
            x, row = 0.0, row + 1
        y = top + row * _ROW + _ROW / 2
        outlines.append(Outline(shape(role, x + _MARK, y, _MARK), stage.colour(role)))
        words.append(Words(x + _MARK * 2 + 3, y + stage.size * 0.36, label, stage.size, stage.theme.colours.muted))
        x += wide + 14
    return Parts(outlines=tuple(outlines), words=tuple(words)), row + 1 if bare else 0
