"""Where moments stand on the axis of a timeline drawing, which is interrupted where nothing happens for long."""

from __future__ import annotations

from dataclasses import dataclass

from afterword.report.nodes import TimelineDrawing
from afterword.writers.drawing.stage import PAD, Stage

_LEAST = 14.0
"""Points that each piece of the axis takes at least."""

_MARGIN = 9.0
"""Points beside the label of a break: half of it on either side keeps it away from the labels of ticks."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the axis without a break: its seconds and its points."""

    start: float
    end: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Scale:
    """The pieces of an axis from left to right."""

    pieces: tuple[Piece, ...]

    @property
    def cuts(self) -> tuple[tuple[float, float], ...]:
        """Where the axis is interrupted, in points."""
        return tuple((one.right, two.left) for one, two in zip(self.pieces, self.pieces[1:], strict=False))

    def x(self, at: float) -> float:
        """Return where a moment stands; one inside a break stands at the break's nearer end."""
        piece = min(self.pieces, key=lambda each: max(each.start - at, at - each.end))
        if piece.end == piece.start:
            return (piece.left + piece.right) / 2
        share = (at - piece.start) / (piece.end - piece.start)
        return piece.left + (piece.right - piece.left) * min(max(share, 0.0), 1.0)


def scale_of(drawing: TimelineDrawing, stage: Stage, right: float) -> Scale:
    """Return the scale of an axis that ends at `right`: one scale for all pieces, but none too short to be seen."""
    edges = (0.0, *(edge for gap in drawing.breaks for edge in (gap.start, gap.end)), drawing.length)
    pieces = list(zip(edges[::2], edges[1::2], strict=True))
    cuts = [stage.measure(gap.label) + 2 * _MARGIN for gap in drawing.breaks]
    room = right - PAD - sum(cuts)
    visible = sum(end - start for start, end in pieces) or 1.0
    spare = max(room - _LEAST * len(pieces), 0.0)
    made: list[Piece] = []
    left = PAD
    for (start, end), cut in zip(pieces, [*cuts, 0.0], strict=True):
        wide = (_LEAST if drawing.breaks else 0.0) + (spare if drawing.breaks else room) * (end - start) / visible
        made.append(Piece(start, end, left, left + wide))
        left += wide + cut
    return Scale(tuple(made))
