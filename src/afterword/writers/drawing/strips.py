"""Stretches of time as strips below the axis of a timeline drawing, each in a row where it has room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from afterword.report.nodes import Span

_LEAST = 2.0
"""Points; a stretch too short to be seen is drawn this long."""

_INSET = 4.0
_GAP = 6.0

Extent = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Strip:
    """The pieces of a strip, apart where the axis is interrupted, and where its label starts."""

    pieces: tuple[Extent, ...]
    row: int
    label: str
    label_x: float
    role: str


def lay_strips(
    spans: Sequence[Span],
    x_of: Callable[[float], float],
    width_of: Callable[[str], float],
    width: float,
    cuts: Sequence[Extent] = (),
) -> tuple[Strip, ...]:
    """Return a strip for each stretch; no two strips or labels of a row touch."""
    strips: list[Strip] = []
    taken: list[list[Extent]] = []
    for span in spans:
        start = min(x_of(span.start), width - _LEAST)
        pieces = _pieces(start, max(x_of(span.end), start + _LEAST), cuts)
        label = width_of(span.label)
        label_x = _label_x(pieces, label, width)
        extent = (min(start, label_x), max(pieces[-1][1], label_x + label))
        row = next((i for i, others in enumerate(taken) if _is_free(others, extent)), len(taken))
        if row == len(taken):
            taken.append([])
        taken[row].append(extent)
        strips.append(Strip(pieces, row, span.label, label_x, span.role))
    return tuple(strips)


def _pieces(start: float, end: float, cuts: Sequence[Extent]) -> tuple[Extent, ...]:
    edges = [start, *(edge for cut in cuts if start <= cut[0] and cut[1] <= end for edge in cut), end]
    pieces = tuple((left, max(right, left + _LEAST)) for left, right in list(pairwise(edges))[::2])
    return pieces or ((start, end),)


def _label_x(pieces: Sequence[Extent], label: float, width: float) -> float:
    """Return where a label starts: inside its strip, else after it, else before it."""
    for left, right in pieces:
        if label + 2 * _INSET <= right - left:
            return left + _INSET
    after = pieces[-1][1] + _INSET
    return after if after + label <= width else max(pieces[0][0] - _INSET - label, 0.0)


def _is_free(row: Sequence[Extent], extent: Extent) -> bool:
    return all(extent[1] + _GAP <= start or extent[0] >= end + _GAP for start, end in row)
